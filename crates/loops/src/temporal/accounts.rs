//! Tracing with accounts: what a party paid is followed from account to account, day by day.

use super::by_day;
use crate::network::{Edge, Network};

/// In which order the payments of one day leave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DayOrder {
    /// All payments of a day leave from the balance of the day before.
    #[default]
    Batch,
    /// They leave one by one, in the order of the edges.
    Sequence,
}

/// What came back to one party in time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Returned {
    /// Its own money among what it received, in units of the last decimal.
    pub returned: f64,
    /// All it received on dated edges, in the same units.
    pub receipts: i128,
    /// All it paid on dated edges, in the same units.
    pub outlay: i128,
    /// `returned / receipts`; `None` without receipts.
    pub share_of_receipts: Option<f64>,
}

/// What came back to each party, by tracing with accounts.
///
/// Every party has an account, which starts with `opening` (units of the last decimal; missing entries count
/// as 0). A payment takes tagged and untagged money in proportion; what the account lacks comes untagged from
/// outside. Everything the asked party itself pays is tagged, and what arrives back at it tagged is returned.
#[must_use]
pub fn returned(network: &Network, opening: &[i128], order: DayOrder) -> Vec<Returned> {
    let dated = by_day(network);
    (0..network.parties() as u32).map(|party| trace(network, &dated, opening, order, party)).collect()
}

/// The same for one party.
#[must_use]
pub fn returned_to(network: &Network, opening: &[i128], order: DayOrder, party: u32) -> Returned {
    trace(network, &by_day(network), opening, order, party)
}

fn trace(network: &Network, dated: &[(i32, u32)], opening: &[i128], order: DayOrder, party: u32) -> Returned {
    let mut accounts = Accounts::new(network.parties(), opening, party);
    let edge = |entry: &(i32, u32)| network.edges()[entry.1 as usize];
    match order {
        DayOrder::Sequence => dated.iter().for_each(|entry| accounts.settle(&[edge(entry)])),
        DayOrder::Batch => {
            for day in dated.chunk_by(|a, b| a.0 == b.0) {
                accounts.settle(&day.iter().map(edge).collect::<Vec<Edge>>());
            }
        }
    }
    accounts.result
}

struct Accounts {
    party: u32,
    balance: Vec<i128>,
    tagged: Vec<f64>,
    /// What leaves each account in the present batch.
    leaving: Vec<i128>,
    result: Returned,
}

impl Accounts {
    fn new(parties: usize, opening: &[i128], party: u32) -> Self {
        let mut balance = opening.to_vec();
        balance.resize(parties, 0);
        let result = Returned { returned: 0.0, receipts: 0, outlay: 0, share_of_receipts: None };
        Self { party, balance, tagged: vec![0.0; parties], leaving: vec![0; parties], result }
    }

    /// Settles payments that all leave before any arrives.
    fn settle(&mut self, batch: &[Edge]) {
        batch.iter().for_each(|edge| self.leaving[edge.payer as usize] += edge.amount);
        let tags: Vec<f64> = batch.iter().map(|edge| self.tag(edge)).collect();
        batch.iter().for_each(|edge| self.withdraw(edge.payer as usize));
        for (edge, tag) in batch.iter().zip(tags) {
            self.arrive(edge, tag);
        }
        self.result.share_of_receipts =
            (self.result.receipts > 0).then(|| self.result.returned / self.result.receipts as f64);
    }

    /// The tagged part of a payment.
    fn tag(&self, edge: &Edge) -> f64 {
        let payer = edge.payer as usize;
        if edge.payer == self.party {
            return edge.amount as f64;
        }
        let pool = self.balance[payer].max(self.leaving[payer]);
        if pool == 0 { 0.0 } else { self.tagged[payer] * (edge.amount as f64 / pool as f64) }
    }

    /// Takes all that leaves an account, once.
    fn withdraw(&mut self, payer: usize) {
        let leaving = std::mem::take(&mut self.leaving[payer]);
        if leaving >= self.balance[payer] {
            if leaving > 0 {
                self.balance[payer] = 0;
                self.tagged[payer] = 0.0;
            }
        } else {
            let kept = self.balance[payer] - leaving;
            self.tagged[payer] *= kept as f64 / self.balance[payer] as f64;
            self.balance[payer] = kept;
        }
    }

    fn arrive(&mut self, edge: &Edge, tag: f64) {
        let payee = edge.payee as usize;
        self.balance[payee] += edge.amount;
        if edge.payee == self.party {
            self.result.returned += tag;
            self.result.receipts += edge.amount;
        } else {
            self.tagged[payee] += tag;
        }
        if edge.payer == self.party {
            self.result.outlay += edge.amount;
        }
    }
}
