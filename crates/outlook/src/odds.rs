//! How sure a share of paths is.

use crate::special::{beta_quantile, normal_quantile};

/// Standard error of a mean from equally good independent estimates (scramblings); `None` with fewer than two.
pub fn spread_error(estimates: &[f64]) -> Option<f64> {
    let n = estimates.len() as f64;
    if estimates.len() < 2 {
        return None;
    }
    let mean = estimates.iter().sum::<f64>() / n;
    let squares: f64 = estimates.iter().map(|x| (x - mean) * (x - mean)).sum();
    Some(libm::sqrt(squares / (n - 1.0) / n))
}

/// Wilson (1927): the score interval of a share of independent paths.
pub fn wilson(hits: u64, paths: u64, confidence: f64) -> (f64, f64) {
    let (hits, n) = (hits as f64, (paths as f64).max(1.0));
    let z = normal_quantile(0.5 + 0.5 * confidence);
    let (p, square) = (hits / n, z * z);
    let centre = (p + square / (2.0 * n)) / (1.0 + square / n);
    let half = z * libm::sqrt(p * (1.0 - p) / n + square / (4.0 * n * n)) / (1.0 + square / n);
    let low = if hits == 0.0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if hits == n { 1.0 } else { (centre + half).min(1.0) };
    (low, high)
}

/// Clopper & Pearson (1934): the exact interval of a share of independent paths.
pub fn clopper_pearson(hits: u64, paths: u64, confidence: f64) -> (f64, f64) {
    let (x, n) = (hits as f64, paths as f64);
    let tail = 0.5 * (1.0 - confidence);
    let low = if hits == 0 { 0.0 } else { beta_quantile(tail, x, n - x + 1.0) };
    let high = if hits >= paths { 1.0 } else { beta_quantile(1.0 - tail, x + 1.0, n - x) };
    (low, high)
}
