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
//! | which assumption decides? | [`Model::sensitivity`] (Sobol indices, see [`sensitivity`]), [`prim`] (one box) |
//! | from which value of a driver on? | [`Model::break_even`], see [`breakeven`] |
//! | how sure are odds? | [`odds`] |
//!
//! ```
//! use std::ops::ControlFlow;
//! use abilene_outlook::{Demand, Distribution, Driver, Model, Party, Scenario, World};
//!
//! let lab = Party { id: "lab".into(), cash: 5.0, market_share: 1.0, opening_gw: 4.0, ..Party::default() };
//! let demand = Some(Demand { today_per_year: 20.0, horizon: 8 });
//! let world = World { quarters: 8, parties: vec![lab], demand, ..World::default() };
//! let spending = Distribution::LogNormal { p10: 30.0, p90: 200.0 };
//! let scenario = Scenario { drivers: vec![(Driver::Demand2030, spending)], ..Scenario::default() };
//! let model = Model::new(&world, &scenario)?;
//! let summary = model.run(1, Model::rounded(1000), &mut |wave| {
//!     println!("{} of {} paths", wave.done, wave.total); // wave.rows holds the new paths
//!     ControlFlow::Continue(())
//! });
//! assert_eq!(summary.paths, 1024);
//! let trace = model.trace(1, 47); // the same bits as path 47 of the run
//! assert_eq!(trace.row, model.path(1, 47));
//! assert_eq!(model.matrix(&trace, 3).map(|matrix| matrix.columns.len()), Some(4));
//! # Ok::<(), abilene_outlook::OutlookError>(())
//! ```
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
