//! Eight scenarios together: default sets grow from above and are solved once they stand.

use super::lanes::{LANES, Lane, System, ZERO, lost, pass};
use crate::network::{Network, Rows};
use crate::plain;
use crate::statement::DEFAULT_TOLERANCE;

/// A change at which a pass is good enough while default sets still grow.
const ROUGH: f64 = 1e-2;
/// A change at which they are solved: the last bits.
const FINE: f64 = 4e-16;
/// After so many passes a group is solved scenario by scenario instead.
const MOST_PASSES: usize = 150;

/// Working memory for one group after another.
pub(super) struct Group<'a> {
    network: &'a Network,
    owed_to: &'a Rows,
    assets: Vec<Lane>,
    unpaid: Vec<Lane>,
    fails: Vec<[bool; LANES]>,
    /// Who fails in any lane.
    set: Vec<u32>,
    slot: Vec<u32>,
    system: System,
}

impl<'a> Group<'a> {
    pub fn new(network: &'a Network, owed_to: &'a Rows) -> Self {
        let parties = network.parties();
        Self {
            network,
            owed_to,
            assets: vec![ZERO; parties],
            unpaid: vec![ZERO; parties],
            fails: vec![[false; LANES]; parties],
            set: Vec::new(),
            slot: vec![u32::MAX; parties],
            system: System::default(),
        }
    }

    /// Solves up to eight scenarios and appends the paid parts of each.
    pub fn solve(&mut self, scenarios: &[&[f64]], rows: &mut Vec<f64>) {
        self.load(scenarios);
        let solved = self.settle();
        for (lane, assets) in scenarios.iter().enumerate() {
            if solved {
                rows.extend(self.unpaid.iter().map(|unpaid| (1.0 - unpaid.0[lane]).clamp(0.0, 1.0)));
            } else {
                rows.extend(plain::recoveries(self.network, assets).0);
            }
        }
    }

    /// Scenario by scenario into lanes; a missing one repeats the last.
    fn load(&mut self, scenarios: &[&[f64]]) {
        for lane in 0..LANES {
            let row = scenarios[lane.min(scenarios.len() - 1)];
            for (assets, value) in self.assets.iter_mut().zip(row) {
                assets.0[lane] = *value;
            }
        }
        self.unpaid.fill(ZERO);
        self.fails.fill([false; LANES]);
        for party in self.set.drain(..) {
            self.slot[party as usize] = u32::MAX;
        }
    }

    /// Lets default sets grow with rough solutions, each of which lies above the true one; then solves finely.
    fn settle(&mut self) -> bool {
        let mut goal = ROUGH;
        loop {
            let grown = self.grow();
            if !grown && goal == FINE {
                return true;
            }
            if !grown {
                goal = FINE;
            }
            if self.set.is_empty() {
                return true;
            }
            if !self.relax(goal) {
                return false;
            }
        }
    }

    /// Finds who fails now and did not before.
    fn grow(&mut self) -> bool {
        let mut grown = false;
        for party in 0..self.network.parties() {
            let dues = self.network.dues[party];
            let least = self.assets[party].0.iter().copied().fold(f64::INFINITY, f64::min);
            if dues > 0.0 && least < dues {
                grown |= self.check(party, dues);
            }
        }
        grown
    }

    fn check(&mut self, party: usize, dues: f64) -> bool {
        let row = self.owed_to.start[party]..self.owed_to.start[party + 1];
        let lost = lost(&self.owed_to.index[row.clone()], &self.owed_to.value[row], &self.unpaid);
        let claims = self.network.claims[party];
        let mut grown = false;
        for lane in 0..LANES {
            let has = self.assets[party].0[lane] + claims - lost.0[lane];
            if !self.fails[party][lane] && dues - has > DEFAULT_TOLERANCE * dues {
                self.fails[party][lane] = true;
                grown = true;
            }
        }
        if grown && self.slot[party] == u32::MAX {
            self.slot[party] = self.set.len() as u32;
            self.set.push(party as u32);
        }
        grown
    }

    /// Passes over the default set until nothing changes by more than `goal`.
    fn relax(&mut self, goal: f64) -> bool {
        self.lay_out();
        for _ in 0..MOST_PASSES {
            if pass(&mut self.system) <= goal {
                for (at, party) in self.set.iter().enumerate() {
                    self.unpaid[*party as usize] = self.system.unpaid[at];
                }
                return true;
            }
        }
        false
    }

    fn lay_out(&mut self) {
        let system = &mut self.system;
        system.start.clear();
        system.index.clear();
        system.value.clear();
        system.constant.clear();
        system.slope.clear();
        system.unpaid.clear();
        system.start.push(0);
        for party in self.set.iter().map(|party| *party as usize) {
            for (debtor, amount) in self.owed_to.row(party) {
                if self.slot[debtor] != u32::MAX {
                    system.index.push(self.slot[debtor]);
                    system.value.push(amount);
                }
            }
            system.start.push(system.index.len());
            let (dues, claims) = (self.network.dues[party], self.network.claims[party]);
            let (alpha, beta) = (self.network.alpha[party], self.network.beta[party]);
            let (mut constant, mut slope) = (ZERO, ZERO);
            for lane in (0..LANES).filter(|lane| self.fails[party][*lane]) {
                let assets = self.assets[party].0[lane];
                let missing = (dues - assets - claims) + (1.0 - alpha) * assets + (1.0 - beta) * claims;
                constant.0[lane] = missing / dues;
                slope.0[lane] = beta / dues;
            }
            system.constant.push(constant);
            system.slope.push(slope);
            system.unpaid.push(self.unpaid[party]);
        }
    }
}
