//! Commitments against revenue.

use abilene::{CoverYear, PartyYears, ReportAnswer};
use maud::{Markup, html};

use crate::parts::{fold, gap, legs, maybe, number, party_link, percent, read, table};

/// How many parties are shown open.
const OPEN: usize = 5;

pub fn cover(report: &ReportAnswer) -> Markup {
    let cover = &report.cover;
    html! {
        ul { @for note in &cover.notes { li { (note) } } }
        (sector(report))
        @for check in &cover.arithmetic {
            (table(
                &format!("{}'s own numbers, checked against each other", check.organisation),
                &["what", "how", "value"],
                &html! { @for step in &check.steps {
                    tr {
                        th scope="row" { (step.what) }
                        td { @if let Some(claim) = &step.claim { a href={ "#claim-" (claim) } { (step.how) } } @else { (step.how) } }
                        td.n { (step.value) }
                    }
                } },
            ))
        }
        h3 { "By party" }
        @for party in cover.parties.iter().take(OPEN) { (of_party(party, &report.unit)) }
        @if cover.parties.len() > OPEN {
            (fold(&format!("{} further parties", cover.parties.len() - OPEN), &html! {
                @for party in cover.parties.iter().skip(OPEN) { (of_party(party, &report.unit)) }
            }))
        }
    }
}

fn sector(report: &ReportAnswer) -> Markup {
    let rows = html! { @for row in &report.cover.sector {
        tr {
            th scope="row" { (row.year) }
            (number(&row.leaving_firm)) (number(&row.leaving_announced)) (number(&row.leaving_expected))
            td.n { (row.capex.number) " (" (row.capex_counted) ")" }
            td.n { (row.revenue_from_outside.number) " (" (row.parties_counted) ")" }
            (read(Some(&row.ai_revenue_from_outside), row.ai_revenue_reading))
            (number(&row.funding_from_outside)) (gap(Some(&row.gap)))
            (number(&row.internal_firm)) (number(&row.internal_announced))
        }
    } };
    table(
        &format!("The web as a whole, {}: what leaves it and what comes in from outside", report.unit),
        &[
            "year",
            "leaves, firm#deals",
            "leaves, announced#deals",
            "leaves, expected#deals",
            "capex of members, as reported (parties)#figures",
            "revenue from outside (parties)#figures",
            "AI revenue from outside#figures",
            "funding from outside#funding",
            "gap",
            "between members, firm (in no sum)#circulation",
            "between members, announced (in no sum)#circulation",
        ],
        &rows,
    )
}

fn of_party(party: &PartyYears, unit: &str) -> Markup {
    let rows = html! { @for year in &party.years { (row(year)) } };
    html! {
        h4 { (party_link(&party.party, &party.name)) }
        p {
            (party.due_firm.text) " of firm purchases due, " (party.due.text) " with what is announced; "
            (percent(party.assumed_share)) " of the firm part on assumed dates."
        }
        (table(
            &format!("{} by year, {}", party.name, unit),
            &[
                "year", "due, firm", "due, announced", "due, expected", "revenue", "AI revenue", "operating cash flow", "capex",
                "cash at start", "vendor financing#invest-first", "other funding#funding", "gap", "added up", "revenue to close it", "due / revenue",
                "capex / revenue",
                "financing given / revenue", "figures",
            ],
            &rows,
        ))
        @if !party.legs.is_empty() { (fold(&format!("Its {} purchases", party.legs.len()), &legs(&party.legs, unit))) }
    }
}

fn row(year: &CoverYear) -> Markup {
    html! {
        tr {
            th scope="row" { (year.year) }
            (number(&year.due_firm)) (number(&year.due_announced)) (number(&year.due_expected))
            (read(year.revenue.as_ref(), year.revenue_reading))
            (read(year.ai_revenue.as_ref(), year.ai_revenue_reading)) (maybe(year.operating_cash_flow.as_ref())) (maybe(year.capex.as_ref()))
            (maybe(year.cash.as_ref())) (number(&year.vendor_financing)) (number(&year.other_funding))
            (gap(year.gap.as_ref())) (gap(year.gap_cumulative.as_ref())) (number(&year.revenue_to_close))
            @for ratio in [year.commitments_to_revenue, year.capex_to_revenue, year.financing_to_revenue] {
                td.n { @if let Some(ratio) = ratio { (format!("{ratio:.2}")) } }
            }
            td { @for (at, anchor) in year.figures.iter().enumerate() { a.cite href={ "#figure-" (anchor) } { (at + 1) } " " } }
        }
    }
}
