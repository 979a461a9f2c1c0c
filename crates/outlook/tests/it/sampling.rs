//! Distributions, copula, Sobol points, integration and odds against tests/golden/sensitivity.json.

use abilene_outlook::{Copula, Distribution, OutlookError, Sampler, odds, sobol, special};
use serde_json::Value;

use crate::golden::{file, numbers};

fn distribution(spec: &Value) -> Distribution {
    let x = |key: &str| spec[key].as_f64().unwrap();
    match spec["kind"].as_str().unwrap() {
        "lognormal" => Distribution::LogNormal { p10: x("p10"), p90: x("p90") },
        "normal" => Distribution::Normal { p10: x("p10"), p90: x("p90") },
        "log-logistic" => Distribution::LogLogistic { p10: x("p10"), p90: x("p90") },
        "triangular" => Distribution::Triangular { min: x("min"), mode: x("mode"), max: x("max") },
        "beta-pert" => {
            Distribution::Pert { min: x("min"), mode: x("mode"), max: x("max"), lambda: x("lambda") }
        }
        "truncated-normal" => Distribution::TruncatedNormal {
            mean: x("mean"),
            sd: x("sd"),
            min: spec["min"].as_f64(),
            max: spec["max"].as_f64(),
        },
        _ => Distribution::LogUniform { min: x("min"), max: x("max") },
    }
}

fn relative(place: &str, found: f64, expected: f64, tolerance: f64) {
    let scale = expected.abs().max(1e-300);
    assert!((found - expected).abs() <= tolerance * scale, "{place}: expected {expected}; found {found}");
}

#[test]
fn quantiles_and_moments() {
    for golden in file("sensitivity")["distributions"].as_array().unwrap() {
        let id = golden["id"].as_str().unwrap();
        let sampler = Sampler::new(&distribution(&golden["spec"])).unwrap();
        for (p, expected) in numbers(&golden["p"]).iter().zip(numbers(&golden["quantile"])) {
            let tolerance = if *p < 0.005 || *p > 0.995 { 1e-8 } else { 1e-10 };
            relative(&format!("{id} {p}"), sampler.quantile(*p), expected, tolerance);
        }
        let derived: Vec<f64> =
            golden["derived"].as_object().unwrap().values().map(|x| x.as_f64().unwrap()).collect();
        let mut found = sampler.derived();
        found.sort_by(f64::total_cmp);
        let mut derived = derived;
        derived.sort_by(f64::total_cmp);
        for (found, expected) in found.iter().zip(&derived) {
            assert!((found - expected).abs() <= 1e-11 * expected.abs().max(1e-5), "{id}: {found} {expected}");
        }
        if !id.starts_with("trunc") {
            let (mean, sd) = sampler.moments();
            assert_eq!(mean.is_some(), golden.get("mean").is_some(), "{id}");
            assert_eq!(sd.is_some(), golden.get("sd").is_some(), "{id}");
            if let Some(mean) = mean {
                relative(id, mean, golden["mean"].as_f64().unwrap(), 1e-12);
            }
            if let Some(sd) = sd {
                relative(id, sd, golden["sd"].as_f64().unwrap(), 1e-12);
            }
        }
    }
}

#[test]
fn bad_parameters_are_told() {
    let bad = [
        Distribution::Uniform { min: 1.0, max: 1.0 },
        Distribution::LogNormal { p10: -1.0, p90: 2.0 },
        Distribution::Triangular { min: 0.0, mode: 3.0, max: 2.0 },
        Distribution::TruncatedNormal { mean: 0.0, sd: 1.0, min: Some(2.0), max: Some(1.0) },
        Distribution::TruncatedNormal { mean: 0.0, sd: 1.0, min: Some(50.0), max: None },
        Distribution::Discrete { values: vec![1.0], weights: vec![] },
        Distribution::Pinned { value: f64::NAN },
    ];
    for distribution in bad {
        assert!(Sampler::new(&distribution).is_err(), "{distribution:?}");
    }
}

