//! Steps 3 to 5: what falls due on legs, what building costs, running costs, interest and maturing debt.

use super::State;
use crate::driver::Driver;
use crate::lanes::V;
use crate::path::Series;
use crate::plan::{Plan, PlanLeg, Rate};
use crate::world::Condition;

impl<const W: usize> State<W> {
    #[inline(always)]
    pub(super) fn opening_steps(&mut self, plan: &Plan) {
        let quarters = plan.quarters + 1;
        for (at, leg) in plan.legs.iter().enumerate() {
            // Steps and GW before quarter 1 have been paid.
            if let Rate::Milestone(group, _, step, most) = leg.rate {
                self.steps[at] = passed(self.group_actual[group * quarters], step, most);
                self.steps_planned[at] = self.steps[at];
            }
        }
    }

    #[inline(always)]
    pub(super) fn dues(&mut self, plan: &Plan, t: usize) {
        self.path.cost = self.path.cost * self.path.learning;
        self.build(plan, t);
        let (mut due_sum, mut nominal_sum) = (V::ZERO, V::ZERO);
        for (at, leg) in plan.legs.iter().enumerate() {
            let (mut nominal, mut due) = self.fall_due(plan, at, leg, t);
            if let Some(driver) = leg.scale {
                nominal = nominal * self.values[driver];
                due = due * self.values[driver];
            }
            if plan.uses.defaults && leg.cut_with_payer {
                due = due * self.party.keep[leg.payer];
            }
            if plan.uses.conditions {
                due = due * self.holds(leg);
            }
            if leg.stretchable {
                due = self.stretched(plan, at, leg, due);
            }
            self.nominal[at] = nominal;
            self.due[at] = due;
            self.fresh[leg.account] += due;
            due_sum += due;
            nominal_sum += nominal;
        }
        self.path.scheduled += nominal_sum;
        self.path.due += due_sum;
        self.row[Series::Due.at()] = due_sum;
    }

    /// GW begun at each building stream in this quarter.
    #[inline(always)]
    fn build(&mut self, plan: &Plan, t: usize) {
        let cells = plan.quarters + plan.ahead + 1;
        for (at, (group, quarters)) in plan.streams.iter().enumerate() {
            let table = &self.group_planned[group * cells..(group + 1) * cells];
            self.stream_planned[at] = table[t + quarters] - table[t];
            self.stream[at] = if plan.uses.defaults {
                let begun = plan.groups[*group].iter().map(|site| {
                    let table = &self.planned[site * cells..(site + 1) * cells];
                    (table[t + quarters] - table[t]) * self.standing(&plan.sites[*site])
                });
                begun.fold(V::ZERO, |sum, gw| sum + gw)
            } else {
                self.stream_planned[at]
            };
        }
    }

    /// As scheduled, and as it falls due before haircut and condition.
    #[inline(always)]
    fn fall_due(&mut self, plan: &Plan, at: usize, leg: &PlanLeg, t: usize) -> (V<W>, V<W>) {
        let (quarters, cells) = (plan.quarters + 1, plan.quarters + plan.ahead + 1);
        let cut = plan.uses.defaults;
        match &leg.rate {
            Rate::Amounts(amounts) => {
                let amount = V::all(amounts.get(t - 1).copied().unwrap_or(0.0));
                (amount, amount)
            }
            Rate::TakeOrPay(group, price, length) => {
                let running = |table: &[V<W>]| {
                    let ended = t.checked_sub(*length).map_or(V::ZERO, |end| table[end]);
                    (table[t] - ended) * *price
                };
                let nominal = running(&self.group_planned[group * cells..(group + 1) * cells]);
                let due =
                    if cut { running(&self.group_actual[group * quarters..][..quarters]) } else { nominal };
                (nominal, due)
            }
            Rate::Milestone(group, amount, step, most) => {
                let planned = passed(self.group_planned[group * cells + t], *step, *most);
                let nominal = (planned - self.steps_planned[at]) * *amount;
                self.steps_planned[at] = planned;
                if !cut {
                    return (nominal, nominal);
                }
                let actual = passed(self.group_actual[group * quarters + t], *step, *most);
                let due = (actual - self.steps[at]) * *amount;
                self.steps[at] = actual;
                (nominal, due)
            }
            Rate::Delivered(group, amount, most) => {
                let within = |table: &[V<W>]| {
                    let most = V::all(*most);
                    (table[t].min(most) - table[t - 1].min(most)) * *amount
                };
                let nominal = within(&self.group_planned[group * cells..(group + 1) * cells]);
                let due =
                    if cut { within(&self.group_actual[group * quarters..][..quarters]) } else { nominal };
                (nominal, due)
            }
            Rate::Build(stream, amount) => {
                let cost = self.path.cost * *amount;
                (self.stream_planned[*stream] * cost, self.stream[*stream] * cost)
            }
        }
    }

