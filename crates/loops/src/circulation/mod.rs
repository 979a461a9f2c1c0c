//! Maximum circulation: the largest part of all payments that is balanced at every party.
//!
//! `max Σ x_e` with `0 ≤ x_e ≤ w_e` and receipts equal to outlays at every party: what full multilateral
//! netting would remove (trade-credit set-off: Fleischman & Dini 2020; compression: D'Errico & Roukny 2021).
//! It counts money times hops: one billion round a ring of four is four billion. Peeling loops greedily is
//! not a way to it; an optimum can be told in loops afterwards, with [`Circulation::decompose`].

mod decompose;
mod face;
mod solver;
mod survey;

pub use face::ranges;

use crate::arcs::{Arcs, Parallel, offsets};
use crate::components::components;
use crate::network::Network;
use solver::{Problem, Solution, Units};

/// A largest circulation, and the ranks that prove it largest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circulation {
    /// The sum of `flow`: the largest possible, a unique number.
    pub total: i128,
    /// How much of each edge circulates, in one optimum.
    pub flow: Vec<i128>,
    /// Whether no other flow is as large.
    pub unique: bool,
    /// The dual: a rank for each party, 0 the lowest. Edges that climb by less than one rank circulate in
    /// full, edges that climb by more than one not at all (weighted agony: Gupte et al. 2011, Tatti 2017).
    pub rank: Vec<i64>,
    /// What must still be paid if counterparties may be replaced: `Σ max(net, 0)`. It is not the residual.
    pub floor: i128,
}

/// A largest circulation of `network`, exact in units of the last decimal.
///
/// Only edges inside a strongly connected component can circulate, and components are independent: each is
/// solved alone. Parallel edges cost the same, so they are solved as one and filled in the order given.
/// Self-loops circulate in full.
#[must_use]
pub fn maximum(network: &Network) -> Circulation {
    let arcs = Arcs::new(network, Parallel::Merged);
    let parts = Parts::new(network.parties(), &arcs);
    let fits = network.gross() <= i128::from(i64::MAX / 4);
    let (flow, inner) = if fits {
        parts.solve(&arcs, |amount| amount as i64, i128::from)
    } else {
        parts.solve(&arcs, |amount| amount, |amount| amount)
    };
    let flow = spread(network, &arcs, &flow);
    let rank = parts.rank(&arcs, &inner);
    Circulation {
        total: flow.iter().sum(),
        unique: face::is_unique(network, &flow, &rank),
        flow,
        rank,
        floor: network.net_positions().iter().map(|net| (*net).max(0)).sum(),
    }
}

/// Fills the edges of each arc in the order given.
fn spread(network: &Network, arcs: &Arcs, of_arcs: &[i128]) -> Vec<i128> {
    let mut flow = vec![0; network.edges().len()];
    for (arc, amount) in of_arcs.iter().enumerate() {
        let mut left = *amount;
        for &edge in arcs.members(arc) {
            let taken = network.edges()[edge as usize].amount.min(left);
            flow[edge as usize] = taken;
            left -= taken;
        }
    }
    flow
}

/// The web cut into strongly connected components.
struct Parts {
    of: Vec<u32>,
    count: usize,
    /// The number of each party inside its component.
    local: Vec<u32>,
    sizes: Vec<u32>,
}

impl Parts {
    fn new(parties: usize, arcs: &Arcs) -> Self {
        let found = components(parties, &arcs.payer, &arcs.payee);
        let mut sizes = vec![0_u32; found.count];
        let local = found
            .of
            .iter()
            .map(|part| {
                sizes[*part as usize] += 1;
                sizes[*part as usize] - 1
            })
            .collect();
        Self { of: found.of, count: found.count, local, sizes }
    }

    /// Arcs within components, by component; self-loops and bridges are left out.
    fn inner_arcs(&self, arcs: &Arcs) -> (Vec<u32>, Vec<u32>) {
        let part = |arc: u32| self.of[arcs.payer[arc as usize] as usize];
        let inner: Vec<u32> = (0..arcs.len())
            .filter(|arc| {
                let (payer, payee) = (arcs.payer[*arc], arcs.payee[*arc]);
                payer != payee && self.of[payer as usize] == self.of[payee as usize]
            })
            .map(|arc| arc as u32)
            .collect();
        let starts = offsets(self.count, inner.iter().map(|arc| part(*arc)));
        (crate::arcs::counting_sort(&inner, self.count, part), starts)
    }

    /// The flow on each arc, and each party's rank within its component.
    fn solve<T: Units>(
        &self,
        arcs: &Arcs,
        narrow: impl Fn(i128) -> T,
        widen: impl Fn(T) -> i128,
    ) -> (Vec<i128>, Vec<i64>) {
        let (inner, starts) = self.inner_arcs(arcs);
        let mut flow: Vec<i128> = (0..arcs.len())
            .map(|arc| if arcs.payer[arc] == arcs.payee[arc] { arcs.amount[arc] } else { 0 })
            .collect();
        let mut ranks: Vec<Vec<i64>> = Vec::with_capacity(self.count);
        for part in 0..self.count {
            let mine = &inner[starts[part] as usize..starts[part + 1] as usize];
            let solution = solver::solve(&self.problem(part, mine, arcs, &narrow));
            for (arc, amount) in mine.iter().zip(&solution.flow) {
                flow[*arc as usize] = widen(*amount);
            }
            ranks.push(lowest_zero(&solution));
        }
        let rank = (0..self.of.len())
            .map(|party| ranks[self.of[party] as usize].get(self.local[party] as usize).copied().unwrap_or(0))
            .collect();
        (flow, rank)
    }

    fn problem<T: Units>(
        &self,
        part: usize,
        mine: &[u32],
        arcs: &Arcs,
        narrow: &impl Fn(i128) -> T,
    ) -> Problem<T> {
        let local = |party: u32| self.local[party as usize];
        Problem {
            parties: self.sizes[part] as usize,
            payer: mine.iter().map(|arc| local(arcs.payer[*arc as usize])).collect(),
            payee: mine.iter().map(|arc| local(arcs.payee[*arc as usize])).collect(),
            amount: mine.iter().map(|arc| narrow(arcs.amount[*arc as usize])).collect(),
        }
    }

    /// Ranks of the whole web: components are lifted so that every edge between two climbs by at least one.
    fn rank(&self, arcs: &Arcs, inner: &[i64]) -> Vec<i64> {
        // Components are numbered against the arcs, so payers of a component come before it in descending order.
        let order: Vec<u32> = (0..arcs.len() as u32).collect();
        let by_part =
            crate::arcs::counting_sort(&order, self.count, |arc| self.of[arcs.payer[arc as usize] as usize]);
        let mut lift = vec![0_i64; self.count];
        for &arc in by_part.iter().rev() {
            let (payer, payee) = (arcs.payer[arc as usize] as usize, arcs.payee[arc as usize] as usize);
            let (from, to) = (self.of[payer] as usize, self.of[payee] as usize);
            if from != to {
                let least = lift[from] + inner[payer] + 1 - inner[payee];
                lift[to] = lift[to].max(least);
            }
        }
        inner.iter().zip(&self.of).map(|(rank, part)| lift[*part as usize] + rank).collect()
    }
}

fn lowest_zero<T>(solution: &Solution<T>) -> Vec<i64> {
    let lowest = solution.rank.iter().copied().min().unwrap_or(0);
    solution.rank.iter().map(|rank| rank - lowest).collect()
}
