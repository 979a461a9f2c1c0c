//! Quarters of a run and their dates.

use abilene_quantity::{Date, Quarter, Span, months_after};

/// Quarter 1 is the first that is not over by the as-of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Calendar {
    first: Quarter,
    /// How many are run.
    pub quarters: usize,
}

impl Calendar {
    /// From the as-of date to the quarter of the last day; at least one quarter.
    pub fn of(as_of: Date, to: Date) -> Calendar {
        let own = Quarter::of(as_of);
        let first = if own.last() == as_of { own.next() } else { own };
        let mut calendar = Calendar { first, quarters: 1 };
        calendar.quarters = calendar.quarter(to).clamp(1, abilene_outlook::MOST_QUARTERS as i64) as usize;
        calendar
    }

    /// The number of the quarter of a day; 0 and below before the run.
    pub fn quarter(&self, day: Date) -> i64 {
        let count = |quarter: Quarter| i64::from(quarter.year()) * 4 + i64::from(quarter.number());
        count(Quarter::of(day)) - count(self.first) + 1
    }

    /// The days of a quarter, from 1.
    pub fn span(&self, quarter: usize) -> Span {
        let from = months_after(self.first.first(), 3 * (quarter as i32 - 1)).unwrap_or(self.first.first());
        Span { from, to: Quarter::of(from).last() }
    }

    /// As people write it: `2026Q3`.
    pub fn name(&self, quarter: usize) -> String {
        let quarter = Quarter::of(self.span(quarter).from);
        format!("{}Q{}", quarter.year(), quarter.number())
    }
}

#[cfg(test)]
mod tests {
    use abilene_quantity::parse_date;

    use super::Calendar;

    #[test]
    fn eighteen_quarters_from_the_middle_of_2026_to_the_end_of_2030() {
        let day = |text: &str| parse_date(text).unwrap_or_default();
        let calendar = Calendar::of(day("2026-06-30"), day("2030-12-31"));
        assert_eq!((calendar.quarters, calendar.quarter(day("2026-07-01"))), (18, 1));
        assert_eq!((calendar.name(1), calendar.name(18)), ("2026Q3".into(), "2030Q4".into()));
        let inside = Calendar::of(day("2025-10-01"), day("2025-12-31"));
        assert_eq!((inside.quarters, inside.quarter(day("2025-09-30"))), (1, 0));
    }
}
