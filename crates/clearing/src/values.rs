//! Failures by value: cross-holdings with costs of failure.
//!
//! Elliott, Golub & Jackson (2014), American Economic Review 104(10), section I: book values
//! `V = (I − C)⁻¹ (e − b)` (eq. 3 and 5), market values `v = Ĉ V`, and `b` the costs of those below threshold.

use crate::dense;
use crate::error::{List, NetworkError, check_amounts, check_dense};
use crate::network::Network;
use crate::statement::DEFAULT_TOLERANCE;

/// Every set of failures is tried up to this number of parties.
pub const MOST_ENUMERATED: usize = 16;

/// Values at one consistent set of failures, in money units; they may be negative.
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    /// `V`: each party's assets and holdings, counted gross.
    pub book: Vec<f64>,
    /// `v`: the part of `V` held outside.
    pub market: Vec<f64>,
    /// Who is below its threshold.
    pub failed: Vec<u32>,
}

/// Best and worst case, and how one fails after another.
#[derive(Debug, Clone, PartialEq)]
pub struct Failures {
    /// Fewest failures.
    pub greatest: Values,
    /// Most failures.
    pub least: Values,
    /// Waves of the best case.
    pub rounds: Vec<Vec<u32>>,
    /// How many sets of failures are consistent; `None` above [`MOST_ENUMERATED`] parties.
    pub equilibria: Option<usize>,
    /// `A = Ĉ (I − C)⁻¹`, row-major: the part of party `j`'s assets that is worth something to holders of `i`.
    pub dependency: Vec<f64>,
}

struct Model<'a> {
    dependency: Vec<f64>,
    gross: Vec<f64>,
    assets: &'a [f64],
    threshold: &'a [f64],
    cost: &'a [f64],
}

impl Model<'_> {
    fn size(&self) -> usize {
        self.assets.len()
    }

    fn market(&self, fails: &[bool]) -> Vec<f64> {
        times(&self.dependency, &self.left(fails))
    }

    fn below(&self, market: &[f64], party: usize) -> bool {
        self.threshold[party] - market[party] > DEFAULT_TOLERANCE * self.threshold[party].abs()
    }

    fn values(&self, fails: &[bool]) -> Values {
        let book = times(&self.gross, &self.left(fails));
        Values { book, market: self.market(fails), failed: members(fails) }
    }

    fn left(&self, fails: &[bool]) -> Vec<f64> {
        (0..self.size()).map(|j| self.assets[j] - if fails[j] { self.cost[j] } else { 0.0 }).collect()
    }

    fn best(&self) -> (Vec<bool>, Vec<Vec<u32>>) {
        let (mut fails, mut rounds) = (vec![false; self.size()], Vec::new());
        loop {
            let market = self.market(&fails);
            let round: Vec<usize> =
                (0..self.size()).filter(|i| !fails[*i] && self.below(&market, *i)).collect();
            if round.is_empty() {
                return (fails, rounds);
            }
            round.iter().for_each(|party| fails[*party] = true);
            rounds.push(round.into_iter().map(|party| party as u32).collect());
        }
    }

    fn worst(&self) -> Vec<bool> {
        let mut fails = vec![true; self.size()];
        loop {
            let market = self.market(&fails);
            let risen: Vec<usize> =
                (0..self.size()).filter(|i| fails[*i] && !self.below(&market, *i)).collect();
            if risen.is_empty() {
                return fails;
            }
            risen.iter().for_each(|party| fails[*party] = false);
        }
    }

    fn consistent_sets(&self) -> Option<usize> {
        let size = self.size();
        let consistent = |set: &usize| {
            let fails: Vec<bool> = (0..size).map(|party| set >> party & 1 == 1).collect();
            let market = self.market(&fails);
            (0..size).all(|party| fails[party] == self.below(&market, party))
        };
        (size <= MOST_ENUMERATED).then(|| (0..1_usize << size).filter(consistent).count())
    }
}

fn times(matrix: &[f64], vector: &[f64]) -> Vec<f64> {
    matrix.chunks(vector.len().max(1)).map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum()).collect()
}

fn members(fails: &[bool]) -> Vec<u32> {
    (0..fails.len()).filter(|party| fails[*party]).map(|party| party as u32).collect()
}

/// Who fails when values fall below thresholds, in the best and in the worst case.
///
/// `assets`, `threshold` and `cost` are money units by party; the holdings are those of `network`, whose
/// obligations are not looked at. There is no limited liability here.
///
/// # Errors
/// [`NetworkError`] when a list has not one amount for each party.
pub fn failures(
    network: &Network,
    assets: &[f64],
    threshold: &[f64],
    cost: &[f64],
) -> Result<Failures, NetworkError> {
    let size = network.parties();
    check_dense(size)?;
    check_amounts(List::Assets, assets, size)?;
    check_amounts(List::Parties, threshold, size)?;
    check_amounts(List::Parties, cost, size)?;
    let mut leontief = vec![0.0; size * size];
    for issuer in 0..size {
        leontief[issuer * size + issuer] = 1.0;
        network.holdings.row(issuer).for_each(|(owner, share)| leontief[owner * size + issuer] -= share);
    }
    let gross = dense::inverse(leontief, size);
    let held_outside = |party: usize| 1.0 - network.share_held(party);
    let dependency = gross.iter().enumerate().map(|(at, part)| part * held_outside(at / size)).collect();
    let model = Model { dependency, gross, assets, threshold, cost };
    let (best, rounds) = model.best();
    let worst = model.worst();
    Ok(Failures {
        greatest: model.values(&best),
        least: model.values(&worst),
        rounds,
        equilibria: model.consistent_sets(),
        dependency: model.dependency,
    })
}
