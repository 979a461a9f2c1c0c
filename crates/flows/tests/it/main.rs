//! Flows and cover: the triangle by hand, and what must hold of any case.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod figures;
mod properties;
mod triangle;

use std::path::{Path, PathBuf};

use abilene_ledger::{Book, load};

/// A case of the project.
pub fn case(name: &str) -> Book {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(name);
    load(&folder).unwrap().book
}
