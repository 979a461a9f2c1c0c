//! Does revenue cover the commitments? By party and for the sector, year by year.

use std::cmp::Reverse;

use abilene_ledger::{Class, Figure};
use abilene_quantity::{Decimal, Span};

use crate::figures::{at_day, latest_rate, over};
use crate::flow::{Basis, Flow, Kind, Projection};
use crate::vendor::vendor_financing;

/// One year of one party, in the currency of the case. Everything is money of that year but `cash`.
#[derive(Clone, Debug, Default)]
pub struct CoverRow<'b> {
    /// The calendar year.
    pub year: i16,
    /// Purchases due, firm.
    pub due_firm: Decimal,
    /// Purchases due that are only announced.
    pub due_announced: Decimal,
    /// Purchases that recipes expect on top.
    pub due_expected: Decimal,
    /// Revenue: reported, or held at the latest reported rate. `None` when nothing is reported.
    pub revenue: Option<Decimal>,
    /// Whether that revenue is an assumption: an estimate, or a rate held flat.
    pub revenue_assumed: bool,
    /// Revenue from AI; of a lab all of it.
    pub ai_revenue: Option<Decimal>,
    /// Whether that number is an assumption.
    pub ai_revenue_assumed: bool,
    /// Operating cash flow, where reported for the whole year.
    pub operating_cash_flow: Option<Decimal>,
    /// Capital expenditure, where reported for the whole year.
    pub capex: Option<Decimal>,
    /// Latest reported cash at the start of the year.
    pub cash: Option<Decimal>,
    /// Firm funding received from those that the party buys from.
    pub vendor_financing: Decimal,
    /// Other firm funding received.
    pub other_funding: Decimal,
    /// Firm sales to members of the web.
    pub sold_to_members: Decimal,
    /// Firm vendor financing given to customers.
    pub financing_given: Decimal,
    /// The figures behind it.
    pub figures: Vec<&'b Figure>,
}

impl CoverRow<'_> {
    /// Whether nothing at all is known of the year.
    pub fn is_blank(&self) -> bool {
        let sums =
            [self.due_firm, self.due_announced, self.due_expected, self.vendor_financing, self.other_funding];
        self.revenue.is_none() && self.financing_given.is_zero() && sums.iter().all(Decimal::is_zero)
    }

    /// What is due and firm, less all revenue and all firm funding of the year: above zero, money is missing.
    ///
    /// The kindest reading: every unit of revenue could go to these commitments. `None` without revenue.
    pub fn gap(&self) -> Option<Decimal> {
        self.revenue.map(|revenue| self.due_firm - revenue - self.vendor_financing - self.other_funding)
    }

    /// The same with what is announced: due and, as far as it is announced, not funded.
    pub fn gap_with_announced(&self) -> Option<Decimal> {
        self.gap().map(|gap| gap + self.due_announced)
    }

    /// Firm commitments over revenue.
    pub fn commitments_to_revenue(&self) -> Option<Decimal> {
        ratio(self.due_firm, self.revenue?)
    }

    /// Capex over revenue.
    pub fn capex_to_revenue(&self) -> Option<Decimal> {
        ratio(self.capex?, self.revenue?)
    }

    /// Vendor financing given over own revenue.
    pub fn financing_to_revenue(&self) -> Option<Decimal> {
        ratio(self.financing_given, self.revenue?)
    }
}

fn ratio(part: Decimal, whole: Decimal) -> Option<Decimal> {
    (whole > Decimal::ZERO).then(|| (part / whole).round_dp(6))
}

/// All years of one party.
#[derive(Clone, Debug)]
pub struct PartyCover<'b> {
    /// Its place in the book.
    pub party: usize,
    /// A row a year.
    pub rows: Vec<CoverRow<'b>>,
}

impl PartyCover<'_> {
    /// Firm purchases due over all years.
    pub fn due_firm(&self) -> Decimal {
        self.rows.iter().map(|row| row.due_firm).sum()
    }

    /// Firm and announced purchases due over all years.
    pub fn due(&self) -> Decimal {
        self.rows.iter().map(|row| row.due_firm + row.due_announced).sum()
    }
}

