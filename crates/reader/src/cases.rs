//! The sides of names by case and particle: German, French, Japanese, Korean.

use crate::frame::{Line, Side, Trigger};
use crate::lexicon::{Class, Tongue};
use crate::token::{Kind, Marker};
use Side::{Payee, Payer};

/// What `sein`, `werden`, `être` look like before a participle.
const PASSIVE_DE: [&str; 8] = ["wird", "werden", "wurde", "wurden", "worden", "werde", "würde", "würden"];
const PASSIVE_FR: [&str; 12] =
    ["été", "est", "sont", "sera", "seront", "était", "étaient", "serait", "être", "seraient", "soit", "fut"];

/// Nouns of what is lent or granted.
const CREDITS: [&str; 9] =
    ["kredit", "darlehen", "zusch", "förder", "prêt", "crédit", "subvention", "aide", "financement"];

/// Nouns of agreements whose subject pays.
const PAYS: [&str; 25] = [
    "kaufvertrag",
    "abnahme",
    "mietvertrag",
    "lizenz",
    "licence",
    "d'achat",
    "d'approvisionnement",
    "leasing",
    "un bail",
    "signé une commande",
    "loyer",
    "location",
    "mietet",
    "ライセンス契約",
    "購入契約",
    "調達契約",
    "賃貸",
    "구매",
    "라이선스 계약",
    "リース契約",
    "買収",
    "인수 계약",
    "인수계약",
    "übernahme",
    "acquisition de",
];

/// Nouns of agreements whose subject is paid.
const PAID: [&str; 20] = [
    "liefer",
    "auftrag",
    "kredit",
    "darlehen",
    "livraison",
    "fourniture",
    "contrat",
    "commande",
    "prêt",
    "crédit",
    "供給",
    "納入",
    "融資契約",
    "공급",
    "수출",
    "납품",
    "대출",
    "수주",
    "계약",
    "売却",
];

