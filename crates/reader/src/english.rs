//! English names that need what stands around them: governments, bodies, and capitals that name nobody.

use crate::lexicon::Class;
use crate::names::{Place, listed};
use crate::page::{Script, Span};

impl Place<'_> {
    /// A place that pays as its government.
    pub(crate) fn is_government(&self, span: &Span, opens: bool) -> bool {
        self.is_its_state(span.start) || opens && self.gives(span.end)
    }

    /// A project, or a single word of deals and measures: no name.
    pub(crate) fn is_plain_word(&self, words: &[Span]) -> bool {
        let project =
            words.last().is_some_and(|last| matches!(self.lower(last).as_str(), "project" | "projects"));
        let single = matches!(words, [only] if self.is_word(only));
        self.scan.script == Script::Latin && (project || single)
    }

    /// `the state of X`, `the city of X`: a public body of that place.
    fn is_its_state(&self, start: usize) -> bool {
        let back: String = self.page.fold[start.saturating_sub(15)..start].iter().collect();
        ["state of ", "city of ", "government of ", "province of ", "republic of ", "kingdom of "]
            .iter()
            .any(|word| back.ends_with(word))
    }

    /// `France will grant X 5 bn`: a country pays as its government.
    fn gives(&self, end: usize) -> bool {
        let mut at = end;
        for _ in 0..3 {
            let Some(hit) = self.hit_at(self.skip_spaces(at)) else { return false };
            if hit.is(Class::Give).is_some() || hit.is(Class::Sell) == Some("license") {
                return self.scan.script == Script::Latin;
            }
            if hit.is(Class::Status).is_none() {
                return false;
            }
            at = hit.end;
        }
        false
    }

    /// `Contracts`, `Revenue`: a word of deals or measures, whatever its capital.
    fn is_word(&self, word: &Span) -> bool {
        self.hit_at(word.start).is_some_and(|hit| {
            hit.end == word.end && (hit.is(Class::Noun).is_some() || hit.is(Class::Metric).is_some())
        })
    }

    /// `The Northern Building Bank`: a body by the word it ends with.
    pub(crate) fn is_body(&self, words: &[Span]) -> bool {
        words.len() > 2 && words.last().is_some_and(|last| listed("body", &self.lower(last)))
    }

    /// A single capital belongs to the one name before it in a sentence that goes on in small letters.
    pub(crate) fn is_lettered(&self, words: &[Span], last: usize) -> bool {
        let goes_on = words.get(last + 2).is_none_or(|word| !self.is_capital(word));
        let letter = words.get(last + 1).map_or(0, |word| word.end);
        let sum = self.page.chars.get(letter).is_some_and(|c| matches!(c, '$' | '€' | '£' | '¥'));
        goes_on && !sum && last > 0 && !self.is_capital(&words[last - 1])
    }
}
