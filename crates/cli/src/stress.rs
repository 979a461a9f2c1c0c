//! `abilene stress`: who pays what when not all can, and who fails with whom.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use abilene::stress::{
    ById, ClearingAnswer, Found, NetworkFile, OUTSIDE, StressError, read_network, read_tables, stress,
};

use crate::args::{Format, StressArgs};
use crate::falls;
use crate::output::{Failure, Progress, Sheet, json, sheets};

pub fn run(args: &StressArgs) -> Result<ExitCode, Failure> {
    if let Some(case) = &args.case {
        return falls::run(case, args);
    }
    let progress = Progress::start("reading the network");
    let file = read(args)?;
    progress.say("clearing");
    let answer = stress(&file).map_err(|error| refused(args, &error))?;
    drop(progress);
    match (args.format, &answer.found) {
        (Format::Json, _) => json(&answer)?,
        (format, Found::Clearing(found)) => sheets(&tables(&file, found), format)?,
        (format, found) => sheets(&other(found)?, format)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn read(args: &StressArgs) -> Result<NetworkFile, Failure> {
    let found = match (&args.network, &args.nodes, &args.edges) {
        (Some(network), _, _) => read_network(&text(network)?),
        (None, Some(nodes), Some(edges)) => read_tables(&text(nodes)?, &text(edges)?),
        _ => {
            return Err(Failure::Usage(
                "expected a case, --network FILE.json, or --nodes and --edges".into(),
            ));
        }
    };
    found.map_err(|error| refused(args, &error))
}

fn text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|e| Failure::Input(format!("cannot read {}: {e}", path.display())))
}

fn refused(args: &StressArgs, error: &StressError) -> Failure {
    match &args.network {
        Some(path) => Failure::Input(format!("{}: {error}", path.display())),
        None => Failure::Input(error.to_string()),
    }
}

fn tables(file: &NetworkFile, answer: &ClearingAnswer) -> Vec<Sheet> {
    let side = &answer.greatest;
    let number = |values: &ById, id: &str| values.get(id).map_or(String::new(), |value| short(*value));
    let round = |id: &str| {
        let found = answer.rounds.iter().position(|round| round.iter().any(|party| party == id));
        found.map_or(String::new(), |at| (at + 1).to_string())
    };
    let title = format!(
        "{} parties, {} fail; {} owed and not paid{}",
        file.nodes.len(),
        side.defaulted.len(),
        short(answer.unpaid_total),
        if answer.unique { "" } else { "; not unique: the solution in which most is paid" }
    );
    let header = ["party", "fails in round", "pays", "of its dues", "receives", "loses", "equity"];
    let mut parties = Sheet::new(title, &header);
    let ids = file.nodes.iter().map(|node| node.id.as_str()).chain([OUTSIDE]);
    for id in ids {
        let share = side.recoveries.get(id).map_or(String::new(), |part| format!("{:.1} %", part * 100.0));
        parties.row([
            id.to_owned(),
            round(id),
            number(&side.payments, id),
            share,
            number(&side.receipts, id),
            number(&side.losses, id),
            number(&side.equities, id),
        ]);
    }
    let mut order = Sheet::new("The order of failure", &["round", "why", "who"]);
    for (at, round) in answer.rounds.iter().enumerate() {
        let why = if at == 0 { "though all others pay" } else { "because of those before" };
        order.row([(at + 1).to_string(), why.to_owned(), round.join(", ")]);
    }
    vec![parties, order]
}

fn short(value: f64) -> String {
    let text = format!("{value:.6}");
    if value != 0.0 && value.abs() < 1e-4 {
        return format!("{value:e}");
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The fields of any other answer, one a row.
fn other(answer: &Found) -> Result<Vec<Sheet>, Failure> {
    let value = serde_json::to_value(answer).map_err(|e| Failure::Input(e.to_string()))?;
    let mut sheet = Sheet::new("The answer; --format json has the same for programs", &["field", "value"]);
    rows("", &value, &mut sheet);
    Ok(vec![sheet])
}

fn rows(path: &str, value: &serde_json::Value, sheet: &mut Sheet) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        serde_json::Value::Object(map) => {
            map.iter().for_each(|(name, value)| rows(&below(name), value, sheet))
        }
        serde_json::Value::Array(list) if list.iter().any(|one| one.is_object() || one.is_array()) => {
            list.iter().enumerate().for_each(|(at, value)| rows(&below(&(at + 1).to_string()), value, sheet));
        }
        serde_json::Value::Array(list) => {
            let words: Vec<String> = list.iter().map(plain).collect();
            sheet.row([path.to_owned(), words.join(", ")]);
        }
        one => sheet.row([path.to_owned(), plain(one)]),
    }
}

fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Number(number) => number.as_f64().map_or(number.to_string(), short),
        other => other.to_string(),
    }
}
