//! The answers: against golden cases, and against numbers done by hand.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod case_stress;
mod golden;
mod outlook;
mod real;
mod stress;
mod triangle;
mod triangle_outlook;
mod worlds;

use std::path::Path;

use abilene_ledger::{Loaded, load};

/// A case of the project.
pub fn case(name: &str) -> Loaded {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(name)).unwrap()
}
