//! A hindcast: from a year before the date of knowledge, knowing only what was published then, drivers at their
//! medians, against what was reported afterwards.

use abilene_flows::over;
use abilene_ledger::View;
use abilene_outlook::Series;
use abilene_quantity::months_after;

use super::OutlookPlan;
use super::run::Prepared;
use super::types::CalibrationRow;
use crate::options::Ask;

/// How long before the date of knowledge the hindcast begins, in months.
const BEFORE: i32 = 12;

/// Rows for the whole quarters between the two dates; empty where the case cannot run from then.
pub(super) fn calibration(ask: &Ask, plan: &OutlookPlan) -> Vec<CalibrationRow> {
    let Some(then) = months_after(ask.as_of, -BEFORE) else { return Vec::new() };
    let early = Ask { as_of: then.last_of_month(), ..*ask };
    let Ok(prepared) = Prepared::of(&early, &plan.scenario, plan.to) else { return Vec::new() };
    let (medians, today) = (prepared.model.medians(), ask.view());
    let mut rows = Vec::new();
    let mut see = |view: &abilene_outlook::PathView<'_>| {
        for quarter in 1..=3.min(view.quarters.len()) {
            let paid = view.quarters[quarter - 1][Series::CustomersPaid.at()];
            rows.extend(ai_revenue(&today, &prepared, quarter, paid));
        }
        for quarter in 1..=3.min(view.quarters.len()) {
            rows.extend(cash(&today, &prepared, quarter, view));
        }
    };
    prepared.model.view_values(0, &medians, prepared.model.luck(plan.seed, 0), &mut see);
    rows
}

fn row(what: String, model: f64, reported: f64, assumed: bool) -> CalibrationRow {
    CalibrationRow { what, model, reported, off: (model - reported) / reported.abs().max(1e-9), assumed }
}

/// The labs' part of what customers paid for AI, against their revenue as known today.
fn ai_revenue(view: &View, prepared: &Prepared, quarter: usize, model: f64) -> Option<CalibrationRow> {
    let span = prepared.calendar.span(quarter);
    let (mut reported, mut assumed) = (0.0, false);
    for opening in &prepared.case.openings {
        let party = &view.book.parties[opening.party];
        if party.kind.value != "ai_lab" {
            continue;
        }
        let measured = over(view, &party.id, "revenue", span);
        reported += prepared.scale.plain(measured.value);
        assumed |= measured.assumed || !measured.is_whole();
    }
    let labs: f64 =
        prepared.case.openings.iter().zip(&prepared.case.world.parties).fold(0.0, |sum, (opening, party)| {
            let lab = view.book.parties[opening.party].kind.value == "ai_lab";
            sum + if lab { party.market_share } else { 0.0 }
        });
    let all: f64 = prepared.case.world.parties.iter().map(|party| party.market_share).sum();
    let model = model * labs / all.max(1e-9);
    (reported > 0.0).then(|| {
        row(format!("revenue of the labs, {}", prepared.calendar.name(quarter)), model, reported, assumed)
    })
}

/// Cash of each party that reports it at the end of the quarter.
fn cash(
    view: &View,
    prepared: &Prepared,
    quarter: usize,
    path: &abilene_outlook::PathView<'_>,
) -> Vec<CalibrationRow> {
    let day = prepared.calendar.span(quarter).to;
    let parties = prepared.case.world.parties.len();
    let mut rows = Vec::new();
    for (at, opening) in prepared.case.openings.iter().enumerate() {
        let party = &view.book.parties[opening.party];
        let told = view.latest(&party.id, "cash", day).filter(|figure| figure.period.value.to() == day);
        let value = told.and_then(|figure| {
            let currency = figure.value.value.unit.currency()?;
            view.convert(figure.value.value.value, currency, day)
                .map(|value| (value, figure.assumed.is_some()))
        });
        if let Some((value, assumed)) = value {
            let model = path.cash[(quarter - 1) * parties + at];
            let what = format!("cash of {}, {}", party.name, prepared.calendar.name(quarter));
            rows.push(row(what, model, prepared.scale.plain(value), assumed));
        }
    }
    rows
}
