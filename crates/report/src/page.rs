//! The page as a whole.

use abilene::{AppAnswer, ReportAnswer};
use maud::{Markup, html};

use crate::parts::{date, section};
use crate::{answers, argument, circles, cover, evidence, falls, growth, outlook};

/// The sections in reading order: anchor, name, content.
fn sections(report: &ReportAnswer, app: &AppAnswer) -> Vec<(&'static str, &'static str, Markup)> {
    vec![
        ("answer", "Answer", answers::headlines(report)),
        ("funding", "Who funds whom", circles::funding(report)),
        ("loops", "Loops", circles::loops(report)),
        ("circulation", "Circulation", circles::circulation(report)),
        ("round-trips", "Round trips", circles::round_trips(report)),
        ("invest-first", "Invested first", circles::invested(report)),
        ("cover", "Cover", cover::cover(report)),
        ("falls", "Who falls when one falls", falls::falls(report, app)),
        ("outlook", "Outlook", outlook::outlook(app)),
        ("growth", "How the web thickened", growth::growth(report)),
        ("argument", "Argument", argument::argument(report)),
        ("parties", "Parties", evidence::parties(report)),
        ("deals", "Deals", evidence::deals(report)),
        ("apart", "Not in the measures", evidence::apart(report)),
        ("figures", "Figures", evidence::figures(report)),
        ("sources", "Sources", evidence::sources(report)),
    ]
}

/// The app, built from `ui/` and committed, so that nobody needs its tools to build this crate.
const APP: &str = include_str!("../../../ui/dist/app.html");

/// The report as one HTML file that asks nobody for anything: the app with its data, and the plain page, which
/// is what is read without scripts, in print and by search engines.
///
/// # Errors
/// When the answers cannot be written as JSON.
pub fn page(report: &ReportAnswer, app: &AppAnswer) -> Result<String, serde_json::Error> {
    let title = html! { (report.case) " as of " (report.as_of.to_string()) }.into_string();
    let data = serde_json::to_string(app)?;
    // Inside a script element only these could end it or open a comment.
    let data = data.replace("</", "<\\/").replace("<!--", "<\\u0021--");
    let mut page = APP.to_owned();
    for (mark, text) in [("title", title), ("plain", plain(report, app).into_string()), ("data", data)] {
        page = page.replacen(&format!("<!--abilene:{mark}-->"), &text, 1);
    }
    Ok(page)
}

/// The plain page: every answer and all evidence as words and tables.
fn plain(report: &ReportAnswer, app: &AppAnswer) -> Markup {
    let sections = sections(report, app);
    html! {
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
            p {
                "Made by Abilene " (env!("CARGO_PKG_VERSION")) " from the plain-text case; the same answers: "
                code { "abilene report --format json" } "."
            }
        }
    }
}
