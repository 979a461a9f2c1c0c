//! Several paths side by side: one number of each. Lanes never mix, so that bits do not depend on their number.
//!
//! Plain arrays with short loops, which the compiler turns into the widest registers that the calling function may use;
//! no fused multiply-add, so that every width rounds alike.

use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// One number of each of `W` paths.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(align(32))]
pub(crate) struct V<const W: usize>(pub [f64; W]);

/// One yes or no of each path: all bits or none.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(align(32))]
pub(crate) struct M<const W: usize>(pub [u64; W]);

macro_rules! operator {
    ($trait:ident, $name:ident, $op:tt) => {
        impl<const W: usize> $trait for V<W> {
            type Output = V<W>;
            #[inline(always)]
            fn $name(self, other: V<W>) -> V<W> {
                let mut out = self;
                for lane in 0..W {
                    out.0[lane] = self.0[lane] $op other.0[lane];
                }
                out
            }
        }
        impl<const W: usize> $trait<f64> for V<W> {
            type Output = V<W>;
            #[inline(always)]
            fn $name(self, other: f64) -> V<W> {
                self $op V::all(other)
            }
        }
    };
}

operator!(Add, add, +);
operator!(Sub, sub, -);
operator!(Mul, mul, *);
operator!(Div, div, /);

impl<const W: usize> AddAssign for V<W> {
    #[inline(always)]
    fn add_assign(&mut self, other: V<W>) {
        *self = *self + other;
    }
}

impl<const W: usize> SubAssign for V<W> {
    #[inline(always)]
    fn sub_assign(&mut self, other: V<W>) {
        *self = *self - other;
    }
}

impl<const W: usize> Neg for V<W> {
    type Output = V<W>;
    #[inline(always)]
    fn neg(self) -> V<W> {
        V::ZERO - self
    }
}

impl<const W: usize> V<W> {
    pub const ZERO: Self = V([0.0; W]);
    pub const ONE: Self = V([1.0; W]);

    #[inline(always)]
    pub fn all(value: f64) -> Self {
        V([value; W])
    }

    #[inline(always)]
    pub fn by_lane(mut of: impl FnMut(usize) -> f64) -> Self {
        let mut out = V::ZERO;
        for lane in 0..W {
            out.0[lane] = of(lane);
        }
        out
    }

    #[inline(always)]
    pub fn min(self, other: Self) -> Self {
        let mut out = self;
        for lane in 0..W {
            out.0[lane] = if other.0[lane] < self.0[lane] { other.0[lane] } else { self.0[lane] };
        }
        out
    }

    #[inline(always)]
    pub fn max(self, other: Self) -> Self {
        let mut out = self;
        for lane in 0..W {
            out.0[lane] = if other.0[lane] > self.0[lane] { other.0[lane] } else { self.0[lane] };
        }
        out
    }

    /// At least 0.
    #[inline(always)]
    pub fn positive(self) -> Self {
        self.max(V::ZERO)
    }

    #[inline(always)]
    pub fn abs(self) -> Self {
        self.max(-self)
    }

    #[inline(always)]
    pub fn below(self, other: Self) -> M<W> {
        let mut out = M([0; W]);
        for lane in 0..W {
            out.0[lane] = if self.0[lane] < other.0[lane] { u64::MAX } else { 0 };
        }
        out
    }

    #[inline(always)]
    pub fn above(self, other: Self) -> M<W> {
        other.below(self)
    }
}

impl<const W: usize> M<W> {
    pub const NONE: Self = M([0; W]);
    pub const EVERY: Self = M([u64::MAX; W]);

    #[inline(always)]
    pub fn pick(self, yes: V<W>, no: V<W>) -> V<W> {
        let mut out = no;
        for lane in 0..W {
            let mask = self.0[lane];
            out.0[lane] = f64::from_bits(yes.0[lane].to_bits() & mask | no.0[lane].to_bits() & !mask);
        }
        out
    }

    /// The value where yes, else 0.
    #[inline(always)]
    pub fn keep(self, yes: V<W>) -> V<W> {
        let mut out = yes;
        for lane in 0..W {
            out.0[lane] = f64::from_bits(yes.0[lane].to_bits() & self.0[lane]);
        }
        out
    }

    #[inline(always)]
    pub fn and(self, other: Self) -> Self {
        let mut out = self;
        for lane in 0..W {
            out.0[lane] &= other.0[lane];
        }
        out
    }

    #[inline(always)]
    pub fn or(self, other: Self) -> Self {
        let mut out = self;
        for lane in 0..W {
            out.0[lane] |= other.0[lane];
        }
        out
    }

    #[inline(always)]
    pub fn not(self) -> Self {
        let mut out = self;
        for lane in 0..W {
            out.0[lane] = !self.0[lane];
        }
        out
    }

    #[inline(always)]
    pub fn any(self) -> bool {
        let mut bits = 0;
        for lane in 0..W {
            bits |= self.0[lane];
        }
        bits != 0
    }
}
