//! Lines that are no text: menus, links, notices, lists of headlines.

use crate::html::LineMark;
use crate::page::Span;
use crate::words::rows;

const TABLE: &str = include_str!("tables/page.txt");

/// A line of the text.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) span: Span,
    pub(crate) fold: String,
    pub(crate) mark: Option<LineMark>,
    pub(crate) state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Body,
    Heading,
    Out(&'static str),
}

/// Whether a line has a sentence in it.
pub(crate) fn ends(fold: &str) -> bool {
    let fold = fold.trim_end_matches(['"', '\'', ')', '”', ' ']);
    let stops = fold.ends_with(['。', '.', '!', '?', ';', '…']) || fold.contains('。') || fold.contains(". ");
    stops && fold.chars().count() > 12 || fold.contains('。')
}

/// Whether the line ends with a full stop.
pub(crate) fn ends_hard(fold: &str) -> bool {
    fold.trim_end_matches(['"', '\'', ')', '”', ' ']).ends_with(['。', '.', '!', '?', ';', '…'])
}

/// A line of dates, times, counts and names of months only.
pub(crate) fn is_date_line(fold: &str) -> bool {
    let digits = fold.chars().filter(char::is_ascii_digit).count();
    let others = fold.chars().filter(|c| c.is_alphabetic()).count();
    digits >= 4 && others <= 14 && fold.chars().count() < 40
}

/// `Related`, `Read next:`: a label that stands alone above a list.
fn is_label(fold: &str) -> bool {
    let fold = fold.trim_end_matches([':', ' ']);
    let mut labels = rows(TABLE).filter(|(section, ..)| *section == "label");
    labels.any(|(_, _, words)| words.split(" | ").any(|word| word.trim() == fold))
}

/// `By Jane Roe, Senior Editor`: who wrote it; `alone` when no line runs into it.
fn is_byline(fold: &str, alone: bool) -> bool {
    let led = ["by ", "von ", "par "].iter().any(|word| fold.starts_with(word));
    alone
        && led
        && fold.len() < 90
        && !ends(fold)
        && (fold.split_whitespace().count() <= 5 || fold.contains('|'))
}

fn starts_with_any(section: &str, fold: &str) -> bool {
    rows(TABLE)
        .filter(|(found, ..)| *found == section)
        .flat_map(|(_, _, words)| words.split(" | "))
        .any(|word| fold.starts_with(word.trim()))
}

/// Drops what the markup, a marker word or its form shows to be furniture.
pub(crate) fn drop_marked(lines: &mut [Line]) {
    let mut cut = None;
    let mut seen_body = 0;
    let mut seen: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
    let mut alone = true;
    for line in lines.iter_mut() {
        if line.span.is_empty() {
            alone = true;
            continue;
        }
        let byline = is_byline(&line.fold, alone);
        alone = false;
        let fold = line.fold.trim_start_matches(['#', '*', '-', '=', '【', '>', ' ', '·', '"']).to_owned();
        let bars = fold.matches('|').count();
        let length = line.span.len();
        let linked = line
            .mark
            .is_some_and(|mark| mark.furniture || mark.linked * 10 > mark.length * 6 && !ends(&fold));
        let twice = !ends(&fold) && length > 8 && !seen.insert(fold.clone());
        if seen_body > 0
            && (length < 40 || fold.starts_with("特别声明") || fold.starts_with("notice:"))
            && (starts_with_any("cut", &fold) || is_label(&fold))
        {
            cut = Some("after the article");
        }
        if let Some(why) = cut {
            line.state = State::Out(why);
        } else if linked {
            line.state = State::Out("links");
        } else if bars >= 2 && bars * 30 > length || fold.contains(" > ") && length < 60 {
            line.state = State::Out("menu");
        } else if byline
            || length < 120 && starts_with_any("drop", &fold)
            || length < 200 && starts_with_any("cut", &fold)
        {
            line.state = State::Out("notice");
        } else if is_date_line(&fold) && !ends(&fold) {
            line.state = State::Out("date");
        } else if twice {
            line.state = State::Out("repeated");
        } else if length <= 6 && !ends(&fold) && !fold.contains(|c: char| c.is_ascii_digit()) {
            line.state = State::Out("label");
        }
        if line.state == State::Body && ends(&fold) {
            seen_body += 1;
        }
    }
}

/// Drops runs of headlines: three and more lines in a row without a full stop, after the body has begun.
pub(crate) fn drop_lists(lines: &mut [Line]) {
    let Some(first) = lines.iter().position(|line| line.state == State::Body && ends(&line.fold)) else {
        return;
    };
    let is_title = |line: &Line| {
        let bullet = line.fold.starts_with(['-', '·', '*', '(', '–'])
            || line.fold.ends_with([',', '，', ';', ':', '；'])
            || line.fold.starts_with(|c: char| c.is_ascii_digit());
        line.state == State::Body && !ends(&line.fold) && !bullet && line.span.len() >= 8
    };
    let mut at = first;
    while at < lines.len() {
        let mut end = at;
        let mut count = 0;
        while end < lines.len() && (is_title(&lines[end]) || matches!(lines[end].state, State::Out(_))) {
            count += usize::from(is_title(&lines[end]));
            end += 1;
        }
        let wrapped = lines[at..end].iter().filter(|line| is_title(line) && line.span.len() > 60).count();
        if count >= 3 && wrapped * 2 < count {
            for line in &mut lines[at..end] {
                if line.state == State::Body {
                    line.state = State::Out("list of headlines");
                }
            }
        }
        at = end.max(at + 1);
    }
}
