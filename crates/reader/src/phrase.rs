//! Names and words that stand in a phrase with another name: attributes, products, groups of named members.

use crate::amount::Kind as Unit;
use crate::fold::is_han;
use crate::lexicon::Class;
use crate::memory::Memory;
use crate::names::{latin_letter, listed, tails};
use crate::page::{Page, Script, Span};
use crate::scan::Scan;
use crate::token::{Kind, Marker, Token};

/// More tokens are a table or a list, not a sentence.
pub(crate) const LONGEST: usize = 400;

/// Leaves out the tokens that only say more about a name beside them, and adds `the carrier` and the like.
pub(crate) fn tidy(page: &Page, scan: &Scan, memory: &Memory, sentence: &Span, found: &mut Vec<Token>) {
    let mut keep: Vec<bool> = (0..found.len())
        .map(|at| {
            !is_rest(page, memory, found, at)
                && !is_attribute(page, found, at)
                && !is_owner(page, scan, found, at)
                && !is_product(page, scan, found, at)
                && !is_project(page, scan, found, at)
        })
        .collect();
    for at in 0..found.len() {
        if let Some(name) = member(page, memory, found, at) {
            // `a syndicate of 12 banks led by A`: all of it is A.
            let mut first = at;
            while first > 0
                && found[first].start <= found[first - 1].end + 4
                && belongs(memory, &found[first - 1])
            {
                first -= 1;
            }
            keep[first..name].fill(false);
        }
    }
    let mut keep = keep.iter();
    found.retain(|_| keep.next() != Some(&false));
    // A sentence of more tokens is passed over by the frames as well.
    if found.len() > LONGEST {
        return;
    }
    if scan.tongue.western() {
        crate::definite::definites(page, scan.tongue, sentence, found);
    } else if scan.script == Script::Latin {
        definite(page, sentence, found);
        subordinate(page, sentence, found);
    }
}

/// `对手 X`, `the group X`: the word is an attribute of the name.
fn is_attribute(page: &Page, found: &[Token], at: usize) -> bool {
    let Kind::Pron(word) = found[at].kind else { return false };
    let form = page.folded(&(found[at].start..found[at].end));
    let fits = word == "rival" || is_han(page.chars[found[at].start]) || form.starts_with("the ");
    word != "which"
        && fits
        && found
            .get(at + 1)
            .is_some_and(|next| matches!(next.kind, Kind::Name(_)) && next.start <= found[at].end + 1)
}

/// `A's B`: B is meant, A says whose or where it is.
fn is_owner(page: &Page, scan: &Scan, found: &[Token], at: usize) -> bool {
    let name = |token: &Token| matches!(token.kind, Kind::Name(_));
    let Some(next) = found.get(at + 1).filter(|next| name(&found[at]) && name(next)) else { return false };
    let gap = page.folded(&(found[at].end..next.start.max(found[at].end)));
    matches!(gap.as_str(), "'s " | "’s ")
        && !is_project(page, scan, found, at + 1)
        && !is_product(page, scan, found, at + 1)
}

/// `its Kathleen Valley project`: a thing with a name of its own.
fn is_project(page: &Page, scan: &Scan, found: &[Token], at: usize) -> bool {
    let token = &found[at];
    if scan.script != Script::Latin
        || !matches!(token.kind, Kind::Name(_))
        || page.chars.get(token.end) != Some(&' ')
    {
        return false;
    }
    let next: String = page.fold[token.end + 1..].iter().take_while(|c| c.is_alphabetic()).collect();
    page.chars.get(token.end + 1).is_some_and(|c| c.is_lowercase()) && listed("project", &next)
}

/// `甲、乙等组成的银团`: the named ones stand for the group.
fn is_rest(page: &Page, memory: &Memory, found: &[Token], at: usize) -> bool {
    let Kind::Name(entity) = found[at].kind else { return false };
    let named = |token: &&Token| matches!(token.kind, Kind::Name(other) if !memory.entities[other].many);
    memory.entities[entity].many
        && found[..at].iter().rev().take(4).find(named).is_some_and(|name| {
            let gap = page.folded(&(name.end..found[at].start.max(name.end)));
            let formed = ["组成的", "组建的", "牵头的", "为首的", "主办的", "领投的", "主导的"];
            (gap.starts_with('等') || formed.iter().any(|word| gap.ends_with(word)))
                && gap.chars().count() < 9
        })
}

