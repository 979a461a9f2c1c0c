//! What many paths tell together. Summaries stream: memory does not grow with the number of paths.

use serde::{Deserialize, Serialize};

use crate::path::Series;
use crate::scenario::{DecidedBy, Outcome, OutcomeRule};

/// What was asked of the paths. Sums run in the order of paths, so that it is the same on any number of threads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Seed.
    pub seed: u64,
    /// Paths done.
    pub paths: u64,
    /// Stopped before all paths were done.
    pub partial: bool,
    /// Odds of each outcome, in the order bridge, correction, debt trap.
    pub odds: Vec<Odds>,
    /// Part of paths by the line that decided.
    pub decided_by: Vec<(DecidedBy, f64)>,
    /// Odds under the scenario's other thresholds.
    pub alternatives: Vec<(OutcomeRule, Vec<Odds>)>,
    /// Fans of every series.
    pub fans: Vec<Fan>,
    /// Fans of cash, by party.
    pub cash: Vec<PartyFan>,
    /// By party.
    pub parties: Vec<PartySummary>,
    /// Who brought down whom.
    pub cascade: Cascade,
    /// Means over paths, with errors from the scramblings.
    pub means: Vec<(String, Mean)>,
}

/// The odds of one outcome.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Odds {
    /// Of what.
    pub outcome: Outcome,
    /// Part of paths.
    pub part: f64,
    /// Standard error, from the spread over the independent scramblings; `None` with fewer than two.
    pub error: Option<f64>,
}

/// A mean over paths.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Mean {
    /// Mean.
    pub mean: f64,
    /// Standard error, from the spread over the independent scramblings.
    pub error: Option<f64>,
}

/// Probabilities of a fan's quantiles.
pub const FAN: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

/// Quantiles of one series, quarter by quarter, within [`crate::fan::RELATIVE_ERROR`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fan {
    /// Of what.
    pub series: Series,
    /// By quarter, then by [`FAN`].
    pub quantiles: Vec<[f64; FAN.len()]>,
    /// Mean by quarter.
    pub means: Vec<f64>,
}

/// Quantiles of a party's cash.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartyFan {
    /// Who.
    pub party: u32,
    /// By quarter, then by [`FAN`].
    pub quantiles: Vec<[f64; FAN.len()]>,
}

/// One party over all paths.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartySummary {
    /// Id.
    pub id: String,
    /// Odds that it defaults.
    pub defaults: f64,
    /// Odds that it is the first to default (ties in a quarter go to the first in the order of parties).
    pub first: f64,
    /// Odds that it is the first to default, by quarter.
    pub first_by_quarter: Vec<f64>,
    /// Mean revenue in the run, bn.
    pub revenue: f64,
    /// Mean losses written off, bn.
    pub losses: f64,
}

/// The cascade tree averaged over paths: at each default, the core party with most arrears to the defaulter is its
/// cause; where none is in arrears to it, it failed by itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Cascade {
    /// Sorted by debtor, then by cause, `None` first.
    pub edges: Vec<CascadeEdge>,
}

/// How often a party failed for this reason.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CascadeEdge {
    /// Who had not paid; `None`: it failed by itself.
    pub cause: Option<u32>,
    /// Who failed.
    pub failed: u32,
    /// Defaults a path.
    pub rate: f64,
    /// Mean quarter.
    pub quarter: f64,
    /// Mean arrears of the cause at that time, bn.
    pub arrears: f64,
}
