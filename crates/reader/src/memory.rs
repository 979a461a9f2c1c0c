//! Who is who in a document: mentions of one party joined, persons and the companies they stand for.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::fold::{fold, is_han, is_hangul, is_kana};
use crate::lexicon::{Class, Hit};
use crate::names::{Candidate, candidates, listed};
use crate::page::{Page, Span};
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
}

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
        memory.group(page, accepted(page, candidates(page, scan)));
        memory.short_forms(page);
        memory.glosses(page);
        memory.find_mentions(page, scan);
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
        let body: String = page.sentences.iter().map(|sentence| page.folded(&sentence.span)).collect();
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

    /// `Brightwave Communications`, then `Brightwave` alone.
    fn short_forms(&mut self, page: &Page) {
        let taken: Vec<String> = self.entities.iter().flat_map(|entity| entity.forms.clone()).collect();
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
        for at in 1..text.len() {
            if text[at] != '(' {
                continue;
            }
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

    /// `30家机构`, `a group of six banks`, `认购人A`.
    fn collective(&mut self, page: &Page, hits: &[Hit], scan: &Scan) {
        for hit in hits.iter().filter(|hit| hit.is(Class::Coll).is_some()) {
            let mut span = hit.start..hit.end;
            if self
                .mentions
                .iter()
                .rev()
                .take(12)
                .any(|mention| mention.span.start < span.end && span.start < mention.span.end)
            {
                continue;
            }
            let letter = page
                .chars
                .get(span.end)
                .filter(|c| c.is_ascii_uppercase() && is_han(page.chars[span.end - 1]));
            span.end += usize::from(letter.is_some());
            if let Some(figure) =
                scan.figures.iter().find(|figure| figure.end == span.start && is_han(page.chars[span.start]))
            {
                span.start = figure.start;
            }
            let name = page.text(&span);
            let form = fold(&name);
            let entity =
                self.entities.iter().position(|entity| entity.forms.contains(&form)).unwrap_or_else(|| {
                    self.entities.push(Entity { name, many: true, forms: vec![form], ..Entity::default() });
                    self.entities.len() - 1
                });
            self.mentions.push(Mention { span, entity });
        }
    }

    /// `CoreTech, Inc., a corporation (the "Company")`: a defined term stands for the name before it.
    fn defined(&mut self, page: &Page) {
        let mut terms: Vec<(String, usize)> = Vec::new();
        let text = &page.fold;
        for at in 0..text.len() {
            if text[at] != '(' {
                continue;
            }
            let Some(close) = (at + 1..text.len().min(at + 40)).find(|i| text[*i] == ')') else { continue };
            let inside: String = text[at + 1..close].iter().filter(|c| **c != '"').collect();
            let term = inside
                .strip_prefix("the ")
                .map(str::trim)
                .or_else(|| inside.split_once("称").map(|(_, term)| term.trim()));
            let Some(term) = term.filter(|term| (2..24).contains(&term.chars().count())) else { continue };
            let adjective = |mention: &Mention| {
                page.folded(&(mention.span.start.saturating_sub(2)..mention.span.start)).ends_with("a ")
            };
            let near = self
                .mentions
                .iter()
                .rfind(|mention| mention.span.end <= at && mention.span.end + 70 > at && !adjective(mention));
            if let Some(mention) = near {
                terms.push((term.to_owned(), mention.entity));
            }
        }
        for (term, entity) in terms {
            let form = if term.is_ascii() { format!("the {term}") } else { term };
            let chars: Vec<char> = form.chars().collect();
            for sentence in &page.sentences {
                let span = &sentence.span;
                for at in span.start..(span.end + 1).saturating_sub(chars.len()) {
                    if text[at..at + chars.len()] == chars[..] && !self.entities[entity].forms.contains(&form)
                    {
                        self.mentions.push(Mention { span: at..at + chars.len(), entity });
                    }
                }
            }
        }
    }

    /// Persons beside an office, and the company named with it.
    fn persons(&mut self, page: &Page, scan: &Scan) {
        let protagonist = self.protagonist();
        for sentence in &page.sentences {
            let here: Vec<Mention> = self
                .mentions
                .iter()
                .filter(|m| m.span.start >= sentence.span.start && m.span.end <= sentence.span.end)
                .cloned()
                .collect();
            for hit in within(&scan.hits, &sentence.span).iter().filter(|hit| hit.is(Class::Title).is_some())
            {
                let gap = |from: usize, to: usize| page.folded(&(from.min(to)..to));
                let after = here.iter().find(|m| m.span.start >= hit.end && m.span.start <= hit.end + 2);
                let after = after.filter(|m| {
                    !gap(hit.end, m.span.start).contains(" of ") && !gap(hit.end, m.span.start).contains(',')
                });
                let before = here.iter().rfind(|m| m.span.end <= hit.start && m.span.end + 16 >= hit.start);
                let of = here.iter().find(|m| {
                    m.span.start > hit.end
                        && [" of ", " at ", " bei ", " von ", " de "]
                            .contains(&gap(hit.end, m.span.start).as_str())
                });
                if hit.is(Class::Title) == Some("heads") {
                    if let (Some(person), Some(org)) = (before, after) {
                        self.person(person.entity, Some(org.entity));
                    }
                    continue;
                }
                let org = of.or(before).map(|m| m.entity);
                if let Some(person) = after {
                    let stands_for = here
                        .iter()
                        .find(|m| {
                            m.span.start > person.span.end && gap(person.span.end, m.span.start) == " of "
                        })
                        .map(|m| m.entity);
                    let own = within(&scan.hits, &sentence.span).iter().any(|pron| {
                        pron.is(Class::Pron) == Some("it")
                            && pron.end <= hit.start
                            && pron.end + 2 >= hit.start
                    });
                    self.person(
                        person.entity,
                        stands_for.or(before.map(|m| m.entity)).or(protagonist.filter(|_| own)),
                    );
                } else if let (Some(person), Some(_)) = (before, of) {
                    self.person(person.entity, org);
                } else if let Some(person) =
                    before.filter(|m| m.span.end == hit.start && is_han(page.chars[hit.start]))
                {
                    let first = here.first().map(|m| m.entity).filter(|first| *first != person.entity);
                    let short =
                        person.span.len() <= 4 && !page.text(&person.span).contains(|c: char| c.is_ascii());
                    if short && hit.end < sentence.span.end {
                        self.person(person.entity, first);
                    }
                }
            }
        }
    }

    fn person(&mut self, entity: usize, org: Option<usize>) {
        let own = org.filter(|org| *org != entity && !self.entities[*org].person);
        let entity = &mut self.entities[entity];
        if entity.party.is_none() && !entity.many {
            entity.person = true;
            entity.org = entity.org.or(own);
        }
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
    let Some(rest) = long.strip_prefix(short) else { return false };
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
        span.end -= last.chars().count() + 1;
        while span.end > span.start && matches!(page.chars[span.end - 1], ',' | ' ') {
            span.end -= 1;
        }
    }
    span
}

/// The candidates that are names: by shape, or by their place.
fn accepted(page: &Page, all: Vec<Candidate>) -> Vec<Span> {
    let mut count: BTreeMap<String, (usize, bool, usize)> = BTreeMap::new();
    for candidate in &all {
        let entry = count.entry(page.folded(&candidate.span)).or_default();
        entry.0 += 1;
        entry.1 |= candidate.strong;
        entry.2 += usize::from(candidate.slot);
    }
    let good = |form: &str| count.get(form).is_some_and(|(_, strong, slots)| *strong || *slots > 0);
    let mut shorter: Vec<&String> =
        count.keys().filter(|form| good(form) && form.chars().count() >= 2).collect();
    shorter.sort_by_key(|form| form.chars().count());
    // A rare long run of a large document is not worth comparing with all others.
    shorter.truncate(400);
    let mut spans = Vec::new();
    for candidate in &all {
        let form = page.folded(&candidate.span);
        if !good(&form) {
            continue;
        }
        let mut span = candidate.span.clone();
        let once = count.get(&form).is_some_and(|(n, ..)| *n == 1);
        if once && form.chars().any(is_han) {
            let inside = shorter
                .iter()
                .find_map(|short| form.find(short.as_str()).filter(|at| *at > 0 && short.len() < form.len()));
            if let Some(byte) = inside {
                span.start += form[..byte].chars().count();
            }
        } else if once
            && candidate.span.len() > 2
            && page.sentences.iter().any(|sentence| sentence.span.start == span.start)
        {
            let inside = shorter.iter().find(|short| {
                short.len() > 3
                    && form.ends_with(&format!(" {short}"))
                    && count.get(**short).is_some_and(|(n, ..)| *n > 0)
            });
            if let Some(short) = inside {
                span.start = span.end - short.chars().count();
            }
        }
        spans.push(span);
    }
    spans
}
