//! Chinese names by their tail, by the letters that always follow, and behind two prepositions.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::is_han;
use crate::han::{KINDS, TAILS, bare, is_common, is_light, is_plain};
use crate::lexicon::{Class, Hit};
use crate::names::{Candidate, Place, listed};
use crate::page::{Page, Span};
use crate::scan::is_verb;

impl Place<'_> {
    /// Names by their tail: `国家开发银行`, though 开发 is a word, and names that open with `和`.
    pub(crate) fn han_tails(&self, found: &mut Vec<Candidate>) {
        let fold = &self.page.fold;
        let mut at = self.span.start;
        while at < self.span.end {
            let tail = TAILS.iter().find(|tail| {
                let chars: Vec<char> = tail.chars().collect();
                at + chars.len() <= self.span.end && fold[at..at + chars.len()] == chars[..]
            });
            let Some(tail) = tail else {
                at += 1;
                continue;
            };
            let end = at + tail.chars().count();
            let start = self.head(at);
            let inner = &fold[start..at];
            let text: String = inner.iter().collect();
            let kind = KINDS.iter().any(|kind| text.ends_with(kind)) && (inner.len() < 4 || is_plain(inner))
                || ["附属", "全资", "联营", "合营"].iter().any(|kind| text.ends_with(kind));
            let used = [
                "方式", "合同", "协议", "合约", "业务", "市场", "期限", "服务", "条款", "计划", "时报",
                "网讯", "日报",
            ];
            let after: String = fold[end..(end + 2).min(self.span.end)].iter().collect();
            let glued = matches!(*tail, "公司" | "基金")
                && end < self.span.end
                && (is_han(fold[end]) || fold[end].is_ascii_alphabetic())
                && self.covered(end).is_none()
                && !is_common(&fold[end..(end + 2).min(self.span.end)]);
            let follows = glued
                || fold.get(end).is_some_and(|c| matches!(c, '网' | '报'))
                || used.contains(&after.as_str())
                || fold.get(end).is_some_and(|c| TAILS.iter().any(|tail| tail.starts_with(*c)));
            let short = *tail == "公司" && (inner.len() < 3 || is_plain(inner));
            let plain = is_plain(inner)
                && !matches!(*tail, "银行" | "有限公司" | "股份有限公司")
                && !listed("place", &text);
            if inner.len() >= 2 && inner.len() <= 14 && !kind && !short && !plain && !follows {
                found.push(Candidate { span: start..end, strong: true, slot: true });
            }
            at = end;
        }
    }

    /// `安徽省教育厅`: an office behind its place.
    pub(crate) fn han_offices(&self, found: &mut Vec<Candidate>) {
        let fold = &self.page.fold;
        for end in self.span.start + 4..=self.span.end {
            if !matches!(fold[end - 1], '厅' | '局') || fold.get(end) == Some(&'长') {
                continue;
            }
            let first = self.span.start.max(end.saturating_sub(9));
            let start = (first..end - 3).find(|at| {
                let place: String = fold[*at..*at + 2].iter().collect();
                listed("place", &place) && fold[*at..end].iter().all(|c| is_han(*c))
            });
            let bound = |start: &usize| {
                self.over(&(*start..end))
                    .iter()
                    .any(|hit| hit.is(Class::Prep).is_some() || hit.is(Class::Stop).is_some())
            };
            if let Some(start) = start.filter(|start| !bound(start)) {
                found.push(Candidate { span: start..end, strong: true, slot: true });
            }
        }
    }

    /// `获经济部补助`: a ministry between a preposition and a verb.
    pub(crate) fn han_ministries(&self, found: &mut Vec<Candidate>) {
        let fold = &self.page.fold;
        let ends = (self.span.start + 3..self.span.end).filter(|end| fold[end - 1] == '部');
        for end in ends.filter(|end| self.hit_at(*end).is_some_and(is_verb)) {
            let first = self.span.start.max(end.saturating_sub(7));
            let start = (first..end - 2).rev().find(|at| {
                self.hit_ending(*at)
                    .is_some_and(|hit| hit.end == hit.start + 1 && "获由向从".contains(fold[hit.start]))
            });
            if let Some(start) = start.filter(|start| fold[*start..end].iter().all(|c| is_han(*c))) {
                found.push(Candidate { span: start..end, strong: true, slot: true });
            }
        }
    }

    /// Where the name that a tail closes begins.
    fn head(&self, tail: usize) -> usize {
        let fold = &self.page.fold;
        let mut at = tail;
        let full = fold[tail..(tail + 4).min(fold.len())].iter().collect::<String>() == "有限公司"
            || fold[tail..(tail + 2).min(fold.len())] == ['股', '份'];
        while at > self.span.start && (is_han(fold[at - 1]) || fold[at - 1] == ')') {
            // 正大食品(洛阳)有限公司
            if fold[at - 1] == ')' {
                let open = (self.span.start..at - 1).rev().take(8).find(|i| fold[*i] == '(');
                let Some(open) = open.filter(|open| at == tail && *open > self.span.start) else { break };
                at = open;
                continue;
            }
            let place =
                |n: usize| at > n && listed("place", &fold[at - 1 - n..at - 1].iter().collect::<String>());
            if "以同和为自在中及".contains(fold[at - 1]) && full && at < tail && (place(2) || place(3))
            {
                at -= 1;
                continue;
            }
            if fold[at - 1] == '之' && full && at >= self.span.start + 2 {
                at -= 1;
                continue;
            }
            if let Some(hit) = self.hit_ending(at).filter(|hit| hit.start >= self.span.start) {
                let form: String = fold[hit.start..hit.end].iter().collect();
                // 合作金库银行 behind a preposition
                let led =
                    is_verb(hit) && hit.start > self.span.start && "向与由从获".contains(fold[hit.start - 1]);
                if !(led || inside(hit, tail) || at == tail && TAILS.contains(&form.as_str())) {
                    break;
                }
                at = hit.start;
                continue;
            }
            if self.covered(at - 1).is_some()
                || at >= self.span.start + 2
                    && at < tail
                    && is_light(&fold[at - 2..at])
                    && !is_common(&fold[at - 1..at + 1])
            {
                break;
            }
            at -= 1;
        }
        let whole = at..tail;
        bare(fold, &whole).start.min(tail)
    }

    /// `城建借款`: of two verbs in a row, the first of one letter, that one closes a name.
    pub(crate) fn last_letter(&self, end: usize) -> usize {
        let single = |hit: &&Hit| {
            let word = is_verb(hit) || hit.is(Class::Metric).is_some();
            hit.end - hit.start == 1
                && word
                && hit.is(Class::Prep).is_none()
                && hit.is(Class::Status).is_none()
        };
        self.hit_at(end)
            .filter(single)
            .filter(|hit| self.hit_at(hit.end).is_some_and(|next| next.end - next.start > 1 && is_verb(next)))
            .map_or(end, |hit| hit.end)
    }

    /// `收购X51%股权`: what stands between such a verb and a percentage is a company.
    pub(crate) fn is_bought(&self, span: &Span) -> bool {
        let verb = self.hit_ending(span.start).is_some_and(|hit| {
            hit.is(Class::Buy) == Some("acquisition") || hit.is(Class::Give) == Some("equity")
        });
        let percent = self.page.fold[span.end..(span.end + 8).min(self.span.end)].contains(&'%');
        verb && percent && span.len() >= 4 && self.figure_at(span.end)
    }

    /// `向控股股东X借款`, `与买方X订立`: a role behind a preposition, and its name.
    pub(crate) fn is_named_role(&self, start: usize) -> bool {
        let back = self.lower(&(start.saturating_sub(3).max(self.span.start)..start));
        if ["方为", "方是", "方系", "客户为", "客户是", "对手为", "商为"]
            .iter()
            .any(|word| back.ends_with(word))
        {
            return true;
        }
        let role = self.hit_ending(start).filter(|hit| hit.is(Class::Role).is_some());
        let mut role = role;
        while let Some(first) =
            role.and_then(|hit| self.hit_ending(hit.start)).filter(|hit| hit.is(Class::Role).is_some())
        {
            role = Some(first);
        }
        role.and_then(|hit| self.hit_ending(hit.start)).is_some_and(|hit| {
            hit.is(Class::Prep).is_some_and(|prep| matches!(prep, "to" | "with" | "from" | "by"))
        })
    }

    /// `与和X`: the second of two prepositions is the first letter of the name.
    pub(crate) fn han_front(&self, span: &mut Span) {
        let binds = |hit: &Hit| hit.is(Class::Prep).is_some() || hit.is(Class::List).is_some();
        let Some(hit) = self.hit_ending(span.start).filter(|hit| hit.end - hit.start == 1 && binds(hit))
        else {
            return;
        };
        let led = self.hit_ending(hit.start).is_some_and(|first| {
            first.end - first.start == 1
                && binds(first)
                && self.page.fold[first.start] != self.page.fold[hit.start]
        });
        if led && "和同及自".contains(self.page.fold[hit.start]) {
            span.start = hit.start;
        }
    }
}

