//! The first steps from one party, while they reach few others.

use super::rows::{Rows, Table};

/// Shares at the parties reached, one step after another.
pub(super) struct Near {
    value: Vec<f64>,
    next: Vec<f64>,
    reached: Vec<u32>,
    ahead: Vec<u32>,
    /// The step in which each party was last listed in `ahead`.
    listed: Vec<u32>,
    step: u32,
}

/// How many steps to take sparsely: while they reach less than an eighth of the web, beyond which the full
/// product of eight parties at once is cheaper.
pub(super) fn steps(rows: &Rows) -> usize {
    let degree = |table: &Table, state: usize| table.row(state).len() as f64;
    let ways: f64 =
        (0..rows.size()).map(|state| degree(&rows.forward, state) * degree(&rows.backward, state)).sum();
    let arcs: f64 = (0..rows.size()).map(|state| degree(&rows.forward, state)).sum();
    // Arcs that follow an arc, on average: hubs count as often as they are met.
    let spread = (ways / arcs).max(2.0);
    (1..=MOST_STEPS).take_while(|steps| spread.powi(*steps as i32) < rows.size() as f64 / 8.0).count()
}

const MOST_STEPS: usize = 4;

impl Near {
    pub fn new(size: usize) -> Self {
        Self {
            value: vec![0.0; size],
            next: vec![0.0; size],
            reached: Vec::new(),
            ahead: Vec::new(),
            listed: vec![0; size],
            step: 0,
        }
    }

    /// Starts with a whole unit at `state`.
    pub fn start(&mut self, state: usize) {
        for state in self.reached.drain(..) {
            self.value[state as usize] = 0.0;
        }
        self.value[state] = 1.0;
        self.reached.push(state as u32);
    }

    /// Spreads every share over the neighbours of its party.
    pub fn step(&mut self, table: &Table) {
        self.step += 1;
        for state in self.reached.drain(..) {
            let value = std::mem::take(&mut self.value[state as usize]);
            for (other, share) in table.row(state as usize) {
                if self.listed[other] != self.step {
                    self.listed[other] = self.step;
                    self.ahead.push(other as u32);
                }
                self.next[other] += value * share;
            }
        }
        std::mem::swap(&mut self.value, &mut self.next);
        std::mem::swap(&mut self.reached, &mut self.ahead);
    }

    pub fn at(&self, state: usize) -> f64 {
        self.value[state]
    }

    /// The parties reached, with what reached them.
    pub fn shares(&self) -> impl Iterator<Item = (usize, f64)> {
        self.reached.iter().map(|state| (*state as usize, self.value[*state as usize]))
    }
}
