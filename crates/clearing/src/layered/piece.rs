//! The linear piece of the map on which a state lies, solved exactly.

use super::{estate, income, places};
use crate::dense;
use crate::network::Network;
use crate::statement::State;

/// Above this many moving parties elimination would take longer than sweeping.
const MOST_MOVING: usize = 1_500;
/// How far over the edge of its piece, in parts of the party's gross, a solution may lie: rounding.
const EDGE: f64 = 1e-12;

/// What moves in a party on a piece; all else is constant there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Moving {
    /// Nothing: dues paid in full, or equity 0.
    Nothing,
    /// The payment to this class; senior classes are paid, junior ones get nothing.
    Class(usize),
    /// Equity above 0.
    Equity,
}

/// The solution on the piece of `state`, if it lies on that piece.
pub(super) fn solve_piece(network: &Network, assets: &[f64], state: &State) -> Option<State> {
    let moving = piece_of(network, assets, state);
    let active: Vec<usize> = (0..network.parties()).filter(|at| moving[*at] != Moving::Nothing).collect();
    if active.len() > MOST_MOVING {
        return None;
    }
    let mut fixed = with_constants(network, state, &moving);
    let solution = solve_active(network, assets, state, &fixed, &moving, &active);
    for (party, value) in active.iter().zip(solution) {
        match moving[*party] {
            Moving::Class(class) => {
                let place = party * network.classes() + class;
                fixed.recoveries[place] = value / network.place_dues[place];
            }
            Moving::Equity => fixed.equities[*party] = value,
            Moving::Nothing => {}
        }
    }
    settled(network, assets, fixed, &moving)
}

fn piece_of(network: &Network, assets: &[f64], state: &State) -> Vec<Moving> {
    let income = income(network, state);
    (0..network.parties())
        .map(|party| {
            if !state.fails[party] {
                let worth = assets[party] + income[party] - network.dues[party];
                return if worth > 0.0 { Moving::Equity } else { Moving::Nothing };
            }
            let mut left = estate(network, assets, &income, party);
            for (class, place) in places(network, party).enumerate() {
                if left < network.place_dues[place] {
                    return Moving::Class(class);
                }
                left -= network.place_dues[place];
            }
            Moving::Nothing
        })
        .collect()
}

/// The state with every constant of the piece in place and 0 for what moves.
fn with_constants(network: &Network, state: &State, moving: &[Moving]) -> State {
    let mut fixed = state.clone();
    fixed.equities.fill(0.0);
    for (party, moves) in moving.iter().enumerate() {
        let Moving::Class(marginal) = *moves else {
            fixed.recoveries[places(network, party)].fill(1.0);
            continue;
        };
        for (class, place) in places(network, party).enumerate() {
            let paid = class < marginal || network.place_dues[place] == 0.0;
            fixed.recoveries[place] = if paid { 1.0 } else { 0.0 };
        }
    }
    fixed
}

fn solve_active(
    network: &Network,
    assets: &[f64],
    state: &State,
    fixed: &State,
    moving: &[Moving],
    active: &[usize],
) -> Vec<f64> {
    let size = active.len();
    let mut slot = vec![usize::MAX; network.parties()];
    for (at, party) in active.iter().enumerate() {
        slot[*party] = at;
    }
    let passed_on = |party: usize| if state.fails[party] { network.beta[party] } else { 1.0 };
    let mut matrix = vec![0.0; size * size];
    for (at, party) in active.iter().enumerate() {
        matrix[at * size + at] = 1.0;
        let mut to = |receiver: usize, part: f64| {
            if slot[receiver] != usize::MAX {
                matrix[slot[receiver] * size + at] -= passed_on(receiver) * part;
            }
        };
        if let Moving::Class(class) = moving[*party] {
            let place = party * network.classes() + class;
            network
                .owed
                .row(place)
                .for_each(|(to_whom, amount)| to(to_whom, amount / network.place_dues[place]));
        } else {
            network.holdings.row(*party).for_each(|(owner, share)| to(owner, share));
        }
    }
    let constant = income(network, fixed);
    let mut right: Vec<f64> = active
        .iter()
        .map(|party| match moving[*party] {
            Moving::Class(class) => {
                estate(network, assets, &constant, *party) - senior(network, *party, class)
            }
            _ => assets[*party] + constant[*party] - network.dues[*party],
        })
        .collect();
    let known: Vec<f64> =
        active.iter().map(|party| current(network, state, moving[*party], *party)).collect();
    dense::solve(&mut matrix, size, &mut right, Some(&known));
    right
}

fn senior(network: &Network, party: usize, class: usize) -> f64 {
    places(network, party).take(class).map(|place| network.place_dues[place]).sum()
}

fn current(network: &Network, state: &State, moves: Moving, party: usize) -> f64 {
    match moves {
        Moving::Class(class) => {
            let place = party * network.classes() + class;
            state.recoveries[place] * network.place_dues[place]
        }
        _ => state.equities[party],
    }
}

/// The state, trimmed of rounding, if what each party has lies on the piece and the numbers agree with it.
fn settled(network: &Network, assets: &[f64], mut state: State, moving: &[Moving]) -> Option<State> {
    let income = income(network, &state);
    for (party, moves) in moving.iter().enumerate() {
        let edge = EDGE * (network.dues[party] + assets[party] + income[party].abs());
        let (has, low, high, now) = match *moves {
            Moving::Class(class) => {
                let place = party * network.classes() + class;
                let dues = network.place_dues[place];
                let has = estate(network, assets, &income, party) - senior(network, party, class);
                (has, 0.0, dues, state.recoveries[place] * dues)
            }
            Moving::Equity => {
                let has = assets[party] + income[party] - network.dues[party];
                (has, 0.0, f64::INFINITY, state.equities[party])
            }
            Moving::Nothing if state.fails[party] => {
                let has = estate(network, assets, &income, party);
                (has, network.dues[party], f64::INFINITY, has)
            }
            Moving::Nothing => {
                let has = assets[party] + income[party] - network.dues[party];
                (has, f64::NEG_INFINITY, 0.0, has)
            }
        };
        let inside = has >= low - edge && has <= high + edge && (has - now).abs() <= edge;
        if !inside {
            return None;
        }
    }
    state.recoveries.iter_mut().for_each(|part| *part = part.clamp(0.0, 1.0));
    state.equities.iter_mut().for_each(|equity| *equity = equity.max(0.0));
    Some(state)
}
