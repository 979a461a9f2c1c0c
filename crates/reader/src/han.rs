//! Chinese names where words of grammar stand inside them or beside them.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::fold::is_han;
use crate::lexicon::{Class, Hit};
use crate::names::listed;
use crate::page::{Page, Span};
use crate::scan::is_verb;
use crate::words::rows;

const TABLE: &str = include_str!("tables/common.txt");
/// What ends the full name of a company.
pub(crate) const TAILS: [&str; 17] = [
    "股份有限公司",
    "有限公司",
    "控股集团",
    "银行",
    "集团",
    "控股",
    "证券",
    "资本",
    "创投",
    "信托",
    "基金",
    "租赁",
    "保险",
    "资管",
    "财团",
    "金租",
    "公司",
];
/// What stands before a tail and makes a kind of company, not a name.
pub(crate) const KINDS: [&str; 35] = [
    "商业", "多家", "数家", "几家", "国有", "大型", "外资", "中资", "当地", "本地", "主要", "地方", "私募",
    "其他", "其它", "上市", "目标", "标的", "项目", "有限", "股份", "公募", "产业", "投资", "政策", "国际",
    "融资", "金融", "保险", "合资", "租赁", "中央", "合作", "牵头", "代理",
];
/// What ends an attribute glued on the front of a name: 车企X, 设备商X, 封测厂X.
const MAKERS: &str = "企厂商";
const LAND: [&str; 22] = [
    "美国",
    "英国",
    "法国",
    "德国",
    "韩国",
    "日本",
    "欧洲",
    "印度",
    "荷兰",
    "瑞士",
    "瑞典",
    "挪威",
    "丹麦",
    "芬兰",
    "希腊",
    "意大利",
    "西班牙",
    "加拿大",
    "以色列",
    "爱尔兰",
    "新加坡",
    "俄罗斯",
];
const LANDS: &str = "美英法德日韩港台澳俄印";
/// Words of measure glued on the back of a name.
const WHOLE: [[char; 2]; 7] =
    [['手', '中'], ['手', '里'], ['全', '额'], ['全', '数'], ['悉', '数'], ['联', '手'], ['大', '举']];
/// Whether this is a word of measure and no part of a name.
pub(crate) fn measured(tail: &[char]) -> bool {
    tail.len() == 2 && WHOLE.contains(&[tail[0], tail[1]]) || tail.len() == 1 && ADVERBS.contains(tail[0])
}

/// Adverbs glued on the back of a name.
pub(crate) const ADVERBS: &str = "可重则将拟已曾也另再又还均仍亦便即却昨今遂并正就";

fn table(section: &str) -> &'static BTreeSet<[char; 2]> {
    static ALL: OnceLock<[BTreeSet<[char; 2]>; 2]> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let read = |wanted: &str| {
            let lines = rows(TABLE).filter(|(_, value, _)| *value == wanted);
            lines
                .flat_map(|(_, _, words)| {
                    let chars: Vec<char> = words.chars().collect();
                    chars.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect::<Vec<_>>()
                })
                .collect()
        };
        [read("light"), read("plain")]
    });
    &all[usize::from(section == "plain")]
}

pub(crate) fn is_light(pair: &[char]) -> bool {
    pair.len() == 2 && table("light").contains(&[pair[0], pair[1]])
}

pub(crate) fn is_common(pair: &[char]) -> bool {
    is_light(pair) || pair.len() == 2 && table("plain").contains(&[pair[0], pair[1]])
}

/// Whether a run is made of common words alone, with at most one letter between two of them, and no place in front.
pub(crate) fn is_plain(run: &[char]) -> bool {
    if run.len() >= 4 && run.len() <= 6 && listed("place", &run[..2].iter().collect::<String>()) {
        return false;
    }
    let mut reach = vec![[false; 2]; run.len() + 1];
    reach[0][0] = true;
    for at in 0..run.len() {
        for spare in 0..2 {
            if !reach[at][spare] {
                continue;
            }
            if at + 2 <= run.len() && is_common(&run[at..at + 2]) {
                reach[at + 2][spare] = true;
            }
            if spare == 0 && run.len() > 3 {
                reach[at + 1][1] = true;
            }
        }
    }
    reach[run.len()].contains(&true)
}