fn names(n: usize) -> Vec<String> {
    (0..n).map(|at| format!("x{at}")).collect()
}

fn matrix(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().flat_map(numbers).collect()
}

#[test]
fn copulas() {
    let golden = &file("sensitivity")["copula"];
    for pair in golden["pairs"].as_array().unwrap() {
        let (rank, normal) =
            (pair["spearman"].as_f64().unwrap(), pair["normal_correlation"].as_f64().unwrap());
        let copula = Copula::from_ranks(&names(2), &[1.0, rank, rank, 1.0]).unwrap();
        assert!((copula.factor()[2] - normal).abs() < 1e-14);
        for (p, expected) in pair["prob_both_below_own_quantile"].as_object().unwrap() {
            let z = special::normal_quantile(p.parse().unwrap());
            let found = special::bivariate_normal_cdf(z, z, normal);
            assert!((found - expected.as_f64().unwrap()).abs() < 1e-12, "{rank} {p}: {found}");
        }
    }
    let three = Copula::from_ranks(&names(3), &matrix(&golden["three"]["spearman"])).unwrap();
    for (found, expected) in three.factor().iter().zip(matrix(&golden["three"]["cholesky"])) {
        assert!((found - expected).abs() < 1e-14);
    }
    let bad = |key: &str| Copula::from_ranks(&names(3), &matrix(&golden[key]["spearman"])).unwrap_err();
    let expected =
        |possible| OutlookError::NotPositiveDefinite { drivers: names(3), ranks_alone_possible: possible };
    assert_eq!(bad("bad_matrix"), expected(true));
    assert_eq!(bad("inconsistent_matrix"), expected(false));
}

#[test]
fn sample_ranks_meet_the_target() {
    let rank = 0.6;
    let copula = Copula::from_ranks(&names(2), &[1.0, rank, rank, 1.0]).unwrap();
    let n = 4096;
    let points = sobol::Sobol::new(2);
    let pairs: Vec<Vec<f64>> = (0..n)
        .map(|at| {
            let mut u = vec![points.point(0, at, 7), points.point(1, at, 7)];
            copula.couple(&mut u);
            u
        })
        .collect();
    let ranks = |column: usize| {
        let mut order: Vec<usize> = (0..pairs.len()).collect();
        order.sort_by(|a, b| pairs[*a][column].total_cmp(&pairs[*b][column]));
        let mut ranks = vec![0.0; order.len()];
        order.iter().enumerate().for_each(|(rank, at)| ranks[*at] = rank as f64);
        ranks
    };
    let squares: f64 = ranks(0).iter().zip(ranks(1)).map(|(a, b)| (a - b) * (a - b)).sum();
    let n = f64::from(n);
    let spearman = 1.0 - 6.0 * squares / (n * (n * n - 1.0));
    assert!((spearman - rank).abs() < 4.0 * (1.0 - rank * rank) / n.sqrt(), "{spearman}");
}

#[test]
fn sobol_points() {
    let golden = &file("sensitivity")["sobol_points"]["first_16_points_times_16"];
    let sobol = sobol::Sobol::new(10);
    for (index, row) in golden.as_array().unwrap().iter().enumerate() {
        for (dimension, expected) in numbers(row).iter().enumerate() {
            assert_eq!(
                f64::from(sobol.gray_digits(dimension, index as u32) >> 28),
                *expected,
                "{index} {dimension}"
            );
        }
    }
}

