//! What is answered about loops, circulation and funding, as plain data.

use abilene_flows::Basis;
use abilene_ledger::Instrument;
use abilene_quantity::Date;
use serde::{Serialize, Serializer};

use crate::funding::FundingRow;
use crate::money::Sum;
use crate::time::{InvestFirst, LoopInTime};

/// The whole answer (`abilene.web/1`).
#[derive(Clone, Debug, Serialize)]
pub struct LoopsAnswer {
    /// `abilene.web/1`.
    pub schema: &'static str,
    /// Name of the case.
    pub case: String,
    /// Date of knowledge.
    pub as_of: Date,
    /// First day of the payments.
    pub from: Date,
    /// Last day of the payments.
    pub to: Date,
    /// Unit of every sum's number.
    pub unit: String,
    /// One answer for each basis, the firm one first.
    pub bases: Vec<BasisAnswer>,
    /// Who funds whom, the outside included, most first.
    pub funding: Vec<FundingRow>,
    /// Funding that purchases follow, over firm and announced.
    pub invest_first: Vec<InvestFirst>,
    /// What is not cash on a date, and why.
    pub apart: Vec<ApartItem>,
    /// What the numbers say that may be wrong with them.
    pub findings: Vec<String>,
}

/// The measures on one basis.
#[derive(Clone, Debug, Serialize)]
pub struct BasisAnswer {
    /// `firm`, `announced`, `firm and announced` or `with expected purchases`.
    #[serde(serialize_with = "basis_text")]
    pub basis: Basis,
    /// All payments between members.
    pub gross: Sum,
    /// Legs with payments.
    pub legs: usize,
    /// Of the gross, the share on assumed dates.
    pub assumed_share: f64,
    /// By class: funding and purchases.
    pub funding: Sum,
    /// Purchases.
    pub purchases: Sum,
    /// How much is mere circulation.
    pub circulation: Circulation,
    /// How much of the throughflow has been there before, with no outside but the ledger's.
    pub finn_index: f64,
    /// Loops by what can go all the way round.
    pub loops: Vec<LoopAnswer>,
    /// Whether these are all loops up to the length asked for.
    pub loops_complete: bool,
    /// Each party's own money coming back, most first.
    pub round_trips: Vec<RoundTripRow>,
    /// Legs, largest first.
    pub largest: Vec<LegPart>,
}

fn basis_text<S: Serializer>(basis: &Basis, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(basis.text())
}

/// The maximum circulation.
#[derive(Clone, Debug, Serialize)]
pub struct Circulation {
    /// Its amount: money times hops.
    pub total: Sum,
    /// Of the gross.
    pub share: f64,
    /// Whether the optimal flow is the only one.
    pub unique: bool,
    /// Of the circulating payments, the share on assumed dates.
    pub assumed_share: f64,
    /// The legs that circulate, most first.
    pub legs: Vec<LegPart>,
    /// Its loops, largest first; they add up to the total.
    pub loops: Vec<LoopAnswer>,
    /// What is left of it without its largest leg.
    pub without_largest: Option<Without>,
    /// The least that must still be paid if counterparties may be replaced.
    pub floor: Sum,
}

/// A number without the leg that it leans on most.
#[derive(Clone, Debug, Serialize)]
pub struct Without {
    /// The leg.
    pub leg: String,
    /// What the leg is, in words.
    pub label: String,
    /// The number without it.
    pub total: Sum,
    /// Of the gross without it.
    pub share: f64,
}

/// A loop.
#[derive(Clone, Debug, Serialize)]
pub struct LoopAnswer {
    /// Around, the one who starts first.
    pub parties: Vec<String>,
    /// Who pays whom.
    pub steps: Vec<StepAnswer>,
    /// What can go all the way round.
    pub bottleneck: Sum,
    /// In words.
    pub sentence: String,
    /// When it can be gone round in time, if it can.
    pub in_time: Option<LoopInTime>,
}

/// One step of a loop: everything between two parties.
#[derive(Clone, Debug, Serialize)]
pub struct StepAnswer {
    /// Who pays.
    pub payer: String,
    /// Who receives.
    pub payee: String,
    /// How much in all.
    pub amount: Sum,
    /// How much of it is firm.
    pub firm: Sum,
    /// Leg by leg, largest first.
    pub legs: Vec<LegPart>,
}

/// What one leg puts into a number.
#[derive(Clone, Debug, Serialize)]
pub struct LegPart {
    /// `deal/leg`.
    pub leg: String,
    /// In words: `NVIDIA → OpenAI, equity, up to 100 bn USD, letter of intent`.
    pub label: String,
    /// Who pays.
    pub payer: String,
    /// Who receives.
    pub payee: String,
    /// What it is.
    #[serde(serialize_with = "instrument_text")]
    pub instrument: Instrument,
    /// Whether a recipe expects it, rather than a deal promising it.
    pub expected: bool,
    /// How far it binds.
    pub firmness: &'static str,
    /// How much it puts in.
    pub amount: Sum,
    /// Whether its dates are assumed.
    pub assumed: bool,
    /// The sources of its latest state, by id.
    pub sources: Vec<String>,
}

fn instrument_text<S: Serializer>(instrument: &Instrument, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(instrument.text())
}

/// One party's own money coming back.
#[derive(Clone, Debug, Serialize)]
pub struct RoundTripRow {
    /// The party.
    pub party: String,
    /// Its name.
    pub name: String,
    /// What comes back under proportional mixing.
    pub returned: Sum,
    /// Of its receipts.
    pub share_of_receipts: Option<f64>,
    /// Of its outlay.
    pub share_of_outlay: Option<f64>,
    /// Least that any tracing could say, of its receipts.
    pub least_share: Option<f64>,
    /// Most that any tracing could say, of its receipts.
    pub most_share: Option<f64>,
    /// Of its receipts, with revenue not yet reported held at the latest reported rate: an assumption.
    pub share_held_flat: Option<f64>,
    /// The least of that.
    pub least_held_flat: Option<f64>,
    /// The most of that.
    pub most_held_flat: Option<f64>,
    /// What comes back by tracing accounts day by day, each opened empty.
    pub returned_in_time: Sum,
    /// The most that can come back with each payment after the one that funds it.
    pub most_in_time: Sum,
    /// `exact` when the party's figures cover the span, `assumed` when an estimate or a filled hole is among them,
    /// `at most` when they do not cover it.
    pub reading: &'static str,
}

/// A leg, or part of one, that is in no measure.
#[derive(Clone, Debug, Serialize)]
pub struct ApartItem {
    /// `deal/leg`.
    pub leg: String,
    /// In words.
    pub label: String,
    /// Why.
    pub reason: &'static str,
    /// How much, where told.
    pub amount: Option<Sum>,
}
