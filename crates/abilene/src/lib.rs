//! The answers: one function and one result type for each question about a web of deals.
//!
//! Each answer is plain data that serialises to JSON; the command line and the report only lay it out, and
//! compute nothing. Every number carries what it was made of: see [`Sum`] and [`LegPart`].

mod answer;
mod app;
mod argument;
mod check;
mod cover;
mod evidence;
mod fields;
mod funding;
mod growth;
mod headline;
mod loops;
mod money;
pub mod network;
mod options;
pub mod outlook;
pub mod picture;
mod report;
mod round_trip;
mod sentence;
pub mod stress;
mod time;
mod told;
mod web;

pub use answer::{Answer, Number};
pub use app::{AppAnswer, Lane, LaneStep, RangeGroup, RangeRow, app};
pub use argument::{Arithmetic, ClaimItem, Topic, argument, arithmetic};
pub use check::{CheckAnswer, check};
pub use cover::{CoverAnswer, CoverYear, PartyYears, SectorYear, cover};
pub use evidence::{
    DealItem, DoubtCount, Evidence, FigureItem, LegItem, PartyItem, SourceItem, StateItem, evidence,
};
pub use funding::FundingRow;
pub use growth::{GrowthPoint, growth};
pub use headline::{Headline, headlines};
pub use loops::{
    ApartItem, BasisAnswer, Circulation, LegPart, LoopAnswer, LoopsAnswer, RoundTripRow, StepAnswer, Without,
    loops,
};
pub use money::{Scale, Sum, percent};
pub use options::{Ask, Caveat, LoopBounds};
pub use report::{ReportAnswer, report};
pub use round_trip::{RoundTrips, round_trips};
pub use time::{InvestFirst, LoopInTime};
pub use told::Told;
