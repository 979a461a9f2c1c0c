//! One path again: a quarter-by-quarter account, with its transaction-flow and balance-sheet matrices.

use abilene_outlook::{Actor, FlowMatrix, Kind, PartyState, Transaction};
use serde::Serialize;

use super::run::Prepared;

/// One path told in full.
#[derive(Clone, Debug, Serialize)]
pub struct Replay {
    /// `abilene.outlook-path/1`.
    pub schema: &'static str,
    /// Its number.
    pub path: u64,
    /// How it ends.
    pub outcome: &'static str,
    /// Drivers and their values.
    pub drivers: Vec<(String, f64)>,
    /// Quarter by quarter.
    pub quarters: Vec<ReplayQuarter>,
}

/// One quarter of it.
#[derive(Clone, Debug, Serialize)]
pub struct ReplayQuarter {
    /// `2026Q3`.
    pub quarter: String,
    /// Every payment: who paid whom how much for what.
    pub payments: Vec<Payment>,
    /// Who defaulted at its end.
    pub defaults: Vec<String>,
    /// Kinds of flow by party and sector; outflow negative; rows and columns add up to zero.
    pub flows: Sheet,
    /// Stocks by party at the end.
    pub balance: Sheet,
}

/// One payment.
#[derive(Clone, Debug, Serialize)]
pub struct Payment {
    /// Who pays: a party's id, or a sector.
    pub payer: String,
    /// Who is paid.
    pub payee: String,
    /// What for.
    pub kind: &'static str,
    /// On which leg, where on one.
    pub leg: Option<String>,
    /// How much, in the unit of the case.
    pub amount: f64,
}

/// A matrix with names.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Sheet {
    /// Parties and sectors.
    pub columns: Vec<String>,
    /// Name and one number for each column.
    pub rows: Vec<(String, Vec<f64>)>,
}

/// Replays a path.
pub fn replay(prepared: &Prepared, seed: u64, path: u64) -> Replay {
    let trace = prepared.model.trace(seed, path);
    let names: Vec<String> = prepared.case.world.parties.iter().map(|party| party.id.clone()).collect();
    let quarters = trace.quarters.iter().map(|account| ReplayQuarter {
        quarter: prepared.calendar.name(account.quarter as usize),
        payments: account.transactions.iter().map(|one| payment(prepared, &names, one)).collect(),
        defaults: trace
            .events
            .iter()
            .filter(|event| event.quarter == account.quarter)
            .map(|event| names[event.party as usize].clone())
            .collect(),
        flows: prepared.model.matrix(&trace, account.quarter).map_or_else(Sheet::default, flows),
        balance: balance(&names, &account.parties),
    });
    let free = prepared.model.free();
    Replay {
        schema: "abilene.outlook-path/1",
        path,
        outcome: super::words::outcome_text(trace.row.outcome),
        drivers: free.iter().map(|driver| (driver.name().to_owned(), trace.values[driver.at()])).collect(),
        quarters: quarters.collect(),
    }
}

fn payment(prepared: &Prepared, names: &[String], one: &Transaction) -> Payment {
    let actor = |actor: Actor| match actor {
        Actor::Party(at) => names[at as usize].clone(),
        Actor::Customers => "customers".to_owned(),
        Actor::Markets => "markets".to_owned(),
        Actor::Suppliers => "suppliers".to_owned(),
    };
    let kind = match one.kind {
        Kind::Sales => "sales",
        Kind::OtherCash => "other business",
        Kind::Relet => "freed capacity let",
        Kind::Leg => "leg",
        Kind::Running => "running costs",
        Kind::Interest => "interest",
        Kind::Repayment => "repayment",
        Kind::Loan => "loan",
        Kind::Equity => "equity",
        Kind::DefaultCost => "costs of default",
    };
    Payment {
        payer: actor(one.payer),
        payee: actor(one.payee),
        kind,
        leg: one.leg.map(|leg| prepared.case.world.legs[leg as usize].id.clone()),
        amount: one.amount,
    }
}

fn flows(matrix: FlowMatrix) -> Sheet {
    Sheet { columns: matrix.columns, rows: matrix.rows }
}

/// A stock of a party.
type Stock = fn(&PartyState) -> f64;

fn balance(names: &[String], parties: &[PartyState]) -> Sheet {
    let rows: [(&str, Stock); 8] = [
        ("cash", |party| party.cash),
        ("plant", |party| party.plant),
        ("other, net", |party| party.other),
        ("stakes", |party| party.stakes),
        ("arrears owed to it", |party| party.receivable),
        ("debt", |party| -party.debt),
        ("arrears it owes", |party| -party.arrears),
        ("net worth", |party| party.net_worth()),
    ];
    Sheet {
        columns: names.to_vec(),
        rows: rows.iter().map(|(name, of)| ((*name).to_owned(), parties.iter().map(of).collect())).collect(),
    }
}
