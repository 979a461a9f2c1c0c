//! Everything that the page draws (`abilene.app/1`): the answer in one sentence, the pictures, the evidence.

use abilene_quantity::{Date, Decimal, months_after};
use serde::Serialize;

use crate::argument::{Arithmetic, Topic};
use crate::cover::{PartyYears, SectorYear};
use crate::evidence::Evidence;
use crate::headline::Headline;
use crate::loops::{LoopAnswer, LoopsAnswer, RoundTripRow, loops};
use crate::money::{Scale, Sum};
use crate::options::Ask;
use crate::picture::{
    ArgumentPicture, CoverPicture, TimePicture, WebPicture, argument_pictures, cover_pictures, time_picture,
    web_picture,
};
use crate::report::ReportAnswer;
use crate::time::InvestFirst;

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

/// The answer in short.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// In one sentence.
    pub sentence: String,
    /// Three numbers.
    pub numbers: Vec<Number>,
    /// What would change it.
    pub changes: Vec<String>,
}

/// A number with its direction.
#[derive(Clone, Debug, Serialize)]
pub struct Number {
    /// The headline behind it.
    pub id: &'static str,
    /// What it is.
    pub label: String,
    /// Now.
    pub value: String,
    /// A year before.
    pub before: String,
    /// `up`, `down` or `level`.
    pub direction: &'static str,
}

/// A loop drawn as a lane.
#[derive(Clone, Debug, Serialize)]
pub struct Lane {
    /// In words.
    pub sentence: String,
    /// What can go all the way round.
    pub bottleneck: Sum,
    /// The firm part of it.
    pub bottleneck_firm: Sum,
    /// In time, in words.
    pub in_time: String,
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
    pub title: String,
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
                sentence: item.sentence.clone(),
                bottleneck: item.bottleneck.clone(),
                bottleneck_firm: scale.sum(firm),
                in_time: item.in_time.as_ref().map_or_else(
                    || String::from("Not in time: no order of its payments lets each fund the next."),
                    |time| {
                        format!(
                            "In time: {} pays first on {}, back on {}.",
                            time.starts_with, time.first, time.last
                        )
                    },
                ),
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

fn ranges(report: &ReportAnswer) -> Vec<RangeGroup> {
    let span = format!("{} to {}", report.from.year(), report.to.year());
    let over = |basis: usize| report.loops.bases.get(basis).map_or(&[][..], |b| &b.round_trips[..]);
    let held = |row: &RoundTripRow| (row.share_held_flat, row.least_held_flat, row.most_held_flat);
    let told = |row: &RoundTripRow| (row.share_of_receipts, row.least_share, row.most_share);
    let year: Vec<RoundTripRow> =
        report.round_trips.firm.iter().filter(|row| row.reading == "exact").cloned().collect();
    [
        (format!("in {}, firm payments, figures reported", report.round_trips.year), &year[..], false),
        (format!("{span}, firm payments, revenue held flat"), over(0), true),
        (format!("{span}, firm and announced, revenue held flat"), over(2), true),
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
        let lead = first.map_or(String::new(), |row| {
            format!(
                "{} of what {} receives is its own money, and between {} and {} by how one follows it",
                crate::percent(row.share),
                row.name,
                crate::percent(row.least),
                crate::percent(row.most)
            )
        });
        RangeGroup { title: format!("{lead} ({what})"), rows }
    })
    .collect()
}

/// The numbers behind the answer, at one date of knowledge.
struct State {
    /// Yearly firm purchases due after the date over yearly revenue, of the party of the headline.
    times: Option<f64>,
    circulating: f64,
    financing: Decimal,
}

fn state(ask: &Ask, found: &LoopsAnswer, party: Option<&PartyYears>) -> State {
    let ahead =
        || party.into_iter().flat_map(|party| &party.years).filter(|year| year.year > ask.as_of.year());
    let due: Decimal = ahead().map(|year| year.due_firm.value).sum();
    let revenue: Option<Decimal> = ahead().map(|year| year.revenue.as_ref().map(|sum| sum.value)).sum();
    let times = revenue.filter(|sum| *sum > Decimal::ZERO).map(|sum| due / sum);
    State {
        times: times.and_then(|times| times.to_string().parse().ok()),
        circulating: found.bases.first().map_or(0.0, |firm| firm.circulation.share),
        financing: found.invest_first.iter().filter(|r| r.firmness == "firm").map(|r| r.invested.value).sum(),
    }
}

