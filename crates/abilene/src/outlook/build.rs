//! Legs and sites: contracts as they are dated, capacity that is still to be delivered, and who builds it.

use std::collections::BTreeMap;

use abilene_flows::{Kind, Projection};
use abilene_ledger::{Class, Instrument, LegView, RuleName};
use abilene_outlook::{Actor, Condition, Leg, Purpose, Schedule, Site};

use super::world::{Ground, ai_part, capex_rate, opening_capacity};
use crate::money::number;

/// Ranks after running costs and debt service.
const LEG_CLASS: u8 = 1;

/// Dues that rise by less than this part from one quarter to the next rise by the length of quarters only.
const SAME: f64 = 0.05;

/// Collects sites and legs.
pub(super) struct Builder<'g, 'a, 'v, 'b> {
    ground: &'g Ground<'a, 'v, 'b>,
    vendor: &'g [usize],
    sites: Vec<Site>,
    legs: Vec<Leg>,
    /// What each operator's contracts make it build, a year, in the unit of the case.
    contracted: BTreeMap<u32, f64>,
    /// GW that serve tenants today, by operator.
    running: BTreeMap<u32, f64>,
    usual_recipe: Option<&'b str>,
}

impl<'g, 'a, 'v, 'b> Builder<'g, 'a, 'v, 'b> {
    pub fn new(ground: &'g Ground<'a, 'v, 'b>, vendor: &'g [usize]) -> Self {
        let (contracted, running) = (BTreeMap::new(), BTreeMap::new());
        let usual_recipe = usual_recipe(ground.projection);
        Builder { ground, vendor, sites: Vec::new(), legs: Vec::new(), contracted, running, usual_recipe }
    }

    /// Sites, legs, and the GW that serve tenants today by operator.
    pub fn done(self) -> (Vec<Site>, Vec<Leg>, BTreeMap<u32, f64>) {
        (self.sites, self.legs, self.running)
    }

    /// Every leg with money ahead that touches a core party.
    pub fn contracts(&mut self) {
        for (at, (dues, begun)) in dues_by_leg(self.ground).into_iter().enumerate() {
            let leg = self.ground.projection.legs[at];
            if dues.iter().all(|due| *due <= 0.0) {
                continue;
            }
            let class = leg.leg.instrument.value.class();
            let capacity = leg.leg.instrument.value == Instrument::CapacityContract;
            let book = self.ground.projection.view.book;
            let (Some(payer), Some(seller)) =
                (book.party_index(&leg.leg.payer), book.party_index(&leg.leg.payee))
            else {
                continue;
            };
            let (payer, payee) =
                (self.ground.actor(payer, true, class), self.ground.actor(seller, false, class));
            match (payer, payee) {
                (Actor::Party(tenant), Actor::Party(operator)) if capacity && !begun => {
                    self.capacity(at, &leg, tenant, operator, &dues);
                }
                (Actor::Party(_), Actor::Party(operator)) if capacity => {
                    self.serves_today(seller, operator, &dues);
                    self.legs.push(self.plain(at, &leg, payer, payee, Schedule::Amounts(dues), ""));
                }
                (Actor::Party(_), _) | (_, Actor::Party(_)) => {
                    self.legs.push(self.plain(at, &leg, payer, payee, Schedule::Amounts(dues), ""));
                }
                _ => {}
            }
        }
    }

    /// A contract that has begun has its capacity in service, at the rent of the rules. Where the operator has
    /// customers of its own, its own opening capacity holds it already.
    fn serves_today(&mut self, seller: usize, operator: u32, dues: &[f64]) {
        if opening_capacity(self.ground, seller) == 0.0 {
            let rent = self.ground.rule(RuleName::RentPerGwYear).max(1e-9);
            *self.running.entry(operator).or_default() += dues.iter().take(4).sum::<f64>() / rent;
        }
    }

    fn plain(
        &self,
        at: usize,
        leg: &LegView,
        payer: Actor,
        payee: Actor,
        schedule: Schedule,
        part: &str,
    ) -> Leg {
        let class = leg.leg.instrument.value.class();
        let purpose = match (class, leg.leg.instrument.value) {
            (Class::Funding, _) => Purpose::Finance,
            (_, Instrument::GoodsPurchase) => Purpose::Capital,
            _ => Purpose::Operating,
        };
        Leg {
            id: format!("{}{part}", leg.id()),
            deal: leg.deal.id.value.clone(),
            payer,
            payee,
            instrument: leg.leg.instrument.value.text().to_owned(),
            class: LEG_CLASS,
            purpose,
            schedule,
            scale: None,
            condition: if class == Class::Funding { Condition::PayeeStands } else { Condition::Always },
            vendor_finance: self.vendor.contains(&at),
            stretchable: class == Class::Purchase,
        }
    }

