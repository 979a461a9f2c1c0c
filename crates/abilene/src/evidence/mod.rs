//! Where every number comes from: deals with their states, figures, sources, and what is doubtful in them.

mod types;

use std::collections::{BTreeMap, BTreeSet};

use abilene_flows::Projection;
use abilene_ledger::{
    At, Book, Code, DealView, Diagnostic, Figure, LegView, Schedule, State, View, cite_id, cite_locator,
};

use crate::options::Ask;
pub use types::{
    Cite, DealItem, DoubtCount, Evidence, FigureItem, LegItem, PartyItem, SourceItem, StateItem,
};

/// Lists it for a date of knowledge. `diagnostics` are those of loading the case.
pub fn evidence(ask: &Ask, diagnostics: &[Diagnostic]) -> Evidence {
    let view = ask.view();
    let deals: Vec<DealItem> = view.deals.iter().map(|deal| deal_item(&view, deal)).collect();
    let figures: Vec<FigureItem> = view.figures.iter().map(|figure| figure_item(&view, figure)).collect();
    Evidence {
        parties: parties(&view, &figures),
        sources: sources(&view),
        doubts: doubts(view.book, diagnostics),
        deals,
        figures,
    }
}

fn parties(view: &View, figures: &[FigureItem]) -> Vec<PartyItem> {
    let book = view.book;
    let mut deals: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for deal in &view.deals {
        let ends = deal.legs.iter().flat_map(|leg| [leg.leg.payer.as_str(), leg.leg.payee.as_str()]);
        for id in ends.collect::<BTreeSet<&str>>() {
            deals.entry(id).or_default().push(deal.deal.id.value.clone());
        }
    }
    let mut items: Vec<PartyItem> = book
        .parties
        .iter()
        .map(|party| {
            let id = party.id.value.as_str();
            PartyItem {
                id: id.to_owned(),
                name: party.name.clone(),
                aliases: party.aliases.iter().map(|alias| alias.value.clone()).collect(),
                kind: party.kind.value.replace('_', " "),
                country: party.country.clone(),
                role: if book.is_outside(id) { "outside" } else { "member" },
                deals: deals.remove(id).unwrap_or_default(),
                figures: figures.iter().filter(|f| f.party == id).map(|f| f.anchor.clone()).collect(),
            }
        })
        .collect();
    items.retain(|item| !item.deals.is_empty() || !item.figures.is_empty());
    items
}

fn deal_item(view: &View, deal: &DealView) -> DealItem {
    let firmness = deal.firmness().map_or("ended", |firmness| firmness.text());
    let state = |state: &&State| StateItem {
        date: state.date.value,
        status: state.status.value.text(),
        legs: state.legs.iter().map(|leg| leg.value.clone()).collect(),
        note: state.note.clone(),
        sources: citations(view, &state.sources),
    };
    DealItem {
        id: deal.deal.id.value.clone(),
        title: deal.deal.title.clone(),
        about: deal.deal.about.clone(),
        confidence: deal.deal.confidence.map(|confidence| confidence.text()),
        status: deal.status().map_or("", |status| status.text()).to_owned(),
        firmness: firmness.to_owned(),
        legs: deal.legs.iter().map(|leg| leg_item(view, leg)).collect(),
        states: deal.states.iter().map(state).collect(),
    }
}

fn leg_item(view: &View, leg: &LegView) -> LegItem {
    let row = leg.leg;
    let schedule = row.schedule.as_ref().map(|at| &at.value);
    let reasons = [row.assumed.as_deref(), schedule.and_then(Schedule::assumed), row.plan_assumed.as_deref()];
    LegItem {
        id: leg.id(),
        label: label(view, leg),
        payer: row.payer.value.clone(),
        payee: row.payee.value.clone(),
        instrument: row.instrument.value.text().to_owned(),
        form: row.form.map_or("cash", |form| form.text()),
        amount: row.amount.as_ref().map(|amount| amount.value.to_string()),
        power: row.power.as_ref().map(|power| power.value.to_string()),
        schedule: schedule.map_or_else(|| String::from("no date told"), ToString::to_string),
        assumed: reasons.into_iter().flatten().map(str::to_owned).collect(),
        condition: row.condition.clone(),
        firmness: leg.ended.map_or(leg.firmness.text(), |_| "ended").to_owned(),
    }
}

