//! The exact cases in time.

use crate::case::{self, Case};
use abilene_loops::temporal::{self, Chaining, DayOrder, TemporalBounds};
use serde_json::Value;
use std::collections::BTreeSet;

fn each(field: &str, check: impl Fn(&Case, &Value, &Value)) {
    let mut seen = 0;
    for case in case::all() {
        let sets = case.expect.get("temporal").and_then(|temporal| temporal.get(field));
        for expect in sets.and_then(Value::as_object).into_iter().flat_map(|sets| sets.values()) {
            check(&case, &expect["params"], expect);
            seen += 1;
        }
    }
    assert!(seen > 0);
}

fn chaining(params: &Value) -> Chaining {
    match params.get("strict").and_then(Value::as_bool) {
        Some(false) => Chaining::SameDay,
        _ => Chaining::EarlierDays,
    }
}

fn party(case: &Case, params: &Value) -> usize {
    case.party(params["v"].as_str().unwrap())
}

#[test]
fn loops_in_time() {
    each("cycles", |case, params, expect| {
        let bounds = TemporalBounds {
            same_day: chaining(params),
            window_days: params.get("window").map(|days| days.as_i64().unwrap() as i32),
            ..TemporalBounds::default()
        };
        let ours = temporal::loops(&case.network, &bounds);
        assert!(ours.complete);
        let found: Vec<Vec<String>> =
            ours.loops.iter().map(|found| case.named(&found.steps.concat())).collect();
        let expected: BTreeSet<Vec<String>> = serde_json::from_value(expect["cycles"].clone()).unwrap();
        assert_eq!(found.len(), expected.len(), "{}: {found:?}", case.name);
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected, "{}", case.name);
    });
}

#[test]
fn tracing_with_accounts() {
    each("round_trip", |case, params, expect| {
        let mut opening = vec![0; case.parties.len()];
        for (name, balance) in params.get("opening").and_then(Value::as_object).into_iter().flatten() {
            opening[case.party(name)] = i128::from(balance.as_i64().unwrap()) * case.scale;
        }
        let order = match params["mode"].as_str().unwrap() {
            "batch" => DayOrder::Batch,
            _ => DayOrder::Sequence,
        };
        let party = party(case, params);
        let ours = temporal::returned(&case.network, &opening, order)[party];
        assert_eq!(ours, temporal::returned_to(&case.network, &opening, order, party as u32));
        case.close("returned", case.wholes(ours.returned), &expect["amount"]);
        assert_eq!(ours.receipts, case.units(&expect["receipts"]), "{}", case.name);
        assert_eq!(ours.outlay, case.units(&expect["outlay"]), "{}", case.name);
        case.close("share", ours.share_of_receipts.unwrap_or(0.0), &expect["share_of_receipts"]);
    });
}

#[test]
fn most_in_time() {
    each("max_return", |case, params, expect| {
        let party = party(case, params) as u32;
        let ours = temporal::most_returned(&case.network, party, chaining(params));
        assert_eq!(ours, case.units(&expect["amount"]), "{}", case.name);
        let undated = abilene_loops::tracing::bounds(&case.network, &case.outside, party);
        assert!(ours <= undated.1, "{}", case.name);
    });
}
