//! Text of a PDF, page by page, with lopdf. It reads what the file says about its letters: a scanned page has
//! none, and a font without a map to Unicode gives wrong ones; both are told.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::ReadError;

/// The pages of a PDF.
///
/// # Errors
/// [`ReadError`] when the file is encrypted, broken or has no text.
pub fn pages(bytes: &[u8]) -> Result<Vec<String>, ReadError> {
    // The parser is not ours, and a broken file must not take the program down with it.
    let read = catch_unwind(AssertUnwindSafe(|| extract(bytes)));
    let pages = read.unwrap_or(Err(ReadError::BrokenPdf))?;
    if pages.iter().all(|page| page.trim().is_empty()) {
        return Err(ReadError::NoTextInPdf);
    }
    Ok(pages)
}

fn extract(bytes: &[u8]) -> Result<Vec<String>, ReadError> {
    let document = lopdf::Document::load_mem(bytes).map_err(|_| broken(bytes))?;
    if document.is_encrypted() || document.encryption_state.is_some() {
        return Err(ReadError::EncryptedPdf);
    }
    let numbers: Vec<u32> = document.get_pages().keys().copied().collect();
    if numbers.is_empty() {
        return Err(ReadError::BrokenPdf);
    }
    Ok(numbers.iter().map(|number| document.extract_text(&[*number]).unwrap_or_default()).collect())
}

fn broken(bytes: &[u8]) -> ReadError {
    let encrypted = bytes.windows(8).any(|window| window == b"/Encrypt");
    if encrypted { ReadError::EncryptedPdf } else { ReadError::BrokenPdf }
}
