//! Who is who in a document: mentions of one party joined, persons and the companies they stand for.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::accepted::accepted;
use crate::fold::{fold, is_han, is_hangul, is_kana};
use crate::han::may_name;
use crate::han_names::grown;
use crate::lexicon::Tongue;
use crate::names::{candidates, listed};
use crate::page::{Page, Script, Span};
use crate::scan::{Scan, within};

/// Somebody in the document.
#[derive(Clone, Debug, Default)]
pub struct Entity {
    /// The name shown: its longest form without `Inc.` and the like.
    pub name: String,
    /// A person; `org` is whom he or she stands for.
    pub person: bool,
    /// The company of a person.
    pub org: Option<usize>,
    /// A group of unnamed parties.
    pub many: bool,
    /// The id of the party in the case.
    pub party: Option<String>,
    /// All forms, folded.
    pub forms: Vec<String>,
}

/// A place where an entity is named.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// Who.
    pub entity: usize,
}

/// All entities and mentions.
#[derive(Debug, Default)]
pub struct Memory {
    /// Entities.
    pub entities: Vec<Entity>,
    /// Mentions, in order.
    pub mentions: Vec<Mention>,
    /// Where a Chinese text names the company that it calls `公司` after that.
    pub issuers: Vec<(usize, usize)>,
}

/// Texts longer than this are not searched again for each name.
const LARGE: usize = 400_000;
/// No article has more names; a list of a million words has.
const MOST_NAMES: usize = 2_000;

/// A party that the case knows: id, name, other names.
pub type Known = (String, String, Vec<String>);

impl Memory {
    /// Finds who is named.
    pub fn of(page: &Page, scan: &Scan, known: &[Known]) -> Memory {
        let mut memory = Memory::default();
        for (id, name, aliases) in known {
            let mut forms: Vec<String> = aliases.iter().chain([name]).map(|form| fold(form)).collect();
            forms.sort();
            forms.dedup();
            memory.entities.push(Entity {
                name: name.clone(),
                party: Some(id.clone()),
                forms,
                ..Entity::default()
            });
        }
        let mut spans = accepted(page, candidates(page, scan));
        let chinese = matches!(scan.script, Script::Simplified | Script::Traditional);
        // Passes over all of the text for each name or term are for pages, not for books.
        let small = chinese && page.chars.len() <= LARGE;
        if small {
            spans = grown(page, spans);
        }
        if chinese {
            spans.retain(|span| may_name(page, span));
        }
        memory.group(page, spans);
        memory.short_forms(page);
        memory.glosses(page);
        if small {
            memory.join_terms(page);
        }
        if scan.tongue == Tongue::German {
            memory.inflected();
        }
        if scan.tongue.western() {
            memory.without_place();
            memory.initials();
        }
        memory.find_mentions(page, scan);
        if chinese {
            memory.find_issuers(page, scan);
        }
        if scan.script == Script::Japanese {
            memory.find_filer(page);
        }
        if small {
            memory.roles(page);
            memory.find_issuers(page, scan);
        }
        memory.persons(page, scan);
        memory
    }

    /// Joins forms of one name: `Halden Cell AB`, `Halden Cell`, `Halden`.
    fn group(&mut self, page: &Page, spans: Vec<Span>) {
        let mut forms: BTreeMap<String, Span> = BTreeMap::new();
        for span in spans {
            let bare = without_legal(page, &span);
            forms.entry(page.folded(&bare)).or_insert(bare);
        }
        let mut all: Vec<(String, Span)> = forms.into_iter().collect();
        let large = page.chars.len() > LARGE;
        let sentences = page.sentences.iter().filter(|_| !large);
        let body: String = sentences.map(|sentence| page.folded(&sentence.span)).collect();
        all.truncate(MOST_NAMES);
        all.sort_by_key(|(form, span)| (std::cmp::Reverse(form.chars().count()), span.start));
        for (form, span) in all {
            let owner =
                self.entities.iter().position(|entity| entity.forms.iter().any(|other| same(other, &form)));
            match owner {
                Some(owner) => {
                    let entity = &mut self.entities[owner];
                    if !entity.forms.contains(&form) {
                        // 微软, not 微软重: what stands alone more often is the name.
                        let often = |form: &str| body.matches(form).count();
                        let longest = entity.forms[0].clone();
                        if entity.party.is_none()
                            && form.chars().any(is_han)
                            && form.chars().count() > 1
                            && often(&form) > 2 * often(&longest)
                        {
                            entity.name = page.text(&span);
                        }
                        entity.forms.push(form);
                    }
                }
                None => self.entities.push(Entity {
                    name: page.text(&span),
                    forms: vec![form],
                    ..Entity::default()
                }),
            }
        }
    }

