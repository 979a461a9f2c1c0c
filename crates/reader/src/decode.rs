//! Bytes to characters, with the name of the encoding and what was lost.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// What the bytes say as text.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// The encoding it was taken for.
    pub encoding: &'static str,
    /// Characters that could not be read and became U+FFFD.
    pub lost: usize,
}

fn lost(text: &str) -> usize {
    text.chars().filter(|c| *c == '\u{fffd}').count()
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _, _) = encoding.decode(bytes);
    let lost = lost(&text);
    Decoded { text: text.into_owned(), encoding: encoding.name(), lost }
}

/// How much of a text is letters that a wrong guess produces: lone accents, Private Use, controls.
fn odd(text: &str) -> usize {
    let odd = |c: &char| {
        *c == '\u{fffd}'
            || matches!(*c, '\u{80}'..='\u{bf}' | '\u{e000}'..='\u{f8ff}')
            || (c.is_control() && !c.is_whitespace())
    };
    text.chars().filter(odd).count()
}

/// Reads bytes: a byte-order mark, UTF-8, what the page itself declares, a guess, and GB18030 before giving up.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), encoding: UTF_8.name(), lost: 0 };
    }
    if let Some(encoding) = wide(bytes) {
        return with(encoding, bytes);
    }
    let as_utf8 = with(UTF_8, bytes);
    // A few bad bytes in a page of UTF-8 are damage, not another encoding.
    if as_utf8.lost * 50 < as_utf8.text.chars().filter(|c| !c.is_ascii()).count() {
        return as_utf8;
    }
    let declared = declared(bytes).map(|encoding| with(encoding, bytes));
    if let Some(found) = declared.filter(|found| found.lost * 50 <= found.text.chars().count()) {
        return found;
    }
    let mut detector = chardetng::EncodingDetector::new();
    detector.feed(bytes, true);
    let guessed = with(detector.guess(None, true), bytes);
    let chinese = with(GB18030, bytes);
    // Two bytes a character: a right guess of GB18030 is shorter and has hardly an odd letter.
    let better = odd(&chinese.text) < odd(&guessed.text)
        || (chinese.lost == 0
            && !guessed.text.chars().any(|c| c > '\u{2fff}')
            && mostly_common_han(&chinese.text));
    if better { chinese } else { guessed }
}

/// Text where most letters beyond ASCII are Han of the common first level.
fn mostly_common_han(text: &str) -> bool {
    let beyond = text.chars().filter(|c| !c.is_ascii()).count();
    let han = text
        .chars()
        .filter(|c| matches!(*c, '\u{4e00}'..='\u{9fa5}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}'))
        .count();
    let common = text
        .chars()
        .filter(|c| matches!(*c, '的' | '一' | '在' | '是' | '了' | '有' | '和' | '人' | '公' | '司' | '年'))
        .count();
    beyond > 0 && han * 10 >= beyond * 9 && common * 40 >= han
}

/// UTF-16 without its mark: every other byte of ASCII text is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1000)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let half = head.len() / 2;
    let enough = |n: usize, other: usize| half > 8 && n * 10 > half * 3 && other * 20 < half;
    let (even, odd) = (zeros(0), zeros(1));
    if enough(odd, even) {
        Some(UTF_16LE)
    } else if enough(even, odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// What the first kilobytes of a page declare with `charset=`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let (_, rest) = head.split_once("charset=")?;
    let label: String = rest
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c))
        .collect();
    Encoding::for_label(label.as_bytes())
}
