//! Texts into records, on all cores.
//!
//! A large file is cut into pieces before headers such as `[[deal]]`. A piece is a TOML document of its own, so the
//! cores share the work evenly, and the syntax tree of a piece is small enough to stay in the cache and to be
//! built again and again in the same memory. What a cut could change — a header inside a text of several
//! lines, a table told twice — shows as an error in some piece; its file is then read again whole.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use toml::de::{DeTable, DeValue};

use crate::decode::{Read, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{CaseInfo, Claim, Deal, Figure, Party, RateRow, Recipe, Source};
use crate::scenario::Scenario;
use crate::text::{FileId, Files};

/// The records of a piece of a file.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) case: Option<CaseInfo>,
    pub(crate) parties: Vec<Party>,
    pub(crate) sources: Vec<Source>,
    pub(crate) deals: Vec<Deal>,
    pub(crate) figures: Vec<Figure>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) recipes: Vec<Recipe>,
    pub(crate) rates: Vec<RateRow>,
    pub(crate) scenarios: Vec<Scenario>,
    pub(crate) problems: Vec<Diagnostic>,
    /// Something is wrong that a cut can cause.
    torn: bool,
}

/// A stretch of a file that is a document of its own.
struct Piece<'f> {
    id: FileId,
    kind: Kind,
    text: &'f str,
    range: Range<usize>,
}

/// What a file holds, by its place in the case.
#[derive(Clone, Copy)]
enum Kind {
    Case,
    Records(&'static str),
}

/// From this many bytes on, the next header begins a new piece.
const PIECE_BYTES: usize = 1 << 16;

/// Reads the files. The result does not depend on which thread took which piece.
pub(crate) fn read_all(files: &Files) -> Vec<Sheet> {
    let whole: Vec<Piece> = (0..files.0.len()).map(|at| Piece::whole(files, at)).collect();
    let pieces: Vec<Piece> = whole.iter().flat_map(Piece::cut).collect();
    let sheets = parallel(&pieces, Piece::read);
    let torn: BTreeSet<FileId> =
        pieces.iter().zip(&sheets).filter(|(_, sheet)| sheet.torn).map(|(piece, _)| piece.id).collect();
    let again: Vec<Piece> = whole.into_iter().filter(|piece| torn.contains(&piece.id)).collect();
    let kept = pieces.iter().zip(sheets).filter(|(piece, _)| !torn.contains(&piece.id));
    let mut all: Vec<(FileId, Sheet)> = kept.map(|(piece, sheet)| (piece.id, sheet)).collect();
    all.extend(again.iter().map(|piece| piece.id).zip(parallel(&again, Piece::read)));
    all.sort_by_key(|(id, _)| *id);
    all.into_iter().map(|(_, sheet)| sheet).collect()
}

/// Does the work on all cores; the results stand in the order of the items.
fn parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return done };
            done.push((at, work(item)));
        }
    };
    let workers = thread::available_parallelism().map_or(1, |n| n.get()).min(items.len());
    let mut all: Vec<(usize, R)> = thread::scope(|scope| {
        let handles: Vec<_> = (1..workers).map(|_| scope.spawn(share)).collect();
        let mut all = share();
        for handle in handles {
            match handle.join() {
                Ok(part) => all.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, result)| result).collect()
}

impl Kind {
    fn of(path: &str) -> Kind {
        match path.split_once('/').map_or(path, |(folder, _)| folder) {
            "case.toml" => Kind::Case,
            "parties.toml" => Kind::Records("party"),
            "sources.toml" => Kind::Records("source"),
            "claims.toml" => Kind::Records("claim"),
            "recipes.toml" => Kind::Records("recipe"),
            "fx.toml" => Kind::Records("rate"),
            "scenarios" => Kind::Records("scenario"),
            "deals" => Kind::Records("deal"),
            _ => Kind::Records("figure"),
        }
    }
}

impl<'f> Piece<'f> {
    fn whole(files: &'f Files, at: usize) -> Piece<'f> {
        let file = &files.0[at];
        let range = 0..file.text.len();
        Piece { id: FileId(at as u32), kind: Kind::of(&file.path), text: &file.text, range }
    }

    /// The pieces in order. The first has a header in it, so that what stands above all headers is not alone.
    fn cut(&self) -> Vec<Piece<'f>> {
        let mut from = 0;
        let mut pieces = Vec::new();
        let mut add = |range| pieces.push(Piece { range, ..*self });
        if let Kind::Records(key) = self.kind {
            let header = format!("\n[[{key}]]");
            let find = |at: usize| Some(self.text.get(at..)?.find(&header)? + at + 1);
            let mut after = find(0).map(|first| first + PIECE_BYTES);
            while let Some(next) = after.map(|at| ceil_boundary(self.text, at)).and_then(find) {
                add(from..next);
                from = next;
                after = Some(next + PIECE_BYTES);
            }
        }
        add(from..self.text.len());
        pieces
    }

    fn read(&self) -> Sheet {
        let (table, errors) = DeTable::parse_recoverable(&self.text[self.range.clone()]);
        let mut reader = Reader { file: self.id, start: self.range.start, problems: Vec::new() };
        for error in errors {
            let mark = reader.mark_of(error.span().unwrap_or(0..0));
            reader.note(
                Diagnostic::new(Code::Syntax, mark, format!("this is not TOML: {}", error.message().trim()))
                    .help("texts stand in quotes, lists in [ ], records begin with [[name]]"),
            );
        }
        // A file that is not TOML gives only what its syntax errors say: guesses about its keys would mislead.
        if !reader.problems.is_empty() {
            return Sheet { problems: reader.problems, torn: true, ..Sheet::default() };
        }
        let mut sheet = Sheet::default();
        match self.kind {
            Kind::Case => {
                let node = toml::Spanned::new(table.span(), DeValue::Table(table.into_inner()));
                sheet.case = CaseInfo::read(&node, &mut reader);
            }
            Kind::Records(key) => {
                let root = table.get_ref();
                reader.only(root, &[key], "this file");
                sheet.torn = !reader.problems.is_empty()
                    || root.get(key).is_none_or(|node| !node.get_ref().is_array());
                sheet.fill(key, root, &mut reader);
            }
        }
        sheet.problems = reader.problems;
        sheet
    }
}

impl Sheet {
    fn fill(&mut self, key: &str, root: &DeTable, reader: &mut Reader) {
        match key {
            "party" => self.parties = reader.list(root, key),
            "source" => self.sources = reader.list(root, key),
            "claim" => self.claims = reader.list(root, key),
            "recipe" => self.recipes = reader.list(root, key),
            "scenario" => self.scenarios = reader.list(root, key),
            "rate" => self.rates = reader.list(root, key),
            "deal" => self.deals = reader.list(root, key),
            _ => self.figures = reader.list(root, key),
        }
    }
}

/// The nearest character boundary at or after `at`.
fn ceil_boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len())
}
