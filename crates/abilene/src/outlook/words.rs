//! Words for outcomes, lines of the rule and ranges.

use abilene_ledger::{DriverRange, Shape};
use abilene_outlook::{DecidedBy, Outcome, Summary};

use super::run::Prepared;
use crate::money::percent;

/// An outcome in words.
pub fn outcome_text(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Bridge => "bridge",
        Outcome::Correction => "correction",
        Outcome::DebtTrap => "debt trap",
    }
}

/// The outcome that a line of the rule leads to, and the line.
pub fn decided_text(line: DecidedBy) -> (&'static str, &'static str) {
    match line {
        DecidedBy::AllMet => {
            ("bridge", "nobody defaults, contracts are served, customers cover costs, no new money")
        }
        DecidedBy::TrapServed => ("debt trap", "too little of the contracts is served"),
        DecidedBy::TrapLosses => ("debt trap", "a default, and others lose by it"),
        DecidedBy::Default => ("correction", "a default that others bear"),
        DecidedBy::Served => ("correction", "too little of the contracts is served for a bridge"),
        DecidedBy::Coverage => ("correction", "customers do not cover what is owed outside"),
        DecidedBy::NewMoney => ("correction", "it still takes new money at the end"),
    }
}

/// The odds in one line, with who fails first.
pub(super) fn sentence(prepared: &Prepared, summary: &Summary) -> String {
    let part =
        |outcome: Outcome| summary.odds.iter().find(|odds| odds.outcome == outcome).map_or(0.0, |o| o.part);
    let last = prepared.calendar.name(prepared.calendar.quarters);
    let first = summary.parties.iter().enumerate().max_by(|a, b| a.1.first.total_cmp(&b.1.first));
    let first = first.filter(|(_, party)| party.first > 0.0).map_or_else(
        || String::from("nobody fails"),
        |(at, party)| {
            format!(
                "the first to fail is most often {} ({} of paths)",
                prepared.name(at as u32),
                percent(party.first)
            )
        },
    );
    format!(
        "To {last}: bridge {}, correction {}, debt trap {}; {first}.",
        percent(part(Outcome::Bridge)),
        percent(part(Outcome::Correction)),
        percent(part(Outcome::DebtTrap)),
    )
}

/// A range as told: `lognormal, 300 to 1200 (10 % to 90 %)`.
pub(super) fn range_text(range: &DriverRange) -> String {
    let numbers = range.numbers().unwrap_or_default();
    let told: Vec<String> = numbers.iter().map(|number| number.normalize().to_string()).collect();
    let shape = range.shape.value;
    match (shape, told.as_slice()) {
        (Shape::Pinned, [value]) => format!("{value}, pinned"),
        (Shape::Normal | Shape::Lognormal | Shape::Loglogistic, [low, high]) => {
            format!("{shape}, {low} to {high} (10 % to 90 %)")
        }
        (_, [low, mode, high]) => format!("{shape}, {low} to {high}, most likely {mode}"),
        (_, [low, high]) => format!("{shape}, {low} to {high}"),
        _ => shape.to_string(),
    }
}
