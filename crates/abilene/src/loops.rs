//! Who funds whom, and how much of it goes round in circles.

use abilene_flows::{Basis, Kind, Projection, Reason, project};
use abilene_ledger::{Class, Instrument};
use abilene_loops::{Loop, circulation, enumerate};
use abilene_quantity::{Date, Decimal, Span};
use serde::{Serialize, Serializer};

use crate::evidence::{cites, leg_label};
use crate::funding::{FundingRow, funding};
use crate::money::{Scale, Sum};
use crate::options::Ask;
use crate::round_trip::round_trip_rows;
use crate::sentence::loop_sentence;
use crate::time::{InvestFirst, LoopInTime, in_time, invest_first};
use crate::web::{Web, decimal};

/// The whole answer (`abilene.web/1`).
#[derive(Clone, Debug, Serialize)]
pub struct LoopsAnswer {
    /// `abilene.web/1`.
    pub schema: &'static str,
    /// Name of the case.
    pub case: String,
    /// Date of knowledge.
    pub as_of: Date,
    /// First day of the payments.
    pub from: Date,
    /// Last day of the payments.
    pub to: Date,
    /// Unit of every sum's number.
    pub unit: String,
    /// One answer for each basis, the firm one first.
    pub bases: Vec<BasisAnswer>,
    /// Who funds whom, the outside included, most first.
    pub funding: Vec<FundingRow>,
    /// Funding that purchases follow, over firm and announced.
    pub invest_first: Vec<InvestFirst>,
    /// What is not cash on a date, and why.
    pub apart: Vec<ApartItem>,
    /// What the numbers say that may be wrong with them.
    pub findings: Vec<String>,
}

/// The measures on one basis.
#[derive(Clone, Debug, Serialize)]
pub struct BasisAnswer {
    /// `firm`, `announced`, `firm and announced` or `with expected purchases`.
    #[serde(serialize_with = "basis_text")]
    pub basis: Basis,
    /// All payments between members.
    pub gross: Sum,
    /// Legs with payments.
    pub legs: usize,
    /// Of the gross, the share on assumed dates.
    pub assumed_share: f64,
    /// By class: funding and purchases.
    pub funding: Sum,
    /// Purchases.
    pub purchases: Sum,
    /// How much is mere circulation.
    pub circulation: Circulation,
    /// How much of the throughflow has been there before, with no outside but the ledger's.
    pub finn_index: f64,
    /// Loops by what can go all the way round.
    pub loops: Vec<LoopAnswer>,
    /// Whether these are all loops up to the length asked for.
    pub loops_complete: bool,
    /// Each party's own money coming back, most first.
    pub round_trips: Vec<RoundTripRow>,
    /// Legs, largest first.
    pub largest: Vec<LegPart>,
}

fn basis_text<S: Serializer>(basis: &Basis, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(basis.text())
}

/// The maximum circulation.
#[derive(Clone, Debug, Serialize)]
pub struct Circulation {
    /// Its amount: money times hops.
    pub total: Sum,
    /// Of the gross.
    pub share: f64,
    /// Whether the optimal flow is the only one.
    pub unique: bool,
    /// Of the circulating payments, the share on assumed dates.
    pub assumed_share: f64,
    /// The legs that circulate, most first.
    pub legs: Vec<LegPart>,
    /// Its loops, largest first; they add up to the total.
    pub loops: Vec<LoopAnswer>,
    /// What is left of it without its largest leg.
    pub without_largest: Option<Without>,
    /// The least that must still be paid if counterparties may be replaced.
    pub floor: Sum,
}

/// A number without the leg that it leans on most.
#[derive(Clone, Debug, Serialize)]
pub struct Without {
    /// The leg.
    pub leg: String,
    /// What the leg is, in words.
    pub label: String,
    /// The number without it.
    pub total: Sum,
    /// Of the gross without it.
    pub share: f64,
}

/// A loop.
#[derive(Clone, Debug, Serialize)]
pub struct LoopAnswer {
    /// Around, the one who starts first.
    pub parties: Vec<String>,
    /// Who pays whom.
    pub steps: Vec<StepAnswer>,
    /// What can go all the way round.
    pub bottleneck: Sum,
    /// In words.
    pub sentence: String,
    /// When it can be gone round in time, if it can.
    pub in_time: Option<LoopInTime>,
}

