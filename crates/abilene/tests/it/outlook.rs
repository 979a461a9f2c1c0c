//! The outlook of the real case: replays hit their figures, paths can be told again, and nothing is lost on the way.

use std::ops::ControlFlow;

use abilene::Ask;
use abilene::outlook::{OutlookAnswer, OutlookPlan, Prepared, outlook, replay};
use abilene_ledger::{Book, Loaded};

use crate::case;

fn run(loaded: &Loaded, scenario: &str, paths: u64) -> OutlookAnswer {
    let ask = Ask::of(&loaded.book);
    let plan = plan(&loaded.book, scenario, paths);
    outlook(&ask, &plan, &mut |_| ControlFlow::Continue(())).unwrap()
}

fn plan(book: &Book, scenario: &str, paths: u64) -> OutlookPlan {
    let plain = OutlookPlan::of(&Ask::of(book)).unwrap();
    OutlookPlan { scenario: scenario.into(), paths, analyses: false, ..plain }
}

fn implied(found: &OutlookAnswer, what: &str) -> f64 {
    found.implied.iter().find(|row| row.what == what).unwrap().value
}

fn near(found: f64, expected: f64, part: f64) {
    assert!((found - expected).abs() <= part * expected, "{found} is not {expected} within {part}");
}

/// Bain & Company, 2025-09-23: 200 GW, 2 tn needed, 800 bn missing, 500 bn a year of building.
#[test]
fn bains_numbers_come_out_of_the_run() {
    let found = run(&case("ai-buildout"), "bain-2025", 16);
    near(implied(&found, "capacity in service for end customers"), 200.0, 0.005);
    near(implied(&found, "revenue that it needs"), 2_000.0, 0.005);
    near(implied(&found, "revenue in sight"), 1_200.0, 1e-9);
    near(implied(&found, "revenue missing"), 800.0, 0.01);
    near(implied(&found, "what a GW costs"), 12.5, 1e-9);
    // Built in four and a half years here, where Bain has five.
    near(implied(&found, "building"), 500.0 * 5.0 / 4.5, 0.05);
}

#[test]
fn a_shortage_of_forty_percent_comes_out_of_the_run() {
    near(implied(&run(&case("ai-buildout"), "shortage-40", 16), "shortage"), 40.0, 0.01);
}

#[test]
fn fewer_servers_build_less_and_more_gpus_build_more() {
    let loaded = case("ai-buildout");
    let capacity = |scenario| implied(&run(&loaded, scenario, 16), "capacity in service for end customers");
    let (cut, base, gpu) = (capacity("servers-cut"), capacity("base"), capacity("servers-cut-gpu"));
    assert!(cut < base && base < gpu, "{cut} {base} {gpu}");
}

#[test]
fn cheaper_compute_means_more_or_less_spending_by_elasticity() {
    let loaded = case("ai-buildout");
    let sight = |scenario| implied(&run(&loaded, scenario, 16), "revenue in sight");
    let base = sight("base");
    assert!(sight("efficiency-shock") > 2.0 * base && sight("efficiency-shock-inelastic") < 0.5 * base);
}

#[test]
fn odds_add_up_and_every_assumption_says_where_it_comes_from() {
    let loaded = case("ai-buildout");
    for scenario in &loaded.book.scenarios {
        let found = run(&loaded, &scenario.id, 1_024);
        let sum: f64 = found.odds.iter().map(|row| row.part).sum();
        let decided: f64 = found.decided_by.iter().map(|row| row.part).sum();
        assert!((sum - 1.0).abs() < 1e-12 && (decided - 1.0).abs() < 1e-12, "{}", found.scenario.id);
        for row in &found.drivers {
            assert!(
                row.assumed.is_some() || !row.claims.is_empty() || !row.sources.is_empty(),
                "{}",
                row.name
            );
        }
        assert_eq!(found.quarters.len(), 18);
        assert!(found.carried > 0.9, "{}", found.carried);
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_does_not() {
    let loaded = case("ai-buildout");
    let ask = Ask::of(&loaded.book);
    let text = |seed| {
        let plan = OutlookPlan { seed, ..plan(&loaded.book, "base", 512) };
        serde_json::to_string(&outlook(&ask, &plan, &mut |_| ControlFlow::Continue(())).unwrap()).unwrap()
    };
    assert_eq!(text(1), text(1));
    assert_ne!(text(1), text(2));
}

#[test]
fn a_told_path_is_replayed_and_its_matrices_add_up_to_nothing() {
    let loaded = case("ai-buildout");
    let found = run(&loaded, "base", 1_024);
    let prepared = Prepared::of(&Ask::of(&loaded.book), "base", loaded.book.case.horizon).unwrap();
    for told in &found.told {
        let again = replay(&prepared, found.seed, told.path);
        assert_eq!(again.outcome, told.outcome);
        assert_eq!(again.quarters.len(), found.quarters.len());
        for quarter in &again.quarters {
            let rows = &quarter.flows.rows;
            for (name, values) in rows {
                assert!(values.iter().sum::<f64>().abs() < 1e-6, "{} {name}", quarter.quarter);
            }
            for column in 0..quarter.flows.columns.len() {
                let sum: f64 = rows.iter().map(|(_, values)| values[column]).sum();
                assert!(sum.abs() < 1e-6, "{} {}", quarter.quarter, quarter.flows.columns[column]);
            }
            let balance =
                |name: &str| quarter.balance.rows.iter().find(|row| row.0 == name).unwrap().1.clone();
            assert!(balance("cash").iter().all(|cash| *cash >= -1e-9), "cash is never negative");
        }
    }
}

#[test]
fn stopped_early_it_says_so() {
    let loaded = case("ai-buildout");
    let ask = Ask::of(&loaded.book);
    let plan = plan(&loaded.book, "base", 65_536);
    let found = outlook(&ask, &plan, &mut |_| ControlFlow::Break(())).unwrap();
    assert!(found.partial && found.paths > 0 && found.paths < 65_536, "{}", found.paths);
}

#[test]
fn what_cannot_be_run_is_told() {
    let loaded = case("ai-buildout");
    let ask = Ask::of(&loaded.book);
    let asked =
        |plan: OutlookPlan| outlook(&ask, &plan, &mut |_| ControlFlow::Continue(())).unwrap_err().to_string();
    assert!(asked(plan(&loaded.book, "bse", 16)).contains("did you mean `base`"));
    let without = OutlookPlan { without_deal: Some("no-such-deal".into()), ..plan(&loaded.book, "base", 16) };
    assert!(asked(without).contains("no leg of a deal `no-such-deal`"));
}

#[test]
fn without_announced_vendor_finance_a_boom_has_less_to_spend() {
    let loaded = case("ai-buildout");
    let found = run(&loaded, "boom", 1_024);
    let row = found.without_vendor_finance.as_ref().unwrap();
    assert!((row.odds.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    let dependent: f64 = found.parties.iter().filter_map(|party| party.loop_dependent).sum();
    assert!(dependent > 0.0, "{dependent}");
}
