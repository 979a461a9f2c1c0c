//! A world laid out for the engine: everything that no path changes, by place instead of by name.

use crate::driver::Driver;
use crate::luck;
use crate::scenario::Shock;
use crate::world::{Actor, Condition, Freed, Leg, Purpose, Schedule, World};

mod elimination;
mod layout;

pub(crate) use elimination::Elimination;
pub(crate) use layout::{Account, AccountKind, Slot};

/// Streams of luck that belong to no party and no deal.
pub(crate) mod stream {
    pub const DEMAND: &str = "demand";
    pub const EFFICIENCY: &str = "efficiency";
    pub const MARKET: &str = "market";
}

#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub world: World,
    pub quarters: usize,
    /// Quarters after the horizon that building looks ahead.
    pub ahead: usize,
    pub sites: Vec<PlanSite>,
    /// Sites that legs sum over.
    pub groups: Vec<Vec<usize>>,
    /// Building streams: a group and the quarters over which it is paid.
    pub streams: Vec<(usize, usize)>,
    /// Those with a core payer, in the order of the world.
    pub legs: Vec<PlanLeg>,
    /// Legs that sectors pay.
    pub outside: Vec<OutsideLeg>,
    pub slots: Vec<Slot>,
    /// Slots of each party: a range.
    pub party_slots: Vec<(usize, usize)>,
    /// Sorted by slot.
    pub accounts: Vec<Account>,
    /// Accounts with a core payee: (account, payee).
    pub inner: Vec<(usize, usize)>,
    /// Accounts with a core payee that are not finance: (account, payee).
    pub selling: Vec<(usize, usize)>,
    /// Slot of each of `inner`.
    pub inner_slots: Vec<usize>,
    /// Accounts that sectors are paid on.
    pub to_sectors: Vec<usize>,
    pub running: Vec<usize>,
    pub interest: Vec<Option<usize>>,
    pub principal: Vec<Option<usize>>,
    pub party_keys: Vec<u64>,
    pub elimination: Elimination,
    /// By quarter, 0 first: `t^k` at the default shape is not here; these are the shocks.
    pub shut: Vec<bool>,
    pub efficiency_shock: Vec<f64>,
    pub demand_shock: Vec<f64>,
    pub stream_keys: [u64; 3],
    pub uses: Uses,
}

/// What this world needs at all; what it does not need is not computed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Uses {
    pub defaults: bool,
    pub finance: bool,
    pub debt: bool,
    /// Operating cash and plant.
    pub books: bool,
    pub values: bool,
    pub conditions: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct PlanSite {
    /// GW delivered up to quarter `x` of the plan, from 0.
    pub cumulated: Vec<f64>,
    pub opening: f64,
    pub delay: f64,
    pub delay_weight: f64,
    pub slip_weight: f64,
    pub key: u64,
    pub operator: Option<usize>,
    pub tenant: Option<usize>,
    pub serves: bool,
}

impl PlanSite {
    /// Planned GW at the end of quarter `t` when late by `late` quarters.
    pub fn planned(&self, t: usize, late: usize) -> f64 {
        let x = t.saturating_sub(late).min(self.cumulated.len() - 1);
        self.opening + self.cumulated[x]
    }
}

#[derive(Debug, Clone)]
pub(crate) struct PlanLeg {
    /// Place in the world.
    pub leg: usize,
    pub account: usize,
    pub payer: usize,
    pub payee: Option<usize>,
    pub rate: Rate,
    pub scale: Option<usize>,
    pub condition: Condition,
    pub stretchable: bool,
    /// Building at its own sites is cut with the deliveries already.
    pub cut_with_payer: bool,
}

/// A schedule by place.
#[derive(Debug, Clone)]
pub(crate) enum Rate {
    Amounts(Vec<f64>),
    /// Group, price of a quarter, length.
    TakeOrPay(usize, f64, usize),
    /// Group, amount a step, GW a step, most steps.
    Milestone(usize, f64, f64, f64),
    /// Group, amount a GW, most GW.
    Delivered(usize, f64, f64),
    /// Stream, amount a GW.
    Build(usize, f64),
}

