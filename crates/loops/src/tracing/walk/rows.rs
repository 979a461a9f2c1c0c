//! The chain in flat arrays, and its product with one vector.

use super::super::inverse::Kernel;
use super::decay::Decay;

/// The shares by row, and by column for going against the flow.
pub(super) struct Rows {
    pub forward: Table,
    pub backward: Table,
}

/// Shares of each state's neighbours on one side.
pub(super) struct Table {
    pub starts: Vec<u32>,
    pub states: Vec<u32>,
    pub shares: Vec<f64>,
    /// The same shares in single precision.
    pub coarse: Vec<f32>,
}

impl Rows {
    pub fn new(kernel: &Kernel) -> Self {
        let size = kernel.size();
        Self {
            forward: Table::new(size, &kernel.entries, |entry| (entry.0, entry.1)),
            backward: Table::new(size, &kernel.entries, |entry| (entry.1, entry.0)),
        }
    }

    pub fn size(&self) -> usize {
        self.forward.starts.len() - 1
    }

    /// `Σ Q^k·x`, until what is left is below `tolerance`.
    pub fn sum(&self, mut x: Vec<f64>, tolerance: f64) -> Vec<f64> {
        let mut sum = vec![0.0; x.len()];
        let mut decay = Decay::new(largest(&x), tolerance);
        while !decay.is_over(0) {
            sum.iter_mut().zip(&x).for_each(|(sum, x)| *sum += x);
            x = self.forward.times(&x);
            decay.step(largest(&x));
        }
        sum
    }
}

impl Table {
    fn new(size: usize, entries: &[(u32, u32, f64)], sides: impl Fn(&(u32, u32, f64)) -> (u32, u32)) -> Self {
        let order: Vec<u32> = (0..entries.len() as u32).collect();
        let row = |entry: u32| sides(&entries[entry as usize]).0;
        let sorted = crate::arcs::counting_sort(&order, size, row);
        let shares: Vec<f64> = sorted.iter().map(|entry| entries[*entry as usize].2).collect();
        Self {
            starts: crate::arcs::offsets(size, order.iter().map(|entry| row(*entry))),
            states: sorted.iter().map(|entry| sides(&entries[*entry as usize]).1).collect(),
            coarse: shares.iter().map(|share| *share as f32).collect(),
            shares,
        }
    }

    /// The neighbours of a state and their shares.
    #[inline]
    pub fn row(&self, state: usize) -> impl ExactSizeIterator<Item = (usize, f64)> {
        let range = self.starts[state] as usize..self.starts[state + 1] as usize;
        let states = self.states[range.clone()].iter().map(|state| *state as usize);
        states.zip(self.shares[range].iter().copied())
    }

    /// The table times a vector.
    pub fn times(&self, x: &[f64]) -> Vec<f64> {
        (0..x.len()).map(|state| self.row(state).map(|(other, share)| share * x[other]).sum()).collect()
    }
}

/// The largest absolute entry.
pub(super) fn largest(x: &[f64]) -> f64 {
    x.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()))
}
