//! The slowest mode of the chain, taken out once for all parties.

use super::super::inverse::Kernel;
use super::decay::TOLERANCE;
use super::rows::{Rows, largest};

/// The slowest mode, and how often it is visited.
pub(super) struct SlowMode {
    /// Close to the right eigenvector `r`, largest entry 1.
    pub right: Vec<f64>,
    /// Close to the left eigenvector, `left · right = 1`.
    pub left: Vec<f64>,
    /// `N·r`, to the tolerance.
    pub visits: Vec<f64>,
    /// `1 − λ`: what of this mode leaks in a step.
    pub gap: f64,
}

/// Enough for any web that mixes fast enough to be followed; what is computed is exact without them.
const POWER_STEPS: usize = 100;
/// The first is good to what the power steps left, the others to rounding.
const REFINEMENTS: usize = 3;

impl SlowMode {
    pub fn new(kernel: &Kernel, rows: &Rows) -> Self {
        let right = power(kernel.size(), |x| rows.forward.times(x));
        let left = power(kernel.size(), |x| rows.backward.times(x));
        let overlap = dot(&left, &right);
        let leak = dot(&left, &kernel.leak);
        // 1 − λ from what leaks, without subtraction.
        let gap = leak / left.iter().sum::<f64>();
        let left: Vec<f64> = left.iter().map(|left| left / overlap).collect();
        let mut mode = Self { left, visits: Vec::new(), gap, right };
        mode.visits = mode.solve(rows, &mode.right);
        mode
    }

    /// Solves `(I − Q)·x = b`: along the slow mode by dividing, the rest by summing, and again for what that
    /// left over.
    pub fn solve(&self, rows: &Rows, b: &[f64]) -> Vec<f64> {
        let mut x = vec![0.0; b.len()];
        for _ in 0..REFINEMENTS {
            let image = rows.forward.times(&x);
            let left_over: Vec<f64> =
                b.iter().zip(x.iter().zip(&image)).map(|(b, (x, qx))| b - (x - qx)).collect();
            let share = dot(&self.left, &left_over);
            let rest = left_over.iter().zip(&self.right).map(|(value, mode)| value - share * mode).collect();
            let rest = rows.sum(rest, TOLERANCE * largest(b).max(largest(&x)));
            for ((x, mode), rest) in x.iter_mut().zip(&self.right).zip(rest) {
                *x += share / self.gap * mode + rest;
            }
        }
        x
    }
}

fn dot(left: &[f64], x: &[f64]) -> f64 {
    left.iter().zip(x).map(|(left, x)| left * x).sum()
}

/// The dominant eigenvector, largest entry 1. A part of the old vector is kept, so that a web with a rhythm
/// (all loops of even length) settles too.
fn power(size: usize, apply: impl Fn(&[f64]) -> Vec<f64>) -> Vec<f64> {
    let mut x = vec![1.0; size];
    for _ in 0..POWER_STEPS {
        let image = apply(&x);
        x.iter_mut().zip(image).for_each(|(x, image)| *x = 0.2 * *x + image);
        let scale = 1.0 / largest(&x);
        x.iter_mut().for_each(|x| *x *= scale);
    }
    x
}
