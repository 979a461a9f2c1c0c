//! The measures on a bare list of payments, without a case: `abilene loops --edges FILE.csv`.

mod answer;
mod input;

pub use answer::{
    CirculationPart, Comparison, EdgePart, FinnPart, InTime, LoopItem, LoopsPart, MatrixPart, NetworkAnswer,
    NetworkOptions, Order, PairCell, PartyInTime, PartyPart, measure,
};
pub use input::{InputError, Payments, read_edges, read_opening, read_outside};
