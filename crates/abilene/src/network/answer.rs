//! All measures of a bare network, as one serialisable answer (`abilene.loops/1`).
//!
//! What is exact is a decimal string; what comes from a division is a number.

use abilene_loops::temporal::{Chaining, DayOrder, TemporalBounds};
use abilene_loops::tracing::Outside;
use abilene_loops::{circulation, comparison, enumerate, temporal, tracing};

use super::input::Payments;
use super::types::{
    CirculationPart, Comparison, EdgePart, FinnPart, InTime, LoopItem, LoopsPart, MatrixPart, NetworkAnswer,
    PairCell, PartyInTime, PartyPart,
};

/// Whether payments of one day may follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Payments of a day leave from the balance of the day before.
    #[default]
    ByDay,
    /// In the order of the file, and payments of one day may chain (`--same-day`).
    SameDay,
}

/// Whether to compute round-trip shares and the Finn index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tracing {
    /// They are.
    #[default]
    Computed,
    /// They are left out: on very large webs they take minutes where the other measures take seconds.
    LeftOut,
}

/// What to compute beside the measures that are always there.
#[derive(Clone, Debug, Default)]
pub struct NetworkOptions {
    /// Longest loop listed.
    pub max_length: Option<usize>,
    /// Most loops listed; 0 lists none.
    pub max_loops: Option<usize>,
    /// Loops by single edges instead of by parties.
    pub by_edge: bool,
    /// Each edge's least and most over all optima.
    pub ranges: bool,
    /// Each party's least and most over all tracings.
    pub bounds: bool,
    /// The measures in time.
    pub in_time: bool,
    /// How payments of one day follow each other.
    pub order: Order,
    /// Longest time from the first payment of a loop to its last, in days.
    pub window_days: Option<i32>,
    /// Round-trip shares and the Finn index.
    pub tracing: Tracing,
    /// Parties of the matrix of whose money reaches whom.
    pub matrix: Vec<String>,
    /// The comparison measures.
    pub all_measures: bool,
}

/// Computes everything asked for.
///
/// # Errors
/// The name of a party in `options.matrix` that the network does not have.
pub fn measure(payments: &Payments, options: &NetworkOptions) -> Result<NetworkAnswer, String> {
    let network = &payments.network;
    let outside = Outside { inflow: payments.inflow.clone(), outflow: payments.outflow.clone() };
    let round = circulation::maximum(network);
    let trip = (options.tracing == Tracing::Computed).then(|| tracing::round_trip(network, &outside));
    let unit = 10_f64.powi(payments.scale as i32);
    let matrix = if options.matrix.is_empty() { None } else { Some(matrix(payments, &outside, options)?) };
    Ok(NetworkAnswer {
        schema: "abilene.loops/1",
        gross: payments.decimal(network.gross()),
        net_positions: named(payments, network.net_positions().iter().map(|net| payments.decimal(*net))),
        circulation: circulating(payments, &round, options),
        finn: trip.as_ref().map(|trip| FinnPart {
            index: trip.finn.index,
            throughflow: payments.decimal(trip.finn.throughflow),
            cycled: trip.finn.cycled / unit,
        }),
        parties: parties(payments, &outside, &round, trip.as_ref(), options),
        loops: list_loops(payments, options),
        in_time: options.in_time.then(|| in_time(payments, options)),
        matrix,
        comparison: options.all_measures.then(|| compare(payments)),
    })
}

fn named<T>(payments: &Payments, values: impl Iterator<Item = T>) -> Vec<(String, T)> {
    payments.parties.iter().cloned().zip(values).collect()
}

fn edge_names(payments: &Payments, edges: &[u32]) -> Vec<String> {
    edges.iter().map(|edge| payments.edges[*edge as usize].clone()).collect()
}

fn circulating(
    payments: &Payments,
    round: &circulation::Circulation,
    options: &NetworkOptions,
) -> CirculationPart {
    let gross = payments.network.gross();
    let ranges = options.ranges.then(|| circulation::ranges(&payments.network, round));
    let end = |at: usize, most: bool| {
        ranges.as_ref().map(|ranges| payments.decimal(if most { ranges[at].1 } else { ranges[at].0 }))
    };
    let edges = round.flow.iter().zip(&payments.edges).enumerate();
    CirculationPart {
        total: payments.decimal(round.total),
        share: if gross == 0 { 0.0 } else { round.total as f64 / gross as f64 },
        residual: payments.decimal(gross - round.total),
        floor: payments.decimal(round.floor),
        unique: round.unique,
        edges: edges
            .map(|(at, (flow, id))| EdgePart {
                id: id.clone(),
                circulating: payments.decimal(*flow),
                least: end(at, false),
                most: end(at, true),
            })
            .collect(),
    }
}

