//! Files in memory, and marks that say where in them something was written.

/// A file of the case, by its place in [`Files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub(crate) u32);

/// A stretch of bytes in a file. Files are at most 4 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mark {
    /// Which file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Mark {
    pub(crate) fn new(file: FileId, range: std::ops::Range<usize>) -> Mark {
        Mark { file, start: range.start as u32, end: range.end as u32 }
    }
}

/// A value and where it was written.
#[derive(Clone, Debug)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub mark: Mark,
}

impl<T> std::ops::Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A file of the case: its path inside the case and its text.
#[derive(Debug)]
pub struct File {
    /// Path relative to the case's folder, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// All files of a case, in the order of their paths.
#[derive(Debug, Default)]
pub struct Files(pub(crate) Vec<File>);

impl Files {
    /// The file behind an id.
    pub fn get(&self, id: FileId) -> Option<&File> {
        self.0.get(id.0 as usize)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &File> {
        self.0.iter()
    }

    /// `path:line:column` of a mark's start, both counted from 1, columns in characters.
    pub fn locate(&self, mark: Mark) -> Location {
        let Some(file) = self.get(mark.file) else {
            return Location { path: String::new(), line: 0, column: 0 };
        };
        let before = &file.text[..floor_boundary(&file.text, mark.start as usize)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Location {
            path: file.path.clone(),
            line: before.bytes().filter(|b| *b == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// The nearest character boundary at or before `at`, inside the text.
pub(crate) fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

/// A place that a person can open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Path inside the case.
    pub path: String,
    /// From 1; 0 when the file is unknown.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}
