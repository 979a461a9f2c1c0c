//! A Gaussian copula from rank correlations.
//!
//! Spearman's `ρ` of a bivariate normal with correlation `r` is `(6/π) asin(r/2)` (Pearson 1907), so `r = 2 sin(πρ/6)`.
//! Drivers are `z = L ε` with `L` the Cholesky factor in the order of the scenario and `ε` independent innovations:
//! these are what sensitivity indices are about.

use std::f64::consts::PI;

use crate::error::OutlookError;
use crate::scenario::Correlation;
use crate::special::{normal_cdf, normal_quantile};

/// How drivers hang together.
#[derive(Debug, Clone, PartialEq)]
pub struct Copula {
    size: usize,
    /// Lower triangle, row-major, `size × size`.
    factor: Vec<f64>,
    /// Rows with an entry beside the diagonal.
    coupled: Vec<bool>,
}

/// The normal correlation that gives this rank correlation.
pub fn normal_correlation(spearman: f64) -> f64 {
    2.0 * libm::sin(PI * spearman / 6.0)
}

impl Copula {
    /// From rank correlations of the drivers named, in their order.
    ///
    /// # Errors
    /// When a pair is unknown, said twice or out of range, or when the correlations contradict each other.
    pub fn new(names: &[String], correlations: &[Correlation]) -> Result<Copula, OutlookError> {
        let size = names.len();
        let mut ranks = identity(size);
        for correlation in correlations {
            let pair = (correlation.a.name().to_owned(), correlation.b.name().to_owned());
            let wrong =
                |problem: &str| OutlookError::Correlation { pair: pair.clone(), problem: problem.to_owned() };
            let find = |name: &str| names.iter().position(|other| other == name);
            let (Some(a), Some(b)) = (find(&pair.0), find(&pair.1)) else {
                return Err(wrong("expected two drivers with distributions that are not pinned"));
            };
            if a == b || ranks[a * size + b] != 0.0 {
                return Err(wrong("expected each pair of two drivers once"));
            }
            if !(-1.0..=1.0).contains(&correlation.spearman) {
                return Err(wrong(&format!("expected -1 to 1; found {}", correlation.spearman)));
            }
            ranks[a * size + b] = correlation.spearman;
            ranks[b * size + a] = correlation.spearman;
        }
        Self::from_ranks(names, &ranks)
    }

    /// From a full matrix of rank correlations, row-major.
    ///
    /// # Errors
    /// When it is not positive definite, or its normal correlations are not.
    pub fn from_ranks(names: &[String], ranks: &[f64]) -> Result<Copula, OutlookError> {
        let size = names.len();
        let normal: Vec<f64> = ranks
            .iter()
            .enumerate()
            .map(|(at, rank)| if at % (size + 1) == 0 { 1.0 } else { normal_correlation(*rank) })
            .collect();
        let factor = cholesky(&normal, size).map_err(|row| OutlookError::NotPositiveDefinite {
            drivers: linked(names, ranks, row),
            ranks_alone_possible: cholesky(ranks, size).is_ok(),
        })?;
        let coupled =
            (0..size).map(|row| factor[row * size..row * size + row].iter().any(|x| *x != 0.0)).collect();
        Ok(Copula { size, factor, coupled })
    }

    /// The Cholesky factor, row-major.
    pub fn factor(&self) -> &[f64] {
        &self.factor
    }

    /// Turns independent uniforms into coupled ones, in place. Those without a partner keep their bits.
    pub fn couple(&self, uniforms: &mut [f64]) {
        if !self.coupled.contains(&true) {
            return;
        }
        let innovations: Vec<f64> = uniforms.iter().map(|u| normal_quantile(*u)).collect();
        for row in (0..self.size).filter(|row| self.coupled[*row]) {
            let terms = self.factor[row * self.size..=row * self.size + row].iter().zip(&innovations);
            let z: f64 = terms.map(|(factor, innovation)| factor * innovation).sum();
            uniforms[row] = normal_cdf(z).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0);
        }
    }
}

fn identity(size: usize) -> Vec<f64> {
    (0..size * size).map(|at| if at % (size + 1) == 0 { 1.0 } else { 0.0 }).collect()
}

/// Drivers up to this row that are linked to it.
fn linked(names: &[String], ranks: &[f64], row: usize) -> Vec<String> {
    let size = names.len();
    let mut reached = vec![false; size];
    reached[row] = true;
    for _ in 0..row {
        for a in 0..=row {
            reached[a] |= (0..=row).any(|b| reached[b] && ranks[a * size + b] != 0.0);
        }
    }
    names.iter().zip(reached).filter(|(_, yes)| *yes).map(|(name, _)| name.clone()).collect()
}

/// Lower factor, or the first row at which the matrix is not positive definite.
fn cholesky(matrix: &[f64], size: usize) -> Result<Vec<f64>, usize> {
    let mut factor = vec![0.0; size * size];
    for row in 0..size {
        for column in 0..=row {
            let done: f64 = (0..column).map(|k| factor[row * size + k] * factor[column * size + k]).sum();
            let left = matrix[row * size + column] - done;
            factor[row * size + column] = if row != column {
                left / factor[column * size + column]
            } else if left > 1e-12 {
                libm::sqrt(left)
            } else {
                return Err(row);
            };
        }
    }
    Ok(factor)
}
