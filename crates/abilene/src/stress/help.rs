//! Several dates, derivatives, the smallest bail-out, and whose shock makes the loss.

use std::collections::BTreeMap;

use abilene_clearing::Obligation;
use abilene_clearing::bailout::{Wish, smallest};
use abilene_clearing::dynamic::{Dated, Day};
use abilene_clearing::greatest;
use abilene_clearing::sensitivity::Sensitivity;
use abilene_clearing::shapley::Player;
use serde::Serialize;

use super::answer::{ById, Case};
use super::file::OUTSIDE;
use crate::fields::{FileError as StressError, Read};

/// Orders sampled where coalitions are too many.
const ORDERS: usize = 2_000;
/// Dates that a file may have.
const MOST_DATES: i64 = 10_000;
/// Coalitions are listed up to this many players.
const LISTED_PLAYERS: usize = 6;
/// Derivatives by every pair are listed up to this many parties; by existing obligations beyond.
const LISTED_PAIRS: usize = 12;

/// Clearing date by date with arrears carried on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DynamicAnswer {
    /// The dates.
    pub dates: Vec<DayAnswer>,
    /// First date with arrears, from 1.
    pub first_arrears: BTreeMap<String, usize>,
    /// Who never caught up.
    pub in_arrears_at_end: Vec<String>,
}

/// One date, from 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayAnswer {
    /// Which date, from 1.
    pub date: usize,
    /// Arrears and what fell due.
    pub dues: ById,
    /// What each pays.
    pub payments: ById,
    /// What each receives from obligations.
    pub receipts: ById,
    /// Cash after payments.
    pub cash: ById,
    /// What is still owed.
    pub arrears: Vec<Arrears>,
    /// Is there one solution only?
    pub unique: bool,
}

/// What one still owes another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Arrears {
    /// Who owes.
    pub debtor: String,
    /// Who is owed.
    pub creditor: String,
    /// Money units.
    pub amount: f64,
}

pub(super) fn dynamic(case: &Case<'_>) -> Read<DynamicAnswer> {
    let dates = case.parameter("dates", case.file.params.dates)?;
    if !(0..=MOST_DATES).contains(&dates) {
        let message = format!("expected 0 to {MOST_DATES}; found {dates}");
        return Err(StressError::new("out_of_range", "params.dates", message));
    }
    let dates = dates as usize;
    let mut dated = Vec::new();
    for (at, one) in case.file.obligations.iter().enumerate() {
        let due = one.due.filter(|due| (1..=dates as i64).contains(due)).ok_or_else(|| {
            let message = format!("expected a date from 1 to {dates}");
            StressError::new("out_of_range", format!("obligations[{at}].due"), message)
                .of(&case.id(one.debtor))
        })?;
        let obligation = Obligation {
            debtor: one.debtor as u32,
            creditor: one.creditor.map(|at| at as u32),
            amount: one.amount,
            class: 0,
        };
        dated.push(Dated { obligation, due: due as usize - 1 });
    }
    let days = abilene_clearing::dynamic::dynamic(&case.assets, &inflows(case, dates)?, &dated)
        .map_err(|error| case.wrong(error))?;
    let mut first_arrears = BTreeMap::new();
    for (date, day) in days.iter().enumerate() {
        for ((debtor, _), _) in &day.arrears {
            first_arrears.entry(case.id(*debtor as usize)).or_insert(date + 1);
        }
    }
    let mut at_end: Vec<u32> =
        days.last().map_or(Vec::new(), |day| day.arrears.iter().map(|one| one.0.0).collect());
    at_end.dedup();
    Ok(DynamicAnswer {
        dates: days.iter().enumerate().map(|(date, day)| day_answer(case, date + 1, day)).collect(),
        first_arrears,
        in_arrears_at_end: case.names(&at_end),
    })
}

fn inflows(case: &Case<'_>, dates: usize) -> Read<Vec<Vec<f64>>> {
    for (at, node) in case.file.nodes.iter().enumerate() {
        if !node.inflows.is_empty() && node.inflows.len() != dates {
            let message = format!("expected {dates} numbers, one a date; found {}", node.inflows.len());
            return Err(
                StressError::new("wrong_length", format!("nodes[{at}].inflows"), message).of(&node.id)
            );
        }
    }
    let at = |date: usize| {
        case.file.nodes.iter().map(|node| node.inflows.get(date).copied().unwrap_or(0.0)).collect()
    };
    Ok((0..dates).map(at).collect())
}

