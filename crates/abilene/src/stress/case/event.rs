//! One shock cleared at the central values and over the ranges.

use abilene_clearing::NetworkError;

use super::base::{Base, Run};
use super::levers::{LEVERS, Levels, Lever, LeverRange};
use super::shock::Shock;

/// What a shock does, in numbers by member.
pub(super) struct Outcome {
    pub central: Run,
    pub lost: Vec<f64>,
    pub lost_outside: f64,
    /// At both ends of each lever alone.
    pub ends: Vec<(Lever, [Point; 2])>,
}

/// Failures and losses at one setting of the levers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Point {
    pub fails: Vec<bool>,
    /// Who fails without the shock as well.
    pub fails_anyway: Vec<bool>,
    pub lost: f64,
}

/// The levers at certain values, and the unshocked web cleared there.
pub(super) struct Setting {
    levels: Levels,
    calm: Run,
}

impl Setting {
    pub fn of(base: &Base, levels: Levels) -> Result<Setting, NetworkError> {
        Ok(Setting { levels, calm: base.run(&levels, &[])? })
    }

    /// Failures and losses of a shock.
    pub fn point(&self, base: &Base, shocks: &[Shock]) -> Result<Point, NetworkError> {
        let run = base.run(&self.levels, shocks)?;
        let failing = |run: &Run| (0..base.members.len()).map(|at| run.fails(at)).collect();
        Ok(Point {
            fails: failing(&run),
            fails_anyway: failing(&self.calm),
            lost: lost(&self.calm, &run).iter().sum(),
        })
    }
}

/// The centre, and each lever alone at its ends.
pub(super) struct Settings {
    centre: Setting,
    ends: Vec<(Lever, [Setting; 2])>,
}

impl Settings {
    pub fn of(base: &Base) -> Result<Settings, NetworkError> {
        let central = Levels::central();
        let end = |range: &LeverRange, value: f64| Setting::of(base, central.with(range.lever, value));
        let ends =
            LEVERS.iter().map(|range| Ok((range.lever, [end(range, range.low)?, end(range, range.high)?])));
        Ok(Settings { centre: Setting::of(base, central)?, ends: ends.collect::<Result<_, NetworkError>>()? })
    }

    /// Clears the shock at the centre and with each lever alone at its ends.
    pub fn outcome(&self, base: &Base, shocks: &[Shock]) -> Result<Outcome, NetworkError> {
        let (calm, central) = (&self.centre.calm, base.run(&self.centre.levels, shocks)?);
        let ends = self
            .ends
            .iter()
            .map(|(lever, [low, high])| Ok((*lever, [low.point(base, shocks)?, high.point(base, shocks)?])));
        Ok(Outcome {
            lost: lost(calm, &central),
            lost_outside: calm.greatest.clearing.outside_receipts
                - central.greatest.clearing.outside_receipts,
            ends: ends.collect::<Result<_, NetworkError>>()?,
            central,
        })
    }
}

/// How much less each receives from others than in the web without the shock.
fn lost(calm: &Run, run: &Run) -> Vec<f64> {
    let receipts = calm.greatest.clearing.receipts.iter().zip(&run.greatest.clearing.receipts);
    receipts.map(|(before, after)| (before - after).max(0.0)).collect()
}

impl Outcome {
    pub fn total_lost(&self) -> f64 {
        self.lost.iter().sum()
    }

    /// How many failures a lever alone flips, and by how much it moves losses at most.
    pub fn moved_by(&self, lever: Lever) -> (usize, f64) {
        let total = self.total_lost();
        let ends = self.ends.iter().filter(|(of, _)| *of == lever).flat_map(|(_, ends)| ends);
        ends.fold((0, 0.0), |(flips, moves), point| {
            let flipped =
                (0..point.fails.len()).filter(|at| point.fails[*at] != self.central.fails(*at)).count();
            (flips + flipped, f64::max(moves, (point.lost - total).abs()))
        })
    }

    /// The levers that flip a member's failure, each alone.
    pub fn flips(&self, member: usize) -> Vec<&'static str> {
        let flips =
            |ends: &[Point; 2]| ends.iter().any(|end| end.fails[member] != self.central.fails(member));
        let levers = self.ends.iter().filter(|(_, ends)| flips(ends));
        levers.map(|(lever, _)| LEVERS[*lever as usize].name).collect()
    }
}
