//! From TOML nodes to typed records, collecting every problem on the way.
//!
//! One declaration of a record gives its Rust type, its reader and its JSON Schema, so that the three cannot
//! drift apart. The readers walk the parsed document themselves, rather than through serde, because serde ends
//! at the first error and an author wants to see all of them.

use std::ops::Range;

use abilene_quantity::{Amount, Date, Period, Rate, Unit};
use serde_json::{Value, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic};
use crate::text::{At, FileId, Mark};

/// A value of the document with its place.
pub(crate) type Node<'i> = Spanned<DeValue<'i>>;

/// Something that can be read from a node and described by a schema.
pub(crate) trait Read: Sized {
    /// The value, or `None` after the reader has noted why not.
    fn read(node: &Node, reader: &mut Reader) -> Option<Self>;
    /// JSON Schema of the value.
    fn schema() -> Value;
}

/// Reads one file, or a piece of it, and keeps what is wrong with it.
pub(crate) struct Reader {
    pub(crate) file: FileId,
    /// Where in the file the text begins that is being read.
    pub(crate) start: usize,
    pub(crate) problems: Vec<Diagnostic>,
}

impl Reader {
    pub(crate) fn mark(&self, node: &Node) -> Mark {
        self.mark_of(node.span())
    }

    /// The mark of a stretch of the text that is being read.
    pub(crate) fn mark_of(&self, span: Range<usize>) -> Mark {
        Mark::new(self.file, self.start + span.start..self.start + span.end)
    }

    pub(crate) fn note(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// The text of a string node, or a note that `what` was expected.
    pub(crate) fn text<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n str> {
        let text = node.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(node, &format!("{what} in quotes"));
        }
        text
    }

    /// Notes that a value has the wrong type.
    pub(crate) fn wrong_type(&mut self, node: &Node, expected: &str) {
        let found = match node.get_ref() {
            DeValue::String(_) => "text",
            DeValue::Integer(_) | DeValue::Float(_) => "a bare number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.note(
            Diagnostic::new(Code::WrongType, self.mark(node), format!("expected {expected}, found {found}"))
                .help(format!("write {expected}")),
        );
    }

    /// Notes a word outside the list of `known` ones.
    pub(crate) fn unknown_word(&mut self, node: &Node, text: &str, what: &str, known: &[&str]) {
        let help = match nearest(text, known.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"? Known here: {}", known.join(", ")),
            None => format!("known here: {}", known.join(", ")),
        };
        self.note(
            Diagnostic::new(Code::UnknownWord, self.mark(node), format!("\"{text}\" is not {what}"))
                .help(help),
        );
    }

    /// The value of a key that must be there.
    pub(crate) fn required<T: Read>(
        &mut self,
        table: &DeTable,
        key: &str,
        owner: Mark,
        what: &str,
    ) -> Option<T> {
        match table.get(key) {
            Some(node) => T::read(node, self),
            None => {
                self.note(
                    Diagnostic::new(Code::MissingKey, owner, format!("{what} has no `{key}`"))
                        .help(format!("add a line `{key} = …` below this one")),
                );
                None
            }
        }
    }

    /// The value of a key that may be absent.
    pub(crate) fn optional<T: Read>(&mut self, table: &DeTable, key: &str) -> Option<T> {
        table.get(key).and_then(|node| T::read(node, self))
    }

    /// The values of a list; none when the key is absent. Entries that cannot be read are noted and left out.
    pub(crate) fn list<T: Read>(&mut self, table: &DeTable, key: &str) -> Vec<T> {
        let Some(node) = table.get(key) else { return Vec::new() };
        match node.get_ref() {
            DeValue::Array(items) => {
                // Records are large and lists short: room for exactly these, not for four as by default.
                let mut values = Vec::with_capacity(items.len());
                values.extend(items.iter().filter_map(|item| T::read(item, self)));
                values
            }
            DeValue::Table(_) => {
                self.note(
                    Diagnostic::new(Code::WrongType, self.mark(node), format!("`{key}` must be a list"))
                        .help(format!("write `[[{key}]]` with two brackets on each side")),
                );
                Vec::new()
            }
            _ => {
                self.wrong_type(node, "a list in brackets");
                Vec::new()
            }
        }
    }

    /// The table behind a node.
    pub(crate) fn table<'n, 'i>(&mut self, node: &'n Node<'i>, what: &str) -> Option<&'n DeTable<'i>> {
        match node.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => {
                self.wrong_type(node, what);
                None
            }
        }
    }

    /// Notes the keys that no record of this kind has.
    pub(crate) fn only(&mut self, table: &DeTable, known: &[&str], what: &str) {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref().as_ref();
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? Known here: {}", known.join(", ")),
                None => format!("known here: {}", known.join(", ")),
            };
            let mark = self.mark_of(key.span());
            self.note(
                Diagnostic::new(Code::UnknownKey, mark, format!("`{name}` is not a key of {what}"))
                    .help(help),
            );
        }
    }
}

