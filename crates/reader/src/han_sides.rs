//! Who pays and who is paid where Chinese leaves it out: the issuer, the partner of a contract, the seller.

use crate::amount::Kind as Unit;
use crate::deals::{Deal, Pair, Teller};
use crate::frame::{Line, Trigger, family, verb};
use crate::lexicon::Class;
use crate::page::Script;
use crate::sides::Sides;
use crate::token::{Kind, Marker};

impl Teller<'_> {
    /// Whom `公司` means: the issuer and nobody else, where the text has one.
    pub(crate) fn issuer_of(&self, line: &Line, at: usize) -> Option<usize> {
        let token = &line.tokens[at];
        let word = self.page.folded(&(token.start..token.end));
        let own = matches!(word.as_str(), "公司" | "本公司" | "集团" | "本集团" | "公司方面");
        self.memory.issuer(token.start).filter(|_| own && line.is_chinese())
    }

    /// 当社 of a Japanese filing: the company that files it.
    pub(crate) fn own_company(&self, line: &Line, at: usize) -> Option<usize> {
        let token = &line.tokens[at];
        let word = self.page.text(&(token.start..token.end));
        self.memory
            .issuer(token.start)
            .filter(|_| line.is_verb_last() && matches!(word.as_str(), "当社" | "弊社"))
    }

    /// A sentence whose first subject is `公司` goes on about the issuer.
    pub(crate) fn note_issuer(&mut self, line: &Line) {
        let first = line
            .tokens
            .iter()
            .enumerate()
            .find(|(i, token)| token.is_party() && line.marker[*i] == Marker::Bare);
        if let Some((at, token)) = first.filter(|_| line.is_chinese())
            && matches!(token.kind, Kind::Pron("it"))
            && let Some(issuer) = self.issuer_of(line, at)
        {
            self.topic = Some(issuer);
        }
    }

    /// Whether a company may be taken for the one that is paid though the sentence does not name it.
    pub(crate) fn is_hero(&self, line: &Line, trigger: &Trigger, who: usize) -> bool {
        !line.is_chinese()
            || self.memory.issuer(line.tokens[trigger.at].start) == Some(who)
            || self.memory.protagonist() == Some(who)
    }

    /// The instrument of the pair that a payment belongs to.
    pub(crate) fn of_pair(
        &self,
        line: &Line,
        trigger: &Trigger,
        sides: &Sides,
        instrument: &'static str,
    ) -> &'static str {
        let open = line.is_chinese() && trigger.value == "pay" && instrument == "goods_purchase";
        let pair = self
            .pairs
            .iter()
            .rev()
            .take(8)
            .find(|pair| pair.payer == sides.payer && pair.payee == sides.payee);
        pair.filter(|_| open).map_or(instrument, |pair| pair.instrument)
    }

    /// Two that sign with each other, for the sums that one of them is paid in the sentences after.
    pub(crate) fn note_partners(&mut self, line: &Line, sentence: usize) {
        if !line.is_chinese() {
            self.note_english(line, sentence);
            return;
        }
        let signs = line.tokens.iter().enumerate().rev().find(|(_, token)| {
            token.hit().and_then(verb).is_some_and(|(class, value)| {
                class == Class::Sign || class == Class::Sell && value == "license"
            })
        });
        let Some((at, token)) = signs else { return };
        let tie = if token.hit().is_some_and(|hit| hit.is(Class::Sign).is_some()) {
            Marker::With
        } else {
            Marker::To
        };
        let with = (0..line.tokens.len())
            .rev()
            .find(|i| line.marker[*i] == tie && line.tokens[*i].is_party() && *i < at + 3);
        let Some(with) = with else { return };
        let other = self.entities(line, &[with], None);
        let subject = (0..with).rev().find(|i| line.marker[*i] == Marker::Bare && line.tokens[*i].is_party());
        let own = subject
            .and_then(|subject| self.entities(line, &[subject], other.first().copied()).first().copied())
            .or(self.topic);
        if let (Some(own), Some(other)) = (own, other.first().copied())
            && own != other
            && !self.memory.entities[own].many
            && !self.memory.entities[other].many
        {
            self.partners = Some((own, other, sentence));
        }
    }

    /// What Chinese leaves out or puts elsewhere: the seller, the partner of a contract, the borrower.
    pub(crate) fn mend_chinese(
        &self,
        line: &Line,
        trigger: &Trigger,
        sentence: usize,
        instrument: &str,
        sides: &mut Sides,
    ) {
        if !line.is_chinese() {
            return;
        }
        if trigger.class == Class::Sign && family(instrument) == "purchase" {
            self.take_supplier(line, trigger, sides);
        }
        self.take_called(line, trigger, instrument, sides);
        let office = |who: &usize| {
            let name = &self.memory.entities[*who].name;
            name.ends_with("政府")
                || name.ends_with("管委会")
                || name.ends_with("委員會")
                || name.ends_with("委员会")
        };
        if trigger.class == Class::Sign && sides.payee.iter().any(office) {
            sides.payee.clear();
        }
        if trigger.class == Class::Buy
            && (matches!(instrument, "acquisition" | "equity") || sides.payee.is_empty())
        {
            self.take_seller(line, trigger, sides);
        }
        let paid = trigger.value == "pay"
            || trigger.class == Class::Give && instrument == "bond" && !trigger.noun
            || trigger.value == "equity" && family(instrument) == "licence";
        let strangers = |(own, other, _): &(usize, usize, usize)| {
            line.tokens.iter().any(|token| {
                matches!(token.kind, Kind::Name(entity)
                    if ![*own, *other].contains(&self.memory.party(entity)))
            })
        };
        let partners = self.partners.filter(|pair| !strangers(pair));
        if let Some((own, other, told)) = partners.filter(|_| paid && sides.is_half()) {
            let known = sides.payer.first().or(sides.payee.first()).copied();
            let partner = match known {
                Some(known) if known == own => Some(other),
                Some(known) if known == other => Some(own),
                _ => None,
            };
            if let Some(partner) = partner.filter(|_| told + 4 > sentence) {
                sides.fill(partner);
                sides.lose(14, "the two that signed");
            }
        }
        self.take_borrower(line, trigger, instrument, sides);
    }

    /// A loan to nobody who is named goes to the issuer, or to the company that tells of it.
    fn take_borrower(&self, line: &Line, trigger: &Trigger, instrument: &str, sides: &mut Sides) {
        let lends = instrument == "loan" && trigger.class == Class::Give && sides.payee.is_empty();
        let of_debt = |pair: &&Pair| family(pair.instrument) == "debt";
        let lent = |who: &usize| self.pairs.iter().filter(of_debt).any(|pair| pair.payer.contains(who));
        if let Some(issuer) = self.memory.issuer(line.tokens[trigger.at].start).filter(|who| !lent(who))
            && lends
            && sides.is_half()
            && !sides.payer.contains(&issuer)
        {
            sides.fill(issuer);
            sides.lose(16, "company that the text is about");
        } else if lends && sides.is_half() {
            let told = line.tokens.iter().position(|token| matches!(token.kind, Kind::Pron("it")));
            let own = told.map(|at| self.entities(line, &[at], sides.payer.first().copied()));
            if let Some(own) = own.unwrap_or_default().first().filter(|who| !sides.payer.contains(who)) {
                sides.fill(*own);
                sides.lose(20, "company that the text is about");
            }
        }
    }

    /// Who signs an order with another and has sold before in this text, and never bought, sells again.
    pub(crate) fn take_supplier(&self, line: &Line, trigger: &Trigger, sides: &mut Sides) {
        let end = line.tokens[trigger.at].end;
        let said = self.page.folded(&(end..(end + 24).min(self.page.fold.len())));
        let clause = said.split([',', '。', ';']).next().unwrap_or_default();
        let supplies = [
            "供货",
            "供应",
            "服务合同",
            "出口合同",
            "出口订单",
            "销售合同",
            "代工",
            "总包",
            "承包",
            "统包",
            "销售协议",
        ]
        .iter()
        .any(|word| clause.contains(word));
        let of_goods = |pair: &&Pair| {
            matches!(family(pair.instrument), "purchase" | "licence") && pair.instrument != "lease"
        };
        let sold = self
            .pairs
            .iter()
            .filter(of_goods)
            .any(|pair| sides.payer.iter().any(|who| pair.payee.contains(who)));
        let bought = self
            .pairs
            .iter()
            .filter(of_goods)
            .any(|pair| sides.payer.iter().any(|who| pair.payer.contains(who)));
        // 由X供应: X is the one that is paid.
        let told = line.tokens.iter().enumerate().any(|(at, token)| {
            matches!(token.kind, Kind::Name(entity)
                if line.marker[at] == Marker::By && sides.payee.contains(&self.memory.party(entity)))
        });
        if (sold || supplies) && !told && !bought && !sides.payee.is_empty() {
            std::mem::swap(&mut sides.payer, &mut sides.payee);
        }
    }

    /// `甲同意收购而乙同意出售丙`, `从乙收购丙`: the seller is paid, not what is sold.
    fn take_seller(&self, line: &Line, trigger: &Trigger, sides: &mut Sides) {
        let free = |who: &Vec<usize>| !who.is_empty() && !who.iter().any(|who| sides.payer.contains(who));
        let tied = (0..trigger.at).rev().find(|i| {
            line.tokens[*i].is_party()
                && line.clause[*i] == line.clause[trigger.at]
                && matches!(line.marker[*i], Marker::From | Marker::To)
        });
        let sold = line.tokens.iter().enumerate().find_map(|(at, token)| {
            let (class, value) = token.hit().and_then(verb)?;
            let near = at != trigger.at && line.clause[at].abs_diff(line.clause[trigger.at]) <= 1;
            let form = self.page.folded(&(token.start..token.end));
            let fits = near
                && class == Class::Sell
                && value == "goods"
                && ["出售", "转让", "出让", "卖", "售"].iter().any(|word| form.contains(word));
            let subject = (0..at).rev().find(|i| {
                line.tokens[*i].is_party()
                    && matches!(line.marker[*i], Marker::Bare | Marker::By)
                    && line.clause[*i] == line.clause[at]
            });
            subject.filter(|subject| fits && (*subject > trigger.at || at < trigger.at))
        });
        for at in [tied, sold].into_iter().flatten() {
            let who = self.entities(line, &[at], None);
            if free(&who) {
                sides.payee = who;
                return;
            }
        }
    }

    /// One proposal for one sum between the same two, and none with a group or for a quantity beside its price.
    pub(crate) fn settle_chinese(&mut self) {
        if !matches!(self.scan.script, Script::Simplified | Script::Traditional) {
            return;
        }
        let memory = self.memory;
        self.deals.retain(|deal| {
            !deal
                .payer
                .iter()
                .chain(&deal.payee)
                .any(|who| memory.entities[*who].many || memory.entities[*who].person)
        });
        let figures = &self.scan.figures;
        let all = self.deals.clone();
        let money = |deal: &Deal| deal.figure.is_some_and(|i| matches!(figures[i].kind, Unit::Money(_)));
        let touches = |a: &Deal, b: &Deal| {
            a.payer.iter().any(|who| b.payer.contains(who)) || a.payee.iter().any(|who| b.payee.contains(who))
        };
        let mut at = 0;
        self.deals.retain(|deal| {
            let own = at;
            at += 1;
            let Some(index) = deal.figure else { return true };
            let priced = !money(deal) && all.iter().any(|other| money(other) && touches(other, deal));
            let again = all[..own].iter().any(|other| {
                other.figure.is_some_and(|i| {
                    figures[i].value == figures[index].value && figures[i].kind == figures[index].kind
                }) && family(other.instrument) == family(deal.instrument)
                    && touches(other, deal)
            });
            !priced && !again
        });
    }
}
