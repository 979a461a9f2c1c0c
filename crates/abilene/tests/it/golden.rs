//! `tests/golden/loops.json` through the answer that `abilene loops --edges` prints.

use std::path::Path;

use abilene::network::{NetworkOptions, Order, measure, read_edges, read_opening, read_outside};
use serde_json::Value;

fn cases() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/loops.json");
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    all["cases"].as_array().unwrap().clone()
}

/// The three CSV texts of a golden case.
fn csv(case: &Value, opening: Option<&Value>) -> (String, String, String) {
    let mut edges = String::from("from,to,amount,id,date\n");
    for e in case["edges"].as_array().unwrap() {
        let text = |key: &str| e[key].as_str().unwrap().to_owned();
        let date = e.get("date").map_or(String::new(), ToString::to_string);
        edges += &format!("{},{},{},{},{date}\n", text("payer"), text("payee"), text("amount"), text("id"));
    }
    let mut outside = String::from("party,in,out\n");
    let declared = case.get("outside").and_then(Value::as_object).cloned().unwrap_or_default();
    for (party, flows) in &declared {
        let side = |key: &str| flows.get(key).and_then(Value::as_str).unwrap_or("0").to_owned();
        outside += &format!("{party},{},{}\n", side("in"), side("out"));
    }
    for party in case.get("parties").and_then(Value::as_array).into_iter().flatten() {
        outside += &format!("{},0,0\n", party.as_str().unwrap());
    }
    let mut balances = String::from("party,balance\n");
    for (party, balance) in opening.and_then(Value::as_object).into_iter().flatten() {
        let text = balance.as_str().map_or_else(|| balance.to_string(), str::to_owned);
        balances += &format!("{party},{text}\n");
    }
    (edges, outside, balances)
}

fn answer(case: &Value, opening: Option<&Value>, options: &NetworkOptions) -> Value {
    let (edges, outside, balances) = csv(case, opening);
    let mut payments = read_edges(&edges).unwrap();
    read_outside(&mut payments, &outside).unwrap();
    read_opening(&mut payments, &balances).unwrap();
    serde_json::to_value(measure(&payments, options).unwrap()).unwrap()
}

/// A golden number: `{exact, approx}`, a string, a number or null, against ours.
fn same(told: &Value, ours: &Value, tolerance: f64, what: &str) {
    let number = |value: &Value| -> Option<f64> {
        let value = value.get("approx").unwrap_or(value);
        let fraction = |text: &str| {
            let (above, below) = text.split_once('/')?;
            Some(above.parse::<f64>().ok()? / below.parse::<f64>().ok()?)
        };
        value
            .as_f64()
            .or_else(|| value.as_str().and_then(|text| text.parse().ok().or_else(|| fraction(text))))
    };
    let (a, b) = (number(told), number(ours));
    let near = match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= tolerance * a.abs().max(1.0),
        (a, b) => a == b,
    };
    assert!(near, "{what}: golden {told}, ours {ours}");
}

#[test]
fn every_golden_case_prints_what_it_should() {
    let options = NetworkOptions {
        bounds: true,
        ranges: true,
        by_edge: true,
        all_measures: true,
        ..Default::default()
    };
    let all = cases();
    assert_eq!(all.len(), 54);
    for case in &all {
        let (name, expect) = (case["name"].as_str().unwrap(), &case["expect"]);
        let max_length = expect["cycles"]["max_len"].as_u64().map(|n| n as usize);
        let max_loops = if expect.get("cycles").is_some() { None } else { Some(0) };
        let ours = answer(case, None, &NetworkOptions { max_length, max_loops, ..options.clone() });
        same(&expect["total"], &ours["gross"], 0.0, name);
        for (party, net) in expect["net_positions"].as_object().unwrap() {
            same(net, &ours["net_positions"][party], 1e-12, &format!("{name} {party}"));
        }
        if let Some(most) = expect.get("max_circulation") {
            check_circulation(name, most, &ours["circulation"]);
        }
        if let Some(cycles) = expect.get("cycles") {
            let found = ours["loops"]["items"].as_array().unwrap().len() as u64;
            assert_eq!(found, cycles["edge_cycle_count"].as_u64().unwrap(), "{name}");
        }
        if let Some(finn) = expect.get("finn") {
            let tolerance = if name.contains("published") { 1e-5 } else { 1e-10 };
            same(&finn["fci"], &ours["finn"]["index"], tolerance, name);
            same(&finn["total_throughflow"], &ours["finn"]["throughflow"], 1e-12, name);
        }
        for (party, trip) in expect.get("round_trip").and_then(Value::as_object).into_iter().flatten() {
            let row = ours["parties"].as_array().unwrap().iter().find(|row| row["id"] == *party).unwrap();
            check_party(&format!("{name} {party}"), trip, row);
        }
        for key in ["scc_share", "weighted_reciprocity", "trophic_incoherence", "hodge_circular_energy_share"]
        {
            if let Some(told) = expect.get("comparison_measures").and_then(|m| m.get(key)) {
                same(told, &ours["comparison"][key], 1e-9, &format!("{name} {key}"));
            }
        }
    }
}