    /// `der Deutschen Bahn`: known by its nominative.
    fn inflected(&mut self) {
        for at in 0..self.entities.len() {
            let name = crate::german::nominative(&self.entities[at].name);
            if name == self.entities[at].name {
                continue;
            }
            let form = fold(&name);
            match self.entities.iter().position(|entity| entity.forms.contains(&form)) {
                Some(other) if other != at => {
                    let forms = std::mem::take(&mut self.entities[at].forms);
                    self.entities[other].forms.extend(forms);
                }
                _ => {
                    self.entities[at].forms.push(form);
                    self.entities[at].name = name;
                }
            }
        }
    }

    /// `Alstom France` and `Alstom`: the group is named.
    fn without_place(&mut self) {
        for entity in self.entities.iter_mut().filter(|entity| entity.forms.len() > 1) {
            let lower = fold(&entity.name);
            let Some((head, tail)) = lower.rsplit_once(' ') else { continue };
            if listed("place", tail) && entity.forms.iter().any(|form| form == head) {
                entity.name = entity.name.chars().take(head.chars().count()).collect();
            }
        }
    }

    /// `Ligue de football professionnel`, then `LFP`: letters that begin the words of another name.
    fn initials(&mut self) {
        let small = ["de", "du", "des", "la", "le", "les", "et", "d", "l", "für", "und", "der", "die", "das"];
        let letters = |name: &str| -> String {
            let words =
                name.split([' ', '-', '\'', '’']).filter(|word| !small.contains(&fold(word).as_str()));
            words.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
        };
        let full: BTreeMap<String, usize> = (0..self.entities.len())
            .filter(|at| self.entities[*at].name.contains(' '))
            .map(|at| (letters(&self.entities[at].name), at))
            .collect();
        for at in 0..self.entities.len() {
            let name = &self.entities[at].name;
            let short = (3..6).contains(&name.len()) && name.chars().all(char::is_uppercase);
            let Some(owner) = full.get(name).copied().filter(|owner| short && *owner != at) else { continue };
            let forms = std::mem::take(&mut self.entities[at].forms);
            self.entities[owner].forms.extend(forms);
        }
    }

    /// `Brightwave Communications`, then `Brightwave` alone.
    fn short_forms(&mut self, page: &Page) {
        let taken: Vec<String> = self.entities.iter().flat_map(|entity| entity.forms.clone()).collect();
        if page.chars.len() > LARGE {
            return;
        }
        let text: String = page.chars.iter().collect();
        for entity in &mut self.entities {
            let Some((first, _)) = entity.name.split_once(' ') else { continue };
            let form = fold(first);
            let plain =
                first.len() < 4 || !first.is_ascii() || listed("stop", &form) || taken.contains(&form);
            let alone = |at: usize| {
                let rest = &text[at + first.len()..];
                let before = text[..at].chars().next_back();
                let next = rest.chars().next();
                let joined = rest
                    .strip_prefix(' ')
                    .and_then(|rest| rest.chars().next())
                    .is_some_and(char::is_uppercase);
                !joined
                    && !before.is_some_and(char::is_alphanumeric)
                    && !next.is_some_and(|c| c.is_alphanumeric() || c == '-')
            };
            if !plain && text.match_indices(first).take(200).any(|(at, _)| alone(at)) {
                entity.forms.push(form);
            }
        }
    }

    /// `英伟达(Nvidia)`: two names of one.
    fn glosses(&mut self, page: &Page) {
        let mut joins: Vec<(usize, usize)> = Vec::new();
        let text: &[char] = &page.fold;
        let opens = (1..text.len()).filter(|at| text[*at] == '(').take(MOST_NAMES / 4);
        for at in opens {
            let Some(close) = (at + 1..text.len().min(at + 40)).find(|i| text[*i] == ')') else { continue };
            let inside: String =
                text[at + 1..close].iter().collect::<String>().trim_matches(['"', ' ']).to_owned();
            let end = if text[at - 1] == ' ' { at - 1 } else { at };
            let before: String = text[end.saturating_sub(48)..end].iter().collect();
            let owner = |form: &str, exact: bool| {
                let mut best: Option<(usize, usize)> = None;
                for (at, entity) in self.entities.iter().enumerate() {
                    for known in &entity.forms {
                        let fits = if exact { known == form } else { form.ends_with(known.as_str()) };
                        if fits && best.is_none_or(|(_, n)| known.len() > n) {
                            best = Some((at, known.len()));
                        }
                    }
                }
                best.map(|(at, _)| at)
            };
            if let (Some(first), Some(second)) = (owner(&before, false), owner(&inside, true)) {
                joins.push((first, second));
            }
        }
        for (first, second) in joins {
            if first != second && self.entities[second].party.is_none() {
                let forms = std::mem::take(&mut self.entities[second].forms);
                self.entities[first].forms.extend(forms);
            }
        }
    }

