//! What is assumed: distributions of drivers, how they hang together, dated shocks, and what counts as which outcome.

use serde::{Deserialize, Serialize};

use crate::distribution::Distribution;
use crate::driver::Driver;

/// Assumptions about the future. What is not named keeps [`Driver::DEFAULTS`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Scenario {
    /// In this order they are coupled (Gaussian copula) and get their indices.
    pub drivers: Vec<(Driver, Distribution)>,
    /// Rank correlations (Spearman); pairs not named have 0.
    pub correlations: Vec<Correlation>,
    /// In every path.
    pub shocks: Vec<Shock>,
    /// What counts as bridge, correction and trap.
    pub rule: OutcomeRule,
    /// Other thresholds under which the odds are also counted.
    pub alternatives: Vec<OutcomeRule>,
}

/// Rank correlation of two drivers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Correlation {
    /// One.
    pub a: Driver,
    /// The other.
    pub b: Driver,
    /// Spearman's, -1 to 1.
    pub spearman: f64,
}

/// Something that happens on a date in every path.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shock {
    /// Efficiency is multiplied from this quarter on. A fall of cost by 97 % is a factor of 33.3.
    Efficiency {
        /// First quarter with it.
        quarter: u32,
        /// Factor.
        factor: f64,
    },
    /// No new debt or equity; facilities stay open.
    MarketShut {
        /// First quarter shut.
        from: u32,
        /// Last quarter shut.
        until: u32,
    },
    /// Baseline spending is multiplied.
    Demand {
        /// First quarter with it.
        from: u32,
        /// Last quarter with it.
        until: u32,
        /// Factor.
        factor: f64,
    },
}

/// Which outcome a path is. `Default` has the thresholds of docs/model.md.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct OutcomeRule {
    /// A bridge serves at least this part of what was scheduled.
    pub bridge_served: f64,
    /// … has at least this coverage.
    pub bridge_coverage: f64,
    /// … and takes at most this part of what customers paid as net new money, in the last four quarters.
    pub bridge_new_money: f64,
    /// With a default, losses of other core parties above this part of commitments are a debt trap.
    pub trap_losses: f64,
    /// Below this part of what was scheduled, a path is a debt trap, default or not.
    pub trap_served: f64,
    /// Weight, 0 to 1, of contracts cut at a default in the losses; arrears written off always count in full.
    pub weight_of_cut_contracts: f64,
}

impl Default for OutcomeRule {
    fn default() -> Self {
        Self {
            bridge_served: 0.95,
            bridge_coverage: 1.0,
            bridge_new_money: 0.01,
            trap_losses: 0.02,
            trap_served: 0.75,
            weight_of_cut_contracts: 0.0,
        }
    }
}

/// How a path ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Served by end customers.
    Bridge,
    /// Everything between.
    Correction,
    /// It unravels.
    DebtTrap,
}

/// Which line of the rule decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecidedBy {
    /// All tests of the bridge were met.
    AllMet,
    /// Too little of the schedule was served for anything but a trap.
    TrapServed,
    /// A default, and losses to core parties above the threshold.
    TrapLosses,
    /// A default without such losses.
    Default,
    /// Too little served for a bridge.
    Served,
    /// Coverage below the threshold.
    Coverage,
    /// New money above the threshold.
    NewMoney,
}

/// What the rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct OutcomeInputs {
    /// A core party defaulted.
    pub defaulted: bool,
    /// Paid / scheduled.
    pub served: f64,
    /// What customers paid for AI / what core parties owed to `suppliers` and `markets`, last four quarters.
    pub coverage: f64,
    /// Losses of core parties by arrears written off / commitments.
    pub losses: f64,
    /// Losses of core parties by contracts cut / commitments.
    pub cut: f64,
    /// Net new vendor and market money / what customers paid, last four quarters.
    pub new_money: f64,
}

impl OutcomeRule {
    /// The outcome and the line that decided it: for a correction, the first test of the bridge that failed.
    pub fn decide(&self, path: &OutcomeInputs) -> (Outcome, DecidedBy) {
        let losses = path.losses + self.weight_of_cut_contracts * path.cut;
        if path.served < self.trap_served {
            return (Outcome::DebtTrap, DecidedBy::TrapServed);
        }
        if path.defaulted && losses > self.trap_losses {
            return (Outcome::DebtTrap, DecidedBy::TrapLosses);
        }
        let failed = [
            (path.defaulted, DecidedBy::Default),
            (path.served < self.bridge_served, DecidedBy::Served),
            (path.coverage < self.bridge_coverage, DecidedBy::Coverage),
            (path.new_money > self.bridge_new_money, DecidedBy::NewMoney),
        ];
        match failed.iter().find(|(fails, _)| *fails) {
            Some((_, line)) => (Outcome::Correction, *line),
            None => (Outcome::Bridge, DecidedBy::AllMet),
        }
    }
}
