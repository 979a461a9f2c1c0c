//! Threshold cascade with the order of failure and its causes.
//!
//! Gai & Kapadia (2010), Proc. Royal Society A 466, condition (1): solvent only while net worth is above 0, so
//! that a loss equal to capital is a failure.

use crate::debtrank::merged;
use crate::error::{List, NetworkError, check_amounts};
use crate::network::Network;
use crate::statement::DEFAULT_TOLERANCE;

/// What starts a cascade; one entry a party, money units.
#[derive(Debug, Clone, PartialEq)]
pub struct Trigger {
    /// What a party can lose, above 0.
    pub capital: Vec<f64>,
    /// Loss on own assets.
    pub shock: Vec<f64>,
    /// Who fails in round 1 whatever its capital.
    pub seeds: Vec<u32>,
    /// Part of a claim lost when its debtor fails, 0 to 1.
    pub loss_given_default: f64,
}

/// Who failed when, and through whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Cascade {
    /// Who fails in which round.
    pub rounds: Vec<Vec<u32>>,
    /// Losses by party, of all failures to the end.
    pub losses: Vec<f64>,
    /// Capital less losses; may be negative.
    pub capital_left: Vec<f64>,
    /// For each party that failed after round 1: who had failed before, and what it lost through each.
    pub causes: Vec<Vec<(u32, f64)>>,
}

/// Spreads failures until nobody else fails.
///
/// # Errors
/// [`NetworkError`] when a list of the trigger has not one amount for each party, a seed does not exist, or the
/// loss given default is not 0 to 1.
pub fn cascade(network: &Network, trigger: &Trigger) -> Result<Cascade, NetworkError> {
    check(network, trigger)?;
    let parties = network.parties();
    let mut losses = trigger.shock.clone();
    let mut failed_in: Vec<Option<usize>> = vec![None; parties];
    let mut causes: Vec<Vec<(u32, f64)>> = vec![Vec::new(); parties];
    let mut rounds: Vec<Vec<u32>> = Vec::new();
    let mut round: Vec<u32> = (0..parties as u32)
        .filter(|party| trigger.seeds.contains(party) || used_up(trigger, &losses, *party as usize))
        .collect();
    while !round.is_empty() {
        round.iter().for_each(|party| failed_in[*party as usize] = Some(rounds.len()));
        for debtor in &round {
            for (creditor, amount) in merged(network, *debtor as usize) {
                let loss = trigger.loss_given_default * amount;
                losses[creditor] += loss;
                if failed_in[creditor].is_none() && loss > 0.0 {
                    causes[creditor].push((*debtor, loss));
                }
            }
        }
        rounds.push(round);
        round = (0..parties)
            .filter(|party| failed_in[*party].is_none() && used_up(trigger, &losses, *party))
            .map(|party| party as u32)
            .collect();
    }
    (0..parties).filter(|party| failed_in[*party].is_none()).for_each(|party| causes[party].clear());
    let capital_left = trigger.capital.iter().zip(&losses).map(|(capital, loss)| capital - loss).collect();
    Ok(Cascade { rounds, losses, capital_left, causes })
}

fn used_up(trigger: &Trigger, losses: &[f64], party: usize) -> bool {
    trigger.capital[party] - losses[party] <= DEFAULT_TOLERANCE * trigger.capital[party]
}

fn check(network: &Network, trigger: &Trigger) -> Result<(), NetworkError> {
    let (list, parties) = (List::Parties, network.parties());
    check_amounts(list, &trigger.capital, parties)?;
    check_amounts(list, &trigger.shock, parties)?;
    if let Some(entry) = trigger.seeds.iter().position(|party| *party as usize >= parties) {
        return Err(NetworkError::UnknownParty { list, entry, party: trigger.seeds[entry], parties });
    }
    if !(0.0..=1.0).contains(&trigger.loss_given_default) {
        return Err(NetworkError::NotAPart { list, entry: 0, party: 0, value: trigger.loss_given_default });
    }
    Ok(())
}