fn day_answer(case: &Case<'_>, date: usize, day: &Day) -> DayAnswer {
    let arrears = day.arrears.iter().map(|((debtor, creditor), amount)| Arrears {
        debtor: case.id(*debtor as usize),
        creditor: creditor.map_or(OUTSIDE.to_owned(), |at| case.id(at as usize)),
        amount: *amount,
    });
    DayAnswer {
        date,
        dues: case.by_id(&day.dues),
        payments: case.by_id(&day.clearing.payments),
        receipts: case.with_outside(&day.clearing.receipts, day.clearing.outside_receipts),
        cash: case.by_id(&day.cash),
        arrears: arrears.collect(),
        unique: day.unique,
    }
}

/// Derivatives at the greatest solution; rows are what moves, columns what is given one unit more.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SensitivityAnswer {
    /// What each pays.
    pub payments: ById,
    /// Worth of each to its owners.
    pub equities: ById,
    /// Who is in default.
    pub defaulted: Vec<String>,
    /// Of payments, by outside assets.
    pub d_payments_d_outside: BTreeMap<String, ById>,
    /// Of equities, by outside assets.
    pub d_equities_d_outside: BTreeMap<String, ById>,
    /// Of all payments together.
    pub d_total_paid_d_outside: ById,
    /// Of what the outside receives.
    pub d_outside_receipts_d_outside: ById,
    /// Where one unit more is paid on most often.
    pub best_unit: Vec<String>,
    /// By single obligations.
    pub d_obligations: Vec<ObligationEffect>,
}

/// What one unit more owed by one to another moves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ObligationEffect {
    /// Who owes.
    pub debtor: String,
    /// Who is owed.
    pub creditor: String,
    /// What each pays.
    pub payments: ById,
    /// Worth of each to its owners.
    pub equities: ById,
}

pub(super) fn sensitivity(case: &Case<'_>) -> Read<SensitivityAnswer> {
    let at_point = Sensitivity::new(&case.network, &case.assets).map_err(|error| case.wrong(error))?;
    let parties = case.network.parties();
    let by_assets: Vec<_> = (0..parties).map(|party| at_point.by_assets(party)).collect();
    let column = |of: &dyn Fn(usize) -> f64| case.by_id(&(0..parties).map(of).collect::<Vec<f64>>());
    let totals: Vec<f64> = by_assets.iter().map(|one| one.payments.iter().sum()).collect();
    let most = totals.iter().copied().fold(0.0, f64::max);
    let best = (0..parties).filter(|party| most > 0.0 && totals[*party] >= most * (1.0 - 1e-12));
    let effect = |(debtor, creditor): (usize, Option<usize>)| {
        let moved = at_point.by_obligation(debtor, creditor);
        ObligationEffect {
            debtor: case.id(debtor),
            creditor: creditor.map_or(OUTSIDE.to_owned(), |at| case.id(at)),
            payments: case.by_id(&moved.payments),
            equities: case.by_id(&moved.equities),
        }
    };
    let rows = |of: &dyn Fn(usize, usize) -> f64| -> BTreeMap<String, ById> {
        (0..parties).map(|row| (case.id(row), column(&|at| of(row, at)))).collect()
    };
    Ok(SensitivityAnswer {
        payments: case.by_id(&at_point.clearing.payments),
        equities: case.by_id(&at_point.clearing.equities),
        defaulted: case.names(&at_point.clearing.defaulted),
        d_payments_d_outside: rows(&|row, at| by_assets[at].payments[row]),
        d_equities_d_outside: rows(&|row, at| by_assets[at].equities[row]),
        d_outside_receipts_d_outside: column(&|at| by_assets[at].outside_receipts),
        best_unit: case.names(&best.map(|party| party as u32).collect::<Vec<u32>>()),
        d_total_paid_d_outside: case.by_id(&totals),
        d_obligations: pairs(case).into_iter().map(effect).collect(),
    })
}

