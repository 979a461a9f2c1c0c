//! Tests of the outlook: golden worlds, sampling, what decides, properties, a slow twin.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod analyses;
mod clearing;
mod golden;
mod properties;
mod sampling;
mod twin;
mod worlds;
