//! Japanese names: what leads them is cut off, and the particle after them must be one that names bear.

use crate::fold::{is_han, is_katakana};
use crate::lexicon::Class;
use crate::names::{Candidate, Place, listed, tails};
use crate::page::Span;

/// One-letter names of countries that stand before a company.
const LANDS: &str = "米独仏英豪伊印加韓中台露蘭瑞西";

/// The word for the legal form of a company.
fn is_form(text: &str) -> bool {
    matches!(text, "株式会社" | "有限会社" | "合同会社")
}

/// A letter of a name in full: no hiragana.
fn is_letter(c: char) -> bool {
    is_han(c)
        || is_katakana(c)
        || c.is_alphanumeric() && !crate::fold::is_kana(c)
        || matches!(c, '・' | '＆' | '&')
}

impl Place<'_> {
    /// The name in a run: without `米`, `大手`, `系` before it, with the kana before `銀行`.
    pub(crate) fn japanese_name(&self, span: Span) -> Span {
        let mut span = span;
        let text: Vec<char> = self.page.chars[span.clone()].to_vec();
        for lead in ["大手", "会社", "企業", "傘下", "子会社", "運営", "メーカー", "系"] {
            let lead: Vec<char> = lead.chars().collect();
            let found =
                (0..text.len().saturating_sub(lead.len())).rev().find(|at| text[*at..].starts_with(&lead));
            if let Some(at) = found.filter(|at| text.len() - at - lead.len() >= 2) {
                let rest = &text[at + lead.len()..];
                if rest.iter().any(|c| is_katakana(*c) || c.is_ascii_uppercase())
                    && !is_katakana(rest[0]) | !is_katakana(lead[lead.len() - 1])
                {
                    span.start = span.end - rest.len();
                }
            }
        }
        let text = &self.page.chars[span.clone()];
        if text.len() > 2 && LANDS.contains(text[0]) && (is_katakana(text[1]) || text[1].is_ascii_uppercase())
        {
            span.start += 1;
        }
        // 日産株の一部
        if span.len() > 2 && self.page.chars[span.end - 1] == '株' {
            span.end -= 1;
        }
        let tail: String = self.lower(&span);
        if ["銀行", "証券", "信託", "信用", "フィ"]
            .iter()
            .any(|word| tail.starts_with(&crate::fold::fold(word)))
        {
            let kana = |c: char| ('ぁ'..='ん').contains(&c);
            let from = (self.span.start..span.start)
                .rev()
                .find(|at| !kana(self.page.chars[*at]))
                .map_or(self.span.start, |at| at + 1);
            // は of はみずほ銀行 is the particle of the word before.
            let part =
                self.hit_at(from).filter(|hit| hit.is(Class::Part).is_some() && hit.end + 2 <= span.start);
            let (from, after_part) = part.map_or((from, false), |hit| (hit.end, true));
            let bounded = after_part
                || from == self.span.start
                || matches!(self.page.chars[from - 1], '、' | '。' | '，' | ' ' | '・' | '「');
            if bounded && span.start - from >= 2 && span.start - from <= 4 {
                span.start = from;
            }
        }
        span
    }

    /// Whether the place of a run is one that names hold; nothing when the text must decide otherwise.
    pub(crate) fn japanese_slot(&self, span: &Span) -> bool {
        let text = self.page.text(span);
        let lower = self.lower(span);
        if self.is_held(span.end) && (span.len() > 2 || self.repeats(&text)) && !listed("generic", &lower) {
            return true;
        }
        let mixed = text.chars().any(is_han) && text.chars().count() > 2;
        if listed("generic", &lower)
            || !mixed
                && tails("kana_tail").iter().any(|tail| {
                    lower.ends_with(tail) && (!matches!(*tail, "トン" | "ドル" | "キロ") || span.len() < 5)
                })
            || text.starts_with('同') && span.len() < 5
            || text.ends_with(['株', '先', '額', '率', '量', '費', '債', '船', '隻', '件'])
        {
            return false;
        }
        let chars: Vec<char> = text.chars().collect();
        let kana = chars.iter().filter(|c| is_katakana(**c)).count();
        let latin = chars.iter().filter(|c| c.is_ascii_uppercase()).count();
        let han = chars.iter().all(|c| is_han(*c));
        let opens = span.start == self.span.start;
        let clause = opens || matches!(self.page.chars[span.start - 1], '、' | '，' | '。');
        let next = self.hit_at(self.past_bracket(span.end));
        let part = next.and_then(|hit| hit.is(Class::Part));
        let mark = self.page.chars.get(span.end).copied().unwrap_or(' ');
        let body =
            chars.len() > 2 && tails("ja_tail").iter().any(|tail| lower.ends_with(&crate::fold::fold(tail)));
        let dotted = chars.contains(&'・') && kana > 3;
        let sure = dotted
            || body
            || self.is_led(span.start)
            || latin > 1 && chars.len() < 14 && !han && kana + latin >= chars.len();
        let often = chars.len() > 2 && self.repeats(&text);
        if self.is_held(span.end) || matches!(part, Some("to" | "with")) && self.is_dealt_with(span) {
            return true;
        }
        match part {
            Some("subj") => opens || sure || often || clause && chars.len() > 2 && (han || kana > 2),
            Some("from" | "by") => chars.len() > 2 || sure,
            Some("to" | "with") => {
                sure || often || kana > 2 && kana == chars.len() || kana > 2 && chars.len() > 5
            }
            Some("of") if opens && self.is_measured(span.end) => true,
            Some(_) => sure || often && (kana > 1 || body),
            None if mark == '、' => opens && chars.len() > 2 || sure,
            None => sure && next.is_none_or(|hit| hit.is(Class::Stop).is_none()),
        }
    }

    /// `X株式会社`, `株式会社X`: what the word of its form stands beside is a company.
    pub(crate) fn incorporated(&self, found: &mut Vec<Candidate>) {
        for hit in self.hits.iter().filter(|hit| is_form(&self.page.text(&(hit.start..hit.end)))) {
            let after = self.name_after(hit.end);
            let before = self.name_before(hit.start);
            let span = match (before.len(), after.len()) {
                (_, 2..=20) => after,
                (2..=20, _) => before,
                _ => continue,
            };
            found.push(Candidate { span, strong: true, slot: true });
        }
    }

    /// The letters after the word: up to kana, a mark or a space.
    fn name_after(&self, start: usize) -> Span {
        let end = (start..self.span.end.min(start + 24)).find(|at| !is_letter(self.page.chars[*at]));
        start..end.unwrap_or(self.span.end.min(start + 24))
    }

    /// The letters before the word; with its kana where a space or a mark stands before all of it.
    fn name_before(&self, end: usize) -> Span {
        let chars = &self.page.chars;
        let first = self.span.start.max(end.saturating_sub(24));
        let back = |is: &dyn Fn(char) -> bool| {
            (first..end).rev().find(|at| !is(chars[*at])).map_or(first, |at| at + 1)
        };
        let bare = back(&is_letter);
        let kana = back(&|c| is_letter(c) || crate::fold::is_kana(c));
        let closed =
            kana == self.span.start || chars.get(kana.wrapping_sub(1)).is_some_and(|c| c.is_whitespace());
        if closed && end - kana <= 14 { kana..end } else { bare..end }
    }

    /// `Xの持ち分`, `Xへの出資`: what somebody holds of X.
    fn is_held(&self, end: usize) -> bool {
        let after = self.page.text(&(end..(end + 8).min(self.span.end)));
        [
            "の持ち分",
            "の株",
            "の全株",
            "の発行済",
            "株を",
            "株の",
            "の議決権",
            "への出資",
            "へのTOB",
            "に対するTOB",
            "向けに",
            "の買収",
            "を買収",
            "を子会社",
            "を完全子会社",
            "を傘下",
            "の第三者割当",
            "が発行",
            "が保有",
            "が持つ",
            "が実施",
            "による",
            "など",
        ]
        .iter()
        .any(|word| after.starts_with(word))
    }

    /// `インドのX`: a country before it.
    fn after_place(&self, start: usize) -> bool {
        let back = self.page.text(&(start.saturating_sub(8).max(self.span.start)..start));
        back.strip_suffix('の').is_some_and(|back| {
            (2..=7).any(|n| {
                let chars: Vec<char> = back.chars().collect();
                chars.len() >= n
                    && listed(
                        "place",
                        &crate::fold::fold(&chars[chars.len() - n..].iter().collect::<String>()),
                    )
            })
        })
    }

    /// `Xに600億円を融資`, `Xに船を発注`: who is given money, or an order.
    fn is_dealt_with(&self, span: &Span) -> bool {
        const VERBS: [&str; 23] = [
            "融資",
            "出資",
            "支払",
            "売却",
            "譲渡",
            "発注",
            "納入",
            "納め",
            "供給",
            "委託",
            "販売",
            "貸",
            "保証",
            "供与",
            "ライセンス",
            "売る",
            "売っ",
            "支給",
            "交付",
            "契約",
            "締結",
            "ローン",
            "提供",
        ];
        let reach = (span.end + 60).min(self.span.end);
        let ahead = self.page.text(&(span.end..reach));
        let toward = ahead.starts_with("に対し");
        let clause = ahead.split(|c| c == '。' || c == '、' && !toward).next().unwrap_or_default();
        let own =
            ["工場", "事業", "設備", "開発", "研究", "生産", "市場", "地域", "年度", "向け", "国内", "海外"];
        let text = self.page.text(span);
        let placed = self.after_place(span.start);
        (span.len() >= 3 || span.len() == 2 && placed)
            && !(span.len() <= 6 && own.iter().any(|word| text.ends_with(word)))
            && VERBS.iter().any(|verb| clause.contains(verb))
    }

    /// The place after `(米国)` and the like.
    fn past_bracket(&self, end: usize) -> usize {
        let fold = &self.page.fold;
        if fold.get(end) != Some(&'(') {
            return end;
        }
        (end..self.span.end.min(end + 20)).find(|at| fold[*at] == ')').map_or(end, |at| at + 1)
    }

    /// `商社の`, `自動車大手`, `会社`: the words before say what kind of company it is.
    fn is_led(&self, start: usize) -> bool {
        let back = self.page.text(&(start.saturating_sub(8).max(self.span.start)..start));
        let mut letters = back.chars().rev();
        if letters.next().is_some_and(|land| LANDS.contains(land))
            && letters.next().is_none_or(|c| !is_han(c))
        {
            return true;
        }
        let back = back.strip_suffix('の').unwrap_or(&back);
        [
            "大手",
            "会社",
            "企業",
            "メーカー",
            "ファンド",
            "商社",
            "機関",
            "子会社",
            "傘下",
            "新興",
            "スタートアップ",
            "最大手",
            "事業者",
            "同業",
            "「",
        ]
        .iter()
        .any(|word| back.ends_with(word))
    }

    /// `X の2023年3月期の売上高`: X has what only a company has.
    fn is_measured(&self, end: usize) -> bool {
        const FIRM: [&str; 6] = ["revenue", "profit", "loss", "market_cap", "employees", "share_price"];
        self.over(&(end..(end + 20).min(self.span.end)))
            .iter()
            .any(|hit| hit.is(Class::Metric).is_some_and(|metric| FIRM.contains(&metric)))
    }

    /// Whether the beginning of the text has this word again.
    fn repeats(&self, text: &str) -> bool {
        let most = self.body.len().min(20_000);
        let end = (0..=most).rev().find(|at| self.body.is_char_boundary(*at)).unwrap_or_default();
        self.body[..end].matches(text).nth(1).is_some()
    }
}
