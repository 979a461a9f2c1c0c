//! A checked world and scenario, ready to run.

use crate::copula::Copula;
use crate::distribution::{Distribution, Sampler};
use crate::driver::{Driver, Values};
use crate::error::OutlookError;
use crate::luck::{join, key};
use crate::plan::Plan;
use crate::run::SCRAMBLINGS;
use crate::scenario::Scenario;
use crate::sobol::{Sobol, scrambling};
use crate::world::World;

mod check;

/// Most quarters of a run.
pub const MOST_QUARTERS: usize = 200;
/// Most core parties.
pub const MOST_PARTIES: usize = 400;
/// Most legs.
pub const MOST_LEGS: usize = 20_000;

/// Key of all randomness inside a path. Paths with the same key share their luck, whatever their drivers.
pub type Luck = u64;

/// A world and a scenario, checked and laid out.
#[derive(Debug, Clone)]
pub struct Model {
    pub(crate) plan: Plan,
    pub(crate) scenario: Scenario,
    samplers: Vec<(Driver, Sampler)>,
    fixed: Values,
    copula: Copula,
    sobol: Sobol,
}

impl Model {
    /// Checks world and scenario.
    ///
    /// # Errors
    /// The first thing that is wrong, with its place.
    pub fn new(world: &World, scenario: &Scenario) -> Result<Model, OutlookError> {
        check::world(world)?;
        check::shocks(&scenario.shocks)?;
        let mut fixed = Driver::DEFAULTS;
        let mut samplers = Vec::new();
        for (at, (driver, distribution)) in scenario.drivers.iter().enumerate() {
            let wrong = |problem| OutlookError::Distribution { driver: driver.name().to_owned(), problem };
            if scenario.drivers[..at].iter().any(|(other, _)| other == driver) {
                return Err(wrong("expected one distribution; found two".to_owned()));
            }
            let sampler = Sampler::new(distribution).map_err(wrong)?;
            match distribution {
                Distribution::Pinned { value } => fixed[driver.at()] = *value,
                _ => samplers.push((*driver, sampler)),
            }
        }
        let names: Vec<String> = samplers.iter().map(|(driver, _)| driver.name().to_owned()).collect();
        let copula = Copula::new(&names, &scenario.correlations)?;
        Ok(Model {
            plan: Plan::new(world, &scenario.shocks),
            scenario: scenario.clone(),
            sobol: Sobol::new(2 * samplers.len()),
            samplers,
            fixed,
            copula,
        })
    }

    /// The world it runs.
    pub fn world(&self) -> &World {
        &self.plan.world
    }

    /// The scenario it runs.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Drivers that are not pinned, in the order of the scenario: the dimensions of the sample.
    pub fn free(&self) -> Vec<Driver> {
        self.samplers.iter().map(|(driver, _)| *driver).collect()
    }

    /// Independent uniforms (innovations) of a path, one for each free driver. Path `k` is point `k / 16` of scrambling
    /// `k mod 16`, so that a path does not depend on how many there are.
    pub fn innovations(&self, seed: u64, path: u64) -> Vec<f64> {
        let mut out = vec![0.0; self.samplers.len()];
        self.fill_innovations(seed, path, 0, &mut out);
        out
    }

    /// Of dimensions from `first` on.
    pub(crate) fn fill_innovations(&self, seed: u64, path: u64, first: usize, out: &mut [f64]) {
        let scramble = scrambling("drivers", seed, path % SCRAMBLINGS);
        let index = (path / SCRAMBLINGS) as u32;
        for (at, u) in out.iter_mut().enumerate() {
            *u = self.sobol.point(first + at, index, scramble);
        }
    }

    /// Values of all drivers from innovations (which are used up).
    pub fn values_of(&self, innovations: &mut [f64]) -> Values {
        self.copula.couple(innovations);
        let mut values = self.fixed;
        for ((driver, sampler), u) in self.samplers.iter().zip(innovations) {
            values[driver.at()] = sampler.quantile(*u);
        }
        values
    }

    /// Values of all drivers in one path.
    pub fn values(&self, seed: u64, path: u64) -> Values {
        self.values_of(&mut self.innovations(seed, path))
    }

    /// Every free driver at its median, the rest as pinned.
    pub fn medians(&self) -> Values {
        let mut values = self.fixed;
        for (driver, sampler) in &self.samplers {
            values[driver.at()] = sampler.quantile(0.5);
        }
        values
    }

    /// Luck of one path.
    pub fn luck(&self, seed: u64, path: u64) -> Luck {
        join(join(key("luck"), seed), path)
    }
}
