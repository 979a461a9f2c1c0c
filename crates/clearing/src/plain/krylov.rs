//! Bi-CGSTAB (van der Vorst 1992) with restarts from the true residual, for default sets that leak slowly.
//!
//! With `B = L + U` below and above the diagonal, the system `I − B` is preconditioned by `(I − L)(I − U)`; by the
//! identity of Eisenstat (1981, SIAM J. Sci. Stat. Comput. 2(1)) a product with the preconditioned matrix costs no
//! more than one with `B`: `t = (I − U)⁻¹ v`, then `t + (I − L)⁻¹ (v − t)`.

use super::inner::Inner;

/// Residual at which a solution stands, in parts of dues: some units of rounding.
const RESIDUAL: f64 = 2e-15;
const MOST_STEPS: usize = 2_000;
const RESTARTS: usize = 6;

/// `B` by creditor: what of each debtor's unpaid part a party leaves unpaid itself. Gathering is faster than telling.
struct Matrix<'a> {
    constant: &'a [f64],
    start: Vec<u32>,
    /// Where in each row the debtors after the creditor begin.
    middle: Vec<u32>,
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
        let before = |at: usize| {
            let row = &debtors[start[at] as usize..start[at + 1] as usize];
            start[at] + row.partition_point(|debtor| (*debtor as usize) < at) as u32
        };
        let middle = (0..size).map(before).collect();
        Self { constant: &system.constant, start, middle, debtor: debtors, part }
    }

    /// `Σ part · x` over entries of a row.
    #[inline(always)]
    fn sum(&self, from: u32, to: u32, x: &[f64]) -> f64 {
        let row = from as usize..to as usize;
        let entries = self.debtor[row.clone()].iter().zip(&self.part[row]);
        entries.map(|(debtor, part)| part * x[*debtor as usize]).sum()
    }

    /// `(I − U)⁻¹ x`, in place.
    fn solve_above(&self, x: &mut [f64]) {
        for at in (0..x.len()).rev() {
            x[at] += self.sum(self.middle[at], self.start[at + 1], x);
        }
    }

    /// `(I − L)⁻¹ x`, in place.
    fn solve_below(&self, x: &mut [f64]) {
        for at in 0..x.len() {
            x[at] += self.sum(self.start[at], self.middle[at], x);
        }
    }

    /// The preconditioned product; `work` is overwritten.
    fn apply(&self, x: &[f64], out: &mut [f64], work: &mut [f64]) {
        work.copy_from_slice(x);
        self.solve_above(work);
        for ((out, x), above) in out.iter_mut().zip(x).zip(work.iter()) {
            *out = x - above;
        }
        self.solve_below(out);
        for (out, above) in out.iter_mut().zip(work.iter()) {
            *out += above;
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
    for (at, entry) in residual.iter_mut().enumerate() {
        let sum = matrix.sum(matrix.start[at], matrix.start[at + 1], unpaid);
        *entry = matrix.constant[at] - unpaid[at] + sum;
        largest = largest.max(entry.abs());
    }
    largest
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

/// The correction `x` with `x − B x = remainder`, to `gain` of the size of the preconditioned remainder.
fn stabilised(matrix: &Matrix<'_>, remainder: &[f64], gain: f64) -> Vec<f64> {
    let size = remainder.len();
    let mut right = remainder.to_vec();
    matrix.solve_below(&mut right);
    let (mut x, mut r, mut work) = (vec![0.0; size], right.clone(), vec![0.0; size]);
    let (mut p, mut v, mut s, mut t) = (vec![0.0; size], vec![0.0; size], vec![0.0; size], vec![0.0; size]);
    let goal = gain * gain * dot(&right, &right);
    let (mut rho, mut alpha, mut omega) = (1.0, 1.0, 1.0);
    for _ in 0..MOST_STEPS {
        let next = dot(&right, &r);
        let beta = next / rho * (alpha / omega);
        rho = next;
        for at in 0..size {
            p[at] = r[at] + beta * (p[at] - omega * v[at]);
        }
        matrix.apply(&p, &mut v, &mut work);
        alpha = rho / dot(&right, &v);
        for at in 0..size {
            s[at] = r[at] - alpha * v[at];
        }
        matrix.apply(&s, &mut t, &mut work);
        let square = dot(&t, &t);
        omega = if square > 0.0 { dot(&t, &s) / square } else { 0.0 };
        if !(alpha.is_finite() && omega.is_finite()) {
            break;
        }
        for at in 0..size {
            x[at] += alpha * p[at] + omega * s[at];
            r[at] = s[at] - omega * t[at];
        }
        if dot(&r, &r) <= goal || omega == 0.0 {
            break;
        }
    }
    matrix.solve_above(&mut x);
    x
}
