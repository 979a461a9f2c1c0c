//! All golden worlds to 1e-9, and what must hold on each.

use abilene_outlook::{
    Demand, Distribution, Driver, Model, Outcome, OutcomeInputs, OutcomeRule, Party, Scenario, Series, Site,
    Trace, World,
};
use serde_json::Value;

use crate::golden::{file, numbers, world};

pub fn pinned(values: &[(Driver, f64)]) -> Vec<(Driver, Distribution)> {
    values.iter().map(|(driver, value)| (*driver, Distribution::Pinned { value: *value })).collect()
}

pub fn run(golden: &Value) -> (Model, Trace) {
    let (world, shocks, haircut) = world(golden);
    run_world(&world, shocks, haircut)
}

fn run_world(world: &World, shocks: Vec<abilene_outlook::Shock>, haircut: f64) -> (Model, Trace) {
    let scenario = Scenario { shocks, drivers: pinned(&[(Driver::Haircut, haircut)]), ..Scenario::default() };
    let model = Model::new(world, &scenario).unwrap();
    let trace = model.trace(1, 0);
    (model, trace)
}

fn near(place: &str, found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-9, "{place}: expected {expected}; found {found}");
}

fn series(place: &str, found: &[f64], expected: &Value) {
    let expected = numbers(expected);
    assert_eq!(found.len(), expected.len(), "{place}");
    for (at, (found, expected)) in found.iter().zip(&expected).enumerate() {
        near(&format!("{place}[{at}]"), *found, *expected);
    }
}

#[test]
fn golden_worlds() {
    for golden in file("outlook")["worlds"].as_array().unwrap() {
        let id = golden["id"].as_str().unwrap();
        let expected = &golden["expected"];
        let (model, trace) = run(golden);
        let world = model.world();
        for (at, party) in world.parties.iter().enumerate() {
            let of = |what: fn(&abilene_outlook::PartyState) -> f64| {
                trace.quarters.iter().map(move |quarter| what(&quarter.parties[at])).collect::<Vec<f64>>()
            };
            let cash: Vec<f64> = std::iter::once(party.cash).chain(of(|p| p.cash)).collect();
            series(&format!("{id} cash {}", party.id), &cash, &expected["cash"][&party.id]);
            if let Some(debt) = expected["debt"].get(&party.id) {
                let found: Vec<f64> = std::iter::once(party.debt).chain(of(|p| p.debt)).collect();
                series(&format!("{id} debt"), &found, debt);
                series(
                    &format!("{id} facility"),
                    &of(|p| p.drawn_facility),
                    &expected["drawn_facility"][&party.id],
                );
                series(&format!("{id} drawn"), &of(|p| p.drawn_debt), &expected["drawn_debt"][&party.id]);
            }
        }
        sectors(id, &model, &trace, expected);
        for (at, site) in world.sites.iter().enumerate() {
            let found: Vec<f64> = trace.quarters.iter().map(|quarter| quarter.in_service_gw[at]).collect();
            series(&format!("{id} {}", site.id), &found, &expected["in_service_gw"][&site.id]);
        }
        for (at, leg) in world.legs.iter().enumerate() {
            near(
                &format!("{id} {} committed", leg.id),
                trace.committed[at],
                expected["committed"][&leg.id].as_f64().unwrap(),
            );
            let of = |what: fn(&abilene_outlook::LegState) -> f64| {
                trace.quarters.iter().map(|quarter| what(&quarter.legs[at])).collect::<Vec<f64>>()
            };
            let leg_expected = &expected["legs"][&leg.id];
            let place = format!("{id} {}", leg.id);
            series(&format!("{place} due"), &of(|l| l.due), &leg_expected["due"]);
            series(&format!("{place} paid"), &of(|l| l.paid), &leg_expected["paid"]);
            series(&format!("{place} arrears"), &of(|l| l.arrears), &leg_expected["arrears"]);
            series(&format!("{place} cancelled"), &of(|l| l.cancelled), &leg_expected["cancelled"]);
            series(&format!("{place} to come"), &of(|l| l.to_come), &leg_expected["to_come"]);
        }
        let events: Vec<(u64, &str)> = trace
            .events
            .iter()
            .map(|e| (u64::from(e.quarter), world.parties[e.party as usize].id.as_str()))
            .collect();
        let wanted: Vec<(u64, &str)> = expected["events"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| (e["quarter"].as_u64().unwrap(), e["party"].as_str().unwrap()))
            .collect();
        assert_eq!(events, wanted, "{id}");
        let row = &trace.row;
        let totals = &expected["totals"];
        near(&format!("{id} paid"), row.paid, totals["core_paid"].as_f64().unwrap());
        near(&format!("{id} due"), row.due, totals["core_due_fallen"].as_f64().unwrap());
        near(
            &format!("{id} scheduled"),
            row.scheduled,
            totals["core_scheduled_to_horizon"].as_f64().unwrap(),
        );
        near(&format!("{id} served"), row.inputs.served, expected["served_of_scheduled"].as_f64().unwrap());
        near(&format!("{id} of due"), row.served_of_due, expected["served_of_fallen_due"].as_f64().unwrap());
    }
}

fn sectors(id: &str, model: &Model, trace: &Trace, expected: &Value) {
    let parties = model.world().parties.len();
    for (at, sector) in ["customers", "markets", "suppliers"].iter().enumerate() {
        let Some(wanted) = expected["sector_cash"].get(sector) else { continue };
        let mut cash = vec![0.0];
        for quarter in 1..=model.world().quarters {
            let matrix = model.matrix(trace, quarter as u32).unwrap();
            cash.push(cash[quarter - 1] - matrix.rows.last().unwrap().1[parties + at]);
        }
        series(&format!("{id} {sector}"), &cash, wanted);
    }
}

