//! The subset of benches/peers/outlook_peers.py through the general engine: 12 parties, 24 quarters, and its checksums.
//!
//! `cargo run --release -p abilene-outlook --example subset -- [PATHS] [LANES] [THREADS]` prints one JSON object.

use std::time::Instant;

use abilene_outlook::luck::uniform;
use abilene_outlook::{
    Actor, Condition, Demand, Design, Distribution, Driver, Lanes, Leg, Model, Party, PathRow, Purpose,
    Running, Scenario, Schedule, Site, Values, World,
};

const PLAN: usize = 16;

fn gw(lab: usize, cloud: usize, x: f64) -> f64 {
    let size = 0.5 + 0.25 * ((2 * lab + 3 * cloud) % 5) as f64;
    let start = ((3 * lab + 2 * cloud) % 7) as f64;
    size * ((x - start) / 8.0).clamp(0.0, 1.0)
}

fn leg(payer: usize, payee: Actor, purpose: Purpose, schedule: Schedule) -> Leg {
    Leg {
        id: String::new(),
        deal: String::new(),
        payer: Actor::Party(payer as u32),
        payee,
        instrument: String::new(),
        class: 0,
        purpose,
        scale: matches!(schedule, Schedule::TakeOrPay { .. }).then_some(Driver::Level0),
        schedule,
        condition: Condition::Always,
        vendor_finance: false,
        stretchable: false,
    }
}

fn parties() -> Vec<Party> {
    let cash = [14.0, 12.0, 10.0, 30.0, 25.0, 20.0, 10.0, 5.0, 15.0, 4.0, 2.0, 3.0];
    let share = [0.36, 0.33, 0.31, 0.3, 0.25, 0.2, 0.15, 0.1];
    let party = |at: usize| {
        let (fixed, customers, contracts) = match at {
            0..=2 => (0.3, 0.35, 0.0),
            3..=7 => (0.2, 0.25, 0.0),
            8..=10 => (0.1, 0.0, 0.45),
            _ => (0.1, 0.0, 0.9),
        };
        Party {
            id: format!("party {at}"),
            cash: cash[at],
            market_share: share.get(at).map_or(0.0, |share| share * if at < 3 { 0.8 } else { 0.2 }),
            opening_gw: if at == 3 { 6.0 } else { 0.0 },
            running: Running {
                fixed_per_year: 4.0 * fixed,
                per_customer_revenue: customers,
                per_contract_revenue: contracts,
                per_gw_year: 0.0,
            },
            ..Party::default()
        }
    };
    (0..12).map(party).collect()
}

fn legs() -> Vec<Leg> {
    let site = |lab: usize, cloud: usize| (5 * lab + cloud) as u32;
    let (vendor_share, stake) = ([0.7, 0.2, 0.1], [1.0, 0.8, 0.5]);
    let mut legs = Vec::new();
    for lab in 0..3 {
        for cloud in 0..5 {
            let sites = vec![site(lab, cloud)];
            let rent = Schedule::TakeOrPay { sites, price_per_gw_year: 7.0, quarters: 100 };
            legs.push(leg(lab, Actor::Party(3 + cloud as u32), Purpose::Operating, rent));
        }
    }
    for cloud in 0..5 {
        let build = |share| Schedule::Build {
            sites: (0..3).map(|lab| site(lab, cloud)).collect(),
            cost_per_gw: 24.0,
            build_quarters: 4,
            share,
        };
        for (vendor, part) in vendor_share.iter().enumerate() {
            legs.push(leg(3 + cloud, Actor::Party(8 + vendor as u32), Purpose::Operating, build(0.6 * part)));
        }
        legs.push(leg(3 + cloud, Actor::Party(11), Purpose::Operating, build(0.25)));
        legs.push(leg(3 + cloud, Actor::Suppliers, Purpose::Operating, build(0.15)));
    }
    for (vendor, part) in vendor_share.iter().enumerate() {
        for (lab, size) in stake.iter().enumerate() {
            let sites = (0..5).map(|cloud| site(lab, cloud)).collect();
            let per_gw = 9.0 * size * part;
            let schedule = Schedule::Milestone { sites, per_gw, step_gw: 0.0, up_to_gw: 1e6 };
            legs.push(leg(8 + vendor, Actor::Party(lab as u32), Purpose::Finance, schedule));
        }
    }
    legs
}

