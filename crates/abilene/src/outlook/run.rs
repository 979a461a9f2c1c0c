//! Running a scenario on a case and putting the numbers back into words.

use std::ops::ControlFlow;

use abilene_flows::{Projection, project};
use abilene_ledger::{Book, RuleName};
use abilene_outlook::{FAN, Model, Outcome, OutcomeRule, PathRow, Progress, Scenario, Summary, World};
use abilene_quantity::Date;

use super::calendar::Calendar;
use super::decides;
use super::rules::Merged;
use super::told::tell;
use super::types::{
    CascadeEdgeRow, DecidedRow, DriverRow, FanRow, OddsRow, OpeningRow, OutlookAnswer, PartyRow, RuleRow,
    ScenarioText, ThresholdRow, WithoutRow,
};
use super::words::{decided_text, outcome_text, range_text, sentence};
use super::world::{CaseWorld, world};
use super::{OutlookError, OutlookPlan};
use crate::money::Scale;
use crate::options::Ask;
use crate::stress::ground;

/// A case and a scenario, ready to run.
pub struct Prepared<'b> {
    pub(super) book: &'b Book,
    pub(super) scale: Scale,
    pub(super) calendar: Calendar,
    pub(super) merged: Merged<'b>,
    pub(super) case: CaseWorld<'b>,
    /// The checked model.
    pub model: Model,
}

impl<'b> Prepared<'b> {
    /// Lays the case out and checks it with the scenario.
    ///
    /// # Errors
    /// [`OutlookError`]: no such scenario, or a model that cannot run.
    pub fn of(ask: &Ask<'b>, scenario: &str, to: Date) -> Result<Prepared<'b>, OutlookError> {
        let view = ask.view();
        let projection = project(&view);
        Prepared::from(ask, &projection, scenario, to)
    }

    fn from(
        ask: &Ask<'b>,
        projection: &Projection<'_, 'b>,
        scenario: &str,
        to: Date,
    ) -> Result<Prepared<'b>, OutlookError> {
        let scale = Scale::of(ask.book);
        let calendar = Calendar::of(ask.as_of, to);
        let told = ask.book.scenario(scenario).ok_or_else(|| OutlookError::unknown(ask.book, scenario))?;
        let mut merged = Merged::of(ask.book, told, &calendar);
        merged.scenario.alternatives = alternatives(&merged.scenario);
        let case = world(projection, &merged, &calendar, &scale);
        if case.world.parties.is_empty() {
            return Err(OutlookError::NoParties);
        }
        let model = Model::new(&case.world, &merged.scenario)?;
        Ok(Prepared { book: ask.book, scale, calendar, merged, case, model })
    }

    pub(super) fn name(&self, party: u32) -> &'b str {
        &self.book.parties[self.case.openings[party as usize].party].name
    }
}

/// Thresholds moved one by one, for the odds that they would give.
fn alternatives(scenario: &Scenario) -> Vec<OutcomeRule> {
    let rule = scenario.rule;
    vec![
        OutcomeRule { bridge_served: rule.bridge_served - 0.05, ..rule },
        OutcomeRule { bridge_coverage: 0.8 * rule.bridge_coverage, ..rule },
        OutcomeRule { bridge_coverage: 1.2 * rule.bridge_coverage, ..rule },
        OutcomeRule { bridge_new_money: 5.0 * rule.bridge_new_money, ..rule },
        OutcomeRule { trap_losses: 0.5 * rule.trap_losses, ..rule },
        OutcomeRule { trap_losses: 2.0 * rule.trap_losses, ..rule },
        OutcomeRule { trap_served: rule.trap_served + 0.1, ..rule },
        OutcomeRule { weight_of_cut_contracts: 1.0, ..rule },
    ]
}

