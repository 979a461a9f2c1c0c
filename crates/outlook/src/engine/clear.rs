//! Step 7: the greatest clearing vector, by class and pro rata within a class (Eisenberg & Noe 2001; Elsinger 2009).
//!
//! From above: every round computes what each party can pay when the others pay as in the round before, and solves the
//! linear system of those who are short, each in its marginal class, for the payments at which they rest. The solution
//! is taken where no party falls below its marginal class; else the plain round is. Both stay above every fixed point:
//! on the box between the floor of the marginal classes and this round's payments the clearing map lies below the
//! linear one, whose matrix is an M-matrix. With one class this is the fictitious default of Eisenberg and Noe, at most
//! one round for each party. A lane that has come to rest is left alone: its bits do not depend on its neighbours.

use super::State;
use crate::lanes::{M, V};
use crate::plan::Plan;

/// Rests when no class moves by more than this part of what it owes.
const TOLERANCE: f64 = 4e-15;
/// A pivot below this part of what is owed counts as none: a ring that pays only itself.
const NO_PIVOT: f64 = 1e-12;
/// Nearly closed rings with several classes go on by plain rounds; then this ends them.
const MOST_ROUNDS: usize = 5_000;

/// By slot: what a party owes in one class.
pub(crate) struct Slots<const W: usize> {
    pub total: Vec<V<W>>,
    pub ratio: Vec<V<W>>,
    /// As paid in the quarter before.
    pub last: Vec<V<W>>,
    next: Vec<V<W>>,
    marginal: Vec<M<W>>,
    /// After clearing: what each had before it paid.
    pub inflow: Vec<V<W>>,
    right: Vec<V<W>>,
    matrix: Vec<V<W>>,
    /// Parties that are short in some lane: the rows of the others say `y = 0` and are not touched.
    short: Vec<bool>,
}

impl<const W: usize> Slots<W> {
    pub fn new(plan: &Plan) -> Self {
        let (slots, parties) = (plan.slots.len(), plan.parties());
        Self {
            total: vec![V::ZERO; slots],
            ratio: vec![V::ZERO; slots],
            last: vec![V::ONE; slots],
            next: vec![V::ZERO; slots],
            marginal: vec![M::NONE; slots],
            inflow: vec![V::ZERO; parties],
            right: vec![V::ZERO; parties],
            matrix: vec![V::ZERO; plan.elimination.entries],
            short: vec![false; parties],
        }
    }
}

impl<const W: usize> State<W> {
    #[inline(always)]
    pub(super) fn clear(&mut self, plan: &Plan) {
        for (slot, of) in plan.slots.iter().enumerate() {
            let alive = self.party.alive[of.payer];
            let mut total = V::ZERO;
            for account in of.accounts.0..of.accounts.1 {
                let before = self.arrears[account];
                let owed = self.fresh[account] + if plan.uses.defaults { before * alive } else { before };
                self.owed[account] = owed;
                total += owed;
            }
            self.slots.total[slot] = total;
        }
        for at in 0..plan.parties() {
            // Committed facilities are cash up to their limit here.
            let p = &self.party;
            let cushion = p.facility_left[at] * p.alive[at];
            self.party.funds[at] =
                self.sure(at) + p.new_facility[at] + p.new_debt[at] + p.new_equity[at] + cushion;
        }
        self.slots.ratio.fill(V::ONE);
        let mut active = self.round(plan, M::EVERY);
        for _ in 0..MOST_ROUNDS {
            if !active.any() {
                return;
            }
            self.solve(plan, active);
            active = self.round(plan, active);
        }
    }

    /// What each can pay when all pay as now: the next ratios, marginal classes, and who still moves. Those at rest
    /// take nothing over.
    #[inline(always)]
    fn round(&mut self, plan: &Plan, active: M<W>) -> M<W> {
        let s = &mut self.slots;
        s.inflow.copy_from_slice(&self.party.funds);
        for ((account, payee), slot) in plan.inner.iter().zip(&plan.inner_slots) {
            s.inflow[*payee] += self.owed[*account] * s.ratio[*slot];
        }
        let mut moves = M::NONE;
        for at in 0..plan.parties() {
            let mut left = s.inflow[at].positive();
            let (first, last) = plan.party_slots[at];
            let mut before_paid = M::EVERY;
            for slot in first..last {
                let total = s.total[slot];
                let short = left.below(total);
                let marginal = short.and(before_paid);
                before_paid = before_paid.and(short.not());
                s.marginal[slot] = marginal;
                let next = if short.any() {
                    let paid = short.pick(left, total);
                    let next = short.pick(paid / short.pick(total, V::ONE), V::ONE);
                    left -= paid;
                    next
                } else {
                    left -= total;
                    V::ONE
                };
                moves = moves.or((next - s.ratio[slot]).abs().above(V::all(TOLERANCE)));
                s.next[slot] = next;
            }
        }
        moves.and(active)
    }

