//! Losses before default: distress that creditors pass on.
//!
//! Distress `h` is the lost part of equity, 0 to 1. [`Form::Once`]: Battiston, Puliga, Kaushik, Tasca & Caldarelli
//! (2012), Scientific Reports 2:541, eq. 1–3, each party speaking once. [`Form::Reverberating`]: Bardoscia, Battiston,
//! Caccioli & Caldarelli (2015), PLoS ONE 10(6), eq. 9, linear until default.

use crate::dense;
use crate::error::{List, NetworkError, check_amounts, check_length};
use crate::network::{Network, Rows};

/// Entries of a history that are kept.
const HISTORY: usize = 4;
/// Above this many parties the limit of the linear form is left to the iteration.
const MOST_ELIMINATED: usize = 1_500;
const MOST_STEPS: usize = 100_000;

/// Who lent how much to whom, and with which equity.
#[derive(Debug, Clone)]
pub struct Exposures {
    /// By debtor: creditor and the part of its equity that it would lose; may exceed 1.
    leverage: Rows,
    equity: Vec<f64>,
    claims: Vec<f64>,
}

/// How distress ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Distress {
    /// Lost part of equity, by party.
    pub distress: Vec<f64>,
    /// The first states, from the shock on: all of them in the 2012 form, four in the linear one.
    pub history: Vec<Vec<f64>>,
    /// States until nobody speaks any more (2012), or until nothing moves.
    pub steps: usize,
    /// Step (from 1) at which a party's distress reached 1.
    pub default_step: Vec<Option<usize>>,
}

/// Which of the two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Each party passes its distress on once; impacts are capped at 1.
    Once,
    /// Every increase is passed on; only distress is capped.
    Reverberating,
}

impl Exposures {
    /// Exposures of the creditors of `network` (what is owed to the outside is left out); `equity` > 0, money units.
    ///
    /// # Errors
    /// [`NetworkError`] when `equity` has not one number above 0 for each party.
    pub fn new(network: &Network, equity: Vec<f64>) -> Result<Self, NetworkError> {
        check_amounts(List::Parties, &equity, network.parties())?;
        if let Some(at) = equity.iter().position(|value| *value == 0.0) {
            return Err(NetworkError::NotAnAmount {
                list: List::Parties,
                entry: at,
                party: at as u32,
                value: 0.0,
            });
        }
        let mut leverage = Rows { start: vec![0], ..Rows::default() };
        for debtor in 0..network.parties() {
            for (creditor, amount) in merged(network, debtor) {
                leverage.index.push(creditor as u32);
                leverage.value.push(amount / equity[creditor]);
            }
            leverage.start.push(leverage.index.len());
        }
        Ok(Self { leverage, equity, claims: network.claims().to_vec() })
    }

    /// Equity by party.
    #[must_use]
    pub fn equity(&self) -> &[f64] {
        &self.equity
    }

    /// Each party's claims on others as a part of all claims.
    #[must_use]
    pub fn claim_weights(&self) -> Vec<f64> {
        let total: f64 = self.claims.iter().sum();
        self.claims.iter().map(|claims| if total > 0.0 { claims / total } else { 0.0 }).collect()
    }

    /// Spreads the distress `shock` (0 to 1 by party).
    ///
    /// # Errors
    /// [`NetworkError`] when `shock` has not one number from 0 to 1 for each party.
    pub fn spread(&self, form: Form, shock: &[f64]) -> Result<Distress, NetworkError> {
        check_length(List::Parties, shock.len(), self.equity.len())?;
        if let Some(at) = shock.iter().position(|part| !(0.0..=1.0).contains(part)) {
            return Err(NetworkError::NotAPart {
                list: List::Parties,
                entry: at,
                party: at as u32,
                value: shock[at],
            });
        }
        Ok(match form {
            Form::Once => once(self, shock),
            Form::Reverberating => reverberating(self, shock),
        })
    }

    /// DebtRank and distress of each party when one party alone is wiped out, for each party: row by row.
    #[must_use]
    pub fn singles(&self, form: Form) -> Vec<Vec<f64>> {
        let size = self.equity.len();
        let alone = |party: usize| {
            let mut shock = vec![0.0; size];
            shock[party] = 1.0;
            match form {
                Form::Once => once(self, &shock).distress,
                Form::Reverberating => reverberating(self, &shock).distress,
            }
        };
        (0..size).map(alone).collect()
    }
}

/// What a debtor owes to each creditor over all classes and parallel obligations.
pub(crate) fn merged(network: &Network, debtor: usize) -> Vec<(usize, f64)> {
    let classes = network.classes();
    let mut all: Vec<(usize, f64)> =
        (debtor * classes..(debtor + 1) * classes).flat_map(|place| network.owed.row(place)).collect();
    all.sort_by_key(|(creditor, _)| *creditor);
    all.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0.0 };
        same
    });
    all
}

