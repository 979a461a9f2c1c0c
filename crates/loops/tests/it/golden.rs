//! The exact cases, every field but those in time.

use crate::case::{self, Case};
use abilene_loops::enumerate::{Bounds, by_bottleneck, by_edge};
use abilene_loops::{Loop, circulation, comparison, tracing};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn each(field: &str, check: impl Fn(&Case, &Value)) {
    let mut seen = 0;
    for case in case::all() {
        if let Some(expect) = case.expect.get(field) {
            check(&case, expect);
            seen += 1;
        }
    }
    assert!(seen > 0, "no case has {field}");
}

#[test]
fn there_are_54_cases_and_every_field_is_known() {
    let known = [
        "total",
        "net_positions",
        "cycles",
        "max_circulation",
        "finn",
        "round_trip",
        "temporal",
        "comparison_measures",
        "pitfall_enaR_ginv_fci",
        "pitfall_greedy_peeling",
        "published",
    ];
    let cases = case::all();
    assert_eq!(cases.len(), 54);
    for case in cases {
        for field in case.expect.as_object().unwrap().keys() {
            assert!(known.contains(&field.as_str()), "{}: no test reads {field}", case.name);
        }
    }
}

#[test]
fn totals_and_net_positions() {
    each("total", |case, total| assert_eq!(case.network.gross(), case.units(total), "{}", case.name));
    each("net_positions", |case, positions| {
        let ours = case.network.net_positions();
        for (party, net) in positions.as_object().unwrap() {
            assert_eq!(ours[case.party(party)], case.units(net), "{} {party}", case.name);
        }
    });
}

#[test]
fn maximum_circulation() {
    each("max_circulation", |case, expect| {
        let ours = circulation::maximum(&case.network);
        let name = &case.name;
        assert_eq!(ours.total, case.units(&expect["total"]), "{name}");
        assert_eq!(case.network.gross() - ours.total, case.units(&expect["residual"]), "{name}");
        assert_eq!(ours.floor, case.units(&expect["nonconservative_floor"]), "{name}");
        let share =
            if case.network.gross() == 0 { 0.0 } else { ours.total as f64 / case.network.gross() as f64 };
        case.close("share", share, &expect["share"]);
        if let Some(unique) = expect.get("unique") {
            assert_eq!(ours.unique, unique.as_bool().unwrap(), "{name}");
        }
        for (id, flow) in expect["one_optimal_flow"].as_object().unwrap() {
            let edge = case.edge(id);
            if ours.unique {
                assert_eq!(ours.flow[edge], case.units(flow), "{name} {id}");
            }
        }
        assert_balanced(case, &ours.flow);
    });
}

fn assert_balanced(case: &Case, flow: &[i128]) {
    let mut net = vec![0; case.network.parties()];
    for (edge, flow) in case.network.edges().iter().zip(flow) {
        assert!((0..=edge.amount).contains(flow), "{}", case.name);
        net[edge.payer as usize] -= flow;
        net[edge.payee as usize] += flow;
    }
    assert!(net.iter().all(|net| *net == 0), "{}", case.name);
}

/// The dual value of ranks, ours and the file's, is the total: `Σ w·max(0, 1 + rank(payer) − rank(payee))`.
#[test]
fn ranks_prove_the_optimum() {
    each("max_circulation", |case, expect| {
        let ours = circulation::maximum(&case.network);
        let theirs = expect["one_optimal_dual_ranks"].as_object().unwrap();
        let theirs: BTreeMap<usize, i64> =
            theirs.iter().map(|(party, rank)| (case.party(party), rank.as_i64().unwrap())).collect();
        let value = |rank: &dyn Fn(usize) -> i64| -> i128 {
            let climb = |payer: u32, payee: u32| 1 + rank(payer as usize) - rank(payee as usize);
            let edges = case.network.edges().iter();
            edges.map(|edge| edge.amount * i128::from(climb(edge.payer, edge.payee).max(0))).sum()
        };
        assert_eq!(value(&|party| ours.rank[party]), ours.total, "{}", case.name);
        assert_eq!(value(&|party| theirs[&party]), ours.total, "{}", case.name);
    });
}

