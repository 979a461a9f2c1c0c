//! What a network file holds, and the network it makes.

use abilene_clearing::fire::Price;
use abilene_clearing::shapley::Loss;
use abilene_clearing::{Holding, Network, NetworkError, Obligation};

use crate::fields::{FileError as StressError, Read};

/// The name of everybody who is not a node.
pub const OUTSIDE: &str = "outside";

/// What is to be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// Who pays what: Eisenberg & Noe, Rogers & Veraart, Elsinger, Suzuki, all in one.
    Clearing,
    /// Failures by the fall of values.
    ElliottGolubJackson,
    /// Distress passed on once.
    DebtRank2012,
    /// Distress that reverberates.
    DebtRankLinear,
    /// Valuation by equity.
    Neva,
    /// Failures by loss of capital.
    ThresholdCascade,
    /// Sales of a shared asset.
    FireSale,
    /// Several dates.
    Dynamic,
    /// Derivatives.
    Sensitivity,
    /// The smallest bail-out.
    Bailout,
    /// Whose shock makes the loss.
    Shapley,
}

/// A party and what is known of it; what a model needs and does not find is an error.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Its name.
    pub id: String,
    /// What it has whatever happens to others, money units.
    pub outside_assets: f64,
    /// Part of outside assets left in default.
    pub alpha: Option<f64>,
    /// Part of receipts left in default.
    pub beta: Option<f64>,
    /// Equity before the shock.
    pub equity: Option<f64>,
    /// Its weight in DebtRank.
    pub weight: Option<f64>,
    /// What it can lose.
    pub capital: Option<f64>,
    /// Market value below which it fails.
    pub threshold: Option<f64>,
    /// What its failure costs.
    pub failure_cost: Option<f64>,
    /// Volatility of outside assets a year.
    pub sigma: Option<f64>,
    /// Units of the shared asset.
    pub units: Option<f64>,
    /// Cash that comes in from outside, one number a date.
    pub inflows: Vec<f64>,
}

/// An obligation with its rank as written and its date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Owed {
    /// Who owes.
    pub debtor: usize,
    /// Who is owed.
    pub creditor: Option<usize>,
    /// Money units.
    pub amount: f64,
    /// Rank as written; smaller is paid first.
    pub seniority: i64,
    /// Date at which it falls due, from 1.
    pub due: Option<i64>,
}

/// How debt is valued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// Out of what is there.
    EisenbergNoe,
    /// Out of what default leaves.
    RogersVeraart,
    /// In proportion to equity.
    LinearDebtRank,
    /// Expected payment at maturity.
    Merton,
    /// Default when equity first touches 0.
    BlackCox,
}

/// Who must sell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SellRule {
    /// What covers dues.
    CoverDues,
    /// What restores a capital ratio.
    CapitalRatio,
}

/// Numbers of the model as a whole; those of parties by node.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Params {
    /// Part of outside assets left in default.
    pub alpha: Option<f64>,
    /// Part of receipts left in default.
    pub beta: Option<f64>,
    /// Shock by node.
    pub shock: Vec<f64>,
    /// How debt is valued.
    pub valuation: Option<Worth>,
    /// Years.
    pub maturity: Option<f64>,
    /// Part paid in default.
    pub recovery: Option<f64>,
    /// Who fails whatever its capital.
    pub seeds: Vec<usize>,
    /// Part of a claim lost in default.
    pub lgd: Option<f64>,
    /// How the price answers, or the price.
    pub price: Option<Price>,
    /// Who must sell.
    pub rule: Option<SellRule>,
    /// Least capital ratio.
    pub min_ratio: Option<f64>,
    /// The dates.
    pub dates: Option<i64>,
    /// Who is to be kept whole.
    pub whole: Vec<usize>,
    /// Who may be helped; all where absent.
    pub eligible: Option<Vec<usize>>,
    /// Price of help.
    pub cost: Vec<f64>,
    /// Parties and their assets after a shock.
    pub players: Vec<(usize, f64)>,
    /// What counts as loss.
    pub loss: Option<Loss>,
}

/// A network file that was read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkFile {
    /// The model as written.
    pub model_name: String,
    /// What is to be computed.
    pub model: Model,
    /// The parties.
    pub nodes: Vec<Node>,
    /// Who owes whom what.
    pub obligations: Vec<Owed>,
    /// Who holds whose shares.
    pub holdings: Vec<Holding>,
    /// Numbers of the model as a whole.
    pub params: Params,
}

impl NetworkFile {
    /// The ranks of obligations as written, most senior first; 1 alone where there are none.
    #[must_use]
    pub fn ranks(&self) -> Vec<i64> {
        let mut ranks: Vec<i64> = self.obligations.iter().map(|one| one.seniority).collect();
        ranks.sort_unstable();
        ranks.dedup();
        if ranks.is_empty() { vec![1] } else { ranks }
    }

    /// Outside assets by node.
    #[must_use]
    pub fn assets(&self) -> Vec<f64> {
        self.nodes.iter().map(|node| node.outside_assets).collect()
    }

    /// The network with its holdings and costs.
    ///
    /// # Errors
    /// [`StressError`] where shares add up to too much.
    pub fn network(&self) -> Read<Network> {
        let ranks = self.ranks();
        let rank = |seniority: i64| ranks.iter().position(|rank| *rank == seniority).unwrap_or(0) as u32;
        let obligations: Vec<Obligation> = self
            .obligations
            .iter()
            .map(|one| Obligation {
                debtor: one.debtor as u32,
                creditor: one.creditor.map(|at| at as u32),
                amount: one.amount,
                class: rank(one.seniority),
            })
            .collect();
        let part = |own: fn(&Node) -> Option<f64>, all: Option<f64>| -> Vec<f64> {
            self.nodes.iter().map(|node| own(node).or(all).unwrap_or(1.0)).collect()
        };
        let costs = (part(|node| node.alpha, self.params.alpha), part(|node| node.beta, self.params.beta));
        Network::new(self.nodes.len(), &obligations)
            .and_then(|network| network.with_holdings(&self.holdings))
            .and_then(|network| network.with_costs(costs.0, costs.1))
            .map_err(|error| self.explain(&error))
    }

    /// An error of the numeric crate in the words of the file.
    pub(super) fn explain(&self, error: &NetworkError) -> StressError {
        let (kind, entry, party) = match *error {
            NetworkError::HoldingsExceedOne { party, .. } => ("holdings_exceed_one", "holdings", Some(party)),
            NetworkError::HoldingsClosed { party } => ("holdings_closed", "holdings", Some(party)),
            NetworkError::NotPlain => ("not_answered", "model", None),
            NetworkError::Overflow { party } => ("overflow", "obligations", Some(party)),
            NetworkError::TooLarge { .. } => ("too_large", "nodes", None),
            _ => ("wrong_number", "", None),
        };
        let found = StressError::new(kind, entry, error.to_string());
        match party.and_then(|party| self.nodes.get(party as usize)) {
            Some(node) => found.of(&node.id),
            None => found,
        }
    }
}
