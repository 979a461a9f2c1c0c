//! Eisenberg & Noe (2001, lemma 4): the greatest clearing vector maximises what is paid in all.

use abilene_clearing::greatest;
use microlp::{ComparisonOp, OptimizationDirection, Problem};
use proptest::prelude::*;

use crate::webs::plain;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_linear_programme_pays_the_same(web in plain()) {
        let network = web.network();
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let paid: Vec<_> = network.dues().iter().map(|dues| problem.add_var(1.0, (0.0, *dues))).collect();
        for party in 0..network.parties() {
            let mut row = vec![0.0; network.parties()];
            row[party] = 1.0;
            for (debtor, _, amount) in network.arcs().filter(|arc| arc.1 == party && arc.2 > 0.0) {
                row[debtor] -= amount / network.dues()[debtor];
            }
            let terms: Vec<_> = paid.iter().copied().zip(row).filter(|(_, part)| *part != 0.0).collect();
            problem.add_constraint(terms.as_slice(), ComparisonOp::Le, web.assets[party]);
        }
        let best = problem.solve().unwrap();
        let clearing = greatest(&network, &web.assets).unwrap().clearing;
        for (variable, payment) in paid.iter().zip(&clearing.payments) {
            prop_assert!((best[*variable] - payment).abs() < 1e-7);
        }
    }
}