/// `18 Foo X21 jets`, `six Foo X21s`, `Foo 18.2`: a numbered thing, not a party.
fn is_product(page: &Page, scan: &Scan, found: &[Token], at: usize) -> bool {
    let token = &found[at];
    let latin = scan.script == Script::Latin;
    let Kind::Name(_) = token.kind else { return false };
    // A mark such as X21 may stand between.
    let mut from = token.end;
    let mut marked = false;
    while page.chars.get(from) == Some(&' ') {
        let word: Vec<char> =
            page.chars[from + 1..].iter().copied().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
        if !word.iter().any(char::is_ascii_digit) {
            break;
        }
        let end = from + 1 + word.len();
        let decimal =
            page.chars.get(end) == Some(&'.') && page.chars.get(end + 1).is_some_and(char::is_ascii_digit);
        marked |= decimal || word.iter().any(|c| c.is_alphabetic() || *c == '-');
        from = end;
    }
    if latin && marked && page.chars[token.end + 1].is_alphanumeric() && is_free(scan, found, at) {
        return true;
    }
    let next =
        from > token.end || page.chars.get(from + 1).is_some_and(|c| c.is_lowercase() && latin_letter(*c));
    is_counted(page, scan, found, at) && (!latin || next)
}

/// No sum of money and no date follows.
fn is_free(scan: &Scan, found: &[Token], at: usize) -> bool {
    found.get(at + 1).is_none_or(|next| match next.kind {
        Kind::Figure(index) => matches!(scan.figures[index].kind, Unit::Plain | Unit::Count(_)),
        Kind::Date(_) => next.start > found[at].end + 1,
        _ => true,
    })
}

/// A number of things stands right before.
fn is_counted(page: &Page, scan: &Scan, found: &[Token], at: usize) -> bool {
    let start = found[at].start;
    let figure = at.checked_sub(1).is_some_and(|i| match found[i].kind {
        Kind::Figure(index) => {
            let counts = matches!(scan.figures[index].kind, Unit::Plain | Unit::Count(_));
            counts && start <= found[i].end + 1
        }
        _ => false,
    });
    let back = page.folded(&(start.saturating_sub(10)..start));
    let word = back.trim_end().rsplit(' ').next().unwrap_or_default();
    let capital = page.chars[start].is_uppercase();
    figure || scan.script == Script::Latin && capital && listed("numeral", word)
}

/// A part of what a group is called: `a syndicate`, `of`, `12`.
fn belongs(memory: &Memory, token: &Token) -> bool {
    match token.kind {
        Kind::Name(entity) => memory.entities[entity].many,
        Kind::Figure(_) => true,
        Kind::Hit(hit) => hit.is(Class::Prep) == Some("of"),
        _ => false,
    }
}

/// `a syndicate of A and B`, `investors led by A`: the named ones stand for the group. Returns the first of them.
fn member(page: &Page, memory: &Memory, found: &[Token], at: usize) -> Option<usize> {
    let Kind::Name(entity) = found[at].kind else { return None };
    if !memory.entities[entity].many {
        return None;
    }
    let name = (at + 1..found.len().min(at + 4)).find(|i| matches!(found[*i].kind, Kind::Name(_)))?;
    let gap = page.folded(&(found[at].end..found[name].start));
    let words = [
        ", led by ",
        ", including ",
        " of ",
        " led by ",
        " including ",
        " comprising ",
        " headed by ",
        " such as ",
        " um ",
        " aus ",
        " mené par ",
        " dirigé par ",
        " conduit par ",
        " emmené par ",
        " composé de ",
        " unter führung der ",
        " unter führung von ",
        " unter führung des ",
        " angeführt von ",
    ];
    words.iter().any(|word| gap.starts_with(word) && gap.len() < word.len() + 16).then_some(name)
}

