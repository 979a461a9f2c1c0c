//! A scenario with everything that it extends, in the engine's terms.

use abilene_ledger::{At, Book, DriverRange, RuleName, Scenario as Told, Shape, ShockKind, ThresholdName};
use abilene_outlook::{Correlation, Distribution, Driver, OutcomeRule, Scenario, Shock};
use abilene_quantity::{Date, Decimal};

use super::calendar::Calendar;
use crate::money::number;

/// The rules where no scenario tells them. Each is a judgement: docs/outlook.md has the reasons.
const RULES: [(RuleName, f64); 20] = [
    (RuleName::GraceQuarters, 2.0),
    (RuleName::StretchQuarters, 4.0),
    (RuleName::FearOfDefaults, 1.0),
    (RuleName::FearOfCoverage, 0.2),
    (RuleName::FearOfArrears, 0.5),
    (RuleName::ReopensBelow, 0.8),
    (RuleName::DebtPerOperatingCash, 3.0),
    (RuleName::DebtPerReceivables, 0.3),
    (RuleName::LoanToValue, 0.25),
    (RuleName::EquityPerYear, 0.05),
    (RuleName::BufferQuarters, 1.0),
    (RuleName::RentPerGwYear, 12.0),
    (RuleName::CostPerGw, 50.0),
    (RuleName::BuildQuarters, 6.0),
    (RuleName::AiPartOfCapex, 0.6),
    (RuleName::CostOfCustomerRevenue, 0.3),
    (RuleName::CapacityTarget, 0.0),
    (RuleName::RunningPerGwYear, 0.9),
    (RuleName::DebtLifeYears, 7.0),
    (RuleName::AnnouncedPart, 0.0),
];

/// A scenario merged with what it extends.
#[derive(Clone, Debug)]
pub(super) struct Merged<'b> {
    pub id: &'b str,
    pub title: &'b str,
    pub about: Option<&'b str>,
    /// Each driver once, in the order first told.
    pub drivers: Vec<&'b DriverRange>,
    pub told: Vec<&'b abilene_ledger::Rule>,
    pub scenario: Scenario,
}

impl<'b> Merged<'b> {
    /// The case checks that chains end, so that this ends.
    pub fn of(book: &'b Book, last: &'b Told, calendar: &Calendar) -> Merged<'b> {
        let mut chain = vec![last];
        while let Some(base) = chain[chain.len() - 1].extends.as_ref().and_then(|id| book.scenario(id)) {
            chain.push(base);
        }
        let mut merged = Merged {
            id: &last.id.value,
            title: &last.title,
            about: last.about.as_deref(),
            drivers: Vec::new(),
            told: Vec::new(),
            scenario: Scenario::default(),
        };
        chain.iter().rev().for_each(|one| merged.add(one, calendar));
        merged.scenario.drivers = merged.drivers.iter().filter_map(|range| distribution(range)).collect();
        // What a scenario pins no longer moves with anything.
        let drivers = &merged.scenario.drivers;
        let moves = |driver: Driver| {
            drivers.iter().any(|(one, shape)| *one == driver && !matches!(shape, Distribution::Pinned { .. }))
        };
        merged.scenario.correlations.retain(|pair| moves(pair.a) && moves(pair.b));
        merged
    }

    fn add(&mut self, one: &'b Told, calendar: &Calendar) {
        for range in &one.driver {
            match self.drivers.iter_mut().find(|known| known.name.value == range.name.value) {
                Some(known) => *known = range,
                None => self.drivers.push(range),
            }
        }
        for rule in &one.rule {
            self.told.retain(|known| known.name.value != rule.name.value);
            self.told.push(rule);
        }
        for threshold in &one.threshold {
            set(&mut self.scenario.rule, threshold.name.value, number(threshold.value.value));
        }
        for pair in &one.correlation {
            let (a, b) = (driver(pair.a.value.text()), driver(pair.b.value.text()));
            if let (Some(a), Some(b)) = (a, b) {
                let same = |known: &Correlation| [(a, b), (b, a)].contains(&(known.a, known.b));
                self.scenario.correlations.retain(|known| !same(known));
                self.scenario.correlations.push(Correlation { a, b, spearman: number(pair.spearman.value) });
            }
        }
        self.scenario.shocks.extend(one.shock.iter().map(|shock| shock_of(shock, calendar)));
    }

    /// A rule's value: as told, else the default.
    pub fn rule(&self, name: RuleName) -> f64 {
        let told = self.told.iter().find(|rule| rule.name.value == name).map(|rule| number(rule.value.value));
        told.or_else(|| RULES.iter().find(|(rule, _)| *rule == name).map(|(_, value)| *value)).unwrap_or(0.0)
    }

    /// Every rule, and whether the scenario tells it.
    pub fn rules(&self) -> Vec<(RuleName, f64, Option<&'b abilene_ledger::Rule>)> {
        let told = |name: RuleName| self.told.iter().find(|rule| rule.name.value == name).copied();
        RULES.iter().map(|(name, _)| (*name, self.rule(*name), told(*name))).collect()
    }
}

