//! The instrument of a frame: that of its verb, or of the noun nearest to the number.

use crate::frame::{Line, Trigger};
use crate::lexicon::Class;
use crate::page::Script;
use crate::token::Marker;

/// A business, or a share of one.
const BUSINESS: [&str; 23] = [
    "sparte",
    "tochter",
    "anteil",
    "prozent",
    "beteiligung",
    "geschäft",
    "filiale",
    "activité",
    "division",
    "participation",
    "parts ",
    "du capital",
    "事業",
    "子会社",
    "株式",
    "権益",
    "持ち分",
    "部門",
    "사업부",
    "지분",
    "자회사",
    "계열사",
    "사업을",
];

impl Line<'_> {
    /// The instrument: that of the verb, or of the noun nearest to the number.
    pub(crate) fn instrument(&self, trigger: &Trigger, figure: Option<usize>) -> &'static str {
        let anchor = figure.unwrap_or(trigger.at);
        let nouns = self.nouns_near(trigger, anchor);
        let has = |wanted: &[&str]| nouns.iter().map(|(_, noun)| *noun).find(|noun| wanted.contains(noun));
        let debt = ["loan", "bond", "vendor_loan"];
        let licence = ["license_upfront", "license_milestone", "royalty"];
        match (trigger.class, trigger.value) {
            (_, "services") if trigger.noun => "cloud_services",
            (Class::Get, "pay") if self.is_round(trigger) && has(&debt).is_none() => "equity",
            (Class::Sell | Class::Buy, "goods") if self.is_site(trigger, anchor) => "acquisition",
            (_, value) if trigger.noun && value != "license" && value != "goods" => value,
            (Class::Give, "pay") if self.tongue.western() && self.is_takeover(trigger) => "acquisition",
            (_, "guarantee") => "guarantee",
            (Class::Sell, "lease") | (Class::Buy, "lease") => "lease",
            (Class::Buy, "acquisition") => {
                let bond = has(&["bond"]).filter(|_| self.is_verb_last());
                bond.or(has(&["equity"])).unwrap_or("acquisition")
            }
            (Class::Give, "equity") => {
                has(&debt).or(has(&licence)).filter(|_| has(&["equity"]).is_none()).unwrap_or("equity")
            }
            (Class::Give, "loan") => has(&["vendor_loan", "bond"]).unwrap_or("loan"),
            (Class::Give, "issue") => has(&["warrant"]).unwrap_or("equity_grant"),
            (Class::Give, "distribution") => "distribution",
            (Class::Give, "grant") if self.is_chinese() && has(&["loan", "grant"]) == Some("loan") => "loan",
            (Class::Give, "grant") => "grant",
            (Class::Get, "equity") => has(&debt).unwrap_or("equity"),
            (Class::Get, "loan") => has(&["vendor_loan"]).unwrap_or("loan"),
            (Class::Get, "bond") => {
                if has(&["equity"]).is_some() && has(&["bond"]).is_none() {
                    "equity_grant"
                } else {
                    "bond"
                }
            }
            (Class::Get, "order") => has(&["lease", "grant", "services"]).unwrap_or("goods_purchase"),
            (_, "license") => has(&licence).unwrap_or("license_upfront"),
            (Class::Buy | Class::Sell, "goods")
                if !self.has_cases() && figure.is_some_and(|figure| self.is_business(trigger, figure)) =>
            {
                "acquisition"
            }
            (Class::Buy | Class::Sell | Class::Give, "goods")
                if self.has_cases() && self.of_business(trigger) =>
            {
                "acquisition"
            }
            _ => general(&nouns, trigger, self.script == Script::Latin),
        }
    }

    /// The nouns that carry an instrument, the nearest to a token first.
    fn nouns_near(&self, trigger: &Trigger, anchor: usize) -> Vec<(usize, &'static str)> {
        let mut nouns: Vec<(usize, &'static str)> = self
            .tokens
            .iter()
            .enumerate()
            .filter_map(|(at, token)| {
                let noun = token.hit()?.is(Class::Noun).filter(|_| !self.is_head(at))?;
                let cost =
                    self.cost(at, anchor) + if at < anchor && self.script == Script::Latin { 25 } else { 0 };
                // What stands between the verb and the number says most.
                let within = at > trigger.at.min(anchor) && at < trigger.at.max(anchor);
                let cost = if within && self.script == Script::Latin { cost / 2 } else { cost };
                (cost < 130).then_some((cost, noun))
            })
            .filter_map(|(cost, noun)| self.prepaid(noun).map(|noun| (cost, noun)))
            .collect();
        nouns.sort();
        nouns
    }

    /// `sell its milling business to X`, `buy X for 5 bn`: a company or a part of one changes hands.
    fn is_business(&self, trigger: &Trigger, figure: usize) -> bool {
        if self.script != Script::Latin || trigger.at > figure {
            return false;
        }
        let text = self.page.folded(&(self.tokens[trigger.at].end..self.tokens[figure].start));
        let parts = [
            "business",
            "unit",
            "division",
            "subsidiary",
            "operations",
            "arm",
            "stake",
            "brand",
            "majority",
            "portfolio",
        ];
        let named = self.tokens.get(trigger.at + 1).is_some_and(|next| {
            next.is_party()
                && next.start <= self.tokens[trigger.at].end + 1
                && self.marker[trigger.at + 1] == Marker::Bare
        });
        text.split(|c: char| !c.is_alphabetic()).any(|word| parts.contains(&word))
            || named && trigger.class == Class::Buy && text.trim_end().ends_with("for")
    }

    /// `provide X with a prepayment of 5 bn`: what is provided is cash.
    pub(crate) fn prepays(&self, trigger: &Trigger, figure: usize) -> bool {
        let around = self.tokens[figure].start.saturating_sub(24)
            ..(self.tokens[figure].end + 24).min(self.page.fold.len());
        let text = self.page.folded(&around);
        (trigger.class, trigger.value) == (Class::Sell, "goods")
            && ["prepayment", "advance payment", "down payment", "upfront payment"]
                .iter()
                .any(|word| text.contains(word))
    }

    /// `übernimmt 49 Prozent und zahlt dafür`: the payment is for what another verb buys.
    fn is_takeover(&self, trigger: &Trigger) -> bool {
        self.of_business(trigger)
            && self.tokens.iter().enumerate().any(|(at, token)| {
                self.clause[at] == self.clause[trigger.at]
                    && token.hit().is_some_and(|hit| hit.is(Class::Buy) == Some("acquisition"))
            })
    }

    /// What is sold is a business or a share of one.
    fn of_business(&self, trigger: &Trigger) -> bool {
        let near: Vec<&crate::token::Token> = (0..self.tokens.len())
            .filter(|at| self.clause[*at] == self.clause[trigger.at])
            .map(|at| &self.tokens[at])
            .collect();
        let (Some(first), Some(last)) = (near.first(), near.last()) else { return false };
        let text = self.page.folded(&(first.start..last.end));
        BUSINESS.iter().any(|word| text.contains(word))
    }

    /// A verb that says nothing of the instrument with a noun that flips it: `provide financing` is to lend.
    pub(crate) fn flips(&self, trigger: &Trigger, figure: usize) -> bool {
        let granted = self.is_chinese() && trigger.value == "license";
        if trigger.class != Class::Sell || trigger.value != "goods" && !granted {
            return false;
        }
        let form = self.page.folded(&(self.tokens[trigger.at].start..self.tokens[trigger.at].end));
        let gives = form.starts_with("provid")
            || granted && form.starts_with('授')
            || form.contains("提供")
            || form.contains("供给")
            || form.starts_with("fourni")
            || form == "bereitstell"
            || form.starts_with("제공");
        let money = self.tokens.iter().enumerate().any(|(at, token)| {
            let noun = token.hit().and_then(|hit| hit.is(Class::Noun));
            noun.is_some_and(|noun| {
                ["loan", "vendor_loan", "bond", "equity", "guarantee", "grant"].contains(&noun)
            }) && !(granted && token.hit().is_some_and(|hit| hit.is(Class::Noun) != Some("loan")))
                && self.cost(at, figure) < 120
        });
        gives && (money || self.is_cash(trigger, figure))
    }

    /// `provide 5 bn to fund`: the sum itself is what is provided.
    fn is_cash(&self, trigger: &Trigger, figure: usize) -> bool {
        if self.script != Script::Latin || trigger.at > figure {
            return false;
        }
        let gap = self.page.folded(&(self.tokens[trigger.at].end..self.tokens[figure].start));
        let end = self.tokens[figure].end;
        let after = self.page.folded(&(end..(end + 8).min(self.page.fold.len())));
        gap.split_whitespace().count() <= 3 && !after.starts_with(" of ") && !after.starts_with(" worth")
    }
}

fn general(nouns: &[(usize, &'static str)], trigger: &Trigger, latin: bool) -> &'static str {
    let plain = nouns.first().is_some_and(|(_, noun)| *noun == "goods");
    for (_, noun) in nouns {
        match *noun {
            "loan" | "bond" | "equity" | "acquisition" | "warrant" | "guarantee" if plain => {}
            "services" => return "cloud_services",
            "goods" | "license" => {}
            // `bought ten jets in a sale and leaseback`: the sum is the price.
            "lease" if latin && matches!(trigger.class, Class::Buy | Class::Sell) => {}
            "equity" if latin && trigger.class == Class::Get && trigger.value == "pay" => {
                return "equity_grant";
            }
            other => return other,
        }
    }
    let licensed = nouns.iter().any(|(_, noun)| *noun == "license");
    if licensed { "license_upfront" } else { "goods_purchase" }
}
