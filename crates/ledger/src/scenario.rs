//! What is assumed about the future, as its author writes it: `scenarios/*.toml`.

use abilene_quantity::{Date, Decimal};
use serde_json::{Value, json};
use toml::de::DeValue;

use crate::decode::{Node, Read, Reader, record};
use crate::text::At;
use crate::words_of_outlook::{DriverName, RuleName, Shape, ShockKind, ThresholdName};

/// A bare number, for what has no unit of its own: a driver's name fixes its unit.
impl Read for Decimal {
    fn read(node: &Node, reader: &mut Reader) -> Option<Decimal> {
        let text = match node.get_ref() {
            DeValue::Integer(number) => Some(number.as_str()),
            DeValue::Float(number) => Some(number.as_str()),
            _ => None,
        };
        let number = text.and_then(|text| {
            let plain = text.replace('_', "");
            plain.parse().ok().or_else(|| Decimal::from_scientific(&plain).ok())
        });
        if number.is_none() {
            reader.wrong_type(node, "a number such as 0.25");
        }
        number
    }

    fn schema() -> Value {
        json!({"type": "number"})
    }
}

record! {
    /// Assumptions about the future that belong together.
    Scenario ("a scenario") {
        /// Short name.
        id: required At<String>,
        /// What it is, in a line.
        title: required String,
        /// What it asks, and what it presumes.
        about: optional String,
        /// The scenario whose lines hold where this one has none.
        extends: optional At<String>,
        /// What is uncertain.
        driver: list DriverRange,
        /// Which drivers move together.
        correlation: list DriverPair,
        /// What happens on a date in every path.
        shock: list DatedShock,
        /// What counts as which outcome.
        threshold: list Threshold,
        /// How parties finance, build and fail.
        rule: list Rule,
    }
}

record! {
    /// The range of one driver.
    DriverRange ("a driver") {
        /// Which.
        name: required At<DriverName>,
        /// The shape of the range.
        shape: required At<Shape>,
        /// Its one value, where pinned.
        value: optional At<Decimal>,
        /// Not exceeded with probability 0.1.
        p10: optional At<Decimal>,
        /// Not exceeded with probability 0.9.
        p90: optional At<Decimal>,
        /// The least.
        min: optional At<Decimal>,
        /// The most likely.
        mode: optional At<Decimal>,
        /// The most.
        max: optional At<Decimal>,
        /// Claims of the case that the range comes from.
        claims: list At<String>,
        /// Sources as `id` or `id#place in it`.
        sources: list At<String>,
        /// Why it is a judgement.
        assumed: optional String,
    }
}

record! {
    /// Two drivers that move together.
    DriverPair ("a correlation") {
        /// One.
        a: required At<DriverName>,
        /// The other.
        b: required At<DriverName>,
        /// Rank correlation (Spearman), -1 to 1.
        spearman: required At<Decimal>,
        /// Why it is a judgement.
        assumed: optional String,
    }
}

record! {
    /// Something that happens in every path.
    DatedShock ("a shock") {
        /// What.
        kind: required At<ShockKind>,
        /// From the quarter of this day.
        from: required At<Date>,
        /// To the quarter of this day; to the end where absent.
        to: optional At<Date>,
        /// By what spending or efficiency is multiplied.
        factor: optional At<Decimal>,
        /// Sources as `id` or `id#place in it`.
        sources: list At<String>,
        /// Why it is a judgement.
        assumed: optional String,
    }
}

record! {
    /// A threshold between outcomes.
    Threshold ("a threshold") {
        /// Which.
        name: required At<ThresholdName>,
        /// Its value, as a part.
        value: required At<Decimal>,
    }
}

record! {
    /// A number that holds for all parties.
    Rule ("a rule") {
        /// Which.
        name: required At<RuleName>,
        /// Its value.
        value: required At<Decimal>,
        /// Claims of the case that it comes from.
        claims: list At<String>,
        /// Sources as `id` or `id#place in it`.
        sources: list At<String>,
        /// Why it is a judgement.
        assumed: optional String,
    }
}

impl Scenario {
    /// Every citation in it.
    pub(crate) fn cites(&self) -> impl Iterator<Item = &At<String>> {
        let drivers = self.driver.iter().flat_map(|driver| &driver.sources);
        let shocks = self.shock.iter().flat_map(|shock| &shock.sources);
        drivers.chain(shocks).chain(self.rule.iter().flat_map(|rule| &rule.sources))
    }
}

impl DriverRange {
    /// The numbers that its shape needs, by key; `None` where one is missing or one too many is there.
    pub fn numbers(&self) -> Option<Vec<Decimal>> {
        let given = [&self.value, &self.p10, &self.p90, &self.min, &self.mode, &self.max];
        let needs = self.shape.value.keys();
        let keys = ["value", "p10", "p90", "min", "mode", "max"];
        let fits = keys.iter().zip(given).all(|(key, value)| needs.contains(key) == value.is_some());
        let numbers = keys.iter().zip(given).filter(|(key, _)| needs.contains(key));
        fits.then(|| numbers.filter_map(|(_, value)| value.as_ref().map(|at| at.value)).collect())
    }
}
