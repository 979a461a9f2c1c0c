//! German names: capitals tell nothing, so the place, the article and the form of a word must.

use crate::lexicon::Class;
use crate::names::{Candidate, Place, latin_letter, listed, tails};
use crate::page::Span;
use crate::scan::is_verb;
use crate::ties::role;

impl Place<'_> {
    /// Names of a German sentence.
    pub(crate) fn german(&self, found: &mut Vec<Candidate>, title_case: bool) {
        let words = self.words();
        let mut at = 0;
        while at < words.len() {
            if !self.may_open(&words[at]) {
                if let Some(part) = self.compound(&words[at]) {
                    found.push(Candidate { span: part, strong: true, slot: true });
                }
                at += 1;
                continue;
            }
            let mut last = at;
            while let Some(next) = self.next_in_run(&words, last, title_case) {
                let kind = role(&self.lower(&words[next]));
                if self.is_abstract(&words[next]) || kind && next == last + 1 && self.is_noun(&words[last]) {
                    break;
                }
                last = next;
            }
            self.german_run(&words[at..=last], at == 0, found);
            at = last + 1;
        }
    }

    /// A capitalised word that a name may begin with.
    fn may_open(&self, word: &Span) -> bool {
        let lower = self.lower(word);
        if self.is_state(word) {
            return true;
        }
        if !self.is_capital(word) || listed("de_stop", &lower) || listed("stop", &lower) {
            return false;
        }
        let head = self.over(word).iter().find(|hit| hit.start <= word.start && word.end <= hit.end);
        let grammar = head.is_some_and(|hit| hit.is(Class::Role).is_none());
        !grammar && self.compound(word).is_none() && !self.is_dateline_word(word)
    }

    /// `HANNOVER (dpa)`: where the news comes from.
    fn is_dateline_word(&self, word: &Span) -> bool {
        let chars = &self.page.chars;
        let shouts = word.len() > 3 && chars[word.clone()].iter().all(|c| c.is_uppercase());
        let next = chars.get(word.end + 1).copied().unwrap_or(' ');
        word.start == self.span.start && shouts && matches!(next, '(' | '-' | '–')
            || chars.get(word.end) == Some(&'.') && word.len() <= 3 && word.start == self.span.start
    }

    /// The name before the hyphen of `X-Konzern`, `X-Werk`.
    fn compound(&self, word: &Span) -> Option<Span> {
        let chars = &self.page.chars[word.clone()];
        let hyphen = chars.iter().rposition(|c| *c == '-')?;
        let (first, last) = (word.start..word.start + hyphen, word.start + hyphen + 1..word.end);
        let lower = self.lower(&last);
        let thing = role(&lower)
            || self.is_common(&last)
            || self
                .hit_at(last.start)
                .is_some_and(|hit| hit.is(Class::Noun).is_some() || hit.is(Class::Title).is_some());
        // `Biotech-Unternehmen X`: X is named, not what stands before the hyphen.
        let next = self.page.chars.get(word.end + 1).is_some_and(|c| c.is_uppercase());
        if role(&lower) && next && self.page.chars[word.end] == ' ' {
            return None;
        }
        let named = first.len() > 2 && !listed("stop", &self.lower(&first)) && self.is_capital(&first);
        (thing && named && !self.page.chars[first.clone()].contains(&'-')).then_some(first)
    }

    /// A common noun by its ending or its grammar.
    pub(crate) fn is_common(&self, word: &Span) -> bool {
        let lower = self.lower(word);
        if listed("legal", lower.trim_end_matches('.')) {
            return false;
        }
        let camel = self.page.chars[word.clone()].iter().skip(1).any(|c| c.is_uppercase());
        let hit = self.over(word).iter().any(|hit| {
            hit.start == word.start
                && hit.end == word.end
                && (hit.is(Class::Noun).is_some() || hit.is(Class::Metric).is_some())
        });
        let dated = self.dated(word.end, 0);
        hit || dated && !camel
            || !camel
                && tails("de_common").iter().any(|tail| lower.ends_with(tail) && !listed("de_org", &lower))
    }

    /// A common noun that ends a run: one of the lexicon, or of an abstract ending.
    fn is_abstract(&self, word: &Span) -> bool {
        let lower = self.lower(word);
        if listed("de_part", &lower) {
            return false;
        }
        let hit =
            self.hit_at(word.start).is_some_and(|hit| hit.end == word.end && hit.is(Class::Role).is_none());
        hit && !listed("legal", &lower) || tails("de_abstract").iter().any(|tail| lower.ends_with(tail))
    }

    fn is_noun(&self, word: &Span) -> bool {
        self.is_common(word) || role(&self.lower(word))
    }

    /// One run of capitalised words: what leads it is left out, and it must prove itself.
    fn german_run(&self, words: &[Span], opens: bool, found: &mut Vec<Candidate>) {
        let all = words;
        let mut words = words;
        let mut led = self.led_by_role(words[0].start);
        if let [_, second, _, ..] = words
            && role(&self.lower(second))
            && self.lower(&words[0]).ends_with("er")
        {
            words = &words[1..];
        }
        while let [first, rest @ ..] = words
            && !rest.is_empty()
            && role(&self.lower(first))
        {
            led = true;
            words = rest;
        }
        if let [.., before, last] = words
            && self.is_object(before, last)
        {
            words = &words[..words.len() - 1];
        }
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let span = first.start..last.end;
        let lower = self.lower(&span);
        if let Some(party) = self.german_body(words) {
            found.extend(party.then_some(Candidate { span, strong: true, slot: true }));
            return;
        }
        if listed("place", &lower) && words.len() < all.len() && !self.rules(&all[0]) {
            // `Verkehrsgesellschaft Hessen`: the place is a part of the name.
            found.push(Candidate { span: all[0].start..span.end, strong: true, slot: true });
            return;
        }
        if listed("place", &lower) && !led
            || self.is_ticker(&span)
            || span.len() < 2
            || self.figure_within(&span)
        {
            return;
        }
        if self.is_strong(words, led, opens) {
            found.push(Candidate { span, strong: true, slot: true });
        }
    }

    /// Whether a run proves by its words and its place that it is a name.
    fn is_strong(&self, words: &[Span], led: bool, opens: bool) -> bool {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
        let span = first.start..last.end;
        let lower = self.lower(&span);
        let single = words.len() == 1;
        let kind = role(&lower) && !self.is_house(words) || single && !led && self.is_common(last);
        let legal = !single && listed("legal", self.lower(last).trim_end_matches('.'));
        let letters = &self.page.chars[span.clone()];
        let camel = letters.windows(2).any(|pair| {
            pair[0].is_lowercase() && pair[1].is_uppercase()
                || single && pair[0].is_uppercase() && pair[1].is_uppercase()
        });
        let article = self.has_article(span.start);
        let org = tails("de_org").iter().any(|tail| {
            lower.ends_with(tail) && (lower.len() > tail.len() + 2 || lower == *tail && tail.len() > 8)
        });
        let foreign = lower.ends_with(['a', 'i', 'o', 'u', 'y', 'x', 'é']) || lower.contains(['y', '&']);
        legal
            || led && !kind
            || camel && !kind
            || org && !self.after_in(span.start) && !(single && article && listed("de_role", &lower))
            || !(single || kind || article && self.is_common(first))
            || single && !kind && !article && (self.is_governed(&span) || opens && self.governs(&span))
            || single && !kind && foreign && article && self.governs(&span)
    }

    /// `in Schulen` is a place or a thing.
    fn after_in(&self, start: usize) -> bool {
        let back: String = self.page.fold[start.saturating_sub(4)..start].iter().collect();
        [" in ", " im ", "auf "].iter().any(|word| back.ends_with(word))
    }

    /// Land, Stadt, Region: the place is the party.
    fn rules(&self, word: &Span) -> bool {
        let lower = self.lower(word);
        ["land", "stadt", "freistaat", "region", "landkreis", "hansestadt", "bundesland", "kommune"]
            .contains(&lower.as_str())
    }

    fn figure_within(&self, span: &Span) -> bool {
        let first = self.scan.figures.partition_point(|figure| figure.end <= span.start);
        let unit = self.scan.figures.get(first).is_some_and(|figure| figure.start < span.end);
        unit || self.lower(span).chars().all(|c| !latin_letter(c))
    }

    /// `bei X Turbinen für 5 Millionen`: the second is what is bought.
    fn is_object(&self, before: &Span, last: &Span) -> bool {
        let lower = self.lower(last);
        let plural =
            ["en", "er", "ungen", "e"].iter().any(|tail| lower.ends_with(tail)) && !lower.ends_with("ie");
        let adjective = self.lower(before).ends_with("sche") || self.lower(before).ends_with("schen");
        let after = self.page.folded(&(last.end..(last.end + 12).min(self.span.end)));
        plural
            && !adjective
            && !listed("legal", &lower)
            && [" im wert", " im umfang", " für ", " über ", " im volumen"]
                .iter()
                .any(|word| after.starts_with(word))
    }

    /// The word right before says what kind of company it is: `Konzern X`.
    fn led_by_role(&self, start: usize) -> bool {
        let back = self.page.text(&(start.saturating_sub(40).max(self.span.start)..start));
        let Some(word) = back.strip_suffix(' ').and_then(|back| back.rsplit(' ').next()) else {
            return false;
        };
        let fold = crate::fold::fold(&back);
        let heads =
            ["führung der", "führung von", "führung des", "käufer ist", "käuferin ist", "verkäufer ist"]
                .iter()
                .any(|words| fold.trim_end().ends_with(words));
        heads || word.starts_with(char::is_uppercase) && role(&crate::fold::fold(word))
    }

    /// An article, or an adjective after which one goes on, right before.
    pub(crate) fn has_article(&self, start: usize) -> bool {
        let back = self.page.folded(&(start.saturating_sub(28).max(self.span.start)..start));
        let word = back.trim_end().rsplit(' ').next().unwrap_or("").to_owned();
        let article = ["de_object", "de_dative", "de_owner", "de_open", "de_bare"];
        article.iter().any(|section| listed(section, &word))
            || ["im", "am", "zum", "zur", "vom", "beim", "ins", "ans"].contains(&word.as_str())
            || word.len() > 4
                && (word.ends_with("en") || word.ends_with("er") || word.ends_with("es"))
                && !self.has_word(start)
            || word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty()
    }

    /// The word before is a verb or a small word of grammar.
    fn has_word(&self, start: usize) -> bool {
        let hit = self.hit_ending(start.saturating_sub(1));
        hit.is_some_and(|hit| {
            is_verb(hit)
                || hit.is(Class::Say).is_some()
                || hit.is(Class::Prep).is_some()
                || hit.is(Class::Status).is_some()
        })
    }

    /// After a preposition of parties, or after the verb of an inverted clause; not a plural or a substance.
    fn is_governed(&self, span: &Span) -> bool {
        let back = self.page.folded(&(span.start.saturating_sub(12).max(self.span.start)..span.start));
        let word = back.trim_end().rsplit(' ').next().unwrap_or("").to_owned();
        let lower = self.lower(span);
        let plural = lower.ends_with("en")
            || tails("de_plural").iter().any(|tail| lower.ends_with(tail))
            || lower.ends_with(['e', 'r']) && (lower.len() < 5 || self.is_common(span));
        let strict = ["an", "mit", "von", "durch", "und", "in", "für"].contains(&word.as_str());
        let tied = word == "bei"
            || strict
                && (!plural || self.returns(span))
                && (!matches!(word.as_str(), "in" | "für") || self.returns(span));
        let verb = ["hat", "hatte", "will", "soll", "wird", "kann", "habe", "sei", "werde", "wolle"]
            .contains(&word.as_str())
            || self.has_word(span.start) && word.ends_with('t');
        tied && !(word == "mit" && !self.returns(span) && !self.governs(span)) || verb && !plural
    }

    /// Named again in the text without an article.
    fn returns(&self, span: &Span) -> bool {
        let form = self.lower(span);
        let text: String = self.page.fold.iter().take(20_000).collect();
        let count = text.match_indices(&form).filter(|(at, _)| {
            let rest = &text[at + form.len()..];
            !rest.starts_with(char::is_alphanumeric) && !text[..*at].ends_with(char::is_alphanumeric)
        });
        count.count() > 1
    }

    /// A verb in the singular right after.
    fn governs(&self, span: &Span) -> bool {
        let after = self.skip_spaces(span.end);
        if after != span.end + 1 {
            return false;
        }
        let word: String =
            self.page.chars[after..self.span.end].iter().take_while(|c| c.is_alphabetic()).collect();
        let hit = self.hit_at(after).is_some_and(|hit| {
            is_verb(hit)
                || hit.is(Class::Say).is_some()
                || hit.is(Class::Status).is_some()
                || hit.is(Class::Metric) == Some("stake")
        });
        let third = word.ends_with('t') && word.len() > 3 && word.starts_with(char::is_lowercase);
        let known = [
            "hat", "hatte", "will", "soll", "wolle", "habe", "lag", "kam", "erzielte", "setzte", "ging",
            "legte",
        ];
        let copula = ["ist", "wird", "wurde", "werden", "sei", "nicht", "mit", "sollen", "wollen"]
            .contains(&word.as_str());
        let many = (word == "haben"
            || word == "und" && self.page.chars.get(after + 4).is_some_and(|c| c.is_uppercase()))
            && !["en", "er", "e"].iter().any(|tail| self.lower(span).ends_with(tail));
        (hit || third || many || known.contains(&word.as_str())) && !copula
    }
}

/// The form of a name that begins with an inflected adjective: `Deutschen Bahn` is `Deutsche Bahn`.
pub(crate) fn nominative(name: &str) -> String {
    if name == "Bundes" || name.ends_with("ministeriums") || name.ends_with("bundesamts") {
        return name.trim_end_matches('s').to_owned();
    }
    let Some((first, rest)) = name.split_once(' ') else { return name.to_owned() };
    match first.strip_suffix("schen") {
        Some(stem) if rest.starts_with(char::is_uppercase) => format!("{stem}sche {rest}"),
        _ => name.to_owned(),
    }
}
