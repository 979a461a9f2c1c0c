//! A case as a world of quarters: who is core, what they open with, what is owed, what is built.

use std::collections::{BTreeMap, BTreeSet};

use abilene_flows::{
    Basis, Flow, Item, Kind, Opening, Projection, latest_rate, opening, over, vendor_financing,
};
use abilene_ledger::{Class, Figure, RuleName};
use abilene_outlook::{Actor, Demand, Financing, MarketWeights, Party, Rules, Running, World};
use abilene_quantity::{Decimal, Period, Span, months_after};

use super::build::Builder;
use super::calendar::Calendar;
use super::rules::Merged;
use crate::money::{Scale, number};

/// The world, and what a reader must know of how it was made.
pub(super) struct CaseWorld<'b> {
    pub world: World,
    /// By party of the world.
    pub openings: Vec<Opening<'b>>,
    /// Names of parties folded into the sectors.
    pub folded: Vec<String>,
    /// Part of the commitments that core parties pay or receive.
    pub carried: f64,
}

/// What the pieces of a world are made of.
pub(super) struct Ground<'a, 'v, 'b> {
    pub projection: &'a Projection<'v, 'b>,
    pub merged: &'a Merged<'b>,
    pub calendar: &'a Calendar,
    pub scale: &'a Scale,
    /// By party of the book: its place in the world.
    pub place: BTreeMap<usize, u32>,
}

impl Ground<'_, '_, '_> {
    pub fn rule(&self, name: RuleName) -> f64 {
        self.merged.rule(name)
    }

    /// A figure's money at the rate of its last day; `None` where it is no money.
    fn money(&self, figure: &Figure) -> Option<f64> {
        let amount = &figure.value.value;
        let value =
            self.projection.view.convert(amount.value, amount.unit.currency()?, figure.period.value.to())?;
        Some(self.scale.plain(value))
    }

    /// A core party, or the sector that stands for another by what it pays or is paid for.
    pub fn actor(&self, party: usize, pays: bool, class: Class) -> Actor {
        match (self.place.get(&party), pays, class) {
            (Some(at), ..) => Actor::Party(*at),
            (None, true, Class::Purchase) => Actor::Customers,
            (None, false, Class::Purchase) => Actor::Suppliers,
            (None, ..) => Actor::Markets,
        }
    }
}

/// Lays the case out.
pub(super) fn world<'b>(
    projection: &Projection<'_, 'b>,
    merged: &Merged<'b>,
    calendar: &Calendar,
    scale: &Scale,
) -> CaseWorld<'b> {
    let year = Span { from: calendar.span(1).from, to: calendar.span(4).to };
    let openings = opening(projection, year, Basis::Firm);
    let taking_part: BTreeSet<usize> =
        ahead(projection, calendar).flat_map(|flow| [flow.payer, flow.payee]).collect();
    let (place, carried) = core(projection, calendar, &openings, &taking_part);
    let ground = Ground { projection, merged, calendar, scale, place };
    let mut parties: Vec<Party> = ground.place.keys().map(|party| open(&ground, &openings[*party])).collect();
    let vendor: Vec<usize> = vendor_financing(projection, Basis::Both).iter().map(|row| row.leg).collect();
    let mut builder = Builder::new(&ground, &vendor);
    builder.contracts();
    builder.own_capacity();
    let (sites, legs, running) = builder.done();
    running.into_iter().for_each(|(at, gw)| parties[at as usize].opening_gw += gw);
    let mut world = World {
        quarters: calendar.quarters,
        parties,
        sites,
        legs,
        stakes: Vec::new(),
        demand: None,
        rules: rules(merged),
    };
    let today: f64 = world.parties.iter().map(|party| party.market_share).sum();
    world.demand = Some(Demand { today_per_year: today, horizon: calendar.quarters });
    net_of_modelled_sales(&mut world);
    let folded = taking_part.iter().filter(|at| !ground.place.contains_key(at));
    CaseWorld {
        folded: folded.map(|at| projection.view.book.parties[*at].name.clone()).collect(),
        openings: ground.place.keys().map(|party| openings[*party].clone()).collect(),
        world,
        carried,
    }
}

/// Payments that deals promise in the run or after it.
fn ahead<'p>(projection: &'p Projection, calendar: &'p Calendar) -> impl Iterator<Item = &'p Flow> {
    projection.flows.iter().filter(|flow| flow.kind == Kind::Committed && calendar.quarter(flow.date) >= 1)
}

