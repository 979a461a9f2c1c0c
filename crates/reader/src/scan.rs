//! Everything that the rules see in a text before names: numbers, dates, words of grammar, and runs between them.

use crate::amount::{Figure, Kind, figures};
use crate::bracket::western;
use crate::dates::{When, dates};
use crate::lexicon::{Class, Hit, Tongue, hits, tongue};
use crate::nominal::meant;
use crate::page::{Page, Script, Span, script};

/// What was found in a page.
#[derive(Debug)]
pub struct Scan {
    /// Numbers, in order.
    pub figures: Vec<Figure>,
    /// Dates, in order.
    pub dates: Vec<When>,
    /// Words of grammar, in order.
    pub hits: Vec<Hit>,
    /// What most of the text is written in.
    pub script: Script,
    /// The language of its Latin letters.
    pub tongue: Tongue,
}

impl Scan {
    /// Looks through the body of a page.
    pub fn of(page: &Page) -> Scan {
        let body: Vec<char> =
            page.sentences.iter().flat_map(|s| page.chars[s.span.clone()].iter().copied()).collect();
        let script = script(&body);
        let folded: Vec<char> = page
            .sentences
            .iter()
            .flat_map(|s| page.fold[s.span.clone()].iter().copied().chain([' ']))
            .take(4000)
            .collect();
        let tongue = match script {
            Script::Latin => tongue(&folded),
            Script::Japanese => Tongue::Japanese,
            _ => Tongue::Any,
        };
        let (mut figures, mut dates, mut hits) = (Vec::new(), Vec::new(), Vec::new());
        for sentence in &page.sentences {
            scan_sentence(page, (&sentence.span, tongue), &mut figures, &mut dates, &mut hits);
        }
        let local = local(&figures, script);
        for figure in &mut figures {
            match figure.kind {
                Kind::BareMoney => figure.kind = Kind::Money(local),
                Kind::Money("local") => figure.kind = Kind::Money(yuan(local, script)),
                _ => {}
            }
        }
        Scan { figures, dates, hits, script, tongue }
    }
}

fn scan_sentence(
    page: &Page,
    (span, tongue): (&Span, Tongue),
    figures_of: &mut Vec<Figure>,
    dates_of: &mut Vec<When>,
    hits_of: &mut Vec<Hit>,
) {
    let chars = &page.fold[span.clone()];
    let when = dates(chars);
    let found = figures(chars).into_iter().filter(|figure| {
        let money = matches!(figure.kind, Kind::Money(_) | Kind::BareMoney | Kind::Power | Kind::Percent);
        money || !when.iter().any(|when| when.start < figure.end && figure.start < when.end)
    });
    // 三 of 三井, 両 of 両社: no number.
    let numeral = |figure: &Figure| {
        tongue == Tongue::Japanese
            && figure.kind == Kind::Plain
            && chars[figure.start..figure.end].iter().all(|c| crate::fold::is_han(*c))
    };
    // 三元前驱体: three of something, not three yuan.
    let ternary = |figure: &Figure| {
        figure.end == figure.start + 2
            && chars[figure.start + 1] == '元'
            && crate::fold::is_han(chars[figure.start])
            && chars.get(figure.end).is_some_and(|c| crate::fold::is_han(*c))
    };
    let mut found: Vec<Figure> = found.filter(|figure| !numeral(figure) && !ternary(figure)).collect();
    let mut blocked = vec![false; chars.len()];
    for figure in &found {
        if figure.kind != Kind::Plain {
            let unit_free =
                if matches!(figure.kind, Kind::Count(_)) { count_end(chars, figure) } else { figure.end };
            blocked[figure.start..unit_free].fill(true);
        }
    }
    let kept = when.into_iter().filter(|when| {
        !found.iter().any(|f| f.kind != Kind::Plain && f.start < when.end && when.start < f.end)
    });
    let kept: Vec<When> = kept.collect();
    for when in &kept {
        blocked[when.start..when.end].fill(true);
    }
    for figure in &mut found {
        figure.start += span.start;
        figure.end += span.start;
        figure.damaged = page.mended.iter().any(|at| *at + 1 >= figure.start && *at <= figure.end);
    }
    figures_of.extend(found);
    dates_of.extend(kept.into_iter().map(|mut when| {
        when.start += span.start;
        when.end += span.start;
        when
    }));
    let meant = hits(chars, &blocked, tongue)
        .into_iter()
        .filter_map(|hit| if tongue.western() { western(chars, tongue, hit) } else { meant(chars, hit) })
        .filter_map(|hit| noun(page, span, tongue, hit));
    hits_of.extend(meant.map(|hit| Hit { start: hit.start + span.start, end: hit.end + span.start, ..hit }));
}

