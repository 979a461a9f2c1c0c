//! Exchange rates as people write them: `1 USD = 1403 KRW`.

use std::fmt;

use rust_decimal::Decimal;

use crate::unit::Currency;

/// How much of `quote` one unit of `base` buys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The currency of which there is one.
    pub base: Currency,
    /// The currency told in.
    pub quote: Currency,
    /// Units of `quote` for one `base`, above zero.
    pub value: Decimal,
}

/// The text was not a rate such as `1 USD = 1403 KRW`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateError(pub String);

impl fmt::Display for RateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a rate such as \"1 USD = 1403 KRW\"; found \"{}\"", self.0)
    }
}

impl std::error::Error for RateError {}

impl Rate {
    /// Reads `1 USD = 1403 KRW`.
    ///
    /// # Errors
    /// [`RateError`] holds the text.
    pub fn parse(text: &str) -> Result<Rate, RateError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let ["1", base, "=", value, quote] = words[..] else { return Err(RateError(text.to_owned())) };
        let value = Decimal::from_str_exact(value).ok().filter(|value| *value > Decimal::ZERO);
        match (Currency::parse(base), value, Currency::parse(quote)) {
            (Some(base), Some(value), Some(quote)) => Ok(Rate { base, quote, value }),
            _ => Err(RateError(text.to_owned())),
        }
    }

    /// What `amount` of `from` is in `to`; `None` when this rate does not join the two or the number overflows.
    pub fn convert(&self, amount: Decimal, from: Currency, to: Currency) -> Option<Decimal> {
        if (from, to) == (self.base, self.quote) {
            amount.checked_mul(self.value)
        } else if (from, to) == (self.quote, self.base) {
            amount.checked_div(self.value)
        } else {
            None
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1 {} = {} {}", self.base, self.value, self.quote)
    }
}
