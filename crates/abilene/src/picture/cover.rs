//! What is due by year, stacked by who must be paid, beside revenue.

use std::collections::BTreeMap;

use abilene_flows::{Kind, project};
use abilene_ledger::Class;
use abilene_quantity::Decimal;
use serde::Serialize;

use super::scale::{Axis, axis};
use crate::cover::{CoverAnswer, PartyYears};
use crate::money::Scale;
use crate::options::Ask;
use crate::told::{self, Told};

/// One party's picture. Numbers are in the scale of the case.
#[derive(Clone, Debug, Serialize)]
pub struct CoverPicture {
    /// The party.
    pub party: String,
    /// Its name.
    pub name: String,
    /// What the picture shows, in a sentence with its numbers.
    pub title: Told,
    /// What the picture takes for granted.
    pub note: Told,
    /// Years along the bottom.
    pub years: Vec<i16>,
    /// Who must be paid, most first; the small ones together at the end.
    pub stacks: Vec<Stack>,
    /// Revenue by year, where known.
    pub revenue: Vec<Option<f64>>,
    /// Whether that revenue is assumed.
    pub assumed: Vec<bool>,
    /// Firm funding by year.
    pub funding: Vec<f64>,
    /// Money missing by year, after revenue and funding; nothing where it is covered or revenue is not known.
    pub missing: Vec<Option<String>>,
    /// The axis of money.
    pub axis: Axis,
}

/// Payments to one counterparty by year.
#[derive(Clone, Debug, Serialize)]
pub struct Stack {
    /// The counterparty; empty for the small ones together.
    pub party: String,
    /// Its name.
    pub name: String,
    /// Firm, by year.
    pub firm: Vec<f64>,
    /// Announced, by year.
    pub announced: Vec<f64>,
}

/// Most counterparties with a colour of their own.
const STACKS: usize = 5;
/// Most parties with a picture.
const PARTIES: usize = 10;

/// Pictures of the parties with most due, most firmly due first.
pub fn cover_pictures(ask: &Ask, cover: &CoverAnswer) -> Vec<CoverPicture> {
    let view = ask.view();
    let projection = project(&view);
    let scale = Scale::of(ask.book);
    let due = cover.parties.iter().filter(|party| party.due.value > Decimal::ZERO).take(PARTIES);
    due.map(|party| {
        let mut by_payee: BTreeMap<usize, BTreeMap<i16, (Decimal, Decimal)>> = BTreeMap::new();
        let payer = ask.book.party_index(&party.party);
        for flow in
            projection.within(ask.span).filter(|f| Some(f.payer) == payer && f.kind == Kind::Committed)
        {
            if projection.legs[flow.leg].leg.instrument.value.class() == Class::Purchase {
                let cell = by_payee.entry(flow.payee).or_default().entry(flow.date.year()).or_default();
                cell.0 += flow.firm;
                cell.1 += flow.announced;
            }
        }
        picture(ask, &scale, party, by_payee)
    })
    .collect()
}

