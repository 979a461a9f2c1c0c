//! The measures on a bare list of payments, without a case: `abilene loops --edges FILE.csv`.

mod answer;
mod input;
mod types;

pub use answer::{NetworkOptions, Order, Tracing, measure};
pub use input::{InputError, Payments, read_edges, read_opening, read_outside};
pub use types::{
    CirculationPart, Comparison, EdgePart, FinnPart, InTime, LoopItem, LoopsPart, MatrixPart, NetworkAnswer,
    PairCell, PartyInTime, PartyPart,
};