fn driver(name: &str) -> Option<Driver> {
    Driver::named(name)
}

fn distribution(range: &DriverRange) -> Option<(Driver, Distribution)> {
    let one = |at: &Option<At<Decimal>>| at.as_ref().map_or(0.0, |at| number(at.value));
    let (p10, p90, min, max) = (one(&range.p10), one(&range.p90), one(&range.min), one(&range.max));
    let shape = match range.shape.value {
        Shape::Pinned => Distribution::Pinned { value: one(&range.value) },
        Shape::Uniform => Distribution::Uniform { min, max },
        Shape::Loguniform => Distribution::LogUniform { min, max },
        Shape::Normal => Distribution::Normal { p10, p90 },
        Shape::Lognormal => Distribution::LogNormal { p10, p90 },
        Shape::Loglogistic => Distribution::LogLogistic { p10, p90 },
        Shape::Triangular => Distribution::Triangular { min, mode: one(&range.mode), max },
        Shape::Pert => Distribution::Pert { min, mode: one(&range.mode), max, lambda: 4.0 },
    };
    Some((driver(range.name.value.text())?, shape))
}

fn set(rule: &mut OutcomeRule, name: ThresholdName, value: f64) {
    *match name {
        ThresholdName::BridgeServed => &mut rule.bridge_served,
        ThresholdName::BridgeCoverage => &mut rule.bridge_coverage,
        ThresholdName::BridgeNewMoney => &mut rule.bridge_new_money,
        ThresholdName::TrapLosses => &mut rule.trap_losses,
        ThresholdName::TrapServed => &mut rule.trap_served,
    } = value;
}

fn shock_of(shock: &abilene_ledger::DatedShock, calendar: &Calendar) -> Shock {
    let quarter = |day: Date| calendar.quarter(day).max(1) as u32;
    let from = quarter(shock.from.value);
    let until = shock.to.as_ref().map_or(calendar.quarters as u32, |to| quarter(to.value));
    let factor = shock.factor.as_ref().map_or(1.0, |at| number(at.value));
    match shock.kind.value {
        ShockKind::Efficiency => Shock::Efficiency { quarter: from, factor },
        ShockKind::MarketShut => Shock::MarketShut { from, until },
        ShockKind::Demand => Shock::Demand { from, until, factor },
    }
}

#[cfg(test)]
mod tests {
    use abilene_ledger::DriverName;
    use abilene_outlook::Driver;

    /// The ledger knows drivers by name only; the names must be those of the engine.
    #[test]
    fn scenario_files_and_engine_name_the_same_drivers() {
        let told: Vec<&str> = DriverName::ALL.iter().map(|name| name.text()).collect();
        let known: Vec<&str> = Driver::ALL.iter().map(|driver| driver.name()).collect();
        assert_eq!(told, known);
    }
}
