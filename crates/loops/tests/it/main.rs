//! Tests of the public measures: exact cases, properties, and slow twins.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot read its case should stop there

mod case;
mod errors;
mod golden;
mod golden_time;
mod properties;
mod twins;
