//! Days, months and years of a text, and those that need the day of the document.

use crate::number::{longest, number, space, stands};
use crate::words::{Entry, rows};
use std::sync::OnceLock;

const TABLE: &str = include_str!("tables/dates.txt");

/// A date of the text, as far as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Year.
    pub year: Option<i32>,
    /// Month.
    pub month: Option<u32>,
    /// Day.
    pub day: Option<u32>,
    /// Years from the document's.
    pub years: Option<i32>,
    /// Months from the document's.
    pub months: Option<i32>,
}

fn table(section: &'static str) -> &'static [Entry] {
    static ALL: OnceLock<(Vec<Entry>, Vec<Entry>)> = OnceLock::new();
    let (months, near) = ALL.get_or_init(|| {
        let of = |wanted: &str| -> Vec<Entry> {
            let rows = rows(TABLE).filter(|(section, ..)| *section == wanted);
            rows.flat_map(|(_, value, words)| words.split(" | ").map(move |word| (word, value))).collect()
        };
        (of("month"), of("near"))
    });
    if section == "month" { months } else { near }
}

impl When {
    fn at(start: usize, end: usize) -> When {
        When { start, end, year: None, month: None, day: None, years: None, months: None }
    }

    /// Year and month, with the day of the document for what is left out.
    pub fn resolve(&self, document: Option<(i32, u32)>) -> Option<(i32, Option<u32>)> {
        if let Some(year) = self.year {
            return Some((year, self.month));
        }
        let (year, month) = document?;
        if let Some(back) = self.years {
            return Some((year + back, self.month));
        }
        if let Some(back) = self.months {
            let count = year * 12 + i32::try_from(month).ok()? - 1 + back;
            return Some((count.div_euclid(12), u32::try_from(count.rem_euclid(12) + 1).ok()));
        }
        match self.month {
            // A month later than the document's is of the year before.
            Some(found) => Some((if found > month { year - 1 } else { year }, Some(found))),
            None => self.day.map(|_| (year, Some(month))),
        }
    }
}

/// All dates of folded text.
pub fn dates(chars: &[char]) -> Vec<When> {
    let mut found: Vec<When> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let before = at.checked_sub(1).and_then(|i| chars.get(i));
        let c = chars[at];
        let inside = before.is_some_and(|b| {
            b.is_ascii_alphanumeric() && c.is_ascii_alphanumeric()
                || *b == '.' && c.is_ascii_digit()
                || *b == '$'
        });
        let hit = if inside { None } else { date(chars, at) };
        match hit {
            Some(when) if when.end > at => {
                at = when.end;
                match found.last_mut() {
                    // 今年 3月: the year from one, the month from the other.
                    Some(last)
                        if when.start <= last.end + 1
                            && last.month.is_none()
                            && last.months.is_none()
                            && when.year.is_none()
                            && when.years.is_none()
                            && when.month.is_some() =>
                    {
                        last.end = when.end;
                        last.month = when.month;
                        last.day = when.day;
                    }
                    _ => found.push(when),
                }
            }
            _ => at += 1,
        }
    }
    found
}

fn date(chars: &[char], at: usize) -> Option<When> {
    if let Some((end, value)) = longest(chars, at, table("near")) {
        let mut when = When::at(at, end);
        let (unit, back) = value.split_once(' ')?;
        let back = back.parse().ok();
        if unit == "year" {
            when.years = back
        } else {
            when.months = back
        }
        return Some(when);
    }
    if (chars[at].is_ascii_alphabetic() || chars[at].is_alphabetic())
        && let Some((end, month)) = longest(chars, at, table("month"))
    {
        return worded(chars, at, end, month.parse().ok()?);
    }
    let (end, value) =
        number(chars, at).filter(|_| chars[at].is_ascii_digit() || crate::fold::is_han(chars[at]))?;
    let value: i64 = value.try_into().ok().filter(|value| *value >= 0)?;
    let value = u32::try_from(value).ok()?;
    dashed(chars, at, value)
        .or_else(|| marked(chars, at, end, value))
        .or_else(|| before_month(chars, at, end, value))
}

/// `March 7, 2025`, `März 2024`, `may`: a month's name and what follows.
fn worded(chars: &[char], at: usize, end: usize, month: u32) -> Option<When> {
    let mut when = When::at(at, end);
    when.month = Some(month);
    let next = space(chars, end);
    let mut told = false;
    if let Some((after, day)) = digits(chars, next, 2).filter(|(_, day)| (1..=31).contains(day)) {
        when.day = Some(day);
        when.end = after;
        told = true;
        let comma = space(chars, if chars.get(after) == Some(&',') { after + 1 } else { after });
        if let Some((after, year)) = digits(chars, comma, 4).filter(|(_, year)| (1900..2100).contains(year)) {
            when.year = i32::try_from(year).ok();
            when.end = after;
        }
    } else if let Some((after, year)) = digits(chars, next, 4).filter(|(_, year)| (1900..2100).contains(year))
    {
        when.year = i32::try_from(year).ok();
        when.end = after;
        told = true;
    }
    // `may` and `march` are months only beside a number or after a preposition.
    let back: String = chars[at.saturating_sub(6)..at].iter().collect();
    let led = ["in ", "since ", "en ", "im ", "last ", "by ", "ende ", "until "]
        .iter()
        .any(|word| back.ends_with(word));
    (told || led || end - at > 5).then_some(when)
}

