//! Parquet tables of an outlook: paths with their assumptions, fans by quarter, payments of one path.

use std::fs;
use std::path::Path;

use abilene::outlook::{
    Driver, FanRow, OutlookAnswer, PathRow, Progress, Replay, decided_text, outcome_text,
};
use abilene_tables::{Column, Kind, Table, TableError};

use crate::output::Failure;

/// `paths.parquet`, one row a path, written while paths stream by.
pub struct Paths {
    table: Table,
    failed: Option<TableError>,
}

/// A number of a path.
type Number = fn(&PathRow) -> f64;

/// Numbers of a path, by column.
const NUMBERS: [(&str, Number); 10] = [
    ("served", |row| row.inputs.served),
    ("served_of_due", |row| row.served_of_due),
    ("coverage", |row| row.inputs.coverage),
    ("losses", |row| row.inputs.losses),
    ("new_money", |row| row.inputs.new_money),
    ("gap", |row| row.gap),
    ("losses_core", |row| row.losses_core),
    ("losses_outside", |row| row.losses_outside),
    ("final_spending", |row| row.final_spending),
    ("customers_paid", |row| row.customers_paid),
];

impl Paths {
    /// Begins the table in a folder, which is made where it is not there.
    pub fn create(folder: &Path) -> Result<Paths, Failure> {
        let mut columns = vec![
            ("path", Kind::Count),
            ("outcome", Kind::Text),
            ("decided_by", Kind::Text),
            ("defaults", Kind::Count),
        ];
        columns.push(("first_default_quarter", Kind::Count));
        columns.extend(NUMBERS.iter().map(|(name, _)| (*name, Kind::Number)));
        columns.extend(Driver::ALL.iter().map(|driver| (driver.name(), Kind::Number)));
        let table = Table::create(&file(folder, "paths")?, &columns).map_err(failed)?;
        Ok(Paths { table, failed: None })
    }

    /// Adds a wave. A failure is told when the table is closed: the run itself goes on.
    pub fn add(&mut self, progress: &Progress<'_>) {
        let rows = progress.rows;
        let count = |of: fn(&PathRow) -> i64| Column::Count(rows.iter().map(of).collect());
        let mut columns = vec![
            count(|row| row.path as i64),
            Column::Text(rows.iter().map(|row| outcome_text(row.outcome).to_owned()).collect()),
            Column::Text(rows.iter().map(|row| decided_text(row.decided_by).1.to_owned()).collect()),
            count(|row| i64::from(row.defaults)),
            count(|row| i64::from(row.first_default_quarter)),
        ];
        columns.extend(NUMBERS.iter().map(|(_, of)| Column::Number(rows.iter().map(of).collect())));
        let driver = |at: usize| Column::Number(progress.values.iter().map(|values| values[at]).collect());
        columns.extend((0..Driver::ALL.len()).map(driver));
        if self.failed.is_none() {
            self.failed = self.table.add(&columns).err();
        }
    }

    /// Ends the table.
    pub fn close(self) -> Result<(), Failure> {
        match self.failed {
            Some(error) => Err(failed(error)),
            None => self.table.close().map_err(failed),
        }
    }
}

/// `quarters.parquet`: every fan by quarter, cash of parties among them.
pub fn fans(folder: &Path, found: &OutlookAnswer) -> Result<(), Failure> {
    const PARTS: [&str; 5] = ["p5", "p25", "p50", "p75", "p95"];
    let mut columns = vec![("series", Kind::Text), ("party", Kind::Text), ("quarter", Kind::Text)];
    columns.extend(PARTS.map(|name| (name, Kind::Number)));
    let all: Vec<(&str, &str, &FanRow)> = found
        .fans
        .iter()
        .map(|fan| (fan.name.as_str(), "", fan))
        .chain(found.cash.iter().map(|fan| ("cash", fan.name.as_str(), fan)))
        .collect();
    let rows: Vec<(&str, &str, &str, [f64; 5])> = all
        .iter()
        .flat_map(|(series, party, fan)| {
            found
                .quarters
                .iter()
                .zip(&fan.quantiles)
                .map(|(quarter, all)| (*series, *party, quarter.as_str(), *all))
        })
        .collect();
    let mut stretches = vec![
        Column::Text(rows.iter().map(|row| row.0.to_owned()).collect()),
        Column::Text(rows.iter().map(|row| row.1.to_owned()).collect()),
        Column::Text(rows.iter().map(|row| row.2.to_owned()).collect()),
    ];
    stretches.extend((0..PARTS.len()).map(|at| Column::Number(rows.iter().map(|row| row.3[at]).collect())));
    write(folder, "quarters", &columns, &stretches)
}

/// `payments.parquet`: every payment of a path.
pub fn payments(folder: &Path, found: &Replay) -> Result<(), Failure> {
    let columns = [
        ("path", Kind::Count),
        ("quarter", Kind::Text),
        ("payer", Kind::Text),
        ("payee", Kind::Text),
        ("kind", Kind::Text),
        ("leg", Kind::Text),
        ("amount", Kind::Number),
    ];
    let all: Vec<_> = found
        .quarters
        .iter()
        .flat_map(|quarter| quarter.payments.iter().map(move |payment| (&quarter.quarter, payment)))
        .collect();
    let text = |of: &dyn Fn(&(&String, &abilene::outlook::Payment)) -> String| {
        Column::Text(all.iter().map(of).collect())
    };
    let stretches = [
        Column::Count(vec![found.path as i64; all.len()]),
        text(&|(quarter, _)| (*quarter).clone()),
        text(&|(_, payment)| payment.payer.clone()),
        text(&|(_, payment)| payment.payee.clone()),
        text(&|(_, payment)| payment.kind.to_owned()),
        text(&|(_, payment)| payment.leg.clone().unwrap_or_default()),
        Column::Number(all.iter().map(|(_, payment)| payment.amount).collect()),
    ];
    write(folder, "payments", &columns, &stretches)
}

fn write(folder: &Path, name: &str, columns: &[(&str, Kind)], stretches: &[Column]) -> Result<(), Failure> {
    let mut table = Table::create(&file(folder, name)?, columns).map_err(failed)?;
    table.add(stretches).map_err(failed)?;
    table.close().map_err(failed)
}

fn file(folder: &Path, name: &str) -> Result<std::path::PathBuf, Failure> {
    fs::create_dir_all(folder)
        .map_err(|error| Failure::Input(format!("cannot write into {}: {error}", folder.display())))?;
    Ok(folder.join(format!("{name}.parquet")))
}

fn failed(error: TableError) -> Failure {
    Failure::Input(error.to_string())
}
