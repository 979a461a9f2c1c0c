//! The largest circulation inside one strongly connected component: a primal-dual method on ranks.
//!
//! The dual gives every party a whole rank (weighted agony; Gupte et al. 2011, Tatti 2017). An arc `u → v`
//! that climbs by less than one rank is full, one that climbs by more than one is empty, and one that climbs
//! by exactly one may carry anything. Whatever ranks we start from, the arcs so filled leave some parties with
//! a surplus and some with a deficit. Surplus then travels along cheapest residual arcs to deficits: every pass
//! computes the distance of each party to the nearest deficit (cost first, hops second), raises the ranks by
//! it, and lets all surplus flow down in one sweep. No surplus left: by complementary slackness the flow is
//! a largest circulation and the ranks prove it.

use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// Whole amounts the solver can compute with: `i64` where the sums fit, else `i128`.
pub(crate) trait Units:
    Copy + Ord + Default + Add<Output = Self> + Sub<Output = Self> + Neg<Output = Self> + AddAssign + SubAssign
{
}
impl Units for i64 {}
impl Units for i128 {}

/// Arcs of one component with local party numbers, at most one for each ordered pair, none from a party to itself.
#[derive(Debug, Default)]
pub(crate) struct Problem<T> {
    pub parties: usize,
    pub payer: Vec<u32>,
    pub payee: Vec<u32>,
    pub amount: Vec<T>,
}

/// The flow on each arc, and the rank of each party that proves it largest.
#[derive(Debug)]
pub(crate) struct Solution<T> {
    pub flow: Vec<T>,
    pub rank: Vec<i32>,
}

/// Solves one component exactly.
pub(crate) fn solve<T: Units>(problem: &Problem<T>) -> Solution<T> {
    let mut state = State::new(problem);
    state.fill();
    let mut labels = Labels::new(problem.parties);
    while labels.measure(&mut state) {
        state.drain(&labels);
    }
    state.finish(problem)
}

/// Both directions of every arc by node: first those that raise the flow, then those that lower it.
struct State<T> {
    /// Arcs out of node `v`: `starts[v]..middles[v]` are payments by it, `middles[v]..starts[v + 1]` to it.
    starts: Vec<u32>,
    middles: Vec<u32>,
    head: Vec<u32>,
    twin: Vec<u32>,
    residual: Vec<T>,
    surplus: Vec<T>,
    rank: Vec<i32>,
    /// Where payment `i` of the problem lies among the arcs.
    place: Vec<u32>,
}

impl<T: Units> State<T> {
    fn new(problem: &Problem<T>) -> Self {
        let nodes = problem.parties;
        let (mut out, mut into) = (vec![0_u32; nodes], vec![0_u32; nodes]);
        for (payer, payee) in problem.payer.iter().zip(&problem.payee) {
            out[*payer as usize] += 1;
            into[*payee as usize] += 1;
        }
        let mut starts = vec![0_u32; nodes + 1];
        let mut middles = vec![0_u32; nodes];
        for node in 0..nodes {
            middles[node] = starts[node] + out[node];
            starts[node + 1] = middles[node] + into[node];
        }
        let arcs = 2 * problem.payer.len();
        let mut state = Self {
            head: vec![0; arcs],
            twin: vec![0; arcs],
            residual: vec![T::default(); arcs],
            surplus: vec![T::default(); nodes],
            rank: vec![0; nodes],
            place: Vec::with_capacity(problem.payer.len()),
            starts,
            middles,
        };
        state.lay(problem);
        state
    }

    fn lay(&mut self, problem: &Problem<T>) {
        let (mut out, mut into) = (self.starts.clone(), self.middles.clone());
        for index in 0..problem.payer.len() {
            let (payer, payee) = (problem.payer[index] as usize, problem.payee[index] as usize);
            let (there, back) = (out[payer], into[payee]);
            out[payer] += 1;
            into[payee] += 1;
            self.head[there as usize] = payee as u32;
            self.head[back as usize] = payer as u32;
            self.twin[there as usize] = back;
            self.twin[back as usize] = there;
            self.residual[there as usize] = problem.amount[index];
            self.place.push(there);
        }
    }

    /// Sets every arc as the ranks demand: full where it climbs by less than one, else empty.
    fn fill(&mut self) {
        for node in 0..self.rank.len() {
            for arc in self.starts[node] as usize..self.middles[node] as usize {
                if self.rank[self.head[arc] as usize] <= self.rank[node] {
                    self.send(node, arc, self.residual[arc]);
                }
            }
        }
    }

    #[inline]
    fn send(&mut self, node: usize, arc: usize, amount: T) {
        let twin = self.twin[arc] as usize;
        self.residual[arc] -= amount;
        self.residual[twin] += amount;
        self.surplus[node] -= amount;
        self.surplus[self.head[arc] as usize] += amount;
    }

    /// Lets surplus flow along cheapest arcs, farthest parties first, each as far as its arcs allow.
    fn drain(&mut self, labels: &Labels) {
        for &node in labels.order.iter().rev() {
            if self.surplus[node as usize] > T::default() {
                self.discharge(node as usize, labels);
            }
        }
    }

