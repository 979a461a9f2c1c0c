//! Why numbers are not a network, with the place and the party.

use std::fmt;

/// A list that was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Obligations, or the amounts of compressed rows.
    Obligations,
    /// Cross-holdings.
    Holdings,
    /// Outside assets.
    Assets,
    /// The part of outside assets that is left in default.
    Alpha,
    /// The part of receipts that is left in default.
    Beta,
    /// Row starts of compressed rows.
    Starts,
    /// Dues to the outside.
    OutsideDues,
    /// Another list of one number a party, such as equities or capital.
    Parties,
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Obligations => "obligations",
            Self::Holdings => "holdings",
            Self::Assets => "outside assets",
            Self::Alpha => "alpha",
            Self::Beta => "beta",
            Self::Starts => "row starts",
            Self::OutsideDues => "dues to the outside",
            Self::Parties => "numbers of the parties",
        })
    }
}

/// Why numbers are not a network; `entry` counts from 0 in the list named.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NetworkError {
    /// A list has the wrong length.
    Length {
        /// Which list.
        list: List,
        /// Its length.
        found: usize,
        /// The length it must have.
        expected: usize,
    },
    /// An entry names a party that does not exist.
    UnknownParty {
        /// Which list.
        list: List,
        /// The entry.
        entry: usize,
        /// The index it names.
        party: u32,
        /// How many parties there are.
        parties: usize,
    },
    /// A number below zero, infinite, or not a number.
    NotAnAmount {
        /// Which list.
        list: List,
        /// The entry.
        entry: usize,
        /// The party it belongs to.
        party: u32,
        /// The number.
        value: f64,
    },
    /// A number outside 0 to 1.
    NotAPart {
        /// Which list.
        list: List,
        /// The entry.
        entry: usize,
        /// The party it belongs to.
        party: u32,
        /// The number.
        value: f64,
    },
    /// A party owes itself, or holds its own shares.
    SelfReference {
        /// Which list.
        list: List,
        /// The entry.
        entry: usize,
        /// The party.
        party: u32,
    },
    /// The shares of one issuer add up to more than 1.
    HoldingsExceedOne {
        /// The issuer.
        party: u32,
        /// What its shares add up to.
        sum: f64,
    },
    /// A group of issuers is held by itself alone, so that its value has no bound.
    HoldingsClosed {
        /// One of the group.
        party: u32,
    },
    /// The question is answered only for networks of one class, without holdings and, for some, without costs.
    NotPlain,
    /// What a party owes, is owed, or has adds up to more than a number can hold.
    Overflow {
        /// The party.
        party: u32,
    },
    /// More entries than can be indexed, or than fit a dense matrix where one is needed.
    TooLarge {
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { list, found, expected } => {
                write!(f, "{list}: {found} entries; expected {expected}")
            }
            Self::UnknownParty { list, entry, party, parties } => {
                write!(f, "{list}, entry {entry} names party {party}; expected an index below {parties}")
            }
            Self::NotAnAmount { list, entry, party, value } => {
                write!(
                    f,
                    "{list}, entry {entry} of party {party} is {value}; expected a finite number, 0 or more"
                )
            }
            Self::NotAPart { list, entry, party, value } => {
                write!(f, "{list}, entry {entry} of party {party} is {value}; expected 0 to 1")
            }
            Self::SelfReference { list, entry, party } => {
                write!(f, "{list}, entry {entry} is between party {party} and itself; leave it out")
            }
            Self::HoldingsExceedOne { party, sum } => {
                write!(f, "the shares of party {party} add up to {sum}; expected at most 1")
            }
            Self::HoldingsClosed { party } => {
                write!(
                    f,
                    "party {party} and those that hold it are held by nobody else; its value has no bound"
                )
            }
            Self::NotPlain => {
                f.write_str("this question is answered for one class of obligations without holdings")
            }
            Self::Overflow { party } => write!(f, "the amounts of party {party} add up to no finite number"),
            Self::TooLarge { count, most } => write!(f, "{count} entries; expected at most {most}"),
        }
    }
}

impl NetworkError {
    /// The same error at another entry of its list.
    pub(crate) fn at(mut self, place: usize) -> Self {
        if let Self::UnknownParty { entry, .. }
        | Self::NotAnAmount { entry, .. }
        | Self::SelfReference { entry, .. } = &mut self
        {
            *entry = place;
        }
        self
    }
}

impl std::error::Error for NetworkError {}

/// Checks a list of one finite number ≥ 0 for each party.
pub(crate) fn check_amounts(list: List, values: &[f64], parties: usize) -> Result<(), NetworkError> {
    check_length(list, values.len(), parties)?;
    match values.iter().position(|value| !is_amount(*value)) {
        Some(at) => Err(NetworkError::NotAnAmount { list, entry: at, party: at as u32, value: values[at] }),
        None => Ok(()),
    }
}

pub(crate) fn check_length(list: List, found: usize, expected: usize) -> Result<(), NetworkError> {
    if found == expected { Ok(()) } else { Err(NetworkError::Length { list, found, expected }) }
}

/// Dense matrices are laid out up to this many parties: 128 MiB.
const MOST_DENSE: usize = 4_096;

pub(crate) fn check_dense(count: usize) -> Result<(), NetworkError> {
    if count <= MOST_DENSE { Ok(()) } else { Err(NetworkError::TooLarge { count, most: MOST_DENSE }) }
}

pub(crate) fn is_amount(value: f64) -> bool {
    value.is_finite() && value >= 0.0
}
