//! What is asked of a case.

use abilene_ledger::{Book, Confidence, View};
use abilene_quantity::{Date, Span};

/// Which records a view leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Caveat {
    /// Everything is shown, flagged where it is weak.
    #[default]
    ShowAll,
    /// Deals, figures and claims without a source are left out.
    Sourced,
    /// Records below this confidence are left out; those without one count as medium.
    AtLeast(Confidence),
}

/// Bounds of the list of loops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoopBounds {
    /// Longest loop, in parties.
    pub max_length: usize,
    /// Most loops listed.
    pub max_loops: usize,
}

impl Default for LoopBounds {
    fn default() -> LoopBounds {
        LoopBounds { max_length: 6, max_loops: 40 }
    }
}

/// A question about a case: as known when, over which days, of which records.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'b> {
    /// The case.
    pub book: &'b Book,
    /// The date of knowledge.
    pub as_of: Date,
    /// The days of the payments asked about.
    pub span: Span,
    /// What is left out.
    pub caveat: Caveat,
    /// Bounds of the list of loops.
    pub bounds: LoopBounds,
}

impl<'b> Ask<'b> {
    /// The case's own date of knowledge and span, everything shown.
    pub fn of(book: &'b Book) -> Ask<'b> {
        Ask {
            book,
            as_of: book.case.as_of,
            span: book.span(),
            caveat: Caveat::ShowAll,
            bounds: LoopBounds::default(),
        }
    }

    /// The view that answers it.
    pub fn view(&self) -> View<'b> {
        match self.caveat {
            Caveat::ShowAll => self.book.as_of(self.as_of),
            Caveat::Sourced => self.book.sourced_as_of(self.as_of),
            Caveat::AtLeast(confidence) => self.book.as_of(self.as_of).at_least(confidence),
        }
    }

    /// The last whole calendar year that was over by the date of knowledge.
    pub fn last_year(&self) -> i16 {
        self.as_of.year() - 1
    }
}
