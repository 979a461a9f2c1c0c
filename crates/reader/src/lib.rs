//! Documents to text to proposals: what somebody has saved, as deals, figures and claims for a person to accept.
//!
//! [`read`] takes bytes in any encoding, finds the body, repairs what can be repaired and proposes what grammar and
//! instrument show. Nobody's name is in its tables. It refuses rather than guesses: what lacks a party is listed
//! with the reason.

pub mod accept;
mod accepted;
pub mod against;
pub mod amount;
mod bodies;
mod bound;
mod bracket;
pub mod cached;
mod cases;
mod claims;
mod dateline;
mod dates;
mod deals;
mod decode;
mod definite;
mod english;
mod error;
mod fold;
mod fragment;
mod frame;
mod french;
mod furniture;
mod german;
mod gloss;
mod han;
mod han_claims;
mod han_frame;
mod han_inner;
mod han_names;
mod han_roles;
mod han_sides;
mod han_status;
mod han_terms;
mod hedge;
mod html;
mod instrument;
mod japanese;
mod korean;
mod latin;
mod lexicon;
mod links;
mod memory;
pub mod model;
mod names;
mod nominal;
mod number;
pub mod out;
mod page;
mod particles;
mod partners;
mod pdf;
mod pending;
mod people;
mod phrase;
mod read;
mod scan;
mod settle;
mod sides;
mod slot;
mod standing;
mod ties;
mod token;
mod told;
mod trigger;
mod whom;
mod words;

pub use error::ReadError;
pub use fold::fold;
pub use memory::Known;
pub use out::{Answer, Document};
pub use read::{Options, Reading, read};
