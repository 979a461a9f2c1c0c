//! Bi-CGSTAB (van der Vorst 1992) with restarts from the true residual, for default sets that leak slowly.

use super::inner::Inner;

/// Residual at which a solution stands, in parts of dues; below it rounding of the residual itself rules.
const RESIDUAL: f64 = 4e-16;
const MOST_STEPS: usize = 2_000;
const RESTARTS: usize = 6;

/// `B` by creditor: what of each debtor's unpaid part a party leaves unpaid itself. Gathering is faster than telling.
struct Matrix<'a> {
    constant: &'a [f64],
    start: Vec<u32>,
    debtor: Vec<u32>,
    part: Vec<f64>,
}

impl<'a> Matrix<'a> {
    fn of(system: &'a Inner) -> Self {
        let size = system.size();
        let mut start = vec![0_u32; size + 1];
        system.owed.index.iter().for_each(|creditor| start[*creditor as usize + 1] += 1);
        for at in 0..size {
            start[at + 1] += start[at];
        }
        let mut next = start.clone();
        let mut debtors = vec![0; system.owed.index.len()];
        let mut part = vec![0.0; debtors.len()];
        for debtor in 0..size {
            for (creditor, amount) in system.owed.row(debtor) {
                let slot = next[creditor] as usize;
                (debtors[slot], part[slot]) = (debtor as u32, amount * system.slope[creditor]);
                next[creditor] += 1;
            }
        }
        Self { constant: &system.constant, start, debtor: debtors, part }
    }

    /// Calls `each` with every row's number and its entry of `B x`.
    fn product(&self, x: &[f64], mut each: impl FnMut(usize, f64)) {
        for (at, bounds) in self.start.windows(2).enumerate() {
            let row = bounds[0] as usize..bounds[1] as usize;
            let (debtors, last) = self.debtor[row.clone()].as_chunks::<2>();
            let (parts, last_part) = self.part[row].as_chunks::<2>();
            let (mut even, mut odd) = (0.0, 0.0);
            for (debtors, parts) in debtors.iter().zip(parts) {
                even += parts[0] * x[debtors[0] as usize];
                odd += parts[1] * x[debtors[1] as usize];
            }
            for (debtor, part) in last.iter().zip(last_part) {
                even += part * x[*debtor as usize];
            }
            each(at, even + odd);
        }
    }
}

/// Solves `u − B u = c` from `start`: a few restarts, each of which gains the digits that the last one lost.
pub(super) fn solve(system: &Inner, start: Vec<f64>) -> Vec<f64> {
    let matrix = &Matrix::of(system);
    let mut best = start;
    let mut residual = vec![0.0; best.len()];
    let mut size = remainder(matrix, &best, &mut residual);
    for _ in 0..RESTARTS {
        if size <= RESIDUAL {
            break;
        }
        let step = stabilised(matrix, &residual, (RESIDUAL / size * 0.25).max(1e-15));
        let next: Vec<f64> = best.iter().zip(&step).map(|(a, b)| a + b).collect();
        let mut rest = vec![0.0; best.len()];
        let after = remainder(matrix, &next, &mut rest);
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

/// `c − u + B u`; returns its largest entry.
fn remainder(matrix: &Matrix<'_>, unpaid: &[f64], residual: &mut [f64]) -> f64 {
    let mut largest: f64 = 0.0;
    matrix.product(unpaid, |at, sum| {
        residual[at] = matrix.constant[at] - unpaid[at] + sum;
        largest = largest.max(residual[at].abs());
    });
    largest
}

/// `out = x − B x`.
fn apply(matrix: &Matrix<'_>, x: &[f64], out: &mut [f64]) {
    matrix.product(x, |at, sum| out[at] = x[at] - sum);
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

/// The correction `x` with `x − B x = right`, to `gain` of the size of `right`.
fn stabilised(matrix: &Matrix<'_>, right: &[f64], gain: f64) -> Vec<f64> {
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
        apply(matrix, &p, &mut v);
        alpha = rho / dot(right, &v);
        for at in 0..size {
            s[at] = r[at] - alpha * v[at];
        }
        apply(matrix, &s, &mut t);
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
