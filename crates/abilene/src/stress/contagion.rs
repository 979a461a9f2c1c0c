//! Failures by value, distress, valuation by equity, cascades and fire sales.

use std::collections::BTreeMap;

use abilene_clearing::cascade::Trigger;
use abilene_clearing::debtrank::{Exposures, Form, debtrank};
use abilene_clearing::fire::{Rule, Sale, fire_sale};
use abilene_clearing::neva::{
    BlackCox, EisenbergNoe, LinearDebtRank, Merton, RogersVeraart, Valuation, Valued,
};
use abilene_clearing::values::Values;
use serde::Serialize;

use super::answer::{ById, Case};
use super::file::{Model, SellRule, Worth};
use crate::fields::Read;

/// Failures by the fall of values (Elliott, Golub & Jackson 2014).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FailuresAnswer {
    /// Fewest failures.
    pub greatest: ValuesSide,
    /// Most failures.
    pub least: ValuesSide,
    /// Is there one solution only?
    pub unique: bool,
    /// How many sets of failures are consistent, where all could be tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub equilibria: Option<usize>,
    /// Who fails in which round.
    pub rounds: Vec<Vec<String>>,
    /// The part of each party's assets that its holders are worth, by holder.
    pub dependency: BTreeMap<String, ById>,
}

/// Values at one set of failures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ValuesSide {
    /// Worth to holders outside.
    pub market_values: ById,
    /// Assets and holdings, counted gross.
    pub book_values: ById,
    /// Who fails.
    pub failed: Vec<String>,
}

pub(super) fn failures(case: &Case<'_>) -> Read<FailuresAnswer> {
    let threshold = case.needed("threshold", |node| node.threshold)?;
    let cost = case.needed("failure_cost", |node| node.failure_cost)?;
    let found = abilene_clearing::values::failures(&case.network, &case.assets, &threshold, &cost)
        .map_err(|error| case.wrong(error))?;
    let side = |values: &Values| ValuesSide {
        market_values: case.by_id(&values.market),
        book_values: case.by_id(&values.book),
        failed: case.names(&values.failed),
    };
    let rows = found.dependency.chunks(case.network.parties().max(1)).enumerate();
    Ok(FailuresAnswer {
        greatest: side(&found.greatest),
        least: side(&found.least),
        unique: found.greatest.failed == found.least.failed,
        equilibria: found.equilibria,
        rounds: case.rounds(&found.rounds),
        dependency: rows.map(|(party, row)| (case.id(party), case.by_id(row))).collect(),
    })
}

/// Losses before default (Battiston 2012, Bardoscia 2015).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DistressAnswer {
    /// Lost part of each equity.
    pub distress: ById,
    /// What the network adds to the shock, weighted.
    pub debtrank: f64,
    /// What each loses.
    pub losses: ById,
    /// Loss by the shock alone.
    pub loss_initial: f64,
    /// Loss in all.
    pub loss_total: f64,
    /// Who is in default.
    pub defaulted: Vec<String>,
    /// Weights, adding up to 1.
    pub weights: ById,
    /// DebtRank of each party when it alone is wiped out.
    pub impact: ById,
    /// Mean distress of each party when one other is wiped out.
    pub vulnerability: ById,
    /// States until nobody speaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<usize>,
    /// Step at which each was wiped out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_step: Option<BTreeMap<String, usize>>,
    /// The first states.
    pub history: Vec<ById>,
}

pub(super) fn distress(case: &Case<'_>) -> Read<DistressAnswer> {
    let once = case.file.model == Model::DebtRank2012;
    let form = if once { Form::Once } else { Form::Reverberating };
    let equity = case.needed("equity", |node| node.equity)?;
    let exposures = Exposures::new(&case.network, equity.clone()).map_err(|error| case.wrong(error))?;
    let shock = &case.file.params.shock;
    let found = exposures.spread(form, shock).map_err(|error| case.wrong(error))?;
    let weights = weights(case, &exposures)?;
    let (impact, vulnerability) = singles(&exposures, form, &weights);
    let losses: Vec<f64> = found.distress.iter().zip(&equity).map(|(part, equity)| part * equity).collect();
    let whole = |party: &usize| found.distress[*party] >= 1.0 - 1e-12;
    let failed: Vec<u32> = (0..losses.len()).filter(whole).map(|party| party as u32).collect();
    let default_step = found.default_step.iter().enumerate();
    Ok(DistressAnswer {
        debtrank: debtrank(&weights, &found.distress, shock),
        loss_initial: shock.iter().zip(&equity).map(|(part, equity)| part * equity).sum(),
        loss_total: losses.iter().sum(),
        losses: case.by_id(&losses),
        distress: case.by_id(&found.distress),
        defaulted: case.names(&failed),
        weights: case.by_id(&weights),
        impact: case.by_id(&impact),
        vulnerability: case.by_id(&vulnerability),
        steps: once.then_some(found.steps),
        default_step: (!once)
            .then(|| default_step.filter_map(|(party, step)| Some((case.id(party), (*step)?))).collect()),
        history: found.history.iter().map(|state| case.by_id(state)).collect(),
    })
}

