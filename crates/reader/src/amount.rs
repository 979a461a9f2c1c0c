//! Amounts: every number of a text with what it counts, its hedge and its place.

use abilene_quantity::Decimal;

use crate::fold::{is_han, is_hangul, is_kana};
use crate::hedge::finish;
use crate::number::{length, longest, number, only_scale, scale, space, stands, ten};
use crate::words::words;

/// What a number counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Money; the currency's three letters, or `local` for a bare 元.
    Money(&'static str),
    /// Money whose currency the text leaves out.
    BareMoney,
    /// Power in gigawatts.
    Power,
    /// A share of a whole, in percent.
    Percent,
    /// Pieces of something: `t`, `shares`, `people`, `times`, or `count`.
    Count(&'static str),
    /// Just a number.
    Plain,
}

/// How a number is hedged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hedge {
    /// As it stands.
    Exact,
    /// Up to.
    Max,
    /// At least.
    Min,
    /// About.
    Approx,
    /// Between two numbers.
    Range,
}

impl Hedge {
    pub(crate) fn of(word: &str) -> Hedge {
        match word {
            "max" => Hedge::Max,
            "min" => Hedge::Min,
            "approx" => Hedge::Approx,
            _ => Hedge::Exact,
        }
    }

    /// The word in the JSON.
    pub fn text(self) -> &'static str {
        match self {
            Hedge::Exact => "exact",
            Hedge::Max => "max",
            Hedge::Min => "min",
            Hedge::Approx => "approx",
            Hedge::Range => "range",
        }
    }
}

/// A number in a text.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Where its number or currency starts, in characters.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The number; the middle of a range.
    pub value: Decimal,
    /// The lower end.
    pub low: Decimal,
    /// The upper end.
    pub high: Decimal,
    /// What it counts.
    pub kind: Kind,
    /// Its hedge.
    pub hedge: Hedge,
    /// `true` for a price of one piece, such as `$0.01 per share`.
    pub each: bool,
    /// `true` for a sum of each year.
    pub yearly: bool,
    /// `true` where it touches a mended or lost character.
    pub damaged: bool,
}

/// Finds every number of folded text. `place` is the character before it, so that a half number is not taken.
pub fn figures(chars: &[char]) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if let Some(figure) = figure(chars, at) {
            at = figure.end.max(at + 1);
            found.push(figure);
        } else if chars[at].is_ascii_digit() {
            // A number that is part of a name: skip it whole.
            while at < chars.len()
                && (chars[at].is_ascii_alphanumeric()
                    || ".,".contains(chars[at]) && chars.get(at + 1).is_some_and(char::is_ascii_digit))
            {
                at += 1;
            }
        } else {
            at += 1;
        }
    }
    found
}

pub(crate) fn latin(c: Option<&char>) -> bool {
    c.is_some_and(|c| c.is_alphabetic() && !is_han(*c) && !is_kana(*c) && !is_hangul(*c))
}

/// One end of an amount: currency before, number, scale, smaller parts, currency after.
#[derive(Clone, Debug)]
struct Part {
    start: usize,
    end: usize,
    number_end: usize,
    value: Decimal,
    power: Option<u32>,
    currency: Option<&'static str>,
    vague: bool,
}

fn part(chars: &[char], at: usize) -> Option<Part> {
    let before = at.checked_sub(1).and_then(|i| chars.get(i));
    let prefix = longest(chars, at, words("before")).filter(|_| !(latin(chars.get(at)) && latin(before)));
    let from = prefix.map_or(at, |(end, _)| space(chars, end));
    let from = if prefix.is_some() && chars.get(from) == Some(&'(') { at } else { from };
    let (number_end, value) = number(chars, from)?;
    let word = chars.get(from).is_some_and(char::is_ascii_lowercase);
    let vague = only_scale(&chars[from..number_end]);
    let mut part = Part {
        start: at,
        end: number_end,
        number_end,
        value,
        power: None,
        currency: prefix.map(|(_, c)| c),
        vague,
    };
    if let Some((end, power)) = scale(chars, number_end) {
        part.value = value.checked_mul(ten(power))?;
        part.end = end;
        part.power = Some(power);
        smaller(chars, &mut part);
    }
    if word && part.power.is_none() {
        return None;
    }
    let mut after = space(chars, part.end);
    if chars.get(part.end) == Some(&'-') {
        after = part.end + 1;
    }
    if let Some((end, currency)) = longest(chars, after, words("after")) {
        let own = part
            .currency
            .is_some_and(|had| had != "local" && currency != "local" && had != currency && currency != "USD");
        let year = currency == "local" && chars.get(end) == Some(&'年');
        if !own && !year && (part.currency.is_none() || !is_sign(chars, after)) {
            part.end = end;
            part.currency =
                part.currency.or(Some(currency)).map(|had| if had == "local" { currency } else { had });
            if let Some((end, currency)) = longest(chars, end, words("after"))
                .filter(|(_, more)| part.currency == Some("local") && *more != "local")
            {
                part.end = end;
                part.currency = Some(currency);
            }
            if stands(chars, end, "(") {
                country(chars, &mut part);
            }
        }
    } else {
        country(chars, &mut part);
    }
    Some(part)
}

