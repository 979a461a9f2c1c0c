//! Claims: a number said about something, by somebody where the text says so.

use std::collections::BTreeSet;

use crate::amount::Kind as Unit;
use crate::lexicon::Class;
use crate::memory::Memory;
use crate::page::{Page, Script};
use crate::phrase::LONGEST;
use crate::scan::{Scan, is_verb};
use crate::token::{Kind, Marker, Token, clauses, is_conversion, markers, tokens};

/// A claim as found.
#[derive(Clone, Debug)]
pub struct Claim {
    /// What is measured.
    pub metric: &'static str,
    /// Of whom; an entity.
    pub subject: Option<usize>,
    /// The number.
    pub figure: usize,
    /// For when.
    pub period: Option<String>,
    /// Who said it.
    pub speaker: Option<usize>,
    /// For whom the speaker spoke.
    pub organisation: Option<usize>,
    /// The sentence.
    pub sentence: usize,
    /// In percent.
    pub confidence: u8,
}

struct Line<'s> {
    tokens: Vec<Token<'s>>,
    clause: Vec<usize>,
    marker: Vec<Marker>,
}

/// The claims of a page; `taken` are the numbers of deals, `open` those that stand in the frame of a deal.
pub fn claims(
    page: &Page,
    scan: &Scan,
    memory: &Memory,
    taken: &BTreeSet<usize>,
    document: Option<(i32, u32)>,
) -> Vec<Claim> {
    let mut found: Vec<Claim> = Vec::new();
    let mut topic = None;
    let hero = memory.protagonist();
    let mut voice = (None, None);
    for (at, sentence) in page.sentences.iter().enumerate() {
        let tokens = tokens(page, scan, memory, sentence);
        let clause = clauses(&tokens, scan.script);
        let marker = markers(page, scan, &tokens);
        let line = Line { tokens, clause, marker };
        if line.tokens.len() > LONGEST || sentence.headline {
            continue;
        }
        let said = speaker(page, memory, &line);
        let (speaks, organisation) =
            if said == (None, None) && goes_on(page, sentence.span.start) { voice } else { said };
        for token in 0..line.tokens.len() {
            let Kind::Figure(index) = line.tokens[token].kind else { continue };
            if taken.contains(&index) || scan.figures[index].each || is_conversion(&line.tokens, token) {
                continue;
            }
            let Some(metric) = metric(page, scan, &line, token, index) else { continue };
            let subject = subject(memory, scan, &line, token, metric, topic.or(hero)).or(topic).or(hero);
            if metric == "spending" && subject.is_none() {
                continue;
            }
            let period = period(scan, &line, token, document);
            topic = topic.or(subject);
            let speaker = speaks;
            found.push(Claim {
                metric,
                subject,
                figure: index,
                period,
                speaker,
                organisation,
                sentence: at,
                confidence: 70,
            });
        }
        voice = (speaks, organisation);
        let named = line.tokens.iter().enumerate().find_map(|(at, token)| match token.kind {
            Kind::Name(entity) if line.marker[at] == Marker::Bare && !memory.entities[entity].many => {
                let person = scan.script == Script::Latin && memory.entities[entity].person;
                Some(memory.party(entity)).filter(|_| !person)
            }
            _ => None,
        });
        topic = named.or(topic);
    }
    distinct(found, scan)
}

/// One claim for a number of a subject.
fn distinct(mut found: Vec<Claim>, scan: &Scan) -> Vec<Claim> {
    // The one that names its speaker stands for the same number told again.
    found.sort_by_key(|claim| (claim.speaker.is_none() && claim.organisation.is_none(), claim.sentence));
    let mut seen = BTreeSet::new();
    found.retain(|claim| {
        let figure = &scan.figures[claim.figure];
        seen.insert((figure.value, format!("{:?}", figure.kind), claim.subject))
    });
    found.sort_by_key(|claim| (claim.sentence, claim.figure));
    found
}

/// A sentence that goes on with what somebody said: it opens with a quotation mark or a word such as `even if`.
fn goes_on(page: &Page, start: usize) -> bool {
    matches!(page.fold.get(start), Some('"' | '即'))
}

