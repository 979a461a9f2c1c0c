//! Sobol indices, PRIM and break-even against tests/golden/sensitivity.json.

use abilene_outlook::breakeven::{BreakEven, solve};
use abilene_outlook::fan::{Counts, RELATIVE_ERROR};
use abilene_outlook::luck::mix;
use abilene_outlook::sensitivity::{Indices, Output};
use abilene_outlook::sobol::{Sobol, scrambling};
use abilene_outlook::{prim, special};
use serde_json::Value;

use crate::golden::{file, numbers};

fn model(golden: &Value, u: &[f64]) -> f64 {
    let p = &golden["parameters"];
    match golden["id"].as_str().unwrap() {
        "ishigami" => {
            let x: Vec<f64> = u.iter().map(|u| std::f64::consts::PI * (2.0 * u - 1.0)).collect();
            let sine = libm::sin(x[0]);
            sine + 7.0 * libm::sin(x[1]).powi(2) + 0.1 * x[2].powi(4) * sine
        }
        "sobol_g8" => {
            let a = numbers(&p["a"]);
            u.iter().zip(a).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product()
        }
        "additive5" => u.iter().zip(numbers(&p["c"])).map(|(u, c)| u * c).sum(),
        "product4" => {
            let (mean, sd) = (numbers(&p["mean"]), numbers(&p["sd"]));
            (0..4).map(|i| mean[i] + 3_f64.sqrt() * sd[i] * (2.0 * u[i] - 1.0)).product()
        }
        "step_and" | "step_rare" => f64::from(u8::from(numbers(&p["p"]).iter().zip(u).all(|(p, u)| u < p))),
        "step_sum" => f64::from(u8::from(u[0] + u[1] > 1.0)),
        "noisy" => u[0] + u[1] * special::normal_quantile(u[2]),
        "linear_correlated3" => {
            let z: Vec<f64> = u.iter().map(|u| special::normal_quantile(*u)).collect();
            z[0] + z[1] + 2.0 * (0.6 * z[1] + 0.8 * z[2])
        }
        _ => 3.5,
    }
}

fn indices(golden: &Value, d: usize, points: u32, scramblings: u64) -> Output {
    indices_of(golden, d, points, 5, scramblings)
}

fn indices_of(golden: &Value, d: usize, points: u32, seed: u64, scramblings: u64) -> Output {
    let sobol = Sobol::new(2 * d);
    let names = (0..d).map(|at| format!("x{at}")).collect();
    let mut indices = Indices::new(names, vec!["y".to_owned()], scramblings as usize);
    for number in 0..scramblings {
        let seed = scrambling("test", seed, number);
        for point in 0..points {
            let row =
                |first: usize| (first..first + d).map(|j| sobol.point(j, point, seed)).collect::<Vec<f64>>();
            let (a, b) = (row(0), row(d));
            let mixed: Vec<[f64; 1]> = (0..d)
                .map(|input| {
                    let mut row = a.clone();
                    row[input] = b[input];
                    [model(golden, &row)]
                })
                .collect();
            let (a, b) = ([model(golden, &a)], [model(golden, &b)]);
            indices.add(number as usize, &a, &b, mixed.iter().map(|x| x.as_slice()));
        }
    }
    indices.finish().remove(0)
}

#[test]
fn sobol_indices() {
    for golden in file("sensitivity")["indices"].as_array().unwrap() {
        let id = golden["id"].as_str().unwrap();
        if id == "linear_correlated4" {
            continue;
        }
        let d = golden.get("inputs").map_or(3, |inputs| inputs.as_array().unwrap().len());
        let found = indices(golden, d, 4096, 1);
        if id == "constant" {
            assert!(found.inputs.is_empty() && found.reason.is_some());
            continue;
        }
        let (first, total) = match id {
            "linear_correlated3" => {
                let innovations = numbers(&golden["innovations_in_given_order"]);
                (innovations.clone(), innovations)
            }
            _ => (numbers(&golden["first"]), numbers(&golden["total"])),
        };
        let allowed = |key: &str| golden["estimator_error"][key][1].as_f64().unwrap_or(0.005);
        for (input, (first, total)) in found.inputs.iter().zip(first.iter().zip(&total)) {
            let off = (input.first.value - first).abs();
            assert!(
                off <= 4.0 * allowed("owen_rmse_first_worst_input"),
                "{id} {}: first off {off}",
                input.name
            );
            let off = (input.total.value - total).abs();
            assert!(
                off <= 4.0 * allowed("owen_rmse_total_worst_input"),
                "{id} {}: total off {off}",
                input.name
            );
        }
    }
}

