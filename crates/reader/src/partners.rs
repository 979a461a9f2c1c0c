//! The two of an agreement that a text names before it says who pays, and what a later sentence asks of them.

use crate::deals::{Deal, Teller};
use crate::frame::{Line, Trigger, family, verb};
use crate::lexicon::Class;
use crate::sides::Sides;
use crate::standing::standing;
use crate::token::{Kind, Marker};

/// How many sentences an agreement is remembered for.
const REMEMBERED: usize = 4;

impl Teller<'_> {
    /// `A and B announced an agreement`, `A signed a contract with B`: the two of it.
    pub(crate) fn note_english(&mut self, line: &Line, sentence: usize) {
        if !line.is_english() {
            return;
        }
        let agreed = line.tokens.iter().position(|token| {
            token.hit().is_some_and(|hit| {
                verb(hit).is_some_and(|(class, _)| class == Class::Sign)
                    || matches!(hit.is(Class::Noun), Some("goods" | "license" | "services" | "lease"))
            })
        });
        let Some(agreed) = agreed else { return };
        let named: Vec<(usize, usize)> = line
            .tokens
            .iter()
            .enumerate()
            .filter_map(|(at, token)| match token.kind {
                Kind::Name(entity) => Some((at, self.memory.party(entity))),
                _ => None,
            })
            .filter(|(_, who)| !self.memory.entities[*who].many && !self.memory.entities[*who].person)
            .collect();
        let subject = named.iter().find(|(at, _)| line.marker[*at] == Marker::Bare && *at < agreed);
        let Some((_, own)) = subject else { return };
        let other = named.iter().find(|(at, who)| {
            who != own
                && (line.marker[*at] == Marker::With || line.marker[*at] == Marker::Bare && *at < agreed)
        });
        if let Some((_, other)) = other {
            self.partners = Some((*own, *other, sentence));
        }
    }

    /// `A and B signed a contract.` Then `A will pay 5 bn`: to B.
    pub(crate) fn pay_partner(&self, line: &Line, (sentence, instrument): (usize, &str), sides: &mut Sides) {
        let price = matches!(family(instrument), "purchase" | "licence");
        if !line.is_english() || !price || !sides.is_half() {
            return;
        }
        let known = sides.payer.first().or(sides.payee.first()).copied();
        if let Some(other) = known.and_then(|who| self.partner_of(who, sentence)) {
            sides.fill(other);
            sides.lose(22, "pair named before");
        }
    }

    /// `AはBと契約を結び、5億円を受け取る`: the one that it signs with pays.
    pub(crate) fn take_partner(&self, line: &Line, trigger: &Trigger, sides: &mut Sides) {
        if !line.is_verb_last() || trigger.value != "pay" || !sides.is_half() {
            return;
        }
        let with = (0..trigger.at).rev().find(|at| {
            let sold = trigger.class == Class::Get && line.marker[*at] == Marker::To;
            let source = trigger.class == Class::Give && line.marker[*at] == Marker::From;
            line.tokens[*at].is_party() && (line.marker[*at] == Marker::With || sold || source)
        });
        let who = with.and_then(|at| self.entities(line, &[at], None).first().copied());
        if let Some(who) = who.filter(|who| !sides.payer.contains(who) && !sides.payee.contains(who)) {
            sides.fill(who);
            sides.lose(14, "the two that signed");
        }
    }

    /// `The Bank of X and Y signed a loan agreement`: the bank lends.
    pub(crate) fn part_bank(
        &self,
        line: &Line,
        trigger: &Trigger,
        (payer, payee): (&mut Vec<usize>, &mut Vec<usize>),
    ) {
        let joint =
            trigger.class == Class::Sign && line.of_debt(trigger) && payer.is_empty() && payee.len() == 2;
        let bank = |who: &usize| {
            let name = crate::fold::fold(&self.memory.entities[*who].name);
            ["bank", "banque", "banco"].iter().any(|word| name.contains(word))
        };
        if joint
            && let [first, second] = payee[..]
            && bank(&first) != bank(&second)
        {
            let lender = if bank(&first) { first } else { second };
            payer.push(lender);
            payee.retain(|who| *who != lender);
        }
    }

    /// The other of the two that agreed, while that is fresh.
    pub(crate) fn partner_of(&self, who: usize, sentence: usize) -> Option<usize> {
        let (own, other, said) = self.partners?;
        if said + REMEMBERED < sentence {
            return None;
        }
        match who {
            _ if who == own => Some(other),
            _ if who == other => Some(own),
            _ => None,
        }
    }
}

