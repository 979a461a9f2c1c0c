//! A case in memory: its records, and where each id leads.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use abilene_quantity::{Currency, Date, Decimal, Period, Span};

use crate::diagnostic::Diagnostic;
use crate::model::{CaseInfo, Claim, Deal, Figure, Party, RateRow, Recipe, Source};
use crate::scenario::Scenario;
use crate::sheet::Sheet;
use crate::text::{FileId, Files, Mark};
use crate::words::StandsFor;

/// A case in memory. Records keep the order of the files.
#[derive(Debug)]
pub struct Book {
    /// The folder it came from.
    pub folder: PathBuf,
    /// The texts.
    pub files: Files,
    /// What it is about.
    pub case: CaseInfo,
    /// Parties.
    pub parties: Vec<Party>,
    /// Sources.
    pub sources: Vec<Source>,
    /// Deals.
    pub deals: Vec<Deal>,
    /// Reported numbers.
    pub figures: Vec<Figure>,
    /// Attributed numbers.
    pub claims: Vec<Claim>,
    /// What one unit takes.
    pub recipes: Vec<Recipe>,
    /// Exchange rates.
    pub rates: Vec<RateRow>,
    /// What is assumed about the future.
    pub scenarios: Vec<Scenario>,
    index: Index,
}

#[derive(Debug, Default)]
struct Index {
    party: HashMap<String, usize>,
    source: HashMap<String, usize>,
    deal: HashMap<String, usize>,
    recipe: HashMap<String, usize>,
}

impl Book {
    pub(crate) fn gather(folder: &Path, files: Files, sheets: Vec<Sheet>) -> (Book, Vec<Diagnostic>) {
        let mut all = Sheet::default();
        all.deals.reserve_exact(sheets.iter().map(|sheet| sheet.deals.len()).sum());
        for sheet in sheets {
            all.case = all.case.or(sheet.case);
            all.parties.extend(sheet.parties);
            all.sources.extend(sheet.sources);
            all.deals.extend(sheet.deals);
            all.figures.extend(sheet.figures);
            all.claims.extend(sheet.claims);
            all.recipes.extend(sheet.recipes);
            all.rates.extend(sheet.rates);
            all.scenarios.extend(sheet.scenarios);
            all.problems.extend(sheet.problems);
        }
        all.rates.sort_by_key(|row| row.date);
        let index = Index {
            party: positions(all.parties.iter().map(|p| p.id.as_str())),
            source: positions(all.sources.iter().map(|s| s.id.as_str())),
            deal: positions(all.deals.iter().map(|d| d.id.as_str())),
            recipe: positions(all.recipes.iter().map(|r| r.id.as_str())),
        };
        let book = Book {
            folder: folder.to_owned(),
            files,
            case: all.case.unwrap_or_else(unreadable_case),
            parties: all.parties,
            sources: all.sources,
            deals: all.deals,
            figures: all.figures,
            claims: all.claims,
            recipes: all.recipes,
            rates: all.rates,
            scenarios: all.scenarios,
            index,
        };
        (book, all.problems)
    }

    /// The scenario of an id.
    pub fn scenario(&self, id: &str) -> Option<&Scenario> {
        self.scenarios.iter().find(|scenario| scenario.id.value == id)
    }

    /// The party of an id.
    pub fn party(&self, id: &str) -> Option<&Party> {
        self.parties.get(self.party_index(id)?)
    }

    /// The place of a party in [`Book::parties`].
    pub fn party_index(&self, id: &str) -> Option<usize> {
        self.index.party.get(id).copied()
    }

