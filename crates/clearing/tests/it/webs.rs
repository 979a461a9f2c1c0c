//! Random webs for the properties, small enough that many parties fail.

use abilene_clearing::{Holding, Network, Obligation};
use proptest::prelude::*;

/// The parts of a network, before it is built.
#[derive(Clone, Debug)]
pub struct Web {
    pub assets: Vec<f64>,
    pub obligations: Vec<Obligation>,
    pub holdings: Vec<Holding>,
    pub alpha: Vec<f64>,
    pub beta: Vec<f64>,
}

impl Web {
    pub fn network(&self) -> Network {
        Network::new(self.assets.len(), &self.obligations)
            .and_then(|network| network.with_holdings(&self.holdings))
            .and_then(|network| network.with_costs(self.alpha.clone(), self.beta.clone()))
            .unwrap()
    }

    /// The same web, with a holding of nothing: it sends the solver the general way.
    pub fn general(&self) -> Network {
        let mut web = self.clone();
        web.holdings.push(Holding { owner: 0, issuer: 1, share: 0.0 });
        web.network()
    }
}

/// Amounts in quarters, so that sums are exact and coincidences happen.
fn quarters(most: u32) -> impl Strategy<Value = f64> {
    (0..=most * 4).prop_map(|quarters| f64::from(quarters) / 4.0)
}

fn obligation(parties: usize, classes: u32) -> impl Strategy<Value = Option<Obligation>> {
    let n = parties as u32;
    (0..n, 0..=n, quarters(12), 0..classes).prop_map(move |(debtor, creditor, amount, class)| {
        let creditor = (creditor < n).then_some(creditor);
        (creditor != Some(debtor)).then_some(Obligation { debtor, creditor, amount, class })
    })
}

fn web(
    parties: usize,
    classes: u32,
    costs: impl Strategy<Value = (f64, f64)> + Clone,
) -> impl Strategy<Value = Web> {
    let obligations = prop::collection::vec(obligation(parties, classes), parties..parties * 4);
    let assets = prop::collection::vec(quarters(6), parties);
    (obligations, assets, prop::collection::vec(costs, parties)).prop_map(|(obligations, assets, costs)| {
        Web {
            assets,
            obligations: obligations.into_iter().flatten().collect(),
            holdings: Vec::new(),
            alpha: costs.iter().map(|cost| cost.0).collect(),
            beta: costs.iter().map(|cost| cost.1).collect(),
        }
    })
}

/// One class, no costs: Eisenberg & Noe.
pub fn plain() -> impl Strategy<Value = Web> {
    (2..9_usize).prop_flat_map(|parties| web(parties, 1, Just((1.0, 1.0))))
}

/// One class, with costs: Rogers & Veraart.
pub fn costly() -> impl Strategy<Value = Web> {
    let part = prop::sample::select(vec![0.0, 0.25, 0.5, 0.75, 1.0]);
    (2..9_usize).prop_flat_map(move |parties| web(parties, 1, (part.clone(), part.clone())))
}

/// Everything at once.
pub fn combined() -> impl Strategy<Value = Web> {
    let part = prop::sample::select(vec![0.5, 0.75, 0.875, 1.0]);
    (2..8_usize).prop_flat_map(move |parties| {
        let n = parties as u32;
        let holding = (0..n, 0..n, 0..5_u32).prop_map(|(owner, issuer, share)| Holding {
            owner,
            issuer,
            share: f64::from(share) / 40.0,
        });
        let holdings = prop::collection::vec(holding, 0..parties);
        (web(parties, 3, (part.clone(), part.clone())), holdings).prop_map(|(web, holdings)| Web {
            holdings: holdings.into_iter().filter(|one| one.owner != one.issuer).collect(),
            ..web
        })
    })
}
