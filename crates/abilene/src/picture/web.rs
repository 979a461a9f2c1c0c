//! The web as a picture: who stands where, and how wide each line is on each date of knowledge.

use std::collections::BTreeMap;

use abilene_flows::{Basis, Projection, project};
use abilene_ledger::{LegView, View};
use abilene_loops::circulation;
use abilene_quantity::{Date, Decimal, Quarter};
use serde::Serialize;

use super::boxes::{Boxes, Columns, FRAMES, GROUPS, Key, LineSum, PAPER, TALLEST};
use super::layout::{Box, Layout, Line, layout, path};
use crate::evidence::leg_words;
use crate::money::{Scale, Sum};
use crate::options::Ask;
use crate::told::{self, Told};
use crate::web::{Web, decimal};

/// The picture.
#[derive(Clone, Debug, Serialize)]
pub struct WebPicture {
    /// Width of the paper.
    pub width: f64,
    /// Height of the paper.
    pub height: f64,
    /// Groups as columns, left to right.
    pub groups: Vec<GroupColumn>,
    /// Boxes.
    pub nodes: Vec<WebNode>,
    /// Lines.
    pub bundles: Vec<Bundle>,
    /// Dates of knowledge, oldest first, at most 60.
    pub frames: Vec<Frame>,
    /// What a line one unit of the case's scale wide would be: `1 bn USD` in points.
    pub points_per_unit: f64,
    /// What is drawn together, in words.
    pub folded: Told,
}

/// A column.
#[derive(Clone, Debug, Serialize)]
pub struct GroupColumn {
    /// For colours and texts.
    pub id: &'static str,
    /// The middle of the column.
    pub x: f64,
}

/// A box: one party, or the small ones of a group.
#[derive(Clone, Debug, Serialize)]
pub struct WebNode {
    /// The party's id, or `others-GROUP`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its name in its own script, where an alias tells it.
    pub native: Option<String>,
    /// The group.
    pub group: &'static str,
    /// Lines of the label that fit the box.
    pub label: Vec<String>,
    /// Left.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
    /// The parties that it stands for, when it stands for many.
    pub folds: Vec<String>,
}

/// Everything of one class that one box pays another.
#[derive(Clone, Debug, Serialize)]
pub struct Bundle {
    /// Index of the payer's box.
    pub from: usize,
    /// Index of the payee's box.
    pub to: usize,
    /// `funding`, `purchase` or `other` (in kind, guarantees, warrants).
    pub class: &'static str,
    /// Where its number is written, beside the payer's box.
    pub at: (f64, f64),
    /// Its line.
    pub path: String,
    /// Its legs.
    pub legs: Vec<BundleLeg>,
}

/// A leg in a bundle.
#[derive(Clone, Debug, Serialize)]
pub struct BundleLeg {
    /// `deal/leg`.
    pub leg: String,
    /// In words, without its status, which changes with the date.
    pub label: String,
    /// The instrument.
    pub instrument: &'static str,
    /// How much it can be trusted.
    pub confidence: &'static str,
    /// When it became known.
    pub known_from: Date,
    /// When it was superseded or ended, if it was by the date of knowledge of the picture.
    pub until: Option<Date>,
}

/// The web on one date of knowledge. Widths and firmness are by bundle.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// The date.
    pub date: Date,
    /// Deals known and not over.
    pub deals: usize,
    /// Parties in them.
    pub parties: usize,
    /// What the picture of this date shows, in a sentence with its numbers.
    pub title: Told,
    /// All firm money on dates in the span.
    pub firm: Sum,
    /// All announced money.
    pub announced: Sum,
    /// What became known since the frame before.
    pub news: Vec<News>,
    /// Lines shown: bundle, width of the firm part, width of all, and the state of the line.
    pub lines: Vec<FrameLine>,
}

/// A line on a date: index of the bundle, firm width, whole width, firmness (0 rumoured, 1 announced, 2 firm),
/// the width of the part that goes in circles, and its money as a number in the scale of the case.
#[derive(Clone, Debug, Serialize)]
pub struct FrameLine(pub usize, pub f64, pub f64, pub u8, pub f64, pub String);

/// A piece of news.
#[derive(Clone, Debug, Serialize)]
pub struct News {
    /// The deal.
    pub deal: String,
    /// What was said.
    pub text: String,
}

