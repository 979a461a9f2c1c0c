//! The headline answers.

use abilene::{Headline, ReportAnswer};
use maud::{Markup, html};

use crate::parts::{fold, legs};

pub fn headlines(report: &ReportAnswer) -> Markup {
    html! {
        div.cards { @for headline in &report.headlines { (card(headline, &report.unit)) } }
        @if !report.loops.findings.is_empty() {
            h3 { "What in these numbers does not fit" }
            ul { @for finding in &report.loops.findings { li { (finding) } } }
        }
        h3 { "How firm the ground is" }
        ul { @for doubt in &report.evidence.doubts { li { (doubt.count) " of " (doubt.of) " " (doubt.what) } } }
    }
}

fn card(headline: &Headline, unit: &str) -> Markup {
    html! {
        article.card id={ "answer-" (headline.id) } {
            h3 { (headline.question) }
            p.big { (headline.number) }
            @if !headline.beside.is_empty() { p.beside { (headline.beside) } }
            p { (headline.sentence) }
            p.caution { (headline.caution) }
            @if !headline.legs.is_empty() {
                (fold(&format!("The {} legs behind it", headline.legs.len()), &legs(&headline.legs, unit)))
            }
        }
    }
}
