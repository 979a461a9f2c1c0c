//! Distributions of drivers, by their quantile functions.

use serde::{Deserialize, Serialize};

use crate::special::{beta_quantile_from, log_beta_front, normal_cdf, normal_quantile};

/// How a driver is distributed. p10 is the value that is not exceeded with probability 0.1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Distribution {
    /// One value: no dimension of the sample.
    Pinned {
        /// The value.
        value: f64,
    },
    /// Even between two ends.
    Uniform {
        /// Lower end.
        min: f64,
        /// Upper end.
        max: f64,
    },
    /// Even in logarithms; both ends above 0.
    LogUniform {
        /// Lower end.
        min: f64,
        /// Upper end.
        max: f64,
    },
    /// Normal by two quantiles.
    Normal {
        /// 10 % quantile.
        p10: f64,
        /// 90 % quantile.
        p90: f64,
    },
    /// Normal by mean and standard deviation.
    NormalMoments {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// Lognormal by two quantiles above 0.
    LogNormal {
        /// 10 % quantile.
        p10: f64,
        /// 90 % quantile.
        p90: f64,
    },
    /// Log-logistic by two quantiles above 0.
    LogLogistic {
        /// 10 % quantile.
        p10: f64,
        /// 90 % quantile.
        p90: f64,
    },
    /// Triangular; the mode may be an end.
    Triangular {
        /// Lower end.
        min: f64,
        /// Peak.
        mode: f64,
        /// Upper end.
        max: f64,
    },
    /// Beta-PERT: `α = 1 + λ (mode − min)/(max − min)`, `β = 1 + λ (max − mode)/(max − min)`.
    Pert {
        /// Lower end.
        min: f64,
        /// Peak.
        mode: f64,
        /// Upper end.
        max: f64,
        /// How sharp; usually 4.
        lambda: f64,
    },
    /// Normal cut at one or both ends.
    TruncatedNormal {
        /// Mean of the uncut normal.
        mean: f64,
        /// Standard deviation of the uncut normal.
        sd: f64,
        /// Lower cut.
        min: Option<f64>,
        /// Upper cut.
        max: Option<f64>,
    },
    /// One of several values, in this order.
    Discrete {
        /// Values.
        values: Vec<f64>,
        /// Their weights, divided by their sum.
        weights: Vec<f64>,
    },
}

/// A distribution whose parameters have been checked and prepared.
#[derive(Debug, Clone, PartialEq)]
pub struct Sampler {
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Pinned(f64),
    /// `a + b·u`.
    Uniform(f64, f64),
    /// `exp(a + b·u)`.
    LogUniform(f64, f64),
    Normal(f64, f64),
    LogNormal(f64, f64),
    /// `alpha (u/(1−u))^(1/beta)`.
    LogLogistic(f64, f64),
    Triangular(f64, f64, f64),
    Pert(Box<Pert>),
    Truncated(Truncated),
    Discrete(Vec<(f64, f64)>),
}

/// Quantiles at even steps of probability are where Newton's steps begin.
#[derive(Debug, Clone, PartialEq)]
struct Pert {
    min: f64,
    width: f64,
    alpha: f64,
    beta: f64,
    guesses: Vec<f64>,
}

const GUESSES: usize = 256;

impl Pert {
    fn new(min: f64, mode: f64, max: f64, lambda: f64) -> Self {
        let width = max - min;
        let (alpha, beta) = (1.0 + lambda * (mode - min) / width, 1.0 + lambda * (max - mode) / width);
        let mut pert = Self { min, width, alpha, beta, guesses: vec![0.0] };
        for at in 1..=GUESSES {
            let start = pert.guesses[at - 1].max(0.5 * alpha / (alpha + beta));
            let quantile = beta_quantile_from(at as f64 / GUESSES as f64, alpha, beta, start);
            pert.guesses.push(quantile);
        }
        pert
    }

