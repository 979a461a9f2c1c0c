//! Deals: an amount, the frame that governs it, and two parties; or the reason why there is none.

use std::collections::BTreeSet;

use crate::amount::{Figure, Kind as Unit};
use crate::dates::When;
use crate::frame::{Line, Side, Trigger, family};
use crate::lexicon::Class;
use crate::memory::Memory;
use crate::page::{Page, Script};
use crate::scan::{Scan, is_verb};
use crate::token::{Kind, Marker, clauses, is_conversion, markers, tokens};

/// A deal as found.
#[derive(Clone, Debug)]
pub struct Deal {
    /// Entities that pay.
    pub payer: Vec<usize>,
    /// Entities that are paid.
    pub payee: Vec<usize>,
    /// The instrument.
    pub instrument: &'static str,
    /// The number; `None` when the text tells of a deal without one.
    pub figure: Option<usize>,
    /// `2025-09` or `2025`.
    pub date: Option<String>,
    /// How far it has come.
    pub status: &'static str,
    /// Terms, in words.
    pub condition: Option<String>,
    /// Index of the sentence.
    pub sentence: usize,
    /// In percent.
    pub confidence: u8,
    /// What decided the direction.
    pub decided_by: &'static str,
}

/// An amount in the frame of a deal that lacks something.
#[derive(Clone, Debug)]
pub struct Doubt {
    /// The number.
    pub figure: usize,
    /// The sentence.
    pub sentence: usize,
    /// What is missing.
    pub reason: &'static str,
}

/// A pair that was named together.
#[derive(Clone, Debug)]
struct Pair {
    payer: Vec<usize>,
    payee: Vec<usize>,
    instrument: &'static str,
    sentence: usize,
}

/// What a document has told so far.
pub(crate) struct Teller<'p> {
    page: &'p Page,
    scan: &'p Scan,
    memory: &'p Memory,
    document: Option<(i32, u32)>,
    topic: Option<usize>,
    other: Option<usize>,
    pairs: Vec<Pair>,
    pending: Option<(Pair, &'static str, Option<String>)>,
    supposed: bool,
    /// Deals so far.
    pub deals: Vec<Deal>,
    /// Doubts so far.
    pub doubts: Vec<Doubt>,
    /// Numbers that are said about something and belong to no deal.
    pub bound: BTreeSet<usize>,
}

/// The measures that leave no room for a deal.
const FIRM: [&str; 14] = [
    "valuation",
    "market_cap",
    "revenue",
    "profit",
    "loss",
    "cash",
    "gdp",
    "net_worth",
    "damages",
    "users",
    "employees",
    "gap",
    "debt",
    "capex",
];

