//! Loops and steps as sentences a person understands.

use abilene_ledger::{Book, Instrument};

use crate::loops::{LegPart, StepAnswer};
use crate::money::Scale;

/// What the payer does, with the amount and the payee's name: `invests 10 bn USD in Lumen`.
fn clause(instrument: Instrument, expected: bool, amount: &str, payee: &str) -> String {
    if expected {
        return format!("is expected to buy {amount} of supplies from {payee}");
    }
    match instrument {
        Instrument::Equity => format!("invests {amount} in {payee}"),
        Instrument::JointVenture => format!("puts {amount} into {payee}"),
        Instrument::Loan | Instrument::Bond | Instrument::VendorLoan => format!("lends {amount} to {payee}"),
        Instrument::Grant => format!("grants {amount} to {payee}"),
        Instrument::Acquisition => format!("pays {amount} to {payee} for a company"),
        Instrument::Distribution => format!("hands {amount} out to {payee}"),
        Instrument::CapacityContract | Instrument::CapacitySwap => {
            format!("pays {payee} {amount} for capacity")
        }
        Instrument::GoodsPurchase => format!("buys {amount} of goods from {payee}"),
        Instrument::Lease => format!("pays {payee} {amount} in rent"),
        Instrument::RevenueShare => format!("pays {payee} {amount} as a share of revenue"),
        Instrument::Licence | Instrument::Royalty => format!("pays {payee} {amount} for licences"),
        Instrument::PowerPurchase => format!("buys {amount} of power from {payee}"),
        Instrument::Guarantee | Instrument::Warrant | Instrument::Other => format!("pays {payee} {amount}"),
    }
}

/// One step: its parts by instrument, largest first, joined by `and`.
fn step(book: &Book, scale: &Scale, step: &StepAnswer) -> String {
    let payee = book.name(&step.payee);
    let mut parts: Vec<(Instrument, bool, abilene_quantity::Decimal)> = Vec::new();
    for LegPart { instrument, expected, amount, .. } in &step.legs {
        match parts.iter_mut().find(|part| part.0 == *instrument && part.1 == *expected) {
            Some(part) => part.2 += amount.value,
            None => parts.push((*instrument, *expected, amount.value)),
        }
    }
    parts.sort_by_key(|part| std::cmp::Reverse(part.2));
    let clauses: Vec<String> = parts
        .iter()
        .map(|(what, expected, value)| clause(*what, *expected, &scale.sum(*value).text, payee))
        .collect();
    clauses.join(" and ")
}

/// The whole loop, the step that starts it first: who invests, which pays whom, …
pub(crate) fn loop_sentence(book: &Book, scale: &Scale, steps: &[StepAnswer], bottleneck: &str) -> String {
    let Some(first) = steps.first() else { return String::new() };
    let rest: Vec<String> = steps.iter().map(|s| step(book, scale, s)).collect();
    format!("{} {}; {bottleneck} can go all the way round.", book.name(&first.payer), rest.join(", which "))
}
