//! One network, many scenarios of outside assets: solved eight at a time, streamed in order.
//!
//! One class and no holdings, as in [`crate::recoveries`]: greatest vectors of Eisenberg & Noe (2001) or Rogers &
//! Veraart (2013). Scenarios of a block are sorted by what they have in all, so that those in neighbouring lanes
//! fail alike; which scenarios share a group depends on their numbers only, so that results are the same to the
//! last bit whatever the number of threads.

mod group;
mod lanes;

use crate::error::{List, NetworkError, check_amounts};
use crate::network::{Network, Rows};
use group::Group;
use lanes::LANES;

/// Scenarios laid out, solved and handed on at once.
const BLOCK: usize = 2_048;

/// A network laid out for many scenarios.
#[derive(Debug)]
pub struct Batch<'a> {
    network: &'a Network,
    /// By creditor: who owes it how much.
    owed_to: Rows,
}

impl<'a> Batch<'a> {
    /// Lays the network out by creditor.
    ///
    /// # Errors
    /// [`NetworkError::NotPlain`] when there are several classes or holdings.
    pub fn new(network: &'a Network) -> Result<Self, NetworkError> {
        if !network.is_plain() {
            return Err(NetworkError::NotPlain);
        }
        let arcs =
            network.arcs().filter(|arc| arc.2 > 0.0).map(|(debtor, to, amount)| (to, debtor as u32, amount));
        let arcs: Vec<(usize, u32, f64)> = arcs.collect();
        Ok(Self { network, owed_to: Rows::collect(network.parties(), arcs.iter().copied()) })
    }

    /// Solves `count` scenarios on up to `threads` threads, in blocks.
    ///
    /// `fill(scenario, assets)` writes outside assets by party; `sink(scenario, recoveries)` gets the paid part of
    /// each party's dues, scenario by scenario, in order.
    ///
    /// # Errors
    /// [`NetworkError`] when a scenario's assets are no amounts; earlier blocks have then been handed on.
    pub fn solve(
        &self,
        count: usize,
        threads: usize,
        mut fill: impl FnMut(usize, &mut [f64]),
        mut sink: impl FnMut(usize, &[f64]),
    ) -> Result<(), NetworkError> {
        let parties = self.network.parties();
        if parties == 0 {
            (0..count).for_each(|scenario| sink(scenario, &[]));
            return Ok(());
        }
        let mut assets = vec![0.0; BLOCK.min(count) * parties];
        let mut found = vec![0.0; assets.len()];
        for first in (0..count).step_by(BLOCK) {
            let here = BLOCK.min(count - first);
            for (at, row) in assets.chunks_mut(parties).take(here).enumerate() {
                fill(first + at, row);
                check_amounts(List::Assets, row, parties)?;
            }
            self.solve_block(&assets[..here * parties], threads, &mut found[..here * parties]);
            found.chunks(parties).take(here).enumerate().for_each(|(at, row)| sink(first + at, row));
        }
        Ok(())
    }

    /// Solves scenarios given as rows of `assets` into rows of `found`.
    fn solve_block(&self, assets: &[f64], threads: usize, found: &mut [f64]) {
        let parties = self.network.parties();
        let order = by_wealth(assets, parties);
        let groups: Vec<&[usize]> = order.chunks(LANES).collect();
        let share = groups.len().div_ceil(threads.max(1)).max(1);
        let solved: Vec<Vec<f64>> = std::thread::scope(|scope| {
            let workers: Vec<_> = groups
                .chunks(share)
                .map(|groups| scope.spawn(move || self.solve_groups(assets, groups)))
                .collect();
            workers.into_iter().map(|worker| worker.join().unwrap_or_default()).collect()
        });
        let rows = solved.iter().flat_map(|rows| rows.chunks(parties));
        for (scenario, row) in order.iter().zip(rows) {
            found[scenario * parties..(scenario + 1) * parties].copy_from_slice(row);
        }
    }

    fn solve_groups(&self, assets: &[f64], groups: &[&[usize]]) -> Vec<f64> {
        let parties = self.network.parties();
        let mut rows = Vec::with_capacity(groups.len() * LANES * parties);
        let mut group = Group::new(self.network, &self.owed_to);
        for scenarios in groups {
            let lanes: Vec<&[f64]> =
                scenarios.iter().map(|at| &assets[at * parties..(at + 1) * parties]).collect();
            group.solve(&lanes, &mut rows);
        }
        rows
    }
}

/// Scenarios from the poorest to the richest; equals in their order.
fn by_wealth(assets: &[f64], parties: usize) -> Vec<usize> {
    let wealth: Vec<f64> = assets.chunks(parties).map(|row| row.iter().sum()).collect();
    let mut order: Vec<usize> = (0..wealth.len()).collect();
    order.sort_by(|a, b| wealth[*a].total_cmp(&wealth[*b]));
    order
}
