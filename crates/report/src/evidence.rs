//! Parties, deals, figures and sources: where every number comes from.

use abilene::{DealItem, FigureItem, LegItem, PartyItem, ReportAnswer, SourceItem};
use maud::{Markup, html};

use crate::parts::{date, leg_link, party_link, table};

pub fn parties(report: &ReportAnswer) -> Markup {
    html! {
        ul.parties { @for party in &report.evidence.parties { (party_item(party)) } }
    }
}

fn party_item(party: &PartyItem) -> Markup {
    html! {
        li id={ "party-" (party.id) } {
            strong { (party.name) } " · " (party.kind)
            @if let Some(country) = &party.country { " · " (country) }
            @if party.role == "outside" { " · " span.firmness { "the outside" } }
            @if !party.aliases.is_empty() { br; span.meta { "also " (party.aliases.join(", ")) } }
            @if !party.deals.is_empty() {
                br; span.meta { "deals: " @for deal in &party.deals { a href={ "#deal-" (deal) } { (deal) } " " } }
            }
            @if !party.figures.is_empty() {
                br; span.meta { a href={ "#figure-" (party.figures[0]) } { (party.figures.len()) " figures" } }
            }
        }
    }
}

pub fn deals(report: &ReportAnswer) -> Markup {
    html! { @for deal in &report.evidence.deals { (deal_item(deal, report)) } }
}

fn deal_item(deal: &DealItem, report: &ReportAnswer) -> Markup {
    html! {
        article.deal id={ "deal-" (deal.id) } {
            h3 { (deal.title) }
            p.meta {
                (deal.id) " · " (deal.status) " · " span.firmness { (deal.firmness) }
                @if let Some(confidence) = deal.confidence { " · confidence " (confidence) }
            }
            @if let Some(about) = &deal.about { p { (about) } }
            ul { @for leg in &deal.legs { (leg_item(leg, report)) } }
            ol.states { @for state in &deal.states {
                li {
                    (date(state.date)) " " strong { (state.status) }
                    @if !state.legs.is_empty() { " (" (state.legs.join(", ")) ")" }
                    @if let Some(note) = &state.note { ": " (note) }
                    @if state.sources.is_empty() { " " mark.unsourced { "unsourced" } }
                    @for cite in &state.sources {
                        " " a.cite href={ "#source-" (cite.source) } { (cite.publisher) @if let Some(place) = &cite.place { ", " (place) } }
                    }
                }
            } }
        }
    }
}

fn leg_item(leg: &LegItem, report: &ReportAnswer) -> Markup {
    let name = |id: &str| {
        let party = report.evidence.parties.iter().find(|party| party.id == id);
        party.map_or_else(|| id.to_owned(), |party| party.name.clone())
    };
    html! {
        li {
            (party_link(&leg.payer, &name(&leg.payer))) " → " (party_link(&leg.payee, &name(&leg.payee)))
            ": " (leg.instrument)
            @match &leg.amount { Some(amount) => { ", " strong { (amount) } }, None => { ", " span.unknown { "amount not told" } } }
            @if let Some(power) = &leg.power { ", " (power) }
            @if leg.form != "cash" { ", " (leg.form) }
            "; " (leg.schedule) " " span.firmness { (leg.firmness) }
            @for reason in &leg.assumed { " " mark.assumed { "assumed: " (reason) } }
            @if let Some(condition) = &leg.condition { br; span.meta { "if " (condition) } }
        }
    }
}

pub fn apart(report: &ReportAnswer) -> Markup {
    let rows = html! { @for item in &report.loops.apart {
        tr {
            td { (item.reason) }
            td.n { @if let Some(amount) = &item.amount { (amount.number) } @else { span.unknown { "unknown" } } }
            td { (leg_link(&item.leg, &item.label)) }
        }
    } };
    html! {
        p { "Known, and in none of the measures: things of value that are not cash, guarantees that pay only if called, rumours, and money that nobody priced or laid on a date." }
        (table(&format!("Legs kept apart, {}", report.unit), &["why", "amount", "leg"], &rows))
    }
}

pub fn figures(report: &ReportAnswer) -> Markup {
    let rows = html! { @for figure in &report.evidence.figures { (figure_row(figure)) } };
    table("Reported numbers", &["party", "metric", "period", "value", "published", "sources"], &rows)
}

fn figure_row(figure: &FigureItem) -> Markup {
    html! {
        tr id={ "figure-" (figure.anchor) } {
            th scope="row" { a href={ "#party-" (figure.party) } { (figure.party) } }
            td { (figure.metric) @if let Some(scope) = &figure.scope { br; span.meta { (scope) } } }
            td { (figure.period) }
            td.n {
                (figure.value)
                @for other in &figure.conflicts { br; span.meta { "also told as " (other) } }
            }
            td { (date(figure.published)) }
            td {
                @if let Some(reason) = &figure.assumed { mark.assumed { "assumed: " (reason) } }
                @else if figure.sources.is_empty() { mark.unsourced { "unsourced" } }
                @for cite in &figure.sources { " " a.cite href={ "#source-" (cite.source) } { (cite.publisher) @if let Some(place) = &cite.place { ", " (place) } } }
                @if let Some(note) = &figure.note { br; span.meta { (note) } }
            }
        }
    }
}

pub fn sources(report: &ReportAnswer) -> Markup {
    html! { ol.sources { @for source in &report.evidence.sources { (source_item(source)) } } }
}

fn source_item(source: &SourceItem) -> Markup {
    html! {
        li id={ "source-" (source.id) } {
            @match &source.url {
                Some(url) => a href=(url) rel="noreferrer" { (source.title) },
                None => (source.title),
            }
            @if let Some(publisher) = &source.publisher { ", " (publisher) }
            @if let Some(day) = source.date { ", " (date(day)) } @else { ", undated" }
            @if let Some(lang) = &source.lang { " (" (lang) ")" }
            " " span.meta { (source.id) }
        }
    }
}
