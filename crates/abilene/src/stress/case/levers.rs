//! The assumptions that move a stress test, and the ranges within which nobody can say.

use abilene_flows::Item;
use serde::Serialize;

/// An assumption that applies to the whole web.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lever {
    /// Part of the announced purchases that falls due.
    AnnouncedPurchases,
    /// Part of the announced funding that is paid.
    AnnouncedFunding,
    /// Of dues on assumed dates, how much falls into the horizon.
    Pace,
    /// Revenue from outside against the latest reported rate.
    Revenue,
    /// Running costs against the latest reported ones.
    Costs,
    /// Part of the debt falling due that lenders renew.
    Renewal,
    /// Part of credit lines that can be drawn.
    Facilities,
    /// Cash of those who report none, against their kind.
    UnreportedCash,
    /// Debt of those who report none, against their kind.
    UnreportedDebt,
    /// Part of a defaulter's means that the default destroys.
    DefaultCosts,
}

/// A lever with the range it is tried over.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LeverRange {
    /// Which.
    #[serde(skip)]
    pub lever: Lever,
    /// What it is.
    pub name: &'static str,
    /// Lowest value tried.
    pub low: f64,
    /// The value of the leading answer.
    pub central: f64,
    /// Highest value tried.
    pub high: f64,
    /// Where the range comes from.
    pub reason: &'static str,
}

const fn range(
    lever: Lever,
    name: &'static str,
    [low, central, high]: [f64; 3],
    reason: &'static str,
) -> LeverRange {
    LeverRange { lever, name, low, central, high, reason }
}

/// All levers, in the order of [`Lever`].
pub const LEVERS: [LeverRange; 10] = [
    range(
        Lever::AnnouncedPurchases,
        "announced purchases that fall due",
        [0.0, 0.0, 1.0],
        "the ledger says what is announced; whether it binds is open",
    ),
    range(
        Lever::AnnouncedFunding,
        "announced funding that is paid",
        [0.0, 0.0, 1.0],
        "the ledger says what is announced; whether it binds is open",
    ),
    range(
        Lever::Pace,
        "pace of dues on assumed dates",
        [0.75, 1.0, 1.25],
        "judgement: a quarter of it may fall before or after the horizon",
    ),
    range(
        Lever::Revenue,
        "revenue from outside, against the latest rate",
        [0.8, 1.0, 1.5],
        "judgement: a recession against half again as much",
    ),
    range(
        Lever::Costs,
        "running costs, against the latest ones",
        [0.9, 1.0, 1.1],
        "judgement: a tenth less or more",
    ),
    range(
        Lever::Renewal,
        "debt falling due that is renewed",
        [0.0, 1.0, 1.0],
        "judgement: open or shut markets; a seventh of debt is taken to fall due in a year",
    ),
    range(
        Lever::Facilities,
        "credit lines that can be drawn",
        [0.0, 1.0, 1.0],
        "nobody reports what is drawn: all or none",
    ),
    range(
        Lever::UnreportedCash,
        "cash of those who report none, against their kind",
        [0.5, 1.0, 2.0],
        "judgement: half or twice the median of their kind",
    ),
    range(
        Lever::UnreportedDebt,
        "debt of those who report none, against their kind",
        [0.5, 1.0, 2.0],
        "judgement: half or twice the median of their kind",
    ),
    range(
        Lever::DefaultCosts,
        "means that a default destroys",
        [0.0, 0.0, 0.23],
        "none, as Eisenberg & Noe (2001); up to 23 % of value in Andrade & Kaplan (1998)",
    ),
];

/// A value for every lever.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Levels([f64; LEVERS.len()]);

impl Levels {
    pub fn central() -> Levels {
        Levels(LEVERS.map(|range| range.central))
    }

    pub fn with(mut self, lever: Lever, value: f64) -> Levels {
        self.0[lever as usize] = value;
        self
    }

    pub fn of(&self, lever: Lever) -> f64 {
        self.0[lever as usize]
    }

    /// The lever's value where the party reports nothing of its own, 1 where it does.
    pub fn of_assumed(&self, lever: Lever, item: &Item) -> f64 {
        if item.own { 1.0 } else { self.of(lever) }
    }

    /// Every combination of low, central and high of these levers, the others central.
    pub fn grid(levers: &[Lever]) -> Vec<Levels> {
        let mut all = vec![Levels::central()];
        for lever in levers {
            let range = LEVERS[*lever as usize];
            let mut values = vec![range.low, range.central, range.high];
            values.dedup();
            let each =
                |levels: &Levels| values.iter().map(|value| levels.with(*lever, *value)).collect::<Vec<_>>();
            all = all.iter().flat_map(each).collect();
        }
        all
    }
}