/// `the carrier`, `the German maker`: a company by what it does.
fn definite(page: &Page, sentence: &Span, found: &mut Vec<Token>) {
    let words = words(page, sentence);
    let mut more = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if page.folded(word) != "the" {
            continue;
        }
        let head = (at + 1..words.len().min(at + 5)).find(|i| {
            let lower = page.chars[words[*i].start].is_lowercase();
            let word = page.folded(&words[*i]);
            let nation = *i == at + 2
                && listed("nation", page.folded(&words[at + 1]).trim_end_matches('.'))
                && !listed("thing", &word)
                && !word.ends_with('s');
            lower
                && (is_agent(&word) || nation)
                && !words.get(i + 1).is_some_and(|next| is_plain(page, &words[*i], next, found))
        });
        let Some(head) = head else { continue };
        let span = word.start..words[head].end;
        let joined = (at..head).all(|i| words[i + 1].start == words[i].end + 1);
        let free = found.iter().all(|token| {
            token.end <= span.start
                || token.start >= span.end
                || token
                    .hit()
                    .is_some_and(|hit| hit.is(Class::Role).is_some() || hit.is(Class::Noun).is_some())
        });
        let named = page.chars[span.end..].first() == Some(&' ')
            && page.chars.get(span.end + 1).is_some_and(|c| c.is_uppercase());
        if joined && free && !named {
            more.push(Token { start: span.start, end: span.end, kind: Kind::Pron("it") });
        }
    }
    found.retain(|token| !more.iter().any(|made| made.start <= token.start && token.end <= made.end));
    found.extend(more);
    found.sort_by_key(|token| (token.start, std::cmp::Reverse(token.end)));
}

/// The words of a sentence.
fn words(page: &Page, sentence: &Span) -> Vec<Span> {
    let mut words = Vec::new();
    let mut at = sentence.start;
    let dotted = |at: usize| page.chars[at] == '.' && at > 0 && page.chars[at - 1].is_uppercase();
    let inner =
        |at: usize| latin_letter(page.chars[at]) || page.chars[at] == '-' || page.chars[at].is_ascii_digit();
    while at < sentence.end {
        if !inner(at) {
            at += 1;
            continue;
        }
        let start = at;
        while at < sentence.end && (inner(at) || dotted(at)) {
            at += 1;
        }
        words.push(start..at);
    }
    words
}

/// Whether a word says what a company does: `maker`, `lessor`, `carrier`.
pub(crate) fn is_agent(word: &str) -> bool {
    let tailed = || tails("agent").iter().any(|tail| word.len() > tail.len() + 2 && word.ends_with(tail));
    !listed("thing", word) && (listed("agent", word) || tailed())
}

/// Whether the next word is a plain noun, so that the one before is its attribute: `the lender group`.
fn is_plain(page: &Page, word: &Span, next: &Span, found: &[Token]) -> bool {
    if next.start != word.end + 1 || page.chars[word.end] != ' ' || !page.chars[next.start].is_lowercase() {
        return false;
    }
    let lower = page.folded(next);
    let known = found.iter().any(|token| {
        let grammar = |class: &Class| !matches!(class, Class::Noun | Class::Role | Class::Metric);
        token.start == next.start
            && token.hit().is_none_or(|hit| hit.senses.iter().any(|(class, _)| grammar(class)))
    });
    let small = lower.len() <= 4 || ["ly", "ed", "ing"].iter().any(|tail| lower.ends_with(tail));
    let modal = ["would", "could", "should", "which", "where", "after", "before", "until", "under", "still"];
    !known && !small && !modal.contains(&lower.as_str())
}

const OPENS: [&str; 13] = [
    "that", "which", "who", "while", "after", "when", "whose", "where", "although", "because", "though",
    "before", "as",
];