    fn discharge(&mut self, node: usize, labels: &Labels) {
        let (start, middle, end) = (self.starts[node], self.middles[node], self.starts[node + 1]);
        for (from, to, cost) in [(start, middle, -1), (middle, end, 1)] {
            for arc in from as usize..to as usize {
                let head = self.head[arc] as usize;
                if self.residual[arc] > T::default()
                    && cost + self.rank[head] == self.rank[node]
                    && labels.hops[head] < labels.hops[node]
                {
                    let amount = self.surplus[node].min(self.residual[arc]);
                    self.send(node, arc, amount);
                    if self.surplus[node] == T::default() {
                        return;
                    }
                }
            }
        }
    }

    fn finish(self, problem: &Problem<T>) -> Solution<T> {
        let flow = (0..self.place.len())
            .map(|index| problem.amount[index] - self.residual[self.place[index] as usize])
            .collect();
        Solution { flow, rank: self.rank }
    }
}

/// Distances to the nearest deficit.
struct Labels {
    /// Cost of the cheapest way, as far as known.
    cost: Vec<i32>,
    /// Arcs on the shortest of the cheapest ways.
    hops: Vec<i32>,
    /// Parties in ascending order of cost and hops.
    order: Vec<u32>,
    /// Parties waiting at a cost beyond the present one.
    later: Vec<Vec<(u32, i32)>>,
    /// Parties waiting at the present cost, by hops.
    layers: Vec<Vec<u32>>,
}

const FAR: i32 = i32::MAX;

impl Labels {
    fn new(nodes: usize) -> Self {
        Self {
            cost: vec![FAR; nodes],
            hops: vec![FAR; nodes],
            order: Vec::with_capacity(nodes),
            later: Vec::new(),
            layers: Vec::new(),
        }
    }

    /// Measures distances from all parties to deficits and raises the ranks; false when nothing is left to do.
    fn measure<T: Units>(&mut self, state: &mut State<T>) -> bool {
        self.cost.fill(FAR);
        self.hops.fill(FAR);
        self.order.clear();
        self.layers.resize_with(1, Vec::new);
        for (node, surplus) in state.surplus.iter().enumerate() {
            if *surplus < T::default() {
                self.cost[node] = 0;
                self.hops[node] = 0;
                self.layers[0].push(node as u32);
            }
        }
        if self.layers[0].is_empty() {
            return false;
        }
        let mut cost = 0;
        loop {
            self.settle(state, cost);
            cost += 1;
            if cost as usize >= self.later.len() {
                break;
            }
            self.promote(cost);
        }
        self.later.clear();
        for (rank, distance) in state.rank.iter_mut().zip(&self.cost) {
            *rank += (*distance).min(cost);
        }
        true
    }

    /// Moves the parties that wait at `cost` into layers by hops.
    fn promote(&mut self, cost: i32) {
        for (node, hops) in std::mem::take(&mut self.later[cost as usize]) {
            let at = node as usize;
            if self.cost[at] == cost && self.hops[at] == hops {
                self.layer(hops).push(node);
            }
        }
    }

    fn layer(&mut self, hops: i32) -> &mut Vec<u32> {
        if self.layers.len() <= hops as usize {
            self.layers.resize_with(hops as usize + 1, Vec::new);
        }
        &mut self.layers[hops as usize]
    }

    fn settle<T: Units>(&mut self, state: &State<T>, cost: i32) {
        let mut hops = 0;
        while hops < self.layers.len() {
            let layer = std::mem::take(&mut self.layers[hops]);
            for &node in &layer {
                if self.cost[node as usize] == cost && self.hops[node as usize] == hops as i32 {
                    self.order.push(node);
                    self.relax(state, node as usize, cost, hops as i32 + 1);
                }
            }
            hops += 1;
        }
        self.layers.clear();
    }

    /// Looks at the residual arcs *into* `node`: the twins of the arcs out of it.
    fn relax<T: Units>(&mut self, state: &State<T>, node: usize, cost: i32, hops: i32) {
        let (start, middle, end) = (state.starts[node], state.middles[node], state.starts[node + 1]);
        // The twin of a payment by `node` lowers that payment (cost +1); of a payment to it, raises it (−1).
        for (from, to, unit) in [(start, middle, 1), (middle, end, -1)] {
            for arc in from as usize..to as usize {
                let tail = state.head[arc] as usize;
                let candidate = cost + unit + state.rank[node] - state.rank[tail];
                if candidate <= self.cost[tail]
                    && (candidate < self.cost[tail] || hops < self.hops[tail])
                    && state.residual[state.twin[arc] as usize] > T::default()
                {
                    self.improve(tail, cost, candidate, hops);
                }
            }
        }
    }

    fn improve(&mut self, tail: usize, now: i32, cost: i32, hops: i32) {
        self.cost[tail] = cost;
        self.hops[tail] = hops;
        if cost == now {
            self.layer(hops).push(tail as u32);
        } else {
            if self.later.len() <= cost as usize {
                self.later.resize_with(cost as usize + 1, Vec::new);
            }
            self.later[cost as usize].push((tail as u32, hops));
        }
    }
}
