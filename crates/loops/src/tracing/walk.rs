//! Visits by following the chain step by step, for well-mixed webs that elimination would fill.
//!
//! `N·e_v = Σ Q^k·e_v` converges with the second eigenvalue of `Q` once its first is taken out: with `r` close
//! to the right eigenvector and `c_v` any number, `N·e_v = c_v·N·r + Σ Q^k·(e_v − c_v·r)`. `N·r` is solved once,
//! so this is exact for any `r`; a good `r`, with `c` the left eigenvector, makes it fast.

use super::inverse::Kernel;

/// Parties followed at once: one cache line of the chain's state for each party passed.
const LANES: usize = 8;
type Lane = [f64; LANES];

/// What may be left out of each number of visits, a tenth of what is promised.
const TOLERANCE: f64 = 1e-11;

/// Rows of the chain in flat arrays.
struct Rows {
    starts: Vec<u32>,
    columns: Vec<u32>,
    shares: Vec<f64>,
}

/// The diagonal of `(I − Q)^{-1}`.
pub(super) fn visits(kernel: &Kernel) -> Vec<f64> {
    let rows = Rows::new(kernel);
    let slow = SlowMode::new(kernel, &rows);
    let mut diagonal = Vec::with_capacity(kernel.size());
    let mut now = vec![[0.0; LANES]; kernel.size()];
    let mut next = now.clone();
    for first in (0..kernel.size()).step_by(LANES) {
        let sums = rows.follow(&slow, first, &mut now, &mut next);
        diagonal.extend_from_slice(&sums[..LANES.min(kernel.size() - first)]);
    }
    diagonal
}

/// Solves `(I − Q)·x = b`, `b ≥ 0`.
pub(super) fn solve(kernel: &Kernel, right: Vec<f64>) -> Vec<f64> {
    let rows = Rows::new(kernel);
    let slow = SlowMode::new(kernel, &rows);
    let share: f64 = slow.left.iter().zip(&right).map(|(left, right)| left * right).sum();
    let rest: Vec<f64> = right.iter().zip(&slow.right).map(|(value, mode)| value - share * mode).collect();
    let sum = rows.sum(rest);
    sum.iter().zip(&slow.visits).map(|(sum, visits)| sum + share * visits).collect()
}

impl Rows {
    fn new(kernel: &Kernel) -> Self {
        let starts = crate::arcs::offsets(kernel.size(), kernel.entries.iter().map(|entry| entry.0));
        Self {
            starts,
            columns: kernel.entries.iter().map(|entry| entry.1).collect(),
            shares: kernel.entries.iter().map(|entry| entry.2).collect(),
        }
    }

    fn row(&self, state: usize) -> impl Iterator<Item = (usize, f64)> {
        let range = self.starts[state] as usize..self.starts[state + 1] as usize;
        self.columns[range.clone()]
            .iter()
            .map(|column| *column as usize)
            .zip(self.shares[range].iter().copied())
    }

    fn size(&self) -> usize {
        self.starts.len() - 1
    }

    /// `Q·x`.
    fn forward(&self, x: &[f64]) -> Vec<f64> {
        (0..self.size()).map(|state| self.row(state).map(|(column, share)| share * x[column]).sum()).collect()
    }

    /// `Qᵀ·x`.
    fn backward(&self, x: &[f64]) -> Vec<f64> {
        let mut image = vec![0.0; x.len()];
        for (state, value) in x.iter().enumerate() {
            self.row(state).for_each(|(column, share)| image[column] += share * value);
        }
        image
    }

    /// `Σ Q^k·x`, until what is left is below the tolerance.
    fn sum(&self, mut x: Vec<f64>) -> Vec<f64> {
        let mut sum = vec![0.0; x.len()];
        let mut decay = Decay::new(largest(&x));
        while !decay.is_over() {
            sum.iter_mut().zip(&x).for_each(|(sum, x)| *sum += x);
            x = self.forward(&x);
            decay.step(largest(&x));
        }
        sum
    }

