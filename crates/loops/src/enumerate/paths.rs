//! The loops that one arc closes over the arcs before it.
//!
//! A depth-first search for simple paths from the arc's head back to its tail. Johnson (1975) blocks parties
//! from which the search failed until something on the way changes; with a bound on length the block becomes a
//! barrier, "at least this many steps are needed from here" (Gupta & Suzumura 2021; Peng et al. 2019), which a
//! success lowers again. Barriers start as the true distances, so that nothing beyond the bound is entered.

use crate::arcs::offsets;

/// The web of arcs `0..`, in order of entry, of which a search may use those before its own.
pub(super) struct Paths<'a> {
    tails: &'a [u32],
    heads: &'a [u32],
    out_starts: Vec<u32>,
    out: Vec<u32>,
    in_starts: Vec<u32>,
    into: Vec<u32>,
    /// Steps needed at least from each party to the goal.
    barrier: Vec<u32>,
    touched: Vec<u32>,
    on_path: Vec<bool>,
}

const CLOSED: u32 = u32::MAX;

/// A party on the path being tried.
struct Step {
    node: u32,
    /// The next of its arcs to try.
    cursor: u32,
    /// The fewest steps by which the goal was reached from here, or `CLOSED`.
    reached: u32,
}

impl<'a> Paths<'a> {
    pub fn new(parties: usize, tails: &'a [u32], heads: &'a [u32], entries: &[u32]) -> Self {
        let (out_starts, out) = rows(parties, entries, tails);
        let (in_starts, into) = rows(parties, entries, heads);
        Self {
            tails,
            heads,
            out_starts,
            out,
            in_starts,
            into,
            barrier: vec![CLOSED; parties],
            touched: Vec::new(),
            on_path: vec![false; parties],
        }
    }

    /// Calls `found` with each loop of at most `longest` arcs that `arc` closes, until it says stop.
    pub fn closing(&mut self, arc: u32, longest: usize, found: &mut dyn FnMut(&[u32]) -> bool) {
        let (goal, root) = (self.tails[arc as usize], self.heads[arc as usize]);
        if longest == 0 {
            return;
        }
        if goal == root {
            found(&[arc]);
            return;
        }
        let most = longest.min(self.on_path.len()) as u32 - 1;
        self.measure(goal, root, arc, most);
        if self.barrier[root as usize] <= most {
            self.search(arc, most, found);
        }
        for node in self.touched.drain(..) {
            self.barrier[node as usize] = CLOSED;
        }
    }

    /// Distances to the goal over arcs before `arc`, as far as `most`.
    fn measure(&mut self, goal: u32, root: u32, arc: u32, most: u32) {
        self.barrier[goal as usize] = 0;
        self.touched.push(goal);
        let mut at = 0;
        while at < self.touched.len() {
            let node = self.touched[at] as usize;
            at += 1;
            let next = self.barrier[node] + 1;
            // Loops return to the root only at their end: no way leads through it.
            if next > most || node == root as usize {
                continue;
            }
            for &entry in &self.into[self.in_starts[node] as usize..self.in_starts[node + 1] as usize] {
                let tail = self.tails[entry as usize];
                if entry >= arc {
                    break;
                }
                if self.barrier[tail as usize] == CLOSED {
                    self.barrier[tail as usize] = next;
                    self.touched.push(tail);
                }
            }
        }
    }

    fn search(&mut self, arc: u32, most: u32, found: &mut dyn FnMut(&[u32]) -> bool) {
        let goal = self.tails[arc as usize];
        let mut cycle = vec![arc];
        let mut path = vec![self.enter(self.heads[arc as usize])];
        let mut going = true;
        while let Some(step) = path.last_mut() {
            match self.next_arc(step, arc, cycle.len() as u32, most) {
                Some(next) if going => {
                    cycle.push(next);
                    if self.heads[next as usize] == goal {
                        going = found(&cycle);
                        cycle.pop();
                        step.reached = 1;
                    } else {
                        let step = self.enter(self.heads[next as usize]);
                        path.push(step);
                    }
                }
                _ => {
                    self.retreat(&mut path, arc, most);
                    cycle.pop();
                }
            }
        }
    }

    fn enter(&mut self, node: u32) -> Step {
        self.on_path[node as usize] = true;
        Step { node, cursor: self.out_starts[node as usize], reached: CLOSED }
    }

    /// The next arc before `arc` that may still lead to the goal within `most` steps, `used` of them gone.
    fn next_arc(&self, step: &mut Step, arc: u32, used: u32, most: u32) -> Option<u32> {
        while step.cursor < self.out_starts[step.node as usize + 1] {
            let entry = self.out[step.cursor as usize];
            if entry >= arc {
                return None;
            }
            step.cursor += 1;
            let head = self.heads[entry as usize] as usize;
            if !self.on_path[head] && self.barrier[head] <= most.saturating_sub(used) {
                return Some(entry);
            }
        }
        None
    }

    /// Leaves the last party: raises its barrier after a failure, lowers barriers behind it after a success.
    fn retreat(&mut self, path: &mut Vec<Step>, arc: u32, most: u32) {
        let Some(step) = path.pop() else { return };
        self.on_path[step.node as usize] = false;
        if step.reached == CLOSED {
            // The party itself took `path.len()` of the steps.
            self.barrier[step.node as usize] = most - path.len() as u32 + 1;
            return;
        }
        self.lower(step.node, step.reached, arc);
        if let Some(before) = path.last_mut() {
            before.reached = before.reached.min(step.reached + 1);
        }
    }

    fn lower(&mut self, node: u32, steps: u32, arc: u32) {
        let mut waiting = vec![(node, steps)];
        while let Some((node, steps)) = waiting.pop() {
            let at = node as usize;
            if self.barrier[at] <= steps {
                continue;
            }
            self.barrier[at] = steps;
            for &entry in &self.into[self.in_starts[at] as usize..self.in_starts[at + 1] as usize] {
                let tail = self.tails[entry as usize];
                if entry >= arc {
                    break;
                }
                if !self.on_path[tail as usize] {
                    waiting.push((tail, steps + 1));
                }
            }
        }
    }
}

/// The entries of each party in ascending order.
fn rows(parties: usize, entries: &[u32], side: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let starts = offsets(parties, entries.iter().map(|entry| side[*entry as usize]));
    (starts, crate::arcs::counting_sort(entries, parties, |entry| side[entry as usize]))
}