/// Every pair of few parties; the obligations there are of many.
fn pairs(case: &Case<'_>) -> Vec<(usize, Option<usize>)> {
    let parties = case.network.parties();
    if parties > LISTED_PAIRS {
        let mut pairs: Vec<_> = case.file.obligations.iter().map(|one| (one.debtor, one.creditor)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        return pairs;
    }
    let creditors = |debtor: usize| (0..parties).map(Some).chain([None]).map(move |to| (debtor, to));
    (0..parties).flat_map(creditors).filter(|(debtor, to)| *to != Some(*debtor)).collect()
}

/// The smallest bail-out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BailoutAnswer {
    /// Price of help.
    pub cost: f64,
    /// Help to each, in one solution.
    pub injections: ById,
    /// Is that the only solution?
    pub injections_unique: bool,
    /// Least and most of each injection over all solutions of this cost.
    pub injection_ranges: BTreeMap<String, [f64; 2]>,
    /// Payments without help.
    pub payments_before: ById,
    /// Who is in default without help.
    pub defaulted_before: Vec<String>,
    /// Payments with help.
    pub payments_after: ById,
    /// Who is in default with help.
    pub defaulted_after: Vec<String>,
}

pub(super) fn bailout(case: &Case<'_>) -> Read<BailoutAnswer> {
    let params = &case.file.params;
    let eligible = |party: usize| params.eligible.as_ref().is_none_or(|list| list.contains(&party));
    let wish = Wish {
        whole: params.whole.iter().map(|party| *party as u32).collect(),
        price: (0..case.network.parties()).map(|party| eligible(party).then(|| params.cost[party])).collect(),
    };
    let found = smallest(&case.network, &case.assets, &wish).map_err(|error| case.wrong(error))?;
    let found = found.ok_or_else(|| {
        StressError::new(
            "out_of_reach",
            "params.eligible",
            "no help to these parties keeps the chosen ones whole",
        )
    })?;
    let before = greatest(&case.network, &case.assets).map_err(|error| case.wrong(error))?.clearing;
    let helped: Vec<f64> =
        case.assets.iter().zip(&found.injections).map(|(assets, given)| assets + given).collect();
    let after = greatest(&case.network, &helped).map_err(|error| case.wrong(error))?.clearing;
    let ranges = found.ranges.iter().enumerate().map(|(party, (low, high))| (case.id(party), [*low, *high]));
    Ok(BailoutAnswer {
        cost: found.cost,
        injections: case.by_id(&found.injections),
        injections_unique: found.unique,
        injection_ranges: ranges.collect(),
        payments_before: case.by_id(&before.payments),
        defaulted_before: case.names(&before.defaulted),
        payments_after: case.by_id(&after.payments),
        defaulted_after: case.names(&after.defaulted),
    })
}

/// Whose shock makes the loss.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShapleyAnswer {
    /// Parts of `total`, by player.
    pub shapley: ById,
    /// Loss with all shocks less `baseline`.
    pub total: f64,
    /// Loss without any.
    pub baseline: f64,
    /// Loss of each coalition, where there are few.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coalitions: Option<ById>,
    /// Standard errors, where orders were sampled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard_errors: Option<ById>,
}

pub(super) fn shapley(case: &Case<'_>) -> Read<ShapleyAnswer> {
    let params = &case.file.params;
    let players: Vec<Player> = params
        .players
        .iter()
        .map(|(party, assets)| Player { party: *party as u32, assets: *assets })
        .collect();
    let loss = case.parameter("loss", params.loss)?;
    let found = abilene_clearing::shapley::shapley(&case.network, &case.assets, &players, loss, ORDERS, 1)
        .map_err(|error| case.wrong(error))?;
    let by_player = |values: &[f64]| -> ById {
        params.players.iter().zip(values).map(|((party, _), value)| (case.id(*party), *value)).collect()
    };
    let name = |set: usize| {
        let inside = (0..players.len()).filter(|at| set >> at & 1 == 1);
        inside.map(|at| case.id(params.players[at].0)).collect::<Vec<String>>().join("+")
    };
    let listed = players.len() <= LISTED_PLAYERS;
    Ok(ShapleyAnswer {
        shapley: by_player(&found.parts),
        total: found.total,
        baseline: found.baseline,
        coalitions: listed
            .then(|| found.coalitions.iter().enumerate().map(|(set, loss)| (name(set), *loss)).collect()),
        standard_errors: found.errors.as_deref().map(by_player),
    })
}
