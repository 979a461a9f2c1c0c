//! A sentence as the frames see it: names, numbers, dates, words of grammar and marks, each with its place.

use crate::fold::{is_han, is_hangul};
use crate::han::is_letter;
use crate::lexicon::{Class, Hit};
use crate::memory::Memory;
use crate::page::{Page, Script, Sentence};
use crate::phrase::{arrangers, tidy};
use crate::scan::{Scan, within};

/// What a token is.
#[derive(Clone, Copy, Debug)]
pub enum Kind<'s> {
    /// Somebody.
    Name(usize),
    /// A word for one named before.
    Pron(&'static str),
    /// A number of the page.
    Figure(usize),
    /// A date of the page.
    Date(usize),
    /// A word of grammar.
    Hit(&'s Hit),
    /// A comma, semicolon, colon, bracket, quotation mark.
    Mark(char),
}

/// A token.
#[derive(Clone, Copy, Debug)]
pub struct Token<'s> {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is.
    pub kind: Kind<'s>,
}

/// How a name is tied to the verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// By nothing, or by the particle of a subject.
    Bare,
    /// to, into, 向.
    To,
    /// from, 从, 来自.
    From,
    /// with, 与.
    With,
    /// by, 由.
    By,
    /// of, 's, 的.
    Of,
    /// on: what is paid for; German and French in.
    On,
    /// in: where, or what is invested in.
    In,
    /// bei, chez, auprès de.
    At,
    /// Particle of an object.
    Object,
    /// In a phrase that is no argument.
    Aside,
}

fn marker(word: &str) -> Marker {
    match word {
        "to" | "for" => Marker::To,
        "from" => Marker::From,
        "with" => Marker::With,
        "by" => Marker::By,
        "of" => Marker::Of,
        "on" => Marker::On,
        "in" => Marker::In,
        "obj" => Marker::Object,
        "subj" => Marker::Bare,
        _ => Marker::Aside,
    }
}

impl Token<'_> {
    /// The word of grammar, if it is one.
    pub fn hit(&self) -> Option<&Hit> {
        match self.kind {
            Kind::Hit(hit) => Some(hit),
            _ => None,
        }
    }

    /// Whether it is a name or stands for one.
    pub fn is_party(&self) -> bool {
        matches!(self.kind, Kind::Name(_)) || matches!(self.kind, Kind::Pron(word) if word != "its")
    }
}

/// The tokens of a sentence, in order.
pub fn tokens<'s>(page: &Page, scan: &'s Scan, memory: &Memory, sentence: &Sentence) -> Vec<Token<'s>> {
    let span = &sentence.span;
    let mut found: Vec<Token> = Vec::new();
    let from = memory.mentions.partition_point(|mention| mention.span.start < span.start);
    let names: Vec<&crate::memory::Mention> =
        memory.mentions[from..].iter().take_while(|mention| mention.span.end <= span.end).collect();
    found.extend(names.iter().map(|m| Token {
        start: m.span.start,
        end: m.span.end,
        kind: Kind::Name(m.entity),
    }));
    let free = |start: usize, end: usize| {
        let first = names.partition_point(|m| m.span.end <= start);
        names.get(first).is_none_or(|m| m.span.start >= end)
    };
    let first = scan.figures.partition_point(|figure| figure.start < span.start);
    for (at, figure) in
        scan.figures.iter().enumerate().skip(first).take_while(|(_, figure)| figure.end <= span.end)
    {
        let letter = scan.script != Script::Latin && is_letter(&page.fold, figure.start, figure.end);
        if free(figure.start, figure.end) && !letter {
            found.push(Token { start: figure.start, end: figure.end, kind: Kind::Figure(at) });
        }
    }
    let first = scan.dates.partition_point(|date| date.start < span.start);
    for (at, date) in scan.dates.iter().enumerate().skip(first).take_while(|(_, date)| date.end <= span.end) {
        found.push(Token { start: date.start, end: date.end, kind: Kind::Date(at) });
    }
    for hit in within(&scan.hits, span).iter().filter(|hit| free(hit.start, hit.end)) {
        let kind = hit.is(Class::Pron).map_or(Kind::Hit(hit), Kind::Pron);
        found.push(Token { start: hit.start, end: hit.end, kind });
    }
    for at in span.clone() {
        let c = page.fold[at];
        let comma = matches!(c, ',' | '、') && !page.fold.get(at + 1).is_some_and(char::is_ascii_digit)
            || matches!(c, ';' | ':' | '(' | ')' | '"' | '。' | '!' | '?')
            || c == '-' && at > 0 && page.fold[at - 1] == ' ';
        if comma {
            found.push(Token { start: at, end: at + 1, kind: Kind::Mark(c) });
        }
    }
    found.sort_by_key(|token| (token.start, std::cmp::Reverse(token.end)));
    tidy(page, scan, memory, span, &mut found);
    found
}