/// One year of the web as a whole. Payments between members are shown, and in no sum.
#[derive(Clone, Debug, Default)]
pub struct SectorRow {
    /// The calendar year.
    pub year: i16,
    /// Firm payments of members for purchases from outside the web.
    pub leaving_firm: Decimal,
    /// The same, announced only.
    pub leaving_announced: Decimal,
    /// The same, expected by recipes.
    pub leaving_expected: Decimal,
    /// Firm purchases between members: shown, not summed.
    pub internal_firm: Decimal,
    /// Announced purchases between members: shown, not summed.
    pub internal_announced: Decimal,
    /// Revenue of members less what members paid them: what comes from outside.
    pub revenue_from_outside: Decimal,
    /// AI revenue from outside: of labs all, of others what members did not pay.
    pub ai_revenue_from_outside: Decimal,
    /// Whether any part of the AI revenue is an assumption.
    pub ai_revenue_assumed: bool,
    /// Members with revenue in the sum.
    pub parties_counted: usize,
    /// Capex of members, as reported.
    pub capex: Decimal,
    /// Members with capex reported for the whole year.
    pub capex_counted: usize,
    /// Firm funding from outside the web.
    pub funding_from_outside: Decimal,
}

/// Parties with anything due or funded, most firmly due first; and the sector.
#[derive(Clone, Debug)]
pub struct Cover<'b> {
    /// By party.
    pub parties: Vec<PartyCover<'b>>,
    /// By year.
    pub sector: Vec<SectorRow>,
}

/// Lays commitments beside revenue, cash and funding for every calendar year that the span touches.
pub fn cover<'b>(projection: &Projection<'_, 'b>, span: Span) -> Cover<'b> {
    let vendor_legs: Vec<usize> = vendor_financing(projection, Basis::Both).iter().map(|v| v.leg).collect();
    let book = projection.view.book;
    let years: Vec<i16> = (span.from.year()..=span.to.year()).collect();
    let blank = |_| years.iter().map(|year| CoverRow { year: *year, ..CoverRow::default() }).collect();
    let mut rows: Vec<Vec<CoverRow>> = (0..book.parties.len()).map(blank).collect();
    let mut sector: Vec<SectorRow> =
        years.iter().map(|year| SectorRow { year: *year, ..SectorRow::default() }).collect();
    for flow in projection.within(span).filter(|flow| !projection.returns(flow)) {
        let at = usize::try_from(flow.date.year() - span.from.year()).unwrap_or(0);
        add_to_parties(projection, flow, &vendor_legs, at, &mut rows);
        add_to_sector(projection, flow, &mut sector[at]);
    }
    let mut parties: Vec<PartyCover> =
        rows.into_iter().enumerate().map(|(party, rows)| PartyCover { party, rows }).collect();
    parties.retain(|cover| !projection.is_outside(cover.party));
    for cover in &mut parties {
        let lab = book.parties[cover.party].kind.value == "ai_lab";
        cover.rows.iter_mut().for_each(|row| report(projection, &book.parties[cover.party].id, lab, row));
        cover.rows.iter().zip(&mut sector).for_each(|(row, sum)| add_reported(row, lab, sum));
    }
    parties.retain(|cover| {
        cover.rows.iter().any(|row| {
            row.due_firm + row.due_announced + row.due_expected + row.financing_given > Decimal::ZERO
        })
    });
    parties.sort_by_key(|cover| (Reverse(cover.due_firm()), Reverse(cover.due()), cover.party));
    Cover { parties, sector }
}

fn class(projection: &Projection, flow: &Flow) -> Class {
    if flow.kind == Kind::Expected {
        Class::Purchase
    } else {
        projection.legs[flow.leg].leg.instrument.value.class()
    }
}

