//! What an outlook answers (`abilene.outlook/1`).

use abilene_quantity::Date;
use serde::Serialize;

use crate::stress::Ground;

/// The whole answer. Money in the unit of the case, rates a year.
#[derive(Clone, Debug, Serialize)]
pub struct OutlookAnswer {
    /// `abilene.outlook/1`.
    pub schema: &'static str,
    /// Name of the case.
    pub case: String,
    /// Date of knowledge.
    pub as_of: Date,
    /// The scenario.
    pub scenario: ScenarioText,
    /// The scenarios that the case has.
    pub scenarios: Vec<String>,
    /// Seed of all luck.
    pub seed: u64,
    /// Paths done.
    pub paths: u64,
    /// Stopped before all were done.
    pub partial: bool,
    /// Quarters of the run: `2026Q3`, …
    pub quarters: Vec<String>,
    /// Unit of money.
    pub unit: String,
    /// The odds in a sentence.
    pub sentence: String,
    /// Odds: bridge, correction, debt trap.
    pub odds: Vec<OddsRow>,
    /// Which line of the rule decided, most often first.
    pub decided_by: Vec<DecidedRow>,
    /// The odds when a threshold moves.
    pub thresholds: Vec<ThresholdRow>,
    /// Numbers of the web quarter by quarter: 5, 25, 50, 75 and 95 % of paths lie below.
    pub fans: Vec<FanRow>,
    /// Cash of each party, the same way.
    pub cash: Vec<FanRow>,
    /// Core parties, the likeliest to fail first.
    pub parties: Vec<PartyRow>,
    /// Who brought down whom, averaged over paths.
    pub cascade: Vec<CascadeEdgeRow>,
    /// The same paths without vendor finance.
    pub without_vendor_finance: Option<WithoutRow>,
    /// The same paths without a deal that was asked about.
    pub without_deal: Option<WithoutRow>,
    /// Which assumption decides, by what is asked.
    pub decides: Vec<DecidesRow>,
    /// The box of assumptions within which nobody fails, in a sentence.
    pub safe_box: Option<String>,
    /// The value of a driver at which the odds turn.
    pub break_even: Vec<BreakEvenRow>,
    /// What the scenario comes to at the end, drivers at their medians.
    pub implied: Vec<ImpliedRow>,
    /// For each outcome the path nearest to its median.
    pub told: Vec<ToldPath>,
    /// First quarters of a run from an earlier date, against what was reported.
    pub calibration: Vec<CalibrationRow>,
    /// Every driver with its range and where it comes from.
    pub drivers: Vec<DriverRow>,
    /// Every rule.
    pub rules: Vec<RuleRow>,
    /// What each party opens with.
    pub openings: Vec<OpeningRow>,
    /// Members folded into the sectors.
    pub folded: Vec<String>,
    /// Part of the firm commitments ahead that core parties pay or receive.
    pub carried: f64,
    /// What is to be said beside it.
    pub notes: Vec<String>,
}

/// A scenario by name.
#[derive(Clone, Debug, Serialize)]
pub struct ScenarioText {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it asks.
    pub about: Option<String>,
}

/// Odds of one outcome.
#[derive(Clone, Debug, Serialize)]
pub struct OddsRow {
    /// `bridge`, `correction` or `debt trap`.
    pub outcome: &'static str,
    /// Part of paths.
    pub part: f64,
    /// Standard error of it, from 16 independent scramblings.
    pub error: Option<f64>,
}

/// How often a line of the rule decided.
#[derive(Clone, Debug, Serialize)]
pub struct DecidedRow {
    /// The outcome it leads to.
    pub outcome: &'static str,
    /// The line in words.
    pub line: &'static str,
    /// Part of paths.
    pub part: f64,
}

/// Odds under another threshold.
#[derive(Clone, Debug, Serialize)]
pub struct ThresholdRow {
    /// Which threshold at which value.
    pub threshold: String,
    /// Odds: bridge, correction, debt trap.
    pub odds: [f64; 3],
}

/// Quantiles of a number by quarter.
#[derive(Clone, Debug, Serialize)]
pub struct FanRow {
    /// Short name, or id of the party.
    pub name: String,
    /// What it is, with its unit, or the party's name.
    pub meaning: String,
    /// 5, 25, 50, 75 and 95 %, quarter by quarter.
    pub quantiles: Vec<[f64; 5]>,
}

