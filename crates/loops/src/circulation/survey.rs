//! True distances of all parties to the nearest deficit: cost first, arcs second (Dial 1969).

use super::solver::{RANK, State, Units};

/// Working space of a survey, kept between surveys.
pub(super) struct Survey {
    /// Ranks before the survey, as labels with no arcs to go.
    before: Vec<i64>,
    /// Parties in ascending order of cost and arcs.
    order: Vec<u32>,
    /// Parties waiting at a cost beyond the present one.
    later: Buckets,
    /// Parties waiting at the present cost, by arcs to go.
    layers: Buckets,
}

const FAR: i64 = i64::MAX;

impl Survey {
    pub fn new(nodes: usize) -> Self {
        Self {
            before: vec![0; nodes],
            order: Vec::with_capacity(nodes),
            later: Buckets::default(),
            layers: Buckets::default(),
        }
    }

    /// Parties of the last survey, nearest first.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// Sets all labels to true distances above the ranks of deficits; false when nothing is left to do.
    pub fn measure<T: Units>(&mut self, state: &mut State<T>) -> bool {
        if !self.start(state) {
            return false;
        }
        let mut cost = 0;
        loop {
            self.settle(state, cost);
            cost += 1;
            if cost as usize >= self.later.used {
                break;
            }
            self.promote(state, cost);
        }
        self.later.used = 0;
        for (label, before) in state.label.iter_mut().zip(&self.before) {
            if *label == FAR {
                *label = before + cost * RANK;
            }
        }
        true
    }

    /// Whether there is a deficit to measure from.
    fn start<T: Units>(&mut self, state: &mut State<T>) -> bool {
        if state.surplus.iter().all(|surplus| *surplus >= T::default()) {
            return false;
        }
        self.order.clear();
        for node in 0..state.label.len() {
            let rank = state.label[node] & !(RANK - 1);
            self.before[node] = rank;
            state.label[node] = if state.surplus[node] < T::default() {
                self.layers.push(0, node as u32, rank);
                rank
            } else {
                FAR
            };
        }
        true
    }

    /// Moves the parties that wait at `cost` into layers by arcs to go.
    fn promote<T: Units>(&mut self, state: &State<T>, cost: i64) {
        let waiting = self.later.take(cost as usize);
        for &(node, label) in &waiting {
            if state.label[node as usize] == label {
                self.layers.push(to_go(label), node, label);
            }
        }
        self.later.give_back(cost as usize, waiting);
    }

    fn settle<T: Units>(&mut self, state: &mut State<T>, cost: i64) {
        let mut hops = 0;
        while hops < self.layers.used {
            let layer = self.layers.take(hops);
            for &(node, label) in &layer {
                if state.label[node as usize] == label {
                    self.order.push(node);
                    self.relax(state, node as usize, cost);
                }
            }
            self.layers.give_back(hops, layer);
            hops += 1;
        }
        self.layers.used = 0;
    }

    /// Looks at the residual arcs *into* `node`: the twins of the arcs out of it, at the opposite cost.
    #[inline]
    fn relax<T: Units>(&mut self, state: &mut State<T>, node: usize, cost: i64) {
        let label = state.label[node];
        for (row, unit) in state.rows(node) {
            let candidate = label - unit + 1;
            for arc in row {
                let link = state.links[arc];
                if link.twin_is_open() & (candidate < state.label[link.head()]) {
                    state.label[link.head()] = candidate;
                    self.wait(link.head(), candidate, cost);
                }
            }
        }
    }

    fn wait(&mut self, node: usize, label: i64, now: i64) {
        let cost = (label - self.before[node]) >> 32;
        if cost == now {
            self.layers.push(to_go(label), node as u32, label);
        } else {
            self.later.push(cost as usize, node as u32, label);
        }
    }
}

fn to_go(label: i64) -> usize {
    (label & (RANK - 1)) as usize
}

/// Rows of parties with the labels they had when they came; rows keep their space when emptied.
#[derive(Default)]
struct Buckets {
    rows: Vec<Vec<(u32, i64)>>,
    used: usize,
}

impl Buckets {
    #[inline]
    fn push(&mut self, at: usize, node: u32, label: i64) {
        if self.rows.len() <= at {
            self.rows.resize_with(at + 1, Vec::new);
        }
        self.used = self.used.max(at + 1);
        self.rows[at].push((node, label));
    }

    fn take(&mut self, at: usize) -> Vec<(u32, i64)> {
        std::mem::take(&mut self.rows[at])
    }

    fn give_back(&mut self, at: usize, mut row: Vec<(u32, i64)>) {
        row.clear();
        self.rows[at] = row;
    }
}
