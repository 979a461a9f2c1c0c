//! Who pays, receives and loses what.

use std::collections::BTreeMap;

use abilene_clearing::{Clearing, greatest, least};
use serde::Serialize;

use super::answer::{ById, Case};
use super::file::OUTSIDE;
use crate::fields::Read;

/// Greatest and least solution; the greatest counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClearingAnswer {
    /// The solution in which most is paid.
    pub greatest: Side,
    /// The solution in which least is paid.
    pub least: Side,
    /// Are the two the same?
    pub unique: bool,
    /// Who fails in which round of the greatest: the first by its own fault, the others by contagion.
    pub rounds: Vec<Vec<String>>,
    /// What is owed and not paid in the greatest.
    pub unpaid_total: f64,
}

/// One solution, in the money units of the file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Side {
    /// What each pays.
    pub payments: ById,
    /// What each receives from obligations.
    pub receipts: ById,
    /// Worth of each to its owners.
    pub equities: ById,
    /// Paid part of dues; 1 where nothing is owed.
    pub recoveries: ById,
    /// What each loses.
    pub losses: ById,
    /// Who is in default.
    pub defaulted: Vec<String>,
    /// Worth of the shares each holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holdings_value: Option<ById>,
    /// Equity that no node holds; these add up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub equity_held_outside: Option<ById>,
    /// Payments by rank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payments_by_class: Option<BTreeMap<String, ById>>,
    /// Paid part by rank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recoveries_by_class: Option<BTreeMap<String, ById>>,
    /// What default costs destroy.
    pub lost_to_costs: f64,
}

pub(super) fn clear(case: &Case<'_>) -> Read<ClearingAnswer> {
    let high = greatest(&case.network, &case.assets).map_err(|error| case.wrong(error))?;
    let low = least(&case.network, &case.assets).map_err(|error| case.wrong(error))?;
    Ok(ClearingAnswer {
        unique: high.clearing.agrees(&low, &case.network),
        rounds: case.rounds(&high.rounds),
        unpaid_total: high.clearing.unpaid_total(&case.network),
        greatest: side(case, &high.clearing),
        least: side(case, &low),
    })
}

fn side(case: &Case<'_>, clearing: &Clearing) -> Side {
    let network = &case.network;
    let held = !case.file.holdings.is_empty();
    let outside_shares: Vec<f64> = (0..network.parties())
        .map(|party| clearing.equities[party] * (1.0 - network.share_held(party)))
        .collect();
    let ranked = network.classes() > 1;
    Side {
        payments: case.by_id(&clearing.paid(network)),
        receipts: case.with_outside(&clearing.receipts, clearing.outside_receipts),
        equities: case.by_id(&clearing.equities),
        recoveries: case.recoveries(clearing),
        losses: losses(case, clearing),
        defaulted: case.names(&clearing.defaulted),
        holdings_value: held.then(|| case.by_id(&clearing.holdings_value)),
        equity_held_outside: held.then(|| case.by_id(&outside_shares)),
        payments_by_class: ranked.then(|| by_class(case, &clearing.payments)),
        recoveries_by_class: ranked.then(|| by_class(case, &clearing.recoveries)),
        lost_to_costs: clearing.lost_to_costs,
    }
}

/// Owed less received, summed by obligation, so that what is paid in full loses exactly nothing.
fn losses(case: &Case<'_>, clearing: &Clearing) -> ById {
    let mut losses = case.with_outside(&vec![0.0; case.network.parties()], 0.0);
    let ranks = case.file.ranks();
    for one in &case.file.obligations {
        let class = ranks.iter().position(|rank| *rank == one.seniority).unwrap_or(0);
        let unpaid = 1.0 - clearing.recoveries[one.debtor * case.network.classes() + class];
        let creditor = one.creditor.map_or(OUTSIDE, |at| &case.file.nodes[at].id);
        if let Some(loss) = losses.get_mut(creditor) {
            *loss += one.amount * unpaid;
        }
    }
    losses
}

fn by_class(case: &Case<'_>, values: &[f64]) -> BTreeMap<String, ById> {
    let ranks = case.file.ranks();
    let row =
        |values: &[f64]| ranks.iter().zip(values).map(|(rank, value)| (rank.to_string(), *value)).collect();
    let parties = values.chunks(case.network.classes()).enumerate();
    parties.map(|(party, values)| (case.id(party), row(values))).collect()
}
