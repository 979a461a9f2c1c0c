//! Sums over paths and what a summary makes of them.

use super::SCRAMBLINGS;
use crate::fan::Counts;
use crate::model::Model;
use crate::odds::spread_error;
use crate::path::{PathRow, PathView, Series};
use crate::plan::Plan;
use crate::scenario::{DecidedBy, Outcome, Scenario};
use crate::summary::{Cascade, CascadeEdge, FAN, Fan, Mean, Odds, PartyFan, PartySummary, Summary};

const OUTCOMES: [Outcome; 3] = [Outcome::Bridge, Outcome::Correction, Outcome::DebtTrap];
const LINES: [DecidedBy; 7] = [
    DecidedBy::AllMet,
    DecidedBy::TrapServed,
    DecidedBy::TrapLosses,
    DecidedBy::Default,
    DecidedBy::Served,
    DecidedBy::Coverage,
    DecidedBy::NewMoney,
];

type Number = fn(&PathRow) -> f64;

/// Means that a summary has.
pub(crate) const NUMBERS: [(&str, Number); 10] = [
    ("served", |row| row.inputs.served),
    ("served_of_due", |row| row.served_of_due),
    ("coverage", |row| row.inputs.coverage),
    ("new_money", |row| row.inputs.new_money),
    ("gap", |row| row.gap),
    ("peak_gap", |row| row.peak_gap),
    ("losses_core", |row| row.losses_core),
    ("losses_outside", |row| row.losses_outside),
    ("defaults", |row| f64::from(row.defaults)),
    ("customers_paid", |row| row.customers_paid),
];

const R: usize = SCRAMBLINGS as usize;

/// Sums of some paths. Everything is in one list of floats, so that adding two is one loop.
#[derive(Debug, Clone)]
pub(crate) struct Sums {
    parties: usize,
    quarters: usize,
    rules: usize,
    cells: Vec<f64>,
}

impl Sums {
    pub fn new(plan: &Plan, scenario: &Scenario) -> Self {
        let mut sums = Self {
            parties: plan.parties(),
            quarters: plan.quarters,
            rules: 1 + scenario.alternatives.len(),
            cells: Vec::new(),
        };
        sums.cells = vec![0.0; sums.cascade(0, 0) + 3 * sums.parties * (sums.parties + 1)];
        sums
    }

    // Where what lies: paths, numbers and outcomes by scrambling; lines; parties; first failures; fans; cascade.
    fn numbers(&self, scrambling: usize) -> usize {
        scrambling * (1 + NUMBERS.len() + 3 * self.rules)
    }

    fn outcomes(&self, scrambling: usize, rule: usize) -> usize {
        self.numbers(scrambling) + 1 + NUMBERS.len() + 3 * rule
    }

    fn lines(&self) -> usize {
        self.numbers(R)
    }

    fn party(&self, party: usize) -> usize {
        self.lines() + LINES.len() + party * (3 + self.quarters)
    }

    fn fan(&self, quarter: usize) -> usize {
        self.party(self.parties) + quarter * Series::COUNT
    }

    /// Cause `parties` is nobody.
    fn cascade(&self, cause: usize, failed: usize) -> usize {
        self.fan(self.quarters) + 3 * (cause * self.parties + failed)
    }

    pub fn merge(&mut self, other: &Sums) {
        self.cells.iter_mut().zip(&other.cells).for_each(|(a, b)| *a += b);
    }

    pub fn add(&mut self, scenario: &Scenario, view: &PathView<'_>) {
        let row = view.row;
        let scrambling = (row.path % SCRAMBLINGS) as usize;
        let at = self.numbers(scrambling);
        self.cells[at] += 1.0;
        for (number, (_, of)) in NUMBERS.iter().enumerate() {
            self.cells[at + 1 + number] += of(row);
        }
        let outcome = self.outcomes(scrambling, 0) + row.outcome as usize;
        self.cells[outcome] += 1.0;
        for (number, rule) in scenario.alternatives.iter().enumerate() {
            let place = self.outcomes(scrambling, number + 1) + rule.decide(&row.inputs).0 as usize;
            self.cells[place] += 1.0;
        }
        let line = self.lines() + LINES.iter().position(|line| *line == row.decided_by).unwrap_or(0);
        self.cells[line] += 1.0;
        for (party, revenue) in view.revenue.iter().enumerate() {
            let at = self.party(party);
            self.cells[at] += revenue;
        }
        for (quarter, row) in view.quarters.iter().enumerate() {
            let at = self.fan(quarter);
            self.cells[at..at + Series::COUNT].iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        }
        self.add_events(view);
    }

    fn add_events(&mut self, view: &PathView<'_>) {
        for (number, event) in view.events.iter().enumerate() {
            let failed = event.party as usize;
            if number == 0 {
                let at = self.party(failed) + 3 + event.quarter as usize - 1;
                self.cells[at] += 1.0;
            }
            if !view.events[..number].iter().any(|before| before.party == event.party) {
                let at = self.party(failed) + 1;
                self.cells[at] += 1.0;
            }
            for loss in &event.losses {
                if let crate::world::Actor::Party(creditor) = loss.creditor {
                    let at = self.party(creditor as usize) + 2;
                    self.cells[at] += loss.written_off;
                }
            }
            let (cause, arrears) =
                event.causes.first().map_or((self.parties, 0.0), |(party, sum)| (*party as usize, *sum));
            let at = self.cascade(cause, failed);
            self.cells[at] += 1.0;
            self.cells[at + 1] += f64::from(event.quarter);
            self.cells[at + 2] += arrears;
        }
    }

