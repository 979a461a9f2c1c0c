//! The most of a party's money that can come back in time, with holding allowed.

use super::{Chaining, by_day};
use crate::maxflow::FlowGraph;
use crate::network::Network;

/// The largest tagged flow back to `party`, in units of the last decimal: a maximum flow over accounts in time.
///
/// Every party is a chain of its days, along which money may be held. Money that arrives on a day can leave
/// on a later one, or with [`Chaining::SameDay`] on the same.
#[must_use]
pub fn most_returned(network: &Network, party: u32, chaining: Chaining) -> i128 {
    let days = AccountDays::new(network);
    let (source, sink) = (days.count, days.count + 1);
    let mut graph = FlowGraph::new(days.count + 2);
    days.hold(&mut graph, network.gross());
    let mut kept = 0;
    for (day, index) in by_day(network) {
        let edge = network.edges()[index as usize];
        if edge.payer == party && edge.payee == party {
            kept += edge.amount;
            continue;
        }
        let tail = if edge.payer == party { Some(source) } else { days.from(edge.payer, day) };
        let head = if edge.payee == party { Some(sink) } else { days.after(edge.payee, day, chaining) };
        if let (Some(tail), Some(head)) = (tail, head) {
            graph.add(tail, head, edge.amount, 0);
        }
    }
    kept + graph.push(source, sink, network.gross())
}

/// The days on which each party pays, as nodes in a row.
struct AccountDays {
    starts: Vec<usize>,
    days: Vec<i32>,
    count: usize,
}

impl AccountDays {
    fn new(network: &Network) -> Self {
        let mut paid: Vec<(u32, i32)> = by_day(network)
            .into_iter()
            .map(|(day, index)| (network.edges()[index as usize].payer, day))
            .collect();
        paid.sort_unstable();
        paid.dedup();
        let starts = (0..=network.parties())
            .map(|party| paid.partition_point(|entry| (entry.0 as usize) < party))
            .collect();
        Self { starts, count: paid.len(), days: paid.into_iter().map(|entry| entry.1).collect() }
    }

    fn hold(&self, graph: &mut FlowGraph, limit: i128) {
        for row in self.starts.windows(2) {
            for node in row[0] + 1..row[1] {
                graph.add(node - 1, node, limit, 0);
            }
        }
    }

    /// The node of `party` on `day`.
    fn from(&self, party: u32, day: i32) -> Option<usize> {
        self.first(party, |own| own < day)
    }

    /// The first node of `party` that money arriving on `day` can leave from.
    fn after(&self, party: u32, day: i32, chaining: Chaining) -> Option<usize> {
        match chaining {
            Chaining::EarlierDays => self.first(party, |own| own <= day),
            Chaining::SameDay => self.first(party, |own| own < day),
        }
    }

    fn first(&self, party: u32, too_early: impl Fn(i32) -> bool) -> Option<usize> {
        let (start, end) = (self.starts[party as usize], self.starts[party as usize + 1]);
        let node = start + self.days[start..end].partition_point(|own| too_early(*own));
        (node < end).then_some(node)
    }
}