/// One step of a loop: everything between two parties.
#[derive(Clone, Debug, Serialize)]
pub struct StepAnswer {
    /// Who pays.
    pub payer: String,
    /// Who receives.
    pub payee: String,
    /// How much in all.
    pub amount: Sum,
    /// How much of it is firm.
    pub firm: Sum,
    /// Leg by leg, largest first.
    pub legs: Vec<LegPart>,
}

/// What one leg puts into a number.
#[derive(Clone, Debug, Serialize)]
pub struct LegPart {
    /// `deal/leg`.
    pub leg: String,
    /// In words: `NVIDIA → OpenAI, equity, up to 100 bn USD, letter of intent`.
    pub label: String,
    /// Who pays.
    pub payer: String,
    /// Who receives.
    pub payee: String,
    /// What it is.
    #[serde(serialize_with = "instrument_text")]
    pub instrument: Instrument,
    /// Whether a recipe expects it, rather than a deal promising it.
    pub expected: bool,
    /// How far it binds.
    pub firmness: &'static str,
    /// How much it puts in.
    pub amount: Sum,
    /// Whether its dates are assumed.
    pub assumed: bool,
    /// The sources of its latest state, by id.
    pub sources: Vec<String>,
}

fn instrument_text<S: Serializer>(instrument: &Instrument, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(instrument.text())
}

/// One party's own money coming back.
#[derive(Clone, Debug, Serialize)]
pub struct RoundTripRow {
    /// The party.
    pub party: String,
    /// Its name.
    pub name: String,
    /// What comes back under proportional mixing.
    pub returned: Sum,
    /// Of its receipts.
    pub share_of_receipts: Option<f64>,
    /// Of its outlay.
    pub share_of_outlay: Option<f64>,
    /// Least that any tracing could say, of its receipts.
    pub least_share: Option<f64>,
    /// Most that any tracing could say, of its receipts.
    pub most_share: Option<f64>,
    /// Of its receipts, with revenue not yet reported held at the latest reported rate: an assumption.
    pub share_held_flat: Option<f64>,
    /// The least of that.
    pub least_held_flat: Option<f64>,
    /// The most of that.
    pub most_held_flat: Option<f64>,
    /// What comes back by tracing accounts day by day, each opened empty.
    pub returned_in_time: Sum,
    /// The most that can come back with each payment after the one that funds it.
    pub most_in_time: Sum,
    /// `exact` when the party's figures cover the span; `at most` when they do not.
    pub reading: &'static str,
}

/// A leg, or part of one, that is in no measure.
#[derive(Clone, Debug, Serialize)]
pub struct ApartItem {
    /// `deal/leg`.
    pub leg: String,
    /// In words.
    pub label: String,
    /// Why.
    pub reason: &'static str,
    /// How much, where told.
    pub amount: Option<Sum>,
}

/// Answers it, for every basis.
pub fn loops(ask: &Ask) -> LoopsAnswer {
    let view = ask.view();
    let projection = project(&view);
    let scale = Scale::of(ask.book);
    let bases: Vec<BasisAnswer> =
        Basis::ALL.into_iter().map(|basis| on_basis(ask, &projection, &scale, basis)).collect();
    LoopsAnswer {
        schema: "abilene.web/1",
        case: ask.book.case.name.clone(),
        as_of: ask.as_of,
        from: ask.span.from,
        to: ask.span.to,
        unit: scale.unit.clone(),
        funding: funding(&projection, &scale, ask.span),
        invest_first: invest_first(&projection, &scale),
        apart: apart(&projection, &scale),
        findings: findings(&projection, &scale, ask),
        bases,
    }
}

