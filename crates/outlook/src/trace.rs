//! One path told in full, with the bits of the run: the engine at a width of one, watched after each quarter.

use crate::driver::Values;
use crate::engine::State;
use crate::model::Model;
use crate::path::{Account, Kind, LegState, PartyState, Quarter, Trace, Transaction};
use crate::plan::{AccountKind, Plan, PlanLeg, Rate};
use crate::run::Worker;
use crate::world::Actor;

/// What the engine does not keep: legs told apart inside their accounts.
struct Teller<'a> {
    plan: &'a Plan,
    committed: Vec<f64>,
    fallen: Vec<f64>,
    legs: Vec<LegState>,
    told_events: usize,
    quarters: Vec<Account>,
}

impl Model {
    /// Path `path` of seed `seed`, quarter by quarter.
    pub fn trace(&self, seed: u64, path: u64) -> Trace {
        self.trace_values(path, &self.values(seed, path), self.luck(seed, path))
    }

    /// A path with assumptions and luck of one's own.
    pub fn trace_values(&self, path: u64, values: &Values, luck: u64) -> Trace {
        let plan = &self.plan;
        let mut state = State::<1>::new(plan);
        state.start(plan, &[*values], [luck]);
        let legs = plan.world.legs.len();
        let mut teller = Teller {
            plan,
            committed: committed(plan, &state),
            fallen: vec![0.0; legs],
            legs: vec![LegState::default(); legs],
            told_events: 0,
            quarters: Vec::with_capacity(plan.quarters),
        };
        for t in 1..=plan.quarters {
            let alive: Vec<f64> = state.party.alive.iter().map(|alive| alive.0[0]).collect();
            state.quarter(plan, t);
            teller.tell(&state, &alive, t);
        }
        // The same numbers again, through the worker that makes rows.
        let (mut row, mut events) = (None, Vec::new());
        Worker::<1>::new(plan).paths(self, &[path], &[*values], &[luck], &mut |view| {
            row = Some(*view.row);
            events = view.events.to_vec();
        });
        Trace {
            row: row.unwrap_or_else(|| self.path(0, path)),
            values: values.to_vec(),
            committed: teller.committed,
            quarters: teller.quarters,
            events,
        }
    }
}

/// Each leg over its whole life.
fn committed(plan: &Plan, state: &State<1>) -> Vec<f64> {
    let mut out: Vec<f64> = vec![0.0; plan.world.legs.len()];
    let level = |scale: Option<usize>| scale.map_or(1.0, |driver| state.values[driver].0[0]);
    for leg in &plan.outside {
        out[leg.leg] = leg.amounts.iter().sum::<f64>() * level(leg.scale);
    }
    for leg in &plan.legs {
        let gw = |group: usize, whole: bool| -> f64 {
            let sites = plan.groups[group].iter().map(|site| &plan.sites[*site]);
            sites
                .map(|site| site.opening + if whole { site.cumulated[site.cumulated.len() - 1] } else { 0.0 })
                .sum()
        };
        let sum = match &leg.rate {
            Rate::Amounts(amounts) => amounts.iter().sum(),
            Rate::TakeOrPay(group, price, length) => {
                price * (gw(*group, true) * *length as f64 - gw(*group, false) * f64::from(*length > 0))
            }
            Rate::Milestone(group, amount, step, most) => {
                amount * (most - libm::floor((gw(*group, false) + 1e-9) / step).min(*most))
            }
            Rate::Delivered(group, amount, most) => amount * (most - gw(*group, false).min(*most)),
            Rate::Build(stream, amount) => amount * building(plan, state, *stream),
        };
        out[leg.leg] = sum * level(leg.scale);
    }
    out
}

/// GW-parts of a building stream over its whole life, times the cost of their quarter.
fn building(plan: &Plan, state: &State<1>, stream: usize) -> f64 {
    let (group, quarters) = plan.streams[stream];
    let sites = || plan.groups[group].iter().map(|site| (&plan.sites[*site], state.late[*site][0]));
    let end = sites().map(|(site, late)| site.cumulated.len() + late).max().unwrap_or(0);
    let (mut cost, mut sum) = (state.path.cost.0[0], 0.0);
    for t in 1..=end {
        cost *= state.path.learning.0[0];
        let begun = sites().map(|(site, late)| site.planned(t + quarters, late) - site.planned(t, late));
        sum += cost * begun.sum::<f64>();
    }
    sum
}

