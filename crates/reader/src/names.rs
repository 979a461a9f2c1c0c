//! Names by shape and by the place they hold in a sentence: nobody's name is in any table here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::fold::{is_han, is_hangul, is_kana, is_katakana};
use crate::lexicon::{Class, Hit};
use crate::page::{Page, Script, Span};
use crate::scan::{Scan, is_verb, within};
use crate::words::rows;

const TABLE: &str = include_str!("tables/names.txt");

pub(crate) fn listed(section: &str, word: &str) -> bool {
    static ALL: OnceLock<BTreeMap<&'static str, BTreeSet<&'static str>>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let mut all: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (section, _, words) in rows(TABLE) {
            all.entry(section).or_default().extend(words.split(" | ").map(str::trim));
        }
        all
    });
    all.get(section).is_some_and(|words| words.contains(word))
}

fn tails(section: &'static str) -> Vec<&'static str> {
    rows(TABLE)
        .filter(|(found, ..)| *found == section)
        .flat_map(|(_, _, words)| words.split(" | ").map(str::trim))
        .collect()
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
    let german = scan.script == Script::Latin && is_german(page);
    let mut found = Vec::new();
    for sentence in &page.sentences {
        let hits = within(&scan.hits, &sentence.span);
        let place = Place { page, scan, hits, span: sentence.span.clone() };
        let title_case = sentence.headline && scan.script == Script::Latin && place.is_title_case();
        place.latin(&mut found, german, title_case);
        match scan.script {
            Script::Korean => place.korean(&mut found),
            Script::Latin => {}
            _ => place.han(&mut found),
        }
    }
    found
}

fn is_german(page: &Page) -> bool {
    let text: String = page.fold.iter().take(4000).collect();
    let count = |words: &[&str]| words.iter().map(|word| text.matches(word).count()).sum::<usize>();
    count(&[" der ", " die ", " das ", " und ", " mit ", " von ", " ein ", " im "])
        > 2 * count(&[" the ", " of ", " and ", " le ", " la ", " les "])
}

/// `八年里`, `两家`: a numeral with its measure.
fn counts_time(text: &str) -> bool {
    let mut chars = text.chars();
    let numeral = chars.next().is_some_and(|c| "一二两三四五六七八九十百几数".contains(c));
    numeral && chars.next().is_some_and(|c| "年月日个家天次轮项笔份周代座大方种".contains(c))
}

/// A sentence with what stands in it.
struct Place<'p> {
    page: &'p Page,
    scan: &'p Scan,
    hits: &'p [Hit],
    span: Span,
}

fn latin_letter(c: char) -> bool {
    c.is_alphabetic() && !is_han(c) && !is_kana(c) && !is_hangul(c)
}