/// The word nearest to `text`, when it is near enough to be meant.
pub fn nearest<'k>(text: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let folded = text.to_lowercase().replace(['_', '-'], " ");
    known
        .map(|word| (strsim::jaro_winkler(&folded, &word.to_lowercase().replace(['_', '-'], " ")), word))
        .filter(|(likeness, _)| *likeness > 0.82)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}

impl Read for String {
    fn read(node: &Node, reader: &mut Reader) -> Option<String> {
        reader.text(node, "text").map(str::to_owned)
    }

    fn schema() -> Value {
        json!({"type": "string"})
    }
}

impl<T: Read> Read for At<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<At<T>> {
        let mark = reader.mark(node);
        T::read(node, reader).map(|value| At { value, mark })
    }

    fn schema() -> Value {
        T::schema()
    }
}

impl Read for Date {
    fn read(node: &Node, reader: &mut Reader) -> Option<Date> {
        let day = match node.get_ref() {
            DeValue::Datetime(stamp) if stamp.time.is_none() => stamp.date,
            _ => None,
        };
        let date = day.and_then(|d| Date::new(d.year as i16, d.month as i8, d.day as i8).ok());
        if date.is_none() {
            let found = match node.get_ref() {
                DeValue::String(text) => format!("the text \"{text}\""),
                DeValue::Datetime(stamp) => stamp.to_string(),
                other => format!("a value of type {}", other.type_str()),
            };
            reader.note(
                Diagnostic::new(Code::BadDate, reader.mark(node), format!("expected a date, found {found}"))
                    .help("write the date as year-month-day, without quotes: 2025-09-22"),
            );
        }
        date
    }

    fn schema() -> Value {
        json!({"type": "string", "format": "date"})
    }
}

impl Read for Amount {
    fn read(node: &Node, reader: &mut Reader) -> Option<Amount> {
        if let DeValue::Integer(_) | DeValue::Float(_) = node.get_ref() {
            reader.note(
                Diagnostic::new(Code::BadAmount, reader.mark(node), "a bare number is not an amount")
                    .label("no unit")
                    .help("write the number with its unit, in quotes: \"100 bn USD\", \"7 GW\", \"20 %\""),
            );
            return None;
        }
        let text = reader.text(node, "an amount with a unit, such as \"100 bn USD\",")?;
        match Amount::parse(text) {
            Ok(amount) => Some(amount),
            Err(error) => {
                let mut help = String::from("an amount is a number, a scale (k, m, bn, tn) and a unit");
                if let abilene_quantity::AmountError::Unit(unit) = &error
                    && let Some(near) = nearest(&unit.word, Unit::words().into_iter())
                {
                    help = format!("did you mean \"{near}\"?");
                }
                reader
                    .note(Diagnostic::new(Code::BadAmount, reader.mark(node), error.to_string()).help(help));
                None
            }
        }
    }

    fn schema() -> Value {
        json!({
            "type": "string",
            "description": "A number with its unit: [up to|at least|about] NUMBER [to NUMBER] [k|m|bn|tn] UNIT[/PER]",
            "pattern": "^(up to |at least |about )?-?[0-9.]+( to -?[0-9.]+)?( (k|m|bn|tn))? [A-Za-z%]+(/[A-Za-z]+)?$",
            "examples": ["100 bn USD", "up to 100 bn USD", "12 to 27 bn USD", "7 GW", "20 %", "2 tn USD/year"],
        })
    }
}

