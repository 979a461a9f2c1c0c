//! Documents to text to proposals: what somebody has saved, as deals, figures and claims for a person to accept.
//!
//! [`read`] takes bytes in any encoding, finds the body, repairs what can be repaired and proposes what grammar and
//! instrument show. Nobody's name is in its tables. It refuses rather than guesses: what lacks a party is listed
//! with the reason.

pub mod accept;
mod accepted;
pub mod against;
pub mod amount;
mod bound;
mod claims;
mod dates;
mod deals;
mod decode;
mod error;
mod fold;
mod fragment;
mod frame;
mod furniture;
mod gloss;
mod hedge;
mod html;
mod instrument;
mod latin;
mod lexicon;
mod memory;
pub mod model;
mod names;
mod number;
pub mod out;
mod page;
mod pdf;
mod people;
mod read;
mod scan;
mod settle;
mod sides;
mod slot;
mod standing;
mod token;
mod whom;
mod words;

pub use error::ReadError;
pub use fold::fold;
pub use memory::Known;
pub use out::{Answer, Document};
pub use read::{Options, Reading, read};
