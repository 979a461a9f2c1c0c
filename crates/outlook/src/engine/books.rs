//! Step 9, flows: stocks are updated from payments only; and the market's score, which is felt in the next quarter.

use super::State;
use crate::driver::Driver;
use crate::lanes::{M, V};
use crate::luck;
use crate::path::Series;
use crate::plan::{AccountKind, Plan};
use crate::world::Purpose;

/// Arrears below this part of what was owed are rounding.
const ROUNDING: f64 = 1e-11;

impl<const W: usize> State<W> {
    #[inline(always)]
    pub(super) fn books(&mut self, plan: &Plan, t: usize) {
        self.pay(plan);
        self.cash(plan);
        if plan.uses.books {
            self.plant_and_operations(plan, t);
        }
        self.market_row(plan);
    }

    /// Paid and arrears by account; paid on legs, and all that was paid.
    #[inline(always)]
    fn pay(&mut self, plan: &Plan) {
        let (mut on_legs, mut all, mut arrears_sum) = (V::ZERO, V::ZERO, V::ZERO);
        self.slots.last.copy_from_slice(&self.slots.ratio);
        for (at, account) in plan.accounts.iter().enumerate() {
            let owed = self.owed[at];
            let paid = owed * self.slots.ratio[account.slot];
            self.paid[at] = paid;
            let mut arrears = owed - paid;
            if plan.uses.defaults {
                arrears += self.arrears[at] * (V::ONE - self.party.alive[account.payer]);
            }
            self.arrears[at] = arrears;
            arrears_sum += arrears;
            all += paid;
            if account.kind == AccountKind::Legs {
                on_legs += paid;
            }
            if account.vendor_finance {
                self.row[Series::NewMoney.at()] += paid;
            }
        }
        self.path.paid += on_legs;
        self.path.paid_all += all;
        self.row[Series::Paid.at()] = on_legs;
        self.row[Series::Arrears.at()] = arrears_sum;
    }

    #[inline(always)]
    fn cash(&mut self, plan: &Plan) {
        // The last round of clearing left what each had before it paid, its undrawn facility included.
        for at in 0..plan.parties() {
            let (first, last) = plan.party_slots[at];
            let paid = (first..last)
                .fold(V::ZERO, |sum, slot| sum + self.slots.total[slot] * self.slots.ratio[slot]);
            let cushion = self.party.facility_left[at] * self.party.alive[at];
            self.party.funds[at] = self.slots.inflow[at] - cushion - paid;
        }
        for (at, payee) in &plan.selling {
            self.party.revenue[*payee] += self.paid[*at];
        }
        let p = &mut self.party;
        for at in 0..p.cash.len() {
            p.revenue[at] += p.sales[at] + p.relet[at] + p.earned_from_sectors[at];
            if plan.uses.finance {
                let unforeseen = (-p.funds[at]).positive().min(p.facility_left[at]);
                p.facility_left[at] -= unforeseen;
                p.drawn[at] += unforeseen;
                p.new_facility[at] += unforeseen;
                p.funds[at] += unforeseen;
                self.row[Series::NewMoney.at()] += unforeseen;
            }
            p.cash[at] = p.funds[at].positive();
            if let Some(account) = plan.principal[at] {
                p.beside[at] = (p.beside[at] - self.paid[account]).positive();
                self.row[Series::NewMoney.at()] -= self.paid[account];
            }
        }
    }

