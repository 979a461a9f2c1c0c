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
fn value(view: &View, figure: &Figure) -> Option<Decimal> {
    let amount = &figure.value.value;
    view.convert((amount.value + amount.most) / Decimal::TWO, amount.unit.currency()?)
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
    for figure in figures.into_iter().filter(|figure| months(figure) <= 12) {
        let period = Span { from: figure.period.value.from(), to: figure.period.value.to() };
        let days: i64 = free.iter().map(|gap| gap.overlap_days(period)).sum();
        let Some(value) = value(view, figure).filter(|_| days > 0) else { continue };
        measured.value += value * Decimal::from(days) / Decimal::from(period.days());
        measured.days += days;
        measured.assumed |= figure.assumed.is_some();
        measured.figures.push(figure);
        free = free.into_iter().flat_map(|gap| without(gap, period)).collect();
    }
    measured.value = measured.value.round_dp(2);
    measured
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
