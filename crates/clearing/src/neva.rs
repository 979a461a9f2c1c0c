//! One fixed point, any valuation of a party's debt by its equity.
//!
//! Barucca, Bardoscia, Caccioli, D'Errico, Visentin, Caldarelli & Battiston (2020), Mathematical Finance 30(4),
//! eq. 5: `E_i = e_i + Σ_j L_ji V_j(E_j) − d_i`, signed; `V_j` is monotone, 0 to 1.

use crate::error::{List, NetworkError, check_amounts};
use crate::network::Network;
use crate::statement::DEFAULT_TOLERANCE;

/// What a valuation may look at, in money units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Books {
    /// Index of the party.
    pub party: usize,
    /// Outside assets less dues plus the value of claims; negative is the shortfall.
    pub equity: f64,
    /// Outside assets.
    pub outside_assets: f64,
    /// What it owes; above 0.
    pub dues: f64,
}

/// The value of a unit of a party's debt.
pub trait Valuation {
    /// 0 to 1, and not falling in equity.
    fn value(&self, books: Books) -> f64;

    /// The probability of default that the value rests on, where there is one.
    fn default_probability(&self, _books: Books) -> Option<f64> {
        None
    }
}

/// Paid out of what is there: Eisenberg & Noe (2001).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EisenbergNoe;

impl Valuation for EisenbergNoe {
    fn value(&self, books: Books) -> f64 {
        if solvent(books) { 1.0 } else { ((books.equity + books.dues) / books.dues).clamp(0.0, 1.0) }
    }
}

/// Paid out of what default leaves: Rogers & Veraart (2013). One entry a party, 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct RogersVeraart {
    /// Part of outside assets left.
    pub alpha: Vec<f64>,
    /// Part of receipts left.
    pub beta: Vec<f64>,
}

impl Valuation for RogersVeraart {
    fn value(&self, books: Books) -> f64 {
        if solvent(books) {
            return 1.0;
        }
        let receipts = books.equity + books.dues - books.outside_assets;
        let estate = self.alpha[books.party] * books.outside_assets + self.beta[books.party] * receipts;
        (estate / books.dues).clamp(0.0, 1.0)
    }
}

fn solvent(books: Books) -> bool {
    -books.equity <= DEFAULT_TOLERANCE * books.dues
}

/// Falls with equity from the start: linear DebtRank, Bardoscia et al. (2015).
#[derive(Debug, Clone, PartialEq)]
pub struct LinearDebtRank {
    /// Book equity before the shock, above 0, by party.
    pub equity: Vec<f64>,
}

impl Valuation for LinearDebtRank {
    fn value(&self, books: Books) -> f64 {
        (books.equity / self.equity[books.party]).clamp(0.0, 1.0)
    }
}

/// Expected payment at maturity: Merton (1974), zero rate; outside assets are a driftless geometric Brownian motion.
#[derive(Debug, Clone, PartialEq)]
pub struct Merton {
    /// Volatility of outside assets a year, by party.
    pub sigma: Vec<f64>,
    /// Years.
    pub maturity: f64,
}

impl Merton {
    fn spread(&self, party: usize) -> f64 {
        self.sigma[party] * self.maturity.sqrt()
    }
}

impl Valuation for Merton {
    fn value(&self, books: Books) -> f64 {
        let (e, d, spread) = (books.outside_assets, books.dues, self.spread(books.party));
        if spread <= 0.0 || e <= 0.0 {
            return ((books.equity + d) / d).clamp(0.0, 1.0);
        }
        let (none_left, nothing_left) = (e - books.equity, e - books.equity - d);
        let (p1, q1) = below(none_left, e, spread);
        let (p2, q2) = below(nothing_left, e, spread);
        (1.0 - p1 + (books.equity + d - e) / d * (p1 - p2) + e / d * (q1 - q2)).clamp(0.0, 1.0)
    }

    fn default_probability(&self, books: Books) -> Option<f64> {
        let (e, spread) = (books.outside_assets, self.spread(books.party));
        if spread <= 0.0 || e <= 0.0 {
            return Some(if books.equity < 0.0 { 1.0 } else { 0.0 });
        }
        Some(below(e - books.equity, e, spread).0)
    }
}

/// Probability that a driftless geometric Brownian motion from `start` ends below `level`, and the mean of it there.
fn below(level: f64, start: f64, spread: f64) -> (f64, f64) {
    if level <= 0.0 {
        return (0.0, 0.0);
    }
    let distance = libm::log(level / start);
    let half = spread * spread / 2.0;
    (normal((distance + half) / spread), normal((distance - half) / spread))
}