fn digits(chars: &[char], at: usize, most: usize) -> Option<(usize, u32)> {
    let run = chars.get(at..)?.iter().take(5).take_while(|c| c.is_ascii_digit()).count();
    if run == 0 || run > most || (most == 4 && run != 4) {
        return None;
    }
    let text: String = chars[at..at + run].iter().collect();
    Some((at + run, text.parse().ok()?))
}

/// `2025-09-22`, `2025/9/22`, `2025.09.22`.
fn dashed(chars: &[char], at: usize, _value: u32) -> Option<When> {
    let (end, year) = digits(chars, at, 4).filter(|(_, year)| (1900..2100).contains(year))?;
    let mark = *chars.get(end).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (end, month) = digits(chars, end + 1, 2).filter(|(_, month)| (1..=12).contains(month))?;
    let mut when = When::at(at, end);
    when.year = i32::try_from(year).ok();
    when.month = Some(month);
    if chars.get(end) == Some(&mark)
        && let Some((end, day)) = digits(chars, end + 1, 2).filter(|(_, day)| (1..=31).contains(day))
    {
        when.day = Some(day);
        when.end = end;
    }
    (when.day.is_some() || mark == '-').then_some(when)
}

/// `2025年9月22日`, `9月末`, `廿二日`, `2025년 9월`.
fn marked(chars: &[char], at: usize, end: usize, value: u32) -> Option<When> {
    let mut when = When::at(at, end);
    let mut next = space(chars, end);
    let mut value = value;
    let one = |at: usize, words: [&str; 2]| words.iter().any(|word| stands(chars, at, word));
    let mut found = false;
    if one(next, ["年", "년"])
        && ((1900..2100).contains(&value) || value < 100 && value > 9)
        && !stands(chars, next, "年間")
    {
        when.year = i32::try_from(if value < 100 { 2000 + value } else { value }).ok();
        when.end = next + 1;
        found = value >= 100;
        let Some((after, month)) = number(chars, space(chars, next + 1)) else {
            return found.then_some(when);
        };
        value = u32::try_from(i64::try_from(month).unwrap_or(0)).unwrap_or(0);
        next = space(chars, after);
    }
    if one(next, ["月", "월"]) && (1..=12).contains(&value) && !stands(chars, next, "月間") {
        when.month = Some(value);
        when.end = next + 1;
        if let Some((after, day)) = number(chars, space(chars, next + 1)) {
            let day = u32::try_from(i64::try_from(day).unwrap_or(0)).unwrap_or(0);
            let after = space(chars, after);
            if one(after, ["日", "일"]) && (1..=31).contains(&day) {
                when.day = Some(day);
                when.end = after + 1;
            }
        }
        return Some(when);
    }
    let day = one(next, ["日", "일"])
        && (1..=31).contains(&value)
        && !stands(chars, next, "日本")
        && when.year.is_none();
    if day {
        when.day = Some(value);
        when.end = next + 1;
        return Some(when);
    }
    found.then_some(when)
}

/// `22 September 2025`, `25. April`; a bare year such as `in 2023`.
fn before_month(chars: &[char], at: usize, end: usize, value: u32) -> Option<When> {
    let from = space(chars, if chars.get(end) == Some(&'.') { end + 1 } else { end });
    if (1..=31).contains(&value)
        && let Some((after, month)) = longest(chars, from, table("month"))
    {
        let mut when = When::at(at, after);
        when.day = Some(value);
        when.month = month.parse().ok();
        if let Some((after, year)) = digits(chars, space(chars, after), 4) {
            when.year = i32::try_from(year).ok();
            when.end = after;
        }
        return Some(when);
    }
    let (year_end, year) = digits(chars, at, 4).filter(|(_, year)| (1980..2060).contains(year))?;
    let back: String = chars[at.saturating_sub(8)..at].iter().collect();
    let led = [
        "in ", "since ", "by ", "of ", "from ", "until ", "im jahr ", "bis ", "en ", "seit ", "during ",
        "for ", "through ", " 20", "autumn ",
    ]
    .iter()
    .any(|word| back.ends_with(word))
        || back.ends_with(|c: char| c.is_alphabetic() && c.is_ascii() || c == ' ')
            && chars.get(year_end).is_none_or(|c| matches!(c, ' ' | ',' | '.' | ')'));
    led.then(|| {
        let mut when = When::at(at, year_end);
        when.year = i32::try_from(year).ok();
        when
    })
}
