//! What each party opens with: cash, debt, facilities, revenue and running costs, each with its ground.
//!
//! Nothing is silently zero or infinite: where no report is known, a rule by the party's kind gives an assumption
//! that says what it is made of.

mod peers;

use abilene_ledger::{Class, Figure, Instrument, View};
use abilene_quantity::{Amount, Decimal, Period, Span, Unit, months_after};

use crate::figures::{at_day, latest_rate, over, value};
use crate::flow::{Basis, Flow, Projection};
use peers::{Peers, Ratio};

/// A number and what it stands on.
#[derive(Clone, Debug, Default)]
pub struct Item<'b> {
    /// In the currency of the case, in its currency a year, or as a part (rates and ratios).
    pub value: Decimal,
    /// The figures behind it.
    pub figures: Vec<&'b Figure>,
    /// Whether they are the party's own.
    pub own: bool,
    /// Why it is an assumption; `None` when it is as reported.
    pub assumed: Option<String>,
}

/// What a party opens with.
#[derive(Clone, Debug)]
pub struct Opening<'b> {
    /// The party, by its place in the book.
    pub party: usize,
    /// Cash and marketable securities.
    pub cash: Item<'b>,
    /// Financial debt, leases left out.
    pub debt: Item<'b>,
    /// Interest on it, as a part a year.
    pub interest_rate: Item<'b>,
    /// Credit lines that can be drawn.
    pub facilities: Item<'b>,
    /// All revenue, a year.
    pub revenue: Item<'b>,
    /// Of it, sales to members of the web in the period of that report, a year.
    pub sold_to_members: Decimal,
    /// Running costs paid outside the web, as a part of revenue: what operating cash flow leaves of revenue, less
    /// capacity, rent and power bought from members, which are legs of their own.
    pub cost_ratio: Item<'b>,
}

impl Opening<'_> {
    /// Revenue from outside the web, a year.
    pub fn revenue_outside(&self) -> Decimal {
        (self.revenue.value - self.sold_to_members).max(Decimal::ZERO)
    }

    /// Running costs paid outside, a year.
    pub fn running_costs(&self) -> Decimal {
        (self.revenue.value * self.cost_ratio.value).round_dp(2)
    }

    /// Its items by the name of what they are, for listing.
    pub fn items(&self) -> [(&'static str, &Item<'_>); 6] {
        [
            ("cash", &self.cash),
            ("debt", &self.debt),
            ("interest rate", &self.interest_rate),
            ("facilities", &self.facilities),
            ("revenue", &self.revenue),
            ("cost ratio", &self.cost_ratio),
        ]
    }
}

/// Cash as a part of revenue, and interest on debt, where no party of the case reports any.
const CASH_WITHOUT_PEERS: Decimal = Decimal::from_parts(25, 0, 0, false, 2);
const INTEREST_WITHOUT_PEERS: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

/// What every party opens with on the date of knowledge. `year` is the year after it: where no revenue is
/// reported, what members owe the party and what it owes them in that year stand for its size.
pub fn opening<'b>(projection: &Projection<'_, 'b>, year: Span, basis: Basis) -> Vec<Opening<'b>> {
    let view = projection.view;
    let peers = Peers::of(projection);
    let mut legs = Trade::in_span(projection, year, basis);
    let before = Span { from: months_after(year.from, -12).unwrap_or(year.from), to: view.as_of };
    for flow in
        projection.within(before).filter(|flow| !projection.returns(flow) && !is_purchase(projection, flow))
    {
        legs[flow.payee].raised += flow.on(Basis::Firm);
    }
    (0..view.book.parties.len()).map(|party| open(projection, &peers, party, &legs[party])).collect()
}

/// What the legs say of one party over a span.
#[derive(Clone, Copy, Debug, Default)]
struct Trade {
    sold: Decimal,
    /// All that it owes members.
    owes: Decimal,
    /// Capacity, rent, power and the like bought from members: costs of running.
    running: Decimal,
    /// Firm funding that it received from anybody in the year before.
    raised: Decimal,
}

impl Trade {
    fn in_span(projection: &Projection, span: Span, basis: Basis) -> Vec<Trade> {
        let mut trade = vec![Trade::default(); projection.view.book.parties.len()];
        let circulating = projection
            .within(span)
            .filter(|f| !projection.is_outside(f.payer) && !projection.is_outside(f.payee));
        for flow in circulating {
            let value = flow.on(basis);
            trade[flow.payer].owes += value;
            if is_purchase(projection, flow) {
                trade[flow.payee].sold += value;
                trade[flow.payer].running += if is_running(projection, flow) { value } else { Decimal::ZERO };
            }
        }
        trade
    }
}

fn is_purchase(projection: &Projection, flow: &Flow) -> bool {
    projection.legs[flow.leg].leg.instrument.value.class() == Class::Purchase
}

/// Goods are investment of those who buy them here; all other purchases are costs of running.
fn is_running(projection: &Projection, flow: &Flow) -> bool {
    projection.legs[flow.leg].leg.instrument.value != Instrument::GoodsPurchase
}

