//! Numbers as documents write them: digits with either mark, Han digits, English words; scales of all languages.

use abilene_quantity::Decimal;

use crate::words::{Entry, words};

/// Scales that are one or two letters long: they need a currency or stand right at the digits.
fn is_short(word: &str) -> bool {
    word.is_ascii() && word.len() <= 2
}

/// Whether the word stands at this place.
pub(crate) fn stands(chars: &[char], at: usize, word: &str) -> bool {
    let mut rest = chars.get(at..).unwrap_or_default().iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

pub(crate) fn length(word: &str) -> usize {
    word.chars().count()
}

fn is_letter(c: Option<&char>) -> bool {
    c.is_some_and(|c| {
        c.is_alphabetic()
            && !crate::fold::is_han(*c)
            && !crate::fold::is_kana(*c)
            && !crate::fold::is_hangul(*c)
    })
}

/// Skips spaces, at most two.
pub(crate) fn space(chars: &[char], at: usize) -> usize {
    at + chars.get(at..).unwrap_or_default().iter().take(2).take_while(|c| **c == ' ').count()
}

/// The longest of these words that stands here and does not end inside a word.
pub(crate) fn longest(chars: &[char], at: usize, words: &[Entry]) -> Option<(usize, &'static str)> {
    let mut best: Option<(usize, &'static str)> = None;
    for (word, value) in words {
        if stands(chars, at, word) {
            let end = at + length(word);
            let inside =
                word.chars().last().is_some_and(|c| is_letter(Some(&c))) && is_letter(chars.get(end));
            if !inside && best.is_none_or(|(old, _)| end > old) {
                best = Some((end, *value));
            }
        }
    }
    best
}

/// The scale at this place, a space or hyphen before it allowed.
pub(crate) fn scale(chars: &[char], at: usize) -> Option<(usize, u32)> {
    let from = match chars.get(at) {
        Some('-') => at + 1,
        _ => space(chars, at),
    };
    let mut best: Option<(usize, u32)> = None;
    for (word, power) in words("scale") {
        if !stands(chars, from, word)
            || (is_short(word) && from > at && !matches!(*word, "bn" | "tn" | "mn" | "md"))
        {
            continue;
        }
        let end = from + length(word);
        if word.chars().last().is_some_and(|c| is_letter(Some(&c))) && is_letter(chars.get(end)) {
            continue;
        }
        // 兆瓦 is mega before a unit of measure.
        if *word == "兆" && matches!(chars.get(end), Some('瓦' | '赫' | '帕' | '焦')) {
            continue;
        }
        if best.is_none_or(|(old, _)| end > old) {
            best = power.parse().ok().map(|power| (end, power));
        }
    }
    best
}

/// Ten to a power, exactly.
pub(crate) fn ten(power: u32) -> Decimal {
    Decimal::from_i128_with_scale(10i128.checked_pow(power).unwrap_or(1), 0)
}

/// A number at this place: its end and value. No scale yet, except inside Han numerals.
pub(crate) fn number(chars: &[char], at: usize) -> Option<(usize, Decimal)> {
    match chars.get(at)? {
        c if c.is_ascii_digit() => digits(chars, at).map(|found| thousands(chars, found)),
        c if han_digit(*c).is_some() || han_unit(*c).is_some() => han(chars, at),
        c if c.is_ascii_lowercase() => article(chars, at).or_else(|| {
            longest(chars, at, words("number")).and_then(|(end, value)| Some((end, value.parse().ok()?)))
        }),
        _ => None,
    }
}

/// `1,355 milliard`, `1,355 Mrd.`: a comma before a scale of these languages is a decimal mark.
fn is_continental(chars: &[char], at: usize) -> bool {
    let text: String = chars[at.min(chars.len())..].iter().take(9).collect();
    [" milliard", " mrd"].iter().any(|scale| text.starts_with(scale))
}

/// `un milliard`, `eine Million`: an article that counts, before a scale only.
fn article(chars: &[char], at: usize) -> Option<(usize, Decimal)> {
    let text: String = chars[at..chars.len().min(at + 14)].iter().collect();
    let (word, rest) = text.split_once(' ')?;
    let counts = matches!(word, "un" | "eine" | "einer")
        && ["milliard", "million"].iter().any(|scale| rest.starts_with(scale));
    counts.then(|| (at + word.chars().count(), Decimal::ONE))
}

/// Digits with thousands and a decimal mark, whichever way round.
fn digits(chars: &[char], at: usize) -> Option<(usize, Decimal)> {
    let run = |from: usize| {
        chars[from.min(chars.len())..].iter().take(40).take_while(|c| c.is_ascii_digit()).count()
    };
    let mut text: String = chars[at..at + run(at)].iter().collect();
    let mut end = at + text.len();
    let mut grouped = None;
    while let Some(mark @ (',' | '.' | '\u{a0}' | '\'')) = chars.get(end).copied() {
        let next = run(end + 1);
        let first_group = grouped.is_none() && text.len() <= 3 && text != "0";
        let thousands = next == 3
            && !(mark == ',' && is_continental(chars, end + 4))
            && (grouped == Some(mark) || first_group && (mark != '.' || chars.get(end + 4) == Some(&'.')));
        if thousands && text.len() < 24 {
            grouped = Some(mark);
            text.extend(&chars[end + 1..end + 4]);
            end += 4;
        } else if next > 0
            && grouped != Some(mark)
            && (mark == '.' || mark == ',' && (next <= 2 || is_continental(chars, end + 1 + next)))
        {
            text.push('.');
            text.extend(&chars[end + 1..end + 1 + next]);
            end += 1 + next;
            break;
        } else {
            break;
        }
    }
    // 1 200 euros: a space between thousands, only before a unit.
    while grouped.is_none() && text.len() <= 3 && chars.get(end) == Some(&' ') && run(end + 1) == 3 {
        let unit: String = chars.get(end + 4..).unwrap_or_default().iter().take(6).collect();
        if ![" euro", " €", " mill", " $", " usd"].iter().any(|word| unit.starts_with(word)) {
            break;
        }
        text.extend(&chars[end + 1..end + 4]);
        end += 4;
    }
    text.parse().ok().map(|value| (end, value))
}

/// Korean `3천970억`: digits, the word for a thousand, and the rest below it.
fn thousands(chars: &[char], (end, value): (usize, Decimal)) -> (usize, Decimal) {
    if chars.get(end) != Some(&'천') {
        return (end, value);
    }
    let rest: String = chars[end + 1..].iter().take(4).take_while(|c| c.is_ascii_digit()).collect();
    let after = end + 1 + rest.len();
    let scaled = matches!(chars.get(space(chars, after)), Some('억' | '만' | '조'));
    match rest.parse::<Decimal>() {
        Ok(rest_value) if rest.len() <= 3 && scaled => (after, value * ten(3) + rest_value),
        _ => (end, value),
    }
}

fn han_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' | '◯' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' | '両' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn han_unit(c: char) -> Option<i64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        '廿' => 20,
        '卅' => 30,
        _ => return None,
    })
}

