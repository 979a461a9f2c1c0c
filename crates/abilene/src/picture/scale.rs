//! Axes: a round largest value and round steps.

use serde::Serialize;

/// An axis from 0 (or a negative round value) to a round value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Axis {
    /// Lowest value.
    pub least: f64,
    /// Highest value.
    pub most: f64,
    /// Where the ticks stand.
    pub ticks: Vec<f64>,
}

/// An axis that holds all values and 0, with about four steps of 1, 2, 2.5 or 5 times a power of ten.
pub(crate) fn axis(values: impl Iterator<Item = f64> + Clone) -> Axis {
    let most = values.clone().fold(0.0, f64::max);
    let least = values.fold(0.0, f64::min);
    let step = round_step((most - least) / 4.0);
    let (low, high) = ((least / step).floor(), (most / step).ceil().max(1.0));
    let count = (high - low).round() as i32;
    Axis {
        least: low * step,
        most: high * step,
        ticks: (0..=count).map(|at| (low + f64::from(at)) * step).collect(),
    }
}

fn round_step(rough: f64) -> f64 {
    if rough <= 0.0 || !rough.is_finite() {
        return 1.0;
    }
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|step| step * power >= rough * (1.0 - 1e-9));
    step.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::axis;

    #[test]
    fn ticks_are_round_and_hold_all_values() {
        for (values, most, ticks) in [
            (vec![1.0, 97.0], 100.0, vec![0.0, 25.0, 50.0, 75.0, 100.0]),
            (vec![0.0], 1.0, vec![0.0, 1.0]),
            (vec![528.0, 3.0], 600.0, vec![0.0, 200.0, 400.0, 600.0]),
            (vec![0.3], 0.3, vec![0.0, 0.1, 0.2, 0.3]),
        ] {
            let found = axis(values.into_iter());
            assert!((found.most - most).abs() < 1e-9, "{found:?}");
            assert_eq!(found.ticks.len(), ticks.len(), "{found:?}");
        }
        assert!(axis([-40.0, 90.0].into_iter()).least <= -40.0);
    }
}
