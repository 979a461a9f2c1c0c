//! The page as a whole.

use abilene::ReportAnswer;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::parts::{date, section};
use crate::{answers, argument, circles, cover, evidence, growth};

const STYLE: &str = include_str!("style.css");

/// The sections in reading order: anchor, name, content.
fn sections(report: &ReportAnswer) -> Vec<(&'static str, &'static str, Markup)> {
    vec![
        ("answer", "Answer", answers::headlines(report)),
        ("funding", "Who funds whom", circles::funding(report)),
        ("loops", "Loops", circles::loops(report)),
        ("circulation", "Circulation", circles::circulation(report)),
        ("round-trips", "Round trips", circles::round_trips(report)),
        ("invest-first", "Invested first", circles::invested(report)),
        ("cover", "Cover", cover::cover(report)),
        ("growth", "How the web thickened", growth::growth(report)),
        ("argument", "Argument", argument::argument(report)),
        ("parties", "Parties", evidence::parties(report)),
        ("deals", "Deals", evidence::deals(report)),
        ("apart", "Not in the measures", evidence::apart(report)),
        ("figures", "Figures", evidence::figures(report)),
        ("sources", "Sources", evidence::sources(report)),
    ]
}

/// The report as one HTML file: no script, no request to anywhere.
pub fn page(report: &ReportAnswer) -> String {
    let sections = sections(report);
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(concat!("Abilene ", env!("CARGO_PKG_VERSION")));
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="color-scheme" content="light dark";
                title { (report.case) " as of " (report.as_of.to_string()) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#answer" { "Skip to the answer" }
                header {
                    h1 { (report.case) }
                    @if let Some(question) = &report.question { p.question { (question) } }
                    p.meta {
                        "As known on " (date(report.as_of)) ". Payments from " (date(report.from)) " to "
                        (date(report.to)) ". Money in " (report.unit) " unless said otherwise."
                    }
                    @if let Some(about) = &report.about { p { (about) } }
                    p.meta {
                        "Firm numbers lead: signed, closed or completed, and not “up to”. What is only announced stands beside them. "
                        "Every leg and figure links to its deal, and from there to its sources. "
                        mark.assumed { "assumed" } " and " mark.unsourced { "unsourced" } " mark weak ground."
                    }
                }
                nav aria-label="Contents" {
                    ul { @for (anchor, name, _) in &sections { li { a href={ "#" (anchor) } { (name) } } } }
                }
                main { @for (anchor, name, content) in &sections { (section(anchor, name, content)) } }
                footer {
                    p { "Made by Abilene " (env!("CARGO_PKG_VERSION")) " from the plain-text case; the same answers: " code { "abilene report --format json" } "." }
                }
            }
        }
    };
    markup.into_string()
}
