//! Words that are verbs in one place and nouns in another: `to order`, `an order`.

use crate::fold::is_han;
use crate::han::{is_half, is_modifier};
use crate::han_inner::{is_crossed, is_inner};
use crate::lexicon::Hit;

/// What stands before a noun and never before a verb of the same form.
const BEFORE_NOUN: [&str; 44] = [
    "a",
    "an",
    "the",
    "exclusive",
    "worldwide",
    "global",
    "its",
    "their",
    "his",
    "her",
    "our",
    "this",
    "that",
    "these",
    "those",
    "any",
    "each",
    "no",
    "new",
    "firm",
    "another",
    "first",
    "second",
    "third",
    "such",
    "of",
    "under",
    "large",
    "largest",
    "major",
    "initial",
    "recent",
    "net",
    "gross",
    "total",
    "existing",
    "in",
    "year",
    "term",
    "billion",
    "million",
    "trillion",
    "bn",
    "mn",
];

/// What stands before a verb in its bare form.
const BEFORE_BASE: [&str; 14] = [
    "to", "will", "would", "could", "can", "may", "must", "should", "help", "helps", "helped", "and", "or",
    "not",
];

/// The hit as it is meant here: without its verbs where a determiner makes it a noun; nothing when none is left.
pub(crate) fn meant(chars: &[char], hit: Hit) -> Option<Hit> {
    let verbs = hit.senses.iter().take_while(|(class, _)| class.is_verb()).count();
    if chars.get(hit.start).is_some_and(|c| is_han(*c)) {
        if is_half(chars, &hit) || is_crossed(chars, &hit) || is_inner(chars, &hit) {
            return None;
        }
        let senses = if is_modifier(chars, &hit) { &hit.senses[verbs..] } else { hit.senses };
        return (!senses.is_empty()).then_some(Hit { senses, ..hit });
    }
    if verbs == 0 || !chars[hit.start].is_ascii_alphabetic() {
        return Some(hit);
    }
    let form: String = chars[hit.start..hit.end].iter().collect();
    if ["fund", "loan"].contains(&form.as_str()) && !follows(chars, hit.start, &BEFORE_BASE) {
        let senses = &hit.senses[verbs..];
        return (!senses.is_empty()).then_some(Hit { senses, ..hit });
    }
    let noun = match (form.contains(' '), form.ends_with("ing")) {
        (true, _) => false,
        (_, true) => follows(chars, hit.start, &["a", "the", "its"]) || !is_gerund(chars, hit.start),
        _ => follows(chars, hit.start, &BEFORE_NOUN) || form.ends_with('s') && is_of_named(chars, hit.start),
    };
    if !noun || form.starts_with("order") && is_placed(chars, hit.start) {
        return Some(hit);
    }
    let senses = &hit.senses[verbs..];
    (!senses.is_empty()).then_some(Hit { senses, ..hit })
}

/// `the Kalgora licences`: a noun after an article and one name.
fn is_of_named(chars: &[char], start: usize) -> bool {
    let Some(end) = start.checked_sub(1).filter(|at| chars[*at] == ' ') else { return false };
    let from = chars[..end].iter().rposition(|c| !c.is_alphanumeric()).map_or(0, |at| at + 1);
    from < end && chars[from].is_uppercase() && follows(chars, from, &["the", "its", "their"])
}

/// `placed a 5 bn order`: the noun says what the verb does.
fn is_placed(chars: &[char], start: usize) -> bool {
    let back: String = chars[start.saturating_sub(36)..start].iter().collect();
    ["placed a", "places a", "place a", "placing a", "firmed a", "firmed up a", "placed its", "has placed"]
        .iter()
        .any(|word| back.contains(word))
}

/// What stands before a verb in -ing; shorter words and adverbs do as well.
const BEFORE_GERUND: [&str; 18] = [
    "after",
    "before",
    "while",
    "about",
    "without",
    "considering",
    "started",
    "began",
    "through",
    "include",
    "includes",
    "including",
    "involves",
    "consider",
    "until",
    "since",
    "being",
    "despite",
];

/// Whether a form in -ing is a verb here: not `the aircraft leasing business`.
fn is_gerund(chars: &[char], start: usize) -> bool {
    let Some(word) = word_before(chars, start) else { return true };
    // `club financing`, `a leasing deal`: more often nouns than verbs.
    let rest: String = chars[start..].iter().take_while(|c| c.is_alphabetic()).collect();
    if ["financing", "funding", "leasing", "licensing", "lending", "holding"].contains(&rest.as_str()) {
        let verb = [
            "is", "are", "was", "were", "been", "be", "by", "and", "while", "after", "before", "for", "in",
            "of", "on", "not", "also", "now", "start", "stop",
        ];
        return word.is_empty() || verb.contains(&word.as_str());
    }
    word.len() <= 4 || word.ends_with("ly") || BEFORE_GERUND.contains(&word.as_str())
}

/// Whether the word before is one of these.
fn follows(chars: &[char], start: usize, words: &[&str]) -> bool {
    word_before(chars, start).is_some_and(|word| words.contains(&word.as_str()))
}

/// The word before, one space away; empty where something else than a letter stands there.
fn word_before(chars: &[char], start: usize) -> Option<String> {
    let end = start.checked_sub(1).filter(|at| chars[*at] == ' ')?;
    let from = chars[..end].iter().rposition(|c| !c.is_alphabetic()).map_or(0, |at| at + 1);
    Some(chars[from..end].iter().collect())
}
