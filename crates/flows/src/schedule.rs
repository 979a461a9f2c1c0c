//! Schedules laid on days.

use abilene_ledger::{Delivery, Even, Milestones, Schedule};
use abilene_quantity::{Date, Decimal, Quarter, Span};

/// Parts of money on days, in the unit they are written in.
pub(crate) type Parts = Vec<(Date, Decimal)>;

/// The parts of `total` on the days that the schedule names. Empty when the schedule needs a total or a price
/// that nobody told, and for shares of revenue, which are laid out with the figures.
pub(crate) fn parts(schedule: &Schedule, total: Option<Decimal>, ended: Option<Date>) -> Parts {
    match schedule {
        Schedule::Once(once) => total.map(|total| (once.on, total)).into_iter().collect(),
        Schedule::Even(even) => total.map(|total| evenly(even, total, ended)).unwrap_or_default(),
        Schedule::Tranches(tranches) => {
            tranches.parts.iter().map(|part| (part.on, part.amount.value.value)).collect()
        }
        Schedule::Recurring(recurring) => recurring.payments(),
        Schedule::Milestones(milestones) => by_delivery(milestones),
        Schedule::Share(_) => Vec::new(),
    }
}

/// In proportion to days, paid on the last day of each quarter touched. The parts add up to the total exactly:
/// each is the rounded cumulative less what came before.
fn evenly(even: &Even, total: Decimal, ended: Option<Date>) -> Parts {
    let whole = Span { from: even.from, to: even.to };
    let days = Decimal::from(whole.days());
    let mut parts = Vec::new();
    let mut paid = Decimal::ZERO;
    // What ended in the middle of a quarter is paid up to the day before.
    let last = ended.and_then(|day| day.yesterday().ok()).map_or(even.to, |day| day.min(even.to));
    let mut quarter = Quarter::of(even.from);
    while quarter <= Quarter::of(last) && even.from <= last {
        let end = quarter.last().min(last);
        let so_far = Decimal::from(Span { from: even.from, to: end }.days());
        let due = (total * so_far / days).round_dp(2);
        parts.push((end, due - paid));
        paid = due;
        quarter = quarter.next();
    }
    parts
}

fn by_delivery(milestones: &Milestones) -> Parts {
    let per = milestones.per.as_ref().map_or(Decimal::ONE, |per| per.value.value);
    let Some(each) = milestones.each.as_ref().filter(|_| !per.is_zero()) else { return Vec::new() };
    let price = each.value.value / per;
    milestones.plan.iter().map(|delivery| (delivery.on, price * delivery.power.value.value)).collect()
}

/// The deliveries that a recipe applies to: the leg's own plan, or that of its milestones.
pub(crate) fn deliveries<'b>(plan: &'b [Delivery], schedule: Option<&'b Schedule>) -> &'b [Delivery] {
    match schedule {
        Some(Schedule::Milestones(milestones)) if plan.is_empty() => &milestones.plan,
        _ => plan,
    }
}
