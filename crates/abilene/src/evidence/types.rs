//! Parties, deals, figures and sources as plain data.

use abilene_quantity::Date;
use serde::Serialize;

/// Everything a reader can look up.
#[derive(Clone, Debug, Serialize)]
pub struct Evidence {
    /// Parties that take part by the date of knowledge.
    pub parties: Vec<PartyItem>,
    /// Deals known by then.
    pub deals: Vec<DealItem>,
    /// Figures published by then.
    pub figures: Vec<FigureItem>,
    /// Sources published by then and cited.
    pub sources: Vec<SourceItem>,
    /// How many numbers stand on weak ground.
    pub doubts: Vec<DoubtCount>,
}

/// A party.
#[derive(Clone, Debug, Serialize)]
pub struct PartyItem {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: String,
    /// Its country.
    pub country: Option<String>,
    /// `member` of the web, or the `outside`.
    pub role: &'static str,
    /// Deals it takes part in.
    pub deals: Vec<String>,
    /// Figures about it, by anchor.
    pub figures: Vec<String>,
}

/// A deal.
#[derive(Clone, Debug, Serialize)]
pub struct DealItem {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// More about it.
    pub about: Option<String>,
    /// How much it can be trusted.
    pub confidence: Option<&'static str>,
    /// Its latest status.
    pub status: String,
    /// How far its firmest leg binds; `ended` when it is over.
    pub firmness: String,
    /// Streams of money or things of value.
    pub legs: Vec<LegItem>,
    /// What was known when.
    pub states: Vec<StateItem>,
}

/// A leg.
#[derive(Clone, Debug, Serialize)]
pub struct LegItem {
    /// `deal/leg`.
    pub id: String,
    /// In words.
    pub label: String,
    /// Who pays.
    pub payer: String,
    /// Who receives.
    pub payee: String,
    /// What it is.
    pub instrument: String,
    /// `cash` or `in kind`.
    pub form: &'static str,
    /// The amount with its qualifier, as told.
    pub amount: Option<String>,
    /// The capacity, as told.
    pub power: Option<String>,
    /// When it pays, in words.
    pub schedule: String,
    /// Why the dates or the amount are assumed, if they are.
    pub assumed: Vec<String>,
    /// What must happen first.
    pub condition: Option<String>,
    /// How far it binds.
    pub firmness: String,
}

/// A state.
#[derive(Clone, Debug, Serialize)]
pub struct StateItem {
    /// The day.
    pub date: Date,
    /// The status.
    pub status: &'static str,
    /// The legs it speaks of; empty for all.
    pub legs: Vec<String>,
    /// What was said.
    pub note: Option<String>,
    /// Sources, as cited.
    pub sources: Vec<Cite>,
}

/// A citation.
#[derive(Clone, Debug, Serialize)]
pub struct Cite {
    /// The source.
    pub source: String,
    /// Who published it.
    pub publisher: String,
    /// The place in it.
    pub place: Option<String>,
}

/// A figure.
#[derive(Clone, Debug, Serialize)]
pub struct FigureItem {
    /// `party.metric.number`: unique in the case.
    pub anchor: String,
    /// Whose.
    pub party: String,
    /// What.
    pub metric: String,
    /// What it covers.
    pub period: String,
    /// The number, as told.
    pub value: String,
    /// What exactly it measures.
    pub scope: Option<String>,
    /// When it was published.
    pub published: Date,
    /// Sources.
    pub sources: Vec<Cite>,
    /// How much it can be trusted.
    pub confidence: Option<&'static str>,
    /// Why it is assumed, if it is.
    pub assumed: Option<String>,
    /// Other numbers told for the same thing.
    pub conflicts: Vec<String>,
    /// More about it.
    pub note: Option<String>,
}

/// A source.
#[derive(Clone, Debug, Serialize)]
pub struct SourceItem {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub date: Option<Date>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Its language.
    pub lang: Option<String>,
}

/// How often a doubt arises.
#[derive(Clone, Debug, Serialize)]
pub struct DoubtCount {
    /// The code.
    pub code: &'static str,
    /// What it means.
    pub what: &'static str,
    /// How often.
    pub count: usize,
    /// Of how many.
    pub of: usize,
}
