//! Does revenue cover the commitments?

use abilene_quantity::Decimal;

use super::Headline;
use crate::cover::{CoverAnswer, PartyYears};
use crate::money::{Scale, percent};
use crate::options::Ask;

/// Does revenue cover the commitments? Told of the party with most due that is a customer of the web.
pub(super) fn covered(ask: &Ask, cover: &CoverAnswer) -> Option<Headline> {
    let party = cover
        .parties
        .iter()
        .filter(|p| p.years.iter().any(|y| y.revenue.is_some()))
        .max_by(|a, b| strain(ask, a).total_cmp(&strain(ask, b)))?;
    let first = ask.as_of.year();
    let ahead: Vec<_> = party.years.iter().filter(|year| year.year > first).collect();
    let (from, to) = (ahead.first()?.year, ahead.last()?.year);
    let due: Decimal = ahead.iter().map(|year| year.due_firm.value).sum();
    let announced: Decimal = ahead.iter().map(|year| year.due_announced.value).sum();
    let scale = Scale::of(ask.book);
    let rate = ahead.first()?.revenue.clone()?;
    let yearly = due / Decimal::from(ahead.len());
    let times =
        if rate.value.is_zero() { Decimal::ZERO } else { (yearly / rate.value).round_dp(1).normalize() };
    Some(Headline {
        id: "cover",
        question: "Does revenue cover the commitments?".into(),
        number: format!("{times} ×"),
        beside: format!("{} announced on top", scale.sum(announced).text),
        sentence: format!(
            "{} has {} of firm purchases due in {from} to {to}, {} a year, against revenue of {} at its latest reported yearly rate: {times} times as much. {}",
            party.name,
            scale.sum(due).text,
            scale.sum(yearly).text,
            rate.text,
            of_the_web(cover, from),
        ),
        caution: format!(
            "{} of its firm purchases are laid on dates by assumption. Without the largest, {}, {} would be due from first to last instead of {}.",
            percent(party.assumed_share),
            party.legs.first().map_or("", |leg| leg.label.as_str()),
            scale
                .sum(party.due.value - party.legs.first().map_or(Decimal::ZERO, |leg| leg.amount.value))
                .text,
            party.due.text,
        ),
        legs: party.legs.clone(),
    })
}

/// The same for the web as a whole, in the first year ahead.
fn of_the_web(cover: &CoverAnswer, year: i16) -> String {
    let Some(row) = cover.sector.iter().find(|row| row.year == year) else { return String::new() };
    let reading = if row.ai_revenue_reading == "assumed" { " (assumed)" } else { "" };
    format!(
        "In {year} members of the web owe each other {} of firm purchases, and {} more is announced; their AI revenue from outside is {}{reading}.",
        row.internal_firm.text, row.internal_announced.text, row.ai_revenue_from_outside.text
    )
}

/// Firm purchases due after the date of knowledge over revenue in those years.
fn strain(ask: &Ask, party: &PartyYears) -> f64 {
    let ahead = party.years.iter().filter(|year| year.year > ask.as_of.year());
    let (mut due, mut revenue) = (Decimal::ZERO, Decimal::ZERO);
    for year in ahead {
        due += year.due_firm.value;
        revenue += year.revenue.as_ref().map_or(Decimal::ZERO, |sum| sum.value);
    }
    // A small party with a large multiple is no headline: money decides, the multiple breaks ties.
    let ratio = if revenue.is_zero() { Decimal::ZERO } else { due / revenue };
    if ratio > Decimal::ONE { crate::money::number(due) } else { 0.0 }
}
