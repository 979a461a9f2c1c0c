//! The answer in one sentence, three numbers with their direction since a year ago, and what would change it.

use abilene_quantity::{Decimal, months_after};
use serde::Serialize;

use crate::cover::{PartyYears, cover};
use crate::loops::{LoopsAnswer, loops};
use crate::money::{Scale, percent};
use crate::options::Ask;
use crate::report::ReportAnswer;
use crate::told::{self, Told};

/// The answer in short.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// In one sentence.
    pub sentence: Told,
    /// What it comes to, and how far to trust it.
    pub verdict: Told,
    /// Three numbers.
    pub numbers: Vec<Number>,
    /// What would change it.
    pub changes: Vec<Told>,
}

/// A number with its direction.
#[derive(Clone, Debug, Serialize)]
pub struct Number {
    /// The headline behind it.
    pub id: &'static str,
    /// What it is.
    pub label: Told,
    /// Now.
    pub value: Told,
    /// A year before.
    pub before: Told,
    /// `up`, `down` or `level`.
    pub direction: &'static str,
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

/// Puts a report into one sentence.
pub(crate) fn answer(ask: &Ask, report: &ReportAnswer) -> Answer {
    let year_ago = Ask { as_of: months_after(ask.as_of, -12).unwrap_or(ask.as_of), ..*ask };
    let strained = report.headlines.iter().find(|headline| headline.id == "cover");
    let id = strained.and_then(|headline| headline.legs.first()).map(|leg| leg.payer.clone());
    let of_headline =
        |parties: &'_ [PartyYears]| parties.iter().position(|party| Some(&party.party) == id.as_ref());
    let party = of_headline(&report.cover.parties).map(|at| &report.cover.parties[at]);
    let then_cover = cover(&year_ago);
    let then_party = of_headline(&then_cover.parties).map(|at| &then_cover.parties[at]);
    let now = state(ask, &report.loops, party);
    let then = state(&year_ago, &loops(&year_ago), then_party);
    Answer {
        sentence: sentence(ask, report, party, &now),
        verdict: verdict(ask, report, party, &now),
        numbers: numbers(ask, party, &now, &then),
        changes: changes(ask, report, party),
    }
}

fn times(times: Option<f64>) -> String {
    times.map_or_else(|| String::from("–"), |times| format!("{times:.1} ×"))
}

fn money(ask: &Ask, value: Decimal) -> Told {
    Told(Scale::of(ask.book).sum(value).text, told::money(value, ask.book.case.currency))
}

fn name(ask: &Ask, party: Option<&PartyYears>) -> Told {
    match party {
        Some(party) => Told(party.name.clone(), told::native(ask.book, &party.party).to_owned()),
        None => Told("the web".into(), "整个网络".into()),
    }
}

fn sentence(ask: &Ask, report: &ReportAnswer, party: Option<&PartyYears>, now: &State) -> Told {
    let Told(name, name_zh) = name(ask, party);
    let Told(funds, funds_zh) = money(ask, now.financing);
    let (owed, circling) = (times(now.times), percent(now.circulating));
    let (first, year) = (ask.as_of.year() + 1, report.to.year());
    Told(
        format!(
            "By what is signed, {name} owes on average {owed} its latest yearly revenue in each year from {first} to {year}; {circling} of what the parties of this web firmly owe each other goes in circles, and {funds} funds customers who buy from the funder."
        ),
        format!(
            "就已签约部分，{name_zh}在{first}至{year}年平均每年应付其最近年收入的{owed}；各方间确定应付款的{circling}在循环，{funds_zh}资助了向出资者采购的客户。"
        ),
    )
}

/// Whether revenue covers what is signed, in words; and the share of it all that rests on assumed dates.
fn verdict(ask: &Ask, report: &ReportAnswer, party: Option<&PartyYears>, now: &State) -> Told {
    let Told(name, name_zh) = name(ask, party);
    let assumed = percent(report.loops.bases.first().map_or(0.0, |firm| firm.assumed_share));
    let (covered, covered_zh) = match now.times {
        Some(times) if times > 1.0 => (
            format!(
                "Not covered as it stands: {name}'s revenue would have to grow {times:.1}-fold, or new funding come that is not signed."
            ),
            format!("照现状不能覆盖：{name_zh}的收入须增至{times:.1}倍，或有尚未签约的新资金。"),
        ),
        Some(_) => (
            String::from("Covered as it stands, if all revenue may be spent on it."),
            String::from("照现状可以覆盖，前提是全部收入都用于此。"),
        ),
        None => (
            String::from("Whether it is covered is not known: no revenue is reported."),
            String::from("能否覆盖未知：没有收入报告。"),
        ),
    };
    Told(
        format!("{covered} Caution: {assumed} of firm payments stand on assumed dates."),
        format!("{covered_zh}注意：确定付款的{assumed}基于假设日期。"),
    )
}

fn numbers(ask: &Ask, party: Option<&PartyYears>, now: &State, then: &State) -> Vec<Number> {
    let Told(name, name_zh) = name(ask, party);
    let share = |share: f64| Told::same(percent(share));
    let float = |value: Decimal| Scale::of(ask.book).plain(value);
    vec![
        Number {
            id: "cover",
            label: Told(
                format!("{name}'s firm purchases due, average year ahead, over its latest yearly revenue"),
                format!("{name_zh}每年应付的确定采购与其最近年收入之比"),
            ),
            value: Told::same(times(now.times)),
            before: Told::same(times(then.times)),
            direction: direction(now.times.unwrap_or(0.0), then.times.unwrap_or(0.0)),
        },
        Number {
            id: "circulation",
            label: Told(
                "of firm payments between parties of the web goes in circles".into(),
                "的成员间确定付款在循环".into(),
            ),
            value: share(now.circulating),
            before: share(then.circulating),
            direction: direction(now.circulating, then.circulating),
        },
        Number {
            id: "invest-first",
            label: Told(
                "of firm funding goes to customers of the funder".into(),
                "的确定出资流向出资者自己的客户".into(),
            ),
            value: money(ask, now.financing),
            before: money(ask, then.financing),
            direction: direction(float(now.financing), float(then.financing)),
        },
    ]
}

fn changes(ask: &Ask, report: &ReportAnswer, party: Option<&PartyYears>) -> Vec<Told> {
    let mut all = Vec::new();
    let Told(name, name_zh) = name(ask, party);
    let ahead: Vec<_> =
        party.iter().flat_map(|p| &p.years).filter(|year| year.year > ask.as_of.year()).collect();
    if let Some(first) = ahead.first().and_then(|year| year.revenue.as_ref()) {
        let due: Decimal = ahead.iter().map(|year| year.due_firm.value).sum();
        let Told(yearly, yearly_zh) = money(ask, due / Decimal::from(ahead.len()));
        let Told(earned, earned_zh) = money(ask, first.value);
        all.push(Told(
            format!("Revenue: {name} would have to earn {yearly} a year to cover what is signed; it earns {earned}."),
            format!("收入：{name_zh}每年须收入{yearly_zh}才能覆盖已签约部分；现为{earned_zh}。"),
        ));
    }
    if let Some(leg) = party.and_then(|party| party.legs.first()) {
        let Told(less, less_zh) = money(ask, leg.amount.value);
        all.push(Told(
            format!("One contract: without {}, {less} less would be due.", leg.label),
            format!("一份合同：没有“{}”，应付减少{less_zh}。", leg.label),
        ));
    }
    if let [firm, _, both, _] = &report.loops.bases[..] {
        let [now, signed] = [firm, both].map(|basis| percent(basis.circulation.share));
        let assumed = percent(firm.assumed_share);
        all.push(Told(
            format!("Signatures: were all that is announced signed, {signed} would go in circles instead of {now}."),
            format!("签约：若已宣布的全部签约，循环部分将为{signed}，而非{now}。"),
        ));
        all.push(Told(
            format!(
                "Dates: {assumed} of firm payments stand on assumed dates; other dates move money between years, not between parties."
            ),
            format!("日期：确定付款的{assumed}基于假设日期；换日期只在年份间移动，不在各方间移动。"),
        ));
    }
    all
}
