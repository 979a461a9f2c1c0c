//! One class and no holdings, in any size: fictitious default on compressed rows.
//!
//! The unknown is the unpaid part `u = 1 − p/d` of each party: 0 for the solvent, so that only what those in
//! default owe is ever touched. With the lost receipts `s_i = Σ_j L_ji u_j`, a party in default has
//! `u_i = c_i + b_i s_i`, where `b = β/d` and `c = 1 − (αe + β·claims)/d` (Rogers & Veraart 2013, eq. 2.4;
//! α = β = 1 is Eisenberg & Noe 2001, eq. 3).

mod inner;
mod krylov;

use crate::network::{Network, Rows};
use crate::statement::{DEFAULT_TOLERANCE, State, lacks};
use inner::Inner;

/// When a party fails, and what is then unpaid, as straight lines in its lost receipts.
struct Rule {
    /// Lost receipts above which a party fails; infinite for who never does.
    buffer: Vec<f64>,
    constant: Vec<f64>,
    slope: Vec<f64>,
}

impl Rule {
    /// The default rule of the model, with its jump at the threshold.
    fn of_default(network: &Network, assets: &[f64]) -> Self {
        let buffer = |i: usize| {
            let dues = network.dues[i];
            let margin = assets[i] + network.claims[i] - dues;
            if dues > 0.0 { margin + DEFAULT_TOLERANCE * dues } else { f64::INFINITY }
        };
        let (constant, slope) = estates(network, assets);
        Self { buffer: (0..network.parties()).map(buffer).collect(), constant, slope }
    }
}

/// `c` and `b` of every party.
fn estates(network: &Network, assets: &[f64]) -> (Vec<f64>, Vec<f64>) {
    (0..network.parties())
        .map(|i| {
            let (dues, alpha, beta) = (network.dues[i], network.alpha[i], network.beta[i]);
            if dues == 0.0 {
                return (0.0, 0.0);
            }
            // Without costs this is the margin over the dues, free of cancellation.
            let lost = (dues - assets[i] - network.claims[i])
                + (1.0 - alpha) * assets[i]
                + (1.0 - beta) * network.claims[i];
            (lost / dues, beta / dues)
        })
        .unzip()
}

/// Unpaid parts, lost receipts and failures, growing from the state in which all pay.
struct Fall {
    unpaid: Vec<f64>,
    lost: Vec<f64>,
    fails: Vec<bool>,
    /// Who has failed, in the order of failure.
    failed: Vec<u32>,
    /// What they owe, in that order: read again and again, and in one stream only if it lies together.
    owed: Rows,
}

impl Fall {
    fn new(parties: usize) -> Self {
        Self {
            unpaid: vec![0.0; parties],
            lost: vec![0.0; parties],
            fails: vec![false; parties],
            failed: Vec::new(),
            owed: Rows { start: vec![0], ..Rows::default() },
        }
    }

    /// Those who fail now and had not failed before.
    fn newly(&self, rule: &Rule) -> Vec<u32> {
        let pairs = self.lost.iter().zip(&rule.buffer).enumerate();
        let over = pairs.filter(|(_, (lost, buffer))| lost > buffer).map(|(at, _)| at);
        over.filter(|at| !self.fails[*at]).map(|at| at as u32).collect()
    }

    fn add(&mut self, network: &Network, round: &[u32]) {
        self.failed.extend_from_slice(round);
        for party in round.iter().map(|party| *party as usize) {
            self.fails[party] = true;
            let row = network.owed.start[party]..network.owed.start[party + 1];
            self.owed.index.extend_from_slice(&network.owed.index[row.clone()]);
            self.owed.value.extend_from_slice(&network.owed.value[row]);
            self.owed.start.push(self.owed.index.len());
        }
    }

    /// Sets the unpaid part of the party that failed in this place, and tells its creditors.
    fn set(&mut self, at: usize, unpaid: f64) {
        let party = self.failed[at] as usize;
        let more = unpaid - self.unpaid[party];
        self.unpaid[party] = unpaid;
        if more != 0.0 {
            for (creditor, amount) in self.owed.row(at) {
                self.lost[creditor] += amount * more;
            }
        }
    }

    /// The greatest solution among those in which only `failed` do not pay in full.
    fn settle(&mut self, network: &Network, rule: &Rule) {
        let unpaid = Inner::of(network, rule, self).solve();
        for (at, unpaid) in unpaid.into_iter().enumerate() {
            self.set(at, unpaid);
        }
    }

    /// Follows the default rule in place, party by party, as long as failures spread by it.
    ///
    /// Every value on the way is above the greatest solution, so whoever fails here fails there: the default set
    /// grows by cheap passes, and the exact solve comes once.
    fn spread(&mut self, network: &Network, rule: &Rule) {
        for _ in 0..MOST_PASSES {
            let new = self.newly(rule);
            if new.is_empty() {
                return;
            }
            self.add(network, &new);
            for at in 0..self.failed.len() {
                let party = self.failed[at] as usize;
                self.set(at, rule.constant[party] + rule.slope[party] * self.lost[party]);
            }
        }
    }

