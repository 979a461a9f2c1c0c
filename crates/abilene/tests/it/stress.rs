//! The golden cases of clearing and contagion, each to its stated tolerance.

use std::collections::BTreeMap;

use abilene::stress::{read_network, read_tables, stress};
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

/// The same network as tables gives the same answer.
#[test]
fn tables_answer_as_the_file_does() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    let case = cases.iter().find(|case| case["name"] == "rv_costs_by_party").unwrap();
    let (mut nodes, mut edges) =
        ("id,outside_assets,alpha,beta\n".to_owned(), "debtor,creditor,amount\n".to_owned());
    for node in case["input"]["nodes"].as_array().unwrap() {
        let part = |field: &str| node[field].as_f64().or(case["input"]["params"][field].as_f64()).unwrap();
        let (id, assets) = (node["id"].as_str().unwrap(), &node["outside_assets"]);
        nodes += &format!("{id},{assets},{},{}\n", part("alpha"), part("beta"));
    }
    for owed in case["input"]["obligations"].as_array().unwrap() {
        let (debtor, creditor) = (owed["debtor"].as_str().unwrap(), owed["creditor"].as_str().unwrap());
        edges += &format!("{debtor},{creditor},{}\n", owed["amount"]);
    }
    let from_tables = stress(&read_tables(&nodes, &edges).unwrap()).unwrap();
    let from_file = stress(&read_network(&case["input"].to_string()).unwrap()).unwrap();
    assert_eq!(from_tables.found, from_file.found);
}

/// Tables name the file, the line and the column of a mistake.
#[test]
fn tables_name_the_place() {
    let refused = |nodes: &str, edges: &str| {
        let error = read_tables(nodes, edges).unwrap_err();
        (error.kind, error.entry, error.party.unwrap_or_default())
    };
    let nodes = "id,outside_assets\nA,1\nB,2\n";
    let edges = |row: &str| format!("debtor,creditor,amount\nA,B,1\n{row}\n");
    let at = |kind: &'static str, entry: &str, party: &str| (kind, entry.to_owned(), party.to_owned());
    assert_eq!(refused(nodes, &edges("A,Bee,3")), at("unknown_party", "edges.csv:3.creditor", "Bee"));
    assert_eq!(refused(nodes, &edges("B,A,-3")), at("negative_number", "edges.csv:3.amount", "B"));
    assert_eq!(refused(nodes, &edges("outside,A,3")), at("outside_owes", "edges.csv:3.debtor", "outside"));
    assert_eq!(refused(nodes, &edges("B,B,3")), at("self_obligation", "edges.csv:3.creditor", "B"));
    assert_eq!(refused(nodes, &edges("B,A,NaN")), at("wrong_type", "edges.csv:3.amount", "B"));
    assert_eq!(refused("id,outside_assets\nA,1\nA,2\n", &edges("")), at("duplicate_id", "nodes[1].id", "A"));
    assert_eq!(refused("id,assets\nA,1\n", &edges("")), at("unknown_field", "nodes.csv:1", ""));
}

/// Unknown fields, in whichever part of the file, and words of no meaning are refused by name.
#[test]
fn misspelt_fields_are_refused() {
    let refused = |text: &str| {
        let error = read_network(text).unwrap_err();
        (error.kind, error.entry)
    };
    let file = |nodes: &str, rest: &str| {
        format!(r#"{{"schema": 1, "model": "eisenberg_noe", "nodes": [{nodes}]{rest}}}"#)
    };
    let two = r#"{"id": "A"}, {"id": "B"}"#;
    let at = |kind: &'static str, entry: &str| (kind, entry.to_owned());
    assert_eq!(refused("[]"), at("wrong_type", ""));
    assert_eq!(refused("{"), at("not_json", ""));
    assert_eq!(refused(&file(two, r#", "obligation": []"#)), at("unknown_field", "obligation"));
    let row = r#", "obligations": [{"debtor": "A", "creditor": "B", "amount": 1, "senority": 2}]"#;
    assert_eq!(refused(&file(two, row)), at("unknown_field", "obligations[0].senority"));
    assert_eq!(refused(&file(r#"{"id": "outside"}"#, "")), at("reserved_id", "nodes[0].id"));
    assert_eq!(
        refused(&file(two, r#", "params": {"seeds": ["C"]}"#)),
        at("unknown_party", "params.seeds[0]")
    );
    assert_eq!(refused(&file(two, r#", "params": {"rule": "sell"}"#)), at("unknown_word", "params.rule"));
    let bare = r#"{"schema": 1, "model": "debtrank_linear", "nodes": [{"id": "A"}]}"#;
    let error = stress(&read_network(bare).unwrap()).unwrap_err();
    assert_eq!((error.kind, error.entry.as_str()), ("missing_field", "nodes[0].equity"));
}

/// Replaces one number or text of a file by something else.
fn spoil(value: &mut Value, at: &mut usize, by: &Value) {
    match value {
        Value::Object(map) => map.values_mut().for_each(|value| spoil(value, at, by)),
        Value::Array(list) => list.iter_mut().for_each(|value| spoil(value, at, by)),
        leaf => {
            if *at == 0 {
                *leaf = by.clone();
            }
            *at = at.wrapping_sub(1);
        }
    }
}

/// Whatever stands in a file, it is answered or refused; nothing panics.
#[test]
fn spoilt_files_are_answered_or_refused() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    let odd =
        [0.into(), (-1).into(), 1e300.into(), 1e-300.into(), 0.5.into(), "A".into(), "".into(), Value::Null];
    let small = cases.iter().filter(|case| case["input"].to_string().len() < 900);
    for (number, case) in small.enumerate() {
        for step in 0..24_usize {
            let mut input = case["input"].clone();
            spoil(&mut input, &mut (step * 2 + number % 2), &odd[(step + number) % odd.len()]);
            let _ = read_network(&input.to_string()).and_then(|file| stress(&file));
        }
    }
}