fn on_basis(ask: &Ask, projection: &Projection, scale: &Scale, basis: Basis) -> BasisAnswer {
    let web = Web::gather(projection, ask.span, basis);
    let bounds =
        enumerate::Bounds { max_length: Some(ask.bounds.max_length), max_loops: Some(ask.bounds.max_loops) };
    let found = enumerate::by_bottleneck(&web.network, &bounds);
    let by_class = |class: Class| {
        let of = |edge: &&crate::web::WebEdge| edge_class(projection, edge) == class;
        scale.sum(decimal(web.edges.iter().filter(of).map(|edge| edge.amount).sum()))
    };
    let assumed: i128 = web.edges.iter().map(|edge| edge.assumed).sum();
    let (round_trips, finn_index) = round_trip_rows(projection, &web, scale, ask.span, basis);
    BasisAnswer {
        basis,
        gross: scale.sum(decimal(web.gross())),
        legs: web.edges.len(),
        assumed_share: share(assumed, web.gross()),
        funding: by_class(Class::Funding),
        purchases: by_class(Class::Purchase),
        circulation: circulate(projection, &web, scale, ask.span, basis),
        finn_index,
        loops: found.loops.iter().map(|item| loop_answer(projection, &web, scale, item)).collect(),
        loops_complete: found.complete,
        round_trips,
        largest: leg_parts(projection, &web, scale, |edge| web.edges[edge].amount),
    }
}

fn edge_class(projection: &Projection, edge: &crate::web::WebEdge) -> Class {
    match edge.key.kind {
        Kind::Expected => Class::Purchase,
        Kind::Committed => projection.legs[edge.key.leg].leg.instrument.value.class(),
    }
}

pub(crate) fn share(part: i128, whole: i128) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn circulate(projection: &Projection, web: &Web, scale: &Scale, span: Span, basis: Basis) -> Circulation {
    let round = circulation::maximum(&web.network);
    let loops = round.decompose(&web.network);
    let flow = |edge: usize| round.flow[edge];
    // A leg's payments circulate on assumed dates in the proportion in which they are assumed at all.
    let assumed: f64 = web
        .edges
        .iter()
        .enumerate()
        .map(|(at, edge)| flow(at) as f64 * share(edge.assumed, edge.amount))
        .sum();
    let largest =
        (0..web.edges.len()).filter(|at| flow(*at) > 0).max_by_key(|at| (flow(*at), std::cmp::Reverse(*at)));
    Circulation {
        total: scale.sum(decimal(round.total)),
        share: share(round.total, web.gross()),
        unique: round.unique,
        assumed_share: if round.total == 0 { 0.0 } else { assumed / round.total as f64 },
        legs: leg_parts(projection, web, scale, flow),
        loops: loops.iter().map(|item| loop_answer(projection, web, scale, item)).collect(),
        without_largest: largest.map(|at| {
            let leg = web.edges[at].key.leg;
            let rest = Web::without(projection, span, basis, Some(leg));
            let total = circulation::maximum(&rest.network).total;
            Without {
                leg: projection.legs[leg].id(),
                label: leg_label(projection, leg),
                total: scale.sum(decimal(total)),
                share: share(total, rest.gross()),
            }
        }),
        floor: scale.sum(decimal(round.floor)),
    }
}

/// The edges with anything of `amount`, largest first.
fn leg_parts(
    projection: &Projection,
    web: &Web,
    scale: &Scale,
    amount: impl Fn(usize) -> i128,
) -> Vec<LegPart> {
    let mut edges: Vec<usize> = (0..web.edges.len()).filter(|at| amount(*at) > 0).collect();
    edges.sort_by_key(|at| (std::cmp::Reverse(amount(*at)), *at));
    edges.into_iter().map(|at| leg_part(projection, web, scale, at, amount(at))).collect()
}

fn leg_part(projection: &Projection, web: &Web, scale: &Scale, at: usize, amount: i128) -> LegPart {
    let edge = &web.edges[at];
    let part = Part {
        leg: edge.key.leg,
        payer: edge.key.payer,
        payee: edge.key.payee,
        kind: edge.key.kind,
        amount: decimal(amount),
        assumed: edge.assumed > 0,
    };
    part_of(projection, scale, &part)
}

/// What a leg puts into some number.
pub(crate) struct Part {
    pub leg: usize,
    pub payer: usize,
    pub payee: usize,
    pub kind: Kind,
    pub amount: Decimal,
    pub assumed: bool,
}

