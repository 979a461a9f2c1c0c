//! Who pays what when not all can: clearing and contagion on plain arrays.

#![allow(missing_docs)]
mod dense;
mod error;
mod layered;
mod network;
mod plain;
mod solve;
mod statement;

pub use error::{List, NetworkError};
pub use network::{Holding, Network, Obligation};
pub use solve::{Greatest, Start, fixed_point, greatest, least};
pub use statement::{Clearing, DEFAULT_TOLERANCE};
