//! What must hold of every clearing solution.

use abilene_clearing::neva::{EisenbergNoe, RogersVeraart, neva};
use abilene_clearing::sensitivity::Sensitivity;
use abilene_clearing::{Clearing, Network, Obligation, Start, fixed_point, greatest, least, recoveries};
use proptest::prelude::*;

use crate::webs::{Web, combined, costly, plain};

fn close(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= 1e-9 * scale.max(1e-3)
}

fn all_close(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| close(*a, *b, a.abs().max(1.0)))
}

/// Applies the rules of the model once to the accounts and finds them unchanged.
fn assert_solution(web: &Web, network: &Network, clearing: &Clearing) {
    for (party, paid) in clearing.paid(network).into_iter().enumerate() {
        let (dues, assets) = (network.dues()[party], web.assets[party]);
        let income = clearing.receipts[party] + clearing.holdings_value[party];
        let has = assets + income;
        let failed = clearing.defaulted.contains(&(party as u32));
        assert_eq!(failed, dues > 0.0 && dues - has > 1e-9 * dues, "party {party} of {web:?}");
        let scale = dues + has;
        if !failed {
            assert!(close(paid, dues, scale), "the solvent pay all");
            assert!(close(clearing.equities[party], (has - dues).max(0.0), scale), "limited liability");
            continue;
        }
        assert_eq!(clearing.equities[party], 0.0);
        let mut left = web.alpha[party] * assets + web.beta[party] * income;
        for class in 0..network.classes() {
            let place = party * network.classes() + class;
            let want = left.min(network.dues_by_class()[place]);
            assert!(
                close(clearing.payments[place], want, scale),
                "absolute priority of party {party} in {web:?}"
            );
            left -= want;
        }
    }
}

fn assert_conserved(web: &Web, network: &Network, clearing: &Clearing) {
    let outside_equity: f64 = (0..network.parties())
        .map(|party| clearing.equities[party] * (1.0 - network.share_held(party)))
        .sum();
    let total: f64 = web.assets.iter().sum();
    let ends = clearing.outside_receipts + outside_equity + clearing.lost_to_costs;
    assert!(close(total, ends, total), "{total} came in, {ends} came out of {web:?}");
}

fn assert_within(network: &Network, clearing: &Clearing) {
    for (paid, dues) in clearing.payments.iter().zip(network.dues_by_class()) {
        assert!(*paid >= 0.0 && *paid <= *dues);
    }
}

