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

    /// Pairs of neighbours that elimination may touch: always enough for a full matrix of 300 parties, else a
    /// small part of what following the chain would cost.
    fn elimination_budget(&self) -> usize {
        if self.size() <= 300 { usize::MAX } else { 2_000_000 + 20 * self.entries.len() }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A well-mixed chain: each state leads to eight others, by a fixed multiplicative rule.
    fn mixed(size: u32, leak: f64) -> Kernel {
        let mut kernel = Kernel::new(0);
        let mut seed = 12_345_u64;
        for row in 0..size {
            let mut columns: Vec<u32> = Vec::new();
            for _ in 0..8 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                columns.push((seed >> 33) as u32 % size);
            }
            columns.sort_unstable();
            columns.dedup();
            let share = (1.0 - leak) / columns.len() as f64;
            columns.iter().for_each(|column| kernel.add(row, *column, share));
            kernel.leak.push(leak);
        }
        kernel
    }

    #[test]
    fn walking_and_elimination_agree() {
        for leak in [0.5, 0.2, 0.01, 1e-6] {
            let kernel = mixed(403, leak);
            let slow = Elimination::new(&kernel, usize::MAX).unwrap();
            let right: Vec<f64> = (0..403).map(|state| f64::from(state % 7)).collect();
            for (walked, eliminated) in walk::visits(&kernel).iter().zip(slow.visits()) {
                let returns = (1.0 - 1.0 / walked, 1.0 - 1.0 / eliminated);
                assert!((returns.0 - returns.1).abs() < 1e-10, "leak {leak}: {returns:?}");
            }
            for (walked, eliminated) in
                walk::solve(&kernel, right.clone()).iter().zip(slow.solve(right.clone()))
            {
                assert!((walked - eliminated).abs() < 1e-10 * eliminated.max(1.0), "leak {leak}");
            }
        }
    }

    #[test]
    fn a_budget_too_small_ends_elimination() {
        assert!(Elimination::new(&mixed(403, 0.1), 1000).is_none());
    }
}
