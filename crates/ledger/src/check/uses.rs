//! What lies unused, what contradicts, and files that are not there.

use std::collections::HashSet;

use abilene_quantity::{Amount, Decimal, Unit};

use crate::book::Book;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::cite_id;

pub(super) fn check(book: &Book, found: &mut Vec<Diagnostic>) {
    missing_files(book, found);
    conflicts(book, found);
    percentages(book, found);
}

/// What nothing refers to. Asked only of a case without errors, for a slip in an id leaves its target unused.
pub(super) fn unused(book: &Book, found: &mut Vec<Diagnostic>) {
    unused_sources(book, found);
    unused_parties(book, found);
}

fn unused_sources(book: &Book, found: &mut Vec<Diagnostic>) {
    let states = book.deals.iter().flat_map(|deal| deal.state.iter().flat_map(|s| &s.sources));
    let cited: HashSet<&str> = states
        .chain(book.figures.iter().flat_map(|f| &f.sources))
        .chain(book.claims.iter().flat_map(|c| &c.sources))
        .chain(book.recipes.iter().flat_map(|r| &r.sources))
        .chain(book.rates.iter().flat_map(|r| &r.sources))
        .chain(book.scenarios.iter().flat_map(crate::scenario::Scenario::cites))
        .map(|cite| cite_id(cite))
        .collect();
    for source in book.sources.iter().filter(|source| !cited.contains(source.id.as_str())) {
        found.push(
            Diagnostic::new(
                Code::UnusedSource,
                source.id.mark,
                format!("nothing cites \"{}\"", source.id.value),
            )
            .help("cite it where it is the evidence, or remove it"),
        );
    }
}

fn unused_parties(book: &Book, found: &mut Vec<Diagnostic>) {
    let legs = book.deals.iter().flat_map(|deal| &deal.leg);
    let mut used: HashSet<&str> = legs.flat_map(|leg| [leg.payer.as_str(), leg.payee.as_str()]).collect();
    used.extend(book.figures.iter().map(|f| f.party.as_str()));
    used.extend(book.claims.iter().filter_map(|c| c.party.as_deref().map(String::as_str)));
    used.extend(book.recipes.iter().flat_map(|r| r.part.iter().map(|part| part.payee.as_str())));
    used.extend(book.parties.iter().filter_map(|p| p.parent.as_deref().map(String::as_str)));
    for party in book.parties.iter().filter(|party| !used.contains(party.id.as_str())) {
        found.push(
            Diagnostic::new(
                Code::UnusedParty,
                party.id.mark,
                format!("\"{}\" takes part in nothing", party.id.value),
            )
            .help("name it in a deal or figure, or remove it"),
        );
    }
}

fn missing_files(book: &Book, found: &mut Vec<Diagnostic>) {
    for file in book.sources.iter().filter_map(|source| source.file.as_ref()) {
        if !book.folder.join(&file.value).is_file() {
            found.push(
                Diagnostic::new(
                    Code::MissingFile,
                    file.mark,
                    format!("there is no file \"{}\" in the case", file.value),
                )
                .help("the path starts at the case's folder; put the file there or remove the line"),
            );
        }
    }
}

/// Both numbers are kept: the difference is for the reader to see.
fn conflicts(book: &Book, found: &mut Vec<Diagnostic>) {
    for group in book.conflicts() {
        let first = group[0];
        for other in group[1..].iter().filter(|other| other.value.value != first.value.value) {
            let message = format!(
                "{} of {} for {} is told as {} and as {}{}",
                first.metric.value,
                first.party.value,
                first.period.value,
                first.value.value,
                other.value.value,
                difference(&first.value, &other.value),
            );
            found.push(
                Diagnostic::new(Code::Conflict, other.value.mark, message)
                    .related(first.value.mark, "the other number")
                    .help("both are kept and shown; if they measure different things, give each a `scope`"),
            );
        }
    }
}

fn difference(a: &Amount, b: &Amount) -> String {
    if a.unit != b.unit {
        return String::new();
    }
    let apart = (b.value - a.value).abs();
    let share = if a.value.is_zero() {
        None
    } else {
        Some((apart / a.value.abs() * Decimal::ONE_HUNDRED).round_dp(1))
    };
    let share = share.map(|s| format!(", {} %", s.normalize())).unwrap_or_default();
    format!(" (apart by {}{share})", Amount::exact(apart, a.unit))
}

/// A margin can be negative and a growth above 100; a share of a whole cannot.
fn percentages(book: &Book, found: &mut Vec<Diagnostic>) {
    for figure in &book.figures {
        let share =
            matches!(figure.metric.as_str(), "gross_margin" | "loan_to_value" | "unlisted_share" | "share");
        if share && figure.value.unit == Unit::Percent && figure.value.most > Decimal::ONE_HUNDRED {
            found.push(
                Diagnostic::new(Code::ShareOverWhole, figure.value.mark, "a share of more than the whole")
                    .help("a share is at most \"100 %\""),
            );
        }
    }
}
