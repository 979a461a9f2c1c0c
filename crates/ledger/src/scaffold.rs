//! A new case: a template that explains itself, or a worked example.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use crate::edit;
use crate::schema::{SCHEMAS, schema};

/// The files of the commented template.
const TEMPLATE: [(&str, &str); 8] = [
    ("case.toml", include_str!("template/case.toml")),
    ("parties.toml", include_str!("template/parties.toml")),
    ("sources.toml", include_str!("template/sources.toml")),
    ("deals/first.toml", include_str!("template/deals/first.toml")),
    ("figures/first.toml", include_str!("template/figures/first.toml")),
    ("claims.toml", include_str!("template/claims.toml")),
    ("recipes.toml", include_str!("template/recipes.toml")),
    ("fx.toml", include_str!("template/fx.toml")),
];

/// Why no case was started.
#[derive(Debug)]
pub enum ScaffoldError {
    /// There is something in the folder already.
    NotEmpty(PathBuf),
    /// The folder cannot be made.
    Io(PathBuf, std::io::Error),
    /// A file cannot be written.
    Write(edit::EditError),
}

impl fmt::Display for ScaffoldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ScaffoldError::NotEmpty(path) => {
                write!(f, "{} is not empty; name a new folder for the case", path.display())
            }
            ScaffoldError::Io(path, error) => write!(f, "cannot make {}: {error}", path.display()),
            ScaffoldError::Write(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ScaffoldError {}

/// The worked example, whose every number can be done by hand.
const TRIANGLE: [(&str, &str); 9] = [
    ("case.toml", include_str!("../../../cases/triangle/case.toml")),
    ("parties.toml", include_str!("../../../cases/triangle/parties.toml")),
    ("sources.toml", include_str!("../../../cases/triangle/sources.toml")),
    ("deals/deals.toml", include_str!("../../../cases/triangle/deals/deals.toml")),
    ("figures/figures.toml", include_str!("../../../cases/triangle/figures/figures.toml")),
    ("claims.toml", include_str!("../../../cases/triangle/claims.toml")),
    ("recipes.toml", include_str!("../../../cases/triangle/recipes.toml")),
    ("fx.toml", include_str!("../../../cases/triangle/fx.toml")),
    ("scenarios/base.toml", include_str!("../../../cases/triangle/scenarios/base.toml")),
];

/// Starts a case that explains itself in comments, with the JSON Schemas beside it for editors, in a new or
/// empty folder. Returns the files written.
///
/// # Errors
/// [`ScaffoldError`]; a folder that holds anything is left alone.
pub fn scaffold(folder: &Path) -> Result<Vec<PathBuf>, ScaffoldError> {
    start(folder, &TEMPLATE)
}

/// Starts a case with the worked example `triangle` instead.
///
/// # Errors
/// [`ScaffoldError`]; a folder that holds anything is left alone.
pub fn example(folder: &Path) -> Result<Vec<PathBuf>, ScaffoldError> {
    start(folder, &TRIANGLE)
}

fn start(folder: &Path, files: &[(&str, &str)]) -> Result<Vec<PathBuf>, ScaffoldError> {
    let io = |error| ScaffoldError::Io(folder.to_owned(), error);
    if folder.exists() && fs::read_dir(folder).map_err(io)?.next().is_some() {
        return Err(ScaffoldError::NotEmpty(folder.to_owned()));
    }
    for part in ["deals", "figures", "scenarios", "schemas"] {
        fs::create_dir_all(folder.join(part)).map_err(io)?;
    }
    let mut written = Vec::new();
    let mut put = |path: PathBuf, text: &str| {
        edit::write(&path, text).map_err(ScaffoldError::Write)?;
        written.push(path);
        Ok(())
    };
    for (name, text) in files {
        // The example's own schemas stand two folders up in this project; in a new case they stand beside it.
        put(folder.join(name), &text.replace("../../schemas/", "schemas/"))?;
    }
    for kind in SCHEMAS {
        let text = schema(kind).map(|schema| format!("{schema:#}\n")).unwrap_or_default();
        put(folder.join("schemas").join(format!("{kind}.schema.json")), &text)?;
    }
    Ok(written)
}
