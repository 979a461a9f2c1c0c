//! Proposals as TOML of the ledger.

use abilene_quantity::{Amount, Date, Decimal, parse_date};

use crate::accept::{AcceptError, instrument, slug};
use crate::out::{DealOut, Document, Place};

fn status(name: &str) -> &'static str {
    match name {
        "signed" => "signed",
        "completed" | "past" => "completed",
        "rumoured" | "denied" => "rumoured",
        "terminated" => "terminated",
        _ => "announced",
    }
}

pub(crate) fn leg_text(
    id: &str,
    (payer, payee): (&str, &str),
    deal: &DealOut,
    amount: Option<&str>,
    (from, paid): (Option<Date>, Option<Date>),
) -> String {
    let mut text = format!(
        "[[deal.leg]]\nid = {}\npayer = {}\npayee = {}\ninstrument = {}\n",
        quoted(id),
        quoted(payer),
        quoted(payee),
        quoted(instrument(deal.instrument))
    );
    if matches!(deal.instrument, "equity_grant" | "warrant") {
        text.push_str("form = \"in kind\"\n");
    }
    if let Some(amount) = amount {
        text.push_str(&format!("amount = {}\n", quoted(amount)));
    }
    if let Some(day) = amount.and(paid) {
        text.push_str(&format!(
            "schedule = {{ kind = \"once\", on = {day}, assumed = \"no dates told; put on the day of the document\" }}\n"
        ));
    }
    if let Some(condition) = deal.condition.as_ref().filter(|told| !told.starts_with("stated as")) {
        text.push_str(&format!("condition = {}\n", quoted(condition)));
    }
    if let Some(from) = from {
        text.push_str(&format!("known_from = {from}\n"));
    }
    text
}

pub(crate) fn state(document: &Document, deal: &DealOut, day: Date) -> String {
    let told = deal.date.as_deref().filter(|date| !day.to_string().starts_with(*date));
    let agreed = told.map(|date| format!("agreed {date}, as this document tells"));
    let notes: Vec<String> = agreed
        .into_iter()
        .chain(together("paid by", &deal.payer))
        .chain(together("paid to", &deal.payee))
        .collect();
    let note =
        if notes.is_empty() { String::new() } else { format!("note = {}\n", quoted(&notes.join("; "))) };
    format!(
        "[[deal.state]]\ndate = {day}\nstatus = {}\n{note}sources = [{}]\n",
        quoted(status(deal.status)),
        quoted(&cite(document, deal.span))
    )
}

/// `paid by A together with B`: a leg has one payer, so the others stand in a note.
fn together(how: &str, names: &[String]) -> Option<String> {
    let (first, others) = names.split_first()?;
    (!others.is_empty()).then(|| {
        format!("{how} {first} together with {}; how it is shared is not told", others.join(" and "))
    })
}

/// `id#c331-339`, or `id#p. 3, c1200-1212` for a PDF.
pub(crate) fn cite(document: &Document, place: Place) -> String {
    let page = document.text.pages.iter().filter(|start| **start <= place[0]).count();
    let page = if page > 0 { format!("p. {page}, ") } else { String::new() };
    format!("{}#{page}c{}-{}", slug(&document.id), place[0], place[1])
}

pub(crate) fn day(document: &Document) -> Result<Date, AcceptError> {
    document.date.as_deref().and_then(parse_date).ok_or(AcceptError::NoDate)
}

pub(crate) fn toml_date(day: Date) -> toml_edit::Value {
    day.to_string()
        .parse::<toml_edit::Datetime>()
        .map_or_else(|_| toml_edit::Value::from(day.to_string()), toml_edit::Value::from)
}

pub(crate) fn trust(confidence: Decimal) -> &'static str {
    if confidence >= Decimal::new(85, 2) { "medium" } else { "low" }
}

pub(crate) fn amount(deal: &DealOut) -> Result<String, AcceptError> {
    let (low, high) = (
        deal.amount_low.map_or(Decimal::ZERO, |low| low.0),
        deal.amount_high.map_or(Decimal::ZERO, |high| high.0),
    );
    let unit = match deal.unit.unwrap_or_default() {
        "t" | "count" => "units",
        other => other,
    };
    written(low, high, deal.qualifier.unwrap_or("exact"), unit)
}

/// An amount as the ledger writes it.
pub(crate) fn written(
    low: Decimal,
    high: Decimal,
    qualifier: &str,
    unit: &str,
) -> Result<String, AcceptError> {
    let word = match qualifier {
        "max" => "up to ",
        "min" => "at least ",
        "approx" => "about ",
        _ => "",
    };
    let text = if low == high {
        format!("{word}{} {unit}", low.normalize())
    } else {
        format!("{} to {} {unit}", low.normalize(), high.normalize())
    };
    let parsed = Amount::parse(&text).map_err(|error| AcceptError::Unfit(error.to_string()))?;
    Ok(parsed.to_string().replace(',', ""))
}

/// Quotes a text for TOML.
pub(crate) fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string().trim().to_owned()
}