fn threshold_text(base: &OutcomeRule, other: &OutcomeRule) -> String {
    let pairs = [
        ("served for a bridge at least", base.bridge_served, other.bridge_served),
        ("coverage for a bridge at least", base.bridge_coverage, other.bridge_coverage),
        ("new money for a bridge at most", base.bridge_new_money, other.bridge_new_money),
        ("losses for a trap above", base.trap_losses, other.trap_losses),
        ("served for a trap below", base.trap_served, other.trap_served),
        ("weight of contracts cut at default", base.weight_of_cut_contracts, other.weight_of_cut_contracts),
    ];
    let moved = pairs.iter().find(|(_, from, to)| from != to);
    moved.map_or(String::from("as told"), |(what, from, to)| format!("{what} {to:.2} instead of {from:.2}"))
}

/// Runs it. `watch` sees each wave of paths with their assumptions, and may stop it: the answer is then of what was
/// done.
///
/// # Errors
/// [`OutlookError`]: no such scenario, or a model that cannot run.
pub fn outlook(
    ask: &Ask,
    plan: &OutlookPlan,
    watch: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
) -> Result<OutlookAnswer, OutlookError> {
    let view = ask.view();
    let projection = project(&view);
    let prepared = Prepared::from(ask, &projection, &plan.scenario, plan.to)?;
    let paths = Model::rounded(plan.paths);
    let mut rows: Vec<PathRow> = Vec::new();
    let summary = prepared.model.run(plan.seed, paths, &mut |progress: &Progress<'_>| {
        // Rows of the first paths are kept, to find the one nearest to each outcome's median.
        let room = decides::KEPT.saturating_sub(rows.len());
        rows.extend_from_slice(&progress.rows[..progress.rows.len().min(room)]);
        watch(progress)
    });
    let whole = !summary.partial && plan.analyses;
    let (bare, without) = without_vendor_finance(&prepared, plan, &summary, &rows)?;
    let mut answer = OutlookAnswer {
        schema: "abilene.outlook/1",
        case: ask.book.case.name.clone(),
        as_of: ask.as_of,
        scenario: scenario_text(&prepared),
        scenarios: ask.book.scenarios.iter().map(|scenario| scenario.id.value.clone()).collect(),
        seed: plan.seed,
        paths: summary.paths,
        partial: summary.partial,
        quarters: (1..=prepared.calendar.quarters).map(|q| prepared.calendar.name(q)).collect(),
        unit: prepared.scale.unit.clone(),
        sentence: sentence(&prepared, &summary),
        odds: odds(&summary),
        decided_by: decided(&summary),
        thresholds: thresholds(&prepared.merged.scenario.rule, &summary),
        fans: fans(&summary),
        cash: cash(&prepared, &summary),
        parties: parties(&prepared, &summary, bare.as_ref()),
        cascade: cascade(&prepared, &summary),
        without_vendor_finance: without,
        without_deal: without_deal(&prepared, plan, &rows)?,
        decides: Vec::new(),
        safe_box: None,
        break_even: Vec::new(),
        implied: super::implied::implied(&prepared, plan.seed),
        told: tell(&prepared, plan.seed, &rows),
        calibration: Vec::new(),
        drivers: drivers(&prepared),
        rules: rules(&prepared),
        openings: openings(&prepared, &view),
        folded: prepared.case.folded.clone(),
        carried: prepared.case.carried,
        notes: notes(&prepared, &summary),
    };
    if whole {
        answer.decides = decides::indices(&prepared, plan);
        answer.safe_box = decides::safe_box(&prepared, plan, &rows);
        answer.break_even = decides::break_even(&prepared, plan, &answer.decides);
        answer.calibration = super::calibration::calibration(ask, plan);
    }
    Ok(answer)
}

fn scenario_text(prepared: &Prepared) -> ScenarioText {
    let merged = &prepared.merged;
    ScenarioText {
        id: merged.id.to_owned(),
        title: merged.title.to_owned(),
        about: merged.about.map(str::to_owned),
    }
}

fn odds(summary: &Summary) -> Vec<OddsRow> {
    let row = |odds: &abilene_outlook::Odds| OddsRow {
        outcome: outcome_text(odds.outcome),
        part: odds.part,
        error: odds.error,
    };
    summary.odds.iter().map(row).collect()
}

fn three(odds: &[abilene_outlook::Odds]) -> [f64; 3] {
    let of = |outcome: Outcome| odds.iter().find(|one| one.outcome == outcome).map_or(0.0, |one| one.part);
    [Outcome::Bridge, Outcome::Correction, Outcome::DebtTrap].map(of)
}

