//! Groups, defined terms and persons: names that stand for somebody else.

use crate::fold::{fold, is_han};
use crate::lexicon::{Class, Hit};
use crate::memory::{Entity, Memory, Mention};
use crate::page::Page;
use crate::scan::{Scan, within};

impl Memory {
    /// Persons beside an office, and the company named with it.
    pub(crate) fn persons(&mut self, page: &Page, scan: &Scan) {
        let protagonist = self.protagonist();
        for sentence in &page.sentences {
            let titles = within(&scan.hits, &sentence.span).iter().any(|hit| hit.is(Class::Title).is_some());
            if !titles || sentence.span.len() > 20_000 {
                continue;
            }
            let first = self.mentions.partition_point(|m| m.span.start < sentence.span.start);
            let here: Vec<Mention> = self.mentions[first..]
                .iter()
                .take_while(|m| m.span.end <= sentence.span.end)
                .cloned()
                .collect();
            let hits = within(&scan.hits, &sentence.span);
            for hit in hits.iter().filter(|hit| hit.is(Class::Title).is_some()) {
                let western = scan.tongue.western();
                if western {
                    self.western_office(page, hit, &here);
                } else {
                    self.office(page, hit, &here, (hits, sentence.span.end), protagonist);
                }
            }
        }
        self.surnames();
    }

    /// `Ann Doe`, then `Doe`: the same person.
    fn surnames(&mut self) {
        let known: Vec<(String, Option<usize>)> = self
            .entities
            .iter()
            .filter(|entity| entity.person)
            .filter_map(|entity| Some((fold(entity.name.rsplit_once(' ')?.1), entity.org)))
            .collect();
        for at in 0..self.entities.len() {
            let alone = !self.entities[at].person && self.entities[at].forms.len() == 1;
            let found = known.iter().find(|(last, _)| alone && self.entities[at].forms[0] == *last);
            if let Some((_, org)) = found {
                self.person(at, *org);
            }
        }
    }

    /// German and French: `Konzernchefin X`, `la directrice générale de Y, X`, `X, PDG de Y`.
    fn western_office(&mut self, page: &Page, hit: &Hit, here: &[Mention]) {
        let gap = |from: usize, to: usize| page.folded(&(from.min(to)..to));
        let after = here.iter().find(|m| m.span.start >= hit.end).filter(|m| {
            let between = gap(hit.end, m.span.start);
            matches!(between.as_str(), " " | ", ") || between.ends_with(", ") && between.chars().count() < 24
        });
        let of = here.iter().find(|m| {
            m.span.start > hit.end
                && [" bei ", " von ", " de ", " d'", " d’", " der ", " des ", " du "]
                    .contains(&gap(hit.end, m.span.start).as_str())
        });
        let held = of.and_then(|of| here.iter().find(|m| gap(of.span.end, m.span.start) == ", "));
        let before = here.iter().rfind(|m| m.span.end <= hit.start && m.span.end + 1 >= hit.start);
        let told = here.iter().rfind(|m| {
            m.span.end <= hit.start && matches!(gap(m.span.end, hit.start).as_str(), ", " | ", le " | ", la ")
        });
        let org = of.or(before).map(|m| m.entity);
        if let Some(person) = held.or(after.filter(|_| of.is_none())).or(told) {
            self.person(person.entity, org);
        }
    }

