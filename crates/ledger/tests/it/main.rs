//! The ledger: what is read, what is refused, what is known when.

mod case;
mod edits;
mod exhibits;
mod schemas;
mod views;