    /// Plant at cost less straight-line depreciation, and operating cash of the last four quarters.
    #[inline(always)]
    fn plant_and_operations(&mut self, plan: &Plan, t: usize) {
        let per_quarter = V::ONE / (self.driver(Driver::UsefulLife) * 4.0);
        let p = &mut self.party;
        let ring = t % 4;
        for at in 0..p.cash.len() {
            p.operating[ring][at] =
                p.sales[at] + p.relet[at] + p.earned_from_sectors[at] + p.other[at].positive();
            p.equity[ring][at] = p.new_equity[at];
            let plant = p.plant[at];
            p.plant[at] = plant - p.depreciation[at].min(plant);
        }
        for (at, payee) in &plan.selling {
            p.operating[ring][*payee] += self.paid[*at];
        }
        for (at, account) in plan.accounts.iter().enumerate() {
            match account.purpose {
                Purpose::Operating => p.operating[ring][account.payer] -= self.paid[at],
                Purpose::Capital => {
                    p.plant[account.payer] += self.paid[at];
                    p.depreciation[account.payer] += self.paid[at] * per_quarter;
                }
                Purpose::Finance => {}
            }
        }
        for at in 0..p.cash.len() {
            let (first, last) = plan.party_slots[at];
            let (first, last) = (plan.slots[first].accounts.0, plan.slots[last - 1].accounts.1);
            let sum = |list: &[V<W>]| list[first..last].iter().fold(V::ZERO, |sum, x| sum + *x);
            let behind = sum(&self.arrears).above(sum(&self.owed) * ROUNDING);
            let running = p.alive[at].above(V::ZERO).and(behind);
            p.streak[at] = running.keep(p.streak[at] + V::ONE);
        }
    }

    #[inline(always)]
    fn market_row(&mut self, plan: &Plan) {
        let p = &self.party;
        let (mut customers, mut other, mut debt) = (V::ZERO, V::ZERO, V::ZERO);
        for at in 0..plan.parties() {
            customers += p.sales[at] + p.relet[at];
            other += p.other[at];
            debt += p.beside[at] + p.drawn[at];
        }
        let row = &mut self.row;
        row[Series::CustomersPaid.at()] += customers;
        row[Series::OtherCash.at()] = other;
        row[Series::Debt.at()] = debt;
        let (owed, customers) = (row[Series::OwedOutside.at()], row[Series::CustomersPaid.at()]);
        row[Series::Gap.at()] = (owed - customers).positive();
        self.path.customers += customers;
    }

    /// The score of fear, and whether the market is open in the next quarter.
    #[inline(always)]
    pub(super) fn fear(&mut self, plan: &Plan, t: usize) {
        let ring = t % 4;
        let w = &mut self.path;
        w.customers4[ring] = self.row[Series::CustomersPaid.at()];
        w.outside4[ring] = self.row[Series::OwedOutside.at()];
        w.money4[ring] = self.row[Series::NewMoney.at()];
        let open = if plan.shut[t] { M::NONE } else { w.open };
        self.row[Series::MarketOpen.at()] = open.keep(V::ONE);
        if !plan.uses.finance {
            return;
        }
        let sum = |ring: &[V<W>; 4]| ring.iter().fold(V::ZERO, |sum, x| sum + *x);
        let weights = &plan.world.rules.market;
        let part = 1.0 / plan.parties().max(1) as f64;
        let (customers, outside) = (sum(&self.path.customers4), sum(&self.path.outside4));
        let owed = outside.above(V::ZERO).pick(outside, V::ONE);
        let uncovered = ((owed - customers) / owed).positive();
        let uncovered = outside.above(V::ZERO).keep(uncovered);
        let behind =
            self.party.streak.iter().fold(V::ZERO, |sum, streak| sum + streak.above(V::ZERO).keep(V::ONE));
        let noise_sd = self.driver(Driver::MarketNoise);
        let mut score = sum(&self.path.defaults4) * (weights.defaults * part)
            + uncovered * weights.coverage
            + behind * (weights.arrears * part);
        if noise_sd.above(V::ZERO).any() {
            let luck = self.luck;
            score += V::by_lane(|lane| match noise_sd.0[lane] {
                0.0 => 0.0,
                sd => sd * luck::normal(plan.stream_keys[2], luck[lane], t),
            });
        }
        self.row[Series::Fear.at()] = score;
        let threshold = self.driver(Driver::MarketThreshold);
        let calm = score.below(threshold * weights.reopens_below);
        let scared = score.above(threshold);
        self.path.open = self.path.open.or(calm).and(scared.not());
    }
}
