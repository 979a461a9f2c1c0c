//! The book as it was known on a day. Nothing that became known later can be reached through a [`View`].

use abilene_quantity::{Amount, Currency, Date, Decimal};

use crate::book::Book;
use crate::model::{Claim, Deal, Figure, Leg, Recipe, Source, State, cite_id};
use crate::words::{Confidence, Status};

/// How far a leg binds, at a date of knowledge.
///
/// News never makes a deal less firm: a rumour about the next round does not undo the last one. Only
/// termination and default end a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Firmness {
    /// Rumoured: shown, counted nowhere.
    Rumoured,
    /// Announced or a letter of intent.
    Announced,
    /// Signed, drawn, closed or completed.
    Firm,
}

impl Firmness {
    /// The word for reports.
    pub fn text(self) -> &'static str {
        match self {
            Firmness::Rumoured => "rumoured",
            Firmness::Announced => "announced",
            Firmness::Firm => "firm",
        }
    }

    /// How far a status binds by itself; `None` for those that change nothing or end the leg.
    fn of(status: Status) -> Option<Firmness> {
        match status {
            Status::Rumoured => Some(Firmness::Rumoured),
            Status::LetterOfIntent | Status::Announced => Some(Firmness::Announced),
            Status::Signed | Status::Drawn | Status::Closed | Status::Completed => Some(Firmness::Firm),
            Status::Amended | Status::Terminated | Status::Defaulted => None,
        }
    }
}

/// A leg as known on the day of the view.
#[derive(Clone, Copy, Debug)]
pub struct LegView<'b> {
    /// Its deal.
    pub deal: &'b Deal,
    /// The leg.
    pub leg: &'b Leg,
    /// The latest state that speaks of it.
    pub state: &'b State,
    /// How far it binds; of an ended leg, how far it had bound.
    pub firmness: Firmness,
    /// When it became known.
    pub known_from: Date,
    /// When it was terminated or defaulted, if it was.
    pub ended: Option<Date>,
}

impl<'b> LegView<'b> {
    /// `deal/leg`: the name of the leg in the whole case.
    pub fn id(&self) -> String {
        format!("{}/{}", self.deal.id.value, self.leg.id.value)
    }

    /// The status that its latest state gives.
    pub fn status(&self) -> Status {
        self.state.status.value
    }

    /// The part of the amount that is firm, and the rest that is only announced.
    ///
    /// Of a firm leg, an `up to` counts as firm only by its `firm` part; of a range the lower end does.
    /// Zero and zero for rumours.
    pub fn parts(&self, amount: &Amount) -> (Decimal, Decimal) {
        let committed = self.leg.firm.as_ref().map_or(amount.certain(), |firm| firm.value.value);
        match self.firmness {
            Firmness::Firm => (committed.min(amount.most), (amount.most - committed).max(Decimal::ZERO)),
            Firmness::Announced => (Decimal::ZERO, amount.most),
            Firmness::Rumoured => (Decimal::ZERO, Decimal::ZERO),
        }
    }
}

/// A deal as known on the day of the view: states up to it, legs in force.
#[derive(Clone, Debug)]
pub struct DealView<'b> {
    /// The deal.
    pub deal: &'b Deal,
    /// What was known, oldest first; never empty.
    pub states: Vec<&'b State>,
    /// Legs known and not superseded by then.
    pub legs: Vec<LegView<'b>>,
}

impl DealView<'_> {
    /// Whether every leg was ended or superseded by then.
    pub fn is_over(&self) -> bool {
        self.legs.iter().all(|leg| leg.ended.is_some())
    }

    /// The latest status.
    pub fn status(&self) -> Option<Status> {
        self.states.last().map(|state| state.status.value)
    }

    /// How far the firmest leg binds.
    pub fn firmness(&self) -> Option<Firmness> {
        self.legs.iter().filter(|leg| leg.ended.is_none()).map(|leg| leg.firmness).max()
    }
}

/// The book as known on a day.
#[derive(Clone, Debug)]
pub struct View<'b> {
    /// The whole book: for names of parties, which are timeless.
    pub book: &'b Book,
    /// The day of knowledge.
    pub as_of: Date,
    /// Deals known by then.
    pub deals: Vec<DealView<'b>>,
    /// Figures published by then.
    pub figures: Vec<&'b Figure>,
    /// Claims made by then.
    pub claims: Vec<&'b Claim>,
    /// Recipes known by then.
    pub recipes: Vec<&'b Recipe>,
}