/// One core party.
#[derive(Clone, Debug, Serialize)]
pub struct PartyRow {
    /// Its id.
    pub party: String,
    /// Its name.
    pub name: String,
    /// Odds that it defaults.
    pub defaults: f64,
    /// Odds that it is the first to.
    pub first: f64,
    /// When it is the first: the quarter in which that is likeliest.
    pub first_when: Option<String>,
    /// Mean revenue over the run.
    pub revenue: f64,
    /// Of it, what is gone on the same paths without vendor finance.
    pub loop_dependent: Option<f64>,
    /// Mean losses written off.
    pub losses: f64,
}

/// One edge of the averaged cascade.
#[derive(Clone, Debug, Serialize)]
pub struct CascadeEdgeRow {
    /// Who had not paid; absent where it failed by itself.
    pub cause: Option<String>,
    /// Who failed.
    pub failed: String,
    /// Defaults a path.
    pub rate: f64,
    /// Mean quarter, from 1.
    pub quarter: f64,
}

/// The same paths with something taken out.
#[derive(Clone, Debug, Serialize)]
pub struct WithoutRow {
    /// What is taken out.
    pub what: String,
    /// Odds then.
    pub odds: [f64; 3],
    /// Paths whose outcome changes.
    pub changed: f64,
}

/// What decides one question.
#[derive(Clone, Debug, Serialize)]
pub struct DecidesRow {
    /// The question.
    pub question: String,
    /// Mean of the answer.
    pub mean: f64,
    /// Indices, largest total first; empty where there are none.
    pub inputs: Vec<IndexRow>,
    /// Why there are none.
    pub reason: Option<String>,
}

/// Sobol indices of one driver.
#[derive(Clone, Debug, Serialize)]
pub struct IndexRow {
    /// A driver, or `luck`.
    pub name: String,
    /// What it means.
    pub meaning: String,
    /// First order: alone.
    pub first: f64,
    /// Total: with all interactions.
    pub total: f64,
    /// Its 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// Whether it can be told from zero.
    pub told_from_zero: bool,
}

/// Where odds turn.
#[derive(Clone, Debug, Serialize)]
pub struct BreakEvenRow {
    /// The driver.
    pub driver: String,
    /// Its unit.
    pub unit: String,
    /// What is asked of the paths.
    pub question: String,
    /// From which value on, or that there is none in the range tried.
    pub answer: String,
}

/// A number that follows from the scenario.
#[derive(Clone, Debug, Serialize)]
pub struct ImpliedRow {
    /// What.
    pub what: String,
    /// Its value.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// How it follows.
    pub how: String,
}

/// One path told.
#[derive(Clone, Debug, Serialize)]
pub struct ToldPath {
    /// Its outcome.
    pub outcome: &'static str,
    /// Its number: `--path` replays it.
    pub path: u64,
    /// Its most unusual assumptions, in words.
    pub because: Vec<String>,
    /// What happened, quarter by quarter where something did.
    pub lines: Vec<String>,
}

/// One number that the model gives against what was reported.
#[derive(Clone, Debug, Serialize)]
pub struct CalibrationRow {
    /// What, of when.
    pub what: String,
    /// The model's median, or its value at the drivers' medians.
    pub model: f64,
    /// As reported.
    pub reported: f64,
    /// How far it is off, as a part of the reported.
    pub off: f64,
    /// Whether what was reported is an estimate.
    pub assumed: bool,
}

/// One driver.
#[derive(Clone, Debug, Serialize)]
pub struct DriverRow {
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// What it means.
    pub meaning: String,
    /// Its range in words.
    pub range: String,
    /// Claims it comes from.
    pub claims: Vec<String>,
    /// Sources it comes from.
    pub sources: Vec<String>,
    /// Why it is a judgement.
    pub assumed: Option<String>,
}

/// One rule.
#[derive(Clone, Debug, Serialize)]
pub struct RuleRow {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
    /// Claims and sources it comes from.
    pub from: Vec<String>,
    /// Why it is a judgement; absent with the default, which docs/outlook.md explains.
    pub assumed: Option<String>,
    /// Whether the scenario tells it.
    pub told: bool,
}

/// What a core party opens with.
#[derive(Clone, Debug, Serialize)]
pub struct OpeningRow {
    /// Its id.
    pub party: String,
    /// Its name.
    pub name: String,
    /// Each number with its ground.
    pub items: Vec<Ground>,
}
