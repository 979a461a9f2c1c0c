//! The headline answers: one sentence each, with its number, what it is made of, and what it leans on.

use abilene_quantity::Decimal;
use serde::Serialize;

use crate::cover::{CoverAnswer, PartyYears};
use crate::loops::{BasisAnswer, LegPart, LoopsAnswer, RoundTripRow, Without};
use crate::money::{Scale, Sum, percent};
use crate::options::Ask;
use crate::round_trip::RoundTrips;

/// One headline.
#[derive(Clone, Debug, Serialize)]
pub struct Headline {
    /// For links.
    pub id: &'static str,
    /// The question it answers.
    pub question: String,
    /// The number that leads, firm.
    pub number: String,
    /// The same with what is announced.
    pub beside: String,
    /// The answer in a sentence or two.
    pub sentence: String,
    /// How far to trust it: what rests on assumptions, what it would be without its largest leg.
    pub caution: String,
    /// The legs behind it, largest first.
    pub legs: Vec<LegPart>,
}

/// The headlines of a case, the most telling first. Questions that the case has no numbers for are left out.
pub fn headlines(ask: &Ask, loops: &LoopsAnswer, trips: &RoundTrips, cover: &CoverAnswer) -> Vec<Headline> {
    let [firm, _, both, _] = &loops.bases[..] else { return Vec::new() };
    let scale = Scale::of(ask.book);
    let all = [
        covered(ask, cover),
        Some(circulating(ask, firm, both)),
        round_trip(trips, firm),
        financing(loops, &scale),
        widest_loop(firm, both),
    ];
    all.into_iter().flatten().collect()
}

/// Does revenue cover the commitments? Told of the party with most due that is a customer of the web.
fn covered(ask: &Ask, cover: &CoverAnswer) -> Option<Headline> {
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
            "{} has {} of firm purchases due in {from} to {to}, {} a year, against revenue of {} at its latest reported yearly rate: {times} times as much.",
            party.name,
            scale.sum(due).text,
            scale.sum(yearly).text,
            rate.text,
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
    if ratio > Decimal::ONE { due.to_string().parse().unwrap_or(0.0) } else { 0.0 }
}

fn circulating(ask: &Ask, firm: &BasisAnswer, both: &BasisAnswer) -> Headline {
    Headline {
        id: "circulation",
        question: "How much goes in circles?".into(),
        number: percent(firm.circulation.share),
        beside: format!("{} with what is announced", percent(both.circulation.share)),
        sentence: format!(
            "Of {} that members of the web are firmly bound to pay each other in {} to {}, {} is mere circulation and would vanish under netting: {}. With announced deals it is {} of {}.",
            firm.gross.text,
            ask.span.from.year(),
            ask.span.to.year(),
            firm.circulation.total.text,
            percent(firm.circulation.share),
            both.circulation.total.text,
            both.gross.text,
        ),
        caution: caution(firm.circulation.assumed_share, firm.circulation.without_largest.as_ref()),
        legs: firm.circulation.legs.clone(),
    }
}

fn caution(assumed_share: f64, without: Option<&Without>) -> String {
    let mut text = format!("{} of it is laid on dates by assumption.", percent(assumed_share));
    if let Some(without) = without {
        text.push_str(&format!(
            " Without its largest leg ({}) it would be {}, {}.",
            without.label,
            without.total.text,
            percent(without.share)
        ));
    }
    text
}

fn between(row: &RoundTripRow) -> String {
    match (row.least_share, row.most_share) {
        (Some(least), Some(most)) => format!("between {} and {}", percent(least), percent(most)),
        _ => String::from("unknown"),
    }
}

/// The vendor with most of its own money back in the last full year.
fn round_trip(trips: &RoundTrips, firm: &BasisAnswer) -> Option<Headline> {
    let row = trips.firm.iter().find(|row| row.reading == "exact").or_else(|| trips.firm.first())?;
    let wide = trips.both.iter().find(|other| other.party == row.party);
    let share = row.share_of_receipts.unwrap_or(0.0);
    let at_most = if row.reading == "exact" { "" } else { "at most " };
    Some(Headline {
        id: "round-trip",
        question: "How much of a vendor's receipts is its own money?".into(),
        number: percent(share),
        beside: wide.and_then(|row| row.share_of_receipts).map_or(String::new(), |share| {
            format!("{} with what is announced", percent(share))
        }),
        sentence: format!(
            "In {} {at_most}{} of what {} received was its own money coming back ({}), if money mixes evenly at each party; depending on which dollar is followed, {}.",
            trips.year,
            percent(share),
            row.name,
            row.returned.text,
            between(row),
        ),
        caution: "The share needs the reported revenue of every party on the way; parties without figures make it an upper bound.".into(),
        legs: firm.largest.iter().filter(|leg| leg.leg.contains(&row.party)).cloned().collect(),
    })
}

/// Money put into customers by those they buy from.
fn financing(loops: &LoopsAnswer, scale: &Scale) -> Option<Headline> {
    let rows = &loops.invest_first;
    let total = |firm: bool| -> Decimal {
        rows.iter().filter(|row| (row.firmness == "firm") == firm).map(|row| row.invested.value).sum()
    };
    let largest = rows.first()?;
    let legs = loops.bases.get(2).map_or_else(Vec::new, |both| both.largest.clone());
    let named = |part: &LegPart| rows.iter().any(|row| row.leg == part.leg);
    Some(Headline {
        id: "invest-first",
        question: "Who funds their own customers?".into(),
        number: scale.sum(total(true)).text,
        beside: format!("{} only announced", scale.sum(total(false)).text),
        sentence: format!(
            "{} of firm deals fund a customer who then buys from the funder, directly or in up to three steps ({} more is announced). The largest: {}, paid first on {}; {} of purchases reach {} afterwards, the first {} days later.",
            scale.sum(total(true)).text,
            scale.sum(total(false)).text,
            largest.label,
            largest.first_paid,
            largest.purchases_after.text,
            largest.vendor,
            largest.gap_days,
        ),
        caution: format!(
            "Purchases after an investment need not be paid with it. Without the largest it would be {}.",
            scale
                .sum(
                    total(true)
                        - if largest.firmness == "firm" { largest.invested.value } else { Decimal::ZERO }
                )
                .text
        ),
        legs: legs.into_iter().filter(named).collect(),
    })
}

fn widest_loop(firm: &BasisAnswer, both: &BasisAnswer) -> Option<Headline> {
    let (widest, wide) = (firm.loops.first()?, both.loops.first()?);
    let nothing = Sum { value: Decimal::ZERO, number: "0".into(), text: "0".into() };
    Some(Headline {
        id: "widest-loop",
        question: "Which loop can carry most?".into(),
        number: widest.bottleneck.text.clone(),
        beside: format!("{} with what is announced", wide.bottleneck.text),
        sentence: widest.sentence.clone(),
        caution: format!(
            "Without it the next loop can carry {}.",
            firm.loops.get(1).map_or(nothing, |next| next.bottleneck.clone()).text
        ),
        legs: widest.steps.iter().flat_map(|step| step.legs.clone()).collect(),
    })
}
