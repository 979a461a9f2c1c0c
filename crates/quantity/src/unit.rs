//! Units: currencies, power, shares of a whole, and things that are counted.

use std::fmt;

/// A currency by its three-letter code of ISO 4217.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

/// The codes that are read as a currency: what the world's deals are told in.
const CURRENCIES: [&str; 24] = [
    "USD", "EUR", "GBP", "JPY", "KRW", "CNY", "TWD", "HKD", "SGD", "CHF", "CAD", "AUD", "SEK", "NOK", "DKK",
    "INR", "AED", "SAR", "BRL", "MXN", "ZAR", "ILS", "PLN", "TRY",
];

impl Currency {
    /// US dollars: what most cases are kept in.
    pub const USD: Currency = Currency(*b"USD");

    /// Reads a code such as `USD`; `None` when it is not one of the known codes.
    pub fn parse(code: &str) -> Option<Currency> {
        CURRENCIES.contains(&code).then(|| {
            let bytes = code.as_bytes();
            Currency([bytes[0], bytes[1], bytes[2]])
        })
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Things that are counted rather than measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Noun {
    /// Shares of a company.
    Shares,
    /// Silicon wafers.
    Wafers,
    /// Server racks.
    Racks,
    /// Chips.
    Chips,
    /// Contracts.
    Contracts,
    /// Users.
    Users,
    /// Aircraft, batteries, masts, ... whatever else comes in pieces.
    Units,
}

const NOUNS: [(Noun, &str); 7] = [
    (Noun::Shares, "shares"),
    (Noun::Wafers, "wafers"),
    (Noun::Racks, "racks"),
    (Noun::Chips, "chips"),
    (Noun::Contracts, "contracts"),
    (Noun::Users, "users"),
    (Noun::Units, "units"),
];

/// What an amount is measured in. Power is kept in gigawatts, whatever it was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// Money of one currency.
    Money(Currency),
    /// Power, in gigawatts.
    Power,
    /// A share of a whole, in percent.
    Percent,
    /// A length of time, in years.
    Years,
    /// A count of things.
    Count(Noun),
}

/// What an amount is told for each of: `2 tn USD/year`, `35 bn USD/GW`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Per {
    /// For each year.
    Year,
    /// For each quarter.
    Quarter,
    /// For each month.
    Month,
    /// For each gigawatt.
    Gigawatt,
}

/// Why a unit could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitError {
    /// The word that is not a unit.
    pub word: String,
}

impl Unit {
    /// Reads a unit without its `/PER`; the second value is what one of it is in the unit kept (0.001 for MW).
    pub(crate) fn parse(word: &str) -> Result<(Unit, i64), UnitError> {
        let unit = match word {
            "GW" => Unit::Power,
            "MW" => return Ok((Unit::Power, 1000)),
            "%" => Unit::Percent,
            "year" | "years" => Unit::Years,
            _ => match Currency::parse(word) {
                Some(currency) => Unit::Money(currency),
                None => match NOUNS.iter().find(|(_, name)| *name == word) {
                    Some((noun, _)) => Unit::Count(*noun),
                    None => return Err(UnitError { word: word.to_owned() }),
                },
            },
        };
        Ok((unit, 1))
    }

    /// The currency, when this is money.
    pub fn currency(self) -> Option<Currency> {
        match self {
            Unit::Money(currency) => Some(currency),
            _ => None,
        }
    }

    /// Every word that can stand as a unit, for messages.
    pub fn words() -> Vec<&'static str> {
        let mut words = vec!["GW", "MW", "%", "years"];
        words.extend(CURRENCIES);
        words.extend(NOUNS.iter().map(|(_, name)| *name));
        words
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unit::Money(currency) => currency.fmt(f),
            Unit::Power => f.write_str("GW"),
            Unit::Percent => f.write_str("%"),
            Unit::Years => f.write_str("years"),
            Unit::Count(noun) => {
                f.write_str(NOUNS.iter().find(|(n, _)| n == noun).map_or("units", |(_, name)| name))
            }
        }
    }
}

impl Per {
    pub(crate) fn parse(word: &str) -> Result<Per, UnitError> {
        match word {
            "year" => Ok(Per::Year),
            "quarter" => Ok(Per::Quarter),
            "month" => Ok(Per::Month),
            "GW" => Ok(Per::Gigawatt),
            _ => Err(UnitError { word: format!("/{word}") }),
        }
    }
}

impl fmt::Display for Per {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Per::Year => "year",
            Per::Quarter => "quarter",
            Per::Month => "month",
            Per::Gigawatt => "GW",
        })
    }
}