fn parties(
    payments: &Payments,
    outside: &Outside,
    round: &circulation::Circulation,
    trip: Option<&tracing::RoundTrip>,
    options: &NetworkOptions,
) -> Vec<PartyPart> {
    let unit = 10_f64.powi(payments.scale as i32);
    let (receipts, outlays) = (payments.network.receipts(), payments.network.outlays());
    let row = |(at, id): (usize, &String)| {
        let bounds = options.bounds.then(|| tracing::bounds(&payments.network, outside, at as u32));
        let party = trip.map(|trip| &trip.parties[at]);
        let through = (receipts[at] + outside.inflow[at]).max(outlays[at] + outside.outflow[at]);
        PartyPart {
            id: id.clone(),
            throughflow: payments.decimal(party.map_or(through, |party| party.throughflow)),
            return_probability: party.map(|party| party.return_probability),
            returned: party.map(|party| party.returned / unit),
            share_of_receipts: party.and_then(|party| party.share_of_receipts),
            share_of_outlay: party.and_then(|party| party.share_of_outlay),
            net: payments.decimal(receipts[at] - outlays[at]),
            rank: round.rank[at],
            least: bounds.map(|(least, _)| payments.decimal(least)),
            most: bounds.map(|(_, most)| payments.decimal(most)),
        }
    };
    payments.parties.iter().enumerate().map(row).collect()
}

fn list_loops(payments: &Payments, options: &NetworkOptions) -> LoopsPart {
    let bounds = enumerate::Bounds { max_length: options.max_length, max_loops: options.max_loops };
    let list = if options.by_edge {
        enumerate::by_edge(&payments.network, &bounds)
    } else {
        enumerate::by_bottleneck(&payments.network, &bounds)
    };
    let item = |found: &abilene_loops::Loop| LoopItem {
        parties: found.parties.iter().map(|party| payments.parties[*party as usize].clone()).collect(),
        edges: found.steps.iter().map(|step| edge_names(payments, step)).collect(),
        bottleneck: payments.decimal(found.bottleneck),
    };
    LoopsPart { complete: list.complete, items: list.loops.iter().map(item).collect() }
}

fn in_time(payments: &Payments, options: &NetworkOptions) -> InTime {
    let network = &payments.network;
    let (chaining, order) = match options.order {
        Order::ByDay => (Chaining::EarlierDays, DayOrder::Batch),
        Order::SameDay => (Chaining::SameDay, DayOrder::Sequence),
    };
    let bounds = TemporalBounds {
        same_day: chaining,
        window_days: options.window_days,
        max_length: options.max_length,
        max_loops: options.max_loops,
    };
    let found = temporal::loops(network, &bounds);
    let unit = 10_f64.powi(payments.scale as i32);
    let returned = temporal::returned(network, &payments.opening, order);
    let row = |(at, back): (usize, &temporal::Returned)| PartyInTime {
        id: payments.parties[at].clone(),
        returned: back.returned / unit,
        receipts: payments.decimal(back.receipts),
        share_of_receipts: back.share_of_receipts,
        most: payments.decimal(temporal::most_returned(network, at as u32, chaining)),
    };
    InTime {
        loops: found
            .loops
            .iter()
            .map(|item| item.steps.iter().flat_map(|s| edge_names(payments, s)).collect())
            .collect(),
        complete: found.complete,
        undated: edge_names(payments, &temporal::undated(network)),
        parties: returned.iter().enumerate().map(row).collect(),
    }
}

fn matrix(payments: &Payments, outside: &Outside, options: &NetworkOptions) -> Result<MatrixPart, String> {
    let index: Result<Vec<u32>, String> = options
        .matrix
        .iter()
        .map(|name| payments.party(name).ok_or_else(|| format!("no party \"{name}\" in the network")))
        .collect();
    let index = index?;
    let unit = 10_f64.powi(payments.scale as i32);
    let amounts = tracing::matrix(&payments.network, outside, &index);
    let amounts =
        amounts.into_iter().map(|row| row.into_iter().map(|value| value / unit).collect()).collect();
    Ok(MatrixPart { parties: options.matrix.clone(), amounts })
}

fn compare(payments: &Payments) -> Comparison {
    let all = comparison::all(&payments.network);
    let unit = 10_f64.powi(payments.scale as i32);
    let name = |party: u32| payments.parties[party as usize].clone();
    Comparison {
        scc_share: all.scc_share,
        weighted_reciprocity: all.weighted_reciprocity,
        trophic_incoherence: all.trophic_incoherence,
        trophic_levels: named(payments, all.trophic_levels.iter().copied()),
        hodge_circular_energy_share: all.hodge_circular_energy_share,
        hodge_circular_flow: all
            .hodge_circular_flow
            .iter()
            .map(|pair| PairCell { from: name(pair.from), to: name(pair.to), amount: pair.amount / unit })
            .collect(),
    }
}