/// Draws the web of a question, for every date up to its date of knowledge.
pub fn web_picture(ask: &Ask) -> WebPicture {
    let scale = Scale::of(ask.book);
    let dates = frame_dates(ask);
    let views: Vec<View> = dates.iter().map(|date| Ask { as_of: *date, ..*ask }.view()).collect();
    let projections: Vec<Projection> = views.iter().map(|view| project(view)).collect();
    let boxes = Boxes::choose(ask, &projections);
    let sums: Vec<BTreeMap<Key, LineSum>> = projections.iter().map(|p| boxes.lines(ask, p)).collect();
    let keys = keys(&sums);
    let columns = boxes.columns(ask, &projections);
    let (placed, points) = place(&boxes, &columns, &keys, &sums);
    let frames = dates
        .iter()
        .zip(&projections)
        .zip(&sums)
        .enumerate()
        .map(|(at, ((date, projection), sums))| {
            let before = at.checked_sub(1).map(|at| dates[at]);
            frame(ask, &scale, *date, before, projection, sums, &keys, points, &boxes)
        })
        .collect();
    let mut legs = bundle_legs(ask, &boxes, &projections);
    let bundles = keys.iter().zip(&placed.ends).map(|(key, ends)| Bundle {
        from: key.0,
        to: key.1,
        class: key.2,
        at: (ends.from.0 + if columns.of[key.1] >= columns.of[key.0] { 6.0 } else { -6.0 }, ends.from.1),
        path: path(ends),
        legs: legs.remove(key).unwrap_or_default(),
    });
    WebPicture {
        width: PAPER.width,
        height: placed.height,
        groups: columns
            .groups
            .iter()
            .enumerate()
            .map(|(at, group)| GroupColumn { id: GROUPS[*group].0, x: columns.middle(at) })
            .collect(),
        nodes: boxes.nodes(ask, &placed),
        bundles: bundles.collect(),
        frames,
        points_per_unit: points * scale.one_unit(),
        folded: boxes.told(),
    }
}

/// Dates on which a state became known, thinned to one a month and then one a quarter, oldest first, until they
/// are few enough; the date of knowledge itself comes last.
fn frame_dates(ask: &Ask) -> Vec<Date> {
    let mut dates: Vec<Date> =
        ask.book.deals.iter().flat_map(|deal| deal.state.iter().map(|state| state.date.value)).collect();
    dates.retain(|date| *date < ask.as_of);
    dates.sort();
    dates.dedup();
    let last_of = |dates: &[Date], same: &dyn Fn(Date, Date) -> bool| -> Vec<Date> {
        let ends = dates.windows(2).filter(|pair| !same(pair[0], pair[1])).map(|pair| pair[0]);
        ends.chain(dates.last().copied()).collect()
    };
    let month = |a: Date, b: Date| (a.year(), a.month()) == (b.year(), b.month());
    let quarter = |a: Date, b: Date| Quarter::of(a) == Quarter::of(b);
    for same in [&month as &dyn Fn(Date, Date) -> bool, &quarter] {
        if dates.len() >= FRAMES {
            dates = last_of(&dates, same);
        }
    }
    let surplus = (dates.len() + 1).saturating_sub(FRAMES);
    dates.drain(..surplus);
    dates.push(ask.as_of);
    dates
}

