//! Bridge or debt trap: odds, who fails, what decides, and what it stands on.

use abilene::AppAnswer;
use abilene::outlook::OutlookAnswer;
use maud::{Markup, html};

use crate::parts::{fold, party_link, percent, table};

pub fn outlook(app: &AppAnswer) -> Markup {
    let Some(picture) = &app.outlook else {
        return html! { p { "The case has no scenario that can run." } };
    };
    let found = picture.answer;
    html! {
        p { strong { (found.sentence) } }
        p.meta { (picture.note.0) }
        ul { @for note in &found.notes { li { (note) } } }
        ul { @for row in &found.decided_by { li { (row.outcome) ": " (row.line) " – " (percent(row.part)) } } }
        (parties(found))
        (decides(found))
        @if let Some(sentence) = &found.safe_box { p { (sentence) } }
        @for row in &found.break_even { p { "Break-even: " (row.question) ": " (row.answer) "." } }
        @for path in &found.told {
            (fold(&format!("A median {}: path {}", path.outcome, path.path), &html! {
                p { (path.because.join("; ")) }
                ul { @for line in &path.lines { li { (line) } } }
            }))
        }
        (numbers(found))
        (fold("Every assumption with where it comes from", &html! { (drivers(found)) (openings(found)) }))
    }
}

fn parties(found: &OutlookAnswer) -> Markup {
    let rows = html! { @for row in &found.parties {
        tr {
            th scope="row" { (party_link(&row.party, &row.name)) }
            td.n { (percent(row.defaults)) } td.n { (percent(row.first)) }
            td { (row.first_when.clone().unwrap_or_default()) }
            td.n { (format!("{:.1}", row.revenue)) }
            td.n { (row.loop_dependent.map_or(String::from("–"), |loops| format!("{loops:.1}"))) }
        }
    } };
    let head = ["party", "fails", "is first", "most often in", "revenue", "of it by vendor finance"];
    table(&format!("Core parties over the run, {}", found.unit), &head, &rows)
}

fn decides(found: &OutlookAnswer) -> Markup {
    html! { @for row in &found.decides {
        @let body = html! { @for input in row.inputs.iter().take(8) {
            tr {
                th scope="row" title=(input.meaning) { (input.name) }
                td.n { (format!("{:.3}", input.first)) } td.n { (format!("{:.3}", input.total)) }
                td.n { @if let Some((low, high)) = input.interval { (format!("{low:.3} – {high:.3}")) } @if !input.told_from_zero { " not told from 0" } }
            }
        } };
        @if let Some(reason) = &row.reason { p { (row.question) " " (reason) } }
        @else { (table(&format!("What decides: {}", row.question), &["assumption", "alone", "with others", "95 % interval"], &body)) }
    } }
}

fn numbers(found: &OutlookAnswer) -> Markup {
    let implied = html! { @for row in &found.implied {
        tr { th scope="row" { (row.what) } td.n { (format!("{:.1}", row.value)) } td { (row.unit) } td { (row.how) } }
    } };
    let thresholds = html! { @for row in &found.thresholds {
        tr { th scope="row" { (row.threshold) } @for part in row.odds { td.n { (percent(part)) } } }
    } };
    let calibration = html! { @for row in &found.calibration {
        tr {
            th scope="row" { (row.what) }
            td.n { (format!("{:.1}", row.model)) } td.n { (format!("{:.1}", row.reported)) }
            td.n { (format!("{:+.0} %", row.off * 100.0)) }
        }
    } };
    html! {
        (table("What the scenario comes to, drivers at their medians", &["what", "value", "unit", "how"], &implied))
        (table("How the odds move with the thresholds", &["threshold", "bridge", "correction", "debt trap"], &thresholds))
        (table("Hindcast from a year before, drivers at their medians", &["what", "model", "reported", "off"], &calibration))
    }
}

fn drivers(found: &OutlookAnswer) -> Markup {
    let rows = html! {
        @for row in &found.drivers {
            tr {
                th scope="row" { (row.name) }
                td { (row.range) } td { (row.unit) }
                td {
                    @for claim in &row.claims { a.cite href={ "#claim-" (claim) } { (claim) } " " }
                    @for source in &row.sources { a.cite href={ "#source-" (source) } { (source) } " " }
                    @if let Some(why) = &row.assumed { mark.assumed { "judgement" } " " (why) }
                }
            }
        }
        @for row in &found.rules {
            tr {
                th scope="row" { (row.name) }
                td { (row.value.to_string()) } td { "rule" }
                td { (row.from.join(", ")) @if let Some(why) = &row.assumed { " " mark.assumed { "judgement" } " " (why) } }
            }
        }
    };
    table("Drivers and rules", &["name", "range", "unit", "from"], &rows)
}

fn openings(found: &OutlookAnswer) -> Markup {
    let rows = html! { @for party in &found.openings {
        tr {
            th scope="row" { (party_link(&party.party, &party.name)) }
            td { @for item in &party.items {
                (item.name) " " (item.text) @if let Some(period) = &item.period { ", " (period) }
                @if let Some(why) = &item.assumed { " " mark.assumed { "assumed" } " " (why) }
                br;
            } }
        }
    } };
    html! {
        (table("What each core party opens with", &["party", "from"], &rows))
        p { "Folded into the sectors: " (found.folded.join(", ")) "." }
    }
}