/// Members with a reported cash, debt or revenue that pay or receive anything ahead, and the part of commitments
/// ahead that they pay or receive.
fn core(
    projection: &Projection,
    calendar: &Calendar,
    openings: &[Opening],
    taking_part: &BTreeSet<usize>,
) -> (BTreeMap<usize, u32>, f64) {
    let reports =
        |at: usize| [&openings[at].cash, &openings[at].debt, &openings[at].revenue].iter().any(|i| i.own);
    let members = taking_part.iter().filter(|at| !projection.is_outside(**at) && reports(**at));
    let place: BTreeMap<usize, u32> = members.enumerate().map(|(at, party)| (*party, at as u32)).collect();
    let (mut all, mut carried) = (Decimal::ZERO, Decimal::ZERO);
    for flow in ahead(projection, calendar) {
        let value = flow.on(Basis::Firm);
        all += value;
        if place.contains_key(&flow.payer) || place.contains_key(&flow.payee) {
            carried += value;
        }
    }
    (place, if all.is_zero() { 1.0 } else { number((carried / all).round_dp(6)) })
}

fn rules(merged: &Merged) -> Rules {
    Rules {
        grace_quarters: Some(merged.rule(RuleName::GraceQuarters) as u32),
        running_class: 0,
        debt_class: 0,
        stretch_quarters: merged.rule(RuleName::StretchQuarters) as u32,
        market: MarketWeights {
            defaults: merged.rule(RuleName::FearOfDefaults),
            coverage: merged.rule(RuleName::FearOfCoverage),
            arrears: merged.rule(RuleName::FearOfArrears),
            reopens_below: merged.rule(RuleName::ReopensBelow),
        },
        ..Rules::default()
    }
}

fn open(ground: &Ground, opening: &Opening) -> Party {
    let view = ground.projection.view;
    let record = &view.book.parties[opening.party];
    let id = record.id.value.as_str();
    let bn = |item: &Item| ground.scale.plain(item.value.max(Decimal::ZERO));
    let rate = |metric: &str| latest_rate(view, id, metric).map(|(value, _)| ground.scale.plain(value));
    let is_lab = record.kind.value == "ai_lab";
    let ai_revenue = if is_lab { Some(bn(&opening.revenue)) } else { ai_revenue(ground, id) };
    let debt = bn(&opening.debt);
    let life = (4.0 * ground.rule(RuleName::DebtLifeYears)).max(1.0);
    let per_customer = if is_lab && opening.cost_ratio.own {
        number(opening.cost_ratio.value)
    } else {
        ground.rule(RuleName::CostOfCustomerRevenue)
    };
    // Only what runs for AI: other business brings its own cash, net of its costs.
    let running_a_quarter = ai_revenue.unwrap_or(0.0) * per_customer / 4.0;
    Party {
        id: id.to_owned(),
        cash: bn(&opening.cash),
        debt,
        maturities: vec![debt / life; ground.calendar.quarters],
        interest: number(opening.interest_rate.value),
        plant: past_capex(ground, id),
        opening_gw: opening_capacity(ground, opening.party),
        market_share: ai_revenue.unwrap_or(0.0),
        running: Running {
            per_customer_revenue: per_customer,
            per_contract_revenue: cost_of_contracts(ground, opening, &record.kind.value),
            per_gw_year: ground.rule(RuleName::RunningPerGwYear),
            ..Running::default()
        },
        // Of a lab all business is AI; of others what it earns beside it, refined below.
        other_cash_per_year: if is_lab {
            0.0
        } else {
            rate("operating_cash_flow").unwrap_or_else(|| own_cash(ground, opening))
        },
        financing: Financing {
            facility: bn(&opening.facilities),
            debt_per_operating_cash: ground.rule(RuleName::DebtPerOperatingCash),
            debt_per_receivables: ground.rule(RuleName::DebtPerReceivables),
            equity_per_year: ground.rule(RuleName::EquityPerYear),
            debt_limit: latest_money(ground, id, "net_asset_value") * ground.rule(RuleName::LoanToValue),
            valuation: latest_money(ground, id, "valuation").max(latest_money(ground, id, "net_asset_value")),
            buffer: running_a_quarter * ground.rule(RuleName::BufferQuarters),
        },
        ..Party::default()
    }
}

fn ai_revenue(ground: &Ground, id: &str) -> Option<f64> {
    let figures = ground.projection.view.figures.iter();
    let latest = figures
        .filter(|figure| figure.party.value == id && figure.metric.value == "ai_revenue")
        .max_by_key(|figure| figure.period.value.to())?;
    ground.money(latest)
}

/// The latest number of a metric, whatever its scope; 0 where none is told.
fn latest_money(ground: &Ground, id: &str, metric: &str) -> f64 {
    let view = ground.projection.view;
    view.latest(id, metric, view.as_of).and_then(|figure| ground.money(figure)).unwrap_or(0.0)
}

