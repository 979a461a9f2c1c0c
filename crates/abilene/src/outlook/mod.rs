//! Bridge or debt trap: the quarters to come, over many paths.

mod build;
mod calendar;
mod rules;
mod world;

use std::ops::ControlFlow;

use abilene_flows::project;
use abilene_outlook::{Model, Summary};

use self::calendar::Calendar;
use self::rules::Merged;
use crate::money::Scale;
use crate::options::Ask;

/// Tries.
pub fn probe(ask: &Ask, id: &str, paths: u64) -> Result<Summary, String> {
    let view = ask.view();
    let projection = project(&view);
    let scale = Scale::of(ask.book);
    let calendar = Calendar::of(ask.as_of, ask.span.to);
    let told = ask.book.scenario(id).ok_or("no scenario")?;
    let merged = Merged::of(ask.book, told, &calendar);
    let case = world::world(&projection, &merged, &calendar, &scale);
    eprintln!(
        "{} parties {} legs {} sites, carried {}, folded {:?}",
        case.world.parties.len(),
        case.world.legs.len(),
        case.world.sites.len(),
        case.carried,
        case.folded
    );
    for p in &case.world.parties {
        eprintln!(
            "{:12} cash {:6.1} debt {:6.1} plant {:6.1} gw {:5.2} share {:5.1} other {:6.1} perc {:.2} {:.2} fac {:.1} val {:.0} buf {:.1}",
            p.id,
            p.cash,
            p.debt,
            p.plant,
            p.opening_gw,
            p.market_share,
            p.other_cash_per_year,
            p.running.per_customer_revenue,
            p.running.per_contract_revenue,
            p.financing.facility,
            p.financing.valuation,
            p.financing.buffer
        );
    }
    for s in &case.world.sites {
        eprintln!(
            "site {} {:?} {:.2} first {:?}",
            s.id,
            s.operator.map(|o| &case.world.parties[o as usize].id),
            s.plan_gw.iter().sum::<f64>(),
            s.plan_gw.iter().position(|g| *g > 0.0)
        );
    }
    let model = Model::new(&case.world, &merged.scenario).map_err(|e| e.to_string())?;
    Ok(model.run(1, paths, &mut |_| ControlFlow::Continue(())))
}