/// A run without what is glued on it: an attribute or a word of time in front, an adverb behind.
pub(crate) fn bare(fold: &[char], span: &Span) -> Span {
    let mut span = span.clone();
    loop {
        let run = &fold[span.clone()];
        let front = attribute(run).or_else(|| {
            let word: String = run.iter().take(2).collect();
            let quarter = run.first().is_some_and(|c| "东西南北华中".contains(*c));
            (run.len() >= 4
                && is_light(&run[..2])
                && !quarter
                && !listed("place", &word)
                && !is_plain(&run[2..]))
            .then_some(2)
        });
        let Some(front) = front.filter(|front| run.len() >= front + 2) else { break };
        span.start += front;
    }
    while span.len() > 2 {
        let run = &fold[span.clone()];
        if ADVERBS.contains(run[run.len() - 1]) {
            span.end -= 1;
        } else if run.len() >= 4
            && (is_light(&run[run.len() - 2..]) || WHOLE.contains(&[run[run.len() - 2], run[run.len() - 1]]))
        {
            span.end -= 2;
        } else {
            break;
        }
    }
    span
}

/// The length of `封测厂`, `车企`, `日商`, `美国` at the front of a run.
fn attribute(run: &[char]) -> Option<usize> {
    let land = (2..4).find(|n| {
        let front: String = run.iter().take(*n).collect();
        run.len() >= n + 3 && LAND.contains(&front.as_str()) && !is_plain(&run[*n..])
    });
    let maker = (1..run.len().min(7)).rev().find(|at| {
        MAKERS.contains(run[*at])
            && match run[*at] {
                '企' => true,
                '厂' if "新工建设扩旧老分本总".contains(run[*at - 1]) => false,
                '商' if *at == 1 => LANDS.contains(run[0]),
                '厂' if *at == 1 => run[0] == '大',
                _ => *at >= 2 && run.len() >= at + 3,
            }
    });
    maker.map(|at| at + 1).or(land)
}

/// Whether a candidate in a Chinese text may be somebody: no code, unit or abbreviation of a thing, no common noun.
pub(crate) fn may_name(page: &Page, span: &Span) -> bool {
    let run = &page.fold[span.clone()];
    if run.iter().any(|c| is_han(*c)) {
        let sum = run.contains(&'亿') && run.iter().any(|c| matches!(c, '元' | '数' | '百' | '十'));
        let after = page.folded(&(span.end..(span.end + 2).min(page.fold.len())));
        let press = matches!(after.as_str(), "报道" | "消息" | "讯 " | "记者")
            || after.starts_with('讯')
            || after.starts_with(':') && "网社报刊者辑源".contains(run[run.len() - 1]);
        return !sum && !press && !listed("generic", &page.folded(span)) && !is_kind(run);
    }
    // PD-L1, CD19: capitals and digits that count something.
    let coded = run.iter().any(char::is_ascii_digit)
        && run.iter().all(|c| c.is_ascii_alphanumeric() || *c == '-')
        && page.chars[span.clone()].iter().all(|c| !c.is_ascii_lowercase())
        && run.len() <= 8;
    if coded {
        return false;
    }
    let digits = run.iter().take_while(|c| c.is_ascii_digit()).count();
    let code = digits > 0 && run[digits..].iter().all(|c| c.is_ascii_alphabetic() || matches!(c, '.' | ' '));
    let back = page.folded(&(span.start.saturating_sub(1)..span.start));
    let measured = matches!(back.as_str(), "的" | "艘" | "架" | "台" | "为" | "辆" | "套");
    let capitals = run.len() <= 4 && page.chars[span.clone()].iter().all(char::is_ascii_uppercase);
    !(code || capitals && measured)
}

