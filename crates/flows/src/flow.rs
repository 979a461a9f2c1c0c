//! Dated flows of cash, and what is kept apart from them.

use abilene_ledger::{LegView, View};
use abilene_quantity::{Date, Decimal, Span};

/// Whether the date of a flow is told or assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Timing {
    /// A source states when it is paid.
    Stated,
    /// The author of the case laid it on dates, and says why.
    Assumed,
}

/// Whether a flow is agreed between the two, or follows from a recipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A leg of a deal pays it.
    Committed,
    /// Capacity is delivered, so its builder must buy what it takes: a recipe says how much of whom.
    Expected,
}

/// What part of the flows a measure looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    /// Signed, drawn, closed or completed, and not `up to`.
    Firm,
    /// Only announced, or by letter of intent, or the open part of an `up to`.
    Announced,
    /// Both.
    Both,
    /// Both, and what the recipes expect of them.
    Expected,
}

impl Basis {
    /// Every basis, the leading one first.
    pub const ALL: [Basis; 4] = [Basis::Firm, Basis::Announced, Basis::Both, Basis::Expected];

    /// The word for reports.
    pub fn text(self) -> &'static str {
        match self {
            Basis::Firm => "firm",
            Basis::Announced => "announced",
            Basis::Both => "firm and announced",
            Basis::Expected => "with expected purchases",
        }
    }
}

/// One payment: of one leg, on one day, in the currency of the case, rounded to the hundredth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// When.
    pub date: Date,
    /// Who pays, by place in the book's parties.
    pub payer: usize,
    /// Who receives.
    pub payee: usize,
    /// The leg, by place in [`Projection::legs`].
    pub leg: usize,
    /// The firm part.
    pub firm: Decimal,
    /// The part that is only announced.
    pub announced: Decimal,
    /// Whether the date is told.
    pub timing: Timing,
    /// Agreed or expected.
    pub kind: Kind,
}

impl Flow {
    /// How much of it counts on a basis.
    pub fn on(&self, basis: Basis) -> Decimal {
        match (basis, self.kind) {
            (Basis::Firm, Kind::Committed) => self.firm,
            (Basis::Announced, Kind::Committed) => self.announced,
            (Basis::Both, Kind::Committed) | (Basis::Expected, _) => self.firm + self.announced,
            (_, Kind::Expected) => Decimal::ZERO,
        }
    }
}

/// Why a leg has no flows, or not all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// Handed over in shares or warrants.
    InKind,
    /// A guarantee or warrant: it pays only if something happens.
    Contingent,
    /// Rumoured only.
    Rumoured,
    /// Announced or by letter of intent, and over before it bound.
    Ended,
    /// Nobody told how much.
    Unpriced,
    /// Nobody told when.
    Undated,
    /// No rate known by then leads to the currency of the case.
    NoRate,
}

impl Reason {
    /// The words for reports.
    pub fn text(self) -> &'static str {
        match self {
            Reason::InKind => "in kind",
            Reason::Contingent => "contingent",
            Reason::Rumoured => "rumoured",
            Reason::Ended => "over before it bound",
            Reason::Unpriced => "no price told",
            Reason::Undated => "no date told",
            Reason::NoRate => "no exchange rate known",
        }
    }
}

/// A leg, or part of one, that is not among the flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Apart {
    /// The leg, by place in [`Projection::legs`].
    pub leg: usize,
    /// Why.
    pub reason: Reason,
    /// How much, in the currency of the case, where told.
    pub amount: Option<Decimal>,
}

/// All flows of a view.
#[derive(Clone, Debug)]
pub struct Projection<'v, 'b> {
    /// What was known.
    pub view: &'v View<'b>,
    /// Legs, live or ended, that the flows and the list apart refer to.
    pub legs: Vec<LegView<'b>>,
    /// Payments by date, then by leg.
    pub flows: Vec<Flow>,
    /// What is not among them, by leg.
    pub apart: Vec<Apart>,
}

impl Projection<'_, '_> {
    /// Flows dated within a span.
    pub fn within(&self, span: Span) -> impl Iterator<Item = &Flow> {
        self.flows.iter().filter(move |flow| span.contains(flow.date))
    }

    /// Whether a party is the outside of the web.
    pub fn is_outside(&self, party: usize) -> bool {
        let parties = &self.view.book.parties;
        parties.get(party).is_some_and(|p| self.view.book.is_outside(&p.id))
    }

    /// Whether a flow gives back money of the same contract, or hands it to owners: debt service, neither funding
    /// nor a purchase.
    pub fn returns(&self, flow: &Flow) -> bool {
        let leg = self.legs[flow.leg].leg;
        let returns =
            leg.repays.is_some() || leg.instrument.value == abilene_ledger::Instrument::Distribution;
        returns && flow.kind == Kind::Committed
    }

    /// Whether a flow runs between two members of the web and may be part of a loop: what repays or hands out
    /// money of the same contract is not (a loan and its repayment are one contract).
    pub fn circulates(&self, flow: &Flow) -> bool {
        if self.returns(flow) {
            return false;
        }
        !self.is_outside(flow.payer) && !self.is_outside(flow.payee)
    }
}
