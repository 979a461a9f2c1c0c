//! Both sides of the argument.

use abilene::{ClaimItem, ReportAnswer};
use maud::{Markup, html};

use crate::parts::date;

pub fn argument(report: &ReportAnswer) -> Markup {
    html! {
        p { "What was said, by whom, when. Bridge: it supports that demand will pay for the build-out. Trap: it doubts that." }
        @for topic in &report.argument {
            h3 { (topic.topic) }
            div.sides {
                @for (stance, name) in [("bridge", "Bridge"), ("trap", "Trap"), ("neutral", "Neither")] {
                    @let side: Vec<&ClaimItem> = topic.claims.iter().filter(|claim| claim.stance == stance).collect();
                    @if !side.is_empty() {
                        div class={ "side " (stance) } { h4 { (name) } ul { @for claim in side { (one(claim)) } } }
                    }
                }
            }
        }
    }
}

fn one(claim: &ClaimItem) -> Markup {
    html! {
        li id={ "claim-" (claim.id) } {
            strong { (claim.value) } " " (claim.metric) ", " (claim.subject)
            @if let Some(period) = &claim.period { " (" (period) ")" }
            @if !claim.who.is_empty() { " – " (claim.who) }
            ", " (date(claim.date))
            @if let Some(reason) = &claim.date_assumed { " " mark.assumed title=(reason) { "date assumed" } }
            @if claim.sources.is_empty() { " " mark.unsourced { "unsourced" } }
            @for cite in &claim.sources { " " a.cite href={ "#source-" (cite.source) } { (cite.publisher) } }
            @if let Some(note) = &claim.note { br; span.meta { (note) } }
        }
    }
}
