//! Loops, circulation, round trips, and what was invested first.

use abilene::{BasisAnswer, FundingRow, LoopAnswer, ReportAnswer, RoundTripRow};
use maud::{Markup, html};

use crate::parts::{date, fold, leg_link, legs, marks, maybe_percent, number, party_link, percent, table};

/// How many loops are shown open; the others are folded.
const OPEN: usize = 12;

/// How many pairs are shown open.
const PAIRS: usize = 20;

pub fn funding(report: &ReportAnswer) -> Markup {
    let pairs = |rows: &[FundingRow]| {
        html! { @for row in rows {
            tr {
                th scope="row" { (party_link(&row.funder, &row.funder_name)) " → " (party_link(&row.funded, &row.funded_name)) }
                (number(&row.firm)) (number(&row.announced)) (number(&row.purchases_back))
                td { @for leg in &row.legs { (leg_link(&leg.leg, &leg.label)) " " (marks(leg)) br; } }
            }
        } }
    };
    let head = ["who → whom", "firm", "announced", "bought back from the funder", "legs"];
    let (open, folded) = report.loops.funding.split_at(report.loops.funding.len().min(PAIRS));
    html! {
        p {
            "Equity, loans, bonds, grants and money put into ventures, on the dates of their schedules; groups of unnamed lenders and investors included. "
            "“Bought back” is what the funded pays the funder for goods and capacity in the same span."
        }
        (table(&format!("Funding by pairs, {}", report.unit), &head, &pairs(open)))
        @if !folded.is_empty() {
            (fold(&format!("{} smaller pairs", folded.len()), &table(&format!("Smaller pairs, {}", report.unit), &head, &pairs(folded))))
        }
    }
}

pub fn loops(report: &ReportAnswer) -> Markup {
    html! {
        p {
            "A loop is a chain of payments that leads back to its first payer. It is ranked by what can go all the way round: "
            "its narrowest step. Parallel legs between two parties are one step."
        }
        @for basis in report.loops.bases.iter().filter(|basis| ["firm", "firm and announced"].contains(&basis.basis.text())) {
            h3 { "Loops, " (basis.basis.text()) }
            (ranked(basis, &report.unit))
        }
        @if let Some(expected) = report.loops.bases.get(3) {
            (fold("The same with purchases that recipes expect", &ranked(expected, &report.unit)))
        }
    }
}

fn ranked(basis: &BasisAnswer, unit: &str) -> Markup {
    if basis.loops.is_empty() {
        return html! { p { "None: no money on this basis can return to its payer." } };
    }
    let (open, folded) = basis.loops.split_at(basis.loops.len().min(OPEN));
    html! {
        ol.loops { @for item in open { (one(item, unit)) } }
        @if !folded.is_empty() {
            (fold(&format!("{} narrower loops", folded.len()), &html! {
                ol.loops start=(OPEN + 1) { @for item in folded { (one(item, unit)) } }
            }))
        }
        @if !basis.loops_complete { p.meta { "There are more loops than are listed." } }
    }
}

fn one(item: &LoopAnswer, unit: &str) -> Markup {
    html! {
        li {
            p { (item.sentence) }
            p.meta {
                @match &item.in_time {
                    Some(time) => {
                        "In time: " (time.starts_with) " pays first on " (date(time.first)) ", and each later payment can have been funded by the one before; back on "
                        (date(time.last)) "."
                    }
                    None => "Not in time: no order of its payments lets each fund the next.",
                }
            }
            (fold("Its legs and their sources", &html! {
                @for step in &item.steps { (legs(&step.legs, unit)) }
            }))
        }
    }
}

pub fn circulation(report: &ReportAnswer) -> Markup {
    let rows = html! { @for basis in &report.loops.bases {
        tr {
            th scope="row" { (basis.basis.text()) }
            td.n { (basis.legs) }
            (number(&basis.gross)) (number(&basis.funding)) (number(&basis.purchases))
            (number(&basis.circulation.total))
            td.n { (percent(basis.circulation.share)) }
            td.n { @if let Some(without) = &basis.circulation.without_largest { (without.total.number) " (" (percent(without.share)) ")" } }
            td.n { (percent(basis.assumed_share)) }
            td.n { (percent(basis.circulation.assumed_share)) }
            td.n { (format!("{:.4}", basis.finn_index)) }
        }
    } };
    html! {
        p {
            "Circulation is the largest part of all payments that is balanced at every party: it would vanish under netting. "
            "It counts money times hops: one billion round a ring of four is four billion. The Finn index asks something else: "
            "how much of the throughflow has been at the same party before."
        }
        (table(
            &format!("Payments between members of the web, {}", report.unit),
            &["basis", "legs", "gross", "funding", "purchases", "circulation", "share", "without its largest leg", "gross on assumed dates", "circulation on assumed dates", "Finn index"],
            &rows,
        ))
        @for basis in report.loops.bases.iter().filter(|b| !b.largest.is_empty()) {
            (fold(&format!("All {} legs, {}", basis.largest.len(), basis.basis.text()), &legs(&basis.largest, &report.unit)))
        }
        @for basis in report.loops.bases.iter().filter(|b| !b.circulation.loops.is_empty() && b.basis.text() != "announced") {
            h3 { "What circulates, " (basis.basis.text()) }
            @if !basis.circulation.unique {
                p.meta { "The total is certain; which legs carry it is not: other flows circulate as much." }
            }
            @if let Some(without) = &basis.circulation.without_largest {
                p { "Its largest leg: " (leg_link(&without.leg, &without.label)) "." }
            }
            (fold(
                &format!("Its {} loops, which add up to it", basis.circulation.loops.len()),
                &html! { ul { @for item in &basis.circulation.loops {
                    li { strong { (item.bottleneck.text) } " × " (item.parties.len()) " hops: " (item.sentence) }
                } } },
            ))
            (fold(&format!("Its {} legs", basis.circulation.legs.len()), &legs(&basis.circulation.legs, &report.unit)))
        }
    }
}

