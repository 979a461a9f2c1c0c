//! What a world must be before it is laid out.

use super::{MOST_LEGS, MOST_PARTIES, MOST_QUARTERS};
use crate::error::OutlookError;
use crate::scenario::Shock;
use crate::world::{Actor, Leg, Party, Schedule, Site, World};

type Check = Result<(), OutlookError>;

/// Numbers are finite and in range, places exist, nobody pays itself.
pub(super) fn world(world: &World) -> Check {
    size("quarters", world.quarters, MOST_QUARTERS)?;
    size("parties", world.parties.len(), MOST_PARTIES)?;
    size("legs", world.legs.len(), MOST_LEGS)?;
    if world.quarters == 0 {
        return wrong("world", "expected at least one quarter".to_owned());
    }
    world.parties.iter().try_for_each(party)?;
    world.sites.iter().try_for_each(|site| self::site(site, world))?;
    world.legs.iter().try_for_each(|leg| self::leg(leg, world))?;
    let mut held = vec![0.0; world.parties.len()];
    for stake in &world.stakes {
        let known = (stake.holder as usize) < held.len() && (stake.of as usize) < held.len();
        if !known || stake.holder == stake.of || !(0.0..=1.0).contains(&stake.share) {
            return wrong("stakes", format!("expected two parties and a share of 0 to 1; found {stake:?}"));
        }
        held[stake.of as usize] += stake.share;
    }
    if let Some(of) = held.iter().position(|sum| *sum > 1.0 + 1e-9) {
        return wrong(&world.parties[of].id, format!("expected at most all of it held; found {}", held[of]));
    }
    if world.rules.stretch_quarters == 0 {
        return wrong("rules", "expected stretch_quarters of at least 1".to_owned());
    }
    match world.demand {
        Some(demand) if demand.horizon == 0 => wrong("demand", "expected a horizon of at least 1".to_owned()),
        Some(demand) => amounts("demand", &[demand.today_per_year], 0.0),
        None => Ok(()),
    }
}

fn size(what: &str, found: usize, most: usize) -> Check {
    if found <= most { Ok(()) } else { Err(OutlookError::Size { what: what.to_owned(), found, most }) }
}

fn wrong(place: &str, problem: String) -> Check {
    Err(OutlookError::World { place: place.to_owned(), problem })
}

fn amounts(place: &str, found: &[f64], least: f64) -> Check {
    match found.iter().find(|x| !x.is_finite() || **x < least) {
        None => Ok(()),
        Some(bad) if least == f64::MIN => wrong(place, format!("expected finite numbers; found {bad}")),
        Some(bad) => wrong(place, format!("expected finite numbers of at least {least}; found {bad}")),
    }
}

fn party(party: &Party) -> Check {
    let place = format!("party {}", party.id);
    let (f, r) = (&party.financing, &party.running);
    amounts(
        &place,
        &[party.cash, party.debt, party.plant, party.opening_gw, party.market_share, party.interest],
        0.0,
    )?;
    amounts(&place, &party.maturities, 0.0)?;
    amounts(&place, &[r.fixed_per_year, r.per_customer_revenue, r.per_contract_revenue, r.per_gw_year], 0.0)?;
    amounts(&place, &[f.facility, f.debt_limit, f.debt_per_operating_cash, f.debt_per_receivables], 0.0)?;
    amounts(&place, &[f.equity_per_year, f.valuation, f.buffer], 0.0)?;
    amounts(&place, &[party.other_cash_per_year, party.other_net_assets], f64::MIN)
}

fn site(site: &Site, world: &World) -> Check {
    let place = format!("site {}", site.id);
    amounts(&place, &site.plan_gw, 0.0)?;
    amounts(&place, &[site.opening_gw, site.delay_weight, site.slip_weight], 0.0)?;
    let known =
        [site.operator, site.tenant].into_iter().flatten().all(|at| (at as usize) < world.parties.len());
    if known { Ok(()) } else { wrong(&place, "expected operator and tenant among the parties".to_owned()) }
}

fn leg(leg: &Leg, world: &World) -> Check {
    let place = format!("leg {}", leg.id);
    let known = |actor| !matches!(actor, Actor::Party(at) if at as usize >= world.parties.len());
    if !known(leg.payer) || !known(leg.payee) || leg.payer == leg.payee {
        return wrong(
            &place,
            format!("expected two different parties; found {:?} and {:?}", leg.payer, leg.payee),
        );
    }
    let (sites, numbers): (&[u32], Vec<f64>) = match &leg.schedule {
        Schedule::Amounts(amounts) => (&[], amounts.clone()),
        Schedule::TakeOrPay { sites, price_per_gw_year, .. } => (sites, vec![*price_per_gw_year]),
        Schedule::Milestone { sites, per_gw, step_gw, up_to_gw } => {
            (sites, vec![*per_gw, *step_gw, *up_to_gw])
        }
        Schedule::Build { sites, cost_per_gw, share, .. } => (sites, vec![*cost_per_gw, *share]),
    };
    amounts(&place, &numbers, 0.0)?;
    if sites.iter().any(|site| *site as usize >= world.sites.len()) {
        return wrong(&place, "expected sites of the world".to_owned());
    }
    match &leg.schedule {
        Schedule::Build { build_quarters, .. } if !(1..=40).contains(build_quarters) => {
            wrong(&place, format!("expected 1 to 40 build_quarters; found {build_quarters}"))
        }
        Schedule::Amounts(_) => Ok(()),
        _ if !matches!(leg.payer, Actor::Party(_)) => {
            wrong(&place, "expected dated amounts, for a sector pays it".to_owned())
        }
        _ => Ok(()),
    }
}

/// Factors above 0.
pub(super) fn shocks(shocks: &[Shock]) -> Check {
    for shock in shocks {
        match shock {
            Shock::Efficiency { factor, .. } | Shock::Demand { factor, .. }
                if !(*factor > 0.0 && factor.is_finite()) =>
            {
                return wrong("shocks", format!("expected a factor above 0; found {factor}"));
            }
            _ => {}
        }
    }
    Ok(())
}
