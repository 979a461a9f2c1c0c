//! A bare world: no case, no scenario, no luck. One path through the same model, told in full.
//!
//! For researchers who want to see the mechanics, and for the golden worlds of `tests/golden/outlook.json`.

mod read;

use std::collections::BTreeMap;

use abilene_outlook::{
    Actor, Distribution, Driver, LegState, Model, OutlookError, PartyState, Scenario, Shock, Trace, World,
};
use serde::Serialize;

use crate::fields::FileError;
use read::SECTORS;
pub use read::read_world;

/// A world that was read and checked.
#[derive(Clone, Debug)]
pub struct BareWorld {
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) world: World,
    /// Quarters in which the market is shut.
    pub(super) shocks: Vec<Shock>,
    /// By party: whether the file tells its terms of borrowing.
    pub(super) has_financing: Vec<bool>,
    /// Part of its future that a party in default loses; 1 cancels all.
    pub(super) haircut: f64,
}

/// A number for each quarter by name.
pub type Rows = BTreeMap<String, Vec<f64>>;

/// What comes out, in bn and GW. Stocks start with quarter 0; all else has one number a quarter.
#[derive(Clone, Debug, Serialize)]
pub struct BareAnswer {
    /// `abilene.world/1`.
    pub schema: &'static str,
    /// As in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// As in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How many were run.
    pub quarters: usize,
    /// Cash of each party, quarter 0 first.
    pub cash: Rows,
    /// What each sector that takes part gained, quarter 0 first; below 0 what it gave.
    pub sector_cash: Rows,
    /// Debt of parties that may borrow, quarter 0 first.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub debt: Rows,
    /// Drawn in the quarter from the facility.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub drawn_facility: Rows,
    /// Drawn in the quarter as debt beside it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub drawn_debt: Rows,
    /// GW in service by site.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub in_service_gw: Rows,
    /// What each leg comes to over its whole life.
    pub committed: BTreeMap<String, f64>,
    /// Each leg, quarter by quarter.
    pub legs: BTreeMap<String, BareLeg>,
    /// Defaults, by quarter, in the order of the file's parties.
    pub events: Vec<BareEvent>,
    /// Sums over legs that parties pay.
    pub totals: BareTotals,
    /// Paid over what fell due.
    pub served_of_fallen_due: f64,
    /// Paid over what was scheduled up to the last quarter: `served` of the outcomes.
    pub served_of_scheduled: f64,
    /// Parties in the order of the file.
    #[serde(skip)]
    pub order: Vec<String>,
}

/// One leg, one number for each quarter.
#[derive(Clone, Debug, Serialize)]
pub struct BareLeg {
    /// Who pays.
    #[serde(skip)]
    pub payer: String,
    /// Who is paid.
    #[serde(skip)]
    pub payee: String,
    /// Newly fallen due.
    pub due: Vec<f64>,
    /// Paid, arrears of before included.
    pub paid: Vec<f64>,
    /// Arrears at the end.
    pub arrears: Vec<f64>,
    /// Cancelled so far.
    pub cancelled: Vec<f64>,
    /// Still to fall due.
    pub to_come: Vec<f64>,
}

/// Something that happened to a party.
#[derive(Clone, Debug, Serialize)]
pub struct BareEvent {
    /// At its end.
    pub quarter: u32,
    /// To whom.
    pub party: String,
    /// `default`.
    pub kind: &'static str,
}

/// Sums over legs that parties pay, bn.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct BareTotals {
    /// Paid.
    pub core_paid: f64,
    /// Fallen due.
    pub core_due_fallen: f64,
    /// Scheduled at the start up to the last quarter.
    pub core_scheduled_to_horizon: f64,
}