impl<'p> Teller<'p> {
    /// Reads a document from its first sentence to its last.
    pub fn tell(
        page: &'p Page,
        scan: &'p Scan,
        memory: &'p Memory,
        document: Option<(i32, u32)>,
    ) -> Teller<'p> {
        let mut teller = Teller {
            page,
            scan,
            memory,
            document,
            topic: None,
            other: None,
            pairs: Vec::new(),
            pending: None,
            supposed: false,
            deals: Vec::new(),
            doubts: Vec::new(),
            bound: BTreeSet::new(),
        };
        for at in 0..page.sentences.len() {
            teller.sentence(at);
        }
        teller.settle();
        teller
    }

    fn line(&self, at: usize) -> Line<'p> {
        let tokens = tokens(self.page, self.scan, self.memory, &self.page.sentences[at]);
        let clause = clauses(&tokens, self.scan.script);
        let marker = markers(self.page, self.scan, &tokens);
        Line { page: self.page, script: self.scan.script, tokens, clause, marker }
    }

    fn sentence(&mut self, at: usize) {
        let line = self.line(at);
        // A page of numbers in one line is a table, and a frame in it would be a guess.
        if line.tokens.len() <= 400 {
            let text = self.page.folded(&self.page.sentences[at].span);
            self.supposed = (self.supposed && text.starts_with(['"', '\'']))
                || self.status(&line, None).iter().any(|status| matches!(*status, "hypothesis" | "joke"))
                    && text.ends_with(':');
            let figures: Vec<usize> =
                (0..line.tokens.len()).filter(|i| matches!(line.tokens[*i].kind, Kind::Figure(_))).collect();
            let mut any = false;
            for token in figures {
                any |= self.amount(&line, token, at);
            }
            if !any {
                self.without_amount(&line, at);
            }
        }
        self.remember(&line);
    }

    /// One number: a deal, a doubt, or neither. Returns whether it was a sum or a volume.
    fn amount(&mut self, line: &Line, token: usize, sentence: usize) -> bool {
        let Kind::Figure(index) = line.tokens[token].kind else { return false };
        let figure = &self.scan.figures[index];
        let money = matches!(figure.kind, Unit::Money(_));
        let volume = matches!(figure.kind, Unit::Count("t" | "shares"));
        if !money && !volume || figure.each {
            return false;
        }
        if is_conversion(&line.tokens, token)
            || self.is_bound(line, token, index)
            || self.is_total(line, token)
        {
            self.bound.insert(index);
            return true;
        }
        let Some(mut trigger) = line.trigger(token) else {
            self.use_pending(line, index, sentence);
            return true;
        };
        if line.flips(&trigger, token) {
            trigger = Trigger { class: Class::Give, value: "loan", ..trigger };
        }
        let mut instrument = line.instrument(&trigger, Some(token));
        if trigger.value == "loan" && trigger.class == Class::Give && instrument == "goods_purchase" {
            instrument = "loan";
        }
        if volume && family(instrument) != "purchase" && !matches!(figure.kind, Unit::Count("shares"))
            || volume && matches!(figure.kind, Unit::Count("shares"))
        {
            return true;
        }
        self.frame(line, &trigger, token, index, sentence, instrument);
        true
    }

    fn frame(
        &mut self,
        line: &Line,
        trigger: &Trigger,
        token: usize,
        index: usize,
        sentence: usize,
        instrument: &'static str,
    ) {
        let status = self.status(line, Some(token));
        if self.supposed || status.contains(&"hypothesis") || status.contains(&"joke") {
            self.doubts.push(Doubt {
                figure: index,
                sentence,
                reason: "a supposition or a joke, not a deal",
            });
            return;
        }
        let mut confidence: i32 = match (trigger.class, trigger.noun) {
            (Class::Sign, _) => 72,
            (_, true) => 78,
            _ => 92,
        };
        let mut decided =
            if trigger.class == Class::Sign { "order of names" } else { "verb and preposition" };
        let mut payer = line
            .party(trigger, Some(token), Side::Payer)
            .map(|found| self.entities(line, &found, None))
            .unwrap_or_default();
        let avoid = payer.first().copied();
        let mut payee = line
            .party(trigger, Some(token), Side::Payee)
            .map(|found| self.entities(line, &found, avoid))
            .unwrap_or_default();
        if payee == payer && !payee.is_empty() {
            // 同社 for the other one of the two.
            payer = self.other.filter(|other| !payee.contains(other)).into_iter().collect();
        }
        payee.retain(|who| !payer.contains(who));
        if trigger.class == Class::Get
            && instrument == "equity"
            && payee.is_empty()
            && !payer.is_empty()
            && self.complete(&mut payer, &mut payee, instrument, sentence)
        {
            confidence -= 18;
            decided = "pair named before";
        }
        let subject_pays = matches!(trigger.class, Class::Give | Class::Buy | Class::Sign);
        let subject = if subject_pays { &mut payer } else { &mut payee };
        if subject.is_empty() && !trigger.noun {
            if let Some(topic) = self.subject(line, trigger) {
                if !(if subject_pays { &payee } else { &payer }).contains(&topic) {
                    if subject_pays {
                        payer = vec![topic]
                    } else {
                        payee = vec![topic]
                    }
                    confidence -= 12;
                    decided = "subject of the sentence before";
                }
            }
        }
        if payer.is_empty() != payee.is_empty()
            && self.beside(line, trigger, &mut payer, &mut payee, instrument)
        {
            confidence -= 15;
            decided = "another verb of the sentence";
        }
        if instrument != "bond"
            && payer.is_empty() != payee.is_empty()
            && self.complete(&mut payer, &mut payee, instrument, sentence)
        {
            confidence -= 18;
            decided = "pair named before";
        }
        if payee.is_empty()
            && !payer.is_empty()
            && family(instrument) == "equity"
            && trigger.class == Class::Give
            && line.script != Script::Latin
            && closes(self.page, line, token)
        {
            if let Some(topic) = self.topic.filter(|topic| !payer.contains(topic)) {
                payee = vec![topic];
                confidence -= 28;
                decided = "subject of the sentence before";
            }
        }
        let issuer = matches!(instrument, "bond") && !payee.is_empty() && trigger.class == Class::Get;
        let tranche = payer.is_empty()
            && payee.is_empty()
            && self.page.folded(&self.page.sentences[sentence].span).contains("tranche");
        if tranche {
            if let Some(pair) = self.pairs.last() {
                (payer, payee) = (pair.payer.clone(), pair.payee.clone());
                confidence -= 20;
                decided = "pair named before";
            }
        }
        if payee.is_empty() || payer.is_empty() && !issuer {
            if self.use_pending(line, index, sentence) {
                return;
            }
            let reason = match (payer.is_empty(), payee.is_empty()) {
                (true, false) => "who pays is not stated",
                (false, true) => "who is paid is not stated",
                _ => "neither party is stated",
            };
            self.doubts.push(Doubt { figure: index, sentence, reason });
            return;
        }
        let known = self.pairs.iter().any(|pair| {
            pair.payer == payer && pair.payee == payee && family(pair.instrument) == family(instrument)
        });
        if self.scan.figures[index].yearly && known {
            return;
        }
        if self.scan.figures[index].damaged {
            confidence -= 40;
        }
        let status = standing(&status);
        let date = self.date(line, trigger, status);
        let condition = self.condition(line, &self.scan.figures[index]);
        let pair = Pair { payer: payer.clone(), payee: payee.clone(), instrument, sentence };
        self.pairs.push(pair);
        let confidence = u8::try_from(confidence.clamp(5, 99)).unwrap_or(50);
        self.deals.push(Deal {
            payer,
            payee,
            instrument,
            figure: Some(index),
            date,
            status,
            condition,
            sentence,
            confidence,
            decided_by: decided,
        });
    }

    /// Entities of name tokens; a person stands for the company, a pronoun for the one named before.
    fn entities(&self, line: &Line, found: &[usize], avoid: Option<usize>) -> Vec<usize> {
        let mut out = Vec::new();
        for at in found {
            let entity = match line.tokens[*at].kind {
                Kind::Name(entity) => Some(self.memory.party(entity)),
                Kind::Pron("it") => self
                    .named_before(line, *at, avoid)
                    .or(if avoid.is_some() && self.topic == avoid { self.other } else { self.topic }),
                Kind::Pron("rival") => self.other,
                Kind::Pron("which") => (0..*at).rev().find_map(|i| match line.tokens[i].kind {
                    Kind::Name(entity) => Some(self.memory.party(entity)),
                    _ => None,
                }),
                _ => None,
            };
            if let Some(entity) = entity.filter(|entity| {
                Some(*entity) != avoid && !out.contains(entity) && !(self.memory.entities[*entity].person)
            }) {
                out.push(entity);
            }
        }
        out
    }

    /// The bare name before a pronoun in its sentence.
    fn named_before(&self, line: &Line, at: usize, avoid: Option<usize>) -> Option<usize> {
        let name = |i: usize| match line.tokens[i].kind {
            Kind::Name(entity) if line.marker[i] == Marker::Bare => {
                Some(self.memory.party(entity)).filter(|entity| Some(*entity) != avoid)
            }
            _ => None,
        };
        (0..at)
            .rev()
            .filter(|i| line.clause[*i] == line.clause[at])
            .find_map(name)
            .or_else(|| (0..at).find_map(name))
            .or_else(|| {
                (0..at).find_map(|i| match line.tokens[i].kind {
                    Kind::Name(entity) if line.marker[i] == Marker::Of => {
                        Some(self.memory.party(entity)).filter(|entity| Some(*entity) != avoid)
                    }
                    _ => None,
                })
            })
    }

    /// The subject of a verb that has none: the topic, in languages that leave it out or after `and`.
    fn subject(&self, line: &Line, trigger: &Trigger) -> Option<usize> {
        let first = line.tokens.iter().position(|token| token.hit().is_some_and(is_verb));
        let opens = first.is_none_or(|first| first >= trigger.at);
        let gapped = line.script != Script::Latin;
        let other_subject =
            (0..trigger.at).any(|i| line.tokens[i].is_party() && line.marker[i] == Marker::Bare);
        self.topic.filter(|_| (gapped || !opens) && !other_subject)
    }

    /// Fills the missing side from another verb of the same sentence: of the same family, or one that says who agrees.
    fn beside(
        &self,
        line: &Line,
        trigger: &Trigger,
        payer: &mut Vec<usize>,
        payee: &mut Vec<usize>,
        instrument: &str,
    ) -> bool {
        for (at, token) in line.tokens.iter().enumerate().filter(|(at, _)| *at != trigger.at) {
            let Some((class, value)) = token.hit().and_then(crate::frame::verb) else { continue };
            let other = Trigger { at, class, value, noun: false };
            let of = line.instrument(&other, None);
            // Shares are placed with those who pay the cash that is raised.
            if value == "issue" && trigger.class == Class::Get && payer.is_empty() {
                *payer = line
                    .party(&other, None, Side::Payee)
                    .map(|found| self.entities(line, &found, None))
                    .unwrap_or_default();
                payer.retain(|who| !payee.contains(who));
                if !payer.is_empty() {
                    return true;
                }
            }
            if class != Class::Sign && (family(of) != family(instrument) || class != trigger.class) {
                continue;
            }
            for side in [Side::Payer, Side::Payee] {
                let (missing, known) =
                    if side == Side::Payer { (&mut *payer, &*payee) } else { (&mut *payee, &*payer) };
                if !missing.is_empty() {
                    continue;
                }
                let sides = if class == Class::Sign { vec![Side::Payer, Side::Payee] } else { vec![side] };
                let parties = |wanted: Side| {
                    line.party(&other, None, wanted)
                        .map(|found| self.entities(line, &found, None))
                        .unwrap_or_default()
                };
                if class == Class::Sign
                    && ![Side::Payer, Side::Payee]
                        .into_iter()
                        .any(|side| parties(side).iter().any(|who| known.contains(who)))
                {
                    continue;
                }
                for wanted in sides {
                    let found = line
                        .party(&other, None, wanted)
                        .map(|found| self.entities(line, &found, known.first().copied()))
                        .unwrap_or_default();
                    if !found.is_empty() && !found.iter().any(|who| known.contains(who)) {
                        *missing = found;
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Fills the missing side from a pair of the same family named in this sentence or just before.
    fn complete(
        &self,
        payer: &mut Vec<usize>,
        payee: &mut Vec<usize>,
        instrument: &str,
        sentence: usize,
    ) -> bool {
        for pair in self.pairs.iter().rev().filter(|pair| pair.sentence + 4 > sentence) {
            let related = family(pair.instrument) == family(instrument);
            if !related {
                continue;
            }
            if payer.is_empty()
                && (pair.payee.iter().any(|who| payee.contains(who)) || pair.sentence == sentence)
                && !pair.payer.iter().any(|who| payee.contains(who))
            {
                payer.clone_from(&pair.payer);
                return true;
            }
            if payee.is_empty()
                && (pair.payer.iter().any(|who| payer.contains(who))
                    || family(instrument) == "equity" && !self.topic_is_other(payer, pair)
                    || pair.sentence == sentence)
                && !pair.payee.iter().any(|who| payer.contains(who))
            {
                payee.clone_from(&pair.payee);
                return true;
            }
        }
        false
    }

    /// The topic has been paid before, and is neither this payer nor the payee of this pair: it is the likelier payee.
    fn topic_is_other(&self, payer: &[usize], pair: &Pair) -> bool {
        let paid = |topic: &usize| self.pairs.iter().any(|pair| pair.payee.contains(topic));
        self.topic
            .is_some_and(|topic| !payer.contains(&topic) && !pair.payee.contains(&topic) && paid(&topic))
    }

    /// A sentence with a frame and both parties but no sum: the sum may follow in the next.
    fn without_amount(&mut self, line: &Line, sentence: usize) {
        let mut pending = None;
        for (at, token) in line.tokens.iter().enumerate() {
            let Some((class, value)) = token.hit().and_then(crate::frame::verb) else { continue };
            let trigger = Trigger { at, class, value, noun: false };
            let payer = line
                .party(&trigger, None, Side::Payer)
                .map(|found| self.entities(line, &found, None))
                .unwrap_or_default();
            let payee = line
                .party(&trigger, None, Side::Payee)
                .map(|found| self.entities(line, &found, payer.first().copied()))
                .unwrap_or_default();
            if !payer.is_empty() && !payee.is_empty() {
                let instrument = line.instrument(&trigger, None);
                let found = self.status(line, None);
                let status = standing(&found);
                let date = self.date(line, &trigger, status);
                let pair = Pair { payer, payee, instrument, sentence };
                let vague = ["billions", "millions", "数十", "数百", "数千", "上百", "数億"]
                    .iter()
                    .any(|word| self.page.folded(&self.page.sentences[sentence].span).contains(word));
                if status == "past"
                    && value == "equity"
                    && !vague
                    && !self.supposed
                    && !found.contains(&"hypothesis")
                {
                    let (payer, payee) = (pair.payer.clone(), pair.payee.clone());
                    self.deals.push(Deal {
                        payer,
                        payee,
                        instrument,
                        figure: None,
                        date,
                        status,
                        condition: None,
                        sentence,
                        confidence: 60,
                        decided_by: "verb and preposition",
                    });
                    return;
                }
                let better = class != Class::Sign || pending.is_none();
                if better {
                    pending = Some((pair, status, date));
                }
            }
        }
        self.pending = pending;
    }

    /// The pair of the sentence before, for a sum that a noun such as `contract` ties to it.
    fn use_pending(&mut self, line: &Line, index: usize, sentence: usize) -> bool {
        let tied = line.tokens.iter().any(|token| {
            token
                .hit()
                .is_some_and(|hit| hit.is(Class::Noun).is_some() || hit.is(Class::Metric) == Some("cost"))
        });
        let Some((pair, status, date)) =
            self.pending.take().filter(|(pair, ..)| tied && pair.sentence + 1 >= sentence)
        else {
            return false;
        };
        self.pairs.push(Pair { sentence, ..pair.clone() });
        self.deals.push(Deal {
            payer: pair.payer,
            payee: pair.payee,
            instrument: pair.instrument,
            figure: Some(index),
            date,
            status,
            condition: None,
            sentence,
            confidence: 70,
            decided_by: "pair named before",
        });
        true
    }

    fn remember(&mut self, line: &Line) {
        let mut first = None;
        for (at, token) in line.tokens.iter().enumerate() {
            if let Kind::Name(entity) = token.kind {
                let who = self.memory.party(entity);
                if self.memory.entities[who].person || self.memory.entities[who].many {
                    continue;
                }
                if first.is_none() && line.marker[at] == Marker::Bare {
                    first = Some(who);
                } else if first != Some(who) {
                    self.other = Some(who);
                }
            }
        }
        if let Some(first) = first {
            if self.topic != Some(first) && self.topic.is_some() && self.other == Some(first) {
                self.other = self.topic;
            }
            self.topic = Some(first);
        }
    }

    /// A sum of sums named apart.
    fn is_total(&self, line: &Line, token: usize) -> bool {
        let start = line.tokens[token].start;
        let back = self.page.folded(&(start.saturating_sub(12)..start));
        ["总额", "合计", "总计", "総额は", "総额", "totalling", "totaling"].iter().any(|word| back.trim_end_matches([' ', '达', '为', '约']).ends_with(word))
            && line.tokens[..token].iter().any(|t| matches!(t.kind, Kind::Figure(index) if matches!(self.scan.figures[index].kind, Unit::Money(_))))
    }

    /// Whether a measure holds the number: `revenue of 3 bn`, `估值 5000 亿`, `$900 million in cash`.
    fn is_bound(&self, line: &Line, token: usize, index: usize) -> bool {
        let figure = &line.tokens[token];
        let reach = if line.script == Script::Latin { 45 } else { 14 };
        let mut i = token;
        while i > 0 {
            i -= 1;
            let before = &line.tokens[i];
            if before.end + reach < figure.start || line.clause[i] != line.clause[token] {
                break;
            }
            let Kind::Hit(hit) = before.kind else {
                if matches!(before.kind, Kind::Figure(_)) && before.end - before.start > 3 {
                    break;
                } else {
                    continue;
                }
            };
            if hit.is(Class::Metric).is_some_and(|metric| FIRM.contains(&metric))
                && !self.is_attribute(hit.end, figure.start)
            {
                return true;
            }
            if is_verb(hit) {
                break;
            }
        }
        let _ = index;
        if self.is_size(line, token) {
            return true;
        }
        let next = line.tokens[token + 1..].iter().take(3).find(|next| {
            next.hit().is_some_and(|hit| hit.is(Class::Metric).is_some_and(|metric| FIRM.contains(&metric)))
        });
        next.is_some_and(|next| {
            let gap = self.page.folded(&(figure.end..next.start.max(figure.end)));
            let lead = self.page.folded(&(figure.start.saturating_sub(12)..figure.start));
            [" ", " in ", " of ", "", "的", "の", " an ", " de ", " in net ", " of net "]
                .contains(&gap.as_str())
                && !lead.contains("guarantee")
                || gap.is_empty()
        })
    }

    /// `总规模 5000 亿`, `一轮 66 亿的融资`, `a $2 bn funding round`: the size of something shared by several.
    fn is_size(&self, line: &Line, token: usize) -> bool {
        let figure = &line.tokens[token];
        let back = self.page.folded(&(figure.start.saturating_sub(5)..figure.start));
        let after = self.page.folded(&(figure.end..(figure.end + 16).min(self.page.fold.len())));
        let sized =
            ["总规模", "规模为", "规模达", "总投资"].iter().any(|word| back.trim_end().ends_with(word));
        let round = back.trim_end().ends_with("一轮")
            || after.trim_start_matches([' ', '的']).starts_with("轮融资")
            || ["funding round", "financing round", "series "]
                .iter()
                .any(|word| after.trim_start().starts_with(word));
        sized || round
    }

    /// `营收 … 的 5 亿订单`: the measure belongs to something else when another noun closes it.
    fn is_attribute(&self, from: usize, to: usize) -> bool {
        let gap = self.page.folded(&(from..to.max(from)));
        gap.contains(';') || gap.contains("。")
    }

    /// The standings that the sentence gives.
    fn status(&self, line: &Line, token: Option<usize>) -> Vec<&'static str> {
        let mut found: Vec<&'static str> = Vec::new();
        for (at, part) in line.tokens.iter().enumerate() {
            let Some(status) = part.hit().and_then(|hit| hit.is(Class::Status)) else { continue };
            if status == "joke" {
                found.push(status);
            }
            let near = token.is_none_or(|token| line.clause[at].abs_diff(line.clause[token]) <= 2);
            let before = token.is_none_or(|token| at < token || status != "hypothesis");
            let weak = matches!(status, "past" | "completed")
                && token.is_some_and(|token| line.clause[at] != line.clause[token]);
            if near && before && !weak {
                found.push(status);
            }
        }
        found
    }

    fn condition(&self, line: &Line, figure: &Figure) -> Option<String> {
        let text = figure.hedge.text();
        let hedge = (text != "exact").then_some(text);
        let subject = line.tokens.iter().find_map(|token| {
            let word = self.page.folded(&(token.start..token.end));
            let conditional = ["once", "subject to", "条件", "when"].contains(&word.as_str());
            conditional.then(|| {
                self.page.text(
                    &(token.start..(token.start + 60).min(line.tokens.last().map_or(token.end, |t| t.end))),
                )
            })
        });
        subject.or_else(|| hedge.map(|hedge| format!("stated as {hedge}")))
    }

    /// The date of the agreement: one in the sentence that is not a term of it, else the document's month.
    fn date(&self, line: &Line, trigger: &Trigger, status: &str) -> Option<String> {
        let mut best: Option<(usize, &When)> = None;
        for (at, token) in line.tokens.iter().enumerate() {
            let Kind::Date(index) = token.kind else { continue };
            let when = &self.scan.dates[index];
            let cost = line.clause[at].abs_diff(line.clause[trigger.at]) * 2 + usize::from(at > trigger.at);
            if !self.is_term(when) && best.is_none_or(|(old, _)| cost < old) {
                best = Some((cost, when));
            }
        }
        let resolved = best.and_then(|(_, when)| when.resolve(self.document));
        let past = |(year, month): &(i32, Option<u32>)| {
            self.document.is_none_or(|(now, current)| (*year, month.unwrap_or(1)) <= (now, current))
        };
        match resolved.filter(past) {
            Some((year, Some(month))) => Some(format!("{year:04}-{month:02}")),
            Some((year, None)) => Some(format!("{year:04}")),
            None if status == "past" => None,
            None => self.document.map(|(year, month)| format!("{year:04}-{month:02}")),
        }
    }

    /// A date that a term begins or ends with: until 2030, from 2026, since 2019, 到2030年, 年内.
    fn is_term(&self, when: &When) -> bool {
        let back = self.page.folded(&(when.start.saturating_sub(8)..when.start));
        let after = self.page.folded(&(when.end..(when.end + 3).min(self.page.fold.len())));
        let led = [
            "until ", "from ", "by ", "since ", "through ", "to ", "bis ", "ab ", "seit ", "d'ici ", "到",
            "至", "自", "截至", "于2", "depuis ",
        ]
        .iter()
        .any(|word| back.ends_with(word));
        led || ["前", "起", "底前", "到期", "为止", "まで", "까지", "期", "度", "年报", "内"]
            .iter()
            .any(|word| after.trim_start().starts_with(word))
    }

    /// `from 119 to 224`: of two sums of one pair in a sentence that tells of a rise, the lower is superseded.
    fn supersede(&self, deals: &mut [Deal]) {
        for at in 0..deals.len() {
            let text = self.page.folded(&self.page.sentences[deals[at].sentence].span);
            let rises = [
                "翻倍",
                "提升至",
                "增至",
                "扩大至",
                "提高至",
                "上调至",
                "增加到",
                "最初",
                "raised from",
                "increased from",
                "expanded from",
                "up from",
                "originally",
                "initially",
                "引き上げ",
                "当初",
                "늘리",
                "zunächst",
                "initialement",
            ];
            if !rises.iter().any(|word| text.contains(word)) {
                continue;
            }
            let value = |deal: &Deal| deal.figure.map(|index| self.scan.figures[index].high);
            let larger = deals.iter().find(|other| {
                other.sentence == deals[at].sentence
                    && other.payer == deals[at].payer
                    && other.payee == deals[at].payee
                    && value(other) > value(&deals[at])
            });
            let Some(figure) = larger.and_then(|larger| larger.figure).map(|index| &self.scan.figures[index])
            else {
                continue;
            };
            deals[at].status = "past";
            deals[at].condition =
                Some(format!("superseded by {}", self.page.text(&(figure.start..figure.end))));
        }
    }

    /// One proposal for each deal; a headline's only where the body has none of that pair.
    fn settle(&mut self) {
        let mut kept: Vec<Deal> = Vec::new();
        let headline = |deal: &Deal| self.page.sentences[deal.sentence].headline;
        let body: Vec<Deal> = self.deals.iter().filter(|deal| !headline(deal)).cloned().collect();
        let heads: Vec<Deal> = self.deals.iter().filter(|deal| headline(deal)).cloned().collect();
        let value = |deal: &Deal| {
            deal.figure.map(|index| (self.scan.figures[index].value, self.scan.figures[index].kind.clone()))
        };
        let meets = |a: &Deal, b: &Deal| {
            a.payer.iter().any(|who| b.payer.contains(who)) && a.payee.iter().any(|who| b.payee.contains(who))
        };
        for deal in body {
            let again = deal.decided_by == "pair named before"
                && kept.iter().any(|other| {
                    value(other) == value(&deal)
                        && other.payee == deal.payee
                        && family(other.instrument) == family(deal.instrument)
                });
            let twin = kept.iter_mut().find(|other| {
                value(other) == value(&deal)
                    && (meets(other, &deal)
                        || deal.payer.is_empty() && other.payer.is_empty() && deal.payee == other.payee)
            });
            match twin {
                Some(twin) if deal.confidence > twin.confidence => {
                    *twin = Deal { date: twin.date.clone().or(deal.date.clone()), ..deal }
                }
                Some(_) => {}
                // The same sum by way of a fund of the payer's.
                None if again => {}
                None => kept.push(deal),
            }
        }
        for deal in &heads {
            // A headline that says the direction outright mends a body that only says who talks with whom.
            let weak = |other: &Deal| {
                matches!(other.decided_by, "another verb of the sentence" | "order of names")
                    && deal.decided_by == "verb and preposition"
            };
            let reversed = |other: &Deal| {
                value(other) == value(deal) && other.payer == deal.payee && other.payee == deal.payer
            };
            if let Some(other) = kept.iter_mut().find(|other| weak(other) && reversed(other)) {
                std::mem::swap(&mut other.payer, &mut other.payee);
                other.instrument = deal.instrument;
            }
        }
        self.supersede(&mut kept);
        for deal in heads {
            let pair = |other: &Deal| {
                let both = |a: &[usize], b: &[usize]| a.iter().any(|who| b.contains(who));
                both(&other.payer, &deal.payer) && both(&other.payee, &deal.payee)
                    || both(&other.payer, &deal.payee) && both(&other.payee, &deal.payer)
            };
            if !kept.iter().any(pair) {
                kept.push(Deal { confidence: deal.confidence.saturating_sub(10), ..deal });
            }
        }
        // 早期投资: a deal without a sum is told only where none with a sum is.
        let summed: Vec<Deal> = kept.iter().filter(|deal| deal.figure.is_some()).cloned().collect();
        kept.retain(|deal| {
            deal.figure.is_some()
                || !summed
                    .iter()
                    .any(|other| meets(other, deal) && family(other.instrument) == family(deal.instrument))
        });
        kept.sort_by_key(|deal| deal.sentence);
        self.deals = kept;
    }
}

/// Whether the clause ends right after the number.
fn closes(page: &Page, line: &Line, token: usize) -> bool {
    let end = line.tokens[token].end;
    page.fold.get(end).is_none_or(|c| matches!(c, ',' | '。' | ';' | '\n' | '!'))
}

/// The standing that prevails.
fn standing(found: &[&'static str]) -> &'static str {
    let order = ["denied", "terminated", "rumoured", "past", "completed", "signed", "planned"];
    order.iter().find(|status| found.contains(status)).copied().unwrap_or("announced")
}
