//! One group of lanes from its first to its last quarter, and its rows.

use crate::driver::Values;
use crate::engine::State;
use crate::lanes::V;
use crate::model::{Luck, Model};
use crate::path::{Event, PathRow, PathView, Quarter, Series};
use crate::plan::{Plan, party};
use crate::scenario::{DecidedBy, Outcome, OutcomeInputs};

/// What one thread needs, made once.
pub(crate) struct Worker<const W: usize> {
    pub(super) state: State<W>,
    /// By quarter.
    rows: Vec<[V<W>; Series::COUNT]>,
    /// `quarters × parties`.
    cash: Vec<V<W>>,
    peak: V<W>,
    gap: V<W>,
    shut: V<W>,
    // Of one lane.
    quarters: Vec<Quarter>,
    lane_cash: Vec<f64>,
    revenue: Vec<f64>,
    events: Vec<Event>,
}

/// A closure would not be inlined into the function that may use wide registers.
struct Simulate<'a, const W: usize, const KEEP: bool> {
    worker: &'a mut Worker<W>,
    plan: &'a Plan,
}

impl<const W: usize, const KEEP: bool> pulp::NullaryFnOnce for Simulate<'_, W, KEEP> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.worker.simulate::<KEEP>(self.plan);
    }
}

impl<const W: usize> Worker<W> {
    pub fn new(plan: &Plan) -> Self {
        Self {
            state: State::new(plan),
            rows: vec![[V::ZERO; Series::COUNT]; plan.quarters],
            cash: vec![V::ZERO; plan.quarters * plan.parties()],
            peak: V::ZERO,
            gap: V::ZERO,
            shut: V::ZERO,
            quarters: vec![[0.0; Series::COUNT]; plan.quarters],
            lane_cash: vec![0.0; plan.quarters * plan.parties()],
            revenue: vec![0.0; plan.parties()],
            events: Vec::with_capacity(16),
        }
    }

