//! JSON Schemas of the file kinds, from the same declarations that read them.

use serde_json::{Value, json};

use crate::decode::Read;
use crate::model::{CaseInfo, Claim, Deal, Figure, Party, RateRow, Recipe, Source};
use crate::scenario::Scenario;

/// The file kinds that have a schema: `case` for case.toml, the others by the name of their records.
pub const SCHEMAS: [&str; 9] =
    ["case", "party", "source", "deal", "figure", "claim", "recipe", "rate", "scenario"];

/// The schema of a file kind of [`SCHEMAS`]; `None` for another word.
pub fn schema(kind: &str) -> Option<Value> {
    let record = match kind {
        "case" => return Some(titled(CaseInfo::schema(), kind)),
        "party" => Party::schema(),
        "source" => Source::schema(),
        "deal" => Deal::schema(),
        "figure" => Figure::schema(),
        "claim" => Claim::schema(),
        "recipe" => Recipe::schema(),
        "rate" => RateRow::schema(),
        "scenario" => Scenario::schema(),
        _ => return None,
    };
    let file = json!({
        "type": "object",
        "properties": {kind: {"type": "array", "items": record}},
        "additionalProperties": false,
    });
    Some(titled(file, kind))
}

fn titled(mut schema: Value, kind: &str) -> Value {
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!(format!("Abilene {kind} file"));
    schema
}
