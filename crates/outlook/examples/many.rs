//! 100,000 paths of a made-up web of 30 parties, 100 legs and 24 quarters with all of the model in use, timed.
//!
//! `cargo run --release -p abilene-outlook --example many -- [PATHS] [THREADS]`

use std::ops::ControlFlow;
use std::time::Instant;

use abilene_outlook::prim::{Peeling, find};
use abilene_outlook::sensitivity::Indices;
use abilene_outlook::sobol::Sobol;
use abilene_outlook::{
    Actor, Condition, Demand, Distribution, Driver, Financing, Leg, Model, Party, Purpose, Rules, Running,
    Scenario, Schedule, Site, Stake, World, luck,
};

const PARTIES: usize = 30;
const LEGS: usize = 100;
const SITES: usize = 20;

fn unit(of: &str, at: usize) -> f64 {
    luck::draw(luck::key(of), at as u64, 0)
}

fn party(at: usize) -> Party {
    let lab = at < 8;
    Party {
        id: format!("party {at}"),
        cash: 5.0 + 40.0 * unit("cash", at),
        debt: 20.0 * unit("debt", at),
        maturities: vec![0.5 * unit("maturities", at); 24],
        interest: 0.06,
        plant: 60.0 * unit("plant", at),
        opening_gw: if lab { 0.5 } else { 0.0 },
        market_share: if at < 16 { 0.2 + unit("share", at) } else { 0.0 },
        running: Running {
            fixed_per_year: 0.5,
            per_customer_revenue: 0.3,
            per_contract_revenue: if at < 16 { 0.0 } else { 0.6 },
            per_gw_year: 0.3,
        },
        other_cash_per_year: if lab { 0.0 } else { 15.0 * unit("other", at) },
        financing: Financing {
            facility: 5.0 * unit("facility", at),
            debt_per_operating_cash: 2.0,
            debt_per_receivables: 0.2,
            equity_per_year: 0.1,
            valuation: if lab { 200.0 * unit("valuation", at) } else { 0.0 },
            buffer: 1.0,
            ..Financing::default()
        },
        tests_value: !lab,
        ..Party::default()
    }
}

fn leg(at: usize) -> Leg {
    let payer = at % PARTIES;
    let payee = (payer + 1 + (unit("payee", at) * (PARTIES - 1) as f64) as usize) % PARTIES;
    let site = (at % SITES) as u32;
    let schedule = match at % 4 {
        0 => Schedule::TakeOrPay { sites: vec![site], price_per_gw_year: 9.0, quarters: 60 },
        1 => Schedule::Build { sites: vec![site], cost_per_gw: 30.0, build_quarters: 4, share: 0.2 },
        2 => Schedule::Milestone { sites: vec![site], per_gw: 5.0, step_gw: 0.5, up_to_gw: 4.0 },
        _ => Schedule::Amounts(vec![1.5 * unit("amount", at); 24]),
    };
    Leg {
        id: format!("leg {at}"),
        deal: format!("deal {}", at / 2),
        payer: Actor::Party(payer as u32),
        payee: Actor::Party(payee as u32),
        instrument: "leg".to_owned(),
        class: u8::from(at.is_multiple_of(5)),
        purpose: [Purpose::Operating, Purpose::Capital, Purpose::Finance, Purpose::Operating][at % 4],
        schedule,
        scale: None,
        condition: if at.is_multiple_of(11) { Condition::PayeeStands } else { Condition::Always },
        vendor_finance: at % 4 == 2,
        stretchable: at.is_multiple_of(4),
    }
}

fn world() -> World {
    let site = |at: usize| Site {
        id: format!("site {at}"),
        plan_gw: (0..28).map(|k| 0.25 * unit("plan", at * 28 + k)).collect(),
        operator: Some((8 + at % 8) as u32),
        tenant: Some((at % 8) as u32),
        delay_weight: 1.0,
        slip_weight: 1.0,
        deal: format!("deal {at}"),
        serves: true,
        ..Site::default()
    };
    World {
        quarters: 24,
        parties: (0..PARTIES).map(party).collect(),
        sites: (0..SITES).map(site).collect(),
        legs: (0..LEGS).map(leg).collect(),
        stakes: (0..6).map(|at| Stake { holder: at + 20, of: at, share: 0.1 }).collect(),
        demand: Some(Demand { today_per_year: 60.0, horizon: 24 }),
        rules: Rules { grace_quarters: Some(2), ..Rules::default() },
    }
}

