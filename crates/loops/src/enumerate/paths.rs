//! The loops that one arc closes over the arcs before it.
//!
//! A depth-first search for simple paths from the arc's head back to its tail that enters nothing from which the
//! goal is further away than the bound on length allows (Gupta & Suzumura 2021 bound Johnson 1975 in this way).
//! Distances are the true ones over the arcs before the arc, once for each arc. Raising them after failures, as
//! Johnson's blocks do, would need every party that leaves the path to lower them again for all behind it; with a
//! bound on length that is subtle, and plain distances are never wrong.

use crate::arcs::offsets;

/// The web of arcs `0..`, in order of entry, of which a search may use those before its own.
pub(super) struct Paths<'a> {
    tails: &'a [u32],
    heads: &'a [u32],
    out_starts: Vec<u32>,
    out: Vec<u32>,
    in_starts: Vec<u32>,
    into: Vec<u32>,
    /// Steps from each party to the goal, `CLOSED` where it cannot be reached in time.
    distance: Vec<u32>,
    touched: Vec<u32>,
    on_path: Vec<bool>,
}

const CLOSED: u32 = u32::MAX;

/// A party on the path being tried.
struct Step {
    node: u32,
    /// The next of its arcs to try.
    cursor: u32,
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
            distance: vec![CLOSED; parties],
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
        if self.distance[root as usize] <= most {
            self.search(arc, most, found);
        }
        for node in self.touched.drain(..) {
            self.distance[node as usize] = CLOSED;
        }
    }

    /// Distances to the goal over arcs before `arc`, as far as `most`.
    fn measure(&mut self, goal: u32, root: u32, arc: u32, most: u32) {
        self.distance[goal as usize] = 0;
        self.touched.push(goal);
        let mut at = 0;
        while at < self.touched.len() {
            let node = self.touched[at] as usize;
            at += 1;
            let next = self.distance[node] + 1;
            // Loops return to the root only at their end: no way leads through it.
            if next > most || node == root as usize {
                continue;
            }
            for &entry in &self.into[self.in_starts[node] as usize..self.in_starts[node + 1] as usize] {
                let tail = self.tails[entry as usize];
                if entry >= arc {
                    break;
                }
                if self.distance[tail as usize] == CLOSED {
                    self.distance[tail as usize] = next;
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
                    } else {
                        let step = self.enter(self.heads[next as usize]);
                        path.push(step);
                    }
                }
                _ => {
                    self.on_path[step.node as usize] = false;
                    path.pop();
                    cycle.pop();
                }
            }
        }
    }

    fn enter(&mut self, node: u32) -> Step {
        self.on_path[node as usize] = true;
        Step { node, cursor: self.out_starts[node as usize] }
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
            if !self.on_path[head] && self.distance[head] <= most.saturating_sub(used) {
                return Some(entry);
            }
        }
        None
    }
}

/// The entries of each party in ascending order.
fn rows(parties: usize, entries: &[u32], side: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let starts = offsets(parties, entries.iter().map(|entry| side[*entry as usize]));
    (starts, crate::arcs::counting_sort(entries, parties, |entry| side[entry as usize]))
}
