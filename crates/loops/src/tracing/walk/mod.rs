//! Visits by following the chain step by step, for well-mixed webs that elimination would fill.
//!
//! `N·e_v = Σ Q^k·e_v` converges with the second eigenvalue of `Q` once its first is taken out: with `r` close
//! to the right eigenvector and any number `c`, `N·x = c·N·r + Σ Q^k·(x − c·r)`. `N·r` is solved once, so this
//! is exact for any `r`; a good `r`, with `c` the weight of the left eigenvector, makes it fast. The first steps
//! from a party are sparse, and so are the last steps back to it, `e_vᵀ·Q^i` for small `i`.

mod decay;
mod lanes;
mod near;
mod rows;
mod slow;

use super::inverse::Kernel;
use decay::Decay;
use lanes::{LANES, Lane, step};
use near::Near;
use rows::Rows;
use slow::SlowMode;

/// Parties are independent of each other, so that the bytes do not depend on who follows which.
const WORKERS: usize = 4;

/// The diagonal of `(I − Q)^{-1}`.
pub(super) fn visits(kernel: &Kernel) -> Vec<f64> {
    let rows = Rows::new(kernel);
    let slow = SlowMode::new(kernel, &rows);
    let mut diagonal = vec![0.0; kernel.size()];
    let part = kernel.size().div_ceil(WORKERS).next_multiple_of(LANES);
    std::thread::scope(|scope| {
        for (worker, part_of) in diagonal.chunks_mut(part).enumerate() {
            let (rows, slow) = (&rows, &slow);
            scope.spawn(move || Walk::new(rows, slow).visits(worker * part, part_of));
        }
    });
    diagonal
}

/// Solves `(I − Q)·x = b`, `b ≥ 0`.
pub(super) fn solve(kernel: &Kernel, right: Vec<f64>) -> Vec<f64> {
    let rows = Rows::new(kernel);
    let slow = SlowMode::new(kernel, &rows);
    slow.solve(&rows, &right)
}

/// Terms below this are followed in single precision: its 24 bits leave errors below 2e-12 in each step.
const COARSE_BELOW: f64 = 3e-5;
/// Unless errors could build up along a mode that hardly leaks.
const COARSE_GAP: f64 = 0.1;

/// Working space of one worker.
struct Walk<'a> {
    rows: &'a Rows,
    slow: &'a SlowMode,
    near: Near,
    /// Steps taken sparsely at each end.
    near_steps: usize,
    now: Vec<Lane<f64>>,
    next: Vec<Lane<f64>>,
    coarse_now: Vec<Lane<f32>>,
    coarse_next: Vec<Lane<f32>>,
}

impl<'a> Walk<'a> {
    fn new(rows: &'a Rows, slow: &'a SlowMode) -> Self {
        Self {
            rows,
            slow,
            near: Near::new(rows.size()),
            near_steps: near::steps(rows),
            now: vec![Lane::blank(); rows.size()],
            next: vec![Lane::blank(); rows.size()],
            coarse_now: vec![Lane::blank(); rows.size()],
            coarse_next: vec![Lane::blank(); rows.size()],
        }
    }

    /// Visits of the parties from `first` on to themselves.
    fn visits(mut self, first: usize, diagonal: &mut [f64]) {
        for (block, sums) in diagonal.chunks_mut(LANES).enumerate() {
            self.leave(first + block * LANES, sums);
            self.follow(first + block * LANES, sums);
            self.come_back(first + block * LANES, sums);
        }
    }

    /// Adds the visits on the way until what is left is negligible; the last term stays in `now`.
    fn follow(&mut self, first: usize, sums: &mut [f64]) {
        let mut decay = Decay::new(1.0, decay::TOLERANCE);
        loop {
            for (lane, sum) in sums.iter_mut().enumerate() {
                *sum += self.now[first + lane].0[lane];
            }
            if decay.is_over(self.near_steps as i32) {
                return;
            }
            if decay.size() < COARSE_BELOW && self.slow.gap > COARSE_GAP {
                return self.follow_coarsely(first, sums, decay);
            }
            decay.step(step(&self.rows.forward, &self.now, &mut self.next));
            std::mem::swap(&mut self.now, &mut self.next);
        }
    }

    /// The same in single precision.
    fn follow_coarsely(&mut self, first: usize, sums: &mut [f64], mut decay: Decay) {
        for (coarse, fine) in self.coarse_now.iter_mut().zip(&self.now) {
            coarse.0 = fine.0.map(|value| value as f32);
        }
        while !decay.is_over(self.near_steps as i32) {
            decay.step(f64::from(step(&self.rows.forward, &self.coarse_now, &mut self.coarse_next)));
            std::mem::swap(&mut self.coarse_now, &mut self.coarse_next);
            for (lane, sum) in sums.iter_mut().enumerate() {
                *sum += f64::from(self.coarse_now[first + lane].0[lane]);
            }
        }
        for (coarse, fine) in self.coarse_now.iter().zip(self.now.iter_mut()) {
            fine.0 = coarse.0.map(f64::from);
        }
    }

    /// The first steps of each party of the block, up to `Q^i·e_v − c·r` in its lane.
    fn leave(&mut self, first: usize, sums: &mut [f64]) {
        let mut weights = [0.0; LANES];
        self.now.fill(Lane::blank());
        for (lane, sum) in sums.iter_mut().enumerate() {
            self.near.start(first + lane);
            for _ in 0..self.near_steps {
                *sum += self.near.at(first + lane);
                self.near.step(&self.rows.backward);
            }
            for (state, share) in self.near.shares() {
                self.now[state].0[lane] = share;
                weights[lane] += self.slow.left[state] * share;
            }
            *sum += weights[lane] * self.slow.visits[first + lane];
        }
        self.take_out(weights);
    }

    /// `x − c·r` in every lane.
    fn take_out(&mut self, weights: [f64; LANES]) {
        for (state, right) in self.now.iter_mut().zip(&self.slow.right) {
            for (value, weight) in state.0.iter_mut().zip(&weights) {
                *value -= weight * right;
            }
        }
    }

    /// The last steps: what rounding has put back into the slow mode, and `Σ e_vᵀ·Q^i·x`.
    fn come_back(&mut self, first: usize, sums: &mut [f64]) {
        let mut weights = [0.0; LANES];
        for (state, left) in self.now.iter().zip(&self.slow.left) {
            for (weight, value) in weights.iter_mut().zip(&state.0) {
                *weight += left * value;
            }
        }
        self.take_out(weights);
        for (lane, sum) in sums.iter_mut().enumerate() {
            self.near.start(first + lane);
            *sum += weights[lane] * (self.slow.visits[first + lane] - self.slow.right[first + lane]);
            for _ in 0..self.near_steps {
                self.near.step(&self.rows.forward);
                *sum += self.near.shares().map(|(state, share)| share * self.now[state].0[lane]).sum::<f64>();
            }
        }
    }
}
