//! The two sides of a frame: what the sentence says, then what fills a gap, each at a price in confidence.

use crate::deals::Teller;
use crate::frame::{Line, Side, Trigger, family};
use crate::lexicon::Class;
use crate::page::Script;
use crate::standing::closes;
use crate::token::{Kind, Marker};

/// Who pays, who is paid, how sure, and what decided it.
#[derive(Debug)]
pub(crate) struct Sides {
    pub(crate) payer: Vec<usize>,
    pub(crate) payee: Vec<usize>,
    pub(crate) confidence: i32,
    pub(crate) decided: &'static str,
}

/// A side is told by a word that stands for a name.
pub(crate) const BY_PRONOUN: &str = "a word that stands for a name";

/// A part of a deal told before, by its own sum.
const STAGES: [&str; 7] =
    ["option", "meilenstein", "d'étape", "マイルストーン", "마일스톤", "オプション", "옵션"];

impl Sides {
    pub(crate) fn lose(&mut self, confidence: i32, decided: &'static str) {
        self.confidence -= confidence;
        self.decided = decided;
    }

    /// The side that is missing.
    pub(crate) fn fill(&mut self, who: usize) {
        if self.payer.is_empty() {
            self.payer = vec![who];
        } else {
            self.payee = vec![who];
        }
    }

    /// One side is known and the other is not.
    pub(crate) fn is_half(&self) -> bool {
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
        self.mend_chinese(line, trigger, sentence, instrument, &mut sides);
        if line.is_joint(trigger) || line.is_chinese() && instrument == "bond" && trigger.class == Class::Get
        {
            return sides;
        }
        if sides.is_half() && self.beside(line, trigger, &mut sides.payer, &mut sides.payee, instrument) {
            sides.lose(15, "another verb of the sentence");
        }
        if instrument != "bond"
            && sides.is_half()
            && self.complete(&mut sides.payer, &mut sides.payee, instrument, sentence)
        {
            sides.lose(18, "pair named before");
        }
        self.pay_partner(line, (sentence, instrument), &mut sides);
        let open =
            sides.payee.is_empty() && !sides.payer.is_empty() && equity && trigger.class == Class::Give;
        if open
            && line.script != Script::Latin
            && closes(self.page, line, token)
            && let Some(topic) = self.first_named(line, trigger, &sides.payer)
            && self.is_hero(line, trigger, topic)
        {
            sides.payee = vec![topic];
            sides.lose(28, "subject of the sentence before");
        }
        self.take_partner(line, trigger, &mut sides);
        self.stage(line, sentence, &mut sides);
        self.pays_topic(line, trigger, sentence, &mut sides);
        self.fill_by_topic(line, trigger, sentence, &mut sides);
        sides
    }

    /// The company that the text is about, where the frame shows that one is left out.
    fn fill_by_topic(&self, line: &Line, trigger: &Trigger, sentence: usize, sides: &mut Sides) {
        let western = line.tongue.western();
        let gives = trigger.class == Class::Give && trigger.value != "pay" && !western;
        let agreed = trigger.class == Class::Sign
            && !western
            && line.of_debt(trigger)
            && !line.tokens[..trigger.at].iter().any(|token| token.is_party());
        let shown = gives
            || agreed
            || trigger.noun
            || line.is_passive(trigger)
            || trigger.class == Class::Sell && trigger.value == "lease";
        if line.script == Script::Latin && shown && !is_done_to(line, trigger) {
            let owing = western
                && trigger.noun
                && matches!(trigger.value, "loan" | "grant")
                && !sides.payer.is_empty();
            if owing && self.finances(line, sentence, sides) {
                return;
            }
            self.take_topic(sides, sentence, self.topic.filter(|_| owing));
        }
    }

    /// `X zahlt 5 Millionen`, after a sentence about Y: Y is paid, when nobody else is.
    fn pays_topic(&self, line: &Line, trigger: &Trigger, sentence: usize, sides: &mut Sides) {
        let pays = (trigger.class, trigger.value) == (Class::Give, "pay") && !trigger.noun;
        if !line.tongue.western() || !pays || sides.payer.is_empty() || !sides.payee.is_empty() {
            return;
        }
        let text = self.page.folded(&self.page.sentences[sentence].span);
        let other = [
            " an den ",
            " an die ",
            " an das ",
            " an ihre ",
            " an seine ",
            " à ",
            " au ",
            " aux ",
            "investi",
        ]
        .iter()
        .any(|word| text.contains(word));
        let before = sentence.checked_sub(1).map(|at| self.page.sentences[at].span.clone());
        let told = |who: usize| {
            self.memory.mentions.iter().any(|mention| {
                self.memory.party(mention.entity) == who
                    && before.as_ref().is_some_and(|span| span.contains(&mention.span.start))
            })
        };
        let free = |who: &usize| !sides.payer.contains(who) && !self.memory.entities[*who].many && told(*who);
        if let Some(seller) = self.seller(line, trigger).filter(|who| !sides.payer.contains(who)) {
            sides.payee = vec![seller];
            sides.lose(15, "another verb of the sentence");
            return;
        }
        let topic = self.topic.filter(|who| !other && free(who));
        let fresh = sides.payer.iter().all(|who| !told(*who));
        if let Some(topic) = topic.filter(|_| fresh) {
            sides.payee = vec![topic];
            sides.lose(30, "company that the text is about");
        }
    }

