//! The outlook drawn: odds, fans with their axes, and what decides.

use abilene_ledger::Book;
use serde::Serialize;

use super::scale::{Axis, axis};
use crate::money::percent;
use crate::outlook::{FanRow, IndexRow, OutlookAnswer};
use crate::told::{Told, native};

/// The page's outlook.
#[derive(Clone, Debug, Serialize)]
pub struct OutlookPicture<'r> {
    /// The odds in a sentence.
    pub title: Told,
    /// Scenario, paths, seed.
    pub note: Told,
    /// Odds as bars.
    pub odds: Vec<OddsBar>,
    /// The web over the quarters.
    pub fans: Vec<FanPicture>,
    /// Where the years begin: quarter (from 0) and year.
    pub years: Vec<(usize, String)>,
    /// Sobol indices of the first question, largest first.
    pub tornado: Vec<IndexRow>,
    /// What they say, in a sentence.
    pub decides: Told,
    /// Who brings down whom.
    pub cascade: Vec<CascadeBar>,
    /// Everything in numbers.
    pub answer: &'r OutlookAnswer,
}

/// Odds of one outcome.
#[derive(Clone, Debug, Serialize)]
pub struct OddsBar {
    /// `bridge`, `correction` or `debt trap`.
    pub outcome: &'static str,
    /// Its name.
    pub label: Told,
    /// From 0 to 1.
    pub part: f64,
    /// `5.5 % ± 0.1 %`.
    pub text: String,
}

/// One fan, with the axis it is drawn on.
#[derive(Clone, Debug, Serialize)]
pub struct FanPicture {
    /// Short name.
    pub id: String,
    /// What it shows, with its last numbers.
    pub title: Told,
    /// What the axis counts.
    pub unit: String,
    /// 5, 25, 50, 75 and 95 % by quarter.
    pub quantiles: Vec<[f64; 5]>,
    /// The axis.
    pub axis: Axis,
}

/// One edge of the averaged cascade.
#[derive(Clone, Debug, Serialize)]
pub struct CascadeBar {
    /// Who had not paid; absent where it failed by itself.
    pub cause: Option<String>,
    /// Who failed.
    pub failed: String,
    /// Defaults a path.
    pub rate: f64,
    /// That as a part of the commonest.
    pub width: f64,
    /// Mean quarter.
    pub when: String,
}

/// What is drawn of the web: id, title in two languages, unit.
const SERIES: [(&str, &str, &str, &str); 6] = [
    ("spending", "What customers want to spend on AI", "客户愿意的AI支出", " a year"),
    ("capacity", "Capacity in service for customers", "可供客户的算力", "GW"),
    ("need", "Capacity that this spending needs", "该支出所需算力", "GW"),
    ("due", "What falls due on contracts in a quarter", "每季到期合同款", ""),
    (
        "gap",
        "What is owed outside above what customers pay, in a quarter",
        "每季对外应付超出客户付款的部分",
        "",
    ),
    ("arrears", "Arrears", "拖欠", ""),
];

/// Of how many parties cash is drawn: the likeliest to fail.
const CASH_OF: usize = 4;
/// How many bars a tornado has.
const BARS: usize = 12;

/// Draws an outlook.
pub fn outlook_picture<'r>(book: &Book, found: &'r OutlookAnswer) -> OutlookPicture<'r> {
    let web = SERIES.iter().filter_map(|(id, title, own, unit)| {
        let fan = found.fans.iter().find(|fan| fan.name == *id)?;
        let unit = if *unit == "GW" { (*unit).to_owned() } else { format!("{}{unit}", found.unit) };
        Some(fan_picture(fan, &unit, title, own, found))
    });
    let likely = found.parties.iter().filter(|party| party.defaults > 0.0).take(CASH_OF);
    let cash = likely.filter_map(|party| {
        let fan = found.cash.iter().find(|fan| fan.name == party.party)?;
        let own = format!("{}的现金", native(book, &party.party));
        Some(fan_picture(fan, &found.unit, &format!("Cash of {}", party.name), &own, found))
    });
    OutlookPicture {
        title: Told(found.sentence.clone(), sentence(book, found)),
        note: note(found),
        odds: odds(found),
        fans: web.chain(cash).collect(),
        years: years(found),
        tornado: tornado(found),
        decides: decides(found),
        cascade: cascade(book, found),
        answer: found,
    }
}