/// `爱尔兰租赁公司`, `董事会`, `半年报`: a kind of thing by its last letters, with nothing of a name before them.
fn is_kind(run: &[char]) -> bool {
    let text: String = run.iter().collect();
    if ["资金", "工程", "项目", "产品", "大楼", "厂房", "地块", "铺位"]
        .iter()
        .any(|tail| text.ends_with(tail))
    {
        return true;
    }
    let closed = matches!(
        run[run.len() - 1],
        '报' | '率'
            | '额'
            | '量'
            | '价'
            | '者'
            | '性'
            | '费'
            | '案'
            | '款'
            | '型'
            | '级'
            | '债'
            | '会'
            | '股'
            | '单'
            | '权'
    );
    if "一二三四五六七八九十两".contains(run[run.len() - 1]) && (run.len() != 3 || is_light(&run[..2]))
    {
        return true;
    }
    if run.len() == 3 && "新旧".contains(run[0]) && "线房厂园店楼".contains(run[2]) {
        return true;
    }
    let press =
        ["日报", "时报", "晚报", "新闻", "通讯社", "新闻社", "周刊", "杂志", "电视台", "管委会", "监管局"];
    if press.iter().any(|tail| text.ends_with(tail)) {
        return true;
    }
    let front = &run[..run.len() - 1];
    let place =
        (2..run.len().min(6)).rev().find(|at| listed("place", &text.chars().take(*at).collect::<String>()));
    let rest: String = run[place.unwrap_or(0)..].iter().collect();
    let bare_kind = TAILS.iter().any(|tail| {
        rest.strip_suffix(tail).is_some_and(|inner| {
            let land = place.is_some_and(|at| {
                let front: String = run[..at].iter().collect();
                LAND.contains(&front.as_str()) || front == "中国" || tail.ends_with("公司") || *tail == "基金"
            });
            land && inner.is_empty() && !rest.starts_with("银行")
                || !inner.is_empty() && KINDS.contains(&inner)
        })
    });
    let body = ["委会", "协会", "联合会", "基金会", "商会", "总会"].iter().any(|tail| text.ends_with(tail))
        && !text.ends_with("管委会");
    closed
        && !body
        && (is_plain(front) || front.len() == 2 || matches!(run[run.len() - 1], '会' | '报' | '率'))
        || bare_kind
}

/// A word of one letter that is half of a common word: 租 of 租家, 自 of 自有.
pub(crate) fn is_half(chars: &[char], hit: &Hit) -> bool {
    let (start, end) = (hit.start, hit.end);
    let verb = is_verb(hit) || chars.get(start).is_some_and(|c| "自同在对应传".contains(*c));
    if end - start != 1 || !verb {
        return false;
    }
    is_common(&chars[start..(start + 2).min(chars.len())])
}

/// `采购协议`, `租赁方式`, `收购方`: a verb in front of a noun that it only describes.
pub(crate) fn is_modifier(chars: &[char], hit: &Hit) -> bool {
    if hit.end - hit.start < 2 || !is_verb(hit) || hit.is(Class::Sign).is_some() {
        return false;
    }
    let after: String = chars[hit.end..(hit.end + 4).min(chars.len())].iter().collect();
    let heads = [
        "方式", "金", "协议", "合同", "合约", "框架", "项目", "标案", "订单", "大单", "业务", "市场", "计划",
        "方案", "案", "方为", "价格", "成本", "能力", "需求", "量", "期", "权", "费", "商", "收入", "战略",
        "事项", "意向",
    ];
    heads.iter().any(|head| after.starts_with(head))
        && !["商标", "商品", "商誉"].iter().any(|word| after.starts_with(word))
}

/// A numeral of one letter that counts nothing: 三 of 三X电机.
pub(crate) fn is_letter(fold: &[char], start: usize, end: usize) -> bool {
    let measure = "家座个笔项大年月日期名位艘架台届次轮份厂成代度条批股种只款部间口套级倍折宗方类块栋座支枚件处天周季者是时万千百十亿";
    end == start + 1
        && "零一二三四五六七八九".contains(fold[start])
        && fold.get(end).is_some_and(|c| {
            is_han(*c) && !measure.contains(*c) || c.is_ascii_digit() && start > 1 && is_han(fold[start - 2])
        })
        && (start == 0
            || fold[start - 1] != '第'
            || fold.get(end..end + 2).is_some_and(|tail| tail == ['银', '行'] || tail == ['金', '控']))
}
