//! Dates, quarters, the periods that figures cover and the spans that questions ask about.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// Reads `2026-03-31`.
pub fn parse_date(text: &str) -> Option<Date> {
    // jiff also takes other forms; one form is enough here and reads the same everywhere.
    (text.len() == 10).then(|| Date::from_str(text).ok()).flatten()
}

/// Days from `from` to `to`; negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    i64::from(to.duration_since(from).as_hours() as i32 / 24)
}

/// The same day `months` later, or the last day of that month; `None` outside the calendar.
pub fn months_after(day: Date, months: i32) -> Option<Date> {
    day.checked_add(jiff::Span::new().months(months)).ok()
}

/// The last day of a month; `None` outside the calendar.
pub fn month_end(year: i16, month: i8) -> Option<Date> {
    Some(Date::new(year, month, 1).ok()?.last_of_month())
}

/// A quarter of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Quarter(i32);

impl Quarter {
    /// The quarter that a day falls in.
    pub fn of(date: Date) -> Quarter {
        Quarter(i32::from(date.year()) * 4 + i32::from(date.month() - 1) / 3)
    }

    /// Quarter `number` (1 to 4) of a year.
    pub fn new(year: i16, number: u8) -> Quarter {
        Quarter(i32::from(year) * 4 + i32::from(number.clamp(1, 4)) - 1)
    }

    /// The calendar year; quarters beyond the calendar's last year, 9999, count as of it.
    pub fn year(self) -> i16 {
        self.0.div_euclid(4).min(9999) as i16
    }

    /// 1 to 4.
    pub fn number(self) -> u8 {
        self.0.rem_euclid(4) as u8 + 1
    }

    /// The quarter after this one.
    #[must_use]
    pub fn next(self) -> Quarter {
        Quarter(self.0 + 1)
    }

    /// The first day.
    pub fn first(self) -> Date {
        jiff::civil::date(self.year(), self.number() as i8 * 3 - 2, 1)
    }

    /// The last day.
    pub fn last(self) -> Date {
        jiff::civil::date(self.year(), self.number() as i8 * 3, 1).last_of_month()
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-Q{}", self.year(), self.number())
    }
}

impl fmt::Debug for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What a figure covers: some months, or one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Period {
    /// `months` whole months, the last of them ending on `to`.
    Months {
        /// How many, 1 or more.
        months: u16,
        /// The last day covered.
        to: Date,
    },
    /// A balance on a day.
    At(Date),
}

/// The text was neither `12 months to 2026-01` nor `at 2026-03-31`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodError(pub String);

impl fmt::Display for PeriodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected a period such as \"12 months to 2026-01\" or \"at 2026-03-31\"; found \"{}\"",
            self.0
        )
    }
}

impl std::error::Error for PeriodError {}

impl Period {
    /// Reads `12 months to 2026-01` or `at 2026-03-31`.
    ///
    /// # Errors
    /// [`PeriodError`] holds the text.
    pub fn parse(text: &str) -> Result<Period, PeriodError> {
        let wrong = || PeriodError(text.to_owned());
        if let Some(day) = text.strip_prefix("at ") {
            return parse_date(day.trim()).map(Period::At).ok_or_else(wrong);
        }
        let (months, end) =
            text.split_once(" months to ").or_else(|| text.split_once(" month to ")).ok_or_else(wrong)?;
        let months: u16 = months.trim().parse().map_err(|_| wrong())?;
        let (year, month) = end.trim().split_once('-').ok_or_else(wrong)?;
        let to =
            year.parse().ok().zip(month.parse().ok()).and_then(|(y, m)| month_end(y, m)).ok_or_else(wrong)?;
        if months == 0 || months > 1200 {
            return Err(wrong());
        }
        Ok(Period::Months { months, to })
    }

    /// The first day covered.
    pub fn from(self) -> Date {
        match self {
            Period::At(day) => day,
            Period::Months { months, to } => {
                let first = jiff::civil::date(to.year(), to.month(), 1);
                let back = jiff::Span::new().months(i32::from(months) - 1);
                first.checked_sub(back).unwrap_or(first)
            }
        }
    }

    /// The last day covered.
    pub fn to(self) -> Date {
        match self {
            Period::At(day) => day,
            Period::Months { to, .. } => to,
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::At(day) => write!(f, "at {day}"),
            Period::Months { months: 12, to } if to.month() == 12 => write!(f, "{}", to.year()),
            Period::Months { months, to } => {
                write!(f, "{months} months to {}-{:02}", to.year(), to.month())
            }
        }
    }
}

/// A stretch of days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// The text was not a span `FROM..TO` of days, quarters or years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanError(pub String);

impl fmt::Display for SpanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected a span such as 2026..2030, 2025-Q3..2026-Q2 or 2025-09-22..2026-06-30; found \"{}\"",
            self.0
        )
    }
}

impl std::error::Error for SpanError {}

impl Span {
    /// The calendar year.
    pub fn year(year: i16) -> Span {
        Span { from: Quarter::new(year, 1).first(), to: Quarter::new(year, 4).last() }
    }

    /// Whether the day lies in it.
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// Days, both ends counted.
    pub fn days(&self) -> i64 {
        days_between(self.from, self.to) + 1
    }

    /// Days that it shares with another span.
    pub fn overlap_days(&self, other: Span) -> i64 {
        let from = self.from.max(other.from);
        let to = self.to.min(other.to);
        (days_between(from, to) + 1).max(0)
    }
}

impl FromStr for Span {
    type Err = SpanError;

    /// Reads `FROM..TO`, where each end is a day, a quarter or a year.
    fn from_str(text: &str) -> Result<Span, SpanError> {
        let wrong = || SpanError(text.to_owned());
        let (from, to) = text.split_once("..").ok_or_else(wrong)?;
        let (from, to) = (ends(from).ok_or_else(wrong)?.0, ends(to).ok_or_else(wrong)?.1);
        if from > to { Err(wrong()) } else { Ok(Span { from, to }) }
    }
}

/// First and last day of a day, quarter or year.
fn ends(text: &str) -> Option<(Date, Date)> {
    if let Some(day) = parse_date(text) {
        return Some((day, day));
    }
    if let Some((year, number)) = text.split_once("-Q") {
        let number: u8 = number.parse().ok().filter(|n| (1..=4).contains(n))?;
        let quarter = Quarter::new(four_digits(year)?, number);
        return Some((quarter.first(), quarter.last()));
    }
    let year = Span::year(four_digits(text)?);
    Some((year.from, year.to))
}

fn four_digits(text: &str) -> Option<i16> {
    text.parse().ok().filter(|year| (1000..=9999).contains(year))
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.from, self.to)
    }
}
