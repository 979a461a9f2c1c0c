//! Elementary loops, enumerated lazily by bottleneck.
//!
//! The number of loops explodes, so they are found in the order in which they are told: steps enter the web
//! one by one, largest first, and a loop is found when its smallest step enters. Every loop so found is closed
//! by that step, and is otherwise a path back from its payee to its payer over larger steps.

mod paths;

use crate::arcs::{Arcs, Parallel};
use crate::components::components;
use crate::network::{Loop, Network};
use paths::Paths;

/// How far to enumerate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The most steps a loop may have; `None` for any.
    pub max_length: Option<usize>,
    /// The most loops to list; `None` for all.
    pub max_loops: Option<usize>,
}

/// Loops in descending order of bottleneck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoopList {
    /// The loops found; of equal bottleneck in a fixed order that depends on the network alone.
    pub loops: Vec<Loop>,
    /// Whether these are all loops of the lengths asked for.
    pub complete: bool,
}

/// Loops by parties: parallel edges are one step, whose capacity is their sum.
///
/// A self-loop is a loop of length one. Time grows with the loops listed, not with the loops there are.
#[must_use]
pub fn by_bottleneck(network: &Network, bounds: &Bounds) -> LoopList {
    enumerate(network, &Arcs::new(network, Parallel::Merged), bounds)
}

/// Loops by single edges: parallel edges make loops of their own.
#[must_use]
pub fn by_edge(network: &Network, bounds: &Bounds) -> LoopList {
    enumerate(network, &Arcs::new(network, Parallel::Apart), bounds)
}

fn enumerate(network: &Network, arcs: &Arcs, bounds: &Bounds) -> LoopList {
    // One loop more than asked for tells whether the list is complete.
    let wanted = bounds.max_loops.map_or(usize::MAX, |most| most.saturating_add(1));
    let mut loops = Vec::new();
    let order = descending(arcs);
    let mut known = 0;
    // The web is looked at in prefixes of doubling size: the first hundred loops need only the largest steps.
    let mut size = FIRST_PREFIX;
    while known < order.len() && loops.len() < wanted {
        let prefix = &order[..size.min(order.len())];
        extend(network.parties(), arcs, prefix, known, bounds.max_length, wanted, &mut loops);
        known = prefix.len();
        size *= 2;
    }
    let most = bounds.max_loops.unwrap_or(usize::MAX);
    let complete = loops.len() <= most;
    loops.truncate(most);
    LoopList { loops, complete }
}

const FIRST_PREFIX: usize = 4096;

/// Arcs by descending amount, equal amounts by payer and payee.
fn descending(arcs: &Arcs) -> Vec<u32> {
    let mut order: Vec<u32> = (0..arcs.len() as u32).collect();
    order.sort_by(|a, b| arcs.amount[*b as usize].cmp(&arcs.amount[*a as usize]));
    order
}

/// Finds the loops closed by `prefix[known..]`.
fn extend(
    parties: usize,
    arcs: &Arcs,
    prefix: &[u32],
    known: usize,
    max_length: Option<usize>,
    wanted: usize,
    loops: &mut Vec<Loop>,
) {
    let tails: Vec<u32> = prefix.iter().map(|arc| arcs.payer[*arc as usize]).collect();
    let heads: Vec<u32> = prefix.iter().map(|arc| arcs.payee[*arc as usize]).collect();
    let parts = components(parties, &tails, &heads);
    let inner = |at: usize| parts.of[tails[at] as usize] == parts.of[heads[at] as usize];
    if !(known..prefix.len()).any(inner) {
        return;
    }
    let entries: Vec<u32> = (0..prefix.len() as u32).filter(|at| inner(*at as usize)).collect();
    let mut paths = Paths::new(parties, &tails, &heads, &entries);
    for at in (known..prefix.len()).filter(|at| inner(*at)) {
        let bottleneck = arcs.amount[prefix[at] as usize];
        let longest = max_length.unwrap_or(parties);
        paths.closing(at as u32, longest, &mut |cycle| {
            let cycle: Vec<u32> = cycle.iter().map(|at| prefix[*at as usize]).collect();
            loops.push(arcs.to_loop(&cycle, bottleneck));
            loops.len() < wanted
        });
        if loops.len() >= wanted {
            return;
        }
    }
}
