//! A quarter as a transaction-flow matrix (Godley & Lavoie 2007, chapter 2): rows and columns sum to zero.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::Model;
use crate::path::{Kind, Trace, Transaction};
use crate::world::Actor;

/// Outflow negative, inflow positive; the last row is minus the change in cash.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FlowMatrix {
    /// Core parties, then customers, markets, suppliers.
    pub columns: Vec<String>,
    /// Kinds of flow with a number for each column.
    pub rows: Vec<(String, Vec<f64>)>,
}

impl Model {
    /// The matrix of one quarter of a traced path; quarters are 1 to T.
    pub fn matrix(&self, trace: &Trace, quarter: u32) -> Option<FlowMatrix> {
        let account = trace.quarters.get((quarter as usize).checked_sub(1)?)?;
        let parties = self.world().parties.len();
        let mut columns: Vec<String> = self.world().parties.iter().map(|party| party.id.clone()).collect();
        columns.extend(["customers", "markets", "suppliers"].map(str::to_owned));
        let mut rows: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        let mut change = vec![0.0; columns.len()];
        for transaction in &account.transactions {
            let row = rows.entry(self.row_name(transaction)).or_insert_with(|| vec![0.0; columns.len()]);
            let (from, to) = (column(transaction.payer, parties), column(transaction.payee, parties));
            row[from] -= transaction.amount;
            row[to] += transaction.amount;
            change[from] += transaction.amount;
            change[to] -= transaction.amount;
        }
        let mut rows: Vec<(String, Vec<f64>)> = rows.into_iter().collect();
        rows.push(("change in cash".to_owned(), change));
        Some(FlowMatrix { columns, rows })
    }

    /// Legs are named by their instrument.
    fn row_name(&self, transaction: &Transaction) -> String {
        let name = match (transaction.kind, transaction.leg) {
            (Kind::Leg, Some(leg)) => &self.world().legs[leg as usize].instrument,
            (Kind::Sales, _) => "sales",
            (Kind::OtherCash, _) => "other business",
            (Kind::Relet, _) => "freed capacity",
            (Kind::Running, _) => "running costs",
            (Kind::Interest, _) => "interest",
            (Kind::Repayment, _) => "repayment",
            (Kind::Loan, _) => "loan",
            (Kind::Equity, _) => "equity",
            (Kind::DefaultCost, _) => "costs of default",
            (Kind::Leg, None) => "leg",
        };
        name.to_owned()
    }
}

fn column(actor: Actor, parties: usize) -> usize {
    match actor {
        Actor::Party(party) => party as usize,
        Actor::Customers => parties,
        Actor::Markets => parties + 1,
        Actor::Suppliers => parties + 2,
    }
}
