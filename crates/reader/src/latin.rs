//! Names in Latin letters: runs of capitalised words.

use crate::lexicon::{Class, Tongue};
use crate::names::{Candidate, Place, latin_letter, listed, tails};
use crate::page::{Script, Span};
use crate::scan::is_verb;

impl Place<'_> {
    /// Words of letters, digits and the marks inside them.
    pub(crate) fn words(&self) -> Vec<Span> {
        let chars = &self.page.chars;
        let french = self.scan.tongue == Tongue::French;
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
            let word = start..self.possessive(start..at);
            found.push(if french { self.after_elision(word) } else { word });
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
    pub(crate) fn latin(&self, found: &mut Vec<Candidate>, title_case: bool) {
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
            let mut end = last;
            // In a headline of capitals a name ends where the text ends it.
            while title_case
                && end > at
                && !self.body.contains(&self.page.text(&(words[at].start..words[end].end)))
            {
                end -= 1;
            }
            self.latin_run(&words[at..=end], at == 0 || dated, found);
            at = last + 1;
        }
    }

    /// Whether a capitalised word is an office, a stop word, or in a title-case headline any word of grammar.
    pub(crate) fn splits(&self, word: &Span, title_case: bool) -> bool {
        let lower = self.lower(word);
        let two = word.start
            ..(word.end + 1..self.span.end)
                .find(|i| !latin_letter(self.page.chars[*i]))
                .unwrap_or(self.span.end);
        if listed("place", &self.lower(&two)) {
            return false;
        }
        if listed("stop", &lower) {
            let gap = usize::from(lower.contains('.') && self.page.chars.get(word.end) == Some(&'.'));
            let next = self.page.chars.get(word.end + 1 + gap).is_some_and(|c| c.is_uppercase());
            let joined = next && self.page.chars[word.end + gap] == ' ' && !title_case;
            let adjective = listed("adjective", &lower) || listed("nation", lower.trim_end_matches('.'));
            return !(joined && adjective);
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
            let dotted = chars[words[last].clone()].contains(&'.');
            let abbreviation = between != ". " || words[last].len() <= 2 || dotted;
            // `Mistfall AI`: two capitals belong to the name before them.
            // `Serie A`: so does one.
            let letters = (next.len() == 2 || next.len() == 1 && self.is_lettered(words, last))
                && self.page.chars[next.clone()].iter().all(|c| c.is_ascii_uppercase());
            return (abbreviation
                && (letters && between == " "
                    || self.scan.tongue.western() && !title_case && listed("de_part", &self.lower(next))
                    || listed("adjective", &self.lower(next))
                    || !self.splits(next, title_case)))
            .then_some(last + 1);
        }
        if self.scan.tongue == Tongue::French
            && let Some(end) = self.french_tail(words, last)
        {
            return Some(end);
        }
        let third = words.get(last + 2)?;
        let english = self.scan.tongue.western() && self.lower(next) == "and" && self.is_capital(third);
        if english && between == " " && third.start == next.end + 1 {
            return Some(last + 2);
        }
        let joined = ["of", "for", "de", "du", "des", "der", "von", "da", "do", "del", "di", "van"]
            .contains(&self.lower(next).as_str());
        let spaces = between == " " && third.start == next.end + 1 && chars[next.end] == ' ';
        // `Bank of X`, but not `chairman of X`: the first word must be no name by itself.
        let bank = listed("body", &self.lower(&words[last]));
        // `Canal de X`, `Banco do Y`: a particle that English has not.
        let foreign = ["de", "du", "da", "do", "del", "di", "van", "von"]
            .contains(&self.lower(next).as_str())
            && !self.scan.tongue.western();
        if joined && spaces && (bank || foreign) && self.is_capital(third) {
            return Some(last + 2);
        }
        // `Bank for Building and Trade`, `Department of Trade and Industry`.
        let office = |i: usize| ["ministry", "department"].contains(&self.lower(&words[i]).as_str());
        let purpose = last.checked_sub(1).is_some_and(|of| {
            self.lower(&words[of]) == "for" || self.lower(&words[of]) == "of" && of > 0 && office(of - 1)
        });
        (purpose && spaces && self.lower(next) == "and" && self.is_capital(third)).then_some(last + 2)
    }

    /// A run without the words in front that only say what it is, and without the mark of a product behind.
    fn trimmed<'w>(&self, words: &'w [Span], opens: bool) -> (&'w [Span], bool) {
        let (mut words, mut opens) = (words, opens);
        while let [first, rest @ ..] = words {
            let lower = self.lower(first);
            let tail = lower.len() > 6 && tails("strip").iter().any(|tail| lower.ends_with(tail));
            let led = lower.rsplit_once('-').is_some_and(|(_, tail)| listed("participle", tail));
            let role = self
                .hit_at(first.start)
                .is_some_and(|hit| hit.is(Class::Role).is_some() && hit.end == first.end)
                && opens;
            if rest.is_empty() || !(tail || role || led) {
                break;
            }
            words = rest;
            opens = false;
        }
        // `Foo A321x`: the mark of a product closes the run.
        while let [rest @ .., last] = words {
            let marked = self.page.chars[last.clone()].iter().any(char::is_ascii_digit);
            if rest.is_empty() || !marked {
                break;
            }
            words = rest;
        }
        (words, opens)
    }

    /// `Boise-based`, `Pre-delivery`: no name.
    fn is_compound(&self, span: &Span, opens: bool) -> bool {
        let led = self
            .lower(span)
            .rsplit_once('-')
            .is_some_and(|(_, tail)| listed("participle", tail) || opens && tail.len() > 4);
        led && !self.page.chars[span.clone()].iter().skip(1).any(|c| c.is_uppercase())
    }

    /// `与SES签署`: a Chinese preposition binds it.
    fn is_bound_by_han(&self, span: &Span) -> bool {
        let after: String = self.page.chars[span.end..].iter().take(2).collect();
        span.len() > 1 && matches!(after.as_str(), "公司" | "集团" | "集團")
            || span.len() > 1
                && span.start > 0
                && matches!(self.page.fold[span.start - 1], '与' | '向' | '从' | '由' | '给' | '和')
    }

    pub(crate) fn latin_run(&self, words: &[Span], opens: bool, found: &mut Vec<Candidate>) {
        let (words, opens) = self.trimmed(words, opens);
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let span = first.start..last.end;
        if self.scan.tongue == Tongue::French
            && let Some(span) = self.french_body(words, opens)
        {
            found.push(Candidate { span, strong: true, slot: true });
            return;
        }
        let place = listed("place", &self.lower(&span));
        if place && self.is_government(&span, opens) {
            found.push(Candidate { span, strong: true, slot: true });
            return;
        }
        if place
            || self.is_plain_word(words)
            || self.is_ticker(&span)
            || self.is_dateline(&span)
            || self.is_sum(&span)
        {
            return;
        }
        if words.len() == 1 && self.is_compound(&span, opens) {
            return;
        }
        self.shaped(words, opens, found);
    }

    /// Whether a run is somebody by its shape and its place.
    fn shaped(&self, words: &[Span], opens: bool, found: &mut Vec<Candidate>) {
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
        let beside = !spaced && self.is_bound_by_han(&span)
            || (short || opens && words.len() == 1) && letters.len() > 2 && self.is_beside(&span);
        let slot = self.latin_slot(&span);
        let quoted = span.start > 0 && matches!(self.page.chars[span.start - 1], '"' | '“' | '「' | '《');
        let hit = self
            .over(&span)
            .iter()
            .any(|hit| hit.start == span.start && hit.end >= span.end && (is_verb(hit) || opens));
        let initials = short && letters.len() > 2 && self.after_the(span.start);
        let article = spaced
            && !camel
            && !legal
            && !initials
            && self.after_the(span.start)
            && !(words.len() > 1 && (slot && !self.is_thing(last) || self.is_body(words)));
        let strong = !hit
            && !article
            && (legal
                || camel && !short
                || words.len() > 1 && (!opens || slot || self.hit_at(first.start).is_none())
                || !(short || opens && spaced)
                || beside
                || words.len() == 1 && opens && spaced && !short && self.opens_clause(&span)
                || initials
                || short && slot);
        let strong = strong && !(quoted && opens && spaced && !camel);
        if strong || slot && !hit && !article {
            found.push(Candidate { span, strong, slot });
        }
    }

    /// A word such as Agreement or Placement at the end of a run.
    fn is_thing(&self, last: &Span) -> bool {
        let lower = self.lower(last);
        listed("thing", &lower)
            || self
                .hit_at(last.start)
                .is_some_and(|hit| hit.is(Class::Noun).is_some() || hit.is(Class::Metric).is_some())
    }

    /// `Foo exercised`, `Foo, a maker of`: one capitalised word at the head of a sentence, and what only follows a name.
    fn opens_clause(&self, span: &Span) -> bool {
        let text = self.lower(span);
        if text.len() < 3
            || ["s", "ly", "ing", "tion"].iter().any(|tail| text.ends_with(tail))
            || self.hit_at(span.start).is_some()
        {
            return false;
        }
        let rest: String = self.page.fold[span.end..(span.end + 30).min(self.span.end)].iter().collect();
        let apposition = [
            ", a ",
            ", an ",
            ", the ",
            ", which ",
            ", whose ",
            ", backed ",
            ", based ",
            ", owned ",
            ", part of ",
        ];
        let word = rest.strip_prefix(' ').and_then(|rest| rest.split(' ').next()).unwrap_or_default();
        apposition.iter().any(|word| rest.starts_with(word))
            || word.len() > 4 && word.ends_with("ed") && word.chars().all(char::is_alphabetic)
    }

    /// `DNB, Nordea and ING`: letters in a list of names.
    fn is_beside(&self, span: &Span) -> bool {
        let chars = &self.page.chars;
        let after: String = chars[span.end..(span.end + 6).min(self.span.end)].iter().collect();
        let before: String =
            chars[span.start.saturating_sub(5).max(self.span.start)..span.start].iter().collect();
        let next = [", ", " and ", " & "]
            .iter()
            .any(|join| after.strip_prefix(join).is_some_and(|rest| rest.starts_with(char::is_uppercase)));
        let first = span.start.checked_sub(if before.ends_with(" and ") { 6 } else { 3 });
        next || [", ", " and "].iter().any(|join| before.ends_with(join))
            && first.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphabetic())
            && self.after_name(span.start)
    }

    /// Whether the word before a comma or `and` is a capitalised one.
    fn after_name(&self, start: usize) -> bool {
        let back: String =
            self.page.chars[start.saturating_sub(40).max(self.span.start)..start].iter().collect();
        let back = back.trim_end_matches(" and ").trim_end_matches(", ");
        back.rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_uppercase))
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
        if self.page.folded(&(before.saturating_sub(4)..before)) == " the" {
            before -= 4;
        }
        let led = self
            .hit_ending(before)
            .and_then(|hit| hit.is(Class::Prep))
            .is_some_and(|prep| ["to", "from", "with", "by"].contains(&prep));
        let spaced = self.scan.script != Script::Latin;
        // `pay the X`: whom a verb takes.
        let led = led
            || before + 4 < span.start + 1
                && self.hit_ending(before).is_some_and(|hit| {
                    matches!(hit.is(Class::Give), Some("pay" | "loan" | "guarantee" | "award"))
                });
        said || led && (spaced || before < span.start)
    }
}
