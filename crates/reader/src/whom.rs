//! Who a name or a pronoun is, and who a frame leaves out: from the sentence, the topic, or the pair named before.

use crate::amount::Kind as Unit;
use crate::deals::{Deal, Pair, Teller};
use crate::frame::{Line, Side, Trigger, family};
use crate::lexicon::Class;
use crate::page::Script;
use crate::scan::is_verb;
use crate::standing::standing;
use crate::token::{Kind, Marker};

impl Teller<'_> {
    /// Entities of name tokens; a person stands for the company, a pronoun for the one named before.
    pub(crate) fn entities(&self, line: &Line, found: &[usize], avoid: Option<usize>) -> Vec<usize> {
        let mut out = Vec::new();
        for at in found {
            let entity = match line.tokens[*at].kind {
                Kind::Name(entity) => Some(self.memory.party(entity)),
                Kind::Pron("it") if line.tongue.western() => self.described(line, *at, avoid),
                Kind::Pron("it") if self.own_company(line, *at).is_some() => self.own_company(line, *at),
                Kind::Pron("it") if line.is_verb_last() && self.subject_before(line, *at).is_some() => {
                    let subject = self.subject_before(line, *at);
                    let free = |who: &usize| Some(*who) != subject && Some(*who) != avoid;
                    self.topic.filter(free).or(self.other.filter(free))
                }
                Kind::Pron("it") if line.is_verb_last() && self.is_public(self.topic) => self
                    .memory
                    .protagonist()
                    .filter(|hero| Some(*hero) != avoid && !self.is_public(Some(*hero)))
                    .or(self.other),
                Kind::Pron("it") => self
                    .issuer_of(line, *at)
                    .or_else(|| self.partner(line, *at, avoid))
                    .or_else(|| self.named_before(line, *at, avoid))
                    .or(if avoid.is_some() && self.topic == avoid { self.other } else { self.topic }),
                Kind::Pron("rival") => self.latter(line, *at, avoid).or(self.other),
                Kind::Pron("which") => (0..*at).rev().find_map(|i| match line.tokens[i].kind {
                    Kind::Name(entity) => Some(self.memory.party(entity)),
                    _ => None,
                }),
                _ => None,
            };
            let open = |entity: &usize| !line.tongue.western() || !self.memory.entities[*entity].many;
            if let Some(entity) = entity.filter(open).filter(|entity| {
                Some(*entity) != avoid && !out.contains(entity) && !(self.memory.entities[*entity].person)
            }) {
                out.push(entity);
            }
        }
        out
    }

    /// `a contract with X, under which the maker …`: the one that the clause before has beside its subject.
    fn partner(&self, line: &Line, at: usize, avoid: Option<usize>) -> Option<usize> {
        let form = self.page.folded(&(line.tokens[at].start..line.tokens[at].end));
        let plain = ["the company", "the firm", "the group"].contains(&form.as_str());
        if !form.starts_with("the ") || plain {
            return None;
        }
        let which = (0..at).rev().find(|i| {
            matches!(line.tokens[*i].kind, Kind::Pron("which")) && line.clause[*i] == line.clause[at]
        })?;
        (0..which).rev().find_map(|i| match line.tokens[i].kind {
            Kind::Name(entity)
                if matches!(line.marker[i], Marker::With | Marker::From | Marker::To | Marker::By) =>
            {
                Some(self.memory.party(entity)).filter(|entity| Some(*entity) != avoid)
            }
            _ => None,
        })
    }

    /// `AはBから`, where B is `同社`: A, the subject that B is not.
    fn subject_before(&self, line: &Line, at: usize) -> Option<usize> {
        if line.marker[at] == Marker::Bare {
            return None;
        }
        (0..at).find_map(|i| match line.tokens[i].kind {
            Kind::Name(entity) if line.marker[i] == Marker::Bare => Some(self.memory.party(entity)),
            _ => None,
        })
    }

    /// `the latter`: the last one named before it, not the subject.
    fn latter(&self, line: &Line, at: usize, avoid: Option<usize>) -> Option<usize> {
        (0..at).rev().find_map(|i| match line.tokens[i].kind {
            Kind::Name(entity) => Some(self.memory.party(entity)).filter(|entity| Some(*entity) != avoid),
            _ => None,
        })
    }

    /// The bare name before a pronoun in its sentence.
    pub(crate) fn named_before(&self, line: &Line, at: usize, avoid: Option<usize>) -> Option<usize> {
        let name = |i: usize| match line.tokens[i].kind {
            Kind::Name(entity) if line.marker[i] == Marker::Bare => Some(self.memory.party(entity))
                .filter(|entity| Some(*entity) != avoid && !self.memory.entities[*entity].many),
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
    pub(crate) fn subject(&self, line: &Line, trigger: &Trigger) -> Option<usize> {
        let first = line.tokens.iter().position(|token| token.hit().is_some_and(is_verb));
        let opens = first.is_none_or(|first| first >= trigger.at);
        let gapped = line.script != Script::Latin;
        let other_subject = (0..trigger.at).any(|i| {
            let helper = line.is_verb_last() && (line.issues(i) || line.holds_it(i));
            line.tokens[i].is_party() && line.marker[i] == Marker::Bare && !helper
        });
        // A Japanese filing speaks of the company that files it.
        let issuer = self.memory.issuer(line.tokens[trigger.at].start).filter(|_| line.is_verb_last());
        issuer.or(self.topic).filter(|_| (gapped || !opens) && !other_subject)
    }

    /// Fills the missing side from another verb of the same sentence: of the same family, or one that says who agrees.
    pub(crate) fn beside(
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
            if class != Class::Sign && !tells_of(class, family(of), trigger.class, family(instrument)) {
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
    pub(crate) fn complete(
        &self,
        payer: &mut Vec<usize>,
        payee: &mut Vec<usize>,
        instrument: &str,
        sentence: usize,
    ) -> bool {
        for pair in self.pairs.iter().rev().filter(|pair| pair.sentence + 4 > sentence) {
            let gives = |of: &str| matches!(family(of), "equity" | "debt");
            let same = pair.payer.iter().any(|who| payer.contains(who)) && pair.sentence + 2 >= sentence;
            let related = family(pair.instrument) == family(instrument)
                || same && gives(pair.instrument) && gives(instrument);
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
                    || family(instrument) == "equity"
                        && !self.topic_is_other(payer, pair)
                        && !matches!(self.scan.script, Script::Simplified | Script::Traditional)
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
    pub(crate) fn topic_is_other(&self, payer: &[usize], pair: &Pair) -> bool {
        let paid = |topic: &usize| self.pairs.iter().rev().take(200).any(|pair| pair.payee.contains(topic));
        self.topic
            .is_some_and(|topic| !payer.contains(&topic) && !pair.payee.contains(&topic) && paid(&topic))
    }

    /// A sentence with a frame and both parties but no sum: the sum may follow in the next.
    pub(crate) fn without_amount(&mut self, line: &Line, sentence: usize) {
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
            let open = class == Class::Sign && payer.is_empty() && line.script == Script::Latin;
            let topic =
                self.topic.or(self.memory.protagonist()).filter(|topic| open && !payee.contains(topic));
            let payer = if payer.is_empty() { topic.into_iter().collect() } else { payer };
            let (payer, payee) = self.open_subject(line, &trigger, (payer, payee));
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
        self.pending = pending.or_else(|| self.noun_pair(line, sentence));
    }

    /// `5,000 tonnes`, then `the agreement is valued at 1 bn`: the sum takes the place of the volume.
    fn prices_volume(&mut self, index: usize, sentence: usize) -> bool {
        let figures = &self.scan.figures;
        let volume = |deal: &Deal| deal.figure.is_some_and(|at| matches!(figures[at].kind, Unit::Count(_)));
        let Some(deal) = self.deals.last_mut().filter(|deal| volume(deal) && deal.sentence + 2 >= sentence)
        else {
            return false;
        };
        deal.figure = Some(index);
        deal.sentence = sentence;
        deal.confidence = deal.confidence.min(75);
        true
    }

    /// The pair of the sentence before, for a sum that a noun such as `contract` ties to it.
    pub(crate) fn use_pending(&mut self, line: &Line, index: usize, sentence: usize) -> bool {
        let text = self.page.folded(&self.page.sentences[sentence].span);
        let price = [
            "list price",
            "price of",
            "value of",
            "consideration",
            "purchase price",
            "is worth",
            "are worth",
        ];
        let told = line.script == Script::Latin && price.iter().any(|word| text.contains(word));
        let tied = told
            || line.tokens.iter().any(|token| {
                token
                    .hit()
                    .is_some_and(|hit| hit.is(Class::Noun).is_some() || hit.is(Class::Metric) == Some("cost"))
            });
        let goods = line
            .tokens
            .iter()
            .any(|token| token.hit().is_some_and(|hit| hit.is(Class::Noun) == Some("goods")));
        if self.pending.is_none() && goods && self.prices_volume(index, sentence) {
            return true;
        }
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
}

impl Teller<'_> {
    /// A Japanese or Korean verb without a subject, for a sum in the next sentence: the topic acts.
    fn open_subject(
        &self,
        line: &Line,
        trigger: &Trigger,
        (payer, payee): (Vec<usize>, Vec<usize>),
    ) -> (Vec<usize>, Vec<usize>) {
        if !line.is_verb_last() || payer.is_empty() == payee.is_empty() {
            return (payer, payee);
        }
        let topic = self.subject(line, trigger).filter(|who| !payer.contains(who) && !payee.contains(who));
        let topic = topic.filter(|who| !self.memory.entities[*who].many);
        match trigger.class {
            Class::Give | Class::Buy if payer.is_empty() => (topic.into_iter().collect(), payee),
            Class::Get | Class::Sell if payee.is_empty() => (payer, topic.into_iter().collect()),
            _ => (payer, payee),
        }
    }

    /// `Xなどの協調融資で賄う`: a lender told by a noun, for a sum in the next sentence; the topic borrows.
    fn noun_pair(&self, line: &Line, sentence: usize) -> Option<(Pair, &'static str, Option<String>)> {
        if !line.is_verb_last() {
            return None;
        }
        let at = line
            .tokens
            .iter()
            .position(|token| token.hit().is_some_and(|hit| hit.is(Class::Noun) == Some("loan")))?;
        let trigger = Trigger { at, class: Class::Give, value: "loan", noun: true };
        let payer = line.party(&trigger, None, Side::Payer).map(|found| self.entities(line, &found, None))?;
        let payee: Vec<usize> = self.topic.filter(|who| !payer.contains(who)).into_iter().collect();
        if payer.is_empty() || payee.is_empty() {
            return None;
        }
        let status = standing(&self.status(line, None));
        let date = self.date(line, &trigger, status);
        Some((Pair { payer, payee, instrument: "loan", sentence }, status, date))
    }
}

/// Whether a verb of this class and family speaks of the same transfer as the trigger.
fn tells_of(class: Class, of: &str, trigger: Class, wanted: &str) -> bool {
    of == wanted && (class == trigger || of == "licence" || (class, trigger) == (Class::Get, Class::Give))
}
