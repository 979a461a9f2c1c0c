//! The same with dates: loops that can be gone round in time, and money invested first that comes back as
//! purchases after.

use abilene_flows::{Basis, Flow, Kind, Projection, vendor_financing};
use abilene_ledger::Book;
use abilene_quantity::{Date, Decimal, days_between};
use serde::Serialize;

use crate::evidence::leg_label;
use crate::money::{Scale, Sum};
use crate::web::Web;

/// When a loop can be gone round with each payment after the one that can have funded it.
#[derive(Clone, Debug, Serialize)]
pub struct LoopInTime {
    /// Who pays first, by name.
    pub starts_with: String,
    /// The first payment.
    pub first: Date,
    /// The payment that closes the loop.
    pub last: Date,
}

/// A round of a loop in which every payment is later than the one before; `None` when there is none.
///
/// Told from the first step where a round can start there, for that step funds the others; else from the start
/// that closes first. From each start the first payment is taken, and then each time the next later one:
/// whatever round exists from that start, this one closes no later (an exchange argument on days).
pub(crate) fn in_time(web: &Web, steps: &[Vec<u32>], book: &Book) -> Option<LoopInTime> {
    let days: Vec<Vec<Date>> = steps.iter().map(|step| days_of(web, step)).collect();
    let round = |start: usize| -> Option<(Date, Date, usize)> {
        let first = *days[start].first()?;
        let mut last = first;
        for offset in 1..steps.len() {
            let next = &days[(start + offset) % steps.len()];
            last = *next.iter().find(|day| **day > last)?;
        }
        Some((last, first, start))
    };
    let (last, first, start) = round(0).or_else(|| (1..steps.len()).filter_map(round).min())?;
    let payer = web.edges[*steps[start].first()? as usize].key.payer;
    Some(LoopInTime { starts_with: book.parties[payer].name.clone(), first, last })
}

fn days_of(web: &Web, step: &[u32]) -> Vec<Date> {
    let mut days: Vec<Date> =
        step.iter().flat_map(|edge| web.edges[*edge as usize].payments.iter().map(|(day, _)| *day)).collect();
    days.sort();
    days.dedup();
    days
}

/// Funding by a supplier, and the purchases that reach it afterwards.
#[derive(Clone, Debug, Serialize)]
pub struct InvestFirst {
    /// Who invests.
    pub vendor: String,
    /// Its name.
    pub vendor_name: String,
    /// Who is funded.
    pub customer: String,
    /// The funding leg.
    pub leg: String,
    /// In words.
    pub label: String,
    /// How far it binds.
    pub firmness: &'static str,
    /// How much, firm and announced.
    pub invested: Sum,
    /// The first payment of it.
    pub first_paid: Date,
    /// When the funding became known.
    pub known_from: Date,
    /// The purchases back to the vendor, step by step, in words.
    pub chain: Vec<String>,
    /// What the narrowest step of the chain pays after that day.
    pub purchases_after: Sum,
    /// Days from the funding to the first purchase that can have been paid with it and reaches the vendor.
    pub gap_days: i64,
    /// When the last link of the chain became known.
    pub chain_known_from: Date,
}

/// Every case of it on firm and announced payments, most invested first.
pub(crate) fn invest_first(projection: &Projection, scale: &Scale) -> Vec<InvestFirst> {
    let mut paid_by: Vec<Vec<&Flow>> = vec![Vec::new(); projection.legs.len()];
    for flow in projection.flows.iter().filter(|flow| flow.kind == Kind::Committed) {
        paid_by[flow.leg].push(flow);
    }
    let mut rows: Vec<InvestFirst> = vendor_financing(projection, Basis::Both)
        .into_iter()
        .filter_map(|found| {
            let leg = &projection.legs[found.leg];
            let paid = paid_by[found.leg].first()?.date;
            let (after, reached) = purchases_after(&paid_by, &found.chain, paid)?;
            let legs = || found.chain.iter().flatten().copied();
            Some(InvestFirst {
                vendor: leg.leg.payer.value.clone(),
                vendor_name: projection.view.book.name(&leg.leg.payer).to_owned(),
                customer: leg.leg.payee.value.clone(),
                leg: leg.id(),
                label: leg_label(projection, found.leg),
                firmness: leg.firmness.text(),
                invested: scale.sum(found.amount),
                first_paid: paid,
                known_from: leg.known_from,
                chain: legs().map(|at| leg_label(projection, at)).collect(),
                purchases_after: scale.sum(after),
                gap_days: days_between(paid, reached),
                chain_known_from: legs().map(|at| projection.legs[at].known_from).max()?,
            })
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.invested.value));
    rows
}

/// What the narrowest step of a chain pays after a day, and the first day on which the last step can have been
/// reached by money that left on that day.
fn purchases_after(paid_by: &[Vec<&Flow>], chain: &[Vec<usize>], paid: Date) -> Option<(Decimal, Date)> {
    let mut narrowest: Option<Decimal> = None;
    let mut day = paid;
    for legs in chain {
        let later = legs.iter().flat_map(|leg| &paid_by[*leg]).filter(|flow| flow.date > day);
        let total: Decimal = later.clone().map(|flow| flow.on(Basis::Both)).sum();
        day = later.map(|flow| flow.date).min()?;
        narrowest = Some(narrowest.map_or(total, |least| least.min(total)));
    }
    Some((narrowest?, day))
}