fn assert_sound(web: &Web, network: &Network) {
    let high = greatest(network, &web.assets).unwrap();
    let low = least(network, &web.assets).unwrap();
    for clearing in [&high.clearing, &low] {
        assert_solution(web, network, clearing);
        assert_conserved(web, network, clearing);
        assert_within(network, clearing);
    }
    let pairs = high.clearing.recoveries.iter().zip(&low.recoveries);
    assert!(pairs.clone().all(|(high, low)| *high >= low - 1e-9), "greatest below least in {web:?}");
    let mut failed: Vec<u32> = high.rounds.concat();
    failed.sort_unstable();
    assert_eq!(failed, high.clearing.defaulted);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn plain_solutions_are_sound(web in plain()) {
        assert_sound(&web, &web.network());
    }

    #[test]
    fn costly_solutions_are_sound(web in costly()) {
        assert_sound(&web, &web.network());
    }

    #[test]
    fn combined_solutions_are_sound(web in combined()) {
        assert_sound(&web, &web.network());
    }

    /// Two solvers that share no code agree, to the rounds.
    #[test]
    fn the_general_solver_is_a_twin(web in costly()) {
        let (network, general) = (web.network(), web.general());
        let (a, b) = (greatest(&network, &web.assets).unwrap(), greatest(&general, &web.assets).unwrap());
        prop_assert!(a.clearing.agrees(&b.clearing, &network));
        prop_assert_eq!(&a.rounds, &b.rounds);
        let (a, b) = (least(&network, &web.assets).unwrap(), least(&general, &web.assets).unwrap());
        prop_assert!(a.agrees(&b, &network), "{:?} {:?}", a, b);
    }

    /// The plain iteration from above ends where fictitious default does.
    #[test]
    fn iteration_from_above_agrees(web in combined()) {
        let network = web.network();
        let slow = fixed_point(&network, &web.assets, Start::Above, 1e-15, 200_000).unwrap();
        prop_assert!(slow.agrees(&greatest(&network, &web.assets).unwrap().clearing, &network));
    }

    /// Where it ends at a solution, the plain iteration from below ends at the least one.
    #[test]
    fn iteration_from_below_is_not_below_the_least(web in plain()) {
        let network = web.network();
        let slow = fixed_point(&network, &web.assets, Start::Below, 1e-15, 200_000).unwrap();
        prop_assert!(slow.agrees(&least(&network, &web.assets).unwrap(), &network));
    }

    #[test]
    fn quick_recoveries_agree(web in costly()) {
        let network = web.network();
        let (quick, failed) = recoveries(&network, &web.assets).unwrap();
        let full = greatest(&network, &web.assets).unwrap().clearing;
        prop_assert!(all_close(&quick, &full.recoveries));
        prop_assert_eq!(failed, full.defaulted);
    }

    #[test]
    fn more_assets_never_pay_less(web in combined(), party in 0..8_usize, more in 0.0..5.0_f64) {
        let network = web.network();
        let mut richer = web.assets.clone();
        richer[party % web.assets.len()] += more;
        for (poor, rich) in [
            (greatest(&network, &web.assets).unwrap().clearing, greatest(&network, &richer).unwrap().clearing),
            (least(&network, &web.assets).unwrap(), least(&network, &richer).unwrap()),
        ] {
            prop_assert!(poor.recoveries.iter().zip(&rich.recoveries).all(|(poor, rich)| *rich >= poor - 1e-9));
            prop_assert!(poor.equities.iter().zip(&rich.equities).all(|(poor, rich)| *rich >= poor - 1e-9));
        }
    }

    #[test]
    fn without_costs_rogers_veraart_is_eisenberg_noe(web in plain()) {
        let bare = Network::new(web.assets.len(), &web.obligations).unwrap();
        let costed = bare.clone().with_costs(web.alpha.clone(), web.beta.clone()).unwrap();
        prop_assert_eq!(greatest(&bare, &web.assets).unwrap(), greatest(&costed, &web.assets).unwrap());
    }

    #[test]
    fn labels_do_not_matter(web in combined()) {
        let last = web.assets.len() as u32 - 1;
        let turned = |party: u32| last - party;
        let mut other = web.clone();
        other.assets.reverse();
        other.alpha.reverse();
        other.beta.reverse();
        for one in &mut other.obligations {
            (one.debtor, one.creditor) = (turned(one.debtor), one.creditor.map(turned));
        }
        for one in &mut other.holdings {
            (one.owner, one.issuer) = (turned(one.owner), turned(one.issuer));
        }
        let network = web.network();
        let here = greatest(&network, &web.assets).unwrap().clearing;
        let mut there = greatest(&other.network(), &other.assets).unwrap().clearing.paid(&other.network());
        there.reverse();
        prop_assert!(all_close(&here.paid(&network), &there));
    }

    #[test]
    fn splitting_an_obligation_changes_nothing(web in combined()) {
        let mut split = web.clone();
        split.obligations = web
            .obligations
            .iter()
            .flat_map(|one| [Obligation { amount: one.amount * 0.25, ..*one }, Obligation { amount: one.amount * 0.75, ..*one }])
            .collect();
        let network = web.network();
        let (a, b) = (greatest(&network, &web.assets).unwrap(), greatest(&split.network(), &web.assets).unwrap());
        prop_assert!(a.clearing.agrees(&b.clearing, &network));
    }

    /// Party 0 cut in two equal halves: each pays half of what the whole paid.
    #[test]
    fn merging_equal_parties_changes_nothing(web in costly()) {
        let twin = web.assets.len() as u32;
        let mut halves = web.clone();
        halves.assets[0] *= 0.5;
        halves.assets.push(halves.assets[0]);
        halves.alpha.push(web.alpha[0]);
        halves.beta.push(web.beta[0]);
        halves.obligations = web.obligations.iter().flat_map(|one| halved(*one, twin)).collect();
        let network = web.network();
        let whole = greatest(&network, &web.assets).unwrap().clearing.payments;
        let cut = greatest(&halves.network(), &halves.assets).unwrap().clearing.payments;
        prop_assert!(all_close(&[whole[0] / 2.0], &cut[..1]));
        prop_assert!(all_close(&whole[1..], &cut[1..whole.len()]));
    }

    #[test]
    fn valuations_of_clearing_are_clearing(web in costly()) {
        let network = web.network();
        let valued = neva(
            &network,
            &web.assets,
            &RogersVeraart { alpha: web.alpha.clone(), beta: web.beta.clone() },
        )
        .unwrap();
        let clearing = greatest(&network, &web.assets).unwrap().clearing;
        prop_assert!(all_close(&valued.greatest.valuations, &clearing.recoveries));
    }

    #[test]
    fn the_valuation_of_eisenberg_noe_is_clearing(web in plain()) {
        let network = web.network();
        let valued = neva(&network, &web.assets, &EisenbergNoe).unwrap();
        let (high, low) = (greatest(&network, &web.assets).unwrap().clearing, least(&network, &web.assets).unwrap());
        prop_assert!(all_close(&valued.greatest.valuations, &high.recoveries));
        prop_assert!(all_close(&valued.least.valuations, &low.recoveries));
    }

    /// Derivatives against differences, away from thresholds.
    #[test]
    fn derivatives_are_limits_of_differences(web in costly(), party in 0..8_usize) {
        let party = party % web.assets.len();
        let network = web.network();
        let point = Sensitivity::new(&network, &web.assets).unwrap();
        let step = 1e-5;
        let moved = |by: f64| {
            let mut assets = web.assets.clone();
            assets[party] += by;
            greatest(&network, &assets).unwrap().clearing
        };
        prop_assume!(web.assets[party] >= step);
        let (down, up) = (moved(-step), moved(step));
        let same = |other: &Clearing| other.defaulted == point.clearing.defaulted;
        prop_assume!(same(&down) && same(&up) && least(&network, &web.assets).unwrap().agrees(&point.clearing, &network));
        let derivative = point.by_assets(party);
        for at in 0..network.parties() {
            let difference = (up.payments[at] - down.payments[at]) / (2.0 * step);
            prop_assert!((difference - derivative.payments[at]).abs() < 1e-4, "{:?}", web);
            let difference = (up.equities[at] - down.equities[at]) / (2.0 * step);
            prop_assert!((difference - derivative.equities[at]).abs() < 1e-4, "{:?}", web);
        }
    }
}

fn halved(one: Obligation, twin: u32) -> Vec<Obligation> {
    let amount = one.amount / 2.0;
    if one.debtor == 0 {
        return vec![Obligation { amount, ..one }, Obligation { debtor: twin, amount, ..one }];
    }
    if one.creditor == Some(0) {
        return vec![Obligation { amount, ..one }, Obligation { creditor: Some(twin), amount, ..one }];
    }
    vec![one]
}
