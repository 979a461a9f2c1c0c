//! The quarter in nine steps, for several paths side by side.
//!
//! One [`State`] holds a group of paths as a structure of arrays and is used again for the next group: nothing is
//! allocated inside a quarter. Every step is a method of its own file; the order is that of docs/model.md.

use crate::driver::{Driver, Values};
use crate::lanes::{M, V};
use crate::path::{Event, Series};
use crate::plan::Plan;

mod books;
mod clear;
mod defaults;
mod demand;
mod dues;
mod finance;
mod opening;
mod values;

/// All numbers of `W` paths at one time. Money in bn.
pub(crate) struct State<const W: usize> {
    pub values: [V<W>; Driver::COUNT],
    pub luck: [u64; W],
    /// By site: quarters by which it is late.
    pub late: Vec<[usize; W]>,
    /// `sites × cells`, GW by the end of quarter `t`, late as it is, uncut.
    pub planned: Vec<V<W>>,
    /// `sites × (quarters + 1)`, GW as delivered.
    pub actual: Vec<V<W>>,
    pub group_planned: Vec<V<W>>,
    pub group_actual: Vec<V<W>>,
    pub stream: Vec<V<W>>,
    pub stream_planned: Vec<V<W>>,
    /// Numbers of the whole path: demand, growth, rings of four quarters.
    pub path: Whole<W>,
    pub party: Parties<W>,
    /// By leg: steps passed, as planned and as delivered.
    pub steps: Vec<V<W>>,
    pub steps_planned: Vec<V<W>>,
    pub delivered: Vec<V<W>>,
    pub deferred: Vec<V<W>>,
    /// By leg: newly due in this quarter; what the schedule says uncut.
    pub due: Vec<V<W>>,
    pub nominal: Vec<V<W>>,
    pub fresh: Vec<V<W>>,
    pub owed: Vec<V<W>>,
    pub paid: Vec<V<W>>,
    pub arrears: Vec<V<W>>,
    pub slots: clear::Slots<W>,
    pub row: [V<W>; Series::COUNT],
    pub events: Vec<(usize, Event)>,
}

/// By party.
pub(crate) struct Parties<const W: usize> {
    pub cash: Vec<V<W>>,
    /// Debt beside the facility.
    pub beside: Vec<V<W>>,
    pub drawn: Vec<V<W>>,
    pub facility_left: Vec<V<W>>,
    pub plant: Vec<V<W>>,
    pub depreciation: Vec<V<W>>,
    pub keep: Vec<V<W>>,
    /// 1 until all of its future is cancelled, then 0.
    pub alive: Vec<V<W>>,
    pub ever: Vec<V<W>>,
    pub streak: Vec<V<W>>,
    pub negative: Vec<V<W>>,
    /// Net worth with stakes at the end of the quarter before.
    pub value: Vec<V<W>>,
    pub stakes: Vec<V<W>>,
    pub receivable: Vec<V<W>>,
    pub weight: Vec<V<W>>,
    pub weight_growth: Vec<V<W>>,
    pub operating: [Vec<V<W>>; 4],
    pub equity: [Vec<V<W>>; 4],
    pub revenue: Vec<V<W>>,
    // Of this quarter.
    pub sales: Vec<V<W>>,
    pub relet: Vec<V<W>>,
    pub other: Vec<V<W>>,
    pub from_sectors: Vec<V<W>>,
    pub earned_from_sectors: Vec<V<W>>,
    pub funds: Vec<V<W>>,
    pub new_facility: Vec<V<W>>,
    pub new_debt: Vec<V<W>>,
    pub new_equity: Vec<V<W>>,
    pub default_cost: Vec<V<W>>,
    pub gw: Vec<V<W>>,
}

/// Of the path as a whole.
pub(crate) struct Whole<const W: usize> {
    /// `t^k` for t = 0.. and, last, the horizon; and for which `k`.
    pub powers: Vec<V<W>>,
    pub powers_for: [f64; W],
    pub midpoint_power: V<W>,
    pub end: V<W>,
    pub response: V<W>,
    pub response_step: V<W>,
    pub response_jump: V<W>,
    pub noise: V<W>,
    pub other_growth: V<W>,
    pub other_level: V<W>,
    pub learning: V<W>,
    pub cost: V<W>,
    pub open: M<W>,
    pub spending: V<W>,
    pub market_paid: V<W>,
    pub customers4: [V<W>; 4],
    pub outside4: [V<W>; 4],
    pub money4: [V<W>; 4],
    pub defaults4: [V<W>; 4],
    pub scheduled: V<W>,
    pub due: V<W>,
    pub paid: V<W>,
    pub paid_all: V<W>,
    pub customers: V<W>,
}

impl<const W: usize> State<W> {
    /// One quarter, 1-based.
    #[inline(always)]
    pub fn quarter(&mut self, plan: &Plan, t: usize) {
        self.clean();
        self.deliver(plan, t);
        self.demand(plan, t);
        self.dues(plan, t);
        self.running(plan, t);
        if plan.uses.finance {
            self.finance(plan, t);
        }
        self.clear(plan);
        self.books(plan, t);
        if plan.uses.defaults {
            self.renegotiate(plan, t);
        }
        if plan.uses.values {
            self.value(plan);
        }
        self.fear(plan, t);
    }

    #[inline(always)]
    pub fn driver(&self, driver: Driver) -> V<W> {
        self.values[driver.at()]
    }

    #[inline(always)]
    fn clean(&mut self) {
        self.fresh.fill(V::ZERO);
        self.row = [V::ZERO; Series::COUNT];
        let p = &mut self.party;
        for list in [&mut p.relet, &mut p.other, &mut p.from_sectors, &mut p.earned_from_sectors] {
            list.fill(V::ZERO);
        }
        for list in [&mut p.new_facility, &mut p.new_debt, &mut p.new_equity, &mut p.default_cost] {
            list.fill(V::ZERO);
        }
    }

    /// Starts paths with these assumptions and this luck.
    pub fn start(&mut self, plan: &Plan, values: &[Values; W], luck: [u64; W]) {
        for (at, value) in self.values.iter_mut().enumerate() {
            *value = V::by_lane(|lane| values[lane][at]);
        }
        self.luck = luck;
        self.events.clear();
        self.open(plan);
    }
}
