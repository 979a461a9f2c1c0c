//! Opening a case and asking it.

use std::io;
use std::path::Path;

use abilene::{Ask, Caveat, LoopBounds};
use abilene_ledger::{Book, Confidence, Loaded, Severity, load, render};

use crate::args::CaseArgs;
use crate::output::{Failure, colour, note};

/// Loads a case. One with errors is not answered: its errors are printed, for half a case gives wrong numbers.
pub fn open(folder: &Path) -> Result<Loaded, Failure> {
    let loaded = load(folder).map_err(|error| Failure::Input(error.to_string()))?;
    let errors: Vec<_> = loaded.diagnostics.iter().filter(|d| d.code.severity() == Severity::Error).collect();
    if errors.is_empty() {
        return Ok(loaded);
    }
    for error in &errors {
        note(&render(error, &loaded.book.files, colour(&io::stderr())));
    }
    let many = if errors.len() == 1 { "an error".to_owned() } else { format!("{} errors", errors.len()) };
    Err(Failure::Input(format!("{} has {many}; nothing was computed", folder.display())))
}

/// The question that the arguments put to a book.
pub fn question<'b>(book: &'b Book, args: &CaseArgs) -> Ask<'b> {
    let plain = Ask::of(book);
    Ask {
        as_of: args.as_of.unwrap_or(plain.as_of),
        span: args.span.unwrap_or(plain.span),
        caveat: caveat(args.sourced_only, args.min_confidence),
        bounds: LoopBounds::default(),
        ..plain
    }
}

/// What the arguments leave out.
pub fn caveat(sourced_only: bool, min_confidence: Option<Confidence>) -> Caveat {
    match (sourced_only, min_confidence) {
        (true, _) => Caveat::Sourced,
        (false, Some(confidence)) => Caveat::AtLeast(confidence),
        (false, None) => Caveat::ShowAll,
    }
}
