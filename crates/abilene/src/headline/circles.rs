//! How much goes in circles, and how much of it is a vendor's own money?

use abilene_flows::{Basis, project};

use super::Headline;
use crate::loops::{BasisAnswer, LegPart, LoopsAnswer, RoundTripRow, Without};
use crate::money::percent;
use crate::options::Ask;
use crate::round_trip::{RoundTrips, share_held_flat};
use crate::web::Web;

pub(super) fn circulating(ask: &Ask, firm: &BasisAnswer, both: &BasisAnswer) -> Headline {
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
pub(super) fn round_trip(ask: &Ask, loops: &LoopsAnswer, trips: &RoundTrips) -> Option<Headline> {
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
            "Revenue not yet reported is held at the latest rate, an assumption. Counting only money that the ledger or a figure shows, the share is at most {}. {} of the payments it follows are laid on dates by assumption.{}",
            percent(row.share_of_receipts.unwrap_or(0.0)),
            percent(firm.assumed_share),
            without_largest(ask, firm, &row.party),
        ),
        legs: touching(firm, &row.party),
    })
}

/// What the share would be without the largest leg that the party pays into the web or is paid by it.
fn without_largest(ask: &Ask, firm: &BasisAnswer, party: &str) -> String {
    let view = ask.view();
    let projection = project(&view);
    let touched = touching(firm, party);
    let Some(largest) = touched.first() else { return String::new() };
    let leg = projection.legs.iter().position(|leg| leg.id() == largest.leg);
    let web = Web::without(&projection, ask.span, Basis::Firm, leg);
    let share = share_held_flat(&projection, &web, ask.span, Basis::Firm, party);
    format!(" Without its largest leg ({}) it would be {}.", largest.label, percent(share.unwrap_or(0.0)))
}

/// The largest legs that a party pays or is paid by.
fn touching(basis: &BasisAnswer, party: &str) -> Vec<LegPart> {
    let touches = |part: &&LegPart| part.payer == party || part.payee == party;
    basis.largest.iter().filter(touches).cloned().collect()
}

/// The widest loop.
pub(super) fn widest_loop(firm: &BasisAnswer, both: &BasisAnswer) -> Option<Headline> {
    let widest = firm.loops.first().or_else(|| both.loops.first())?;
    let wide = both.loops.first()?;
    let next = firm.loops.get(1).map_or_else(|| String::from("nothing"), |next| next.bottleneck.text.clone());
    Some(Headline {
        id: "widest-loop",
        question: "Which loop can carry most?".into(),
        number: widest.bottleneck.text.clone(),
        beside: format!("{} with what is announced", wide.bottleneck.text),
        sentence: widest.sentence.clone(),
        caution: format!(
            "{} of its {} legs are laid on dates by assumption. Without its largest leg it may be none; the next firm loop can carry {next}.",
            widest.steps.iter().flat_map(|step| &step.legs).filter(|leg| leg.assumed).count(),
            widest.steps.iter().map(|step| step.legs.len()).sum::<usize>(),
        ),
        legs: widest.steps.iter().flat_map(|step| step.legs.clone()).collect(),
    })
}
