//! Fire sales of one shared asset, combined with clearing.
//!
//! Cifuentes, Ferrucci & Shin (2005), JEEA 3(2–3): sales press the price, the price presses who must sell. At a
//! price `q` parties clear (Eisenberg & Noe) with cash, receipts and `q` for each unit, sold or not. Sales fall in
//! `q`, so the price that they lead to rises in `q`, and greatest and least equilibrium exist by Tarski's theorem.

use crate::error::{List, NetworkError, check_amounts};
use crate::network::Network;
use crate::plain;
use crate::statement::{Clearing, State};

/// How the price answers to the units sold by all, from 1 before sales.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Price {
    /// `1 − b S`, not below 0.
    Linear {
        /// Fall for each unit sold.
        b: f64,
    },
    /// `exp(−b S)`.
    Exponential {
        /// Rate of fall for each unit sold.
        b: f64,
    },
}

impl Price {
    fn after(self, sold: f64) -> f64 {
        match self {
            Self::Linear { b } => (1.0 - b * sold).max(0.0),
            Self::Exponential { b } => libm::exp(-b * sold),
        }
    }
}

/// Who must sell how much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule {
    /// What covers dues beyond cash and receipts.
    CoverDues,
    /// What brings equity back to this part of risky assets; cash has weight 0.
    CapitalRatio {
        /// Equity over units at price and receipts, at least.
        min_ratio: f64,
    },
}

/// An equilibrium.
#[derive(Debug, Clone, PartialEq)]
pub struct Sale {
    /// The price, 0 to 1.
    pub price: f64,
    /// Units sold by party.
    pub sold: Vec<f64>,
    /// The accounts at that price.
    pub clearing: Clearing,
    /// Who stays below the ratio after selling all, or has no equity; empty where dues rule.
    pub in_breach: Vec<u32>,
    /// What the fall of the price costs all holders.
    pub loss_from_price: f64,
}

/// All equilibria.
#[derive(Debug, Clone, PartialEq)]
pub struct Sales {
    /// That of the highest price.
    pub greatest: Sale,
    /// That of the lowest price.
    pub least: Sale,
    /// Every equilibrium price that a scan of the unit interval tells apart, rising.
    pub prices: Vec<f64>,
}

/// Steps of the scan for equilibria.
const SCAN: usize = 4_096;
const MOST_STEPS: usize = 20_000;

struct Market<'a> {
    network: &'a Network,
    cash: &'a [f64],
    units: &'a [f64],
    price: Price,
    rule: Rule,
}

/// Equilibria of sales and clearing. `cash` and `units` by party; the network has one class, no holdings, no costs.
///
/// # Errors
/// [`NetworkError`] when a list has not one amount for each party, or the network is not of that kind.
pub fn fire_sale(
    network: &Network,
    cash: &[f64],
    units: &[f64],
    price: Price,
    rule: Rule,
) -> Result<Sales, NetworkError> {
    check_amounts(List::Assets, cash, network.parties())?;
    check_amounts(List::Parties, units, network.parties())?;
    if !network.is_plain() {
        return Err(NetworkError::NotPlain);
    }
    let market = Market { network, cash, units, price, rule };
    let mut prices = market.crossings();
    prices.push(market.iterate(1.0));
    prices.push(market.iterate(0.0));
    prices.sort_by(f64::total_cmp);
    prices.dedup_by(|next, kept| (*next - *kept).abs() <= 1e-10);
    let (lowest, highest) = (prices[0], prices[prices.len() - 1]);
    Ok(Sales { greatest: market.sale(highest), least: market.sale(lowest), prices })
}

impl Market<'_> {
    fn state(&self, price: f64) -> (Vec<f64>, State) {
        let assets: Vec<f64> =
            self.cash.iter().zip(self.units).map(|(cash, units)| cash + price * units).collect();
        let (state, _) = plain::greatest(self.network, &assets);
        (assets, state)
    }

    fn sold(&self, price: f64, receipts: &[f64]) -> Vec<f64> {
        (0..self.units.len()).map(|party| self.sold_by(price, receipts[party], party)).collect()
    }

    fn sold_by(&self, price: f64, receipts: f64, party: usize) -> f64 {
        let (units, dues) = (self.units[party], self.network.dues[party]);
        match self.rule {
            Rule::CoverDues => {
                let lacking = dues - self.cash[party] - receipts;
                if lacking <= 0.0 { 0.0 } else { (lacking / price).min(units) }
            }
            Rule::CapitalRatio { min_ratio } => {
                let equity = self.cash[party] + receipts + price * units - dues;
                if equity <= 0.0 || price == 0.0 {
                    return units;
                }
                let held = (equity / min_ratio - receipts) / price;
                (units - held).clamp(0.0, units)
            }
        }
    }

    /// The price that sales at this price lead to.
    fn answer(&self, price: f64) -> f64 {
        let (_, state) = self.state(price);
        let receipts = self.network.receipts(&state.recoveries);
        self.price.after(self.sold(price, &receipts).iter().sum())
    }

    /// From 1 to the greatest equilibrium, from 0 to the least.
    fn iterate(&self, mut price: f64) -> f64 {
        for _ in 0..MOST_STEPS {
            let next = self.answer(price);
            if (next - price).abs() <= 1e-16 {
                return next;
            }
            price = next;
        }
        price
    }

    /// Where the answer crosses the price, each found by halving.
    fn crossings(&self) -> Vec<f64> {
        let above = |price: f64| self.answer(price) > price;
        let mut found = Vec::new();
        let mut last = (0.0, true);
        for step in 1..=SCAN {
            let here = step as f64 / SCAN as f64;
            let is_above = above(here);
            if is_above != last.1 {
                found.push(halve(last.0, here, last.1, &above));
            }
            last = (here, is_above);
        }
        found
    }

    fn sale(&self, price: f64) -> Sale {
        let (assets, state) = self.state(price);
        let clearing = Clearing::of(self.network, &assets, state);
        let sold = self.sold(price, &clearing.receipts);
        let in_breach = (0..sold.len()).filter(|party| self.breaches(price, &clearing, &sold, *party));
        Sale {
            in_breach: in_breach.map(|party| party as u32).collect(),
            price,
            sold,
            clearing,
            loss_from_price: self.units.iter().map(|units| (1.0 - price) * units).sum(),
        }
    }

    fn breaches(&self, price: f64, clearing: &Clearing, sold: &[f64], party: usize) -> bool {
        let Rule::CapitalRatio { min_ratio } = self.rule else { return false };
        let receipts = clearing.receipts[party];
        let equity = self.cash[party] + receipts + price * self.units[party] - self.network.dues[party];
        let needed = min_ratio * (price * (self.units[party] - sold[party]) + receipts);
        let scale = self.network.dues[party] + receipts + self.cash[party];
        equity <= 0.0 || needed - equity > 1e-9 * scale
    }
}

fn halve(mut low: f64, mut high: f64, low_is: bool, above: &impl Fn(f64) -> bool) -> f64 {
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if above(middle) == low_is {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}
