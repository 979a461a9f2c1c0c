//! When a sum of shrinking terms may stop.

/// What may be left out of each number of visits: half of what is promised.
pub(super) const TOLERANCE: f64 = 5e-11;

/// Entries of a unit's way that are rounding noise. What noise is left lies along the slow mode, whose ratio
/// would keep the sum going for ever.
const NOISE: f64 = 1e-15;

/// Watches a sum whose terms shrink, and says when the rest is negligible.
pub(super) struct Decay {
    tolerance: f64,
    size: f64,
    /// The slower of the last two ratios.
    ratio: f64,
    last: f64,
}

impl Decay {
    /// Watches terms of which the first has `size`; rests below `tolerance` are negligible.
    pub fn new(size: f64, tolerance: f64) -> Self {
        Self { tolerance, size, ratio: 1.0, last: 1.0 }
    }

    /// The largest entry of the term last seen.
    pub fn size(&self) -> f64 {
        self.size
    }

    /// Records the largest entry of the next term.
    pub fn step(&mut self, size: f64) {
        let ratio = if self.size > 0.0 { size / self.size } else { 0.0 };
        self.ratio = ratio.max(self.last);
        self.last = ratio;
        self.size = size;
    }

    /// Whether all terms beyond the next `ahead` together are below the tolerance.
    pub fn is_over(&self, ahead: i32) -> bool {
        // Terms never grow, since no row of Q sums to more than 1; a ratio near 1 only says "go on".
        let rest = self.size * self.ratio.powi(ahead);
        self.size <= NOISE * self.tolerance / TOLERANCE
            || self.ratio < 1.0 && rest <= self.tolerance * (1.0 - self.ratio)
    }
}
