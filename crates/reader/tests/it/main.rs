//! The reader, from bytes to proposals.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod accept;
mod amounts;
mod blind;
mod bytes;
mod endpoint;
mod hostile;
mod shared;
mod tables;
mod texts;
mod western;

use abilene_reader::{Document, Options, Reading, read};

/// Reads a text with a date.
pub fn reading(text: &str, date: &str) -> Reading {
    let options = Options { date: Some(date.to_owned()), threshold: 50, ..Options::default() };
    read(text.as_bytes(), "text", &options).unwrap()
}

/// The document of a text.
pub fn document(text: &str, date: &str) -> Document {
    reading(text, date).document
}

/// `payer > payee amount unit instrument` of each deal.
pub fn told(document: &Document) -> Vec<String> {
    let line = |deal: &abilene_reader::out::DealOut| {
        let amount = deal.amount.map_or(String::from("?"), |amount| amount.0.normalize().to_string());
        let (payer, payee) = (deal.payer.join("+"), deal.payee.join("+"));
        format!("{payer} > {payee} {amount} {} {}", deal.unit.unwrap_or("?"), deal.instrument)
    };
    document.deals.iter().map(line).collect()
}
