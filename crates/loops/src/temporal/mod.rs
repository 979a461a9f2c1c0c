//! The same questions with dates: money can only come back after it was paid.
//!
//! Payments without a date cannot be placed and take no part here; see [`undated`].

mod accounts;
mod loops;
mod most;

pub use accounts::{DayOrder, Returned, returned, returned_to};
pub use loops::{TemporalBounds, TemporalLoops, loops};
pub use most::most_returned;

use crate::network::Network;

/// Whether payments of one day can follow each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Chaining {
    /// Only an earlier day funds a payment.
    #[default]
    EarlierDays,
    /// Payments of one day may fund each other, in any order.
    SameDay,
}

/// The edges without a date, which no measure in time can see.
#[must_use]
pub fn undated(network: &Network) -> Vec<u32> {
    let edges = network.edges();
    (0..edges.len() as u32).filter(|index| edges[*index as usize].day.is_none()).collect()
}

/// Positive dated edges as `(day, index)`, by day, then in the order given.
fn by_day(network: &Network) -> Vec<(i32, u32)> {
    let mut dated: Vec<(i32, u32)> = network
        .edges()
        .iter()
        .enumerate()
        .filter(|(_, edge)| edge.amount > 0)
        .filter_map(|(index, edge)| Some((edge.day?, index as u32)))
        .collect();
    dated.sort_unstable();
    dated
}
