//! A document as lines and sentences: what is its body, what is furniture; title, publisher and date.

use crate::fold::{folded, is_han, is_hangul, is_kana};
use crate::furniture::{Line, State, drop_lists, drop_marked, ends, ends_hard, is_date_line};
use crate::gloss::Repair;
use crate::html::LineMark;

/// Where in the text, in its characters.
pub type Span = std::ops::Range<usize>;

/// The text that rules see, with the way back to what came in.
#[derive(Debug, Default)]
pub struct Page {
    /// Characters as shown, after repair.
    pub chars: Vec<char>,
    /// The same, folded.
    pub fold: Vec<char>,
    /// Place of each in the decoded original, in characters.
    pub at: Vec<u32>,
    /// What was repaired, with places in the decoded original.
    pub repairs: Vec<Repair>,
    /// Characters that were mended and may be wrong.
    pub mended: Vec<usize>,
    /// Sentences of the body, in order.
    pub sentences: Vec<Sentence>,
    /// The headline, when the text has one.
    pub headline: Option<Span>,
    /// What was left out, and why.
    pub dropped: Vec<(Span, &'static str)>,
}

/// A sentence of the body.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Where.
    pub span: Span,
    /// Part of the headline or of a heading.
    pub headline: bool,
}

impl Page {
    /// A page of these characters.
    pub fn new(chars: Vec<char>, at: Vec<u32>, marks: &[LineMark]) -> Page {
        let fold: Vec<char> = chars.iter().copied().map(folded).collect();
        let mut page = Page { chars, fold, at, ..Page::default() };
        page.find_body(marks);
        page
    }

    /// The text of a span.
    pub fn text(&self, span: &Span) -> String {
        self.chars.get(span.clone()).unwrap_or_default().iter().collect()
    }

    /// The folded text of a span.
    pub fn folded(&self, span: &Span) -> String {
        self.fold.get(span.clone()).unwrap_or_default().iter().collect()
    }

    /// The span in characters of the decoded original.
    pub fn original(&self, span: &Span) -> [u32; 2] {
        let start = self.at.get(span.start).copied().unwrap_or_default();
        let end = span.end.checked_sub(1).and_then(|last| self.at.get(last)).map_or(start, |last| last + 1);
        [start, end.max(start)]
    }

    fn find_body(&mut self, marks: &[LineMark]) {
        let mut lines = self.lines(marks);
        drop_marked(&mut lines);
        drop_lists(&mut lines);
        let first_body = lines.iter().position(|line| line.state == State::Body && ends(&line.fold));
        // A paragraph broken by hand begins before the line that holds its first full stop.
        let first_body = first_body.map(|mut first| {
            while first > 0
                && lines[first - 1].state == State::Body
                && lines[first - 1].span.len() >= 55
                && !lines[first].span.is_empty()
            {
                first -= 1;
            }
            first
        });
        let title = first_body.and_then(|first| self.pick_title(&lines[..first]));
        for (at, line) in lines.iter_mut().enumerate() {
            if line.state == State::Body && !ends(&line.fold) {
                let wrapped = line.span.len() > 60;
                if Some(at) == title
                    || (!wrapped && first_body.is_none_or(|first| at < first))
                    || line.mark.is_some_and(|mark| mark.heading)
                {
                    line.state = State::Heading;
                }
            }
        }
        self.headline = title.map(|at| lines[at].span.clone());
        for line in &lines {
            if let State::Out(why) = line.state
                && !line.span.is_empty()
            {
                self.dropped.push((line.span.clone(), why));
            }
        }
        self.split(&lines);
    }