/// Errors of independent designs at the smallest size that the golden file has. 30 are too few to tell 1.3 from noise:
/// a root-mean-square of 30 is itself off by an eighth.
#[test]
fn errors_of_indices_over_many_seeds() {
    const SEEDS: u64 = 200;
    for golden in file("sensitivity")["indices"].as_array().unwrap() {
        let Some(errors) = golden["estimator_error"].as_object() else { continue };
        let (first, total) = (numbers(&golden["first"]), numbers(&golden["total"]));
        let mut squares = vec![(0.0, 0.0); first.len()];
        for seed in 0..SEEDS {
            let found = indices_of(golden, first.len(), 1 << 10, seed, 1);
            for (at, input) in found.inputs.iter().enumerate() {
                let off = (input.first.value - first[at], input.total.value - total[at]);
                squares[at] = (squares[at].0 + off.0 * off.0, squares[at].1 + off.1 * off.1);
            }
        }
        let worst = |pick: fn(&(f64, f64)) -> f64| {
            (squares.iter().map(pick).fold(0.0, f64::max) / SEEDS as f64).sqrt()
        };
        let pairs = [
            ("owen_rmse_first_worst_input", worst(|pair| pair.0)),
            ("owen_rmse_total_worst_input", worst(|pair| pair.1)),
        ];
        for (key, found) in pairs {
            let measured = errors[key][0].as_f64().unwrap();
            assert!(found <= 1.3 * measured, "{} {key}: {found} against {measured}", golden["id"]);
        }
    }
}

#[test]
fn intervals_hold_the_truth_and_inert_inputs_are_not_told_from_zero() {
    let golden = file("sensitivity");
    let step = golden["indices"].as_array().unwrap().iter().find(|g| g["id"] == "step_and").unwrap();
    let found = indices(step, 4, 512, 16);
    let first = numbers(&step["first"]);
    for (input, first) in found.inputs.iter().zip(&first) {
        let (low, high) = input.first.interval.unwrap();
        let slack = 0.5 * (high - low);
        assert!(low - slack <= *first && *first <= high + slack, "{input:?}");
    }
    assert!(found.inputs[0].first.distinct_from_zero && found.inputs[1].total.distinct_from_zero);
    assert!(!found.inputs[3].total.distinct_from_zero);
}

/// Columns and outcomes as the file's first lines say.
fn rows(golden: &Value, seed: u64) -> (Vec<Vec<f64>>, Vec<bool>) {
    let n = golden["rows"].as_u64().unwrap() as usize;
    let d = golden["inputs"].as_u64().unwrap() as usize;
    let planted: Vec<(usize, f64, f64)> = golden["planted"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, limits)| {
            let limits = numbers(limits);
            (name[1..].parse::<usize>().unwrap() - 1, limits[0], limits[1])
        })
        .collect();
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        (mix(state) >> 11) as f64 / 9_007_199_254_740_992.0
    };
    let (mut columns, mut hits) = (vec![Vec::new(); d], Vec::new());
    for _ in 0..n {
        let x: Vec<f64> = (0..d).map(|_| next()).collect();
        let inside = planted.iter().all(|(at, low, high)| (*low..=*high).contains(&x[*at]));
        let p = if inside && !planted.is_empty() { &golden["p_inside"] } else { &golden["p_outside"] };
        hits.push(next() < p.as_f64().unwrap());
        columns.iter_mut().zip(x).for_each(|(column, x)| column.push(x));
    }
    (columns, hits)
}

#[test]
fn prim_boxes() {
    for golden in file("sensitivity")["prim"].as_array().unwrap() {
        let (columns, hits) = rows(golden, golden["seed"].as_u64().unwrap());
        let count = hits.iter().filter(|hit| **hit).count() as u64;
        assert_eq!(count, golden["check"]["hits"].as_u64().unwrap());
        let first = columns.iter().map(|column| column[0]).chain([f64::from(u8::from(hits[0]))]);
        for (found, told) in first.zip(numbers(&golden["check"]["first_row"])) {
            // The reader of JSON may be off by the last bit.
            assert!((found - told).abs() < 1e-15, "{found} {told}");
        }
        let sum: f64 = columns.iter().flatten().sum();
        assert!((sum - golden["check"]["sum_of_all_x"].as_f64().unwrap()).abs() < 1e-6, "{sum}");
        let must = &golden["must"];
        let Some(density) = must["density_at_least"].as_f64() else {
            let peeling = prim::Peeling { density: 0.6, ..prim::Peeling::default() };
            assert_eq!(prim::find(&columns, &hits, &peeling), None);
            continue;
        };
        let peeling = prim::Peeling { density, ..prim::Peeling::default() };
        let found = prim::find(&columns, &hits, &peeling).unwrap();
        assert!(found.density >= density, "{found:?}");
        assert!(found.coverage >= must["coverage_at_least"].as_f64().unwrap(), "{found:?}");
        let names: Vec<String> = found.limits.iter().map(|limit| format!("x{}", limit.input + 1)).collect();
        let wanted: Vec<&str> =
            must["restricted_exactly"].as_array().unwrap().iter().map(|x| x.as_str().unwrap()).collect();
        assert_eq!(names, wanted);
        for (limit, name) in found.limits.iter().zip(&names) {
            let planted = numbers(&golden["planted"][name]);
            let off = (limit.low.unwrap_or(0.0) - planted[0])
                .abs()
                .max((limit.high.unwrap_or(1.0) - planted[1]).abs());
            assert!(off <= 0.13, "{found:?}");
        }
        let (fresh, hits) = rows(golden, must["fresh_seed"].as_u64().unwrap());
        let inside = |row: &usize| {
            found.limits.iter().all(|limit| {
                let x = fresh[limit.input][*row];
                limit.low.is_none_or(|low| x >= low) && limit.high.is_none_or(|high| x <= high)
            })
        };
        let inside: Vec<usize> = (0..hits.len()).filter(inside).collect();
        let density = inside.iter().filter(|row| hits[**row]).count() as f64 / inside.len() as f64;
        assert!(density >= must["density_on_fresh_data_at_least"].as_f64().unwrap(), "{density}");
    }
}