/// Standard normal distribution function.
fn normal(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// Default when equity first touches 0, with a given recovery: Black & Cox (1976), zero rate.
#[derive(Debug, Clone, PartialEq)]
pub struct BlackCox {
    /// Volatility of outside assets a year, by party.
    pub sigma: Vec<f64>,
    /// Years.
    pub maturity: f64,
    /// Part of the dues that is paid in default, 0 to 1.
    pub recovery: f64,
}

impl BlackCox {
    /// Probability that outside assets touch the barrier `e − E` before maturity.
    fn touches(&self, books: Books) -> f64 {
        let (e, barrier) = (books.outside_assets, books.outside_assets - books.equity);
        if books.equity <= 0.0 {
            return 1.0;
        }
        let spread = self.sigma[books.party] * self.maturity.sqrt();
        if barrier <= 0.0 || spread <= 0.0 {
            return 0.0;
        }
        let distance = libm::log(barrier / e);
        let half = spread * spread / 2.0;
        normal((distance + half) / spread) + e / barrier * normal((distance - half) / spread)
    }
}

impl Valuation for BlackCox {
    fn value(&self, books: Books) -> f64 {
        1.0 - (1.0 - self.recovery) * self.touches(books)
    }

    fn default_probability(&self, books: Books) -> Option<f64> {
        Some(self.touches(books))
    }
}

/// A fixed point.
#[derive(Debug, Clone, PartialEq)]
pub struct Valued {
    /// Value of a unit of debt by party; 1 where nothing is owed.
    pub valuations: Vec<f64>,
    /// Signed equity by party.
    pub equities: Vec<f64>,
    /// Probability of default by party, where the valuation knows one.
    pub default_probability: Option<Vec<f64>>,
}

/// Both ends of the fixed points.
#[derive(Debug, Clone, PartialEq)]
pub struct Neva {
    /// From full value downwards.
    pub greatest: Valued,
    /// From no value upwards.
    pub least: Valued,
    /// Are the two the same, to 1e-9?
    pub unique: bool,
}

const MOST_SWEEPS: usize = 1_000_000;

/// Greatest and least solution under a valuation, iterated until no value moves by more than its last bit.
///
/// # Errors
/// [`NetworkError`] when `assets` has not one amount for each party.
pub fn neva(network: &Network, assets: &[f64], valuation: &dyn Valuation) -> Result<Neva, NetworkError> {
    check_amounts(List::Assets, assets, network.parties())?;
    let from = |start: f64| {
        let first = network.dues.iter().map(|dues| if *dues > 0.0 { start } else { 1.0 }).collect();
        settle(network, assets, valuation, first)
    };
    let (greatest, least) = (from(1.0), from(0.0));
    let unique = greatest.valuations.iter().zip(&least.valuations).all(|(a, b)| (a - b).abs() <= 1e-9);
    Ok(Neva { greatest, least, unique })
}

fn books(network: &Network, assets: &[f64], values: &[f64]) -> Vec<Books> {
    let parts: Vec<f64> =
        (0..network.place_dues.len()).map(|place| values[place / network.classes()]).collect();
    let receipts = network.receipts(&parts);
    (0..network.parties())
        .map(|party| {
            let (outside_assets, dues) = (assets[party], network.dues[party]);
            Books { party, equity: outside_assets + receipts[party] - dues, outside_assets, dues }
        })
        .collect()
}

fn settle(network: &Network, assets: &[f64], valuation: &dyn Valuation, mut values: Vec<f64>) -> Valued {
    let mut still = 0;
    for _ in 0..MOST_SWEEPS {
        let mut moved: f64 = 0.0;
        for books in books(network, assets, &values).into_iter().filter(|books| books.dues > 0.0) {
            let next = valuation.value(books);
            moved = moved.max((next - values[books.party]).abs());
            values[books.party] = next;
        }
        // Rounding may keep the last bit in motion for ever.
        still = if moved <= 4e-16 { still + 1 } else { 0 };
        if moved == 0.0 || still > 50 {
            break;
        }
    }
    let books = books(network, assets, &values);
    let probability = |books: &Books| {
        if books.dues > 0.0 { valuation.default_probability(*books) } else { Some(0.0) }
    };
    let knows = books.iter().filter(|books| books.dues > 0.0).all(|books| probability(books).is_some());
    let any = books.iter().any(|books| books.dues > 0.0);
    Valued {
        default_probability: (knows && any)
            .then(|| books.iter().map(|books| probability(books).unwrap_or(0.0)).collect()),
        equities: books.iter().map(|books| books.equity).collect(),
        valuations: values,
    }
}