    /// The source of an id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.get(*self.index.source.get(id)?)
    }

    /// The deal of an id.
    pub fn deal(&self, id: &str) -> Option<&Deal> {
        self.deals.get(*self.index.deal.get(id)?)
    }

    /// The recipe of an id.
    pub fn recipe(&self, id: &str) -> Option<&Recipe> {
        self.recipes.get(*self.index.recipe.get(id)?)
    }

    /// The name of a party for people; the id itself when it is not known.
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.party(id).map_or(id, |party| party.name.as_str())
    }

    /// Whether a party stands for many unnamed ones, or for a sector: the outside of the web.
    pub fn is_outside(&self, id: &str) -> bool {
        self.party(id).is_some_and(|party| party.stands_for == Some(StandsFor::Many))
    }

    /// The span that the case is about.
    pub fn span(&self) -> Span {
        Span { from: self.case.start, to: self.case.horizon }
    }

    /// Converts money to the case's currency by the latest rate dated on or before `day`.
    ///
    /// `None` when no such rate joins the two currencies: a later rate was not known on that day.
    pub fn convert(&self, value: Decimal, from: Currency, day: Date) -> Option<Decimal> {
        let to = self.case.currency;
        if from == to {
            return Some(value);
        }
        let known = self.rates.iter().rev().filter(|row| row.date <= day);
        known.map(|row| &row.rate).find_map(|rate| rate.convert(value, from, to))
    }

    /// The same by the earliest rate, where it is dated on or before `day`.
    pub(crate) fn convert_by_first(&self, value: Decimal, from: Currency, day: Date) -> Option<Decimal> {
        let known = self.rates.iter().filter(|row| row.date <= day);
        known.map(|row| &row.rate).find_map(|rate| rate.convert(value, from, self.case.currency))
    }

    /// Figures of one party and metric, in the order of the files.
    pub fn figures_of<'a>(&'a self, party: &'a str, metric: &'a str) -> impl Iterator<Item = &'a Figure> {
        self.figures.iter().filter(move |f| f.party.value == party && f.metric.value == metric)
    }

    /// Every day on which something became known: states, figures, claims, recipes.
    pub fn dates(&self) -> Vec<Date> {
        let states = self.deals.iter().flat_map(|deal| deal.state.iter().map(|s| s.date.value));
        let legs = self.deals.iter().flat_map(|deal| deal.leg.iter());
        let ends = legs.flat_map(|leg| [&leg.known_from, &leg.until]).flatten().map(|at| at.value);
        let mut dates: Vec<Date> = states
            .chain(ends)
            .chain(self.figures.iter().map(|f| f.published))
            .chain(self.claims.iter().map(|c| c.date))
            .chain(self.recipes.iter().map(|r| r.known_from))
            .collect();
        dates.sort();
        dates.dedup();
        dates
    }

    /// Figures that agree in party, metric, period and scope but not in value, as groups of places.
    pub fn conflicts(&self) -> Vec<Vec<&Figure>> {
        let mut groups: HashMap<(&str, &str, Period, Option<&str>), Vec<&Figure>> = HashMap::new();
        for figure in &self.figures {
            let key = (
                figure.party.value.as_str(),
                figure.metric.value.as_str(),
                figure.period.value,
                figure.scope.as_deref(),
            );
            groups.entry(key).or_default().push(figure);
        }
        let mut found: Vec<Vec<&Figure>> = groups
            .into_values()
            .filter(|group| group.iter().any(|f| f.value.value != group[0].value.value))
            .collect();
        found.sort_by_key(|group| group[0].mark);
        found
    }
}

/// The first place of each id; later ones with the same id are reported by the checks.
fn positions<'a>(ids: impl Iterator<Item = &'a str>) -> HashMap<String, usize> {
    let mut map = HashMap::new();
    for (at, id) in ids.enumerate() {
        map.entry(id.to_owned()).or_insert(at);
    }
    map
}

/// Stands in for a case.toml that could not be read, so that the other files are still checked.
fn unreadable_case() -> CaseInfo {
    let span = Span::year(2025);
    CaseInfo {
        name: String::new(),
        question: None,
        about: None,
        currency: Currency::USD,
        unit: None,
        start: span.from,
        horizon: span.to,
        as_of: span.to,
        mark: Mark { file: FileId(0), start: 0, end: 0 },
    }
}
