//! Randomness that is counted, never drawn in turn: each number is a hash of what it is for.
//!
//! Streams are keyed by the id of a party or a deal, the path and the quarter; no position enters, so that reordering
//! a file changes nothing. The mixer is that of SplitMix64 (Steele, Lea & Flood 2014).

use crate::special::normal_quantile;

/// SplitMix64's output function.
#[inline(always)]
pub fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A name as a number: FNV-1a over its bytes, mixed.
pub fn key(name: &str) -> u64 {
    let hash = name.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    mix(hash)
}

/// Two numbers as one.
#[inline(always)]
pub fn join(a: u64, b: u64) -> u64 {
    mix(a ^ mix(b.wrapping_add(0x9E37_79B9_7F4A_7C15)))
}

/// Strictly between 0 and 1, from 53 bits.
#[inline(always)]
pub fn uniform(bits: u64) -> f64 {
    ((bits >> 11) as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)
}

/// The uniform of stream `key` in path `luck` and quarter `quarter`.
#[inline(always)]
pub fn draw(key: u64, luck: u64, quarter: usize) -> f64 {
    uniform(join(join(key, luck), quarter as u64))
}

/// The standard normal of that stream.
pub fn normal(key: u64, luck: u64, quarter: usize) -> f64 {
    normal_quantile(draw(key, luck, quarter))
}
