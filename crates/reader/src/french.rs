//! French names: elisions, and the lower-case words inside a name.

use crate::names::{Place, listed};
use crate::page::Span;

impl Place<'_> {
    /// Where the word proper begins: after `l'`, `d'`, `qu'`.
    pub(crate) fn after_elision(&self, word: Span) -> Span {
        let chars = &self.page.chars;
        let cut = (word.start + 1..word.end.min(word.start + 4)).find(|at| matches!(chars[*at], '\'' | '’'));
        let Some(cut) = cut.filter(|cut| cut + 1 < word.end) else { return word };
        let head = self.lower(&(word.start..cut));
        if ["l", "d", "qu", "n", "s", "j", "m", "c"].contains(&head.as_str()) {
            cut + 1..word.end
        } else {
            word
        }
    }

    /// `Banque européenne d'investissement`, `Caisse des dépôts`, `Mines du Sud`: the word after which the name ends.
    pub(crate) fn french_tail(&self, words: &[Span], last: usize) -> Option<usize> {
        let gap = |a: usize, b: usize| self.page.text(&(words[a].end..words[b].start));
        let first = self.lower(&words[last]);
        let body = listed("fr_head", &first);
        let opens = words[last].start == self.span.start;
        let mut at = last;
        let attribute = |at: usize| {
            words.get(at + 1).is_some_and(|next| gap(at, at + 1) == " " && self.is_attribute_word(next))
        };
        // Adjectives: `Fonds monétaire international` has two.
        while body && at < last + 2 && attribute(at) {
            at += 1;
        }
        let adjective = at > last;
        let mut of = at + 1;
        let text = self.lower(words.get(of)?);
        let elided = gap(at, of);
        if matches!(elided.as_str(), " d'" | " d’" | " de l'" | " de l’" | " l'" | " l’") {
            let named = self.is_capital(&words[of]);
            return (body && (!opens || adjective) || named && self.is_plural(&words[last])).then_some(of);
        }
        if !matches!(text.as_str(), "de" | "du" | "des") || gap(at, of) != " " {
            return adjective.then_some(at);
        }
        of += 1;
        let mut next = words.get(of)?;
        if self.lower(next) == "la" || self.lower(next) == "l" {
            of += 1;
            next = words.get(of)?;
        }
        let named = self.is_capital(next);
        // `chemins de fer`: the noun has a complement of its own.
        if body
            && !named
            && text == "des"
            && let (Some(small), Some(end)) = (words.get(of + 1), words.get(of + 2))
            && self.lower(small) == "de"
            && self.page.chars[end.start].is_lowercase()
        {
            return Some(of + 2);
        }
        let plural = self.is_plural(&words[last]) && !opens;
        let joined = named && (body || plural)
            || body && text == "des"
            || body && text == "de" && !opens && self.is_long(next);
        if joined && !named && attribute(of) {
            return Some(of + 1);
        }
        if joined { Some(of) } else { adjective.then_some(at) }
    }

    /// `la région X`, `la métropole de X`: a place that acts.
    pub(crate) fn after_body(&self, start: usize) -> bool {
        let back = self.page.folded(&(start.saturating_sub(24).max(self.span.start)..start));
        let back = back.trim_end_matches(" de ").trim_end_matches(" d'").trim_end_matches(" d’");
        let word = back.trim_end().rsplit([' ', '\'', '’']).next().unwrap_or_default().to_owned();
        [
            "région",
            "métropole",
            "ville",
            "land",
            "département",
            "république",
            "royaume",
            "état",
            "gouvernement",
        ]
        .contains(&word.as_str())
    }

    fn is_plural(&self, word: &Span) -> bool {
        let chars = &self.page.chars[word.clone()];
        chars.last() == Some(&'s') && chars.iter().skip(1).all(|c| c.is_lowercase()) && chars.len() > 4
    }

    fn is_long(&self, word: &Span) -> bool {
        word.len() > 4 && self.page.chars[word.start].is_lowercase()
    }

    /// `européenne`, `générale`, `agricole`, `publique`, `française`, `indonésienne`.
    fn is_attribute_word(&self, word: &Span) -> bool {
        let lower = self.lower(word);
        let tails = [
            "enne", "ien", "ale", "al", "ole", "ique", "aise", "ais", "aine", "ain", "elle", "el", "aux",
            "ive", "if", "oise", "aire", "ine", "uelle", "ire", "nal", "onal",
        ];
        self.page.chars[word.start].is_lowercase()
            && lower.len() > 4
            && tails.iter().any(|tail| lower.ends_with(tail))
    }
}
