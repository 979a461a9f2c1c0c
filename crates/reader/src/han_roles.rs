//! Sides told by what a contract calls them: `买方为X`, `由X统筹主办`, `由X全额认购`; and sides left unnamed.

use crate::deals::{Pair, Teller};
use crate::frame::{Line, Trigger};
use crate::lexicon::Class;
use crate::sides::Sides;
use crate::token::{Kind, Marker};

/// Who pays.
const PAYERS: [&str; 20] = [
    "招标人",
    "招标方",
    "业主方",
    "业主",
    "发包方",
    "委托方",
    "买方",
    "买家",
    "受让方",
    "承租方",
    "承租人",
    "认购方",
    "认购人",
    "客户",
    "采购方",
    "出借人",
    "贷款人",
    "投资方",
    "购买方",
    "收购方",
];
/// Who is paid.
const PAYEES: [&str; 17] = [
    "版权方",
    "出品方",
    "授权方",
    "许可方",
    "卖方",
    "卖家",
    "转让方",
    "出让方",
    "出租方",
    "出租人",
    "供应商",
    "借款人",
    "供应方",
    "承包方",
    "出售方",
    "发行人",
    "供货方",
];
/// The other one.
const OTHERS: [&str; 4] = ["交易对方", "交易对手", "对手方", "交易对象"];
/// Words that stand between a role and its name.
const LINKS: [&str; 5] = ["为", "是", "系", "即", ":"];
/// Who arranges a loan.
const ARRANGES: [&str; 7] = ["统筹", "主办", "牵头", "主导", "领衔", "担任主办", "联合主办"];

/// What a name is called right before it, when a link ties the two.
enum Role {
    Payer,
    Payee,
    Other,
}

fn role(back: &str) -> Option<Role> {
    let called = |words: &[&str]| {
        words.iter().any(|word| {
            back.rfind(word).is_some_and(|at| {
                let rest = &back[at + word.len()..];
                LINKS.iter().any(|link| rest.strip_prefix(link).is_some_and(|rest| rest.chars().count() <= 4))
                    && !rest.contains([',', '。', ';', '、'])
            })
        })
    };
    match (called(&OTHERS), called(&PAYERS), called(&PAYEES)) {
        (true, ..) => Some(Role::Other),
        (_, true, _) => Some(Role::Payer),
        (_, _, true) => Some(Role::Payee),
        _ => None,
    }
}

