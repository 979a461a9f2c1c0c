//! What comes into each party from outside the web and what leaves it, for tracing.

use abilene_ledger::Class;
use abilene_quantity::{Decimal, Span};

use crate::figures::{Measured, latest_rate, over};
use crate::flow::{Basis, Projection};

/// The outside of one party over a span, in the currency of the case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outside {
    /// Revenue from outside, and funding from outside.
    pub inflow: Decimal,
    /// Costs, investment and debt service paid to outside.
    pub outflow: Decimal,
    /// Whether the party's own figures cover the span on the side of revenue; if not, shares are "at most".
    pub revenue_known: bool,
    /// Whether that revenue holds an estimate, or a hole filled from its neighbours.
    pub assumed: bool,
    /// By how much payments of members exceed the revenue reported: a finding, when above zero.
    pub overshoot: Decimal,
}

/// The outside of every party, by its place in the book.
///
/// Inflow is the revenue reported for the span less purchases by members, plus what outside parties pay in as
/// funding. Outflow is reported running cost (revenue less operating cash flow) and capex less purchases from
/// members. Where figures do not cover the span, only the flows of the ledger to and from outside count.
pub fn outside(projection: &Projection, span: Span, basis: Basis) -> Vec<Outside> {
    gather(projection, span, basis, Unreported::Unknown)
}

fn gather(projection: &Projection, span: Span, basis: Basis, unreported: Unreported) -> Vec<Outside> {
    let view = projection.view;
    let count = view.book.parties.len();
    let mut ledger = vec![Sums::default(); count];
    for flow in projection.within(span) {
        let value = flow.on(basis);
        let purchase = flow.kind == crate::Kind::Expected
            || projection.legs[flow.leg].leg.instrument.value.class() == Class::Purchase;
        let (from_outside, to_outside) =
            (projection.is_outside(flow.payer), projection.is_outside(flow.payee));
        ledger[flow.payee].add_in(value, purchase, from_outside);
        ledger[flow.payer].add_out(value, purchase, to_outside);
    }
    view.book
        .parties
        .iter()
        .zip(ledger)
        .map(|(party, sums)| close(projection, &party.id, span, &sums, unreported))
        .collect()
}

/// The outside with what is not reported yet held at the latest reported rate: an assumption, marked as one.
///
/// Days after a party's last report take its latest yearly rate of each metric; days before its first report
/// stay empty. Parties without any report keep what [`outside`] gives them.
pub fn outside_held_flat(projection: &Projection, span: Span, basis: Basis) -> Vec<Outside> {
    gather(projection, span, basis, Unreported::HeldFlat)
}

/// What stands for days that no figure covers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unreported {
    Unknown,
    HeldFlat,
}

/// What the ledger's flows say of one party.
#[derive(Clone, Default)]
struct Sums {
    sold_to_members: Decimal,
    sold_outside: Decimal,
    funded_by_outside: Decimal,
    bought_from_members: Decimal,
    paid_outside: Decimal,
}

impl Sums {
    fn add_in(&mut self, value: Decimal, purchase: bool, outside: bool) {
        match (purchase, outside) {
            (true, false) => self.sold_to_members += value,
            (true, true) => self.sold_outside += value,
            (false, true) => self.funded_by_outside += value,
            (false, false) => {}
        }
    }

    fn add_out(&mut self, value: Decimal, purchase: bool, outside: bool) {
        match (purchase, outside) {
            (true, false) => self.bought_from_members += value,
            (_, true) => self.paid_outside += value,
            (false, false) => {}
        }
    }
}

fn close(projection: &Projection, party: &str, span: Span, sums: &Sums, unreported: Unreported) -> Outside {
    let measure = |metric| match unreported {
        Unreported::Unknown => whole(over(projection.view, party, metric, span)),
        Unreported::HeldFlat => held_flat(projection, party, metric, span),
    };
    let (revenue, operating, capex) = (measure("revenue"), measure("operating_cash_flow"), measure("capex"));
    let from_sales = revenue.map(|revenue| revenue - sums.sold_to_members);
    let costs = match (revenue, operating, capex) {
        (Some(revenue), Some(operating), Some(capex)) => {
            revenue - operating + capex - sums.bought_from_members
        }
        _ => Decimal::ZERO,
    };
    Outside {
        inflow: from_sales.unwrap_or(sums.sold_outside).max(Decimal::ZERO) + sums.funded_by_outside,
        outflow: costs.max(sums.paid_outside),
        revenue_known: revenue.is_some(),
        assumed: over(projection.view, party, "revenue", span).assumed,
        overshoot: from_sales.map_or(Decimal::ZERO, |left| (-left).max(Decimal::ZERO)),
    }
}

fn whole(measured: Measured) -> Option<Decimal> {
    measured.is_whole().then_some(measured.value)
}

fn held_flat(projection: &Projection, party: &str, metric: &str, span: Span) -> Option<Decimal> {
    let view = projection.view;
    let (rate, latest) = latest_rate(view, party, metric)?;
    let reported = over(view, party, metric, span).value;
    let after = Span { from: latest.period.value.to().tomorrow().ok()?, to: span.to };
    let days = Decimal::from(span.overlap_days(after));
    Some((reported + rate * days / Decimal::new(36525, 2)).round_dp(2))
}
