//! The place of a Han or kana run in its sentence: one that names hold, or not.

use crate::lexicon::{Class, Hit};
use crate::names::Place;
use crate::page::Span;
use crate::scan::is_verb;

/// Measures that companies and people have.
const FIRM: [&str; 9] =
    ["revenue", "profit", "loss", "market_cap", "valuation", "share_price", "employees", "gdp", "net_worth"];
const ADVERBS: [&str; 16] =
    ["才", "将", "拟", "仍", "已", "则", "也", "还", "正", "曾", "刚刚", "再", "又", "另", "此前", "先前"];

fn is(hit: Option<&Hit>, classes: &[Class]) -> bool {
    hit.is_some_and(|hit| classes.iter().any(|class| hit.is(*class).is_some()))
}

/// A verb whose object is a company.
fn takes(hit: &Hit) -> bool {
    let known: [(Class, &str); 8] = [
        (Class::Give, "grant"),
        (Class::Give, "loan"),
        (Class::Buy, "lease"),
        (Class::Give, "equity"),
        (Class::Buy, "acquisition"),
        (Class::Get, "pay"),
        (Class::Give, "guarantee"),
        (Class::Get, "order"),
    ];
    known.iter().any(|(class, value)| hit.is(*class) == Some(value))
}

impl Place<'_> {
    /// Whether the place is one of a subject, of the object of a preposition, or of a verb of deals.
    pub(crate) fn han_slot(&self, span: &Span) -> bool {
        let fold = &self.page.fold;
        let mut left = span.start;
        while left > self.span.start && fold[left - 1] == ' ' {
            left -= 1;
        }
        let opens = left == self.span.start
            || matches!(fold[left - 1], ',' | ';' | ':' | '"' | '(' | ')' | '、' | '】' | ']')
            || self.dated(left, 0);
        let before = self.verb_before(left);
        let led = is(before, &[Class::Role, Class::List, Class::Title])
            || before.is_some_and(|hit| {
                hit.is(Class::Prep).is_some_and(|prep| !matches!(prep, "other" | "of" | "on"))
            });
        let object = before.is_some_and(|hit| takes(hit) || hit.is(Class::Part).is_some());
        let right = self.right_of(span);
        let after = self.hit_at(right);
        let verb = after.is_some_and(|hit| self.acts(hit))
            || opens && after.is_some_and(|hit| self.tells(hit, right))
            || led && is(after, &[Class::Stop, Class::Pron, Class::Prep]);
        let closes = right >= self.span.end
            || matches!(fold[right], ',' | '。' | '、' | ';' | '(' | ')' | '"')
            || self.figure_at(span.end);
        // 曾传X拟…, X以3亿元…
        let told = before
            .is_some_and(|hit| hit.is(Class::Say).is_some() || hit.is(Class::Status) == Some("rumoured"))
            && verb;
        let priced = opens
            && fold.get(right) == Some(&'以')
            && (self.figure_at(right + 1) || self.figure_at(right + 2) || fold.get(right + 1) == Some(&'每'));
        let owned = object
            && span.len() <= 6
            && (matches!(fold.get(right), Some('的' | '之' | '全' | '部' | '剩'))
                || (span.len() <= 4 || fold.get(span.start + 1) == Some(&'商'))
                    && after
                        .is_some_and(|hit| hit.is(Class::Noun).is_some() && hit.is(Class::Role).is_none()));
        // 甲公司:拟…
        let titled = (left == self.span.start || fold[left - 1] == '】')
            && fold.get(right) == Some(&':')
            && (3..=6).contains(&span.len());
        let acting = opens && self.says_who(right) || before.is_some_and(is_verb) && self.owns(right);
        titled
            || self.is_said(span, left, right)
            || opens && right > span.end && self.invites(right)
            || acting
            || object && self.dated(self.skip_spaces(right), 0) && right > span.end
            || told
            || priced
            || owned
            || opens && verb
            || led && (verb || closes)
            || object && (closes || verb)
    }

    /// `买下X持有的`: who holds something is somebody.
    fn owns(&self, right: usize) -> bool {
        let after = self.lower(&(right..(right + 3).min(self.span.end)));
        ["持有", "所持", "旗下", "名下"].iter().any(|word| after.starts_with(word))
    }

    /// `上市的X公布`, `转投资的X,宣布`
    fn is_said(&self, span: &Span, left: usize, right: usize) -> bool {
        let fold = &self.page.fold;
        let mark = usize::from(fold.get(right) == Some(&','));
        left > self.span.start
            && fold[left - 1] == '的'
            && is(self.hit_at(right + mark), &[Class::Say])
            && span.len() > 2
    }

    /// `X2024年集采中`: whose tender it is.
    fn invites(&self, right: usize) -> bool {
        let ahead = self.lower(&(right..(right + 24).min(self.span.end)));
        let clause = ahead.split(',').next().unwrap_or_default();
        ["集采", "招标", "采购"].iter().any(|word| clause.contains(word))
    }

    /// `X把`, `X董事会`, `X牵头的`: what only somebody does or has.
    fn says_who(&self, right: usize) -> bool {
        let after = self.lower(&(right..(right + 3).min(self.span.end)));
        ["把", "董事会", "牵头", "领投", "统筹", "主办", "旗下", "拟", "方面"]
            .iter()
            .any(|word| after.starts_with(word))
    }

    /// Right behind a verb whose object is a company.
    pub(crate) fn is_taken(&self, left: usize) -> bool {
        self.verb_before(left).is_some_and(takes)
    }

    /// The word before; of `获得了 X` the verb before its 了.
    fn verb_before(&self, left: usize) -> Option<&Hit> {
        let fold = &self.page.fold;
        self.hit_ending(left).filter(|hit| fold[hit.start] != '了' || hit.end - hit.start > 1).or_else(|| {
            self.hit_ending(left.saturating_sub(1)).filter(|_| left > 0 && fold[left - 1] == '了')
        })
    }

    /// Where the next word starts: spaces, a quarter and a date are passed over.
    fn right_of(&self, span: &Span) -> usize {
        let fold = &self.page.fold;
        let mut right = self.skip_spaces(span.end);
        // 昨（12）日
        let day = self.lower(&(right..(right + 6).min(self.span.end)));
        let inner = day.trim_start_matches(['昨', '今', '明']);
        if inner.starts_with('(')
            && let Some(end) = day.find(")日")
        {
            right = self.skip_spaces(right + day[..end].chars().count() + 2);
        }
        if fold.get(right) == Some(&'q') && fold.get(right + 1).is_some_and(char::is_ascii_digit) {
            right = self.skip_spaces(right + 2);
        }
        // 三季度, 上半年
        let text = self.lower(&(right..(right + 4).min(self.span.end)));
        let term = ["前三季度", "一季度", "二季度", "三季度", "四季度", "上半年", "下半年"]
            .iter()
            .find(|term| text.starts_with(**term));
        if let Some(term) = term {
            right = self.skip_spaces(right + term.chars().count());
        }
        let dates = &self.scan.dates;
        let date =
            dates.get(dates.partition_point(|date| date.start < right)).filter(|date| date.start == right);
        date.map_or(right, |date| self.skip_spaces(date.end))
    }

    /// A word that a subject stands before.
    fn acts(&self, hit: &Hit) -> bool {
        let binds = hit.is(Class::Prep).is_some_and(|prep| matches!(prep, "with" | "by" | "from"))
            || "向对给替".contains(self.page.fold[hit.start]);
        is_verb(hit)
            || binds
            || is(Some(hit), &[Class::Say, Class::Status, Class::List, Class::Part, Class::Title])
    }

    /// A word that a subject at the head of its clause stands before.
    fn tells(&self, hit: &Hit, right: usize) -> bool {
        let firm = hit.is(Class::Metric).is_some_and(|metric| FIRM.contains(&metric));
        let adverb = ADVERBS.contains(&self.lower(&(hit.start..hit.end)).as_str());
        let said =
            |other: &Hit| other.start > right && other.start < right + 25 && other.is(Class::Say).is_some();
        firm || adverb
            || self.page.fold[hit.start] == '在' && self.over(&(right + 1..right + 25)).iter().any(said)
    }
}
