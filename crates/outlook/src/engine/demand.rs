//! Steps 1 and 2: what end customers want to spend, what capacity can serve, and whom it reaches.

use super::State;
use crate::driver::Driver;
use crate::lanes::V;
use crate::luck;
use crate::path::Series;
use crate::plan::Plan;

impl<const W: usize> State<W> {
    /// Deliveries of the quarter: what comes into service in it counts for all of it.
    #[inline(always)]
    pub(super) fn deliver(&mut self, plan: &Plan, t: usize) {
        if !plan.uses.defaults {
            return;
        }
        let (quarters, cells) = (plan.quarters + 1, plan.quarters + plan.ahead + 1);
        for (at, site) in plan.sites.iter().enumerate() {
            let step = self.planned[at * cells + t] - self.planned[at * cells + t - 1];
            self.actual[at * quarters + t] = self.actual[at * quarters + t - 1] + step * self.standing(site);
        }
        for (at, group) in plan.groups.iter().enumerate() {
            let sum = group.iter().fold(V::ZERO, |sum, site| sum + self.actual[site * quarters + t]);
            self.group_actual[at * quarters + t] = sum;
        }
    }

    /// Part of what is planned at a site that is still built: what the operator's cuts leave, nothing for a tenant whose
    /// future is cancelled. For a tenant that was cut in part building goes on, and the cut part is freed capacity.
    #[inline(always)]
    pub(super) fn standing(&self, site: &crate::plan::PlanSite) -> V<W> {
        let of = |party: Option<usize>, list: &[V<W>]| party.map_or(V::ONE, |party| list[party]);
        of(site.operator, &self.party.keep) * of(site.tenant, &self.party.alive)
    }

    /// GW in service at a site, retired ones left out.
    #[inline(always)]
    pub(crate) fn in_service(&self, plan: &Plan, site: usize, t: usize) -> V<W> {
        let at = |t: usize| {
            if plan.uses.defaults {
                self.actual[site * (plan.quarters + 1) + t]
            } else {
                self.planned[site * (plan.quarters + plan.ahead + 1) + t]
            }
        };
        let life = self.driver(Driver::UsefulLife) * 4.0;
        if life.below(V::all(t as f64 + 1.0)).any() {
            let gone = V::by_lane(|lane| {
                let since = t as f64 - life.0[lane];
                if since >= 0.0 { at((since as usize).min(t)).0[lane] } else { 0.0 }
            });
            at(t) - gone
        } else {
            at(t)
        }
    }

    #[inline(always)]
    pub(super) fn demand(&mut self, plan: &Plan, t: usize) {
        self.service(plan, t);
        if let Some(demand) = plan.world.demand {
            self.spend(plan, demand.today_per_year, t);
            self.sell(plan, t);
        }
        self.sectors_pay(plan, t);
    }

    /// GW by party, and all that serves end customers.
    #[inline(always)]
    fn service(&mut self, plan: &Plan, t: usize) {
        let life = self.driver(Driver::UsefulLife) * 4.0;
        let left = (V::ONE - V::all(t as f64) / life).positive();
        let mut capacity = V::ZERO;
        for (at, party) in plan.world.parties.iter().enumerate() {
            self.party.gw[at] = left * party.opening_gw;
            capacity += self.party.gw[at];
        }
        for (at, site) in plan.sites.iter().enumerate() {
            let gw = self.in_service(plan, at, t);
            let freed = match site.tenant {
                Some(tenant) if plan.uses.defaults => gw * (V::ONE - self.party.keep[tenant]),
                _ => V::ZERO,
            };
            let running = if plan.retires() { gw - freed } else { gw };
            if site.serves {
                capacity += running;
            }
            if let Some(operator) = site.operator {
                self.party.gw[operator] += running;
                if plan.relets() {
                    self.party.relet[operator] += freed;
                }
            }
        }
        self.row[Series::Capacity.at()] = capacity;
    }

