//! Reads the exact cases: parties by name, amounts as whole units of the last decimal.

use abilene_loops::tracing::Outside;
use abilene_loops::{Edge, Network};
use serde_json::Value;
use std::collections::BTreeMap;

pub struct Case {
    pub name: String,
    pub network: Network,
    pub outside: Outside,
    pub parties: Vec<String>,
    pub ids: Vec<String>,
    /// Units in one whole.
    pub scale: i128,
    pub expect: Value,
}

pub fn all() -> Vec<Case> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden/loops.json");
    let text = std::fs::read_to_string(path).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    file["cases"].as_array().unwrap().iter().map(Case::new).collect()
}

impl Case {
    fn new(case: &Value) -> Self {
        let edges = case["edges"].as_array().unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_string();
        let mut parties: Vec<String> = Vec::new();
        let listed = case["parties"].as_array().into_iter().flatten().map(text);
        for name in edges.iter().flat_map(|edge| [text(&edge["payer"]), text(&edge["payee"])]).chain(listed) {
            if !parties.contains(&name) {
                parties.push(name);
            }
        }
        parties.sort();
        let index = |name: &str| parties.iter().position(|party| party == name).unwrap();
        let outside: BTreeMap<String, Value> =
            serde_json::from_value(case.get("outside").cloned().unwrap_or(Value::Object(Default::default())))
                .unwrap();
        let amounts = edges.iter().map(|edge| text(&edge["amount"]));
        let declared = outside.values().flat_map(|sides| sides.as_object().unwrap().values().map(text));
        let digits = amounts.chain(declared).map(|amount| amount.split('.').nth(1).map_or(0, str::len)).max();
        let scale = 10_i128.pow(digits.unwrap_or(0) as u32);
        let network = edges
            .iter()
            .map(|edge| Edge {
                payer: index(edge["payer"].as_str().unwrap()) as u32,
                payee: index(edge["payee"].as_str().unwrap()) as u32,
                amount: units(edge["amount"].as_str().unwrap(), scale),
                day: edge.get("date").map(|day| day.as_i64().unwrap() as i32),
            })
            .collect();
        let mut flows = Outside::none(parties.len());
        for (party, sides) in &outside {
            let side =
                |name: &str| sides.get(name).map_or(0, |amount| units(amount.as_str().unwrap(), scale));
            flows.inflow[index(party)] = side("in");
            flows.outflow[index(party)] = side("out");
        }
        Self {
            name: text(&case["name"]),
            network: Network::new(parties.len(), network).unwrap(),
            outside: flows,
            ids: edges.iter().map(|edge| text(&edge["id"])).collect(),
            parties,
            scale,
            expect: case["expect"].clone(),
        }
    }

    pub fn party(&self, name: &str) -> usize {
        self.parties.iter().position(|party| party == name).unwrap()
    }

    pub fn edge(&self, id: &str) -> usize {
        self.ids.iter().position(|edge| edge == id).unwrap()
    }

    /// An exact amount of the file, in units.
    pub fn units(&self, value: &Value) -> i128 {
        units(exact(value), self.scale)
    }

    /// An amount of ours in wholes.
    pub fn wholes(&self, units: f64) -> f64 {
        units / self.scale as f64
    }

    /// Names of edges.
    pub fn named(&self, edges: &[u32]) -> Vec<String> {
        edges.iter().map(|edge| self.ids[*edge as usize].clone()).collect()
    }

    pub fn close(&self, what: &str, ours: f64, expected: &Value) {
        let approx = expected["approx"].as_f64().unwrap();
        self.near(what, ours, approx);
    }

    pub fn near(&self, what: &str, ours: f64, expected: f64) {
        let error = (ours - expected).abs();
        assert!(
            error <= 1e-10 * expected.abs().max(1.0),
            "{}: {what} is {ours}, expected {expected}",
            self.name
        );
    }
}

fn exact(value: &Value) -> &str {
    value.as_str().or_else(|| value["exact"].as_str()).unwrap()
}

/// `"1.25"`, `"5/4"` or `"3"` in units of `1 / scale`.
pub fn units(text: &str, scale: i128) -> i128 {
    let (top, bottom) = fraction(text);
    assert_eq!(top * scale % bottom, 0, "{text} is not a whole number of units");
    top * scale / bottom
}

fn fraction(text: &str) -> (i128, i128) {
    if let Some((top, bottom)) = text.split_once('/') {
        return (top.parse().unwrap(), bottom.parse().unwrap());
    }
    match text.split_once('.') {
        Some((whole, part)) => (format!("{whole}{part}").parse().unwrap(), 10_i128.pow(part.len() as u32)),
        None => (text.parse().unwrap(), 1),
    }
}

/// `"-135/2"` as a float.
pub fn float(text: &str) -> f64 {
    text.split_once('/').map_or_else(
        || text.parse().unwrap(),
        |(top, bottom)| top.parse::<f64>().unwrap() / bottom.parse::<f64>().unwrap(),
    )
}