impl Place<'_> {
    fn hit_at(&self, start: usize) -> Option<&Hit> {
        let at = self.hits.partition_point(|hit| hit.start < start);
        self.hits.get(at).filter(|hit| hit.start == start)
    }

    fn hit_ending(&self, end: usize) -> Option<&Hit> {
        let at = self.hits.partition_point(|hit| hit.end < end);
        self.hits.get(at).filter(|hit| hit.end == end)
    }

    fn lower(&self, span: &Span) -> String {
        self.page.folded(span)
    }

    /// Words of letters, digits and the marks inside them.
    fn words(&self) -> Vec<Span> {
        let chars = &self.page.chars;
        let mut found = Vec::new();
        let mut at = self.span.start;
        while at < self.span.end {
            if !(latin_letter(chars[at]) || chars[at].is_ascii_digit()) {
                at += 1;
                continue;
            }
            let start = at;
            while at < self.span.end {
                let c = chars[at];
                let inner = matches!(c, '&' | '.' | '-' | '\'' | '’' | '‑')
                    && at + 1 < self.span.end
                    && (latin_letter(chars[at + 1]) || c == '.' && chars[at + 1].is_ascii_digit());
                if latin_letter(c) || c.is_ascii_digit() || inner { at += 1 } else { break }
            }
            found.push(start..self.possessive(start..at));
        }
        found
    }

    /// Without the `'s` at its end.
    fn possessive(&self, span: Span) -> usize {
        let chars = &self.page.chars[span.clone()];
        let n = chars.len();
        if n > 2 && matches!(chars[n - 2], '\'' | '’') && chars[n - 1] == 's' {
            span.end - 2
        } else {
            span.end
        }
    }

    fn is_capital(&self, word: &Span) -> bool {
        let chars = &self.page.chars[word.clone()];
        let first = chars.first().copied().unwrap_or(' ');
        first.is_uppercase()
            || chars.iter().skip(1).any(|c| c.is_uppercase()) && chars.iter().any(|c| latin_letter(*c))
    }

    fn is_title_case(&self) -> bool {
        let words: Vec<Span> = self
            .words()
            .into_iter()
            .filter(|word| self.page.chars[word.start].is_alphabetic() && word.len() > 3)
            .collect();
        let capital = words.iter().filter(|word| self.is_capital(word)).count();
        words.len() > 3 && capital * 10 >= words.len() * 7
    }

    /// Runs of capitalised words.
    fn latin(&self, found: &mut Vec<Candidate>, german: bool, title_case: bool) {
        let shouts = self.scan.script == Script::Latin
            && !self.page.chars[self.span.clone()].iter().any(|c| c.is_lowercase());
        let words = if shouts { Vec::new() } else { self.words() };
        let mut at = 0;
        while at < words.len() {
            if !self.is_capital(&words[at]) || self.splits(&words[at], title_case) {
                at += 1;
                continue;
            }
            let mut last = at;
            while let Some(next) = self.next_in_run(&words, last, title_case) {
                last = next;
            }
            let dated = self
                .scan
                .dates
                .iter()
                .any(|date| date.end <= words[at].start && date.end + 3 >= words[at].start);
            self.latin_run(&words[at..=last], at == 0 || dated, german, found);
            at = last + 1;
        }
    }

    /// Whether a capitalised word is an office, a stop word, or in a title-case headline any word of grammar.
    fn splits(&self, word: &Span, title_case: bool) -> bool {
        if listed("stop", &self.lower(word)) {
            return true;
        }
        let hit = self.hits.iter().find(|hit| hit.start <= word.start && word.end <= hit.end);
        hit.is_some_and(|hit| {
            hit.is(Class::Title).is_some()
                || title_case
                    && (is_verb(hit) || hit.is(Class::Prep).is_some() || hit.is(Class::Status).is_some())
        })
    }

    fn next_in_run(&self, words: &[Span], last: usize, title_case: bool) -> Option<usize> {
        let chars = &self.page.chars;
        let next = words.get(last + 1)?;
        let between: String = chars[words[last].end..next.start].iter().collect();
        let legal = listed("legal", self.lower(next).trim_end_matches('.'));
        if (between == ", " || between == ",") && legal && chars[next.start].is_uppercase() {
            return Some(last + 1);
        }
        if matches!(between.as_str(), " " | " & " | ". ") && self.is_capital(next) {
            let abbreviation = between != ". " || words[last].len() <= 2;
            return (abbreviation && !self.splits(next, title_case)).then_some(last + 1);
        }
        let third = words.get(last + 2)?;
        let joined = ["of", "de", "du", "des", "der", "von"].contains(&self.lower(next).as_str());
        let spaces = between == " " && third.start == next.end + 1 && chars[next.end] == ' ';
        // `Bank of X`, but not `chairman of X`: the first word must be no name by itself.
        let bank = self.lower(&words[last]).starts_with("bank")
            || self.lower(&words[last]).starts_with("university");
        (joined && spaces && bank && self.is_capital(third)).then_some(last + 2)
    }

    fn latin_run(&self, words: &[Span], opens: bool, german: bool, found: &mut Vec<Candidate>) {
        let (mut words, mut opens) = (words, opens);
        while let [first, rest @ ..] = words {
            let lower = self.lower(first);
            let tail = lower.len() > 6 && tails("strip").iter().any(|tail| lower.ends_with(tail));
            let role = self
                .hit_at(first.start)
                .is_some_and(|hit| hit.is(Class::Role).is_some() && hit.end == first.end)
                && opens;
            if rest.is_empty() || !(tail || role) {
                break;
            }
            words = rest;
            opens = false;
        }
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let span = first.start..last.end;
        let legal = words.len() > 1 && listed("legal", self.lower(last).trim_end_matches('.'));
        let spaced = self.scan.script == Script::Latin;
        let letters: Vec<char> = self.page.chars[span.clone()].to_vec();
        if letters.iter().filter(|c| c.is_alphabetic()).count() < 2 {
            return;
        }
        let camel = letters.windows(2).any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase());
        let short = words.len() == 1
            && letters.iter().all(|c| c.is_uppercase() || c.is_ascii_digit())
            && letters.len() <= 3;
        let slot =
            self.latin_slot(&span) && !(german && words.len() == 1 && !camel && self.after_in(span.start));
        let quoted = span.start > 0 && matches!(self.page.chars[span.start - 1], '"' | '“' | '「' | '《');
        let hit = self
            .hits
            .iter()
            .any(|hit| hit.start == span.start && hit.end >= span.end && (is_verb(hit) || opens));
        let article = german && self.after_article(span.start)
            || spaced && !camel && !legal && self.after_the(span.start);
        let strong = !hit
            && !article
            && (legal
                || camel && !short
                || words.len() > 1 && (!opens || slot)
                || !short && !(opens && spaced) && !german
                || short && slot);
        let strong = strong && !(quoted && opens && spaced && !camel);
        if strong || slot && !hit && !article {
            found.push(Candidate { span, strong, slot });
        }
    }

    /// `the Recipient`, `this Agreement`: a thing, or a term that is defined elsewhere.
    fn after_the(&self, start: usize) -> bool {
        let back: String = self.page.fold[start.saturating_sub(6)..start].iter().collect();
        ["the ", "this ", "a ", "its "].iter().any(|word| {
            back.ends_with(word)
                && (back.len() == word.len()
                    || !back[..back.len() - word.len()].ends_with(char::is_alphabetic))
        })
    }

    /// German `in Schulen` is a place or a thing.
    fn after_in(&self, start: usize) -> bool {
        let back: String = self.page.fold[start.saturating_sub(4)..start].iter().collect();
        [" in ", " im ", "auf "].iter().any(|word| back.ends_with(word))
    }

    fn after_article(&self, start: usize) -> bool {
        let back: String = self.page.fold[start.saturating_sub(14)..start].iter().collect();
        let word = back.trim_end().rsplit(' ').next().unwrap_or("").to_owned();
        [
            "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "im", "am",
            "zum", "zur", "vom",
        ]
        .contains(&word.as_str())
            || word.ends_with("en") && word.len() > 5
            || word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty()
    }

    /// A verb of deals or speech, or a possessive, right after; a preposition of parties right before.
    fn latin_slot(&self, span: &Span) -> bool {
        let chars = &self.page.chars;
        if matches!(chars.get(span.end), Some('\'' | '’')) && chars.get(span.end + 1) == Some(&'s') {
            return true;
        }
        let after = self.skip_spaces(span.end);
        let next = self.hit_at(after).or_else(|| {
            // one adverb between
            let word = (after..self.span.end).find(|i| chars[*i] == ' ')?;
            self.hit_at(word + 1).filter(|_| word > after && chars[after].is_lowercase())
        });
        let said = next.is_some_and(|hit| {
            is_verb(hit)
                || hit.is(Class::Say).is_some()
                || hit.is(Class::Status).is_some()
                || hit.is(Class::Title).is_some()
        });
        let mut before = span.start;
        while before > self.span.start && matches!(chars[before - 1], ' ' | '"' | '“') {
            before -= 1;
        }
        let led = self
            .hit_ending(before)
            .and_then(|hit| hit.is(Class::Prep))
            .is_some_and(|prep| ["to", "from", "with", "by"].contains(&prep));
        let spaced = self.scan.script != Script::Latin;
        said || led && (spaced || before < span.start)
    }

    fn skip_spaces(&self, at: usize) -> usize {
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
    }

    /// The end of the hit, number or date that covers this place.
    fn covered(&self, at: usize) -> Option<usize> {
        let hit = self.hits.partition_point(|hit| hit.end <= at);
        if let Some(hit) = self.hits.get(hit).filter(|hit| hit.start <= at) {
            return Some(hit.end);
        }
        let figure = self.scan.figures.partition_point(|figure| figure.end <= at);
        if let Some(figure) = self.scan.figures.get(figure).filter(|figure| figure.start <= at) {
            return Some(figure.end);
        }
        let date = self.scan.dates.partition_point(|date| date.end <= at);
        self.scan.dates.get(date).filter(|date| date.start <= at).map(|date| date.end)
    }

    fn han_run(&self, span: Span, japanese: bool, found: &mut Vec<Candidate>) {
        let mut span = span;
        let mut tailed = false;
        if let Some(hit) = self.hit_at(span.end) {
            let word = self.lower(&(hit.start..hit.end));
            let boundary = self.is_boundary(hit.end);
            if span.len() >= 2
                && (listed("han", &word) || listed("verb", &word) && boundary && !self.figure_at(hit.end))
            {
                tailed = listed("han", &word);
                span.end = hit.end;
            }
        }
        if self.figure_at(span.end)
            && span.len() > 2
            && matches!(self.page.fold[span.end - 1], '超' | '约' | '近' | '逾' | '达' | '至' | '最' | '共')
        {
            span.end -= 1;
        }
        let text = self.lower(&span);
        let length = span.len();
        if counts_time(&text) || listed("generic", &text) {
            return;
        }
        if !(2..=16).contains(&length)
            || listed("place", &text)
            || text.ends_with('·')
            || text.starts_with('·')
        {
            return;
        }
        let suffix = tailed
            || tails("han")
                .iter()
                .any(|tail| text.ends_with(tail) && text.chars().count() > tail.chars().count() + 1);
        let glossed = self.page.chars.get(span.end).is_some_and(|c| matches!(c, '(' | '（'))
            && self.page.chars.get(span.end + 1).is_some_and(|c| c.is_ascii_alphanumeric());
        let katakana = japanese && text.chars().filter(|c| is_katakana(*c)).count() >= 3;
        let slot = self.han_slot(&span);
        if suffix || glossed || katakana || slot {
            found.push(Candidate { span, strong: (suffix && slot) || glossed && length <= 10, slot });
        }
    }

    fn figure_at(&self, at: usize) -> bool {
        self.scan.figures.iter().any(|figure| figure.start == at || figure.start == at + 1)
    }

    fn is_boundary(&self, at: usize) -> bool {
        at >= self.span.end
            || self.hit_at(at).is_some_and(|hit| {
                is_verb(hit)
                    || hit.is(Class::Say).is_some()
                    || hit.is(Class::Prep).is_some()
                    || hit.is(Class::Status).is_some()
                    || hit.is(Class::Metric).is_some()
            })
            || matches!(self.page.fold[at], ',' | '，' | '、' | '(')
    }

    /// Whether the place is one of a subject, of the object of a preposition, or of a verb of deals.
    fn han_slot(&self, span: &Span) -> bool {
        let fold = &self.page.fold;
        let skip = |mut at: usize| {
            while at > self.span.start && fold[at - 1] == ' ' {
                at -= 1;
            }
            at
        };
        let left = skip(span.start);
        let opens = left == self.span.start
            || matches!(fold[left - 1], ',' | '，' | ';' | ':' | '：' | '"' | '(' | ')' | '、')
            || self.scan.dates.iter().any(|date| date.end == left);
        let before = self.hit_ending(left);
        // 获得了 X: the verb is before its 了.
        let before = before.filter(|hit| fold[hit.start] != '了' || hit.end - hit.start > 1).or_else(|| {
            self.hit_ending(left.saturating_sub(1)).filter(|_| left > 0 && fold[left - 1] == '了')
        });
        let is = |hit: Option<&Hit>, classes: &[Class]| {
            hit.is_some_and(|hit| classes.iter().any(|class| hit.is(*class).is_some()))
        };
        let led = is(before, &[Class::Role, Class::List, Class::Title])
            || before.is_some_and(|hit| {
                hit.is(Class::Prep).is_some_and(|prep| !matches!(prep, "other" | "of" | "on"))
            });
        let takes = |hit: &Hit| {
            [
                (Class::Give, "equity"),
                (Class::Buy, "acquisition"),
                (Class::Get, "pay"),
                (Class::Give, "guarantee"),
            ]
            .iter()
            .any(|(class, value)| hit.is(*class) == Some(value))
        };
        let object = before.is_some_and(|hit| takes(hit) || hit.is(Class::Part).is_some());
        let mut right = self.skip_spaces(span.end);
        if fold.get(right) == Some(&'q') && fold.get(right + 1).is_some_and(char::is_ascii_digit) {
            right = self.skip_spaces(right + 2);
        }
        // X 今天宣布, X 9 月宣布
        if let Some(date) = self.scan.dates.iter().find(|date| date.start == right) {
            right = self.skip_spaces(date.end);
        }
        let after = self.hit_at(right);
        let firm = after.is_some_and(|hit| {
            hit.is(Class::Metric).is_some_and(|metric| {
                matches!(
                    metric,
                    "revenue"
                        | "profit"
                        | "loss"
                        | "market_cap"
                        | "valuation"
                        | "share_price"
                        | "employees"
                        | "gdp"
                        | "net_worth"
                )
            })
        });
        let adverb = after.is_some_and(|hit| {
            ["已", "则", "也", "还", "正", "曾", "刚刚", "再", "又", "另", "此前", "先前"]
                .contains(&self.lower(&(hit.start..hit.end)).as_str())
        });
        let place = after.is_some_and(|hit| fold[hit.start] == '在')
            && self
                .hits
                .iter()
                .any(|hit| hit.start > right && hit.start < right + 25 && hit.is(Class::Say).is_some());
        let binds = after.is_some_and(|hit| {
            hit.is(Class::Prep).is_some_and(|prep| matches!(prep, "with" | "by" | "from"))
                || "向对给替".contains(fold[hit.start])
        });
        let verb = after.is_some_and(is_verb)
            || binds
            || is(after, &[Class::Say, Class::Status, Class::List, Class::Part, Class::Title]);
        let verb = verb
            || opens && (firm || adverb || place)
            || led && is(after, &[Class::Stop, Class::Pron, Class::Prep]);
        let closes = right >= self.span.end
            || matches!(fold[right], ',' | '，' | '。' | '、' | ';' | '(' | ')' | '"')
            || self.scan.dates.iter().any(|date| date.start == right)
            || self.figure_at(span.end);
        let subject = opens && verb;
        let argument = led && (verb || closes);
        subject || argument || object && (closes || verb)
    }

    /// Korean words: what is left when the particle is taken off.
    fn korean(&self, found: &mut Vec<Candidate>) {
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
            let particle = self
                .hits
                .iter()
                .rev()
                .find(|hit| hit.end == at && hit.start > start + 1 && hit.is(Class::Part).is_some());
            let span = start..particle.map_or(at, |hit| hit.start);
            let other = self.hits.iter().any(|hit| {
                hit.start <= span.start
                    && hit.end > span.start + 1
                    && hit.is(Class::Part).is_none()
                    && hit.is(Class::Coll).is_none()
                    && hit.is(Class::Role).is_none()
            });
            let kind = particle.and_then(|hit| hit.is(Class::Part));
            let text = self.lower(&span);
            let slot = kind.is_some_and(|kind| matches!(kind, "subj" | "with" | "from" | "to"));
            if span.len() >= 2 && !other && slot && !listed("place", &text) && !self.figure_at(span.start) {
                let opens = start == self.span.start || chars[..start].ends_with(&[',', ' ']);
                let bank = text.ends_with("은행") || text.ends_with("그룹") || text.ends_with("전자");
                found.push(Candidate { span, strong: bank || start == self.span.start, slot: slot && opens });
            }
        }
    }
}
