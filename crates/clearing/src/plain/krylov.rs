//! Bi-CGSTAB (van der Vorst 1992) with restarts from the true residual, for default sets that leak slowly.

use super::inner::Inner;

/// Residual at which a solution stands, in parts of dues; below it rounding of the residual itself rules.
const RESIDUAL: f64 = 4e-16;
const MOST_STEPS: usize = 2_000;
const RESTARTS: usize = 6;

/// Solves `u − B s(u) = c` from `start`: a few restarts, each of which gains the digits that the last one lost.
pub(super) fn solve(system: &Inner, start: Vec<f64>) -> Vec<f64> {
    let mut best = start;
    let mut residual = vec![0.0; best.len()];
    let mut size = remainder(system, &best, &mut residual);
    for _ in 0..RESTARTS {
        if size <= RESIDUAL {
            break;
        }
        let step = stabilised(system, &residual, (RESIDUAL / size * 0.25).max(1e-13));
        let next: Vec<f64> = best.iter().zip(&step).map(|(a, b)| a + b).collect();
        let mut rest = vec![0.0; best.len()];
        let after = remainder(system, &next, &mut rest);
        if after.is_nan() || after >= size {
            break;
        }
        let slow = after > 0.5 * size;
        (best, residual, size) = (next, rest, after);
        if slow {
            break;
        }
    }
    best
}

/// `c − u + B s(u)`; returns its largest entry.
fn remainder(system: &Inner, unpaid: &[f64], residual: &mut [f64]) -> f64 {
    system.lost(unpaid, residual);
    let mut largest: f64 = 0.0;
    for (at, entry) in residual.iter_mut().enumerate() {
        *entry = system.constant[at] - unpaid[at] + system.slope[at] * *entry;
        largest = largest.max(entry.abs());
    }
    largest
}

/// `out = x − B s(x)`.
fn apply(system: &Inner, x: &[f64], out: &mut [f64]) {
    system.lost(x, out);
    for (at, entry) in out.iter_mut().enumerate() {
        *entry = x[at] - system.slope[at] * *entry;
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    // Eight running sums in a fixed order: as fast as the memory and always the same bits.
    let mut sums = [0.0; 8];
    for (a, b) in a.chunks(8).zip(b.chunks(8)) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum()
}

/// The correction `x` with `x − B s(x) = right`, to `gain` of the size of `right`.
fn stabilised(system: &Inner, right: &[f64], gain: f64) -> Vec<f64> {
    let size = right.len();
    let (mut x, mut r) = (vec![0.0; size], right.to_vec());
    let (mut p, mut v, mut s, mut t) = (vec![0.0; size], vec![0.0; size], vec![0.0; size], vec![0.0; size]);
    let goal = gain * gain * dot(right, right);
    let (mut rho, mut alpha, mut omega) = (1.0, 1.0, 1.0);
    for _ in 0..MOST_STEPS {
        let next = dot(right, &r);
        let beta = next / rho * (alpha / omega);
        rho = next;
        for at in 0..size {
            p[at] = r[at] + beta * (p[at] - omega * v[at]);
        }
        apply(system, &p, &mut v);
        alpha = rho / dot(right, &v);
        for at in 0..size {
            s[at] = r[at] - alpha * v[at];
        }
        apply(system, &s, &mut t);
        let square = dot(&t, &t);
        omega = if square > 0.0 { dot(&t, &s) / square } else { 0.0 };
        if !(alpha.is_finite() && omega.is_finite()) {
            return x;
        }
        for at in 0..size {
            x[at] += alpha * p[at] + omega * s[at];
            r[at] = s[at] - omega * t[at];
        }
        if dot(&r, &r) <= goal || omega == 0.0 {
            break;
        }
    }
    x
}
