//! Tests of clearing and contagion: exact answers, properties, slow twins, errors.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod batches;
mod errors;
mod exact;
mod help;
mod programme;
mod properties;
mod webs;
