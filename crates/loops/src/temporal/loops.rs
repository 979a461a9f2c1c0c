//! Time-respecting loops: edges round distinct parties with rising dates (Kumar & Calders 2018, 2SCENT).

use super::{Chaining, by_day};
use crate::network::{Loop, Network};

/// Which loops in time to list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TemporalBounds {
    /// Whether dates must rise or need only not fall.
    pub same_day: Chaining,
    /// The most days from the first payment to the last; `None` for any.
    pub window_days: Option<i32>,
    /// The most payments a loop may have; `None` for any.
    pub max_length: Option<usize>,
    /// The most loops to list; `None` for all.
    pub max_loops: Option<usize>,
}

/// Loops in time, in the order of their first payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemporalLoops {
    /// Each step is one edge; the first party is the one that paid first.
    pub loops: Vec<Loop>,
    /// Whether these are all loops within the bounds on length and days.
    pub complete: bool,
}

/// Lists time-respecting loops; the order depends on the network alone.
///
/// A loop belongs to the party that paid first. Where all its payments are of one day any of them could be the
/// first: it is listed once, from its lowest edge on. A payment to oneself is a loop of length one.
#[must_use]
pub fn loops(network: &Network, bounds: &TemporalBounds) -> TemporalLoops {
    let dated = by_day(network);
    let mut search = Search::new(network, &dated, bounds);
    for start in 0..dated.len() {
        if search.full() {
            break;
        }
        search.from(start);
    }
    let most = bounds.max_loops.unwrap_or(usize::MAX);
    let complete = search.loops.len() <= most;
    search.loops.truncate(most);
    TemporalLoops { loops: search.loops, complete }
}

struct Search<'a> {
    network: &'a Network,
    /// Dated edges in time, and the positions in it of each party's payments.
    dated: &'a [(i32, u32)],
    payments: Vec<Vec<u32>>,
    bounds: &'a TemporalBounds,
    on_path: Vec<bool>,
    /// The last day on which each party can still send something that comes home, and for whom it was computed.
    latest: Vec<i32>,
    home: Option<u32>,
    loops: Vec<Loop>,
}

const NEVER: i32 = i32::MIN;

impl<'a> Search<'a> {
    fn new(network: &'a Network, dated: &'a [(i32, u32)], bounds: &'a TemporalBounds) -> Self {
        let mut payments = vec![Vec::new(); network.parties()];
        for (position, entry) in dated.iter().enumerate() {
            payments[network.edges()[entry.1 as usize].payer as usize].push(position as u32);
        }
        Self {
            network,
            dated,
            payments,
            bounds,
            on_path: vec![false; network.parties()],
            latest: vec![NEVER; network.parties()],
            home: None,
            loops: Vec::new(),
        }
    }

    /// One loop more than asked for tells whether the list is complete.
    fn full(&self) -> bool {
        self.bounds.max_loops.is_some_and(|most| self.loops.len() > most)
    }

    fn from(&mut self, start: usize) {
        let (day, index) = self.dated[start];
        let edge = self.network.edges()[index as usize];
        if self.bounds.max_length == Some(0) {
            return;
        }
        if edge.payer == edge.payee {
            self.found(&[index]);
            return;
        }
        self.look_back(edge.payer);
        let last_day = self.bounds.window_days.map_or(i32::MAX, |window| day.saturating_add(window));
        self.walk(edge.payer, index, day, last_day);
    }

    /// Depth first from the first payment: only ways that can still come home are entered.
    fn walk(&mut self, home: u32, first: u32, day: i32, last_day: i32) {
        let mut path = vec![first];
        let mut cursors = vec![self.open(first, day)];
        while let Some(cursor) = cursors.last_mut() {
            let (day, payer) = self.tip(&path);
            let next =
                self.payments[payer as usize].get(*cursor).map(|position| self.dated[*position as usize]);
            *cursor += 1;
            match next {
                Some((next_day, index)) if next_day <= last_day && !self.full() => {
                    debug_assert!(next_day >= day);
                    let payee = self.network.edges()[index as usize].payee;
                    if payee == home {
                        path.push(index);
                        self.found(&path);
                        path.pop();
                    } else if self.may_pass(payee, next_day, path.len()) {
                        path.push(index);
                        cursors.push(self.open(index, next_day));
                    }
                }
                _ => {
                    self.on_path[payer as usize] = false;
                    cursors.pop();
                    path.pop();
                }
            }
        }
    }

    /// The day of the last payment and the party it reached.
    fn tip(&self, path: &[u32]) -> (i32, u32) {
        path.last().map_or((NEVER, 0), |index| {
            let edge = self.network.edges()[*index as usize];
            (edge.day.unwrap_or(NEVER), edge.payee)
        })
    }

    /// Enters the payee; returns the first of its payments that can follow.
    fn open(&mut self, index: u32, day: i32) -> usize {
        let party = self.network.edges()[index as usize].payee as usize;
        self.on_path[party] = true;
        let early = |own: i32| match self.bounds.same_day {
            Chaining::EarlierDays => own <= day,
            Chaining::SameDay => own < day,
        };
        self.payments[party].partition_point(|position| early(self.dated[*position as usize].0))
    }

    fn may_pass(&self, payee: u32, day: i32, used: usize) -> bool {
        let in_time = match self.bounds.same_day {
            Chaining::EarlierDays => self.latest[payee as usize] > day,
            Chaining::SameDay => self.latest[payee as usize] >= day,
        };
        // This payment and at least one more.
        let short = self.bounds.max_length.is_none_or(|most| used + 2 <= most);
        in_time && short && !self.on_path[payee as usize]
    }

    /// Computes `latest` for `home`, going back in time.
    fn look_back(&mut self, home: u32) {
        if self.home.replace(home) == Some(home) {
            return;
        }
        self.latest.fill(NEVER);
        for day in self.dated.chunk_by(|a, b| a.0 == b.0).rev() {
            while self.look_back_day(home, day) {}
        }
    }

    /// Whether a party was reached that other payments of the same day may now lead to.
    fn look_back_day(&mut self, home: u32, day: &[(i32, u32)]) -> bool {
        let reached: Vec<u32> = day
            .iter()
            .map(|entry| self.network.edges()[entry.1 as usize])
            .filter(|edge| {
                let then = self.latest[edge.payee as usize];
                let follows = match self.bounds.same_day {
                    Chaining::EarlierDays => then > day[0].0,
                    Chaining::SameDay => then >= day[0].0,
                };
                (edge.payee == home || follows) && self.latest[edge.payer as usize] == NEVER
            })
            .map(|edge| edge.payer)
            .collect();
        for party in &reached {
            self.latest[*party as usize] = day[0].0;
        }
        !reached.is_empty() && self.bounds.same_day == Chaining::SameDay
    }

    fn found(&mut self, path: &[u32]) {
        let edges: Vec<_> = path.iter().map(|index| self.network.edges()[*index as usize]).collect();
        let of_one_day = edges.iter().all(|edge| edge.day == edges[0].day);
        if of_one_day && path.iter().min() != path.first() {
            return;
        }
        self.loops.push(Loop {
            parties: edges.iter().map(|edge| edge.payer).collect(),
            steps: path.iter().map(|index| vec![*index]).collect(),
            bottleneck: edges.iter().map(|edge| edge.amount).min().unwrap_or(0),
        });
    }
}