/// `Σ v_i (h_i − shock_i)`: the distress that the network adds, weighted.
#[must_use]
pub fn debtrank(weights: &[f64], distress: &[f64], shock: &[f64]) -> f64 {
    weights.iter().zip(distress.iter().zip(shock)).map(|(weight, (end, start))| weight * (end - start)).sum()
}

fn once(exposures: &Exposures, shock: &[f64]) -> Distress {
    let mut distress = shock.to_vec();
    let mut speaking: Vec<usize> = (0..shock.len()).filter(|party| shock[*party] > 0.0).collect();
    let mut spoken: Vec<bool> = shock.iter().map(|part| *part > 0.0).collect();
    let mut history = vec![distress.clone()];
    let mut default_step = vec![None; shock.len()];
    note(&mut default_step, &distress, 1);
    while !speaking.is_empty() {
        let mut next = distress.clone();
        for party in &speaking {
            for (creditor, part) in exposures.leverage.row(*party) {
                next[creditor] += part.min(1.0) * distress[*party];
            }
        }
        next.iter_mut().for_each(|part| *part = part.min(1.0));
        speaking = (0..next.len()).filter(|party| !spoken[*party] && next[*party] > 0.0).collect();
        speaking.iter().for_each(|party| spoken[*party] = true);
        distress = next;
        history.push(distress.clone());
        note(&mut default_step, &distress, history.len());
    }
    Distress { distress, steps: history.len(), history, default_step }
}

fn note(default_step: &mut [Option<usize>], distress: &[f64], step: usize) {
    for (first, part) in default_step.iter_mut().zip(distress) {
        if first.is_none() && *part >= 1.0 {
            *first = Some(step);
        }
    }
}

fn reverberating(exposures: &Exposures, shock: &[f64]) -> Distress {
    let mut distress = shock.to_vec();
    let mut rise = shock.to_vec();
    let mut history = vec![distress.clone()];
    let mut default_step = vec![None; shock.len()];
    note(&mut default_step, &distress, 1);
    let mut steps = 1;
    while steps < HISTORY || (steps < MOST_STEPS && rise.iter().any(|rise| *rise > 1e-18)) {
        let mut next = distress.clone();
        for (party, rise) in rise.iter().enumerate().filter(|(_, rise)| **rise > 0.0) {
            exposures.leverage.row(party).for_each(|(creditor, part)| next[creditor] += part * rise);
        }
        next.iter_mut().for_each(|part| *part = part.min(1.0));
        rise = next.iter().zip(&distress).map(|(next, now)| next - now).collect();
        distress = next;
        steps += 1;
        note(&mut default_step, &distress, steps);
        if steps <= HISTORY {
            history.push(distress.clone());
        }
    }
    if let Some(exact) = limit(exposures, shock, &distress) {
        distress = exact;
    }
    Distress { distress, history, steps, default_step }
}

/// The limit itself: linear in those that are not wiped out.
fn limit(exposures: &Exposures, shock: &[f64], near: &[f64]) -> Option<Vec<f64>> {
    let open: Vec<usize> = (0..near.len()).filter(|party| near[*party] < 1.0).collect();
    let size = open.len();
    if size > MOST_ELIMINATED {
        return None;
    }
    let mut slot = vec![usize::MAX; near.len()];
    open.iter().enumerate().for_each(|(at, party)| slot[*party] = at);
    let mut matrix = vec![0.0; size * size];
    (0..size).for_each(|at| matrix[at * size + at] = 1.0);
    let mut right: Vec<f64> = open.iter().map(|party| shock[*party]).collect();
    for debtor in 0..near.len() {
        for (creditor, part) in
            exposures.leverage.row(debtor).filter(|(creditor, _)| slot[*creditor] != usize::MAX)
        {
            if slot[debtor] == usize::MAX {
                right[slot[creditor]] += part;
            } else {
                matrix[slot[creditor] * size + slot[debtor]] -= part;
            }
        }
    }
    let known: Vec<f64> = open.iter().map(|party| near[*party]).collect();
    dense::solve(&mut matrix, size, &mut right, Some(&known));
    let mut exact = vec![1.0; near.len()];
    open.iter().zip(&right).for_each(|(party, part)| exact[*party] = *part);
    let fits = exact.iter().zip(near).all(|(exact, near)| *exact <= 1.0 + 1e-12 && *exact >= near - 1e-9);
    fits.then(|| exact.into_iter().map(|part| part.clamp(0.0, 1.0)).collect())
}