#[test]
fn ranges_of_edges() {
    each("max_circulation", |case, expect| {
        let ours = circulation::maximum(&case.network);
        let ranges = circulation::ranges(&case.network, &ours);
        let Some(expected) = expect.get("edge_ranges") else { return };
        for (id, range) in expected.as_object().unwrap() {
            let expected = (case.units(&range[0]), case.units(&range[1]));
            assert_eq!(ranges[case.edge(id)], expected, "{} {id}", case.name);
        }
    });
}

#[test]
fn decompositions_add_up() {
    each("max_circulation", |case, _| {
        let ours = circulation::maximum(&case.network);
        let loops = ours.decompose(&case.network);
        let total: i128 = loops.iter().map(|found| found.bottleneck * found.parties.len() as i128).sum();
        assert_eq!(total, ours.total, "{}", case.name);
        assert!(loops.len() <= case.network.edges().len(), "{}", case.name);
        assert!(loops.is_sorted_by(|a, b| a.bottleneck >= b.bottleneck), "{}", case.name);
    });
}

fn max_length(expect: &Value) -> Bounds {
    Bounds { max_length: expect["max_len"].as_u64().map(|length| length as usize), max_loops: None }
}

#[test]
fn loops_by_single_edges() {
    each("cycles", |case, expect| {
        let ours = by_edge(&case.network, &max_length(expect));
        assert!(ours.complete);
        assert_eq!(ours.loops.len() as u64, expect["edge_cycle_count"].as_u64().unwrap(), "{}", case.name);
        let mut lengths: BTreeMap<String, u64> = BTreeMap::new();
        for found in &ours.loops {
            *lengths.entry(found.parties.len().to_string()).or_default() += 1;
        }
        let lengths = serde_json::to_value(lengths).unwrap();
        assert_eq!(&lengths, &expect["edge_cycles_by_length"], "{}", case.name);
        if let Some(cycles) = expect.get("edge_cycles") {
            let expected: BTreeSet<_> = cycles.as_array().unwrap().iter().map(|c| told(case, c)).collect();
            let found: BTreeSet<_> = ours.loops.iter().map(|found| of_ours(case, found)).collect();
            assert_eq!(found, expected, "{}", case.name);
        }
    });
}

type Told = (Vec<String>, Vec<String>, i128);

fn told(case: &Case, cycle: &Value) -> Told {
    let names =
        |value: &Value| value.as_array().unwrap().iter().map(|v| v.as_str().unwrap().into()).collect();
    (names(&cycle["parties"]), names(&cycle["edges"]), case.units(&cycle["bottleneck"]))
}

fn of_ours(case: &Case, found: &Loop) -> Told {
    assert!(found.steps.iter().all(|step| step.len() == 1));
    let parties = found.parties.iter().map(|party| case.parties[*party as usize].clone()).collect();
    (parties, case.named(&found.steps.concat()), found.bottleneck)
}

#[test]
fn loops_by_parties() {
    each("cycles", |case, expect| {
        let ours = by_bottleneck(&case.network, &max_length(expect));
        assert_eq!(ours.loops.len() as u64, expect["party_cycle_count"].as_u64().unwrap(), "{}", case.name);
        assert!(ours.complete);
        assert!(ours.loops.is_sorted_by(|a, b| a.bottleneck >= b.bottleneck));
        for most in 0..ours.loops.len() {
            let few = by_bottleneck(&case.network, &Bounds { max_loops: Some(most), ..max_length(expect) });
            assert_eq!(few.loops, ours.loops[..most], "{}", case.name);
            assert!(!few.complete, "{}", case.name);
        }
        let all = Bounds { max_loops: Some(ours.loops.len()), ..max_length(expect) };
        assert!(by_bottleneck(&case.network, &all).complete, "{}", case.name);
    });
}

