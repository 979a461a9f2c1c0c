//! The records of a case, as its author writes them. Each holds where it stands.

use abilene_quantity::{Amount, Currency, Date, Period, Rate};
use serde_json::{Value, json};

use crate::decode::{Node, Read, Reader, record};
use crate::schedule::{Delivery, Schedule};
use crate::text::At;
use crate::words::{Confidence, Form, Instrument, Stance, StandsFor, Status};

impl Read for Currency {
    fn read(node: &Node, reader: &mut Reader) -> Option<Currency> {
        let text = reader.text(node, "a currency")?;
        let currency = Currency::parse(text);
        if currency.is_none() {
            reader.unknown_word(node, text, "a currency", &["USD", "EUR", "GBP", "JPY", "KRW", "CNY", "TWD"]);
        }
        currency
    }

    fn schema() -> Value {
        json!({"type": "string", "pattern": "^[A-Z]{3}$"})
    }
}

record! {
    /// The case itself: what it is about, and how its numbers are shown.
    CaseInfo ("a case") {
        /// Its name.
        name: required String,
        /// The question it is to answer.
        question: optional String,
        /// What a reader should know first.
        about: optional String,
        /// The currency that everything is converted to.
        currency: required Currency,
        /// The scale that money is shown in: `k`, `m`, `bn` or `tn`.
        unit: optional String,
        /// The first day that matters.
        start: required Date,
        /// The last day that matters.
        horizon: required Date,
        /// The date of knowledge where no other is asked for.
        as_of: required Date,
    }
}

record! {
    /// A company, a fund, a state, or a sector that closes the accounts.
    Party ("a party") {
        /// Short name for use in the case.
        id: required At<String>,
        /// Name for people.
        name: required String,
        /// Other names, tickers and names in other scripts.
        aliases: list At<String>,
        /// What it is: `ai_lab`, `cloud`, `chip_maker`, `lender`, `sector`, … A word of the author's choice.
        kind: required At<String>,
        /// Country, by its two-letter code.
        country: optional String,
        /// `many` for groups of unnamed parties and sectors: the outside, never part of a loop.
        stands_for: optional StandsFor,
        /// Last month of its fiscal year, where not December.
        fiscal_year_end: optional u8,
        /// The party that owns it.
        parent: optional At<String>,
        /// A sentence about it that is true at any date.
        about: optional String,
    }
}

record! {
    /// A document that says something.
    Source ("a source") {
        /// Short name for citing.
        id: required At<String>,
        /// Its title.
        title: required String,
        /// Who published it.
        publisher: optional String,
        /// When; absent when the page does not say.
        date: optional Date,
        /// Where it can be read.
        url: optional String,
        /// A copy beside the case, as a path from the case's folder.
        file: optional At<String>,
        /// Its language where not English, as a two-letter code.
        lang: optional String,
    }
}

record! {
    /// An agreement: one or more legs, and what was known of it when.
    Deal ("a deal") {
        /// Short name.
        id: required At<String>,
        /// A title that is true at any date of knowledge.
        title: required String,
        /// A sentence or two that are true at any date of knowledge.
        about: optional String,
        /// How much it can be trusted.
        confidence: optional Confidence,
        /// The streams of money or things of value.
        leg: list Leg,
        /// What was known when, in order of dates.
        state: list State,
    }
}

record! {
    /// One stream of cash or of a thing of value.
    Leg ("a leg") {
        /// Short name within the deal.
        id: required At<String>,
        /// Who pays or hands over.
        payer: required At<String>,
        /// Who receives.
        payee: required At<String>,
        /// What it is paid for or as.
        instrument: required At<Instrument>,
        /// `in kind` for shares and warrants handed over; cash otherwise.
        form: optional Form,
        /// How much in all; absent when nobody told.
        amount: optional At<Amount>,
        /// Of an `up to` or a range, the part that is committed.
        firm: optional At<Amount>,
        /// Computing capacity, or electric power of a power purchase.
        power: optional At<Amount>,
        /// When it pays.
        schedule: optional At<Schedule>,
        /// What must happen first, as known when the leg became known.
        condition: optional String,
        /// The day it became known; the deal's first state where absent.
        known_from: optional At<Date>,
        /// The day it was superseded.
        until: optional At<Date>,
        /// Why the amount is an assumption.
        assumed: optional String,
        /// The leg of this deal that it repays, redeems or refunds.
        repays: optional At<String>,
        /// What the capacity takes to build; gives expected flows.
        recipe: optional At<String>,
        /// When the capacity is delivered, for the recipe.
        plan: list Delivery,
        /// Why the plan is an assumption.
        plan_assumed: optional String,
    }
}

