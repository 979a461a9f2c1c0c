//! The box of assumptions within which an outcome is likely: PRIM, by peeling (Friedman & Fisher 1999), with coverage
//! and density as in Bryant & Lempert (2010).

use serde::{Deserialize, Serialize};

use crate::special::beta_cdf;

/// How to peel.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Peeling {
    /// Part of the box taken off in one step.
    pub step: f64,
    /// Least part of all rows in a box.
    pub least_mass: f64,
    /// The first box on the way that is this dense is the answer.
    pub density: f64,
    /// A limit whose effect chance would bring about more often than this is left out.
    pub chance: f64,
}

impl Default for Peeling {
    fn default() -> Self {
        Self { step: 0.05, least_mass: 0.05, density: 0.8, chance: 0.05 }
    }
}

/// Limits on one input; what is not limited is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    /// Place of the input.
    pub input: usize,
    /// At least.
    pub low: Option<f64>,
    /// At most.
    pub high: Option<f64>,
    /// How often chance would raise the density as much as these limits do.
    pub chance: f64,
}

/// A box.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// In the order of inputs.
    pub limits: Vec<Limit>,
    /// Part of the rows in the box that are hits.
    pub density: f64,
    /// Part of all hits that are in the box.
    pub coverage: f64,
    /// Part of all rows that are in the box.
    pub mass: f64,
}

/// The first box on the way of peeling that is dense enough; `None`: nothing separates the outcome.
///
/// `inputs` is one column for each input, all as long as `hits`; what is not a number is never in a limit.
pub fn find(inputs: &[Vec<f64>], hits: &[bool], peeling: &Peeling) -> Option<Found> {
    let rows = hits.len();
    if rows == 0 || rows > u32::MAX as usize || inputs.iter().any(|column| column.len() != rows) {
        return None;
    }
    let mut peel = Peel::new(inputs, hits);
    let least = (peeling.least_mass * rows as f64).max(1.0);
    while peel.density() < peeling.density {
        let cut = peel.best(peeling.step, least)?;
        peel.apply(&cut);
    }
    Some(peel.found(peeling))
}

struct Peel<'a> {
    inputs: &'a [Vec<f64>],
    hits: &'a [bool],
    /// Rows in the box, sorted by each input.
    sorted: Vec<Vec<u32>>,
    hit_count: usize,
    limits: Vec<(Option<f64>, Option<f64>)>,
}

/// Keeps `from..until` of the rows sorted by `input`.
struct Cut {
    input: usize,
    from: usize,
    until: usize,
    hits: usize,
}

impl<'a> Peel<'a> {
    fn new(inputs: &'a [Vec<f64>], hits: &'a [bool]) -> Self {
        let sort = |column: &Vec<f64>| {
            let mut rows: Vec<u32> = (0..column.len() as u32).collect();
            rows.sort_unstable_by(|a, b| column[*a as usize].total_cmp(&column[*b as usize]).then(a.cmp(b)));
            rows
        };
        Self {
            inputs,
            hits,
            sorted: inputs.iter().map(sort).collect(),
            hit_count: hits.iter().filter(|hit| **hit).count(),
            limits: vec![(None, None); inputs.len()],
        }
    }

    fn size(&self) -> usize {
        self.sorted.first().map_or(self.hits.len(), Vec::len)
    }

    fn density(&self) -> f64 {
        self.hit_count as f64 / self.size().max(1) as f64
    }

    /// The cut after which the box is densest; of equal ones the first input, its lower end first.
    fn best(&self, step: f64, least: f64) -> Option<Cut> {
        let mut best: Option<Cut> = None;
        for input in 0..self.inputs.len() {
            for cut in self.cuts(input, step).into_iter().flatten() {
                if ((cut.until - cut.from) as f64) < least {
                    continue;
                }
                let denser = best.as_ref().is_none_or(|best| {
                    cut.hits * (best.until - best.from) > best.hits * (cut.until - cut.from)
                });
                if denser {
                    best = Some(cut);
                }
            }
        }
        best
    }

