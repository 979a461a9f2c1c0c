//! Sobol points with nested (Owen) scrambling by hash; any point by its number.

use crate::directions::DIRECTIONS;
use crate::luck::{join, key, mix, uniform};

/// Most dimensions.
pub const MOST_DIMENSIONS: usize = DIRECTIONS.len() + 1;

/// Direction numbers of some dimensions.
#[derive(Debug, Clone)]
pub struct Sobol {
    /// 32 by dimension.
    directions: Vec<[u32; 32]>,
}

impl Sobol {
    /// The first `dimensions`, at most [`MOST_DIMENSIONS`]; more are left out.
    pub fn new(dimensions: usize) -> Sobol {
        Sobol { directions: (0..dimensions.min(MOST_DIMENSIONS)).map(directions).collect() }
    }

    /// How many dimensions.
    pub fn dimensions(&self) -> usize {
        self.directions.len()
    }

    /// Coordinate of point `index` in natural order, as 32 binary digits.
    #[inline]
    pub fn digits(&self, dimension: usize, index: u32) -> u32 {
        let (mut left, mut digits) = (index, 0);
        while left != 0 {
            digits ^= self.directions[dimension][left.trailing_zeros() as usize];
            left &= left - 1;
        }
        digits
    }

    /// The same in the Gray-code order of Antonov & Saleev (1979): the same first `2^m` points, otherwise sorted.
    pub fn gray_digits(&self, dimension: usize, index: u32) -> u32 {
        self.digits(dimension, index ^ (index >> 1))
    }

    /// Coordinate of a scrambled point, strictly between 0 and 1. Scramblings of different `seed` are independent.
    #[inline]
    pub fn point(&self, dimension: usize, index: u32, seed: u64) -> f64 {
        let seed = join(seed, dimension as u64);
        let scrambled = scramble(self.digits(dimension, index), seed as u32);
        // Below 32 digits every point is random of its own (Owen 1995 scrambles all digits).
        let below = uniform(mix(seed ^ (u64::from(index) << 32 | u64::from(scrambled))));
        (f64::from(scrambled) + below) * (1.0 / 4_294_967_296.0)
    }
}

fn directions(dimension: usize) -> [u32; 32] {
    let mut v = [0_u32; 32];
    if dimension == 0 {
        for (bit, v) in v.iter_mut().enumerate() {
            *v = 1 << (31 - bit);
        }
        return v;
    }
    let (degree, coefficients, first) = DIRECTIONS[dimension - 1];
    let degree = degree as usize;
    for bit in 0..32 {
        v[bit] = match first.get(bit) {
            Some(m) => m << (31 - bit),
            None => {
                let mut next = v[bit - degree] ^ (v[bit - degree] >> degree);
                for step in 1..degree {
                    if coefficients >> (degree - 1 - step) & 1 == 1 {
                        next ^= v[bit - step];
                    }
                }
                next
            }
        };
    }
    v
}

/// Nested scrambling of 32 digits: each digit is flipped by a hash of the digits above it. On reversed digits that is a
/// hash in which lower bits only move higher ones (Laine & Karras 2011; Burley 2020, JCGT 9(4)).
#[inline]
fn scramble(digits: u32, seed: u32) -> u32 {
    let mut x = digits.reverse_bits();
    x ^= x.wrapping_mul(0x3d20_adea);
    x = x.wrapping_add(seed);
    x = x.wrapping_mul((seed >> 16) | 1);
    x ^= x.wrapping_mul(0x0552_6c56);
    x ^= x.wrapping_mul(0x53a2_2864);
    x.reverse_bits()
}

/// The seed of one scrambling of a named design.
pub fn scrambling(design: &str, seed: u64, number: u64) -> u64 {
    join(join(key(design), seed), number)
}