record! {
    /// What became known on a day.
    State ("a state") {
        /// The day.
        date: required At<Date>,
        /// How far the deal, or the legs named, had come.
        status: required At<Status>,
        /// The legs it speaks of; all when absent.
        legs: list At<String>,
        /// What was said.
        note: optional String,
        /// Sources as `id` or `id#place in it`.
        sources: list At<String>,
    }
}

record! {
    /// A reported number of a party.
    Figure ("a figure") {
        /// Whose.
        party: required At<String>,
        /// What: `revenue`, `ai_revenue`, `operating_cash_flow`, `capex`, `cash`, `debt`, `capacity`, …
        metric: required At<String>,
        /// What it covers: `12 months to 2026-01` or `at 2026-03-31`.
        period: required At<Period>,
        /// The reporter's own name of the period, such as `FY2026`.
        label: optional String,
        /// The number.
        value: required At<Amount>,
        /// What exactly it measures, where two numbers of one metric measure different things.
        scope: optional String,
        /// When it was published.
        published: required Date,
        /// Why that day is an assumption.
        published_assumed: optional String,
        /// Sources as `id` or `id#place in it`.
        sources: list At<String>,
        /// How much it can be trusted.
        confidence: optional Confidence,
        /// Anything a reader should know.
        note: optional String,
        /// Why the value is an assumption.
        assumed: optional String,
    }
}

record! {
    /// A number that somebody said about something.
    Claim ("a claim") {
        /// Short name.
        id: required At<String>,
        /// The dispute it belongs to.
        topic: optional String,
        /// What it measures.
        metric: required String,
        /// Of what.
        subject: required String,
        /// The party, when the subject is one.
        party: optional At<String>,
        /// The number.
        value: required At<Amount>,
        /// For when.
        period: optional String,
        /// Who said it.
        speaker: optional String,
        /// For whom the speaker spoke.
        organisation: optional String,
        /// When it was said.
        date: required Date,
        /// Why that day is an assumption.
        date_assumed: optional String,
        /// Sources as `id` or `id#place in it`.
        sources: list At<String>,
        /// How much it can be trusted.
        confidence: optional Confidence,
        /// Anything a reader should know.
        note: optional String,
        /// Which side it supports.
        stance: optional Stance,
    }
}

record! {
    /// What one unit of capacity takes, and whose revenue that is.
    Recipe ("a recipe") {
        /// Short name.
        id: required At<String>,
        /// What it makes.
        title: required String,
        /// The unit, such as `1 GW`.
        per: required At<Amount>,
        /// When it became known.
        known_from: required Date,
        /// Anything a reader should know.
        about: optional String,
        /// Sources as `id` or `id#place in it`.
        sources: list At<String>,
        /// Why it is an assumption.
        assumed: optional String,
        /// The parts.
        part: list RecipePart,
    }
}

record! {
    /// One part of a recipe.
    RecipePart ("a part of a recipe") {
        /// What is bought.
        name: required String,
        /// Whose revenue it is.
        payee: required At<String>,
        /// How much for one unit.
        amount: required At<Amount>,
        /// Why it is an assumption.
        assumed: optional String,
    }
}

record! {
    /// An exchange rate on a day.
    RateRow ("a rate") {
        /// The day.
        date: required Date,
        /// Such as `1 USD = 1403 KRW`.
        rate: required At<Rate>,
        /// Sources as `id` or `id#place in it`.
        sources: list At<String>,
        /// Why it is an assumption.
        assumed: optional String,
    }
}

/// The source's id in a citation `id#place`.
pub fn cite_id(cite: &str) -> &str {
    cite.split_once('#').map_or(cite, |(id, _)| id)
}

/// The place in the source, in a citation `id#place`.
pub fn cite_locator(cite: &str) -> Option<&str> {
    cite.split_once('#').map(|(_, place)| place)
}