#[test]
fn break_even_values() {
    let golden = file("sensitivity");
    let find = |id: &str| golden["break_even"].as_array().unwrap().iter().find(|g| g["id"] == id).unwrap();
    let z: Vec<f64> = (1..=1000).map(|k| special::normal_quantile((f64::from(k) - 0.5) / 1000.0)).collect();
    let odds = |theta: f64| z.iter().filter(|z| theta * libm::exp(0.4 * *z) >= 2.0).count() as f64 / 1000.0;
    let one = |found: BreakEven| match found {
        BreakEven::At(crossings) if crossings.len() == 1 => crossings[0].value,
        other => panic!("{other:?}"),
    };
    let near = |found: f64, expected: &Value| {
        let expected = expected.as_f64().unwrap();
        assert!((found - expected).abs() <= 1e-9 * expected, "{found} {expected}");
    };
    for root in find("odds")["roots"].as_array().unwrap() {
        near(one(solve(odds, root["target_odds"].as_f64().unwrap(), (0.1, 40.0))), &root["root"]);
    }
    let mean = |theta: f64| z.iter().map(|z| theta * libm::exp(0.4 * z - 0.08)).sum::<f64>() / 1000.0;
    near(one(solve(mean, 700.0, (0.0, 7000.0))), &find("mean")["root"]);
    let gap =
        |theta: f64| (1..=1000).map(|k| (0.1 * (f64::from(k) - 0.5) - theta).max(0.0)).sum::<f64>() / 1000.0;
    for root in find("gap")["roots"].as_array().unwrap() {
        near(one(solve(|x| -gap(x), -root["target_gap"].as_f64().unwrap(), (0.0, 100.0))), &root["root"]);
    }
    assert_eq!(solve(odds, 0.5, (0.01, 0.02)), BreakEven::BelowEverywhere);
    assert_eq!(solve(odds, 0.5, (1000.0, 2000.0)), BreakEven::MetEverywhere);
    let BreakEven::At(two) = solve(|x| 4.0 - (x - 3.0) * (x - 3.0), 0.0, (0.0, 10.0)) else { panic!() };
    assert_eq!(two.len(), 2);
    assert!((two[0].value - 1.0).abs() < 1e-9 && (two[1].value - 5.0).abs() < 1e-9);
    assert!((one(solve(|x| f64::from(u8::from(x >= 2.5)), 0.5, (0.0, 10.0))) - 2.5).abs() < 1e-9);
}

#[test]
fn streamed_quantiles_keep_their_promise() {
    let mut numbers: Vec<f64> = (0..5000_u64).map(|k| (mix(k) % 2_000_001) as f64 / 1000.0 - 300.0).collect();
    let mut parts = [Counts::default(), Counts::default()];
    numbers.iter().enumerate().for_each(|(at, number)| parts[at % 2].add(*number));
    let [mut counts, other] = parts;
    counts.merge(&other);
    numbers.sort_by(f64::total_cmp);
    for p in [0.01, 0.05, 0.1, 0.15, 0.25, 0.5, 0.9, 0.99] {
        let exact = numbers[((p * 5000.0) as usize).min(4999)];
        let found = counts.quantile(p).unwrap();
        assert!((found - exact).abs() <= RELATIVE_ERROR * exact.abs() + 1.0, "{p}: {found} {exact}");
    }
    assert_eq!(Counts::default().quantile(0.5), None);
}