/// `(about 600 bn yen)` right after a sum: the same sum again.
pub fn is_conversion(tokens: &[Token], token: usize) -> bool {
    let open = (0..token).rev().find(|i| !matches!(tokens[*i].kind, Kind::Hit(_)));
    open.is_some_and(|i| {
        matches!(tokens[i].kind, Kind::Mark('(')) && i > 0 && matches!(tokens[i - 1].kind, Kind::Figure(_))
    })
}

/// The number of clauses begun before a token.
pub fn clauses(tokens: &[Token], script: Script) -> Vec<usize> {
    let mut count = 0;
    let mut depth = 0usize;
    tokens
        .iter()
        .map(|token| {
            match token.kind {
                Kind::Mark('(') => depth += 1,
                Kind::Mark(')') => depth = depth.saturating_sub(1),
                Kind::Mark(',' | ';' | ':' | '-' | '|') if depth == 0 => count += 1,
                Kind::Mark('、') if depth == 0 && script == Script::Japanese => count += 1,
                _ => {}
            }
            count
        })
        .collect()
}

/// How each name of a sentence is tied to its verb; `Bare` for all other tokens.
pub fn markers(page: &Page, scan: &Scan, tokens: &[Token]) -> Vec<Marker> {
    let mut found: Vec<Marker> = vec![Marker::Bare; tokens.len()];
    for at in 0..tokens.len() {
        if !tokens[at].is_party() {
            continue;
        }
        // 甲骨文(Oracle): the gloss is tied as its name is.
        if let (true, Kind::Name(own)) =
            (at >= 2 && matches!(tokens[at - 1].kind, Kind::Mark('(')), tokens[at].kind)
            && matches!(tokens[at - 2].kind, Kind::Name(other) if other == own)
        {
            found[at] = found[at - 2];
            continue;
        }
        if scan.tongue.western() {
            found[at] = crate::ties::tie(page, scan.tongue, tokens, at, &found);
            continue;
        }
        found[at] = particle(page, tokens, at)
            .or_else(|| before(page, scan, tokens, at, &found))
            .unwrap_or_else(|| owner(page, tokens, at));
    }
    arrangers(page, tokens, &mut found);
    if matches!(scan.script, Script::Japanese | Script::Korean) {
        paired(page, tokens, &mut found);
    }
    found
}

/// `A와 B에서`, `AとBから`: the first is tied as the second.
fn paired(page: &Page, tokens: &[Token], found: &mut [Marker]) {
    for at in (0..tokens.len().saturating_sub(2)).rev() {
        let (join, next) = (&tokens[at + 1], &tokens[at + 2]);
        let with = tokens[at].is_party()
            && next.is_party()
            && (join.hit().is_some_and(|hit| hit.is(Class::List).is_some())
                || matches!(join.kind, Kind::Mark('、' | '·')));
        let gap = page.folded(&(join.end..next.start.max(join.end)));
        if with && gap.trim().is_empty() && join.start == tokens[at].end {
            found[at] = found[at + 2];
        }
    }
}

