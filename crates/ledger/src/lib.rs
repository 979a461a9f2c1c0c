//! A case on disk and in memory: parties, sources, deals, figures, claims, recipes and exchange rates.
//!
//! [`load`] reads a folder into a [`Book`] and every [`Diagnostic`] about it; [`Book::as_of`] is the book as it
//! was known on a day; [`diff`] tells two days apart; [`edit`] changes files without touching what the author
//! wrote around the change.

mod book;
mod check;
mod decode;
mod diagnostic;
pub mod diff;
pub mod edit;
mod load;
mod model;
mod scaffold;
mod scenario;
mod schedule;
mod schema;
mod sheet;
mod text;
mod view;
mod words;
mod words_of_outlook;

pub use book::Book;
pub use decode::nearest;
pub use diagnostic::{Code, Colour, Diagnostic, Severity, render, to_json};
pub use load::{LoadError, Loaded, load};
pub use model::{
    CaseInfo, Claim, Deal, Figure, Leg, Party, RateRow, Recipe, RecipePart, Source, State, cite_id,
    cite_locator,
};
pub use scaffold::{ScaffoldError, example, scaffold};
pub use scenario::{DatedShock, DriverPair, DriverRange, Rule, Scenario, Threshold};
pub use schedule::{Delivery, Even, Milestones, Once, Part, Recurring, Schedule, ShareOf, Tranches};
pub use schema::{SCHEMAS, schema};
pub use text::{At, File, FileId, Files, Mark};
pub use view::{DealView, Firmness, LegView, View};
pub use words::{Class, Confidence, Every, Form, Instrument, Stance, StandsFor, Status};
pub use words_of_outlook::{DriverName, RuleName, Shape, ShockKind, ThresholdName};
