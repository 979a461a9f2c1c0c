//! Legs and states: who pays whom, in which unit, in which order.

use abilene_quantity::{Amount, Decimal, Unit};

use crate::book::Book;
use crate::check::Unread;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Deal, Leg};
use crate::text::At;

pub(super) fn check(book: &Book, unread: &Unread, found: &mut Vec<Diagnostic>) {
    for deal in &book.deals {
        if (deal.leg.is_empty() || deal.state.is_empty()) && !unread.at(deal.mark) {
            let missing = if deal.leg.is_empty() { "leg" } else { "state" };
            found.push(
                Diagnostic::new(Code::EmptyDeal, deal.id.mark, format!("this deal has no {missing}"))
                    .help(format!("add a [[deal.{missing}]] below it")),
            );
        }
        states_in_order(deal, found);
        for leg in &deal.leg {
            check_leg(book, deal, leg, found);
        }
    }
    for figure in &book.figures {
        if let Unit::Money(currency) = figure.value.unit
            && book.convert(Decimal::ONE, currency, figure.published).is_none()
        {
            found.push(no_rate(book, &figure.value));
        }
    }
    if book.case.start >= book.case.horizon {
        found.push(
            Diagnostic::new(Code::DatesOutOfOrder, book.case.mark, "the case starts after its horizon")
                .help("set `start` to a day before `horizon`"),
        );
    }
    for party in &book.parties {
        if let Some(source) = &party.parent
            && source.value == party.id.value
        {
            found.push(Diagnostic::new(Code::SelfPayment, source.mark, "a party cannot own itself"));
        }
    }
}

fn check_leg(book: &Book, deal: &Deal, leg: &Leg, found: &mut Vec<Diagnostic>) {
    if leg.payer.value == leg.payee.value {
        found.push(
            Diagnostic::new(
                Code::SelfPayment,
                leg.payee.mark,
                format!("\"{}\" pays itself", leg.payer.value),
            )
            .related(leg.payer.mark, "the payer")
            .help("the payer is who gives the money or the thing; the payee is who gets it"),
        );
    }
    for amount in [&leg.amount, &leg.firm].into_iter().flatten() {
        money(book, deal, amount, found);
    }
    if let (Some(firm), Some(amount)) = (&leg.firm, &leg.amount)
        && firm.value.value > amount.most
    {
        found.push(
            Diagnostic::new(Code::ShareOverWhole, firm.mark, "the committed part is larger than the whole")
                .related(amount.mark, "the whole")
                .help("`firm` is the part of `amount` that is committed"),
        );
    }
    if let Some(power) = &leg.power {
        expect_power(power, found);
    }
    known_in_time(deal, leg, found);
}

/// Money in a currency that can be converted to the case's own.
pub(super) fn money(book: &Book, deal: &Deal, amount: &At<Amount>, found: &mut Vec<Diagnostic>) {
    let day = deal.state.first().map_or(book.case.as_of, |state| state.date.value);
    if amount.value.value.is_sign_negative() {
        found.push(
            Diagnostic::new(Code::BadAmount, amount.mark, "a payment cannot be negative")
                .help("turn payer and payee round"),
        );
    }
    if let Some(per) = amount.per {
        found.push(
            Diagnostic::new(
                Code::WrongUnit,
                amount.mark,
                format!("expected a total, found so much for each {per}"),
            )
            .help("write the total, or a schedule { kind = \"recurring\", each = …, every = … }"),
        );
    }
    match amount.unit {
        Unit::Money(currency) if book.convert(Decimal::ONE, currency, day).is_none() => {
            found.push(no_rate(book, amount));
        }
        Unit::Money(_) | Unit::Count(_) => {}
        other => found.push(
            Diagnostic::new(Code::WrongUnit, amount.mark, format!("expected money, found {other}"))
                .help("write what is paid, such as \"10 bn USD\"; gigawatts go to `power`"),
        ),
    }
}

pub(super) fn expect_power(power: &At<Amount>, found: &mut Vec<Diagnostic>) {
    if power.unit != Unit::Power || power.value.value.is_sign_negative() {
        found.push(
            Diagnostic::new(Code::WrongUnit, power.mark, format!("expected power, found {}", power.unit))
                .help("write gigawatts or megawatts, such as \"4.5 GW\""),
        );
    }
}

fn no_rate(book: &Book, amount: &At<Amount>) -> Diagnostic {
    let (from, to) = (amount.unit, book.case.currency);
    Diagnostic::new(Code::NoRate, amount.mark, format!("no rate leads from {from} to {to}"))
        .help(format!("add to fx.toml: [[rate]] date = 2025-12-31, rate = \"1 {to} = … {from}\""))
}

fn states_in_order(deal: &Deal, found: &mut Vec<Diagnostic>) {
    for pair in deal.state.windows(2) {
        if pair[1].date.value < pair[0].date.value {
            found.push(
                Diagnostic::new(
                    Code::DatesOutOfOrder,
                    pair[1].date.mark,
                    "this state is older than the one above it",
                )
                .related(pair[0].date.mark, "later than this")
                .help("write the states in the order of their dates"),
            );
        }
    }
}

fn known_in_time(deal: &Deal, leg: &Leg, found: &mut Vec<Diagnostic>) {
    if let (Some(from), Some(until)) = (&leg.known_from, &leg.until)
        && until.value <= from.value
    {
        found.push(
            Diagnostic::new(Code::DatesOutOfOrder, until.mark, "the leg ends before it is known")
                .related(from.mark, "known from here")
                .help("`until` is the day on which something else took its place"),
        );
    }
    if let Some(from) = &leg.known_from
        && !deal.state.iter().any(|state| state.date.value == from.value)
    {
        found.push(
            Diagnostic::new(Code::KnownTooEarly, from.mark, "no state of this deal has that date")
                .related(deal.id.mark, "of this deal")
                .help("a leg becomes known by a state: add the state, or take the date of one"),
        );
    }
}
