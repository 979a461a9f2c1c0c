//! Everything that the report shows, as one answer.

use std::ops::ControlFlow;

use abilene_ledger::Diagnostic;
use abilene_quantity::Date;
use serde::Serialize;

use crate::argument::{Topic, argument};
use crate::cover::{CoverAnswer, cover};
use crate::evidence::{Evidence, evidence};
use crate::growth::{GrowthPoint, growth};
use crate::headline::{Headline, headlines};
use crate::loops::{LoopsAnswer, loops};
use crate::options::Ask;
use crate::outlook::{OutlookAnswer, OutlookPlan, outlook};
use crate::round_trip::{RoundTrips, round_trips};
use crate::stress::{CaseStress, HORIZON_QUARTERS, StressPlan, stress_case};

/// The report as data (`abilene.report/1`).
#[derive(Clone, Debug, Serialize)]
pub struct ReportAnswer {
    /// `abilene.report/1`.
    pub schema: &'static str,
    /// Name of the case.
    pub case: String,
    /// Its question.
    pub question: Option<String>,
    /// What a reader should know first.
    pub about: Option<String>,
    /// Date of knowledge.
    pub as_of: Date,
    /// First day of the payments.
    pub from: Date,
    /// Last day of the payments.
    pub to: Date,
    /// Unit of every sum's number.
    pub unit: String,
    /// The answers in short.
    pub headlines: Vec<Headline>,
    /// Loops, circulation, what was invested first.
    pub loops: LoopsAnswer,
    /// Own money coming back in the last full year.
    pub round_trips: RoundTrips,
    /// Commitments against revenue.
    pub cover: CoverAnswer,
    /// Who falls when one falls, each in turn; absent in a case of more than [`MOST_PARTIES`] parties.
    pub falls: Option<CaseStress>,
    /// Bridge or debt trap, by the base scenario; absent where the case has none that can run.
    pub outlook: Option<OutlookAnswer>,
    /// How the web thickened.
    pub growth: Vec<GrowthPoint>,
    /// Both sides of the argument.
    pub argument: Vec<Topic>,
    /// Parties, deals, figures and sources.
    pub evidence: Evidence,
}

/// Answers every question of a case. `diagnostics` are those of loading it.
pub fn report(ask: &Ask, diagnostics: &[Diagnostic]) -> ReportAnswer {
    let case = &ask.book.case;
    let loops = loops(ask);
    let round_trips = round_trips(ask, ask.last_year());
    let cover = cover(ask);
    ReportAnswer {
        schema: "abilene.report/1",
        case: case.name.clone(),
        question: case.question.clone(),
        about: case.about.clone(),
        as_of: ask.as_of,
        from: ask.span.from,
        to: ask.span.to,
        unit: loops.unit.clone(),
        headlines: headlines(ask, &loops, &round_trips, &cover),
        falls: falls_of(ask),
        outlook: outlook_of(ask),
        growth: growth(ask),
        argument: argument(&ask.view()),
        evidence: evidence(ask, diagnostics),
        loops,
        round_trips,
        cover,
    }
}

/// Each member in turn, over all ranges, is thousands of clearings; and the matrix of a larger web could not be read.
pub const MOST_PARTIES: usize = 400;

fn falls_of(ask: &Ask) -> Option<CaseStress> {
    let small = ask.book.parties.len() <= MOST_PARTIES;
    small.then(|| stress_case(ask, &StressPlan::all_singles(ask, HORIZON_QUARTERS)).ok())?
}

/// Enough for odds within half a percent, in about a second.
const OUTLOOK_PATHS: u64 = 16 * 1_024;

fn outlook_of(ask: &Ask) -> Option<OutlookAnswer> {
    let plan = OutlookPlan { paths: OUTLOOK_PATHS, ..OutlookPlan::of(ask)? };
    outlook(ask, &plan, &mut |_| ControlFlow::Continue(())).ok()
}