/// Capex a year at the latest report. What is told with leases or of a part counts where nothing else is told.
pub(super) fn capex_rate(ground: &Ground, id: &str) -> f64 {
    let view = ground.projection.view;
    if let Some((value, _)) = latest_rate(view, id, "capex") {
        return ground.scale.plain(value);
    }
    let figures = view.figures.iter().filter(|f| f.party.value == id && f.metric.value == "capex");
    let latest = figures.filter_map(|figure| match figure.period.value {
        Period::Months { months, .. } if months <= 12 => Some((figure.period.value.to(), months, figure)),
        _ => None,
    });
    let latest = latest.max_by_key(|(to, months, _)| (*to, std::cmp::Reverse(*months)));
    let value = latest.and_then(|(_, months, figure)| Some(ground.money(figure)? * 12.0 / f64::from(months)));
    value.unwrap_or(0.0)
}

/// Capex of the last two years, or as much at half the latest rate: it stands for plant, and its AI part for capacity
/// in service.
fn past_capex(ground: &Ground, id: &str) -> f64 {
    let view = ground.projection.view;
    let from = months_after(view.as_of, -24).unwrap_or(view.as_of);
    let told = ground.scale.plain(over(view, id, "capex", Span { from, to: view.as_of }).value);
    told.max(capex_rate(ground, id))
}

/// Capacity that serves customers directly; what serves a tenant today stands behind the contract that has begun.
pub(super) fn opening_capacity(ground: &Ground, party: usize) -> f64 {
    let record = &ground.projection.view.book.parties[party];
    let sells = record.kind.value == "ai_lab" || ai_revenue(ground, &record.id).is_some();
    if sells { opening_gw(ground, &record.id) } else { 0.0 }
}

fn opening_gw(ground: &Ground, id: &str) -> f64 {
    let view = ground.projection.view;
    let own = view.figures.iter().filter(|figure| {
        let scope = figure.scope.as_deref();
        figure.party.value == id
            && figure.metric.value == "capacity"
            && [Some("in service"), Some("active power")].contains(&scope)
    });
    // A lab's reported capacity is what it uses, and stands at the clouds that serve it.
    let is_lab = view.book.party(id).is_some_and(|party| party.kind.value == "ai_lab");
    match own.max_by_key(|figure| figure.period.value.to()) {
        Some(figure) if !is_lab => number(figure.value.value.value),
        _ => {
            let built = past_capex(ground, id) * ai_part(ground, id);
            built / ground.rule(RuleName::CostPerGw).max(1e-9)
        }
    }
}

/// The AI part of a party's own capex: of clouds that sell to customers themselves; others build for tenants.
pub(super) fn ai_part(ground: &Ground, id: &str) -> f64 {
    let kind = ground.projection.view.book.party(id).map(|party| party.kind.value.as_str());
    match kind {
        Some("hyperscaler" | "cloud") if ai_revenue(ground, id).is_some() => {
            ground.rule(RuleName::AiPartOfCapex)
        }
        _ => 0.0,
    }
}

/// Reported operating cash flow holds today's sales to the web already: what the first year of the model brings a
/// seller, less what making it costs, is not business outside AI.
fn net_of_modelled_sales(world: &mut World) {
    let mut sales = vec![0.0; world.parties.len()];
    for leg in &world.legs {
        if let (Actor::Party(at), abilene_outlook::Schedule::Amounts(amounts)) = (leg.payee, &leg.schedule)
            && leg.purpose != abilene_outlook::Purpose::Finance
        {
            sales[at as usize] += amounts.iter().take(4).sum::<f64>();
        }
        if let (
            Actor::Party(at),
            abilene_outlook::Schedule::Build { sites, cost_per_gw, share, build_quarters },
        ) = (leg.payee, &leg.schedule)
        {
            let ahead = 4 + *build_quarters as usize / 2;
            let gw: f64 =
                sites.iter().flat_map(|site| world.sites[*site as usize].plan_gw.iter().take(ahead)).sum();
            sales[at as usize] += gw * cost_per_gw * share * 4.0 / ahead as f64;
        }
    }
    for (party, sales) in world.parties.iter_mut().zip(sales) {
        let margin = 1.0 - party.running.per_contract_revenue;
        let ai = party.market_share * (1.0 - party.running.per_customer_revenue);
        if party.other_cash_per_year > 0.0 {
            party.other_cash_per_year = (party.other_cash_per_year - sales * margin - ai).max(0.0);
        }
    }
}

/// Without a report of operating cash flow: reported revenue less what running costs by the party's kind.
fn own_cash(ground: &Ground, opening: &Opening) -> f64 {
    if !opening.revenue.own {
        return 0.0;
    }
    ground.scale.plain((opening.revenue.value - opening.running_costs()).max(Decimal::ZERO))
}

/// What it costs a seller to make what its contracts bring, as a part of that.
fn cost_of_contracts(ground: &Ground, opening: &Opening, kind: &str) -> f64 {
    match kind {
        "ai_lab" => 0.0,
        // A cloud's own ratio holds its rents and its growth; what running capacity costs is the rule's.
        "hyperscaler" | "cloud" | "neocloud" => ground.rule(RuleName::CostOfCustomerRevenue),
        _ => number(opening.cost_ratio.value).min(0.9),
    }
}