/// Whether a numeral has nothing but scale letters: 百, 千.
pub(crate) fn only_scale(chars: &[char]) -> bool {
    !chars.is_empty() && chars.iter().all(|c| matches!(c, '百' | '千' | '万'))
}

/// Han numerals below ten thousand: 一千, 廿, 一○五○, 九百八十, 三点四九.
fn han(chars: &[char], at: usize) -> Option<(usize, Decimal)> {
    let (mut total, mut current, mut places) = (0i64, 0i64, 0usize);
    let mut end = at;
    while let Some(c) = chars.get(end).copied().filter(|_| end < at + 12) {
        if let Some(digit) = han_digit(c) {
            current =
                if places > 0 { current.saturating_mul(10) + i64::from(digit) } else { i64::from(digit) };
            places += 1;
        } else if let Some(unit) = han_unit(c) {
            if unit == 20 || unit == 30 {
                total += unit;
            } else {
                total += if current == 0 { 1 } else { current } * unit;
            }
            current = 0;
            places = 0;
        } else {
            break;
        }
        end += 1;
    }
    let mut value = Decimal::from(total.saturating_add(current));
    if matches!(chars.get(end), Some('点' | '點')) {
        let mut text = String::from("0.");
        for c in chars.get(end + 1..).unwrap_or_default().iter().take(6) {
            let Some(digit) = han_digit(*c) else { break };
            text.push_str(&digit.to_string());
        }
        if text.len() > 2 {
            end += text.len() - 1;
            value += text.parse::<Decimal>().unwrap_or_default();
        }
    }
    Some((end, value))
}
