//! What the order of words says in Chinese: which names are no argument of a verb, and which verb a name belongs to.

use crate::frame::{Line, Trigger, verb};
use crate::lexicon::Class;
use crate::page::Script;
use crate::scan::is_verb;
use crate::token::{Kind, Marker};

impl Line<'_> {
    /// Simplified or Traditional Chinese.
    pub(crate) fn is_chinese(&self) -> bool {
        matches!(self.script, Script::Simplified | Script::Traditional)
    }

    /// A name that this verb cannot have: beyond its clause behind a preposition, the object of another verb, a place.
    pub(crate) fn is_no_argument(&self, trigger: &Trigger, at: usize) -> bool {
        let bare = self.marker[at] == Marker::Bare;
        let away = self.clause[at] != self.clause[trigger.at];
        let behind = !bare && at > trigger.at && away;
        let taken = bare && at < trigger.at && self.is_object(at);
        let sited = self.tokens.get(at + 1).is_some_and(|next| {
            next.start == self.tokens[at].end
                && next.end == next.start + 1
                && matches!(next.kind, Kind::Figure(_))
                && !self.page.fold[next.start].is_ascii_digit()
                && self.page.fold.get(next.end) != Some(&'期')
        });
        let sold = bare && at > trigger.at && trigger.class == Class::Sell && {
            let verb = self.page.folded(&(self.tokens[trigger.at].start..self.tokens[trigger.at].end));
            matches!(
                verb.as_str(),
                "出售" | "转让" | "出让" | "售出" | "卖出" | "销售" | "授予" | "授权" | "许可" | "交付"
            ) && !self.page.folded(&(self.tokens[trigger.at].end..self.tokens[at].start)).starts_with('给')
        };
        let thing = bare
            && at > trigger.at
            && trigger.class == Class::Buy
            && matches!(trigger.value, "lease" | "goods" | "services")
            && (0..trigger.at).any(|i| {
                self.tokens[i].is_party()
                    && matches!(self.marker[i], Marker::To | Marker::From)
                    && self.clause[i] == self.clause[trigger.at]
            });
        sold || behind || taken || sited || thing || self.is_lender_kind(at)
    }

    /// `获增资`: what the next verb says is done to the subject.
    pub(crate) fn is_granted(&self, trigger: &Trigger) -> bool {
        let own = self.tokens[trigger.at].start;
        let before = trigger.at.checked_sub(1).map(|at| &self.tokens[at]);
        self.is_chinese()
            && matches!(trigger.class, Class::Give)
            && before.is_some_and(|token| {
                token.end == own && token.hit().is_some_and(|hit| hit.is(Class::Get) == Some("pay"))
            })
    }

    /// `取得X30%股权`, `获得X股份`: who gets shares of a company buys them.
    pub(crate) fn is_stake(&self, trigger: &Trigger) -> bool {
        let word = self.page.folded(&(self.tokens[trigger.at].start..self.tokens[trigger.at].end));
        let after = self.tokens.iter().enumerate().skip(trigger.at + 1);
        let mut here =
            after.take_while(|(at, _)| self.clause[*at] == self.clause[trigger.at]).map(|(_, token)| token);
        let named = self.tokens.get(trigger.at + 1).is_some_and(|next| matches!(next.kind, Kind::Name(_)));
        self.is_chinese()
            && named
            && matches!(word.as_str(), "取得" | "获得" | "拿下" | "获取")
            && here.any(|token| {
                token.hit().is_some_and(|hit| {
                    let form = self.page.folded(&(hit.start..hit.end));
                    matches!(form.as_str(), "股权" | "股份")
                })
            })
    }

    /// `以3亿元取得X`: who gets something at a price buys it.
    pub(crate) fn is_got_for(&self, trigger: &Trigger, figure: usize) -> bool {
        let word = self.page.folded(&(self.tokens[trigger.at].start..self.tokens[trigger.at].end));
        let start = self.tokens[figure].start;
        let back = self.page.folded(&(start.saturating_sub(3)..start));
        self.is_chinese()
            && figure < trigger.at
            && self.clause[figure] == self.clause[trigger.at]
            && back.contains('以')
            && matches!(word.as_str(), "取得" | "获得" | "拿下" | "承接" | "接下")
    }

    /// The one that something is built for: `为X建造`.
    pub(crate) fn built_for(&self) -> Option<usize> {
        (1..self.tokens.len()).find(|at| {
            let token = &self.tokens[*at];
            let end = (token.end + 3).min(self.page.fold.len());
            let after = self.page.folded(&(token.end..end));
            let before = &self.tokens[at - 1];
            token.is_party()
                && self.page.folded(&(before.start..before.end)) == "为"
                && ["建造", "承造", "承建", "兴建", "打造", "代工", "生产", "制造"]
                    .iter()
                    .any(|word| after.starts_with(word))
        })
    }

    /// `X被Y收购`: X is what is bought.
    pub(crate) fn is_han_passive(&self, trigger: &Trigger) -> bool {
        self.is_chinese()
            && trigger.class == Class::Buy
            && (1..trigger.at).any(|i| {
                self.tokens[i].is_party()
                    && self.marker[i] == Marker::By
                    && self.clause[i] == self.clause[trigger.at]
                    && self.page.fold[self.tokens[i - 1].start] == '被'
            })
    }

    /// `X认购的Y产品`: the verb only says more about what follows.
    pub(crate) fn is_said_of(&self, trigger: &Trigger, figure: usize) -> bool {
        let end = self.tokens[trigger.at].end;
        let next = self.tokens.get(trigger.at + 2);
        self.is_chinese()
            && trigger.at < figure
            && matches!(trigger.class, Class::Give | Class::Buy)
            && self.page.fold.get(end) == Some(&'的')
            && next.is_some_and(|next| matches!(next.kind, Kind::Name(_)))
    }

    /// `取得X新药的亚太权利`: who gets a right of another pays for it.
    pub(crate) fn is_right(&self, trigger: &Trigger) -> bool {
        let word = self.page.folded(&(self.tokens[trigger.at].start..self.tokens[trigger.at].end));
        let named = self.tokens.get(trigger.at + 1).is_some_and(|next| matches!(next.kind, Kind::Name(_)));
        let end = self.tokens[trigger.at].end;
        let text = self.page.folded(&(end..(end + 40).min(self.page.fold.len())));
        let clause = text.split([',', '。', ';']).next().unwrap_or_default();
        self.is_chinese()
            && named
            && matches!(word.as_str(), "取得" | "获得" | "拿下" | "获取")
            && ["授权", "权利", "权益", "播放权", "版权", "转播权", "独家权", "专利权", "开发权"]
                .iter()
                .any(|word| clause.contains(word))
    }

    /// `以首付款引进X的药物`: who takes something in for a first sum pays a licence.
    pub(crate) fn is_taken_in(&self, trigger: &Trigger) -> bool {
        let word = self.page.folded(&(self.tokens[trigger.at].start..self.tokens[trigger.at].end));
        let licence = self.tokens.iter().enumerate().any(|(at, token)| {
            self.clause[at].abs_diff(self.clause[trigger.at]) <= 1
                && token
                    .hit()
                    .and_then(|hit| hit.is(Class::Noun))
                    .is_some_and(|noun| noun.starts_with("licen") || noun == "prepay")
        });
        self.is_chinese() && licence && matches!(word.as_str(), "引进" | "引入" | "买下" | "购入")
    }

    /// A verb of another clause, where the number's own clause has one before the number.
    pub(crate) fn is_superseded(&self, at: usize, figure: usize) -> bool {
        self.is_chinese()
            && self.clause[at] < self.clause[figure]
            && (at + 1..figure).any(|i| {
                let tied = (at + 1..i).any(|name| {
                    self.clause[name] == self.clause[figure]
                        && self.tokens[name].is_party()
                        && self.marker[name] == Marker::By
                });
                self.clause[i] == self.clause[figure]
                    && self.tokens[i]
                        .hit()
                        .and_then(verb)
                        .is_some_and(|(class, _)| class == Class::Sign || tied)
            })
    }

    /// A bare name right behind a verb of deals is its object, not the subject of a later one.
    fn is_object(&self, at: usize) -> bool {
        at > 0
            && self.tokens[at - 1].end == self.tokens[at].start
            && self.tokens[at - 1].hit().is_some_and(|hit| {
                is_verb(hit) && hit.is(Class::Say).is_none() && hit.is(Class::Sell) != Some("license")
            })
    }

    /// `股东借款`, `银行贷款`: the word says of what kind the loan is.
    fn is_lender_kind(&self, at: usize) -> bool {
        let word = self.page.folded(&(self.tokens[at].start..self.tokens[at].end));
        let kind = matches!(word.as_str(), "股东" | "银行" | "机构" | "客户" | "投资者");
        kind && self.tokens.get(at + 1).is_some_and(|next| {
            next.start <= self.tokens[at].end
                && next.hit().is_some_and(|hit| hit.is(Class::Noun).is_some() || is_verb(hit))
        })
    }

    /// 合约 of 授信合约: the noun before it says what it is about.
    pub(crate) fn is_head(&self, at: usize) -> bool {
        let goods = self.tokens[at].hit().is_some_and(|hit| hit.is(Class::Noun) == Some("goods"));
        self.is_chinese()
            && goods
            && at > 0
            && self.tokens[at - 1].end == self.tokens[at].start
            && self.tokens[at - 1]
                .hit()
                .is_some_and(|hit| hit.is(Class::Noun).is_some_and(|noun| noun != "goods"))
    }

    /// A run of letters fills the clause before the verb and is no name that is known: somebody unknown acts.
    pub(crate) fn is_stranger(&self, trigger: &Trigger) -> bool {
        let verb = self.tokens[trigger.at].start;
        let opener = (0..trigger.at).rev().find(|at| {
            let token = &self.tokens[*at];
            matches!(token.kind, Kind::Mark(',' | ';' | ':'))
                || self.page.folded(&(token.start..token.end)) == "其中"
        });
        let Some(opener) = opener.filter(|_| self.is_chinese() && !trigger.noun) else { return false };
        let start = self.tokens[opener].end;
        let plain = self.tokens[opener + 1..trigger.at].iter().all(|token| {
            token.hit().is_some_and(|hit| {
                let bars = [Class::Prep, Class::Status, Class::Say, Class::Role, Class::Noun];
                !is_verb(hit) && bars.iter().all(|class| hit.is(*class).is_none())
            })
        });
        let first = self.tokens[opener + 1].start;
        let run = &self.page.fold[start..verb];
        plain
            && first >= start + 2
            && (3..=8).contains(&run.len())
            && run.iter().all(|c| crate::fold::is_han(*c))
            && !"以拟将已并再".contains(run[0])
    }

    /// 将, 预计 of a deal that is told as news or signed already: no plan.
    pub(crate) fn is_weak_plan(&self, at: usize, status: &str) -> bool {
        let word = self.page.folded(&(self.tokens[at].start..self.tokens[at].end));
        let told = self.tokens[..at].iter().any(|token| {
            let form = self.page.folded(&(token.start..token.end));
            matches!(form.as_str(), "宣布" | "公告" | "公告称" | "公布" | "披露")
                || token.hit().is_some_and(|hit| hit.is(Class::Sign).is_some())
        });
        self.is_chinese()
            && status == "planned"
            && (matches!(word.as_str(), "预计" | "有望") || word == "将" && (told || self.is_taking(at)))
    }

    /// 将 before the thing that a verb after it moves: `将旗下工厂卖给X`.
    fn is_taking(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return false };
        let adjacent = next.start <= self.tokens[at].end + 1;
        let verbal = next.hit().is_some_and(|hit| {
            is_verb(hit)
                || hit.is(Class::Prep).is_some_and(|prep| prep != "of")
                || hit.is(Class::Stop).is_some()
                || hit.is(Class::Status).is_some()
        });
        !(adjacent && verbal)
            && self.tokens[at..].iter().any(|token| {
                token
                    .hit()
                    .and_then(verb)
                    .is_some_and(|(class, value)| class == Class::Sell && value != "lease")
            })
    }

    /// `每艘造价1.4亿`, `较早前公布的3亿`, `偿还3亿`: the price of one of several, a sum compared with, a debt paid back.
    pub(crate) fn is_aside(&self, token: usize) -> bool {
        let start = self.tokens[token].start;
        let back = self.page.folded(&(start.saturating_sub(24)..start));
        let clause = back.rsplit([',', '。', ';']).next().unwrap_or_default();
        let near: String = clause.chars().rev().take(10).collect::<Vec<_>>().into_iter().rev().collect();
        let each = near.contains('每') && !near.contains("每年") && !near.contains('、');
        let near = near.replace("不低于", "").replace("不高于", "");
        let compared =
            clause.starts_with('较') || ["高于", "低于", "相比"].iter().any(|word| near.contains(word));
        let repaid = ["偿还", "归还", "清偿", "借款余额", "贷款余额"].iter().any(|word| near.contains(word));
        self.is_chinese() && (each || compared || repaid)
    }

    /// 预付款 is the first sum of a licence where the text tells of one; else it says nothing of the instrument.
    pub(crate) fn prepaid(&self, noun: &'static str) -> Option<&'static str> {
        if noun != "prepay" {
            return Some(noun);
        }
        let licensed = self.page.sentences.iter().any(|sentence| {
            let text = self.page.folded(&sentence.span);
            text.contains("里程碑") || text.contains("授权")
        });
        licensed.then_some("license_upfront")
    }

    /// `获得甲、乙合计2亿元的C轮融资`: what is received is money for shares.
    pub(crate) fn is_round(&self, trigger: &Trigger) -> bool {
        self.is_chinese()
            && self.tokens.iter().enumerate().skip(trigger.at).any(|(at, token)| {
                self.clause[at] == self.clause[trigger.at]
                    && token.hit().is_some_and(|hit| hit.is(Class::Metric) == Some("funding_round"))
            })
    }

    /// Sums put into a new company by several: who is paid is that company, not one of them.
    pub(crate) fn is_joint(&self, trigger: &Trigger) -> bool {
        let first = self.tokens.first().map_or(0, |token| token.start);
        let last = self.tokens.last().map_or(0, |token| token.end);
        let text = self.page.folded(&(first..last));
        self.is_chinese()
            && trigger.class == Class::Give
            && trigger.value == "equity"
            && [
                "合资公司",
                "合营公司",
                "合资企业",
                "共同出资",
                "共同设立",
                "注册资本为",
                "注册资本1",
                "合伙企业",
            ]
            .iter()
            .any(|word| text.contains(word))
    }

    /// A plant, a building, a business: what is bought is no ware.
    pub(crate) fn is_site(&self, trigger: &Trigger, figure: usize) -> bool {
        let clause = |at: usize| self.clause[at].abs_diff(self.clause[trigger.at]) == 0;
        let first = (0..self.tokens.len()).find(|at| clause(*at)).unwrap_or(trigger.at);
        let start = self.tokens[first].start;
        let end = self.tokens[trigger.at.max(figure)].end;
        let text = self.page.folded(&(start..end.min(start + 80)));
        let sites = [
            "厂房",
            "工厂",
            "大楼",
            "土地",
            "地块",
            "物业",
            "不动产",
            "宗宅地",
            "办公楼",
            "厂给",
            "厂出售",
            "业务出售",
            "资产出售",
            "将旗下",
        ];
        let pen = self.tokens[trigger.at]
            .hit()
            .is_some_and(|hit| hit.is(Class::Buy).is_none_or(|v| v != "services"));
        self.is_chinese() && pen && sites.iter().any(|site| text.contains(site))
    }

    /// Two that sign something together, and nothing says which of them pays.
    pub(crate) fn is_undirected(&self, trigger: &Trigger, token: usize, instrument: &str) -> bool {
        let near = |at: usize| self.clause[at].abs_diff(self.clause[token]) <= 2;
        let paid = self.tokens.iter().enumerate().any(|(at, other)| {
            near(at)
                && other.hit().and_then(verb).is_some_and(|(class, value)| {
                    class != Class::Sign && !(class == Class::Get && value == "pay")
                })
        });
        let end = self.tokens[trigger.at].end;
        let said = self.page.folded(&(end..(end + 24).min(self.page.fold.len())));
        let clause = said.split([',', '。', ';']).next().unwrap_or_default();
        let built = instrument == "goods_purchase"
            && ["建造", "造船", "工程", "施工", "合作", "框架"].iter().any(|word| clause.contains(word))
            && !["采购", "供货", "供应", "购买", "销售", "承包", "总包", "统包"]
                .iter()
                .any(|word| clause.contains(word));
        // Who lets things for a living is the one that is paid.
        let paid = paid || self.built_for().is_some();
        let lessor = self.tokens.iter().any(|other| {
            matches!(other.kind, Kind::Name(_))
                && self.page.folded(&(other.start..other.end)).ends_with("租赁")
        });
        self.is_chinese()
            && trigger.class == Class::Sign
            && (instrument == "lease" && !lessor || built)
            && !paid
    }
}
