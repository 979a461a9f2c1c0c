//! Everything that the page draws (`abilene.app/1`): the answer in one sentence, the pictures, the evidence.

use abilene_quantity::Date;
use serde::Serialize;

use crate::answer::{Answer, answer};
use crate::argument::{Arithmetic, Topic};
use crate::cover::{PartyYears, SectorYear};
use crate::evidence::Evidence;
use crate::headline::Headline;
use crate::loops::{LoopAnswer, RoundTripRow};
use crate::money::{Scale, Sum};
use crate::options::Ask;
use crate::picture::{
    ArgumentPicture, CoverPicture, FallsPicture, OutlookPicture, TimePicture, WebPicture, argument_pictures,
    cover_pictures, falls_picture, outlook_picture, time_picture, web_picture,
};
use crate::report::ReportAnswer;
use crate::time::InvestFirst;
use crate::told::{self, Told};

/// The page's data.
#[derive(Clone, Debug, Serialize)]
pub struct AppAnswer<'r> {
    /// `abilene.app/1`.
    pub schema: &'static str,
    /// Name of the case.
    pub case: &'r str,
    /// Its question.
    pub question: Option<&'r str>,
    /// What a reader should know first.
    pub about: Option<&'r str>,
    /// Date of knowledge.
    pub as_of: Date,
    /// First and last day of the payments.
    pub span: [Date; 2],
    /// Unit of every sum's number.
    pub unit: &'r str,
    /// The answer in short.
    pub answer: Answer,
    /// The answers one by one.
    pub headlines: &'r [Headline],
    /// The web.
    pub web: WebPicture,
    /// Loops on firm and announced payments, widest first.
    pub loops: Vec<Lane>,
    /// Whether these are all.
    pub loops_complete: bool,
    /// Own money coming back, with the ends of what could be claimed.
    pub ranges: Vec<RangeGroup>,
    /// Commitments against revenue, drawn.
    pub covers: Vec<CoverPicture>,
    /// The same as numbers.
    pub cover_tables: &'r [PartyYears],
    /// The web as a whole.
    pub sector: &'r [SectorYear],
    /// Claims checked against each other.
    pub arithmetic: &'r [Arithmetic],
    /// What the columns mean.
    pub notes: &'r [&'static str],
    /// Who falls when one falls.
    pub falls: Option<FallsPicture>,
    /// Bridge or debt trap.
    pub outlook: Option<OutlookPicture<'r>>,
    /// What was promised, over dates of knowledge.
    pub time: TimePicture,
    /// Disputes.
    pub topics: &'r [Topic],
    /// Disputed numbers on scales.
    pub scales: Vec<ArgumentPicture>,
    /// Parties, deals, figures and sources.
    pub evidence: &'r Evidence,
    /// Funding that purchases follow.
    pub invest_first: &'r [InvestFirst],
}

/// A loop drawn as a lane.
#[derive(Clone, Debug, Serialize)]
pub struct Lane {
    /// In words.
    pub sentence: Told,
    /// What can go all the way round.
    pub bottleneck: Sum,
    /// The firm part of it.
    pub bottleneck_firm: Sum,
    /// In time, in words.
    pub in_time: Told,
    /// Who → whom.
    pub steps: Vec<LaneStep>,
}

/// One step of a lane.
#[derive(Clone, Debug, Serialize)]
pub struct LaneStep {
    /// Who pays.
    pub payer: String,
    /// Its name.
    pub payer_name: String,
    /// Who receives.
    pub payee: String,
    /// How much.
    pub amount: Sum,
    /// Height of the whole, of the largest step of all lanes.
    pub whole: f64,
    /// Height of the firm part.
    pub firm: f64,
    /// Instruments, in words.
    pub what: String,
    /// Its legs.
    pub legs: Vec<String>,
}

/// Round-trip shares as ranges.
#[derive(Clone, Debug, Serialize)]
pub struct RangeGroup {
    /// What the picture shows.
    pub title: Told,
    /// A row a party: name, share, least, most, whether "at most".
    pub rows: Vec<RangeRow>,
}

/// One party's range, in shares from 0 to 1.
#[derive(Clone, Debug, Serialize)]
pub struct RangeRow {
    /// The party.
    pub party: String,
    /// Its name.
    pub name: String,
    /// Under even mixing.
    pub share: f64,
    /// The least that any tracing could say.
    pub least: f64,
    /// The most that any tracing could say.
    pub most: f64,
    /// What came back.
    pub returned: String,
}

/// Draws a report.
pub fn app<'r>(ask: &Ask, report: &'r ReportAnswer) -> AppAnswer<'r> {
    let web = web_picture(ask);
    let time = time_picture(ask, &web);
    let both = report.loops.bases.get(2);
    let lanes: Vec<Lane> = both.map_or_else(Vec::new, |both| lanes(ask, &both.loops));
    AppAnswer {
        schema: "abilene.app/1",
        case: &report.case,
        question: report.question.as_deref(),
        about: report.about.as_deref(),
        as_of: report.as_of,
        span: [report.from, report.to],
        unit: &report.unit,
        answer: answer(ask, report),
        headlines: &report.headlines,
        loops: lanes,
        loops_complete: both.is_some_and(|both| both.loops_complete),
        ranges: ranges(report),
        covers: cover_pictures(ask, &report.cover),
        cover_tables: &report.cover.parties,
        sector: &report.cover.sector,
        arithmetic: &report.cover.arithmetic,
        notes: &report.cover.notes,
        falls: report.falls.as_ref().map(|falls| falls_picture(ask.book, falls)),
        outlook: report.outlook.as_ref().map(|outlook| outlook_picture(ask.book, outlook)),
        topics: &report.argument,
        scales: argument_pictures(&ask.view()),
        evidence: &report.evidence,
        invest_first: &report.loops.invest_first,
        web,
        time,
    }
}

