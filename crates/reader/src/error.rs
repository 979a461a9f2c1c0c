//! Why a document was not read, and what to do about it.

use std::fmt;

/// Why a document was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The file cannot be opened; holds the system's words.
    Unreadable(String),
    /// Nothing in it but spaces.
    Empty,
    /// Bytes that are no text in any encoding known here.
    NotText,
    /// A PDF that asks for a password.
    EncryptedPdf,
    /// A PDF that cannot be parsed.
    BrokenPdf,
    /// A PDF whose pages are pictures.
    NoTextInPdf,
    /// More than can be read.
    TooLarge,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Unreadable(why) => write!(f, "it cannot be opened ({why}); check the name and the rights"),
            ReadError::Empty => f.write_str("it holds no text; save the page again, or paste its text into a .txt file"),
            ReadError::NotText => {
                f.write_str("it is neither text, HTML nor PDF; open it in its own program and save it as text or PDF")
            }
            ReadError::EncryptedPdf => {
                f.write_str("the PDF is encrypted; open it with its password and print it to a new PDF, or copy its text")
            }
            ReadError::BrokenPdf => {
                f.write_str("the PDF cannot be parsed; open it in a viewer and print it to a new PDF, or copy its text")
            }
            ReadError::NoTextInPdf => f.write_str(
                "the PDF holds pictures of pages and no text; run it through text recognition (OCR) first, then read the result",
            ),
            ReadError::TooLarge => f.write_str("it is larger than 64 MB; split it and read the parts"),
        }
    }
}

impl std::error::Error for ReadError {}
