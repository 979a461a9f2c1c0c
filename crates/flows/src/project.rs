//! From legs to flows.

use abilene_ledger::{Class, Firmness, Form, LegView, Schedule, ShareOf, View};
use abilene_quantity::{Amount, Currency, Date, Decimal, Quarter, Span, Unit};

use crate::figures::over;
use crate::flow::{Apart, Flow, Kind, Projection, Reason, Timing};
use crate::schedule::{Parts, deliveries, parts};

/// Lays every leg of a view on dates.
pub fn project<'v, 'b>(view: &'v View<'b>) -> Projection<'v, 'b> {
    let mut projection = Projection { view, legs: Vec::new(), flows: Vec::new(), apart: Vec::new() };
    for leg in view.deals.iter().flat_map(|deal| &deal.legs) {
        let at = projection.legs.len();
        projection.legs.push(*leg);
        commit(&mut projection, at, leg);
        expect(&mut projection, at, leg);
    }
    projection.flows.sort_by_key(|flow| (flow.date, flow.leg));
    projection
}

/// The payments that the leg itself promises, or why there are none.
fn commit(projection: &mut Projection, at: usize, leg: &LegView) {
    let view = projection.view;
    let told = leg.leg.amount.as_ref().map(|at| at.value);
    let (total, currency) = match told.map(|amount| (amount, amount.unit)) {
        Some((amount, Unit::Money(currency))) => (Some(amount), currency),
        Some(_) => (None, view.book.case.currency),
        None => (None, schedule_currency(leg).unwrap_or(view.book.case.currency)),
    };
    let value = total.and_then(|amount| view.convert(amount.most, currency, view.as_of));
    let mut apart = |reason, amount| projection.apart.push(Apart { leg: at, reason, amount });
    if leg.leg.form == Some(Form::InKind) {
        return apart(Reason::InKind, value);
    }
    if leg.leg.instrument.value.class() == Class::Contingent {
        return apart(Reason::Contingent, value);
    }
    if leg.firmness == Firmness::Rumoured {
        return apart(Reason::Rumoured, value);
    }
    // An ended leg has paid what fell due while it was in force, if it bound at all.
    if leg.ended.is_some() && leg.firmness != Firmness::Firm {
        return apart(Reason::Ended, value);
    }
    let Some(schedule) = leg.leg.schedule.as_ref().map(|at| &at.value) else {
        return apart(if total.is_some() { Reason::Undated } else { Reason::Unpriced }, value);
    };
    let dated = match schedule {
        Schedule::Share(share) => shares(view, share, leg.ended),
        other => parts(other, total.map(|amount| amount.most), leg.ended),
    };
    if dated.is_empty() {
        return apart(if total.is_some() { Reason::Undated } else { Reason::Unpriced }, value);
    }
    if view.convert(Decimal::ONE, currency, view.as_of).is_none() {
        return apart(Reason::NoRate, None);
    }
    let timing = timing(leg, schedule);
    pay(projection, at, leg, total, currency, &dated, timing);
}

fn timing(leg: &LegView, schedule: &Schedule) -> Timing {
    let assumed = schedule.assumed().is_some() || leg.leg.assumed.is_some();
    if assumed { Timing::Assumed } else { Timing::Stated }
}

/// A recurring or milestone schedule tells the currency where the leg tells no amount.
fn schedule_currency(leg: &LegView) -> Option<Currency> {
    let amount = match &leg.leg.schedule.as_ref()?.value {
        Schedule::Recurring(recurring) => Some(&recurring.each),
        Schedule::Milestones(milestones) => milestones.each.as_ref(),
        Schedule::Tranches(tranches) => tranches.parts.first().map(|part| &part.amount),
        _ => None,
    };
    amount?.value.unit.currency()
}

