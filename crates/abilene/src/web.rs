//! Flows of a case as a network for the measures: one edge for each leg, in hundredths of the currency.

use std::collections::BTreeMap;

use abilene_flows::{Basis, Kind, Projection, Timing};
use abilene_loops::{Edge, Network};
use abilene_quantity::{Date, Decimal, Span, days_between};

/// What an edge stands for: one leg between two parties, committed or expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EdgeKey {
    pub leg: usize,
    pub payer: usize,
    pub payee: usize,
    pub kind: Kind,
}

/// One edge of the web.
#[derive(Clone, Debug)]
pub(crate) struct WebEdge {
    pub key: EdgeKey,
    /// Hundredths of the currency.
    pub amount: i128,
    /// The part of it that is firm.
    pub firm: i128,
    /// The part of it on assumed dates.
    pub assumed: i128,
    /// Payments by day.
    pub payments: Vec<(Date, i128)>,
}

/// The web over a span on one basis.
pub(crate) struct Web {
    pub edges: Vec<WebEdge>,
    pub network: Network,
}

impl Web {
    /// Gathers the flows that may be part of a loop. Edges keep the order of legs.
    pub fn gather(projection: &Projection, span: Span, basis: Basis) -> Web {
        Web::without(projection, span, basis, None)
    }

    /// The same without one leg.
    pub fn without(projection: &Projection, span: Span, basis: Basis, left_out: Option<usize>) -> Web {
        let mut edges: BTreeMap<EdgeKey, WebEdge> = BTreeMap::new();
        for flow in projection.within(span).filter(|flow| projection.circulates(flow)) {
            let amount = hundredths(flow.on(basis));
            if amount == 0 || left_out == Some(flow.leg) {
                continue;
            }
            let key = EdgeKey { leg: flow.leg, payer: flow.payer, payee: flow.payee, kind: flow.kind };
            let edge = edges.entry(key).or_insert_with(|| WebEdge {
                key,
                amount: 0,
                firm: 0,
                assumed: 0,
                payments: Vec::new(),
            });
            edge.amount += amount;
            edge.firm += if flow.kind == Kind::Committed { hundredths(flow.firm).min(amount) } else { 0 };
            edge.assumed += if flow.timing == Timing::Assumed { amount } else { 0 };
            edge.payments.push((flow.date, amount));
        }
        let edges: Vec<WebEdge> = edges.into_values().collect();
        let parties = projection.view.book.parties.len();
        let network =
            network(parties, edges.iter().map(|edge| plain(&edge.key, edge.amount, None)).collect());
        Web { edges, network }
    }

    /// The same payments one by one, with their days.
    pub fn dated(&self) -> Network {
        let epoch = abilene_quantity::Quarter::new(1970, 1).first();
        let day = |date: Date| days_between(epoch, date) as i32;
        let list = self.edges.iter().flat_map(|edge| {
            edge.payments.iter().map(move |(date, amount)| plain(&edge.key, *amount, Some(day(*date))))
        });
        network(self.network.parties(), list.collect())
    }

    /// Sum of all payments.
    pub fn gross(&self) -> i128 {
        self.network.gross()
    }
}

fn plain(key: &EdgeKey, amount: i128, day: Option<i32>) -> Edge {
    Edge { payer: key.payer as u32, payee: key.payee as u32, amount, day }
}

/// The amounts are sums of decimals of at most 28 digits and the parties are those of the book, so construction
/// cannot fail; an empty web stands in if it ever did.
fn network(parties: usize, edges: Vec<Edge>) -> Network {
    let checked = Network::new(parties, edges);
    debug_assert!(checked.is_ok(), "{checked:?}");
    checked.unwrap_or_default()
}

/// Whole hundredths of an amount; negative flows (refunds written as such) count as none.
pub(crate) fn hundredths(amount: Decimal) -> i128 {
    let scaled = (amount.max(Decimal::ZERO) * Decimal::ONE_HUNDRED).round();
    // The mantissa of a rounded decimal may still carry zeros behind the point.
    let scaled = scaled.normalize();
    scaled.mantissa() / 10_i128.pow(scaled.scale())
}

/// Back from hundredths.
pub(crate) fn decimal(hundredths: i128) -> Decimal {
    Decimal::from_i128_with_scale(hundredths, 2)
}