/// The weights of the file, or each party's claims; as parts of their sum.
fn weights(case: &Case<'_>, exposures: &Exposures) -> Read<Vec<f64>> {
    if case.file.nodes.iter().all(|node| node.weight.is_none()) {
        return Ok(exposures.claim_weights());
    }
    let given = case.needed("weight", |node| node.weight)?;
    let total: f64 = given.iter().sum();
    Ok(given.iter().map(|weight| if total > 0.0 { weight / total } else { 0.0 }).collect())
}

fn singles(exposures: &Exposures, form: Form, weights: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let runs = exposures.singles(form);
    let size = weights.len();
    let alone = |party: usize| {
        let mut shock = vec![0.0; size];
        shock[party] = 1.0;
        debtrank(weights, &runs[party], &shock)
    };
    let others = size.saturating_sub(1).max(1) as f64;
    let hit = |party: usize| {
        let others_wiped_out = (0..size).filter(|run| *run != party);
        others_wiped_out.map(|run| runs[run][party]).sum::<f64>() / others
    };
    ((0..size).map(alone).collect(), (0..size).map(hit).collect())
}

/// Valuation by equity (Barucca et al. 2020).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NevaAnswer {
    /// The solution in which most is paid.
    pub greatest: NevaSide,
    /// The solution in which least is paid.
    pub least: NevaSide,
    /// Is there one solution only?
    pub unique: bool,
    /// Probability of default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_probability: Option<ById>,
}

/// One solution; equities are signed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NevaSide {
    /// Worth of a unit of debt.
    pub valuations: ById,
    /// What each pays.
    pub payments: ById,
    /// Worth of each to its owners.
    pub equities: ById,
    /// Who has less than it owes.
    pub negative_equity: Vec<String>,
}

pub(super) fn neva(case: &Case<'_>) -> Read<NevaAnswer> {
    let valuation = valuation(case)?;
    let found = abilene_clearing::neva::neva(&case.network, &case.assets, valuation.as_ref())
        .map_err(|error| case.wrong(error))?;
    let side = |valued: &Valued| {
        let dues = case.network.dues();
        let paid: Vec<f64> = valued.valuations.iter().zip(dues).map(|(value, dues)| value * dues).collect();
        let scale = |party: usize| 1e-12 * (dues[party] + case.assets[party]);
        let negative = (0..dues.len()).filter(|party| valued.equities[*party] < -scale(*party));
        let negative: Vec<u32> = negative.map(|party| party as u32).collect();
        NevaSide {
            valuations: case.by_id(&valued.valuations),
            payments: case.by_id(&paid),
            equities: case.by_id(&valued.equities),
            negative_equity: case.names(&negative),
        }
    };
    Ok(NevaAnswer {
        default_probability: found.greatest.default_probability.as_ref().map(|values| case.by_id(values)),
        greatest: side(&found.greatest),
        least: side(&found.least),
        unique: found.unique,
    })
}

fn valuation(case: &Case<'_>) -> Read<Box<dyn Valuation>> {
    let params = &case.file.params;
    Ok(match case.parameter("valuation", params.valuation)? {
        Worth::EisenbergNoe => Box::new(EisenbergNoe),
        Worth::RogersVeraart => {
            let part = |own: Option<f64>, all: Option<f64>| own.or(all).unwrap_or(1.0);
            Box::new(RogersVeraart {
                alpha: case.file.nodes.iter().map(|node| part(node.alpha, params.alpha)).collect(),
                beta: case.file.nodes.iter().map(|node| part(node.beta, params.beta)).collect(),
            })
        }
        Worth::LinearDebtRank => {
            Box::new(LinearDebtRank { equity: case.needed("equity", |node| node.equity)? })
        }
        Worth::Merton => Box::new(Merton {
            sigma: case.needed("sigma", |node| node.sigma)?,
            maturity: case.parameter("maturity", params.maturity)?,
        }),
        Worth::BlackCox => Box::new(BlackCox {
            sigma: case.needed("sigma", |node| node.sigma)?,
            maturity: case.parameter("maturity", params.maturity)?,
            recovery: case.parameter("recovery", params.recovery)?,
        }),
    })
}