/// A word of grammar that a name may hold when a tail follows.
fn inside(hit: &Hit, tail: usize) -> bool {
    let long = hit.end - hit.start >= 2;
    let closes = hit.end == tail;
    let bars = [Class::Prep, Class::List, Class::Say, Class::Status, Class::Pron, Class::Title, Class::Part];
    if bars.iter().any(|class| hit.is(*class).is_some()) {
        return false;
    }
    if hit.is(Class::Role).is_some() || hit.is(Class::Coll).is_some() {
        return false;
    }
    if is_verb(hit) || hit.is(Class::Stop).is_some() {
        return long && closes && hit.is(Class::Stop).is_none() && hit.is(Class::Noun).is_some();
    }
    long
}

/// Letters that always follow a name belong to it: `中远航租` where 租 is a verb elsewhere.
pub(crate) fn grown(page: &Page, spans: Vec<Span>) -> Vec<Span> {
    let forms: BTreeSet<String> = spans.iter().map(|span| page.folded(span)).collect();
    let mut longer: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for form in forms.iter().filter(|form| form.chars().all(is_han)).take(400) {
        let tail = tail_of(page, form);
        if !tail.is_empty() {
            longer.insert(form.clone(), (tail.chars().count(), tail));
        }
    }
    spans
        .into_iter()
        .map(|span| match longer.get(&page.folded(&span)) {
            Some((extra, form)) if belongs(page, &span, form) => span.start..span.end + extra,
            _ => span,
        })
        .collect()
}

