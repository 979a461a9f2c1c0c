//! Does revenue cover the commitments? The answer by party and for the sector.

use abilene_flows::{Basis, CoverRow, Kind, Projection, SectorRow, Timing, project};
use abilene_ledger::Class;
use abilene_quantity::{Date, Decimal};
use serde::Serialize;

use crate::argument::{Arithmetic, arithmetic};
use crate::evidence::figure_anchor;
use crate::loops::{LegPart, Part, part_of};
use crate::money::{Scale, Sum};
use crate::options::Ask;

/// The whole answer (`abilene.cover/1`).
#[derive(Clone, Debug, Serialize)]
pub struct CoverAnswer {
    /// `abilene.cover/1`.
    pub schema: &'static str,
    /// Name of the case.
    pub case: String,
    /// Date of knowledge.
    pub as_of: Date,
    /// Unit of every sum's number.
    pub unit: String,
    /// Parties with anything due, most firmly due first.
    pub parties: Vec<PartyYears>,
    /// The web as a whole.
    pub sector: Vec<SectorYear>,
    /// Organisations' numbers checked against each other.
    pub arithmetic: Vec<Arithmetic>,
    /// How to read the columns.
    pub notes: Vec<&'static str>,
}

/// One party.
#[derive(Clone, Debug, Serialize)]
pub struct PartyYears {
    /// Its id.
    pub party: String,
    /// Its name.
    pub name: String,
    /// A row a year, from the first of which anything is known.
    pub years: Vec<CoverYear>,
    /// Firm purchases due over the span.
    pub due_firm: Sum,
    /// Firm and announced purchases due over the span.
    pub due: Sum,
    /// Of the firm purchases due, the share on assumed dates.
    pub assumed_share: f64,
    /// The purchases behind it, largest first.
    pub legs: Vec<LegPart>,
}

/// One year of one party.
#[derive(Clone, Debug, Serialize)]
pub struct CoverYear {
    /// The calendar year.
    pub year: i16,
    /// Firm purchases due.
    pub due_firm: Sum,
    /// Announced purchases due.
    pub due_announced: Sum,
    /// Purchases that recipes expect.
    pub due_expected: Sum,
    /// Total revenue.
    pub revenue: Option<Sum>,
    /// `reported`, `assumed` or `unknown`.
    pub revenue_reading: &'static str,
    /// Revenue from AI.
    pub ai_revenue: Option<Sum>,
    /// `reported`, `assumed` or `unknown`.
    pub ai_revenue_reading: &'static str,
    /// Operating cash flow.
    pub operating_cash_flow: Option<Sum>,
    /// Capital expenditure.
    pub capex: Option<Sum>,
    /// Cash at the start of the year, latest report.
    pub cash: Option<Sum>,
    /// Firm funding from suppliers.
    pub vendor_financing: Sum,
    /// Other firm funding.
    pub other_funding: Sum,
    /// Firm vendor financing given to customers.
    pub financing_given: Sum,
    /// Due and firm, less revenue and funding: above zero, money is missing.
    pub gap: Option<Sum>,
    /// The gaps since the first year with revenue, added up.
    pub gap_cumulative: Option<Sum>,
    /// The gap with announced purchases.
    pub gap_with_announced: Option<Sum>,
    /// Revenue that would close it: due and firm, less funding.
    pub revenue_to_close: Sum,
    /// Firm commitments over revenue.
    pub commitments_to_revenue: Option<f64>,
    /// Capex over revenue.
    pub capex_to_revenue: Option<f64>,
    /// Vendor financing given over own revenue.
    pub financing_to_revenue: Option<f64>,
    /// Anchors of the figures behind it.
    pub figures: Vec<String>,
}

