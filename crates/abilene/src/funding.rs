//! Who funds whom: pair by pair, the outside included, and what the funded pay the funder back as purchases.

use std::collections::BTreeMap;

use abilene_flows::{Basis, Kind, Projection};
use abilene_ledger::{Class, Instrument};
use abilene_quantity::{Decimal, Span};
use serde::Serialize;

use crate::loops::{LegPart, Part, part_of};
use crate::money::{Scale, Sum};

/// Everything that one party puts into another.
#[derive(Clone, Debug, Serialize)]
pub struct FundingRow {
    /// Who pays.
    pub funder: String,
    /// Its name.
    pub funder_name: String,
    /// Who receives.
    pub funded: String,
    /// Its name.
    pub funded_name: String,
    /// Signed, drawn, closed or completed.
    pub firm: Sum,
    /// Only announced.
    pub announced: Sum,
    /// What the funded pays the funder for purchases, firm and announced, in the same span.
    pub purchases_back: Sum,
    /// The legs, largest first.
    pub legs: Vec<LegPart>,
}

#[derive(Default)]
struct Pair {
    firm: Decimal,
    announced: Decimal,
    legs: BTreeMap<usize, (Decimal, bool)>,
}

/// Pairs with any funding in the span, most firm and announced money first. What is handed out to owners
/// (distributions) or paid back is not funding.
pub(crate) fn funding(projection: &Projection, scale: &Scale, span: Span) -> Vec<FundingRow> {
    let mut pairs: BTreeMap<(usize, usize), Pair> = BTreeMap::new();
    let mut purchases: BTreeMap<(usize, usize), Decimal> = BTreeMap::new();
    for flow in projection.within(span).filter(|flow| flow.kind == Kind::Committed) {
        let leg = projection.legs[flow.leg].leg;
        let class = leg.instrument.value.class();
        if class == Class::Purchase {
            *purchases.entry((flow.payer, flow.payee)).or_default() += flow.on(Basis::Both);
        }
        let returns = leg.repays.is_some() || leg.instrument.value == Instrument::Distribution;
        if class != Class::Funding || returns {
            continue;
        }
        let pair = pairs.entry((flow.payer, flow.payee)).or_default();
        pair.firm += flow.firm;
        pair.announced += flow.announced;
        let part = pair.legs.entry(flow.leg).or_default();
        part.0 += flow.on(Basis::Both);
        part.1 |= flow.timing == abilene_flows::Timing::Assumed;
    }
    pairs.retain(|_, pair| pair.firm + pair.announced > Decimal::ZERO);
    let mut rows: Vec<((usize, usize), Pair)> = pairs.into_iter().collect();
    rows.sort_by_key(|(ends, pair)| (std::cmp::Reverse(pair.firm + pair.announced), *ends));
    rows.into_iter()
        .map(|(ends, pair)| {
            let back = purchases.get(&(ends.1, ends.0)).copied().unwrap_or_default();
            row(projection, scale, ends, &pair, back)
        })
        .collect()
}

fn row(
    projection: &Projection,
    scale: &Scale,
    ends: (usize, usize),
    pair: &Pair,
    back: Decimal,
) -> FundingRow {
    let parties = &projection.view.book.parties;
    let (funder, funded) = (&parties[ends.0], &parties[ends.1]);
    let mut legs: Vec<(usize, Decimal, bool)> =
        pair.legs.iter().map(|(leg, (amount, assumed))| (*leg, *amount, *assumed)).collect();
    legs.sort_by_key(|(leg, amount, _)| (std::cmp::Reverse(*amount), *leg));
    let part = |(leg, amount, assumed): (usize, Decimal, bool)| {
        let part = Part { leg, payer: ends.0, payee: ends.1, kind: Kind::Committed, amount, assumed };
        part_of(projection, scale, &part)
    };
    FundingRow {
        funder: funder.id.value.clone(),
        funder_name: funder.name.clone(),
        funded: funded.id.value.clone(),
        funded_name: funded.name.clone(),
        firm: scale.sum(pair.firm),
        announced: scale.sum(pair.announced),
        purchases_back: scale.sum(back),
        legs: legs.into_iter().map(part).collect(),
    }
}
