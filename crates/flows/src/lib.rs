//! A ledger as known on a day, laid out as dated flows of cash; and what is due against what comes in.
//!
//! [`project`] turns legs with schedules into [`Flow`]s. What is not cash (shares, warrants), what pays only if
//! something happens (guarantees) and what nobody laid on a date is kept apart and never lost: see
//! [`Projection`]. [`cover`] sets commitments against revenue and funding, year by year; [`opening`] says what each party has to pay with.

mod cover;
mod figures;
mod flow;
mod opening;
mod outside;
mod project;
mod schedule;
mod vendor;

pub use cover::{Cover, CoverRow, PartyCover, SectorRow, cover};
pub use figures::{Measured, at_day, latest_rate, over};
pub use flow::{Apart, Basis, Flow, Kind, Projection, Reason, Timing};
pub use opening::{Item, Opening, opening};
pub use outside::{Outside, outside, outside_held_flat};
pub use project::project;
pub use vendor::{VendorFinancing, vendor_financing};