/// Japanese `販売・開発に関する`: a noun in a list of nouns, no verb.
fn attributive(page: &Page, span: &Span, hit: Hit) -> Option<Hit> {
    let (start, end) = (span.start + hit.start, span.start + hit.end);
    // セブン&アイ: part of a name.
    if page.chars[start] == '&' && start > span.start && page.chars[start - 1] != ' ' {
        return None;
    }
    let after: String = page.chars[end..(end + 3).min(span.end)].iter().collect();
    let dotted = start > span.start && page.chars[start - 1] == '・';
    let noun = dotted
        || [
            "・", "に関", "に向", "の", "へ", "や", "額", "枠", "権", "先", "元", "網", "店", "量", "価格",
            "資金", "計画", "会社", "銀行", "法人", "機構", "公社", "公庫",
        ]
        .iter()
        .any(|word| after.starts_with(word));
    let verbs =
        |class: &Class| matches!(class, Class::Give | Class::Get | Class::Buy | Class::Sell | Class::Sign);
    if !noun || !page.chars[start..end].iter().all(|c| crate::fold::is_han(*c)) {
        return Some(hit);
    }
    // 投資 of 政策投資銀行.
    if ["銀行", "法人", "機構", "公社", "公庫"].iter().any(|body| after.starts_with(body)) {
        return None;
    }
    let first = hit.senses.iter().position(|(class, _)| !verbs(class))?;
    Some(Hit { senses: &hit.senses[first..], ..hit })
}

/// A German word with a capital is no verb, but where a sentence begins with it.
fn noun(page: &Page, span: &Span, tongue: Tongue, hit: Hit) -> Option<Hit> {
    if tongue == Tongue::Japanese {
        return attributive(page, span, hit);
    }
    if tongue != Tongue::German || hit.start == 0 || !page.chars[span.start + hit.start].is_uppercase() {
        return Some(hit);
    }
    let small = |class: &Class| {
        matches!(
            class,
            Class::Give
                | Class::Get
                | Class::Buy
                | Class::Sell
                | Class::Sign
                | Class::Say
                | Class::Prep
                | Class::Pron
        )
    };
    let first = hit.senses.iter().position(|(class, _)| !small(class))?;
    Some(Hit { senses: &hit.senses[first..], ..hit })
}

/// The digits of a count only: its word may be one of the lexicon.
fn count_end(chars: &[char], figure: &Figure) -> usize {
    let number = chars[figure.start..figure.end]
        .iter()
        .rposition(|c| c.is_ascii_digit())
        .map_or(figure.end, |at| figure.start + at + 1);
    number.max(figure.start + 1).min(figure.end)
}

/// The currency named most in the text; else that of the script.
fn local(figures: &[Figure], script: Script) -> &'static str {
    let mut count: std::collections::BTreeMap<&'static str, usize> = std::collections::BTreeMap::new();
    for figure in figures {
        if let Kind::Money(code) = figure.kind {
            let code = if code == "local" { yuan("", script) } else { code };
            *count.entry(code).or_default() += 1;
        }
    }
    let most = count.into_iter().max_by_key(|(_, n)| *n).map(|(code, _)| code);
    most.unwrap_or(match script {
        Script::Traditional => "TWD",
        Script::Japanese => "JPY",
        Script::Korean => "KRW",
        _ => "CNY",
    })
}

/// What a bare 元 is: never dollars.
fn yuan(local: &'static str, script: Script) -> &'static str {
    match (local, script) {
        ("CNY" | "TWD" | "HKD", _) => local,
        (_, Script::Traditional) => "TWD",
        _ => "CNY",
    }
}

/// The hits inside a span.
pub fn within<'s>(hits: &'s [Hit], span: &Span) -> &'s [Hit] {
    let from = hits.partition_point(|hit| hit.start < span.start);
    let to = hits.partition_point(|hit| hit.start < span.end);
    &hits[from..to.max(from)]
}

/// Whether a hit is a verb of a deal.
pub fn is_verb(hit: &Hit) -> bool {
    hit.senses.iter().any(|(class, _)| class.is_verb())
}
