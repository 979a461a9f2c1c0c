//! How much of each party's receipts is its own money coming back.

use abilene_flows::{Basis, Projection, outside, outside_held_flat, project};
use abilene_loops::temporal::{self, Chaining, DayOrder};
use abilene_loops::tracing::{self, Outside};
use abilene_quantity::Span;
use serde::Serialize;

use crate::loops::RoundTripRow;
use crate::money::{Scale, Sum};
use crate::options::Ask;
use crate::web::{Web, decimal, hundredths};

/// Most rows: the ends of a party's range are flows over the whole web, so only those with most are bounded.
const MOST_ROWS: usize = 12;

/// Rows for the parties to whom anything can return, most first; and the Finn index of the web.
pub(crate) fn round_trip_rows(
    projection: &Projection,
    web: &Web,
    scale: &Scale,
    span: Span,
    basis: Basis,
) -> (Vec<RoundTripRow>, f64) {
    let declared = outside(projection, span, basis);
    let around = in_hundredths(&declared);
    let flat = in_hundredths(&outside_held_flat(projection, span, basis));
    let trip = tracing::round_trip(&web.network, &around);
    let trip_flat = tracing::round_trip(&web.network, &flat);
    let dated = web.dated();
    let opening = vec![0; dated.parties()];
    let mut back: Vec<(usize, &tracing::PartyTrip)> =
        trip.parties.iter().enumerate().filter(|(_, party)| party.returned > 0.0).collect();
    back.sort_by(|a, b| b.1.returned.total_cmp(&a.1.returned).then(a.0.cmp(&b.0)));
    let mut rows: Vec<RoundTripRow> = Vec::new();
    for (at, party) in back.into_iter().take(MOST_ROWS) {
        let (least, most) = bound_shares(web, &around, at);
        let (least_flat, most_flat) = bound_shares(web, &flat, at);
        let in_time = temporal::returned_to(&dated, &opening, DayOrder::Batch, at as u32);
        let most_in_time = temporal::most_returned(&dated, at as u32, Chaining::EarlierDays);
        let row = RoundTripRow {
            party: projection.view.book.parties[at].id.value.clone(),
            name: projection.view.book.parties[at].name.clone(),
            returned: scale.sum(decimal(party.returned.round() as i128)),
            share_of_receipts: party.share_of_receipts,
            share_of_outlay: party.share_of_outlay,
            least_share: least,
            most_share: most,
            share_held_flat: trip_flat.parties[at].share_of_receipts,
            least_held_flat: least_flat,
            most_held_flat: most_flat,
            returned_in_time: scale.sum(decimal(in_time.returned.round() as i128)),
            most_in_time: scale.sum(decimal(most_in_time)),
            reading: match (declared[at].revenue_known, declared[at].assumed) {
                (false, _) => "at most",
                (true, true) => "assumed",
                (true, false) => "exact",
            },
        };
        rows.push(row);
    }
    (rows, trip.finn.index)
}

/// The share of one party's receipts that is its own money, with revenue held flat: the point alone.
pub(crate) fn share_held_flat(
    projection: &Projection,
    web: &Web,
    span: Span,
    basis: Basis,
    party: &str,
) -> Option<f64> {
    let flat = in_hundredths(&outside_held_flat(projection, span, basis));
    let at = projection.view.book.party_index(party)?;
    tracing::round_trip(&web.network, &flat).parties.get(at)?.share_of_receipts
}

fn in_hundredths(declared: &[abilene_flows::Outside]) -> Outside {
    Outside {
        inflow: declared.iter().map(|o| hundredths(o.inflow)).collect(),
        outflow: declared.iter().map(|o| hundredths(o.outflow)).collect(),
    }
}

/// Least and most of a party's own money over any tracing, as shares of its receipts.
fn bound_shares(web: &Web, around: &Outside, party: usize) -> (Option<f64>, Option<f64>) {
    let receipts = web.network.receipts()[party] + around.inflow[party];
    let (least, most) = tracing::bounds(&web.network, around, party as u32);
    let share = |amount: i128| (receipts > 0).then(|| amount as f64 / receipts as f64);
    (share(least), share(most))
}

/// Round trips over one year, and whose money reaches whom in it.
#[derive(Clone, Debug, Serialize)]
pub struct RoundTrips {
    /// The calendar year.
    pub year: i16,
    /// Firm payments only, most returned first.
    pub firm: Vec<RoundTripRow>,
    /// Firm and announced.
    pub both: Vec<RoundTripRow>,
    /// The Finn index of the firm web, with the outside as reported.
    pub finn_index: f64,
    /// The parties of the matrix: those with most of their own money back.
    pub matrix_parties: Vec<String>,
    /// Row: whose money. Column: where it comes by. Firm payments.
    pub matrix: Vec<Vec<Sum>>,
}

/// Answers it for one calendar year, where reported figures give the outside its size.
pub fn round_trips(ask: &Ask, year: i16) -> RoundTrips {
    let view = ask.view();
    let projection = project(&view);
    let scale = Scale::of(ask.book);
    let span = Span::year(year);
    let on = |basis| {
        let web = Web::gather(&projection, span, basis);
        round_trip_rows(&projection, &web, &scale, span, basis)
    };
    let ((firm, finn_index), (both, _)) = (on(Basis::Firm), on(Basis::Both));
    let (matrix_parties, matrix) = matrix(ask, &projection, &scale, span, &firm);
    RoundTrips { year, firm, both, finn_index, matrix_parties, matrix }
}

/// How many parties the matrix shows.
const MATRIX: usize = 8;

fn matrix(
    ask: &Ask,
    projection: &Projection,
    scale: &Scale,
    span: Span,
    rows: &[RoundTripRow],
) -> (Vec<String>, Vec<Vec<Sum>>) {
    let web = Web::gather(projection, span, Basis::Firm);
    let around = in_hundredths(&outside(projection, span, Basis::Firm));
    let names: Vec<String> = rows.iter().take(MATRIX).map(|row| row.party.clone()).collect();
    let index: Vec<u32> =
        names.iter().filter_map(|id| ask.book.party_index(id)).map(|at| at as u32).collect();
    let amounts = tracing::matrix(&web.network, &around, &index);
    let shown = amounts
        .into_iter()
        .map(|row| row.into_iter().map(|value| scale.sum(decimal(value.round() as i128))).collect())
        .collect();
    (names, shown)
}
