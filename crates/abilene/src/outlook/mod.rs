//! Bridge or debt trap: the quarters to come, over many paths.
//!
//! [`outlook`] lays a case out as a world of quarters, runs a scenario of the case on it, and says how likely each
//! outcome is, who fails first, and which assumption decides. The engine is `abilene-outlook`.
//!
//! [`read_world`] and [`bare`] run a world that is no case: one file, one path, every leg in every quarter.

mod bare;
mod build;
mod calendar;
mod calibration;
mod decides;
mod implied;
mod replay;
mod rules;
mod run;
mod told;
mod types;
mod words;
mod world;

use std::fmt;

use abilene_ledger::{Book, nearest};
use abilene_quantity::Date;

pub use abilene_outlook::{Driver, PathRow, Progress};

use crate::options::Ask;

pub use crate::fields::FileError as WorldError;
pub use bare::{BareAnswer, BareEvent, BareLeg, BareTotals, BareWorld, Rows, bare, read_world};
pub use replay::{Payment, Replay, ReplayQuarter, Sheet, replay};
pub use run::{Prepared, outlook};
pub use types::{
    BreakEvenRow, CalibrationRow, CascadeEdgeRow, DecidedRow, DecidesRow, DriverRow, FanRow, ImpliedRow,
    IndexRow, OddsRow, OpeningRow, OutlookAnswer, PartyRow, RuleRow, ScenarioText, ThresholdRow, ToldPath,
    WithoutRow,
};
pub use words::{decided_text, outcome_text};

/// What is run.
#[derive(Clone, Debug)]
pub struct OutlookPlan {
    /// Id of a scenario of the case.
    pub scenario: String,
    /// Paths, rounded up to 16 times a power of two.
    pub paths: u64,
    /// Last day.
    pub to: Date,
    /// Seed of all luck.
    pub seed: u64,
    /// A deal that is taken out of the same paths.
    pub without_deal: Option<String>,
    /// Also what decides: indices, box, break-even and calibration.
    pub analyses: bool,
}

impl OutlookPlan {
    /// The base scenario of a case, or its first; `None` where it has none.
    pub fn of(ask: &Ask) -> Option<OutlookPlan> {
        let book = ask.book;
        let scenario = book.scenario("base").or_else(|| book.scenarios.first())?;
        Some(OutlookPlan {
            scenario: scenario.id.value.clone(),
            paths: 16 * 4_096,
            to: ask.span.to,
            seed: 1,
            without_deal: None,
            analyses: true,
        })
    }
}

/// Why an outlook cannot be given.
#[derive(Debug)]
pub enum OutlookError {
    /// No such scenario; what to do.
    Scenario(String),
    /// No leg of that deal is ahead.
    NoDeal(String),
    /// Nobody in the case reports cash, debt or revenue and has anything ahead.
    NoParties,
    /// World or scenario cannot run.
    Model(abilene_outlook::OutlookError),
}

impl OutlookError {
    fn unknown(book: &Book, id: &str) -> OutlookError {
        let known = || book.scenarios.iter().map(|scenario| scenario.id.value.as_str());
        OutlookError::Scenario(match nearest(id, known()) {
            Some(near) => format!("no scenario `{id}` in the case; did you mean `{near}`?"),
            None if book.scenarios.is_empty() => {
                "the case has no scenario: write one into scenarios/, as docs/case-format.md shows".to_owned()
            }
            None => {
                format!("no scenario `{id}` in the case; it has {}", known().collect::<Vec<_>>().join(", "))
            }
        })
    }
}

impl From<abilene_outlook::OutlookError> for OutlookError {
    fn from(error: abilene_outlook::OutlookError) -> OutlookError {
        OutlookError::Model(error)
    }
}

impl fmt::Display for OutlookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OutlookError::Scenario(message) => f.write_str(message),
            OutlookError::NoDeal(id) => write!(f, "no leg of a deal `{id}` is ahead in this run"),
            OutlookError::NoParties => f.write_str(
                "no party of the case reports cash, debt or revenue and has anything ahead to pay or receive",
            ),
            OutlookError::Model(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for OutlookError {}
