//! Frames: a verb or noun with its instrument, and which of the names around it pays and which is paid.

use crate::lexicon::{Class, Hit};
use crate::page::{Page, Script};
use crate::scan::is_verb;
use crate::token::{Kind, Marker, Token};

/// The two sides of a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Who pays, lends, invests, hands over.
    Payer,
    /// Who is paid.
    Payee,
}

/// What governs an amount.
#[derive(Clone, Copy, Debug)]
pub struct Trigger {
    /// Its token.
    pub at: usize,
    /// Its class; nouns are given the class of the verb they stand for.
    pub class: Class,
    /// Its instrument or kind.
    pub value: &'static str,
    /// It is a noun.
    pub noun: bool,
}

/// A sentence ready for frames.
#[derive(Debug)]
pub struct Line<'s> {
    /// Its page.
    pub page: &'s Page,
    /// What most of the text is written in.
    pub script: Script,
    /// Its tokens.
    pub tokens: Vec<Token<'s>>,
    /// Clause of each token.
    pub clause: Vec<usize>,
    /// How each name is tied.
    pub marker: Vec<Marker>,
}

const VERBS: [Class; 5] = [Class::Give, Class::Get, Class::Buy, Class::Sell, Class::Sign];

/// The verb meaning of a hit.
pub fn verb(hit: &Hit) -> Option<(Class, &'static str)> {
    hit.senses.iter().find(|(class, _)| VERBS.contains(class)).copied()
}