/// Who speaks: the name before a verb of speech, or after `according to`.
fn speaker(page: &Page, memory: &Memory, line: &Line) -> (Option<usize>, Option<usize>) {
    for (at, token) in line.tokens.iter().enumerate() {
        let Kind::Hit(hit) = token.kind else { continue };
        if hit.is(Class::Say).is_none() {
            continue;
        }
        let word = page.folded(&(hit.start..hit.end));
        let leads = ["according to", "据", "根据", "laut", "selon", "citing"].contains(&word.as_str());
        let name = |i: usize| match line.tokens[i].kind {
            Kind::Name(entity) if matches!(line.marker[i], Marker::Bare | Marker::Of | Marker::Aside) => {
                Some(entity)
            }
            _ => None,
        };
        let found = if leads {
            (at + 1..line.tokens.len().min(at + 4)).find_map(name)
        } else {
            (0..at).rev().find_map(name).or_else(|| {
                (at + 1..line.tokens.len().min(at + 3))
                    .filter(|i| line.tokens[*i].start <= hit.end + 2)
                    .find_map(name)
            })
        };
        let Some(entity) = found else { continue };
        let who = &memory.entities[entity];
        return if who.person { (Some(entity), who.org) } else { (None, Some(entity)) };
    }
    (None, None)
}

/// What the number measures; `None` when nothing says so.
fn metric(page: &Page, scan: &Scan, line: &Line, token: usize, index: usize) -> Option<&'static str> {
    let figure = &scan.figures[index];
    let latin = scan.script == Script::Latin;
    let scale = if latin { 1 } else { 3 };
    let mut best: Option<(usize, &'static str)> = None;
    for (at, other) in line.tokens.iter().enumerate() {
        let Some(metric) = other.hit().and_then(|hit| hit.is(Class::Metric)) else { continue };
        let distance = if at < token {
            line.tokens[token].start.saturating_sub(other.end)
        } else {
            other.start.saturating_sub(line.tokens[token].end) + 4
        };
        let cost = distance * scale + 40 * line.clause[at].abs_diff(line.clause[token]);
        if fits(metric, &figure.kind) && best.is_none_or(|(old, _)| cost < old) {
            best = Some((cost, metric));
        }
    }
    let near = best.filter(|(cost, _)| *cost < 150).map(|(_, metric)| metric);
    if near != Some("stake") && is_price(page, line, token) {
        return None;
    }
    match &figure.kind {
        Unit::Power => Some("capacity"),
        Unit::Percent => near.or(Some("share")),
        Unit::Money(_) => near.or_else(|| spending(line, token)),
        Unit::Count("times") | Unit::Plain | Unit::BareMoney => None,
        Unit::Count("shares") => None,
        Unit::Count("people") => near.or(Some("people")),
        Unit::Count(_) => {
            near.or_else(|| (figure.value >= abilene_quantity::Decimal::ONE_THOUSAND).then_some("count"))
        }
    }
}

fn fits(metric: &str, unit: &Unit) -> bool {
    match unit {
        Unit::Percent => !matches!(metric, "valuation" | "ipo_target" | "funding_round" | "cash"),
        Unit::Count(_) => !matches!(
            metric,
            "valuation" | "market_cap" | "revenue" | "profit" | "loss" | "stake" | "cash" | "debt" | "growth"
        ),
        Unit::Money(_) => {
            !matches!(metric, "growth" | "users" | "employees" | "stake" | "share_price" | "stores")
        }
        _ => true,
    }
}

/// A verb of spending without a second party: spending on one's own.
fn spending(line: &Line, token: usize) -> Option<&'static str> {
    let near = |at: usize| line.clause[at] == line.clause[token];
    let spends = line.tokens.iter().enumerate().any(|(at, other)| {
        near(at)
            && other
                .hit()
                .and_then(crate::frame::verb)
                .is_some_and(|(class, _)| matches!(class, Class::Give | Class::Buy))
    });
    spends.then_some("spending")
}