    /// Paths with all they tell.
    pub fn paths(
        &mut self,
        model: &Model,
        paths: &[u64],
        values: &[Values],
        luck: &[Luck],
        see: &mut dyn FnMut(&PathView<'_>),
    ) {
        for first in (0..paths.len()).step_by(W) {
            let size = self.start(model, values, luck, first);
            pulp::Arch::new().dispatch(Simulate::<W, true> { worker: self, plan: &model.plan });
            for lane in 0..size {
                let row = self.row(model, lane, paths[first + lane]);
                self.spread(&model.plan, lane);
                see(&PathView {
                    row: &row,
                    values: &values[first + lane],
                    quarters: &self.quarters,
                    cash: &self.lane_cash,
                    revenue: &self.revenue,
                    events: &self.events,
                });
            }
        }
    }

    /// Paths in one row each.
    pub fn rows(
        &mut self,
        model: &Model,
        paths: &[u64],
        values: &[Values],
        luck: &[Luck],
        see: &mut dyn FnMut(PathRow),
    ) {
        for first in (0..paths.len()).step_by(W) {
            let size = self.start(model, values, luck, first);
            pulp::Arch::new().dispatch(Simulate::<W, false> { worker: self, plan: &model.plan });
            for lane in 0..size {
                see(self.row(model, lane, paths[first + lane]));
            }
        }
    }

    /// Lanes after the last path repeat it.
    fn start(&mut self, model: &Model, values: &[Values], luck: &[Luck], first: usize) -> usize {
        let size = W.min(values.len() - first);
        let at = |lane: usize| first + lane.min(size - 1);
        let group: [Values; W] = std::array::from_fn(|lane| values[at(lane)]);
        self.state.start(&model.plan, &group, std::array::from_fn(|lane| luck[at(lane)]));
        size
    }

    #[inline(always)]
    fn simulate<const KEEP: bool>(&mut self, plan: &Plan) {
        (self.peak, self.gap, self.shut) = (V::ZERO, V::ZERO, V::ZERO);
        let parties = plan.parties();
        for t in 1..=plan.quarters {
            self.state.quarter(plan, t);
            let row = &self.state.row;
            self.peak = self.peak.max(row[Series::Gap.at()]);
            self.gap += row[Series::Gap.at()];
            self.shut += V::ONE - row[Series::MarketOpen.at()];
            if KEEP {
                self.rows[t - 1] = *row;
                self.cash[(t - 1) * parties..t * parties].copy_from_slice(&self.state.party.cash);
            }
        }
    }

    /// Takes one lane out of the group.
    fn spread(&mut self, plan: &Plan, lane: usize) {
        for (out, row) in self.quarters.iter_mut().zip(&self.rows) {
            for (out, value) in out.iter_mut().zip(row) {
                *out = value.0[lane];
            }
        }
        self.lane_cash.iter_mut().zip(&self.cash).for_each(|(out, cash)| *out = cash.0[lane]);
        self.revenue.iter_mut().zip(&self.state.party.revenue).for_each(|(out, x)| *out = x.0[lane]);
        self.events.clear();
        let mine = self.state.events.iter().filter(|(of, _)| *of == lane);
        self.events.extend(mine.map(|(_, event)| event.clone()));
        debug_assert_eq!(self.revenue.len(), plan.parties());
    }

    fn row(&self, model: &Model, lane: usize, path: u64) -> PathRow {
        let w = &self.state.path;
        let at = |value: V<W>| value.0[lane];
        let events = || self.state.events.iter().filter(|(of, _)| *of == lane).map(|(_, event)| event);
        let losses = |core: bool, cut: bool| -> f64 {
            let all = events().flat_map(|event| &event.losses);
            let mine = all.filter(|loss| party(loss.creditor).is_some() == core);
            mine.map(|loss| if cut { loss.cut } else { loss.written_off }).sum()
        };
        let four = |ring: &[V<W>; 4]| ring.iter().map(|x| x.0[lane]).sum::<f64>();
        let (scheduled, due, paid) = (at(w.scheduled), at(w.due), at(w.paid));
        let part = |above: f64, below: f64| if below > 0.0 { above / below } else { 1.0 };
        let committed = if scheduled > 0.0 { scheduled } else { 1.0 };
        let (customers, money) = (four(&w.customers4), four(&w.money4));
        let inputs = OutcomeInputs {
            defaulted: events().next().is_some(),
            served: part(paid, scheduled),
            coverage: part(customers, four(&w.outside4)),
            losses: losses(true, false) / committed,
            cut: losses(true, true) / committed,
            new_money: if customers > 0.0 { money / customers } else { f64::from(u8::from(money > 0.0)) },
        };
        let (outcome, decided_by) = model.scenario.rule.decide(&inputs);
        let first = events().next();
        PathRow {
            path,
            outcome,
            decided_by,
            inputs,
            served_of_due: part(paid, due),
            paid,
            due,
            scheduled,
            paid_all: at(w.paid_all),
            arrears: self.state.arrears.iter().map(|x| x.0[lane]).sum(),
            first_default_quarter: first.map_or(0, |event| event.quarter),
            first_default: first.map(|event| event.party),
            defaults: self.state.party.ever.iter().map(|x| x.0[lane] as u32).sum(),
            gap: at(self.gap),
            peak_gap: at(self.peak),
            losses_core: losses(true, false),
            losses_outside: losses(false, false),
            quarters_shut: at(self.shut) as u32,
            final_spending: at(w.spending),
            customers_paid: at(w.customers),
        }
    }
}

/// Of a path that was not run.
pub(super) fn empty_row(path: u64) -> PathRow {
    PathRow {
        path,
        outcome: Outcome::Correction,
        decided_by: DecidedBy::Served,
        inputs: OutcomeInputs {
            defaulted: false,
            served: 0.0,
            coverage: 0.0,
            losses: 0.0,
            cut: 0.0,
            new_money: 0.0,
        },
        served_of_due: 0.0,
        paid: 0.0,
        due: 0.0,
        scheduled: 0.0,
        paid_all: 0.0,
        arrears: 0.0,
        first_default_quarter: 0,
        first_default: None,
        defaults: 0,
        gap: 0.0,
        peak_gap: 0.0,
        losses_core: 0.0,
        losses_outside: 0.0,
        quarters_shut: 0,
        final_spending: 0.0,
        customers_paid: 0.0,
    }
}