fn scenario() -> Scenario {
    let uniform = |min, max| Distribution::Uniform { min, max };
    let pert = |min, mode, max| Distribution::Pert { min, mode, max, lambda: 4.0 };
    Scenario {
        drivers: vec![
            (Driver::Demand2030, Distribution::LogNormal { p10: 300.0, p90: 2000.0 }),
            (Driver::DemandMidpoint, pert(8.0, 12.0, 20.0)),
            (Driver::DemandShape, uniform(2.0, 3.0)),
            (Driver::DemandNoise, uniform(0.0, 0.05)),
            (Driver::Elasticity, uniform(0.6, 1.4)),
            (Driver::EfficiencyGrowth, uniform(1.5, 2.5)),
            (Driver::PresumedGrowth, Distribution::Pinned { value: 2.0 }),
            (Driver::Delay, pert(0.0, 1.0, 4.0)),
            (Driver::Slip, uniform(0.0, 1.0)),
            (Driver::CostLevel, pert(0.8, 1.0, 1.4)),
            (Driver::CostLearning, uniform(0.0, 0.1)),
            (Driver::UsefulLife, uniform(4.0, 7.0)),
            (Driver::NonAiGrowth, uniform(-0.05, 0.1)),
            (Driver::ShareSpread, uniform(0.0, 0.6)),
            (Driver::InterestSpread, uniform(0.0, 0.04)),
            (Driver::MarketThreshold, uniform(0.2, 0.8)),
            (Driver::MarketNoise, uniform(0.0, 0.1)),
            (Driver::Haircut, uniform(0.2, 0.8)),
            (Driver::Stretch, uniform(0.0, 0.5)),
            (Driver::FirePrice, uniform(0.2, 0.6)),
            (Driver::DefaultCost, uniform(0.0, 0.1)),
        ],
        ..Scenario::default()
    }
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let out = work();
    println!("{what}: {:.3} s", start.elapsed().as_secs_f64());
    out
}

/// 24 quarters × 5 outcomes of 20 inputs from `2^14` points, and one outcome.
fn indices(outputs: usize) {
    let names = |letter: &str, n: usize| (0..n).map(|at| format!("{letter}{at}")).collect();
    let mut indices = Indices::new(names("x", 20), names("y", outputs), 16);
    let row: Vec<f64> = (0..outputs + 22).map(|at| unit("row", at)).collect::<Vec<f64>>();
    for point in 0..1 << 14 {
        let of = |input: usize| &row[(point + input) % 22..][..outputs];
        indices.add(point % 16, of(0), of(1), (2..22).map(of));
    }
    let total: f64 =
        indices.finish().iter().flat_map(|output| &output.inputs).map(|input| input.total.value).sum();
    assert!(total.is_finite());
}

fn main() {
    let argument =
        |at: usize, default: u64| std::env::args().nth(at).and_then(|a| a.parse().ok()).unwrap_or(default);
    let (paths, threads) = (argument(1, 100_000), argument(2, 2));
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads as usize).build_global();
    let model = match Model::new(&world(), &scenario()) {
        Ok(model) => model,
        Err(error) => return println!("{error}"),
    };
    let what = format!("{paths} paths, 30 parties, 100 legs, 24 quarters, {threads} threads, with fans");
    let summary = timed(&what, || model.run(1, paths, &mut |_| ControlFlow::Continue(())));
    for odds in &summary.odds {
        println!("  {:?}: {:.4} ± {:.4}", odds.outcome, odds.part, odds.error.unwrap_or(0.0));
    }
    let defaults: f64 = summary.parties.iter().map(|party| party.defaults).sum();
    println!("  defaults a path: {defaults:.2}");
    timed("drivers of the same paths alone, one thread", || {
        (0..paths).map(|path| model.values(1, path)[0]).sum::<f64>()
    });
    timed("Sobol indices, 20 inputs, 2^14 points, 1 outcome, after the runs", || indices(1));
    timed("Sobol indices, 20 inputs, 2^14 points, 120 outcomes, after the runs", || indices(120));
    let sobol = Sobol::new(20);
    let columns: Vec<Vec<f64>> =
        (0..20).map(|d| (0..100_000).map(|at| sobol.point(d, at, 1)).collect()).collect();
    let hit = |row: usize| columns[2][row] > 0.4 && columns[7][row] < 0.6 && unit("hit", row) < 0.9;
    let hits: Vec<bool> = (0..100_000).map(hit).collect();
    let found = timed("PRIM, 20 inputs, 100,000 rows", || find(&columns, &hits, &Peeling::default()));
    println!("  {} limits", found.map_or(0, |found| found.limits.len()));
}