/// Japanese and Korean: the particle right after.
fn particle(page: &Page, tokens: &[Token], at: usize) -> Option<Marker> {
    let mut next = at + 1;
    // (Nvidia) after a name
    if matches!(tokens.get(next)?.kind, Kind::Mark('(')) {
        next = (next..tokens.len().min(next + 6)).find(|i| matches!(tokens[*i].kind, Kind::Mark(')')))? + 1;
    }
    if matches!(tokens.get(next)?.kind, Kind::Mark(')')) {
        next += 1;
    }
    if let Some(tied) = grouped(page, tokens, at) {
        return tied;
    }
    // 알파 등으로부터
    let word = tokens.get(next).map(|token| page.folded(&(token.start..token.end)));
    if matches!(word.as_deref(), Some("등" | "측")) {
        next += 1;
    }
    let token = tokens.get(next)?;
    let gap = page.folded(&(tokens[next - 1].end..token.start));
    let adjacent = token.start == tokens[next - 1].end || gap.chars().all(|c| matches!(c, '"' | '」'));
    let word = token.hit()?.is(Class::Part).filter(|_| adjacent)?;
    let han = is_han(page.chars[token.start]) && is_han(page.chars[token.end - 1]);
    (!han).then(|| marker(word))
}

/// `Xなど5行は`, `X向けに`, `X에 따르면`: what stands between a name and its particle, or is none; `None` where nothing does.
fn grouped(page: &Page, tokens: &[Token], at: usize) -> Option<Option<Marker>> {
    let rest = page.folded(&(tokens[at].end..(tokens[at].end + 16).min(page.fold.len())));
    let starts = |words: &[&str]| words.iter().any(|word| rest.starts_with(&crate::fold::fold(word)));
    if starts(&["向けに"]) {
        return Some(Some(Marker::To));
    }
    if starts(&["에 따르", "에 대해", "에 대한", "에 이어", "에 비해", "에 힘입"]) {
        return Some(Some(Marker::Aside));
    }
    let kana =
        [("から", "from"), ("は", "subj"), ("が", "subj"), ("に", "to"), ("と", "with"), ("を", "obj")];
    if let Some(tied) = rest.strip_prefix("など")
        && let Some((_, word)) = kana.iter().find(|(kana, _)| tied.starts_with(kana))
    {
        return Some(Some(marker(word)));
    }
    let counted = rest.starts_with('の')
        && matches!(tokens.get(at + 2).map(|token| token.kind), Some(Kind::Figure(_)))
        && tokens[at + 2].start == tokens[at].end + 1;
    if !rest.starts_with("など") && !counted {
        return None;
    }
    let groups = [
        "などの連合",
        "などの企業",
        "などのグループ",
        "などの陣営",
        "などの投資",
        "などの銀行団",
        "などのコンソ",
    ];
    let first = at + 1 + usize::from(counted) + usize::from(starts(&groups));
    let part = (first..tokens.len().min(first + 4)).find(|i| {
        tokens[*i].start < tokens[at].end + 16
            && !matches!(tokens[*i].kind, Kind::Mark(_))
            && tokens[*i].hit().is_some_and(|hit| hit.is(Class::Part).is_some())
    });
    Some(part.and_then(|i| tokens[i].hit()).and_then(|hit| hit.is(Class::Part)).map(marker))
}

