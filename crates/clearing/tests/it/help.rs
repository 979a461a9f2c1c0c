//! Bail-outs that hold, attributions that add up, sales that are in equilibrium, arrears that are kept.

use abilene_clearing::bailout::{Wish, smallest};
use abilene_clearing::dynamic::{Dated, dynamic};
use abilene_clearing::fire::{Price, Rule, fire_sale};
use abilene_clearing::shapley::{Loss, Player, shapley};
use abilene_clearing::{Network, Obligation, greatest};
use proptest::prelude::*;

use crate::webs::plain;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    /// The injections keep the chosen parties whole, and a thousandth less does not.
    #[test]
    fn the_smallest_bailout_is_enough_and_not_too_much(web in plain()) {
        let network = web.network();
        let parties = web.assets.len();
        let wish = Wish { whole: vec![0, 1], price: vec![Some(1.0); parties] };
        let found = smallest(&network, &web.assets, &wish).unwrap().unwrap();
        let fails = |part: f64| {
            let helped: Vec<f64> = web.assets.iter().zip(&found.injections).map(|(own, given)| own + part * given).collect();
            let paid = greatest(&network, &helped).unwrap().clearing.recoveries;
            paid[..2].iter().any(|part| *part < 1.0 - 1e-7)
        };
        prop_assert!(!fails(1.0));
        prop_assert!(found.cost < 1e-6 || fails(0.999));
        for (given, (low, high)) in found.injections.iter().zip(&found.ranges) {
            prop_assert!(low <= given && given <= high);
        }
    }

    /// Every price found is one that sales at it lead to, and the ends are the first and the last.
    #[test]
    fn sales_are_in_equilibrium(web in plain(), b in 0.001..0.05_f64) {
        let network = web.network();
        let units: Vec<f64> = web.assets.iter().map(|assets| 10.0 - assets).collect();
        let sales = fire_sale(&network, &web.assets, &units, Price::Exponential { b }, Rule::CoverDues).unwrap();
        for sale in [&sales.greatest, &sales.least] {
            let sold: f64 = sale.sold.iter().sum();
            prop_assert!((libm::exp(-b * sold) - sale.price).abs() < 1e-9);
        }
        prop_assert_eq!(sales.greatest.price, *sales.prices.last().unwrap());
        prop_assert!(sales.greatest.price >= sales.least.price);
    }

    /// What fell due is paid or in arrears; cash is never below 0.
    #[test]
    fn arrears_are_kept(web in plain()) {
        let dated: Vec<Dated> = web
            .obligations
            .iter()
            .enumerate()
            .map(|(at, one)| Dated { obligation: *one, due: at % 3 })
            .collect();
        let inflows = vec![vec![0.25; web.assets.len()]; 3];
        let days = dynamic(&web.assets, &inflows, &dated).unwrap();
        let mut open = 0.0;
        for (date, day) in days.iter().enumerate() {
            open += dated.iter().filter(|one| one.due == date).map(|one| one.obligation.amount).sum::<f64>();
            open -= day.clearing.payments.iter().sum::<f64>();
            let arrears: f64 = day.arrears.iter().map(|one| one.1).sum();
            prop_assert!((open - arrears).abs() < 1e-8, "{} owed, {} in arrears", open, arrears);
            prop_assert!(day.cash.iter().all(|cash| *cash >= 0.0));
        }
    }
}

/// A ring of parties that each lose their assets: equal parts by symmetry, adding up to the loss.
fn ring(parties: u32) -> (Network, Vec<f64>, Vec<Player>) {
    let owes = |debtor, creditor, amount| Obligation { debtor, creditor, amount, class: 0 };
    let inside = (0..parties).map(|one| owes(one, Some((one + 1) % parties), 4.0));
    let all: Vec<Obligation> = inside.chain((0..parties).map(|one| owes(one, None, 2.0))).collect();
    let players = (0..parties).map(|party| Player { party, assets: 0.5 }).collect();
    (Network::new(parties as usize, &all).unwrap(), vec![2.5; parties as usize], players)
}

#[test]
fn sampled_attribution_adds_up_and_is_near_the_exact_one() {
    let (network, assets, players) = ring(13);
    let sampled = shapley(&network, &assets, &players, Loss::UnpaidTotal, 200, 7).unwrap();
    assert!((sampled.parts.iter().sum::<f64>() - sampled.total).abs() < 1e-9);
    let errors = sampled.errors.clone().unwrap();
    for (part, error) in sampled.parts.iter().zip(errors) {
        assert!((part - sampled.total / 13.0).abs() < 5.0 * error + 1e-9);
    }
    assert_eq!(sampled, shapley(&network, &assets, &players, Loss::UnpaidTotal, 200, 7).unwrap());
}

#[test]
fn equal_players_have_equal_parts() {
    let (network, assets, players) = ring(8);
    let exact = shapley(&network, &assets, &players, Loss::Equity, 0, 0).unwrap();
    assert!(exact.parts.iter().all(|part| (part - exact.total / 8.0).abs() < 1e-9));
    assert_eq!(exact.coalitions.len(), 256);
}
