//! Changes to the files of a case that keep the author's comments, order and spacing. Writes are atomic.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use toml_edit::{ArrayOfTables, DocumentMut, Item, Value};

/// Why an edit was not made. The file is as it was.
#[derive(Debug)]
pub enum EditError {
    /// The file cannot be read or written.
    Io(PathBuf, io::Error),
    /// The file, or the new text, is not TOML.
    Toml(PathBuf, toml_edit::TomlError),
    /// No record of that kind and id.
    NoRecord(String),
    /// The fragment holds no record, or a record of another kind.
    NoFragment(String),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EditError::Io(path, error) => write!(f, "cannot write {}: {error}", path.display()),
            EditError::Toml(path, error) => write!(f, "{} is not TOML: {error}", path.display()),
            EditError::NoRecord(id) => write!(f, "no record \"{id}\" in this file"),
            EditError::NoFragment(kind) => write!(f, "the new text holds no [[{kind}]]"),
        }
    }
}

impl std::error::Error for EditError {}

/// Sets `key` of the record `[[kind]]` with this id to a value, keeping everything else as it stands.
///
/// # Errors
/// [`EditError`]; the file is then unchanged.
pub fn set(file: &Path, kind: &str, id: &str, key: &str, value: impl Into<Value>) -> Result<(), EditError> {
    let mut document = open(file)?;
    let record = document
        .get_mut(kind)
        .and_then(Item::as_array_of_tables_mut)
        .and_then(|tables| tables.iter_mut().find(|t| t.get("id").and_then(Item::as_str) == Some(id)))
        .ok_or_else(|| EditError::NoRecord(id.to_owned()))?;
    let mut value = value.into();
    if let Some(old) = record.get(key).and_then(Item::as_value) {
        *value.decor_mut() = old.decor().clone();
    }
    record[key] = Item::Value(value);
    write(file, &document.to_string())
}

/// Appends the records of a TOML fragment such as `[[claim]] …` at the end of a file.
///
/// # Errors
/// [`EditError`]; the file is then unchanged.
pub fn append(file: &Path, kind: &str, fragment: &str) -> Result<(), EditError> {
    let parsed = parse(file, fragment)?;
    let fresh = parsed.get(kind).and_then(Item::as_array_of_tables).map_or(0, ArrayOfTables::len);
    if fresh == 0 {
        return Err(EditError::NoFragment(kind.to_owned()));
    }
    let mut text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(EditError::Io(file.to_owned(), error)),
    };
    if !text.is_empty() {
        text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
    }
    text.push_str(fragment.trim_end());
    text.push('\n');
    parse(file, &text)?;
    write(file, &text)
}

/// Adds the legs and states of a fragment such as `[[deal]]` with `[[deal.state]]` to the deal with this id, and
/// ends the leg named in `ends` on a day. Everything else stays as it is.
///
/// # Errors
/// [`EditError`]; the file is then unchanged.
pub fn extend(file: &Path, id: &str, fragment: &str, ends: Option<(&str, Value)>) -> Result<(), EditError> {
    let mut document = open(file)?;
    let parsed = parse(file, fragment)?;
    let fresh = parsed.get("deal").and_then(Item::as_array_of_tables).and_then(|deals| deals.get(0));
    let fresh = fresh.ok_or_else(|| EditError::NoFragment(String::from("deal")))?;
    let deal = document
        .get_mut("deal")
        .and_then(Item::as_array_of_tables_mut)
        .and_then(|tables| tables.iter_mut().find(|t| t.get("id").and_then(Item::as_str) == Some(id)))
        .ok_or_else(|| EditError::NoRecord(id.to_owned()))?;
    if let Some((leg, day)) = ends {
        let legs = deal.get_mut("leg").and_then(Item::as_array_of_tables_mut);
        let found =
            legs.and_then(|legs| legs.iter_mut().find(|t| t.get("id").and_then(Item::as_str) == Some(leg)));
        found.ok_or_else(|| EditError::NoRecord(format!("{id}/{leg}")))?["until"] = Item::Value(day);
    }
    for part in ["leg", "state"] {
        let Some(tables) = fresh.get(part).and_then(Item::as_array_of_tables) else { continue };
        let own = deal.entry(part).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        let Some(own) = own.as_array_of_tables_mut() else { continue };
        // Printed after the last one that is there.
        let place = own.iter().last().and_then(toml_edit::Table::position);
        for table in tables {
            let mut table = table.clone();
            table.set_position(place);
            own.push(table);
        }
    }
    let text = document.to_string();
    parse(file, &text)?;
    write(file, &text)
}

/// Writes a file whole or not at all: beside it, to the disk, then renamed over it. A link is followed to its
/// file; what is no regular file (a device, a pipe) is written as it is, for it cannot be replaced.
///
/// # Errors
/// [`EditError::Io`]; the old file is then unchanged.
pub fn write(file: &Path, text: &str) -> Result<(), EditError> {
    let fail = |error| EditError::Io(file.to_owned(), error);
    // A file that is not there yet has no other name.
    let target = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    match fs::metadata(&target) {
        Ok(old) if old.is_file() => replace(&target, text, Some(old.permissions())).map_err(fail),
        Ok(_) => fs::write(&target, text).map_err(fail),
        Err(_) => replace(&target, text, None).map_err(fail),
    }
}

fn replace(file: &Path, text: &str, permissions: Option<fs::Permissions>) -> io::Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let beside = file.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let done = (|| {
        let mut out = File::create(&beside)?;
        out.write_all(text.as_bytes())?;
        out.sync_all()?;
        permissions.map_or(Ok(()), |old| fs::set_permissions(&beside, old))?;
        fs::rename(&beside, file)
    })();
    if done.is_err() {
        // Nothing is lost if this fails too: the old file still stands.
        let _ = fs::remove_file(&beside);
    }
    done
}

fn open(file: &Path) -> Result<DocumentMut, EditError> {
    let text = fs::read_to_string(file).map_err(|e| EditError::Io(file.to_owned(), e))?;
    parse(file, &text)
}

fn parse(file: &Path, text: &str) -> Result<DocumentMut, EditError> {
    text.parse().map_err(|error| EditError::Toml(file.to_owned(), error))
}