/// Every line that any date has, in a fixed order.
fn keys(sums: &[BTreeMap<Key, LineSum>]) -> Vec<Key> {
    let mut keys: Vec<Key> = sums.iter().flat_map(|sums| sums.keys().copied()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Places everything, with the scale of the money chosen so that the tallest column fits the paper.
fn place(boxes: &Boxes, columns: &Columns, keys: &[Key], sums: &[BTreeMap<Key, LineSum>]) -> (Layout, f64) {
    let most: Vec<f64> = keys
        .iter()
        .map(|key| sums.iter().filter_map(|sums| sums.get(key)).map(|sum| float(sum.all)).fold(0.0, f64::max))
        .collect();
    let items: Vec<Box> = boxes
        .boxes
        .iter()
        .enumerate()
        .map(|(at, (_, parties))| Box { column: columns.of[at], last: parties.len() > 1 })
        .collect();
    let draw = |points: f64| {
        let lines: Vec<Line> = keys
            .iter()
            .zip(&most)
            .map(|(key, most)| Line { from: key.0, to: key.1, width: (most * points).max(1.0) })
            .collect();
        layout(&items, &lines, columns.groups.len(), PAPER)
    };
    let total: f64 = most.iter().sum();
    let (mut low, mut high) = (0.0, if total > 0.0 { TALLEST / total * 4.0 } else { 0.0 });
    for _ in 0..24 {
        let middle = f64::midpoint(low, high);
        if draw(middle).height <= TALLEST { low = middle } else { high = middle }
    }
    (draw(low), low)
}

fn float(amount: Decimal) -> f64 {
    crate::money::number(amount.round())
}

#[allow(clippy::too_many_arguments, reason = "a frame is where everything of a date meets")]
fn frame(
    ask: &Ask,
    scale: &Scale,
    date: Date,
    before: Option<Date>,
    projection: &Projection,
    sums: &BTreeMap<Key, LineSum>,
    keys: &[Key],
    points: f64,
    boxes: &Boxes,
) -> Frame {
    let view = projection.view;
    let (turning, web, round) = circling(boxes, ask, projection);
    let total = |basis| scale.sum(projection.within(ask.span).map(|flow| flow.on(basis)).sum());
    let mut parties: Vec<&str> =
        view.live_legs().flat_map(|leg| [leg.leg.payer.as_str(), leg.leg.payee.as_str()]).collect();
    parties.sort_unstable();
    parties.dedup();
    let width = |amount: Decimal| (float(amount) * points * 100.0).round() / 100.0;
    let lines = keys.iter().enumerate().filter_map(|(at, key)| {
        let sum = sums.get(key)?;
        let number = if sum.all.is_zero() { String::new() } else { scale.sum(sum.all).number };
        Some(FrameLine(
            at,
            width(sum.firm),
            width(sum.all),
            sum.firmness,
            turning.get(key).map_or(0.0, |money| width(*money)),
            number,
        ))
    });
    Frame {
        date,
        deals: view.deals.iter().filter(|deal| !deal.is_over()).count(),
        parties: parties.len(),
        title: title(ask, scale, decimal(web.gross()), round),
        firm: total(Basis::Firm),
        announced: total(Basis::Announced),
        news: news(view, before),
        lines: lines.collect(),
    }
}

/// How much of each line circulates on a date, by the measure itself: firm and announced payments between
/// members. Where other flows circulate as much, these are one choice of several.
fn circling(boxes: &Boxes, ask: &Ask, projection: &Projection) -> (BTreeMap<Key, Decimal>, Web, Decimal) {
    let web = Web::gather(projection, ask.span, Basis::Both);
    let round = circulation::maximum(&web.network);
    let mut turning: BTreeMap<Key, Decimal> = BTreeMap::new();
    for (edge, flow) in web.edges.iter().zip(&round.flow).filter(|(_, flow)| **flow > 0) {
        if let Some(key) = boxes.key(ask, &projection.legs[edge.key.leg]) {
            *turning.entry(key).or_default() += decimal(*flow);
        }
    }
    (turning, web, decimal(round.total))
}

fn title(ask: &Ask, scale: &Scale, gross: Decimal, round: Decimal) -> Told {
    if gross.is_zero() {
        return Told("Nothing is promised between parties of the web yet".into(), "各方之间尚无承诺".into());
    }
    let share =
        (round / gross).round_dp(6).to_string().parse().map_or_else(|_| String::new(), crate::percent);
    let currency = ask.book.case.currency;
    Told(
        format!(
            "Of {} promised between parties of the web, firm or announced, {} goes in circles: {share}",
            scale.sum(gross).text,
            scale.sum(round).text
        ),
        format!(
            "各方间已签约或宣布的{}中，{}在循环：{share}",
            told::money(gross, currency),
            told::money(round, currency)
        ),
    )
}

fn news(view: &View, before: Option<Date>) -> Vec<News> {
    let fresh = |date: Date| before.is_none_or(|before| date > before);
    view.deals
        .iter()
        .flat_map(|deal| deal.states.iter().map(move |state| (deal, state)))
        .filter(|(_, state)| fresh(state.date.value))
        .map(|(deal, state)| News {
            deal: deal.deal.id.value.clone(),
            text: format!("{} {}: {}", state.date.value, state.status.value, deal.deal.title),
        })
        .collect()
}

/// The legs that each line ever holds, in the order of their names.
fn bundle_legs(ask: &Ask, boxes: &Boxes, projections: &[Projection]) -> BTreeMap<Key, Vec<BundleLeg>> {
    let mut found: BTreeMap<(&str, &str), (Key, BundleLeg)> = BTreeMap::new();
    for projection in projections {
        let today = projection.view.as_of;
        let known: BTreeMap<(&str, &str), &LegView> =
            projection.legs.iter().map(|leg| ((leg.deal.id.as_str(), leg.leg.id.as_str()), leg)).collect();
        // A leg that an earlier date had and this one has not was superseded in between.
        for (name, (_, leg)) in found.iter_mut().filter(|(_, (_, leg))| leg.until.is_none()) {
            leg.until = known.get(name).map_or(Some(today), |leg| leg.ended);
        }
        for (name, leg) in known {
            if let (Some(key), false) = (boxes.key(ask, leg), found.contains_key(&name)) {
                found.insert(name, (key, bundle_leg(projection.view, leg)));
            }
        }
    }
    let mut legs: BTreeMap<Key, Vec<BundleLeg>> = BTreeMap::new();
    for (key, leg) in found.into_values() {
        legs.entry(key).or_default().push(leg);
    }
    legs
}

fn bundle_leg(view: &View, leg: &LegView) -> BundleLeg {
    BundleLeg {
        leg: leg.id(),
        label: leg_words(view, leg),
        known_from: leg.known_from,
        until: leg.ended,
        instrument: leg.leg.instrument.value.text(),
        confidence: leg.deal.confidence.map_or("medium", |confidence| confidence.text()),
    }
}
