//! Deals: an amount, the frame that governs it, and two parties; or the reason why there is none.

use std::collections::BTreeSet;

use crate::amount::Kind as Unit;
use crate::frame::{Line, Trigger, family};
use crate::lexicon::Class;
use crate::memory::Memory;
use crate::page::{Page, Script};
use crate::phrase::LONGEST;
use crate::scan::Scan;
use crate::sides::Sides;
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
pub(crate) struct Pair {
    pub(crate) payer: Vec<usize>,
    pub(crate) payee: Vec<usize>,
    pub(crate) instrument: &'static str,
    pub(crate) sentence: usize,
}

/// What a document has told so far.
pub(crate) struct Teller<'p> {
    pub(crate) page: &'p Page,
    pub(crate) scan: &'p Scan,
    pub(crate) memory: &'p Memory,
    pub(crate) document: Option<(i32, u32)>,
    pub(crate) topic: Option<usize>,
    pub(crate) other: Option<usize>,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) pending: Option<(Pair, &'static str, Option<String>)>,
    pub(crate) partners: Option<(usize, usize, usize)>,
    pub(crate) supposed: bool,
    /// The last sentence that tells of a signature.
    pub(crate) signed: Option<usize>,
    /// Deals so far.
    pub deals: Vec<Deal>,
    /// Doubts so far.
    pub doubts: Vec<Doubt>,
    /// Numbers that are said about something and belong to no deal.
    pub bound: BTreeSet<usize>,
}

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
            partners: None,
            supposed: false,
            signed: None,
            deals: Vec::new(),
            doubts: Vec::new(),
            bound: BTreeSet::new(),
        };
        for at in 0..page.sentences.len() {
            teller.sentence(at);
        }
        teller.settle();
        teller.settle_chinese();
        teller
    }

    fn line(&self, at: usize) -> Line<'p> {
        let tokens = tokens(self.page, self.scan, self.memory, &self.page.sentences[at]);
        let clause = clauses(&tokens, self.scan.script);
        let marker = markers(self.page, self.scan, &tokens);
        Line { page: self.page, script: self.scan.script, tongue: self.scan.tongue, tokens, clause, marker }
    }

    fn sentence(&mut self, at: usize) {
        let line = self.line(at);
        self.note_partners(&line, at);
        let told = self.status(&line, None);
        // A page of numbers in one line is a table, and a frame in it would be a guess.
        if line.tokens.len() <= LONGEST && self.deals.len() < 1000 {
            let text = self.page.folded(&self.page.sentences[at].span);
            self.supposed = (self.supposed && text.starts_with(['"', '\'']))
                || told.iter().any(|status| matches!(*status, "hypothesis" | "joke")) && text.ends_with(':');
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
        if told.contains(&"signed") {
            self.signed = Some(at);
        }
        self.remember(&line);
        self.note_issuer(&line);
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
        let held = volume
            && line.tokens[..token].iter().enumerate().rev().take(3).any(|(at, other)| {
                other.hit().is_some_and(|hit| {
                    hit.is(Class::Metric).is_some_and(|metric| {
                        matches!(metric, "capacity" | "shipments" | "demand" | "forecast")
                    })
                }) && line.clause[at] == line.clause[token]
            });
        if held
            || is_conversion(&line.tokens, token)
            || self.is_bound(line, token)
            || self.is_total(line, token)
            || line.is_aside(token)
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
        } else if line.prepays(&trigger, token) {
            trigger = Trigger { class: Class::Give, value: "pay", ..trigger };
        }
        let mut instrument = line.instrument(&trigger, Some(token));
        if trigger.value == "loan" && trigger.class == Class::Give && instrument == "goods_purchase" {
            instrument = "loan";
        }
        let shares = figure.kind == Unit::Count("shares");
        if volume && !(family(instrument) == "purchase" && !shares || shares && instrument == "warrant") {
            return true;
        }
        self.frame(line, &trigger, token, (index, sentence), instrument);
        true
    }

    fn frame(
        &mut self,
        line: &Line,
        trigger: &Trigger,
        token: usize,
        (index, sentence): (usize, usize),
        instrument: &'static str,
    ) {
        let status = self.status(line, Some(token));
        if let Some(reason) = self.refused(line, trigger, token, instrument, &status) {
            self.doubts.push(Doubt { figure: index, sentence, reason });
            return;
        }
        let sides = self.sides(line, trigger, token, sentence, instrument);
        let instrument = self.of_pair(line, trigger, &sides, instrument);
        let Sides { payer, payee, confidence, decided } = sides;
        let (mut payer, mut payee) = self.as_before(decided, (payer, payee), instrument, sentence);
        self.pending_partner(line, (&mut payer, &mut payee), sentence);
        let issuer =
            !payee.is_empty() && self.may_omit_payer(line, trigger, (token, sentence), instrument, decided);
        if payee.is_empty() || payer.is_empty() && !issuer {
            let stranger = line.tongue.western() && (!payer.is_empty() || !payee.is_empty());
            if stranger || !self.use_pending(line, index, sentence) {
                let reason = match (payer.is_empty(), payee.is_empty()) {
                    (true, false) => "who pays is not stated",
                    (false, true) => "who is paid is not stated",
                    _ => "neither party is stated",
                };
                self.doubts.push(Doubt { figure: index, sentence, reason });
            }
            return;
        }
        let alike = |pair: &Pair| {
            pair.payer == payer && pair.payee == payee && family(pair.instrument) == family(instrument)
        };
        if self.scan.figures[index].yearly && self.pairs.iter().rev().take(200).any(alike) {
            return;
        }
        let damaged = if self.scan.figures[index].damaged { 40 } else { 0 };
        let (status, date) = self.placed(line, trigger, sentence, &status);
        let condition = self.condition(line, &self.scan.figures[index]);
        self.pairs.push(Pair { payer: payer.clone(), payee: payee.clone(), instrument, sentence });
        let confidence = u8::try_from((confidence - damaged).clamp(5, 99)).unwrap_or(50);
        // Warrants are told by a count of shares, which is no sum.
        let figure = (self.scan.figures[index].kind != Unit::Count("shares")).then_some(index);
        self.deals.push(Deal {
            payer,
            payee,
            instrument,
            figure,
            date,
            status,
            condition,
            sentence,
            confidence,
            decided_by: decided,
        });
    }

    /// Whether a deal is told though nobody is named who pays: an issue of bonds, an order of somebody unnamed.
    fn may_omit_payer(
        &self,
        line: &Line,
        trigger: &Trigger,
        (token, sentence): (usize, usize),
        instrument: &str,
        decided: &str,
    ) -> bool {
        let sold = matches!(trigger.class, Class::Get | Class::Sell);
        // 拟发行可转债募资: what is to be raised is no deal yet.
        let sold = sold
            && !(line.is_chinese()
                && self.page.fold[self.page.sentences[sentence].span.clone()].contains(&'拟'));
        let stated = matches!(decided, "verb and preposition" | "order of names");
        sold && (instrument == "bond" || self.is_issue(line, token, instrument))
            || stated && self.is_unnamed(line, trigger, sentence)
    }

    /// Why no deal is told whoever the parties are.
    fn refused(
        &self,
        line: &Line,
        trigger: &Trigger,
        token: usize,
        instrument: &str,
        status: &[&str],
    ) -> Option<&'static str> {
        if self.supposed || status.contains(&"hypothesis") || status.contains(&"joke") {
            return Some("a supposition or a joke, not a deal");
        }
        if status.contains(&"judged") {
            return Some("a court or an authority decides it, not a deal");
        }
        let unnamed =
            |at: usize| matches!(line.tokens[at].kind, Kind::Name(who) if self.memory.entities[who].many);
        let crowd = line.tongue.western()
            && trigger.class == Class::Get
            && instrument == "equity"
            && (0..line.tokens.len()).any(|at| line.clause[at] == line.clause[trigger.at] && unnamed(at));
        if crowd {
            return Some("who pays is not stated");
        }
        if line.is_said_of(trigger, token) {
            return Some("the verb only says more about a thing");
        }
        if line.is_stranger(trigger) || line.has_unknown_subject(trigger) {
            return Some("who acts is not known");
        }
        line.is_undirected(trigger, token, instrument).then_some("which of the two pays is not stated")
    }

    fn remember(&mut self, line: &Line) {
        let (mut first, mut owner) = (None, None);
        for (at, token) in line.tokens.iter().enumerate() {
            let Kind::Name(entity) = token.kind else { continue };
            let who = self.memory.party(entity);
            let person = self.memory.entities[entity].person && line.script == Script::Latin;
            if person || self.memory.entities[who].person || self.memory.entities[who].many {
                continue;
            }
            if first.is_none() && line.marker[at] == Marker::Bare {
                first = Some(who);
            } else if first != Some(who) {
                self.other = Some(who);
            }
            if at == 0 && line.marker[at] == Marker::Of && line.script == Script::Latin {
                owner = Some(who);
            }
        }
        if let Some(first) = first.or(owner) {
            if self.topic != Some(first) && self.topic.is_some() && self.other == Some(first) {
                self.other = self.topic;
            }
            self.topic = Some(first);
        }
    }
}
