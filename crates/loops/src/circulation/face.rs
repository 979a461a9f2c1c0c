//! The set of all optima: whether there is more than one, and how far each edge can move.
//!
//! By complementary slackness an edge can differ between optima only where it climbs by exactly one rank.
//! Optima differ by cycles of the residual graph of those edges.

use super::Circulation;
use crate::components::{Components, components};
use crate::maxflow::FlowGraph;
use crate::network::Network;

/// Residual arcs of reduced cost zero.
struct Slack {
    tail: Vec<u32>,
    head: Vec<u32>,
    edge: Vec<u32>,
}

impl Slack {
    fn new(network: &Network, flow: &[i128], rank: &[i64]) -> Self {
        let mut slack = Self { tail: Vec::new(), head: Vec::new(), edge: Vec::new() };
        for (index, edge) in network.edges().iter().enumerate() {
            if rank[edge.payee as usize] - rank[edge.payer as usize] != 1 {
                continue;
            }
            if flow[index] < edge.amount {
                slack.add(edge.payer, edge.payee, index as u32);
            }
            if flow[index] > 0 {
                slack.add(edge.payee, edge.payer, index as u32);
            }
        }
        slack
    }

    fn add(&mut self, tail: u32, head: u32, edge: u32) {
        self.tail.push(tail);
        self.head.push(head);
        self.edge.push(edge);
    }

    fn components(&self, parties: usize) -> Components {
        components(parties, &self.tail, &self.head)
    }

    /// The edges that lie within one component, each once, in ascending order.
    fn movable(&self, parts: &Components) -> Vec<u32> {
        let mut edges: Vec<u32> = (0..self.edge.len())
            .filter(|i| parts.of[self.tail[*i] as usize] == parts.of[self.head[*i] as usize])
            .map(|i| self.edge[i])
            .collect();
        edges.dedup();
        edges
    }
}

/// Whether the flow is the only optimum, in linear time.
///
/// A strongly connected residual component has no cycle but the two arcs of one edge exactly when its edges
/// form a tree: one fewer than its parties. One edge more closes a cycle, and strong connection directs it.
pub(super) fn is_unique(network: &Network, flow: &[i128], rank: &[i64]) -> bool {
    let slack = Slack::new(network, flow, rank);
    let parts = slack.components(network.parties());
    slack.movable(&parts).len() == network.parties() - parts.count
}

/// The least and the most that circulates on each edge, over all optima.
///
/// Two maximum flows for each edge that can move at all: meant for webs of thousands of edges, not millions.
#[must_use]
pub fn ranges(network: &Network, circulation: &Circulation) -> Vec<(i128, i128)> {
    let slack = Slack::new(network, &circulation.flow, &circulation.rank);
    let parts = slack.components(network.parties());
    let movable = slack.movable(&parts);
    let mut ranges: Vec<(i128, i128)> = circulation.flow.iter().map(|flow| (*flow, *flow)).collect();
    let mut graph = FlowGraph::new(network.parties());
    for &edge in &movable {
        let paid = network.edges()[edge as usize];
        let flow = circulation.flow[edge as usize];
        graph.add(paid.payer as usize, paid.payee as usize, paid.amount - flow, flow);
    }
    let residual = graph.snapshot();
    for (position, &edge) in movable.iter().enumerate() {
        let paid = network.edges()[edge as usize];
        let flow = circulation.flow[edge as usize];
        let (payer, payee) = (paid.payer as usize, paid.payee as usize);
        let mut reroute = |source, sink, limit| {
            graph.restore(&residual);
            graph.close(2 * position);
            graph.push(source, sink, limit)
        };
        let less = reroute(payer, payee, flow);
        let more = reroute(payee, payer, paid.amount - flow);
        ranges[edge as usize] = (flow - less, flow + more);
    }
    ranges
}
