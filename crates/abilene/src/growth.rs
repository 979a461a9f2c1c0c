//! How the web thickened: what was known at the end of each quarter, over all dates of payment.

use abilene_flows::{Basis, project};
use abilene_loops::circulation;
use abilene_quantity::{Date, Decimal, Quarter};
use serde::Serialize;

use crate::loops::share;
use crate::money::{Scale, Sum};
use crate::options::Ask;
use crate::web::Web;

/// What was known on one day.
#[derive(Clone, Debug, Serialize)]
pub struct GrowthPoint {
    /// The day of knowledge.
    pub date: Date,
    /// Deals known and not over.
    pub deals: usize,
    /// Parties in them.
    pub parties: usize,
    /// Money of all firm legs on dates in the span, the outside included.
    pub firm: Sum,
    /// The same, announced.
    pub announced: Sum,
    /// Circulation over payments between members, firm.
    pub circulation_firm: f64,
    /// The same, firm and announced.
    pub circulation_both: f64,
}

/// The points from the start of the case to the date of knowledge, a quarter apart, the last on that date itself.
pub fn growth(ask: &Ask) -> Vec<GrowthPoint> {
    let mut dates: Vec<Date> = Vec::new();
    let mut quarter = Quarter::of(ask.book.case.start);
    while quarter.last() < ask.as_of {
        dates.push(quarter.last());
        quarter = quarter.next();
    }
    dates.push(ask.as_of);
    dates.into_iter().map(|date| point(&Ask { as_of: date, ..*ask })).collect()
}

fn point(ask: &Ask) -> GrowthPoint {
    let view = ask.view();
    let projection = project(&view);
    let scale = Scale::of(ask.book);
    let total = |basis| -> Decimal { projection.within(ask.span).map(|flow| flow.on(basis)).sum() };
    let circulating = |basis| {
        let web = Web::gather(&projection, ask.span, basis);
        share(circulation::maximum(&web.network).total, web.gross())
    };
    let live: Vec<_> = view.live_legs().collect();
    let mut parties: Vec<&str> =
        live.iter().flat_map(|leg| [leg.leg.payer.as_str(), leg.leg.payee.as_str()]).collect();
    parties.sort_unstable();
    parties.dedup();
    GrowthPoint {
        date: ask.as_of,
        deals: view.deals.iter().filter(|deal| !deal.is_over()).count(),
        parties: parties.len(),
        firm: scale.sum(total(Basis::Firm)),
        announced: scale.sum(total(Basis::Announced)),
        circulation_firm: circulating(Basis::Firm),
        circulation_both: circulating(Basis::Both),
    }
}