pub fn round_trips(report: &ReportAnswer) -> Markup {
    let trips = &report.round_trips;
    let name = |id: &str| {
        trips.firm.iter().find(|row| row.party == id).map_or(id.to_owned(), |row| row.name.clone())
    };
    html! {
        p {
            "Of what a party received in " (trips.year) ", how much had left the same party before, if money mixes evenly at each party on the way. "
            "That is a convention, not a fact: least and most say what any way of following the dollars could claim. "
            "“At most” marks parties whose own figures do not cover the year."
        }
        (trip_table(&format!("Own money coming back in {}, firm payments, {}", trips.year, report.unit), &trips.firm))
        (trip_table(&format!("The same with what is announced, {}", report.unit), &trips.both))
        @if !trips.matrix.is_empty() {
            @let head: Vec<String> = std::iter::once(String::from("whose money")).chain(trips.matrix_parties.iter().map(|id| name(id))).collect();
            @let head: Vec<&str> = head.iter().map(String::as_str).collect();
            (table(
                &format!("Whose money reaches whom in {}: row pays, column is reached, {}", trips.year, report.unit),
                &head,
                &html! { @for (id, row) in trips.matrix_parties.iter().zip(&trips.matrix) {
                    tr { th scope="row" { (party_link(id, &name(id))) } @for cell in row { (number(cell)) } }
                } },
            ))
        }
        h3 { "Over all dates" }
        p {
            "Over the whole span most revenue is not yet reported. “At most” leaves out all that is not reported; “held flat” takes the latest reported rate for it, an assumption."
        }
        @for basis in report.loops.bases.iter().filter(|b| !b.round_trips.is_empty() && ["firm", "firm and announced"].contains(&b.basis.text())) {
            (trip_table(&format!("Own money coming back, {}, {} to {}, {}", basis.basis.text(), report.from, report.to, report.unit), &basis.round_trips))
        }
    }
}

fn trip_table(caption: &str, rows: &[RoundTripRow]) -> Markup {
    if rows.is_empty() {
        return html! { p { (caption) ": none." } };
    }
    let body = html! { @for row in rows {
        tr {
            th scope="row" { (party_link(&row.party, &row.name)) }
            (number(&row.returned))
            td.n { @if row.reading == "at most" { "≤ " } (maybe_percent(row.share_of_receipts)) @if row.reading == "assumed" { " " mark.assumed { "assumed" } } }
            td.n { (maybe_percent(row.least_share)) }
            td.n { (maybe_percent(row.most_share)) }
            td.n { (maybe_percent(row.share_held_flat)) }
            td.n { (maybe_percent(row.least_held_flat)) " – " (maybe_percent(row.most_held_flat)) }
            td.n { (maybe_percent(row.share_of_outlay)) }
            (number(&row.returned_in_time))
            (number(&row.most_in_time))
        }
    } };
    table(
        caption,
        &[
            "party",
            "came back",
            "of receipts",
            "least",
            "most",
            "of receipts, revenue held flat (assumed)",
            "least – most",
            "of outlay",
            "came back in time",
            "most in time",
        ],
        &body,
    )
}

pub fn invested(report: &ReportAnswer) -> Markup {
    let rows = html! { @for row in &report.loops.invest_first {
        tr {
            (number(&row.invested))
            td { (row.firmness) }
            td { (leg_link(&row.leg, &row.label)) }
            td { (date(row.first_paid)) }
            (number(&row.purchases_after))
            td.n { (row.gap_days) }
            td { (row.chain.join("; ")) }
            td { (date(row.known_from)) " / " (date(row.chain_known_from)) }
        }
    } };
    html! {
        p {
            "Funding of customers by those they buy from, directly or in up to three steps, and what is purchased afterwards. "
            "That one follows the other does not show that one paid for the other."
        }
        (table(
            &format!("Invested first, purchased after, firm and announced, {}", report.unit),
            &["invested", "firmness", "funding", "first paid", "purchases after", "days between", "through", "known: funding / purchases"],
            &rows,
        ))
        @let firm = report.loops.bases.first();
        @if let Some(largest) = firm.and_then(|basis| basis.largest.first()) {
            p.meta { "Largest firm leg of the web: " (leg_link(&largest.leg, &largest.label)) " " (marks(largest)) }
        }
    }
}