/// One year of the web as a whole.
#[derive(Clone, Debug, Serialize)]
pub struct SectorYear {
    /// The calendar year.
    pub year: i16,
    /// Firm commitments that leave the web.
    pub leaving_firm: Sum,
    /// Announced ones.
    pub leaving_announced: Sum,
    /// Expected ones.
    pub leaving_expected: Sum,
    /// Capex of members, as reported.
    pub capex: Sum,
    /// Members with capex reported for the whole year.
    pub capex_counted: usize,
    /// Revenue from outside.
    pub revenue_from_outside: Sum,
    /// AI revenue from outside.
    pub ai_revenue_from_outside: Sum,
    /// `reported` or `assumed`.
    pub ai_revenue_reading: &'static str,
    /// Firm funding from outside.
    pub funding_from_outside: Sum,
    /// Firm commitments leaving, less AI revenue and firm funding from outside: a lower bound.
    pub gap: Sum,
    /// The same with announced and expected commitments.
    pub gap_with_all: Sum,
    /// Firm purchases between members: shown, in no sum.
    pub internal_firm: Sum,
    /// Announced purchases between members: shown, in no sum.
    pub internal_announced: Sum,
    /// Members whose revenue is counted.
    pub parties_counted: usize,
}

const NOTES: [&str; 6] = [
    "Due: purchases by the dates of their schedules. Firm: signed, closed or completed, and not `up to`.",
    "Revenue of a year not yet reported whole is the latest reported rate, held flat, and marked assumed.",
    "Gap: firm purchases due less all revenue and all firm funding of the year: the kindest reading, for other costs are left out. Above zero, money is missing.",
    "For the sector, revenue is AI revenue from outside the web and commitments are what leaves it, firm; payments between members are shown and in no sum.",
    "The ledger sees only part of what leaves the web (staff, power and land are mostly in no deal), so the sector's gap is a lower bound; capex, as far as reported, stands beside it.",
    "Vendor financing: funding by a party that the funded one buys from, directly or in up to three steps.",
];

/// Answers it.
pub fn cover(ask: &Ask) -> CoverAnswer {
    let view = ask.view();
    let projection = project(&view);
    let scale = Scale::of(ask.book);
    let found = abilene_flows::cover(&projection, ask.span);
    CoverAnswer {
        schema: "abilene.cover/1",
        case: ask.book.case.name.clone(),
        as_of: ask.as_of,
        unit: scale.unit.clone(),
        parties: found.parties.iter().map(|party| party_years(ask, &projection, &scale, party)).collect(),
        sector: found.sector.iter().map(|row| sector_year(&scale, row)).collect(),
        arithmetic: arithmetic(&view),
        notes: NOTES.to_vec(),
    }
}

fn party_years(
    ask: &Ask,
    projection: &Projection,
    scale: &Scale,
    cover: &abilene_flows::PartyCover,
) -> PartyYears {
    let party = &ask.book.parties[cover.party];
    let mut cumulative = None;
    // A row begins with the first year of which anything is known.
    let years = cover.rows.iter().skip_while(|row| row.is_blank()).map(|row| {
        if let Some(gap) = row.gap() {
            cumulative = Some(cumulative.unwrap_or(Decimal::ZERO) + gap);
        }
        cover_year(projection, scale, row, cumulative)
    });
    let years = years.collect();
    let (legs, assumed_share) = purchases(ask, projection, scale, cover.party);
    PartyYears {
        party: party.id.value.clone(),
        name: party.name.clone(),
        years,
        due_firm: scale.sum(cover.due_firm()),
        due: scale.sum(cover.due()),
        assumed_share,
        legs,
    }
}

fn reading(value: Option<Decimal>, assumed: bool) -> &'static str {
    match (value, assumed) {
        (None, _) => "unknown",
        (Some(_), true) => "assumed",
        (Some(_), false) => "reported",
    }
}

fn number(ratio: Option<Decimal>) -> Option<f64> {
    ratio.and_then(|ratio| ratio.to_string().parse().ok())
}

