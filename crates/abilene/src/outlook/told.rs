//! For each outcome the path that is nearest to its median, told quarter by quarter.

use abilene_outlook::{Event, Outcome, PathRow, Series};

use super::decides::short;
use super::run::Prepared;
use super::types::ToldPath;
use super::words::outcome_text;

/// One path for each outcome that occurs.
pub(super) fn tell(prepared: &Prepared, seed: u64, rows: &[PathRow]) -> Vec<ToldPath> {
    [Outcome::Bridge, Outcome::Correction, Outcome::DebtTrap]
        .into_iter()
        .filter_map(|outcome| Some(one(prepared, seed, outcome, nearest(rows, outcome)?)))
        .collect()
}

/// The path whose served part, gap and spending lie nearest to the medians of its outcome.
fn nearest(rows: &[PathRow], outcome: Outcome) -> Option<u64> {
    let own: Vec<&PathRow> = rows.iter().filter(|row| row.outcome == outcome).collect();
    let measures: [fn(&PathRow) -> f64; 3] =
        [|row| row.inputs.served, |row| row.gap, |row| row.final_spending];
    let middle: Vec<(f64, f64)> = measures
        .iter()
        .map(|measure| {
            let mut values: Vec<f64> = own.iter().map(|row| measure(row)).collect();
            values.sort_by(f64::total_cmp);
            let at = |part: usize| values.get(values.len() * part / 4).copied().unwrap_or(0.0);
            (at(2), (at(3) - at(1)).max(1e-9))
        })
        .collect();
    let far = |row: &PathRow| -> f64 {
        measures
            .iter()
            .zip(&middle)
            .map(|(measure, (median, spread))| ((measure(row) - median) / spread).powi(2))
            .sum()
    };
    own.iter().min_by(|a, b| far(a).total_cmp(&far(b)).then(a.path.cmp(&b.path))).map(|row| row.path)
}

fn one(prepared: &Prepared, seed: u64, outcome: Outcome, path: u64) -> ToldPath {
    let mut lines = Vec::new();
    prepared.model.view(seed, path, &mut |view| {
        let at = |quarter: usize, series: Series| view.quarters[quarter][series.at()];
        let mut shut = false;
        for quarter in 0..view.quarters.len() {
            let mut told: Vec<String> = Vec::new();
            let closed = at(quarter, Series::MarketOpen) < 0.5;
            if closed != shut {
                told.push(if closed { "the market shuts".into() } else { "the market opens again".into() });
                shut = closed;
            }
            let events = view.events.iter().filter(|event| event.quarter as usize == quarter + 1);
            told.extend(events.map(|event| default_line(prepared, event)));
            let last_of_year = prepared.calendar.name(quarter + 1).ends_with("Q4");
            if last_of_year {
                told.push(format!(
                    "customers want {} a year and pay {} in the quarter; {} falls due, {} is in arrears",
                    short(at(quarter, Series::Spending)),
                    short(at(quarter, Series::CustomersPaid)),
                    short(at(quarter, Series::Due)),
                    short(at(quarter, Series::Arrears)),
                ));
            }
            if !told.is_empty() {
                lines.push(format!("{}: {}", prepared.calendar.name(quarter + 1), told.join("; ")));
            }
        }
    });
    ToldPath { outcome: outcome_text(outcome), path, because: unusual(prepared, seed, path), lines }
}

fn default_line(prepared: &Prepared, event: &Event) -> String {
    let name = prepared.name(event.party);
    let cause = event.causes.first().map_or(String::new(), |(debtor, arrears)| {
        format!(", {} owing it {}", prepared.name(*debtor), short(*arrears))
    });
    let lost: f64 = event.losses.iter().map(|loss| loss.written_off + loss.cut).sum();
    format!("{name} defaults{cause}; others lose {} of what it promised", short(lost))
}

/// The three drivers that lie farthest from their medians.
fn unusual(prepared: &Prepared, seed: u64, path: u64) -> Vec<String> {
    let (values, medians) = (prepared.model.values(seed, path), prepared.model.medians());
    let uniforms = prepared.model.innovations(seed, path);
    let free = prepared.model.free();
    let mut far: Vec<(f64, usize)> =
        uniforms.iter().enumerate().map(|(at, u)| ((u - 0.5).abs(), at)).collect();
    far.sort_by(|a, b| b.0.total_cmp(&a.0));
    let line = |(_, at): &(f64, usize)| {
        let driver = free[*at];
        format!("{} {} (median {})", driver.name(), short(values[driver.at()]), short(medians[driver.at()]))
    };
    far.iter().take(3).map(line).collect()
}