fn open<'b>(projection: &Projection<'_, 'b>, peers: &Peers<'b>, party: usize, legs: &Trade) -> Opening<'b> {
    let view = projection.view;
    let id = view.book.parties[party].id.value.as_str();
    let (revenue, sold_to_members) = revenue(projection, party, legs);
    let size = revenue.value;
    let by_ratio = |ratio: Ratio, metric: &str| match at_day(view, id, metric, view.as_of) {
        Some((value, figure)) => reported(value, figure),
        None => peers.scaled(party, ratio, size),
    };
    let mut cash = by_ratio(Ratio::Cash, "cash");
    if !cash.own && legs.raised / Decimal::TWO > cash.value {
        let assumed = "nobody reports its cash: half of the firm funding it received in the year before";
        cash = Item { value: legs.raised / Decimal::TWO, assumed: Some(assumed.into()), ..Item::default() };
    }
    Opening {
        party,
        cash,
        debt: by_ratio(Ratio::Debt, "debt"),
        interest_rate: interest(view, peers, party),
        facilities: facilities(view, id),
        cost_ratio: cost_ratio(projection, peers, party, &revenue, legs),
        sold_to_members,
        revenue,
    }
}

fn reported(value: Decimal, figure: &Figure) -> Item<'_> {
    Item { value, figures: vec![figure], own: true, assumed: figure.assumed.clone() }
}

/// Reported revenue a year and what of it members paid; or, without a report, the size that its legs give it.
fn revenue<'b>(projection: &Projection<'_, 'b>, party: usize, legs: &Trade) -> (Item<'b>, Decimal) {
    let view = projection.view;
    let id = view.book.parties[party].id.value.as_str();
    let Some((value, figure)) = latest_rate(view, id, "revenue") else {
        let assumed =
            "nobody reports its revenue: the greater of what members owe it and what it owes them in a year";
        let value = legs.sold.max(legs.owes);
        return (Item { value, assumed: Some(assumed.into()), ..Item::default() }, legs.sold);
    };
    let Period::Months { months, .. } = figure.period.value else {
        return (reported(value, figure), Decimal::ZERO);
    };
    let span = Span { from: figure.period.value.from(), to: figure.period.value.to() };
    let sold = Trade::in_span(projection, span, Basis::Firm)[party].sold;
    let sold = (sold * Decimal::from(12) / Decimal::from(months)).round_dp(2);
    (reported(value, figure), sold.min(value))
}

/// Costs of running as a part of revenue, from operating cash flow; else by kind. Nobody without a report of
/// revenue is assumed into failing: its costs leave what it owes members in the year.
fn cost_ratio<'b>(
    projection: &Projection<'_, 'b>,
    peers: &Peers<'b>,
    party: usize,
    revenue: &Item<'b>,
    legs: &Trade,
) -> Item<'b> {
    if let Some(item) = own_cost_ratio(projection, party) {
        return item;
    }
    let mut item = peers.ratio(party, Ratio::Costs);
    let room = revenue.value - legs.owes;
    if revenue.figures.is_empty() && revenue.value > Decimal::ZERO && item.value * revenue.value > room {
        item.value = (room / revenue.value).max(Decimal::ZERO).round_dp(6);
        item.figures.clear();
        item.assumed = Some("no accounts: it is assumed to break even".into());
    }
    item
}

fn own_cost_ratio<'b>(projection: &Projection<'_, 'b>, party: usize) -> Option<Item<'b>> {
    let view = projection.view;
    let id = view.book.parties[party].id.value.as_str();
    let (_, figure) = latest_rate(view, id, "operating_cash_flow")?;
    let span = Span { from: figure.period.value.from(), to: figure.period.value.to() };
    let (cash_flow, revenue) = (over(view, id, "operating_cash_flow", span), over(view, id, "revenue", span));
    if !revenue.is_whole() || revenue.value <= Decimal::ZERO {
        return None;
    }
    let bought = Trade::in_span(projection, span, Basis::Firm)[party].running;
    let costs = revenue.value - cash_flow.value - bought;
    // Legs on assumed dates can exceed all costs reported: then they say nothing of the rest.
    if costs <= Decimal::ZERO {
        return None;
    }
    let figures = cash_flow.figures.into_iter().chain(revenue.figures).collect();
    let assumed =
        (cash_flow.assumed || revenue.assumed).then(|| "a figure behind it is an estimate".to_owned());
    Some(Item { value: (costs / revenue.value).round_dp(6), figures, own: true, assumed })
}

fn interest<'b>(view: &View<'b>, peers: &Peers<'b>, party: usize) -> Item<'b> {
    let id = view.book.parties[party].id.value.as_str();
    own_interest(view, id).unwrap_or_else(|| peers.ratio(party, Ratio::Interest))
}

fn own_interest<'b>(view: &View<'b>, id: &str) -> Option<Item<'b>> {
    let figure = view.latest(id, "interest_rate", view.as_of)?;
    let amount: &Amount = &figure.value.value;
    let middle = (amount.value + amount.most) / Decimal::TWO / Decimal::ONE_HUNDRED;
    (amount.unit == Unit::Percent).then(|| reported(middle, figure))
}

/// Credit lines as reported, whatever they are for. What is drawn of them is seldom told, so all of a line counts, as
/// an assumption.
fn facilities<'b>(view: &View<'b>, id: &str) -> Item<'b> {
    let known = view.latest(id, "credit_line", view.as_of);
    let known = known.and_then(|figure| value(view, figure).map(|value| (value, figure)));
    match known {
        Some((value, figure)) => {
            let assumed = figure.assumed.clone().unwrap_or_else(|| "nobody tells what of it is drawn".into());
            Item { value, figures: vec![figure], own: true, assumed: Some(assumed) }
        }
        None => Item { assumed: Some("no credit line is reported: none".into()), ..Item::default() },
    }
}
