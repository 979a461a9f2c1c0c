//! Korean names: words with the particle taken off.

use crate::fold::is_hangul;
use crate::lexicon::Class;
use crate::names::{Candidate, Place, listed, tails};
use crate::page::Span;

/// A word for a kind of company, or none of a name's form: `선사`, `제약사`, `업체`.
fn is_korean_kind(text: &str) -> bool {
    let short = text.chars().count() == 2 && (text.ends_with('사') || text.ends_with('측'));
    short || listed("generic", text) || tails("ko_tail").iter().any(|tail| text.ends_with(tail))
}

impl Place<'_> {
    /// Korean words: what is left when the particle is taken off.
    pub(crate) fn korean(&self, found: &mut Vec<Candidate>) {
        let chars = &self.page.chars;
        let mut at = self.span.start;
        while at < self.span.end {
            if !is_hangul(chars[at])
                || at > self.span.start
                    && !matches!(chars[at - 1], ' ' | '(' | '"' | '“' | '\'' | '‘')
                    && !chars[at - 1].is_ascii_alphanumeric()
            {
                at += 1;
                continue;
            }
            let mut start = at;
            while start > self.span.start && chars[start - 1].is_ascii_alphanumeric() {
                start -= 1;
            }
            while at < self.span.end && (is_hangul(chars[at]) || chars[at].is_ascii_alphanumeric()) {
                at += 1;
            }
            if chars[start].is_ascii_digit() {
                continue;
            }
            let particle =
                self.hit_ending(at).filter(|hit| hit.start > start + 1 && hit.is(Class::Part).is_some());
            let span = start..particle.map_or(at, |hit| hit.start);
            let other = self.is_grammar(&span);
            let kind = particle.and_then(|hit| hit.is(Class::Part));
            let text = self.lower(&span);
            // A headline: X, Y에서 수주
            let headed =
                kind.is_none() && start == self.span.start && chars.get(at) == Some(&',') && span.len() > 2;
            let slot = headed
                || kind.is_some_and(|kind| matches!(kind, "subj" | "with" | "from" | "to"))
                || self.korean_object(&span, at, kind);
            let land = self.is_land(&text, kind, at);
            let word = span.clone();
            let span = self.korean_body(span);
            let bodied = span != word
                || ["펀드", "공사", "증권"]
                    .iter()
                    .any(|tail| text.ends_with(tail) && text.chars().count() > 4);
            let fits = span.len() >= 2 && !other && slot && !land && !is_korean_kind(&text);
            if fits && !self.figure_at(span.start) {
                let opens = self.is_opening(start, at);
                let bank = ["은행", "그룹", "전자"].iter().any(|tail| text.ends_with(tail));
                let strong = bank || bodied || start == self.span.start;
                found.push(Candidate { span, strong, slot: slot && (opens || kind != Some("subj")) });
            }
        }
    }

    /// Whether a subject may stand here: at the head of a sentence or clause, or where its verb shows it.
    fn is_opening(&self, start: usize, end: usize) -> bool {
        start == self.span.start
            || self.page.chars[..start].ends_with(&[',', ' '])
            || self.opens_after(start)
            || self.issues_next(end)
    }

    /// `X를 5억원에 인수`, `X 지분`: the object or its owner is a company where the verb takes one.
    fn korean_object(&self, span: &Span, end: usize, kind: Option<&str>) -> bool {
        let ahead = self.page.text(&(end..(end + 28).min(self.span.end)));
        let taken = ["인수", "합병", "사들"].iter().any(|verb| ahead.contains(verb));
        let near = ahead
            .split(". ")
            .next()
            .and_then(|part| part.split(", ").next())
            .is_some_and(|part| ["인수", "합병", "사들"].iter().any(|verb| part.contains(verb)));
        match kind {
            Some("obj") => taken && near && !self.page.text(span).ends_with("지분"),
            None => {
                ["지분", "주식", "등으로부터", "등에서", "등과", "등에", "측에", "측과"]
                    .iter()
                    .any(|word| ahead.trim_start().starts_with(word))
                    && ahead.starts_with(' ')
            }
            _ => false,
        }
    }

    /// A country is where something is, but `폴란드에 1조원을` names whom a bank lends to.
    fn is_land(&self, text: &str, kind: Option<&str>, end: usize) -> bool {
        let dealt = kind == Some("to")
            && self.figure_at(end)
            && !self.page.text(&(end..(end + 40).min(self.span.end))).contains("투자");
        listed("place", text) && kind != Some("with") && !dealt
    }

    /// `한편 X는`, `이날 X는`: what stands before the subject opens a sentence.
    fn opens_after(&self, start: usize) -> bool {
        const OPENERS: [&str; 24] = [
            "한편",
            "또",
            "또한",
            "특히",
            "이날",
            "지난달",
            "앞서",
            "다만",
            "이에",
            "이어",
            "반면",
            "아울러",
            "최근",
            "올해",
            "지난해",
            "한편,",
            "이와",
            "별도로",
            "기자",
            "=",
            "이번에",
            "현재",
            "당시",
            "위해",
        ];
        let back = self.page.text(&(self.span.start.max(start.saturating_sub(12))..start));
        let dated = self.dated(start, 1);
        let led = start > 0 && self.hit_ending(start - 1).is_some_and(|hit| hit.is(Class::Role).is_some());
        dated
            || led
            || back
                .strip_suffix(' ')
                .and_then(|back| back.rsplit(' ').next())
                .is_some_and(|word| OPENERS.contains(&word))
    }

    /// `X이 발행한`, `X가 보유한`: only a company does that.
    fn issues_next(&self, end: usize) -> bool {
        let ahead = self.page.text(&(end..(end + 4).min(self.span.end)));
        [" 발행", " 보유", " 실시", " 진행"].iter().any(|word| ahead.starts_with(word))
    }

    /// A word of grammar, not of a name.
    fn is_grammar(&self, span: &Span) -> bool {
        let free = [Class::Part, Class::Coll, Class::Role];
        !self.page.text(span).ends_with("은행")
            && self.over(span).iter().any(|hit| {
                hit.start <= span.start
                    && hit.end > span.start + 1
                    && free.iter().all(|class| hit.is(*class).is_none())
            })
    }

    /// The word before is a country.
    fn after_land(&self, start: usize) -> bool {
        let back = self.page.folded(&(start.saturating_sub(10).max(self.span.start)..start));
        back.strip_suffix(' ')
            .and_then(|back| back.rsplit(' ').next())
            .is_some_and(|word| listed("place", word))
    }

    /// `루마니아 국방부`, `사우디 국부펀드`: the country is a part of the name.
    fn korean_body(&self, span: Span) -> Span {
        let text = self.page.text(&span);
        let body = ["국방부", "정부", "국부펀드", "해군", "공군", "육군", "재무부", "교통부", "당국"];
        let office =
            ["청", "부", "처"].iter().any(|tail| text.ends_with(tail)) && self.after_land(span.start);
        if !(office || body.contains(&text.as_str()))
            || span.start < self.span.start + 3
            || self.page.chars[span.start - 1] != ' '
        {
            return span;
        }
        let from = (self.span.start..span.start - 1)
            .rev()
            .find(|at| !is_hangul(self.page.chars[*at]))
            .map_or(self.span.start, |at| at + 1);
        let word = from..span.start - 1;
        let grammar = self.over(&word).iter().any(|hit| hit.is(Class::Stop).is_some() || hit.end == word.end);
        if word.len() >= 2 && !grammar { from..span.end } else { span }
    }
}
