//! Who falls when one falls: the matrix, the cascades in words, and what all of it stands on.

use abilene::picture::{FallRow, FallsPicture};
use abilene::stress::{Ground, Verdict};
use abilene::{AppAnswer, ReportAnswer};
use maud::{Markup, html};

use crate::parts::{fold, number, party_link, table};

pub fn falls(report: &ReportAnswer, app: &AppAnswer) -> Markup {
    let Some(picture) = &app.falls else {
        return html! { p { "The web is too large to try each member in turn: " code { "abilene stress CASE --default PARTY" } " answers for one." } };
    };
    html! {
        p { (picture.title.0) "." }
        p { (picture.unshocked.0) }
        ul { @for note in &picture.notes { li { (note) } } }
        (matrix(picture, &report.unit))
        @if let Some(stress) = &report.falls {
            @for event in stress.shocks.iter().filter(|event| !event.told.is_empty()) {
                (fold(&event.title, &html! { pre { (event.told.join("\n")) } }))
            }
        }
        (levers(picture, &report.unit))
        (means(picture, &report.unit))
    }
}

fn matrix(picture: &FallsPicture, unit: &str) -> Markup {
    let mut head = vec!["if it has nothing left", "others lose", "over the ranges"];
    head.extend(picture.columns.iter().map(|(_, name)| name.as_str()));
    let cell = |row: &FallRow, at: usize| {
        html! {
            @match &row.cells[at] {
                Some(cell) => td.n title={ (cell.loses.value.to_string()) } {
                    (cell.loses.number)
                    @if cell.verdict != Verdict::Holds { " " mark.assumed { (cell.verdict.text()) } }
                },
                None => td.n { "" },
            }
        }
    };
    let rows = html! { @for row in &picture.rows {
        tr {
            th scope="row" { (party_link(&row.party, &row.name)) }
            (number(&row.lost))
            td.n { (row.lost_range[0].number) " – " (row.lost_range[1].number) }
            @for at in 0..row.cells.len() { (cell(row, at)) }
        }
    } };
    table(&format!("If this one fails, these lose, {unit}"), &head, &rows)
}

fn levers(picture: &FallsPicture, unit: &str) -> Markup {
    let rows = html! { @for lever in &picture.levers {
        tr {
            th scope="row" { (lever.name) }
            td { (lever.range) }
            td.n { (lever.flips) }
            (number(&lever.moves))
            td { @if lever.shown { "yes" } }
            td { (lever.reason) }
        }
    } };
    let head = [
        "assumption",
        "range",
        "failures it flips",
        "moves losses by",
        "results shown over it",
        "why this range",
    ];
    table(&format!("Assumptions on the whole web, {unit}"), &head, &rows)
}

fn means(picture: &FallsPicture, unit: &str) -> Markup {
    let rows = html! { @for party in &picture.means {
        tr {
            th scope="row" { (party_link(&party.party, &party.name)) }
            td.n { (party.own) } td.n { (party.owed) } td.n { (party.owes) }
            td { @for item in &party.items { (ground(item)) br; } }
        }
    } };
    let head = ["party", "own means", "owed to it", "owes", "from"];
    table(&format!("What they have and owe, and on what that stands, {unit}"), &head, &rows)
}

fn ground(item: &Ground) -> Markup {
    html! {
        (item.name) " " (item.text)
        @if let Some(period) = &item.period { ", " (period) }
        @if let Some(why) = &item.assumed { " " mark.assumed title=(why) { "assumed" } " " (why) }
        @for figure in item.figures.iter().take(4) { " " a.cite href={ "#figure-" (figure) } { "figure" } }
    }
}
