//! What can be wrong with a world or a scenario, said so that its author can mend it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum OutlookError {
    /// A number of the world is not what it must be.
    World {
        /// Which, such as "leg rent: price_per_gw_year".
        place: String,
        /// What was expected and found.
        problem: String,
    },
    /// A distribution has impossible parameters.
    Distribution {
        /// The driver.
        driver: String,
        /// What was expected and found.
        problem: String,
    },
    /// A rank correlation is not between -1 and 1, or of unknown drivers, or said twice.
    Correlation {
        /// The pair.
        pair: (String, String),
        /// What is wrong.
        problem: String,
    },
    /// No drivers can hang together so.
    NotPositiveDefinite {
        /// The first drivers, in their order, that contradict each other.
        drivers: Vec<String>,
        /// True when the rank correlations alone could be, and only their normal correlations cannot.
        ranks_alone_possible: bool,
    },
    /// A size is out of range.
    Size {
        /// Of what.
        what: String,
        /// Found.
        found: usize,
        /// Most.
        most: usize,
    },
}

impl fmt::Display for OutlookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::World { place, problem } => write!(f, "{place}: {problem}"),
            Self::Distribution { driver, problem } => write!(f, "driver {driver}: {problem}"),
            Self::Correlation { pair: (a, b), problem } => write!(f, "correlation of {a} and {b}: {problem}"),
            Self::NotPositiveDefinite { drivers, ranks_alone_possible: true } => write!(
                f,
                "the rank correlations of {} are possible, but not with a Gaussian copula: \
                 their normal correlations are not positive definite; move them towards 0",
                drivers.join(", ")
            ),
            Self::NotPositiveDefinite { drivers, ranks_alone_possible: false } => {
                write!(f, "the rank correlations of {} contradict each other", drivers.join(", "))
            }
            Self::Size { what, found, most } => {
                write!(f, "{what}: {found}, where at most {most} are possible")
            }
        }
    }
}

impl std::error::Error for OutlookError {}
