//! Which verb or noun of a sentence governs a number.

use crate::frame::{Line, Side, Trigger, verb};
use crate::lexicon::{Class, Tongue};
use crate::page::Script;
use crate::token::{Kind, Marker, Token};

/// What a side that the frame does not find costs, in characters of distance.
const MISSING: usize = 45;

impl Line<'_> {
    /// The verb that governs a number; else the noun.
    pub fn trigger(&self, figure: usize) -> Option<Trigger> {
        let verbs = self.tokens.iter().enumerate().filter_map(|(at, token)| {
            let (class, value) = verb(token.hit()?)?;
            let mut cost = self.cost(at, figure);
            let after = at > figure;
            if self.tongue.western() {
                return Some((
                    self.western_cost(at, figure, class),
                    Trigger { at, class, value, noun: false },
                ));
            }
            cost += match (class, after, self.is_verb_last()) {
                (_, true, false)
                    if self.clause[at] != self.clause[figure] && !self.is_relative(figure, at) =>
                {
                    220
                }
                (_, true, false) => 45,
                (_, false, true) => 60,
                _ => 0,
            };
            cost += if self.is_superseded(at, figure) { 120 } else { 0 };
            cost += if after && self.is_joined(figure, at) { 40 } else { 0 };
            cost += if value == "loan" && self.is_purpose(at) { 60 } else { 0 };
            cost += if self.is_provided(at) { 120 } else { 0 };
            cost += if self.has_thing(at) { 120 } else { 0 };
            cost += if class == Class::Sign { 60 } else { 0 };
            cost += if value == "pay" && class == Class::Get { 5 } else { 0 };
            Some((cost, Trigger { at, class, value, noun: false }))
        });
        let nouns =
            self.tokens.iter().enumerate().filter(|_| self.tongue.western()).filter_map(|(at, token)| {
                let value = token.hit()?.is(Class::Noun)?;
                let cost = self.western_cost(at, figure, Class::Give) + 25;
                Some((cost, Trigger { at, class: Class::Give, value, noun: true }))
            });
        let best = verbs
            .chain(nouns)
            .filter(|(cost, _)| *cost < 240)
            .map(|(cost, trigger)| {
                let trigger = self.refined(trigger, figure);
                (cost + MISSING * self.missing(&trigger, figure), trigger)
            })
            .min_by_key(|(cost, _)| *cost)
            .map(|(_, trigger)| trigger);
        best.or_else(|| self.noun_trigger(figure))
    }

    /// `a deal with X to fund a plant`: the verb tells what for.
    fn is_purpose(&self, at: usize) -> bool {
        let start = self.tokens[at].start;
        let back = self.page.folded(&(start.saturating_sub(24)..start));
        let Some(before) = back.strip_suffix(" to ") else { return false };
        let word = before.rsplit(' ').next().unwrap_or_default();
        let modal = [
            "agreed",
            "plans",
            "planned",
            "intends",
            "expected",
            "set",
            "due",
            "wants",
            "committed",
            "decided",
            "is",
            "are",
            "was",
            "offered",
            "promised",
            "pledged",
            "continue",
            "continues",
            "agree",
            "ready",
            "willing",
        ];
        !modal.contains(&word)
    }

    /// `a 5 bn loan that X had promised`: the verb of a clause that says more about the number's noun.
    fn is_relative(&self, figure: usize, at: usize) -> bool {
        let marks: Vec<char> = self.tokens[figure + 1..at]
            .iter()
            .filter_map(|token| if let Kind::Mark(mark) = token.kind { Some(mark) } else { None })
            .collect();
        let noun = self
            .tokens
            .get(figure + 1)
            .and_then(|next| next.hit())
            .is_some_and(|hit| hit.is(Class::Noun).is_some());
        // `a contract, valued at 5 bn, that X awarded`: the number is said in passing.
        let open = (0..figure).rev().find(|i| matches!(self.tokens[*i].kind, Kind::Mark(_)));
        let passing = open.is_some_and(|i| {
            i > 0
                && self.clause[i] == self.clause[figure]
                && self.tokens[i - 1].hit().is_some_and(|hit| hit.is(Class::Noun).is_some())
        });
        noun && marks == ['|'] || passing && marks == [',', '|']
    }

    /// `提供借款`: the loan is a noun after the verb that gives it.
    fn is_provided(&self, at: usize) -> bool {
        let noun = |token: &Token| token.hit().is_some_and(|hit| hit.is(Class::Noun) == Some("loan"));
        self.script != Script::Latin
            && noun(&self.tokens[at])
            && (at.saturating_sub(4)..at).any(|i| {
                self.clause[i] == self.clause[at]
                    && self.page.folded(&(self.tokens[i].start..self.tokens[i].end)).ends_with("提供")
            })
    }

    /// `a contract that will bring in 5 bn`: the subject of the verb is a thing.
    fn has_thing(&self, at: usize) -> bool {
        let Some(mark) = (0..at)
            .rev()
            .find(|i| matches!(self.tokens[*i].kind, Kind::Mark(_)) || self.tokens[*i].is_party())
        else {
            return false;
        };
        let noun = |token: &Token| {
            token.hit().is_some_and(|hit| hit.is(Class::Noun).is_some())
                || matches!(token.kind, Kind::Name(_))
        };
        let before = self.tokens[..mark].iter().rev().take(3).any(noun);
        let which = self.tokens.get(mark + 1).is_some_and(|next| matches!(next.kind, Kind::Pron("which")));
        matches!(self.tokens[mark].kind, Kind::Mark('|')) && !which && before && !self.is_passive_at(at)
    }

    fn is_passive_at(&self, at: usize) -> bool {
        let Some((class, value)) = self.tokens[at].hit().and_then(verb) else { return false };
        self.is_passive(&Trigger { at, class, value, noun: false })
    }

    /// What a German or French verb costs: its bracket may close at the end of the clause.
    fn western_cost(&self, at: usize, figure: usize, class: Class) -> usize {
        let clauses = self.clause[at].abs_diff(self.clause[figure]);
        let after = at > figure && self.tongue == Tongue::French;
        let between = self.tokens[at.min(figure) + 1..at.max(figure)]
            .iter()
            .filter(|token| matches!(token.kind, Kind::Figure(_)) && token.end > token.start + 4)
            .count();
        self.cost(at, figure) / 2
            + 40 * clauses
            + 60 * usize::from(after && clauses > 0 && !self.is_inserted(at, figure))
            + 20 * usize::from(after)
            + 30 * between
            + 30 * usize::from(class == Class::Sign)
    }

    /// `Le contrat, d'un montant de 5 millions, a été attribué`: the number is told in between.
    fn is_inserted(&self, at: usize, figure: usize) -> bool {
        self.clause[at] == self.clause[figure] + 1 && self.is_passive_at(at)
    }

    /// `… for 5 bn and lease them`: another verb begins after the number.
    fn is_joined(&self, figure: usize, at: usize) -> bool {
        self.script == Script::Latin
            && self.tokens.get(figure + 1).is_some_and(|next| {
                figure + 1 < at && next.hit().is_some_and(|hit| hit.is(Class::List).is_some())
                    || self
                        .page
                        .folded(&(self.tokens[figure].end..next.start.max(self.tokens[figure].end)))
                        .starts_with(" and ")
            })
    }

    /// How many of the two sides this frame does not find in the sentence.
    fn missing(&self, trigger: &Trigger, figure: usize) -> usize {
        let sides = [Side::Payer, Side::Payee].map(|side| self.party(trigger, Some(figure), side));
        let same = sides[0].is_some() && sides[0] == sides[1];
        sides.iter().filter(|side| side.is_none()).count() + usize::from(same)
    }

    /// `spend 30 bn to buy`: the purchase says more than the payment. `sign a contract to supply`: so does the supply.
    fn refined(&self, trigger: Trigger, figure: usize) -> Trigger {
        let near = |at: usize| {
            self.clause[at].abs_diff(self.clause[figure]) <= usize::from(trigger.class == Class::Sign)
        };
        let trigger = self.acted(trigger);
        if self.tongue.western() && self.is_paid_for(&trigger, figure) {
            return Trigger { class: Class::Buy, value: "goods", ..trigger };
        }
        let other = self.money_of(&trigger, figure).or_else(|| self.raised(&trigger, figure));
        let other = other.or_else(|| self.turned(&trigger, figure)).or_else(|| self.received(&trigger));
        if let Some(other) = other {
            return other;
        }
        if let Some(noun) = self.given(&trigger, figure) {
            return Trigger { class: Class::Give, value: noun, ..trigger };
        }
        if self.is_granted(&trigger) {
            return Trigger { at: trigger.at - 1, class: Class::Get, value: "pay", ..trigger };
        }
        if self.is_stake(&trigger) || self.is_got_for(&trigger, figure) {
            return Trigger { class: Class::Buy, value: "acquisition", ..trigger };
        }
        if self.is_taken_in(&trigger) || self.is_right(&trigger) {
            return Trigger { class: Class::Buy, value: "license", ..trigger };
        }
        if trigger.value == "lease" && self.is_let(&trigger) {
            return Trigger { class: Class::Sell, ..trigger };
        }
        let form = self.page.folded(&(self.tokens[trigger.at].start..self.tokens[trigger.at].end));
        let paying = form == "paying";
        let weak = trigger.class == Class::Sign || trigger.value == "pay" && trigger.class == Class::Give;
        if !weak || self.is_chinese() && trigger.class == Class::Sign && self.of_debt(&trigger) {
            return trigger;
        }
        let others = self
            .tokens
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != trigger.at && (near(*at) || paying))
            .filter_map(|(at, token)| {
                let (class, value) = verb(token.hit()?)?;
                let fits = match trigger.class {
                    Class::Sign => class != Class::Sign && !(class == Class::Give && value == "pay"),
                    _ => class == Class::Buy && (at > figure || paying),
                };
                let other = Trigger { at, class, value, noun: false };
                let whole = !self.tongue.western() || self.missing(&other, figure) == 0;
                (fits && whole).then_some(other)
            });
        others
            .min_by_key(|other| self.cost(other.at, figure))
            .filter(|other| self.cost(other.at, figure) < 160)
            .unwrap_or(trigger)
    }

    /// A verb as its sentence means it, where no number is asked for: `licensing rights from X` takes them in.
    pub(crate) fn acted(&self, trigger: Trigger) -> Trigger {
        let tied = |wanted: Marker| self.is_tied_after(&trigger, wanted);
        let english = self.is_english();
        // `offered X a guarantee`: given to X; `offered notes`: sold.
        let form = self.page.folded(&(self.tokens[trigger.at].start..self.tokens[trigger.at].end));
        let object = self.tokens.get(trigger.at + 1).is_some_and(Token::is_party);
        if english && form == "offered" && object {
            return Trigger { class: Class::Give, value: "pay", ..trigger };
        }
        if !english || !tied(Marker::From) {
            return trigger;
        }
        match (trigger.class, trigger.value) {
            (Class::Sell, "license") => Trigger { class: Class::Buy, ..trigger },
            // `arranged a loan from X`: who arranges it borrows.
            (Class::Give, "loan")
                if self.of_debt(&trigger) && !tied(Marker::To) && !self.is_passive(&trigger) =>
            {
                Trigger { class: Class::Get, ..trigger }
            }
            _ => trigger,
        }
    }

    /// `grant X 5 bn`: what is granted is money. `pay with a loan from X`: what is told is the loan.
    fn money_of(&self, trigger: &Trigger, figure: usize) -> Option<Trigger> {
        let taker = self.tokens.get(trigger.at + 1).is_some_and(Token::is_party);
        let sum = taker && trigger.at + 2 == figure && !self.has_cases();
        if sum && (trigger.class, trigger.value) == (Class::Sell, "license") {
            return Some(Trigger { class: Class::Give, value: "grant", ..*trigger });
        }
        let lent = self.borrows_to_pay(trigger, figure);
        lent.then_some(Trigger { class: Class::Get, value: "loan", ..*trigger })
    }

    /// `finalised a 5 bn grant to X`: the noun says that its receiver is paid.
    fn given(&self, trigger: &Trigger, figure: usize) -> Option<&'static str> {
        if trigger.class != Class::Sign || self.script != Script::Latin {
            return None;
        }
        let after = self.tokens.iter().enumerate().skip(figure + 1).take(3);
        let (at, noun) = after
            .filter_map(|(at, token)| Some((at, token.hit()?.is(Class::Noun)?)))
            .find(|(_, noun)| matches!(*noun, "grant" | "loan" | "vendor_loan" | "guarantee"))?;
        let to = (at + 1..self.tokens.len().min(at + 4))
            .any(|i| self.tokens[i].is_party() && self.marker[i] == Marker::To);
        to.then_some(noun)
    }

    /// `sichert sich für 5 Millionen die Rechte`: what is got is paid for.
    fn is_paid_for(&self, trigger: &Trigger, figure: usize) -> bool {
        if (trigger.class, trigger.value) != (Class::Get, "pay") {
            return false;
        }
        let start = self.tokens[figure].start;
        let back = self.page.folded(&(start.saturating_sub(24)..start));
        let words = ["für", "pour", "contre", "gegen", "moyennant"];
        let priced = back.split_whitespace().rev().take(4).any(|word| words.contains(&word));
        let thing =
            ["rechte", "lizenz", "licence", "droits", "anteil", "mehrheit", "participation", "beteiligung"];
        let range = self.tokens[0].start..self.tokens[self.tokens.len() - 1].end;
        let text = self.page.folded(&range);
        priced && thing.iter().any(|word| text.contains(word))
    }

    /// Whether the clause of a verb has a party tied so behind it.
    fn is_tied_after(&self, trigger: &Trigger, wanted: Marker) -> bool {
        (trigger.at..self.tokens.len()).any(|i| {
            self.tokens[i].is_party() && self.marker[i] == wanted && self.clause[i] == self.clause[trigger.at]
        })
    }

    /// `chartered to X`: the verb says that X takes it, not that its subject does.
    fn is_let(&self, trigger: &Trigger) -> bool {
        let tied = |wanted: Marker| self.is_tied_after(trigger, wanted);
        self.script == Script::Latin && tied(Marker::To) && !tied(Marker::From)
    }

    /// `5億円を調達`: money is raised; `部品を5億円で調達`: a thing is bought.
    fn raised(&self, trigger: &Trigger, figure: usize) -> Option<Trigger> {
        let token = &self.tokens[trigger.at];
        let form = self.page.text(&(token.start..token.end));
        if self.script != Script::Japanese || !form.starts_with("調達") {
            return None;
        }
        let after = self
            .page
            .text(&(self.tokens[figure].end..(self.tokens[figure].end + 1).min(self.page.chars.len())));
        let money = after == "を" || after == "の";
        let class = if money { Class::Get } else { Class::Buy };
        Some(Trigger { class, value: if money { "equity" } else { "goods" }, ..*trigger })
    }

    /// `甲获乙投资`: the subject is given what the second verb says; so the first one governs.
    fn received(&self, trigger: &Trigger) -> Option<Trigger> {
        let given = trigger.class == Class::Give && matches!(trigger.value, "equity" | "grant" | "loan")
            || trigger.class == Class::Buy && trigger.value == "services";
        if !given || self.script == Script::Latin {
            return None;
        }
        let at = (0..trigger.at)
            .rev()
            .find(|at| self.tokens[*at].hit().is_some_and(|hit| hit.is(Class::Get) == Some("pay")))?;
        let between = (at + 1..trigger.at).any(|i| self.tokens[i].is_party());
        let same = self.clause[at] == self.clause[trigger.at];
        (between && same).then_some(Trigger { at, class: Class::Get, value: "pay", noun: false })
    }

    fn noun_trigger(&self, figure: usize) -> Option<Trigger> {
        let nouns = self
            .tokens
            .iter()
            .enumerate()
            .filter_map(|(at, token)| Some((self.cost(at, figure), at, token.hit()?.is(Class::Noun)?)));
        let (_, at, value) = nouns.filter(|(cost, ..)| *cost < 160).min_by_key(|(cost, ..)| *cost)?;
        let tied = |wanted: Marker| {
            (0..self.tokens.len()).any(|i| self.tokens[i].is_party() && self.marker[i] == wanted)
        };
        let latin = self.script == Script::Latin;
        let class = match value {
            "acquisition" if latin => Class::Buy,
            "goods" | "services" | "lease" | "acquisition" if tied(Marker::From) => Class::Get,
            "goods" | "services" | "lease" | "license" if tied(Marker::To) => Class::Sell,
            "goods" | "services" | "lease" | "license" | "acquisition" => Class::Sign,
            "loan" | "bond" | "vendor_loan"
                if (tied(Marker::With) || tied(Marker::From)) && !tied(Marker::To) =>
            {
                Class::Get
            }
            _ => Class::Give,
        };
        Some(Trigger { at, class, value, noun: true })
    }
}
