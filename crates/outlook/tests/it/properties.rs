//! What must hold on random worlds: the twin, accounts, invariance, bits.

use std::ops::ControlFlow;

use abilene_outlook::{
    Actor, Condition, Demand, Design, Distribution, Driver, Financing, Lanes, Leg, Model, Party, Purpose,
    Rules, Running, Scenario, Schedule, Site, Stake, Trace, World,
};
use proptest::prelude::*;

use crate::twin;
use crate::worlds::pinned;

/// A generator that counts: the same seed, the same world.
struct Dice(u64, u64);

impl Dice {
    fn unit(&mut self) -> f64 {
        self.1 += 1;
        abilene_outlook::luck::draw(self.0, self.1, 0)
    }

    fn up_to(&mut self, most: f64) -> f64 {
        (self.unit() * most * 16.0).round() / 16.0
    }

    fn pick(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }
}

fn leg(dice: &mut Dice, number: usize, parties: usize, sites: usize) -> Leg {
    let mut actor = |n: usize| match dice.pick(n) {
        at if at < parties => Actor::Party(at as u32),
        at if at == parties => Actor::Suppliers,
        at if at == parties + 1 => Actor::Markets,
        _ => Actor::Customers,
    };
    let (payer, mut payee) = (actor(parties + 3), actor(parties + 2));
    if payer == payee || !matches!(payer, Actor::Party(_)) && !matches!(payee, Actor::Party(_)) {
        payee = if payer == Actor::Party(0) { Actor::Party(1) } else { Actor::Party(0) };
    }
    let some_sites: Vec<u32> = (0..sites as u32).filter(|_| dice.unit() < 0.6).collect();
    let dated = !matches!(payer, Actor::Party(_)) || dice.unit() < 0.5;
    let schedule = match dice.pick(3) {
        _ if dated => Schedule::Amounts((0..10).map(|_| dice.up_to(6.0)).collect()),
        0 => Schedule::TakeOrPay {
            sites: some_sites,
            price_per_gw_year: dice.up_to(8.0),
            quarters: 1 + dice.pick(8) as u32,
        },
        1 => Schedule::Milestone { sites: some_sites, per_gw: dice.up_to(5.0), step_gw: 0.5, up_to_gw: 4.0 },
        _ => Schedule::Build {
            sites: some_sites,
            cost_per_gw: dice.up_to(9.0),
            build_quarters: 1 + dice.pick(4) as u32,
            share: 0.5,
        },
    };
    let id = format!("leg {number}");
    Leg {
        deal: format!("deal {}", number / 2),
        id,
        payer,
        payee,
        instrument: format!("kind {}", dice.pick(3)),
        class: dice.pick(3) as u8,
        purpose: [Purpose::Operating, Purpose::Capital, Purpose::Finance][dice.pick(3)],
        schedule,
        scale: None,
        condition: Condition::Always,
        vendor_finance: dice.unit() < 0.2,
        stretchable: false,
    }
}

/// What the twin knows.
fn plain_world(seed: u64) -> (World, f64) {
    let mut dice = Dice(seed, 0);
    let parties = 2 + dice.pick(5);
    let party = |at: usize, dice: &mut Dice| Party {
        id: format!("party {at}"),
        cash: dice.up_to(20.0),
        interest: 0.08,
        financing: Financing {
            facility: if dice.unit() < 0.4 { dice.up_to(6.0) } else { 0.0 },
            debt_limit: if dice.unit() < 0.4 { dice.up_to(15.0) } else { 0.0 },
            buffer: dice.up_to(2.0),
            ..Financing::default()
        },
        ..Party::default()
    };
    let site = |at: usize, dice: &mut Dice| Site {
        id: format!("site {at}"),
        plan_gw: (0..8).map(|_| dice.up_to(1.0)).collect(),
        delay: dice.pick(3) as u32,
        serves: true,
        ..Site::default()
    };
    let all: Vec<Party> = (0..parties).map(|at| party(at, &mut dice)).collect();
    let sites: Vec<Site> = (0..2).map(|at| site(at, &mut dice)).collect();
    let legs = (0..4 + dice.pick(12)).map(|at| leg(&mut dice, at, parties, 2)).collect();
    let grace = (dice.unit() < 0.7).then(|| dice.pick(3) as u32);
    let haircut = if dice.unit() < 0.5 { 1.0 } else { 0.375 };
    let rules = Rules { grace_quarters: grace, ..Rules::default() };
    (World { quarters: 9, parties: all, sites, legs, rules, ..World::default() }, haircut)
}

