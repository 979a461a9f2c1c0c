//! Round trips: how much of the money that passes a party has been there before.
//!
//! Money mixes evenly at each party. With `T_v` the throughflow and `Q_uv = Σ w(u→v) / T_u`, a unit leaving
//! `v` comes back with probability `ρ_v = 1 − 1/N_vv`, `N = (I − Q)^{-1}` (Finn 1976; an absorbing chain:
//! Kemeny & Snell). On closed components `I − Q` is singular and `ρ_v = 1`: nothing is ever inverted there.
//! Even mixing is a convention, not a fact: [`bounds`] gives the least and the most that any tracing could say.

mod bounds;
mod chain;
mod elimination;
mod inverse;
mod walk;

pub use bounds::bounds;

use crate::network::Network;
use chain::Chain;

/// What each party receives from, and pays to, the outside of the web; units of the last decimal, one entry a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// Received from outside.
    pub inflow: Vec<i128>,
    /// Paid to outside.
    pub outflow: Vec<i128>,
}

impl Outside {
    /// Nothing declared, for a web of `parties`.
    #[must_use]
    pub fn none(parties: usize) -> Self {
        Self { inflow: vec![0; parties], outflow: vec![0; parties] }
    }
}

/// The Finn cycling index: the share of the web's throughflow that has been there before (Finn 1976).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finn {
    /// `cycled / throughflow`; 0 without payments.
    pub index: f64,
    /// `Σ T_v`, in units of the last decimal.
    pub throughflow: i128,
    /// `Σ T_v·ρ_v`, in the same units.
    pub cycled: f64,
}

/// The round trips of one party.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartyTrip {
    /// `max(in, out)` with the outside, in units of the last decimal; 0 for a party without edges.
    pub throughflow: i128,
    /// The probability that a unit leaving the party comes back to it.
    pub return_probability: f64,
    /// Throughflow times return probability, in the same units.
    pub returned: f64,
    /// `returned` as a share of receipts; `None` where there are none. Where outside flows are not fully
    /// declared this is "at most".
    pub share_of_receipts: Option<f64>,
    /// `returned` as a share of outlay; `None` where there is none.
    pub share_of_outlay: Option<f64>,
}

/// The index of the web and the round trips of every party.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundTrip {
    /// The index of the whole web.
    pub finn: Finn,
    /// One entry a party.
    pub parties: Vec<PartyTrip>,
}

/// Return probabilities of all parties, and the Finn index.
///
/// Each strongly connected component is solved alone, since money that leaves one does not come back; a
/// component without any leak returns everything. Error below 1e-10 in each probability.
///
/// `outside` must have one entry for each party, none negative; missing entries count as 0.
#[must_use]
pub fn round_trip(network: &Network, outside: &Outside) -> RoundTrip {
    let ledger = Throughflow::new(network, outside);
    let probabilities = Chain::new(network, &ledger.through).return_probabilities();
    let parties: Vec<PartyTrip> =
        (0..network.parties()).map(|party| ledger.trip(party, probabilities[party])).collect();
    let throughflow: i128 = ledger.through.iter().sum();
    let cycled: f64 = parties.iter().map(|party| party.returned).sum();
    let index = if throughflow == 0 { 0.0 } else { (cycled / throughflow as f64).clamp(0.0, 1.0) };
    RoundTrip { finn: Finn { index, throughflow, cycled }, parties }
}

/// Whose money reaches whom: `T_u·F_uv` for the parties named, rows and columns in the order given.
///
/// `F_uv` is the probability that a unit leaving `u` ever reaches `v`; on the diagonal the probability of
/// return. Units of the last decimal.
#[must_use]
pub fn matrix(network: &Network, outside: &Outside, parties: &[u32]) -> Vec<Vec<f64>> {
    let ledger = Throughflow::new(network, outside);
    let chain = Chain::new(network, &ledger.through);
    let reach: Vec<Vec<f64>> = parties.iter().map(|goal| chain.reach(*goal)).collect();
    parties
        .iter()
        .map(|from| {
            let amount = ledger.through[*from as usize] as f64;
            reach.iter().map(|of_goal| amount * of_goal[*from as usize]).collect()
        })
        .collect()
}

/// Receipts, outlays and throughflow of each party, the outside included.
pub(crate) struct Throughflow {
    pub receipts: Vec<i128>,
    pub outlays: Vec<i128>,
    pub through: Vec<i128>,
}

impl Throughflow {
    pub fn new(network: &Network, outside: &Outside) -> Self {
        let mut in_web = vec![false; network.parties()];
        for edge in network.edges() {
            in_web[edge.payer as usize] = true;
            in_web[edge.payee as usize] = true;
        }
        let with = |sums: Vec<i128>, declared: &[i128]| -> Vec<i128> {
            let entry = |party: usize| declared.get(party).copied().unwrap_or(0).max(0);
            let total = |(party, sum): (usize, &i128)| {
                if in_web[party] { sum.saturating_add(entry(party)) } else { 0 }
            };
            sums.iter().enumerate().map(total).collect()
        };
        let receipts = with(network.receipts(), &outside.inflow);
        let outlays = with(network.outlays(), &outside.outflow);
        let through = receipts.iter().zip(&outlays).map(|(a, b)| *a.max(b)).collect();
        Self { receipts, outlays, through }
    }

    fn trip(&self, party: usize, return_probability: f64) -> PartyTrip {
        let throughflow = self.through[party];
        let returned = throughflow as f64 * return_probability;
        let share = |whole: i128| (whole > 0).then(|| (returned / whole as f64).min(1.0));
        PartyTrip {
            throughflow,
            return_probability,
            returned,
            share_of_receipts: share(self.receipts[party]),
            share_of_outlay: share(self.outlays[party]),
        }
    }
}