fn direction(now: f64, before: f64) -> &'static str {
    let apart = now - before;
    if apart.abs() < 0.005 * now.abs().max(before.abs()) {
        "level"
    } else if apart > 0.0 {
        "up"
    } else {
        "down"
    }
}

fn answer(ask: &Ask, report: &ReportAnswer) -> Answer {
    let scale = Scale::of(ask.book);
    let year_ago = Ask { as_of: months_after(ask.as_of, -12).unwrap_or(ask.as_of), ..*ask };
    let strained = report.headlines.iter().find(|headline| headline.id == "cover");
    let id = strained.and_then(|headline| headline.legs.first()).map(|leg| leg.payer.clone());
    let party = report.cover.parties.iter().find(|party| Some(&party.party) == id.as_ref());
    let now = state(ask, &report.loops, party);
    let then_cover = crate::cover::cover(&year_ago);
    let then_party = then_cover.parties.iter().find(|party| Some(&party.party) == id.as_ref());
    let then = state(&year_ago, &loops(&year_ago), then_party);
    let times =
        |times: Option<f64>| times.map_or_else(|| String::from("unknown"), |times| format!("{times:.1} ×"));
    let name = party.map_or("the web", |party| party.name.as_str());
    let money = |value: Decimal| scale.sum(value).text;
    let float = |value: Decimal| -> f64 { scale.plain(value) };
    let numbers = vec![
        Number {
            id: "cover",
            label: format!("{name}'s firm purchases due a year, over its latest yearly revenue"),
            value: times(now.times),
            before: times(then.times),
            direction: direction(now.times.unwrap_or(0.0), then.times.unwrap_or(0.0)),
        },
        Number {
            id: "circulation",
            label: String::from("of firm payments between members goes in circles"),
            value: crate::percent(now.circulating),
            before: crate::percent(then.circulating),
            direction: direction(now.circulating, then.circulating),
        },
        Number {
            id: "invest-first",
            label: String::from("of firm funding goes to customers of the funder"),
            value: money(now.financing),
            before: money(then.financing),
            direction: direction(float(now.financing), float(then.financing)),
        },
    ];
    let sentence = format!(
        "By what is signed, {name} owes {} its yearly revenue in each year to {}; {} of what the members owe each other goes in circles, and {} funds customers who buy from the funder.",
        times(now.times),
        report.to.year(),
        crate::percent(now.circulating),
        money(now.financing)
    );
    Answer { sentence, numbers, changes: changes(report, party, &scale, ask) }
}

fn changes(report: &ReportAnswer, party: Option<&PartyYears>, scale: &Scale, ask: &Ask) -> Vec<String> {
    let mut told = Vec::new();
    if let Some(party) = party {
        let ahead: Vec<_> = party.years.iter().filter(|year| year.year > ask.as_of.year()).collect();
        let due: Decimal = ahead.iter().map(|year| year.due_firm.value).sum();
        if let (Some(first), false) = (ahead.first().and_then(|year| year.revenue.as_ref()), ahead.is_empty())
        {
            told.push(format!(
                "Revenue: {} would have to earn {} a year to cover what is signed; it earns {}.",
                party.name,
                scale.sum(due / Decimal::from(ahead.len())).text,
                first.text
            ));
        }
        if let Some(leg) = party.legs.first() {
            told.push(format!("One contract: without {}, {} less would be due.", leg.label, leg.amount.text));
        }
    }
    if let [firm, _, both, _] = &report.loops.bases[..] {
        told.push(format!(
            "Signatures: were all that is announced signed, {} would go in circles instead of {}.",
            crate::percent(both.circulation.share),
            crate::percent(firm.circulation.share)
        ));
        told.push(format!(
            "Dates: {} of firm payments stand on assumed dates; other dates move money between years, not between parties.",
            crate::percent(firm.assumed_share)
        ));
    }
    told
}