    /// A contract for capacity not yet delivered: its dues come from gigawatts at the rent of the rules, so that a
    /// delay moves them; each rise of the dues is a delivery, paid from then to the contract's last quarter.
    fn capacity(&mut self, at: usize, leg: &LegView, tenant: u32, operator: u32, dues: &[f64]) {
        let rent = self.ground.rule(RuleName::RentPerGwYear).max(1e-9);
        let total: f64 = dues.iter().sum();
        let steps = rises(dues);
        let told: f64 = steps.iter().map(|(from, rise)| rise * (dues.len() - from) as f64).sum();
        for (number, (from, rise)) in steps.iter().enumerate() {
            // The level is set so that the contract comes to what the ledger says.
            let gw = rise * total / told * 4.0 / rent;
            let site = self.site(leg, tenant, operator, *from, gw, number);
            let schedule = Schedule::TakeOrPay {
                sites: vec![site],
                price_per_gw_year: rent,
                quarters: (dues.len() - from) as u32,
            };
            let part = if number == 0 { String::new() } else { format!("+{number}") };
            self.legs.push(self.plain(
                at,
                leg,
                Actor::Party(tenant),
                Actor::Party(operator),
                schedule,
                &part,
            ));
            let recipe = leg.leg.recipe.as_ref().map(|recipe| recipe.value.as_str());
            self.build(site, operator, &leg.id(), &leg.deal.id.value, recipe);
            let years = self.ground.calendar.quarters as f64 / 4.0;
            *self.contracted.entry(operator).or_default() +=
                gw * self.ground.rule(RuleName::CostPerGw) / years;
        }
    }

    fn site(
        &mut self,
        leg: &LegView,
        tenant: u32,
        operator: u32,
        from: usize,
        gw: f64,
        number: usize,
    ) -> u32 {
        let mut plan_gw = vec![0.0; from + 1];
        plan_gw[from] = gw;
        self.sites.push(Site {
            id: format!("{}@{number}", leg.id()),
            plan_gw,
            operator: Some(operator),
            tenant: Some(tenant),
            delay_weight: 1.0,
            slip_weight: 1.0,
            deal: leg.deal.id.value.clone(),
            serves: true,
            ..Site::default()
        });
        self.sites.len() as u32 - 1
    }

    /// What clouds build with their own capex beyond their contracts: at the latest reported rate, or, where the
    /// rules set a target, as much as it takes to have that capacity in service at the end.
    pub fn own_capacity(&mut self) {
        let build_quarters = self.ground.rule(RuleName::BuildQuarters) as usize;
        let own = self.own_rates();
        let scale = self.to_target(own.iter().map(|(_, _, gw)| gw).sum());
        for (id, at, gw_per_year) in own {
            self.sites.push(Site {
                id: format!("{id}/own"),
                plan_gw: vec![gw_per_year * scale / 4.0; self.ground.calendar.quarters + build_quarters],
                operator: Some(at),
                delay_weight: 1.0,
                deal: format!("{id}/own"),
                serves: true,
                ..Site::default()
            });
            let site = self.sites.len() as u32 - 1;
            self.build(site, at, &format!("{id}/own"), &format!("{id}/own"), None);
        }
    }

    /// Id, place and GW a year of each cloud that builds for itself.
    fn own_rates(&self) -> Vec<(String, u32, f64)> {
        let cost = self.ground.rule(RuleName::CostPerGw).max(1e-9);
        let rate = |(party, at): (&usize, &u32)| {
            let id = self.ground.projection.view.book.parties[*party].id.value.clone();
            let capex = capex_rate(self.ground, &id) * ai_part(self.ground, &id);
            let own = capex - self.contracted.get(at).copied().unwrap_or(0.0);
            (own > 0.0).then(|| (id, *at, own / cost))
        };
        self.ground.place.iter().filter_map(rate).collect()
    }

    /// By what the rates are multiplied.
    fn to_target(&self, gw_per_year: f64) -> f64 {
        let target = self.ground.rule(RuleName::CapacityTarget);
        let years = self.ground.calendar.quarters as f64 / 4.0;
        if target <= 0.0 || gw_per_year <= 0.0 {
            return 1.0;
        }
        let quarters = self.ground.calendar.quarters;
        let contracted: f64 = self.sites.iter().flat_map(|site| site.plan_gw.iter().take(quarters)).sum();
        let opening: f64 = self.ground.place.keys().map(|party| opening_capacity(self.ground, *party)).sum();
        let running: f64 = self.running.values().sum();
        ((target - contracted - opening - running) / (gw_per_year * years)).max(0.0)
    }

