//! Names by shape and by the place they hold in a sentence: nobody's name is in any table here.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::fold::{is_han, is_hangul, is_kana, is_katakana};
use crate::han::{bare, is_letter, is_light, is_plain, measured};
use crate::lexicon::{Class, Hit, Tongue};
use crate::page::{Page, Script, Span};
use crate::scan::{Scan, is_verb, within};
use crate::words::rows;

const TABLE: &str = concat!(include_str!("tables/names.txt"), "\n", include_str!("tables/latin.txt"));

/// Whether a word stands in a list of the tables.
pub(crate) fn listed(section: &str, word: &str) -> bool {
    tails(section).binary_search(&word).is_ok()
}

/// The words of a list, sorted.
pub(crate) fn tails(section: &str) -> &'static [&'static str] {
    static ALL: OnceLock<BTreeMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let mut all: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (section, _, words) in rows(TABLE) {
            all.entry(section).or_default().extend(words.split(" | ").map(str::trim));
        }
        all.values_mut().for_each(|words| words.sort_unstable());
        all
    });
    all.get(section).map_or(&[], Vec::as_slice)
}

/// A run of characters that may be a name.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Where it stands.
    pub span: Span,
    /// Enough by its shape alone.
    pub strong: bool,
    /// Its place in the sentence is one that names hold.
    pub slot: bool,
}

/// All candidates of a page.
pub fn candidates(page: &Page, scan: &Scan) -> Vec<Candidate> {
    let german = scan.tongue == Tongue::German;
    let mut found = Vec::new();
    let body: String =
        page.sentences.iter().filter(|s| !s.headline).map(|s| page.text(&s.span) + "\n").collect();
    for sentence in &page.sentences {
        let hits = within(&scan.hits, &sentence.span);
        let place = Place { page, scan, hits, span: sentence.span.clone(), body: &body };
        let title_case = sentence.headline && scan.script == Script::Latin && place.is_title_case();
        if german {
            place.german(&mut found, title_case);
        } else {
            place.latin(&mut found, title_case);
        }
        match scan.script {
            Script::Korean => place.korean(&mut found),
            Script::Latin => {}
            _ => place.han(&mut found),
        }
    }
    found
}

/// `八年里`, `两家`: a numeral with its measure.
fn counts_time(text: &str) -> bool {
    let mut chars = text.chars();
    let numeral = chars.next().is_some_and(|c| "一二两三四五六七八九十百几数".contains(c));
    numeral && chars.next().is_some_and(|c| "年月日个家天次轮项笔份周代座大方种".contains(c))
}

/// Whether a name ends with the word of a company.
fn has_tail(text: &str) -> bool {
    let length = text.chars().count();
    tails("han").iter().any(|tail| text.ends_with(tail) && length > tail.chars().count() + 1)
}

/// A sentence with what stands in it.
pub(crate) struct Place<'p> {
    pub(crate) page: &'p Page,
    pub(crate) scan: &'p Scan,
    pub(crate) hits: &'p [Hit],
    pub(crate) span: Span,
    /// The text without its headlines.
    pub(crate) body: &'p str,
}

pub(crate) fn latin_letter(c: char) -> bool {
    c.is_alphabetic() && !is_han(c) && !is_kana(c) && !is_hangul(c)
}

