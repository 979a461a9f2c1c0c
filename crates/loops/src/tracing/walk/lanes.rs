//! Several parties followed at once, and one step of the chain for all of them.

use super::rows::Table;
use std::ops::{AddAssign, Mul};

/// Parties followed at once: in `f64` one cache line for each party passed.
pub(super) const LANES: usize = 8;

/// One value for each party followed.
#[derive(Clone, Copy)]
#[repr(align(32))]
pub(super) struct Lane<R>(pub [R; LANES]);

/// `f64`, or `f32` where terms are so small that its digits are enough.
pub(super) trait Real: Copy + Default + PartialOrd + AddAssign + Mul<Output = Self> {
    /// Without its sign.
    fn size(self) -> Self;
    /// The share of an arc in this precision.
    fn shares(table: &Table) -> &[Self];
}

impl Real for f64 {
    fn size(self) -> Self {
        self.abs()
    }

    fn shares(table: &Table) -> &[Self] {
        &table.shares
    }
}

impl Real for f32 {
    fn size(self) -> Self {
        self.abs()
    }

    fn shares(table: &Table) -> &[Self] {
        &table.coarse
    }
}

impl<R: Real> Lane<R> {
    pub fn blank() -> Self {
        Self([R::default(); LANES])
    }
}

/// `next = Q·now` in every lane; the largest entry without its sign.
///
/// Lanes do not mix and nothing is fused, so that every width gives the same bits.
pub(super) fn step<R: Real>(table: &Table, now: &[Lane<R>], next: &mut [Lane<R>]) -> R {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor was just found to have what the function asks for.
        // Worth it: all shares at 1e4 parties and 1e5 edges take a fifth less time, measured.
        #[allow(unsafe_code)]
        return unsafe { wide_step(table, now, next) };
    }
    plain_step(table, now, next)
}

/// The same code, compiled for registers of four `f64`.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn wide_step<R: Real>(table: &Table, now: &[Lane<R>], next: &mut [Lane<R>]) -> R {
    plain_step(table, now, next)
}

#[inline(always)]
fn plain_step<R: Real>(table: &Table, now: &[Lane<R>], next: &mut [Lane<R>]) -> R {
    let mut largest = [R::default(); LANES];
    for (bounds, target) in table.starts.windows(2).zip(next.iter_mut()) {
        let row = bounds[0] as usize..bounds[1] as usize;
        let mut sum = [R::default(); LANES];
        for (state, share) in table.states[row.clone()].iter().zip(&R::shares(table)[row]) {
            for (sum, value) in sum.iter_mut().zip(&now[*state as usize].0) {
                *sum += *share * *value;
            }
        }
        for (largest, value) in largest.iter_mut().zip(&sum) {
            *largest = if value.size() > *largest { value.size() } else { *largest };
        }
        target.0 = sum;
    }
    largest.iter().copied().fold(R::default(), |most, size| if size > most { size } else { most })
}