/// Runs a world on one path.
///
/// # Errors
/// [`FileError`]: a world that is too large for the model.
pub fn bare(of: &BareWorld) -> Result<BareAnswer, FileError> {
    let drivers = vec![(Driver::Haircut, Distribution::Pinned { value: of.haircut })];
    let scenario = Scenario { drivers, shocks: of.shocks.clone(), ..Scenario::default() };
    let model = Model::new(&of.world, &scenario).map_err(refused)?;
    // Nothing is left to chance: any seed and any path give the same.
    let trace = model.trace(1, 0);
    let parties = || of.world.parties.iter().enumerate();
    let row = &trace.row;
    let borrowing = |what: fn(&PartyState) -> f64| -> Rows {
        let able = parties().filter(|(at, _)| of.has_financing[*at]);
        able.map(|(at, party)| (party.id.clone(), states(&trace, at, what))).collect()
    };
    let with_opening = |rows: Rows| -> Rows {
        rows.into_iter().map(|(id, row)| (id, std::iter::once(0.0).chain(row).collect())).collect()
    };
    let of_party = |(at, party): (usize, &abilene_outlook::Party)| {
        let ends = states(&trace, at, |state| state.cash);
        (party.id.clone(), std::iter::once(party.cash).chain(ends).collect())
    };
    Ok(BareAnswer {
        schema: "abilene.world/1",
        id: of.id.clone(),
        title: of.title.clone(),
        quarters: of.world.quarters,
        cash: parties().map(of_party).collect(),
        sector_cash: sectors(of, &model, &trace),
        debt: with_opening(borrowing(|state| state.debt)),
        drawn_facility: borrowing(|state| state.drawn_facility),
        drawn_debt: borrowing(|state| state.drawn_debt),
        in_service_gw: in_service(&of.world, &trace),
        committed: of
            .world
            .legs
            .iter()
            .zip(&trace.committed)
            .map(|(leg, sum)| (leg.id.clone(), *sum))
            .collect(),
        legs: legs(&of.world, &trace),
        events: events(&of.world, &trace),
        totals: BareTotals {
            core_paid: row.paid,
            core_due_fallen: row.due,
            core_scheduled_to_horizon: row.scheduled,
        },
        served_of_fallen_due: row.served_of_due,
        served_of_scheduled: row.inputs.served,
        order: of.world.parties.iter().map(|party| party.id.clone()).collect(),
    })
}

fn refused(error: OutlookError) -> FileError {
    match error {
        OutlookError::World { place, problem } => FileError::new("cannot_run", place, problem),
        other => FileError::new("cannot_run", "", other.to_string()),
    }
}

fn states(trace: &Trace, party: usize, what: fn(&PartyState) -> f64) -> Vec<f64> {
    trace.quarters.iter().map(|quarter| what(&quarter.parties[party])).collect()
}

/// Sectors that some leg touches, and the markets where somebody may borrow.
fn sectors(of: &BareWorld, model: &Model, trace: &Trace) -> Rows {
    let world = &of.world;
    let takes_part = |sector: Actor| {
        let touched = world.legs.iter().any(|leg| leg.payer == sector || leg.payee == sector);
        touched || sector == Actor::Markets && of.has_financing.contains(&true)
    };
    let mut rows = Rows::new();
    for (at, (name, sector)) in SECTORS.iter().enumerate() {
        if !takes_part(*sector) {
            continue;
        }
        let mut cash = vec![0.0];
        for quarter in 1..=world.quarters {
            // The last row of a matrix is minus the change in cash.
            let matrix = model.matrix(trace, quarter as u32);
            let change = matrix.and_then(|matrix| Some(-matrix.rows.last()?.1[world.parties.len() + at]));
            cash.push(cash[quarter - 1] + change.unwrap_or(0.0));
        }
        rows.insert((*name).to_owned(), cash);
    }
    rows
}

fn in_service(world: &World, trace: &Trace) -> Rows {
    let of = |at: usize| trace.quarters.iter().map(|quarter| quarter.in_service_gw[at]).collect();
    world.sites.iter().enumerate().map(|(at, site)| (site.id.clone(), of(at))).collect()
}

fn legs(world: &World, trace: &Trace) -> BTreeMap<String, BareLeg> {
    let name = |actor: Actor| match actor {
        Actor::Party(at) => world.parties[at as usize].id.clone(),
        sector => SECTORS.iter().find(|(_, one)| *one == sector).map_or("", |(name, _)| name).to_owned(),
    };
    let each = world.legs.iter().enumerate().map(|(at, leg)| {
        let of = |what: fn(&LegState) -> f64| -> Vec<f64> {
            trace.quarters.iter().map(|quarter| what(&quarter.legs[at])).collect()
        };
        let told = BareLeg {
            payer: name(leg.payer),
            payee: name(leg.payee),
            due: of(|leg| leg.due),
            paid: of(|leg| leg.paid),
            arrears: of(|leg| leg.arrears),
            cancelled: of(|leg| leg.cancelled),
            to_come: of(|leg| leg.to_come),
        };
        (leg.id.clone(), told)
    });
    each.collect()
}

fn events(world: &World, trace: &Trace) -> Vec<BareEvent> {
    let name = |party: u32| world.parties[party as usize].id.clone();
    let one = |event: &abilene_outlook::Event| BareEvent {
        quarter: event.quarter,
        party: name(event.party),
        kind: "default",
    };
    trace.events.iter().map(one).collect()
}
