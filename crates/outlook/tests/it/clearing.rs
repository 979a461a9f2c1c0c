//! One quarter against the clearing crate: the same greatest vector.

use abilene_clearing::{Network, Obligation, greatest};
use abilene_outlook::{Actor, Condition, Leg, Model, Party, Purpose, Scenario, Schedule, World, luck};

#[test]
fn a_quarter_pays_what_the_clearing_crate_says() {
    for seed in 0..400 {
        let unit = |at: usize| luck::draw(seed, at as u64, 0);
        let parties = 2 + (unit(0) * 8.0) as usize;
        let mut legs = Vec::new();
        let mut obligations = Vec::new();
        for at in 0..4 * parties {
            let debtor = (unit(10 * at + 1) * parties as f64) as usize;
            let creditor = (unit(10 * at + 2) * (parties as f64 + 0.5)) as usize;
            if debtor == creditor {
                continue;
            }
            let amount = 1.0 + (unit(10 * at + 3) * 80.0).round() / 8.0;
            let class = (unit(10 * at + 4) * 3.0) as u32;
            let payee = if creditor < parties { Actor::Party(creditor as u32) } else { Actor::Suppliers };
            legs.push(Leg {
                id: String::new(),
                deal: String::new(),
                payer: Actor::Party(debtor as u32),
                payee,
                instrument: String::new(),
                class: class as u8,
                purpose: Purpose::Operating,
                schedule: Schedule::Amounts(vec![amount]),
                scale: None,
                condition: Condition::Always,
                vendor_finance: false,
                stretchable: false,
            });
            let creditor = (creditor < parties).then_some(creditor as u32);
            obligations.push(Obligation { debtor: debtor as u32, creditor, amount, class });
        }
        let cash: Vec<f64> = (0..parties).map(|at| (unit(9000 + at) * 64.0).round() / 8.0).collect();
        let party = |cash: &f64| Party { cash: *cash, ..Party::default() };
        let world =
            World { quarters: 1, parties: cash.iter().map(party).collect(), legs, ..World::default() };
        let trace = Model::new(&world, &Scenario::default()).unwrap().trace(1, 0);
        let network = Network::new(parties, &obligations).unwrap();
        let answer = greatest(&network, &cash).unwrap();
        let classes = answer.clearing.recoveries.len() / parties;
        for (leg, obligation) in trace.quarters[0].legs.iter().zip(&obligations) {
            let place = obligation.debtor as usize * classes + obligation.class as usize;
            let expected = obligation.amount * answer.clearing.recoveries[place];
            assert!((leg.paid - expected).abs() < 1e-9, "{seed}: {} {expected}", leg.paid);
        }
    }
}
