//! Sentences in the two languages of the page: English, and Simplified Chinese with its own scale of numbers.

use abilene_ledger::{Book, Instrument};
use abilene_quantity::{Currency, Decimal};
use serde::Serialize;

use crate::loops::StepAnswer;

/// The same sentence in English and in Simplified Chinese.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told(pub String, pub String);

impl Told {
    /// The same in both: numbers and names that need no translation.
    pub(crate) fn same(text: String) -> Told {
        Told(text.clone(), text)
    }
}

/// A party's name in Chinese characters where one of its aliases has them, its name otherwise.
pub(crate) fn native<'b>(book: &'b Book, id: &'b str) -> &'b str {
    let own = |alias: &&abilene_ledger::At<String>| alias.value.chars().any(|c| c >= '\u{2e80}');
    let alias = book.party(id).and_then(|party| party.aliases.iter().find(own));
    alias.map_or_else(|| book.name(id), |alias| alias.value.as_str())
}

/// Money as a Chinese reader says it: 30 bn USD is 300亿美元.
pub(crate) fn money(value: Decimal, currency: Currency) -> String {
    let size = value.abs();
    let (one, word) = match size {
        _ if size >= Decimal::from(1_000_000_000_000_i64) => (1_000_000_000_000_i64, "万亿"),
        _ if size >= Decimal::from(100_000_000_i64) => (100_000_000, "亿"),
        _ if size >= Decimal::from(10_000_i64) => (10_000, "万"),
        _ => (1, ""),
    };
    let shown = value / Decimal::from(one);
    let places = if shown.abs() >= Decimal::ONE_HUNDRED { 0 } else { 2 };
    format!("{}{word}{}", shown.round_dp(places).normalize(), currency_word(currency))
}

fn currency_word(currency: Currency) -> String {
    match currency.code() {
        "USD" => "美元".into(),
        "EUR" => "欧元".into(),
        "GBP" => "英镑".into(),
        "JPY" => "日元".into(),
        "KRW" => "韩元".into(),
        "CNY" => "元人民币".into(),
        "TWD" => "元新台币".into(),
        other => format!(" {other}"),
    }
}

/// What the payer does, in Chinese: `向OpenAI出资300亿美元`.
fn clause(instrument: Instrument, amount: &str, payee: &str) -> String {
    match instrument {
        Instrument::Equity | Instrument::JointVenture => format!("向{payee}出资{amount}"),
        Instrument::Loan | Instrument::Bond | Instrument::VendorLoan => format!("借给{payee}{amount}"),
        Instrument::Grant => format!("补助{payee}{amount}"),
        Instrument::CapacityContract | Instrument::CapacitySwap => format!("向{payee}支付{amount}购买算力"),
        Instrument::GoodsPurchase => format!("向{payee}采购{amount}货物"),
        Instrument::Lease => format!("向{payee}支付{amount}租金"),
        Instrument::RevenueShare => format!("向{payee}支付{amount}收入分成"),
        Instrument::Licence | Instrument::Royalty => format!("向{payee}支付{amount}许可费"),
        Instrument::PowerPurchase => format!("向{payee}购电{amount}"),
        _ => format!("向{payee}支付{amount}"),
    }
}

/// A loop in Chinese, step by step.
pub(crate) fn loop_sentence(book: &Book, steps: &[StepAnswer], bottleneck: Decimal) -> String {
    let currency = book.case.currency;
    let told: Vec<String> = steps
        .iter()
        .map(|step| {
            let payee = native(book, &step.payee);
            let mut parts: Vec<(Instrument, Decimal)> = Vec::new();
            for leg in &step.legs {
                match parts.iter_mut().find(|part| part.0 == leg.instrument) {
                    Some(part) => part.1 += leg.amount.value,
                    None => parts.push((leg.instrument, leg.amount.value)),
                }
            }
            parts.sort_by_key(|part| std::cmp::Reverse(part.1));
            let clauses: Vec<String> =
                parts.iter().map(|(what, value)| clause(*what, &money(*value, currency), payee)).collect();
            format!("{}{}", native(book, &step.payer), clauses.join("，并"))
        })
        .collect();
    format!("{}；其中{}可以绕回起点。", told.join("，"), money(bottleneck, currency))
}

#[cfg(test)]
mod tests {
    use abilene_quantity::{Currency, Decimal};

    use super::money;

    #[test]
    fn chinese_counts_in_ten_thousands() {
        let told = |amount: i64| money(Decimal::from(amount), Currency::USD);
        assert_eq!(told(30_000_000_000), "300亿美元");
        assert_eq!(told(2_242_000_000_000), "2.24万亿美元");
        assert_eq!(told(350_000_000), "3.5亿美元");
        assert_eq!(told(1_250_000), "125万美元");
        assert_eq!(told(-8_000_000_000), "-80亿美元");
    }
}