/// All that the model has.
fn full_world(seed: u64) -> (World, Scenario) {
    let (mut world, _) = plain_world(seed);
    let mut dice = Dice(seed, 1000);
    let n = world.parties.len() as u32;
    for party in &mut world.parties {
        party.debt = dice.up_to(8.0);
        party.maturities = vec![dice.up_to(1.0); 6];
        party.plant = dice.up_to(10.0);
        party.opening_gw = dice.up_to(1.0);
        party.market_share = dice.unit();
        party.other_cash_per_year = dice.up_to(6.0) - 1.0;
        party.tests_value = dice.unit() < 0.3;
        party.running = Running {
            fixed_per_year: dice.up_to(2.0),
            per_customer_revenue: 0.3,
            per_contract_revenue: 0.2,
            per_gw_year: 0.5,
        };
        party.financing.debt_per_operating_cash = dice.up_to(2.0);
        party.financing.debt_per_receivables = 0.2;
        party.financing.equity_per_year = 0.1;
        party.financing.valuation = dice.up_to(30.0);
    }
    for site in &mut world.sites {
        site.operator = Some(dice.pick(n as usize) as u32);
        site.tenant = Some(dice.pick(n as usize) as u32);
        (site.delay_weight, site.slip_weight, site.deal) = (1.0, 1.0, "deal".to_owned());
    }
    for leg in &mut world.legs {
        leg.stretchable = dice.unit() < 0.5;
        if dice.unit() < 0.2 {
            leg.condition = Condition::PayeeStands;
        }
    }
    world.stakes = vec![Stake { holder: 0, of: 1, share: 0.4 }, Stake { holder: 1, of: 0, share: 0.3 }];
    world.demand = Some(Demand { today_per_year: 20.0, horizon: 9 });
    world.rules.grace_quarters = Some(1);
    (world, scenario())
}

fn scenario() -> Scenario {
    let uniform = |min, max| Distribution::Uniform { min, max };
    Scenario {
        drivers: vec![
            (Driver::Demand2030, Distribution::LogNormal { p10: 20.0, p90: 120.0 }),
            (Driver::DemandShape, uniform(2.0, 3.0)),
            (Driver::DemandNoise, uniform(0.0, 0.1)),
            (Driver::Elasticity, uniform(0.5, 1.5)),
            (Driver::EfficiencyGrowth, uniform(1.0, 2.0)),
            (Driver::EfficiencyJumpRate, uniform(0.0, 0.5)),
            (Driver::EfficiencyJump, uniform(1.0, 5.0)),
            (Driver::Delay, uniform(-0.5, 3.5)),
            (Driver::Slip, uniform(0.0, 2.0)),
            (Driver::UsefulLife, uniform(1.0, 6.0)),
            (Driver::ShareSpread, uniform(0.0, 0.5)),
            (Driver::MarketThreshold, uniform(0.1, 1.0)),
            (Driver::MarketNoise, uniform(0.0, 0.3)),
            (Driver::Haircut, uniform(0.2, 1.2)),
            (Driver::Stretch, uniform(0.0, 0.6)),
            (Driver::FirePrice, uniform(0.1, 0.8)),
            (Driver::DefaultCost, uniform(0.0, 0.2)),
            (Driver::CostLearning, uniform(0.0, 0.2)),
        ],
        ..Scenario::default()
    }
}

fn cash(trace: &Trace) -> Vec<Vec<f64>> {
    trace.quarters.iter().map(|quarter| quarter.parties.iter().map(|party| party.cash).collect()).collect()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-8 * (1.0 + a.abs().max(b.abs()))
}