impl Book {
    /// The book as it was known on `day`, that day included.
    pub fn as_of(&self, day: Date) -> View<'_> {
        self.view(day, |_| true)
    }

    /// The same by what a source stands behind: states, figures and claims without one are left out, so a leg is
    /// only as firm as its sourced states make it.
    pub fn sourced_as_of(&self, day: Date) -> View<'_> {
        let mut view = self.view(day, |state| !state.sources.is_empty());
        view.figures.retain(|figure| !figure.sources.is_empty());
        view.claims.retain(|claim| !claim.sources.is_empty());
        view
    }

    fn view(&self, day: Date, counts: impl Fn(&State) -> bool) -> View<'_> {
        View {
            book: self,
            as_of: day,
            deals: self.deals.iter().filter_map(|deal| deal_as_of(deal, day, &counts)).collect(),
            figures: self.figures.iter().filter(|figure| figure.published <= day).collect(),
            claims: self.claims.iter().filter(|claim| claim.date <= day).collect(),
            recipes: self.recipes.iter().filter(|recipe| recipe.known_from <= day).collect(),
        }
    }
}

fn deal_as_of(deal: &Deal, day: Date, counts: impl Fn(&State) -> bool) -> Option<DealView<'_>> {
    let known = |state: &&State| state.date.value <= day && counts(state);
    let states: Vec<&State> = deal.state.iter().filter(known).collect();
    if states.is_empty() {
        return None;
    }
    let legs = deal.leg.iter().filter_map(|leg| leg_as_of(deal, leg, &states, day)).collect();
    Some(DealView { deal, states, legs })
}

fn leg_as_of<'b>(deal: &'b Deal, leg: &'b Leg, states: &[&'b State], day: Date) -> Option<LegView<'b>> {
    let speaks =
        |state: &&&State| state.legs.is_empty() || state.legs.iter().any(|name| name.value == leg.id.value);
    let from = leg.known_from.as_ref().map(|at| at.value);
    let mut about = states
        .iter()
        .filter(|state| from.is_none_or(|from| from <= state.date.value))
        .filter(speaks)
        .copied()
        .peekable();
    let known_from = from.or_else(|| about.peek().map(|state| state.date.value))?;
    let superseded = leg.until.as_ref().is_some_and(|until| until.value <= day);
    if known_from > day || superseded {
        return None;
    }
    let mut seen: Option<(&State, Option<Firmness>, Option<Date>)> = None;
    for state in about {
        let (firmness, ended) = seen.map_or((None, None), |(_, firmness, ended)| (firmness, ended));
        let ends = matches!(state.status.value, Status::Terminated | Status::Defaulted);
        let ended = ended.or(ends.then_some(state.date.value));
        seen = Some((state, firmness.max(Firmness::of(state.status.value)), ended));
    }
    let (state, firmness, ended) = seen?;
    // An amendment with no state before it is as good as an announcement.
    let firmness = firmness.unwrap_or(Firmness::Announced);
    Some(LegView { deal, leg, state, firmness, known_from, ended })
}

impl<'b> View<'b> {
    /// Legs in force, over all deals; ended ones are left out.
    pub fn live_legs(&self) -> impl Iterator<Item = LegView<'b>> + '_ {
        self.deals.iter().flat_map(|deal| deal.legs.iter().copied()).filter(|leg| leg.ended.is_none())
    }

    /// The sources of a citation list that had been published by then. Undated ones are taken to be.
    pub fn sources(&self, cites: &'b [crate::text::At<String>]) -> Vec<(&'b Source, &'b str)> {
        let known = |source: &&Source| source.date.is_none_or(|date| date <= self.as_of);
        cites
            .iter()
            .filter_map(|cite| {
                self.book.source(cite_id(cite)).filter(known).map(|source| (source, cite.as_str()))
            })
            .collect()
    }

    /// Converts money of a day to the case's currency: by the rate of that day, or of the date of knowledge for
    /// days after it; before the first rate by the first one known by then.
    pub fn convert(&self, value: Decimal, from: Currency, day: Date) -> Option<Decimal> {
        let then = self.book.convert(value, from, day.min(self.as_of));
        then.or_else(|| self.book.convert_by_first(value, from, self.as_of))
    }

    /// The latest figure of a party, metric and scope whose period ends by `day`.
    pub fn latest(&self, party: &str, metric: &str, day: Date) -> Option<&'b Figure> {
        self.figures
            .iter()
            .filter(|f| f.party.value == party && f.metric.value == metric && f.period.value.to() <= day)
            .max_by_key(|f| (f.period.value.to(), f.assumed.is_none(), f.published))
            .copied()
    }

    /// Only what has a source and at least this confidence.
    #[must_use]
    pub fn at_least(mut self, confidence: Confidence) -> View<'b> {
        let enough = |found: Option<Confidence>| found.unwrap_or(Confidence::Medium) <= confidence;
        self.deals.retain(|deal| enough(deal.deal.confidence));
        self.figures.retain(|figure| enough(figure.confidence));
        self.claims.retain(|claim| enough(claim.confidence));
        self
    }
}
