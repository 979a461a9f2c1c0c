//! Which assumption decides: Sobol indices, the box in which nobody fails, and where odds turn.

use abilene_outlook::breakeven::BreakEven;
use abilene_outlook::prim::{Found, Peeling, find};
use abilene_outlook::{Driver, Model, Outcome, PathRow};

use super::OutlookPlan;
use super::run::Prepared;
use super::types::{BreakEvenRow, DecidesRow, IndexRow};
use crate::money::{number, percent};

/// Rows of paths that are kept for the box and the told paths, whatever the number of paths.
pub(super) const KEPT: usize = 65_536;
/// Points of the design of the indices.
const POINTS: u64 = 2_048;
/// Paths at each step of the search for a break-even.
const STEP_PATHS: u64 = 1_024;

/// A number of a path.
type Measure = dyn Fn(&PathRow) -> f64 + Sync;

fn stands(row: &PathRow) -> f64 {
    f64::from(u8::from(row.defaults == 0))
}

fn bridged(row: &PathRow) -> f64 {
    f64::from(u8::from(row.outcome == Outcome::Bridge))
}

/// Indices of every free driver and of luck on five numbers of a path.
pub(super) fn indices(prepared: &Prepared, plan: &OutlookPlan) -> Vec<DecidesRow> {
    let lost = |row: &PathRow| row.losses_core + row.losses_outside;
    let questions: [(&str, &Measure); 5] = [
        ("does nobody fail?", &stands),
        ("is it a bridge?", &bridged),
        ("how much of what was scheduled is served?", &|row: &PathRow| row.inputs.served),
        ("how large is the gap, added up?", &|row: &PathRow| row.gap),
        ("how much is written off?", &lost),
    ];
    let outputs = prepared.model.sensitivity(plan.seed, POINTS, &[], &questions);
    outputs
        .into_iter()
        .map(|output| {
            let mut inputs: Vec<IndexRow> = output
                .inputs
                .iter()
                .map(|input| IndexRow {
                    name: input.name.clone(),
                    meaning: meaning(&input.name),
                    first: input.first.value,
                    total: input.total.value,
                    interval: input.total.interval,
                    told_from_zero: input.total.distinct_from_zero,
                })
                .collect();
            inputs.sort_by(|a, b| b.total.total_cmp(&a.total));
            DecidesRow { question: output.name, mean: output.mean, inputs, reason: output.reason }
        })
        .collect()
}

/// What a driver means, for people who do not know its name.
fn meaning(name: &str) -> String {
    let luck = "All chance inside a path: noise, slips, shares.";
    Driver::named(name).map_or(luck, Driver::meaning).to_owned()
}

/// The box of assumptions within which nobody fails, in one sentence.
pub(super) fn safe_box(prepared: &Prepared, plan: &OutlookPlan, rows: &[PathRow]) -> Option<String> {
    let free = prepared.model.free();
    let hits: Vec<bool> = rows.iter().map(|row| row.defaults == 0).collect();
    let base = hits.iter().filter(|hit| **hit).count() as f64 / hits.len().max(1) as f64;
    let values: Vec<_> = rows.iter().map(|row| prepared.model.values(plan.seed, row.path)).collect();
    let column = |driver: &Driver| values.iter().map(|values| values[driver.at()]).collect::<Vec<f64>>();
    let inputs: Vec<Vec<f64>> = free.iter().map(column).collect();
    // Twice the odds at large, and at least four paths of five where that can be had.
    for density in [0.8, (2.0 * base).min(0.75)] {
        if density > base
            && let Some(found) = find(&inputs, &hits, &Peeling { density, ..Peeling::default() })
        {
            return Some(told(&free, &found, base));
        }
    }
    None
}

fn told(free: &[Driver], found: &Found, base: f64) -> String {
    let limit = |limit: &abilene_outlook::prim::Limit| {
        let driver = free[limit.input];
        let bounds: Vec<String> = [("above", limit.low), ("below", limit.high)]
            .iter()
            .filter_map(|(word, bound)| bound.map(|bound| format!("{word} {}", short(bound))))
            .collect();
        format!("{} is {} {}", driver.name(), bounds.join(" and "), driver.unit()).trim().to_owned()
    };
    let limits: Vec<String> = found.limits.iter().map(limit).collect();
    format!(
        "Nobody fails in {} of the paths in which {}, against {} of all; these hold {} of the paths in which nobody fails.",
        percent(found.density),
        limits.join(", and "),
        percent(base),
        percent(found.coverage),
    )
}