    /// 1 where the leg's condition holds, else 0.
    #[inline(always)]
    fn holds(&self, leg: &PlanLeg) -> V<W> {
        match (leg.condition, leg.payee) {
            (Condition::PayeeStands, Some(payee)) => {
                self.party.ever[payee].above(V::ZERO).pick(V::ZERO, V::ONE)
            }
            (Condition::SpendingAtLeast(least), _) => {
                self.path.spending.below(V::all(least)).pick(V::ZERO, V::ONE)
            }
            _ => V::ONE,
        }
    }

    /// A payer with arrears puts off a part of what is new; a share of what was put off comes due each quarter.
    #[inline(always)]
    fn stretched(&mut self, plan: &Plan, at: usize, leg: &PlanLeg, due: V<W>) -> V<W> {
        let released = self.deferred[at] * (1.0 / f64::from(plan.world.rules.stretch_quarters));
        let troubled = self.party.streak[leg.payer].above(V::ZERO);
        let put_off = troubled.keep(due * self.driver(Driver::Stretch));
        self.deferred[at] = self.deferred[at] - released + put_off;
        due - put_off + released
    }

    /// Running costs, interest on the debt of the quarter before, maturing debt.
    #[inline(always)]
    pub(super) fn running(&mut self, plan: &Plan, t: usize) {
        let level = self.driver(Driver::RunningCosts);
        // `revenue` of the quarter is not known yet: what newly falls due stands for it.
        let sold = &mut self.party.funds;
        sold.fill(V::ZERO);
        for (account, payee) in &plan.selling {
            sold[*payee] += self.fresh[*account];
        }
        for (at, party) in plan.world.parties.iter().enumerate() {
            let costs = &party.running;
            let p = &self.party;
            let revenue = p.sales[at] + p.earned_from_sectors[at];
            let mut due = revenue * costs.per_customer_revenue + V::all(costs.fixed_per_year / 4.0);
            due += p.gw[at] * (costs.per_gw_year / 4.0);
            due = due * level + p.funds[at] * costs.per_contract_revenue - p.other[at].min(V::ZERO);
            if plan.uses.defaults {
                due = due * p.alive[at];
            }
            self.fresh[plan.running[at]] += due;
            if plan.uses.debt {
                self.service_debt(plan, at, t);
            }
        }
        let owed = plan.to_sectors.iter().fold(V::ZERO, |sum, at| sum + self.fresh[*at]);
        self.row[Series::OwedOutside.at()] = owed;
    }

    #[inline(always)]
    fn service_debt(&mut self, plan: &Plan, at: usize, t: usize) {
        let p = &self.party;
        if let Some(account) = plan.interest[at] {
            let rate = self.driver(Driver::InterestSpread) + V::all(plan.world.parties[at].interest);
            self.fresh[account] += (p.beside[at] + p.drawn[at]) * rate * 0.25 * p.alive[at];
        }
        if let Some(account) = plan.principal[at] {
            let matures = plan.world.parties[at].maturities.get(t - 1).copied().unwrap_or(0.0);
            let left = (p.beside[at] - self.arrears[account]).positive();
            self.fresh[account] += (p.keep[at] * matures).min(left) * p.alive[at];
        }
    }
}

/// Steps passed, compared with 1e-9 GW to spare: ten deliveries of 0.1 GW are 1 GW.
#[inline(always)]
fn passed<const W: usize>(gw: V<W>, step: f64, most: f64) -> V<W> {
    let steps = (gw + V::all(1e-9)) / V::all(step);
    let mut out = steps;
    for lane in 0..W {
        out.0[lane] = libm::floor(steps.0[lane]);
    }
    out.min(V::all(most))
}
