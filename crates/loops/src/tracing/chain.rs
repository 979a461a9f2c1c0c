//! The absorbing chain of the web: where a unit goes next, by component.

use super::inverse::{self, Kernel};
use crate::arcs::{Arcs, Parallel, offsets};
use crate::components::{Components, components};
use crate::network::Network;

/// Transition amounts between parties, and what leaves each component.
pub(super) struct Chain<'a> {
    arcs: Arcs,
    starts: Vec<u32>,
    through: &'a [i128],
    parts: Components,
    local: Vec<u32>,
    members: Vec<Vec<u32>>,
}

impl<'a> Chain<'a> {
    pub fn new(network: &Network, through: &'a [i128]) -> Self {
        let arcs = Arcs::new(network, Parallel::Merged);
        let parts = components(network.parties(), &arcs.payer, &arcs.payee);
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); parts.count];
        let mut local = vec![0; network.parties()];
        for (party, part) in parts.of.iter().enumerate() {
            let mates = &mut members[*part as usize];
            local[party] = mates.len() as u32;
            mates.push(party as u32);
        }
        let starts = offsets(network.parties(), arcs.payer.iter().copied());
        Self { arcs, starts, through, parts, local, members }
    }

    /// The probability of return of each party.
    pub fn return_probabilities(&self) -> Vec<f64> {
        let mut probabilities = vec![0.0; self.through.len()];
        for members in &self.members {
            let kernel = self.kernel(members);
            if kernel.leak.iter().all(|leak| *leak == 0.0) && !kernel.is_empty() {
                // Closed: whatever leaves comes back, and I − Q is singular.
                members.iter().for_each(|party| probabilities[*party as usize] = 1.0);
            } else if !kernel.is_empty() {
                for (party, visits) in members.iter().zip(inverse::visits(&kernel)) {
                    probabilities[*party as usize] = (1.0 - 1.0 / visits).clamp(0.0, 1.0);
                }
            }
        }
        probabilities
    }

    /// Transitions inside one component; the leak is what is paid elsewhere or kept, in exact arithmetic.
    fn kernel(&self, members: &[u32]) -> Kernel {
        let mut kernel = Kernel::new(members.len());
        for (row, party) in members.iter().enumerate() {
            let mut stays = 0_i128;
            let through = self.through[*party as usize];
            for arc in self.out(*party) {
                let payee = self.arcs.payee[arc];
                if self.parts.of[payee as usize] == self.parts.of[*party as usize] {
                    stays += self.arcs.amount[arc];
                    let share = self.arcs.amount[arc] as f64 / through as f64;
                    kernel.add(row as u32, self.local[payee as usize], share);
                }
            }
            kernel.leak.push(if through == 0 { 0.0 } else { (through - stays) as f64 / through as f64 });
        }
        kernel
    }

    fn out(&self, party: u32) -> std::ops::Range<usize> {
        self.starts[party as usize] as usize..self.starts[party as usize + 1] as usize
    }

    /// The probability from each party of ever reaching `goal`; at `goal` itself, of return.
    ///
    /// With `goal` absorbing, `F = Q_goal + Q·F`, solved component by component upstream of the goal.
    pub fn reach(&self, goal: u32) -> Vec<f64> {
        let mut reach = vec![0.0; self.through.len()];
        let goal_part = self.parts.of[goal as usize] as usize;
        // Components are numbered against the arcs: those upstream come later.
        for part in goal_part..self.parts.count {
            let members: Vec<u32> =
                self.members[part].iter().copied().filter(|party| *party != goal).collect();
            self.reach_within(&members, goal, &mut reach);
        }
        reach[goal as usize] = self.step(goal, goal, &reach);
        reach
    }

    /// One step on: straight to the goal, or to where the goal is reached from.
    fn step(&self, party: u32, goal: u32, reach: &[f64]) -> f64 {
        let through = self.through[party as usize] as f64;
        self.out(party)
            .map(|arc| {
                let payee = self.arcs.payee[arc];
                let then = if payee == goal { 1.0 } else { reach[payee as usize] };
                self.arcs.amount[arc] as f64 / through * then
            })
            .sum()
    }

    /// Solves `F = b + Q·F` on `members`, where `b` comes from parties already solved.
    fn reach_within(&self, members: &[u32], goal: u32, reach: &mut [f64]) {
        let mut place = vec![u32::MAX; self.through.len()];
        for (row, party) in members.iter().enumerate() {
            place[*party as usize] = row as u32;
        }
        let right: Vec<f64> = members.iter().map(|party| self.step(*party, goal, reach)).collect();
        if right.iter().all(|share| *share == 0.0) {
            return;
        }
        let mut kernel = Kernel::new(members.len());
        for (row, party) in members.iter().enumerate() {
            let through = self.through[*party as usize];
            let mut inside = 0;
            for arc in self.out(*party) {
                let column = place[self.arcs.payee[arc] as usize];
                if column != u32::MAX {
                    inside += self.arcs.amount[arc];
                    kernel.add(row as u32, column, self.arcs.amount[arc] as f64 / through as f64);
                }
            }
            kernel.leak.push((through - inside) as f64 / through as f64);
        }
        for (party, share) in members.iter().zip(inverse::solve(&kernel, right)) {
            reach[*party as usize] = share.clamp(0.0, 1.0);
        }
    }
}
