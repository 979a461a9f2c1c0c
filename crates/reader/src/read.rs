//! From bytes to a document's proposals.

use std::collections::BTreeSet;

use abilene_quantity::Decimal;

use crate::amount::{Figure, Kind};
use crate::claims::{Claim, claims};
use crate::dates::dates;
use crate::deals::{Deal, Teller};
use crate::decode::decode;
use crate::error::ReadError;
use crate::gloss::{Repair, Repaired, repair};
use crate::html;
use crate::memory::{Known, Memory};
use crate::out::{
    AmountOut, ClaimOut, DealOut, Document, DoubtOut, Dropped, Evidence, Exact, RepairOut, Text,
};
use crate::page::{Page, Script, Span};
use crate::pdf;
use crate::scan::Scan;

/// What the text itself may lack.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The name of the document.
    pub id: Option<String>,
    /// Its day, `2025-09-22`.
    pub date: Option<String>,
    /// Proposals below this are listed as doubtful, in percent.
    pub threshold: u8,
    /// Parties that the case knows.
    pub known: Vec<Known>,
}

/// More is no document for a person to read.
const LARGEST: usize = 64 << 20;

/// A document read, with what its spans stand on.
#[derive(Debug)]
pub struct Reading {
    /// The proposals.
    pub document: Document,
    /// The decoded original.
    pub original: String,
    /// Sentences with their places, for showing and for a model.
    pub sentences: Vec<Evidence>,
    /// All names found.
    pub names: Vec<String>,
}

/// Reads one document.
///
/// # Errors
/// [`ReadError`], with what to do about it.
pub fn read(bytes: &[u8], name: &str, options: &Options) -> Result<Reading, ReadError> {
    if bytes.len() > LARGEST {
        return Err(ReadError::TooLarge);
    }
    let (original, mut page, mut text, head) = load(bytes)?;
    if page.chars.iter().all(|c| c.is_whitespace()) {
        return Err(ReadError::Empty);
    }
    let scan = Scan::of(&page);
    let memory = Memory::of(&page, &scan, &options.known);
    let date = options.date.clone().or(head.date).or_else(|| dateline(&page));
    let month = date.as_deref().and_then(year_month);
    let teller = Teller::tell(&page, &scan, &memory, month);
    let mut taken: BTreeSet<usize> = teller.deals.iter().filter_map(|deal| deal.figure).collect();
    taken.extend(same_sums(&scan, &taken));
    taken.extend(
        teller.doubts.iter().filter(|doubt| doubt.reason.contains("supposition")).map(|doubt| doubt.figure),
    );
    let found = claims(&page, &scan, &memory, &taken, month);
    let writer = Writer { page: &page, scan: &scan, memory: &memory };
    let title = head.title.or_else(|| page.headline.as_ref().map(|span| page.text(span)));
    let id = options.id.clone().unwrap_or_else(|| name.to_owned());
    let script = script_name(scan.script);
    let mut document = Document { id, title, publisher: head.publisher, date, script, ..Document::default() };
    writer.fill(&mut document, &teller, &found, options.threshold);
    let sentences = page.sentences.iter().map(|sentence| writer.evidence(&sentence.span)).collect();
    let names = memory.entities.iter().map(|entity| entity.name.clone()).collect();
    let shown = page.dropped.iter().filter(|(_, why)| *why != "blank");
    text.dropped = shown.map(|(span, why)| Dropped { span: page.original(span), why }).collect();
    text.repairs = repairs(&original, &mut page);
    document.text = text;
    Ok(Reading { document, original, sentences, names })
}

fn repairs(original: &str, page: &mut Page) -> Vec<RepairOut> {
    if page.repairs.is_empty() {
        return Vec::new();
    }
    let letters: Vec<char> = original.chars().collect();
    let out = |repair: Repair| RepairOut {
        span: [count(repair.start), count(repair.end)],
        was: letters.get(repair.start..repair.end.min(letters.len())).unwrap_or_default().iter().collect(),
        now: repair.now,
        why: repair.why,
    };
    page.repairs.drain(..).map(out).collect()
}