#[derive(Debug, Clone)]
pub(crate) struct OutsideLeg {
    pub leg: usize,
    pub payee: usize,
    pub amounts: Vec<f64>,
    pub scale: Option<usize>,
    pub customers: bool,
    pub finance: bool,
}

impl Plan {
    /// Lays out a checked world.
    pub fn new(world: &World, shocks: &[Shock]) -> Plan {
        let mut groups = Vec::new();
        let mut streams = Vec::new();
        let rates: Vec<Rate> = world.legs.iter().map(|leg| rate(leg, &mut groups, &mut streams)).collect();
        let ahead = streams.iter().map(|(_, quarters)| *quarters).max().unwrap_or(0);
        let layout = layout::Layout::new(world);
        let (legs, outside) = split(world, rates, &layout);
        let inner = layout.inner(|_| true);
        let pairs: Vec<(usize, usize)> =
            inner.iter().map(|(account, payee)| (layout.payer(*account), *payee)).collect();
        let quarters = world.quarters;
        Plan {
            quarters,
            ahead,
            sites: world.sites.iter().map(site).collect(),
            groups,
            streams,
            uses: uses(world),
            legs,
            outside,
            selling: layout.inner(|account| account.purpose != Purpose::Finance),
            running: layout.of_kind(AccountKind::Running).into_iter().map(|at| at.unwrap_or(0)).collect(),
            interest: layout.of_kind(AccountKind::Interest),
            principal: layout.of_kind(AccountKind::Principal),
            party_keys: world.parties.iter().map(|party| luck::key(&party.id)).collect(),
            inner_slots: inner.iter().map(|(account, _)| layout.accounts[*account].slot).collect(),
            to_sectors: layout.to_sectors(),
            elimination: Elimination::new(world.parties.len(), &pairs),
            inner,
            slots: layout.slots,
            party_slots: layout.party_slots,
            accounts: layout.accounts,
            shut: shut(shocks, quarters),
            efficiency_shock: efficiency(shocks, quarters),
            demand_shock: demand(shocks, quarters),
            stream_keys: [stream::DEMAND, stream::EFFICIENCY, stream::MARKET].map(luck::key),
            world: world.clone(),
        }
    }

    pub fn parties(&self) -> usize {
        self.world.parties.len()
    }

    pub fn relets(&self) -> bool {
        self.uses.defaults && self.world.rules.freed == Freed::Relet
    }

    pub fn retires(&self) -> bool {
        self.uses.defaults && self.world.rules.freed == Freed::Retired
    }
}

fn place<T: PartialEq>(list: &mut Vec<T>, item: T) -> usize {
    list.iter().position(|other| *other == item).unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    })
}

fn rate(leg: &Leg, groups: &mut Vec<Vec<usize>>, streams: &mut Vec<(usize, usize)>) -> Rate {
    let mut group = |sites: &[u32]| place(groups, sites.iter().map(|site| *site as usize).collect());
    match &leg.schedule {
        Schedule::Amounts(amounts) => Rate::Amounts(amounts.clone()),
        Schedule::TakeOrPay { sites, price_per_gw_year, quarters } => {
            Rate::TakeOrPay(group(sites), price_per_gw_year / 4.0, *quarters as usize)
        }
        Schedule::Milestone { sites, per_gw, step_gw, up_to_gw } if *step_gw > 0.0 => {
            // Rule 3: compared as decimals, with 1e-9 GW to spare.
            let most = libm::floor((up_to_gw + 1e-9) / step_gw);
            Rate::Milestone(group(sites), per_gw * step_gw, *step_gw, most)
        }
        Schedule::Milestone { sites, per_gw, up_to_gw, .. } => {
            Rate::Delivered(group(sites), *per_gw, *up_to_gw)
        }
        Schedule::Build { sites, cost_per_gw, build_quarters, share } => {
            let group = group(sites);
            let quarters = *build_quarters as usize;
            Rate::Build(place(streams, (group, quarters)), cost_per_gw * share / quarters as f64)
        }
    }
}

