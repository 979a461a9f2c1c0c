//! A plain twin of the quarter: clearing by sweeps from above over legs, not accounts; one path; no lanes, no solver.
//!
//! It knows dated legs, sites without tenants, facilities, fixed debt limits, grace and haircuts: what the generator of
//! worlds makes.

use abilene_outlook::{Actor, Leg, Schedule, World};

/// What both must agree on: by quarter, cash by party; by quarter, paid by leg; defaults.
pub struct Told {
    pub cash: Vec<Vec<f64>>,
    pub paid: Vec<Vec<f64>>,
    pub defaults: Vec<(u32, u32)>,
}

fn gw(world: &World, site: u32, t: i64) -> f64 {
    let site = &world.sites[site as usize];
    (0..site.plan_gw.len() as i64)
        .filter(|k| k + 1 + i64::from(site.delay) <= t)
        .map(|k| site.plan_gw[k as usize])
        .sum()
}

fn due(world: &World, leg: &Leg, t: i64) -> f64 {
    match &leg.schedule {
        Schedule::Amounts(amounts) => amounts.get(t as usize - 1).copied().unwrap_or(0.0),
        Schedule::TakeOrPay { sites, price_per_gw_year, quarters } => {
            let at = |t| sites.iter().map(|site| gw(world, *site, t)).sum::<f64>();
            (at(t) - at(t - i64::from(*quarters))) * price_per_gw_year / 4.0
        }
        Schedule::Milestone { sites, per_gw, step_gw, up_to_gw } => {
            let steps = |t| {
                let gw: f64 = sites.iter().map(|site| gw(world, *site, t)).sum();
                ((gw + 1e-9) / step_gw).floor().min(((up_to_gw + 1e-9) / step_gw).floor())
            };
            (steps(t) - steps(t - 1)) * per_gw * step_gw
        }
        Schedule::Build { sites, cost_per_gw, build_quarters, share } => {
            let at = |t| sites.iter().map(|site| gw(world, *site, t)).sum::<f64>();
            let ahead = i64::from(*build_quarters);
            (at(t + ahead) - at(t)) * cost_per_gw * share / *build_quarters as f64
        }
    }
}

fn place(actor: Actor) -> Option<usize> {
    if let Actor::Party(at) = actor { Some(at as usize) } else { None }
}

struct Books {
    cash: Vec<f64>,
    arrears: Vec<f64>,
    keep: Vec<f64>,
    alive: Vec<bool>,
    streak: Vec<u32>,
    facility: Vec<f64>,
    debt: Vec<f64>,
    drawn: Vec<f64>,
    interest_arrears: Vec<f64>,
    last_ratio: Vec<f64>,
}

/// Runs the world; `haircut` of 1 cancels.
pub fn run(world: &World, haircut: f64) -> Told {
    let (n, m) = (world.parties.len(), world.legs.len());
    let mut b = Books {
        cash: world.parties.iter().map(|party| party.cash).collect(),
        arrears: vec![0.0; m],
        keep: vec![1.0; n],
        alive: vec![true; n],
        streak: vec![0; n],
        facility: world.parties.iter().map(|party| party.financing.facility).collect(),
        debt: vec![0.0; n],
        drawn: vec![0.0; n],
        interest_arrears: vec![0.0; n],
        last_ratio: vec![1.0; m],
    };
    let mut told = Told { cash: Vec::new(), paid: Vec::new(), defaults: Vec::new() };
    for t in 1..=world.quarters as i64 {
        let paid = quarter(world, &mut b, t);
        let grace = world.rules.grace_quarters.unwrap_or(u32::MAX);
        for at in 0..n {
            let owed: f64 = (0..m)
                .filter(|leg| place(world.legs[*leg].payer) == Some(at))
                .map(|leg| b.arrears[leg])
                .sum();
            let behind = b.alive[at] && owed + b.interest_arrears[at] > 1e-9;
            b.streak[at] = if behind { b.streak[at] + 1 } else { 0 };
            if b.streak[at] > grace {
                told.defaults.push((t as u32, at as u32));
                b.keep[at] *= 1.0 - haircut;
                b.debt[at] *= 1.0 - haircut;
                b.drawn[at] *= 1.0 - haircut;
                b.streak[at] = 0;
                b.alive[at] = haircut < 1.0;
                if haircut >= 1.0 {
                    b.facility[at] = 0.0;
                }
            }
        }
        told.cash.push(b.cash.clone());
        told.paid.push(paid);
    }
    told
}

