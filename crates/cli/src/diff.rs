//! `abilene diff`.

use std::process::ExitCode;

use abilene::Ask;
use abilene_ledger::diff::{Change, between};
use serde_json::{Value, json};

use crate::args::{DiffArgs, Format};
use crate::ask;
use crate::output::{self, Failure, Sheet, sheets};

pub fn run(args: &DiffArgs) -> Result<ExitCode, Failure> {
    if args.after < args.before {
        return Err(Failure::Usage(format!(
            "{} lies before {}: name the earlier date first",
            args.after, args.before
        )));
    }
    let loaded = ask::open(&args.case)?;
    let view = |day| {
        let caveat = ask::caveat(args.sourced_only, args.min_confidence);
        Ask { as_of: day, caveat, ..Ask::of(&loaded.book) }.view()
    };
    let (old, new) = (view(args.before), view(args.after));
    let changes = between(&old, &new);
    match args.format {
        Format::Json => output::json(&json!({
            "schema": "abilene.diff/1",
            "before": args.before.to_string(),
            "after": args.after.to_string(),
            "changes": changes.iter().map(as_json).collect::<Vec<_>>(),
        }))?,
        format => sheets(&[table(args, &changes)], format)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(change: &Change) -> Value {
    let fields: Vec<Value> = change
        .fields
        .iter()
        .map(|f| json!({"leg": f.leg, "field": f.field, "from": f.from, "to": f.to}))
        .collect();
    let states: Vec<Value> = change
        .states
        .iter()
        .map(|s| json!({"date": s.date.value.to_string(), "status": s.status.value.text(), "note": s.note}))
        .collect();
    json!({"deal": change.deal, "title": change.title, "kind": change.kind.text(), "fields": fields, "states": states})
}

fn table(args: &DiffArgs, changes: &[Change]) -> Sheet {
    let title =
        format!("What became known after {} and by {}: {} deals", args.before, args.after, changes.len());
    let mut sheet = Sheet::new(title, &["deal", "what", "leg", "field", "from", "to"]);
    for change in changes {
        let what = change.kind.text();
        for field in &change.fields {
            let cells = [change.deal, what, &field.leg, field.field, &field.from, &field.to];
            sheet.row(cells);
        }
        if change.fields.is_empty() {
            let news: Vec<&str> = change.states.iter().filter_map(|state| state.note.as_deref()).collect();
            sheet.row([change.deal, what, "", "news", "", &news.join(" ")]);
        }
    }
    sheet
}
