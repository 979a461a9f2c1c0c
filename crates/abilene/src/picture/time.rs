//! How much was known to be promised, by instrument, on each date of knowledge; and what moved it.

use std::collections::BTreeMap;

use abilene_flows::{Basis, Kind, project};
use abilene_quantity::{Date, Decimal};
use serde::Serialize;

use super::scale::{Axis, axis};
use super::web::{News, WebPicture};
use crate::money::{Scale, Sum};
use crate::options::Ask;
use crate::told::{self, Told};

/// The picture. Numbers are in the scale of the case.
#[derive(Clone, Debug, Serialize)]
pub struct TimePicture {
    /// What it shows, in a sentence with its numbers.
    pub title: Told,
    /// Dates of knowledge.
    pub dates: Vec<Date>,
    /// Where each date stands, from 0 to 1.
    pub at: Vec<f64>,
    /// The first days of years, and where they stand.
    pub years: Vec<(i16, f64)>,
    /// One band for each instrument, largest first, small ones together.
    pub bands: Vec<Band>,
    /// The axis of money.
    pub axis: Axis,
    /// The dates that moved it most, largest first.
    pub events: Vec<Event>,
}

/// Money promised by one instrument.
#[derive(Clone, Debug, Serialize)]
pub struct Band {
    /// The instrument, or `smaller ones`.
    pub instrument: String,
    /// Firm, by date.
    pub firm: Vec<f64>,
    /// Firm and announced, by date.
    pub all: Vec<f64>,
}

/// A date on which much changed.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// Which date, by place.
    pub at: usize,
    /// By how much firm and announced money changed.
    pub change: Sum,
    /// What became known.
    pub news: Vec<News>,
}

/// Most bands and most events.
const BANDS: usize = 6;
const EVENTS: usize = 6;

/// Draws it over the dates of the web's picture.
pub fn time_picture(ask: &Ask, web: &WebPicture) -> TimePicture {
    let scale = Scale::of(ask.book);
    let all: Vec<Date> = web.frames.iter().map(|frame| frame.date).collect();
    let skipped = quiet_start(ask, &all);
    let dates = all[skipped..].to_vec();
    let mut sums: BTreeMap<&'static str, Vec<(Decimal, Decimal)>> = BTreeMap::new();
    for (at, date) in dates.iter().enumerate() {
        let view = Ask { as_of: *date, ..*ask }.view();
        let projection = project(&view);
        for flow in projection.within(ask.span).filter(|flow| flow.kind == Kind::Committed) {
            let instrument = projection.legs[flow.leg].leg.instrument.value.text();
            let row =
                sums.entry(instrument).or_insert_with(|| vec![(Decimal::ZERO, Decimal::ZERO); dates.len()]);
            row[at].0 += flow.firm;
            row[at].1 += flow.on(Basis::Both);
        }
    }
    let totals: Vec<Decimal> = (0..dates.len()).map(|at| sums.values().map(|row| row[at].1).sum()).collect();
    let numbers: Vec<f64> = totals.iter().map(|total| scale.plain(*total)).collect();
    TimePicture {
        title: title(ask, &scale, &dates, &totals),
        at: positions(&dates),
        years: years(&dates),
        bands: bands(&scale, sums),
        axis: axis(numbers.iter().copied()),
        events: events(web, skipped, &scale, &totals),
        dates,
    }
}

fn years(dates: &[Date]) -> Vec<(i16, f64)> {
    let (Some(first), Some(last)) = (dates.first(), dates.last()) else { return Vec::new() };
    let whole = abilene_quantity::days_between(*first, *last) as f64;
    (first.year()..=last.year())
        .filter_map(|year| {
            let day = abilene_quantity::Quarter::new(year, 1).first();
            let at = abilene_quantity::days_between(*first, day) as f64 / whole.max(1.0);
            (at >= 0.0).then_some((year, at))
        })
        .collect()
}

/// How many dates pass before a fiftieth of what is promised at the end is promised: nothing to see in them.
fn quiet_start(ask: &Ask, dates: &[Date]) -> usize {
    let total = |date: &Date| -> Decimal {
        let view = Ask { as_of: *date, ..*ask }.view();
        project(&view).within(ask.span).map(|flow| flow.on(Basis::Both)).sum()
    };
    let last = dates.last().map_or(Decimal::ZERO, total);
    let loud = dates.iter().position(|date| total(date) * Decimal::from(50) >= last);
    loud.map_or(0, |at| at.saturating_sub(1))
}

fn positions(dates: &[Date]) -> Vec<f64> {
    let days = |date: &Date| abilene_quantity::days_between(dates[0], *date) as f64;
    let whole = dates.last().map_or(0.0, days);
    dates.iter().map(|date| if whole > 0.0 { days(date) / whole } else { 1.0 }).collect()
}

fn bands(scale: &Scale, sums: BTreeMap<&'static str, Vec<(Decimal, Decimal)>>) -> Vec<Band> {
    let mut rows: Vec<(&str, Vec<(Decimal, Decimal)>)> = sums.into_iter().collect();
    rows.sort_by_key(|(name, row)| (std::cmp::Reverse(row.last().map(|cell| cell.1)), *name));
    let rest = if rows.len() > BANDS { rows.split_off(BANDS - 1) } else { Vec::new() };
    let mut bands: Vec<Band> =
        rows.iter().map(|(name, row)| band(scale, (*name).to_owned(), &[row])).collect();
    if !rest.is_empty() {
        let others: Vec<&Vec<(Decimal, Decimal)>> = rest.iter().map(|(_, row)| row).collect();
        bands.push(band(scale, String::from("smaller ones"), &others));
    }
    bands
}

fn band(scale: &Scale, instrument: String, rows: &[&Vec<(Decimal, Decimal)>]) -> Band {
    let count = rows.first().map_or(0, |row| row.len());
    let sum = |of: fn(&(Decimal, Decimal)) -> Decimal| -> Vec<f64> {
        (0..count).map(|at| scale.plain(rows.iter().map(|row| of(&row[at])).sum())).collect()
    };
    Band { instrument, firm: sum(|cell| cell.0), all: sum(|cell| cell.1) }
}

fn events(web: &WebPicture, skipped: usize, scale: &Scale, totals: &[Decimal]) -> Vec<Event> {
    let mut changes: Vec<(Decimal, usize)> = (0..totals.len())
        .map(|at| (totals[at] - at.checked_sub(1).map_or(Decimal::ZERO, |before| totals[before]), at))
        .collect();
    changes.sort_by_key(|(change, at)| (std::cmp::Reverse(change.abs()), *at));
    let event = |(change, at): &(Decimal, usize)| Event {
        at: *at,
        change: scale.sum(*change),
        news: web.frames[skipped + *at].news.clone(),
    };
    changes.iter().take(EVENTS).map(event).collect()
}

/// The last twelve months against the whole.
fn title(ask: &Ask, scale: &Scale, dates: &[Date], totals: &[Decimal]) -> Told {
    let year_ago = abilene_quantity::months_after(ask.as_of, -12).unwrap_or(ask.as_of);
    let then = dates.iter().rposition(|date| *date <= year_ago).map_or(Decimal::ZERO, |at| totals[at]);
    let now = totals.last().copied().unwrap_or_default();
    let (last, currency) = (ask.span.to.year(), ask.book.case.currency);
    Told(
        format!(
            "{} is promised on dates to {last}; a year before it was {}",
            scale.sum(now).text,
            scale.sum(then).text
        ),
        format!(
            "到{last}年按期承诺共{}；一年前为{}",
            told::money(now, currency),
            told::money(then, currency)
        ),
    )
}
