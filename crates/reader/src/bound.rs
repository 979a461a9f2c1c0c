//! Numbers that a measure holds, and sums of sums: no deals.

use crate::amount::Kind as Unit;
use crate::deals::Teller;
use crate::frame::Line;
use crate::lexicon::Class;
use crate::page::Script;
use crate::scan::is_verb;
use crate::token::Kind;

/// The measures that leave no room for a deal.
const FIRM: [&str; 14] = [
    "valuation",
    "market_cap",
    "revenue",
    "profit",
    "loss",
    "cash",
    "gdp",
    "net_worth",
    "damages",
    "users",
    "employees",
    "gap",
    "debt",
    "capex",
];

impl Teller<'_> {
    /// A sum of sums named apart.
    pub(crate) fn is_total(&self, line: &Line, token: usize) -> bool {
        let start = line.tokens[token].start;
        let back = self.page.folded(&(start.saturating_sub(12)..start));
        ["总额", "合计", "总计", "総额は", "総额", "totalling", "totaling"].iter().any(|word| back.trim_end_matches([' ', '达', '为', '约']).ends_with(word))
            && line.tokens[..token].iter().any(|t| matches!(t.kind, Kind::Figure(index) if matches!(self.scan.figures[index].kind, Unit::Money(_))))
    }

    /// Whether a measure holds the number: `revenue of 3 bn`, `估值 5000 亿`, `$900 million in cash`.
    pub(crate) fn is_bound(&self, line: &Line, token: usize, index: usize) -> bool {
        let figure = &line.tokens[token];
        let reach = if line.script == Script::Latin { 45 } else { 14 };
        let mut i = token;
        while i > 0 {
            i -= 1;
            let before = &line.tokens[i];
            if before.end + reach < figure.start || line.clause[i] != line.clause[token] {
                break;
            }
            let Kind::Hit(hit) = before.kind else {
                if matches!(before.kind, Kind::Figure(_)) && before.end - before.start > 3 {
                    break;
                } else {
                    continue;
                }
            };
            if hit.is(Class::Metric).is_some_and(|metric| FIRM.contains(&metric))
                && !self.is_attribute(hit.end, figure.start)
            {
                return true;
            }
            if is_verb(hit) {
                break;
            }
        }
        let _ = index;
        if self.is_size(line, token) {
            return true;
        }
        let next = line.tokens[token + 1..].iter().take(3).find(|next| {
            next.hit().is_some_and(|hit| hit.is(Class::Metric).is_some_and(|metric| FIRM.contains(&metric)))
        });
        next.is_some_and(|next| {
            let gap = self.page.folded(&(figure.end..next.start.max(figure.end)));
            let lead = self.page.folded(&(figure.start.saturating_sub(12)..figure.start));
            [" ", " in ", " of ", "", "的", "の", " an ", " de ", " in net ", " of net "]
                .contains(&gap.as_str())
                && !lead.contains("guarantee")
                || gap.is_empty()
        })
    }

    /// `总规模 5000 亿`, `一轮 66 亿的融资`, `a $2 bn funding round`: the size of something shared by several.
    pub(crate) fn is_size(&self, line: &Line, token: usize) -> bool {
        let figure = &line.tokens[token];
        let back = self.page.folded(&(figure.start.saturating_sub(5)..figure.start));
        let after = self.page.folded(&(figure.end..(figure.end + 16).min(self.page.fold.len())));
        let sized =
            ["总规模", "规模为", "规模达", "总投资"].iter().any(|word| back.trim_end().ends_with(word));
        let round = back.trim_end().ends_with("一轮")
            || after.trim_start_matches([' ', '的']).starts_with("轮融资")
            || ["funding round", "financing round", "series "]
                .iter()
                .any(|word| after.trim_start().starts_with(word));
        let wide = self.page.folded(&(figure.end..(figure.end + 40).min(self.page.fold.len())));
        let in_round = wide.trim_start().starts_with("in ")
            && wide.split(['.', ';', ',']).next().is_some_and(|part| part.contains(" round"));
        sized || round || in_round
    }

    /// `营收 … 的 5 亿订单`: the measure belongs to something else when another noun closes it.
    pub(crate) fn is_attribute(&self, from: usize, to: usize) -> bool {
        let gap = self.page.folded(&(from..to.max(from)));
        gap.contains(';') || gap.contains("。")
    }
}