impl Teller<'_> {
    fn tell(&mut self, state: &State<1>, alive: &[f64], t: usize) {
        let mut transactions = Vec::new();
        self.sectors(state, t, &mut transactions);
        for (at, leg) in self.plan.legs.iter().enumerate() {
            self.leg(state, alive, at, leg, &mut transactions);
        }
        self.services(state, &mut transactions);
        self.cut(state);
        transactions.retain(|transaction| transaction.amount > 0.0);
        let site = |site| state.in_service(self.plan, site, t).0[0];
        let row: Quarter = state.row.map(|value| value.0[0]);
        self.quarters.push(Account {
            quarter: t as u32,
            transactions,
            legs: self.legs.clone(),
            parties: (0..self.plan.parties()).map(|at| self.party(state, at)).collect(),
            in_service_gw: (0..self.plan.sites.len()).map(site).collect(),
            row,
        });
    }

    fn sectors(&mut self, state: &State<1>, t: usize, out: &mut Vec<Transaction>) {
        let p = &state.party;
        for at in 0..self.plan.parties() {
            let payee = Actor::Party(at as u32);
            for (kind, amount) in
                [(Kind::Sales, p.sales[at]), (Kind::Relet, p.relet[at]), (Kind::OtherCash, p.other[at])]
            {
                out.push(Transaction {
                    payer: Actor::Customers,
                    payee,
                    kind,
                    leg: None,
                    amount: amount.0[0],
                });
            }
            let loan = p.new_facility[at].0[0] + p.new_debt[at].0[0];
            out.push(Transaction { payer: Actor::Markets, payee, kind: Kind::Loan, leg: None, amount: loan });
            let equity = p.new_equity[at].0[0];
            out.push(Transaction {
                payer: Actor::Markets,
                payee,
                kind: Kind::Equity,
                leg: None,
                amount: equity,
            });
        }
        for leg in &self.plan.outside {
            let level = leg.scale.map_or(1.0, |driver| state.values[driver].0[0]);
            let amount = leg.amounts.get(t - 1).copied().unwrap_or(0.0) * level;
            self.fallen[leg.leg] += amount;
            let to_come = self.committed[leg.leg] - self.fallen[leg.leg];
            self.legs[leg.leg] = LegState { due: amount, paid: amount, to_come, ..LegState::default() };
            let payer = self.plan.world.legs[leg.leg].payer;
            let payee = Actor::Party(leg.payee as u32);
            out.push(Transaction { payer, payee, kind: Kind::Leg, leg: Some(leg.leg as u32), amount });
        }
    }

    fn leg(&mut self, state: &State<1>, alive: &[f64], at: usize, leg: &PlanLeg, out: &mut Vec<Transaction>) {
        let ratio = state.slots.ratio[self.plan.accounts[leg.account].slot].0[0];
        let due = state.due[at].0[0];
        let told = &mut self.legs[leg.leg];
        let still = alive[leg.payer];
        let owed = due + told.arrears * still;
        let paid = owed * ratio;
        self.fallen[leg.leg] += due;
        let arrears = (owed - paid) + told.arrears * (1.0 - still);
        let to_come = self.committed[leg.leg] - self.fallen[leg.leg] - told.cancelled;
        *told = LegState { due, paid, arrears, cancelled: told.cancelled, to_come };
        let of = &self.plan.world.legs[leg.leg];
        let place = Some(leg.leg as u32);
        out.push(Transaction { payer: of.payer, payee: of.payee, kind: Kind::Leg, leg: place, amount: paid });
    }

    /// Accounts that are no legs.
    fn services(&self, state: &State<1>, out: &mut Vec<Transaction>) {
        for (at, account) in self.plan.accounts.iter().enumerate() {
            let kind = match account.kind {
                AccountKind::Legs => continue,
                AccountKind::Running => Kind::Running,
                AccountKind::Interest => Kind::Interest,
                AccountKind::Principal => Kind::Repayment,
            };
            let payer = Actor::Party(account.payer as u32);
            out.push(Transaction {
                payer,
                payee: account.payee,
                kind,
                leg: None,
                amount: state.paid[at].0[0],
            });
        }
        for (at, cost) in state.party.default_cost.iter().enumerate() {
            let (payer, payee) = (Actor::Party(at as u32), Actor::Suppliers);
            out.push(Transaction { payer, payee, kind: Kind::DefaultCost, leg: None, amount: cost.0[0] });
        }
    }

    /// A default in this quarter cuts what is to come.
    fn cut(&mut self, state: &State<1>) {
        for (_, event) in &state.events[self.told_events..] {
            let mine = self.plan.legs.iter().filter(|leg| leg.payer == event.party as usize);
            for leg in mine {
                let told = &mut self.legs[leg.leg];
                let gone = told.to_come * event.cut;
                told.cancelled += gone;
                told.to_come -= gone;
            }
        }
        self.told_events = state.events.len();
    }

    fn party(&self, state: &State<1>, at: usize) -> PartyState {
        let p = &state.party;
        let receivable = |(account, _): &(usize, usize)| {
            state.arrears[*account].0[0] * p.alive[self.plan.accounts[*account].payer].0[0]
        };
        let owed = self.plan.accounts.iter().enumerate();
        let owed = owed.filter(|(_, account)| account.payer == at && account.kind != AccountKind::Principal);
        PartyState {
            cash: p.cash[at].0[0],
            plant: p.plant[at].0[0],
            other: self.plan.world.parties[at].other_net_assets,
            stakes: p.stakes[at].0[0],
            receivable: self.plan.inner.iter().filter(|(_, payee)| *payee == at).map(receivable).sum(),
            debt: p.beside[at].0[0] + p.drawn[at].0[0],
            arrears: owed.map(|(account, _)| state.arrears[account].0[0]).sum(),
            drawn_facility: p.new_facility[at].0[0],
            drawn_debt: p.new_debt[at].0[0],
            drawn_equity: p.new_equity[at].0[0],
            quarters_in_arrears: p.streak[at].0[0] as u32,
            standing: p.keep[at].0[0],
        }
    }
}
