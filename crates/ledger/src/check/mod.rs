//! What can be wrong in a case although every file can be read.

mod doubts;
mod legs;
mod names;
mod scenarios;
mod schedules;
mod uses;

use std::collections::BTreeSet;
use std::thread;

use crate::book::Book;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{FileId, Mark};

/// Files in which some record could not be read. What they would have held is not reported as missing
/// elsewhere: one slip should give one message.
pub(crate) struct Unread<'b> {
    book: &'b Book,
    files: BTreeSet<FileId>,
}

impl Unread<'_> {
    /// Whether the file named could not be read whole.
    fn named(&self, path: &str) -> bool {
        self.files.iter().any(|id| self.book.files.get(*id).is_some_and(|file| file.path == path))
    }

    /// Whether the file of this mark could not be read whole.
    fn at(&self, mark: Mark) -> bool {
        self.files.contains(&mark.file)
    }
}

/// Every diagnostic about the book as a whole, given those of reading it.
pub(crate) fn all(book: &Book, reading: &[Diagnostic]) -> Vec<Diagnostic> {
    let unread = Unread { book, files: reading.iter().map(|problem| problem.mark.file).collect() };
    // Two halves of about the same weight, for two cores.
    let mut rest = Vec::new();
    let mut found = thread::scope(|scope| {
        let sums = scope.spawn(|| {
            let mut found = Vec::new();
            legs::check(book, &unread, &mut found);
            schedules::check(book, &mut found);
            scenarios::check(book, &unread, &mut found);
            doubts::check(book, &mut found);
            found
        });
        names::check(book, &unread, &mut rest);
        uses::check(book, &mut rest);
        sums.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    found.append(&mut rest);
    let errors = found.iter().any(|problem| problem.code.severity() == Severity::Error);
    if unread.files.is_empty() && !errors {
        uses::unused(book, &mut found);
    }
    found
}
