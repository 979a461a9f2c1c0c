//! Schedules: in order, in the right unit, and adding up to the amount.

use abilene_quantity::{Amount, Date, Decimal, Per, Qualifier, Unit, grouped};

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
            tranches.parts.iter().for_each(|part| {
                money(book, deal, &part.amount, found);
                one_number(&part.amount, found);
                same_unit(leg, &part.amount, found);
            });
            sum_of_tranches(leg, schedule.mark, tranches, found);
        }
        Schedule::Recurring(recurring) => {
            in_order(schedule.mark, recurring.from, recurring.to, found);
            money(book, deal, &recurring.each, found);
            one_number(&recurring.each, found);
            same_unit(leg, &recurring.each, found);
            recurring.growth.iter().for_each(|growth| growth_by_year(growth, found));
            sum_of_recurring(leg, schedule.mark, recurring, found);
        }
        Schedule::Milestones(milestones) => {
            milestones.each.iter().for_each(|each| {
                money(book, deal, each, found);
                one_number(each, found);
                same_unit(leg, each, found);
            });
            deliveries(&milestones.plan, leg, found);
            sum_of_milestones(leg, schedule.mark, milestones, found);
        }
        Schedule::Share(share) => {
            in_order(schedule.mark, share.from, share.to, found);
            share_of(book, share, found);
        }
    }
}

/// A part of a schedule is one number: what is open about a deal stands in the leg's own amount.
fn one_number(part: &At<Amount>, found: &mut Vec<Diagnostic>) {
    if matches!(part.qualifier, Qualifier::Range | Qualifier::UpTo) {
        found.push(Diagnostic::new(Code::ScheduleSum, part.mark, "a part of a schedule is one number").help(
            "write the most here; the range or `up to` stands in `amount`, what is committed in `firm`",
        ));
    }
}

fn same_unit(leg: &Leg, part: &At<Amount>, found: &mut Vec<Diagnostic>) {
    if let Some(amount) = leg.amount.as_ref().filter(|amount| amount.unit != part.unit) {
        found.push(
            Diagnostic::new(
                Code::WrongUnit,
                part.mark,
                format!("this is in {}, the leg in {}", part.unit, amount.unit),
            )
            .related(amount.mark, "the leg's amount")
            .help("write the schedule in the unit of the leg"),
        );
    }
}

fn growth_by_year(growth: &At<Amount>, found: &mut Vec<Diagnostic>) {
    if growth.unit != Unit::Percent || growth.per != Some(Per::Year) {
        found.push(
            Diagnostic::new(
                Code::WrongUnit,
                growth.mark,
                format!("expected a yearly rate, found {}", growth.value),
            )
            .help("write the growth as \"10 %/year\""),
        );
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
    } else if share.share.most > Decimal::ONE_HUNDRED || share.share.value.value.is_sign_negative() {
        found.push(
            Diagnostic::new(
                Code::ShareOverWhole,
                share.share.mark,
                "a share is neither more than the whole nor less than nothing",
            )
            .help("a share is at most \"100 %\""),
        );
    }
    let (party, metric) =
        share.of.split_once(':').map_or((None, ""), |(party, metric)| (Some(party), metric));
    let reported = metric == "revenue" || book.figures.iter().any(|figure| figure.metric.value == metric);
    if party.is_some_and(|id| book.party(id).is_some()) && !reported {
        found.push(
            Diagnostic::new(Code::UnknownWord, share.of.mark, format!("no figure tells \"{metric}\""))
                .help("name a metric that figures report, such as revenue"),
        );
    }
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
