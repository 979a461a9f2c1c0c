//! The instrument of a frame: that of its verb, or of the noun nearest to the number.

use crate::frame::{Line, Trigger};
use crate::lexicon::Class;
use crate::page::Script;

impl Line<'_> {
    /// The instrument: that of the verb, or of the noun nearest to the number.
    pub(crate) fn instrument(&self, trigger: &Trigger, figure: Option<usize>) -> &'static str {
        let anchor = figure.unwrap_or(trigger.at);
        let mut nouns: Vec<(usize, &'static str)> = self
            .tokens
            .iter()
            .enumerate()
            .filter_map(|(at, token)| {
                let noun = token.hit()?.is(Class::Noun)?;
                let cost =
                    self.cost(at, anchor) + if at < anchor && self.script == Script::Latin { 25 } else { 0 };
                (cost < 130).then_some((cost, noun))
            })
            .collect();
        nouns.sort();
        let has = |wanted: &[&str]| nouns.iter().map(|(_, noun)| *noun).find(|noun| wanted.contains(noun));
        let debt = ["loan", "bond", "vendor_loan"];
        let licence = ["license_upfront", "license_milestone", "royalty"];
        match (trigger.class, trigger.value) {
            (_, value) if trigger.noun && value != "license" && value != "goods" => value,
            (_, "guarantee") => "guarantee",
            (Class::Sell, "lease") | (Class::Buy, "lease") => "lease",
            (Class::Buy, "acquisition") => {
                if has(&["equity"]).is_some() {
                    "equity"
                } else {
                    "acquisition"
                }
            }
            (Class::Give, "equity") => {
                has(&debt).or(has(&licence)).filter(|_| has(&["equity"]).is_none()).unwrap_or("equity")
            }
            (Class::Give, "loan") => has(&["vendor_loan", "bond"]).unwrap_or("loan"),
            (Class::Give, "issue") => has(&["warrant"]).unwrap_or("equity_grant"),
            (Class::Give, "distribution") => "distribution",
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
            _ => general(&nouns, trigger, self.script == Script::Latin),
        }
    }

    /// A verb that says nothing of the instrument with a noun that flips it: `provide financing` is to lend.
    pub(crate) fn flips(&self, trigger: &Trigger, figure: usize) -> bool {
        if trigger.class != Class::Sell || trigger.value != "goods" {
            return false;
        }
        let form = self.page.folded(&(self.tokens[trigger.at].start..self.tokens[trigger.at].end));
        let gives = form.starts_with("provid")
            || form.contains("提供")
            || form.contains("供给")
            || form.starts_with("fourni")
            || form == "bereitstell"
            || form.starts_with("제공");
        let money = self.tokens.iter().enumerate().any(|(at, token)| {
            let noun = token.hit().and_then(|hit| hit.is(Class::Noun));
            noun.is_some_and(|noun| ["loan", "vendor_loan", "equity", "guarantee", "grant"].contains(&noun))
                && self.cost(at, figure) < 120
        });
        gives && money
    }
}

fn general(nouns: &[(usize, &'static str)], trigger: &Trigger, latin: bool) -> &'static str {
    let plain = nouns.first().is_some_and(|(_, noun)| *noun == "goods");
    for (_, noun) in nouns {
        match *noun {
            "loan" | "bond" | "equity" | "acquisition" | "warrant" | "guarantee" if plain => {}
            "services" => return "cloud_services",
            "goods" | "license" => {}
            "equity" if latin && trigger.class == Class::Get && trigger.value == "pay" => {
                return "equity_grant";
            }
            other => return other,
        }
    }
    let licensed = nouns.iter().any(|(_, noun)| *noun == "license");
    if licensed { "license_upfront" } else { "goods_purchase" }
}