fn plain(world: &World, haircut: f64) -> Trace {
    let scenario = Scenario { drivers: pinned(&[(Driver::Haircut, haircut)]), ..Scenario::default() };
    Model::new(world, &scenario).unwrap().trace(1, 0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_twin_agrees(seed in 0_u64..1 << 40) {
        let (world, haircut) = plain_world(seed);
        let (trace, told) = (plain(&world, haircut), twin::run(&world, haircut));
        for (quarter, (found, wanted)) in cash(&trace).iter().zip(&told.cash).enumerate() {
            for (found, wanted) in found.iter().zip(wanted) {
                prop_assert!(close(*found, *wanted), "quarter {}: {found} {wanted}", quarter + 1);
            }
        }
        for (account, wanted) in trace.quarters.iter().zip(&told.paid) {
            for (leg, wanted) in account.legs.iter().zip(wanted) {
                prop_assert!(close(leg.paid, *wanted));
            }
        }
        let defaults: Vec<(u32, u32)> = trace.events.iter().map(|event| (event.quarter, event.party)).collect();
        prop_assert_eq!(defaults, told.defaults);
    }

    #[test]
    fn accounts_add_up(seed in 0_u64..1 << 40) {
        let (world, scenario) = full_world(seed);
        let model = Model::new(&world, &scenario).unwrap();
        for path in 0..4 {
            let trace = model.trace(seed, path);
            prop_assert_eq!(&trace.row, &model.path(seed, path));
            let mut paid = vec![0.0; world.legs.len()];
            let mut before: Vec<f64> = world.parties.iter().map(|party| party.cash).collect();
            for account in &trace.quarters {
                let matrix = model.matrix(&trace, account.quarter).unwrap();
                for (name, row) in &matrix.rows {
                    prop_assert!(row.iter().sum::<f64>().abs() < 1e-9, "{name}");
                }
                let change = &matrix.rows.last().unwrap().1;
                for (at, party) in account.parties.iter().enumerate() {
                    prop_assert!(close(party.cash - before[at], -change[at]), "{} {} {}", account.quarter, party.cash - before[at], -change[at]);
                    prop_assert!(party.cash >= 0.0 && party.debt >= 0.0 && party.plant >= -1e-9);
                    before[at] = party.cash;
                }
                for (at, leg) in account.legs.iter().enumerate() {
                    paid[at] += leg.paid;
                    prop_assert!(close(paid[at] + leg.arrears + leg.cancelled + leg.to_come, trace.committed[at]));
                    prop_assert!(leg.paid >= 0.0 && leg.arrears >= -1e-12 && leg.cancelled >= -1e-9 && leg.to_come >= -1e-7,
                        "{}: {leg:?} {:?}", account.quarter, world.legs[at]);
                }
            }
        }
    }

    #[test]
    fn bits_do_not_depend_on_lanes(seed in 0_u64..1 << 40) {
        let (world, scenario) = full_world(seed);
        let model = Model::new(&world, &scenario).unwrap();
        let design = Design {
            values: (0..37).map(|path| model.values(seed, path)).collect(),
            luck: (0..37).map(|path| model.luck(seed, path)).collect(),
        };
        let bits = |lanes| format!("{:?}", model.run_values_with(lanes, &design));
        let one = bits(Lanes::One);
        for lanes in [Lanes::Four, Lanes::Eight, Lanes::Sixteen] {
            prop_assert_eq!(&one, &bits(lanes));
        }
    }

    #[test]
    fn names_order_and_halves_change_nothing(seed in 0_u64..1 << 40) {
        let (world, haircut) = plain_world(seed);
        let expected = cash(&plain(&world, haircut));
        let mut halves = world.clone();
        let mut half = halves.legs[0].clone();
        for part in [&mut halves.legs[0], &mut half] {
            match &mut part.schedule {
                Schedule::Amounts(amounts) => amounts.iter_mut().for_each(|x| *x *= 0.5),
                Schedule::TakeOrPay { price_per_gw_year, .. } => *price_per_gw_year *= 0.5,
                Schedule::Milestone { per_gw, .. } => *per_gw *= 0.5,
                Schedule::Build { share, .. } => *share *= 0.5,
            }
        }
        halves.legs.push(half);
        halves.legs.reverse();
        halves.parties.iter_mut().for_each(|party| party.id.push('x'));
        let mut seven = world.clone();
        for party in &mut seven.parties {
            party.cash *= 7.0;
            party.financing.facility *= 7.0;
            party.financing.debt_limit *= 7.0;
            party.financing.buffer *= 7.0;
        }
        for leg in &mut seven.legs {
            match &mut leg.schedule {
                Schedule::Amounts(amounts) => amounts.iter_mut().for_each(|x| *x *= 7.0),
                Schedule::TakeOrPay { price_per_gw_year, .. } => *price_per_gw_year *= 7.0,
                Schedule::Milestone { per_gw, .. } => *per_gw *= 7.0,
                Schedule::Build { share, .. } => *share *= 7.0,
            }
        }
        let mut turned = world.clone();
        let last = world.parties.len() as u32 - 1;
        let turn = |actor: Actor| match actor { Actor::Party(at) => Actor::Party(last - at), sector => sector };
        turned.parties.reverse();
        turned.legs.iter_mut().for_each(|leg| (leg.payer, leg.payee) = (turn(leg.payer), turn(leg.payee)));
        let all = [cash(&plain(&halves, haircut)), cash(&plain(&seven, haircut)), cash(&plain(&turned, haircut))];
        for (quarter, expected) in expected.iter().enumerate() {
            for (at, expected) in expected.iter().enumerate() {
                prop_assert!(close(all[0][quarter][at], *expected));
                prop_assert!(close(all[1][quarter][at], 7.0 * expected));
                prop_assert!(close(all[2][quarter][last as usize - at], *expected));
            }
        }
    }

    #[test]
    fn a_later_start_moves_everything_by_one(seed in 0_u64..1 << 40) {
        let (mut world, haircut) = plain_world(seed);
        // A buffer would be filled in the quarter before, which has none.
        world.parties.iter_mut().for_each(|party| party.financing.buffer = 0.0);
        world.legs.retain(|leg| !matches!(leg.schedule, Schedule::Build { .. }));
        let first = cash(&plain(&world, haircut));
        let mut later = world.clone();
        later.quarters += 1;
        later.sites.iter_mut().for_each(|site| site.plan_gw.insert(0, 0.0));
        for leg in &mut later.legs {
            if let Schedule::Amounts(amounts) = &mut leg.schedule {
                amounts.insert(0, 0.0);
            }
        }
        let second = cash(&plain(&later, haircut));
        for (first, second) in first.iter().zip(&second[1..]) {
            for (first, second) in first.iter().zip(second) {
                prop_assert!(close(*first, *second));
            }
        }
    }

    #[test]
    fn cash_lowers_no_payment_of_a_quarter(seed in 0_u64..1 << 40, extra in 0.0..10.0_f64) {
        let (mut world, haircut) = plain_world(seed);
        world.quarters = 1;
        world.parties.iter_mut().for_each(|party| party.financing = Financing::default());
        let before = plain(&world, haircut);
        world.parties[0].cash += extra;
        let after = plain(&world, haircut);
        for (before, after) in before.quarters[0].legs.iter().zip(&after.quarters[0].legs) {
            prop_assert!(after.paid >= before.paid - 1e-9);
        }
    }
}

#[test]
fn thousands_of_paths_are_the_same_on_any_number_of_threads() {
    let (world, scenario) = full_world(77);
    let model = Model::new(&world, &scenario).unwrap();
    let run = |threads: usize, lanes| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let summary = pool.install(|| model.run_with(lanes, 5, 4096, &mut |_| ControlFlow::Continue(())));
        serde_json::to_string(&summary).unwrap()
    };
    let one = run(1, Lanes::Eight);
    assert_eq!(one, run(2, Lanes::Eight));
    assert_eq!(one, run(2, Lanes::One));
    assert_eq!(one, run(3, Lanes::Four));
}

