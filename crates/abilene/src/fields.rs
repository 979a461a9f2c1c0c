//! Strict reading of JSON: every error knows its kind, its place and, where there is one, its party.

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

/// Why a file of numbers was refused.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileError {
    /// What is the matter, as one word for programs.
    pub kind: &'static str,
    /// Place in the file, such as `obligations[3].amount`; empty for the file as a whole.
    pub entry: String,
    /// The party concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// What was found and what was expected.
    pub message: String,
}

impl FileError {
    pub(crate) fn new(kind: &'static str, entry: impl Into<String>, message: impl Into<String>) -> FileError {
        FileError { kind, entry: entry.into(), party: None, message: message.into() }
    }

    pub(crate) fn of(mut self, party: &str) -> FileError {
        self.party = Some(party.to_owned());
        self
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.entry.is_empty() {
            write!(f, "{}: ", self.entry)?;
        }
        write!(f, "{} ({}", self.message, self.kind)?;
        match &self.party {
            Some(party) => write!(f, ", party `{party}`)"),
            None => write!(f, ")"),
        }
    }
}

impl std::error::Error for FileError {}

pub(crate) type Read<T> = Result<T, FileError>;

/// An object of the file, with the fields it may have.
pub(crate) struct Fields<'a> {
    map: &'a Map<String, Value>,
    path: String,
    party: Option<String>,
}

impl<'a> Fields<'a> {
    pub fn open(value: &'a Value, path: impl Into<String>, known: &[&str]) -> Read<Fields<'a>> {
        let path = path.into();
        let Value::Object(map) = value else {
            return Err(FileError::new("wrong_type", path, "expected an object"));
        };
        if let Some(field) = map.keys().find(|field| !known.contains(&field.as_str())) {
            let place = if path.is_empty() { field.clone() } else { format!("{path}.{field}") };
            let message = format!("no field `{field}` is known here; expected one of {}", known.join(", "));
            return Err(FileError::new("unknown_field", place, message));
        }
        Ok(Fields { map, path, party: None })
    }

    /// Errors from here on concern this party.
    pub fn about(&mut self, party: &str) {
        self.party = Some(party.to_owned());
    }

    pub fn place(&self, field: &str) -> String {
        if self.path.is_empty() { field.to_owned() } else { format!("{}.{field}", self.path) }
    }

    pub fn get(&self, field: &str) -> Option<&'a Value> {
        self.map.get(field)
    }

    pub fn error(&self, kind: &'static str, field: &str, message: impl Into<String>) -> FileError {
        FileError { party: self.party.clone(), ..FileError::new(kind, self.place(field), message) }
    }

    fn wrong(&self, field: &str, expected: &str, found: &Value) -> FileError {
        self.error("wrong_type", field, format!("expected {expected}; found {found}"))
    }

    pub fn missing(&self, field: &str) -> FileError {
        self.error("missing_field", field, format!("expected a field `{field}`"))
    }

    pub fn text(&self, field: &str) -> Read<Option<&'a str>> {
        match self.get(field) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(found) => Err(self.wrong(field, "a text", found)),
        }
    }

    pub fn needed_text(&self, field: &str) -> Read<&'a str> {
        self.text(field)?.ok_or_else(|| self.missing(field))
    }

    pub fn list(&self, field: &str) -> Read<&'a [Value]> {
        match self.get(field) {
            None => Ok(&[]),
            Some(Value::Array(list)) => Ok(list),
            Some(found) => Err(self.wrong(field, "a list", found)),
        }
    }

    pub fn object(&self, field: &str) -> Read<Option<&'a Map<String, Value>>> {
        match self.get(field) {
            None => Ok(None),
            Some(Value::Object(map)) => Ok(Some(map)),
            Some(found) => Err(self.wrong(field, "an object", found)),
        }
    }

    /// A whole number.
    pub fn whole(&self, field: &str) -> Read<Option<i64>> {
        let Some(found) = self.get(field) else { return Ok(None) };
        let rounded = found.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 9e15);
        let number = found.as_i64().or_else(|| rounded.map(|number| number as i64));
        number.map(Some).ok_or_else(|| self.wrong(field, "a whole number", found))
    }

    pub fn number(&self, field: &str) -> Read<Option<f64>> {
        match self.get(field) {
            None => Ok(None),
            Some(found) => self.as_number(field, found).map(Some),
        }
    }

    pub fn as_number(&self, field: &str, found: &Value) -> Read<f64> {
        found
            .as_f64()
            .filter(|number| number.is_finite())
            .ok_or_else(|| self.wrong(field, "a finite number", found))
    }

    /// A number of at least 0.
    pub fn amount(&self, field: &str) -> Read<Option<f64>> {
        match self.number(field)? {
            Some(number) if number < 0.0 => Err(self.negative(field, number)),
            found => Ok(found),
        }
    }

    pub fn negative(&self, field: &str, number: f64) -> FileError {
        self.error("negative_number", field, format!("expected 0 or more; found {number}"))
    }

    /// A number from 0 to 1.
    pub fn part(&self, field: &str) -> Read<Option<f64>> {
        match self.number(field)? {
            Some(number) if !(0.0..=1.0).contains(&number) => Err(self.out_of_range(field, number)),
            found => Ok(found),
        }
    }

    pub fn out_of_range(&self, field: &str, number: f64) -> FileError {
        self.error("out_of_range", field, format!("expected 0 to 1; found {number}"))
    }

    /// A number above 0.
    pub fn positive(&self, field: &str) -> Read<Option<f64>> {
        match self.number(field)? {
            Some(number) if number <= 0.0 => {
                Err(self.error("not_positive", field, format!("expected a number above 0; found {number}")))
            }
            found => Ok(found),
        }
    }
}
