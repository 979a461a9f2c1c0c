//! docs/triangle-outlook.md, worked out by hand, against the engine: the numbers are read from the page.

use std::collections::BTreeMap;
use std::fs;

use abilene::Ask;
use abilene::outlook::{OutlookPlan, Prepared, Replay, outlook, replay};

use crate::case;

/// The last digit of the page.
const DIGIT: f64 = 1e-4;

/// By party, a row for each quarter: its name, and numbers by the heads of the columns.
type Table = Vec<(String, BTreeMap<String, f64>)>;

fn by_hand() -> BTreeMap<String, Table> {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/triangle-outlook.md");
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    let mut head: Vec<String> = Vec::new();
    for line in fs::read_to_string(page).unwrap().lines() {
        let cells: Vec<String> =
            line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        match cells[0].as_str() {
            "Lumen" | "Cirrus" | "Vega" => head = cells,
            quarter if quarter.starts_with("20") && quarter.contains('Q') => {
                let numbers =
                    head[1..].iter().cloned().zip(cells[1..].iter().map(|cell| cell.parse().unwrap()));
                tables
                    .entry(head[0].to_lowercase())
                    .or_default()
                    .push((quarter.to_owned(), numbers.collect()));
            }
            _ => {}
        }
    }
    tables
}

fn by_engine() -> Replay {
    let loaded = case("triangle");
    let ask = Ask::of(&loaded.book);
    let plan = OutlookPlan::of(&ask).unwrap();
    let prepared = Prepared::of(&ask, &plan.scenario, plan.to).unwrap();
    assert_eq!(prepared.model.free(), [], "all is pinned");
    replay(&prepared, plan.seed, 0)
}

fn near(place: &str, found: f64, expected: f64) {
    assert!((found - expected).abs() < 0.51 * DIGIT, "{place}: by hand {expected}; by the engine {found}");
}

#[test]
fn the_page_and_the_engine_agree_to_its_last_digit() {
    let (tables, told) = (by_hand(), by_engine());
    assert_eq!(tables.values().map(Vec::len).collect::<Vec<_>>(), [8, 8, 8]);
    for (party, rows) in &tables {
        for ((quarter, row), found) in rows.iter().zip(&told.quarters) {
            assert_eq!(*quarter, found.quarter);
            let flow = |kind: &str, party: &str| -> f64 {
                let at = found.flows.columns.iter().position(|column| column == party).unwrap();
                let row = found.flows.rows.iter().find(|(name, _)| name == kind);
                row.map_or(0.0, |(_, values)| values[at])
            };
            let stock = |what: &str| -> f64 {
                let at = found.balance.columns.iter().position(|column| column == party).unwrap();
                found.balance.rows.iter().find(|(name, _)| name == what).unwrap().1[at]
            };
            for (column, expected) in row {
                let value = match column.as_str() {
                    "customers pay" => flow("sales", party),
                    "other business" => flow("other business", party),
                    "running costs" => -flow("running costs", party),
                    "pays Cirrus" | "Lumen pays" => -flow("capacity contract", "lumen"),
                    "pays Vega" | "Cirrus pays" => -flow("goods purchase", "cirrus"),
                    "owes Cirrus" => -flow("capacity contract", "lumen") - stock("arrears it owes"),
                    "owes Vega" => -flow("goods purchase", "cirrus") - stock("arrears it owes"),
                    "left for rent" => stock("cash") - flow("capacity contract", "lumen"),
                    "left for chips" => stock("cash") - flow("goods purchase", "cirrus"),
                    "arrears" => -stock("arrears it owes"),
                    "cash" => stock("cash"),
                    other => panic!("no column {other} is known"),
                };
                near(&format!("{party} {quarter} {column}"), value, *expected);
            }
        }
    }
}

#[test]
fn every_path_of_the_base_is_the_one_by_hand() {
    let loaded = case("triangle");
    let ask = Ask::of(&loaded.book);
    let plan = OutlookPlan { paths: 64, ..OutlookPlan::of(&ask).unwrap() };
    let found = outlook(&ask, &plan, &mut |_| std::ops::ControlFlow::Continue(())).unwrap();
    let certain: Vec<&str> = found.odds.iter().filter(|row| row.part == 1.0).map(|row| row.outcome).collect();
    assert_eq!(certain, [by_engine().outcome]);
    let first = found.parties.iter().find(|party| party.first == 1.0).unwrap();
    assert_eq!((first.party.as_str(), first.first_when.as_deref()), ("lumen", Some("2028Q3")));
    let rates: Vec<(Option<&str>, &str)> =
        found.cascade.iter().map(|edge| (edge.cause.as_deref(), edge.failed.as_str())).collect();
    assert!(rates.contains(&(None, "lumen")) && rates.contains(&(Some("lumen"), "cirrus")), "{rates:?}");
    for fan in &found.cash {
        // Quantiles of fans are within 1/32 of the true ones, on either side.
        let narrow = |quarter: &[f64; 5]| quarter[4] - quarter[0] <= quarter[4].abs() / 15.0 + 1e-9;
        assert!(fan.quantiles.iter().all(narrow), "{}", fan.name);
    }
    assert!(found.decides.iter().all(|row| row.inputs.is_empty() && row.reason.is_some()), "nothing varies");
}
