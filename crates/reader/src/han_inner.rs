//! Words of one letter that are none: a letter inside a Chinese name.

use crate::fold::is_han;
use crate::han::{ADVERBS, TAILS, is_common};
use crate::lexicon::{Class, Hit};
use crate::scan::is_verb;

/// Letters that are words by themselves.
const ALONE: &str = "新大小好旧老多少高低他她你我它谁真对此这那有是不未所以因在于与及和或者也都人日月年其该本各每某前后内外中上下时双等";
/// Prepositions of one letter, before a name.
const LEADS: &str = "与向从由给获对";

/// 融资 of 金融资产: the letters before and after make other words of its two.
pub(crate) fn is_crossed(chars: &[char], hit: &Hit) -> bool {
    let (start, end) = (hit.start, hit.end);
    end == start + 2
        && start > 0
        && end < chars.len()
        && is_verb(hit)
        && is_common(&chars[start - 1..=start])
        && is_common(&chars[end - 1..=end])
        && !is_common(&chars[end..(end + 2).min(chars.len())])
}

/// 和 of 盛和资源, 的 of 美的集团, 刚 of 荣刚材料, 花 of 花旗银行: with the letters beside it a part of a name.
pub(crate) fn is_inner(chars: &[char], hit: &Hit) -> bool {
    let (start, end) = (hit.start, hit.end);
    if end != start + 1 {
        return false;
    }
    is_second(chars, hit)
        || is_led(chars, hit)
        || is_before_tail(chars, start, end)
        || is_joint(chars, start, end)
}

fn han_at(chars: &[char], at: usize) -> bool {
    chars.get(at).is_some_and(|c| is_han(*c))
}

/// Whether a clause begins here.
fn opens(chars: &[char], at: usize) -> bool {
    at == 0 || !is_han(chars[at - 1]) && !chars[at - 1].is_alphanumeric()
}

/// 刚 of 荣刚材料: after one letter at the head of a clause, no adverb but the rest of a name.
fn is_second(chars: &[char], hit: &Hit) -> bool {
    let Some(before) = hit.start.checked_sub(1) else { return false };
    let letter = chars[before];
    let word = ALONE.contains(letter)
        || ADVERBS.contains(letter)
        || "据以由从向经按就除较比随为把拟".contains(letter);
    hit.is(Class::Stop).is_some()
        && is_han(letter)
        && opens(chars, before)
        && han_at(chars, hit.end)
        && !word
        && !"的了是有".contains(chars[hit.start])
}

/// 正 of 与正大, 花 of 获花旗银行: no adverb and no verb follows a preposition.
fn is_led(chars: &[char], hit: &Hit) -> bool {
    let (start, end) = (hit.start, hit.end);
    let Some(front) = start.checked_sub(1).map(|at| chars[at]).filter(|_| han_at(chars, end)) else {
        return false;
    };
    let letter = chars[start];
    let adverb = "正当至更令".contains(letter) && "与向从由给获的".contains(front);
    let verb =
        is_verb(hit) && ("与向从由".contains(front) || front == '获' && "花租建订卖买".contains(letter));
    // 第 of 第一银行
    let tail: String = chars.iter().skip(end + 1).take(2).collect();
    let first =
        letter == '第' && chars[end] == '一' && matches!(tail.as_str(), "银行" | "金控" | "证券" | "人寿");
    adverb || verb || first
}

/// 租 of 中租控股, 建 of 市建局 and of 中交建与: a company or an office ends right after it, or with it.
fn is_before_tail(chars: &[char], start: usize, end: usize) -> bool {
    let after: String = chars.iter().skip(end).take(2).collect();
    let tail =
        TAILS.contains(&after.as_str()) && !matches!(after.as_str(), "公司" | "银行" | "基金" | "租赁");
    let built = chars[start] == '建';
    let office = built && chars.get(end).is_some_and(|c| "局行投工".contains(*c));
    let last = built
        && start > 1
        && han_at(chars, start - 2)
        && chars.get(end).is_some_and(|c| "与向和从".contains(*c));
    start > 0 && han_at(chars, start - 1) && ("租建中".contains(chars[start]) && (tail || office) || last)
}

/// 和 of 盛和资源, 的 of 美的集团: with the one letter before it the beginning of a name.
fn is_joint(chars: &[char], start: usize, end: usize) -> bool {
    let letter = chars[start];
    if !"和同及的为".contains(letter) || !han_at(chars, end) {
        return false;
    }
    let Some(at) = start.checked_sub(1) else { return letter == '和' };
    let before = chars[at];
    // 和 with nothing before it joins nothing.
    if matches!(before, ',' | '。' | ';' | ':') {
        return letter == '和';
    }
    if !is_han(before) || ALONE.contains(before) || ADVERBS.contains(before) {
        return false;
    }
    let lead = at > 0 && LEADS.contains(chars[at - 1]);
    let common = is_common(&chars[end..(end + 2).min(chars.len())]);
    (opens(chars, at) || lead) && !common
        || opens(chars, at) && "和的".contains(letter)
        || lead && letter == '和'
}
