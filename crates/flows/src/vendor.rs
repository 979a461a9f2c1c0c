//! Vendor financing: funding by a party that the funded one buys from, directly or through others.

use std::collections::{BTreeMap, VecDeque};

use abilene_ledger::Class;
use abilene_quantity::Decimal;

use crate::flow::{Basis, Kind, Projection};

/// A leg that funds a customer of the one who pays it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VendorFinancing {
    /// The funding leg, by place in [`Projection::legs`].
    pub leg: usize,
    /// The shortest chain of purchases from the funded party back to the funder: for each step its legs.
    pub chain: Vec<Vec<usize>>,
    /// Total of the funding on the basis asked for, over all dates.
    pub amount: Decimal,
}

/// Longest chain of purchases that is still told: customer, cloud, builder, vendor.
const LONGEST_CHAIN: usize = 3;

/// The legs by which each party buys from each other: payer, then payee, then legs.
type Purchases = Vec<BTreeMap<usize, Vec<usize>>>;

/// Every funding leg from whose payee purchases lead back to its payer, within three steps.
///
/// This is *invest first, purchase after* without its dates: who is funded by a supplier. Only what deals
/// promise counts; purchases that recipes expect make nobody a customer.
pub fn vendor_financing(projection: &Projection, basis: Basis) -> Vec<VendorFinancing> {
    let mut totals = vec![Decimal::ZERO; projection.legs.len()];
    let mut purchases: Purchases = vec![BTreeMap::new(); projection.view.book.parties.len()];
    let committed = projection.flows.iter().filter(|flow| flow.kind == Kind::Committed);
    for flow in committed.filter(|flow| flow.on(basis) > Decimal::ZERO && projection.circulates(flow)) {
        if projection.legs[flow.leg].leg.instrument.value.class() == Class::Funding {
            totals[flow.leg] += flow.on(basis);
            continue;
        }
        let legs = purchases[flow.payer].entry(flow.payee).or_default();
        if !legs.contains(&flow.leg) {
            legs.push(flow.leg);
        }
    }
    let book = projection.view.book;
    let funding = totals.iter().enumerate().filter(|(_, total)| **total > Decimal::ZERO);
    funding
        .filter_map(|(leg, total)| {
            let row = projection.legs[leg].leg;
            let (funder, funded) = (book.party_index(&row.payer)?, book.party_index(&row.payee)?);
            let chain = shortest_chain(&purchases, funded, funder)?;
            Some(VendorFinancing { leg, chain, amount: *total })
        })
        .collect()
}

fn shortest_chain(purchases: &Purchases, from: usize, to: usize) -> Option<Vec<Vec<usize>>> {
    let mut came: Vec<Option<usize>> = vec![None; purchases.len()];
    let mut queue = VecDeque::from([(from, 0)]);
    while let Some((party, steps)) = queue.pop_front() {
        if party == to && steps > 0 {
            return Some(unwind(purchases, &came, from, to));
        }
        if steps == LONGEST_CHAIN {
            continue;
        }
        for next in purchases[party].keys().copied().filter(|next| *next != from) {
            if came[next].is_none() {
                came[next] = Some(party);
                queue.push_back((next, steps + 1));
            }
        }
    }
    None
}

fn unwind(purchases: &Purchases, came: &[Option<usize>], from: usize, to: usize) -> Vec<Vec<usize>> {
    let mut chain = Vec::new();
    let mut at = to;
    while at != from {
        let Some(before) = came[at] else { break };
        chain.push(purchases[before].get(&at).cloned().unwrap_or_default());
        at = before;
    }
    chain.reverse();
    chain
}
