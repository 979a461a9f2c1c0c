//! An optimal flow told as loops.

use super::Circulation;
use crate::arcs::{Arcs, Parallel, offsets};
use crate::network::{Edge, Loop, Network};

impl Circulation {
    /// The flow as at most as many loops as there are edges, largest bottleneck first.
    ///
    /// The loops' bottlenecks times their lengths add up to [`Circulation::total`]. They are taken in rounds
    /// of falling size: a round peels loops whose every step still carries at least half of what the round
    /// before asked for, so the large ones are told first. Parallel edges are one step.
    #[must_use]
    pub fn decompose(&self, network: &Network) -> Vec<Loop> {
        let carried = carried(network, &self.flow);
        let arcs = Arcs::new(&carried, Parallel::Merged);
        let mut peel = Peel::new(network.parties(), &arcs);
        let mut loops = Vec::new();
        let mut least = arcs.amount.iter().copied().max().unwrap_or(0);
        while least > 0 {
            peel.round(&arcs, least, &mut loops);
            least /= 2;
        }
        loops.sort_by(|a, b| b.bottleneck.cmp(&a.bottleneck).then_with(|| a.parties.cmp(&b.parties)));
        loops
    }
}

/// The network of what circulates; the same edges in the same order.
fn carried(network: &Network, flow: &[i128]) -> Network {
    let edges: Vec<Edge> =
        network.edges().iter().zip(flow).map(|(edge, flow)| Edge { amount: *flow, ..*edge }).collect();
    // A part of a checked network is a checked network.
    Network::new(network.parties(), edges).unwrap_or_else(|error| unreachable!("{error}"))
}

struct Peel {
    starts: Vec<u32>,
    left: Vec<i128>,
    cursor: Vec<u32>,
    /// The position of each party on the present walk.
    at: Vec<u32>,
}

const AWAY: u32 = u32::MAX;

impl Peel {
    fn new(parties: usize, arcs: &Arcs) -> Self {
        let starts = offsets(parties, arcs.payer.iter().copied());
        Self { cursor: starts.clone(), starts, left: arcs.amount.clone(), at: vec![AWAY; parties] }
    }

    /// Peels every loop whose steps all carry at least `least`.
    fn round(&mut self, arcs: &Arcs, least: i128, loops: &mut Vec<Loop>) {
        self.cursor.copy_from_slice(&self.starts);
        for root in 0..self.at.len() {
            self.walk(arcs, root as u32, least, loops);
        }
    }

    /// Walks from `root` until nothing large enough is left there; a party met twice closes a loop.
    fn walk(&mut self, arcs: &Arcs, root: u32, least: i128, loops: &mut Vec<Loop>) {
        let mut walk: Vec<u32> = Vec::new();
        let mut node = root as usize;
        loop {
            if self.at[node] != AWAY {
                let close = self.at[node] as usize;
                loops.push(self.take(arcs, &walk[close..]));
                for arc in walk.drain(close..) {
                    self.at[arcs.payer[arc as usize] as usize] = AWAY;
                }
            }
            match self.large(node, least) {
                Some(arc) => {
                    self.at[node] = walk.len() as u32;
                    walk.push(arc);
                    node = arcs.payee[arc as usize] as usize;
                }
                None => {
                    let Some(arc) = walk.pop() else { return };
                    node = arcs.payer[arc as usize] as usize;
                    self.at[node] = AWAY;
                    self.cursor[node] += 1;
                }
            }
        }
    }

    /// The next arc of `node` that carries enough. What is passed over does not come back in this round.
    fn large(&mut self, node: usize, least: i128) -> Option<u32> {
        while self.cursor[node] < self.starts[node + 1] {
            if self.left[self.cursor[node] as usize] >= least {
                return Some(self.cursor[node]);
            }
            self.cursor[node] += 1;
        }
        None
    }

    fn take(&mut self, arcs: &Arcs, cycle: &[u32]) -> Loop {
        let bottleneck = cycle.iter().map(|arc| self.left[*arc as usize]).min().unwrap_or(0);
        for &arc in cycle {
            self.left[arc as usize] -= bottleneck;
        }
        arcs.to_loop(cycle, bottleneck)
    }
}