fn world() -> World {
    let mut sites = Vec::new();
    for lab in 0..3 {
        for cloud in 0..5 {
            let plan =
                (1..=PLAN).map(|x| gw(lab, cloud, x as f64) - gw(lab, cloud, x as f64 - 1.0)).collect();
            sites.push(Site { plan_gw: plan, delay_weight: 1.0, serves: true, ..Site::default() });
        }
    }
    World {
        quarters: 24,
        parties: parties(),
        sites,
        legs: legs(),
        demand: Some(Demand { today_per_year: 30.0, horizon: 24 }),
        ..World::default()
    }
}

fn values(seed: u64, path: u64) -> Values {
    let u = |j: u64| {
        let z = seed.wrapping_add((8 * path + j + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        uniform(abilene_outlook::luck::mix(z)) - 0.5 / 9_007_199_254_740_992.0
    };
    let mut values = Driver::DEFAULTS;
    let mut set = |driver: Driver, value: f64| values[driver.at()] = value;
    set(Driver::Demand2030, 100.0 * 5_f64.powf(u(0)));
    set(Driver::DemandMidpoint, 8.0 + 10.0 * u(1));
    set(Driver::DemandShape, 2.5);
    set(Driver::Elasticity, 0.5 + u(2));
    set(Driver::EfficiencyGrowth, 1.2 + 1.8 * u(3));
    set(Driver::PresumedGrowth, 2.0);
    set(Driver::Delay, (5.0 * u(4)).floor());
    set(Driver::Level0, 0.8 + 0.4 * u(5));
    values
}

fn moments(rows: &[PathRow], of: impl Fn(&PathRow) -> f64) -> (f64, f64) {
    let n = rows.len() as f64;
    let mean = rows.iter().map(&of).sum::<f64>() / n;
    let square = rows.iter().map(|row| (of(row) - mean).powi(2)).sum::<f64>() / n;
    (mean, square.sqrt())
}

fn main() {
    let argument =
        |at: usize, default: u64| std::env::args().nth(at).and_then(|a| a.parse().ok()).unwrap_or(default);
    let (paths, lanes, threads) = (argument(1, 20_000), argument(2, 8), argument(3, 1));
    let lanes = match lanes {
        1 => Lanes::One,
        4 => Lanes::Four,
        16 => Lanes::Sixteen,
        _ => Lanes::Eight,
    };
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads as usize).build_global();
    let drivers = vec![(Driver::DemandShape, Distribution::Pinned { value: 2.5 })];
    let Ok(model) = Model::new(&world(), &Scenario { drivers, ..Scenario::default() }) else { return };
    let design =
        Design { values: (0..paths).map(|path| values(1, path)).collect(), luck: (0..paths).collect() };
    let mut best = f64::INFINITY;
    let mut rows = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        rows = model.run_values_with(lanes, &design);
        best = best.min(start.elapsed().as_secs_f64());
    }
    let mut cash = (vec![0.0; 12], vec![0.0; 12]);
    for path in 0..paths.min(20_000) {
        let mut last = Vec::new();
        model.view_values(path, &design.values[path as usize], path, &mut |view| {
            last = view.cash[view.cash.len() - 12..].to_vec();
        });
        cash.0.iter_mut().zip(&last).for_each(|(sum, x)| *sum += x);
        cash.1.iter_mut().zip(&last).for_each(|(sum, x)| *sum += x * x);
    }
    let n = paths.min(20_000) as f64;
    let mean: Vec<f64> = cash.0.iter().map(|sum| sum / n).collect();
    let sd: Vec<f64> =
        cash.1.iter().zip(&mean).map(|(sum, mean)| (sum / n - mean * mean).max(0.0).sqrt()).collect();
    let (arrears, paid) = (moments(&rows, |row| row.arrears), moments(&rows, |row| row.paid_all));
    let behind = rows.iter().filter(|row| row.arrears > 1e-6).count() as f64 / paths as f64;
    println!(
        "{{\"paths\": {paths}, \"threads\": {threads}, \"lanes\": \"{lanes:?}\", \"paths_per_second\": {:.0},\n \
         \"final_cash_mean\": {mean:?},\n \"final_cash_sd\": {sd:?},\n \
         \"final_arrears_mean\": {}, \"final_arrears_sd\": {}, \"total_paid_mean\": {}, \"total_paid_sd\": {}, \
         \"paths_with_arrears_at_the_end\": {behind}}}",
        paths as f64 / best,
        arrears.0,
        arrears.1,
        paid.0,
        paid.1
    );
}
