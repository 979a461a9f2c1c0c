//! Not mistakes: numbers without a source, assumptions, money on no date. They are counted, and shown on demand.

use crate::book::Book;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Leg;
use crate::schedule::Schedule;
use crate::text::Mark;
use crate::words::{Class, Form};

pub(super) fn check(book: &Book, found: &mut Vec<Diagnostic>) {
    for deal in &book.deals {
        for state in deal.state.iter().filter(|state| state.sources.is_empty()) {
            found.push(unsourced(state.mark, &format!("this state of \"{}\"", deal.id.value)));
        }
        deal.leg.iter().for_each(|leg| leg_doubts(leg, found));
    }
    for figure in &book.figures {
        let what =
            || format!("{} of {} for {}", figure.metric.value, figure.party.value, figure.period.value);
        if let Some(reason) = &figure.assumed {
            found.push(assumed(figure.mark, &what(), reason));
        } else if figure.sources.is_empty() {
            found.push(unsourced(figure.mark, &what()));
        }
    }
    for claim in book.claims.iter().filter(|claim| claim.sources.is_empty()) {
        found.push(unsourced(claim.mark, &format!("the claim \"{}\"", claim.id.value)));
    }
}

fn leg_doubts(leg: &Leg, found: &mut Vec<Diagnostic>) {
    let from_to = || format!("from {} to {}", leg.payer.value, leg.payee.value);
    if let Some(reason) = &leg.assumed {
        found.push(assumed(leg.mark, &format!("the amount {}", from_to()), reason));
    }
    if let Some(schedule) = &leg.schedule
        && let Some(reason) = schedule.value.assumed()
    {
        found.push(assumed(schedule.mark, &format!("when money goes {}", from_to()), reason));
    }
    if let Some(reason) = &leg.plan_assumed {
        found.push(assumed(leg.mark, &format!("the delivery plan {}", from_to()), reason));
    }
    let cash = leg.form != Some(Form::InKind) && leg.instrument.class() != Class::Contingent;
    let unpriced = matches!(leg.schedule.as_deref(), Some(Schedule::Milestones(m)) if m.each.is_none());
    if cash && leg.repays.is_none() && leg.amount.is_some() && (leg.schedule.is_none() || unpriced) {
        found.push(
            Diagnostic::new(Code::Undated, leg.mark, format!("the money {} is on no date", from_to()))
                .help("add a `schedule`; where the dates are a guess, say so in `assumed`"),
        );
    }
}

fn unsourced(mark: Mark, what: &str) -> Diagnostic {
    Diagnostic::new(Code::Unsourced, mark, format!("{what} has no source"))
}

fn assumed(mark: Mark, what: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(Code::Assumed, mark, format!("{what} is assumed: {reason}"))
}