impl Place<'_> {
    pub(crate) fn hit_at(&self, start: usize) -> Option<&Hit> {
        let at = self.hits.partition_point(|hit| hit.start < start);
        self.hits.get(at).filter(|hit| hit.start == start)
    }

    /// The hits that touch a span.
    pub(crate) fn over(&self, span: &Span) -> &[Hit] {
        let first = self.hits.partition_point(|hit| hit.end <= span.start);
        let last = self.hits.partition_point(|hit| hit.start < span.end);
        &self.hits[first..last.max(first)]
    }

    /// Whether a date ends at most this far before a place.
    pub(crate) fn dated(&self, at: usize, reach: usize) -> bool {
        let next = self.scan.dates.partition_point(|date| date.end <= at);
        next.checked_sub(1).is_some_and(|last| self.scan.dates[last].end + reach >= at)
    }

    pub(crate) fn hit_ending(&self, end: usize) -> Option<&Hit> {
        let at = self.hits.partition_point(|hit| hit.end < end);
        self.hits.get(at).filter(|hit| hit.end == end)
    }

    pub(crate) fn lower(&self, span: &Span) -> String {
        self.page.folded(span)
    }

    pub(crate) fn skip_spaces(&self, at: usize) -> usize {
        (at..self.span.end).find(|i| self.page.chars[*i] != ' ').unwrap_or(self.span.end)
    }

    /// Han and kana runs between words of grammar.
    fn han(&self, found: &mut Vec<Candidate>) {
        let japanese = self.scan.script == Script::Japanese;
        let letter = |at: usize| {
            let c = self.page.chars[at];
            is_han(c)
                || is_katakana(c)
                || self.page.fold[at] == '·' && at > self.span.start
                || japanese
                    && (c.is_ascii_uppercase()
                        || matches!(c, '&' | '＆') && at > self.span.start
                        || c.is_ascii_digit()
                            && at > self.span.start
                            && latin_letter(self.page.chars[at - 1]))
        };
        let mut at = self.span.start;
        while at < self.span.end {
            if let Some(end) = self.covered(at) {
                at = end;
                continue;
            }
            if !letter(at) {
                at += 1;
                continue;
            }
            let start = at;
            while at < self.span.end && letter(at) && self.covered(at).is_none() {
                at += 1;
            }
            self.han_run(start..at, japanese, found);
        }
        if japanese {
            self.incorporated(found);
        } else {
            self.han_tails(found);
            self.han_offices(found);
            self.han_ministries(found);
        }
    }

    /// The end of the hit, number or date that covers this place.
    pub(crate) fn covered(&self, at: usize) -> Option<usize> {
        let hit = self.hits.partition_point(|hit| hit.end <= at);
        if let Some(hit) = self.hits.get(hit).filter(|hit| hit.start <= at) {
            return Some(hit.end);
        }
        let figure = self.scan.figures.partition_point(|figure| figure.end <= at);
        if let Some(figure) = self.scan.figures.get(figure).filter(|figure| figure.start <= at)
            && !is_letter(&self.page.fold, figure.start, figure.end)
        {
            return Some(figure.end);
        }
        let date = self.scan.dates.partition_point(|date| date.end <= at);
        self.scan.dates.get(date).filter(|date| date.start <= at).map(|date| date.end)
    }

    /// A run with the word of a company that closes it, and without a letter that belongs to a number; whether it has one.
    fn han_end(&self, span: Span) -> (Span, bool) {
        let mut span = span;
        let mut tailed = false;
        if let Some(hit) = self.hit_at(span.end) {
            let word = self.lower(&(hit.start..hit.end));
            let boundary = self.is_boundary(hit.end);
            let seated = listed("place", &self.lower(&span)) && hit.is(Class::Word).is_some() && boundary;
            if span.len() >= 2
                && (seated
                    || listed("han", &word)
                    || listed("verb", &word) && boundary && !self.figure_at(hit.end))
            {
                tailed = listed("han", &word);
                span.end = hit.end;
            }
        }
        // `X原拟`, `X曾`: an adverb of the verb behind it; `X相关负责人`: who speaks for it.
        let verbal = |hit: &Hit| is_verb(hit) || hit.is(Class::Status).is_some();
        if span.len() > 2
            && self.hit_at(span.end).is_some_and(verbal)
            && matches!(self.page.fold[span.end - 1], '原' | '曾' | '已' | '亦' | '均' | '仍' | '还' | '也')
        {
            span.end -= 1;
        }
        let text = self.lower(&span);
        if let Some(tail) = tails("spokesman").iter().find(|tail| text.ends_with(**tail))
            && span.len() > tail.chars().count() + 1
        {
            span.end -= tail.chars().count();
        }
        if self.figure_at(span.end)
            && span.len() > 2
            && matches!(self.page.fold[span.end - 1], '超' | '约' | '近' | '逾' | '达' | '至' | '最' | '共')
        {
            span.end -= 1;
        }
        (span, tailed)
    }

    /// `甲骨文(Oracle)`
    fn is_glossed(&self, end: usize, japanese: bool) -> bool {
        let latin = |at: usize| self.page.chars.get(at).is_some_and(|c| c.is_ascii_alphanumeric());
        matches!(self.page.chars.get(end), Some('(' | '（')) && latin(end + 1) && (japanese || latin(end + 2))
    }

    /// A run without what is glued on it; whether that alone shows that it is a name.
    fn trimmed_han(&self, whole: Span) -> (Span, bool) {
        let fold = &self.page.fold;
        let mut span = bare(fold, &whole);
        // 空中 of 空中巴士, behind a preposition.
        let before = whole.start.checked_sub(1).map(|at| fold[at]);
        let bound = matches!(before, Some('与' | '向' | '从' | '由'));
        if bound
            && span.len() == 2
            && is_light(&fold[whole.start..span.start])
            && !is_plain(&fold[whole.clone()])
        {
            span.start = whole.start;
        }
        // 高速 of a name, not 高速 before a verb: where the rest stands in no place of names, the whole may.
        if span.end < whole.end && !self.han_slot(&span) && self.han_slot(&whole) {
            if measured(&fold[span.end..whole.end]) {
                return (span, true);
            }
            span.end = whole.end;
        }
        (span, false)
    }

    pub(crate) fn han_run(&self, span: Span, japanese: bool, found: &mut Vec<Candidate>) {
        let run_end = span.end;
        let (mut span, tailed) = self.han_end(span);
        // 新世界发展: common words, and one that closes a name.
        let extended = span.end > run_end && span.len() > 4;
        let start = span.start;
        if !japanese {
            span.end = if span.len() >= 2 { self.last_letter(span.end) } else { span.end };
            let (trimmed, sure) = self.trimmed_han(span);
            span = trimmed;
            if sure {
                found.push(Candidate { span, strong: true, slot: true });
                return;
            }
            self.han_front(&mut span);
        }
        let lead = if span.start > start { start } else { span.start };
        if japanese {
            span = self.japanese_name(span);
        }
        let text = self.lower(&span);
        let length = span.len();
        if counts_time(&text) || listed("generic", &text) {
            return;
        }
        if !(2..=if japanese { 24 } else { 16 }).contains(&length)
            || listed("place", &text)
            || text.ends_with('·')
            || text.starts_with('·')
        {
            return;
        }
        let suffix = tailed || has_tail(&text);
        let glossed = self.is_glossed(span.end, japanese);
        let katakana = japanese && text.chars().filter(|c| is_katakana(*c)).count() >= 3;
        let slot = if japanese {
            self.japanese_slot(&span)
        } else {
            self.han_slot(&(lead..span.end)) || tailed && self.is_taken(lead)
        };
        if japanese {
            let strong = slot;
            if slot || katakana {
                found.push(Candidate { span, strong, slot });
            }
            return;
        }
        if !glossed
            && !extended
            && !self.is_named_role(lead)
            && !self.is_bought(&span)
            && is_plain(&self.page.fold[span.clone()])
        {
            return;
        }
        if suffix || glossed || katakana || slot {
            found.push(Candidate { span, strong: (suffix && slot) || glossed && length <= 10, slot });
        }
    }

    pub(crate) fn figure_at(&self, at: usize) -> bool {
        let first = self.scan.figures.partition_point(|figure| figure.start < at);
        self.scan.figures.get(first).is_some_and(|figure| figure.start <= at + 1)
    }

    pub(crate) fn is_boundary(&self, at: usize) -> bool {
        at >= self.span.end
            || self.hit_at(at).is_some_and(|hit| {
                is_verb(hit)
                    || hit.is(Class::Say).is_some()
                    || hit.is(Class::Prep).is_some()
                    || hit.is(Class::Status).is_some()
                    || hit.is(Class::Metric).is_some()
                    || hit.is(Class::Noun).is_some()
            })
            || matches!(self.page.fold[at], ',' | '，' | '、' | '(')
    }
}
