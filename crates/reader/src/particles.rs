//! The sides of Japanese and Korean names by their particles.

use crate::frame::{Line, Side, Trigger};
use crate::lexicon::Class;
use crate::page::Script;
use crate::token::{Kind, Marker};
use Side::{Payee, Payer};

impl Line<'_> {
    /// The side of a name by its particle and the verb that ends the clause.
    pub(crate) fn eastern_side(&self, trigger: &Trigger, at: usize) -> Option<Side> {
        if at > trigger.at {
            return None;
        }
        let marker = self.marker[at];
        let subject = marker == Marker::Bare && self.is_eastern_subject(trigger, at);
        let helper = self.leads(at) || self.issues(at);
        if marker == Marker::Bare && !subject && !helper || self.crosses(trigger, at) && !subject {
            return None;
        }
        if self.issues(at) {
            return (trigger.class == Class::Give && trigger.value == "equity").then_some(Payee);
        }
        if self.leads(at) {
            return (trigger.class == Class::Get).then_some(Payer);
        }
        let passive = self.is_eastern_passive(trigger);
        let japanese = self.script == Script::Japanese;
        match (trigger.class, marker) {
            (Class::Give | Class::Buy, _) if subject => Some(if passive { Payee } else { Payer }),
            (Class::Give | Class::Buy, Marker::To | Marker::By) if passive => Some(Payer),
            (Class::Give | Class::Buy, Marker::By) => Some(Payer),
            (Class::Give, Marker::To) => Some(Payee),
            (Class::Give, Marker::Object) if trigger.value == "grant" => Some(Payee),
            (Class::Give, Marker::From) if !japanese => None,
            (Class::Get, _) if subject => Some(Payee),
            (Class::Get, Marker::From | Marker::By) => Some(Payer),
            (Class::Get, Marker::To) if !japanese => Some(Payer),
            (Class::Get, Marker::Of) if self.is_near(trigger, at) => Some(Payer),
            (Class::Buy, Marker::From) => Some(Payee),
            (Class::Buy, Marker::To) if trigger.value != "acquisition" => Some(Payee),
            (Class::Buy, Marker::Object | Marker::Of)
                if trigger.value == "acquisition" && !self.is_bought_from(trigger) =>
            {
                Some(Payee)
            }
            (Class::Sell, _) if subject => Some(Payee),
            (Class::Sell, Marker::To | Marker::With) => Some(Payer),
            (Class::Sign, _) => self.agreed(trigger, marker, subject),
            _ => None,
        }
    }

    /// `X が主導する`: X lends, and is no subject.
    fn leads(&self, at: usize) -> bool {
        self.is_followed(at, &["が主導", "が率い", "がまとめ", "が中心", "を中心"])
    }

    /// `X が実施する増資`: X is paid for its shares.
    fn issues(&self, at: usize) -> bool {
        self.is_followed(at, &["が実施", "が発行", "が行う", "の第三者", "の増資"])
    }

    /// Whether one of these comes right after a name.
    fn is_followed(&self, at: usize, words: &[&str]) -> bool {
        let end = self.tokens.get(at + 1).map_or(self.tokens[at].end, |next| next.end);
        let after = self.page.folded(&(self.tokens[at].end..(end + 6).min(self.page.fold.len())));
        words.iter().any(|word| after.starts_with(&crate::fold::fold(word)))
    }

    fn is_eastern_passive(&self, trigger: &Trigger) -> bool {
        let end = self.tokens[trigger.at].end;
        let after = self.page.folded(&(end..(end + 4).min(self.page.fold.len())));
        ["される", "された", "され", "됐", "되"].iter().any(|word| after.starts_with(word))
    }

    /// The nearest name before the verb that a particle makes a subject.
    fn is_eastern_subject(&self, trigger: &Trigger, at: usize) -> bool {
        let subject = |i: &usize| {
            self.tokens[*i].is_party()
                && self.marker[*i] == Marker::Bare
                && self.told(*i)
                && !self.leads(*i)
                && !self.issues(*i)
        };
        let all: Vec<usize> = (0..trigger.at).filter(subject).collect();
        let own = all.iter().rev().find(|i| self.clause[**i] == self.clause[trigger.at]).or(all.last());
        own.is_some_and(|own| *own == at || self.joined(*own, at))
    }

    /// A and B with the particle after B.
    fn joined(&self, own: usize, at: usize) -> bool {
        at + 2 == own
            && self.tokens[at + 1].hit().is_some_and(|hit| hit.is(Class::List).is_some())
            && self.tokens[at + 1].start == self.tokens[at].end
    }

    /// Whether a subject's particle or a comma stands after it; a name before another name is its attribute.
    fn told(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return true };
        let part = next.hit().is_some_and(|hit| {
            hit.senses.iter().any(|(class, value)| *class == Class::Part && *value == "subj")
        });
        let comma = matches!(next.kind, Kind::Mark(',' | '、' | '('));
        let pronoun = matches!(self.tokens[at].kind, Kind::Pron(_));
        part || comma || pronoun
    }

    /// Another verb with a subject of its own between.
    fn crosses(&self, trigger: &Trigger, at: usize) -> bool {
        let between = &self.tokens[at + 1..trigger.at];
        let verbs = between.iter().filter(|token| {
            token.hit().is_some_and(|hit| {
                crate::frame::verb(hit).is_some_and(|(class, _)| class != Class::Sign)
                    && hit.is(Class::Noun).is_none()
            })
        });
        let far = self.clause[trigger.at] - self.clause[at].min(self.clause[trigger.at]);
        verbs.count() > 0 && far > 0 || far > 3
    }

    /// Right before the verb, but for a noun and a number.
    fn is_near(&self, trigger: &Trigger, at: usize) -> bool {
        !self.tokens[at + 1..trigger.at].iter().any(|token| token.is_party())
    }

    fn is_bought_from(&self, trigger: &Trigger) -> bool {
        (0..trigger.at).any(|i| {
            self.tokens[i].is_party() && matches!(self.marker[i], Marker::From) && !self.crosses(trigger, i)
        })
    }

    /// Who pays of two that agree, by the noun of what they sign.
    fn agreed(&self, trigger: &Trigger, marker: Marker, subject: bool) -> Option<Side> {
        let other = matches!(marker, Marker::With | Marker::To | Marker::From);
        if !subject && !other {
            return None;
        }
        let from = self.tokens[0].start;
        let text = self.page.folded(&(from..(self.tokens[trigger.at].end + 6).min(self.page.fold.len())));
        let has = |words: &[&str]| words.iter().any(|word| text.contains(&crate::fold::fold(word)));
        if has(&[
            "購入契約",
            "調達契約",
            "ライセンス契約",
            "賃貸",
            "リース契約",
            "買収",
            "取得",
            "구매",
            "인수",
            "도입",
        ]) {
            return Some(if subject { Payer } else { Payee });
        }
        if has(&[
            "供給", "納入", "融資", "売却", "受注", "공급", "수출", "납품", "대출", "수주", "매각", "계약",
        ]) {
            return Some(if subject { Payee } else { Payer });
        }
        None
    }
}
