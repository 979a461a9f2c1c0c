//! Answers to one HTML file that needs no network and no script.
//!
//! The page computes nothing: every number and sentence comes from [`abilene::ReportAnswer`]. It is semantic
//! HTML that reads on a phone, in print and by a screen reader, light and dark.

mod answers;
mod argument;
mod circles;
mod cover;
mod evidence;
mod growth;
mod page;
mod parts;

pub use page::page;
