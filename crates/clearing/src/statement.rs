//! The accounts at a clearing solution: payments, receipts, equities, losses.

use crate::network::Network;

/// A party is in default if it lacks more than this part of its own dues.
pub const DEFAULT_TOLERANCE: f64 = 1e-9;

/// What each party pays, receives and is worth at one fixed point. Money in the units of the network.
#[derive(Debug, Clone, PartialEq)]
pub struct Clearing {
    /// Paid by place (`party * classes + class`), at least 0 and at most the dues.
    pub payments: Vec<f64>,
    /// Paid part of the dues by place; 1 where nothing is owed.
    pub recoveries: Vec<f64>,
    /// Received from obligations by party.
    pub receipts: Vec<f64>,
    /// Received from obligations by the outside.
    pub outside_receipts: f64,
    /// Worth of the shares each party holds.
    pub holdings_value: Vec<f64>,
    /// Equity by party, at least 0, and 0 in default.
    pub equities: Vec<f64>,
    /// Who is in default, by index.
    pub defaulted: Vec<u32>,
    /// What default costs destroy.
    pub lost_to_costs: f64,
}

/// What decides a clearing solution: the paid part of each place, equities, and who is in default.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct State {
    pub recoveries: Vec<f64>,
    pub equities: Vec<f64>,
    pub fails: Vec<bool>,
}

impl State {
    /// Everybody pays in full; equities are still to be found.
    pub fn top(network: &Network) -> Self {
        let parties = network.parties();
        Self {
            recoveries: vec![1.0; network.place_dues.len()],
            equities: vec![0.0; parties],
            fails: vec![false; parties],
        }
    }

    /// Nobody pays anything.
    pub fn bottom(network: &Network) -> Self {
        let recoveries = network.place_dues.iter().map(|dues| if *dues > 0.0 { 0.0 } else { 1.0 }).collect();
        let fails = network.dues.iter().map(|dues| *dues > 0.0).collect();
        Self { recoveries, equities: vec![0.0; network.parties()], fails }
    }
}

/// Lacks more than the tolerated part of its dues; who owes nothing never does.
pub(crate) fn lacks(dues: f64, assets: f64) -> bool {
    dues > 0.0 && dues - assets > DEFAULT_TOLERANCE * dues
}

impl Clearing {
    /// Draws up the accounts of a state.
    pub(crate) fn of(network: &Network, assets: &[f64], state: State) -> Self {
        let receipts = network.receipts(&state.recoveries);
        let holdings_value = network.holdings_value(&state.equities);
        let payments =
            state.recoveries.iter().zip(&network.place_dues).map(|(part, dues)| part * dues).collect();
        let outside_receipts =
            state.recoveries.iter().zip(&network.outside_dues).map(|(part, dues)| part * dues).sum();
        let failed = (0..network.parties()).filter(|party| state.fails[*party]);
        let lost_to_costs = failed
            .clone()
            .map(|i| {
                let income = receipts[i] + holdings_value[i];
                (1.0 - network.alpha[i]) * assets[i] + (1.0 - network.beta[i]) * income
            })
            .sum();
        Self {
            defaulted: failed.map(|party| party as u32).collect(),
            payments,
            recoveries: state.recoveries,
            receipts,
            outside_receipts,
            holdings_value,
            equities: state.equities,
            lost_to_costs,
        }
    }

    /// Paid by each party over all classes.
    #[must_use]
    pub fn paid(&self, network: &Network) -> Vec<f64> {
        self.payments.chunks(network.classes()).map(|places| places.iter().sum()).collect()
    }

    /// Dues of all less payments of all.
    #[must_use]
    pub fn unpaid_total(&self, network: &Network) -> f64 {
        network.place_dues.iter().zip(&self.recoveries).map(|(dues, part)| dues * (1.0 - part)).sum()
    }

    /// Is this the same solution as the other, up to 1e-9 of each party's own dues and assets?
    #[must_use]
    pub fn agrees(&self, other: &Self, network: &Network) -> bool {
        let parts = self.recoveries.iter().zip(&other.recoveries).all(|(a, b)| (a - b).abs() <= 1e-9);
        let worth = |party: usize| network.dues[party] + self.equities[party].max(other.equities[party]);
        let close =
            |party: usize| (self.equities[party] - other.equities[party]).abs() <= 1e-9 * worth(party);
        parts && (0..network.parties()).all(close)
    }
}
