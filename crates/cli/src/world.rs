//! `abilene outlook --world`: a bare world, one path, every leg in every quarter.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use abilene::outlook::{BareAnswer, bare, read_world};
use abilene::percent;

use crate::args::Format;
use crate::output::{Failure, Sheet, json, sheets};

pub fn run(path: &Path, format: Format) -> Result<ExitCode, Failure> {
    let read = fs::read_to_string(path);
    let text = read.map_err(|e| Failure::Input(format!("cannot read {}: {e}", path.display())))?;
    let found = read_world(&text).and_then(|world| bare(&world));
    let found = found.map_err(|error| Failure::Input(format!("{}: {error}", path.display())))?;
    match format {
        Format::Json => json(&found)?,
        Format::Csv => sheets(&[legs(&found, &|value| value.to_string())], Format::Csv)?,
        Format::Table => sheets(&[stocks(&found), legs(&found, &number), sums(&found)], Format::Table)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn number(value: f64) -> String {
    // Nobody wants to read minus nothing.
    format!("{:.2}", if value.abs() < 5e-3 { 0.0 } else { value })
}

/// What each has at the end of each quarter; quarter 0 is the start.
fn stocks(found: &BareAnswer) -> Sheet {
    let name = found.title.as_ref().or(found.id.as_ref()).map_or("A world", String::as_str);
    let mut columns: Vec<(String, &[f64])> = Vec::new();
    for party in &found.order {
        columns.extend(found.cash.get(party).map(|row| (format!("{party} cash"), row.as_slice())));
        columns.extend(found.debt.get(party).map(|row| (format!("{party} debt"), row.as_slice())));
    }
    columns.extend(found.sector_cash.iter().map(|(sector, row)| (sector.clone(), row.as_slice())));
    let sites: Vec<(&String, &Vec<f64>)> = found.in_service_gw.iter().collect();
    let mut header = vec!["quarter".to_owned()];
    header.extend(columns.iter().map(|(name, _)| name.clone()));
    header.extend(sites.iter().map(|(site, _)| format!("{site} GW")));
    let title = format!("{name}\nAt the end of each quarter, bn (sectors: what they gained)");
    let mut sheet = Sheet { title, header, ..Sheet::default() };
    for quarter in 0..=found.quarters {
        let mut cells = vec![quarter.to_string()];
        cells.extend(columns.iter().map(|(_, row)| row.get(quarter).copied().map_or(String::new(), number)));
        let gw = |row: &Vec<f64>| quarter.checked_sub(1).and_then(|at| row.get(at)).copied();
        cells.extend(sites.iter().map(|(_, row)| gw(row).map_or(String::new(), number)));
        sheet.row(cells);
    }
    sheet
}

/// What fell due and what was paid; quarters in which a leg stands still are left out.
fn legs(found: &BareAnswer, number: &dyn Fn(f64) -> String) -> Sheet {
    let header =
        ["quarter", "leg", "payer", "payee", "due", "paid", "arrears", "cancelled so far", "to come"];
    let mut sheet = Sheet::new("Who owed and paid what, bn", &header);
    for quarter in 0..found.quarters {
        for (id, leg) in &found.legs {
            let values =
                [&leg.due, &leg.paid, &leg.arrears, &leg.cancelled, &leg.to_come].map(|row| row[quarter]);
            if values[..3].iter().all(|value| value.abs() < 1e-12) {
                continue;
            }
            let names = [(quarter + 1).to_string(), id.clone(), leg.payer.clone(), leg.payee.clone()];
            sheet.row(names.into_iter().chain(values.map(number)));
        }
    }
    sheet
}

/// Defaults, and how much was served.
fn sums(found: &BareAnswer) -> Sheet {
    let defaults: Vec<String> =
        found.events.iter().map(|event| format!("{} in quarter {}", event.party, event.quarter)).collect();
    let defaults = if defaults.is_empty() { "nobody".to_owned() } else { defaults.join(", ") };
    let totals = &found.totals;
    Sheet::new(
        format!(
            "Defaults: {defaults}\nParties paid {} of {} that fell due ({}) and of {} that was scheduled ({})",
            number(totals.core_paid),
            number(totals.core_due_fallen),
            percent(found.served_of_fallen_due),
            number(totals.core_scheduled_to_horizon),
            percent(found.served_of_scheduled),
        ),
        &[],
    )
}