/// What the file says about itself.
#[derive(Default)]
struct Head {
    title: Option<String>,
    publisher: Option<String>,
    date: Option<String>,
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn load(bytes: &[u8]) -> Result<(String, Page, Text, Head), ReadError> {
    if bytes.starts_with(b"%PDF") {
        return load_pdf(bytes);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    let decoded = decode(bytes);
    let chars: Vec<char> = decoded.text.chars().collect();
    let odd = chars.iter().filter(|c| **c == '\u{fffd}' || c.is_control() && !c.is_whitespace()).count();
    if odd * 5 > chars.len() {
        return Err(ReadError::NotText);
    }
    let mut text = Text {
        kind: "text",
        encoding: decoded.encoding.to_owned(),
        characters: chars.len(),
        lost: decoded.lost,
        ..Text::default()
    };
    let mut head = Head::default();
    let (body, at, marks) = if html::looks_like(&decoded.text) {
        text.kind = "html";
        let markup = html::text(&chars);
        head = Head {
            title: markup.title,
            publisher: markup.publisher,
            date: markup
                .date
                .map(|date| date.chars().take(10).collect())
                .filter(|date: &String| year_month(date).is_some()),
        };
        (markup.chars, markup.at, markup.lines)
    } else {
        let at = (0..chars.len()).map(count).collect();
        (chars, at, Vec::new())
    };
    let page = mended(repair(&body), &at, &marks);
    Ok((decoded.text, page, text, head))
}

/// The page of a repaired text, its places in characters of the decoded original.
fn mended(repaired: Repaired, at: &[u32], marks: &[html::LineMark]) -> Page {
    let places = repaired.at.iter().map(|i| at.get(*i as usize).copied().unwrap_or_default()).collect();
    let mut page = Page::new(repaired.chars, places, marks);
    page.repairs = repaired
        .repairs
        .into_iter()
        .map(|mut repair| {
            let end = at.get(repair.end.saturating_sub(1)).map_or(repair.end, |i| *i as usize + 1);
            repair.start = at.get(repair.start).map_or(repair.start, |i| *i as usize);
            repair.end = end;
            repair
        })
        .collect();
    page.mended = repaired.mended;
    if page.sentences.is_empty() && !marks.is_empty() {
        // All was links or furniture: take every paragraph.
        let mended = std::mem::take(&mut page.mended);
        let repairs = std::mem::take(&mut page.repairs);
        page = Page::new(page.chars, page.at, &[]);
        page.mended = mended;
        page.repairs = repairs;
    }
    page
}

fn load_pdf(bytes: &[u8]) -> Result<(String, Page, Text, Head), ReadError> {
    let pages = pdf::pages(bytes)?;
    let mut text = Text { kind: "pdf", encoding: String::from("PDF"), ..Text::default() };
    let mut all = String::new();
    for page in &pages {
        text.pages.push(count(all.chars().count()));
        all.push_str(page.trim_end());
        all.push('\n');
    }
    let chars: Vec<char> = all.chars().collect();
    text.characters = chars.len();
    text.lost = chars.iter().filter(|c| **c == '\u{fffd}').count();
    let at = (0..chars.len()).map(count).collect();
    Ok((all, Page::new(chars, at, &[]), text, Head::default()))
}

/// `2025-09-22` or `2025-09` to year and month.
pub(crate) fn year_month(date: &str) -> Option<(i32, u32)> {
    let mut parts = date.split('-');
    let year = parts.next()?.parse().ok().filter(|year| (1900..2100).contains(year))?;
    let month = parts.next()?.parse().ok().filter(|month| (1..=12).contains(month))?;
    Some((year, month))
}

/// A full date near the top, or in the first sentences.
fn dateline(page: &Page) -> Option<String> {
    let first = page
        .sentences
        .iter()
        .filter(|s| !s.headline)
        .nth(1)
        .or(page.sentences.last())
        .map_or(0, |s| s.span.end);
    let head = &page.fold[..first.min(2000).min(page.fold.len())];
    let found = dates(head)
        .into_iter()
        .find(|when| when.year.is_some() && when.month.is_some() && when.day.is_some())?;
    Some(format!("{:04}-{:02}-{:02}", found.year?, found.month?, found.day?))
}

fn script_name(script: Script) -> &'static str {
    match script {
        Script::Latin => "latin",
        Script::Simplified => "zh-Hans",
        Script::Traditional => "zh-Hant",
        Script::Japanese => "ja",
        Script::Korean => "ko",
    }
}

/// Other places of the same sum.
fn same_sums(scan: &Scan, taken: &BTreeSet<usize>) -> Vec<usize> {
    let key = |figure: &Figure| (figure.value, format!("{:?}", figure.kind));
    let sums: BTreeSet<_> = taken.iter().map(|index| key(&scan.figures[*index])).collect();
    let all = scan.figures.iter().enumerate();
    all.filter(|(_, figure)| !sums.is_empty() && sums.contains(&key(figure))).map(|(at, _)| at).collect()
}

fn unit(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::Money(code) => Some(code),
        Kind::Power => Some("GW"),
        Kind::Percent => Some("%"),
        Kind::Count(unit) => Some(unit),
        Kind::BareMoney | Kind::Plain => None,
    }
}

