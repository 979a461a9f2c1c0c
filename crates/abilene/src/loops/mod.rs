//! Who funds whom, and how much of it goes round in circles.

mod types;

use abilene_flows::{Basis, Kind, Projection, Reason, project};
use abilene_ledger::Class;
use abilene_loops::{Loop, circulation, enumerate};
use abilene_quantity::{Decimal, Span};

use crate::evidence::{cites, leg_label};
use crate::funding::funding;
use crate::money::Scale;
use crate::options::Ask;
use crate::round_trip::round_trip_rows;
use crate::sentence::loop_sentence;
use crate::time::{in_time, invest_first};
use crate::web::{Web, decimal};
pub use types::{
    ApartItem, BasisAnswer, Circulation, LegPart, LoopAnswer, LoopsAnswer, RoundTripRow, StepAnswer, Without,
};

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
