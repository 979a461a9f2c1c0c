//! The golden worlds of tests/golden/outlook.json as worlds of the engine.

use std::fs;

use abilene_outlook::{
    Actor, Condition, Financing, Leg, Party, Purpose, Rules, Schedule, Shock, Site, World,
};
use serde_json::Value;

pub fn file(name: &str) -> Value {
    let path = format!("{}/../../tests/golden/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

pub fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

/// World, shocks, haircut (1: cancel).
pub fn world(golden: &Value) -> (World, Vec<Shock>, f64) {
    let quarters = golden["quarters"].as_u64().unwrap() as usize;
    let mut parties: Vec<Party> = golden["parties"]
        .as_array()
        .unwrap()
        .iter()
        .map(|party| Party {
            id: party["id"].as_str().unwrap().to_owned(),
            cash: party["cash"].as_f64().unwrap(),
            ..Party::default()
        })
        .collect();
    for terms in golden["financing"].as_array().into_iter().flatten() {
        let party = parties.iter_mut().find(|party| terms["party"] == party.id).unwrap();
        party.interest = terms["interest"].as_f64().unwrap();
        party.financing = Financing {
            facility: terms["facility"].as_f64().unwrap(),
            debt_limit: terms["debt_limit"].as_f64().unwrap(),
            buffer: terms["buffer"].as_f64().unwrap(),
            ..Financing::default()
        };
    }
    let sites: Vec<Site> = golden["sites"]
        .as_array()
        .unwrap()
        .iter()
        .map(|site| Site {
            id: site["id"].as_str().unwrap().to_owned(),
            plan_gw: numbers(&site["plan_gw"]),
            delay: site["delay"].as_u64().unwrap() as u32,
            ..Site::default()
        })
        .collect();
    let legs = golden["legs"].as_array().unwrap().iter().map(|of| leg(of, &parties, &sites)).collect();
    let shocks = golden["market_open"].as_array().into_iter().flatten().enumerate();
    let shocks = shocks
        .filter(|(_, open)| **open == false)
        .map(|(at, _)| Shock::MarketShut { from: at as u32 + 1, until: at as u32 + 1 })
        .collect();
    let rules = &golden["rules"];
    let grace = rules["grace_quarters"].as_u64().map(|grace| grace as u32);
    let haircut = rules["on_default"]["haircut"].as_f64().unwrap_or(1.0);
    let rules = Rules { grace_quarters: grace, ..Rules::default() };
    (World { quarters, parties, sites, legs, rules, ..World::default() }, shocks, haircut)
}

fn leg(golden: &Value, parties: &[Party], sites: &[Site]) -> Leg {
    let actor = |key: &str| match golden[key].as_str().unwrap() {
        "customers" => Actor::Customers,
        "markets" => Actor::Markets,
        "suppliers" => Actor::Suppliers,
        id => Actor::Party(parties.iter().position(|party| party.id == id).unwrap() as u32),
    };
    let text = |key: &str| golden[key].as_str().unwrap().to_owned();
    let instrument = text("instrument");
    let finance = ["equity", "loan"].contains(&instrument.as_str());
    Leg {
        id: text("id"),
        deal: text("id"),
        payer: actor("payer"),
        payee: actor("payee"),
        class: golden["class"].as_u64().unwrap() as u8,
        purpose: if finance { Purpose::Finance } else { Purpose::Operating },
        schedule: schedule(&golden["schedule"], sites),
        scale: None,
        condition: Condition::Always,
        vendor_finance: instrument == "equity",
        stretchable: false,
        instrument,
    }
}

fn schedule(golden: &Value, sites: &[Site]) -> Schedule {
    let number = |key: &str| golden[key].as_f64().unwrap();
    let place = || vec![sites.iter().position(|site| golden["site"] == site.id).unwrap() as u32];
    match golden["kind"].as_str().unwrap() {
        "dates" => {
            let due = golden["due"].as_object().unwrap();
            let last = due.keys().map(|key| key.parse::<usize>().unwrap()).max().unwrap();
            let mut amounts = vec![0.0; last];
            for (quarter, amount) in due {
                amounts[quarter.parse::<usize>().unwrap() - 1] = amount.as_f64().unwrap();
            }
            Schedule::Amounts(amounts)
        }
        "take_or_pay" => Schedule::TakeOrPay {
            sites: place(),
            price_per_gw_year: number("price_per_gw_year"),
            quarters: number("quarters") as u32,
        },
        "milestone" => Schedule::Milestone {
            sites: place(),
            per_gw: number("per_gw"),
            step_gw: number("step_gw"),
            up_to_gw: number("up_to_gw"),
        },
        _ => Schedule::Build {
            sites: place(),
            cost_per_gw: number("cost_per_gw"),
            build_quarters: number("build_quarters") as u32,
            share: number("share"),
        },
    }
}