/// A type read from text by its own parser, with a schema that shows an example.
macro_rules! parsed {
    ($type:ty, $what:literal, $example:literal) => {
        impl Read for $type {
            fn read(node: &Node, reader: &mut Reader) -> Option<$type> {
                let text = reader.text(node, $what)?;
                <$type>::parse(text)
                    .map_err(|error| {
                        reader.note(
                            Diagnostic::new(Code::BadDate, reader.mark(node), error.to_string())
                                .help(concat!("write it like \"", $example, "\"")),
                        );
                    })
                    .ok()
            }

            fn schema() -> Value {
                json!({"type": "string", "examples": [$example]})
            }
        }
    };
}

parsed!(Period, "a period", "12 months to 2026-01");
parsed!(Rate, "a rate", "1 USD = 1403 KRW");

/// A month of the year, 1 to 12.
impl Read for u8 {
    fn read(node: &Node, reader: &mut Reader) -> Option<u8> {
        let month = match node.get_ref() {
            DeValue::Integer(number) => number.as_str().parse().ok().filter(|m| (1..=12).contains(m)),
            _ => None,
        };
        if month.is_none() {
            reader.wrong_type(node, "a month from 1 to 12");
        }
        month
    }

    fn schema() -> Value {
        json!({"type": "integer", "minimum": 1, "maximum": 12})
    }
}

/// Declares a record once: its type, its reader and its schema. See the head of the module.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        $name:ident ($what:literal) {
            $($(#[doc = $field_doc:literal])* $field:ident : $need:ident $type:ty,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $($(#[doc = $field_doc])* pub $field: $crate::decode::record!(@type $need $type),)*
            /// Where the record stands.
            pub mark: $crate::text::Mark,
        }

        impl $crate::decode::Read for $name {
            fn read(node: &$crate::decode::Node, reader: &mut $crate::decode::Reader) -> Option<$name> {
                let mark = reader.mark(node);
                let table = reader.table(node, $what)?;
                $(let $field = $crate::decode::record!(@read $need $type, reader, table, mark, $field, $what);)*
                reader.only(table, &[$(stringify!($field)),*], $what);
                Some($name { $($field: $crate::decode::record!(@take $need $field),)* mark })
            }

            fn schema() -> serde_json::Value {
                let mut properties = serde_json::Map::new();
                let mut required: Vec<&str> = Vec::new();
                $(
                    let text = concat!($($field_doc, "\n"),*).trim();
                    let schema = $crate::decode::record!(@schema $need $type);
                    properties.insert(stringify!($field).into(), $crate::decode::described(schema, text));
                    if stringify!($need) == "required" { required.push(stringify!($field)); }
                )*
                serde_json::json!({
                    "type": "object",
                    "description": concat!($($doc, "\n"),*).trim(),
                    "properties": properties,
                    "required": required,
                    "additionalProperties": false,
                })
            }
        }
    };
    (@type required $type:ty) => { $type };
    (@type optional $type:ty) => { Option<$type> };
    (@type list $type:ty) => { Vec<$type> };
    (@read required $type:ty, $r:ident, $t:ident, $m:ident, $f:ident, $w:literal) => {
        $r.required::<$type>($t, stringify!($f), $m, $w)
    };
    (@read optional $type:ty, $r:ident, $t:ident, $m:ident, $f:ident, $w:literal) => {
        $r.optional::<$type>($t, stringify!($f))
    };
    (@read list $type:ty, $r:ident, $t:ident, $m:ident, $f:ident, $w:literal) => {
        $r.list::<$type>($t, stringify!($f))
    };
    (@take required $field:ident) => { $field? };
    (@take optional $field:ident) => { $field };
    (@take list $field:ident) => { $field };
    (@schema list $type:ty) => {
        serde_json::json!({"type": "array", "items": <$type as $crate::decode::Read>::schema()})
    };
    (@schema $need:ident $type:ty) => { <$type as $crate::decode::Read>::schema() };
}
pub(crate) use record;

/// A schema with the text of the documentation as its description.
pub(crate) fn described(mut schema: Value, text: &str) -> Value {
    if let Value::Object(object) = &mut schema
        && !text.is_empty()
    {
        object.insert("description".into(), Value::String(text.to_owned()));
    }
    schema
}