/// Who pulled down whom (Gai & Kapadia 2010).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CascadeAnswer {
    /// Who fails in which round.
    pub rounds: Vec<Vec<String>>,
    /// Who fails.
    pub failed: Vec<String>,
    /// What each loses.
    pub losses: ById,
    /// Capital less losses.
    pub capital_left: ById,
    /// For each that failed after round 1: what it lost through whom that had failed before.
    pub causes: BTreeMap<String, ById>,
}

pub(super) fn cascade(case: &Case<'_>) -> Read<CascadeAnswer> {
    let params = &case.file.params;
    let trigger = Trigger {
        capital: case.needed("capital", |node| node.capital)?,
        shock: params.shock.clone(),
        seeds: params.seeds.iter().map(|party| *party as u32).collect(),
        loss_given_default: params.lgd.unwrap_or(1.0),
    };
    let found =
        abilene_clearing::cascade::cascade(&case.network, &trigger).map_err(|error| case.wrong(error))?;
    let causes = found.causes.iter().enumerate().filter(|(_, causes)| !causes.is_empty());
    let by_id =
        |causes: &[(u32, f64)]| causes.iter().map(|(from, loss)| (case.id(*from as usize), *loss)).collect();
    Ok(CascadeAnswer {
        rounds: case.rounds(&found.rounds),
        failed: case.names(&found.rounds.concat()),
        losses: case.by_id(&found.losses),
        capital_left: case.by_id(&found.capital_left),
        causes: causes.map(|(party, causes)| (case.id(party), by_id(causes))).collect(),
    })
}

/// Fire sales with clearing (Cifuentes, Ferrucci & Shin 2005).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FireAnswer {
    /// Highest price.
    pub greatest: FireSide,
    /// Lowest price.
    pub least: FireSide,
    /// Is there one solution only?
    pub unique: bool,
    /// Every equilibrium price to 9 digits.
    pub all_prices: Vec<f64>,
}

/// One equilibrium.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FireSide {
    /// How the price answers, or the price.
    pub price: f64,
    /// Units sold.
    pub sold: ById,
    /// What each pays.
    pub payments: ById,
    /// What each receives from obligations.
    pub receipts: ById,
    /// Worth of each to its owners.
    pub equities: ById,
    /// Paid part of dues; 1 where nothing is owed.
    pub recoveries: ById,
    /// Who is in default.
    pub defaulted: Vec<String>,
    /// What the fall of the price costs all holders.
    pub loss_from_price: f64,
    /// Who stays below the ratio.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_breach: Option<Vec<String>>,
}

pub(super) fn fire(case: &Case<'_>) -> Read<FireAnswer> {
    let params = &case.file.params;
    let units: Vec<f64> = case.file.nodes.iter().map(|node| node.units.unwrap_or(0.0)).collect();
    let rule = match case.parameter("rule", params.rule)? {
        SellRule::CoverDues => Rule::CoverDues,
        SellRule::CapitalRatio => {
            Rule::CapitalRatio { min_ratio: case.parameter("min_ratio", params.min_ratio)? }
        }
    };
    let price = case.parameter("price", params.price)?;
    let found =
        fire_sale(&case.network, &case.assets, &units, price, rule).map_err(|error| case.wrong(error))?;
    let side = |sale: &Sale| FireSide {
        price: sale.price,
        sold: case.by_id(&sale.sold),
        payments: case.by_id(&sale.clearing.payments),
        receipts: case.with_outside(&sale.clearing.receipts, sale.clearing.outside_receipts),
        equities: case.by_id(&sale.clearing.equities),
        recoveries: case.recoveries(&sale.clearing),
        defaulted: case.names(&sale.clearing.defaulted),
        loss_from_price: sale.loss_from_price,
        in_breach: matches!(rule, Rule::CapitalRatio { .. }).then(|| case.names(&sale.in_breach)),
    };
    Ok(FireAnswer {
        greatest: side(&found.greatest),
        least: side(&found.least),
        unique: found.prices.len() == 1,
        all_prices: found.prices.iter().map(|price| (price * 1e9).round() / 1e9).collect(),
    })
}
