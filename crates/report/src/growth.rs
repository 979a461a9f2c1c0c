//! How the web thickened.

use abilene::ReportAnswer;
use maud::{Markup, html};

use crate::parts::{date, number, percent, table};

pub fn growth(report: &ReportAnswer) -> Markup {
    let rows = html! { @for point in &report.growth {
        tr {
            th scope="row" { (date(point.date)) }
            td.n { (point.deals) } td.n { (point.parties) }
            (number(&point.firm)) (number(&point.announced))
            td.n { (percent(point.circulation_firm)) } td.n { (percent(point.circulation_both)) }
        }
    } };
    html! {
        p { "What was known on each day, with nothing that came out later: money on dates in the whole span, the outside included, and the share of payments between members that is circulation." }
        (table(
            &format!("The web as known at the end of each quarter, {}", report.unit),
            &["known on", "deals", "parties", "firm", "announced", "circulation, firm", "circulation with announced"],
            &rows,
        ))
    }
}
