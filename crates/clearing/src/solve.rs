//! Greatest and least clearing solutions, whichever parts of the map are in use.

use crate::error::{List, NetworkError, check_amounts};
use crate::layered;
use crate::network::Network;
use crate::plain;
use crate::statement::{Clearing, State, lacks};

/// The greatest solution and the order of failure.
#[derive(Debug, Clone, PartialEq)]
pub struct Greatest {
    /// The accounts.
    pub clearing: Clearing,
    /// Who fails in which round: the first though everybody else pays in full, later ones by contagion.
    pub rounds: Vec<Vec<u32>>,
}

/// From where a plain iteration sets out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Everybody pays in full: leads to the greatest solution.
    Above,
    /// Nobody pays: leads to the least, except at a jump of Rogers & Veraart, where it may end short of one.
    Below,
}

/// Greatest clearing solution of Eisenberg & Noe (2001, Theorem 2), Rogers & Veraart (2013, Theorem 3.1),
/// Suzuki (2002) and Elsinger (2009), by fictitious default (Eisenberg & Noe, section 3.2).
///
/// `assets[i]` is what party `i` holds outside the network, in money units, finite, at least 0. Exact up to one
/// solve for each round. The greatest solution always exists; the least may differ: see [`least`].
///
/// # Errors
/// [`NetworkError`] when `assets` has not one amount for each party.
pub fn greatest(network: &Network, assets: &[f64]) -> Result<Greatest, NetworkError> {
    check_amounts(List::Assets, assets, network.parties())?;
    let (state, rounds) = if network.is_plain() {
        plain::greatest(network, assets)
    } else {
        layered::greatest(network, assets)
    };
    Ok(Greatest { clearing: Clearing::of(network, assets, state), rounds })
}

/// Least clearing solution; where it differs from the greatest, what is paid depends on what all expect.
///
/// # Errors
/// [`NetworkError`] when `assets` has not one amount for each party.
pub fn least(network: &Network, assets: &[f64]) -> Result<Clearing, NetworkError> {
    check_amounts(List::Assets, assets, network.parties())?;
    let state =
        if network.is_plain() { plain::least(network, assets) } else { layered::least(network, assets) };
    Ok(Clearing::of(network, assets, state))
}

/// The plain iteration of the map, for comparison: until no recovery moves by more than `step`, or `sweeps` are done.
///
/// # Errors
/// [`NetworkError`] when `assets` has not one amount for each party.
pub fn fixed_point(
    network: &Network,
    assets: &[f64],
    start: Start,
    step: f64,
    sweeps: usize,
) -> Result<Clearing, NetworkError> {
    check_amounts(List::Assets, assets, network.parties())?;
    let mut state = match start {
        Start::Above => layered::highest(network, assets),
        Start::Below => State::bottom(network),
    };
    for _ in 0..sweeps {
        let income = layered::income(network, &state);
        for party in 0..network.parties() {
            state.fails[party] = lacks(network.dues()[party], assets[party] + income[party]);
        }
        let next = layered::sweep(network, assets, &state);
        let moved = distance(&state, &next);
        state = next;
        if moved <= step {
            break;
        }
    }
    Ok(Clearing::of(network, assets, state))
}

fn distance(a: &State, b: &State) -> f64 {
    let parts = a.recoveries.iter().zip(&b.recoveries).map(|(a, b)| (a - b).abs());
    let worth =
        a.equities.iter().zip(&b.equities).map(|(a, b)| (a - b).abs() / a.max(*b).max(f64::MIN_POSITIVE));
    parts.chain(worth).fold(0.0, f64::max)
}

/// The paid part of each party's dues in the greatest solution, and who is in default; without rounds and accounts.
///
/// For large networks of one class and without holdings: the default set is found by cheap passes and solved once.
///
/// # Errors
/// [`NetworkError`] when `assets` has not one amount for each party, or there are several classes or holdings.
pub fn recoveries(network: &Network, assets: &[f64]) -> Result<(Vec<f64>, Vec<u32>), NetworkError> {
    check_amounts(List::Assets, assets, network.parties())?;
    if network.is_plain() { Ok(plain::recoveries(network, assets)) } else { Err(NetworkError::NotPlain) }
}
