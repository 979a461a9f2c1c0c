//! What a scenario presumes and comes to at the end, drivers at their medians: the numbers that published forecasts
//! are told in.

use abilene_ledger::RuleName;
use abilene_outlook::{Driver, Series};

use super::run::Prepared;
use super::types::ImpliedRow;

/// Capacity, what it needs, what is in sight, and what building it costs.
pub(super) fn implied(prepared: &Prepared, seed: u64) -> Vec<ImpliedRow> {
    let medians = prepared.model.medians();
    let mut rows = Vec::new();
    let unit = &prepared.scale.unit;
    prepared.model.view_values(0, &medians, prepared.model.luck(seed, 0), &mut |view| {
        let Some(last) = view.quarters.last() else { return };
        let at = |series: Series| last[series.at()];
        let per_gw_year = medians[Driver::RevenuePerGwYear.at()];
        let opening: f64 = prepared.case.world.parties.iter().map(|party| party.opening_gw).sum();
        let years = view.quarters.len() as f64 / 4.0;
        let cost = prepared.merged.rule(RuleName::CostPerGw) * medians[Driver::CostLevel.at()];
        let (capacity, sight) = (at(Series::Capacity), at(Series::Spending));
        let needed = per_gw_year * capacity;
        let mut row = |what: &str, value: f64, unit: String, how: &str| {
            rows.push(ImpliedRow { what: what.into(), value, unit, how: how.into() });
        };
        row("capacity in service for end customers", capacity, "GW".into(), "at the end of the run");
        row("revenue that it needs", needed, format!("{unit} a year"), "capacity times revenue per GW-year");
        row("revenue in sight", sight, format!("{unit} a year"), "what end customers want to spend");
        row(
            "revenue missing",
            needed - sight,
            format!("{unit} a year"),
            "needed less in sight; below 0: a shortage of capacity",
        );
        row(
            "shortage",
            at(Series::Shortage) * 100.0,
            "%".into(),
            "of what customers want that capacity cannot serve",
        );
        row("what a GW costs", cost, unit.clone(), "at the start");
        row(
            "building",
            (capacity - opening) * cost / years,
            format!("{unit} a year"),
            "added capacity times that cost, a year",
        );
    });
    rows
}
