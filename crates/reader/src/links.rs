//! What a German or French verb makes of ties that say nothing by themselves: `für X`, `sur X`, `au capital de X`.

use crate::frame::{Line, Side, Trigger};
use crate::lexicon::{Class, Tongue};
use crate::token::{Marker, Token};
use Side::{Payee, Payer};

impl Line<'_> {
    /// `Käufer ist X`: the buyer, told by himself.
    pub(crate) fn is_told_buyer(&self, at: usize) -> bool {
        let start = self.tokens[at].start;
        let back = self.page.folded(&(start.saturating_sub(60)..start));
        let told = [
            "käufer ist ",
            "käuferin ist ",
            "erwerber ist ",
            "acheteur est ",
            "acquéreur est ",
            "repreneur est ",
            "auftraggeber ist ",
            "auftraggeberin ist ",
            "kunde ist ",
            "besteller ist ",
            "client est ",
            "commanditaire est ",
        ];
        told.iter().any(|words| back.rfind(words).is_some_and(|i| !back[i..].contains([',', '.'])))
    }

    /// `baut für X`, `met la main sur X`, `finanziert den Bau von X`: what a verb makes of other ties.
    pub(crate) fn verbal_side(&self, trigger: &Trigger, at: usize) -> Option<Side> {
        let (token, start) = (&self.tokens[trigger.at], self.tokens[at].start);
        let form = self.page.folded(&(token.start..token.end));
        let starts = |words: &[&str]| words.iter().any(|word| form.starts_with(word));
        let back = self.page.folded(&(start.saturating_sub(40)..start));
        let led = |words: &[&str]| {
            words
                .iter()
                .any(|word| back.rfind(word).is_some_and(|i| !back[i + word.len()..].contains([',', '.'])))
        };
        if at < trigger.at && self.tongue == Tongue::French || self.clause[at] != self.clause[trigger.at] {
            return None;
        }
        let (aside, marker) = (self.marker[at] == Marker::Aside, self.marker[at]);
        match trigger.class {
            Class::Sell
                if aside && starts(&["bau", "gebaut", "errich", "bât", "constru", "réalis", "équip"]) =>
            {
                led(&[" für ", " pour "]).then_some(Payer)
            }
            Class::Buy if aside && starts(&["leg", "biet", "bot", "geboten"]) => {
                led(&[" für "]).then_some(Payee)
            }
            // `X zahlt 5 Millionen für Y`.
            Class::Give if aside && trigger.value == "pay" && !self.has_taker(trigger) => {
                led(&[" für ", " pour "]).then_some(Payee)
            }
            Class::Buy if form.ends_with("main sur") || form.ends_with("main") => {
                led(&[" sur "]).then_some(Payee)
            }
            Class::Give if starts(&["finanz", "financ"]) && !self.case_passive(trigger) => {
                matches!(marker, Marker::Of | Marker::From).then_some(Payee)
            }
            _ => None,
        }
    }

    /// `bürgt für X`, `garantit un emprunt de X`: for whom a guarantee is given.
    pub(crate) fn is_for(&self, trigger: &Trigger, at: usize) -> bool {
        let start = self.tokens[at].start;
        let back = self.page.folded(&(start.saturating_sub(40)..start));
        let german = back.rfind(" für ").is_some_and(|i| !back[i + 5..].contains([',', '.']));
        let near = self.clause[at] == self.clause[trigger.at];
        let marker = self.marker[at];
        trigger.value == "guarantee"
            && near
            && at > trigger.at
            && (marker == Marker::Aside && german
                || self.tongue == Tongue::French && matches!(marker, Marker::Of | Marker::By | Marker::Aside))
    }

    /// `au capital de X`.
    pub(crate) fn is_capital(&self, at: usize) -> bool {
        let start = self.tokens[at].start;
        let back = self.page.folded(&(start.saturating_sub(24)..start));
        back.contains("capital d")
    }

    /// `l'activité de X`, `20 % de X`: a part of X is what is bought.
    pub(crate) fn is_part(&self, trigger: &Trigger, at: usize) -> bool {
        at > trigger.at && !self.tokens[trigger.at + 1..at].iter().any(Token::is_party)
    }

    /// The clause names whom a thing is sold to.
    pub(crate) fn has_taker(&self, trigger: &Trigger) -> bool {
        (0..self.tokens.len()).any(|at| {
            self.tokens[at].is_party()
                && self.clause[at] == self.clause[trigger.at]
                && self.marker[at] == Marker::To
        })
    }

    /// `einen Auftrag des X`: X is the owner of the noun right before.
    pub(crate) fn owns_noun(&self, at: usize) -> bool {
        let before = self.tokens[..at]
            .iter()
            .rev()
            .find_map(|token| token.hit().filter(|hit| hit.is(Class::Prep).is_none()));
        before.is_some_and(|hit| hit.is(Class::Noun).is_some() && hit.end + 30 > self.tokens[at].start)
    }

    /// The clause names somebody with whom the subject does it.
    pub(crate) fn has_partner(&self, trigger: &Trigger) -> bool {
        (0..self.tokens.len()).any(|at| {
            self.tokens[at].is_party()
                && self.clause[at] == self.clause[trigger.at]
                && matches!(self.marker[at], Marker::With | Marker::At)
        })
    }

    /// `Mit einem Kredit der Bank baut X`: the subject of the clause that a loan opens.
    pub(crate) fn is_borrower(&self, trigger: &Trigger, at: usize) -> bool {
        let start = self.tokens[trigger.at].start;
        let back = self.page.folded(&(start.saturating_sub(30)..start));
        let words = [
            "mit einem",
            "mit einer",
            "mit dem",
            "dank eines",
            "dank einer",
            "grâce à un",
            "avec un",
            "avec ce",
            "grâce au",
        ];
        at > trigger.at
            && self.marker[at] == Marker::Bare
            && self.clause[at] == self.clause[trigger.at]
            && words.iter().any(|word| back.contains(word))
    }
}