#[test]
fn finn_index() {
    each("finn", |case, expect| {
        let ours = tracing::round_trip(&case.network, &case.outside).finn;
        case.close("index", ours.index, &expect["fci"]);
        case.close("cycled", case.wholes(ours.cycled), &expect["cycled_throughflow"]);
        assert_eq!(ours.throughflow, case.units(&expect["total_throughflow"]), "{}", case.name);
        // Money surely comes back exactly where the chain is closed and I − Q cannot be inverted.
        let trips = tracing::round_trip(&case.network, &case.outside).parties;
        let singular = trips.iter().any(|trip| trip.return_probability == 1.0);
        let told = expect["leontief_matrix"].as_str().unwrap();
        assert_eq!(singular, told.starts_with("singular"), "{}", case.name);
    });
}

#[test]
fn round_trips() {
    each("round_trip", |case, expect| {
        let ours = tracing::round_trip(&case.network, &case.outside);
        for (name, expect) in expect.as_object().unwrap() {
            let party = case.party(name);
            let trip = ours.parties[party];
            assert_eq!(trip.throughflow, case.units(&expect["throughflow"]), "{} {name}", case.name);
            case.close("return probability", trip.return_probability, &expect["return_prob"]);
            case.close("returned", case.wholes(trip.returned), &expect["amount"]);
            share(case, trip.share_of_receipts, &expect["share_of_receipts"]);
            share(case, trip.share_of_outlay, &expect["share_of_outlay"]);
            let bounds = (case.units(&expect["bounds"][0]), case.units(&expect["bounds"][1]));
            assert_eq!(
                tracing::bounds(&case.network, &case.outside, party as u32),
                bounds,
                "{} {name}",
                case.name
            );
            let matrix = tracing::matrix(&case.network, &case.outside, &[party as u32]);
            case.close("matrix", case.wholes(matrix[0][0]), &expect["amount"]);
        }
    });
}

fn share(case: &Case, ours: Option<f64>, expect: &Value) {
    match ours {
        Some(share) => case.close("share", share, expect),
        None => assert!(expect.is_null(), "{}: no share, expected {expect}", case.name),
    }
}

#[test]
fn comparison_measures() {
    each("comparison_measures", |case, expect| {
        let ours = comparison::all(&case.network);
        case.close("scc share", ours.scc_share, &expect["scc_share"]);
        case.close("reciprocity", ours.weighted_reciprocity, &expect["weighted_reciprocity"]);
        share(case, ours.trophic_incoherence, &expect["trophic_incoherence"]);
        share(case, ours.hodge_circular_energy_share, &expect["hodge_circular_energy_share"]);
        for (party, level) in expect["trophic_levels"].as_object().unwrap() {
            let level = case::float(level.as_str().unwrap());
            case.near("trophic level", ours.trophic_levels[case.party(party)], level);
        }
        let flows = expect["hodge_circular_flow"].as_object().unwrap();
        assert_eq!(flows.len(), ours.hodge_circular_flow.len(), "{}", case.name);
        for flow in &ours.hodge_circular_flow {
            let pair = format!("{}>{}", case.parties[flow.from as usize], case.parties[flow.to as usize]);
            let expected = case::float(flows[&pair].as_str().unwrap());
            case.near(&pair, case.wholes(flow.amount), expected);
        }
    });
}

#[test]
fn what_wrong_methods_print_is_not_ours() {
    each("pitfall_enaR_ginv_fci", |case, wrong| {
        let ours = tracing::round_trip(&case.network, &case.outside).finn.index;
        assert!((ours - wrong.as_f64().unwrap()).abs() > 1.0, "{}", case.name);
    });
    each("pitfall_greedy_peeling", |case, wrong| {
        let ours = circulation::maximum(&case.network).total;
        for (rule, peeled) in wrong.as_object().unwrap() {
            // Longest first happens to find the optimum here; no rule beats it.
            let peeled = case.units(&peeled["total"]);
            assert!(if rule == "longest" { peeled <= ours } else { peeled < ours }, "{} {rule}", case.name);
        }
    });
}

#[test]
fn published_index_of_the_oyster_reef() {
    each("published", |case, published| {
        let ours = tracing::round_trip(&case.network, &case.outside).finn;
        let printed = published["fci_with_T_equal_inflow"].as_f64().unwrap();
        assert!((ours.index - printed).abs() < 1e-5);
        let throughflow = case.wholes(ours.throughflow as f64);
        assert!((throughflow - published["tst"].as_f64().unwrap()).abs() < 1e-3);
    });
}
