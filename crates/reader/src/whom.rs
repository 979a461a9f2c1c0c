//! Who a name or a pronoun is, and who a frame leaves out: from the sentence, the topic, or the pair named before.

use crate::deals::{Pair, Teller};
use crate::frame::{Line, Side, Trigger, family};
use crate::lexicon::Class;
use crate::page::Script;
use crate::scan::is_verb;
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
                Kind::Pron("it") if self.described_before(line, *at).is_some() => self
                    .described_before(line, *at)
                    .and_then(|other| self.entities(line, &[other], avoid).first().copied()),
                Kind::Pron("it") => self
                    .its(line, *at, avoid)
                    .or_else(|| self.issuer_of(line, *at))
                    .or_else(|| self.partner(line, *at, avoid))
                    .or_else(|| self.named_before(line, *at, avoid))
                    .or(if avoid.is_some() && self.topic == avoid { self.other } else { self.topic }),
                Kind::Pron("they") if line.is_english() => self.named_before(line, *at, avoid),
                Kind::Pron("we") => self.memory.protagonist(),
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

    /// `A lent the carrier 3 bn, and B lent it 2 bn`: whom the description before means.
    fn described_before(&self, line: &Line, at: usize) -> Option<usize> {
        let bare = |i: usize| self.page.folded(&(line.tokens[i].start..line.tokens[i].end)) == "it";
        let object = line.script == Script::Latin
            && at > 0
            && bare(at)
            && line.tokens[at - 1].hit().is_some_and(is_verb);
        let described = |i: &usize| matches!(line.tokens[*i].kind, Kind::Pron("it")) && !bare(*i);
        (0..at)
            .rev()
            .find(described)
            .filter(|i| object && *i > 0 && line.tokens[*i - 1].hit().is_some_and(is_verb))
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
    pub(crate) fn latter(&self, line: &Line, at: usize, avoid: Option<usize>) -> Option<usize> {
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
            if class != Class::Sign && !tells_of(line, (class, family(of)), trigger, family(instrument)) {
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
}

/// Whether a verb of this class and family speaks of the same transfer as the trigger.
fn tells_of(line: &Line, (class, of): (Class, &str), trigger: &Trigger, wanted: &str) -> bool {
    // 购入设备,共支付…
    let spent = line.is_chinese() && class == Class::Buy && trigger.value == "pay";
    spent
        || of == wanted
            && (class == trigger.class
                || of == "licence"
                || (class, trigger.class) == (Class::Get, Class::Give))
}
