//! How far a deal has come, its terms and its date.

use crate::amount::Figure;
use crate::dates::When;
use crate::deals::Teller;
use crate::frame::{Line, Trigger};
use crate::lexicon::Class;
use crate::page::Page;
use crate::token::Kind;

/// What refers to an agreement just told.
const CARRIED: [&str; 20] = [
    "the agreement",
    "the contract",
    "the terms",
    "part of the",
    "connection with the",
    "协议",
    "合同",
    "代价",
    "据此",
    "契約",
    "계약 금액",
    "계약금액",
    "vertrag",
    "vereinbarung",
    "auftrag ",
    "accord",
    "le contrat",
    "the deal",
    "the order",
    "the facility",
];

impl Teller<'_> {
    /// The standings that the sentence gives.
    pub(crate) fn status(&self, line: &Line, token: Option<usize>) -> Vec<&'static str> {
        let mut found: Vec<&'static str> = Vec::new();
        for (at, part) in line.tokens.iter().enumerate() {
            let Some(status) = part.hit().and_then(|hit| hit.is(Class::Status)) else { continue };
            if status == "joke" {
                found.push(status);
            }
            let form = self.page.folded(&(part.start..part.end));
            let opens =
                at == 0 || line.clause[at] == 0 && !line.tokens[..at].iter().any(|other| other.is_party());
            if form == "if" && !opens {
                continue;
            }
            let near = token.is_none_or(|token| line.clause[at].abs_diff(line.clause[token]) <= 2);
            let before = token.is_none_or(|token| at < token || status != "hypothesis");
            let weak = matches!(status, "past" | "completed" | "signed")
                && token.is_some_and(|token| line.clause[at] != line.clause[token])
                && !(status == "signed" && token.is_some_and(|token| at < token))
                && !(line.is_chinese() && status == "completed" && self.is_done(part));
            let weak = weak || line.is_weak_plan(at, status);
            if near && before && !weak {
                found.push(status);
            }
        }
        found
    }

    /// How far a deal has come, and when it was agreed.
    pub(crate) fn placed(
        &self,
        line: &Line,
        trigger: &Trigger,
        sentence: usize,
        found: &[&'static str],
    ) -> (&'static str, Option<String>) {
        let status = self.stands(line, found, sentence);
        let date = self.date(line, trigger, status);
        let status = if status == "announced" && line.is_done(trigger) { "completed" } else { status };
        (self.aged(self.carried(status, sentence), date.as_deref()), date)
    }

    /// A deal of a month well before the text is told as past.
    fn aged(&self, status: &'static str, date: Option<&str>) -> &'static str {
        let number = |text: &str| text.parse::<i32>().ok();
        let (Some((year, month)), Some(date)) = (self.document, date) else { return status };
        let mut parts = date.split('-').filter_map(number);
        let Some(then) = parts.next() else { return status };
        let months = match parts.next() {
            Some(of) => (year - then) * 12 + month as i32 - of,
            None => (year - then) * 12,
        };
        let told = matches!(status, "announced" | "signed" | "completed");
        if told && months > 2 { "past" } else { status }
    }

    /// `Under the agreement`, after a sentence in which it was signed.
    fn carried(&self, status: &'static str, sentence: usize) -> &'static str {
        let fresh = self.signed.is_some_and(|at| at < sentence && at + 3 >= sentence);
        if status != "announced" || !fresh {
            return status;
        }
        let text = self.page.folded(&self.page.sentences[sentence].span);
        if CARRIED.iter().any(|word| text.contains(word)) { "signed" } else { status }
    }

    /// `已于9月交割`: what the clause says is done.
    fn is_done(&self, part: &crate::token::Token) -> bool {
        let back = self.page.folded(&(part.start.saturating_sub(6)..part.end));
        back.rsplit([',', '。', ';']).next().unwrap_or_default().contains('已') && !back.contains('待')
    }

    pub(crate) fn condition(&self, line: &Line, figure: &Figure) -> Option<String> {
        let text = figure.hedge.text();
        let hedge = (text != "exact").then_some(text);
        let subject = line.tokens.iter().find_map(|token| {
            let word = self.page.folded(&(token.start..token.end));
            let conditional = ["once", "subject to", "条件", "when"].contains(&word.as_str());
            conditional.then(|| {
                self.page.text(
                    &(token.start..(token.start + 60).min(line.tokens.last().map_or(token.end, |t| t.end))),
                )
            })
        });
        subject.or_else(|| hedge.map(|hedge| format!("stated as {hedge}")))
    }

    /// The date of the agreement: one in the sentence that is not a term of it, else the document's month.
    pub(crate) fn date(&self, line: &Line, trigger: &Trigger, status: &str) -> Option<String> {
        let mut best: Option<(usize, &When)> = None;
        for (at, token) in line.tokens.iter().enumerate() {
            let Kind::Date(index) = token.kind else { continue };
            let when = &self.scan.dates[index];
            let cost = line.clause[at].abs_diff(line.clause[trigger.at]) * 2 + usize::from(at > trigger.at);
            let far = line.clause[at].abs_diff(line.clause[trigger.at]) > 1 && at > 0;
            if !far && !self.is_term(when) && best.is_none_or(|(old, _)| cost < old) {
                best = Some((cost, when));
            }
        }
        let resolved = best.and_then(|(_, when)| when.resolve(self.document));
        let past = |(year, month): &(i32, Option<u32>)| {
            self.document.is_none_or(|(now, current)| (*year, month.unwrap_or(1)) <= (now, current))
        };
        match resolved.filter(past) {
            Some((year, Some(month))) => Some(format!("{year:04}-{month:02}")),
            Some((year, None)) => Some(format!("{year:04}")),
            None if status == "past" => None,
            None => self.document.map(|(year, month)| format!("{year:04}-{month:02}")),
        }
    }

    /// A date that a term begins or ends with: until 2030, from 2026, since 2019, 到2030年, 年内.
    pub(crate) fn is_term(&self, when: &When) -> bool {
        let back = self.page.folded(&(when.start.saturating_sub(8)..when.start));
        let after = self.page.folded(&(when.end..(when.end + 3).min(self.page.fold.len())));
        let led = [
            "until ", "from ", "by ", "since ", "through ", "to ", "bis ", "ab ", "seit ", "d'ici ", "到",
            "至", "自", "截至", "于2", "depuis ",
        ]
        .iter()
        .any(|word| back.ends_with(word));
        led || ["前", "起", "底前", "到期", "为止", "まで", "까지", "期", "度", "年报", "内", "建", "产的"]
            .iter()
            .any(|word| after.trim_start().starts_with(word))
    }
}

impl Line<'_> {
    /// `borrowed`, `lent`, `paid`: money that has moved; not `will be paid` and not `agreed to lend`.
    fn is_done(&self, trigger: &Trigger) -> bool {
        let token = &self.tokens[trigger.at];
        let form = self.page.folded(&(token.start..token.end));
        let moved = ["borrowed", "lent", "paid", "loaned", "drew", "priced", "placed", "repaid"];
        let back = self.page.folded(&(token.start.saturating_sub(10)..token.start));
        let ahead = [" be ", " be fully "].iter().any(|word| back.ends_with(word));
        moved.contains(&form.as_str()) && !ahead
    }
}

/// Whether the clause ends right after the number.
pub(crate) fn closes(page: &Page, line: &Line, token: usize) -> bool {
    let end = line.tokens[token].end;
    page.fold.get(end).is_none_or(|c| matches!(c, ',' | '。' | ';' | '\n' | '!'))
}

/// The standing that prevails.
pub(crate) fn standing(found: &[&'static str]) -> &'static str {
    let order = ["denied", "terminated", "rumoured", "past", "completed", "signed", "planned"];
    order.iter().find(|status| found.contains(status)).copied().unwrap_or("announced")
}
