//! What one path tells: its rows, its events, and its account leg by leg.

use serde::{Deserialize, Serialize};

use crate::driver::Values;
use crate::scenario::{DecidedBy, Outcome, OutcomeInputs};
use crate::world::Actor;

macro_rules! series {
    ($($name:ident, $text:literal, $meaning:literal;)*) => {
        /// A number of every quarter of every path.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum Series {
            $(#[doc = $meaning] #[serde(rename = $text)] $name,)*
        }

        impl Series {
            /// All, in their order.
            pub const ALL: &'static [Series] = &[$(Series::$name),*];
            /// How many there are.
            pub const COUNT: usize = [$($text),*].len();

            /// Short name.
            pub const fn name(self) -> &'static str {
                match self { $(Series::$name => $text,)* }
            }

            /// In one line.
            pub const fn meaning(self) -> &'static str {
                match self { $(Series::$name => $meaning,)* }
            }

            /// Its place in [`Quarter`].
            pub const fn at(self) -> usize {
                self as usize
            }
        }
    };
}

series! {
    Spending, "spending", "What end customers want to spend on AI, bn a year.";
    Need, "need", "Capacity that this needs, GW.";
    Capacity, "capacity", "Capacity in service for end customers, GW.";
    Shortage, "shortage", "Part of the spending that capacity could not serve.";
    CustomersPaid, "customers_paid", "What customers paid core parties for AI in the quarter, bn.";
    Due, "due", "What newly fell due on legs of core parties, bn.";
    Paid, "paid", "What was paid on them, arrears of before included, bn.";
    Arrears, "arrears", "Arrears of core parties at the end, all kinds, bn.";
    OwedOutside, "owed_outside", "What newly fell due from core parties to suppliers and markets, bn.";
    NewMoney, "new_money", "Draws on markets and vendor finance less repayments, bn.";
    Gap, "gap", "What core parties owed outside less what customers paid, where positive, bn.";
    OtherCash, "other_cash", "Cash from business outside AI, bn.";
    Debt, "debt", "Debt of core parties at the end, bn.";
    Fear, "fear", "The market's score at the end.";
    MarketOpen, "market_open", "1 when the market was open in the quarter.";
    Defaults, "defaults", "Core parties that defaulted so far, each once.";
}

/// One quarter of one path, by [`Series::at`].
pub type Quarter = [f64; Series::COUNT];

/// Why a party defaulted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Arrears for longer than the grace period.
    Arrears,
    /// Value below zero for longer than the grace period.
    Value,
}

/// A default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// At its end.
    pub quarter: u32,
    /// Who.
    pub party: u32,
    /// Why.
    pub reason: Reason,
    /// Part of its future that was cut; 1: all, it pays nothing any more.
    pub cut: f64,
    /// Core parties in arrears to it at that time and how much, bn: who had not paid it. Largest first.
    pub causes: Vec<(u32, f64)>,
    /// What each creditor loses, bn, in the order of parties, then sectors.
    pub losses: Vec<Loss>,
}

/// A creditor's loss at a default.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Loss {
    /// Who loses.
    pub creditor: Actor,
    /// Arrears and debt that will not be paid.
    pub written_off: f64,
    /// Dues still to come up to the horizon that were cut, as scheduled in the path.
    pub cut: f64,
}

/// A path in one row. Money in bn.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PathRow {
    /// Its number.
    pub path: u64,
    /// How it ends.
    pub outcome: Outcome,
    /// By which line of the rule.
    pub decided_by: DecidedBy,
    /// What the rule looked at.
    pub inputs: OutcomeInputs,
    /// Paid / fallen due, over legs of core parties.
    pub served_of_due: f64,
    /// Paid on legs of core parties.
    pub paid: f64,
    /// Fallen due on them.
    pub due: f64,
    /// Scheduled at the start up to the horizon, at this path's delays and levels.
    pub scheduled: f64,
    /// All that core parties paid, running costs and debt service included.
    pub paid_all: f64,
    /// Arrears at the end.
    pub arrears: f64,
    /// Quarter of the first default; 0 for none.
    pub first_default_quarter: u32,
    /// Who it was: the first in the order of parties.
    pub first_default: Option<u32>,
    /// Parties that defaulted.
    pub defaults: u32,
    /// Sum of [`Series::Gap`].
    pub gap: f64,
    /// Largest gap of a quarter.
    pub peak_gap: f64,
    /// Losses of core parties: written off.
    pub losses_core: f64,
    /// Losses of markets and suppliers: written off.
    pub losses_outside: f64,
    /// Quarters with a shut market.
    pub quarters_shut: u32,
    /// Spending at the end, bn a year.
    pub final_spending: f64,
    /// What customers paid core parties for AI.
    pub customers_paid: f64,
}