fn decided(summary: &Summary) -> Vec<DecidedRow> {
    let mut rows: Vec<DecidedRow> = summary
        .decided_by
        .iter()
        .filter(|(_, part)| *part > 0.0)
        .map(|(line, part)| {
            let (outcome, line) = decided_text(*line);
            DecidedRow { outcome, line, part: *part }
        })
        .collect();
    rows.sort_by(|a, b| b.part.total_cmp(&a.part));
    rows
}

fn thresholds(base: &OutcomeRule, summary: &Summary) -> Vec<ThresholdRow> {
    let row = |(rule, odds): &(OutcomeRule, Vec<abilene_outlook::Odds>)| ThresholdRow {
        threshold: threshold_text(base, rule),
        odds: three(odds),
    };
    summary.alternatives.iter().map(row).collect()
}

/// 5, 25, 50, 75 and 95 % of the engine's seven quantiles.
fn fan_row(name: &str, meaning: &str, quantiles: &[[f64; FAN.len()]]) -> FanRow {
    let five = |all: &[f64; FAN.len()]| [all[0], all[2], all[3], all[4], all[6]];
    FanRow {
        name: name.to_owned(),
        meaning: meaning.to_owned(),
        quantiles: quantiles.iter().map(five).collect(),
    }
}

fn fans(summary: &Summary) -> Vec<FanRow> {
    let row = |fan: &abilene_outlook::Fan| fan_row(fan.series.name(), fan.series.meaning(), &fan.quantiles);
    summary.fans.iter().map(row).collect()
}

fn cash(prepared: &Prepared, summary: &Summary) -> Vec<FanRow> {
    let row = |fan: &abilene_outlook::PartyFan| {
        fan_row(&prepared.case.world.parties[fan.party as usize].id, prepared.name(fan.party), &fan.quantiles)
    };
    summary.cash.iter().map(row).collect()
}

fn parties(prepared: &Prepared, summary: &Summary, bare: Option<&Summary>) -> Vec<PartyRow> {
    let each = summary.parties.iter().enumerate().map(|(at, party)| {
        let when = party.first_by_quarter.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        PartyRow {
            party: party.id.clone(),
            name: prepared.name(at as u32).to_owned(),
            defaults: party.defaults,
            first: party.first,
            first_when: when.filter(|(_, odds)| **odds > 0.0).map(|(q, _)| prepared.calendar.name(q + 1)),
            revenue: party.revenue,
            loop_dependent: bare.map(|bare| party.revenue - bare.parties[at].revenue),
            losses: party.losses,
        }
    });
    let mut rows: Vec<PartyRow> = each.collect();
    rows.sort_by(|a, b| b.defaults.total_cmp(&a.defaults).then(b.revenue.total_cmp(&a.revenue)));
    rows
}

fn cascade(prepared: &Prepared, summary: &Summary) -> Vec<CascadeEdgeRow> {
    let id = |party: u32| prepared.case.world.parties[party as usize].id.clone();
    let row = |edge: &abilene_outlook::CascadeEdge| CascadeEdgeRow {
        cause: edge.cause.map(id),
        failed: id(edge.failed),
        rate: edge.rate,
        quarter: edge.quarter,
    };
    let mut rows: Vec<CascadeEdgeRow> = summary.cascade.edges.iter().map(row).collect();
    rows.sort_by(|a, b| b.rate.total_cmp(&a.rate));
    rows
}

/// The same paths without vendor finance: the summary, and what changes.
fn without_vendor_finance(
    prepared: &Prepared,
    plan: &OutlookPlan,
    summary: &Summary,
    rows: &[PathRow],
) -> Result<(Option<Summary>, Option<WithoutRow>), OutlookError> {
    if summary.partial || !prepared.case.world.legs.iter().any(|leg| leg.vendor_finance) {
        return Ok((None, None));
    }
    let bare = prepared.case.world.without_vendor_finance();
    let (bare, row) = paired(prepared, plan, &bare, summary.paths, rows, "vendor finance".into())?;
    Ok((Some(bare), Some(row)))
}

