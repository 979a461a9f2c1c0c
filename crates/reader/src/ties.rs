//! How a German or French name is tied to its verb: by the article, preposition or apposition before it.

use crate::lexicon::{Class, Tongue};
use crate::names::listed;
use crate::page::Page;
use crate::token::{Kind, Marker, Token};

/// How far back the article or preposition of a name may stand, in characters.
const REACH: usize = 90;

/// A word before a name: folded, and whether it begins with a capital.
struct Word {
    text: String,
    capital: bool,
    start: usize,
}

/// The words between `from` and `end`, the last first; it stops at a comma, bracket or full stop.
fn back(page: &Page, from: usize, end: usize) -> Vec<Word> {
    let mut found = Vec::new();
    let mut at = end;
    while at > from {
        let c = page.chars[at - 1];
        if matches!(c, ',' | ';' | ':' | '(' | ')' | '!' | '?' | '–' | '\n')
            || c == '.' && (found.is_empty() || ends_sentence(page, at, &found))
        {
            break;
        }
        if !(c.is_alphanumeric() || matches!(c, '-' | '%')) {
            at -= 1;
            continue;
        }
        let mut start = at;
        while start > from
            && (page.chars[start - 1].is_alphanumeric() || matches!(page.chars[start - 1], '-' | '%'))
        {
            start -= 1;
        }
        let capital = page.chars[start].is_uppercase();
        found.push(Word { text: page.folded(&(start..at)), capital, start });
        at = start;
    }
    found
}

/// Whether the full stop before `at` closes a sentence: it follows a long word, and a capital follows it.
fn ends_sentence(page: &Page, at: usize, found: &[Word]) -> bool {
    let before = page.chars[..at - 1].iter().rev().take(4).all(|c| c.is_alphabetic());
    before && page.chars.get(at) == Some(&' ') && found.last().is_some_and(|word| word.capital)
}

/// The tie of a name in German or French.
pub(crate) fn tie(page: &Page, tongue: Tongue, tokens: &[Token], at: usize, found: &[Marker]) -> Marker {
    if let Some(marker) = listed_with(page, tokens, at, found) {
        return marker;
    }
    let begin = tokens[..at].iter().rev().find(|token| token.is_party()).map_or(0, |token| token.end);
    let start = tokens[at].start;
    let quoted = start > 0 && matches!(page.chars[start - 1], '„' | '“' | '«' | '»' | '"' | '‚');
    if quoted {
        return Marker::Aside;
    }
    let words = back(page, begin.max(start.saturating_sub(REACH)), start);
    // `le groupe`, `der Konzern`: the article is part of the word.
    let own: String = page.folded(&(start..tokens[at].end));
    if matches!(own.as_str(), "lui" | "ihm") {
        return match words.first().map(|word| word.text.as_str()) {
            Some("von" | "avec" | "mit" | "bei" | "chez" | "par") => Marker::With,
            _ => Marker::To,
        };
    }
    match tongue {
        Tongue::German => german(&words, matches!(tokens[at].kind, Kind::Pron(_)).then_some(own.as_str())),
        _ => {
            let fused = matches!(tokens[at].kind, Kind::Pron(_));
            match own.split(' ').next() {
                Some("au") if fused => Marker::To,
                Some("du") if fused => Marker::Of,
                _ => french(&words),
            }
        }
    }
}

/// `A und B`, `A, B et C`: the second is tied as the first.
fn listed_with(page: &Page, tokens: &[Token], at: usize, found: &[Marker]) -> Option<Marker> {
    let (join, name) = (tokens.get(at.checked_sub(1)?)?, at.checked_sub(2)?);
    let joins = match join.kind {
        Kind::Hit(hit) => hit.is(Class::List).is_some(),
        Kind::Mark(',') => {
            let next = tokens.get(at + 1).is_some_and(|next| match next.kind {
                Kind::Hit(hit) => hit.is(Class::List).is_some(),
                Kind::Mark(',') => tokens.get(at + 2).is_some_and(Token::is_party),
                _ => false,
            });
            tokens[at].start <= join.end + 1 && next
        }
        _ => false,
    };
    let near = tokens[name].end + 1 >= join.start && join.end + 10 >= tokens[at].start;
    let gap = page.folded(&(join.end..tokens[at].start.max(join.end)));
    let plain = gap.split_whitespace().all(|word| listed("de_bare", word) || word.len() < 4);
    (joins && near && plain && tokens[name].is_party() && !matches!(tokens[at].kind, Kind::Pron(_)))
        .then(|| found[name])
}

fn inflected(word: &str) -> bool {
    word.len() > 3 && ["e", "en", "er", "es", "em"].iter().any(|tail| word.ends_with(tail))
        || word.ends_with('%')
}

/// A kind of company.
pub(crate) fn role(word: &str) -> bool {
    let last = word.rsplit('-').next().unwrap_or(word);
    listed("de_role", last)
        || listed("de_role", word)
        || crate::names::tails("de_roletail").iter().any(|tail| word.ends_with(tail))
}