impl Line<'_> {
    fn is_verb_last(&self) -> bool {
        matches!(self.script, Script::Japanese | Script::Korean)
    }

    /// Distance in characters and clauses between two tokens.
    pub(crate) fn cost(&self, from: usize, to: usize) -> usize {
        let (a, b) = (&self.tokens[from.min(to)], &self.tokens[from.max(to)]);
        let scale = if self.script == Script::Latin { 1 } else { 3 };
        b.start.saturating_sub(a.end) * scale + 40 * self.clause[from].abs_diff(self.clause[to])
    }

    /// The verb that governs a number; else the noun.
    pub fn trigger(&self, figure: usize) -> Option<Trigger> {
        let verbs = self.tokens.iter().enumerate().filter_map(|(at, token)| {
            let (class, value) = verb(token.hit()?)?;
            let mut cost = self.cost(at, figure);
            let after = at > figure;
            cost += match (class, after, self.is_verb_last()) {
                (_, true, false) if self.clause[at] != self.clause[figure] => 220,
                (_, true, false) => 45,
                (_, false, true) => 60,
                _ => 0,
            };
            cost += if class == Class::Sign { 60 } else { 0 };
            cost += if value == "pay" && class == Class::Get { 5 } else { 0 };
            Some((cost, Trigger { at, class, value, noun: false }))
        });
        let best = verbs
            .filter(|(cost, _)| *cost < 240)
            .min_by_key(|(cost, _)| *cost)
            .map(|(_, trigger)| self.refined(trigger, figure));
        best.or_else(|| self.noun_trigger(figure))
    }

    /// `spend 30 bn to buy`: the purchase says more than the payment. `sign a contract to supply`: so does the supply.
    fn refined(&self, trigger: Trigger, figure: usize) -> Trigger {
        let near = |at: usize| {
            self.clause[at].abs_diff(self.clause[figure]) <= usize::from(trigger.class == Class::Sign)
        };
        if let Some(received) = self.received(&trigger) {
            return received;
        }
        let weak = trigger.class == Class::Sign || trigger.value == "pay" && trigger.class == Class::Give;
        if !weak {
            return trigger;
        }
        let others =
            self.tokens.iter().enumerate().filter(|(at, _)| *at != trigger.at && near(*at)).filter_map(
                |(at, token)| {
                    let (class, value) = verb(token.hit()?)?;
                    let fits = match trigger.class {
                        Class::Sign => class != Class::Sign && !(class == Class::Give && value == "pay"),
                        _ => class == Class::Buy && at > figure,
                    };
                    fits.then_some(Trigger { at, class, value, noun: false })
                },
            );
        others
            .min_by_key(|other| self.cost(other.at, figure))
            .filter(|other| self.cost(other.at, figure) < 160)
            .unwrap_or(trigger)
    }

    /// `甲获乙投资`: the subject is given what the second verb says; so the first one governs.
    fn received(&self, trigger: &Trigger) -> Option<Trigger> {
        if trigger.class != Class::Give || trigger.value != "equity" || self.script == Script::Latin {
            return None;
        }
        let at = (0..trigger.at)
            .rev()
            .find(|at| self.tokens[*at].hit().is_some_and(|hit| hit.is(Class::Get) == Some("pay")))?;
        let between = (at + 1..trigger.at).any(|i| self.tokens[i].is_party());
        let same = self.clause[at] == self.clause[trigger.at];
        (between && same).then_some(Trigger { at, class: Class::Get, value: "pay", noun: false })
    }

    fn noun_trigger(&self, figure: usize) -> Option<Trigger> {
        let nouns = self
            .tokens
            .iter()
            .enumerate()
            .filter_map(|(at, token)| Some((self.cost(at, figure), at, token.hit()?.is(Class::Noun)?)));
        let (_, at, value) = nouns.filter(|(cost, ..)| *cost < 160).min_by_key(|(cost, ..)| *cost)?;
        let tied = |wanted: Marker| {
            (0..self.tokens.len()).any(|i| self.tokens[i].is_party() && self.marker[i] == wanted)
        };
        let class = match value {
            "goods" | "services" | "lease" | "acquisition" if tied(Marker::From) => Class::Get,
            "goods" | "services" | "lease" | "license" if tied(Marker::To) => Class::Sell,
            "goods" | "services" | "lease" | "license" | "acquisition" => Class::Sign,
            _ => Class::Give,
        };
        Some(Trigger { at, class, value, noun: true })
    }

    /// `was acquired by`: the subject is what is done to.
    fn is_passive(&self, trigger: &Trigger) -> bool {
        let token = &self.tokens[trigger.at];
        let back = self.page.folded(&(token.start.saturating_sub(14)..token.start));
        let auxiliary =
            [" was ", " were ", " been ", " be ", " is ", " are ", " being ", " wird ", " wurde ", " été "]
                .iter()
                .any(|word| back.ends_with(word));
        let form = self.page.folded(&(token.start..token.end));
        let participle = form.ends_with("ed")
            || form.ends_with('n')
            || form.ends_with("ght")
            || form.ends_with("ld")
            || form.ends_with("nt")
            || form.ends_with('é');
        trigger.class != Class::Get && self.script == Script::Latin && auxiliary && participle
    }

    /// The side of a name in this frame.
    pub fn side(&self, trigger: &Trigger, at: usize) -> Option<Side> {
        use Side::{Payee, Payer};
        let before = at < trigger.at;
        let passive = self.is_passive(trigger);
        let bare = self.marker[at] == Marker::Bare;
        if !bare && before && self.clause[at] != self.clause[trigger.at] && self.marker[at] != Marker::Of {
            return None;
        }
        let inverted = bare && self.is_inverted(trigger, at);
        let subject = inverted
            || bare && before && !passive
            || self.marker[at] == Marker::By && (passive || self.script != Script::Latin || trigger.noun);
        let object = bare && (if before { passive } else { self.may_be_object(trigger, at) })
            || self.marker[at] == Marker::Object;
        let (payer_is_subject, verb_last) =
            (matches!(trigger.class, Class::Give | Class::Buy), self.is_verb_last());
        match (trigger.class, self.marker[at]) {
            _ if subject && trigger.class != Class::Get && trigger.class != Class::Sign => {
                Some(if payer_is_subject { Payer } else { Payee })
            }
            // Who signs a loan with a bank borrows.
            (Class::Sign, Marker::Bare) if before && self.of_debt(trigger) => Some(Payee),
            (Class::Sign, Marker::With | Marker::To | Marker::From) if self.of_debt(trigger) => Some(Payer),
            (Class::Sign, Marker::Bare) if before => Some(Payer),
            (Class::Sign, Marker::With | Marker::To) => Some(Payee),
            (Class::Sign, Marker::From) => Some(Payer),
            (Class::Get, Marker::Bare) if before => Some(Payee),
            (Class::Get, Marker::From | Marker::By | Marker::With) => Some(Payer),
            (Class::Get, Marker::Of) if verb_last || !before => Some(Payer),
            (Class::Get, Marker::To) if self.script != Script::Latin => Some(Payer),
            (Class::Get, _) if object => Some(Payer),
            (Class::Give, Marker::To) => Some(Payee),
            (Class::Give, Marker::On) if trigger.value == "pay" => Some(Payee),
            (Class::Give, Marker::From) => Some(Payer),
            (Class::Give, Marker::Of) if trigger.noun && before => Some(Payer),
            (Class::Give, Marker::Of) if !before && !trigger.noun => Some(Payee),
            (Class::Give, _) if object => Some(Payee),
            (Class::Buy, Marker::From | Marker::With) => Some(Payee),
            (Class::Buy, Marker::To) if self.script != Script::Latin => Some(Payee),
            (Class::Buy, Marker::Of) if !before || verb_last => Some(Payee),
            (Class::Buy, _) if object => Some(Payee),
            (Class::Sell, Marker::To | Marker::With) => Some(Payer),
            (Class::Sell, _) if object && self.marker[at] != Marker::Object => Some(Payer),
            (Class::Sell, Marker::Of) if trigger.noun => Some(Payee),
            _ => None,
        }
    }

    fn of_debt(&self, trigger: &Trigger) -> bool {
        let near = |at: usize| self.clause[at] == self.clause[trigger.at];
        self.tokens
            .iter()
            .enumerate()
            .any(|(at, token)| near(at) && token.hit().is_some_and(|hit| hit.is(Class::Noun) == Some("loan")))
    }

    /// `Zudem liefert X Sensoren an Y`: the subject stands after the verb, and the other name has a preposition.
    fn is_inverted(&self, trigger: &Trigger, at: usize) -> bool {
        let latin = self.script == Script::Latin
            && !trigger.noun
            && at > trigger.at
            && self.clause[at] == self.clause[trigger.at];
        let first = !(0..trigger.at)
            .any(|i| self.tokens[i].is_party() && self.clause[i] == self.clause[trigger.at])
            && !(trigger.at + 1..at).any(|i| self.tokens[i].is_party());
        latin
            && first
            && (at + 1..self.tokens.len()).any(|i| {
                self.tokens[i].is_party()
                    && matches!(self.marker[i], Marker::To | Marker::From | Marker::With)
            })
    }

    /// A bare name after the verb is its object only when no number stands between.
    fn may_be_object(&self, trigger: &Trigger, at: usize) -> bool {
        if at <= trigger.at {
            return false;
        }
        let between = &self.tokens[trigger.at + 1..at];
        let verbs = between.iter().any(|token| token.hit().is_some_and(is_verb));
        let names = between.iter().filter(|token| token.is_party()).count();
        let crossing = self.clause[at] != self.clause[trigger.at];
        !verbs
            && !crossing
            && names == 0
            && !between
                .iter()
                .any(|token| matches!(token.kind, Kind::Figure(_)) && token.end - token.start > 2)
    }

    /// The names of one side, the nearest first found, with those listed beside it.
    pub fn party(&self, trigger: &Trigger, figure: Option<usize>, side: Side) -> Option<Vec<usize>> {
        if let Some(subject) = figure.and_then(|figure| self.gapped(trigger, figure)) {
            let own = if matches!(trigger.class, Class::Give | Class::Buy | Class::Sign) {
                Side::Payer
            } else {
                Side::Payee
            };
            if side == own {
                return Some(vec![subject]);
            }
        }
        let near = |at: usize| {
            let explicit = usize::from(self.marker[at] == Marker::Bare && at < trigger.at) * 5;
            let behind = at > trigger.at && self.clause[at] > self.clause[trigger.at];
            let owner = if self.marker[at] == Marker::Of && self.is_verb_last() { 40 } else { 0 };
            self.cost(at, trigger.at) + owner + explicit + 60 * usize::from(behind)
        };
        let found = (0..self.tokens.len())
            .filter(|at| self.tokens[*at].is_party() && self.side(trigger, *at) == Some(side))
            .filter(|at| !self.cut_off(trigger, *at))
            .min_by_key(|at| near(*at))?;
        Some(self.listed(found))
    }

    /// Beyond another verb of deals of its own, or a semicolon.
    fn cut_off(&self, trigger: &Trigger, at: usize) -> bool {
        let (from, to) = (at.min(trigger.at) + 1, at.max(trigger.at));
        let between = &self.tokens[from.min(to)..to];
        let stop = between.iter().any(|token| matches!(token.kind, Kind::Mark(';')));
        let after = at > trigger.at;
        let verbs = between
            .iter()
            .filter(|token| {
                token.hit().is_some_and(|hit| {
                    verb(hit).is_some_and(|(class, _)| class != Class::Sign) && hit.is(Class::Noun).is_none()
                })
            })
            .count();
        stop || after && verbs > 0 && self.clause[at] != self.clause[trigger.at]
    }

    /// `… 10 bn and Microsoft up to 5 bn`: a second subject for the same verb.
    fn gapped(&self, trigger: &Trigger, figure: usize) -> Option<usize> {
        if trigger.at > figure {
            return None;
        }
        let first = (trigger.at + 1..figure).rev().find(|at| {
            matches!(self.tokens[*at].kind, Kind::Figure(_))
                && self.tokens[*at].end - self.tokens[*at].start > 3
        })?;
        (first + 1..figure)
            .rev()
            .find(|at| self.tokens[*at].is_party() && matches!(self.marker[*at], Marker::Bare))
    }

    /// A name with those that `and` and commas tie to it.
    fn listed(&self, at: usize) -> Vec<usize> {
        let mut all = vec![at];
        let joins = |i: usize| match self.tokens[i].kind {
            Kind::Mark('、') => true,
            Kind::Mark(',') => self.script == Script::Latin,
            Kind::Hit(hit) => hit.is(Class::List).is_some(),
            _ => false,
        };
        let alike = |i: usize| self.tokens[i].is_party() && self.marker[i] == self.marker[at];
        let mut i = at;
        while i >= 2 && joins(i - 1) && alike(i - 2) {
            i -= 2;
            all.push(i);
        }
        let mut i = at;
        while i + 2 < self.tokens.len() && joins(i + 1) && alike(i + 2) {
            i += 2;
            all.push(i);
        }
        all.sort_unstable();
        all
    }
}

/// The family that two instruments share.
pub fn family(instrument: &str) -> &'static str {
    match instrument {
        "equity" | "equity_grant" | "warrant" | "acquisition" => "equity",
        "loan" | "bond" | "vendor_loan" | "guarantee" => "debt",
        "cloud_services" | "goods_purchase" | "lease" => "purchase",
        "license_upfront" | "license_milestone" | "royalty" => "licence",
        _ => "other",
    }
}
