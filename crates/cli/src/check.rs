//! `abilene check`.

use std::io;
use std::process::ExitCode;

use abilene::check as answer;
use abilene_ledger::{Severity, load, render};

use crate::args::{CheckArgs, Format};
use crate::output::{Failure, Sheet, colour, json, print, sheets};

pub fn run(args: &CheckArgs) -> Result<ExitCode, Failure> {
    let loaded = load(&args.case).map_err(|error| Failure::Input(error.to_string()))?;
    let answer = answer(&loaded);
    let code = if loaded.has(Severity::Error) { ExitCode::from(1) } else { ExitCode::SUCCESS };
    match args.format {
        Format::Json => json(&answer)?,
        Format::Csv => sheets(&[rows(&answer)], Format::Csv)?,
        Format::Table => {
            let shown = |severity: Severity| severity != Severity::Doubt || args.doubts;
            for diagnostic in loaded.diagnostics.iter().filter(|d| shown(d.code.severity())) {
                print(&render(diagnostic, &loaded.book.files, colour(&io::stdout())))?;
            }
            print(&summary(&answer, args.doubts))?;
        }
    }
    Ok(code)
}

fn rows(answer: &abilene::CheckAnswer) -> Sheet {
    let columns = ["code", "severity", "path", "line", "column", "message", "help"];
    let mut sheet = Sheet::new("", &columns);
    for diagnostic in &answer.diagnostics {
        sheet.row(columns.iter().map(|key| match &diagnostic[key] {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        }));
    }
    sheet
}

fn summary(answer: &abilene::CheckAnswer, shown: bool) -> String {
    let records: Vec<String> = answer.records.iter().map(|(what, count)| format!("{count} {what}")).collect();
    let hint = if answer.doubts > 0 && !shown { " (--doubts shows them)" } else { "" };
    format!(
        "{}: {}\n{}, {}, {}{hint}\n",
        answer.case,
        records.join(", "),
        counted(answer.errors, "error"),
        counted(answer.warnings, "warning"),
        counted(answer.doubts, "doubt")
    )
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