fn split(world: &World, rates: Vec<Rate>, layout: &layout::Layout) -> (Vec<PlanLeg>, Vec<OutsideLeg>) {
    let (mut legs, mut outside) = (Vec::new(), Vec::new());
    for (at, (leg, rate)) in world.legs.iter().zip(rates).enumerate() {
        let scale = leg.scale.map(Driver::at);
        match (leg.payer, leg.payee, rate) {
            (Actor::Party(payer), payee, rate) => legs.push(PlanLeg {
                leg: at,
                account: layout.leg_account[at],
                payer: payer as usize,
                payee: party(payee),
                rate,
                scale,
                condition: leg.condition,
                stretchable: leg.stretchable,
                cut_with_payer: !builds_its_own(world, leg),
            }),
            (sector, Actor::Party(payee), Rate::Amounts(amounts)) => outside.push(OutsideLeg {
                leg: at,
                payee: payee as usize,
                amounts,
                scale,
                customers: sector == Actor::Customers,
                finance: leg.purpose == Purpose::Finance,
            }),
            // Between two sectors, or refused when the world was checked: moves nothing here.
            _ => {}
        }
    }
    (legs, outside)
}

fn builds_its_own(world: &World, leg: &Leg) -> bool {
    match (&leg.schedule, party(leg.payer)) {
        (Schedule::Build { sites, .. }, Some(payer)) => {
            sites.iter().all(|site| world.sites[*site as usize].operator == Some(payer as u32))
        }
        _ => false,
    }
}

pub(crate) fn party(actor: Actor) -> Option<usize> {
    match actor {
        Actor::Party(party) => Some(party as usize),
        _ => None,
    }
}

fn site(site: &crate::world::Site) -> PlanSite {
    let mut sum = 0.0;
    let mut cumulated = vec![0.0];
    cumulated.extend(site.plan_gw.iter().map(|gw| {
        sum += gw;
        sum
    }));
    PlanSite {
        cumulated,
        opening: site.opening_gw,
        delay: f64::from(site.delay),
        delay_weight: site.delay_weight,
        slip_weight: site.slip_weight,
        key: luck::key(&site.deal),
        operator: site.operator.map(|party| party as usize),
        tenant: site.tenant.map(|party| party as usize),
        serves: site.serves,
    }
}

fn uses(world: &World) -> Uses {
    let any = |test: &dyn Fn(&crate::world::Party) -> bool| world.parties.iter().any(test);
    let finance = any(&|party| {
        let f = &party.financing;
        f.facility > 0.0
            || f.debt_limit > 0.0
            || f.debt_per_operating_cash > 0.0
            || f.debt_per_receivables > 0.0
            || f.equity_per_year > 0.0
    });
    let defaults = world.rules.grace_quarters.is_some();
    let values =
        !world.stakes.is_empty() || any(&|party| party.tests_value || party.financing.equity_per_year > 0.0);
    Uses {
        defaults,
        finance,
        debt: finance || any(&|party| party.debt > 0.0),
        books: finance || values || defaults,
        values,
        conditions: world.legs.iter().any(|leg| leg.condition != Condition::Always),
    }
}

fn shut(shocks: &[Shock], quarters: usize) -> Vec<bool> {
    let shut = |t: usize| {
        shocks.iter().any(|shock| match shock {
            Shock::MarketShut { from, until } => (*from as usize..=*until as usize).contains(&t),
            _ => false,
        })
    };
    (0..=quarters).map(shut).collect()
}

fn efficiency(shocks: &[Shock], quarters: usize) -> Vec<f64> {
    let factor = |t: usize, shock: &Shock| match shock {
        Shock::Efficiency { quarter, factor } if *quarter as usize == t => *factor,
        _ => 1.0,
    };
    (0..=quarters).map(|t| shocks.iter().map(|shock| factor(t, shock)).product()).collect()
}

fn demand(shocks: &[Shock], quarters: usize) -> Vec<f64> {
    let factor = |t: usize, shock: &Shock| match shock {
        Shock::Demand { from, until, factor } if (*from as usize..=*until as usize).contains(&t) => *factor,
        _ => 1.0,
    };
    (0..=quarters).map(|t| shocks.iter().map(|shock| factor(t, shock)).product()).collect()
}
