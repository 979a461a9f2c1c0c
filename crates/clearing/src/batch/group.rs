//! Eight scenarios together: default sets grow from above and are solved once they stand.

use super::lanes::{LANES, Lane, Line, Pass, ZERO, pass};
use crate::network::{Network, Rows};
use crate::plain;
use crate::statement::DEFAULT_TOLERANCE;

/// A change at which a pass is good enough while default sets still grow.
const ROUGH: f64 = 1e-2;
/// A change at which they are solved: the last bits.
const FINE: f64 = 1e-15;
/// After so many passes a group is solved scenario by scenario instead.
const MOST_PASSES: usize = 200;

/// Working memory for one group after another.
pub(super) struct Group<'a> {
    network: &'a Network,
    owed_to: &'a Rows,
    lines: Vec<Line>,
    unpaid: Vec<Lane>,
    fails: Vec<Lane>,
    /// Who could fail in some scenario of the group.
    open: Vec<u32>,
}

impl<'a> Group<'a> {
    pub fn new(network: &'a Network, owed_to: &'a Rows) -> Self {
        let parties = network.parties();
        let line = |party: usize| {
            let dues = network.dues[party];
            let slope = if dues > 0.0 { network.beta[party] / dues } else { 0.0 };
            Line { buffer: ZERO, constant: ZERO, slope }
        };
        Self {
            network,
            owed_to,
            lines: (0..parties).map(line).collect(),
            unpaid: vec![ZERO; parties],
            fails: vec![ZERO; parties],
            open: Vec::new(),
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

    /// Scenario by scenario into lanes; a missing one repeats the last. Who has its dues outside is left out.
    fn load(&mut self, scenarios: &[&[f64]]) {
        self.unpaid.fill(ZERO);
        self.fails.fill(ZERO);
        self.open.clear();
        for (party, line) in self.lines.iter_mut().enumerate() {
            let (dues, claims) = (self.network.dues[party], self.network.claims[party]);
            let (alpha, beta) = (self.network.alpha[party], self.network.beta[party]);
            let mut least = f64::INFINITY;
            for lane in 0..LANES {
                let assets = scenarios[lane.min(scenarios.len() - 1)][party];
                least = least.min(assets);
                let lacks = dues - assets - claims;
                line.buffer.0[lane] = DEFAULT_TOLERANCE * dues - lacks;
                let missing = lacks + (1.0 - alpha) * assets + (1.0 - beta) * claims;
                line.constant.0[lane] = if dues > 0.0 { missing / dues } else { 0.0 };
            }
            if dues > 0.0 && least < dues {
                self.open.push(party as u32);
            }
        }
    }

    /// Lets default sets grow by passes that stay above the solution; then solves them, and looks once more.
    fn settle(&mut self) -> bool {
        let mut goal = ROUGH;
        let mut failing = 0;
        for _ in 0..MOST_PASSES {
            let moved = self.pass(Pass::Grow);
            let now = self.count_failing();
            let grown = now > failing;
            failing = now;
            if moved > goal || grown {
                continue;
            }
            if goal == FINE {
                return true;
            }
            goal = FINE;
            if !self.solve_failing() {
                return false;
            }
        }
        false
    }

    /// Passes over those who fail in any lane, until only the last bits move.
    fn solve_failing(&mut self) -> bool {
        let all = std::mem::take(&mut self.open);
        self.open = all.iter().copied().filter(|party| self.fails[*party as usize] != ZERO).collect();
        let solved = (0..MOST_PASSES).any(|_| self.pass(Pass::Solve) <= FINE);
        self.open = all;
        solved
    }

    fn pass(&mut self, kind: Pass) -> f64 {
        pass(kind, self.owed_to, &self.open, &self.lines, &mut self.fails, &mut self.unpaid)
    }

    fn count_failing(&self) -> usize {
        let failing = |lanes: &Lane| lanes.0.iter().filter(|fails| **fails > 0.0).count();
        self.open.iter().map(|party| failing(&self.fails[*party as usize])).sum()
    }
}