    /// Visits of the parties `first..first + LANES` to themselves.
    fn follow(&self, slow: &SlowMode, first: usize, now: &mut Vec<Lane>, next: &mut Vec<Lane>) -> Lane {
        let mut sums = slow.start(first, now);
        let lanes = LANES.min(self.size() - first);
        let mut decay = Decay::new(1.0);
        while !decay.is_over() {
            for lane in 0..lanes {
                sums[lane] += now[first + lane][lane];
            }
            decay.step(self.step(now, next));
            std::mem::swap(now, next);
        }
        sums
    }

    /// `next = Q·now` in every lane; the largest entry.
    fn step(&self, now: &[Lane], next: &mut [Lane]) -> f64 {
        let mut largest = [0.0_f64; LANES];
        for (state, target) in next.iter_mut().enumerate() {
            let mut sum = [0.0; LANES];
            for (column, share) in self.row(state) {
                for (sum, value) in sum.iter_mut().zip(&now[column]) {
                    *sum += share * value;
                }
            }
            for (largest, value) in largest.iter_mut().zip(&sum) {
                *largest = if value.abs() > *largest { value.abs() } else { *largest };
            }
            *target = sum;
        }
        largest.iter().copied().fold(0.0, f64::max)
    }
}

fn largest(x: &[f64]) -> f64 {
    x.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()))
}

/// Watches a sum whose terms shrink, and says when the rest is negligible.
struct Decay {
    size: f64,
    /// The slower of the last two ratios.
    ratio: f64,
    last: f64,
}

impl Decay {
    fn new(size: f64) -> Self {
        Self { size, ratio: 1.0, last: 1.0 }
    }

    fn step(&mut self, size: f64) {
        let ratio = if self.size > 0.0 { size / self.size } else { 0.0 };
        self.ratio = ratio.max(self.last);
        self.last = ratio;
        self.size = size;
    }

    fn is_over(&self) -> bool {
        // Terms never grow, since no row of Q sums to more than 1; a ratio near 1 only says "go on".
        self.size == 0.0 || self.ratio < 1.0 && self.size <= TOLERANCE * (1.0 - self.ratio)
    }
}

/// The slowest mode of the chain, and how often it is visited.
struct SlowMode {
    /// Close to the right eigenvector `r`.
    right: Vec<f64>,
    /// Close to the left eigenvector, `left · right = 1`.
    left: Vec<f64>,
    /// `N·r`, to the tolerance.
    visits: Vec<f64>,
}

/// Enough for any web that mixes fast enough to be followed; the result is exact without them.
const POWER_STEPS: usize = 100;

impl SlowMode {
    fn new(kernel: &Kernel, rows: &Rows) -> Self {
        let right = power(kernel.size(), |x| rows.forward(x));
        let left = power(kernel.size(), |x| rows.backward(x));
        let overlap: f64 = left.iter().zip(&right).map(|(left, right)| left * right).sum();
        let leak: f64 = left.iter().zip(&kernel.leak).map(|(left, leak)| left * leak).sum();
        // 1 − λ from what leaks, without subtraction.
        let gap = leak / left.iter().sum::<f64>();
        let guess: Vec<f64> = right.iter().map(|value| value / gap).collect();
        let image = rows.forward(&guess);
        let residual: Vec<f64> =
            right.iter().zip(guess.iter().zip(&image)).map(|(b, (x, qx))| b - (x - qx)).collect();
        let visits = guess.iter().zip(rows.sum(residual)).map(|(guess, rest)| guess + rest).collect();
        Self { right, left: left.iter().map(|left| left / overlap).collect(), visits }
    }

    /// Lays out `e_v − c_v·r` for each party of the block; returns `c_v·(N·r)_v`.
    fn start(&self, first: usize, now: &mut [Lane]) -> Lane {
        let mut weights = [0.0; LANES];
        let mut known = [0.0; LANES];
        for lane in 0..LANES.min(self.right.len() - first) {
            weights[lane] = self.left[first + lane];
            known[lane] = self.left[first + lane] * self.visits[first + lane];
        }
        for (state, right) in now.iter_mut().zip(&self.right) {
            *state = weights.map(|weight| -weight * right);
        }
        for lane in 0..LANES.min(self.right.len() - first) {
            now[first + lane][lane] += 1.0;
        }
        known
    }
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
