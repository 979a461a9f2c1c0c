//! Visits of an absorbing chain: the diagonal of `(I − Q)^{-1}`, and solutions of `(I − Q)·x = b`.
//!
//! Webs that come apart are eliminated (see [`Elimination`]); webs that do not, which are the well-mixed ones,
//! converge fast when followed step by step (see [`walk`](super::walk)).

use super::elimination::Elimination;
use super::walk;

/// Transition shares inside one component, with what leaves it.
#[derive(Debug, Clone)]
pub(super) struct Kernel {
    /// Entries `(row, column, share)` by row, at most one a place.
    pub entries: Vec<(u32, u32, f64)>,
    /// What leaves the component from each row, computed exactly and not as `1 − Σ shares`.
    pub leak: Vec<f64>,
}

impl Kernel {
    pub fn new(size: usize) -> Self {
        Self { entries: Vec::new(), leak: Vec::with_capacity(size) }
    }

    pub fn add(&mut self, row: u32, column: u32, share: f64) {
        self.entries.push((row, column, share));
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn size(&self) -> usize {
        self.leak.len()
    }

    /// Pairs of neighbours that elimination may touch: always enough for a full matrix of 300 parties.
    fn elimination_budget(&self) -> usize {
        10_000_000 + 20 * self.entries.len()
    }
}

/// Expected visits to each state, the start counted: the diagonal of `(I − Q)^{-1}`.
pub(super) fn visits(kernel: &Kernel) -> Vec<f64> {
    match Elimination::new(kernel, kernel.elimination_budget()) {
        Some(elimination) => elimination.visits(),
        None => walk::visits(kernel),
    }
}

/// Solves `(I − Q)·x = b`.
pub(super) fn solve(kernel: &Kernel, right: Vec<f64>) -> Vec<f64> {
    match Elimination::new(kernel, kernel.elimination_budget()) {
        Some(elimination) => elimination.solve(right),
        None => walk::solve(kernel, right),
    }
}
