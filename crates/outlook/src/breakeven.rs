//! From which value of a driver on? Bisection on common random numbers: the same paths at every value.

use serde::{Deserialize, Serialize};

use crate::driver::Driver;
use crate::model::Model;
use crate::path::PathRow;
use crate::run::Design;

/// Places at which a response is looked at first, to see whether it is monotone.
const SCAN: usize = 64;

/// Where a response crosses its target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BreakEven {
    /// Every crossing seen, in ascending order. More than one: the response is not monotone.
    At(Vec<Crossing>),
    /// The target is not reached within the range.
    BelowEverywhere,
    /// The target is met everywhere in the range.
    MetEverywhere,
}

/// One crossing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Crossing {
    /// The value nearest to the crossing at which the target is met.
    pub value: f64,
    /// Met above it (else below it).
    pub rising: bool,
    /// The response there.
    pub response: f64,
}

/// Where `response` is at least `target` within `range`, to the last digits. Two crossings nearer than 1/64 of the range
/// may be missed.
pub fn solve(mut response: impl FnMut(f64) -> f64, target: f64, range: (f64, f64)) -> BreakEven {
    let place = |at: usize| range.0 + (range.1 - range.0) * at as f64 / SCAN as f64;
    let scan: Vec<(f64, f64)> = (0..=SCAN).map(|at| (place(at), response(place(at)))).collect();
    let met = |y: f64| y >= target;
    let crossings: Vec<Crossing> = scan
        .windows(2)
        .filter(|pair| met(pair[0].1) != met(pair[1].1))
        .map(|pair| bisect(&mut response, target, pair[0], pair[1]))
        .collect();
    match (crossings.is_empty(), met(scan[0].1)) {
        (false, _) => BreakEven::At(crossings),
        (true, true) => BreakEven::MetEverywhere,
        (true, false) => BreakEven::BelowEverywhere,
    }
}

fn bisect(
    response: &mut impl FnMut(f64) -> f64,
    target: f64,
    mut low: (f64, f64),
    mut high: (f64, f64),
) -> Crossing {
    let rising = high.1 >= target;
    for _ in 0..200 {
        let middle = 0.5 * (low.0 + high.0);
        if middle <= low.0 || middle >= high.0 || high.0 - low.0 <= 1e-13 * high.0.abs() {
            break;
        }
        let y = response(middle);
        if (y >= target) == rising { high = (middle, y) } else { low = (middle, y) }
    }
    let (value, response) = if rising { high } else { low };
    Crossing { value, rising, response }
}

impl Model {
    /// The value of `driver` at which the mean of `measure` over paths crosses `target`; all else as in the run of this
    /// seed. Odds are the mean of 0 and 1; for a measure that should be small, give its negative.
    pub fn break_even(
        &self,
        seed: u64,
        paths: u64,
        driver: Driver,
        range: (f64, f64),
        target: f64,
        measure: &dyn Fn(&PathRow) -> f64,
    ) -> BreakEven {
        let mut design = Design {
            values: (0..paths).map(|path| self.values(seed, path)).collect(),
            luck: (0..paths).map(|path| self.luck(seed, path)).collect(),
        };
        let response = |value: f64| {
            design.values.iter_mut().for_each(|values| values[driver.at()] = value);
            let rows = self.run_values(&design);
            rows.iter().map(measure).sum::<f64>() / (paths as f64).max(1.0)
        };
        solve(response, target, range)
    }
}
