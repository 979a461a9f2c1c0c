//! A folder into a book. Files are parsed in parallel; every problem of every file is reported in one run.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io, thread};

use toml::de::{DeTable, DeValue};

use crate::book::Book;
use crate::check;
use crate::decode::{Read, Reader};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{CaseInfo, Claim, Deal, Figure, Party, RateRow, Recipe, Source};
use crate::text::{File, FileId, Files, Mark};

/// A book and what is wrong or doubtful in it.
#[derive(Debug)]
pub struct Loaded {
    /// The book, with whatever could be read.
    pub book: Book,
    /// In the order of files and lines.
    pub diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    /// Whether anything of at least this gravity was found.
    pub fn has(&self, severity: Severity) -> bool {
        self.diagnostics.iter().any(|d| d.code.severity() <= severity)
    }
}

/// The folder is not a case that can be opened.
#[derive(Debug)]
pub enum LoadError {
    /// No such folder, or no `case.toml` in it.
    NotACase(PathBuf),
    /// A file that cannot be read.
    Io(PathBuf, io::Error),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::NotACase(path) => write!(
                f,
                "{} is not a case: there is no case.toml in it; `abilene new {}` would start one",
                path.display(),
                path.display()
            ),
            LoadError::Io(path, error) => write!(f, "cannot read {}: {error}", path.display()),
        }
    }
}

impl std::error::Error for LoadError {}

/// The records of one file.
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
    pub(crate) problems: Vec<Diagnostic>,
}

/// Reads a case and checks it.
///
/// # Errors
/// [`LoadError`] when there is no case to read; mistakes inside its files are diagnostics instead.
pub fn load(folder: &Path) -> Result<Loaded, LoadError> {
    let files = read_files(folder)?;
    let sheets = parse_all(&files);
    let (book, mut diagnostics) = Book::gather(folder, files, sheets);
    let sense = check::all(&book, &diagnostics);
    diagnostics.extend(sense);
    diagnostics.sort_by_key(|a| (a.mark, a.code));
    Ok(Loaded { book, diagnostics })
}

/// The TOML files that make up a case, in the order of their paths.
fn read_files(folder: &Path) -> Result<Files, LoadError> {
    if !folder.join("case.toml").is_file() {
        return Err(LoadError::NotACase(folder.to_owned()));
    }
    let mut paths: Vec<PathBuf> = Vec::new();
    for name in ["case", "parties", "sources", "claims", "recipes", "fx"] {
        let path = folder.join(name).with_extension("toml");
        if path.is_file() {
            paths.push(path);
        }
    }
    for part in ["deals", "figures"] {
        let inside = folder.join(part);
        if inside.is_dir() {
            let entries = fs::read_dir(&inside).map_err(|e| LoadError::Io(inside.clone(), e))?;
            paths.extend(
                entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "toml")),
            );
        }
    }
    paths.sort();
    let read = |path: &PathBuf| -> Result<File, LoadError> {
        let text = fs::read_to_string(path).map_err(|e| LoadError::Io(path.clone(), e))?;
        let inside = path.strip_prefix(folder).unwrap_or(path);
        Ok(File { path: inside.to_string_lossy().replace('\\', "/"), text })
    };
    Ok(Files(paths.iter().map(read).collect::<Result<_, _>>()?))
}

/// Parses the files on all cores. The result does not depend on which thread took which file.
fn parse_all(files: &Files) -> Vec<Sheet> {
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, |n| n.get()).min(files.0.len().max(1));
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.0.get(at) else { return done };
            done.push((at, parse(FileId(at as u32), file)));
        }
    };
    let mut sheets: Vec<(usize, Sheet)> = thread::scope(|scope| {
        let handles: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for handle in handles {
            match handle.join() {
                Ok(part) => all.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    sheets.sort_by_key(|(at, _)| *at);
    sheets.into_iter().map(|(_, sheet)| sheet).collect()
}

/// Reads one file by its place in the case.
fn parse(id: FileId, file: &File) -> Sheet {
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    let mut reader = Reader { file: id, problems: Vec::new() };
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let mark = Mark::new(id, span);
        reader.note(
            Diagnostic::new(Code::Syntax, mark, format!("this is not TOML: {}", error.message().trim()))
                .help("texts stand in quotes, lists in [ ], records begin with [[name]]"),
        );
    }
    // A file that is not TOML gives only what its syntax errors say: guesses about its keys would mislead.
    if !reader.problems.is_empty() {
        return Sheet { problems: reader.problems, ..Sheet::default() };
    }
    let mut sheet = Sheet::default();
    let top = file.path.split_once('/').map_or(file.path.as_str(), |(part, _)| part);
    let root = table.get_ref();
    match top {
        "case.toml" => {
            let node = toml::Spanned::new(table.span(), DeValue::Table(root.clone()));
            sheet.case = CaseInfo::read(&node, &mut reader);
        }
        "parties.toml" => sheet.parties = records(root, "party", &mut reader),
        "sources.toml" => sheet.sources = records(root, "source", &mut reader),
        "claims.toml" => sheet.claims = records(root, "claim", &mut reader),
        "recipes.toml" => sheet.recipes = records(root, "recipe", &mut reader),
        "fx.toml" => sheet.rates = records(root, "rate", &mut reader),
        "deals" => sheet.deals = records(root, "deal", &mut reader),
        _ => sheet.figures = records(root, "figure", &mut reader),
    }
    sheet.problems = reader.problems;
    sheet
}

fn records<T: Read>(root: &DeTable, key: &str, reader: &mut Reader) -> Vec<T> {
    reader.only(root, &[key], "this file");
    reader.list(root, key)
}
