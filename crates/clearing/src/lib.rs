//! Who pays what when not all can: clearing and contagion on plain arrays. No files, no clock, no ledger.
//!
//! | question | where |
//! | --- | --- |
//! | who pays what, who fails and in which round? | [`greatest`], [`least`] |
//! | and for thousands of scenarios of outside assets? | [`batch`] |
//! | who loses before anybody defaults? | [`debtrank`], [`neva`](mod@neva) |
//! | who pulls down whom? | [`cascade`](mod@cascade) |
//! | what if all must sell the same asset? | [`fire`] |
//! | what over several dates? | [`dynamic`](mod@dynamic) |
//! | who fails by the fall of values held in each other? | [`values`] |
//! | one more unit to whom saves most? | [`sensitivity`], [`bailout`] |
//! | whose fault is the loss? | [`shapley`](mod@shapley) |
//!
//! ```
//! use abilene_clearing::{Network, Obligation, greatest};
//!
//! let owes = |debtor, creditor, amount| Obligation { debtor, creditor, amount, class: 0 };
//! // A (0) owes B (1) 10 and has 6; B owes the outside 8 and has 1.
//! let network = Network::new(2, &[owes(0, Some(1), 10.0), owes(1, None, 8.0)])?;
//! let answer = greatest(&network, &[6.0, 1.0])?;
//! assert_eq!(answer.clearing.payments, [6.0, 7.0]);
//! assert_eq!(answer.rounds, [[0], [1]]); // A by its own fault, B because of A
//! # Ok::<(), abilene_clearing::NetworkError>(())
//! ```
//!
//! A [`Network`] is checked once, when it is built. Every answer is deterministic to the last bit.

pub mod bailout;
pub mod batch;
pub mod cascade;
pub mod debtrank;
mod dense;
pub mod dynamic;
mod error;
pub mod fire;
mod layered;
mod network;
pub mod neva;
mod plain;
pub mod sensitivity;
pub mod shapley;
mod solve;
mod statement;
pub mod values;

pub use error::{List, NetworkError};
pub use network::{Holding, Network, Obligation};
pub use solve::{Greatest, Start, fixed_point, greatest, least, recoveries};
pub use statement::{Clearing, DEFAULT_TOLERANCE};
