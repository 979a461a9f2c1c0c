//! Step 6: who expects to be short draws on its facility, then debt, then equity.

use super::State;
use crate::driver::Driver;
use crate::lanes::{M, V};
use crate::path::Series;
use crate::plan::Plan;

impl<const W: usize> State<W> {
    /// Receipts are expected as each payer paid in the quarter before: a party that failed then is not counted on.
    #[inline(always)]
    pub(super) fn finance(&mut self, plan: &Plan, t: usize) {
        let open = if plan.shut[t] { M::NONE } else { self.path.open };
        for at in 0..plan.parties() {
            let (first, last) = plan.party_slots[at];
            let (first, last) = (plan.slots[first].accounts.0, plan.slots[last - 1].accounts.1);
            let alive = self.party.alive[at];
            let owed = (first..last)
                .fold(V::ZERO, |sum, account| sum + self.fresh[account] + self.arrears[account] * alive);
            let buffer = plan.world.parties[at].financing.buffer;
            self.party.funds[at] = owed + V::all(buffer) - self.sure(at);
        }
        for (account, payee) in &plan.inner {
            let last = self.slots.last[plan.accounts[*account].slot];
            self.party.funds[*payee] -= self.fresh[*account] * last;
        }
        for at in 0..plan.parties() {
            let short = (self.party.funds[at] * self.party.alive[at]).positive();
            if short.above(V::ZERO).any() {
                self.draw(plan, at, short, open);
            }
        }
    }

    /// Cash that is there before core parties pay.
    #[inline(always)]
    pub(super) fn sure(&self, at: usize) -> V<W> {
        let p = &self.party;
        p.cash[at] + p.sales[at] + p.relet[at] + p.other[at].positive() + p.from_sectors[at]
    }

    #[inline(always)]
    fn draw(&mut self, plan: &Plan, at: usize, short: V<W>, open: M<W>) {
        let terms = &plan.world.parties[at].financing;
        let lending = self.driver(Driver::Lending);
        let facility = short.min(self.party.facility_left[at]);
        let short = short - facility;
        let operating = self.party.operating.iter().fold(V::ZERO, |sum, ring| sum + ring[at]);
        let mut limit = operating.positive() * terms.debt_per_operating_cash;
        if terms.debt_per_receivables > 0.0 {
            limit += self.receivables(plan, at) * (4.0 * terms.debt_per_receivables);
        }
        let limit = limit * lending + V::all(terms.debt_limit);
        let room = (limit - self.party.beside[at]).positive();
        let debt = open.keep(short.min(room));
        let short = short - debt;
        let equity = if terms.equity_per_year > 0.0 {
            let value = self.valuation(plan, at);
            let most = value * self.driver(Driver::EquityAppetite) * terms.equity_per_year;
            let sold = self.party.equity.iter().fold(V::ZERO, |sum, ring| sum + ring[at]);
            open.keep(short.min((most - sold).positive()))
        } else {
            V::ZERO
        };
        let p = &mut self.party;
        p.facility_left[at] -= facility;
        p.drawn[at] += facility;
        p.beside[at] += debt;
        p.new_facility[at] = facility;
        p.new_debt[at] = debt;
        p.new_equity[at] = equity;
        self.row[Series::NewMoney.at()] += facility + debt + equity;
    }

    /// What newly fell due to it from payers without arrears.
    #[inline(always)]
    fn receivables(&self, plan: &Plan, at: usize) -> V<W> {
        let mine = plan.selling.iter().filter(|(_, payee)| *payee == at);
        mine.fold(V::ZERO, |sum, (account, _)| {
            let good = self.party.streak[plan.accounts[*account].payer].above(V::ZERO).not();
            sum + good.keep(self.fresh[*account])
        })
    }

    /// What investors see: today's valuation as spending on AI has moved, or the value in the books.
    #[inline(always)]
    fn valuation(&self, plan: &Plan, at: usize) -> V<W> {
        let today = plan.world.parties[at].financing.valuation;
        match plan.world.demand {
            Some(demand) if today > 0.0 && demand.today_per_year > 0.0 => {
                self.path.spending * (today / demand.today_per_year)
            }
            _ if today > 0.0 => V::all(today),
            _ => self.party.value[at].positive(),
        }
    }
}
