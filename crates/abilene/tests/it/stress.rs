//! The golden cases of clearing and contagion, each to its stated tolerance.

use std::collections::BTreeMap;

use abilene::stress::{read_network, stress};
use serde_json::Value;

const CASES: &str = include_str!("../../../../tests/golden/clearing.json");

/// Fields whose numbers have no unit; their scale is 1.
const RATIOS: [&str; 12] = [
    "recoveries",
    "recoveries_by_class",
    "valuations",
    "distress",
    "weights",
    "impact",
    "vulnerability",
    "history",
    "default_probability",
    "dependency",
    "d_payments_d_outside",
    "d_equities_d_outside",
];

struct Scales {
    tolerance: f64,
    by_party: BTreeMap<String, f64>,
}

impl Scales {
    fn of(case: &Value) -> Scales {
        let mut by_party = BTreeMap::new();
        for node in case["input"]["nodes"].as_array().unwrap() {
            let assets = node["outside_assets"].as_f64().unwrap_or(0.0);
            by_party.insert(node["id"].as_str().unwrap().to_owned(), assets);
        }
        for owed in case["input"]["obligations"].as_array().into_iter().flatten() {
            *by_party.get_mut(owed["debtor"].as_str().unwrap()).unwrap() += owed["amount"].as_f64().unwrap();
        }
        Scales { tolerance: case["tolerance"].as_f64().unwrap(), by_party }
    }

    /// The scale of the party that the path names last; 1 for ratios; 0 (relative only) for totals.
    fn at(&self, path: &[String]) -> f64 {
        if path.iter().any(|step| RATIOS.contains(&step.as_str())) {
            return 1.0;
        }
        path.iter().rev().find_map(|step| self.by_party.get(step)).copied().unwrap_or(0.0)
    }
}

/// Sorted lists where order means nothing: sets of ids, and lists of pairs.
fn compare(path: &mut Vec<String>, want: &Value, have: &Value, scales: &Scales, wrong: &mut Vec<String>) {
    let mut mismatch = |path: &[String]| wrong.push(format!("{}: want {want}, have {have}", path.join(".")));
    match (want, have) {
        (Value::Object(want), Value::Object(have)) => {
            for (key, value) in want {
                path.push(key.clone());
                match have.get(key) {
                    Some(found) => compare(path, value, found, scales, wrong),
                    None => wrong.push(format!("{}: missing", path.join("."))),
                }
                path.pop();
            }
            let keyed_by_party = want.keys().all(|key| scales.by_party.contains_key(key) || key == "outside");
            if keyed_by_party && want.len() != have.len() {
                wrong.push(format!("{}: {} entries, have {}", path.join("."), want.len(), have.len()));
            }
        }
        (Value::Array(want), Value::Array(have))
            if path.last().is_some_and(|last| last == "d_obligations") =>
        {
            for value in want {
                let same =
                    |one: &&Value| one["debtor"] == value["debtor"] && one["creditor"] == value["creditor"];
                compare(path, value, have.iter().find(same).unwrap(), scales, wrong);
            }
        }
        (Value::Array(want), Value::Array(have)) => {
            if want.len() != have.len() {
                return mismatch(path);
            }
            for (at, (want, have)) in want.iter().zip(have).enumerate() {
                path.push(at.to_string());
                compare(path, want, have, scales, wrong);
                path.pop();
            }
        }
        (Value::Number(want), Value::Number(have)) => {
            let (want, have) = (want.as_f64().unwrap(), have.as_f64().unwrap());
            let near = scales.tolerance * want.abs().max(0.001 * scales.at(path));
            if (want - have).abs() > near && !(want == 0.0 && scales.at(path) == 0.0 && have.abs() < 1e-12) {
                mismatch(path);
            }
        }
        _ if want != have => mismatch(path),
        _ => {}
    }
}

fn check(case: &Value) -> Vec<String> {
    let text = case["input"].to_string();
    let mut wrong = Vec::new();
    if case["model"] == "invalid_input" {
        let want = &case["expect"]["error"];
        let error = read_network(&text).unwrap_err();
        let have = serde_json::to_value(&error).unwrap();
        for field in ["kind", "entry", "party"] {
            if want[field] != have[field] {
                wrong.push(format!("{field}: want {}, have {}", want[field], have[field]));
            }
        }
        return wrong;
    }
    let have = match read_network(&text).and_then(|file| stress(&file)) {
        Ok(answer) => serde_json::to_value(&answer).unwrap(),
        Err(error) => return vec![error.to_string()],
    };
    let mut want = case["expect"].clone();
    if want["injections_unique"] == false {
        want.as_object_mut().unwrap().remove("injections");
    }
    compare(&mut Vec::new(), &want, &have, &Scales::of(case), &mut wrong);
    wrong
}

#[test]
fn golden_cases_hold() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    assert_eq!(cases.len(), 82);
    let mut report = Vec::new();
    for case in &cases {
        let wrong = check(case);
        if !wrong.is_empty() {
            report.push(format!("{}:\n    {}", case["name"], wrong[..wrong.len().min(6)].join("\n    ")));
        }
    }
    assert!(report.is_empty(), "{} of {} cases fail\n{}", report.len(), cases.len(), report.join("\n"));
}
