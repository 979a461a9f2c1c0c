//! Frames: a verb or noun with its instrument, and which of the names around it pays and which is paid.

use crate::lexicon::{Class, Hit, Tongue};
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
    /// The language of its Latin letters.
    pub tongue: Tongue,
    /// Its tokens.
    pub tokens: Vec<Token<'s>>,
    /// Clause of each token.
    pub clause: Vec<usize>,
    /// How each name is tied.
    pub marker: Vec<Marker>,
}

/// The verb meaning of a hit.
pub fn verb(hit: &Hit) -> Option<(Class, &'static str)> {
    hit.senses.iter().find(|(class, _)| class.is_verb()).copied()
}

impl Line<'_> {
    /// Latin letters that are neither German nor French.
    pub(crate) fn is_english(&self) -> bool {
        self.script == Script::Latin && !self.tongue.western()
    }

    pub(crate) fn is_verb_last(&self) -> bool {
        matches!(self.script, Script::Japanese | Script::Korean)
    }

    /// Distance in characters and clauses between two tokens.
    pub(crate) fn cost(&self, from: usize, to: usize) -> usize {
        let (a, b) = (&self.tokens[from.min(to)], &self.tokens[from.max(to)]);
        let scale = if self.script == Script::Latin { 1 } else { 3 };
        b.start.saturating_sub(a.end) * scale + 40 * self.clause[from].abs_diff(self.clause[to])
    }

    /// `was acquired by`: the subject is what is done to.
    pub(crate) fn is_passive(&self, trigger: &Trigger) -> bool {
        if self.tongue.western() {
            return self.case_passive(trigger);
        }
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
        let agent = self.tokens.get(trigger.at + 1).is_some_and(|next| {
            next.start <= token.end + 1 && next.hit().is_some_and(|hit| hit.is(Class::Prep) == Some("by"))
        });
        trigger.class != Class::Get && self.script == Script::Latin && (auxiliary || agent) && participle
    }

    /// The side of a name in this frame.
    pub fn side(&self, trigger: &Trigger, at: usize) -> Option<Side> {
        use Side::{Payee, Payer};
        if self.has_cases() {
            return self.case_side(trigger, at);
        }
        let before = at < trigger.at;
        let passive = self.is_passive(trigger) || self.is_han_passive(trigger);
        let bare = self.marker[at] == Marker::Bare;
        if !bare && before && self.clause[at] != self.clause[trigger.at] && self.marker[at] != Marker::Of {
            return None;
        }
        if self.is_chinese() && self.is_no_argument(trigger, at) {
            return None;
        }
        let inverted = bare && self.is_inverted(trigger, at);
        let subject = inverted
            || bare && before && !passive
            || self.marker[at] == Marker::By && (passive || self.script != Script::Latin || trigger.noun);
        let subject = subject || self.owns_subject(trigger, at);
        let object = bare && (if before { passive } else { self.may_be_object(trigger, at) })
            || self.marker[at] == Marker::Object;
        let payer_is_subject = matches!(trigger.class, Class::Give | Class::Buy);
        if subject && trigger.class != Class::Get && trigger.class != Class::Sign {
            return Some(if payer_is_subject { Payer } else { Payee });
        }
        match trigger.class {
            Class::Sign => self.signed(trigger, at),
            Class::Get => self.got(trigger, at, object),
            Class::Give => self.gave(trigger, at, object),
            Class::Buy => self.bought(trigger, at, object),
            Class::Sell => self.sold(trigger, at, object),
            _ => None,
        }
    }

    fn signed(&self, trigger: &Trigger, at: usize) -> Option<Side> {
        let debt = self.of_debt(trigger);
        match self.marker[at] {
            // Who signs a loan with a bank borrows.
            Marker::Bare if at < trigger.at => Some(if debt { Side::Payee } else { Side::Payer }),
            Marker::With | Marker::To => Some(if debt { Side::Payer } else { Side::Payee }),
            Marker::From => Some(Side::Payer),
            _ => None,
        }
    }

    fn got(&self, trigger: &Trigger, at: usize, object: bool) -> Option<Side> {
        let before = at < trigger.at;
        match self.marker[at] {
            Marker::Bare if before => Some(Side::Payee),
            Marker::From | Marker::By | Marker::With => Some(Side::Payer),
            Marker::Of if self.is_verb_last() || !before => Some(Side::Payer),
            Marker::To if self.script != Script::Latin => Some(Side::Payer),
            Marker::To if trigger.value == "order" && !before => Some(Side::Payer),
            _ => object.then_some(Side::Payer),
        }
    }

    fn gave(&self, trigger: &Trigger, at: usize, object: bool) -> Option<Side> {
        let (before, pays) = (at < trigger.at, trigger.value == "pay");
        match self.marker[at] {
            // Shares placed with somebody: who gets them pays.
            Marker::To if trigger.noun && self.is_placement(trigger) => Some(Side::Payer),
            // `awarded a contract for X`: X is the thing.
            Marker::To if trigger.value == "award" && self.is_led_by_for(at) => None,
            Marker::To => Some(Side::Payee),
            Marker::On if pays => Some(Side::Payee),
            Marker::In if !before && matches!(trigger.value, "equity" | "pay") => {
                let own = self.clause[at] == self.clause[trigger.at] || self.has_cases();
                own.then_some(Side::Payee)
            }
            Marker::From if pays && !before && self.script == Script::Latin => Some(Side::Payee),
            Marker::From => Some(Side::Payer),
            Marker::Of if trigger.noun && before => Some(Side::Payer),
            Marker::Of if !before && !trigger.noun => Some(Side::Payee),
            _ => object.then_some(Side::Payee),
        }
    }

    fn is_placement(&self, trigger: &Trigger) -> bool {
        let token = &self.tokens[trigger.at];
        self.page.folded(&(token.start..token.end)).ends_with("placement")
    }

    fn bought(&self, trigger: &Trigger, at: usize, object: bool) -> Option<Side> {
        let before = at < trigger.at;
        match self.marker[at] {
            Marker::In if !before && matches!(trigger.value, "acquisition" | "goods") => {
                self.holds(trigger, at)
            }
            Marker::Of if trigger.noun && before => Some(Side::Payer),
            Marker::From | Marker::With => Some(Side::Payee),
            Marker::To if self.script != Script::Latin => Some(Side::Payee),
            Marker::Of if !before || self.is_verb_last() => Some(Side::Payee),
            // `buy X from Y`: Y is paid.
            _ => (object && !self.has_seller(trigger, at)).then_some(Side::Payee),
        }
    }

    fn sold(&self, trigger: &Trigger, at: usize, object: bool) -> Option<Side> {
        match self.marker[at] {
            Marker::To | Marker::With => Some(Side::Payer),
            Marker::Object => None,
            _ if object => Some(Side::Payer),
            // `X's sale of Y`: X sells, and Y is the thing.
            Marker::Of if trigger.noun && (at < trigger.at || self.script != Script::Latin) => {
                Some(Side::Payee)
            }
            _ => None,
        }
    }

    /// `X's green bank had lent`: what belongs to X acts, and nobody else does.
    fn owns_subject(&self, trigger: &Trigger, at: usize) -> bool {
        let token = &self.tokens[at];
        let owns = self.marker[at] == Marker::Of
            && at < trigger.at
            && self.clause[at] == self.clause[trigger.at]
            && matches!(self.page.chars.get(token.end), Some('\'' | '’'));
        let alone = !(0..trigger.at).any(|i| {
            self.tokens[i].is_party()
                && self.marker[i] == Marker::Bare
                && self.clause[i] == self.clause[trigger.at]
        });
        let rest = self.page.folded(&(token.end..self.tokens[trigger.at].start.max(token.end)));
        self.script == Script::Latin
            && !trigger.noun
            && trigger.class != Class::Sign
            && owns
            && alone
            && rest.split_whitespace().count() <= 6
    }

    /// `a 49% stake in X`: X is what is bought.
    fn holds(&self, trigger: &Trigger, at: usize) -> Option<Side> {
        let share = self.tokens[trigger.at..at].iter().any(|token| {
            token.hit().is_some_and(|hit| {
                hit.is(Class::Metric) == Some("stake") || hit.is(Class::Noun) == Some("equity")
            })
        });
        // `a stake in X from Y`: Y is paid.
        let from = (trigger.at..self.tokens.len()).any(|i| {
            i != at
                && self.tokens[i].is_party()
                && self.marker[i] == Marker::From
                && self.clause[i] == self.clause[trigger.at]
        });
        (share && !from).then_some(Side::Payee)
    }

    pub(crate) fn of_debt(&self, trigger: &Trigger) -> bool {
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
            // `5 bn to A and 3 bn to B`: each sum has its own.
            let taken = figure.is_some_and(|figure| self.is_of_other(trigger, figure, at));
            self.cost(at, trigger.at) + owner + explicit + 60 * usize::from(behind) + 300 * usize::from(taken)
        };
        let found = (0..self.tokens.len())
            .filter(|at| self.tokens[*at].is_party() && self.side(trigger, *at) == Some(side))
            .filter(|at| !self.cut_off(trigger, *at))
            .min_by_key(|at| near(*at))?;
        Some(self.listed(found))
    }

    /// A name tied by a preposition to another sum that stands before it, while one of its own follows this sum.
    fn is_of_other(&self, trigger: &Trigger, figure: usize, at: usize) -> bool {
        let sum = |i: usize| {
            matches!(self.tokens[i].kind, Kind::Figure(_)) && self.tokens[i].end - self.tokens[i].start > 3
        };
        let tied = |i: usize| matches!(self.marker[i], Marker::From | Marker::To | Marker::With);
        self.script == Script::Latin
            && tied(at)
            && trigger.at < at
            && at < figure
            && (trigger.at + 1..at).any(sum)
            && (figure + 1..self.tokens.len()).any(|i| self.tokens[i].is_party() && tied(i))
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
