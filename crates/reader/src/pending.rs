//! A pair that a sentence names without a sum, and the sum that a later sentence gives it.

use crate::amount::Kind as Unit;
use crate::deals::{Deal, Pair, Teller};
use crate::frame::{Line, Side, Trigger, family};
use crate::lexicon::Class;
use crate::page::Script;
use crate::scan::is_verb;
use crate::sides::Sides;
use crate::standing::standing;

impl Teller<'_> {
    /// A sentence with a frame and both parties but no sum: the sum may follow in the next.
    pub(crate) fn without_amount(&mut self, line: &Line, sentence: usize) {
        let english = line.is_english();
        if english && self.tell_warrants(line, sentence) {
            return;
        }
        let mut pending = None;
        for (at, token) in line.tokens.iter().enumerate() {
            let Some((class, value)) = token.hit().and_then(crate::frame::verb) else { continue };
            let lent = line.is_verb_last() && line.lends(at);
            let (class, value) = if lent { (Class::Give, "loan") } else { (class, value) };
            let trigger = line.acted(Trigger { at, class, value, noun: false });
            let agreed = class != Class::Sign && pending.is_none() && english;
            let (payer, payee) = self.named_sides(line, &trigger, agreed.then_some(sentence));
            let (payer, payee) = self.supplier_first(line, &trigger, (payer, payee));
            if !payer.is_empty() && !payee.is_empty() {
                let instrument = line.instrument(&trigger, None);
                let found = self.status(line, None);
                let status = standing(&found);
                let date = self.date(line, &trigger, status);
                let pair = Pair { payer, payee, instrument, sentence };
                let real = !self.is_vague(sentence) && !self.supposed && !found.contains(&"hypothesis");
                if status == "past" && value == "equity" && real {
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
        // The payments of a licence are told sentence by sentence after it.
        let licence = |pair: &Pair| family(pair.instrument) == "licence";
        if let Some((pair, ..)) = pending.as_ref().filter(|(pair, ..)| english && licence(pair)) {
            self.pairs.push(pair.clone());
        }
        let pending = pending.or_else(|| self.noun_pair(line, sentence));
        self.keep_open(line, sentence, pending);
    }

    /// The parties of a verb without a sum; `agreed` is the sentence when the other of two that agreed may fill a gap.
    fn named_sides(&self, line: &Line, trigger: &Trigger, agreed: Option<usize>) -> (Vec<usize>, Vec<usize>) {
        let side = |side: Side, avoid: Option<usize>| {
            line.party(trigger, None, side)
                .map(|found| self.entities(line, &found, avoid))
                .unwrap_or_default()
        };
        let mut payer = side(Side::Payer, None);
        let mut payee = side(Side::Payee, payer.first().copied());
        if let Some(sentence) = agreed {
            let other = |known: &[usize]| known.first().and_then(|who| self.partner_of(*who, sentence));
            if payer.is_empty() {
                payer.extend(other(&payee));
            } else if payee.is_empty() {
                payee.extend(other(&payer));
            }
        }
        let open = trigger.class == Class::Sign && payer.is_empty() && line.script == Script::Latin;
        let topic = self.topic.or(self.memory.protagonist()).filter(|topic| open && !payee.contains(topic));
        payer.extend(topic);
        self.open_subject(line, trigger, (payer, payee))
    }

    /// `billions`: a sum that nobody counts.
    fn is_vague(&self, sentence: usize) -> bool {
        let text = self.page.folded(&self.page.sentences[sentence].span);
        ["billions", "millions", "数十", "数百", "数千", "上百", "数億"]
            .iter()
            .any(|word| text.contains(word))
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
        let told =
            told || line.is_verb_last() && line.tokens.iter().any(|token| token.hit().is_some_and(is_verb));
        let tied = told
            || line.tongue.western() && crate::told::pays(&text)
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
        if self.pending.is_none()
            && let Some(pair) = self.by_role(line, sentence)
        {
            let status = standing(&self.status(line, None));
            let date = self.document.map(|(year, month)| format!("{year:04}-{month:02}"));
            self.pending = Some((pair, status, date));
        }
        let reach = if line.tongue.western() { 2 } else { 1 };
        let Some((pair, status, date)) =
            self.pending.take().filter(|(pair, ..)| tied && pair.sentence + reach >= sentence)
        else {
            return false;
        };
        let pair = self.called_anew(line, pair);
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
    /// A Chinese contract of supply, for a sum in the next sentence: who supplies is paid.
    fn supplier_first(
        &self,
        line: &Line,
        trigger: &Trigger,
        (payer, payee): (Vec<usize>, Vec<usize>),
    ) -> (Vec<usize>, Vec<usize>) {
        if !line.is_chinese() || trigger.class != Class::Sign {
            return (payer, payee);
        }
        let mut sides = Sides { payer, payee, confidence: 70, decided: "" };
        self.take_supplier(line, trigger, &mut sides);
        (sides.payer, sides.payee)
    }

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
    pub(crate) fn noun_pair(
        &self,
        line: &Line,
        sentence: usize,
    ) -> Option<(Pair, &'static str, Option<String>)> {
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