fn german(words: &[Word], pronoun: Option<&str>) -> Marker {
    if let Some((first, _)) = pronoun.and_then(|own| own.split_once(' ')) {
        let noun = words.first().is_some_and(|word| word.capital);
        let own = match first {
            "dem" | "seinem" | "ihrem" => Marker::To,
            "den" | "seinen" | "ihren" => Marker::Object,
            "des" => Marker::Of,
            "der" if noun => Marker::Of,
            _ => Marker::Bare,
        };
        return preposition(words.first()).unwrap_or(own);
    }
    for (i, word) in words.iter().enumerate().take(6) {
        let next = words.get(i + 1).map_or("", |next| next.text.as_str());
        // `ein Konsortium aus X`, `unter Führung der X`: X stands for all of them.
        if word.text == "aus" && listed("de_group", next) || next == "aus" && listed("de_group", &word.text) {
            continue;
        }
        if listed("de_group", &word.text) {
            continue;
        }
        if next == "führung" {
            return Marker::Bare;
        }
        if let Some(marker) = preposition(Some(word)) {
            return marker;
        }
        let text = word.text.as_str();
        let tied = || preposition(words.get(i + 1));
        if listed("de_object", text) {
            return tied().unwrap_or(Marker::Object);
        }
        if listed("de_dative", text) {
            return tied().unwrap_or(Marker::To);
        }
        if listed("de_owner", text) {
            return tied().unwrap_or(Marker::Of);
        }
        if listed("de_open", text) {
            let noun = words
                .get(i + 1)
                .is_some_and(|next| next.capital && next.start > 0 && !listed("de_stop", &next.text));
            return tied().unwrap_or(if noun { Marker::Of } else { Marker::Bare });
        }
        if listed("de_bare", text) {
            return tied().unwrap_or(Marker::Bare);
        }
        let passed = word.capital && role(text) || !word.capital && inflected(text) && i < 4 || text == "ag";
        if !passed {
            break;
        }
    }
    Marker::Bare
}

/// The tie that a German preposition gives.
fn preposition(word: Option<&Word>) -> Option<Marker> {
    let word = word.filter(|word| !word.capital || word.text.len() < 7)?;
    let text = word.text.as_str();
    let ties = [
        ("de_with", Marker::With),
        ("de_at", Marker::At),
        ("de_from", Marker::From),
        ("de_to", Marker::To),
        ("de_by", Marker::By),
        ("de_on", Marker::On),
        ("de_aside", Marker::Aside),
    ];
    ties.into_iter().find(|(section, _)| listed(section, text)).map(|(_, marker)| marker)
}

/// A French kind of company.
pub(crate) fn french_role(word: &str) -> bool {
    listed("fr_role", word)
        || word.len() > 5 && crate::names::tails("fr_tail").iter().any(|tail| word.ends_with(tail))
}

fn french(words: &[Word]) -> Marker {
    let mut i = 0;
    while let Some(word) = words.get(i).filter(|_| i < 9) {
        let text = word.text.as_str();
        let before = words.get(i + 1).map_or("", |word| word.text.as_str());
        let article = listed("fr_bare", text);
        // `que l'agence accorde`: its subject. `un pool mené par X`: X stands for all of them.
        let led = ["mené", "menée", "dirigé", "dirigée", "conduit", "emmené", "emmenée"].contains(&before);
        if text == "que" {
            return Marker::Bare;
        }
        if text == "par" && led {
            i += 2;
            continue;
        }
        if listed("fr_of", text) {
            if matches!(before, "auprès" | "côté") {
                return if before == "auprès" { Marker::At } else { Marker::Aside };
            }
            // `le spécialiste de la signalisation X`: a complement of the noun before.
            let body = i == 0 && listed("fr_body", before);
            let ahead = words[i + 1..]
                .iter()
                .take(5)
                .take_while(|word| !word.capital && (listed("fr_of", &word.text) || !french_prep(&word.text)))
                .any(|word| french_role(&word.text))
                && !french_prep(before);
            if body || i > 0 && (french_role(before) || ahead) {
                i += 1;
                continue;
            }
            let part = before == "part";
            return if part { Marker::From } else { Marker::Of };
        }
        let ties = [
            ("fr_at", Marker::At),
            ("fr_to", Marker::To),
            ("fr_with", Marker::With),
            ("fr_by", Marker::By),
            ("fr_on", Marker::On),
            ("fr_from", Marker::Aside),
            ("fr_aside", Marker::Aside),
        ];
        if let Some((_, marker)) = ties.into_iter().find(|(section, _)| listed(section, text)) {
            return marker;
        }
        if article && i > 0 && !french_prep(before) {
            return Marker::Bare;
        }
        let attribute = !word.capital
            && text.len() > 3
            && !["é", "er", "ir", "dre"].iter().any(|tail| text.ends_with(tail));
        if !(article || attribute && i < 4 || french_role(text)) {
            return Marker::Bare;
        }
        i += 1;
    }
    Marker::Bare
}

fn french_prep(word: &str) -> bool {
    ["fr_of", "fr_at", "fr_to", "fr_with", "fr_by", "fr_on", "fr_aside"]
        .iter()
        .any(|section| listed(section, word))
}