    /// One office: who holds it, and for whom.
    fn office(
        &mut self,
        page: &Page,
        hit: &Hit,
        here: &[Mention],
        (hits, end): (&[Hit], usize),
        protagonist: Option<usize>,
    ) {
        let gap = |from: usize, to: usize| page.folded(&(from.min(to)..to));
        let after = here.iter().find(|m| m.span.start >= hit.end && m.span.start <= hit.end + 2);
        let after = after.filter(|m| {
            !gap(hit.end, m.span.start).contains(" of ") && !gap(hit.end, m.span.start).contains(',')
        });
        let before = here.iter().rfind(|m| m.span.end <= hit.start && m.span.end + 16 >= hit.start);
        let of = here.iter().find(|m| {
            m.span.start > hit.end
                && [" of ", " at ", " bei ", " von ", " de "].contains(&gap(hit.end, m.span.start).as_str())
        });
        if hit.is(Class::Title) == Some("heads") {
            if let (Some(person), Some(org)) = (before, after) {
                self.person(person.entity, Some(org.entity));
            }
            return;
        }
        let org = of.or(before).map(|m| m.entity);
        if let Some(person) = after {
            let stands_for = here
                .iter()
                .find(|m| m.span.start > person.span.end && gap(person.span.end, m.span.start) == " of ")
                .map(|m| m.entity);
            let office = page.folded(&(hit.start..hit.end));
            let inside =
                office.is_ascii() && !["analyst", "minister", "president"].contains(&office.as_str());
            let own = inside
                || hits.iter().any(|pron| {
                    matches!(pron.is(Class::Pron), Some("it" | "its"))
                        && pron.end <= hit.start
                        && pron.end + 2 >= hit.start
                });
            self.person(
                person.entity,
                stands_for.or(before.map(|m| m.entity)).or(protagonist.filter(|_| own)),
            );
        } else if let (Some(person), Some(_)) = (before, of) {
            self.person(person.entity, org);
        } else if let Some(person) = before
            .filter(|m| gap(m.span.end, hit.start) == ", " && self.entities[m.entity].name.contains(' '))
        {
            // `said Jane Roe, chief executive`: of the company that the text is about.
            self.person(person.entity, protagonist);
        } else if let Some(person) =
            before.filter(|m| m.span.end == hit.start && is_han(page.chars[hit.start]))
        {
            let first = here.first().map(|m| m.entity).filter(|first| *first != person.entity);
            let short = self.is_short(page, hit, person);
            if short && hit.end < end {
                self.person(person.entity, first);
            }
        }
    }

    /// A Chinese name before an office that is a person's: short, and no company's.
    fn is_short(&self, page: &Page, hit: &Hit, person: &Mention) -> bool {
        let spoken = page.fold.get(hit.end).is_some_and(|c| is_han(*c)) && person.span.len() > 3;
        let firm = self.issuers.iter().any(|(_, issuer)| *issuer == person.entity)
            || page.folded(&(hit.start..hit.end)) == "发言人";
        person.span.len() <= 4
            && !spoken
            && !firm
            && !page.text(&person.span).contains(|c: char| c.is_ascii())
    }

    pub(crate) fn person(&mut self, entity: usize, org: Option<usize>) {
        let own = org.filter(|org| *org != entity && !self.entities[*org].person);
        let entity = &mut self.entities[entity];
        if entity.party.is_none() && !entity.many {
            entity.person = true;
            entity.org = entity.org.or(own);
        }
    }

    /// `30家机构`, `a group of six banks`, `认购人A`.
    pub(crate) fn collective(&mut self, page: &Page, hits: &[Hit], scan: &Scan) {
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
            if let Some(figure) = Some(scan.figures.partition_point(|figure| figure.end < span.start))
                .and_then(|first| scan.figures.get(first))
                .filter(|figure| figure.end == span.start && is_han(page.chars[span.start]))
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
    pub(crate) fn defined(&mut self, page: &Page) {
        let mut terms: Vec<(String, usize)> = Vec::new();
        let text = &page.fold;
        let opens = (0..text.len()).filter(|at| text[*at] == '(').take(500);
        for at in opens {
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
                .filter(|mention| mention.span.end + 70 > at && mention.span.end <= at)
                .rfind(|mention| mention.span.end <= at && mention.span.end + 70 > at && !adjective(mention));
            if let Some(mention) = near {
                terms.push((term.to_owned(), mention.entity));
            }
        }
        for (term, entity) in terms.into_iter().take(20) {
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
}
