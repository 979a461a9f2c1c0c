//! Documents to text to proposals.
pub mod amount;
mod decode;
mod error;
mod fold;
mod gloss;
mod html;
mod number;
mod pdf;
mod words;
pub use error::ReadError;
pub use fold::fold;
