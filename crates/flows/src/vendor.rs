//! Vendor financing: funding by a party that the funded one buys from, directly or through others.

use std::collections::VecDeque;

use abilene_ledger::Class;
use abilene_quantity::Decimal;

use crate::flow::{Basis, Projection};

/// A leg that funds a customer of the one who pays it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VendorFinancing {
    /// The funding leg, by place in [`Projection::legs`].
    pub leg: usize,
    /// The shortest chain of purchases from the funded party back to the funder, by legs.
    pub chain: Vec<usize>,
    /// Total of the funding on the basis asked for, over all dates.
    pub amount: Decimal,
}

/// Longest chain of purchases that is still told: customer, cloud, builder, vendor.
const LONGEST_CHAIN: usize = 3;

/// Every funding leg from whose payee purchases lead back to its payer, within three steps.
///
/// This is Measures' *invest first, purchase after* without its dates: who is funded by a supplier.
pub fn vendor_financing(projection: &Projection, basis: Basis) -> Vec<VendorFinancing> {
    let mut totals = vec![Decimal::ZERO; projection.legs.len()];
    let mut purchases: Vec<Vec<(usize, usize)>> = vec![Vec::new(); projection.view.book.parties.len()];
    for flow in
        projection.flows.iter().filter(|flow| flow.on(basis) > Decimal::ZERO && projection.circulates(flow))
    {
        let class = projection.legs[flow.leg].leg.instrument.value.class();
        if class == Class::Purchase || flow.kind == crate::Kind::Expected {
            let step = (flow.payee, flow.leg);
            if !purchases[flow.payer].contains(&step) {
                purchases[flow.payer].push(step);
            }
        }
        if class == Class::Funding && flow.kind == crate::Kind::Committed {
            totals[flow.leg] += flow.on(basis);
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

fn shortest_chain(purchases: &[Vec<(usize, usize)>], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut came: Vec<Option<(usize, usize)>> = vec![None; purchases.len()];
    let mut queue = VecDeque::from([(from, 0)]);
    while let Some((party, steps)) = queue.pop_front() {
        if party == to && steps > 0 {
            return Some(unwind(&came, from, to));
        }
        if steps == LONGEST_CHAIN {
            continue;
        }
        for (next, leg) in &purchases[party] {
            if came[*next].is_none() && *next != from {
                came[*next] = Some((party, *leg));
                queue.push_back((*next, steps + 1));
            }
        }
    }
    None
}

fn unwind(came: &[Option<(usize, usize)>], from: usize, to: usize) -> Vec<usize> {
    let mut chain = Vec::new();
    let mut at = to;
    while at != from {
        let Some((before, leg)) = came[at] else { break };
        chain.push(leg);
        at = before;
    }
    chain.reverse();
    chain
}
