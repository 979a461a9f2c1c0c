//! Who a notice or a report means by `公司`, `买方`, `认购人` and by the short forms that it defines.

use crate::fold::is_han;
use crate::lexicon::Class;
use crate::memory::{Memory, Mention};
use crate::page::{Page, Span};
use crate::scan::{Scan, within};

/// What a contract calls its sides.
const SIDES: [&str; 22] = [
    "买方",
    "卖方",
    "认购人",
    "认购方",
    "借款人",
    "贷款人",
    "出租人",
    "承租人",
    "目标公司",
    "标的公司",
    "担保人",
    "供应方",
    "采购方",
    "甲方",
    "乙方",
    "投资方",
    "受让方",
    "转让方",
    "承包人",
    "许可方",
    "被许可方",
    "配售代理",
];
/// What a company does that tells its news.
const TELLS: [&str; 8] = ["公告", "公告称", "披露", "公布", "宣布", "发布", "通告", "发布公告"];

impl Memory {
    /// `X股份有限公司(以下简称"X")`: the two are one.
    pub(crate) fn join_terms(&mut self, page: &Page) {
        let text = &page.fold;
        let mut joins: Vec<(usize, String)> = Vec::new();
        for at in (1..text.len()).filter(|at| text[*at] == '(').take(300) {
            let Some(close) = (at + 1..text.len().min(at + 40)).find(|i| text[*i] == ')') else { continue };
            let inside: String = text[at + 1..close].iter().collect();
            let Some((_, rest)) = inside.split_once('称') else { continue };
            let before: String = text[at.saturating_sub(30)..at].iter().collect();
            let owner = self
                .entities
                .iter()
                .enumerate()
                .flat_map(|(i, entity)| entity.forms.iter().map(move |form| (form.len(), i, form)))
                .filter(|(_, _, form)| before.trim_end().ends_with(form.as_str()))
                .max_by_key(|(len, ..)| *len)
                .map(|(_, i, _)| i);
            let Some(owner) = owner else { continue };
            for term in rest.split(['"', '或', '、', ',', ':', ' ']) {
                let n = term.chars().count();
                if (2..12).contains(&n) && !matches!(term, "公司" | "本公司" | "集团" | "本集团") {
                    joins.push((owner, term.to_owned()));
                }
            }
        }
        for (owner, term) in joins {
            let other = self.entities.iter().position(|entity| entity.forms.contains(&term));
            match other {
                Some(other) if other != owner => {
                    let forms = std::mem::take(&mut self.entities[other].forms);
                    self.entities[owner].forms.extend(forms);
                }
                None => self.entities[owner].forms.push(term),
                _ => {}
            }
        }
    }

    /// `恒远投资(买方)`, `认购人恒远`: what a contract calls one of its sides is that one throughout.
    pub(crate) fn roles(&mut self, page: &Page) {
        let mut terms: Vec<(String, usize)> = Vec::new();
        for mention in &self.mentions {
            if self.entities[mention.entity].many || self.entities[mention.entity].person {
                continue;
            }
            let after: String =
                page.fold[mention.span.end..(mention.span.end + 9).min(page.fold.len())].iter().collect();
            let inside = after.trim_start().strip_prefix('(').and_then(|rest| rest.split(')').next());
            let inside = inside.map(|inside| inside.trim_matches(['"', ' ']).trim_start_matches("作为"));
            let back = page.folded(&(mention.span.start.saturating_sub(4)..mention.span.start));
            for side in SIDES {
                if inside == Some(side) || back.ends_with(side) {
                    terms.push((side.to_owned(), mention.entity));
                }
            }
        }
        // 卖方(本公司之全资附属公司)
        for side in SIDES {
            let own = terms.iter().all(|(term, _)| term != side);
            let place = page.sentences.iter().find_map(|sentence| {
                let text = page.folded(&sentence.span);
                text.contains(&format!("{side}(本公司")).then_some(sentence.span.end)
            });
            if let Some(issuer) = place.filter(|_| own).and_then(|at| self.issuer(at)) {
                terms.push((side.to_owned(), issuer));
            }
        }
        for (term, entity) in terms {
            let places = places_of(page, &term);
            if !places.is_empty() {
                self.mentions.retain(|mention| {
                    let next = places.partition_point(|place| place.end <= mention.span.start);
                    places.get(next).is_none_or(|place| place.start >= mention.span.end)
                });
                self.mentions.extend(places.into_iter().map(|span| Mention { span, entity }));
                self.entities[entity].forms.push(term);
            }
        }
        self.mentions.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
        self.mentions.dedup_by(|next, kept| next.span.start < kept.span.end);
    }

