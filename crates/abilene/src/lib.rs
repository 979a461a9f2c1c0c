//! The answers: one function and one result type for each question about a web of deals.

pub mod network;