impl Line<'_> {
    /// Whether sides go by the cases of this file.
    pub(crate) fn has_cases(&self) -> bool {
        self.tongue.western() || self.is_verb_last()
    }

    /// The side of a name by its case.
    pub(crate) fn case_side(&self, trigger: &Trigger, at: usize) -> Option<Side> {
        if matches!(self.tokens[at].kind, Kind::Pron("which" | "they")) && self.is_verb_last() {
            return None;
        }
        if trigger.noun {
            return self.nominal_side(trigger, at);
        }
        match (self.tongue, self.is_verb_last()) {
            (_, true) => self.eastern_side(trigger, at),
            _ => self.western_side(trigger, at),
        }
    }

    /// The words of the trigger's clause.
    fn clause_text(&self, trigger: &Trigger) -> String {
        let near = |at: &usize| self.clause[*at] == self.clause[trigger.at];
        let first = (0..self.tokens.len()).find(near).unwrap_or(trigger.at);
        let last = (0..self.tokens.len()).rev().find(near).unwrap_or(trigger.at);
        let from = self.tokens[first].start.saturating_sub(12);
        let comma =
            self.page.fold[from..self.tokens[first].start].iter().rposition(|c| matches!(c, ',' | '.'));
        let from = comma.map_or(from, |at| from + at + 1);
        self.page.folded(&(from..(self.tokens[last].end + 12).min(self.page.fold.len())))
    }

    /// `wurde von X übernommen`, `a été racheté par X`.
    pub(crate) fn case_passive(&self, trigger: &Trigger) -> bool {
        let token = &self.tokens[trigger.at];
        let form = self.page.folded(&(token.start..token.end));
        if self.tongue == Tongue::German {
            let participle = form.starts_with("ge")
                || form.ends_with('t')
                || ["ommen", "worben", "liehen", "geben", "stoßen"].iter().any(|tail| form.ends_with(tail))
                    && !form.starts_with("über") | form.ends_with("nommen");
            let text = self.clause_text(trigger);
            let auxiliary = text.split(|c: char| !c.is_alphabetic()).any(|word| PASSIVE_DE.contains(&word));
            return participle && auxiliary && form != "erhalten";
        }
        let participle = ["é", "ée", "és", "ées", "i", "ie", "u", "ue", "us", "is", "ise", "t", "te"]
            .iter()
            .any(|tail| form.ends_with(tail));
        let back = self.page.folded(&(token.start.saturating_sub(24)..token.start));
        let auxiliary = back.split_whitespace().rev().take(2).any(|word| PASSIVE_FR.contains(&word));
        let next = self.page.folded(&(token.end..(token.end + 5).min(self.page.fold.len())));
        // `s'est vu confier par X`.
        let seen = [" vu ", " vue ", " vus "].iter().any(|word| back.ends_with(word));
        seen || participle && (auxiliary || next == " par ")
    }

    /// The subject of a German or French verb: the bare name of its clause, or of the one before.
    fn western_subject(&self, trigger: &Trigger) -> Option<usize> {
        let bare = |at: &usize| self.tokens[*at].is_party() && self.marker[*at] == Marker::Bare;
        let own = self.clause[trigger.at];
        let here = |at: &usize| self.clause[*at] == own && bare(at);
        let before = (0..trigger.at).rev().find(here);
        if self.tongue == Tongue::German {
            if let Some(at) = (0..self.tokens.len()).find(here) {
                return Some(at);
            }
        } else if before.is_some() {
            return before;
        }
        let first = (0..self.tokens.len()).find(|at| self.clause[*at] == own)?;
        // A relative clause: its subject is the name right before the comma.
        let gap = self
            .page
            .folded(&(self.tokens[first].start..(self.tokens[first].end + 12).min(self.page.fold.len())));
        let relative = [", die ", ", der ", ", das ", ", welche"].iter().any(|word| gap.starts_with(word));
        if relative && self.tongue == Tongue::German {
            return first.checked_sub(1).filter(|at| self.tokens[*at].is_party());
        }
        let earlier = |at: &usize| self.clause[*at] < own && bare(at);
        let mut all = (0..trigger.at).filter(earlier);
        all.next()
    }

    fn is_western_subject(&self, trigger: &Trigger, at: usize) -> bool {
        let Some(subject) = self.western_subject(trigger) else { return false };
        subject == at || self.beside(subject, at)
    }

    /// Two bare names that a list ties.
    fn beside(&self, a: usize, b: usize) -> bool {
        let (low, high) = (a.min(b), a.max(b));
        high == low + 2
            && self.marker[a] == self.marker[b]
            && self.tokens[low + 1].hit().is_some_and(|hit| hit.is(Class::List).is_some())
    }

    fn western_side(&self, trigger: &Trigger, at: usize) -> Option<Side> {
        let same = self.clause[at] == self.clause[trigger.at];
        let subject = self.is_western_subject(trigger, at);
        let marker = self.marker[at];
        if self.is_told_buyer(at) {
            return (trigger.class == Class::Sell).then_some(Payer);
        }
        if !same
            && !subject
            && (marker == Marker::Bare || self.clause[at].abs_diff(self.clause[trigger.at]) > 1)
        {
            return None;
        }
        let passive = self.case_passive(trigger);
        let german = self.tongue == Tongue::German;
        let after_verb = at > trigger.at && self.closest_after(trigger, at);
        let object = marker == Marker::Object && same
            || marker == Marker::Bare && !subject && same && (german || after_verb);
        if self.is_for(trigger, at) {
            return Some(Payee);
        }
        if let Some(side) = self.verbal_side(trigger, at) {
            return Some(side);
        }
        let agent = passive && matches!(marker, Marker::By) || passive && german && marker == Marker::From;
        match (trigger.class, trigger.value) {
            (Class::Give, value) => {
                self.give_side(value, (marker, subject, object), (passive, agent, self.is_capital(at)))
            }
            (Class::Get, _) => match marker {
                Marker::Of if german && same && self.owns_noun(at) => Some(Payer),
                Marker::Bare if subject => Some(Payee),
                Marker::From | Marker::At | Marker::By => Some(Payer),
                Marker::Of if !german => Some(Payer),
                Marker::To if !german && trigger.value == "loan" => Some(Payer),
                // `Der Auftrag ging an X`.
                Marker::To if german && trigger.value == "order" => Some(Payee),
                _ => None,
            },
            (Class::Buy, _) => self.buy_side(trigger, at, (marker, subject, object), (passive, agent)),
            (Class::Sell, _) => match marker {
                _ if agent => Some(Payee),
                Marker::To => Some(Payer),
                Marker::Bare if subject && !passive => Some(Payee),
                _ if object
                    && german
                    && marker == Marker::Bare
                    && trigger.value == "goods"
                    && !self.has_taker(trigger) =>
                {
                    Some(Payer)
                }
                _ => None,
            },
            (Class::Sign, _) => self.sign_side(trigger, at, subject),
            _ => None,
        }
    }

    fn buy_side(
        &self,
        trigger: &Trigger,
        at: usize,
        (marker, subject, object): (Marker, bool, bool),
        (passive, agent): (bool, bool),
    ) -> Option<Side> {
        let german = self.tongue == Tongue::German;
        let takeover = trigger.value == "acquisition";
        let owner = || self.clause[at] == self.clause[trigger.at] && (german || self.is_part(trigger, at));
        match marker {
            _ if agent => Some(Payer),
            Marker::From | Marker::At | Marker::To => Some(Payee),
            Marker::Bare if subject && !passive => Some(Payer),
            Marker::Bare if subject && takeover => Some(Payee),
            Marker::Of if owner() && !self.has_source(trigger) => Some(Payee),
            _ if object && (takeover || german) && !self.has_source(trigger) => Some(Payee),
            _ => None,
        }
    }

    fn give_side(
        &self,
        value: &str,
        (marker, subject, object): (Marker, bool, bool),
        (passive, agent, capital): (bool, bool, bool),
    ) -> Option<Side> {
        let into = matches!(value, "equity" | "award");
        match marker {
            _ if agent => Some(Payer),
            Marker::Bare if subject => Some(if passive { Payee } else { Payer }),
            Marker::To => Some(Payee),
            Marker::At | Marker::On if into => Some(Payee),
            // `entre au capital de X`.
            Marker::Of if capital => Some(Payee),
            Marker::Bare if object => Some(Payee),
            Marker::Object | Marker::Of | Marker::From if value == "grant" => Some(Payee),
            _ => None,
        }
    }

    /// The clause names whom a thing is bought from.
    fn has_source(&self, trigger: &Trigger) -> bool {
        (0..self.tokens.len()).any(|at| {
            self.tokens[at].is_party()
                && self.clause[at] == self.clause[trigger.at]
                && matches!(self.marker[at], Marker::From | Marker::At)
                && !self.case_passive(trigger)
        })
    }

    /// No verb and no other name between the verb and a name after it.
    fn closest_after(&self, trigger: &Trigger, at: usize) -> bool {
        !self.tokens[trigger.at + 1..at].iter().any(|token| {
            token.is_party()
                || matches!(token.kind, Kind::Figure(_))
                || token.hit().is_some_and(crate::scan::is_verb)
        })
    }

    /// Two who agree: the noun of the sentence says who pays.
    fn sign_side(&self, trigger: &Trigger, at: usize, subject: bool) -> Option<Side> {
        let other = matches!(self.marker[at], Marker::With);
        if !subject && !other {
            return None;
        }
        let text = self.page.folded(&(self.tokens[0].start..self.tokens[self.tokens.len() - 1].end));
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let _ = trigger;
        let pays = has(&PAYS);
        let paid = has(&PAID);
        match (pays, paid) {
            (true, _) => Some(if subject { Payer } else { Payee }),
            (_, true) => Some(if subject { Payee } else { Payer }),
            _ => None,
        }
    }

    /// `der Verkauf von X an Y`, `le rachat de X par Y`, `X の買収`.
    fn nominal_side(&self, trigger: &Trigger, at: usize) -> Option<Side> {
        if self.is_verb_last() {
            return self.eastern_side(trigger, at);
        }
        let token = &self.tokens[trigger.at];
        let form = self.page.folded(&(token.start..token.end));
        let has = |words: &[&str]| words.iter().any(|word| form.contains(word));
        let marker = self.marker[at];
        if self.clause[at] != self.clause[trigger.at]
            || at < trigger.at && !matches!(marker, Marker::Bare | Marker::With)
        {
            return None;
        }
        let of = matches!(marker, Marker::Of | Marker::From);
        let to = matches!(marker, Marker::To | Marker::At | Marker::On);
        let subject = marker == Marker::Bare && at < trigger.at && self.is_western_subject(trigger, at);
        if let Some(side) = self.nominal_trade(trigger, &form, marker, subject) {
            return side;
        }
        match form.as_str() {
            _ if has(&["kapitalspritze", "kapitalerhöhung"]) => match marker {
                Marker::With | Marker::From | Marker::By | Marker::Of => Some(Payer),
                _ if subject => Some(Payee),
                _ => None,
            },
            _ if has(&["einstieg", "beteiligung", "investi", "participation"]) => match marker {
                _ if to => Some(Payee),
                Marker::By => Some(Payer),
                _ if of => Some(Payer),
                _ => None,
            },
            _ if has(&["auftrag", "bestellung", "order", "commande", "contrat"]) => match marker {
                Marker::From | Marker::Of | Marker::By => Some(Payer),
                Marker::At if self.tongue == Tongue::French && form.contains("contrat") => Some(Payer),
                _ if to => Some(Payee),
                _ => None,
            },
            _ if has(&CREDITS) => match marker {
                Marker::From | Marker::Of | Marker::By | Marker::At | Marker::With => Some(Payer),
                _ if subject && self.has_partner(trigger) || self.is_borrower(trigger, at) => Some(Payee),
                Marker::To => Some(Payee),
                _ => None,
            },
            _ => None,
        }
    }

    /// The sides of a noun of sale or purchase; nothing for other nouns.
    fn nominal_trade(
        &self,
        trigger: &Trigger,
        form: &str,
        marker: Marker,
        subject: bool,
    ) -> Option<Option<Side>> {
        let has = |words: &[&str]| words.iter().any(|word| form.contains(word));
        let of = matches!(marker, Marker::Of | Marker::From);
        Some(match form {
            _ if has(&["verkauf", "cession", "vente"]) => match marker {
                // `X étudie la vente de sa filiale Y`: X sells.
                Marker::Of if self.western_subject(trigger).is_some_and(|who| who < trigger.at) => None,
                Marker::To | Marker::With => Some(Payer),
                _ if of || subject => Some(Payee),
                _ => None,
            },
            _ if has(&[
                "kauf",
                "übernahme",
                "rachat",
                "acquisition",
                "achat",
                "reprise",
                "offre",
                "angebot",
                "offerte",
            ]) =>
            {
                match marker {
                    Marker::By => Some(Payer),
                    Marker::At => Some(Payee),
                    _ if subject => Some(Payer),
                    _ if of || marker == Marker::To => Some(Payee),
                    Marker::With => Some(Payee),
                    _ => None,
                }
            }
            _ => return None,
        })
    }
}