    /// Off the lower and off the upper end; equal values go together.
    fn cuts(&self, input: usize, step: f64) -> [Option<Cut>; 2] {
        let (rows, column) = (&self.sorted[input], &self.inputs[input]);
        let size = rows.len();
        let off = ((step * size as f64) as usize).max(1);
        if off >= size {
            return [None, None];
        }
        let value = |at: usize| column[rows[at] as usize];
        let count = |range: &[u32]| range.iter().filter(|row| self.hits[**row as usize]).count();
        let from =
            off + rows[off..].iter().take_while(|row| column[**row as usize] == value(off - 1)).count();
        let last = size - off;
        let ties = rows[..last].iter().rev().take_while(|row| column[**row as usize] == value(last)).count();
        let until = last - ties;
        let low = (from < size).then(|| Cut {
            input,
            from,
            until: size,
            hits: self.hit_count - count(&rows[..from]),
        });
        let high =
            (until > 0).then(|| Cut { input, from: 0, until, hits: self.hit_count - count(&rows[until..]) });
        [low, high]
    }

    fn apply(&mut self, cut: &Cut) {
        let (column, rows) = (&self.inputs[cut.input], &self.sorted[cut.input]);
        let middle = |a: usize, b: usize| 0.5 * (column[rows[a] as usize] + column[rows[b] as usize]);
        if cut.from > 0 {
            self.limits[cut.input].0 = Some(middle(cut.from - 1, cut.from));
        }
        if cut.until < rows.len() {
            self.limits[cut.input].1 = Some(middle(cut.until - 1, cut.until));
        }
        let mut inside = vec![false; self.hits.len()];
        rows[cut.from..cut.until].iter().for_each(|row| inside[*row as usize] = true);
        for rows in &mut self.sorted {
            rows.retain(|row| inside[*row as usize]);
        }
        self.hit_count = cut.hits;
    }

    fn inside(&self, row: usize, input: usize) -> bool {
        let value = self.inputs[input][row];
        let (low, high) = self.limits[input];
        low.is_none_or(|low| value >= low) && high.is_none_or(|high| value <= high)
    }

    /// Rows and hits inside all limits but those of one input.
    fn counts(&self, without: Option<usize>) -> (f64, f64) {
        let inputs = || (0..self.inputs.len()).filter(move |input| Some(*input) != without);
        let inside = (0..self.hits.len()).filter(|row| inputs().all(|input| self.inside(*row, input)));
        inside.fold((0.0, 0.0), |(n, hits), row| (n + 1.0, hits + f64::from(u8::from(self.hits[row]))))
    }

    /// Leaves out limits that chance could explain (quasi-p-values of Bryant & Lempert 2010), weakest first.
    fn found(mut self, peeling: &Peeling) -> Found {
        loop {
            let inside = self.counts(None);
            let restricted = (0..self.inputs.len()).filter(|input| self.limits[*input] != (None, None));
            let limits: Vec<Limit> = restricted
                .map(|input| {
                    let (n, hits) = self.counts(Some(input));
                    let (low, high) = self.limits[input];
                    Limit { input, low, high, chance: at_least(inside, hits / n) }
                })
                .collect();
            let weakest = limits.iter().max_by(|a, b| a.chance.total_cmp(&b.chance));
            if let Some(weak) = weakest.filter(|limit| limit.chance > peeling.chance) {
                self.limits[weak.input] = (None, None);
                continue;
            }
            let all = self.hits.iter().filter(|hit| **hit).count() as f64;
            let density = inside.1 / inside.0.max(1.0);
            return Found {
                limits,
                density,
                coverage: inside.1 / all.max(1.0),
                mass: inside.0 / self.hits.len() as f64,
            };
        }
    }
}

/// Probability of at least so many hits among so many rows, each with probability `p`.
fn at_least((rows, hits): (f64, f64), p: f64) -> f64 {
    if hits == 0.0 { 1.0 } else { beta_cdf(p, hits, rows - hits + 1.0) }
}