struct Writer<'p> {
    page: &'p Page,
    scan: &'p Scan,
    memory: &'p Memory,
}

impl Writer<'_> {
    fn evidence(&self, span: &Span) -> Evidence {
        Evidence { text: self.page.text(span), span: self.page.original(span) }
    }

    fn fill(&self, document: &mut Document, teller: &Teller, claims: &[Claim], threshold: u8) {
        document.amounts = self.amounts();
        let (deals, low): (Vec<&Deal>, Vec<&Deal>) =
            teller.deals.iter().partition(|deal| deal.confidence >= threshold);
        document.deals = deals.into_iter().map(|deal| self.deal(deal)).collect();
        document.claims = claims.iter().map(|claim| self.claim(claim)).collect();
        let doubts = teller.doubts.iter().map(|doubt| self.doubt(doubt.figure, doubt.sentence, doubt.reason));
        document.doubtful = doubts.collect();
        let guess = "its parties are a guess";
        let low = low.into_iter().filter_map(|deal| Some(self.doubt(deal.figure?, deal.sentence, guess)));
        document.doubtful.extend(low);
    }

    fn sentence(&self, at: usize) -> Evidence {
        self.page.sentences.get(at).map(|sentence| self.evidence(&sentence.span)).unwrap_or_default()
    }

    fn names(&self, entities: &[usize]) -> Vec<String> {
        entities.iter().map(|entity| self.memory.entities[*entity].name.clone()).collect()
    }

    fn amounts(&self) -> Vec<AmountOut> {
        let money = |figure: &&Figure| {
            matches!(figure.kind, Kind::Money(_) | Kind::Power)
                && !figure.each
                && figure.value > Decimal::ZERO
        };
        let of = |figure: &Figure| {
            let span = figure.start..figure.end;
            Some(AmountOut {
                value: Exact(figure.value),
                low: Exact(figure.low),
                high: Exact(figure.high),
                unit: unit(&figure.kind)?,
                qualifier: figure.hedge.text(),
                text: self.page.text(&span),
                span: self.page.original(&span),
                damaged: figure.damaged,
            })
        };
        self.scan.figures.iter().filter(money).filter_map(of).collect()
    }

    fn deal(&self, deal: &Deal) -> DealOut {
        let figure = deal.figure.map(|index| &self.scan.figures[index]);
        let evidence = self.sentence(deal.sentence);
        let span = figure.map_or(evidence.span, |figure| self.page.original(&(figure.start..figure.end)));
        DealOut {
            payer: self.names(&deal.payer),
            payee: self.names(&deal.payee),
            instrument: deal.instrument,
            amount: figure.map(|figure| Exact(figure.value)),
            amount_low: figure.map(|figure| Exact(figure.low)),
            amount_high: figure.map(|figure| Exact(figure.high)),
            unit: figure.and_then(|figure| unit(&figure.kind)),
            qualifier: figure.map(|figure| figure.hedge.text()),
            date: deal.date.clone(),
            status: deal.status,
            condition: deal.condition.clone(),
            span,
            evidence,
            confidence: percent(deal.confidence),
            direction: deal.decided_by,
            origin: "rules",
            against: None,
            sources: Vec::new(),
        }
    }

    fn claim(&self, claim: &Claim) -> ClaimOut {
        let figure = &self.scan.figures[claim.figure];
        let name = |entity: Option<usize>| entity.map(|entity| self.memory.entities[entity].name.clone());
        ClaimOut {
            metric: claim.metric,
            subject: name(claim.subject),
            value: Exact(figure.value),
            value_low: Exact(figure.low),
            value_high: Exact(figure.high),
            unit: unit(&figure.kind).unwrap_or("count"),
            period: claim.period.clone(),
            speaker: name(claim.speaker),
            organisation: name(claim.organisation),
            span: self.page.original(&(figure.start..figure.end)),
            evidence: self.sentence(claim.sentence),
            confidence: percent(claim.confidence),
            against: None,
        }
    }

    fn doubt(&self, figure: usize, sentence: usize, reason: &'static str) -> DoubtOut {
        let figure = &self.scan.figures[figure];
        let span = figure.start..figure.end;
        DoubtOut {
            text: self.page.text(&span),
            reason,
            span: self.page.original(&span),
            evidence: self.sentence(sentence),
        }
    }
}

fn percent(value: u8) -> Exact {
    Exact(Decimal::new(i64::from(value), 2))
}