#[test]
fn nets_stay_nets_when_scrambled() {
    let (m, dimensions) = (10_u32, 60);
    let sobol = sobol::Sobol::new(dimensions);
    let n = 1_u32 << m;
    for seed in [1, 2, 99] {
        for dimension in 0..dimensions {
            let mut seen = vec![false; n as usize];
            for index in 0..n {
                let u = sobol.point(dimension, index, seed);
                assert!(u > 0.0 && u < 1.0);
                seen[(u * f64::from(n)) as usize] = true;
            }
            assert!(seen.iter().all(|seen| *seen), "{dimension}");
        }
        for j in 0..=m {
            let mut seen = vec![false; n as usize];
            for index in 0..n {
                let (x, y) = (sobol.point(0, index, seed), sobol.point(1, index, seed));
                let (rows, columns) = (1_u32 << j, 1_u32 << (m - j));
                seen[((x * f64::from(rows)) as u32 * columns + (y * f64::from(columns)) as u32) as usize] =
                    true;
            }
            assert!(seen.iter().all(|seen| *seen), "{j}");
        }
    }
}

fn integrand(id: &str, x: &[f64]) -> f64 {
    let of = |f: &dyn Fn(f64, f64) -> f64| {
        x.iter().enumerate().map(|(j, x)| f(*x, j as f64 + 1.0)).product::<f64>()
    };
    match id {
        "smooth_product" => of(&|x, j| 1.0 + (x - 0.5) / j),
        "gaussian_peak" => of(&|x, j| {
            let (a, w) = (1.5 / (1.0 + 0.3 * (j - 1.0)), (0.2 + 0.13 * (j - 1.0)) % 1.0);
            libm::exp(-(a * (x - w)) * (a * (x - w)))
        }),
        "kink" => of(&|x, j| ((4.0 * x - 2.0).abs() + j) / (1.0 + j)),
        _ => f64::from(u8::from(x.iter().sum::<f64>() > 2.0)),
    }
}

#[test]
fn integration_errors() {
    for golden in file("sensitivity")["integration"].as_array().unwrap() {
        let id = golden["id"].as_str().unwrap();
        let d = golden["d"].as_u64().unwrap() as usize;
        let mean = golden["mean"].as_f64().unwrap();
        let sobol = sobol::Sobol::new(d);
        let replicates = 100;
        let mut logs = Vec::new();
        for (m, measured) in numbers(&golden["log2_n"]).iter().zip(numbers(&golden["rmse_owen_measured"])) {
            let n = 1_u32 << *m as u32;
            let mut errors = Vec::new();
            for replicate in 0..replicates {
                let seed = sobol::scrambling(id, replicate, n.into());
                let at = |index| (0..d).map(|j| sobol.point(j, index, seed)).collect::<Vec<f64>>();
                let sum: f64 = (0..n).map(|index| integrand(id, &at(index))).sum();
                errors.push(sum / f64::from(n) - mean);
            }
            let rmse = (errors.iter().map(|e| e * e).sum::<f64>() / replicates as f64).sqrt();
            let bias = errors.iter().sum::<f64>() / replicates as f64;
            assert!(rmse <= 1.5 * measured, "{id} {m}: {rmse} {measured}");
            assert!(bias.abs() <= 4.0 * rmse / (replicates as f64).sqrt(), "{id} {m}: bias {bias}");
            logs.push((*m, rmse.log2()));
        }
        let (first, last) = (logs[0], logs[logs.len() - 1]);
        let slope = (last.1 - first.1) / (last.0 - first.0);
        assert!(slope <= if id == "step" { -0.55 } else { -1.2 }, "{id}: {slope}");
    }
}

#[test]
fn intervals_of_odds() {
    for golden in file("sensitivity")["odds"].as_array().unwrap() {
        let (hits, paths) = (golden["hits"].as_u64().unwrap(), golden["paths"].as_u64().unwrap());
        for (found, key) in [
            (odds::wilson(hits, paths, 0.95), "wilson"),
            (odds::clopper_pearson(hits, paths, 0.95), "clopper_pearson"),
        ] {
            let expected = numbers(&golden[key]);
            assert!(
                (found.0 - expected[0]).abs() < 1e-12 && (found.1 - expected[1]).abs() < 1e-12,
                "{key} {found:?}"
            );
        }
    }
}