    /// `Y trennt sich von der Sparte, X zahlt 5 Millionen`: who sells, by another verb of the sentence.
    fn seller(&self, line: &Line, trigger: &Trigger) -> Option<usize> {
        line.tokens[..trigger.at].iter().enumerate().find_map(|(at, token)| {
            let value = token.hit()?.is(Class::Sell)?;
            let sale = Trigger { at, class: Class::Sell, value, noun: false };
            let found = line.party(&sale, None, Side::Payee)?;
            self.entities(line, &found, None).first().copied()
        })
    }

    /// `Finanziert wird die Anschaffung durch`: who buys is lent to.
    fn finances(&self, line: &Line, sentence: usize, sides: &mut Sides) -> bool {
        let text = self.page.folded(&self.page.sentences[sentence].span);
        let buys = [
            "bau ",
            "projekt",
            "construction",
            "projet",
            "anschaffung",
            "kauf",
            "übernahme",
            "bestellung",
            "achat",
            "rachat",
            "acquisition",
            "opération",
            "commande",
        ];
        let told = line.tongue.western()
            && text.contains("finan")
            && buys.iter().any(|word| text.contains(word))
            && sides.payee.is_empty();
        let near = |pair: &&crate::deals::Pair| told && pair.sentence + 4 > sentence;
        let buyer = self.pairs.last().filter(near).and_then(|pair| pair.payer.first().copied());
        let Some(buyer) = buyer.filter(|buyer| !sides.payer.contains(buyer)) else { return false };
        sides.fill(buyer);
        sides.lose(10, "pair named before");
        true
    }

    /// A tranche, an option, a milestone that names nobody: of the pair named last.
    fn stage(&self, line: &Line, sentence: usize, sides: &mut Sides) {
        let text = self.page.folded(&self.page.sentences[sentence].span);
        let staged = line.has_cases() && STAGES.iter().any(|word| text.contains(word));
        let told = ["tranche", "instalment", "installment", "the remainder", "the remaining", "the balance"]
            .iter()
            .any(|word| text.contains(word));
        let open = if told {
            sides.payer.is_empty() || sides.payee.is_empty()
        } else {
            sides.payer.is_empty() && sides.payee.is_empty()
        };
        let tranche = open && (staged || told);
        let near = |pair: &&crate::deals::Pair| tranche && (!staged || pair.sentence + 3 > sentence);
        let option = staged && text.contains("option");
        let pair =
            self.pairs.iter().rev().take(8).find(|pair| !option || family(pair.instrument) == "purchase");
        if let Some(pair) = pair.filter(near) {
            sides.payer.clone_from(&pair.payer);
            sides.payee.clone_from(&pair.payee);
            sides.lose(20, "pair named before");
        }
    }

