//! Scenarios together against scenarios alone.

use abilene_clearing::batch::Batch;
use abilene_clearing::recoveries;
use proptest::prelude::*;

use crate::webs::{Web, costly};

fn scenario(web: &Web, number: usize) -> Vec<f64> {
    let factor = |party: usize| ((number * 7 + party * 3) % 11) as f64 / 8.0;
    web.assets.iter().enumerate().map(|(party, assets)| assets * factor(party)).collect()
}

fn all(web: &Web, count: usize, threads: usize) -> Vec<Vec<f64>> {
    let network = web.network();
    let mut rows = Vec::new();
    let fill = |number: usize, row: &mut [f64]| row.copy_from_slice(&scenario(web, number));
    Batch::new(&network)
        .unwrap()
        .solve(count, threads, fill, |number, row| {
            assert_eq!(number, rows.len());
            rows.push(row.to_vec());
        })
        .unwrap();
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn together_as_alone(web in costly(), count in 1..40_usize) {
        let network = web.network();
        for (number, row) in all(&web, count, 2).iter().enumerate() {
            let (alone, _) = recoveries(&network, &scenario(&web, number)).unwrap();
            prop_assert!(row.iter().zip(&alone).all(|(a, b)| (a - b).abs() < 1e-12), "{:?} {:?}", row, alone);
        }
    }

    #[test]
    fn threads_do_not_matter(web in costly()) {
        prop_assert_eq!(all(&web, 37, 1), all(&web, 37, 3));
    }
}
