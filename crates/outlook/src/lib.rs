//! Quarters, paths, odds and what decides: the outlook on plain structs. No files, no clock, no ledger.
//!
//! A [`World`] is what is there at the start; a [`Scenario`] is what is assumed about the future. [`Model::new`] checks
//! both and lays them out. Path `k` of seed `s` is a pure function of world, scenario, `s` and `k`, to the last bit, on
//! any machine, number of threads and width of lanes.
//!
//! | question | where |
//! | --- | --- |
//! | how likely is each outcome, when and where does it break? | [`Model::run`] gives a [`Summary`] |
//! | what happens in path 4711? | [`Model::path`], [`Model::trace`], [`Model::matrix`] |
//! | and with my own assumptions for each path? | [`Model::run_values`] |
//! | what would be without vendor finance, or without a deal? | the same paths of [`World::without_vendor_finance`], [`World::without_deal`] |
//! | which assumption decides? | [`sensitivity`] (Sobol indices), [`prim`] (one box) |
//! | from which value of a driver on? | [`breakeven`] |
//! | how sure are odds? | [`odds`] |
//!
//! The model, its equations and the meaning of every number are in docs/model.md.

pub mod breakeven;
mod copula;
mod directions;
mod distribution;
mod driver;
mod engine;
mod error;
pub mod fan;
mod lanes;
pub mod luck;
mod matrix;
mod model;
pub mod odds;
mod path;
mod plan;
pub mod prim;
mod run;
mod scenario;
pub mod sensitivity;
pub mod sobol;
pub mod special;
mod summary;
mod trace;
mod world;

pub use copula::Copula;
pub use distribution::{Distribution, Sampler};
pub use driver::{Driver, Values};
pub use error::OutlookError;
pub use matrix::FlowMatrix;
pub use model::{Luck, MOST_LEGS, MOST_PARTIES, MOST_QUARTERS, Model};
pub use path::{
    Account, Event, Kind, LegState, Loss, PartyState, PathRow, PathView, Quarter, Reason, Series, Trace,
    Transaction,
};
pub use run::{Design, Lanes, Progress, SCRAMBLINGS};
pub use scenario::{Correlation, DecidedBy, Outcome, OutcomeInputs, OutcomeRule, Scenario, Shock};
pub use summary::{Cascade, CascadeEdge, FAN, Fan, Mean, Odds, PartyFan, PartySummary, Summary};
pub use world::{
    Actor, Condition, Demand, Financing, Freed, Leg, MarketWeights, Party, Purpose, Rules, Running, Schedule,
    Site, Stake, World,
};
