//! Ranks, holdings and default costs together: one monotone map, solved from above and from below.
//!
//! Elsinger (2009, OeNB Working Paper 156, section 4) and Suzuki (2002, J. Oper. Res. Soc. Japan 45(2), eq. 8–9),
//! with the default costs of Rogers & Veraart (2013, eq. 2.4) on top. With `a = αe + βy` in default and
//! `w = e + y` else, a solvent party pays all and has equity `w − d`; a party in default pays its classes in
//! order out of `a`.

mod piece;

use crate::network::Network;
use crate::statement::{State, lacks};
use piece::solve_piece;

/// Sweeps between two attempts at an exact solution grow to this; then the last sweep stands.
const MOST_SWEEPS: usize = 1 << 18;

/// Income of each party: receipts and the value of holdings.
pub(crate) fn income(network: &Network, state: &State) -> Vec<f64> {
    let mut income = network.receipts(&state.recoveries);
    for (total, value) in income.iter_mut().zip(network.holdings_value(&state.equities)) {
        *total += value;
    }
    income
}

/// What a party in default has for its creditors.
pub(crate) fn estate(network: &Network, assets: &[f64], income: &[f64], party: usize) -> f64 {
    network.alpha[party] * assets[party] + network.beta[party] * income[party]
}

/// One step of the map with the standing of each party held fixed: who fails pays out of its estate, the others all.
pub(crate) fn sweep(network: &Network, assets: &[f64], state: &State) -> State {
    let income = income(network, state);
    let mut next = state.clone();
    for party in 0..network.parties() {
        if state.fails[party] {
            let mut left = estate(network, assets, &income, party);
            next.equities[party] = 0.0;
            for place in places(network, party) {
                let dues = network.place_dues[place];
                let paid = left.min(dues);
                left -= paid;
                next.recoveries[place] = if dues > 0.0 { paid / dues } else { 1.0 };
            }
        } else {
            next.recoveries[places(network, party)].fill(1.0);
            next.equities[party] = (assets[party] + income[party] - network.dues[party]).max(0.0);
        }
    }
    next
}

pub(crate) fn places(network: &Network, party: usize) -> std::ops::Range<usize> {
    party * network.classes()..(party + 1) * network.classes()
}

/// The greatest (from above) or least (from below) solution with the standing of each party held fixed.
///
/// Sweeps move monotonically towards it; the linear piece on which they are is solved exactly, and stands if the
/// solution lies on that piece: between the two everything is linear, so there is no other solution.
fn settle(network: &Network, assets: &[f64], mut state: State) -> State {
    let mut sweeps = 1;
    loop {
        if let Some(exact) = solve_piece(network, assets, &state) {
            return exact;
        }
        for _ in 0..sweeps {
            let next = sweep(network, assets, &state);
            if next == state {
                return state;
            }
            state = next;
        }
        if sweeps >= MOST_SWEEPS {
            return state;
        }
        sweeps *= 2;
    }
}

/// The greatest solution and who fails in which round, by fictitious default (Eisenberg & Noe 2001, section 3.2).
pub(crate) fn greatest(network: &Network, assets: &[f64]) -> (State, Vec<Vec<u32>>) {
    let mut rounds = Vec::new();
    let mut state = settle(network, assets, highest(network, assets));
    loop {
        let income = income(network, &state);
        let fails = |party: &usize| {
            !state.fails[*party] && lacks(network.dues[*party], assets[*party] + income[*party])
        };
        let round: Vec<u32> = (0..network.parties()).filter(fails).map(|party| party as u32).collect();
        if round.is_empty() {
            return (state, rounds);
        }
        for party in &round {
            state.fails[*party as usize] = true;
        }
        state = settle(network, assets, state);
        rounds.push(round);
    }
}

/// A state above every solution: all pay, and equities are what they were without any dues.
pub(crate) fn highest(network: &Network, assets: &[f64]) -> State {
    let mut state = State::top(network);
    let issuers = network.issuers();
    let size = issuers.len();
    let mut slot = vec![usize::MAX; network.parties()];
    issuers.iter().enumerate().for_each(|(at, issuer)| slot[*issuer] = at);
    let mut matrix = vec![0.0; size * size];
    for (at, issuer) in issuers.iter().enumerate() {
        matrix[at * size + at] = 1.0;
        for (owner, share) in network.holdings.row(*issuer).filter(|(owner, _)| slot[*owner] != usize::MAX) {
            matrix[slot[owner] * size + at] -= share;
        }
    }
    let mut worth: Vec<f64> = issuers.iter().map(|party| assets[*party] + network.claims[*party]).collect();
    crate::dense::solve(&mut matrix, size, &mut worth, None);
    issuers.iter().zip(worth).for_each(|(issuer, worth)| state.equities[*issuer] = worth);
    sweep(network, assets, &state)
}

/// The least solution: from below, whoever turns out solvent at the limit is made to pay, and the limit is sought
/// again (Rogers & Veraart 2013, section 3; the map is not continuous from the left).
pub(crate) fn least(network: &Network, assets: &[f64]) -> State {
    let mut state = settle(network, assets, State::bottom(network));
    loop {
        let income = income(network, &state);
        let mut risen = false;
        for party in 0..network.parties() {
            if state.fails[party] && !lacks(network.dues[party], assets[party] + income[party]) {
                state.fails[party] = false;
                risen = true;
            }
        }
        if !risen {
            return state;
        }
        state = settle(network, assets, sweep(network, assets, &state));
    }
}