/// The preposition before, with at most an attribute between; or that of the name before in a list.
fn before(page: &Page, scan: &Scan, tokens: &[Token], at: usize, found: &[Marker]) -> Option<Marker> {
    let latin = scan.script == Script::Latin;
    let reach = if latin { 48 } else { 14 };
    let mut i = at;
    while i > 0 {
        i -= 1;
        let token = &tokens[i];
        if tokens[at].start > token.end + reach {
            return None;
        }
        match token.kind {
            Kind::Mark('"' | '(') => {}
            Kind::Mark('、') if i > 0 && tokens[i - 1].is_party() => return Some(found[i - 1]),
            Kind::Pron(_)
                if !latin
                    && i > 0
                    && tokens[i - 1].hit().is_some_and(|hit| hit.is(Class::Prep).is_some()) => {}
            Kind::Hit(hit) => {
                let list = hit.is(Class::List).is_some();
                let prep = hit.is(Class::Prep);
                let adjacent = tokens[at].start <= hit.end + 6;
                if list && i > 0 && tokens[i - 1].is_party() && adjacent {
                    let together = prep == Some("with") && found[i - 1] == Marker::Bare;
                    return Some(if together { Marker::With } else { found[i - 1] });
                }
                if prep == Some("of") && matches!(scan.script, Script::Simplified | Script::Traditional) {
                    continue;
                }
                if prep == Some("of") && is_place(page, hit.start) && !(latin && i == 0) {
                    continue;
                }
                // `To fill them the maker buys`: the preposition has its own.
                let stands = matches!(tokens[at].kind, Kind::Pron(_));
                if prep.is_some() && latin && stands && words_between(page, hit.end, tokens[at].start) > 0 {
                    return None;
                }
                if let Some(prep) = prep {
                    return tie(page, hit, prep, (latin, i == 0), (tokens[0].start, tokens[at].start));
                }
                let noun = hit.is(Class::Noun).is_some() || hit.is(Class::Metric).is_some();
                if noun && hit.is(Class::Role).is_none() && latin && !list {
                    return None;
                }
                if crate::scan::is_verb(hit) || hit.is(Class::Say).is_some() || hit.is(Class::Part).is_some()
                {
                    return None;
                }
            }
            _ => return None,
        }
    }
    None
}

/// What a preposition makes of the name after it; nothing when it is a verb as well, or too far away.
fn tie(
    page: &Page,
    hit: &Hit,
    prep: &str,
    (latin, first): (bool, bool),
    (sentence, name): (usize, usize),
) -> Option<Marker> {
    // German `Der X`: an article, not a genitive.
    if hit.is(Class::Get).is_some() || prep == "of" && latin && first {
        return None;
    }
    let words = words_between(page, hit.end, name);
    let between = page.folded(&(hit.end..name.max(hit.end)));
    let group = ["led by", "including", "such as", "comprising"].iter().any(|word| between.contains(word));
    if latin && !group && (prep == "of" && words > 1 || words > 4) {
        return None;
    }
    let back = page.folded(&(hit.start.saturating_sub(9)..hit.start));
    let managed = prep == "by" && ["managed ", "advised "].iter().any(|word| back.ends_with(word));
    // `A fund managed by X provided`: X acts; `to funds managed by X`: X is given.
    let acts = name < sentence + 40;
    Some(match (managed, acts) {
        (true, true) => Marker::Bare,
        (true, false) => Marker::To,
        _ => marker(prep),
    })
}

/// `the state of X`: X is named, not owned.
fn is_place(page: &Page, of: usize) -> bool {
    let back = page.folded(&(of.saturating_sub(12)..of));
    ["state ", "city ", "government ", "republic ", "kingdom ", "province ", "town ", "county "]
        .iter()
        .any(|word| back.ends_with(word))
}

fn words_between(page: &Page, from: usize, to: usize) -> usize {
    page.folded(&(from..to.max(from))).split_whitespace().count()
}

/// A possessive: `X's`, `X 的`, `X の`.
fn owner(page: &Page, tokens: &[Token], at: usize) -> Marker {
    let end = tokens[at].end;
    let apostrophe = matches!(page.chars.get(end), Some('\'' | '’')) && page.chars.get(end + 1) == Some(&'s');
    let of = tokens.get(at + 1).is_some_and(|next| {
        next.start <= end + 1
            && next.hit().is_some_and(|hit| {
                hit.is(Class::Prep) == Some("of")
                    && hit.end - hit.start == 1
                    && !is_hangul(page.chars[hit.start])
            })
    });
    let share = page.folded(&(end..(end + 3).min(page.fold.len())));
    if apostrophe || of || share == " 지분" || share == " 주식" { Marker::Of } else { Marker::Bare }
}