fn without_deal(
    prepared: &Prepared,
    plan: &OutlookPlan,
    rows: &[PathRow],
) -> Result<Option<WithoutRow>, OutlookError> {
    let Some(deal) = &plan.without_deal else { return Ok(None) };
    let bare = prepared.case.world.without_deal(deal);
    if bare.legs.len() == prepared.case.world.legs.len() {
        return Err(OutlookError::NoDeal(deal.clone()));
    }
    let paths = Model::rounded(plan.paths);
    Ok(Some(paired(prepared, plan, &bare, paths, rows, format!("the deal {deal}"))?.1))
}

fn paired(
    prepared: &Prepared,
    plan: &OutlookPlan,
    bare: &World,
    paths: u64,
    rows: &[PathRow],
    what: String,
) -> Result<(Summary, WithoutRow), OutlookError> {
    let model = Model::new(bare, &prepared.merged.scenario)?;
    let (mut seen, mut changed) = (0_usize, 0_usize);
    let summary = model.run(plan.seed, paths, &mut |progress: &Progress<'_>| {
        for (row, own) in progress.rows.iter().zip(rows.iter().skip(seen)) {
            changed += usize::from(row.outcome != own.outcome);
        }
        seen += progress.rows.len();
        ControlFlow::Continue(())
    });
    let compared = seen.min(rows.len()).max(1);
    let row = WithoutRow { what, odds: three(&summary.odds), changed: changed as f64 / compared as f64 };
    Ok((summary, row))
}

fn drivers(prepared: &Prepared) -> Vec<DriverRow> {
    let row = |range: &&abilene_ledger::DriverRange| {
        let driver = abilene_outlook::Driver::named(range.name.value.text())?;
        Some(DriverRow {
            name: driver.name().to_owned(),
            unit: driver.unit().to_owned(),
            meaning: driver.meaning().to_owned(),
            range: range_text(range),
            claims: range.claims.iter().map(|claim| claim.value.clone()).collect(),
            sources: range.sources.iter().map(|source| source.value.clone()).collect(),
            assumed: range.assumed.clone(),
        })
    };
    prepared.merged.drivers.iter().filter_map(row).collect()
}

fn rules(prepared: &Prepared) -> Vec<RuleRow> {
    let row = |(name, value, told): (RuleName, f64, Option<&abilene_ledger::Rule>)| RuleRow {
        name: name.text(),
        value,
        from: told.map_or_else(Vec::new, |rule| {
            rule.claims.iter().chain(&rule.sources).map(|at| at.value.clone()).collect()
        }),
        assumed: told.and_then(|rule| rule.assumed.clone()),
        told: told.is_some(),
    };
    prepared.merged.rules().into_iter().map(row).collect()
}

fn openings(prepared: &Prepared, view: &abilene_ledger::View) -> Vec<OpeningRow> {
    let row = |opening: &abilene_flows::Opening| {
        let party = &prepared.book.parties[opening.party];
        let items = opening.items();
        OpeningRow {
            party: party.id.value.clone(),
            name: party.name.clone(),
            items: items.iter().map(|(name, item)| ground(view, &prepared.scale, name, item)).collect(),
        }
    };
    prepared.case.openings.iter().map(row).collect()
}

fn notes(prepared: &Prepared, summary: &Summary) -> Vec<String> {
    let mut notes = vec![
        "Errors of the odds come from the spread over 16 independent scramblings of the design.".to_owned(),
        "Odds say how often an outcome comes out of these assumptions, not how likely it is in the world: docs/outlook.md says what is left out.".to_owned(),
    ];
    if !prepared.case.world.legs.iter().any(|leg| leg.vendor_finance) {
        notes.push("No vendor finance that counts here is still to be paid: what suppliers gave their customers is paid already, or only announced (`announced_part` lets that count).".to_owned());
    }
    if let Some(odds) = summary.odds.iter().find(|odds| odds.part > 0.95) {
        notes.push(format!(
            "{} takes {:.0} % of the paths: with these assumptions the outcome is foregone; the line that decides most often says why.",
            outcome_text(odds.outcome),
            odds.part * 100.0
        ));
    }
    notes
}