/// A sign that belongs to the next number: `$1 $2`.
fn is_sign(chars: &[char], at: usize) -> bool {
    matches!(chars.get(at), Some('$' | '€' | '£'))
}

/// `5兆6400亿`, `43억900만`: parts of one number.
fn smaller(chars: &[char], part: &mut Part) {
    for _ in 0..3 {
        let from = space(chars, part.end);
        // 八億五千萬: Han numerals follow without a space.
        let han = from == part.end && chars.get(from).is_some_and(|c| is_han(*c));
        if !chars.get(from).is_some_and(char::is_ascii_digit) && !han {
            return;
        }
        let Some((end, value)) = number(chars, from) else { return };
        let Some((end, power)) =
            scale(chars, end).filter(|(_, power)| part.power.is_some_and(|above| *power < above))
        else {
            return;
        };
        if chars.get(part.end - 1).is_some_and(char::is_ascii) {
            return;
        }
        let Some(more) = value.checked_mul(ten(power)) else { return };
        part.value = part.value.saturating_add(more);
        part.end = end;
        part.power = Some(power);
    }
}

/// `$298-million (U.S.)`: the country after the sum; only the currency changes.
fn country(chars: &[char], part: &mut Part) {
    let from = space(chars, part.end);
    for (word, currency) in
        [("(u.s.)", "USD"), ("(us)", "USD"), ("(canadian)", "CAD"), ("(australian)", "AUD")]
    {
        if stands(chars, from, word) && part.currency.is_some() {
            part.currency = Some(currency);
        }
    }
}

fn figure(chars: &[char], at: usize) -> Option<Figure> {
    let before = at.checked_sub(1).and_then(|i| chars.get(i));
    let c = chars[at];
    if stands(chars, at, "百分之") {
        let (end, value) = number(chars, at + 3)?;
        return Some(finish(chars, at, end, (value, value, value), Kind::Percent));
    }
    if latin(before) && (c.is_ascii_alphanumeric() || latin(Some(&c)))
        || before.is_some_and(char::is_ascii_digit)
    {
        return None;
    }
    if matches!(before, Some('-'))
        && at >= 2
        && (latin(chars.get(at - 2)) || chars[at - 2].is_ascii_digit())
        && c.is_ascii_digit()
    {
        return None;
    }
    let first = part(chars, at)?;
    if c == '.' || matches!(before, Some('数' | '几' | '上')) && c != '$' && is_han(c) {
        return None;
    }
    let (first, second) = range(chars, first);
    let end = second.as_ref().map_or(first.end, |part| part.end);
    let low = first.value;
    let high = second.as_ref().map_or(low, |part| part.value);
    let middle = low.saturating_add(high) / Decimal::TWO;
    let last = second.as_ref().unwrap_or(&first);
    let currency = last.currency.or(first.currency);
    let (kind, end) = kind(chars, last, currency, end)?;
    let factor = if kind == Kind::Power { divisor(chars, last) } else { Decimal::ONE };
    let mut figure = finish(chars, at, end, (middle / factor, low / factor, high / factor), kind);
    if second.is_some() {
        figure.hedge = Hedge::Range;
    } else if first.vague && figure.hedge == Hedge::Exact {
        figure.hedge = Hedge::Approx;
    }
    Some(figure)
}

