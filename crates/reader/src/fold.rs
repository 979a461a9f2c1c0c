//! One character for one character: width, case and Traditional to Simplified, so that offsets stay.

use std::sync::OnceLock;

const TABLE: &str = include_str!("tables/t2s.txt");

/// Traditional to Simplified for the basic plane, 0 where nothing changes.
fn table() -> &'static [u16] {
    static TABLE_OF: OnceLock<Vec<u16>> = OnceLock::new();
    TABLE_OF.get_or_init(|| {
        let mut table = vec![0u16; 0x1_0000];
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let chars: Vec<char> = line.chars().collect();
            for pair in chars.chunks_exact(2) {
                if let (Ok(from), Ok(to)) = (usize::try_from(pair[0] as u32), u16::try_from(pair[1] as u32))
                    && let Some(slot) = table.get_mut(from)
                {
                    *slot = to;
                }
            }
        }
        table
    })
}

/// The Simplified form of a character; itself where there is none.
pub fn simplified(c: char) -> char {
    let found = table().get(c as usize).copied().filter(|to| *to != 0);
    found.and_then(|to| char::from_u32(u32::from(to))).unwrap_or(c)
}

/// The narrow form of full-width Latin letters, digits and marks, and of the many spaces and dashes.
pub fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{202f}' | '\u{2000}'..='\u{200a}' | '\t' => ' ',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' => '-',
        '〜' | '∼' => '~',
        '’' | '‘' | 'ʼ' => '\'',
        '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' | '〝' | '〞' => '"',
        '｡' => '。',
        '・' | '･' | '•' => '·',
        _ => c,
    }
}

/// The form that is compared: narrow, lower case, Simplified. Japanese and Korean pass as they are.
pub fn folded(c: char) -> char {
    let c = narrow(c);
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    if is_han(c) {
        return simplified(c);
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// The folded form of a text.
pub fn fold(text: &str) -> String {
    text.chars().map(folded).collect()
}

/// Whether a character is Han.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}' | '々' | '〇')
}

/// Whether a character is Japanese kana.
pub fn is_kana(c: char) -> bool {
    is_katakana(c) || matches!(c, '\u{3041}'..='\u{309f}')
}

/// Whether a character is katakana or its lengthening mark.
pub fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー' | '\u{31f0}'..='\u{31ff}')
}

/// Whether a character is Hangul.
pub fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}')
}
