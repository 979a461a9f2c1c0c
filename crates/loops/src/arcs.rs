//! Steps of the web: edges gathered by payer and payee, in flat arrays.

use crate::network::{Loop, Network};

/// Whether edges between the same two parties count as one arc.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parallel {
    /// One arc whose amount is their sum.
    Merged,
    /// One arc each.
    Apart,
}

/// Arcs with a positive amount, sorted by payer, payee, and order of the edges.
#[derive(Debug, Clone)]
pub(crate) struct Arcs {
    pub payer: Vec<u32>,
    pub payee: Vec<u32>,
    pub amount: Vec<i128>,
    /// `members[starts[a]..starts[a + 1]]` are the edges of arc `a`.
    starts: Vec<u32>,
    members: Vec<u32>,
}

impl Arcs {
    /// Gathers the edges of `network`; those of amount 0 close nothing and are left out.
    pub fn new(network: &Network, parallel: Parallel) -> Self {
        let members = sorted_edges(network);
        let mut arcs = Self {
            payer: Vec::with_capacity(members.len()),
            payee: Vec::with_capacity(members.len()),
            amount: Vec::with_capacity(members.len()),
            starts: Vec::with_capacity(members.len() + 1),
            members: Vec::new(),
        };
        for (position, &index) in members.iter().enumerate() {
            let edge = network.edges()[index as usize];
            let same = arcs.payer.last() == Some(&edge.payer) && arcs.payee.last() == Some(&edge.payee);
            match arcs.amount.last_mut() {
                Some(amount) if same && parallel == Parallel::Merged => *amount += edge.amount,
                _ => arcs.open(edge.payer, edge.payee, edge.amount, position as u32),
            }
        }
        arcs.starts.push(members.len() as u32);
        arcs.members = members;
        arcs
    }

    fn open(&mut self, payer: u32, payee: u32, amount: i128, start: u32) {
        self.payer.push(payer);
        self.payee.push(payee);
        self.amount.push(amount);
        self.starts.push(start);
    }

    pub fn len(&self) -> usize {
        self.payer.len()
    }

    pub fn members(&self, arc: usize) -> &[u32] {
        &self.members[self.starts[arc] as usize..self.starts[arc + 1] as usize]
    }

    /// The cycle of these arcs, told from its lowest party on.
    pub fn to_loop(&self, cycle: &[u32], bottleneck: i128) -> Loop {
        let payer = |arc: u32| self.payer[arc as usize];
        let first = (0..cycle.len()).min_by_key(|position| payer(cycle[*position])).unwrap_or(0);
        let turned = || cycle[first..].iter().chain(&cycle[..first]);
        Loop {
            parties: turned().map(|arc| payer(*arc)).collect(),
            steps: turned().map(|arc| self.members(*arc as usize).to_vec()).collect(),
            bottleneck,
        }
    }
}

/// Positive edges by payer, then payee, then position: two stable counting sorts, so linear.
fn sorted_edges(network: &Network) -> Vec<u32> {
    let edges = network.edges();
    let positive: Vec<u32> = (0..edges.len() as u32).filter(|i| edges[*i as usize].amount > 0).collect();
    let by_payee = counting_sort(&positive, network.parties(), |i| edges[i as usize].payee);
    counting_sort(&by_payee, network.parties(), |i| edges[i as usize].payer)
}

/// `items` in ascending order of `key`, equal keys in the order given; keys are below `keys`.
pub(crate) fn counting_sort(items: &[u32], keys: usize, key: impl Fn(u32) -> u32) -> Vec<u32> {
    let mut next = offsets(keys, items.iter().map(|item| key(*item)));
    let mut sorted = vec![0; items.len()];
    for &item in items {
        let slot = &mut next[key(item) as usize];
        sorted[*slot as usize] = item;
        *slot += 1;
    }
    sorted
}

/// Where the items of each key start if items are laid out by key; one more entry at the end.
pub(crate) fn offsets(keys: usize, of_items: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut starts = vec![0_u32; keys + 1];
    for key in of_items {
        starts[key as usize + 1] += 1;
    }
    for key in 0..keys {
        starts[key + 1] += starts[key];
    }
    starts
}
