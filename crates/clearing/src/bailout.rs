//! The smallest bail-out: least cost of injections that keep chosen parties whole.
//!
//! A linear programme over the paid parts `r = p/d` and injections `c` (compare Eisenberg & Noe 2001, section 4,
//! lemma 4): least `Σ cost·c` with `d r ≤ e + c + receipts(r)`, `0 ≤ r ≤ 1`, `c ≥ 0`, and `r = 1` for the chosen.
//! Each row is divided by its party's own dues, so that small parties do not drown.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use crate::error::{List, NetworkError, check_amounts, check_length};
use crate::network::Network;

/// How far above the least cost a programme for the range of an injection may go.
const SLACK: f64 = 1e-11;
/// A range below this part of the cost counts as one number.
const SAME: f64 = 1e-7;

/// Who is to be kept whole, at what price.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// Parties that must pay in full.
    pub whole: Vec<u32>,
    /// Price of a unit given to each party; `None` where nothing may be given.
    pub price: Vec<Option<f64>>,
}

/// The smallest bail-out.
#[derive(Debug, Clone, PartialEq)]
pub struct Bailout {
    /// Least cost; unique.
    pub cost: f64,
    /// Injection by party, of one solution.
    pub injections: Vec<f64>,
    /// Least and most of each injection over all solutions.
    pub ranges: Vec<(f64, f64)>,
    /// Is there one solution only?
    pub unique: bool,
}

/// The least cost, one solution, and the range of each injection; `None` where no injection is enough.
///
/// # Errors
/// [`NetworkError`] when a list has the wrong length, a party does not exist, or the network has default costs,
/// several classes, or holdings.
pub fn smallest(network: &Network, assets: &[f64], wish: &Wish) -> Result<Option<Bailout>, NetworkError> {
    check(network, assets, wish)?;
    let prices: Vec<f64> = wish.price.iter().map(|price| price.unwrap_or(0.0)).collect();
    let Some((cost, injections)) = programme(network, assets, wish, &prices, None) else { return Ok(None) };
    let ceiling = cost + SLACK * (cost + smallest_scale(network));
    let found = injections.iter().enumerate();
    let ranges: Vec<(f64, f64)> =
        found.map(|(party, given)| range(network, assets, wish, party, ceiling, *given)).collect();
    let unique = ranges.iter().all(|(low, high)| high - low <= SAME * (cost + high).max(f64::MIN_POSITIVE));
    Ok(Some(Bailout { cost, injections, ranges, unique }))
}

fn smallest_scale(network: &Network) -> f64 {
    network.dues.iter().copied().filter(|dues| *dues > 0.0).fold(f64::INFINITY, f64::min).min(1.0)
}

fn check(network: &Network, assets: &[f64], wish: &Wish) -> Result<(), NetworkError> {
    let (list, parties) = (List::Parties, network.parties());
    check_amounts(List::Assets, assets, parties)?;
    check_length(list, wish.price.len(), parties)?;
    if let Some(entry) = wish.whole.iter().position(|party| *party as usize >= parties) {
        return Err(NetworkError::UnknownParty { list, entry, party: wish.whole[entry], parties });
    }
    let free_of_costs = network.alpha.iter().chain(&network.beta).all(|part| *part == 1.0);
    if network.is_plain() && free_of_costs { Ok(()) } else { Err(NetworkError::NotPlain) }
}

fn range(
    network: &Network,
    assets: &[f64],
    wish: &Wish,
    party: usize,
    ceiling: f64,
    found: f64,
) -> (f64, f64) {
    if wish.price[party].is_none() {
        return (0.0, 0.0);
    }
    let end = |sign: f64| {
        let mut objective = vec![0.0; network.parties()];
        objective[party] = sign;
        programme(network, assets, wish, &objective, Some(ceiling)).map_or(found, |(_, given)| given[party])
    };
    (end(1.0).min(found), end(-1.0).max(found))
}

/// Least `Σ objective·c`, with the cost at most `ceiling`; the value and the injections.
fn programme(
    network: &Network,
    assets: &[f64],
    wish: &Wish,
    objective: &[f64],
    ceiling: Option<f64>,
) -> Option<(f64, Vec<f64>)> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let size = network.parties();
    let scale = |party: usize| if network.dues[party] > 0.0 { network.dues[party] } else { 1.0 };
    let paid: Vec<Variable> = (0..size)
        .map(|party| {
            let least = if wish.whole.contains(&(party as u32)) { 1.0 } else { 0.0 };
            problem.add_var(0.0, (least, 1.0))
        })
        .collect();
    let given: Vec<Variable> = (0..size)
        .map(|party| {
            let most =
                if wish.price[party].is_some() && network.dues[party] > 0.0 { f64::INFINITY } else { 0.0 };
            problem.add_var(objective[party] * scale(party), (0.0, most))
        })
        .collect();
    for (party, terms) in
        budgets(network).into_iter().enumerate().filter(|(party, _)| network.dues[*party] > 0.0)
    {
        let mut row: Vec<(Variable, f64)> = vec![(paid[party], 1.0), (given[party], -1.0)];
        row.extend(terms.into_iter().map(|(debtor, amount)| (paid[debtor], -amount / network.dues[party])));
        problem.add_constraint(row.as_slice(), ComparisonOp::Le, assets[party] / network.dues[party]);
    }
    if let Some(ceiling) = ceiling {
        let row: Vec<(Variable, f64)> =
            (0..size).filter_map(|party| Some((given[party], wish.price[party]? * scale(party)))).collect();
        problem.add_constraint(row.as_slice(), ComparisonOp::Le, ceiling);
    }
    let solution = problem.solve().ok()?;
    let injections = (0..size).map(|party| (solution[given[party]] * scale(party)).max(0.0)).collect();
    Some((solution.objective(), injections))
}

/// By creditor: what each debtor owes it, one entry a debtor.
fn budgets(network: &Network) -> Vec<Vec<(usize, f64)>> {
    let mut rows = vec![Vec::new(); network.parties()];
    for debtor in 0..network.parties() {
        for (creditor, amount) in crate::debtrank::merged(network, debtor) {
            rows[creditor].push((debtor, amount));
        }
    }
    rows
}