/// `that`, `which`, `while`: a clause of its own begins.
fn subordinate(page: &Page, sentence: &Span, found: &mut Vec<Token>) {
    let mut more: Vec<Token> = Vec::new();
    for word in words(page, sentence) {
        let form = page.folded(&word);
        let led = form == "that" && is_led(page, &word);
        if !OPENS.contains(&form.as_str()) || led || form == "as" && is_phrase(page, &word) {
            continue;
        }
        let covers = |token: &Token| token.start <= word.start && word.end <= token.end;
        if !found.iter().any(|token| covers(token) && !matches!(token.kind, Kind::Pron("which"))) {
            more.push(Token { start: word.start, end: word.start, kind: Kind::Mark('|') });
        }
    }
    found.extend(more);
    found.sort_by_key(|token| (token.start, token.end != token.start, std::cmp::Reverse(token.end)));
}

/// `of that sum`: the word belongs to the preposition before it.
fn is_led(page: &Page, word: &Span) -> bool {
    let back = page.folded(&(word.start.saturating_sub(6)..word.start));
    ["of ", " in ", " on ", " for ", " from ", " with ", " at ", " by "]
        .iter()
        .any(|prep| back.ends_with(prep))
}

/// `as much as`, `as part of`, `as lead arranger`: no clause.
fn is_phrase(page: &Page, word: &Span) -> bool {
    let rest = page.folded(&(word.end..(word.end + 14).min(page.fold.len())));
    let back = page.folded(&(word.start.saturating_sub(5)..word.start));
    let nouns = [
        " much", " part", " a ", " an ", " the ", " well", " of ", " lead", " joint", " sole", " many",
        " little", " long",
    ];
    nouns.iter().any(|next| rest.starts_with(next))
        || ["much ", "such ", "well ", "many ", "long "].contains(&back.as_str())
}

/// `with A and B as bookrunners`, `arranged by A`: who brings the money, not who gives it.
pub(crate) fn arrangers(page: &Page, tokens: &[Token], found: &mut [Marker]) {
    for at in 0..tokens.len() {
        let Kind::Name(_) = tokens[at].kind else { continue };
        if tells(page, &tokens[at]) {
            found[at] = Marker::Aside;
            continue;
        }
        if !arranges(page, &tokens[at]) {
            continue;
        }
        found[at] = Marker::Aside;
        let mut i = at;
        let listed = |i: usize| tokens[i].hit().is_some_and(|hit| hit.is(Class::List).is_some());
        while i >= 2 && listed(i - 1) && tokens[i - 2].is_party() {
            i -= 2;
            found[i] = Marker::Aside;
        }
    }
}

/// `Foo reported that`, `told Foo`, `according to Foo`: who tells it, not who does it.
fn tells(page: &Page, token: &Token) -> bool {
    let after = page.folded(&(token.end..(token.end + 18).min(page.fold.len())));
    let before = page.folded(&(token.start.saturating_sub(14)..token.start));
    let says = [
        " reported that",
        " has reported",
        " had reported",
        " reports that",
        " reported on",
        " wrote that",
        " writes that",
        " reported last",
        " reported earl",
        " reported,",
        " reports,",
    ];
    let to = [" told ", " tells ", "according to ", "citing ", "quoted by ", "reported by ", "compiled by "];
    says.iter().any(|word| after.starts_with(word)) || to.iter().any(|word| before.ends_with(word))
}

fn arranges(page: &Page, token: &Token) -> bool {
    let after = page.folded(&(token.end..(token.end + 60).min(page.fold.len())));
    let before = page.folded(&(token.start.saturating_sub(28)..token.start));
    let office =
        ["bookrunner", "arranger", "advis", "underwriter", "coordinator", "agent", "counsel", "manager"];
    let acts = ["as ", "acting as ", "acted as ", "served as ", "is acting as ", "are acting as "];
    let role = after.split(['.', ';', ',']).next().is_some_and(|rest| {
        let rest = rest.trim_start();
        acts.iter().any(|word| rest.starts_with(word)) && office.iter().any(|word| rest.contains(word))
    });
    let led = [
        "bookrunners ",
        "advised by ",
        "arranged by ",
        "underwritten by ",
        "advisers ",
        "advisors ",
        "counsel to ",
        "managed by ",
    ];
    // `acted as arrangers and provided the loan`: they give it as well.
    let gives = ["provid", "lent ", "extend"].iter().any(|word| after.contains(word));
    role && !gives || led.iter().any(|word| before.ends_with(word))
}
