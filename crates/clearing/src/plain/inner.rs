//! The default set by itself: `u = c + B s(u)`, a linear system with non-negative coefficients.

use super::{Fall, Rule, krylov};
use crate::dense;
use crate::network::{Network, Rows};

/// Up to this size elimination is faster than anything that iterates.
const SMALL: usize = 40;
/// Passes before a slow system is given to the Krylov method.
const TRIAL_PASSES: usize = 6;
/// What a pass may change at the end: the last bit of an unpaid part.
const STILL: f64 = 2e-16;

/// The system of a default set; parties are numbered within it.
pub(super) struct Inner {
    /// Who owes whom within the set, by debtor.
    pub owed: Rows,
    /// What is unpaid when nothing is lost within the set.
    pub constant: Vec<f64>,
    pub slope: Vec<f64>,
    /// Where to start.
    unpaid: Vec<f64>,
}

impl Inner {
    pub fn of(network: &Network, rule: &Rule, fall: &Fall) -> Self {
        let size = fall.failed.len();
        let mut slot = vec![u32::MAX; network.parties()];
        for (at, party) in fall.failed.iter().enumerate() {
            slot[*party as usize] = at as u32;
        }
        let mut owed = Rows { start: Vec::with_capacity(size + 1), ..Rows::default() };
        owed.start.push(0);
        for at in 0..size {
            for (creditor, amount) in fall.owed.row(at) {
                if slot[creditor] != u32::MAX {
                    owed.index.push(slot[creditor]);
                    owed.value.push(amount);
                }
            }
            owed.start.push(owed.index.len());
        }
        let pick = |from: &[f64]| fall.failed.iter().map(|party| from[*party as usize]).collect();
        Self { owed, constant: pick(&rule.constant), slope: pick(&rule.slope), unpaid: pick(&fall.unpaid) }
    }

    pub fn size(&self) -> usize {
        self.constant.len()
    }

    /// Lost receipts within the set.
    pub fn lost(&self, unpaid: &[f64], lost: &mut [f64]) {
        lost.fill(0.0);
        for (debtor, part) in unpaid.iter().enumerate() {
            for (creditor, amount) in self.owed.row(debtor) {
                lost[creditor] += amount * part;
            }
        }
    }

    pub fn solve(mut self) -> Vec<f64> {
        if self.size() <= SMALL {
            return self.eliminate();
        }
        let mut lost = vec![0.0; self.size()];
        self.lost(&self.unpaid, &mut lost);
        let mut last = f64::INFINITY;
        for pass in 0..40 * TRIAL_PASSES {
            let moved = self.pass(&mut lost);
            if moved <= STILL {
                return self.unpaid;
            }
            if pass >= TRIAL_PASSES && moved > 0.75 * last {
                break;
            }
            last = moved;
        }
        let start = std::mem::take(&mut self.unpaid);
        krylov::solve(&self, start)
    }

    /// Gauss–Seidel: each party in turn, its creditors told at once. Returns the largest change.
    fn pass(&mut self, lost: &mut [f64]) -> f64 {
        let mut moved: f64 = 0.0;
        for debtor in 0..self.size() {
            let next = self.constant[debtor] + self.slope[debtor] * lost[debtor];
            let more = next - self.unpaid[debtor];
            if more != 0.0 {
                self.unpaid[debtor] = next;
                moved = moved.max(more.abs());
                for (creditor, amount) in self.owed.row(debtor) {
                    lost[creditor] += amount * more;
                }
            }
        }
        moved
    }

    fn eliminate(&self) -> Vec<f64> {
        let size = self.size();
        let mut matrix = vec![0.0; size * size];
        for debtor in 0..size {
            matrix[debtor * size + debtor] += 1.0;
            for (creditor, amount) in self.owed.row(debtor) {
                matrix[creditor * size + debtor] -= self.slope[creditor] * amount;
            }
        }
        let mut right = self.constant.clone();
        dense::solve(&mut matrix, size, &mut right, Some(&self.unpaid));
        right
    }
}