#[test]
fn a_break_gives_a_partial_summary() {
    let (world, scenario) = full_world(3);
    let model = Model::new(&world, &scenario).unwrap();
    let summary = model.run(1, 1 << 20, &mut |_| ControlFlow::Break(()));
    assert!(summary.partial && summary.paths > 0 && summary.paths < 1 << 20);
    let odds: f64 = summary.odds.iter().map(|odds| odds.part).sum();
    assert!((odds - 1.0).abs() < 1e-12);
}

#[test]
fn luck_is_a_factor_and_a_constant_outcome_has_no_indices() {
    let (world, scenario) = full_world(12);
    let model = Model::new(&world, &scenario).unwrap();
    let found = model.sensitivity(
        1,
        256,
        &[("demand".to_owned(), vec![Driver::Demand2030, Driver::DemandShape])],
        &[("spending", &|row| row.final_spending), ("one", &|_| 1.0)],
    );
    assert_eq!(found[0].inputs.len(), scenario.drivers.len() + 2);
    let total = |name: &str| found[0].inputs.iter().find(|input| input.name == name).unwrap().total.value;
    assert!(total("luck") > 0.0 && total("demand_2030") > 0.0);
    assert_eq!(total("haircut"), 0.0);
    assert!(found[1].inputs.is_empty() && found[1].reason.is_some());
}

/// The properties are about trouble: the worlds must have it.
#[test]
fn random_worlds_have_arrears_and_defaults() {
    let (mut arrears, mut defaults) = (0, 0);
    for seed in 0..300 {
        let (world, haircut) = plain_world(seed);
        let trace = plain(&world, haircut);
        arrears += usize::from(
            trace.quarters.iter().any(|quarter| quarter.legs.iter().any(|leg| leg.arrears > 1e-6)),
        );
        defaults += usize::from(!trace.events.is_empty());
    }
    assert!(arrears > 100 && defaults > 50, "{arrears} {defaults}");
}