    fn find_mentions(&mut self, page: &Page, scan: &Scan) {
        let mut patterns: Vec<(String, usize)> = Vec::new();
        for (at, entity) in self.entities.iter().enumerate() {
            patterns.extend(
                entity.forms.iter().filter(|form| form.chars().count() > 1).map(|form| (form.clone(), at)),
            );
        }
        let machine = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(patterns.iter().map(|(form, _)| form));
        let Ok(machine) = machine else { return };
        for sentence in &page.sentences {
            let text = page.folded(&sentence.span);
            let mut place = vec![0usize; text.len() + 1];
            for (at, (byte, c)) in text.char_indices().enumerate() {
                place[byte] = at;
                place[byte + c.len_utf8()] = at + 1;
            }
            for hit in machine.find_iter(&text) {
                let span = sentence.span.start + place[hit.start()]..sentence.span.start + place[hit.end()];
                if fits(page, &span) {
                    self.mentions.push(Mention { span, entity: patterns[hit.pattern().as_usize()].1 });
                }
            }
            self.collective(page, within(&scan.hits, &sentence.span), scan);
        }
        self.defined(page);
        self.mentions.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
        self.mentions.dedup_by(|next, kept| next.span.start < kept.span.end);
    }

    /// The company named most.
    pub fn protagonist(&self) -> Option<usize> {
        let mut count = vec![0usize; self.entities.len()];
        for mention in &self.mentions {
            count[self.party(mention.entity)] += 1;
        }
        let open = count
            .iter()
            .enumerate()
            .filter(|(at, n)| **n > 1 && !self.entities[*at].person && !self.entities[*at].many);
        open.max_by_key(|(at, n)| (**n, std::cmp::Reverse(*at))).map(|(at, _)| at)
    }

    /// Whom a mention stands for as a party: a person for the company.
    pub fn party(&self, entity: usize) -> usize {
        self.entities[entity].org.filter(|_| self.entities[entity].person).unwrap_or(entity)
    }
}

/// Whether one folded form is a shorter way to say the other.
fn same(long: &str, short: &str) -> bool {
    if long == short {
        return true;
    }
    // 北京X科技有限公司 and X
    let seat = (2..4).find_map(|n| {
        let (byte, _) = long.char_indices().nth(n)?;
        (long.ends_with("公司") && short.chars().count() > 2 && listed("place", &long[..byte]))
            .then(|| &long[byte..])
    });
    let rest = long.strip_prefix(short).or(seat.and_then(|long| long.strip_prefix(short)));
    let Some(rest) = rest else { return false };
    let spaced = short.chars().last().is_some_and(|c| !is_han(c) && !is_kana(c) && !is_hangul(c));
    if spaced {
        rest.starts_with([' ', '-']) && short.len() > 2
    } else {
        short.chars().count() >= 2 && !rest.starts_with('·') && rest.chars().count() <= 8
    }
}

fn fits(page: &Page, span: &Span) -> bool {
    let first = page.chars[span.start];
    let spaced = |c: Option<&char>| {
        c.is_some_and(|c| c.is_alphanumeric() && !is_han(*c) && !is_kana(*c) && !is_hangul(*c))
    };
    let before = span.start.checked_sub(1).and_then(|at| page.chars.get(at));
    let inside = spaced(Some(&first)) && spaced(before)
        || spaced(page.chars.get(span.end - 1)) && spaced(page.chars.get(span.end));
    let lower = first.is_ascii_lowercase() && !page.chars[span.clone()].iter().any(|c| c.is_uppercase());
    !inside && !lower
}

/// Without `, Inc.`, `AG`, `Ltd`.
fn without_legal(page: &Page, span: &Span) -> Span {
    let mut span = span.clone();
    for _ in 0..3 {
        let text = page.folded(&span);
        let Some((_, last)) = text.rsplit_once(' ') else { break };
        if !listed("legal", last.trim_end_matches('.')) {
            break;
        }
        if text.ends_with(&format!("& {last}")) {
            break;
        }
        span.end -= last.chars().count() + 1;
        while span.end > span.start && matches!(page.chars[span.end - 1], ',' | ' ') {
            span.end -= 1;
        }
    }
    span
}