    fn quantile(&self, u: f64) -> f64 {
        let place = u * GUESSES as f64;
        let at = (place as usize).min(GUESSES - 1);
        let (low, high) = (self.guesses[at], self.guesses[at + 1]);
        let guess = if at == 0 {
            // The lower tail of a beta is a power: x ≈ (u α B(α, β))^(1/α).
            libm::exp((libm::log(u * self.alpha) - log_beta_front(self.alpha, self.beta)) / self.alpha)
                .min(high)
        } else {
            low + (place - at as f64) * (high - low)
        };
        self.min + self.width * beta_quantile_from(u, self.alpha, self.beta, guess.clamp(1e-300, 1.0 - 1e-12))
    }
}

/// `lower` and `upper` are probabilities of the tail that keeps digits.
#[derive(Debug, Clone, PartialEq)]
struct Truncated {
    mean: f64,
    sd: f64,
    /// `Φ` at the cuts.
    below: (f64, f64),
    /// `1 − Φ` at the cuts.
    above: (f64, f64),
    ends: (f64, f64),
}

impl Truncated {
    fn new(mean: f64, sd: f64, min: f64, max: f64) -> Self {
        let (a, b) = ((min - mean) / sd, (max - mean) / sd);
        let below = (normal_cdf(a), normal_cdf(b));
        let above = (normal_cdf(-a), normal_cdf(-b));
        Self { mean, sd, below, above, ends: (min, max) }
    }

    /// Computed from the tail in which the answer lies: no difference of numbers near 1.
    fn quantile(&self, u: f64) -> f64 {
        let from_below = self.below.0 * (1.0 - u) + self.below.1 * u;
        let from_above = self.above.0 * (1.0 - u) + self.above.1 * u;
        let z =
            if from_below <= from_above { normal_quantile(from_below) } else { -normal_quantile(from_above) };
        (self.mean + self.sd * z).clamp(self.ends.0, self.ends.1)
    }
}

/// `Φ⁻¹(0.9)`.
const Z90: f64 = 1.281_551_565_544_600_4;

/// `ln 9`: the logit of 0.9.
const LOGIT90: f64 = 2.197_224_577_336_219_6;

impl Sampler {
    /// Checks the parameters.
    ///
    /// # Errors
    /// What was expected and found.
    pub fn new(distribution: &Distribution) -> Result<Sampler, String> {
        let kind = match *distribution {
            Distribution::Pinned { value } => Kind::Pinned(not_nan(value)?),
            Distribution::Uniform { min, max } => {
                ordered(min, max, f64::NEG_INFINITY)?;
                Kind::Uniform(min, max - min)
            }
            Distribution::LogUniform { min, max } => {
                ordered(min, max, 0.0)?;
                Kind::LogUniform(libm::log(min), libm::log(max / min))
            }
            Distribution::Normal { p10, p90 } => {
                ordered(p10, p90, f64::NEG_INFINITY)?;
                Kind::Normal(0.5 * (p10 + p90), 0.5 * (p90 - p10) / Z90)
            }
            Distribution::NormalMoments { mean, sd } => Kind::Normal(finite(mean)?, positive(sd)?),
            Distribution::LogNormal { p10, p90 } => {
                ordered(p10, p90, 0.0)?;
                let (low, high) = (libm::log(p10), libm::log(p90));
                Kind::LogNormal(0.5 * (low + high), 0.5 * (high - low) / Z90)
            }
            Distribution::LogLogistic { p10, p90 } => {
                ordered(p10, p90, 0.0)?;
                Kind::LogLogistic(libm::sqrt(p10) * libm::sqrt(p90), 2.0 * LOGIT90 / libm::log(p90 / p10))
            }
            Distribution::Triangular { min, mode, max } => {
                peaked(min, mode, max)?;
                Kind::Triangular(min, mode, max)
            }
            Distribution::Pert { min, mode, max, lambda } => {
                peaked(min, mode, max)?;
                Kind::Pert(Box::new(Pert::new(min, mode, max, positive(lambda)?)))
            }
            Distribution::TruncatedNormal { mean, sd, min, max } => truncated(mean, sd, min, max)?,
            Distribution::Discrete { ref values, ref weights } => discrete(values, weights)?,
        };
        Ok(Sampler { kind })
    }

