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
//! ```
//! use abilene_loops::tracing::{Outside, round_trip};
//! use abilene_loops::{Edge, Network, circulation};
//!
//! let paid = |payer, payee, amount| Edge { payer, payee, amount, day: None };
//! // A vendor (0) invests 100 in a customer (1), who pays a supplier (2) 300, who buys for 40 from the vendor.
//! let web = Network::new(3, vec![paid(0, 1, 100), paid(1, 2, 300), paid(2, 0, 40)])?;
//! // 40 can go round all three, which is 120 of the 440 paid ...
//! assert_eq!(circulation::maximum(&web).total, 120);
//! // ... but of the vendor's 840 of revenue, 800 of it from others, hardly any is its own money.
//! let outside = Outside { inflow: vec![800, 250, 400], outflow: vec![0, 0, 500] };
//! let vendor = round_trip(&web, &outside).parties[0];
//! assert!((vendor.returned - 240.0 / 49.0).abs() < 1e-9);
//! # Ok::<(), abilene_loops::NetworkError>(())
//! ```
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
