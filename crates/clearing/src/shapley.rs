//! Attribution of a system's loss to those whose shocks make it.
//!
//! Shapley (1953); for systemic risk Tarashev, Borio & Tsatsaronis (2010). A coalition's loss is the loss when its
//! members alone are shocked, with the greatest clearing vector.

use crate::error::{List, NetworkError, check_amounts, is_amount};
use crate::network::Network;
use crate::solve::greatest;

/// Every coalition is cleared up to this many players; above, orders are sampled.
pub const MOST_EXACT: usize = 12;

/// A party and what its outside assets are after its shock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Player {
    /// Index of the party.
    pub party: u32,
    /// Money units.
    pub assets: f64,
}

/// What counts as loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// Dues of all less payments of all.
    UnpaidTotal,
    /// Dues to the outside less what it receives.
    UnpaidOutside,
    /// Equity of all without shocks less equity of all.
    Equity,
}

/// Each player's part of the loss.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// By player; they add up to `total`.
    pub parts: Vec<f64>,
    /// Standard error of each part; `None` where all coalitions were cleared.
    pub errors: Option<Vec<f64>>,
    /// Loss with all shocks less loss without any.
    pub total: f64,
    /// Loss without any shock.
    pub baseline: f64,
    /// Loss of every coalition, by bit mask of players; empty where orders were sampled.
    pub coalitions: Vec<f64>,
}

struct Game<'a> {
    network: &'a Network,
    assets: &'a [f64],
    players: &'a [Player],
    loss: Loss,
    equity: f64,
}

impl Game<'_> {
    fn loss(&self, inside: impl Fn(usize) -> bool) -> Result<f64, NetworkError> {
        let mut assets = self.assets.to_vec();
        for player in (0..self.players.len()).filter(|at| inside(*at)).map(|at| self.players[at]) {
            assets[player.party as usize] = player.assets;
        }
        let clearing = greatest(self.network, &assets)?.clearing;
        Ok(match self.loss {
            Loss::UnpaidTotal => clearing.unpaid_total(self.network),
            Loss::UnpaidOutside => self.network.outside_dues.iter().sum::<f64>() - clearing.outside_receipts,
            Loss::Equity => self.equity - clearing.equities.iter().sum::<f64>(),
        })
    }
}

/// Shapley values of the players. Above [`MOST_EXACT`] players, means over `orders` sampled orders and their
/// reverses, from `seed`: the same seed gives the same numbers everywhere.
///
/// # Errors
/// [`NetworkError`] when `assets` or a player is wrong.
pub fn shapley(
    network: &Network,
    assets: &[f64],
    players: &[Player],
    loss: Loss,
    orders: usize,
    seed: u64,
) -> Result<Attribution, NetworkError> {
    check_amounts(List::Assets, assets, network.parties())?;
    for (entry, player) in players.iter().enumerate() {
        let (list, party, parties) = (List::Parties, player.party, network.parties());
        if party as usize >= parties {
            return Err(NetworkError::UnknownParty { list, entry, party, parties });
        }
        if !is_amount(player.assets) {
            return Err(NetworkError::NotAnAmount { list, entry, party, value: player.assets });
        }
    }
    let equity = greatest(network, assets)?.clearing.equities.iter().sum();
    let game = Game { network, assets, players, loss, equity };
    if players.len() <= MOST_EXACT { exact(&game) } else { sampled(&game, orders, seed) }
}

fn exact(game: &Game<'_>) -> Result<Attribution, NetworkError> {
    let count = game.players.len();
    let coalitions = (0..1_usize << count)
        .map(|set| game.loss(|at| set >> at & 1 == 1))
        .collect::<Result<Vec<f64>, _>>()?;
    // |S|! (n − |S| − 1)! / n!
    let weight: Vec<f64> = (0..count).map(|size| 1.0 / (count as f64 * choose(count - 1, size))).collect();
    let part = |at: usize| {
        (0..coalitions.len())
            .filter(|set| set >> at & 1 == 0)
            .map(|set| weight[set.count_ones() as usize] * (coalitions[set | 1 << at] - coalitions[set]))
            .sum()
    };
    let parts = (0..count).map(part).collect();
    let baseline = coalitions[0];
    let total = coalitions[coalitions.len() - 1] - baseline;
    Ok(Attribution { parts, errors: None, total, baseline, coalitions })
}

fn choose(n: usize, k: usize) -> f64 {
    (0..k).map(|i| (n - i) as f64 / (i + 1) as f64).product()
}

fn sampled(game: &Game<'_>, orders: usize, seed: u64) -> Result<Attribution, NetworkError> {
    let count = game.players.len();
    let baseline = game.loss(|_| false)?;
    let (mut sum, mut square) = (vec![0.0; count], vec![0.0; count]);
    for number in 0..orders.max(2) {
        let mut order = shuffled(count, seed, number as u64);
        let forward = walk(game, &order, baseline)?;
        order.reverse();
        let backward = walk(game, &order, baseline)?;
        for at in 0..count {
            let mean = 0.5 * (forward[at] + backward[at]);
            sum[at] += mean;
            square[at] += mean * mean;
        }
    }
    let drawn = orders.max(2) as f64;
    let error = |at: usize| {
        let variance = (square[at] / drawn - (sum[at] / drawn).powi(2)).max(0.0);
        (variance / (drawn - 1.0)).sqrt()
    };
    Ok(Attribution {
        errors: Some((0..count).map(error).collect()),
        parts: sum.iter().map(|sum| sum / drawn).collect(),
        total: game.loss(|_| true)? - baseline,
        baseline,
        coalitions: Vec::new(),
    })
}

/// What each player adds when they come in this order.
fn walk(game: &Game<'_>, order: &[usize], baseline: f64) -> Result<Vec<f64>, NetworkError> {
    let mut inside = vec![false; order.len()];
    let mut added = vec![0.0; order.len()];
    let mut last = baseline;
    for player in order {
        inside[*player] = true;
        let now = game.loss(|at| inside[at])?;
        added[*player] = now - last;
        last = now;
    }
    Ok(added)
}

/// An order from a counter-based generator (splitmix64, Steele, Lea & Flood 2014).
fn shuffled(count: usize, seed: u64, number: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for at in (1..count).rev() {
        let mut word = seed
            ^ number.wrapping_mul(0xA076_1D64_78BD_642F)
            ^ (at as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^= word >> 31;
        order.swap(at, (word % (at as u64 + 1)) as usize);
    }
    order
}
