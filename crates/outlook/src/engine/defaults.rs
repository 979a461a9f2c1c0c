//! Step 8: default and what it cuts. Rare, so each lane is treated alone.

use super::State;
use crate::driver::Driver;
use crate::lanes::V;
use crate::path::{Event, Loss, Reason, Series};
use crate::plan::{AccountKind, Plan, PlanLeg, Rate};
use crate::world::Actor;

impl<const W: usize> State<W> {
    #[inline(always)]
    pub(super) fn renegotiate(&mut self, plan: &Plan, t: usize) {
        let grace = V::all(f64::from(plan.world.rules.grace_quarters.unwrap_or(u32::MAX)));
        let ring = t % 4;
        self.path.defaults4[ring] = V::ZERO;
        for (at, party) in plan.world.parties.iter().enumerate() {
            if party.tests_value {
                // Value of the quarter before: what moves there is felt now.
                let p = &mut self.party;
                let below = p.value[at].below(V::ZERO).and(p.alive[at].above(V::ZERO));
                p.negative[at] = below.keep(p.negative[at] + V::ONE);
            }
        }
        for at in 0..plan.parties() {
            let p = &self.party;
            let late = p.streak[at].above(grace).or(p.negative[at].above(grace));
            if late.any() {
                for lane in (0..W).filter(|lane| late.0[*lane] != 0) {
                    self.fail(plan, at, lane, t);
                }
            }
        }
        let ever = self.party.ever.iter().fold(V::ZERO, |sum, ever| sum + *ever);
        self.row[Series::Defaults.at()] = ever;
        let debt = self.party.beside.iter().chain(&self.party.drawn).fold(V::ZERO, |sum, debt| sum + *debt);
        self.row[Series::Debt.at()] = debt;
    }

    #[cold]
    #[inline(never)]
    fn fail(&mut self, plan: &Plan, at: usize, lane: usize, t: usize) {
        let cut = self.driver(Driver::Haircut).0[lane].clamp(0.0, 1.0);
        let by_arrears =
            self.party.streak[at].0[lane] > f64::from(plan.world.rules.grace_quarters.unwrap_or(u32::MAX));
        let reason = if by_arrears { Reason::Arrears } else { Reason::Value };
        let event = Event {
            quarter: t as u32,
            party: at as u32,
            reason,
            cut,
            causes: self.causes(plan, at, lane),
            losses: self.losses(plan, at, lane, cut, t),
        };
        self.events.push((lane, event));
        self.path.defaults4[t % 4].0[lane] += 1.0;
        let keep = 1.0 - cut;
        for (place, leg) in plan.legs.iter().enumerate().filter(|(_, leg)| leg.payer == at) {
            self.deferred[place].0[lane] *= keep;
            debug_assert_eq!(leg.payer, at);
        }
        let p = &mut self.party;
        let cost = self.values[Driver::DefaultCost.at()].0[lane] * (p.cash[at].0[lane] + p.plant[at].0[lane]);
        let cost = cost.min(p.cash[at].0[lane]).max(0.0);
        p.cash[at].0[lane] -= cost;
        p.default_cost[at].0[lane] = cost;
        p.keep[at].0[lane] *= keep;
        p.beside[at].0[lane] *= keep;
        p.drawn[at].0[lane] *= keep;
        p.ever[at].0[lane] = 1.0;
        p.streak[at].0[lane] = 0.0;
        p.negative[at].0[lane] = 0.0;
        if cut >= 1.0 {
            p.alive[at].0[lane] = 0.0;
            p.facility_left[at].0[lane] = 0.0;
        }
    }

    /// Who is in arrears to it, largest first.
    fn causes(&self, plan: &Plan, at: usize, lane: usize) -> Vec<(u32, f64)> {
        let mut by_payer = vec![0.0; plan.parties()];
        for (account, _) in plan.inner.iter().filter(|(_, payee)| *payee == at) {
            by_payer[plan.accounts[*account].payer] += self.arrears[*account].0[lane];
        }
        let mut causes: Vec<(u32, f64)> = by_payer
            .iter()
            .enumerate()
            .filter(|(_, sum)| **sum > 1e-9)
            .map(|(p, sum)| (p as u32, *sum))
            .collect();
        causes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        causes
    }

    fn losses(&self, plan: &Plan, at: usize, lane: usize, cut: f64, t: usize) -> Vec<Loss> {
        let parties = plan.parties();
        let place = |actor: Actor| match actor {
            Actor::Party(party) => party as usize,
            Actor::Customers => parties,
            Actor::Markets => parties + 1,
            Actor::Suppliers => parties + 2,
        };
        let mut sums = vec![(0.0, 0.0); parties + 3];
        let own = plan.accounts.iter().enumerate().filter(|(_, account)| account.payer == at);
        for (account, of) in own.filter(|(_, of)| cut >= 1.0 && of.kind != AccountKind::Principal) {
            sums[place(of.payee)].0 += self.arrears[account].0[lane];
        }
        sums[parties + 1].0 += cut * (self.party.beside[at].0[lane] + self.party.drawn[at].0[lane]);
        let keep = self.party.keep[at].0[lane];
        for (number, leg) in plan.legs.iter().enumerate().filter(|(_, leg)| leg.payer == at) {
            let ahead: f64 =
                (t + 1..=plan.quarters).map(|later| self.scheduled(plan, leg, lane, later)).sum();
            let level = leg.scale.map_or(1.0, |driver| self.values[driver].0[lane]);
            let to_come = ahead * level * keep + self.deferred[number].0[lane];
            sums[place(plan.accounts[leg.account].payee)].1 += cut * to_come;
        }
        let actor = |at: usize| match at.checked_sub(parties) {
            None => Actor::Party(at as u32),
            Some(0) => Actor::Customers,
            Some(1) => Actor::Markets,
            Some(_) => Actor::Suppliers,
        };
        let lost = sums.into_iter().enumerate().filter(|(_, (a, b))| *a > 0.0 || *b > 0.0);
        lost.map(|(at, (written_off, cut))| Loss { creditor: actor(at), written_off, cut }).collect()
    }

    /// What the schedule of the path says for one later quarter, at today's cost of building.
    pub(crate) fn scheduled(&self, plan: &Plan, leg: &PlanLeg, lane: usize, t: usize) -> f64 {
        let cells = plan.quarters + plan.ahead + 1;
        let gw = |group: usize, t: usize| self.group_planned[group * cells + t].0[lane];
        match &leg.rate {
            Rate::Amounts(amounts) => amounts.get(t - 1).copied().unwrap_or(0.0),
            Rate::TakeOrPay(group, price, length) => {
                (gw(*group, t) - t.checked_sub(*length).map_or(0.0, |end| gw(*group, end))) * price
            }
            Rate::Milestone(group, amount, step, most) => {
                let passed = |t| libm::floor((gw(*group, t) + 1e-9) / step).min(*most);
                (passed(t) - passed(t - 1)) * amount
            }
            Rate::Delivered(group, amount, most) => {
                (gw(*group, t).min(*most) - gw(*group, t - 1).min(*most)) * amount
            }
            Rate::Build(stream, amount) => {
                let (group, quarters) = plan.streams[*stream];
                (gw(group, t + quarters) - gw(group, t)) * amount * self.path.cost.0[lane]
            }
        }
    }
}
