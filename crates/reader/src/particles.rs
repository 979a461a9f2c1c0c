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
        if let Some(side) = self.noun_side(trigger, at) {
            return Some(side);
        }
        let subject = marker == Marker::Bare && self.is_eastern_subject(trigger, at);
        let helper = self.leads(at) || self.issues(at) || self.holds_it(at);
        if marker == Marker::Bare && !subject && !helper || self.crosses(trigger, at) && !subject {
            return None;
        }
        if self.issues(at) {
            let bought = trigger.class == Class::Buy && trigger.value == "acquisition";
            return (trigger.class == Class::Give && trigger.value == "equity" || bought).then_some(Payee);
        }
        if self.holds_it(at) {
            return matches!(trigger.class, Class::Buy | Class::Sell).then_some(Payee);
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
            (Class::Give, Marker::Of)
                if matches!(trigger.value, "loan" | "equity") && self.is_near(trigger, at) =>
            {
                Some(Payee)
            }
            (Class::Buy, Marker::Of) if trigger.value == "lease" => Some(Payee),
            (Class::Give, Marker::From) if !japanese => None,
            (Class::Get, _) if subject => Some(Payee),
            (Class::Get, Marker::From | Marker::By) => Some(Payer),
            (Class::Get, Marker::To) if !japanese => Some(Payer),
            (Class::Get, Marker::Of) if self.is_near(trigger, at) => Some(Payer),
            (Class::Buy, Marker::From) => Some(Payee),
            (Class::Buy, Marker::To) if trigger.value != "acquisition" || self.is_tender(trigger) => {
                Some(Payee)
            }
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

    /// `Xから融資を受ける`: the noun of what is given, and the giver; `X から` alone says who gives.
    pub(crate) fn turned(&self, trigger: &Trigger, figure: usize) -> Option<Trigger> {
        if !self.is_verb_last() {
            return None;
        }
        let form = self.page.text(&(self.tokens[trigger.at].start..self.tokens[trigger.at].end));
        let end = self.tokens[figure].end;
        let money = self.page.text(&(end..(end + 1).min(self.page.chars.len()))) == "を";
        if form.starts_with("貸し出") && money {
            return Some(Trigger { class: Class::Give, value: "loan", ..*trigger });
        }
        let bank = self.tokens[..trigger.at].iter().zip(&self.marker).any(|(token, marker)| {
            *marker == Marker::Bare
                && token.is_party()
                && self.page.text(&(token.start..token.end)).ends_with("銀行")
        });
        if bank && form.starts_with("融資枠を設け") {
            return Some(Trigger { class: Class::Give, value: "loan", ..*trigger });
        }
        let tied = |marker: Marker| {
            (0..trigger.at).any(|at| {
                self.tokens[at].is_party()
                    && self.marker[at] == marker
                    && self.clause[at] == self.clause[trigger.at]
            })
        };
        let gives = trigger.class == Class::Give && matches!(trigger.value, "loan" | "equity" | "grant");
        let value = match trigger.value {
            "loan" | "equity" => trigger.value,
            _ => "pay",
        };
        let turned = gives && tied(Marker::From) && !tied(Marker::To);
        turned.then_some(Trigger { class: Class::Get, value, ..*trigger })
    }

    /// `AによるBの買収額`, `Aの融資`: who does what the noun says, and to whom.
    fn noun_side(&self, trigger: &Trigger, at: usize) -> Option<Side> {
        if !trigger.noun || self.clause[at] != self.clause[trigger.at] {
            return None;
        }
        match (trigger.value, self.marker[at]) {
            ("acquisition", Marker::By) | ("loan" | "grant", Marker::Of | Marker::From | Marker::By) => {
                Some(Payer)
            }
            ("acquisition", Marker::Of | Marker::From) | ("loan" | "grant", Marker::To) => Some(Payee),
            _ => None,
        }
    }

    /// `대출을 제공한다`: what is provided is a loan.
    pub(crate) fn lends(&self, at: usize) -> bool {
        let form = self.page.text(&(self.tokens[at].start..self.tokens[at].end));
        (form.starts_with("제공") || form.starts_with("提供"))
            && self.tokens[..at].iter().enumerate().any(|(i, token)| {
                self.clause[i] == self.clause[at]
                    && token.hit().is_some_and(|hit| hit.is(Class::Noun) == Some("loan"))
            })
    }

    /// `X が主導する`: X lends, and is no subject.
    fn leads(&self, at: usize) -> bool {
        self.is_followed(at, &["が主導", "が率い", "がまとめ", "が中心", "を中心"])
    }

    /// `X が実施する増資`: X is paid for its shares.
    pub(crate) fn issues(&self, at: usize) -> bool {
        let words = [
            "が実施",
            "が今",
            "が発行",
            "が行う",
            "の第三者",
            "の増資",
            "이 발행",
            "가 발행",
            "이 실시",
            "가 실시",
            "이 진행",
            "가 진행",
        ];
        self.is_followed(at, &words) && self.is_followed_by_issue(at)
    }

    /// Shares or bonds come after it in its clause.
    fn is_followed_by_issue(&self, at: usize) -> bool {
        let end = self.tokens[at].end;
        let after = self.page.text(&(end..(end + 24).min(self.page.chars.len())));
        ["増資", "新株", "社債", "発行", "발행", "증자", "株式"].iter().any(|word| after.contains(word))
    }

    /// `X が保有する株式`: X sells them.
    pub(crate) fn holds_it(&self, at: usize) -> bool {
        self.is_followed(
            at,
            &["が保有", "が持つ", "が所有", "の保有する", "이 보유", "가 보유", "이 가진", "가 가진"],
        )
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
                && !self.holds_it(*i)
        };
        let all: Vec<usize> = (0..trigger.at).filter(subject).collect();
        let own = all.iter().rev().find(|i| self.clause[**i] == self.clause[trigger.at]).or(all.last());
        own.is_some_and(|own| *own == at || self.joined(*own, at))
    }

    /// A and B with the particle after B.
    fn joined(&self, own: usize, at: usize) -> bool {
        let mut last = own;
        while last >= at + 2
            && self.tokens[last - 2].is_party()
            && self.tokens[last - 1].start == self.tokens[last - 2].end
            && (matches!(self.tokens[last - 1].kind, Kind::Mark('、'))
                || self.tokens[last - 1].hit().is_some_and(|hit| hit.is(Class::List).is_some()))
        {
            last -= 2;
            if last == at {
                return true;
            }
        }
        false
    }

    /// Whether a subject's particle or a comma stands after it; a name before another name is its attribute.
    fn told(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return true };
        let part = next.hit().is_some_and(|hit| {
            hit.senses.iter().any(|(class, value)| *class == Class::Part && *value == "subj")
        });
        let comma = matches!(next.kind, Kind::Mark(',' | '、' | '('));
        let pronoun = matches!(self.tokens[at].kind, Kind::Pron(_));
        part || comma || pronoun || self.is_followed(at, &["など"])
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

    /// `XへのTOB`: X is bid for.
    fn is_tender(&self, trigger: &Trigger) -> bool {
        let form = self.page.folded(&(self.tokens[trigger.at].start..self.tokens[trigger.at].end));
        form.starts_with("tob") || form == crate::fold::fold("公開買い付け")
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
        let bank = self.tokens[..trigger.at].iter().zip(&self.marker).any(|(token, marker)| {
            let name = self.page.text(&(token.start..token.end));
            *marker == Marker::Bare && token.is_party() && (name.ends_with("은행") || name.ends_with("銀行"))
        });
        if bank && has(&["融資", "ローン", "대출", "여신"]) {
            return Some(if subject { Payer } else { Payee });
        }
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
            "供給",
            "納入",
            "融資",
            "ローン",
            "借入",
            "여신",
            "차입",
            "売却",
            "受注",
            "공급",
            "수출",
            "납품",
            "대출",
            "수주",
            "매각",
            "계약",
        ]) {
            return Some(if subject { Payee } else { Payer });
        }
        None
    }
}
