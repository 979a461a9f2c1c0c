//! Clearing over several dates, with arrears carried on.
//!
//! Discrete form of Banerjee, Bernstein & Feinstein (2018), section 3; pro-rata rule of Calafiore, Fracastoro &
//! Proskurnikov (2022), with proportions of the claims of the day. At each date arrears and what falls due are
//! pooled, of equal rank and without interest, and cleared with the greatest vector; cash left is carried.

use std::collections::BTreeMap;

use crate::error::{List, NetworkError, check_amounts, check_length};
use crate::network::{Network, Obligation};
use crate::solve::{greatest, least};
use crate::statement::Clearing;

/// What is owed by whom to whom (`None` is the outside).
pub type Pair = (u32, Option<u32>);

/// An obligation with its date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dated {
    /// Who owes what to whom; the class is not looked at.
    pub obligation: Obligation,
    /// Date at which it falls due, from 0.
    pub due: usize,
}

/// What happened at one date; money by party.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// Arrears and what fell due.
    pub dues: Vec<f64>,
    /// Payments and receipts.
    pub clearing: Clearing,
    /// Cash after payments.
    pub cash: Vec<f64>,
    /// What is still owed, in the order of debtors and creditors, the outside last.
    pub arrears: Vec<(Pair, f64)>,
    /// Is the clearing vector of the day unique?
    pub unique: bool,
}

/// Clears date by date. `cash` at the start by party; `inflows[date][party]`.
///
/// # Errors
/// [`NetworkError`] when a list has the wrong length or an entry is wrong.
pub fn dynamic(cash: &[f64], inflows: &[Vec<f64>], dated: &[Dated]) -> Result<Vec<Day>, NetworkError> {
    let parties = cash.len();
    check_amounts(List::Assets, cash, parties)?;
    for (entry, one) in dated.iter().enumerate() {
        if one.due >= inflows.len() {
            return Err(NetworkError::Length {
                list: List::Obligations,
                found: one.due,
                expected: inflows.len(),
            });
        }
        Network::new(parties, &[Obligation { class: 0, ..one.obligation }])
            .map_err(|error| error.at(entry))?;
    }
    let mut cash = cash.to_vec();
    let mut claims: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    let mut days = Vec::new();
    for (date, inflow) in inflows.iter().enumerate() {
        check_length(List::Assets, inflow.len(), parties)?;
        check_amounts(List::Assets, inflow, parties)?;
        for one in dated.iter().filter(|one| one.due == date) {
            let key = (one.obligation.debtor, one.obligation.creditor.unwrap_or(u32::MAX));
            *claims.entry(key).or_insert(0.0) += one.obligation.amount;
        }
        cash.iter_mut().zip(inflow).for_each(|(cash, inflow)| *cash += inflow);
        let day = clear(&mut cash, &mut claims)?;
        days.push(day);
    }
    Ok(days)
}

fn clear(cash: &mut [f64], claims: &mut BTreeMap<(u32, u32), f64>) -> Result<Day, NetworkError> {
    let creditor = |key: u32| (key != u32::MAX).then_some(key);
    let obligations: Vec<Obligation> = claims
        .iter()
        .map(|((debtor, to), amount)| Obligation {
            debtor: *debtor,
            creditor: creditor(*to),
            amount: *amount,
            class: 0,
        })
        .collect();
    let network = Network::new(cash.len(), &obligations)?;
    let clearing = greatest(&network, cash)?.clearing;
    let unique = clearing.agrees(&least(&network, cash)?, &network);
    for (party, cash) in cash.iter_mut().enumerate() {
        *cash = clearing.equities[party];
    }
    claims.retain(|(debtor, _), amount| {
        *amount *= 1.0 - clearing.recoveries[*debtor as usize];
        *amount > 0.0 && clearing.defaulted.binary_search(debtor).is_ok()
    });
    let arrears = claims.iter().map(|((debtor, to), amount)| ((*debtor, creditor(*to)), *amount)).collect();
    Ok(Day { dues: network.dues().to_vec(), clearing, cash: cash.to_vec(), arrears, unique })
}
