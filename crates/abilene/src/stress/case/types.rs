//! What a stress test of a case answers (`abilene.case-stress/1`).

use abilene_quantity::Date;
use serde::Serialize;

use super::levers::LeverRange;
use crate::money::Sum;

/// The whole answer.
#[derive(Clone, Debug, Serialize)]
pub struct CaseStress {
    /// `abilene.case-stress/1`.
    pub schema: &'static str,
    /// Name of the case.
    pub case: String,
    /// Date of knowledge.
    pub as_of: Date,
    /// First day of the horizon.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// Its length.
    pub quarters: u8,
    /// Unit of every sum's number.
    pub unit: String,
    /// The members of the web within the horizon and what they have, by their place in the book.
    pub parties: Vec<Means>,
    /// The web as it is, nobody shocked.
    pub unshocked: Event,
    /// What was asked, in the order asked; losses are against the unshocked web.
    pub shocks: Vec<Event>,
    /// The assumptions about the whole web, the one that moves most first.
    pub levers: Vec<LeverRow>,
    /// How to read it.
    pub notes: Vec<String>,
}

/// One member's side of the horizon, all assumptions at their central value.
#[derive(Clone, Debug, Serialize)]
pub struct Means {
    /// Its id.
    pub party: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Cash, drawable credit, promised funding and receipts from outside, less running costs.
    pub own_means: Sum,
    /// Owed to it by members.
    pub owed: Sum,
    /// Owed by it, interest and uncovered costs among it.
    pub owes: Sum,
    /// What that is made of, each with its ground.
    pub items: Vec<Ground>,
}

/// One number and what it stands on.
#[derive(Clone, Debug, Serialize)]
pub struct Ground {
    /// `cash`, `debt`, `interest rate`, `facilities`, `revenue` or `cost ratio`.
    pub name: &'static str,
    /// As shown: money, or a percentage.
    pub text: String,
    /// Anchors of the figures behind it.
    pub figures: Vec<String>,
    /// The period of the latest of them.
    pub period: Option<String>,
    /// Sources of those figures.
    pub sources: Vec<String>,
    /// Why it is an assumption; absent when it is as reported.
    pub assumed: Option<String>,
}

/// What happens after one shock.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// The shock in words.
    pub title: String,
    /// Ids of the parties struck.
    pub struck: Vec<String>,
    /// Everybody struck, failing, undecided or losing; who fails first comes first.
    pub parties: Vec<Stand>,
    /// What others in the web lose.
    pub lost: Sum,
    /// The least and the most of it over the ranges.
    pub lost_range: [Sum; 2],
    /// What the outside loses.
    pub lost_outside: Sum,
    /// Whether there is one solution only; if not, this is the one in which most is paid.
    pub unique: bool,
    /// Who brought down whom.
    pub tree: Vec<Branch>,
    /// The tree in words, line by line.
    pub told: Vec<String>,
}

/// How sure a failure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// All over the ranges.
    Fails,
    /// In one part of the ranges, and not in another.
    Undecided,
    /// Nowhere in the ranges.
    Holds,
}

impl Verdict {
    /// The word for tables.
    pub fn text(self) -> &'static str {
        match self {
            Verdict::Fails => "fails",
            Verdict::Undecided => "undecided",
            Verdict::Holds => "holds",
        }
    }
}

/// Where one party stands after a shock, all assumptions at their central value but for the verdict.
#[derive(Clone, Debug, Serialize)]
pub struct Stand {
    /// Its id.
    pub party: String,
    /// Its name.
    pub name: String,
    /// Whether the shock strikes it.
    pub struck: bool,
    /// Over the ranges.
    pub verdict: Verdict,
    /// The round in which it fails, from 1: 1 though all others pay, later because of others.
    pub round: Option<usize>,
    /// Whether somewhere in the ranges it fails because of the shock: with it, and not without it.
    pub because: bool,
    /// Whether it fails in the unshocked web as well.
    pub fails_anyway: bool,
    /// What it owes.
    pub owes: Sum,
    /// What it pays.
    pub pays: Sum,
    /// The second as a part of the first; absent where nothing is owed.
    pub recovery: Option<f64>,
    /// What members owe it.
    pub owed: Sum,
    /// What they pay it.
    pub receives: Sum,
    /// How much less that is than without the shock.
    pub loses: Sum,
    /// The assumptions that flip its failure, each alone; empty with an undecided one means that several must move.
    pub flips: Vec<&'static str>,
}

/// One party in the tree of a cascade.
#[derive(Clone, Debug, Serialize)]
pub struct Branch {
    /// Its id.
    pub party: String,
    /// Its name.
    pub name: String,
    /// The round in which it fails; absent for those who only lose.
    pub round: Option<usize>,
    /// What it loses through the party above it.
    pub loses: Sum,
    /// Its verdict over the ranges.
    pub verdict: Verdict,
    /// Whom it brings down, and who loses most through it.
    pub below: Vec<Branch>,
}

/// One assumption about the whole web.
#[derive(Clone, Debug, Serialize)]
pub struct LeverRow {
    /// The assumption and its range.
    #[serde(flatten)]
    pub range: LeverRange,
    /// How many failures it flips when it alone moves, over all shocks.
    pub flips: usize,
    /// By how much it alone moves losses, over all shocks, at most.
    pub moves: Sum,
    /// Whether the results are shown over its range: the three that move most.
    pub shown: bool,
}
