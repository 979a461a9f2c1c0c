//! The web of payments: what is paid by whom to whom, checked once.

use std::fmt;

/// One payment, or a sum of payments, from `payer` to `payee`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// Index of the party that pays.
    pub payer: u32,
    /// Index of the party that is paid.
    pub payee: u32,
    /// Units of the last decimal, at least 0.
    pub amount: i128,
    /// Whole day number; `None` where the payment has no date.
    pub day: Option<i32>,
}

/// A loop of parties, each paying the next and the last paying the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loop {
    /// The parties in the order of payment, the lowest index first (in time: the one that paid first).
    pub parties: Vec<u32>,
    /// `steps[i]` holds the edges from `parties[i]` to the next party; parallel edges are one step.
    pub steps: Vec<Vec<u32>>,
    /// The smallest step, in units of the last decimal.
    pub bottleneck: i128,
}

/// Why a list of edges is not a network; `entry` counts edges from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkError {
    /// An edge names a party that does not exist.
    UnknownParty {
        /// The edge.
        entry: usize,
        /// The index it names.
        party: u32,
        /// How many parties there are.
        parties: usize,
    },
    /// An edge has an amount below zero.
    NegativeAmount {
        /// The edge.
        entry: usize,
        /// Its amount.
        amount: i128,
    },
    /// The sum of amounts, up to this edge, leaves no headroom in 128 bits.
    Overflow {
        /// The edge.
        entry: usize,
    },
    /// More parties or edges than an index of 32 bits can name.
    TooLarge {
        /// How many there are.
        count: usize,
    },
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownParty { entry, party, parties } => {
                write!(f, "edge {entry} names party {party}; expected an index below {parties}")
            }
            Self::NegativeAmount { entry, amount } => {
                write!(f, "edge {entry} has the amount {amount}; expected 0 or more (turn the edge round)")
            }
            Self::Overflow { entry } => {
                write!(
                    f,
                    "the sum of amounts up to edge {entry} exceeds 2^124 units; use a coarser last decimal"
                )
            }
            Self::TooLarge { count } => write!(f, "{count} entries; expected fewer than 2^30"),
        }
    }
}

impl std::error::Error for NetworkError {}

/// Headroom: sums of both sides of every party, and of outside flows, must still fit.
const GROSS_LIMIT: i128 = 1 << 124;
/// Both directions of every edge are indexed with 32 bits, and a party leaves two of them for marks.
const COUNT_LIMIT: usize = 1 << 30;

/// A checked web of payments between `parties()` parties.
#[derive(Debug, Clone, Default)]
pub struct Network {
    parties: usize,
    edges: Vec<Edge>,
    gross: i128,
}

impl Network {
    /// Checks the edges: parties exist, no amount is negative, and the sum leaves headroom.
    ///
    /// # Errors
    /// [`NetworkError`], naming the first edge that is wrong.
    pub fn new(parties: usize, edges: Vec<Edge>) -> Result<Self, NetworkError> {
        let count = parties.max(edges.len());
        if count >= COUNT_LIMIT {
            return Err(NetworkError::TooLarge { count });
        }
        let mut gross = 0_i128;
        for (entry, edge) in edges.iter().enumerate() {
            check_edge(entry, edge, parties)?;
            gross = gross
                .checked_add(edge.amount)
                .filter(|sum| *sum <= GROSS_LIMIT)
                .ok_or(NetworkError::Overflow { entry })?;
        }
        Ok(Self { parties, edges, gross })
    }

    /// How many parties there are, with or without edges.
    #[must_use]
    pub fn parties(&self) -> usize {
        self.parties
    }

    /// The edges, in the order given.
    #[must_use]
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// The sum of all amounts.
    #[must_use]
    pub fn gross(&self) -> i128 {
        self.gross
    }

    /// Receipts of each party over the edges.
    #[must_use]
    pub fn receipts(&self) -> Vec<i128> {
        self.sums(|edge| edge.payee)
    }

    /// Outlays of each party over the edges.
    #[must_use]
    pub fn outlays(&self) -> Vec<i128> {
        self.sums(|edge| edge.payer)
    }

    /// Receipts less outlays of each party over the edges.
    #[must_use]
    pub fn net_positions(&self) -> Vec<i128> {
        self.receipts().iter().zip(self.outlays()).map(|(receipts, outlays)| receipts - outlays).collect()
    }

    fn sums(&self, side: impl Fn(&Edge) -> u32) -> Vec<i128> {
        let mut sums = vec![0; self.parties];
        for edge in &self.edges {
            sums[side(edge) as usize] += edge.amount;
        }
        sums
    }
}

fn check_edge(entry: usize, edge: &Edge, parties: usize) -> Result<(), NetworkError> {
    if let Some(party) = [edge.payer, edge.payee].into_iter().find(|party| *party as usize >= parties) {
        return Err(NetworkError::UnknownParty { entry, party, parties });
    }
    if edge.amount < 0 {
        return Err(NetworkError::NegativeAmount { entry, amount: edge.amount });
    }
    Ok(())
}