impl Teller<'_> {
    /// `与X商谈入股,拟出资12亿元`: whom it is agreed with is paid for shares; a bank that signs a loan lends.
    pub(crate) fn take_counterpart(
        &self,
        line: &Line,
        trigger: &Trigger,
        instrument: &str,
        sides: &mut Sides,
    ) {
        let noun = self.page.fold[..line.tokens[trigger.at].start].last() == Some(&'的');
        if !noun
            && trigger.class == Class::Give
            && instrument == "equity"
            && !sides.payer.is_empty()
            && sides.payee.is_empty()
        {
            let with = (0..trigger.at).rev().find(|at| {
                let start = line.tokens[*at].start;
                let bound = self.page.folded(&(start.saturating_sub(4)..start)).contains(['与', '同', '跟']);
                bound && line.tokens[*at].is_party() && line.marker[*at] == Marker::With
            });
            let who =
                with.map(|at| self.entities(line, &[at], sides.payer.first().copied())).unwrap_or_default();
            sides.payee = who.into_iter().filter(|who| !sides.payer.contains(who)).collect();
        }
        let bank = |found: &[usize]| {
            found.first().is_some_and(|who| {
                let name = &self.memory.entities[*who].name;
                ["银行", "銀行", "农商行", "租赁", "租賃", "信托"].iter().any(|tail| name.ends_with(tail))
            })
        };
        let lessor = |found: &[usize]| {
            found
                .first()
                .is_some_and(|who| crate::fold::fold(&self.memory.entities[*who].name).ends_with("租赁"))
        };
        if trigger.class == Class::Sign
            && instrument == "lease"
            && lessor(&sides.payer)
            && !lessor(&sides.payee)
        {
            std::mem::swap(&mut sides.payer, &mut sides.payee);
        }
        if trigger.class == Class::Sign && instrument == "loan" && bank(&sides.payee) && !bank(&sides.payer) {
            std::mem::swap(&mut sides.payer, &mut sides.payee);
        }
    }

    /// `为X建造3艘船`: X pays, and who signs with X builds.
    fn take_builder(&self, line: &Line, sides: &mut Sides) {
        let Some(at) = line.built_for() else { return };
        let Some(who) = self.entities(line, &[at], None).first().copied() else { return };
        if sides.payee.contains(&who) {
            std::mem::swap(&mut sides.payer, &mut sides.payee);
        }
    }

    /// What the sentence calls its parties.
    pub(crate) fn take_called(&self, line: &Line, trigger: &Trigger, instrument: &str, sides: &mut Sides) {
        self.take_counterpart(line, trigger, instrument, sides);
        self.take_builder(line, sides);
        self.take_roles(line, sides);
        self.take_tenderer(line, trigger, sides);
        match instrument {
            "loan" => self.take_lead(line, sides),
            "bond" => self.take_subscriber(line, sides),
            _ => {}
        }
    }

    /// The sides that the sentence calls by their roles.
    pub(crate) fn take_roles(&self, line: &Line, sides: &mut Sides) {
        for (at, token) in line.tokens.iter().enumerate() {
            let Kind::Name(entity) = token.kind else { continue };
            let who = self.memory.party(entity);
            let back = self.page.folded(&(token.start.saturating_sub(12)..token.start));
            let Some(role) = role(&back) else { continue };
            // 杭州市规划和…: the name goes on.
            let cut = self.page.fold.get(token.end).is_some_and(|c| matches!(c, '和' | '与' | '及'));
            if self.memory.entities[who].many || at == 0 || cut {
                continue;
            }
            match role {
                Role::Payer if !sides.payee.contains(&who) || sides.payer.is_empty() => {
                    let before = std::mem::replace(&mut sides.payer, vec![who]);
                    sides.payee.retain(|other| *other != who);
                    if sides.payee.is_empty() {
                        sides.payee = before.into_iter().filter(|other| *other != who).collect();
                    }
                    sides.decided = "verb and preposition";
                }
                Role::Payee if !sides.payer.contains(&who) || sides.payee.is_empty() => {
                    sides.payee = vec![who];
                    sides.payer.retain(|other| *other != who);
                }
                Role::Other
                    if sides.is_half() && !sides.payer.contains(&who) && !sides.payee.contains(&who) =>
                {
                    sides.fill(who);
                }
                _ => {}
            }
        }
    }

    /// 其 right behind `收购` or `向`: not the subject but the other one of the sentence.
    pub(crate) fn its(&self, line: &Line, at: usize, avoid: Option<usize>) -> Option<usize> {
        let token = &line.tokens[at];
        let before = at.checked_sub(1).map(|i| &line.tokens[i]).filter(|before| before.end == token.start)?;
        let bound = before.hit().is_some_and(|hit| {
            hit.is(Class::Buy).is_some()
                || hit.is(Class::Prep).is_some_and(|prep| matches!(prep, "to" | "from" | "by"))
        });
        if !line.is_chinese() || !bound || self.page.folded(&(token.start..token.end)) != "其" {
            return None;
        }
        (0..at).rev().find_map(|i| match line.tokens[i].kind {
            Kind::Name(entity) if matches!(line.marker[i], Marker::With | Marker::To | Marker::From) => {
                Some(self.memory.party(entity)).filter(|who| Some(*who) != avoid)
            }
            _ => None,
        })
    }

    /// `业主方为X,中标价4亿元`: a sum whose payer is called by a role, and the topic is paid.
    pub(crate) fn by_role(&self, line: &Line, sentence: usize) -> Option<Pair> {
        let mut sides = Sides { payer: Vec::new(), payee: Vec::new(), confidence: 70, decided: "" };
        match (line.is_chinese(), line.is_verb_last()) {
            (true, _) => self.take_roles(line, &mut sides),
            (_, true) => self.take_ends(line, &mut sides),
            _ => return None,
        }
        let topic = self.topic.filter(|who| !sides.payer.contains(who) && !sides.payee.contains(who))?;
        if !sides.is_half() || self.memory.entities[topic].many {
            return None;
        }
        sides.fill(topic);
        Some(Pair { payer: sides.payer, payee: sides.payee, instrument: "goods_purchase", sentence })
    }

    /// `売却先はX`, `調達先はX`: who is at the other end of what the sentence before tells.
    fn take_ends(&self, line: &Line, sides: &mut Sides) {
        const PAY: [&str; 7] =
            ["売却先は", "譲渡先は", "買い手は", "納入先は", "販売先は", "引受先は", "貸出先は"];
        const PAID: [&str; 7] =
            ["発注先は", "購入先は", "調達先は", "取得先は", "出資先は", "委託先は", "売り手は"];
        for token in &line.tokens {
            let Kind::Name(entity) = token.kind else { continue };
            let back = self.page.text(&(token.start.saturating_sub(8)..token.start));
            let called = |words: &[&str]| {
                words.iter().any(|word| {
                    back.rfind(word).is_some_and(|at| back[at + word.len()..].chars().count() <= 3)
                })
            };
            let who = self.memory.party(entity);
            if called(&PAY) {
                sides.payer = vec![who];
            } else if called(&PAID) {
                sides.payee = vec![who];
            }
        }
    }

    /// The pair of the sentence before, with whom this one calls by a role: `业主方为X,中标价4亿元`.
    pub(crate) fn called_anew(&self, line: &Line, pair: Pair) -> Pair {
        if !line.is_chinese() {
            return pair;
        }
        let mut sides = Sides { payer: pair.payer, payee: pair.payee, confidence: 70, decided: "" };
        self.take_roles(line, &mut sides);
        Pair { payer: sides.payer, payee: sides.payee, ..pair }
    }

    /// `由X统筹主办`, `X牵头`: the lead banks lend where nobody else does; `主办Y联贷案`: Y borrows.
    pub(crate) fn take_lead(&self, line: &Line, sides: &mut Sides) {
        sides.payer.retain(|who| !self.memory.entities[*who].many);
        let after = |at: usize| {
            let end = line.tokens[at].end;
            self.page.folded(&(end..(end + 4).min(self.page.fold.len())))
        };
        let leads = |at: &usize| {
            line.tokens[*at].is_party() && ARRANGES.iter().any(|word| after(*at).starts_with(word))
        };
        let Some(last) = (0..line.tokens.len()).find(leads).filter(|_| sides.payer.is_empty()) else {
            return;
        };
        let mut found = vec![last];
        let mut at = last;
        while at >= 2
            && line.tokens[at - 2].is_party()
            && line.tokens[at - 1].end == line.tokens[at].start
            && (matches!(line.tokens[at - 1].kind, Kind::Mark('、'))
                || line.tokens[at - 1].hit().is_some_and(|hit| hit.is(Class::List).is_some()))
        {
            at -= 2;
            found.push(at);
        }
        found.sort_unstable();
        sides.payer = self.entities(line, &found, None);
        sides.payee.retain(|who| !sides.payer.contains(who));
        if sides.payee.is_empty() {
            let own = line.tokens.iter().enumerate().find_map(|(at, token)| match token.kind {
                Kind::Name(entity) if !found.contains(&at) && line.marker[at] == Marker::Bare => {
                    Some(self.memory.party(entity))
                }
                _ => None,
            });
            let own = own.or(self.topic).filter(|who| !sides.payer.contains(who));
            sides.payee = own.filter(|who| !self.memory.entities[*who].many).into_iter().collect();
        }
        sides.lose(14, "lead banks of a loan");
    }

    /// `发行30亿元债券,由X全额认购`: X pays for them.
    pub(crate) fn take_subscriber(&self, line: &Line, sides: &mut Sides) {
        let by = line.tokens.iter().enumerate().find(|(at, token)| {
            let after = self.page.folded(&(token.end..(token.end + 6).min(self.page.fold.len())));
            token.is_party()
                && line.marker[*at] == Marker::By
                && ["认购", "包销", "买入"].iter().any(|word| after.contains(word))
        });
        if let Some((at, _)) = by.filter(|_| sides.payer.is_empty()) {
            sides.payer = self.entities(line, &[at], sides.payee.first().copied());
        }
    }

    /// `浪潮中标12亿元` after `移动的集采结果`: whose tender it is.
    pub(crate) fn take_tenderer(&self, line: &Line, trigger: &Trigger, sides: &mut Sides) {
        if trigger.value != "order" || !sides.payer.is_empty() {
            return;
        }
        let owner = line.tokens[..trigger.at].iter().position(|token| {
            let after = self.page.folded(&(token.end..(token.end + 24).min(self.page.fold.len())));
            let clause = after.split([',', '。', ';']).next().unwrap_or_default();
            token.is_party()
                && ["集采", "招标", "采购", "招采", "标案"].iter().any(|word| clause.contains(word))
        });
        let who = owner.map(|at| self.entities(line, &[at], None)).unwrap_or_default();
        sides.payer = who.into_iter().filter(|who| !sides.payee.contains(who)).collect();
    }
}
