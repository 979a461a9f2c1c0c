//! What is wrong or doubtful in a case, as data.

use abilene_ledger::{Loaded, Severity, to_json};
use serde::Serialize;
use serde_json::Value;

/// The result of a check (`abilene.check/1`).
#[derive(Clone, Debug, Serialize)]
pub struct CheckAnswer {
    /// `abilene.check/1`.
    pub schema: &'static str,
    /// Name of the case.
    pub case: String,
    /// How many of each record: parties, sources, deals, legs, states, figures, claims, recipes, rates.
    pub records: Vec<(&'static str, usize)>,
    /// Mistakes.
    pub errors: usize,
    /// Probable slips.
    pub warnings: usize,
    /// Numbers on weak ground.
    pub doubts: usize,
    /// All of them, in the order of files and lines.
    pub diagnostics: Vec<Value>,
}

/// Counts and lists what loading found.
pub fn check(loaded: &Loaded) -> CheckAnswer {
    let book = &loaded.book;
    let count = |severity| loaded.diagnostics.iter().filter(|d| d.code.severity() == severity).count();
    CheckAnswer {
        schema: "abilene.check/1",
        case: book.case.name.clone(),
        records: vec![
            ("parties", book.parties.len()),
            ("sources", book.sources.len()),
            ("deals", book.deals.len()),
            ("legs", book.deals.iter().map(|deal| deal.leg.len()).sum()),
            ("states", book.deals.iter().map(|deal| deal.state.len()).sum()),
            ("figures", book.figures.len()),
            ("claims", book.claims.len()),
            ("recipes", book.recipes.len()),
            ("rates", book.rates.len()),
        ],
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        doubts: count(Severity::Doubt),
        diagnostics: loaded.diagnostics.iter().map(|d| to_json(d, &book.files)).collect(),
    }
}
