//! A case laid out as a network of dues within a horizon.

use std::collections::BTreeMap;

use abilene_clearing::{Greatest, Network, NetworkError, Obligation, greatest, least};
use abilene_flows::{Basis, Kind, Opening, Projection, Timing, opening};
use abilene_ledger::Class;
use abilene_quantity::{Decimal, Span};

use super::levers::{Levels, Lever};
use super::shock::Shock;
use crate::money::{Scale, number};

/// Interest, and running costs that nothing else pays for, come before all other dues.
const FIRST: u32 = 0;
const LATER: u32 = 1;

/// How long financial debt runs on average, in years: the part that falls due in a year is one over it.
const DEBT_LIFE_YEARS: f64 = 7.0;

/// What one party owes another over the horizon, by how sure it is. In the scale of the case.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Due {
    pub firm: f64,
    pub firm_on_assumed_dates: f64,
    pub announced_purchases: f64,
    pub announced_funding: f64,
}

impl Due {
    fn at(&self, levels: &Levels) -> f64 {
        let pace = levels.of(Lever::Pace);
        self.firm
            + self.firm_on_assumed_dates * pace
            + self.announced_purchases * levels.of(Lever::AnnouncedPurchases)
            + self.announced_funding * levels.of(Lever::AnnouncedFunding)
    }

    fn add(&mut self, flow: &abilene_flows::Flow, funding: bool, scale: &Scale) {
        let assumed = flow.timing == Timing::Assumed;
        let firm = if assumed { &mut self.firm_on_assumed_dates } else { &mut self.firm };
        *firm += scale.plain(flow.firm);
        let open = if funding { &mut self.announced_funding } else { &mut self.announced_purchases };
        *open += scale.plain(flow.announced);
    }
}

/// What a member of the web has beside its claims on others. In the scale of the case; rates a year.
#[derive(Clone, Debug)]
pub(super) struct Member<'b> {
    pub opening: Opening<'b>,
    pub cash: f64,
    pub debt: f64,
    pub interest_rate: f64,
    pub facilities: f64,
    pub revenue: f64,
    pub revenue_outside: f64,
    pub running_costs: f64,
    /// Promised by the outside within the horizon.
    pub funding: Due,
}

/// The legs of one member over the horizon.
#[derive(Clone, Copy, Default)]
struct Trade {
    owes: f64,
    owed: f64,
}

/// The web within a horizon, before anything is assumed about it.
pub(super) struct Base<'b> {
    pub members: Vec<Member<'b>>,
    /// By debtor and creditor (places in `members`; `None` is the outside).
    pub dues: BTreeMap<(usize, Option<usize>), Due>,
    pub years: f64,
}

/// One clearing: what is owed, and what is paid of it.
pub(super) struct Run {
    pub obligations: Vec<Obligation>,
    pub network: Network,
    pub greatest: Greatest,
    pub assets: Vec<f64>,
}

impl<'b> Base<'b> {
    /// Members are all parties with anything due to or from them within the horizon, firm or announced.
    pub fn of(projection: &Projection<'_, 'b>, scale: &Scale, horizon: Span, year: Span) -> Base<'b> {
        let mut place: BTreeMap<usize, usize> = BTreeMap::new();
        let counts = |f: &&abilene_flows::Flow| f.kind == Kind::Committed && !f.on(Basis::Both).is_zero();
        for flow in projection.within(horizon).filter(counts) {
            for party in [flow.payer, flow.payee] {
                if !projection.is_outside(party) {
                    place.insert(party, 0);
                }
            }
        }
        place.values_mut().enumerate().for_each(|(at, value)| *value = at);
        let openings = opening(projection, year, Basis::Firm);
        let mut members: Vec<Member> =
            place.keys().map(|party| member(openings[*party].clone(), scale)).collect();
        let mut dues: BTreeMap<(usize, Option<usize>), Due> = BTreeMap::new();
        for flow in projection.within(horizon).filter(counts) {
            let funding = projection.legs[flow.leg].leg.instrument.value.class() == Class::Funding;
            match (place.get(&flow.payer), place.get(&flow.payee)) {
                (Some(payer), payee) => {
                    dues.entry((*payer, payee.copied())).or_default().add(flow, funding, scale);
                }
                // Purchases by the outside are in the revenue that comes from outside.
                (None, Some(payee)) if funding => members[*payee].funding.add(flow, true, scale),
                _ => {}
            }
        }
        Base { members, dues, years: horizon.days() as f64 / 365.25 }
    }

    /// What each member owes members over the horizon, firm and announced.
    pub fn owed_to_members(&self) -> Vec<f64> {
        let all = Levels::central().with(Lever::AnnouncedPurchases, 1.0).with(Lever::AnnouncedFunding, 1.0);
        let mut owed = vec![0.0; self.members.len()];
        for ((debtor, _), due) in self.dues.iter().filter(|((_, creditor), _)| creditor.is_some()) {
            owed[*debtor] += due.at(&all);
        }
        owed
    }

    /// What each member owes all and is owed by members, over the horizon.
    fn trades(&self, levels: &Levels) -> Vec<Trade> {
        let mut trades = vec![Trade::default(); self.members.len()];
        for ((debtor, creditor), due) in &self.dues {
            let amount = due.at(levels);
            trades[*debtor].owes += amount;
            if let Some(creditor) = creditor {
                trades[*creditor].owed += amount;
            }
        }
        trades
    }

    /// Clears the web at these levels and after these shocks.
    pub fn run(&self, levels: &Levels, shocks: &[Shock]) -> Result<Run, NetworkError> {
        let mut obligations: Vec<Obligation> = Vec::new();
        let mut owe = |debtor: usize, creditor: Option<usize>, amount: f64, class: u32| {
            if amount > 0.0 {
                let creditor = creditor.map(|at| at as u32);
                obligations.push(Obligation { debtor: debtor as u32, creditor, amount, class });
            }
        };
        let mut assets = Vec::with_capacity(self.members.len());
        let trades = self.trades(levels);
        for (at, member) in self.members.iter().enumerate() {
            let own = member.own_means(levels, shocks, self.years, &trades[at]);
            let debt = member.debt * levels.of_assumed(Lever::UnreportedDebt, &member.opening.debt);
            owe(at, None, debt * member.interest_rate * self.years, FIRST);
            owe(at, None, debt * self.years / DEBT_LIFE_YEARS * (1.0 - levels.of(Lever::Renewal)), LATER);
            // Costs above all own means must be earned from others first.
            owe(at, None, -own, FIRST);
            assets.push(own.max(0.0));
        }
        for ((debtor, creditor), due) in &self.dues {
            owe(*debtor, *creditor, due.at(levels), LATER);
        }
        let kept = 1.0 - levels.of(Lever::DefaultCosts);
        let costs = vec![kept; self.members.len()];
        let network = Network::new(self.members.len(), &obligations)?.with_costs(costs.clone(), costs)?;
        let greatest = greatest(&network, &assets)?;
        Ok(Run { obligations, network, greatest, assets })
    }
}