/// The same, with everything a reader needs to trace it.
pub(crate) fn part_of(projection: &Projection, scale: &Scale, part: &Part) -> LegPart {
    let leg = &projection.legs[part.leg];
    let id = |party: usize| projection.view.book.parties[party].id.value.clone();
    LegPart {
        leg: leg.id(),
        label: leg_label(projection, part.leg),
        payer: id(part.payer),
        payee: id(part.payee),
        instrument: leg.leg.instrument.value,
        expected: part.kind == Kind::Expected,
        firmness: leg.firmness.text(),
        amount: scale.sum(part.amount),
        assumed: part.assumed,
        sources: cites(projection.view, leg.state),
    }
}

/// A loop told from the step that funds: money is invested first, and comes back as purchases.
fn loop_answer(projection: &Projection, web: &Web, scale: &Scale, item: &Loop) -> LoopAnswer {
    let book = projection.view.book;
    let funds = |step: &Vec<u32>| {
        step.iter().any(|edge| edge_class(projection, &web.edges[*edge as usize]) == Class::Funding)
    };
    let first = item.steps.iter().position(funds).unwrap_or(0);
    let mut steps = item.steps.clone();
    steps.rotate_left(first);
    let in_time = in_time(web, &steps, book);
    let steps: Vec<StepAnswer> = steps.iter().map(|step| step_answer(projection, web, scale, step)).collect();
    let bottleneck = scale.sum(decimal(item.bottleneck));
    LoopAnswer {
        parties: steps.iter().map(|step| step.payer.clone()).collect(),
        sentence: loop_sentence(book, scale, &steps, &bottleneck.text),
        steps,
        bottleneck,
        in_time,
    }
}

fn step_answer(projection: &Projection, web: &Web, scale: &Scale, step: &[u32]) -> StepAnswer {
    let id = |party: usize| projection.view.book.parties[party].id.value.clone();
    let key = step.first().map(|edge| web.edges[*edge as usize].key);
    let mut legs: Vec<LegPart> = step
        .iter()
        .map(|edge| leg_part(projection, web, scale, *edge as usize, web.edges[*edge as usize].amount))
        .collect();
    legs.sort_by_key(|part| std::cmp::Reverse(part.amount.value));
    StepAnswer {
        payer: key.map(|key| id(key.payer)).unwrap_or_default(),
        payee: key.map(|key| id(key.payee)).unwrap_or_default(),
        amount: scale.sum(legs.iter().map(|part| part.amount.value).sum()),
        firm: scale.sum(decimal(step.iter().map(|edge| web.edges[*edge as usize].firm).sum())),
        legs,
    }
}

fn apart(projection: &Projection, scale: &Scale) -> Vec<ApartItem> {
    let item = |apart: &abilene_flows::Apart| ApartItem {
        leg: projection.legs[apart.leg].id(),
        label: leg_label(projection, apart.leg),
        reason: apart.reason.text(),
        amount: apart.amount.map(|amount| scale.sum(amount)),
    };
    let mut items: Vec<(Reason, Option<Decimal>, ApartItem)> =
        projection.apart.iter().map(|a| (a.reason, a.amount, item(a))).collect();
    items.sort_by_key(|(reason, amount, _)| (*reason, std::cmp::Reverse(*amount)));
    items.into_iter().map(|(_, _, item)| item).collect()
}

/// Members that, by the ledger, receive more from each other than they report as revenue in the last full year.
fn findings(projection: &Projection, scale: &Scale, ask: &Ask) -> Vec<String> {
    let year = ask.last_year();
    let outside = abilene_flows::outside(projection, Span::year(year), Basis::Firm);
    let over = outside.iter().enumerate().filter(|(_, o)| o.overshoot > Decimal::ZERO);
    over.map(|(party, o)| {
        format!(
            "In {year} members of the web pay {} {} more than it reports as revenue: a date or an amount is wrong, or part of it is paid ahead.",
            ask.book.parties[party].name,
            scale.sum(o.overshoot).text
        )
    })
    .collect()
}
