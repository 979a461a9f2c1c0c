//! The two sides of a frame: what the sentence says, then what fills a gap, each at a price in confidence.

use crate::deals::Teller;
use crate::frame::{Line, Side, Trigger, family};
use crate::lexicon::Class;
use crate::page::Script;
use crate::standing::closes;
use crate::token::Kind;

/// Who pays, who is paid, how sure, and what decided it.
#[derive(Debug)]
pub(crate) struct Sides {
    pub(crate) payer: Vec<usize>,
    pub(crate) payee: Vec<usize>,
    pub(crate) confidence: i32,
    pub(crate) decided: &'static str,
}

impl Sides {
    fn lose(&mut self, confidence: i32, decided: &'static str) {
        self.confidence -= confidence;
        self.decided = decided;
    }

    /// One side is known and the other is not.
    fn is_half(&self) -> bool {
        self.payer.is_empty() != self.payee.is_empty()
    }
}

impl Teller<'_> {
    /// The sides of a frame, as far as the text gives them.
    pub(crate) fn sides(
        &self,
        line: &Line,
        trigger: &Trigger,
        token: usize,
        sentence: usize,
        instrument: &'static str,
    ) -> Sides {
        let mut sides = self.stated(line, trigger, token);
        let equity = family(instrument) == "equity";
        if trigger.class == Class::Get
            && instrument == "equity"
            && sides.payee.is_empty()
            && !sides.payer.is_empty()
            && self.complete(&mut sides.payer, &mut sides.payee, instrument, sentence)
        {
            sides.lose(18, "pair named before");
        }
        self.take_subject(line, trigger, &mut sides);
        if sides.is_half() && self.beside(line, trigger, &mut sides.payer, &mut sides.payee, instrument) {
            sides.lose(15, "another verb of the sentence");
        }
        if instrument != "bond"
            && sides.is_half()
            && self.complete(&mut sides.payer, &mut sides.payee, instrument, sentence)
        {
            sides.lose(18, "pair named before");
        }
        let open =
            sides.payee.is_empty() && !sides.payer.is_empty() && equity && trigger.class == Class::Give;
        if open
            && line.script != Script::Latin
            && closes(self.page, line, token)
            && let Some(topic) = self.first_named(line, trigger, &sides.payer)
        {
            sides.payee = vec![topic];
            sides.lose(28, "subject of the sentence before");
        }
        let tranche = sides.payer.is_empty()
            && sides.payee.is_empty()
            && self.page.folded(&self.page.sentences[sentence].span).contains("tranche");
        if let Some(pair) = self.pairs.last().filter(|_| tranche) {
            sides.payer.clone_from(&pair.payer);
            sides.payee.clone_from(&pair.payee);
            sides.lose(20, "pair named before");
        }
        sides
    }

    /// What the names around the verb say.
    fn stated(&self, line: &Line, trigger: &Trigger, token: usize) -> Sides {
        let confidence = match (trigger.class, trigger.noun) {
            (Class::Sign, _) => 72,
            (_, true) => 78,
            _ => 92,
        };
        let decided = if trigger.class == Class::Sign { "order of names" } else { "verb and preposition" };
        let named = |side: Side, avoid: Option<usize>| {
            line.party(trigger, Some(token), side)
                .map(|found| self.entities(line, &found, avoid))
                .unwrap_or_default()
        };
        let mut payer = named(Side::Payer, None);
        let mut payee = named(Side::Payee, payer.first().copied());
        if payee == payer && !payee.is_empty() {
            // 同社 for the other one of the two.
            payer = self.other.filter(|other| !payee.contains(other)).into_iter().collect();
        }
        payee.retain(|who| !payer.contains(who));
        Sides { payer, payee, confidence, decided }
    }

    /// The first company that the sentence names before its verb, else the topic; not the payer.
    fn first_named(&self, line: &Line, trigger: &Trigger, payer: &[usize]) -> Option<usize> {
        let first = line.tokens[..trigger.at].iter().find_map(|token| match token.kind {
            Kind::Name(entity) => Some(self.memory.party(entity)),
            _ => None,
        });
        let free = |who: &usize| !payer.contains(who) && !self.memory.entities[*who].many;
        first.filter(free).or(self.topic.filter(free))
    }

    /// A verb without a subject takes the topic.
    fn take_subject(&self, line: &Line, trigger: &Trigger, sides: &mut Sides) {
        let pays = matches!(trigger.class, Class::Give | Class::Buy | Class::Sign);
        let (own, other) =
            if pays { (&mut sides.payer, &sides.payee) } else { (&mut sides.payee, &sides.payer) };
        if !own.is_empty() || trigger.noun {
            return;
        }
        if let Some(topic) = self.subject(line, trigger).filter(|topic| !other.contains(topic)) {
            *own = vec![topic];
            sides.lose(12, "subject of the sentence before");
        }
    }
}