    /// Quantile at a probability strictly between 0 and 1.
    pub fn quantile(&self, u: f64) -> f64 {
        match &self.kind {
            Kind::Pinned(value) => *value,
            Kind::Uniform(from, width) => from + width * u,
            Kind::LogUniform(from, width) => libm::exp(from + width * u),
            Kind::Normal(mean, sd) => mean + sd * normal_quantile(u),
            Kind::LogNormal(mu, sigma) => libm::exp(mu + sigma * normal_quantile(u)),
            Kind::LogLogistic(alpha, beta) => alpha * libm::exp((libm::log(u) - libm::log1p(-u)) / beta),
            Kind::Triangular(min, mode, max) => triangular(*min, *mode, *max, u),
            Kind::Pert(pert) => pert.quantile(u),
            Kind::Truncated(normal) => normal.quantile(u),
            Kind::Discrete(steps) => {
                let at = steps.partition_point(|(cumulated, _)| *cumulated <= u);
                steps[at.min(steps.len() - 1)].1
            }
        }
    }

    /// Parameters as derived: mu and sigma, alpha and beta, the mass between the cuts.
    pub fn derived(&self) -> Vec<f64> {
        match &self.kind {
            Kind::Normal(a, b) | Kind::LogNormal(a, b) | Kind::LogLogistic(a, b) => vec![*a, *b],
            Kind::Triangular(min, mode, max) => vec![(mode - min) / (max - min)],
            Kind::Pert(pert) => vec![pert.alpha, pert.beta],
            Kind::Truncated(normal) if normal.below.0 <= normal.above.1 => {
                vec![if normal.below.1 <= 0.5 {
                    normal.below.1 - normal.below.0
                } else {
                    1.0 - normal.below.0 - normal.above.1
                }]
            }
            Kind::Truncated(normal) => vec![normal.above.0 - normal.above.1],
            _ => Vec::new(),
        }
    }

    /// Mean and standard deviation where they exist: of a log-logistic only above 1 and 2 of its `beta`. `None` too
    /// where nobody asks (truncated normal).
    pub fn moments(&self) -> (Option<f64>, Option<f64>) {
        match &self.kind {
            Kind::Pinned(value) => (Some(*value), Some(0.0)),
            Kind::Uniform(from, width) => (Some(from + 0.5 * width), Some(width / libm::sqrt(12.0))),
            Kind::LogUniform(from, width) => log_uniform_moments(*from, *width),
            Kind::Normal(mean, sd) => (Some(*mean), Some(*sd)),
            Kind::LogNormal(mu, sigma) => {
                let mean = libm::exp(mu + 0.5 * sigma * sigma);
                (Some(mean), Some(mean * libm::sqrt(libm::expm1(sigma * sigma))))
            }
            Kind::LogLogistic(alpha, beta) => log_logistic_moments(*alpha, *beta),
            Kind::Triangular(a, c, b) => {
                let spread = a * a + b * b + c * c - a * b - a * c - b * c;
                (Some((a + b + c) / 3.0), Some(libm::sqrt(spread / 18.0)))
            }
            Kind::Pert(pert) => {
                let sum = pert.alpha + pert.beta;
                let sd = libm::sqrt(pert.alpha * pert.beta / (sum + 1.0)) / sum;
                (Some(pert.min + pert.width * pert.alpha / sum), Some(pert.width * sd))
            }
            Kind::Truncated(_) => (None, None),
            Kind::Discrete(steps) => {
                let mut before = 0.0;
                let mut sums = (0.0, 0.0);
                for (cumulated, value) in steps {
                    sums.0 += (cumulated - before) * value;
                    sums.1 += (cumulated - before) * value * value;
                    before = *cumulated;
                }
                (Some(sums.0), Some(libm::sqrt((sums.1 - sums.0 * sums.0).max(0.0))))
            }
        }
    }
}