/// A move of a share price or an index.
fn is_price(page: &Page, line: &Line, token: usize) -> bool {
    let Kind::Figure(_) = line.tokens[token].kind else { return false };
    let clause = line.clause[token];
    let words: Vec<String> = line
        .tokens
        .iter()
        .enumerate()
        .filter(|(at, other)| line.clause[*at] == clause && other.hit().is_some())
        .map(|(_, other)| page.folded(&(other.start..other.end)))
        .collect();
    let end = line.tokens[token].end;
    let percent = page.fold[end.saturating_sub(1)] == '%'
        || page.folded(&(line.tokens[token].start..end)).starts_with("百分之")
        || page.folded(&(line.tokens[token].start..end)).ends_with("cent");
    let moves = [
        "股价",
        "收涨",
        "收跌",
        "涨",
        "跌",
        "stock",
        "shares",
        "share price",
        "index",
        "指数",
        "株価",
        "주가",
        "aktie",
        "涨幅",
        "跌幅",
    ];
    let back = page.folded(&(line.tokens[token].start.saturating_sub(4)..line.tokens[token].start));
    percent
        && (words.iter().any(|word| moves.contains(&word.as_str()))
            || back.contains('涨')
            || back.contains('飙')
            || back.contains('跌'))
}

/// Of whom: the owner of the measure, else the nearest name before the number, else one after it.
fn subject(
    memory: &Memory,
    scan: &Scan,
    line: &Line,
    token: usize,
    metric: &str,
    topic: Option<usize>,
) -> Option<usize> {
    let latin = scan.script == Script::Latin;
    if matches!(scan.script, Script::Simplified | Script::Traditional)
        && !matches!(metric, "stake" | "net_worth" | "gdp" | "project_size")
        && project(line).is_none()
    {
        return crate::han_claims::subject(memory, (&line.tokens, &line.clause, &line.marker), token, topic);
    }
    if matches!(metric, "capex" | "capacity" | "cost" | "project_size")
        && let Some(project) = project(line)
    {
        return Some(project);
    }
    let mut best: Option<(usize, usize)> = None;
    for (at, other) in line.tokens.iter().enumerate() {
        let entity = match (other.kind, topic) {
            (Kind::Name(entity), _)
                if latin && metric != "net_worth" && memory.entities[memory.party(entity)].person =>
            {
                continue;
            }
            (Kind::Name(entity), _) => entity,
            (Kind::Pron("it" | "its"), Some(topic)) => topic,
            _ => continue,
        };
        let distance = if at < token {
            line.tokens[token].start.saturating_sub(other.end)
        } else {
            other.start.saturating_sub(line.tokens[token].end) + if latin { 40 } else { 15 }
        };
        let tie = match line.marker[at] {
            Marker::Of => 0,
            Marker::Bare => 10,
            Marker::To | Marker::On => 14,
            _ => 25,
        };
        let object =
            at > 0 && line.marker[at] == Marker::Bare && line.tokens[at - 1].hit().is_some_and(is_verb);
        let tie = tie + if object { 25 } else { 0 };
        let person = if memory.entities[entity].person { 30 } else { 0 };
        let cost = distance + tie + person + 12 * line.clause[at].abs_diff(line.clause[token]);
        if best.is_none_or(|(old, _)| cost < old) {
            best = Some((cost, if metric == "net_worth" { entity } else { memory.party(entity) }));
        }
    }
    best.map(|(_, entity)| entity)
}

/// `the X project`, `X 项目`: a project that the sentence names is what its sites and sums belong to.
fn project(line: &Line) -> Option<usize> {
    line.tokens.windows(2).find_map(|pair| match pair[0].kind {
        Kind::Name(entity)
            if pair[1].start <= pair[0].end + 1
                && pair[1].hit()?.is(Class::Metric) == Some("project_size") =>
        {
            Some(entity)
        }
        _ => None,
    })
}

fn period(scan: &Scan, line: &Line, token: usize, document: Option<(i32, u32)>) -> Option<String> {
    let dates = line.tokens.iter().enumerate().filter_map(|(at, other)| match other.kind {
        Kind::Date(index) => Some((line.clause[at].abs_diff(line.clause[token]), at.abs_diff(token), index)),
        _ => None,
    });
    let (_, _, index) = dates.min()?;
    let (year, month) = scan.dates[index].resolve(document)?;
    Some(month.map_or(format!("{year:04}"), |month| format!("{year:04}-{month:02}")))
}