/// Writes the dated parts as flows; what they leave of the amount is kept apart as undated.
fn pay(
    projection: &mut Projection,
    at: usize,
    leg: &LegView,
    total: Option<Amount>,
    currency: Currency,
    dated: &Parts,
    timing: Timing,
) {
    let view = projection.view;
    let sum: Decimal = dated.iter().map(|(_, part)| *part).sum();
    let (firm, announced) = match total {
        Some(amount) => leg.parts(&amount),
        None if leg.firmness == Firmness::Firm => (sum, Decimal::ZERO),
        None => (Decimal::ZERO, sum),
    };
    let whole = firm + announced;
    // The share first: amounts of very small currencies would leave the decimals in a product.
    let firm_share = if whole.is_zero() { Decimal::ZERO } else { firm / whole };
    let (Some(payer), Some(payee)) = ends(view, leg) else { return };
    let mut room = total.map(|amount| amount.most);
    for (date, part) in dated {
        if leg.ended.is_some_and(|ended| *date >= ended) {
            continue;
        }
        // A rounded recurring payment may reach a little above its amount, which is the most.
        let part = room.map_or(*part, |room| room.min(*part));
        room = room.map(|room| room - part);
        let Some(value) = view.convert(part, currency, *date) else { continue };
        let value = value.round_dp(2);
        let firm = (value * firm_share).round_dp(2);
        projection.flows.push(Flow {
            date: *date,
            payer,
            payee,
            leg: at,
            firm,
            announced: value - firm,
            timing,
            kind: Kind::Committed,
        });
    }
    let left = total.map_or(Decimal::ZERO, |amount| amount.most - sum);
    // Rounded totals of recurring payments leave a little: only a real remainder is worth telling.
    if left > whole * Decimal::new(2, 2) && leg.ended.is_none() {
        let amount = view.convert(left, currency, view.as_of);
        projection.apart.push(Apart { leg: at, reason: Reason::Undated, amount });
    }
}

fn ends(view: &View, leg: &LegView) -> (Option<usize>, Option<usize>) {
    (view.book.party_index(&leg.leg.payer), view.book.party_index(&leg.leg.payee))
}

/// A share of a party's revenue, paid at the end of each quarter up to the date of knowledge, as far as figures
/// go: what will be earned is not known, and is left to the outlook.
fn shares(view: &View, share: &ShareOf, ended: Option<Date>) -> Parts {
    let Some((party, metric)) = share.of.split_once(':') else { return Vec::new() };
    let rate = share.share.value.value / Decimal::ONE_HUNDRED;
    let last = ended.and_then(|day| day.yesterday().ok()).unwrap_or(view.as_of);
    let until = share.to.min(view.as_of).min(last);
    let mut dated = Vec::new();
    let mut quarter = Quarter::of(share.from);
    while quarter <= Quarter::of(until) && share.from <= until {
        let span = Span { from: quarter.first().max(share.from), to: quarter.last().min(until) };
        let measured = over(view, party, metric, span);
        if measured.days > 0 {
            dated.push((span.to, (measured.value * rate).round_dp(2)));
        }
        quarter = quarter.next();
    }
    dated
}

/// What the recipe of the leg makes its builder buy, or the buyer pay where the price is not told.
fn expect(projection: &mut Projection, at: usize, leg: &LegView) {
    let view = projection.view;
    let Some(recipe) = leg.leg.recipe.as_ref() else { return };
    let Some(recipe) = view.recipes.iter().find(|r| r.id.value == recipe.value) else { return };
    if leg.ended.is_some() || leg.firmness == Firmness::Rumoured || recipe.per.value.value.is_zero() {
        return;
    }
    let schedule = leg.leg.schedule.as_ref().map(|at| &at.value);
    // A purchase pays its own supplier; a contract for capacity makes its builder pay all suppliers.
    let buys = leg.leg.instrument.value == abilene_ledger::Instrument::GoodsPurchase;
    let payer = if buys { &leg.leg.payer } else { &leg.leg.payee };
    let Some(payer) = view.book.party_index(payer) else { return };
    for delivery in deliveries(&leg.leg.plan, schedule) {
        let units = delivery.power.value.value / recipe.per.value.value;
        for part in recipe.part.iter().filter(|part| !buys || part.payee.value == leg.leg.payee.value) {
            let Some(payee) = view.book.party_index(&part.payee).filter(|payee| *payee != payer) else {
                continue;
            };
            let value = part
                .amount
                .unit
                .currency()
                .and_then(|c| view.convert(middle(&part.amount) * units, c, delivery.on));
            let Some(value) = value else { continue };
            projection.flows.push(expected(delivery.on, payer, payee, at, value.round_dp(2), leg.firmness));
        }
    }
}

fn expected(date: Date, payer: usize, payee: usize, leg: usize, value: Decimal, firmness: Firmness) -> Flow {
    let (firm, announced) =
        if firmness == Firmness::Firm { (value, Decimal::ZERO) } else { (Decimal::ZERO, value) };
    Flow { date, payer, payee, leg, firm, announced, timing: Timing::Assumed, kind: Kind::Expected }
}

/// The middle of a range, the number otherwise.
fn middle(amount: &Amount) -> Decimal {
    (amount.value + amount.most) / Decimal::TWO
}