    /// Part or mean by scrambling and over all.
    fn mean(&self, place: impl Fn(usize) -> usize) -> Mean {
        let paths = |scrambling: usize| self.cells[self.numbers(scrambling)];
        let used: Vec<usize> = (0..R).filter(|scrambling| paths(*scrambling) > 0.0).collect();
        let all: f64 = used.iter().map(|scrambling| paths(*scrambling)).sum();
        let sum: f64 = used.iter().map(|scrambling| self.cells[place(*scrambling)]).sum();
        let each: Vec<f64> = used.iter().map(|s| self.cells[place(*s)] / paths(*s)).collect();
        Mean { mean: if all > 0.0 { sum / all } else { 0.0 }, error: spread_error(&each) }
    }

    fn odds(&self, rule: usize) -> Vec<Odds> {
        let odds = OUTCOMES.iter().enumerate().map(|(number, outcome)| {
            let mean = self.mean(|scrambling| self.outcomes(scrambling, rule) + number);
            Odds { outcome: *outcome, part: mean.mean, error: mean.error }
        });
        odds.collect()
    }
}

/// Counts of every series in every quarter, and of every party's cash.
pub(crate) struct Fans {
    series: Vec<Counts>,
    cash: Vec<Counts>,
}

impl Fans {
    pub fn new(plan: &Plan) -> Self {
        Self {
            series: vec![Counts::default(); plan.quarters * Series::COUNT],
            cash: vec![Counts::default(); plan.quarters * plan.parties()],
        }
    }

    pub fn add(&mut self, view: &PathView<'_>) {
        let all = view.quarters.iter().flatten();
        self.series.iter_mut().zip(all).for_each(|(counts, number)| counts.add(*number));
        self.cash.iter_mut().zip(view.cash).for_each(|(counts, number)| counts.add(*number));
    }

    pub fn merge(&mut self, other: &Fans) {
        self.series.iter_mut().zip(&other.series).for_each(|(a, b)| a.merge(b));
        self.cash.iter_mut().zip(&other.cash).for_each(|(a, b)| a.merge(b));
    }
}

fn quantiles(counts: &[Counts], first: usize, step: usize) -> Vec<[f64; FAN.len()]> {
    let every = counts.iter().skip(first).step_by(step.max(1));
    every.map(|counts| FAN.map(|p| counts.quantile(p).unwrap_or(0.0))).collect()
}

pub(super) fn summary(
    model: &Model,
    seed: u64,
    paths: u64,
    partial: bool,
    sums: &Sums,
    fans: &Fans,
) -> Summary {
    let all = (paths as f64).max(1.0);
    let part = |at: usize| sums.cells[at] / all;
    let fan = |series: &Series| Fan {
        series: *series,
        quantiles: quantiles(&fans.series, series.at(), Series::COUNT),
        means: (0..sums.quarters).map(|quarter| part(sums.fan(quarter) + series.at())).collect(),
    };
    let cash = |party: usize| PartyFan {
        party: party as u32,
        quantiles: quantiles(&fans.cash, party, sums.parties),
    };
    let party = |at: usize| {
        let first: Vec<f64> = (0..sums.quarters).map(|quarter| part(sums.party(at) + 3 + quarter)).collect();
        PartySummary {
            id: model.plan.world.parties[at].id.clone(),
            defaults: part(sums.party(at) + 1),
            first: first.iter().sum(),
            first_by_quarter: first,
            revenue: part(sums.party(at)),
            losses: part(sums.party(at) + 2),
        }
    };
    Summary {
        seed,
        paths,
        partial,
        odds: sums.odds(0),
        decided_by: LINES.iter().enumerate().map(|(at, line)| (*line, part(sums.lines() + at))).collect(),
        alternatives: model
            .scenario
            .alternatives
            .iter()
            .enumerate()
            .map(|(at, rule)| (*rule, sums.odds(at + 1)))
            .collect(),
        fans: Series::ALL.iter().map(fan).collect(),
        cash: (0..sums.parties).map(cash).collect(),
        parties: (0..sums.parties).map(party).collect(),
        cascade: cascade(sums, all),
        means: NUMBERS
            .iter()
            .enumerate()
            .map(|(at, (name, _))| {
                ((*name).to_owned(), sums.mean(|scrambling| sums.numbers(scrambling) + 1 + at))
            })
            .collect(),
    }
}

fn cascade(sums: &Sums, paths: f64) -> Cascade {
    let mut edges = Vec::new();
    for failed in 0..sums.parties {
        for cause in [sums.parties].into_iter().chain(0..sums.parties) {
            let at = sums.cascade(cause, failed);
            let count = sums.cells[at];
            if count > 0.0 {
                edges.push(CascadeEdge {
                    cause: (cause < sums.parties).then_some(cause as u32),
                    failed: failed as u32,
                    rate: count / paths,
                    quarter: sums.cells[at + 1] / count,
                    arrears: sums.cells[at + 2] / count,
                });
            }
        }
    }
    Cascade { edges }
}