    fn into_state(self) -> State {
        let recoveries = self.unpaid.iter().map(|unpaid| (1.0 - unpaid).clamp(0.0, 1.0)).collect();
        State { recoveries, equities: vec![0.0; self.fails.len()], fails: self.fails }
    }
}

const MOST_PASSES: usize = 12;
/// An unpaid part that is rounding.
const GRAIN: f64 = 1e-14;

/// Greatest solution with rounds: one exact solve for each round of failures.
pub(crate) fn greatest(network: &Network, assets: &[f64]) -> (State, Vec<Vec<u32>>) {
    let rule = Rule::of_default(network, assets);
    let mut fall = Fall::new(network.parties());
    let mut rounds = Vec::new();
    loop {
        let round = fall.newly(&rule);
        if round.is_empty() {
            return (finish(network, assets, fall), rounds);
        }
        fall.add(network, &round);
        rounds.push(round);
        fall.settle(network, &rule);
    }
}

/// Recoveries of the greatest solution alone, without rounds and accounts.
pub(crate) fn recoveries(network: &Network, assets: &[f64]) -> (Vec<f64>, Vec<u32>) {
    let rule = Rule::of_default(network, assets);
    let mut fall = Fall::new(network.parties());
    loop {
        let before = fall.failed.len();
        fall.spread(network, &rule);
        if fall.failed.len() == before {
            let recoveries = fall.unpaid.iter().map(|unpaid| (1.0 - unpaid).clamp(0.0, 1.0)).collect();
            fall.failed.sort_unstable();
            return (recoveries, fall.failed);
        }
        fall.settle(network, &rule);
    }
}

/// Recoveries taken once more from receipts, so that small ones keep their digits; equities of the solvent.
fn finish(network: &Network, assets: &[f64], fall: Fall) -> State {
    let mut state = fall.into_state();
    let receipts = network.receipts(&state.recoveries);
    for i in 0..network.parties() {
        let dues = network.dues[i];
        if state.fails[i] {
            let estate = network.alpha[i] * assets[i] + network.beta[i] * receipts[i];
            state.recoveries[i] = (estate / dues).min(1.0);
        } else {
            state.equities[i] = (assets[i] + receipts[i] - dues).max(0.0);
        }
    }
    state
}

/// Least solution: money starts only from outside assets, and whoever turns out solvent at the limit is made to
/// pay in full, until nobody else does (Rogers & Veraart 2013, section 3).
pub(crate) fn least(network: &Network, assets: &[f64]) -> State {
    let parties = network.parties();
    let mut solvent: Vec<bool> = (0..parties).map(|i| !lacks(network.dues[i], assets[i])).collect();
    loop {
        let fall = least_given(network, assets, &solvent);
        let all_there = |i: usize| assets[i] + network.claims[i] - fall.lost[i];
        let risen: Vec<usize> = (0..parties)
            .filter(|i| !solvent[*i] && fall.fails[*i] && !lacks(network.dues[*i], all_there(*i)))
            .collect();
        if risen.is_empty() {
            return finish(network, assets, fall);
        }
        risen.iter().for_each(|party| solvent[*party] = true);
    }
}

/// Least solution in which `solvent` pay in full and the others what default leaves them, at most their dues.
///
/// Whom no money reaches pays nothing; for the others that map has one solution, found from above.
fn least_given(network: &Network, assets: &[f64], solvent: &[bool]) -> Fall {
    let reached = reached(network, assets, solvent);
    let (mut constant, mut slope) = estates(network, assets);
    let mut buffer = vec![f64::INFINITY; network.parties()];
    let mut starved = Vec::new();
    for i in (0..network.parties()).filter(|i| !solvent[*i]) {
        if reached[i] {
            // The map is continuous here: a grain of tolerance only, against rounding.
            buffer[i] = (GRAIN - constant[i]) / slope[i];
        } else {
            (constant[i], slope[i]) = (1.0, 0.0);
            starved.push(i as u32);
        }
    }
    let rule = Rule { buffer, constant, slope };
    let mut fall = Fall::new(network.parties());
    fall.add(network, &starved);
    (0..starved.len()).for_each(|at| fall.set(at, 1.0));
    loop {
        let before = fall.failed.len();
        fall.spread(network, &rule);
        if fall.failed.len() == before {
            return fall;
        }
        fall.settle(network, &rule);
    }
}

/// Who gets money in the least solution: from own assets, or from a debtor who does.
fn reached(network: &Network, assets: &[f64], solvent: &[bool]) -> Vec<bool> {
    let own = |i: usize| network.dues[i] > 0.0 && (solvent[i] || network.alpha[i] * assets[i] > 0.0);
    let mut reached: Vec<bool> = (0..network.parties()).map(own).collect();
    let mut open: Vec<usize> = (0..network.parties()).filter(|i| reached[*i]).collect();
    while let Some(debtor) = open.pop() {
        for (creditor, amount) in network.owed.row(debtor) {
            let passes = network.dues[creditor] > 0.0 && network.beta[creditor] > 0.0 && amount > 0.0;
            if passes && !reached[creditor] {
                reached[creditor] = true;
                open.push(creditor);
            }
        }
    }
    reached
}
