//! The lexicon: words of grammar found in folded text, all in one pass.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::fold::{is_han, is_hangul, is_kana, is_katakana};
use crate::words::rows;

/// The tables, the classes of a word in the order of the first that has it.
const TABLES: [(&str, Tongue); 6] = [
    (include_str!("tables/english.txt"), Tongue::Any),
    (include_str!("tables/chinese.txt"), Tongue::Any),
    (include_str!("tables/japanese.txt"), Tongue::Japanese),
    (include_str!("tables/korean.txt"), Tongue::Any),
    (include_str!("tables/german.txt"), Tongue::German),
    (include_str!("tables/french.txt"), Tongue::French),
];

/// The language of a text in Latin letters; its words count besides those of English and of the other scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tongue {
    /// English, or a text in other letters.
    Any,
    /// German.
    German,
    /// French.
    French,
    /// Japanese; it shares letters with Chinese and not its grammar.
    Japanese,
}

impl Tongue {
    /// German or French.
    pub fn western(self) -> bool {
        matches!(self, Tongue::German | Tongue::French)
    }
}

/// The language by its commonest small words.
pub fn tongue(fold: &[char]) -> Tongue {
    let text: String = std::iter::once(&' ').chain(fold.iter().take(4000)).collect();
    let count = |words: &[&str]| words.iter().map(|word| text.matches(word).count()).sum::<usize>();
    let english = count(&[" the ", " of ", " and ", " to ", " in "]);
    let german = count(&[
        " der ", " die ", " das ", " und ", " mit ", " von ", " ein ", " im ", " den ", " dem ", " des ",
        " für ", " einen ", " eine ", " auf ",
    ]);
    let french = count(&[
        " le ", " la ", " les ", " de ", " des ", " et ", " du ", " en ", " d'", " l'", " un ", " une ",
        " à ", " au ", " pour ",
    ]);
    match (german > english.max(french), french > english.max(german)) {
        (true, _) => Tongue::German,
        (_, true) => Tongue::French,
        _ => Tongue::Any,
    }
}

/// What a word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A verb whose subject pays.
    Give,
    /// A verb whose subject is paid.
    Get,
    /// A verb whose subject buys.
    Buy,
    /// A verb whose subject sells.
    Sell,
    /// A verb that says two agree.
    Sign,
    /// A noun that carries an instrument.
    Noun,
    /// A preposition.
    Prep,
    /// A particle after a name.
    Part,
    /// A word between names of a list.
    List,
    /// How far a deal has come.
    Status,
    /// A verb of speech.
    Say,
    /// What a number measures.
    Metric,
    /// A word that stands for one named before.
    Pron,
    /// A group of unnamed payers.
    Coll,
    /// A kind of company before its name.
    Role,
    /// A person's office.
    Title,
    /// A word that holds one of the others inside.
    Word,
    /// A word that no name holds.
    Stop,
}

impl Class {
    /// A verb of deals.
    pub fn is_verb(self) -> bool {
        matches!(self, Class::Give | Class::Get | Class::Buy | Class::Sell | Class::Sign)
    }
}

fn class(name: &str) -> Option<Class> {
    Some(match name {
        "give" => Class::Give,
        "get" => Class::Get,
        "buy" => Class::Buy,
        "sell" => Class::Sell,
        "sign" => Class::Sign,
        "noun" => Class::Noun,
        "prep" => Class::Prep,
        "part" => Class::Part,
        "list" => Class::List,
        "status" => Class::Status,
        "say" => Class::Say,
        "metric" => Class::Metric,
        "pron" => Class::Pron,
        "coll" => Class::Coll,
        "role" => Class::Role,
        "title" => Class::Title,
        "word" => Class::Word,
        "stop" => Class::Stop,
        _ => return None,
    })
}

/// One meaning of a word.
pub type Sense = (Class, &'static str);

/// A word found in the text.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Its meanings.
    pub senses: &'static [Sense],
}

impl Hit {
    /// The value it has in a class.
    pub fn is(&self, class: Class) -> Option<&'static str> {
        self.senses.iter().find(|(found, _)| *found == class).map(|(_, value)| *value)
    }
}

struct Lexicon {
    machine: Option<AhoCorasick>,
    words: Vec<((String, Tongue), Vec<Sense>)>,
}

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let mut all: BTreeMap<(String, Tongue), Vec<Sense>> = BTreeMap::new();
        let rows = TABLES.into_iter().flat_map(|(table, tongue)| rows(table).map(move |row| (row, tongue)));
        for ((section, value, words), tongue) in rows {
            let Some(class) = class(section) else { continue };
            for word in words.split(" | ").flat_map(expand) {
                let senses = all.entry((crate::fold::fold(&word), tongue)).or_default();
                if !senses.iter().any(|(found, _)| *found == class) || class == Class::Part {
                    senses.push((class, value));
                }
            }
        }
        let words: Vec<((String, Tongue), Vec<Sense>)> = all.into_iter().collect();
        let machine = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(words.iter().map(|((word, _), _)| word))
            .ok();
        Lexicon { machine, words }
    })
}

/// `invest/s/ed for` to `invest for`, `invests for`, `invested for`. A slash after a Han letter is the word's own.
fn expand(word: &str) -> Vec<String> {
    let word = word.trim();
    let Some((stem, rest)) = word.split_once('/').filter(|(stem, _)| !stem.is_empty()) else {
        return vec![word.to_owned()];
    };
    let (endings, tail) =
        rest.split_once(' ').map_or((rest, String::new()), |(endings, tail)| (endings, format!(" {tail}")));
    std::iter::once("").chain(endings.split('/')).map(|ending| format!("{stem}{ending}{tail}")).collect()
}