fn cover_year(
    projection: &Projection,
    scale: &Scale,
    row: &CoverRow,
    cumulative: Option<Decimal>,
) -> CoverYear {
    let optional = |value: Option<Decimal>| value.map(|value| scale.sum(value));
    let mut figures: Vec<String> =
        row.figures.iter().map(|figure| figure_anchor(projection.view, figure)).collect();
    figures.sort();
    figures.dedup();
    let to_close = (row.due_firm - row.vendor_financing - row.other_funding).max(Decimal::ZERO);
    CoverYear {
        year: row.year,
        due_firm: scale.sum(row.due_firm),
        due_announced: scale.sum(row.due_announced),
        due_expected: scale.sum(row.due_expected),
        revenue: optional(row.revenue),
        revenue_reading: reading(row.revenue, row.revenue_assumed),
        ai_revenue: optional(row.ai_revenue),
        ai_revenue_reading: reading(row.ai_revenue, row.ai_revenue_assumed),
        operating_cash_flow: optional(row.operating_cash_flow),
        capex: optional(row.capex),
        cash: optional(row.cash),
        vendor_financing: scale.sum(row.vendor_financing),
        other_funding: scale.sum(row.other_funding),
        financing_given: scale.sum(row.financing_given),
        gap: optional(row.gap()),
        gap_cumulative: optional(cumulative.filter(|_| row.revenue.is_some())),
        gap_with_announced: optional(row.gap_with_announced()),
        revenue_to_close: scale.sum(to_close),
        commitments_to_revenue: number(row.commitments_to_revenue()),
        capex_to_revenue: number(row.capex_to_revenue()),
        financing_to_revenue: number(row.financing_to_revenue()),
        figures,
    }
}

/// The purchases of a party over the span, by leg; and of the firm part the share on assumed dates.
fn purchases(ask: &Ask, projection: &Projection, scale: &Scale, party: usize) -> (Vec<LegPart>, f64) {
    let mut parts: Vec<Part> = Vec::new();
    let (mut firm, mut assumed) = (Decimal::ZERO, Decimal::ZERO);
    for flow in projection.within(ask.span).filter(|f| f.payer == party && f.kind == Kind::Committed) {
        if projection.legs[flow.leg].leg.instrument.value.class() != Class::Purchase {
            continue;
        }
        let guess = flow.timing == Timing::Assumed;
        firm += flow.firm;
        assumed += if guess { flow.firm } else { Decimal::ZERO };
        let amount = flow.on(Basis::Both);
        match parts.iter_mut().find(|part| part.leg == flow.leg) {
            Some(part) => {
                part.amount += amount;
                part.assumed |= guess;
            }
            None => parts.push(Part {
                leg: flow.leg,
                payer: flow.payer,
                payee: flow.payee,
                kind: Kind::Committed,
                amount,
                assumed: guess,
            }),
        }
    }
    parts.retain(|part| part.amount > Decimal::ZERO);
    parts.sort_by_key(|part| (std::cmp::Reverse(part.amount), part.leg));
    let share = if firm.is_zero() { None } else { number(Some((assumed / firm).round_dp(6))) };
    (parts.iter().map(|part| part_of(projection, scale, part)).collect(), share.unwrap_or(0.0))
}

fn sector_year(scale: &Scale, row: &SectorRow) -> SectorYear {
    let open = row.leaving_announced + row.leaving_expected;
    let gap = row.leaving_firm - row.ai_revenue_from_outside - row.funding_from_outside;
    SectorYear {
        year: row.year,
        leaving_firm: scale.sum(row.leaving_firm),
        leaving_announced: scale.sum(row.leaving_announced),
        leaving_expected: scale.sum(row.leaving_expected),
        capex: scale.sum(row.capex),
        capex_counted: row.capex_counted,
        revenue_from_outside: scale.sum(row.revenue_from_outside),
        ai_revenue_from_outside: scale.sum(row.ai_revenue_from_outside),
        ai_revenue_reading: if row.ai_revenue_assumed { "assumed" } else { "reported" },
        funding_from_outside: scale.sum(row.funding_from_outside),
        gap: scale.sum(gap),
        gap_with_all: scale.sum(gap + open),
        internal_firm: scale.sum(row.internal_firm),
        internal_announced: scale.sum(row.internal_announced),
        parties_counted: row.parties_counted,
    }
}