    fn lines(&self, marks: &[LineMark]) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut start = 0;
        let mut marks = marks.iter();
        for end in 0..=self.chars.len() {
            if end < self.chars.len() && !matches!(self.chars[end], '\n' | '\r' | '\u{c}') {
                continue;
            }
            let span = trim(&self.chars, start..end);
            let mark = if end > start { marks.next().copied() } else { None };
            // Rules of furniture look at the first hundred characters; a line may have ten million.
            let head: String = self.fold[span.start..span.end.min(span.start + 300)].iter().collect();
            let tail: String =
                self.fold[span.end.saturating_sub(12).max(span.start)..span.end].iter().collect();
            let fold = if span.len() > 300 { format!("{head}{tail}") } else { head };
            let state = if span.is_empty() { State::Out("blank") } else { State::Body };
            lines.push(Line { span, fold, mark, state });
            start = end + 1;
        }
        lines
    }

    /// The line before the body that shares most with it: the headline.
    fn pick_title(&self, before: &[Line]) -> Option<usize> {
        let open = before.iter().enumerate().filter(|(_, line)| line.state == State::Body);
        let long = open.filter(|(_, line)| line.span.len() >= 6 && !is_date_line(&line.fold));
        long.max_by_key(|(at, line)| {
            let words = line.span.len().min(120)
                + if line.fold.contains(|c: char| c.is_ascii_digit()) { 4 } else { 0 };
            (words, *at)
        })
        .map(|(at, _)| at)
    }

    /// Splits the lines into sentences; a hard-wrapped line goes on in the next.
    fn split(&mut self, lines: &[Line]) {
        let mut open: Option<(usize, usize)> = None;
        let mut sentences = Vec::new();
        for (number, line) in lines.iter().enumerate() {
            if line.state != State::Body && line.state != State::Heading {
                if line.span.is_empty() || open.is_none() {
                    self.flush(&mut open, lines, number, &mut sentences);
                }
                continue;
            }
            let goes_on = open.is_some_and(|(_, last)| self.continues(&lines[last], line));
            if !goes_on {
                self.flush(&mut open, lines, number, &mut sentences);
                open = Some((line.span.start, number));
            } else if let Some((_, last)) = &mut open {
                *last = number;
            }
        }
        self.flush(&mut open, lines, lines.len(), &mut sentences);
        // Inside a sentence a line break is a space.
        for sentence in &sentences {
            for at in sentence.span.clone() {
                if matches!(self.chars[at], '\n' | '\r' | '\t') {
                    self.chars[at] = ' ';
                    self.fold[at] = ' ';
                }
            }
        }
        self.sentences = sentences;
    }

    fn continues(&self, last: &Line, next: &Line) -> bool {
        let first = self.chars.get(next.span.start);
        let lower = first.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit() || *c == '$');
        // A line broken by hand at its full width goes on whatever the next begins with.
        let full = last.span.len() >= 55
            && first.is_some_and(|c| c.is_alphabetic() || matches!(c, '€' | '£' | '"' | '“' | '('));
        let same = last.state == State::Body && next.state == State::Body && last.mark.is_none();
        same && !ends_hard(&last.fold)
            && last.span.len() >= 30
            && (lower || full)
            && !last.fold.ends_with(':')
    }

    fn flush(
        &self,
        open: &mut Option<(usize, usize)>,
        lines: &[Line],
        _next: usize,
        out: &mut Vec<Sentence>,
    ) {
        let Some((start, last)) = open.take() else { return };
        let line = &lines[last];
        for span in self.cut(start..line.span.end) {
            out.push(Sentence { span, headline: line.state == State::Heading });
        }
    }

    /// Cuts at full stops.
    fn cut(&self, span: Span) -> Vec<Span> {
        let mut found = Vec::new();
        let mut start = span.start;
        let mut at = span.start;
        while at < span.end {
            if self.is_stop(at, span.end) {
                let mut end = at + 1;
                while end < span.end
                    && matches!(
                        self.chars[end],
                        '"' | '”' | '」' | '』' | '）' | ')' | '’' | '！' | '？' | '!' | '?'
                    )
                {
                    end += 1;
                }
                push(&mut found, trim(&self.chars, start..end));
                start = end;
                at = end;
            } else {
                at += 1;
            }
        }
        push(&mut found, trim(&self.chars, start..span.end));
        found
    }

    fn is_stop(&self, at: usize, end: usize) -> bool {
        match self.fold[at] {
            '。' | '!' | '?' => true,
            '.' => {
                let next = (at + 1..end).find(|i| !matches!(self.chars[*i], '"' | '”' | ')' | '\'' | '’'));
                let spaced = next.is_none_or(|i| self.fold[i] == ' ');
                let after = next.and_then(|i| (i..end).find(|i| self.fold[*i] != ' '));
                // `Foo N.V. ("Foo") announced`: a bracket behind an abbreviation goes on.
                let dotted = at > 1 && self.chars[at - 2] == '.';
                let opens =
                    after.is_none_or(|i| !(self.chars[i].is_lowercase() || dotted && self.chars[i] == '('));
                spaced && opens && !self.is_short_word(at, after.is_none())
            }
            _ => false,
        }
    }

    /// Whether the stop ends an abbreviation rather than a sentence.
    fn is_short_word(&self, at: usize, last: bool) -> bool {
        let start = (at.saturating_sub(8)..at)
            .rev()
            .find(|i| !self.chars[*i].is_alphanumeric() && self.chars[*i] != '.')
            .map_or(at.saturating_sub(8), |i| i + 1);
        let word: String = self.fold[start..at].iter().collect();
        let known = [
            "inc", "corp", "co", "ltd", "mr", "mrs", "ms", "dr", "st", "no", "nos", "vs", "approx", "u.s",
            "u.k", "sept", "oct", "nov", "dec", "jan", "feb", "aug", "mio", "mrd", "ca", "nr", "tsd", "z.b",
            "rs", "n.v", "s.a", "s.p.a", "gen", "sen", "e.g", "i.e", "llc", "plc", "bros", "intl", "fig",
        ];
        let initial = word.chars().count() == 1
            && word.chars().all(char::is_alphabetic)
            && self.chars[start].is_uppercase();
        let number = word.chars().all(|c| c.is_ascii_digit()) && word.len() <= 2 && !word.is_empty();
        !last && (known.contains(&word.as_str()) || initial || number)
    }
}

fn push(found: &mut Vec<Span>, span: Span) {
    if !span.is_empty() {
        found.push(span);
    }
}

fn trim(chars: &[char], span: Span) -> Span {
    let mut span = span;
    while span.start < span.end && chars[span.start].is_whitespace() {
        span.start += 1;
    }
    while span.end > span.start && chars[span.end - 1].is_whitespace() {
        span.end -= 1;
    }
    span
}

/// What most letters of a text are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Letters between spaces.
    Latin,
    /// Chinese in Simplified characters.
    Simplified,
    /// Chinese in Traditional characters.
    Traditional,
    /// Japanese.
    Japanese,
    /// Korean.
    Korean,
}

/// The script of some characters.
pub fn script(chars: &[char]) -> Script {
    let count = |is: fn(char) -> bool| chars.iter().filter(|c| is(**c)).count();
    let (han, kana, hangul) = (count(is_han), count(is_kana), count(is_hangul));
    let latin = chars.iter().filter(|c| c.is_alphabetic()).count().saturating_sub(han + kana + hangul);
    if hangul * 3 > han + kana && hangul * 4 > latin {
        return Script::Korean;
    }
    // A single sentence has few kana; a Chinese one has none.
    if kana * 6 > han && (kana > 10 || kana > 3 && kana * 4 > han) {
        return Script::Japanese;
    }
    if han * 5 > latin {
        let changed = chars.iter().filter(|c| is_han(**c) && crate::fold::simplified(**c) != **c).count();
        return if changed * 20 > han { Script::Traditional } else { Script::Simplified };
    }
    Script::Latin
}
