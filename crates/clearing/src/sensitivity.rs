//! Derivatives at the fixed point: one more unit to whom saves most?
//!
//! Feinstein, Pang, Rudloff, Schaanning, Sturm & Wildman (2018), SIAM J. Financial Mathematics 9(4), section 3, by
//! the implicit function theorem: with `Λ = 1` on those in default,
//! `dp = Λ (α de + β d(receipts)) + (1 − Λ) dd`. It holds where the vector is unique and nobody is on a threshold.

use crate::dense;
use crate::error::{NetworkError, check_dense};
use crate::network::Network;
use crate::solve::greatest;
use crate::statement::Clearing;

/// The linear map at one clearing vector. Matrices are row-major: row `i`, column `k` is `d(i)/d(k)`.
#[derive(Debug, Clone)]
pub struct Sensitivity<'a> {
    network: &'a Network,
    /// The accounts at the point.
    pub clearing: Clearing,
    fails: Vec<bool>,
    response: Vec<f64>,
}

/// What moves, by party, for one more unit of something.
#[derive(Debug, Clone, PartialEq)]
pub struct Derivative {
    /// Of payments.
    pub payments: Vec<f64>,
    /// Of equities.
    pub equities: Vec<f64>,
    /// Of what the outside receives.
    pub outside_receipts: f64,
}

impl<'a> Sensitivity<'a> {
    /// Clears the network and inverts the map on the default set: dense, for up to some thousand parties.
    ///
    /// # Errors
    /// [`NetworkError`] when `assets` has not one amount for each party, or there are several classes or holdings.
    pub fn new(network: &'a Network, assets: &[f64]) -> Result<Self, NetworkError> {
        if !network.is_plain() {
            return Err(NetworkError::NotPlain);
        }
        check_dense(network.parties())?;
        let clearing = greatest(network, assets)?.clearing;
        let size = network.parties();
        let mut fails = vec![false; size];
        clearing.defaulted.iter().for_each(|party| fails[*party as usize] = true);
        let mut matrix = vec![0.0; size * size];
        (0..size).for_each(|at| matrix[at * size + at] = 1.0);
        for (debtor, creditor, amount) in network.arcs() {
            if fails[creditor] && network.dues[debtor] > 0.0 {
                matrix[creditor * size + debtor] -= network.beta[creditor] * amount / network.dues[debtor];
            }
        }
        let response = dense::inverse(matrix, size);
        Ok(Self { network, clearing, fails, response })
    }

    /// For one more unit of a party's outside assets.
    #[must_use]
    pub fn by_assets(&self, party: usize) -> Derivative {
        let size = self.network.parties();
        let mut push = vec![0.0; size];
        push[party] = if self.fails[party] { self.network.alpha[party] } else { 0.0 };
        let mut equity = vec![0.0; size];
        equity[party] = 1.0;
        self.spread(&push, equity, 0.0)
    }

    /// For one more unit owed by a party to another (`None`: the outside), which need owe it nothing yet.
    #[must_use]
    pub fn by_obligation(&self, debtor: usize, creditor: Option<usize>) -> Derivative {
        let (network, size) = (self.network, self.network.parties());
        let (recovery, dues) = (self.clearing.recoveries[debtor], network.dues[debtor]);
        let thinner = if dues > 0.0 { recovery / dues } else { 0.0 };
        let mut receipts = vec![0.0; size];
        network.owed.row(debtor).for_each(|(to, amount)| receipts[to] -= amount * thinner);
        let mut outside = -network.outside_dues[debtor] * thinner;
        match creditor {
            Some(to) => receipts[to] += recovery,
            None => outside += recovery,
        }
        let mut push: Vec<f64> = (0..size)
            .map(|party| if self.fails[party] { network.beta[party] * receipts[party] } else { 0.0 })
            .collect();
        let mut equity = receipts;
        if !self.fails[debtor] {
            push[debtor] += 1.0;
            equity[debtor] -= 1.0;
        }
        self.spread(&push, equity, outside)
    }

    fn spread(&self, push: &[f64], mut equities: Vec<f64>, mut outside_receipts: f64) -> Derivative {
        let (network, size) = (self.network, push.len());
        let row = |at: usize| &self.response[at * size..(at + 1) * size];
        let payments: Vec<f64> = (0..size)
            .map(|at| row(at).iter().zip(push).map(|(response, push)| response * push).sum())
            .collect();
        let parts: Vec<f64> = (0..size)
            .map(|at| if network.dues[at] > 0.0 { payments[at] / network.dues[at] } else { 0.0 })
            .collect();
        for (equity, receipts) in equities.iter_mut().zip(network.receipts(&parts)) {
            *equity += receipts;
        }
        for (equity, fails) in equities.iter_mut().zip(&self.fails) {
            *equity = if *fails { 0.0 } else { *equity };
        }
        outside_receipts +=
            parts.iter().zip(&network.outside_dues).map(|(part, dues)| part * dues).sum::<f64>();
        Derivative { payments, equities, outside_receipts }
    }
}
