//! Money as shown: the exact value, and the number a person reads.

use abilene_ledger::Book;
use abilene_quantity::{Currency, Decimal, grouped};
use serde::Serialize;

/// An amount in the currency of the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// Exact, in whole units of the currency.
    pub value: Decimal,
    /// In the scale of the case, rounded for reading, without its unit: `12.3`.
    pub number: String,
    /// With its unit: `12.3 bn USD`.
    pub text: String,
}

/// How a case shows money.
#[derive(Clone, Debug)]
pub struct Scale {
    one: Decimal,
    word: &'static str,
    /// The unit: `bn USD`.
    pub unit: String,
}

impl Scale {
    /// The scale that the case asks for; whole units when it asks for none.
    pub fn of(book: &Book) -> Scale {
        let (zeros, word) = match book.case.unit.as_deref() {
            Some("k") => (3, "k "),
            Some("m") => (6, "m "),
            Some("bn") => (9, "bn "),
            Some("tn") => (12, "tn "),
            _ => (0, ""),
        };
        Scale { one: Decimal::from(10_i64.pow(zeros)), word, unit: format!("{word}{}", book.case.currency) }
    }

    /// The amount in the scale, for drawing.
    pub(crate) fn plain(&self, value: Decimal) -> f64 {
        number((value / self.one).round_dp(4))
    }

    /// A number in the scale, rounded to the ten-thousandth, back as money.
    pub(crate) fn of_plain(&self, value: f64) -> Sum {
        let exact = format!("{value:.4}").parse::<Decimal>().unwrap_or_default();
        self.sum(exact.normalize() * self.one)
    }

    /// The unit of another currency in the same scale.
    pub(crate) fn unit_of(&self, currency: Currency) -> String {
        format!("{}{currency}", self.word)
    }

    /// How many units of the currency one unit of the scale is: 1e9 for bn.
    pub(crate) fn one_unit(&self) -> f64 {
        number(self.one)
    }

    /// The amount as shown.
    pub fn sum(&self, value: Decimal) -> Sum {
        let number = rounded(value / self.one);
        Sum { value: value.normalize(), text: format!("{number} {}", self.unit), number }
    }
}

/// A decimal as a float, for drawing and for numeric kernels.
pub(crate) fn number(value: Decimal) -> f64 {
    value.to_string().parse().unwrap_or(0.0)
}

/// Three digits that matter: 1,234 · 123 · 12.3 · 1.23 · 0.12.
fn rounded(value: Decimal) -> String {
    let size = value.abs();
    let places = match size {
        _ if size >= Decimal::ONE_HUNDRED => 0,
        _ if size >= Decimal::TEN => 1,
        _ => 2,
    };
    let short = value.round_dp(places);
    if short.is_zero() && !value.is_zero() { String::from("< 0.01") } else { grouped(short) }
}

/// A share as a person reads it: `27 %`, `0.6 %`, `99.7 %`; never rounded to all or nothing.
pub fn percent(share: f64) -> String {
    let value = share * 100.0;
    let size = value.abs();
    if size > 0.0 && size < 0.05 {
        return String::from("< 0.1 %");
    }
    if size > 99.95 && size < 100.0 {
        return String::from("> 99.9 %");
    }
    let fine = size != 0.0 && (size < 9.95 || (size > 99.5 && size < 100.0));
    if fine { format!("{value:.1} %") } else { format!("{value:.0} %") }
}