fn lanes(ask: &Ask, found: &[LoopAnswer]) -> Vec<Lane> {
    let scale = Scale::of(ask.book);
    let steps = found.iter().flat_map(|item| &item.steps);
    let widest = steps.map(|step| scale.plain(step.amount.value)).fold(0.0, f64::max).max(1e-9);
    found
        .iter()
        .map(|item| {
            let firm = item.steps.iter().map(|step| step.firm.value).min().unwrap_or_default();
            Lane {
                sentence: Told(
                    item.sentence.clone(),
                    told::loop_sentence(ask.book, &item.steps, item.bottleneck.value),
                ),
                bottleneck: item.bottleneck.clone(),
                bottleneck_firm: scale.sum(firm),
                in_time: in_time(item),
                steps: item
                    .steps
                    .iter()
                    .map(|step| {
                        let mut what: Vec<&str> = step.legs.iter().map(|leg| leg.instrument.text()).collect();
                        what.dedup();
                        LaneStep {
                            payer: step.payer.clone(),
                            payer_name: ask.book.name(&step.payer).to_owned(),
                            payee: step.payee.clone(),
                            amount: step.amount.clone(),
                            whole: scale.plain(step.amount.value) / widest,
                            firm: scale.plain(step.firm.value) / widest,
                            what: what.join(", "),
                            legs: step.legs.iter().map(|leg| leg.leg.clone()).collect(),
                        }
                    })
                    .collect(),
            }
        })
        .collect()
}

fn in_time(item: &LoopAnswer) -> Told {
    match &item.in_time {
        Some(time) => Told(
            format!("In time: {} pays first on {}, back on {}.", time.starts_with, time.first, time.last),
            format!("按时间可行：{}于{}先付，{}回到起点。", time.starts_with, time.first, time.last),
        ),
        None => Told(
            "Not in time: no order of its payments lets each fund the next.".into(),
            "按时间不可行：没有一种付款次序能让前一笔资助后一笔。".into(),
        ),
    }
}

fn range_title(row: &RangeRow, what: &Told) -> Told {
    let [share, least, most] = [row.share, row.least, row.most].map(crate::percent);
    let name = &row.name;
    Told(
        format!(
            "{share} of what {name} receives is its own money, and between {least} and {most} by how one follows it ({})",
            what.0
        ),
        format!("{name}所收款项的{share}是自己的钱，依追踪方式在{least}与{most}之间（{}）", what.1),
    )
}

fn ranges(report: &ReportAnswer) -> Vec<RangeGroup> {
    let (span, last) = (format!("{}–{}", report.from.year(), report.to.year()), report.round_trips.year);
    let over = |basis: usize| report.loops.bases.get(basis).map_or(&[][..], |b| &b.round_trips[..]);
    let held = |row: &RoundTripRow| (row.share_held_flat, row.least_held_flat, row.most_held_flat);
    let told = |row: &RoundTripRow| (row.share_of_receipts, row.least_share, row.most_share);
    let year: Vec<RoundTripRow> =
        report.round_trips.firm.iter().filter(|row| row.reading != "at most").cloned().collect();
    [
        (
            Told(
                format!("in {last}, firm payments, figures reported"),
                format!("{last}年，确定付款，按已报告数据"),
            ),
            &year[..],
            false,
        ),
        (
            Told(
                format!("{span}, firm payments, revenue held flat"),
                format!("{span}，确定付款，假设收入持平"),
            ),
            over(0),
            true,
        ),
        (
            Told(
                format!("{span}, firm and announced, revenue held flat"),
                format!("{span}，确定与宣布，假设收入持平"),
            ),
            over(2),
            true,
        ),
    ]
    .into_iter()
    .filter(|(_, rows, _)| !rows.is_empty())
    .map(|(what, rows, flat)| {
        let ends = |row: &RoundTripRow| if flat { held(row) } else { told(row) };
        let rows: Vec<RangeRow> = rows
            .iter()
            .map(|row| {
                let (share, least, most) = ends(row);
                RangeRow {
                    party: row.party.clone(),
                    name: row.name.clone(),
                    share: share.unwrap_or(0.0),
                    least: least.unwrap_or(0.0),
                    most: most.unwrap_or(1.0),
                    returned: row.returned.text.clone(),
                }
            })
            .collect();
        let first = rows.iter().max_by(|a, b| a.share.total_cmp(&b.share));
        let title = first.map_or_else(|| what.clone(), |row| range_title(row, &what));
        RangeGroup { title, rows }
    })
    .collect()
}
