//! Reported numbers laid on spans of days.

use abilene_ledger::{Figure, View};
use abilene_quantity::{Date, Decimal, Period, Span};

/// A flow metric measured over a span.
#[derive(Clone, Debug)]
pub struct Measured<'b> {
    /// The sum over the days covered, in the currency of the case.
    pub value: Decimal,
    /// Days of the span that figures cover.
    pub days: i64,
    /// Days of the span.
    pub of: i64,
    /// Whether any figure in it is an assumption.
    pub assumed: bool,
    /// The figures it is made of.
    pub figures: Vec<&'b Figure>,
}

impl Measured<'_> {
    /// Whether every day of the span is covered, give or take a week: fiscal years end on odd days.
    pub fn is_whole(&self) -> bool {
        self.days + 7 >= self.of
    }
}

/// The number of a figure in the currency of the case: the middle of a range.
pub(crate) fn value(view: &View, figure: &Figure) -> Option<Decimal> {
    let amount = &figure.value.value;
    view.convert(
        (amount.value + amount.most) / Decimal::TWO,
        amount.unit.currency()?,
        figure.period.value.to(),
    )
}

/// Whether a figure is about the party as a whole. A scope says that it is about a part.
fn is_whole_party(figure: &Figure) -> bool {
    figure.scope.as_deref().is_none_or(|scope| scope == "whole company")
}

/// A flow metric (revenue, capex, …) of a party over a span, its periods laid on days.
///
/// Years come before quarters, for they are audited and complete; quarters fill the days that no year covers.
/// Of two figures for one period the sourced one counts, then the later.
pub fn over<'b>(view: &View<'b>, party: &str, metric: &str, span: Span) -> Measured<'b> {
    let mut figures: Vec<&'b Figure> = view
        .figures
        .iter()
        .filter(|f| f.party.value == party && f.metric.value == metric && is_whole_party(f))
        .filter(|f| matches!(f.period.value, Period::Months { .. }))
        .copied()
        .collect();
    figures.sort_by_key(|f| {
        (
            f.assumed.is_some(),
            std::cmp::Reverse(months(f).min(12)),
            f.sources.is_empty(),
            std::cmp::Reverse(f.published),
        )
    });
    let mut measured =
        Measured { value: Decimal::ZERO, days: 0, of: span.days(), assumed: false, figures: Vec::new() };
    let mut free = vec![span];
    let mut pieces: Vec<Piece> = Vec::new();
    for figure in figures.into_iter().filter(|figure| months(figure) <= 12) {
        let period = Span { from: figure.period.value.from(), to: figure.period.value.to() };
        let gaps: Vec<Span> = free.iter().filter_map(|gap| shared(*gap, period)).collect();
        let days: i64 = gaps.iter().map(Span::days).sum();
        let Some(value) = value(view, figure).filter(|_| days > 0) else { continue };
        let rate = rate_of_rest(value, period, &pieces, span);
        pieces.extend(gaps.into_iter().map(|span| Piece { span, rate }));
        measured.assumed |= figure.assumed.is_some();
        measured.figures.push(figure);
        free = free.into_iter().flat_map(|gap| without(gap, period)).collect();
    }
    fill_holes(&free, &mut pieces, &mut measured);
    measured.days = pieces.iter().map(|piece| piece.span.days()).sum();
    measured.value =
        pieces.iter().map(|piece| piece.rate * Decimal::from(piece.span.days())).sum::<Decimal>().round_dp(2);
    measured
}

/// Days at one rate of money a day.
struct Piece {
    span: Span,
    rate: Decimal,
}

/// The days that two spans share.
fn shared(a: Span, b: Span) -> Option<Span> {
    (a.overlap_days(b) > 0).then(|| Span { from: a.from.max(b.from), to: a.to.min(b.to) })
}

/// The daily rate of the part of a period that is not told yet: where parts of it are, the period's value less
/// theirs is spread over the rest. Periods that reach beyond the span keep their own average, for what they hold
/// outside is not told here.
fn rate_of_rest(value: Decimal, period: Span, pieces: &[Piece], span: Span) -> Decimal {
    let average = value / Decimal::from(period.days());
    if period.from < span.from || period.to > span.to {
        return average;
    }
    let inside = || pieces.iter().filter_map(|piece| Some((shared(piece.span, period)?.days(), piece.rate)));
    let told: Decimal = inside().map(|(days, rate)| rate * Decimal::from(days)).sum();
    let rest = period.days() - inside().map(|(days, _)| days).sum::<i64>();
    if rest <= 0 || told > value { average } else { (value - told) / Decimal::from(rest) }
}

/// A hole between two reports takes the mean of its neighbours' rates, as an assumption: a missing quarter must
/// not take its whole year away.
fn fill_holes(free: &[Span], pieces: &mut Vec<Piece>, measured: &mut Measured) {
    for gap in free {
        let (eve, morrow) = (gap.from.yesterday().ok(), gap.to.tomorrow().ok());
        let before = pieces.iter().find(|piece| Some(piece.span.to) == eve).map(|piece| piece.rate);
        let after = pieces.iter().find(|piece| Some(piece.span.from) == morrow).map(|piece| piece.rate);
        if let (Some(before), Some(after)) = (before, after) {
            pieces.push(Piece { span: *gap, rate: (before + after) / Decimal::TWO });
            measured.assumed = true;
        }
    }
}

fn months(figure: &Figure) -> u16 {
    match figure.period.value {
        Period::Months { months, .. } => months,
        Period::At(_) => 0,
    }
}

/// What is left of a gap once a period is taken out of it.
fn without(gap: Span, period: Span) -> Vec<Span> {
    if gap.overlap_days(period) == 0 {
        return vec![gap];
    }
    let mut left = Vec::new();
    if let Some(before) = period.from.yesterday().ok().filter(|day| *day >= gap.from) {
        left.push(Span { from: gap.from, to: before });
    }
    if let Some(after) = period.to.tomorrow().ok().filter(|day| *day <= gap.to) {
        left.push(Span { from: after, to: gap.to });
    }
    left
}

/// The latest yearly rate of a flow metric: the latest quarter times four, or the latest year where it is newer.
pub fn latest_rate<'b>(view: &View<'b>, party: &str, metric: &str) -> Option<(Decimal, &'b Figure)> {
    let latest = view
        .figures
        .iter()
        .filter(|f| f.party.value == party && f.metric.value == metric && is_whole_party(f))
        .filter(|f| matches!(f.period.value, Period::Months { months, .. } if months <= 12))
        .max_by_key(|f| {
            (f.period.value.to(), f.assumed.is_none(), std::cmp::Reverse(months(f)), f.published)
        })?;
    let yearly = value(view, latest)? * Decimal::from(12) / Decimal::from(months(latest));
    Some((yearly.round_dp(2), latest))
}

/// The latest balance of a party (cash, debt) on or before a day.
pub fn at_day<'b>(view: &View<'b>, party: &str, metric: &str, day: Date) -> Option<(Decimal, &'b Figure)> {
    let latest = view
        .figures
        .iter()
        .filter(|f| f.party.value == party && f.metric.value == metric && is_whole_party(f))
        .filter(|f| f.period.value.to() <= day)
        .max_by_key(|f| (f.period.value.to(), f.assumed.is_none(), f.published))?;
    Some((value(view, latest)?, latest))
}