fn belongs(page: &Page, span: &Span, tail: &str) -> bool {
    let end = (span.end + tail.chars().count()).min(page.fold.len());
    page.folded(&(span.end..end)) == tail
}

/// The letters that follow a form nearly everywhere, when what comes after them varies.
fn tail_of(page: &Page, form: &str) -> String {
    let want: Vec<char> = form.chars().collect();
    let mut after: Vec<&[char]> = Vec::new();
    for sentence in &page.sentences {
        let text = &page.fold[sentence.span.clone()];
        for at in 0..(text.len() + 1).saturating_sub(want.len()) {
            if text[at..at + want.len()] == want[..] {
                after.push(&text[at + want.len()..]);
            }
        }
    }
    let mut tail = String::new();
    if after.len() < 3 {
        return tail;
    }
    let mut extra = 0;
    while extra < 4 {
        let mut count: BTreeMap<char, usize> = BTreeMap::new();
        for next in after.iter().filter_map(|rest| rest.get(extra)) {
            *count.entry(*next).or_default() += 1;
        }
        let Some((letter, n)) = count.into_iter().max_by_key(|(_, n)| *n) else { break };
        if n < 3 || n * 4 < after.len() * 3 || !is_han(letter) || "的在与和将于为是了".contains(letter)
        {
            break;
        }
        after.retain(|rest| rest.get(extra) == Some(&letter));
        tail.push(letter);
        extra += 1;
    }
    let followers: BTreeSet<Option<&char>> = after.iter().map(|rest| rest.get(extra)).collect();
    if followers.len() >= 2 { tail } else { String::new() }
}
