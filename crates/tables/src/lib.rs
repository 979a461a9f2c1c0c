//! Columns to Parquet files, a row group at a time, so that memory does not grow with the rows.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fmt, fs, io};

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Numbers.
    Number,
    /// Whole numbers.
    Count,
}

/// A stretch of one column.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Words.
    Text(Vec<String>),
    /// Numbers.
    Number(Vec<f64>),
    /// Whole numbers.
    Count(Vec<i64>),
}

impl Column {
    fn kind(&self) -> Kind {
        match self {
            Column::Text(_) => Kind::Text,
            Column::Number(_) => Kind::Number,
            Column::Count(_) => Kind::Count,
        }
    }
}

/// Why a table could not be written.
#[derive(Debug)]
pub enum TableError {
    /// The file.
    Io(PathBuf, io::Error),
    /// The table.
    Parquet(PathBuf, ParquetError),
    /// A column of another kind than the table's header says, by its place.
    Kind(PathBuf, usize),
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TableError::Io(path, error) => write!(f, "cannot write {}: {error}", path.display()),
            TableError::Parquet(path, error) => write!(f, "cannot write {}: {error}", path.display()),
            TableError::Kind(path, at) => write!(f, "{}: column {at} is of another kind", path.display()),
        }
    }
}

impl std::error::Error for TableError {}

/// A table that is being written. Its file appears under its name when it is [closed](Table::close): a table that
/// was not finished leaves nothing.
pub struct Table {
    path: PathBuf,
    beside: PathBuf,
    kinds: Vec<Kind>,
    writer: SerializedFileWriter<File>,
}

impl Table {
    /// Begins a table of these columns.
    ///
    /// # Errors
    /// [`TableError`] when there is no writing there.
    pub fn create(path: &Path, columns: &[(&str, Kind)]) -> Result<Table, TableError> {
        let beside = path.with_extension("parquet.part");
        let file = File::create(&beside).map_err(|error| TableError::Io(path.to_owned(), error))?;
        let failed = |error| TableError::Parquet(path.to_owned(), error);
        let fields = columns
            .iter()
            .map(|(name, kind)| field(name, *kind))
            .collect::<Result<_, _>>()
            .map_err(failed)?;
        let schema = Type::group_type_builder("table").with_fields(fields).build().map_err(failed)?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let writer =
            SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties)).map_err(failed)?;
        let kinds = columns.iter().map(|(_, kind)| *kind).collect();
        Ok(Table { path: path.to_owned(), beside, kinds, writer })
    }

    /// Adds rows: one stretch for each column, all as long.
    ///
    /// # Errors
    /// [`TableError`] when a column is of another kind, or writing fails.
    pub fn add(&mut self, columns: &[Column]) -> Result<(), TableError> {
        let path = self.path.clone();
        let failed = |error| TableError::Parquet(path.clone(), error);
        let kinds = columns.iter().map(Column::kind);
        if let Some(at) = (0..self.kinds.len().max(columns.len()))
            .find(|at| kinds.clone().nth(*at) != self.kinds.get(*at).copied())
        {
            return Err(TableError::Kind(path, at));
        }
        let mut group = self.writer.next_row_group().map_err(failed)?;
        for column in columns {
            write(&mut group, column).map_err(failed)?;
        }
        group.close().map(|_| ()).map_err(failed)
    }

    /// Ends the table and puts it in its place.
    ///
    /// # Errors
    /// [`TableError`] when writing fails.
    pub fn close(self) -> Result<(), TableError> {
        self.writer.close().map_err(|error| TableError::Parquet(self.path.clone(), error))?;
        fs::rename(&self.beside, &self.path).map_err(|error| TableError::Io(self.path.clone(), error))
    }
}

fn field(name: &str, kind: Kind) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Count => (Physical::INT64, None),
    };
    let builder = Type::primitive_type_builder(name, physical).with_repetition(Repetition::REQUIRED);
    builder.with_logical_type(logical).build().map(Arc::new)
}

/// The kinds agree, so that `typed` finds what it asks for.
fn write(group: &mut SerializedRowGroupWriter<'_, File>, column: &Column) -> Result<(), ParquetError> {
    let Some(mut next) = group.next_column()? else { return Ok(()) };
    match column {
        Column::Text(values) => {
            let bytes: Vec<ByteArray> = values.iter().map(|value| ByteArray::from(value.as_str())).collect();
            next.typed::<ByteArrayType>().write_batch(&bytes, None, None)?;
        }
        Column::Number(values) => {
            next.typed::<DoubleType>().write_batch(values, None, None)?;
        }
        Column::Count(values) => {
            next.typed::<Int64Type>().write_batch(values, None, None)?;
        }
    }
    next.close()
}
