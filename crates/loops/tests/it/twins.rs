//! Slow twins: the plainest way to each answer, to hold the fast ones to.

use abilene_loops::tracing::Outside;
use abilene_loops::{Edge, Network};
use std::collections::BTreeSet;

/// A largest circulation by cancelling negative cycles found with Bellman–Ford (Klein 1967).
pub fn circulation(network: &Network) -> i128 {
    let edges = network.edges();
    let mut flow: Vec<i128> = vec![0; edges.len()];
    while let Some(cycle) = gainful_cycle(network.parties(), edges, &flow) {
        let room =
            |(edge, raise): (usize, bool)| if raise { edges[edge].amount - flow[edge] } else { flow[edge] };
        let amount = cycle.iter().map(|step| room(*step)).min().unwrap();
        for (edge, raise) in cycle {
            flow[edge] += if raise { amount } else { -amount };
        }
    }
    flow.iter().sum()
}

/// A cycle of the residual graph that raises more edges than it lowers, as `(edge, raise)`.
fn gainful_cycle(parties: usize, edges: &[Edge], flow: &[i128]) -> Option<Vec<(usize, bool)>> {
    let mut cost = vec![0_i64; parties];
    let mut via: Vec<Option<(usize, usize, bool)>> = vec![None; parties];
    let mut last = None;
    for _ in 0..=parties {
        last = None;
        for (index, edge) in edges.iter().enumerate() {
            let (payer, payee) = (edge.payer as usize, edge.payee as usize);
            for (from, to, raise) in [(payer, payee, true), (payee, payer, false)] {
                let room = if raise { edge.amount - flow[index] } else { flow[index] };
                let reached = cost[from] + if raise { -1 } else { 1 };
                if room > 0 && reached < cost[to] {
                    cost[to] = reached;
                    via[to] = Some((from, index, raise));
                    last = Some(to);
                }
            }
        }
    }
    let mut node = last?;
    for _ in 0..parties {
        node = via[node].unwrap().0;
    }
    let (start, mut cycle) = (node, Vec::new());
    loop {
        let (from, edge, raise) = via[node].unwrap();
        cycle.push((edge, raise));
        node = from;
        if node == start {
            return Some(cycle);
        }
    }
}

/// The full inverse of `I − Q` by Gauss–Jordan with pivoting.
pub fn inverse(network: &Network, outside: &Outside) -> Vec<Vec<f64>> {
    let size = network.parties();
    let through: Vec<f64> = (0..size)
        .map(|party| {
            let receipts = network.receipts()[party] + outside.inflow[party];
            let outlays = network.outlays()[party] + outside.outflow[party];
            receipts.max(outlays) as f64
        })
        .collect();
    let mut table = vec![vec![0.0; 2 * size]; size];
    for party in 0..size {
        table[party][party] = 1.0;
        table[party][size + party] = 1.0;
    }
    for edge in network.edges().iter().filter(|edge| edge.amount > 0) {
        table[edge.payer as usize][edge.payee as usize] -= edge.amount as f64 / through[edge.payer as usize];
    }
    for column in 0..size {
        let pivot = (column..size)
            .max_by(|a, b| table[*a][column].abs().total_cmp(&table[*b][column].abs()))
            .unwrap();
        table.swap(column, pivot);
        let scale = table[column][column];
        table[column].iter_mut().for_each(|value| *value /= scale);
        let source = table[column].clone();
        for (_, values) in table.iter_mut().enumerate().filter(|(row, _)| *row != column) {
            let share = values[column];
            values.iter_mut().zip(&source).for_each(|(value, source)| *value -= share * source);
        }
    }
    table.into_iter().map(|row| row[size..].to_vec()).collect()
}

/// Which next edge may follow the present one.
pub type Follows<'a> = &'a dyn Fn(&Edge, &Edge) -> bool;

/// All elementary cycles by single edges, as sequences that start anywhere allowed.
pub fn cycles(network: &Network, follows: Follows) -> Vec<Vec<u32>> {
    let mut found = Vec::new();
    for first in 0..network.edges().len() as u32 {
        extend(network, follows, &mut vec![first], &mut found);
    }
    found
}

fn extend(network: &Network, follows: Follows, path: &mut Vec<u32>, found: &mut Vec<Vec<u32>>) {
    let edge = |index: u32| network.edges()[index as usize];
    let (first, last) = (edge(path[0]), edge(path[path.len() - 1]));
    if first.amount == 0 || last.amount == 0 {
        return;
    }
    if last.payee == first.payer {
        found.push(path.clone());
        return;
    }
    let visited: BTreeSet<u32> = path.iter().map(|index| edge(*index).payer).collect();
    if visited.contains(&last.payee) {
        return;
    }
    for next in 0..network.edges().len() as u32 {
        if edge(next).payer == last.payee && follows(&last, &edge(next)) {
            path.push(next);
            extend(network, follows, path, found);
            path.pop();
        }
    }
}

/// The same cycle whatever edge it is told from: its edges in order, the lowest first.
pub fn turned(cycle: &[u32]) -> Vec<u32> {
    let first = (0..cycle.len()).min_by_key(|at| cycle[*at]).unwrap();
    cycle[first..].iter().chain(&cycle[..first]).copied().collect()
}