    /// One step down for the lanes that move: the resting point of the present classes, or the plain round.
    #[inline(always)]
    fn solve(&mut self, plan: &Plan, active: M<W>) {
        self.system(plan);
        let singular = self.eliminate(plan);
        let s = &mut self.slots;
        let mut usable = singular.not();
        for (slot, of) in plan.slots.iter().enumerate() {
            let falls = s.right[of.payer].below(V::all(-1e-15)).and(s.marginal[slot]);
            usable = usable.and(falls.not());
        }
        for (slot, of) in plan.slots.iter().enumerate() {
            let rests = s.right[of.payer].positive().min(s.next[slot]);
            let next = usable.and(s.marginal[slot]).pick(rests, s.next[slot]);
            s.ratio[slot] = active.pick(next, s.ratio[slot]);
        }
    }

    /// Row `i`: `L_i y_i − Σ_j owed_{j→i} y_j = e_i − senior_i + Σ fixed inflows`; solvent parties have `y = 0` here.
    #[inline(always)]
    fn system(&mut self, plan: &Plan) {
        let s = &mut self.slots;
        s.matrix.fill(V::ZERO);
        for at in 0..plan.parties() {
            let (first, last) = plan.party_slots[at];
            let (mut diagonal, mut senior, mut short) = (V::ZERO, V::ZERO, M::NONE);
            for slot in first..last {
                let marginal = s.marginal[slot];
                diagonal += marginal.keep(s.total[slot]);
                short = short.or(marginal);
                senior += short.not().keep(s.total[slot]);
            }
            s.matrix[at] = short.pick(diagonal, V::ONE);
            s.right[at] = short.keep(self.party.funds[at] - senior);
            // Remembered in `inflow`: 1 for the short.
            s.inflow[at] = short.keep(V::ONE);
            s.short[at] = short.any();
        }
        let entries = plan.elimination.of_pair.iter().zip(&plan.inner_slots);
        for ((account, payee), (entry, slot)) in plan.inner.iter().zip(entries) {
            if !s.short[*payee] {
                continue;
            }
            let slot = *slot;
            let owed = self.owed[*account] * s.inflow[*payee];
            let marginal = s.marginal[slot];
            s.matrix[*entry] -= marginal.keep(owed);
            s.right[*payee] += marginal.not().keep(owed * s.next[slot]);
        }
    }

    /// Elimination in the order found for the web; the solution is left in `right`. Returns lanes with no pivot.
    #[inline(always)]
    fn eliminate(&mut self, plan: &Plan) -> M<W> {
        let (s, e) = (&mut self.slots, &plan.elimination);
        let mut singular = M::NONE;
        for at in 0..e.size {
            s.inflow[at] = s.matrix[at] * NO_PIVOT;
        }
        for pivot in e.pivots.iter().filter(|pivot| s.short[pivot.party]) {
            let diagonal = s.matrix[pivot.party];
            let gone = diagonal.above(s.inflow[pivot.party]).not();
            singular = singular.or(gone);
            let inverse = V::ONE / gone.pick(V::ONE, diagonal);
            // The row is divided once, so that going back needs no division.
            s.right[pivot.party] = s.right[pivot.party] * inverse;
            let right = &e.right[pivot.right.0..pivot.right.1];
            for (entry, _) in right {
                s.matrix[*entry as usize] = s.matrix[*entry as usize] * inverse;
            }
            let mut target = pivot.targets;
            for (entry, row) in &e.below[pivot.below.0..pivot.below.1] {
                if !s.short[*row as usize] {
                    target += right.len();
                    continue;
                }
                let factor = s.matrix[*entry as usize];
                for (across, _) in right {
                    let place = e.targets[target] as usize;
                    let across = s.matrix[*across as usize];
                    s.matrix[place] -= factor * across;
                    target += 1;
                }
                let known = s.right[pivot.party];
                s.right[*row as usize] -= factor * known;
            }
        }
        for pivot in e.pivots.iter().rev().filter(|pivot| s.short[pivot.party]) {
            let mut value = s.right[pivot.party];
            for (entry, column) in &e.right[pivot.right.0..pivot.right.1] {
                value -= s.matrix[*entry as usize] * s.right[*column as usize];
            }
            s.right[pivot.party] = value;
        }
        singular
    }
}