fn spaced(c: Option<&char>) -> bool {
    c.is_some_and(|c| (c.is_alphanumeric() && !is_han(*c) && !is_kana(*c) && !is_hangul(*c)) || *c == '_')
}

/// Whether a word may stand here: not inside a longer word of its script.
fn fits(chars: &[char], start: usize, end: usize, senses: &[Sense]) -> bool {
    let (first, last) = (chars[start], chars[end - 1]);
    let before = start.checked_sub(1).and_then(|i| chars.get(i));
    let after = chars.get(end);
    if spaced(Some(&first)) && spaced(before) || spaced(Some(&last)) && spaced(after) {
        return false;
    }
    let particle =
        senses.iter().all(|(class, _)| matches!(class, Class::Part | Class::List)) && !is_han(first);
    if particle && is_hangul(first) {
        let ends_word = after.is_none_or(|c| !is_hangul(*c) && !c.is_alphanumeric());
        return ends_word && before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '"'));
    }
    if particle && is_kana(first) {
        let own = before.is_some_and(|c| !is_kana(*c) || is_katakana(*c));
        return own && before.is_some_and(|c| !c.is_whitespace());
    }
    if is_katakana(first) && before.is_some_and(|c| is_katakana(*c))
        || is_katakana(last) && after.is_some_and(|c| is_katakana(*c))
    {
        return false;
    }
    // 양도 of 해양도: the last letter is the particle of a longer word.
    let part = matches!(last, '도' | '은' | '는' | '이' | '가' | '의' | '에');
    if is_hangul(first) && part && end - start == 2 && before.is_some_and(|c| is_hangul(*c)) {
        return false;
    }
    // A Korean word starts where a space ends.
    !(is_hangul(first) && before.is_some_and(|c| is_hangul(*c)) && end - start == 1)
}

/// A Chinese word that is none in a Japanese text: one letter of a longer word, or `銀行` at the end of a name.
fn foreign(chars: &[char], blocked: &[bool], start: usize, end: usize, senses: &[Sense]) -> bool {
    let stop = senses.iter().any(|(class, _)| *class == Class::Stop);
    let group = senses.iter().any(|(class, _)| *class == Class::Coll);
    let inside = start > 0 && (is_han(chars[start - 1]) || is_kana(chars[start - 1]));
    let joined = |at: usize| chars.get(at).is_some_and(|c| is_han(*c)) && !blocked[at];
    let half = start > 0 && joined(start - 1) || joined(end);
    // 自動 of 日産自動車: no word of grammar in Japanese.
    // 建設 of 大成建設 as well.
    let built =
        senses.iter().all(|sense| *sense == (Class::Metric, "capex")) && start > 0 && joined(start - 1);
    let word = built || senses.iter().all(|(class, _)| *class == Class::Word);
    is_han(chars[start]) && (end - start == 1 && (!stop || half) || group && inside || word && half)
}

/// All words of the lexicon in folded text, the longest first where they overlap.
pub fn hits(chars: &[char], blocked: &[bool], tongue: Tongue) -> Vec<Hit> {
    let lexicon = lexicon();
    let Some(machine) = &lexicon.machine else { return Vec::new() };
    let text: String = chars.iter().collect();
    let mut index = vec![0u32; text.len() + 1];
    for (at, (byte, c)) in text.char_indices().enumerate() {
        index[byte] = u32::try_from(at).unwrap_or(u32::MAX);
        index[byte + c.len_utf8()] = u32::try_from(at + 1).unwrap_or(u32::MAX);
    }
    let mut found: Vec<(Hit, Tongue)> = Vec::new();
    for hit in machine.find_overlapping_iter(&text) {
        let (start, end) = (index[hit.start()] as usize, index[hit.end()] as usize);
        let ((_, of), senses) = &lexicon.words[hit.pattern().as_usize()];
        // 計 of 計算機
        let inner = tongue == Tongue::Japanese
            && end == start + 1
            && is_han(chars[start])
            && chars.get(end).is_some_and(|c| is_han(*c))
            && !blocked[end];
        let spoken = !inner
            && (*of == Tongue::Any || *of == tongue)
            && !(tongue == Tongue::Japanese
                && *of == Tongue::Any
                && foreign(chars, blocked, start, end, senses));
        if spoken && end > start && fits(chars, start, end, senses) && !blocked[start] && !blocked[end - 1] {
            found.push((Hit { start, end, senses }, *of));
        }
    }
    // Of two meanings of one word, that of the text's own language stands.
    found.sort_by_key(|(hit, of)| (hit.start, std::cmp::Reverse(hit.end), std::cmp::Reverse(*of)));
    let found: Vec<Hit> = found.into_iter().map(|(hit, _)| hit).collect();
    let mut kept: Vec<Hit> = Vec::new();
    for hit in found {
        match kept.last() {
            Some(last) if hit.start < last.end => {
                // 供 应商: the longer of two that overlap stands.
                if hit.end - hit.start > last.end - last.start {
                    kept.pop();
                    kept.push(hit);
                }
            }
            _ => kept.push(hit),
        }
    }
    kept
}
