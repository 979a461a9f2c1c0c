//! A proposal beside what the case already knows.

use serde::Serialize;

/// What a proposal is to the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Against {
    /// `new`, `same`, `amendment` or `contradiction`.
    pub verdict: &'static str,
    /// The record of the case.
    pub record: Option<String>,
    /// Why, in words.
    pub why: String,
}
