//! Opening balances, and what of a path is fixed when it begins.

use super::{Parties, State, Whole, clear::Slots};
use crate::driver::Driver;
use crate::lanes::{M, V};
use crate::luck;
use crate::path::Series;
use crate::plan::Plan;

impl<const W: usize> State<W> {
    /// Room for one group of paths.
    pub fn new(plan: &Plan) -> Self {
        let (quarters, cells) = (plan.quarters + 1, plan.quarters + plan.ahead + 1);
        let zeros = |n: usize| vec![V::ZERO; n];
        let (legs, accounts) = (plan.legs.len(), plan.accounts.len());
        Self {
            values: [V::ZERO; Driver::COUNT],
            luck: [0; W],
            late: vec![[0; W]; plan.sites.len()],
            planned: zeros(plan.sites.len() * cells),
            actual: zeros(plan.sites.len() * quarters),
            group_planned: zeros(plan.groups.len() * cells),
            group_actual: zeros(plan.groups.len() * quarters),
            stream: zeros(plan.streams.len()),
            stream_planned: zeros(plan.streams.len()),
            path: Whole::new(quarters),
            party: Parties::new(plan.parties()),
            steps: zeros(legs),
            steps_planned: zeros(legs),
            delivered: zeros(legs),
            deferred: zeros(legs),
            due: zeros(legs),
            nominal: zeros(legs),
            fresh: zeros(accounts),
            owed: zeros(accounts),
            paid: zeros(accounts),
            arrears: zeros(accounts),
            slots: Slots::new(plan),
            row: [V::ZERO; Series::COUNT],
            events: Vec::with_capacity(16),
        }
    }

    pub(super) fn open(&mut self, plan: &Plan) {
        for list in [&mut self.steps, &mut self.steps_planned, &mut self.delivered, &mut self.deferred] {
            list.fill(V::ZERO);
        }
        self.arrears.fill(V::ZERO);
        self.slots.last.fill(V::ONE);
        self.open_parties(plan);
        self.open_path(plan);
        self.open_sites(plan);
        self.opening_steps(plan);
    }

    fn open_parties(&mut self, plan: &Plan) {
        let spread = self.driver(Driver::ShareSpread);
        let life = self.driver(Driver::UsefulLife) * 4.0;
        let luck = self.luck;
        let p = &mut self.party;
        for (at, party) in plan.world.parties.iter().enumerate() {
            p.cash[at] = V::all(party.cash);
            p.beside[at] = V::all(party.debt);
            p.facility_left[at] = V::all(party.financing.facility);
            p.plant[at] = V::all(party.plant);
            p.depreciation[at] = V::all(party.plant) / life;
            p.weight[at] = V::all(party.market_share);
            p.weight_growth[at] = V::by_lane(|lane| match spread.0[lane] {
                0.0 => 1.0,
                sd => libm::exp(sd * luck::normal(plan.party_keys[at], luck[lane], 0) / plan.quarters as f64),
            });
            for ring in 0..4 {
                p.operating[ring][at] = V::all(party.other_cash_per_year / 4.0);
            }
            p.value[at] = V::all(party.cash + party.plant + party.other_net_assets - party.debt);
        }
        for list in [&mut p.keep, &mut p.alive] {
            list.fill(V::ONE);
        }
        let [a, b, c, d] = &mut p.equity;
        for list in [a, b, c, d, &mut p.drawn, &mut p.ever, &mut p.streak, &mut p.negative] {
            list.fill(V::ZERO);
        }
        for list in [&mut p.stakes, &mut p.receivable, &mut p.revenue, &mut p.sales, &mut p.gw] {
            list.fill(V::ZERO);
        }
        if plan.uses.values {
            self.value(plan);
        }
    }

    fn open_path(&mut self, plan: &Plan) {
        let power = |base: V<W>, exponent: V<W>| V::by_lane(|l| libm::pow(base.0[l], exponent.0[l]));
        self.open_powers(plan);
        let shape = self.driver(Driver::DemandShape);
        let above_one = self.driver(Driver::Elasticity) - V::ONE;
        let growth = self.driver(Driver::EfficiencyGrowth) / self.driver(Driver::PresumedGrowth);
        let quarterly = |rate: V<W>| V::by_lane(|lane| libm::pow(1.0 + rate.0[lane], 0.25));
        let (other, learning) = (self.driver(Driver::NonAiGrowth), self.driver(Driver::CostLearning));
        let jump = self.driver(Driver::EfficiencyJump);
        let (midpoint, level) = (self.driver(Driver::DemandMidpoint), self.driver(Driver::CostLevel));
        let w = &mut self.path;
        w.midpoint_power = power(midpoint, shape);
        let end = w.powers[plan.quarters + 1];
        w.end = end / (w.midpoint_power + end);
        w.response = V::ONE;
        w.response_step = power(growth, above_one * 0.25);
        w.response_jump = power(jump, above_one);
        w.noise = V::ONE;
        w.other_growth = quarterly(other);
        w.other_level = V::ONE;
        w.learning = quarterly(-learning);
        w.cost = level;
        w.open = M::EVERY;
        w.spending = V::all(plan.world.demand.map_or(0.0, |demand| demand.today_per_year));
        let rings = [&mut w.customers4, &mut w.outside4, &mut w.money4, &mut w.defaults4];
        rings.into_iter().for_each(|ring| *ring = [V::ZERO; 4]);
        for sum in [&mut w.scheduled, &mut w.due, &mut w.paid, &mut w.paid_all, &mut w.customers] {
            *sum = V::ZERO;
        }
    }