impl Run {
    pub fn fails(&self, member: usize) -> bool {
        self.greatest.clearing.defaulted.contains(&(member as u32))
    }

    /// From 1; `None` for who does not fail.
    pub fn round(&self, member: usize) -> Option<usize> {
        self.greatest.rounds.iter().position(|round| round.contains(&(member as u32))).map(|at| at + 1)
    }

    /// Whether the least solution is the same.
    pub fn is_unique(&self) -> Result<bool, NetworkError> {
        Ok(self.greatest.clearing.agrees(&least(&self.network, &self.assets)?, &self.network))
    }

    /// What is paid of an obligation.
    pub fn paid(&self, one: &Obligation) -> f64 {
        let place = one.debtor as usize * self.network.classes() + one.class as usize;
        one.amount * self.greatest.clearing.recoveries[place]
    }
}

impl Member<'_> {
    /// Outside assets over the horizon; below zero when costs exceed all of them.
    fn own_means(&self, levels: &Levels, shocks: &[Shock], years: f64, trade: &Trade) -> f64 {
        let party = self.opening.party;
        if shocks.contains(&Shock::Default { party }) {
            return 0.0;
        }
        let shocked: f64 = shocks.iter().map(|shock| shock.revenue_factor(party)).product();
        let (receipts, costs, size) = if self.opening.revenue.own {
            let receipts = self.revenue_outside * years * levels.of(Lever::Revenue);
            (receipts, self.running_costs * years * levels.of(Lever::Costs), 1.0)
        } else {
            self.breaking_even(levels, years, trade)
        };
        let cash = self.cash * levels.of_assumed(Lever::UnreportedCash, &self.opening.cash) * size;
        let drawn = self.facilities * levels.of(Lever::Facilities);
        cash + drawn + receipts * shocked + self.funding.at(levels) - costs
    }

    /// Receipts, costs and size (1 at the central values) of a party that reports no revenue: the outside is taken
    /// to pay it what its legs leave open, so that nobody is assumed into failing or into riches.
    fn breaking_even(&self, levels: &Levels, years: f64, trade: &Trade) -> (f64, f64, f64) {
        let debt = self.debt * levels.of_assumed(Lever::UnreportedDebt, &self.opening.debt);
        let interest =
            debt * years * (self.interest_rate + (1.0 - levels.of(Lever::Renewal)) / DEBT_LIFE_YEARS);
        let costs = self.running_costs * years * levels.of(Lever::Costs);
        let open = trade.owes + interest + costs - trade.owed - self.funding.at(levels);
        let size = trade.owes.max(trade.owed) / (self.revenue * years);
        (open.max(0.0), costs, if size.is_finite() { size } else { 1.0 })
    }
}

fn member<'b>(opening: Opening<'b>, scale: &Scale) -> Member<'b> {
    Member {
        cash: scale.plain(opening.cash.value.max(Decimal::ZERO)),
        debt: scale.plain(opening.debt.value.max(Decimal::ZERO)),
        interest_rate: number(opening.interest_rate.value),
        facilities: scale.plain(opening.facilities.value),
        revenue: scale.plain(opening.revenue.value),
        revenue_outside: scale.plain(opening.revenue_outside()),
        running_costs: scale.plain(opening.running_costs()),
        funding: Due::default(),
        opening,
    }
}
