//! Repair of pages into whose GBK bytes readings were pushed: `網(wǎng)易`, `年?duì)I收`. See docs/reading.md.

use encoding_rs::GBK;
use pinyin::{ToPinyin as _, ToPinyinMulti as _};

use crate::fold::{is_han, simplified};

/// What was taken out or put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Where in the text that came in.
    pub start: usize,
    /// Where it ends there.
    pub end: usize,
    /// What stands now.
    pub now: String,
    /// `gloss` or `half character`.
    pub why: &'static str,
}

/// The text without glosses: characters, their places in the text that came in, repairs, damaged places.
#[derive(Debug, Default)]
pub struct Repaired {
    /// The characters.
    pub chars: Vec<char>,
    /// Their places.
    pub at: Vec<u32>,
    /// What was done.
    pub repairs: Vec<Repair>,
    /// Indices of characters that were put back or may be wrong.
    pub mended: Vec<usize>,
}

const TONED: &str = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ";

fn toned(word: &str) -> bool {
    word.chars().any(|c| TONED.contains(c))
}

fn is_letter(c: char) -> bool {
    c.is_ascii_lowercase() || TONED.contains(c) || c == 'ü'
}

/// The word in the bracket that opens at `open`, and where it closes.
fn bracket(chars: &[char], open: usize) -> Option<(String, usize)> {
    if chars.get(open) != Some(&'(') && chars.get(open) != Some(&'（') {
        return None;
    }
    word(chars, open + 1)
}

fn word(chars: &[char], from: usize) -> Option<(String, usize)> {
    let length = chars[from.min(chars.len())..].iter().take(8).take_while(|c| is_letter(**c)).count();
    let close = from + length;
    let closes = matches!(chars.get(close), Some(')' | '）'));
    (length > 0 && closes).then(|| (chars[from..close].iter().collect(), close))
}

/// Whether `reading` is one of the readings of a character; without tone too.
fn reads(c: char, reading: &str) -> bool {
    let plain = |text: &str| text == reading;
    c.to_pinyin_multi()
        .is_some_and(|all| all.into_iter().any(|one| plain(one.with_tone()) || plain(one.plain())))
        || c.to_pinyin().is_some_and(|one| plain(one.with_tone()) || plain(one.plain()))
}

/// Whether this text has enough glosses to be a damaged page and not a language lesson.
fn damaged(chars: &[char]) -> bool {
    let (mut glosses, mut brackets) = (0usize, 0usize);
    for at in 1..chars.len() {
        if !is_han(chars[at - 1]) {
            continue;
        }
        let Some((word, _)) = bracket(chars, at) else { continue };
        brackets += 1;
        glosses += usize::from(toned(&word) || reads(chars[at - 1], &word));
    }
    glosses >= 5 && glosses * 10 >= brackets * 8
}

/// Undoes the damage where there is enough of it; else gives the text back as it is.
pub fn repair(chars: &[char]) -> Repaired {
    let mut out = Repaired::default();
    if !damaged(chars) {
        out.chars = chars.to_vec();
        out.at = (0..chars.len()).map(|at| u32::try_from(at).unwrap_or(u32::MAX)).collect();
        return out;
    }
    let mut at = 0;
    while at < chars.len() {
        let before = at.checked_sub(1).map(|i| chars[i]);
        if let Some((word, close)) = bracket(chars, at) {
            let last = out.chars.last().copied();
            if last.is_some_and(|c| is_han(c) && (toned(&word) || reads(c, &word))) {
                out.repairs.push(Repair { start: at, end: close + 1, now: String::new(), why: "gloss" });
                at = close + 1;
                continue;
            }
        }
        if chars[at] == '?'
            && before.is_some_and(is_han)
            && let Some(next) = mend(chars, at, &mut out)
        {
            at = next;
            continue;
        }
        out.chars.push(chars[at]);
        out.at.push(u32::try_from(at).unwrap_or(u32::MAX));
        at += 1;
    }
    out
}

