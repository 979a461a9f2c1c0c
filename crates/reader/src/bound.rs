//! Numbers that a measure holds, and sums of sums: no deals.

use crate::amount::Kind as Unit;
use crate::deals::Teller;
use crate::frame::Line;
use crate::lexicon::{Class, Hit};
use crate::page::Script;
use crate::scan::is_verb;
use crate::token::{Kind, Token};

/// The measures that leave no room for a deal.
const FIRM: [&str; 15] = [
    "backlog",
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
        let own = ["交易总额", "合同总额", "成交总额", "采购总额", "订单总额", "租金总额", "交易總額"]
            .iter()
            .any(|word| back.trim_end_matches([' ', '达', '为', '约']).ends_with(word));
        !own && ["总额", "合计", "总计", "総额は", "総额", "totalling", "totaling"].iter().any(|word| back.trim_end_matches([' ', '达', '为', '约']).ends_with(word))
            && line.tokens[..token].iter().any(|t| matches!(t.kind, Kind::Figure(index) if matches!(self.scan.figures[index].kind, Unit::Money(_))))
    }

    /// Whether a measure holds the number: `revenue of 3 bn`, `估值 5000 亿`, `$900 million in cash`.
    pub(crate) fn is_bound(&self, line: &Line, token: usize) -> bool {
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
            if self.is_costing(line, before, figure) || self.is_measured(line, i, hit, figure) {
                return true;
            }
            if is_verb(hit) {
                break;
            }
        }
        if self.is_size(line, token) || self.is_own(line, token) {
            return true;
        }
        let next = line.tokens[token + 1..].iter().take(3).find(|next| {
            let cash = line.is_chinese();
            next.hit().is_some_and(|hit| {
                hit.is(Class::Metric)
                    .is_some_and(|metric| FIRM.contains(&metric) && !(cash && metric == "cash"))
            })
        });
        next.is_some_and(|next| {
            // `bought it for 5 bn in cash`: how it is paid, not what is held.
            let paid = self.page.folded(&(next.start..next.end)) == "in cash"
                && line.tokens[..token].iter().enumerate().any(|(at, other)| {
                    let sale = |hit: &Hit| is_verb(hit) || hit.is(Class::Noun).is_some();
                    line.clause[at] == line.clause[token] && other.hit().is_some_and(sale)
                });
            if paid {
                return false;
            }
            let gap = self.page.folded(&(figure.end..next.start.max(figure.end)));
            let lead = self.page.folded(&(figure.start.saturating_sub(12)..figure.start));
            [" ", " in ", " of ", "", "的", "の", " an ", " de ", " in net ", " of net "]
                .contains(&gap.as_str())
                && !lead.contains("guarantee")
                || gap.is_empty()
        })
    }

    /// `a plant that will cost 90 m`.
    fn is_costing(&self, line: &Line, before: &Token, figure: &Token) -> bool {
        line.script == Script::Latin
            && before.end + 18 >= figure.start
            && self.page.folded(&(before.start..before.end)).starts_with("cost")
    }

    /// A firm measure before the number: not the price of a thing, not 以现金, not one that another noun closes.
    fn is_measured(&self, line: &Line, at: usize, hit: &Hit, figure: &Token) -> bool {
        let fold = &self.page.fold;
        let in_cash = fold[hit.start] == '现' && hit.start > 0 && fold[hit.start - 1] == '以';
        hit.is(Class::Metric).is_some_and(|metric| FIRM.contains(&metric))
            && !in_cash
            && !self.is_priced(line, at)
            && !self.is_attribute(hit.end, figure.start)
    }

    /// `总规模 5000 亿`, `一轮 66 亿的融资`, `a $2 bn funding round`: the size of something shared by several.
    pub(crate) fn is_size(&self, line: &Line, token: usize) -> bool {
        let figure = &line.tokens[token];
        let back = self.page.folded(&(figure.start.saturating_sub(5)..figure.start));
        let after = self.page.folded(&(figure.end..(figure.end + 16).min(self.page.fold.len())));
        let sized =
            ["总规模", "规模为", "规模达", "总投资"].iter().any(|word| back.trim_end().ends_with(word));
        let back = if line.is_chinese() {
            back.trim_end_matches(['约', '达', '为', '逾', '超', '近']).to_owned()
        } else {
            back
        };
        let sized = sized
            || line.is_chinese() && ["总投资", "投资总额", "投资额"].iter().any(|word| back.ends_with(word));
        let round = back.trim_end().ends_with("一轮")
            || after.trim_start_matches([' ', '的']).starts_with("轮融资")
            || ["funding round", "financing round", "series "]
                .iter()
                .any(|word| after.trim_start().starts_with(word));
        let wide = self.page.folded(&(figure.end..(figure.end + 40).min(self.page.fold.len())));
        let in_round = wide.trim_start().starts_with("in ")
            && wide.split(['.', ';', ',']).next().is_some_and(|part| part.contains(" round"));
        sized || round || in_round || line.tongue.western() && self.is_western_round(line, token)
    }

    /// `in einer Finanzierungsrunde`, `un tour de table de`: several give it, and nobody says how much each.
    fn is_western_round(&self, line: &Line, token: usize) -> bool {
        let near = |at: &usize| line.clause[*at].abs_diff(line.clause[token]) <= 1;
        (0..line.tokens.len())
            .filter(near)
            .any(|at| line.tokens[at].hit().is_some_and(|hit| hit.is(Class::Metric) == Some("funding_round")))
    }

    /// `sold 1 bn of new shares`: an issuer sells its own shares to buyers who are not named.
    pub(crate) fn is_issue(&self, line: &Line, token: usize, instrument: &str) -> bool {
        let end = line.tokens[token].end;
        let after = self.page.folded(&(end..(end + 40).min(self.page.fold.len())));
        instrument == "equity"
            && [" of new ", " of its ", " of common ", " of preferred ", " in new "]
                .iter()
                .any(|word| after.starts_with(word))
            && after.contains("shares")
    }

    /// `an order valued at 5 bn`: the price of a thing, not the worth of a company.
    fn is_priced(&self, line: &Line, at: usize) -> bool {
        let hit = &line.tokens[at];
        if self.page.folded(&(hit.start..hit.end)) != "valued at" {
            return false;
        }
        let back = self.page.text(&(hit.start.saturating_sub(24)..hit.start));
        let word = back.trim_end().rsplit(' ').next().unwrap_or_default().to_owned();
        let thing = word.starts_with(char::is_lowercase) || word.starts_with(|c: char| c.is_ascii_digit());
        let links = ["is", "was", "been", "be", "are", "were", "now"].contains(&word.as_str());
        let firm = ["company", "firm", "group", "it", "business"].contains(&word.as_str())
            || crate::names::listed("agent", &word);
        let nearest = line.tokens[..at]
            .iter()
            .rev()
            .find(|token| token.is_party() || token.hit().is_some_and(|hit| hit.is(Class::Noun).is_some()));
        thing && !firm && !links || nearest.is_some_and(|token| !token.is_party())
    }

    /// `spend 5 bn on its own plants`: no second party.
    fn is_own(&self, line: &Line, token: usize) -> bool {
        let end = line.tokens[token].end;
        let after = self.page.folded(&(end..(end + 24).min(self.page.fold.len())));
        let own = [" on its ", " in its ", " on their ", " in their ", " on our ", " in our "];
        let built = [" to build ", " to expand "].iter().any(|word| after.starts_with(word)) && {
            let start = line.tokens[token].start;
            let back = self.page.folded(&(start.saturating_sub(40)..start));
            ["spend", "invest", "capital"].iter().any(|word| back.contains(word))
        };
        if line.is_chinese() {
            let mut clauses = after.split([',', '。', ';']);
            let (clause, next) = (clauses.next().unwrap_or_default(), clauses.next().unwrap_or_default());
            let clause = if clause.is_empty() && next.starts_with('在') { next } else { clause };
            let sited = ["扩充", "扩建", "兴建", "建设", "新建", "自有", "研发", "布局", "改造", "升级"]
                .iter()
                .any(|word| clause.contains(word));
            let named = line.tokens.iter().enumerate().any(|(at, other)| {
                line.clause[at] == line.clause[token]
                    && other.is_party()
                    && (at > token || line.marker[at] != crate::token::Marker::Bare)
            });
            let back =
                self.page.folded(&(line.tokens[token].start.saturating_sub(12)..line.tokens[token].start));
            let spent = back.rsplit([',', '。', ';']).next().unwrap_or_default().contains(['投', '资']);
            return sited && spent && !named;
        }
        // `on its fabs in Penang`: a place; `in its supplier X`: somebody.
        let other = line.tokens[token..]
            .iter()
            .find(|token| matches!(token.kind, Kind::Name(_)))
            .is_some_and(|name| {
                let gap = self.page.folded(&(end..name.start.max(end)));
                !gap.contains(" in ") && !gap.contains(" at ") && !gap.contains(" near ")
                    || gap.matches(" in ").count() == 1 && after.starts_with(" in ")
            });
        line.script == Script::Latin && (built || own.iter().any(|word| after.starts_with(word))) && !other
    }

    /// `营收 … 的 5 亿订单`: the measure belongs to something else when another noun closes it.
    pub(crate) fn is_attribute(&self, from: usize, to: usize) -> bool {
        let gap = self.page.folded(&(from..to.max(from)));
        gap.contains(';') || gap.contains("。")
    }
}