/// The second end of a range; its scale and currency go back to the first where that has none.
fn range(chars: &[char], first: Part) -> (Part, Option<Part>) {
    let from = space(chars, first.end);
    // 190 吉瓦至 220 吉瓦
    let from = longest(chars, from, words("power")).map_or(from, |(end, _)| space(chars, end));
    let between =
        chars[first.start.saturating_sub(10)..first.start].iter().collect::<String>().contains("between ");
    let joins: &[(&str, bool)] = &[
        ("-", true),
        ("~", true),
        ("至", true),
        ("到", true),
        ("to ", true),
        ("bis ", true),
        ("à ", true),
        ("から", true),
        ("and ", between),
        ("et ", false),
    ];
    // From one sum to another is a rise, not a range.
    let back: String = chars[first.start.saturating_sub(5)..first.start].iter().collect();
    if first.currency.is_some()
        && first.power.is_some()
        && ["from ", "从", "从 "].iter().any(|word| back.ends_with(word))
    {
        return (first, None);
    }
    let Some((join, _)) = joins.iter().find(|(join, on)| *on && stands(chars, from, join)) else {
        return (first, None);
    };
    let next = space(chars, from + length(join));
    let Some(second) = part(chars, next) else { return (first, None) };
    let mut low = first.clone();
    if low.power.is_none()
        && let Some(power) = second.power
    {
        low.value = low.value.checked_mul(ten(power)).unwrap_or(low.value);
    }
    let measured = second.currency.or(low.currency).is_some()
        || second.power.is_some()
        || longest(chars, space(chars, second.end), words("power")).is_some()
        || longest(chars, space(chars, second.end), words("percent")).is_some();
    let clash = low.currency.is_some() && second.currency.is_some() && low.currency != second.currency;
    if low.value < second.value && measured && !clash { (low, Some(second)) } else { (first, None) }
}

fn divisor(chars: &[char], part: &Part) -> Decimal {
    let from = if chars.get(part.end) == Some(&'-') { part.end + 1 } else { space(chars, part.end) };
    let found = longest(chars, from, words("power"))
        .or_else(|| longest(chars, space(chars, part.number_end), words("power")));
    found.and_then(|(_, per)| per.parse().ok()).unwrap_or(Decimal::ONE)
}

/// `吉瓦时` is energy; `当…提升至 7 吉瓦时，` is not: its 时 ends a clause that 当 began.
fn is_energy(chars: &[char], end: usize) -> bool {
    let hour = matches!(chars.get(end), Some('时' | '時' | 'h'));
    let clause =
        matches!(chars.get(end + 1), Some(',' | '，')) && chars[end.saturating_sub(80)..end].contains(&'当');
    hour && !clause
}

/// What a number counts, and where the expression ends; `None` when it is a name, a date or a measure of length.
fn kind(chars: &[char], last: &Part, currency: Option<&'static str>, end: usize) -> Option<(Kind, usize)> {
    let from = if chars.get(last.end) == Some(&'-') { last.end + 1 } else { space(chars, last.end) };
    for start in [from, space(chars, last.number_end)] {
        if let Some((end, _)) =
            longest(chars, start, words("power")).filter(|(end, _)| !is_energy(chars, *end))
        {
            return Some((Kind::Power, end));
        }
    }
    if last.vague && (currency.is_none() || stands(chars, end, "级") || last.power.is_none()) {
        return None;
    }
    if let Some(currency) = currency {
        return (!stands(chars, end, "级")).then_some((
            if currency == "local" { Kind::Money("local") } else { Kind::Money(currency) },
            end,
        ));
    }
    if let Some((end, _)) = longest(chars, from, words("percent")) {
        return Some((Kind::Percent, end));
    }
    if stands(chars, last.end, "级") {
        return None;
    }
    if let Some((after, unit)) = longest(chars, from, words("count")) {
        // 一个, 一份: an article, not a count.
        let article =
            last.value == Decimal::ONE && last.power.is_none() && is_han(chars[last.number_end - 1]);
        return (unit != "no" && !article).then_some((Kind::Count(unit), after));
    }
    if latin(chars.get(last.end))
        || chars.get(last.end) == Some(&'(')
            && latin(chars.get(last.end + 1))
            && chars.get(last.end + 2) == Some(&')')
    {
        return None;
    }
    let han_scale = last.power.is_some_and(|power| power >= 8)
        && chars.get(last.end.saturating_sub(1)).is_some_and(|c| is_han(*c) || is_hangul(*c));
    if han_scale {
        return Some((Kind::BareMoney, end));
    }
    if last.power.is_some() { Some((Kind::Count("count"), end)) } else { Some((Kind::Plain, end)) }
}