fn log_uniform_moments(from: f64, width: f64) -> (Option<f64>, Option<f64>) {
    let (min, max) = (libm::exp(from), libm::exp(from + width));
    let (mean, square) = ((max - min) / width, (max * max - min * min) / (2.0 * width));
    (Some(mean), Some(libm::sqrt((square - mean * mean).max(0.0))))
}

fn log_logistic_moments(alpha: f64, beta: f64) -> (Option<f64>, Option<f64>) {
    let angle = std::f64::consts::PI / beta;
    let mean = (beta > 1.0).then(|| alpha * angle / libm::sin(angle));
    let square = (beta > 2.0).then(|| alpha * alpha * 2.0 * angle / libm::sin(2.0 * angle));
    let sd = mean.zip(square).map(|(mean, square)| libm::sqrt((square - mean * mean).max(0.0)));
    (mean, sd)
}

fn triangular(min: f64, mode: f64, max: f64, u: f64) -> f64 {
    let width = max - min;
    if u * width <= mode - min {
        min + libm::sqrt(u * width * (mode - min))
    } else {
        max - libm::sqrt((1.0 - u) * width * (max - mode))
    }
}

fn truncated(mean: f64, sd: f64, min: Option<f64>, max: Option<f64>) -> Result<Kind, String> {
    let (min, max) = (min.unwrap_or(f64::NEG_INFINITY), max.unwrap_or(f64::INFINITY));
    if min.is_nan() || max.is_nan() || min >= max {
        return Err(format!("expected min below max; found {min} and {max}"));
    }
    let normal = Truncated::new(finite(mean)?, positive(sd)?, min, max);
    if normal.below.1 - normal.below.0 > 0.0 || normal.above.0 - normal.above.1 > 0.0 {
        Ok(Kind::Truncated(normal))
    } else {
        Err(format!("nothing of normal({mean}, {sd}) lies between {min} and {max}"))
    }
}

fn discrete(values: &[f64], weights: &[f64]) -> Result<Kind, String> {
    let total: f64 = weights.iter().sum();
    let good = weights.iter().all(|weight| weight.is_finite() && *weight >= 0.0);
    if values.is_empty() || values.len() != weights.len() || !good || total <= 0.0 {
        return Err("expected a weight of at least 0 for each value, and their sum above 0".to_owned());
    }
    let mut cumulated = 0.0;
    let steps = values.iter().zip(weights).map(|(value, weight)| {
        cumulated += weight / total;
        not_nan(*value).map(|value| (cumulated, value))
    });
    steps.collect::<Result<_, _>>().map(Kind::Discrete)
}

fn not_nan(value: f64) -> Result<f64, String> {
    if value.is_nan() { Err("expected a number".to_owned()) } else { Ok(value) }
}

fn finite(value: f64) -> Result<f64, String> {
    if value.is_finite() { Ok(value) } else { Err(format!("expected a finite number; found {value}")) }
}

fn positive(value: f64) -> Result<f64, String> {
    if value.is_finite() && value > 0.0 { Ok(value) } else { Err(format!("expected above 0; found {value}")) }
}

fn ordered(low: f64, high: f64, above: f64) -> Result<(), String> {
    if low.is_finite() && high.is_finite() && low > above && low < high {
        return Ok(());
    }
    let floor = if above == 0.0 { " and both above 0" } else { "" };
    Err(format!("expected the first below the second{floor}; found {low} and {high}"))
}

fn peaked(min: f64, mode: f64, max: f64) -> Result<(), String> {
    let good =
        [min, mode, max].iter().all(|value| value.is_finite()) && min < max && (min..=max).contains(&mode);
    if good { Ok(()) } else { Err(format!("expected min ≤ mode ≤ max; found {min}, {mode}, {max}")) }
}
