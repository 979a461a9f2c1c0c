//! Tests of the house itself: sizes that only shrink, words that are never committed, and who uses whom.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod architecture;
mod exhibits;
mod house;
mod ratchet;
mod words;