    /// `t^k`: the same in all paths where the shape is pinned, so it is kept from group to group.
    fn open_powers(&mut self, plan: &Plan) {
        let shape = self.driver(Driver::DemandShape).0;
        if self.path.powers_for.map(f64::to_bits) == shape.map(f64::to_bits) {
            return;
        }
        let horizon = plan.world.demand.map_or(1, |demand| demand.horizon);
        let times = (0..=plan.quarters).chain([horizon]);
        for (at, t) in times.enumerate() {
            let mut last = (f64::NAN, f64::NAN);
            self.path.powers[at] = V::by_lane(|lane| {
                if last.0 != shape[lane] {
                    last = (shape[lane], libm::pow(t as f64, shape[lane]));
                }
                last.1
            });
        }
        self.path.powers_for = shape;
    }

    fn open_sites(&mut self, plan: &Plan) {
        let (delay, slip, luck) = (self.driver(Driver::Delay), self.driver(Driver::Slip), self.luck);
        let (quarters, cells) = (plan.quarters + 1, plan.quarters + plan.ahead + 1);
        let most = cells as f64;
        for (at, site) in plan.sites.iter().enumerate() {
            let mut late = [0; W];
            for lane in 0..W {
                let slipped = match slip.0[lane] * site.slip_weight {
                    0.0 => 0.0,
                    mean => libm::floor(-mean * libm::log(luck::draw(site.key, luck[lane], 0))),
                };
                let driven = libm::floor(site.delay_weight * delay.0[lane] + 0.5);
                late[lane] = (site.delay + driven + slipped).clamp(0.0, most) as usize;
            }
            self.late[at] = late;
            for t in 0..cells {
                self.planned[at * cells + t] = V::by_lane(|lane| site.planned(t, late[lane]));
            }
            self.actual[at * quarters] = self.planned[at * cells];
        }
        for (at, group) in plan.groups.iter().enumerate() {
            for t in 0..cells {
                let sum = group.iter().fold(V::ZERO, |sum, site| sum + self.planned[site * cells + t]);
                self.group_planned[at * cells + t] = sum;
            }
            self.group_actual[at * quarters] = self.group_planned[at * cells];
        }
    }
}

impl<const W: usize> Parties<W> {
    fn new(parties: usize) -> Self {
        let zeros = || vec![V::ZERO; parties];
        let ring = || [zeros(), zeros(), zeros(), zeros()];
        Self {
            cash: zeros(),
            beside: zeros(),
            drawn: zeros(),
            facility_left: zeros(),
            plant: zeros(),
            depreciation: zeros(),
            keep: zeros(),
            alive: zeros(),
            ever: zeros(),
            streak: zeros(),
            negative: zeros(),
            value: zeros(),
            stakes: zeros(),
            receivable: zeros(),
            weight: zeros(),
            weight_growth: zeros(),
            operating: ring(),
            equity: ring(),
            revenue: zeros(),
            sales: zeros(),
            relet: zeros(),
            other: zeros(),
            from_sectors: zeros(),
            earned_from_sectors: zeros(),
            funds: zeros(),
            new_facility: zeros(),
            new_debt: zeros(),
            new_equity: zeros(),
            default_cost: zeros(),
            gw: zeros(),
        }
    }
}

impl<const W: usize> Whole<W> {
    fn new(quarters: usize) -> Self {
        let zero = V::ZERO;
        Self {
            powers: vec![zero; quarters + 1],
            powers_for: [f64::NAN; W],
            midpoint_power: zero,
            end: zero,
            response: zero,
            response_step: zero,
            response_jump: zero,
            noise: zero,
            other_growth: zero,
            other_level: zero,
            learning: zero,
            cost: zero,
            open: M::EVERY,
            spending: zero,
            market_paid: zero,
            customers4: [zero; 4],
            outside4: [zero; 4],
            money4: [zero; 4],
            defaults4: [zero; 4],
            scheduled: zero,
            due: zero,
            paid: zero,
            paid_all: zero,
            customers: zero,
        }
    }
}
