//! Elimination of states, fewest neighbours first, and the selected inverse.
//!
//! State reduction (Grassmann, Taksar & Heyman 1985) subtracts nothing: a pivot is the sum of what goes on or
//! leaks, so nearly closed webs lose no digits. The diagonal of the inverse follows backwards from entries on
//! the pattern of the factors alone (Takahashi, Fagan & Chin 1973).

use super::inverse::Kernel;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A neighbour of a state, with the shares that go there and come from there.
#[derive(Debug, Clone, Copy)]
struct Neighbour {
    state: u32,
    there: f64,
    back: f64,
}

/// An eliminated state.
#[derive(Debug)]
struct Pivot {
    state: u32,
    /// What goes on or leaks: `1 −` the share that stays.
    pivot: f64,
    /// Neighbours that were eliminated later, by number; `back` is already divided by the pivot.
    later: Vec<Neighbour>,
}

/// The chain with all its states eliminated.
#[derive(Debug)]
pub(super) struct Elimination {
    pivots: Vec<Pivot>,
    /// Where each state stands among the pivots.
    turn: Vec<u32>,
}

impl Elimination {
    /// Eliminates every state; `None` when that would touch more than `budget` pairs of neighbours.
    pub fn new(kernel: &Kernel, budget: usize) -> Option<Self> {
        let mut rows = neighbours(kernel);
        let mut leak = kernel.leak.clone();
        let mut queue: BinaryHeap<Reverse<(usize, u32)>> =
            rows.iter().enumerate().map(|(state, row)| Reverse((row.len(), state as u32))).collect();
        let mut done = vec![false; rows.len()];
        let mut result = Self { pivots: Vec::with_capacity(rows.len()), turn: vec![0; rows.len()] };
        let mut left = budget;
        while let Some(Reverse((degree, state))) = queue.pop() {
            let at = state as usize;
            if done[at] || rows[at].len() != degree {
                continue;
            }
            left = left.checked_sub(degree * degree)?;
            done[at] = true;
            let pivot = eliminate(state, &mut rows, &mut leak);
            for neighbour in &pivot.later {
                queue.push(Reverse((rows[neighbour.state as usize].len(), neighbour.state)));
            }
            result.turn[at] = result.pivots.len() as u32;
            result.pivots.push(pivot);
        }
        Some(result)
    }

    /// Solves `(I − Q)·x = b`.
    pub fn solve(&self, mut x: Vec<f64>) -> Vec<f64> {
        for pivot in &self.pivots {
            let own = x[pivot.state as usize];
            for neighbour in &pivot.later {
                x[neighbour.state as usize] += neighbour.back * own;
            }
        }
        for pivot in self.pivots.iter().rev() {
            let known: f64 = pivot.later.iter().map(|to| to.there * x[to.state as usize]).sum();
            x[pivot.state as usize] = (x[pivot.state as usize] + known) / pivot.pivot;
        }
        x
    }

    /// The diagonal of `(I − Q)^{-1}`.
    pub fn visits(&self) -> Vec<f64> {
        let mut diagonal = vec![0.0; self.turn.len()];
        // For each pivot the entries of the inverse to and from its later neighbours, in their order.
        let mut known: Vec<Vec<(f64, f64)>> = self.pivots.iter().map(|_| Vec::new()).collect();
        for (turn, pivot) in self.pivots.iter().enumerate().rev() {
            let mut pairs = Vec::with_capacity(pivot.later.len());
            for one in &pivot.later {
                let (mut there, mut back) = (0.0, 0.0);
                for other in &pivot.later {
                    let (forward, backward) = if one.state == other.state {
                        (diagonal[one.state as usize], diagonal[one.state as usize])
                    } else {
                        self.entry(&known, other.state, one.state)
                    };
                    there += other.there * forward;
                    back += backward * other.back;
                }
                pairs.push((there / pivot.pivot, back));
            }
            let returns: f64 = pivot.later.iter().zip(&pairs).map(|(to, pair)| to.there * pair.1).sum();
            diagonal[pivot.state as usize] = (1.0 + returns) / pivot.pivot;
            known[turn] = pairs;
        }
        diagonal
    }

    /// The entries of the inverse from `one` to `other` and from `other` to `one`.
    fn entry(&self, known: &[Vec<(f64, f64)>], one: u32, other: u32) -> (f64, f64) {
        let (turn_one, turn_other) = (self.turn[one as usize] as usize, self.turn[other as usize] as usize);
        let (turn, sought) = if turn_one < turn_other { (turn_one, other) } else { (turn_other, one) };
        let place = self.pivots[turn].later.binary_search_by_key(&sought, |neighbour| neighbour.state);
        let (there, back) = place.map_or((0.0, 0.0), |place| known[turn][place]);
        if turn_one < turn_other { (there, back) } else { (back, there) }
    }
}

/// The neighbours of each state by number, itself left out: what stays is what does not go on.
fn neighbours(kernel: &Kernel) -> Vec<Vec<Neighbour>> {
    let mut rows: Vec<Vec<Neighbour>> = vec![Vec::new(); kernel.size()];
    for &(row, column, share) in kernel.entries.iter().filter(|entry| entry.0 != entry.1) {
        rows[row as usize].push(Neighbour { state: column, there: share, back: 0.0 });
        rows[column as usize].push(Neighbour { state: row, there: 0.0, back: share });
    }
    for row in &mut rows {
        row.sort_by_key(|neighbour| neighbour.state);
        row.dedup_by(|next, kept| {
            let same = next.state == kept.state;
            if same {
                kept.there += next.there;
                kept.back += next.back;
            }
            same
        });
    }
    rows
}

/// Takes `state` out of the chain: whoever led to it now leads where it led.
fn eliminate(state: u32, rows: &mut [Vec<Neighbour>], leak: &mut [f64]) -> Pivot {
    let mut later = std::mem::take(&mut rows[state as usize]);
    let own_leak = leak[state as usize];
    let pivot = own_leak + later.iter().map(|neighbour| neighbour.there).sum::<f64>();
    for neighbour in &mut later {
        neighbour.back /= pivot;
        leak[neighbour.state as usize] += neighbour.back * own_leak;
    }
    for neighbour in &later {
        let row = std::mem::take(&mut rows[neighbour.state as usize]);
        rows[neighbour.state as usize] = merge(&row, &later, *neighbour, state);
    }
    Pivot { state, pivot, later }
}

/// The row of `own` without `gone`, joined with the ways through it.
fn merge(row: &[Neighbour], through: &[Neighbour], own: Neighbour, gone: u32) -> Vec<Neighbour> {
    let mut merged: Vec<Neighbour> = Vec::with_capacity(row.len() + through.len());
    let mut kept = row.iter().filter(|neighbour| neighbour.state != gone).peekable();
    for way in through.iter().filter(|way| way.state != own.state) {
        while let Some(before) = kept.next_if(|neighbour| neighbour.state < way.state) {
            merged.push(*before);
        }
        let direct = kept.next_if(|neighbour| neighbour.state == way.state);
        merged.push(Neighbour {
            state: way.state,
            there: direct.map_or(0.0, |neighbour| neighbour.there) + own.back * way.there,
            back: direct.map_or(0.0, |neighbour| neighbour.back) + way.back * own.there,
        });
    }
    merged.extend(kept);
    merged
}