/// All of one path that streams by. Borrowed: copy what is to be kept.
#[derive(Debug, Clone, Copy)]
pub struct PathView<'a> {
    /// In one row.
    pub row: &'a PathRow,
    /// Its assumptions.
    pub values: &'a Values,
    /// By quarter.
    pub quarters: &'a [Quarter],
    /// Cash at the end of each quarter, `quarters × parties`, quarter by quarter.
    pub cash: &'a [f64],
    /// What each party was paid on legs that are not finance, and by customers for AI: its revenue in the run.
    pub revenue: &'a [f64],
    /// Defaults, in order of quarters, then parties.
    pub events: &'a [Event],
}

/// What kind of transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// End customers pay for AI.
    Sales,
    /// Cash from business outside AI.
    OtherCash,
    /// Customers rent freed capacity.
    Relet,
    /// On a leg; its row in a matrix is the leg's instrument.
    Leg,
    /// Running costs.
    Running,
    /// Interest.
    Interest,
    /// Repayment of debt.
    Repayment,
    /// Draw on a facility, or new debt.
    Loan,
    /// New equity sold to markets.
    Equity,
    /// Costs of default.
    DefaultCost,
}

/// Money that moved: one payer, one payee.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Transaction {
    /// From.
    pub payer: Actor,
    /// To.
    pub payee: Actor,
    /// What for.
    pub kind: Kind,
    /// Place in [`crate::World::legs`], for [`Kind::Leg`].
    pub leg: Option<u32>,
    /// bn, above 0.
    pub amount: f64,
}

/// A leg at the end of a quarter, bn. `paid` so far + `arrears` + `cancelled` + `to_come` = committed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct LegState {
    /// Newly fallen due in the quarter.
    pub due: f64,
    /// Paid in the quarter.
    pub paid: f64,
    /// At the end.
    pub arrears: f64,
    /// So far.
    pub cancelled: f64,
    /// Over the rest of its life, beyond the horizon too.
    pub to_come: f64,
}

/// A party's balance sheet at the end of a quarter, bn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct PartyState {
    /// Cash.
    pub cash: f64,
    /// Plant at cost less depreciation.
    pub plant: f64,
    /// Other assets less other liabilities.
    pub other: f64,
    /// Stakes in others, at book value.
    pub stakes: f64,
    /// Arrears owed to it.
    pub receivable: f64,
    /// Debt, facility included.
    pub debt: f64,
    /// Arrears it owes.
    pub arrears: f64,
    /// Drawn on the facility in the quarter.
    pub drawn_facility: f64,
    /// New debt in the quarter.
    pub drawn_debt: f64,
    /// New equity in the quarter.
    pub drawn_equity: f64,
    /// Quarters in a row with arrears.
    pub quarters_in_arrears: u32,
    /// Part of its future promises that stands.
    pub standing: f64,
}

impl PartyState {
    /// Assets less liabilities.
    pub fn net_worth(&self) -> f64 {
        self.cash + self.plant + self.other + self.stakes + self.receivable - self.debt - self.arrears
    }
}

/// A quarter as an account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// 1 to T.
    pub quarter: u32,
    /// Every payment.
    pub transactions: Vec<Transaction>,
    /// By leg.
    pub legs: Vec<LegState>,
    /// By party.
    pub parties: Vec<PartyState>,
    /// GW in service by site.
    pub in_service_gw: Vec<f64>,
    /// Series.
    pub row: Quarter,
}

/// One path told in full.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// In one row: the bits of the run.
    pub row: PathRow,
    /// Its assumptions.
    pub values: Vec<f64>,
    /// What each leg comes to over its whole life, at this path's levels.
    pub committed: Vec<f64>,
    /// Quarter by quarter.
    pub quarters: Vec<Account>,
    /// Defaults.
    pub events: Vec<Event>,
}
