//! What must hold for every web, and the slow twins on random ones.

use crate::twins;
use abilene_loops::enumerate::{Bounds, by_bottleneck, by_edge};
use abilene_loops::temporal::{self, Chaining, DayOrder, TemporalBounds};
use abilene_loops::tracing::{self, Outside};
use abilene_loops::{Edge, Network, circulation};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn webs(parties: u32, edges: usize) -> impl Strategy<Value = Network> {
    (1..=parties).prop_flat_map(move |count| {
        let edge = (0..count, 0..count, 0..40_i128, 0..9_i32);
        prop::collection::vec(edge, 0..=edges).prop_map(move |list| web(count, list))
    })
}

fn web(parties: u32, list: Vec<(u32, u32, i128, i32)>) -> Network {
    let edge = |(payer, payee, amount, day)| Edge { payer, payee, amount, day: Some(day) };
    Network::new(parties as usize, list.into_iter().map(edge).collect()).unwrap()
}

fn changed(network: &Network, change: impl Fn(Edge) -> Vec<Edge>) -> Network {
    Network::new(network.parties(), network.edges().iter().flat_map(|edge| change(*edge)).collect()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn circulation_is_balanced_and_as_large_as_the_twin(network in webs(9, 30)) {
        let ours = circulation::maximum(&network);
        let mut net = vec![0; network.parties()];
        for (edge, flow) in network.edges().iter().zip(&ours.flow) {
            prop_assert!((0..=edge.amount).contains(flow));
            net[edge.payer as usize] -= flow;
            net[edge.payee as usize] += flow;
        }
        prop_assert!(net.iter().all(|net| *net == 0));
        prop_assert_eq!(ours.flow.iter().sum::<i128>(), ours.total);
        prop_assert_eq!(ours.total, twins::circulation(&network));
    }

    #[test]
    fn ranks_prove_the_circulation(network in webs(9, 30)) {
        let ours = circulation::maximum(&network);
        for (edge, flow) in network.edges().iter().zip(&ours.flow) {
            let climb = ours.rank[edge.payee as usize] - ours.rank[edge.payer as usize];
            prop_assert!(climb >= 1 || *flow == edge.amount);
            prop_assert!(climb <= 1 || *flow == 0);
        }
    }

    #[test]
    fn ranges_hold_the_flow_and_are_points_exactly_when_it_is_unique(network in webs(7, 20)) {
        let ours = circulation::maximum(&network);
        let ranges = circulation::ranges(&network, &ours);
        let inside = |((least, most), flow): (&(i128, i128), &i128)| least <= flow && flow <= most;
        prop_assert!(ranges.iter().zip(&ours.flow).all(inside));
        prop_assert_eq!(ranges.iter().all(|(least, most)| least == most), ours.unique);
    }

    #[test]
    fn loops_of_the_decomposition_add_up_to_the_flow(network in webs(9, 30)) {
        let ours = circulation::maximum(&network);
        let loops = ours.decompose(&network);
        prop_assert!(loops.len() <= network.edges().len());
        let mut pairs = std::collections::BTreeMap::new();
        for (edge, flow) in network.edges().iter().zip(&ours.flow) {
            *pairs.entry((edge.payer, edge.payee)).or_insert(0) += flow;
        }
        for found in &loops {
            for (at, payer) in found.parties.iter().enumerate() {
                let payee = found.parties[(at + 1) % found.parties.len()];
                *pairs.get_mut(&(*payer, payee)).unwrap() -= found.bottleneck;
            }
        }
        prop_assert!(pairs.values().all(|left| *left == 0));
    }

    #[test]
    fn names_and_splits_do_not_matter(network in webs(8, 24), turn in 0..8_u32, outflow in 1..9_i128) {
        let parties = network.parties() as u32;
        let name = |party: u32| (party + turn) % parties;
        let renamed = changed(&network, |edge| vec![Edge { payer: name(edge.payer), payee: name(edge.payee), ..edge }]);
        let split = changed(&network, |edge| {
            let half = edge.amount / 2;
            vec![Edge { amount: half, ..edge }, Edge { amount: edge.amount - half, ..edge }]
        });
        let total = circulation::maximum(&network).total;
        prop_assert_eq!(circulation::maximum(&renamed).total, total);
        prop_assert_eq!(circulation::maximum(&split).total, total);
        let outside = Outside { outflow: vec![outflow; network.parties()], ..Outside::none(network.parties()) };
        let index = |network: &Network| tracing::round_trip(network, &outside).finn.index;
        prop_assert!((index(&renamed) - index(&network)).abs() < 1e-10);
        prop_assert!((index(&split) - index(&network)).abs() < 1e-10);
    }

    #[test]
    fn large_amounts_are_solved_the_same(network in webs(8, 24)) {
        let large = changed(&network, |edge| vec![Edge { amount: edge.amount << 80, ..edge }]);
        let (small, large) = (circulation::maximum(&network), circulation::maximum(&large));
        prop_assert_eq!(small.total << 80, large.total);
        prop_assert_eq!(small.rank, large.rank);
    }

    #[test]
    fn nothing_comes_back_where_money_only_goes_on(network in webs(9, 24)) {
        let acyclic = changed(&network, |edge| {
            let (payer, payee) = (edge.payer.min(edge.payee), edge.payer.max(edge.payee));
            if payer == payee { vec![] } else { vec![Edge { payer, payee, ..edge }] }
        });
        prop_assert_eq!(circulation::maximum(&acyclic).total, 0);
        prop_assert_eq!(by_bottleneck(&acyclic, &Bounds::default()).loops, vec![]);
        let trip = tracing::round_trip(&acyclic, &Outside::none(acyclic.parties()));
        prop_assert!(trip.parties.iter().all(|party| party.return_probability == 0.0));
    }

    #[test]
    fn everything_comes_back_in_a_closed_ring(size in 1..40_u32, amount in 1..1000_i128) {
        let ring = web(size, (0..size).map(|party| (party, (party + 1) % size, amount, 0)).collect());
        prop_assert_eq!(circulation::maximum(&ring).total, ring.gross());
        let trip = tracing::round_trip(&ring, &Outside::none(size as usize));
        prop_assert!(trip.parties.iter().all(|party| party.return_probability == 1.0));
        prop_assert_eq!(trip.finn.index, 1.0);
        prop_assert_eq!(by_bottleneck(&ring, &Bounds::default()).loops.len(), 1);
    }

    #[test]
    fn tracing_agrees_with_the_full_inverse(
        network in webs(9, 30),
        flows in prop::collection::vec((0..30_i128, 1..30_i128), 9),
    ) {
        let used: BTreeSet<u32> = network.edges().iter().flat_map(|edge| [edge.payer, edge.payee]).collect();
        let mut outside = Outside::none(network.parties());
        for party in used {
            outside.inflow[party as usize] = flows[party as usize].0;
            outside.outflow[party as usize] = flows[party as usize].1;
        }
        let trip = tracing::round_trip(&network, &outside);
        let visits = twins::inverse(&network, &outside);
        for (at, party) in trip.parties.iter().enumerate() {
            prop_assert!((party.return_probability - (1.0 - 1.0 / visits[at][at])).abs() < 1e-10);
        }
        let named: Vec<u32> = (0..network.parties() as u32).collect();
        for (from, row) in tracing::matrix(&network, &outside, &named).iter().enumerate() {
            for (to, amount) in row.iter().enumerate().filter(|(to, _)| *to != from) {
                let reaches = trip.parties[from].throughflow as f64 * visits[from][to] / visits[to][to];
                prop_assert!((amount - reaches).abs() < 1e-8);
            }
        }
        for (party, trip) in trip.parties.iter().enumerate() {
            let (least, most) = tracing::bounds(&network, &outside, party as u32);
            prop_assert!(least as f64 <= trip.returned + 1e-9 && trip.returned <= most as f64 + 1e-9);
        }
    }

    #[test]
    fn loops_are_those_of_a_plain_search(network in webs(6, 12), longest in 1..7_usize) {
        let bounds = Bounds { max_length: Some(longest), max_loops: None };
        let ours: Vec<Vec<u32>> =
            by_edge(&network, &bounds).loops.iter().map(|found| twins::turned(&found.steps.concat())).collect();
        let all = twins::cycles(&network, &|_, _| true);
        let expected: BTreeSet<Vec<u32>> =
            all.iter().filter(|cycle| cycle.len() <= longest).map(|cycle| twins::turned(cycle)).collect();
        prop_assert_eq!(ours.len(), expected.len());
        prop_assert_eq!(ours.into_iter().collect::<BTreeSet<_>>(), expected);
    }

    #[test]
    fn loops_in_time_are_those_of_a_plain_search(network in webs(5, 12), window in 0..9_i32, same_day: bool) {
        let chaining = if same_day { Chaining::SameDay } else { Chaining::EarlierDays };
        let bounds = TemporalBounds { same_day: chaining, window_days: Some(window), ..TemporalBounds::default() };
        let ours = temporal::loops(&network, &bounds).loops;
        let later = |a: &Edge, b: &Edge| if same_day { a.day <= b.day } else { a.day < b.day };
        let day = |index: &u32| network.edges()[*index as usize].day.unwrap();
        let expected: BTreeSet<Vec<u32>> = twins::cycles(&network, &later)
            .into_iter()
            .filter(|cycle| day(cycle.last().unwrap()) - day(&cycle[0]) <= window)
            .map(|cycle| if cycle.iter().all(|e| day(e) == day(&cycle[0])) { twins::turned(&cycle) } else { cycle })
            .collect();
        let found: BTreeSet<Vec<u32>> = ours.iter().map(|found| found.steps.concat()).collect();
        prop_assert_eq!(ours.len(), found.len());
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn no_more_returns_in_time_than_could(network in webs(6, 16), party in 0..6_u32) {
        let party = party % network.parties() as u32;
        let outside = Outside::none(network.parties());
        let strict = temporal::most_returned(&network, party, Chaining::EarlierDays);
        let chained = temporal::most_returned(&network, party, Chaining::SameDay);
        let (_, most) = tracing::bounds(&network, &outside, party);
        prop_assert!(strict <= chained && chained <= most);
        let batch = temporal::returned_to(&network, &[], DayOrder::Batch, party);
        let sequence = temporal::returned_to(&network, &[], DayOrder::Sequence, party);
        prop_assert!(batch.returned <= strict as f64 + 1e-9);
        prop_assert!(sequence.returned <= chained as f64 + 1e-9);
    }
}