    /// The operator pays the parts of the recipe over the build time; without one, those of the recipe that most
    /// legs of the case name, or suppliers alone.
    fn build(&mut self, site: u32, operator: u32, id: &str, deal: &str, recipe: Option<&str>) {
        let build_quarters = (self.ground.rule(RuleName::BuildQuarters) as u32).max(1);
        for (part, (payee, cost_per_gw)) in self.parts(recipe, operator).into_iter().enumerate() {
            self.legs.push(Leg {
                id: format!("{id}/build{site}.{part}"),
                deal: deal.to_owned(),
                payer: Actor::Party(operator),
                payee,
                instrument: "building".to_owned(),
                class: LEG_CLASS,
                purpose: Purpose::Capital,
                schedule: Schedule::Build { sites: vec![site], cost_per_gw, build_quarters, share: 1.0 },
                scale: None,
                condition: Condition::Always,
                vendor_finance: false,
                stretchable: false,
            });
        }
    }

    /// Payees of a gigawatt, parts of one payee added up.
    fn parts(&self, recipe: Option<&str>, operator: u32) -> Vec<(Actor, f64)> {
        let view = self.ground.projection.view;
        let named = recipe.or(self.usual_recipe);
        let found = named.and_then(|id| view.recipes.iter().find(|recipe| recipe.id.value == id).copied());
        let mut parts: BTreeMap<Actor, f64> = BTreeMap::new();
        let Some(recipe) = found else {
            return vec![(Actor::Suppliers, self.ground.rule(RuleName::CostPerGw))];
        };
        let unit = number(recipe.per.value.value).max(1e-9);
        for part in &recipe.part {
            let payee = view.book.party_index(&part.payee);
            let payee = payee.map_or(Actor::Suppliers, |at| self.ground.actor(at, false, Class::Purchase));
            let payee = if payee == Actor::Party(operator) { Actor::Suppliers } else { payee };
            let amount = &part.amount.value;
            let amount = (amount.value + amount.most) / abilene_quantity::Decimal::TWO;
            *parts.entry(payee).or_default() += self.ground.scale.plain(amount) / unit;
        }
        parts.into_iter().collect()
    }
}

/// By leg: dues by quarter ahead, as far as the ledger goes; and whether anything was paid before.
fn dues_by_leg(ground: &Ground) -> Vec<(Vec<f64>, bool)> {
    let announced = ground.rule(RuleName::AnnouncedPart);
    let mut legs = vec![(Vec::new(), false); ground.projection.legs.len()];
    for flow in ground.projection.flows.iter().filter(|flow| flow.kind == Kind::Committed) {
        let (dues, begun) = &mut legs[flow.leg];
        let quarter = ground.calendar.quarter(flow.date);
        if quarter < 1 {
            *begun = true;
            continue;
        }
        let quarter = quarter as usize;
        dues.resize(dues.len().max(quarter), 0.0);
        dues[quarter - 1] += ground.scale.plain(flow.firm) + announced * ground.scale.plain(flow.announced);
    }
    legs
}

/// The recipe that most legs of the case name.
fn usual_recipe<'b>(projection: &Projection<'_, 'b>) -> Option<&'b str> {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for recipe in projection.legs.iter().filter_map(|leg| leg.leg.recipe.as_ref()) {
        *uses.entry(recipe.value.as_str()).or_default() += 1;
    }
    uses.into_iter().max_by_key(|(id, count)| (*count, std::cmp::Reverse(*id))).map(|(id, _)| id)
}

/// The quarters (from 0) in which dues rise, and by how much.
fn rises(dues: &[f64]) -> Vec<(usize, f64)> {
    let mut level = 0.0;
    let mut steps = Vec::new();
    for (quarter, due) in dues.iter().enumerate() {
        if *due > level * (1.0 + SAME) && *due > 0.0 {
            steps.push((quarter, due - level));
            level = *due;
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::rises;

    #[test]
    fn a_ramp_rises_where_it_is_told_to_and_not_by_the_length_of_quarters() {
        assert_eq!(rises(&[0.0, 1.0, 1.02, 2.0, 1.98]), [(1, 1.0), (3, 1.0)]);
        assert_eq!(rises(&[0.0, 0.0]), []);
    }
}
