//! Stress of a network or of a case: who pays what when not all can, who fails in which round, and who loses.
//!
//! [`read_network`] takes a network file, [`read_tables`] two tables for large ones, and [`stress`] answers.
//! [`stress_case`] lays a case out as a network and shocks it.

mod answer;
mod case;
mod clearing;
mod contagion;
mod file;
mod help;
mod input;
mod tables;

pub use crate::fields::FileError as StressError;
pub use answer::{ById, Found, StressAnswer, stress};
pub(crate) use case::ground;
pub use case::{
    Branch, CaseStress, Event, Ground, HORIZON_QUARTERS, LEVERS, Lever, LeverRange, LeverRow, MOST_SINGLES,
    Means, Shock, Stand, StressPlan, Verdict, stress_case,
};
pub use clearing::{ClearingAnswer, Side};
pub use contagion::{
    CascadeAnswer, DistressAnswer, FailuresAnswer, FireAnswer, FireSide, NevaAnswer, NevaSide, ValuesSide,
};
pub use file::{Model, NetworkFile, Node, OUTSIDE, Owed, Params, SellRule, Worth};
pub use help::{
    Arrears, BailoutAnswer, DayAnswer, DynamicAnswer, ObligationEffect, SensitivityAnswer, ShapleyAnswer,
};
pub use input::read_network;
pub use tables::read_tables;