#[test]
fn flow_matrices() {
    let golden = file("outlook");
    for wanted in golden["flow_matrix"].as_array().unwrap() {
        let world = golden["worlds"].as_array().unwrap().iter().find(|w| w["id"] == wanted["world"]).unwrap();
        let (model, trace) = run(world);
        let matrix = model.matrix(&trace, wanted["quarter"].as_u64().unwrap() as u32).unwrap();
        let columns: Vec<&str> =
            wanted["columns"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
        assert_eq!(matrix.columns, columns);
        assert_eq!(matrix.rows.len(), wanted["rows"].as_object().unwrap().len());
        for (name, row) in &matrix.rows {
            series(name, row, &wanted["rows"][name]);
            assert!(row.iter().sum::<f64>().abs() < 1e-9);
        }
    }
}

#[test]
fn pairs_without_vendor_finance() {
    let golden = file("outlook");
    let find = |id: &Value| golden["worlds"].as_array().unwrap().iter().find(|w| w["id"] == *id).unwrap();
    for pair in golden["paired"].as_array().unwrap() {
        let (model, with) = run(find(&pair["with"]));
        let (world, shocks, haircut) = world(find(&pair["with"]));
        let (bare, without) = run_world(&world.without_vendor_finance(), shocks, haircut);
        let paid = |model: &Model, trace: &Trace| -> f64 {
            let leg = model.world().legs.iter().position(|leg| pair["leg"] == leg.id).unwrap();
            trace.quarters.iter().map(|quarter| quarter.legs[leg].paid).sum()
        };
        near("with", paid(&model, &with), pair["revenue_with"].as_f64().unwrap());
        near("without", paid(&bare, &without), pair["revenue_without"].as_f64().unwrap());
        let mut revenue = 0.0;
        model.view(1, 0, &mut |view| {
            let at = model.world().parties.iter().position(|party| pair["party"] == party.id).unwrap();
            revenue = view.revenue[at];
        });
        near("revenue", revenue, pair["revenue_with"].as_f64().unwrap());
    }
}

#[test]
fn outcome_rows() {
    for row in file("outlook")["outcome_rule"]["rows"].as_array().unwrap() {
        let number = |at: usize| row[at].as_f64().unwrap();
        let inputs = OutcomeInputs {
            defaulted: row[0].as_bool().unwrap(),
            served: number(1),
            coverage: number(2),
            losses: number(3),
            cut: 0.0,
            new_money: if row[4].as_bool().unwrap() { 0.011 } else { 0.01 },
        };
        let wanted = match row[5].as_str().unwrap() {
            "bridge" => Outcome::Bridge,
            "correction" => Outcome::Correction,
            _ => Outcome::DebtTrap,
        };
        assert_eq!(OutcomeRule::default().decide(&inputs).0, wanted, "{row}");
    }
}

#[test]
fn demand_paths() {
    for path in file("outlook")["demand_path"].as_array().unwrap() {
        let number = |key: &str| path[key].as_f64().unwrap();
        let quarters = number("quarters") as usize;
        let world = World {
            quarters,
            demand: Some(Demand { today_per_year: number("today"), horizon: quarters }),
            ..World::default()
        };
        let drivers = pinned(&[
            (Driver::Demand2030, number("demand_2030")),
            (Driver::DemandMidpoint, number("demand_midpoint_quarters")),
            (Driver::DemandShape, number("shape")),
        ]);
        let trace = Model::new(&world, &Scenario { drivers, ..Scenario::default() }).unwrap().trace(1, 0);
        let spending = trace.quarters.iter().map(|quarter| quarter.row[Series::Spending.at()]);
        let found: Vec<f64> = std::iter::once(number("today")).chain(spending).collect();
        series("log-logistic", &found, &path["log_logistic"]);
    }
}

#[test]
fn efficiency_rows() {
    for block in file("outlook")["efficiency"].as_array().unwrap() {
        let number = |key: &str| block[key].as_f64().unwrap();
        for row in block["rows"].as_array().unwrap() {
            let wanted = |key: &str| row[key].as_f64().unwrap();
            let baseline = number("baseline_per_year");
            let world = World {
                quarters: 1,
                parties: vec![Party { id: "lab".into(), market_share: 1.0, ..Party::default() }],
                sites: vec![Site { opening_gw: number("capacity_gw"), serves: true, ..Site::default() }],
                demand: Some(Demand { today_per_year: baseline, horizon: 1 }),
                ..World::default()
            };
            let shock =
                abilene_outlook::Shock::Efficiency { quarter: 1, factor: number("efficiency_over_presumed") };
            let drivers = pinned(&[
                (Driver::Demand2030, baseline),
                (Driver::Elasticity, wanted("eta")),
                (Driver::RevenuePerGwYear, number("revenue_per_gw_year")),
            ]);
            let scenario = Scenario { drivers, shocks: vec![shock], ..Scenario::default() };
            let trace = Model::new(&world, &scenario).unwrap().trace(1, 0);
            let found = |series: Series| trace.quarters[0].row[series.at()];
            near("spending", found(Series::Spending), wanted("spending_per_year"));
            near("need", found(Series::Need), wanted("need_gw"));
            near("served", found(Series::CustomersPaid), wanted("served_per_quarter"));
            near("shortage", found(Series::Shortage), wanted("shortage_share"));
            let lost = found(Series::Spending) * found(Series::Shortage);
            near("lost", lost, wanted("lost_per_year"));
            near("short", lost / number("revenue_per_gw_year"), wanted("short_gw"));
        }
    }
}
