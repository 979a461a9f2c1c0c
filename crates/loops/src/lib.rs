//! Measures of circularity in a network of payments, on plain arrays: no files, no clock, no ledger.
//!
//! Four questions, each with its own module, and none stands for another:
//!
//! | question | module |
//! | --- | --- |
//! | how much is mere circulation? | [`circulation`] |
//! | which loops are there? | [`enumerate`] |
//! | how much of the money has been there before? | [`tracing`] |
//! | did it come back in time? | [`temporal`] |
//!
//! [`comparison`] holds cheap measures known from the literature. A [`Network`] is checked once, when it is
//! built; after that nothing fails. Amounts are whole numbers of the last decimal (`i128`) and exact; what
//! comes from a division is `f64`. Every answer is deterministic: the same input gives the same bytes.

mod arcs;
pub mod circulation;
pub mod comparison;
mod components;
pub mod enumerate;
mod maxflow;
mod network;
pub mod temporal;
pub mod tracing;

pub use network::{Edge, Loop, Network, NetworkError};