fn picture(
    ask: &Ask,
    scale: &Scale,
    party: &PartyYears,
    by_payee: BTreeMap<usize, BTreeMap<i16, (Decimal, Decimal)>>,
) -> CoverPicture {
    // Years before anything is due have nothing to draw; the table beside the picture keeps them.
    let quiet = |year: &&crate::cover::CoverYear| (year.due_firm.value + year.due_announced.value).is_zero();
    let shown: Vec<_> = party.years.iter().skip_while(quiet).collect();
    let years: Vec<i16> = shown.iter().map(|year| year.year).collect();
    let mut stacks: Vec<Stack> = by_payee
        .into_iter()
        .map(|(payee, cells)| {
            let row = |of: fn(&(Decimal, Decimal)) -> Decimal| {
                years.iter().map(|year| cells.get(year).map_or(0.0, |cell| scale.plain(of(cell)))).collect()
            };
            let counter = &ask.book.parties[payee];
            Stack {
                party: counter.id.value.clone(),
                name: counter.name.clone(),
                firm: row(|c| c.0),
                announced: row(|c| c.1),
            }
        })
        .collect();
    let total = |stack: &Stack| -> f64 { stack.firm.iter().chain(&stack.announced).sum() };
    stacks.retain(|stack| total(stack) > 0.0);
    stacks.sort_by(|a, b| total(b).total_cmp(&total(a)).then(a.party.cmp(&b.party)));
    together(&mut stacks);
    let revenue: Vec<Option<f64>> =
        shown.iter().map(|year| year.revenue.as_ref().map(|sum| scale.plain(sum.value))).collect();
    let column = |at: usize| -> f64 { stacks.iter().map(|stack| stack.firm[at] + stack.announced[at]).sum() };
    let heights: Vec<f64> = (0..years.len()).map(column).collect();
    // Revenue far above what is due would flatten the bars: it is cut, and its number says so.
    let tallest = heights.iter().copied().fold(0.0, f64::max);
    let funding: Vec<f64> =
        shown.iter().map(|y| scale.plain(y.vendor_financing.value + y.other_funding.value)).collect();
    let within = |value: f64| if value > tallest * 1.3 { 0.0 } else { value };
    let both = revenue.iter().zip(&funding).map(|(value, funding)| within(value.unwrap_or(0.0) + funding));
    let cut = both.chain(revenue.iter().flatten().map(|value| value.min(tallest * 1.25)));
    CoverPicture {
        party: party.party.clone(),
        name: party.name.clone(),
        title: title(ask, party, scale),
        note: note(&funding, &years),
        axis: axis(heights.iter().copied().chain(cut.collect::<Vec<_>>())),
        missing: shown
            .iter()
            .map(|year| year.gap.as_ref().filter(|gap| gap.value > Decimal::ZERO))
            .map(|gap| gap.map(|g| g.number.clone()))
            .collect(),
        assumed: shown.iter().map(|year| year.revenue_reading == "assumed").collect(),
        funding,
        years,
        stacks,
        revenue,
    }
}

/// Small counterparties become one.
fn together(stacks: &mut Vec<Stack>) {
    if stacks.len() <= STACKS + 1 {
        return;
    }
    let rest = stacks.split_off(STACKS);
    let sum = |of: fn(&Stack) -> &Vec<f64>| -> Vec<f64> {
        (0..of(&rest[0]).len()).map(|at| rest.iter().map(|stack| of(stack)[at]).sum()).collect()
    };
    let (firm, announced) = (sum(|s| &s.firm), sum(|s| &s.announced));
    stacks.push(Stack { party: String::new(), name: format!("{} others", rest.len()), firm, announced });
}

/// The peak year, told against revenue.
fn title(ask: &Ask, party: &PartyYears, scale: &Scale) -> Told {
    let (name, own) = (&party.name, told::native(ask.book, &party.party));
    let ahead = party.years.iter().filter(|year| year.year >= ask.as_of.year());
    let Some(peak) = ahead.max_by_key(|year| year.due_firm.value + year.due_announced.value) else {
        return Told(format!("{name} has nothing due ahead"), format!("{own}今后没有应付款"));
    };
    let yuan = |value: Decimal| told::money(value, ask.book.case.currency);
    let due = peak.due_firm.value + peak.due_announced.value;
    let (text, year) = (scale.sum(due).text, peak.year);
    let Some(revenue) = &peak.revenue else {
        return Told(
            format!("{name} must pay {text} in {year}, its peak; its revenue is not known"),
            format!("{own}在{year}年须付{}，为最高点；收入未知", yuan(due)),
        );
    };
    let assumed = peak.revenue_reading == "assumed";
    let (held, flat) = if assumed {
        (" if it stays at its latest rate", "（假设维持最近水平）")
    } else {
        ("", "")
    };
    Told(
        format!("{name} must pay {text} in {year}, its peak, against revenue of {}{held}", revenue.text),
        format!("{own}在{year}年须付{}，为最高点，而收入为{}{flat}", yuan(due), yuan(revenue.value)),
    )
}

/// How far funding is signed, and what stands for revenue that is not reported.
fn note(funding: &[f64], years: &[i16]) -> Told {
    let last = funding.iter().zip(years).filter(|(funding, _)| **funding > 0.0).map(|(_, year)| *year).max();
    let (signed, signed_zh) = match last {
        Some(year) => (format!("No funding is signed after {year}"), format!("{year}年之后没有签约资金")),
        None => (String::from("No funding is signed"), String::from("没有签约资金")),
    };
    Told(
        format!("{signed}; revenue not yet reported is held at its latest rate (dashed)."),
        format!("{signed_zh}；未报告的收入按最近水平持平（虚线）。"),
    )
}
