//! Many paths: groups of lanes on all threads, summed in the order of paths.

use std::ops::ControlFlow;

use rayon::prelude::*;

use crate::driver::Values;
use crate::model::{Luck, Model};
use crate::path::{PathRow, PathView};
use crate::summary::Summary;

mod gather;
mod group;

use gather::{Fans, Sums};
pub(crate) use group::Worker;

/// Independent scramblings of the design.
pub const SCRAMBLINGS: u64 = 16;

/// Paths whose sums are one partial sum.
const BLOCK: usize = 256;
/// Blocks between two reports of progress.
const WAVE: usize = 32;

/// How many paths run side by side on a thread. Results are the same to the last bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lanes {
    /// One.
    One,
    /// Four.
    Four,
    /// Eight: a good choice for webs of any size.
    #[default]
    Eight,
    /// Sixteen: faster on small webs, where the state stays in the cache.
    Sixteen,
}

/// Assumptions and luck for each path of a design of one's own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Design {
    /// By path.
    pub values: Vec<Values>,
    /// By path; paths with the same key share luck.
    pub luck: Vec<Luck>,
}

/// Given after each wave of paths, in the order of paths.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// Paths done so far.
    pub done: u64,
    /// Of so many.
    pub total: u64,
    /// The wave's paths.
    pub rows: &'a [PathRow],
    /// Their assumptions.
    pub values: &'a [Values],
}

/// What one thread keeps.
struct Thread<const W: usize> {
    worker: Worker<W>,
    fans: Fans,
    done: Vec<(usize, Sums, Vec<PathRow>, Vec<Values>)>,
}

impl Model {
    /// `paths` rounded up to 16 times a power of two, so that every scrambling is a whole net.
    pub fn rounded(paths: u64) -> u64 {
        SCRAMBLINGS * paths.div_ceil(SCRAMBLINGS).max(1).next_power_of_two()
    }

    /// Runs paths 0, 1, … and sums them up. `watch` sees each wave; when it breaks, the summary is of what was done.
    pub fn run(
        &self,
        seed: u64,
        paths: u64,
        watch: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
    ) -> Summary {
        self.run_with(Lanes::default(), seed, paths, watch)
    }

    /// The same with so many paths side by side.
    pub fn run_with(
        &self,
        lanes: Lanes,
        seed: u64,
        paths: u64,
        watch: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
    ) -> Summary {
        match lanes {
            Lanes::One => self.waves::<1>(seed, paths, watch),
            Lanes::Four => self.waves::<4>(seed, paths, watch),
            Lanes::Eight => self.waves::<8>(seed, paths, watch),
            Lanes::Sixteen => self.waves::<16>(seed, paths, watch),
        }
    }

    fn waves<const W: usize>(
        &self,
        seed: u64,
        paths: u64,
        watch: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
    ) -> Summary {
        let count = rayon::current_num_threads().max(1);
        let mut threads: Vec<Thread<W>> = (0..count)
            .map(|_| Thread {
                worker: Worker::new(&self.plan),
                fans: Fans::new(&self.plan),
                done: Vec::new(),
            })
            .collect();
        let mut sums = Sums::new(&self.plan, &self.scenario);
        let mut done = 0;
        while done < paths {
            let wave = (paths - done).min((WAVE * BLOCK) as u64) as usize;
            threads.par_iter_mut().enumerate().for_each(|(number, thread)| {
                for block in (number..wave.div_ceil(BLOCK)).step_by(count) {
                    let first = done + (block * BLOCK) as u64;
                    let size = BLOCK.min(wave - block * BLOCK);
                    self.block(thread, block, seed, first, size);
                }
            });
            let mut blocks: Vec<_> = threads.iter_mut().flat_map(|thread| thread.done.drain(..)).collect();
            blocks.sort_by_key(|(number, ..)| *number);
            let (mut rows, mut values) = (Vec::with_capacity(wave), Vec::with_capacity(wave));
            for (_, partial, some_rows, some_values) in blocks {
                sums.merge(&partial);
                rows.extend(some_rows);
                values.extend(some_values);
            }
            done += wave as u64;
            let progress = Progress { done, total: paths, rows: &rows, values: &values };
            if watch(&progress).is_break() {
                break;
            }
        }
        let mut fans = Fans::new(&self.plan);
        threads.iter().for_each(|thread| fans.merge(&thread.fans));
        gather::summary(self, seed, done, done < paths, &sums, &fans)
    }

    fn block<const W: usize>(
        &self,
        thread: &mut Thread<W>,
        number: usize,
        seed: u64,
        first: u64,
        size: usize,
    ) {
        let paths: Vec<u64> = (first..first + size as u64).collect();
        let values: Vec<Values> = paths.iter().map(|path| self.values(seed, *path)).collect();
        let luck: Vec<Luck> = paths.iter().map(|path| self.luck(seed, *path)).collect();
        let mut sums = Sums::new(&self.plan, &self.scenario);
        let mut rows = Vec::with_capacity(size);
        let fans = &mut thread.fans;
        thread.worker.paths(self, &paths, &values, &luck, &mut |view| {
            sums.add(&self.scenario, view);
            fans.add(view);
            rows.push(*view.row);
        });
        thread.done.push((number, sums, rows, values));
    }

    /// One path of a run.
    pub fn path(&self, seed: u64, path: u64) -> PathRow {
        let mut out = None;
        self.view(seed, path, &mut |view| out = Some(*view.row));
        // The worker calls once for each path; a row of nothing would only follow from none.
        out.unwrap_or_else(|| group::empty_row(path))
    }

    /// One path of a run with its quarters, cash and events.
    pub fn view(&self, seed: u64, path: u64, see: &mut dyn FnMut(&PathView<'_>)) {
        self.view_values(path, &self.values(seed, path), self.luck(seed, path), see);
    }

    /// The same with assumptions and luck of one's own.
    pub fn view_values(&self, path: u64, values: &Values, luck: Luck, see: &mut dyn FnMut(&PathView<'_>)) {
        Worker::<1>::new(&self.plan).paths(self, &[path], &[*values], &[luck], &mut |view| see(view));
    }

    /// Paths of a design of one's own, in its order, on all threads.
    pub fn run_values(&self, design: &Design) -> Vec<PathRow> {
        self.run_values_with(Lanes::default(), design)
    }

    /// The same with so many paths side by side.
    pub fn run_values_with(&self, lanes: Lanes, design: &Design) -> Vec<PathRow> {
        match lanes {
            Lanes::One => self.rows::<1>(design),
            Lanes::Four => self.rows::<4>(design),
            Lanes::Eight => self.rows::<8>(design),
            Lanes::Sixteen => self.rows::<16>(design),
        }
    }

    fn rows<const W: usize>(&self, design: &Design) -> Vec<PathRow> {
        let size = design.values.len().min(design.luck.len());
        let blocks = size.div_ceil(BLOCK);
        let parts: Vec<Vec<PathRow>> = (0..blocks)
            .into_par_iter()
            .map_init(
                || Worker::<W>::new(&self.plan),
                |worker, block| {
                    let range = block * BLOCK..((block + 1) * BLOCK).min(size);
                    let paths: Vec<u64> = range.clone().map(|path| path as u64).collect();
                    let mut rows = Vec::with_capacity(paths.len());
                    let (values, luck) = (&design.values[range.clone()], &design.luck[range]);
                    worker.rows(self, &paths, values, luck, &mut |row| rows.push(row));
                    rows
                },
            )
            .collect();
        parts.into_iter().flatten().collect()
    }
}
