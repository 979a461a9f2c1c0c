//! Names in Latin letters: runs of capitalised words.

use crate::lexicon::Class;
use crate::names::{Candidate, Place, latin_letter, listed, tails};
use crate::page::{Script, Span};
use crate::scan::is_verb;

impl Place<'_> {
    /// Words of letters, digits and the marks inside them.
    pub(crate) fn words(&self) -> Vec<Span> {
        let chars = &self.page.chars;
        let mut found = Vec::new();
        let mut at = self.span.start;
        while at < self.span.end {
            if !(latin_letter(chars[at]) || chars[at].is_ascii_digit()) {
                at += 1;
                continue;
            }
            let start = at;
            while at < self.span.end {
                let c = chars[at];
                let inner = matches!(c, '&' | '.' | '-' | '\'' | '’' | '‑')
                    && at + 1 < self.span.end
                    && (latin_letter(chars[at + 1]) || c == '.' && chars[at + 1].is_ascii_digit());
                if latin_letter(c) || c.is_ascii_digit() || inner { at += 1 } else { break }
            }
            found.push(start..self.possessive(start..at));
        }
        found
    }

    /// Without the `'s` at its end.
    pub(crate) fn possessive(&self, span: Span) -> usize {
        let chars = &self.page.chars[span.clone()];
        let n = chars.len();
        if n > 2 && matches!(chars[n - 2], '\'' | '’') && chars[n - 1] == 's' {
            span.end - 2
        } else {
            span.end
        }
    }

    pub(crate) fn is_capital(&self, word: &Span) -> bool {
        let chars = &self.page.chars[word.clone()];
        let first = chars.first().copied().unwrap_or(' ');
        first.is_uppercase()
            || chars.iter().skip(1).any(|c| c.is_uppercase()) && chars.iter().any(|c| latin_letter(*c))
    }

    pub(crate) fn is_title_case(&self) -> bool {
        let words: Vec<Span> = self
            .words()
            .into_iter()
            .filter(|word| self.page.chars[word.start].is_alphabetic() && word.len() > 3)
            .collect();
        let capital = words.iter().filter(|word| self.is_capital(word)).count();
        words.len() > 3 && capital * 10 >= words.len() * 7
    }

    /// Runs of capitalised words.
    pub(crate) fn latin(&self, found: &mut Vec<Candidate>, german: bool, title_case: bool) {
        let shouts = self.scan.script == Script::Latin
            && !self.page.chars[self.span.clone()].iter().any(|c| c.is_lowercase());
        let words = if shouts { Vec::new() } else { self.words() };
        let mut at = 0;
        while at < words.len() {
            if !self.is_capital(&words[at]) || self.splits(&words[at], title_case) {
                at += 1;
                continue;
            }
            let mut last = at;
            while let Some(next) = self.next_in_run(&words, last, title_case) {
                last = next;
            }
            let dated = self.dated(words[at].start, 3);
            self.latin_run(&words[at..=last], at == 0 || dated, german, found);
            at = last + 1;
        }
    }

    /// Whether a capitalised word is an office, a stop word, or in a title-case headline any word of grammar.
    pub(crate) fn splits(&self, word: &Span, title_case: bool) -> bool {
        let lower = self.lower(word);
        if listed("stop", &lower) {
            let next = self.page.chars.get(word.end + 1).is_some_and(|c| c.is_uppercase());
            let joined = next && self.page.chars[word.end] == ' ' && !title_case;
            return !(joined && listed("adjective", &lower) && word.start > self.span.start);
        }
        let hit = self.over(word).iter().find(|hit| hit.start <= word.start && word.end <= hit.end);
        hit.is_some_and(|hit| {
            hit.is(Class::Title).is_some()
                || title_case
                    && (is_verb(hit) || hit.is(Class::Prep).is_some() || hit.is(Class::Status).is_some())
        })
    }

    pub(crate) fn next_in_run(&self, words: &[Span], last: usize, title_case: bool) -> Option<usize> {
        let chars = &self.page.chars;
        let next = words.get(last + 1)?;
        let between: String = chars[words[last].end..next.start].iter().collect();
        let legal = listed("legal", self.lower(next).trim_end_matches('.'));
        if (between == ", " || between == "," || between == " ") && legal && chars[next.start].is_uppercase()
        {
            return Some(last + 1);
        }
        if matches!(between.as_str(), " " | " & " | ". ") && self.is_capital(next) {
            let abbreviation = between != ". " || words[last].len() <= 2;
            // `Mistfall AI`: two capitals belong to the name before them.
            let letters =
                next.len() == 2 && self.page.chars[next.clone()].iter().all(|c| c.is_ascii_uppercase());
            return (abbreviation && (letters && between == " " || !self.splits(next, title_case)))
                .then_some(last + 1);
        }
        let third = words.get(last + 2)?;
        let joined = ["of", "de", "du", "des", "der", "von"].contains(&self.lower(next).as_str());
        let spaces = between == " " && third.start == next.end + 1 && chars[next.end] == ' ';
        // `Bank of X`, but not `chairman of X`: the first word must be no name by itself.
        let bank = self.lower(&words[last]).starts_with("bank")
            || self.lower(&words[last]).starts_with("university");
        (joined && spaces && bank && self.is_capital(third)).then_some(last + 2)
    }

    pub(crate) fn latin_run(&self, words: &[Span], opens: bool, german: bool, found: &mut Vec<Candidate>) {
        let (mut words, mut opens) = (words, opens);
        while let [first, rest @ ..] = words {
            let lower = self.lower(first);
            let tail = lower.len() > 6 && tails("strip").iter().any(|tail| lower.ends_with(tail));
            let role = self
                .hit_at(first.start)
                .is_some_and(|hit| hit.is(Class::Role).is_some() && hit.end == first.end)
                && opens;
            if rest.is_empty() || !(tail || role) {
                break;
            }
            words = rest;
            opens = false;
        }
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let span = first.start..last.end;
        let legal = words.len() > 1 && listed("legal", self.lower(last).trim_end_matches('.'));
        let spaced = self.scan.script == Script::Latin;
        let letters: Vec<char> = self.page.chars[span.clone()].to_vec();
        if letters.iter().filter(|c| c.is_alphabetic()).count() < 2 {
            return;
        }
        let camel = letters.windows(2).any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase());
        let short = words.len() == 1
            && letters.iter().all(|c| c.is_uppercase() || c.is_ascii_digit())
            && letters.len() <= 3;
        let slot =
            self.latin_slot(&span) && !(german && words.len() == 1 && !camel && self.after_in(span.start));
        let quoted = span.start > 0 && matches!(self.page.chars[span.start - 1], '"' | '“' | '「' | '《');
        let hit = self
            .over(&span)
            .iter()
            .any(|hit| hit.start == span.start && hit.end >= span.end && (is_verb(hit) || opens));
        let article = german && self.after_article(span.start)
            || spaced && !camel && !legal && self.after_the(span.start);
        let strong = !hit
            && !article
            && (legal
                || camel && !short
                || words.len() > 1 && (!opens || slot)
                || !(short || german || opens && spaced)
                || short && slot);
        let strong = strong && !(quoted && opens && spaced && !camel);
        if strong || slot && !hit && !article {
            found.push(Candidate { span, strong, slot });
        }
    }

    /// German `in Schulen` is a place or a thing.
    pub(crate) fn after_in(&self, start: usize) -> bool {
        let back: String = self.page.fold[start.saturating_sub(4)..start].iter().collect();
        [" in ", " im ", "auf "].iter().any(|word| back.ends_with(word))
    }

    /// `the Recipient`, `this Agreement`: a thing, or a term that is defined elsewhere.
    pub(crate) fn after_the(&self, start: usize) -> bool {
        let back: String = self.page.fold[start.saturating_sub(6)..start].iter().collect();
        ["the ", "this ", "a ", "its "].iter().any(|word| {
            back.ends_with(word)
                && (back.len() == word.len()
                    || !back[..back.len() - word.len()].ends_with(char::is_alphabetic))
        })
    }

    pub(crate) fn after_article(&self, start: usize) -> bool {
        let back: String = self.page.fold[start.saturating_sub(14)..start].iter().collect();
        let word = back.trim_end().rsplit(' ').next().unwrap_or("").to_owned();
        [
            "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "im", "am",
            "zum", "zur", "vom",
        ]
        .contains(&word.as_str())
            || word.ends_with("en") && word.len() > 5
            || word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty()
    }

    /// A verb of deals or speech, or a possessive, right after; a preposition of parties right before.
    pub(crate) fn latin_slot(&self, span: &Span) -> bool {
        let chars = &self.page.chars;
        if matches!(chars.get(span.end), Some('\'' | '’')) && chars.get(span.end + 1) == Some(&'s') {
            return true;
        }
        let after = self.skip_spaces(span.end);
        let next = self.hit_at(after).or_else(|| {
            // one adverb between
            let word = (after..self.span.end).find(|i| chars[*i] == ' ')?;
            self.hit_at(word + 1).filter(|_| word > after && chars[after].is_lowercase())
        });
        let said = next.is_some_and(|hit| {
            is_verb(hit)
                || hit.is(Class::Say).is_some()
                || hit.is(Class::Status).is_some()
                || hit.is(Class::Title).is_some()
        });
        let mut before = span.start;
        while before > self.span.start && matches!(chars[before - 1], ' ' | '"' | '“') {
            before -= 1;
        }
        let led = self
            .hit_ending(before)
            .and_then(|hit| hit.is(Class::Prep))
            .is_some_and(|prep| ["to", "from", "with", "by"].contains(&prep));
        let spaced = self.scan.script != Script::Latin;
        said || led && (spaced || before < span.start)
    }
}