impl Teller<'_> {
    /// `X will receive warrants to buy 4 million Y shares`: Y hands them to X; no sum is told.
    pub(crate) fn tell_warrants(&mut self, line: &Line, sentence: usize) -> bool {
        let warrant = line
            .tokens
            .iter()
            .position(|token| token.hit().is_some_and(|hit| hit.is(Class::Noun) == Some("warrant")));
        let Some(warrant) = warrant else { return false };
        // `4 million Y shares`: Y is no token of the sentence, since it only says whose they are.
        let mentions = &self.memory.mentions;
        let first = mentions.partition_point(|mention| mention.span.start < line.tokens[warrant].end);
        let end = self.page.sentences[sentence].span.end;
        let issuer =
            mentions[first..].iter().take_while(|mention| mention.span.end <= end).find_map(|mention| {
                let end = mention.span.end;
                let after = self.page.folded(&(end..(end + 8).min(self.page.fold.len())));
                let owned = after.starts_with(" shares") || after.starts_with(" stock");
                owned.then(|| self.memory.party(mention.entity))
            });
        let holder = (0..warrant).find(|at| line.tokens[*at].is_party() && line.marker[*at] == Marker::Bare);
        let (Some(issuer), Some(holder)) = (issuer, holder) else { return false };
        let holder = self.entities(line, &[holder], Some(issuer));
        if holder.is_empty() {
            return false;
        }
        let found = self.status(line, None);
        let status = standing(&found);
        let trigger = Trigger { at: warrant, class: Class::Give, value: "issue", noun: true };
        self.deals.push(Deal {
            payer: vec![issuer],
            payee: holder,
            instrument: "warrant",
            figure: None,
            date: self.date(line, &trigger, status),
            status,
            condition: None,
            sentence,
            confidence: 75,
            decided_by: "verb and preposition",
        });
        true
    }
}

/// Words between `that` and its verb which name nobody.
const AUXILIARY: [&str; 22] = [
    "that", "has", "have", "had", "will", "would", "could", "may", "might", "can", "is", "are", "was",
    "were", "been", "be", "also", "already", "now", "not", "soon", "then",
];

impl Line<'_> {
    /// `estimates that equipment makers have lent 5 bn`: those who act are no name of the text.
    pub(crate) fn has_unknown_subject(&self, trigger: &Trigger) -> bool {
        if !self.is_english() || trigger.noun || self.is_passive(trigger) {
            return false;
        }
        let Some(mark) = (0..trigger.at).rev().find(|at| matches!(self.tokens[*at].kind, Kind::Mark('|')))
        else {
            return false;
        };
        let told = self.tokens[..mark]
            .iter()
            .rev()
            .take(2)
            .any(|token| token.hit().is_some_and(|hit| hit.is(Class::Say).is_some()));
        let party = self.tokens[mark..trigger.at]
            .iter()
            .any(|token| matches!(token.kind, Kind::Name(_) | Kind::Pron(_)));
        let text = self.page.folded(&(self.tokens[mark].end..self.tokens[trigger.at].start));
        told && !party
            && text.starts_with("that ")
            && text.split_whitespace().any(|word| !AUXILIARY.contains(&word) && !word.ends_with("ly"))
    }

    /// `pay with a 5 bn loan from X`: what is told is the loan.
    pub(crate) fn borrows_to_pay(&self, trigger: &Trigger, figure: usize) -> bool {
        let loan = |at: &usize| self.tokens[*at].hit().is_some_and(|hit| hit.is(Class::Noun) == Some("loan"));
        let end = self.tokens.len();
        let noun = (figure + 1..end.min(figure + 3)).find(loan);
        self.is_english()
            && (trigger.class, trigger.value) == (Class::Give, "pay")
            && noun.is_some_and(|noun| {
                (noun + 1..end.min(noun + 4))
                    .any(|at| self.tokens[at].is_party() && self.marker[at] == Marker::From)
            })
    }

    /// `a contract for X`.
    pub(crate) fn is_led_by_for(&self, at: usize) -> bool {
        let start = self.tokens[at].start;
        self.page.folded(&(start.saturating_sub(5)..start)) == " for "
    }

    /// `buy X from Y`: somebody after the thing is paid for it.
    pub(crate) fn has_seller(&self, trigger: &Trigger, thing: usize) -> bool {
        self.is_english()
            && (thing + 1..self.tokens.len()).any(|i| {
                self.tokens[i].is_party()
                    && self.marker[i] == Marker::From
                    && self.clause[i] == self.clause[trigger.at]
            })
    }
}