/// `NVIDIA → OpenAI, equity, up to 100 bn USD, 10 GW`.
pub(crate) fn leg_words(view: &View, leg: &LegView) -> String {
    let row = leg.leg;
    let book = view.book;
    let mut text =
        format!("{} → {}, {}", book.name(&row.payer), book.name(&row.payee), row.instrument.value.text());
    for amount in [&row.amount, &row.power].into_iter().flatten() {
        text.push_str(&format!(", {}", amount.value));
    }
    text
}

/// The same with the status: `…, letter of intent`.
fn label(view: &View, leg: &LegView) -> String {
    format!("{}, {}", leg_words(view, leg), leg.status().text())
}

pub(crate) fn leg_label(projection: &Projection, leg: usize) -> String {
    label(projection.view, &projection.legs[leg])
}

fn citations(view: &View, cites: &[At<String>]) -> Vec<Cite> {
    view.sources(cites)
        .into_iter()
        .map(|(source, cite)| Cite {
            source: cite_id(cite).to_owned(),
            publisher: source.publisher.clone().unwrap_or_else(|| source.title.clone()),
            place: cite_locator(cite).map(str::to_owned),
        })
        .collect()
}

/// The ids of a state's sources known by the date of the view.
pub(crate) fn cites(view: &View, state: &State) -> Vec<String> {
    view.sources(&state.sources).into_iter().map(|(source, _)| source.id.value.clone()).collect()
}

/// A name for a figure that stays the same while the case does.
pub(crate) fn figure_anchor(view: &View, figure: &Figure) -> String {
    let at = view.book.figures.iter().position(|f| f.mark == figure.mark).unwrap_or(0);
    format!("{}.{}.{at}", figure.party.value, figure.metric.value)
}

fn figure_item(view: &View, figure: &Figure) -> FigureItem {
    let same = |other: &&&Figure| {
        other.party.value == figure.party.value
            && other.metric.value == figure.metric.value
            && other.period.value == figure.period.value
            && other.scope == figure.scope
            && other.value.value != figure.value.value
    };
    let period = figure.period.value.to_string();
    FigureItem {
        anchor: figure_anchor(view, figure),
        party: figure.party.value.clone(),
        metric: figure.metric.value.replace('_', " "),
        period: figure.label.as_ref().map_or(period.clone(), |label| format!("{label} ({period})")),
        value: figure.value.value.to_string(),
        scope: figure.scope.clone(),
        published: figure.published,
        sources: citations(view, &figure.sources),
        confidence: figure.confidence.map(|confidence| confidence.text()),
        assumed: figure.assumed.clone(),
        conflicts: view.figures.iter().filter(same).map(|other| other.value.value.to_string()).collect(),
        note: figure.note.clone(),
    }
}

fn sources(view: &View) -> Vec<SourceItem> {
    let states = view.deals.iter().flat_map(|deal| deal.states.iter().flat_map(|s| &s.sources));
    let cited: BTreeSet<&str> = states
        .chain(view.figures.iter().flat_map(|f| &f.sources))
        .chain(view.claims.iter().flat_map(|c| &c.sources))
        .chain(view.recipes.iter().flat_map(|r| &r.sources))
        .map(|cite| cite_id(cite))
        .collect();
    let known = |source: &&abilene_ledger::Source| {
        cited.contains(source.id.as_str()) && source.date.is_none_or(|date| date <= view.as_of)
    };
    let item = |source: &abilene_ledger::Source| SourceItem {
        id: source.id.value.clone(),
        title: source.title.clone(),
        publisher: source.publisher.clone(),
        date: source.date,
        url: source.url.clone(),
        lang: source.lang.clone(),
    };
    view.book.sources.iter().filter(known).map(item).collect()
}

fn doubts(book: &Book, diagnostics: &[Diagnostic]) -> Vec<DoubtCount> {
    let legs: usize = book.deals.iter().map(|deal| deal.leg.len()).sum();
    let states: usize = book.deals.iter().map(|deal| deal.state.len()).sum();
    let records = states + book.figures.len() + book.claims.len();
    [
        (Code::Unsourced, "states, figures and claims have no source", records),
        (Code::Assumed, "legs and figures rest on an assumed amount or date", legs + book.figures.len()),
        (Code::Undated, "legs have money on no date", legs),
        (Code::Conflict, "figures are told in two ways", book.figures.len()),
    ]
    .into_iter()
    .map(|(code, what, of)| DoubtCount {
        code: code.text(),
        what,
        count: diagnostics.iter().filter(|d| d.code == code).count(),
        of,
    })
    .collect()
}
