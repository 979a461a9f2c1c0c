//! A folder into a book. Every problem of every file is reported in one run.

use std::fmt;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::book::Book;
use crate::check;
use crate::diagnostic::{Diagnostic, Severity};
use crate::sheet::read_all;
use crate::text::{File, Files};

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

/// Reads a case and checks it.
///
/// # Errors
/// [`LoadError`] when there is no case to read; mistakes inside its files are diagnostics instead.
pub fn load(folder: &Path) -> Result<Loaded, LoadError> {
    let files = read_files(folder)?;
    let sheets = read_all(&files);
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
    for part in ["deals", "figures", "scenarios"] {
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
