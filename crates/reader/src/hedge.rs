//! What stands around a number: hedges before and after it, `per share`, `a year`.

use abilene_quantity::Decimal;

use crate::amount::{Figure, Hedge, Kind, latin};
use crate::fold::is_han;
use crate::number::{length, longest, space, stands};
use crate::words::words;

pub(crate) fn finish(
    chars: &[char],
    start: usize,
    end: usize,
    (value, low, high): (Decimal, Decimal, Decimal),
    kind: Kind,
) -> Figure {
    let hedge = hedge_before(chars, start).or_else(|| {
        longest(chars, space(chars, end), words("hedge_after")).map(|(_, hedge)| Hedge::of(hedge))
    });
    let mut after = space(chars, end);
    if let Some((next, _)) = longest(chars, after, words("hedge_after")) {
        after = space(chars, next);
    }
    let per = longest(chars, after, words("each")).map(|(_, each)| each == "true");
    let back: String = chars[start.saturating_sub(12)..start].iter().collect();
    let per_share = ["每股", "par value", "price of", "每吨", "面值"].iter().any(|word| back.contains(word))
        && value < Decimal::from(10_000);
    let far: String = chars[start.saturating_sub(20)..start].iter().collect();
    let yearly = per == Some(false) || ["每年", "年均"].iter().any(|word| far.contains(word));
    Figure {
        start,
        end,
        value,
        low,
        high,
        kind,
        hedge: hedge.unwrap_or(Hedge::Exact),
        each: per == Some(true) || per_share,
        yearly,
        damaged: false,
    }
}

/// The hedge that ends right before this place.
fn hedge_before(chars: &[char], start: usize) -> Option<Hedge> {
    let mut end = start;
    while end > 0 && matches!(chars[end - 1], ' ' | '(' | '"') && start - end < 3 {
        end -= 1;
    }
    for articles in ["a", "of", "of the", "the", "达", "为", "到"] {
        let n = length(articles);
        if end > n + 1
            && stands(chars, end - n, articles)
            && (chars[end - n - 1] == ' ' || is_han(chars[end - 1]))
            && let Some(found) = hedge_ending(chars, end - n - usize::from(chars[end - n - 1] == ' '))
        {
            return Some(found);
        }
    }
    hedge_ending(chars, end)
}

fn hedge_ending(chars: &[char], end: usize) -> Option<Hedge> {
    let mut best: Option<(usize, Hedge)> = None;
    for (word, hedge) in words("hedge") {
        let n = length(word);
        if end >= n && stands(chars, end - n, word) {
            let inside = latin(chars.get(end - n)) && end > n && latin(chars.get(end - n - 1));
            if !inside && best.is_none_or(|(old, _)| n > old) {
                best = Some((n, Hedge::of(hedge)));
            }
        }
    }
    best.map(|(_, hedge)| hedge)
}
