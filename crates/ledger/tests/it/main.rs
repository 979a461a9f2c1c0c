//! The ledger: what is read, what is refused, what is known when.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod case;
mod edits;
mod exhibits;
mod pieces;
mod schemas;
mod views;