    /// `S = B · (e/ē)^(η−1)`, `B` log-logistic from today to the horizon.
    #[inline(always)]
    fn spend(&mut self, plan: &Plan, today: f64, t: usize) {
        let noise_sd = self.driver(Driver::DemandNoise);
        let jump_rate = self.driver(Driver::EfficiencyJumpRate) * 0.25;
        let target = self.driver(Driver::Demand2030);
        let above_one = self.driver(Driver::Elasticity) - V::ONE;
        let luck = self.luck;
        let w = &mut self.path;
        w.response = w.response * w.response_step;
        if jump_rate.above(V::ZERO).any() {
            let jumps = V::by_lane(|lane| luck::draw(plan.stream_keys[1], luck[lane], t)).below(jump_rate);
            w.response = w.response * jumps.pick(w.response_jump, V::ONE);
        }
        if plan.efficiency_shock[t] != 1.0 {
            let factor = plan.efficiency_shock[t];
            w.response = w.response * V::by_lane(|lane| libm::pow(factor, above_one.0[lane]));
        }
        if noise_sd.above(V::ZERO).any() {
            w.noise = w.noise
                * V::by_lane(|lane| match noise_sd.0[lane] {
                    0.0 => 1.0,
                    sd => libm::exp(sd * luck::normal(plan.stream_keys[0], luck[lane], t)),
                });
        }
        let along = w.powers[t] / (w.midpoint_power + w.powers[t]);
        let baseline = (target - V::all(today)) * along / w.end + V::all(today);
        w.spending = baseline * w.response * w.noise * plan.demand_shock[t];
    }

    /// Served spending reaches labs and clouds by market weight; freed capacity is let out of what is spent.
    #[inline(always)]
    fn sell(&mut self, plan: &Plan, t: usize) {
        let per_gw = self.driver(Driver::RevenuePerGwYear);
        let fire = self.driver(Driver::FirePrice);
        let spending = self.path.spending;
        let capacity = self.row[Series::Capacity.at()];
        let most = per_gw * capacity;
        let mut served = spending.min(most) * 0.25;
        self.row[Series::Spending.at()] = spending;
        self.row[Series::Need.at()] = spending / per_gw;
        let wanted = spending.above(V::ZERO).pick(spending, V::ONE);
        self.row[Series::Shortage.at()] = (spending - most).positive() / wanted;
        self.path.market_paid = served;
        if plan.relets() {
            let busy = spending.min(most) / most.above(V::ZERO).pick(most, V::ONE);
            let rent = per_gw * fire * busy * 0.25;
            let total = self.party.relet.iter().fold(V::ZERO, |sum, gw| sum + *gw) * rent;
            let scale = served.min(total) / total.above(V::ZERO).pick(total, V::ONE);
            for gw in &mut self.party.relet {
                *gw = *gw * rent * scale;
            }
            served -= total * scale;
        } else {
            self.party.relet.fill(V::ZERO);
        }
        let p = &mut self.party;
        let mut weights = V::ZERO;
        for at in 0..p.weight.len() {
            if t > 0 {
                p.weight[at] = p.weight[at] * p.weight_growth[at];
            }
            weights += p.weight[at] * p.alive[at];
        }
        let each = served / weights.above(V::ZERO).pick(weights, V::ONE);
        for at in 0..p.weight.len() {
            p.sales[at] = each * p.weight[at] * p.alive[at];
        }
    }

    /// What sectors pay on their legs, and cash from business outside AI.
    #[inline(always)]
    fn sectors_pay(&mut self, plan: &Plan, t: usize) {
        for leg in &plan.outside {
            let amount = leg.amounts.get(t - 1).copied().unwrap_or(0.0);
            let amount = leg.scale.map_or(V::all(amount), |driver| self.values[driver] * amount);
            self.party.from_sectors[leg.payee] += amount;
            if !leg.finance {
                self.party.earned_from_sectors[leg.payee] += amount;
            }
            if leg.customers {
                self.row[Series::CustomersPaid.at()] += amount;
            } else if leg.finance {
                self.row[Series::NewMoney.at()] += amount;
            }
        }
        let w = &mut self.path;
        w.other_level = w.other_level * w.other_growth;
        for (at, party) in plan.world.parties.iter().enumerate() {
            if party.other_cash_per_year != 0.0 {
                self.party.other[at] =
                    w.other_level * self.party.alive[at] * (party.other_cash_per_year / 4.0);
            }
        }
    }
}
