//! Names that need what stands around them: bodies, offices, countries, houses, products, and words that open a sentence.

use crate::lexicon::Class;
use crate::names::{Place, listed, tails};
use crate::page::Span;
use crate::scan::is_verb;
use crate::ties::role;

impl Place<'_> {
    /// What a German run is by its place: a party, nobody, or to be judged by its words.
    pub(crate) fn german_body(&self, words: &[Span]) -> Option<bool> {
        let [first, .., last] = words else {
            let only = words.first()?;
            return self.german_word(only);
        };
        let span = first.start..last.end;
        if self.is_model(span.start) {
            return Some(false);
        }
        let seat = listed("place", &self.lower(last))
            && tails("de_place").iter().any(|tail| self.lower(first).ends_with(tail));
        seat.then_some(true)
    }

    /// Three capitals or more that are no common abbreviation.
    fn is_french_acronym(&self, words: &[Span]) -> bool {
        let [word] = words else { return false };
        let letters = &self.page.chars[word.clone()];
        let capital = letters.iter().all(|c| c.is_uppercase());
        let lower = self.lower(word);
        (3..6).contains(&letters.len())
            && capital
            && !listed("fr_acronym", &lower)
            && !listed("stop", &lower)
            && !listed("place", &lower)
            && !self.is_ticker(word)
            && !self.is_dateline(word)
            && !self.is_sum(word)
    }

    /// `le groupe X`, `l'assureur X`: the word before says what X is.
    fn follows_role(&self, start: usize) -> bool {
        let back = self.page.text(&(start.saturating_sub(30).max(self.span.start)..start));
        let word = back.strip_suffix(' ').and_then(|back| back.rsplit([' ', '\'', '’']).next());
        word.is_some_and(|word| {
            word.starts_with(char::is_lowercase) && (listed("fr_role", word) || crate::definite::acts(word))
        })
    }

    fn german_word(&self, word: &Span) -> Option<bool> {
        if self.is_model(word.start) {
            return Some(false);
        }
        (self.is_state(word) || listed("place", &self.lower(word)) && self.is_given(word)).then_some(true)
    }

    /// A French run that its place makes a party, with the words before that belong to it.
    pub(crate) fn french_body(&self, words: &[Span], opens: bool) -> Option<Span> {
        let (first, last) = (words.first()?, words.last()?);
        let span = self.with_office(first.start..last.end);
        let place = listed("place", &self.lower(&span));
        let country = place && self.is_given_country(span.start);
        let led = words.len() == 1 && !place && self.follows_role(first.start);
        let heads = opens && words.len() == 1 && !place && self.french_opens(&span);
        (self.after_body(span.start)
            || span.start < first.start
            || country
            || heads
            || led
            || self.is_french_acronym(words))
        .then_some(span)
    }

    /// `der Bund`, `des Bundes`: the state as a party.
    pub(crate) fn is_state(&self, word: &Span) -> bool {
        matches!(self.lower(word).as_str(), "bund" | "bundes" | "eu")
            && self.is_capital(word)
            && self.has_article(word.start)
    }

    /// `vom Typ X`: the mark of a product.
    fn is_model(&self, start: usize) -> bool {
        let back = self.page.folded(&(start.saturating_sub(12).max(self.span.start)..start));
        back.strip_suffix(' ')
            .and_then(|back| back.rsplit(' ').next())
            .is_some_and(|word| listed("de_model", word))
    }

    /// `an die Ukraine`: a country that is given something.
    fn is_given(&self, span: &Span) -> bool {
        let back = self.page.folded(&(span.start.saturating_sub(8).max(self.span.start)..span.start));
        let Some(back) = back.strip_suffix("der ") else { return back.ends_with(" an die ") };
        let verb = self.hit_ending(span.start - 5);
        back.ends_with(' ') && verb.is_some_and(|hit| hit.is(Class::Give).is_some())
    }

    /// `Meyer Werft`: a name with what it is, where `Hamburger Werft` is none.
    pub(crate) fn is_house(&self, words: &[Span]) -> bool {
        let [first, rest @ ..] = words else { return false };
        let lower = self.lower(first);
        let place = crate::definite::resident(&lower);
        !rest.is_empty()
            && !place
            && !role(&lower)
            && !self.is_common(first)
            && !lower.ends_with("sche")
            && !lower.ends_with("schen")
    }

    /// `X a annoncé`, `X, qui`: a word that opens a sentence and what follows a name only.
    pub(crate) fn french_opens(&self, span: &Span) -> bool {
        let lower = self.lower(span);
        if lower.chars().count() < 2
            || listed("fr_opener", &lower)
            || listed("stop", &lower)
            || listed("fr_role", &lower)
        {
            return false;
        }
        let rest: String = self.page.fold[span.end..(span.end + 30).min(self.span.end)].iter().collect();
        let rest = rest.strip_prefix('+').unwrap_or(&rest);
        let verbs = [
            " a ",
            " va ",
            " vient ",
            " veut ",
            " compte ",
            " avait ",
            " s'",
            " s’",
            " n'",
            " prévoit ",
            " doit ",
            " pourrait ",
            " devrait ",
            " aurait ",
            " et ",
            ", qui ",
            ", dont ",
            ", le ",
            ", la ",
            ", l'",
            ", l’",
            ", filiale ",
            ", spécialiste ",
            ", un ",
            ", une ",
            ", entré",
            " versera ",
            " paiera ",
            " se ",
            ", numéro ",
            ", propriétaire ",
            ", leader ",
        ];
        let after = self.skip_spaces(span.end);
        let verb = self.hit_at(after).is_some_and(is_verb);
        !lower.ends_with("ment")
            && (verb && after == span.end + 1 || verbs.iter().any(|verb| rest.starts_with(verb)))
    }

    /// `ministère de la Défense`: the office is a part of the name.
    pub(crate) fn with_office(&self, span: Span) -> Span {
        let back = self.page.folded(&(span.start.saturating_sub(18).max(self.span.start)..span.start));
        let office = [
            "ministère des ",
            "ministère de la ",
            "ministère de l'",
            "ministère de l’",
            "ministère du ",
            "ministère de ",
        ];
        match office.iter().find(|words| back.ends_with(**words)) {
            Some(words) => span.start - words.chars().count()..span.end,
            None => span,
        }
    }

    /// `à la Tunisie`: a country that is given something.
    pub(crate) fn is_given_country(&self, start: usize) -> bool {
        let back = self.page.folded(&(start.saturating_sub(6).max(self.span.start)..start));
        let verb = |gap: usize| {
            let hit = start.checked_sub(gap).and_then(|end| self.hit_ending(end));
            hit.is_some_and(|hit| hit.is(Class::Give).is_some())
        };
        back.ends_with("à la ") || back.ends_with(" au ") && verb(4) || back.ends_with(" aux ") && verb(5)
    }
}