    /// The places where the company that a Chinese text means by `公司` is named.
    pub(crate) fn find_issuers(&mut self, page: &Page, scan: &Scan) {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for sentence in &page.sentences {
            let first = self.mentions.partition_point(|m| m.span.start < sentence.span.start);
            let here = self.mentions[first..].iter().take_while(|m| m.span.end <= sentence.span.end);
            for mention in here {
                let entity = &self.entities[mention.entity];
                if entity.many || entity.person {
                    continue;
                }
                let reach = mention.span.end..(mention.span.end + 24).min(sentence.span.end);
                let after = page.folded(&reach);
                let coded = after.starts_with('(')
                    && after.chars().skip(1).take_while(|c| *c != ')').filter(char::is_ascii_digit).count()
                        >= 4;
                let alone = mention.span.start == sentence.span.start
                    && mention.span.end == sentence.span.end
                    && page.folded(&mention.span).ends_with("公司");
                let hits = within(&scan.hits, &sentence.span);
                let before = hits.partition_point(|hit| hit.start < mention.span.start);
                let led = hits[before.saturating_sub(2)..before].iter().any(|hit| {
                    hit.end == mention.span.start
                        && (hit.is(Class::Prep).is_some()
                            || hit.is(Class::Give).is_some()
                            || hit.is(Class::Buy).is_some())
                });
                let clause: String = after.chars().take_while(|c| !matches!(c, '。' | ';')).collect();
                let near = clause.split(',').next().unwrap_or_default();
                let tells = !led
                    && TELLS.iter().any(|word| near.contains(word))
                    && is_han(page.chars[mention.span.start]);
                if coded || alone || tells {
                    found.push((mention.span.start, mention.entity));
                }
            }
        }
        self.issuers = found;
    }

    /// The company that files a Japanese notice: the one beside 会社名.
    pub(crate) fn find_filer(&mut self, page: &Page) {
        let filer = page.sentences.iter().take(40).find_map(|sentence| {
            let head = page.text(&(sentence.span.start..(sentence.span.start + 12).min(sentence.span.end)));
            let titled =
                ["会社名", "会 社 名", "商号", "上場会社名"].iter().any(|word| head.starts_with(word));
            let first = self.mentions.partition_point(|m| m.span.start < sentence.span.start);
            let named = self.mentions.get(first).filter(|m| m.span.end <= sentence.span.end)?;
            titled.then_some(named.entity)
        });
        self.issuers = filer.map(|entity| (0, entity)).into_iter().collect();
    }

    /// The company that `公司` means at a place of a Chinese text, 当社 in a Japanese one.
    pub(crate) fn issuer(&self, at: usize) -> Option<usize> {
        let next = self.issuers.partition_point(|(start, _)| *start <= at);
        next.checked_sub(1).map(|last| self.party(self.issuers[last].1))
    }
}

/// The places of a term in the sentences, in order.
fn places_of(page: &Page, term: &str) -> Vec<Span> {
    let want: Vec<char> = term.chars().collect();
    let mut found = Vec::new();
    for sentence in &page.sentences {
        let span = &sentence.span;
        for at in span.start..(span.end + 1).saturating_sub(want.len()).max(span.start) {
            if page.fold[at..at + want.len()] == want[..] && (at == 0 || page.fold[at - 1] != '被') {
                found.push(at..at + want.len());
            }
        }
    }
    found
}