fn gbk(c: char) -> Option<(u8, u8)> {
    let text = c.to_string();
    let (bytes, _, bad) = GBK.encode(&text);
    match (bad, &bytes[..]) {
        (false, [lead, trail]) => Some((*lead, *trail)),
        _ => None,
    }
}

fn pair(lead: u8, trail: u8) -> Option<char> {
    let bytes = [lead, trail];
    let (text, _, bad) = GBK.decode(&bytes);
    let mut chars = text.chars();
    match (bad, chars.next(), chars.next()) {
        (false, Some(c), None) if is_han(c) || "《》（）“”、。".contains(c) => Some(c),
        _ => None,
    }
}

/// A half character `X?reading)` and what follows it. The gloss of G = (second byte of X, g2) stands between the
/// two bytes of Z = (g2, z2): find G by its reading, then Z.
fn mend(chars: &[char], mark: usize, out: &mut Repaired) -> Option<usize> {
    let (word, close) = word(chars, mark + 1)?;
    if !toned(&word) {
        return None;
    }
    let (_, g1) = gbk(chars[mark - 1])?;
    let after = *chars.get(close + 1)?;
    let (z2, left) =
        if after.is_ascii() { (after as u8, None) } else { gbk(after).map(|(a, b)| (a, Some(b)))? };
    // Glosses stood after converted characters only, so a G that has a Simplified form goes first.
    let fits = (0x40..=0xfeu8)
        .filter_map(|g2| pair(g1, g2).filter(|g| reads(*g, &word)).map(|g| (simplified(g) == g, g2)));
    let found = fits.filter_map(|(plain, g2)| pair(g2, z2).filter(|z| is_han(*z)).map(|z| (plain, z)));
    let (_, z) = found.min_by_key(|(plain, z)| (*plain, simplified(*z) == *z, *z))?;
    push(out, z, mark);
    let mut end = close + 2;
    let mut now = z.to_string();
    if let Some(left) = left {
        end = shift(chars, end, left, out, &mut now);
    }
    out.repairs.push(Repair { start: mark, end, now, why: "half character" });
    Some(end)
}

fn push(out: &mut Repaired, c: char, at: usize) {
    out.mended.push(out.chars.len());
    out.chars.push(c);
    out.at.push(u32::try_from(at).unwrap_or(u32::MAX));
}

/// Pairs the byte that is left over with the next ones until an ASCII byte or a `?` ends the shift. At a `?` an
/// opening bracket and one ASCII character are lost; a year tells its first digit, else U+FFFD stands for it.
fn shift(chars: &[char], from: usize, mut left: u8, out: &mut Repaired, now: &mut String) -> usize {
    let mut at = from;
    while at < chars.len() && at < from + 40 {
        let c = chars[at];
        if c == '?' {
            let digits: String = chars[at + 1..].iter().take_while(|c| c.is_ascii_digit()).take(5).collect();
            let lost = match digits.len() {
                3 if digits.starts_with('0') => '2',
                3 if digits.starts_with('9') => '1',
                _ => '\u{fffd}',
            };
            let opens = chars[at..].iter().take(60).find(|c| "》）”《（“".contains(**c)).copied();
            let mark = match opens {
                Some('》') if left == 0xa1 => '《',
                Some('）') => '（',
                Some('”') => '“',
                _ => '《',
            };
            let lead = (left != 0xa1).then(|| pair(left, 0xa1)).flatten();
            push(out, lead.unwrap_or(mark), at);
            now.push(lead.unwrap_or(mark));
            push(out, lost, at);
            now.push(lost);
            return at + 1;
        }
        if c.is_ascii() {
            return match pair(left, c as u8) {
                Some(whole) => {
                    push(out, whole, at);
                    now.push(whole);
                    at + 1
                }
                None => at,
            };
        }
        let Some((lead, trail)) = gbk(c) else { return at };
        if let Some(whole) = pair(left, lead) {
            push(out, whole, at);
            now.push(whole);
        }
        left = trail;
        at += 1;
    }
    at
}