fn check_circulation(name: &str, told: &Value, ours: &Value) {
    same(&told["total"], &ours["total"], 0.0, name);
    same(&told["share"], &ours["share"], 1e-12, name);
    same(&told["residual"], &ours["residual"], 0.0, name);
    same(&told["nonconservative_floor"], &ours["floor"], 0.0, name);
    if let Some(unique) = told.get("unique") {
        assert_eq!(unique, &ours["unique"], "{name}");
    }
    for (id, range) in told.get("edge_ranges").and_then(Value::as_object).into_iter().flatten() {
        let edge = ours["edges"].as_array().unwrap().iter().find(|edge| edge["id"] == *id).unwrap();
        same(&range[0], &edge["least"], 1e-12, &format!("{name} {id} least"));
        same(&range[1], &edge["most"], 1e-12, &format!("{name} {id} most"));
    }
}

fn check_party(what: &str, told: &Value, row: &Value) {
    same(&told["throughflow"], &row["throughflow"], 0.0, what);
    same(&told["return_prob"], &row["return_probability"], 1e-10, what);
    same(&told["amount"], &row["returned"], 1e-10, what);
    same(&told["share_of_receipts"], &row["share_of_receipts"], 1e-10, what);
    same(&told["share_of_outlay"], &row["share_of_outlay"], 1e-10, what);
    if let Some(bounds) = told.get("bounds").filter(|bounds| !bounds.is_null()) {
        same(&bounds[0], &row["least"], 1e-12, what);
        same(&bounds[1], &row["most"], 1e-12, what);
    }
}

#[test]
fn every_golden_case_in_time_prints_what_it_should() {
    let mut seen = 0;
    for case in cases().iter().filter(|case| case["expect"].get("temporal").is_some()) {
        seen += 1;
        let (name, told) = (case["name"].as_str().unwrap(), &case["expect"]["temporal"]);
        for cycles in told.get("cycles").and_then(Value::as_object).into_iter().flat_map(|m| m.values()) {
            let ours = in_time(case, &cycles["params"], "strict");
            let mut found = ours["loops"].as_array().unwrap().clone();
            let mut expected = cycles["cycles"].as_array().unwrap().clone();
            found.sort_by_key(ToString::to_string);
            expected.sort_by_key(ToString::to_string);
            assert_eq!(found, expected, "{name} {}", cycles["params"]);
        }
        for (kind, field) in [("round_trip", "returned"), ("max_return", "most")] {
            for one in told.get(kind).and_then(Value::as_object).into_iter().flat_map(|m| m.values()) {
                let ours =
                    in_time(case, &one["params"], if kind == "round_trip" { "mode" } else { "strict" });
                let id = &one["params"]["v"];
                let row =
                    ours["parties"].as_array().unwrap().iter().find(|row| row["id"] == *id).unwrap().clone();
                same(&one["amount"], &row[field], 1e-10, &format!("{name} {kind} {}", one["params"]));
            }
        }
    }
    assert_eq!(seen, 16);
}

fn in_time(case: &Value, params: &Value, by: &str) -> Value {
    let same_day = params.get(by).is_some_and(|value| value == "order" || value == false);
    let options = NetworkOptions {
        in_time: true,
        order: if same_day { Order::SameDay } else { Order::ByDay },
        window_days: params.get("window").and_then(Value::as_i64).map(|days| days as i32),
        max_loops: None,
        ..Default::default()
    };
    answer(case, params.get("opening"), &options)["in_time"].clone()
}

#[test]
fn mistakes_in_an_edge_list_name_their_line() {
    for (text, reason) in [
        ("from,to\na,b\n", "edges file, line 1: no column `amount`"),
        ("from,to,amount\na,b,1\nb,a,1e3\n", "edges file, line 3: \"1e3\" is not a plain decimal"),
        ("from,to,amount\na,b,-5\n", "line 2: an amount cannot be negative"),
        ("from,to,amount\n,b,5\n", "line 2: payer and payee must be named"),
        ("from,to,amount,date\na,b,5,soon\n", "neither a date"),
        ("from,to,amount\na,b\n", "line 2"),
    ] {
        let message = read_edges(text).unwrap_err().to_string();
        assert!(message.contains(reason), "{message}");
    }
    let mut payments = read_edges("from,to,amount\na,b,1.5\n").unwrap();
    read_outside(&mut payments, "party,in,out\nc,0.125,0\n").unwrap();
    assert_eq!(payments.decimal(payments.network.gross()), "1.5", "a finer scale changes no amount");
    let missing = measure(&payments, &NetworkOptions { matrix: vec!["z".into()], ..Default::default() });
    assert_eq!(missing.unwrap_err(), "no party \"z\" in the network");
}