    /// What the names around the verb say.
    fn stated(&self, line: &Line, trigger: &Trigger, token: usize) -> Sides {
        let confidence = match (trigger.class, trigger.noun) {
            (Class::Sign, _) => 72,
            (_, true) => 78,
            _ => 92,
        };
        let decided = if trigger.class == Class::Sign { "order of names" } else { "verb and preposition" };
        let [payers, payees] =
            [Side::Payer, Side::Payee].map(|side| line.party(trigger, Some(token), side).unwrap_or_default());
        let names = |found: &[usize]| found.iter().any(|at| matches!(line.tokens[*at].kind, Kind::Name(_)));
        // A name says who it is; what stands for a name is somebody else.
        let (mut payer, mut payee);
        if names(&payees) && !names(&payers) {
            payee = self.entities(line, &payees, None);
            payer = self.entities(line, &payers, payee.first().copied());
        } else {
            payer = self.entities(line, &payers, None);
            payee = self.entities(line, &payees, payer.first().copied());
        }
        if payee == payer && !payee.is_empty() {
            // 同社 for the other one of the two.
            payer = self.other.filter(|other| !payee.contains(other)).into_iter().collect();
        }
        payee.retain(|who| !payer.contains(who));
        self.part_bank(line, trigger, (&mut payer, &mut payee));
        let stands = |found: &[usize]| !found.is_empty() && !names(found);
        if line.script == Script::Latin && (stands(&payers) || stands(&payees)) {
            return Sides { payer, payee, confidence: confidence - 14, decided: BY_PRONOUN };
        }
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

    /// One side is stated and the other is nobody of the sentence: the company that the text is about.
    fn take_topic(&self, sides: &mut Sides, sentence: usize, else_topic: Option<usize>) {
        let bullet = self
            .page
            .chars
            .get(self.page.sentences[sentence].span.start)
            .is_some_and(|c| matches!(c, '-' | '•' | '·' | '*' | '–'));
        let hero = self.memory.protagonist().or(else_topic);
        // `to a smaller rival`: somebody is meant, and not named.
        let text = self.page.folded(&self.page.sentences[sentence].span);
        let unnamed = if sides.payee.is_empty() {
            [" to a ", " to an ", " to one ", " to several ", " to some ", " to other ", " to another "]
        } else {
            [" from a ", " from an ", " from one ", " by a ", " by an ", " from several ", " from some "]
        };
        if unnamed.iter().any(|word| text.contains(word)) {
            return;
        }
        let named = |who: &[usize]| who.iter().all(|who| !self.memory.entities[*who].many);
        if !named(&sides.payer) || !named(&sides.payee) {
            return;
        }
        let last = self.pairs.last().filter(|pair| pair.sentence == sentence && sides.payee.is_empty());
        let deal = [
            "the deal ",
            "the acquisition ",
            "the purchase ",
            "the transaction ",
            "the takeover ",
            "the order ",
        ];
        let financed = self.pairs.last().filter(|pair| {
            pair.sentence < sentence
                && pair.sentence + 3 > sentence
                && deal.iter().any(|word| text.starts_with(word))
        });
        let hero = financed
            .and_then(|pair| pair.payer.first().copied())
            .filter(|who| !sides.payer.contains(who))
            .or(hero);
        let hero = last
            .and_then(|pair| pair.payee.first().copied())
            .filter(|who| !sides.payer.contains(who))
            .or(hero);
        let Some(hero) =
            hero.filter(|hero| sides.is_half() && !sides.payer.contains(hero) && !sides.payee.contains(hero))
        else {
            return;
        };
        // A loan whose lender is told: who borrows is the company that the sentence before is about.
        let owes = else_topic == Some(hero);
        sides.fill(hero);
        // A bare item of an announcement's list is told of the one that announces.
        let price = match (bullet, owes) {
            (true, _) => 16,
            (_, true) => 22,
            _ => 30,
        };
        sides.lose(price, "company that the text is about");
    }

    /// Where the sentence does not say who pays whom outright, a pair named just before keeps its direction.
    pub(crate) fn as_before(
        &self,
        decided: &str,
        (payer, payee): (Vec<usize>, Vec<usize>),
        instrument: &str,
        sentence: usize,
    ) -> (Vec<usize>, Vec<usize>) {
        let weak = matches!(
            decided,
            "order of names" | "another verb of the sentence" | "company that the text is about"
        );
        let turned = self.pairs.iter().rev().take(4).any(|pair| {
            pair.sentence + 3 > sentence
                && family(pair.instrument) == family(instrument)
                && pair.payer == payee
                && pair.payee == payer
        });
        if weak && turned { (payee, payer) } else { (payer, payee) }
    }

    /// A verb without a subject takes the topic.
    fn take_subject(&self, line: &Line, trigger: &Trigger, sides: &mut Sides) {
        let pays = matches!(trigger.class, Class::Give | Class::Buy | Class::Sign);
        let (own, other) =
            if pays { (&mut sides.payer, &sides.payee) } else { (&mut sides.payee, &sides.payer) };
        let borrowed = line.is_verb_last() && trigger.value == "loan" && trigger.class == Class::Get;
        if !own.is_empty() || trigger.noun && !borrowed {
            return;
        }
        let passive = line.is_passive(trigger);
        let done_to = is_done_to(line, trigger);
        // `X had been awarded`: by whom, nobody says. `Ships were sold`: by whom the text is about.
        let subject = match (passive, done_to) {
            (true, true) => None,
            (true, false) => self.memory.protagonist(),
            _ => self.subject(line, trigger),
        };
        if let Some(topic) = subject.filter(|topic| !other.contains(topic)) {
            *own = vec![topic];
            sides.lose(20, "subject of the sentence before");
        }
    }
}

/// Whether the subject of a passive is somebody: `X had been awarded`.
fn is_done_to(line: &Line, trigger: &Trigger) -> bool {
    let here = |at: usize| line.marker[at] == Marker::Bare && line.clause[at] == line.clause[trigger.at];
    line.is_passive(trigger)
        && line.tokens[..trigger.at].iter().enumerate().any(|(at, token)| token.is_party() && here(at))
}
