//! The words of the ledger as types: amounts with units and qualifiers, dates, periods, quarters. No I/O.
//!
//! Everything here is parsed once, at the border, into values that cannot be wrong. Numbers are exact
//! decimals; `f64` begins only inside the numeric crates.

mod amount;
mod period;
mod rate;
mod unit;

pub use amount::{Amount, AmountError, Qualifier, grouped};
pub use jiff::civil::Date;
pub use period::{
    Period, PeriodError, Quarter, Span, SpanError, days_between, month_end, months_after, parse_date,
};
pub use rate::{Rate, RateError};
pub use rust_decimal::Decimal;
pub use unit::{Currency, Noun, Per, Unit, UnitError};
