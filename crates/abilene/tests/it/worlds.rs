//! The golden worlds, through the answer that `abilene outlook --world` prints.

use std::fs;

use abilene::outlook::{bare, read_world};
use serde_json::{Value, json};

fn worlds() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden/outlook.json");
    let file: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    file["worlds"].as_array().unwrap().clone()
}

fn run(world: &Value) -> Value {
    serde_json::to_value(bare(&read_world(&world.to_string()).unwrap()).unwrap()).unwrap()
}

/// The same names, texts and lengths, and numbers to 1e-9.
fn same(place: &str, found: &Value, expected: &Value) {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            let names = |map: &serde_json::Map<String, Value>| map.keys().cloned().collect::<Vec<_>>();
            let (mut left, mut right) = (names(found), names(expected));
            left.sort();
            right.sort();
            assert_eq!(left, right, "{place}");
            expected.iter().for_each(|(name, value)| same(&format!("{place}.{name}"), &found[name], value));
        }
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "{place}");
            for (at, (found, expected)) in found.iter().zip(expected).enumerate() {
                same(&format!("{place}[{at}]"), found, expected);
            }
        }
        (Value::Number(found), Value::Number(expected)) => {
            let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
            assert!((found - expected).abs() <= 1e-9, "{place}: expected {expected}; found {found}");
        }
        _ => assert_eq!(found, expected, "{place}"),
    }
}

#[test]
fn every_golden_world_gives_what_is_expected_and_nothing_else() {
    let worlds = worlds();
    assert_eq!(worlds.len(), 14);
    for world in &worlds {
        let id = world["id"].as_str().unwrap();
        let mut found = run(world);
        let fields = found.as_object_mut().unwrap();
        assert_eq!(fields.remove("schema"), Some(json!("abilene.world/1")));
        for own in ["id", "title", "quarters"] {
            assert_eq!(fields.remove(own).as_ref(), world.get(own), "{id} {own}");
        }
        same(id, &found, &world["expected"]);
    }
}

#[test]
fn what_is_expected_is_not_looked_at() {
    let mut world = worlds().remove(1);
    let told = run(&world);
    world["expected"] = json!("nonsense");
    assert_eq!(run(&world), told);
}

/// A world with one value changed, by JSON pointer.
fn broken(pointer: &str, value: Value) -> String {
    let mut world = worlds().remove(0);
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    match world.pointer_mut(parent).unwrap() {
        Value::Object(map) => drop(map.insert(field.to_owned(), value)),
        parent => parent[field.parse::<usize>().unwrap()] = value,
    }
    read_world(&world.to_string()).unwrap_err().to_string()
}

#[test]
fn every_mistake_has_a_place_and_says_what_is_expected() {
    let mistakes = [
        ("/quarters", json!(0), "quarters: expected a whole number from 1 to 200; found 0 (out_of_range)"),
        ("/quarters", json!("six"), "quarters: expected a whole number; found \"six\" (wrong_type)"),
        ("/quarter", json!(6), "quarter: no field `quarter` is known here; expected one of id, title,"),
        ("/worlds", json!([]), "worlds: expected one world; this file holds a list of them"),
        ("/parties", json!([]), "parties: expected at least one party"),
        ("/parties/1/cash", json!(-1), "parties[1].cash: expected 0 or more; found -1"),
        ("/parties/1/cash", json!(1e300), "parties[1].cash: expected at most 1000000000; found 1"),
        ("/parties/1/id", json!("lab"), "parties[1].id: expected names of their own; `lab` is there already"),
        ("/parties/1/id", json!("markets"), "parties[1].id: expected names of their own; `markets`"),
        (
            "/parties/1/debt",
            json!(1),
            "parties[1].debt: no field `debt` is known here; expected one of id, cash",
        ),
        ("/sites/0/plan_gw", json!(1), "sites[0].plan_gw: expected a list; found 1"),
        ("/sites/0/plan_gw/2", json!(true), "sites[0].plan_gw[2]: expected a finite number; found true"),
        ("/sites/0/delay", json!(1.5), "sites[0].delay: expected a whole number; found 1.5"),
        ("/legs/2/payer", json!("lap"), "legs[2].payer: `lap` is not known here; did you mean `lab`?"),
        ("/legs/2/payee", json!("lab"), "legs[2].payee: expected two different names"),
        (
            "/legs/0/payee",
            json!("suppliers"),
            "legs[0].payee: expected two different names, one of them a party",
        ),
        ("/legs/2/payer", json!("customers"), "legs[2].schedule.kind: expected the kind `dates`"),
        (
            "/legs/2/instrument",
            json!("equty"),
            "legs[2].instrument: `equty` is not known here; did you mean `equity`?",
        ),
        ("/legs/2/class", json!(256), "legs[2].class: expected a whole number from 0 to 255; found 256"),
        (
            "/legs/2/schedule/kind",
            json!("take_or_play"),
            "legs[2].schedule.kind: `take_or_play` is not known here",
        ),
        (
            "/legs/2/schedule/site",
            json!("sites"),
            "legs[2].schedule.site: `sites` is not known here; did you mean `site`?",
        ),
        ("/legs/2/schedule/share", json!(1), "legs[2].schedule.share: no field `share` is known here"),
        (
            "/legs/3/schedule/due",
            json!({"0": 1}),
            "legs[3].schedule.due.0: expected a quarter from 1 to 1000; found `0`",
        ),
        (
            "/legs/3/schedule/due",
            json!({"1": null}),
            "legs[3].schedule.due.1: expected a finite number; found null",
        ),
        ("/legs/3/schedule", json!({"kind": "dates"}), "legs[3].schedule.due: expected a field `due`"),
        (
            "/financing",
            json!([{"party": "laboratory"}]),
            "financing[0].party: `laboratory` is not known here",
        ),
        (
            "/financing",
            json!([{"party": "lab", "interest": 8}]),
            "financing[0].interest: expected 0 to 1; found 8",
        ),
        ("/financing", json!([{"party": "lab"}, {"party": "lab"}]), "financing[1].party: expected one entry"),
        ("/market_open", json!([true]), "market_open: expected 6 times true or false; found 1"),
        ("/market_open", json!([1, 1, 1, 1, 1, 1]), "market_open[0]: expected true or false; found 1"),
        ("/rules/grace_quarters", json!(-1), "rules.grace_quarters: expected a whole number from 0 to 1000"),
        ("/rules/on_default", json!("cut"), "rules.on_default: expected \"cancel\" or {\"haircut\": 0 to 1}"),
        ("/rules/on_default", json!({"haircut": 40}), "rules.on_default.haircut: expected 0 to 1; found 40"),
    ];
    for (pointer, value, expected) in mistakes {
        let found = broken(pointer, value);
        assert!(found.starts_with(expected), "expected {expected}\nfound    {found}");
    }
    let none = |text: &str| read_world(text).unwrap_err().to_string();
    assert!(none("{").starts_with("expected a JSON object: EOF"), "{}", none("{"));
    assert!(none("[]").starts_with("expected an object"), "{}", none("[]"));
    assert!(none("{}").starts_with("quarters: expected a field `quarters`"), "{}", none("{}"));
}
