//! The headline answers: one sentence each, with its number, what it is made of, and what it leans on.

use abilene_quantity::Decimal;
use serde::Serialize;

use crate::cover::{CoverAnswer, PartyYears};
use crate::funding::FundingRow;
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
        funds(loops, &scale),
        Some(circulating(ask, firm, both)),
        round_trip(ask, loops, trips),
        financing(loops, &scale),
        widest_loop(firm, both),
    ];
    all.into_iter().flatten().collect()
}

/// Who funds whom: the pairs with most firm money.
fn funds(loops: &LoopsAnswer, scale: &Scale) -> Option<Headline> {
    let total =
        |of: fn(&FundingRow) -> &Sum| -> Decimal { loops.funding.iter().map(|row| of(row).value).sum() };
    let (firm, announced) = (total(|row| &row.firm), total(|row| &row.announced));
    let mut rows: Vec<&FundingRow> = loops.funding.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.firm.value));
    let told: Vec<String> = rows
        .iter()
        .take(3)
        .map(|row| format!("{} from {} to {}", row.firm.text, row.funder_name, row.funded_name))
        .collect();
    let largest = rows.first()?;
    Some(Headline {
        id: "funding",
        question: "Who funds whom?".into(),
        number: scale.sum(firm).text,
        beside: format!("{} more only announced", scale.sum(announced).text),
        sentence: format!(
            "{} of firm funding is on dates in the span. Most of it: {}.",
            scale.sum(firm).text,
            told.join(", ")
        ),
        caution: format!(
            "Without the largest pair it would be {}. Stakes handed over in kind, guarantees, and money on no date are not in it.",
            scale.sum(firm - largest.firm.value).text
        ),
        legs: rows.iter().take(3).flat_map(|row| row.legs.clone()).collect(),
    })
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

/// The funder of its own customers with most of its own money back, over the whole span.
fn round_trip(ask: &Ask, loops: &LoopsAnswer, trips: &RoundTrips) -> Option<Headline> {
    let [firm, _, both, _] = &loops.bases[..] else { return None };
    let vendor = |row: &&RoundTripRow| loops.invest_first.iter().any(|found| found.vendor == row.party);
    let row = firm.round_trips.iter().find(vendor)?;
    let wide = both.round_trips.iter().find(|other| other.party == row.party);
    let share = |row: &RoundTripRow| row.share_held_flat.unwrap_or(0.0);
    let ends = |row: &RoundTripRow| {
        format!(
            "{} and {}",
            percent(row.least_held_flat.unwrap_or(0.0)),
            percent(row.most_held_flat.unwrap_or(1.0))
        )
    };
    let last = trips.firm.iter().find(|other| other.party == row.party);
    let last = last.map_or_else(
        || format!("In {}, the last full year, nothing came back to it.", trips.year),
        |found| {
            format!(
                "In {}, the last full year, it was {}.",
                trips.year,
                percent(found.share_of_receipts.unwrap_or(0.0))
            )
        },
    );
    Some(Headline {
        id: "round-trip",
        question: "How much of a vendor's receipts is its own money?".into(),
        number: percent(share(row)),
        beside: wide.map_or(String::new(), |row| format!("{} with what is announced", percent(share(row)))),
        sentence: format!(
            "Of what {} receives in {} to {}, {} is its own money coming back on firm payments ({}), if money mixes evenly at each party; depending on which dollar is followed, between {}. {last}",
            row.name,
            ask.span.from.year(),
            ask.span.to.year(),
            percent(share(row)),
            row.returned.text,
            ends(row),
        ),
        caution: format!(
            "Revenue not yet reported is held at the latest rate, an assumption. Counting only money that the ledger or a figure shows, the share is at most {}.",
            percent(row.share_of_receipts.unwrap_or(0.0))
        ),
        legs: touching(firm, &row.party),
    })
}

/// The largest legs that a party pays or is paid by.
fn touching(basis: &BasisAnswer, party: &str) -> Vec<LegPart> {
    let touches = |part: &&LegPart| part.payer == party || part.payee == party;
    basis.largest.iter().filter(touches).cloned().collect()
}

/// Money put into customers by those they buy from.
fn financing(loops: &LoopsAnswer, scale: &Scale) -> Option<Headline> {
    let rows = &loops.invest_first;
    let total = |firm: bool| -> Decimal {
        rows.iter().filter(|row| (row.firmness == "firm") == firm).map(|row| row.invested.value).sum()
    };
    let largest = rows.iter().find(|row| row.firmness == "firm").or_else(|| rows.first())?;
    let left_out = if largest.firmness == "firm" { largest.invested.value } else { Decimal::ZERO };
    let legs = loops.bases.get(2).map_or_else(Vec::new, |both| both.largest.clone());
    Some(Headline {
        id: "invest-first",
        question: "Who funds their own customers?".into(),
        number: scale.sum(total(true)).text,
        beside: format!("{} more only announced", scale.sum(total(false)).text),
        sentence: format!(
            "{} of firm deals fund a customer who then buys from the funder, directly or in up to three steps. The largest: {}, paid first on {}; {} of purchases reach {} afterwards, the first {} days later.",
            scale.sum(total(true)).text,
            largest.label,
            largest.first_paid,
            largest.purchases_after.text,
            largest.vendor_name,
            largest.gap_days,
        ),
        caution: format!(
            "Purchases after an investment need not be paid with it. Without the largest it would be {}.",
            scale.sum(total(true) - left_out).text
        ),
        legs: legs.into_iter().filter(|part| rows.iter().any(|row| row.leg == part.leg)).collect(),
    })
}

fn widest_loop(firm: &BasisAnswer, both: &BasisAnswer) -> Option<Headline> {
    let widest = firm.loops.first().or_else(|| both.loops.first())?;
    let wide = both.loops.first()?;
    let next = firm.loops.get(1).map_or_else(|| String::from("nothing"), |next| next.bottleneck.text.clone());
    Some(Headline {
        id: "widest-loop",
        question: "Which loop can carry most?".into(),
        number: widest.bottleneck.text.clone(),
        beside: format!("{} with what is announced", wide.bottleneck.text),
        sentence: widest.sentence.clone(),
        caution: format!("Without it the next firm loop can carry {next}."),
        legs: widest.steps.iter().flat_map(|step| step.legs.clone()).collect(),
    })
}