/// Three digits that matter.
pub(super) fn short(value: f64) -> String {
    let places = match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 3,
    };
    format!("{value:.places$}")
}

/// Where the odds turn: by the spending of 2030, and by the driver that decides most.
pub(super) fn break_even(
    prepared: &Prepared,
    plan: &OutlookPlan,
    decides: &[DecidesRow],
) -> Vec<BreakEvenRow> {
    let free = prepared.model.free();
    let strongest =
        decides.first().and_then(|row| row.inputs.first()).and_then(|input| Driver::named(&input.name));
    let mut asked = vec![(Driver::Demand2030, (50.0, 10_000.0))];
    asked.extend(
        strongest
            .filter(|driver| *driver != Driver::Demand2030)
            .map(|driver| (driver, ends(prepared, driver))),
    );
    let questions: [(&str, &Measure); 2] =
        [("nobody fails in half of the paths", &stands), ("half of the paths are a bridge", &bridged)];
    let known =
        asked.into_iter().filter(|(driver, (low, high))| free.contains(driver) && 0.0 < *low && low < high);
    known
        .flat_map(|(driver, range)| {
            questions.map(|(question, measure)| BreakEvenRow {
                driver: driver.name().to_owned(),
                unit: driver.unit().to_owned(),
                question: question.to_owned(),
                answer: answer(driver, range, on_grid(&prepared.model, plan.seed, driver, range, measure)),
            })
        })
        .collect()
}

/// The ends of a driver's range as told.
fn ends(prepared: &Prepared, driver: Driver) -> (f64, f64) {
    let told = prepared.merged.drivers.iter().find(|range| range.name.value.text() == driver.name());
    let numbers = told.and_then(|range| range.numbers()).unwrap_or_default();
    match (numbers.first(), numbers.last()) {
        (Some(low), Some(high)) => (number(*low).max(1e-3), number(*high)),
        _ => (0.0, 0.0),
    }
}

/// The search is over the logarithm, rounded to a thousandth: beyond that the paths say nothing.
fn on_grid(
    model: &Model,
    seed: u64,
    driver: Driver,
    range: (f64, f64),
    measure: &dyn Fn(&PathRow) -> f64,
) -> BreakEven {
    let mut known: Vec<(i64, f64)> = Vec::new();
    let mut design = abilene_outlook::Design {
        values: (0..STEP_PATHS).map(|path| model.values(seed, path)).collect(),
        luck: (0..STEP_PATHS).map(|path| model.luck(seed, path)).collect(),
    };
    let response = |log: f64| {
        let key = (log * 1000.0).round() as i64;
        if let Some((_, y)) = known.iter().find(|(at, _)| *at == key) {
            return *y;
        }
        let value = libm::exp(key as f64 / 1000.0);
        design.values.iter_mut().for_each(|values| values[driver.at()] = value);
        let rows = model.run_values(&design);
        let y = rows.iter().map(measure).sum::<f64>() / STEP_PATHS as f64;
        known.push((key, y));
        y
    };
    abilene_outlook::breakeven::solve(response, 0.5, (libm::log(range.0), libm::log(range.1)))
}

fn answer(driver: Driver, range: (f64, f64), found: BreakEven) -> String {
    let (name, unit) = (driver.name(), driver.unit());
    let (low, high) = (short(range.0), short(range.1));
    match found {
        BreakEven::At(crossings) => {
            let told = |one: &abilene_outlook::breakeven::Crossing| {
                let side = if one.rising { "above" } else { "below" };
                format!("{side} {}", short(libm::exp(one.value)))
            };
            let told: Vec<String> = crossings.iter().map(told).collect();
            format!("{name} {} {unit}", told.join(", and ")).trim().to_owned()
        }
        BreakEven::MetEverywhere => format!("at every {name} from {low} to {high} {unit}").trim().to_owned(),
        BreakEven::BelowEverywhere => format!("at no {name} from {low} to {high} {unit}").trim().to_owned(),
    }
}