fn fan_picture(fan: &FanRow, unit: &str, title: &str, own: &str, found: &OutlookAnswer) -> FanPicture {
    let last = fan.quantiles.last().copied().unwrap_or_default();
    let when = found.quarters.last().map_or("", String::as_str);
    let [low, middle, high] = [last[0], last[2], last[4]].map(short);
    let ends = fan.quantiles.iter().flat_map(|all| [all[0], all[4]]).collect::<Vec<f64>>();
    FanPicture {
        id: fan.name.clone(),
        title: Told(
            format!("{title}: {middle} in {when} at the median, {low} to {high} in nine paths of ten"),
            format!("{own}：{when}中位数{middle}，九成路径在{low}至{high}"),
        ),
        unit: unit.to_owned(),
        quantiles: fan.quantiles.clone(),
        axis: axis(ends.into_iter().chain([0.0])),
    }
}

fn short(value: f64) -> String {
    if value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

fn label(outcome: &str) -> Told {
    match outcome {
        "bridge" => Told("Bridge".into(), "桥".into()),
        "correction" => Told("Correction".into(), "修正".into()),
        _ => Told("Debt trap".into(), "债务陷阱".into()),
    }
}

fn odds(found: &OutlookAnswer) -> Vec<OddsBar> {
    let bar = |row: &crate::outlook::OddsRow| OddsBar {
        outcome: row.outcome,
        label: label(row.outcome),
        part: row.part,
        text: match row.error {
            Some(error) => format!("{} ± {:.1} %", percent(row.part), error * 100.0),
            None => percent(row.part),
        },
    };
    found.odds.iter().map(bar).collect()
}

fn sentence(book: &Book, found: &OutlookAnswer) -> String {
    let parts: Vec<String> =
        found.odds.iter().map(|row| format!("{}{}", label(row.outcome).1, percent(row.part))).collect();
    let first =
        found.parties.iter().max_by(|a, b| a.first.total_cmp(&b.first)).filter(|party| party.first > 0.0);
    let first = first.map_or_else(
        || "无人违约".to_owned(),
        |party| format!("最常先违约的是{}（{}的路径）", native(book, &party.party), percent(party.first)),
    );
    format!("到{}：{}；{first}。", found.quarters.last().map_or("", String::as_str), parts.join("，"))
}

fn note(found: &OutlookAnswer) -> Told {
    let (paths, seed) = (found.paths, found.seed);
    Told(
        format!(
            "scenario {} ({}), as known on {}, {paths} paths, seed {seed}",
            found.scenario.id, found.scenario.title, found.as_of
        ),
        format!("情景{}，截至{}，{paths}条路径，种子{seed}", found.scenario.id, found.as_of),
    )
}

fn years(found: &OutlookAnswer) -> Vec<(usize, String)> {
    let first = found.quarters.iter().enumerate().filter(|(at, name)| *at == 0 || name.ends_with("Q1"));
    first.map(|(at, name)| (at, name.chars().take(4).collect())).collect()
}

fn tornado(found: &OutlookAnswer) -> Vec<IndexRow> {
    let inputs = found.decides.first().map_or(&[][..], |row| &row.inputs[..]);
    // An estimate below zero is no less than zero: the interval says how far it can be trusted.
    let bar = |input: &IndexRow| IndexRow {
        first: input.first.clamp(0.0, 1.0),
        total: input.total.clamp(0.0, 1.0),
        ..input.clone()
    };
    inputs.iter().take(BARS).map(bar).collect()
}

fn decides(found: &OutlookAnswer) -> Told {
    let names: Vec<&str> = found
        .decides
        .first()
        .map_or(&[][..], |row| &row.inputs[..])
        .iter()
        .filter(|input| input.told_from_zero)
        .take(3)
        .map(|input| input.name.as_str())
        .collect();
    if names.is_empty() {
        return Told("No assumption can be told to decide".into(), "没有哪个假设可被判定为关键".into());
    }
    Told(
        format!("Whether anybody fails is decided most by {}", names.join(", ")),
        format!("有无违约，最取决于{}", names.join("、")),
    )
}

fn cascade(book: &Book, found: &OutlookAnswer) -> Vec<CascadeBar> {
    let most = found.cascade.iter().map(|edge| edge.rate).fold(1e-9, f64::max);
    let bar = |edge: &crate::outlook::CascadeEdgeRow| {
        let quarter = (edge.quarter.round().max(1.0) as usize).min(found.quarters.len());
        CascadeBar {
            cause: edge.cause.as_deref().map(|id| book.name(id).to_owned()),
            failed: book.name(&edge.failed).to_owned(),
            rate: edge.rate,
            width: edge.rate / most,
            when: found.quarters.get(quarter - 1).cloned().unwrap_or_default(),
        }
    };
    found.cascade.iter().filter(|edge| edge.rate >= 0.01).map(bar).collect()
}
