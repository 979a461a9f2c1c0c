//! Quantiles of numbers that stream by, in memory that does not grow: counts on a fixed grid of the numbers' leading
//! binary digits. Counts add up exactly, so the answer does not depend on the order or on how the work was shared.

/// A quantile is within this part of the true one, between `2^-20` and `2^20`; smaller numbers count as 0.
pub const RELATIVE_ERROR: f64 = 1.0 / 32.0;

/// Leading digits after the first.
const DIGITS: u32 = 5;
const LEAST_EXPONENT: i64 = -20;
const EXPONENTS: usize = 40;
const HALF: usize = EXPONENTS << DIGITS;
const CELLS: usize = 2 * HALF + 1;

/// Counts of one number.
#[derive(Debug, Clone, PartialEq)]
pub struct Counts {
    cells: Vec<u32>,
    total: u64,
}

impl Default for Counts {
    fn default() -> Self {
        Self { cells: vec![0; CELLS], total: 0 }
    }
}

/// Distance from the middle cell: 0 for what is nearly 0.
#[inline]
fn distance(size: f64) -> usize {
    let place = (size.to_bits() >> (52 - DIGITS)) as i64 - ((1023 + LEAST_EXPONENT) << DIGITS);
    (place + 1).clamp(0, HALF as i64) as usize
}

/// Lower end of the cell at this distance.
fn lower(distance: usize) -> f64 {
    match distance {
        0 => 0.0,
        _ => f64::from_bits(
            (((1023 + LEAST_EXPONENT) << DIGITS) as u64 + distance as u64 - 1) << (52 - DIGITS),
        ),
    }
}

impl Counts {
    /// Counts one number; what is not a number is left out.
    #[inline]
    pub fn add(&mut self, number: f64) {
        if number.is_nan() {
            return;
        }
        let away = distance(number.abs());
        let cell = if number < 0.0 { HALF - away } else { HALF + away };
        self.cells[cell] += 1;
        self.total += 1;
    }

    /// Adds the counts of others.
    pub fn merge(&mut self, other: &Counts) {
        self.cells.iter_mut().zip(&other.cells).for_each(|(a, b)| *a += b);
        self.total += other.total;
    }

    /// The quantile, even inside a cell; `None` where nothing was counted.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        if self.total == 0 {
            return None;
        }
        let wanted = p * self.total as f64;
        let mut before = 0.0;
        let last = self.cells.iter().rposition(|count| *count > 0).unwrap_or(HALF);
        for (cell, count) in self.cells.iter().enumerate().filter(|(_, count)| **count > 0) {
            let after = before + f64::from(*count);
            if after >= wanted || cell == last {
                return Some(inside(cell, ((wanted - before) / (after - before)).clamp(0.0, 1.0)));
            }
            before = after;
        }
        None
    }
}

fn inside(cell: usize, part: f64) -> f64 {
    let away = cell.abs_diff(HALF);
    if away == 0 {
        return 0.0;
    }
    let (low, high) = (lower(away), lower(away + 1));
    if cell > HALF { low + part * (high - low) } else { -(high - part * (high - low)) }
}
