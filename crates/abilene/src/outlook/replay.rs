//! One path again: a quarter-by-quarter account, with its transaction-flow and balance-sheet matrices.

use abilene_outlook::{FlowMatrix, PartyState};
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
    /// Kinds of flow by party and sector; outflow negative; rows and columns add up to zero.
    pub flows: Sheet,
    /// Stocks by party at the end.
    pub balance: Sheet,
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
