//! The least and the most of a party's own money that any tracing could say came back.

use super::{Outside, Throughflow};
use crate::maxflow::FlowGraph;
use crate::network::Network;

/// The least and the most that can return to `party`, in units of the last decimal, over all tracings.
///
/// The party's money is a tagged sub-flow: everything it pays is tagged; elsewhere tagged in equals tagged out,
/// the outside included; no edge carries more than its amount. The most is a maximum flow from what it pays to
/// what it receives; the least is what it pays less the most that can leave for the outside. Neither needs a
/// cost: a flow that is greatest into some sinks can always be extended to the rest without losing any.
#[must_use]
pub fn bounds(network: &Network, outside: &Outside, party: u32) -> (i128, i128) {
    let ledger = Throughflow::new(network, outside);
    let (paid, kept) = own_payments(network, party);
    let mut graph = FlowGraph::new(network.parties() + 2);
    // The party is split: it pays as `party`, and is paid as `home`.
    let (home, away) = (network.parties(), network.parties() + 1);
    for edge in network.edges().iter().filter(|edge| edge.payer != edge.payee && edge.amount > 0) {
        let head = if edge.payee == party { home } else { edge.payee as usize };
        graph.add(edge.payer as usize, head, edge.amount, 0);
    }
    let outlays = network.outlays();
    for other in (0..network.parties()).filter(|other| *other != party as usize) {
        // What it pays outside as declared, and what balances it.
        let leaves = ledger.through[other] - outlays[other];
        graph.add(other, away, leaves.max(0), 0);
    }
    let start = graph.snapshot();
    let most = graph.push(party as usize, home, paid);
    graph.restore(&start);
    let least = paid - graph.push(party as usize, away, paid);
    (kept + least, kept + most)
}

/// What `party` pays to others, and to itself.
fn own_payments(network: &Network, party: u32) -> (i128, i128) {
    let mut sums = (0, 0);
    for edge in network.edges().iter().filter(|edge| edge.payer == party) {
        if edge.payee == party {
            sums.1 += edge.amount;
        } else {
            sums.0 += edge.amount;
        }
    }
    sums
}
