//! Small pieces that every section uses.

pub use abilene::percent;
use abilene::{LegPart, Sum};
use maud::{Markup, html};

/// A section with its heading.
pub fn section(anchor: &str, name: &str, content: &Markup) -> Markup {
    html! { section id=(anchor) aria-labelledby={ (anchor) "-h" } { h2 id={ (anchor) "-h" } { (name) } (content) } }
}

/// A date that machines can read too.
pub fn date(day: impl ToString) -> Markup {
    let day = day.to_string();
    html! { time datetime=(day) { (day) } }
}

/// A table that scrolls by itself where the page is narrow.
pub fn table(caption: &str, head: &[&str], rows: &Markup) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr { @for cell in head { th scope="col" { (heading(cell)) } } } }
                tbody { (rows) }
            }
        }
    }
}

/// A column's name; `name#section` links it to the section where its numbers are traced.
fn heading(cell: &str) -> Markup {
    match cell.split_once('#') {
        Some((name, section)) => html! { a href={ "#" (section) } { (name) } },
        None => html! { (cell) },
    }
}

/// A number in a cell; the exact value on hover.
pub fn number(sum: &Sum) -> Markup {
    html! { td.n title={ (sum.value.to_string()) } { (sum.number) } }
}

/// A number that may be unknown.
pub fn maybe(sum: Option<&Sum>) -> Markup {
    sum.map_or_else(unknown, number)
}

/// A number with a mark where it is assumed.
pub fn read(sum: Option<&Sum>, reading: &str) -> Markup {
    match sum {
        Some(sum) if reading == "assumed" => html! {
            td.n title={ (sum.value.to_string()) } { (sum.number) " " mark.assumed { "assumed" } }
        },
        other => maybe(other),
    }
}

/// Money that is missing; nothing is when the number is not above zero.
pub fn gap(sum: Option<&Sum>) -> Markup {
    match sum {
        Some(sum) if sum.value.is_sign_negative() || sum.value.is_zero() => html! {
            td.n title={ (sum.value.to_string()) } { span.unknown { "covered" } }
        },
        other => maybe(other),
    }
}

fn unknown() -> Markup {
    html! { td.n { abbr.unknown title="unknown" { "–" } } }
}

/// A share that may not exist.
pub fn maybe_percent(share: Option<f64>) -> String {
    share.map_or_else(|| String::from("–"), percent)
}

/// A link from `deal/leg` to the deal.
pub fn leg_link(leg: &str, text: &str) -> Markup {
    let deal = leg.split('/').next().unwrap_or(leg);
    html! { a href={ "#deal-" (deal) } { (text) } }
}

/// A link to a party.
pub fn party_link(id: &str, name: &str) -> Markup {
    html! { a href={ "#party-" (id) } { (name) } }
}

/// The marks of a leg's part in a number: how firm, expected, assumed, unsourced.
pub fn marks(part: &LegPart) -> Markup {
    html! {
        span.firmness { (if part.expected { "expected" } else { part.firmness }) }
        @if part.assumed { " " mark.assumed { "assumed dates" } }
        @if part.sources.is_empty() { " " mark.unsourced { "unsourced" } }
    }
}

/// Most legs in one list: the page of a very large case stays readable, and says what it leaves out.
const MOST_LEGS: usize = 300;

/// Legs as a list: amount, leg, marks, sources.
pub fn legs(parts: &[LegPart], unit: &str) -> Markup {
    html! {
        ul.legs { @for part in parts.iter().take(MOST_LEGS) {
            li {
                strong { (part.amount.number) } " " (unit) " · " (leg_link(&part.leg, &part.label)) " " (marks(part))
                @for source in &part.sources { " " a.cite href={ "#source-" (source) } { (source) } }
            }
        } @if parts.len() > MOST_LEGS { li { "and " (parts.len() - MOST_LEGS) " smaller legs: report --format json" } } }
    }
}

/// What needs a click where space is short: text without scripts.
pub fn fold(summary: &str, content: &Markup) -> Markup {
    html! { details { summary { (summary) } (content) } }
}
