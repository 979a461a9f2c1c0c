//! Amounts as people write them: `up to 100 bn USD`, `12 to 27 bn USD`, `300 MW`, `2 tn USD/year`.

use std::fmt;

use rust_decimal::Decimal;

use crate::unit::{Per, Unit, UnitError};

/// How exactly an amount was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Qualifier {
    /// The number itself.
    Exact,
    /// A ceiling: the least is not told.
    UpTo,
    /// A floor: the most is not told.
    AtLeast,
    /// Near the number.
    About,
    /// Between two numbers.
    Range,
}

impl Qualifier {
    /// The word in front of the number; empty for exact amounts and ranges.
    pub fn word(self) -> &'static str {
        match self {
            Qualifier::Exact | Qualifier::Range => "",
            Qualifier::UpTo => "up to",
            Qualifier::AtLeast => "at least",
            Qualifier::About => "about",
        }
    }
}

/// A decimal with its unit and qualifier. Money is kept in whole currency units, power in gigawatts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    /// The number told; of a range the lower end.
    pub value: Decimal,
    /// Of a range the upper end; otherwise the same as `value`.
    pub most: Decimal,
    /// How exactly it was told.
    pub qualifier: Qualifier,
    /// What it is measured in.
    pub unit: Unit,
    /// What it is told for each of.
    pub per: Option<Per>,
}

/// Why an amount could not be read. The text says what was expected and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// No number where one was expected.
    Number(String),
    /// A number without a unit.
    NoUnit(String),
    /// A word that is not a unit.
    Unit(UnitError),
    /// A range whose upper end is below its lower end.
    Backwards(String),
    /// Something after the unit.
    Trailing(String),
    /// More than can be added up exactly, and more than there is.
    TooLarge(String),
}

/// The largest amount, in whole units: sums of very many stay exact.
const LARGEST: i128 = 1_000_000_000_000_000_000_000;

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AmountError::Number(found) => {
                write!(f, "expected an amount with a unit, such as \"100 bn USD\"; found \"{found}\"")
            }
            AmountError::NoUnit(found) => {
                write!(f, "\"{found}\" has no unit; write for instance \"{found} bn USD\" or \"{found} GW\"")
            }
            AmountError::Unit(error) => write!(f, "\"{}\" is not a unit that is known here", error.word),
            AmountError::Backwards(found) => write!(f, "the range \"{found}\" runs backwards"),
            AmountError::TooLarge(found) => write!(f, "\"{found}\" is more than a thousand quintillion"),
            AmountError::Trailing(found) => write!(f, "\"{found}\" stands after the unit"),
        }
    }
}

impl std::error::Error for AmountError {}

impl Amount {
    /// An exact amount.
    pub fn exact(value: Decimal, unit: Unit) -> Amount {
        Amount { value, most: value, qualifier: Qualifier::Exact, unit, per: None }
    }

    /// Reads `[up to|at least|about] NUMBER [to NUMBER] [k|m|bn|tn] UNIT[/PER]`.
    ///
    /// # Errors
    /// [`AmountError`] says which part is missing or unknown.
    pub fn parse(text: &str) -> Result<Amount, AmountError> {
        let trimmed = text.trim();
        let (qualifier, rest) = strip_qualifier(trimmed);
        let mut words = rest.split_whitespace();
        let low = number(words.next().unwrap_or(""), trimmed)?;
        let mut next = words.next();
        let mut high = None;
        if next == Some("to") {
            high = Some(number(words.next().unwrap_or(""), trimmed)?);
            next = words.next();
        }
        let (scale, next) = match next.and_then(scale) {
            Some(scale) => (scale, words.next()),
            None => (Decimal::ONE, next),
        };
        let unit = next.ok_or_else(|| AmountError::NoUnit(trimmed.to_owned()))?;
        if let Some(extra) = words.next() {
            return Err(AmountError::Trailing(extra.to_owned()));
        }
        let (word, per) = match unit.split_once('/') {
            Some((word, per)) => (word, Some(Per::parse(per).map_err(AmountError::Unit)?)),
            None => (unit, None),
        };
        let (unit, divisor) = Unit::parse(word).map_err(AmountError::Unit)?;
        let fit = |value: Decimal| -> Result<Decimal, AmountError> {
            let scaled = value.checked_mul(scale).and_then(|v| v.checked_div(Decimal::from(divisor)));
            let scaled = scaled.filter(|value| value.abs() <= Decimal::from(LARGEST));
            Ok(scaled.ok_or_else(|| AmountError::TooLarge(trimmed.to_owned()))?.normalize())
        };
        let value = fit(low)?;
        let most = high.map_or(Ok(value), fit)?;
        if most < value {
            return Err(AmountError::Backwards(trimmed.to_owned()));
        }
        let qualifier = if high.is_some() { Qualifier::Range } else { qualifier };
        Ok(Amount { value, most, qualifier, unit, per })
    }

    /// What counts as committed when the deal behind it is signed: nothing of an `up to`, the lower end of a
    /// range, the number otherwise.
    pub fn certain(&self) -> Decimal {
        match self.qualifier {
            Qualifier::UpTo => Decimal::ZERO,
            _ => self.value,
        }
    }
}

fn strip_qualifier(text: &str) -> (Qualifier, &str) {
    for qualifier in [Qualifier::UpTo, Qualifier::AtLeast, Qualifier::About] {
        if let Some(rest) = text.strip_prefix(qualifier.word()) {
            return (qualifier, rest);
        }
    }
    (Qualifier::Exact, text)
}

fn number(word: &str, whole: &str) -> Result<Decimal, AmountError> {
    let plain = word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
    if !plain {
        return Err(AmountError::Number(whole.to_owned()));
    }
    Decimal::from_str_exact(word).map_err(|_| AmountError::Number(whole.to_owned()))
}

fn scale(word: &str) -> Option<Decimal> {
    let zeros = match word {
        "k" => 3,
        "m" => 6,
        "bn" => 9,
        "tn" => 12,
        _ => return None,
    };
    Some(Decimal::from(10_i64.pow(zeros)))
}

/// The number with its scale, as an author would write it: 30000000000 is `30 bn`.
fn scaled(value: Decimal, unit: Unit) -> (Decimal, &'static str) {
    if matches!(unit, Unit::Power | Unit::Percent | Unit::Years) {
        return (value, "");
    }
    let size = value.abs();
    for (zeros, word) in [(12, "tn"), (9, "bn"), (6, "m"), (3, "k")] {
        let one = Decimal::from(10_i64.pow(zeros));
        if size >= one {
            return ((value / one).normalize(), word);
        }
    }
    (value.normalize(), "")
}

/// A number with thousands separators and no needless zeros: 1234.50 is `1,234.5`.
pub fn grouped(value: Decimal) -> String {
    let text = value.normalize().to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = self.qualifier.word();
        if !word.is_empty() {
            write!(f, "{word} ")?;
        }
        let (high, scale) = scaled(self.most, self.unit);
        if self.qualifier == Qualifier::Range {
            let low = if self.most.is_zero() { self.value } else { self.value * high / self.most };
            write!(f, "{} to ", grouped(low))?;
        }
        f.write_str(&grouped(high))?;
        if !scale.is_empty() {
            write!(f, " {scale}")?;
        }
        write!(f, " {}", self.unit)?;
        match self.per {
            Some(per) => write!(f, "/{per}"),
            None => Ok(()),
        }
    }
}
