//! Schedules: in order, in the right unit, and adding up to the amount.

use abilene_quantity::{Amount, Date, Decimal, Unit, grouped};

use crate::book::Book;
use crate::check::legs::{expect_power, money};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Deal, Leg};
use crate::schedule::{Delivery, Milestones, Recurring, Schedule, ShareOf, Tranches};
use crate::text::{At, Mark};

pub(super) fn check(book: &Book, found: &mut Vec<Diagnostic>) {
    for deal in &book.deals {
        for leg in &deal.leg {
            if let Some(schedule) = &leg.schedule {
                check_schedule(book, deal, leg, schedule, found);
            }
            deliveries(&leg.plan, leg, found);
        }
    }
}

fn check_schedule(book: &Book, deal: &Deal, leg: &Leg, schedule: &At<Schedule>, found: &mut Vec<Diagnostic>) {
    match &schedule.value {
        Schedule::Once(_) => {}
        Schedule::Even(even) => in_order(schedule.mark, even.from, even.to, found),
        Schedule::Tranches(tranches) => {
            tranches.parts.iter().for_each(|part| money(book, deal, &part.amount, found));
            sum_of_tranches(leg, schedule.mark, tranches, found);
        }
        Schedule::Recurring(recurring) => {
            in_order(schedule.mark, recurring.from, recurring.to, found);
            money(book, deal, &recurring.each, found);
            sum_of_recurring(leg, schedule.mark, recurring, found);
        }
        Schedule::Milestones(milestones) => {
            milestones.each.iter().for_each(|each| money(book, deal, each, found));
            deliveries(&milestones.plan, leg, found);
            sum_of_milestones(leg, schedule.mark, milestones, found);
        }
        Schedule::Share(share) => {
            in_order(schedule.mark, share.from, share.to, found);
            share_of(book, share, found);
        }
    }
}

fn in_order(mark: Mark, from: Date, to: Date, found: &mut Vec<Diagnostic>) {
    if to < from {
        found.push(
            Diagnostic::new(
                Code::DatesOutOfOrder,
                mark,
                format!("the schedule runs from {from} back to {to}"),
            )
            .help("`from` is the first day, `to` the last"),
        );
    }
}

fn deliveries(plan: &[Delivery], leg: &Leg, found: &mut Vec<Diagnostic>) {
    plan.iter().for_each(|delivery| expect_power(&delivery.power, found));
    let planned: Decimal = plan.iter().map(|delivery| delivery.power.value.value).sum();
    if let (Some(power), Some(first)) = (&leg.power, plan.first())
        && power.unit == Unit::Power
        && planned > power.most
    {
        found.push(
            Diagnostic::new(
                Code::ScheduleSum,
                first.mark,
                format!("the plan delivers {} GW of {}", grouped(planned), power.value),
            )
            .related(power.mark, "the capacity agreed")
            .help("shorten the plan, or raise `power`"),
        );
    }
}

fn sum_of_tranches(leg: &Leg, mark: Mark, tranches: &Tranches, found: &mut Vec<Diagnostic>) {
    let Some(amount) = &leg.amount else { return };
    let sum: Decimal = tranches.parts.iter().map(|part| part.amount.value.value).sum();
    let units_agree = tranches.parts.iter().all(|part| part.amount.unit == amount.unit);
    if units_agree && (sum < amount.value.value || sum > amount.most) {
        found.push(does_not_add_up(mark, amount, sum).help("make the parts add up to `amount`"));
    }
}

/// The total of a recurring payment: each step grows by a year's rate once a year has passed.
fn total_of_recurring(recurring: &Recurring) -> Decimal {
    recurring.payments().iter().map(|(_, amount)| *amount).sum()
}

fn sum_of_recurring(leg: &Leg, mark: Mark, recurring: &Recurring, found: &mut Vec<Diagnostic>) {
    let Some(amount) = &leg.amount else { return };
    let sum = total_of_recurring(recurring);
    // Authors round the total ("about 15 bn") or the step: two in a hundred are let pass.
    let slack = amount.most * Decimal::new(2, 2);
    if amount.unit == recurring.each.unit && (sum < amount.value.value - slack || sum > amount.most + slack) {
        found.push(does_not_add_up(mark, amount, sum).help("correct `each`, `from`, `to` or `amount`"));
    }
}

fn sum_of_milestones(leg: &Leg, mark: Mark, milestones: &Milestones, found: &mut Vec<Diagnostic>) {
    let (Some(amount), Some(each)) = (&leg.amount, &milestones.each) else { return };
    let per = milestones.per.as_ref().map_or(Decimal::ONE, |per| per.value.value);
    let planned: Decimal = milestones.plan.iter().map(|delivery| delivery.power.value.value).sum();
    let sum = if per.is_zero() { Decimal::ZERO } else { each.value.value * planned / per };
    if each.unit == amount.unit && sum > amount.most {
        found.push(
            does_not_add_up(mark, amount, sum).help("shorten `plan`, or raise `amount`, which is the most"),
        );
    }
}

fn does_not_add_up(mark: Mark, amount: &At<Amount>, sum: Decimal) -> Diagnostic {
    let sum = Amount::exact(sum, amount.unit);
    Diagnostic::new(
        Code::ScheduleSum,
        mark,
        format!("the schedule adds up to {sum}, the leg to {}", amount.value),
    )
    .related(amount.mark, "the amount")
}

fn share_of(book: &Book, share: &ShareOf, found: &mut Vec<Diagnostic>) {
    if share.share.unit != Unit::Percent {
        found.push(
            Diagnostic::new(
                Code::WrongUnit,
                share.share.mark,
                format!("expected percent, found {}", share.share.unit),
            )
            .help("write the share as \"20 %\""),
        );
    } else if share.share.most > Decimal::ONE_HUNDRED {
        found.push(
            Diagnostic::new(Code::ShareOverWhole, share.share.mark, "a share of more than the whole")
                .help("a share is at most \"100 %\""),
        );
    }
    let party = share.of.split_once(':').map(|(party, _)| party);
    if party.is_none_or(|id| book.party(id).is_none()) {
        found.push(
            Diagnostic::new(
                Code::UnknownParty,
                share.of.mark,
                format!("\"{}\" is not a flow", share.of.value),
            )
            .help("write a party's id, a colon and a metric: \"openai:revenue\""),
        );
    }
}