fn add_to_parties(
    projection: &Projection,
    flow: &Flow,
    vendor_legs: &[usize],
    year: usize,
    rows: &mut [Vec<CoverRow>],
) {
    let member_pays = !projection.is_outside(flow.payer);
    match (class(projection, flow), flow.kind) {
        (Class::Purchase, Kind::Expected) => rows[flow.payer][year].due_expected += flow.on(Basis::Expected),
        (Class::Purchase, Kind::Committed) => {
            rows[flow.payer][year].due_firm += flow.firm;
            rows[flow.payer][year].due_announced += flow.announced;
            if member_pays {
                rows[flow.payee][year].sold_to_members += flow.firm;
            }
        }
        _ if vendor_legs.contains(&flow.leg) => {
            rows[flow.payee][year].vendor_financing += flow.firm;
            rows[flow.payer][year].financing_given += flow.firm;
        }
        _ => rows[flow.payee][year].other_funding += flow.firm,
    }
}

fn add_to_sector(projection: &Projection, flow: &Flow, row: &mut SectorRow) {
    let (from_outside, to_outside) = (projection.is_outside(flow.payer), projection.is_outside(flow.payee));
    match (class(projection, flow), from_outside, to_outside) {
        (Class::Purchase, false, true) if flow.kind == Kind::Expected => {
            row.leaving_expected += flow.on(Basis::Expected)
        }
        (Class::Purchase, false, true) => {
            row.leaving_firm += flow.firm;
            row.leaving_announced += flow.announced;
        }
        (Class::Purchase, false, false) if flow.kind == Kind::Committed => {
            row.internal_firm += flow.firm;
            row.internal_announced += flow.announced;
        }
        (Class::Funding, true, false) => row.funding_from_outside += flow.firm,
        _ => {}
    }
}

/// Revenue and the rest, from the figures. A year that is not reported whole takes the latest rate, as assumed.
fn report<'b>(projection: &Projection<'_, 'b>, party: &str, lab: bool, row: &mut CoverRow<'b>) {
    let view = projection.view;
    let span = Span::year(row.year);
    (row.revenue, row.revenue_assumed) = reported(projection, party, "revenue", row);
    if lab {
        (row.ai_revenue, row.ai_revenue_assumed) = (row.revenue, row.revenue_assumed);
    } else {
        (row.ai_revenue, row.ai_revenue_assumed) = reported(projection, party, "ai_revenue", row);
    }
    let mut whole = |metric| {
        let measured = over(view, party, metric, span);
        measured.is_whole().then(|| {
            row.figures.extend(&measured.figures);
            measured.value
        })
    };
    let (operating, capex) = (whole("operating_cash_flow"), whole("capex"));
    (row.operating_cash_flow, row.capex) = (operating, capex);
    if let Some((cash, figure)) = span.from.yesterday().ok().and_then(|eve| at_day(view, party, "cash", eve))
    {
        row.cash = Some(cash);
        row.figures.push(figure);
    }
}

fn reported<'b>(
    projection: &Projection<'_, 'b>,
    party: &str,
    metric: &str,
    row: &mut CoverRow<'b>,
) -> (Option<Decimal>, bool) {
    let view = projection.view;
    let measured = over(view, party, metric, Span::year(row.year));
    if measured.is_whole() {
        row.figures.extend(&measured.figures);
        return (Some(measured.value), measured.assumed);
    }
    match latest_rate(view, party, metric) {
        // Years before the first report are unknown, not flat.
        Some((rate, figure)) if figure.period.value.to() < Span::year(row.year).to => {
            row.figures.push(figure);
            (Some(rate), true)
        }
        _ => (None, false),
    }
}

fn add_reported(row: &CoverRow, lab: bool, sum: &mut SectorRow) {
    if let Some(revenue) = row.revenue {
        sum.revenue_from_outside += (revenue - row.sold_to_members).max(Decimal::ZERO);
        sum.parties_counted += 1;
    }
    if let Some(ai) = row.ai_revenue {
        let from_members = if lab { Decimal::ZERO } else { row.sold_to_members };
        sum.ai_revenue_from_outside += (ai - from_members).max(Decimal::ZERO);
        sum.ai_revenue_assumed |= row.ai_revenue_assumed;
    }
    sum.capex += row.capex.unwrap_or_default();
    sum.capex_counted += usize::from(row.capex.is_some());
}