fn quarter(world: &World, b: &mut Books, t: i64) -> Vec<f64> {
    let (n, m) = (world.parties.len(), world.legs.len());
    let mut fresh = vec![0.0; m];
    let mut funds = b.cash.clone();
    for (at, leg) in world.legs.iter().enumerate() {
        fresh[at] = due(world, leg, t) * place(leg.payer).map_or(1.0, |payer| b.keep[payer]);
        if let (None, Some(payee)) = (place(leg.payer), place(leg.payee)) {
            funds[payee] += fresh[at];
        }
    }
    let interest: Vec<f64> = (0..n)
        .map(|at| {
            if b.alive[at] {
                (b.debt[at] + b.drawn[at]) * world.parties[at].interest / 4.0 + b.interest_arrears[at]
            } else {
                0.0
            }
        })
        .collect();
    let owed: Vec<f64> = (0..m)
        .map(|at| match place(world.legs[at].payer) {
            Some(payer) if b.alive[payer] => fresh[at] + b.arrears[at],
            Some(_) => 0.0,
            None => fresh[at],
        })
        .collect();
    for at in 0..n {
        let out: f64 =
            (0..m).filter(|leg| place(world.legs[*leg].payer) == Some(at)).map(|leg| owed[leg]).sum();
        let inside = |leg: &usize| {
            place(world.legs[*leg].payee) == Some(at) && place(world.legs[*leg].payer).is_some()
        };
        let expected: f64 = (0..m).filter(inside).map(|leg| fresh[leg] * b.last_ratio[leg]).sum();
        let terms = &world.parties[at].financing;
        let short = (out + interest[at] + terms.buffer - funds[at] - expected).max(0.0);
        if b.alive[at] {
            let facility = short.min(b.facility[at]);
            let debt = (short - facility).min((terms.debt_limit - b.debt[at]).max(0.0));
            b.facility[at] -= facility;
            b.drawn[at] += facility;
            b.debt[at] += debt;
            funds[at] += facility + debt;
        }
    }
    let (ratios, interest_ratio) = clear(world, b, &owed, &interest, &funds);
    let paid: Vec<f64> = (0..m).map(|leg| owed[leg] * ratios[leg]).collect();
    for (at, leg) in world.legs.iter().enumerate() {
        if let Some(payer) = place(leg.payer) {
            funds[payer] -= paid[at];
            if let Some(payee) = place(leg.payee) {
                funds[payee] += paid[at];
            }
            if b.alive[payer] {
                b.arrears[at] = owed[at] - paid[at];
            }
        }
    }
    for at in 0..n {
        funds[at] -= interest[at] * interest_ratio[at];
        if b.alive[at] {
            b.interest_arrears[at] = interest[at] * (1.0 - interest_ratio[at]);
        }
        let extra = (-funds[at]).max(0.0).min(b.facility[at]);
        b.facility[at] -= extra;
        b.drawn[at] += extra;
        b.cash[at] = (funds[at] + extra).max(0.0);
    }
    b.last_ratio = ratios;
    paid
}

/// Sweeps from above until nothing moves.
fn clear(world: &World, b: &Books, owed: &[f64], interest: &[f64], funds: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let (n, m) = (world.parties.len(), world.legs.len());
    let (mut ratios, mut first) = (vec![1.0; m], vec![1.0; n]);
    for _ in 0..200_000 {
        let mut has: Vec<f64> =
            (0..n).map(|at| funds[at] + if b.alive[at] { b.facility[at] } else { 0.0 }).collect();
        for (at, leg) in world.legs.iter().enumerate() {
            if let (Some(_), Some(payee)) = (place(leg.payer), place(leg.payee)) {
                has[payee] += owed[at] * ratios[at];
            }
        }
        let mut change: f64 = 0.0;
        for at in 0..n {
            let mut left = has[at].max(0.0);
            first[at] = if interest[at] > 0.0 { (left / interest[at]).min(1.0) } else { 1.0 };
            left = (left - interest[at]).max(0.0);
            for class in 0..=2 {
                let mine: Vec<usize> = (0..m)
                    .filter(|leg| {
                        place(world.legs[*leg].payer) == Some(at) && world.legs[*leg].class == class
                    })
                    .collect();
                let total: f64 = mine.iter().map(|leg| owed[*leg]).sum();
                let ratio = if total > 0.0 { (left / total).min(1.0) } else { 1.0 };
                left = (left - total).max(0.0);
                for leg in mine {
                    change = change.max((ratios[leg] - ratio).abs());
                    ratios[leg] = ratio;
                }
            }
        }
        if change < 1e-15 {
            break;
        }
    }
    (ratios, first)
}
