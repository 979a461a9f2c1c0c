//! Thirty short texts of our own, in eight languages and many sectors, ten of them without a deal.

use std::fs;
use std::path::Path;

use abilene_quantity::Decimal;
use serde_json::Value;

use crate::{document, told};

struct Text {
    id: String,
    text: String,
    gold: Value,
}

fn texts() -> Vec<Text> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/texts");
    let numbers = 1..=30;
    numbers
        .map(|n| {
            let text = fs::read_to_string(folder.join(format!("{n:02}.txt"))).unwrap();
            let gold = fs::read_to_string(folder.join(format!("{n:02}.gold.json"))).unwrap();
            Text { id: format!("{n:02}"), text, gold: serde_json::from_str(&gold).unwrap() }
        })
        .collect()
}

fn number(value: &Value) -> Decimal {
    let text = value.to_string();
    text.parse().or_else(|_| Decimal::from_scientific(&text)).unwrap()
}

/// Whether two names are one: the longer holds the shorter.
fn same(a: &str, b: &str) -> bool {
    let (a, b) = (abilene_reader::fold(a), abilene_reader::fold(b));
    a.contains(&b) || b.contains(&a)
}

fn overlap(gold: &Value, found: &[String]) -> bool {
    let gold: Vec<&str> = gold.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    gold.is_empty() && found.is_empty() || gold.iter().any(|name| found.iter().any(|other| same(name, other)))
}

#[test]
fn every_sum_and_no_other() {
    for text in texts() {
        let found = document(&text.text, text.gold["date"].as_str().unwrap());
        let mut gold: Vec<(Decimal, &str)> = text.gold["amounts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|a| (number(&a["value"]).normalize(), a["unit"].as_str().unwrap()))
            .collect();
        let mut read: Vec<(Decimal, &str)> =
            found.amounts.iter().map(|a| (a.value.0.normalize(), a.unit)).collect();
        gold.sort();
        read.sort();
        gold.dedup();
        read.dedup();
        assert_eq!(read, gold, "text {}", text.id);
    }
}

#[test]
fn deals_of_all_sectors_and_none_where_there_is_none() {
    let (mut right, mut proposed, mut wanted) = (0, 0, 0);
    let mut missed = Vec::new();
    for text in texts() {
        let found = document(&text.text, text.gold["date"].as_str().unwrap());
        let gold = text.gold["deals"].as_array().unwrap();
        if gold.is_empty() {
            assert_eq!(told(&found), Vec::<String>::new(), "text {} tells of no deal", text.id);
        }
        proposed += found.deals.len();
        wanted += gold.len();
        for deal in gold {
            let hit = found.deals.iter().any(|other| {
                let amount = other.amount.is_some_and(|amount| amount.0 == number(&deal["amount"]));
                amount
                    && other.unit == deal["unit"].as_str()
                    && overlap(&deal["payer"], &other.payer)
                    && overlap(&deal["payee"], &other.payee)
            });
            right += usize::from(hit);
            if !hit {
                missed.push(format!("{}: {} > {} {}", text.id, deal["payer"], deal["payee"], deal["amount"]));
            }
        }
    }
    assert_eq!(wanted, 38);
    assert!(right * 100 >= wanted * 80, "{right} of {wanted}; missed {missed:#?}");
    assert!(right * 100 >= proposed * 90, "{right} of {proposed} proposed");
}

#[test]
fn directions_by_verb_and_preposition() {
    let cases = [
        ("Foo Corp. lent Bar Inc. $5 million on Monday.", "Foo > Bar 5000000 USD loan"),
        ("Foo Corp. borrowed $5 million from Bar Inc. on Monday.", "Bar > Foo 5000000 USD loan"),
        ("Foo Corp. was acquired by Bar Inc. for $5 million.", "Bar > Foo 5000000 USD acquisition"),
        ("Foo Corp. won a contract worth $5 million from Bar Inc.", "Bar > Foo 5000000 USD goods_purchase"),
        (
            "Foo Corp. will provide Bar Inc. with up to $5 million of services.",
            "Bar > Foo 5000000 USD cloud_services",
        ),
        (
            "Foo Corp. will provide Bar Inc. with $5 million of vendor financing.",
            "Foo > Bar 5000000 USD vendor_loan",
        ),
        ("甲兴公司向乙茂集团采购5亿元设备。", "甲兴公司 > 乙茂集团 500000000 CNY goods_purchase"),
        ("甲兴公司向乙茂集团供应5亿元零件。", "乙茂集团 > 甲兴公司 500000000 CNY goods_purchase"),
        ("甲兴公司获乙茂集团注资5亿元。", "乙茂集团 > 甲兴公司 500000000 CNY equity"),
        ("東峰重工は北浜物産から50億円を借り入れた。", "北浜物産 > 東峰重工 5000000000 JPY loan"),
    ];
    for (text, expected) in cases {
        assert_eq!(told(&document(text, "2025-03-10")), [expected], "{text}");
    }
}

#[test]
fn jokes_suppositions_and_missing_parties_are_doubtful() {
    let joke = document(
        "A joke goes round:\n\"Foo Corp. pays Bar Inc. $5 billion and Bar Inc. invests $5 billion in Foo Corp.\"\n",
        "2025-03-10",
    );
    assert_eq!(told(&joke), Vec::<String>::new());
    let half = document("The city will invest $5 million this year, Mayor Ann Doe said.", "2025-03-10");
    assert_eq!(half.doubtful.len(), 1);
    assert!(half.doubtful[0].reason.contains("is not stated") || half.doubtful[0].reason.contains("neither"));
    let denied = document("Foo Corp. denied that it would invest $5 million in Bar Inc.", "2025-03-10");
    assert_eq!(denied.deals[0].status, "denied");
}

#[test]
fn a_rise_supersedes_the_lower_sum() {
    let found = document(
        "Foo Corp. has agreed to supply Bar Inc. with services raised from $11.9 billion to $22.4 billion.",
        "2025-03-10",
    );
    let lower = found
        .deals
        .iter()
        .find(|deal| deal.amount.is_some_and(|a| a.0 == Decimal::from(11_900_000_000_i64)))
        .unwrap();
    assert_eq!(lower.status, "past");
    assert_eq!(lower.condition.as_deref(), Some("superseded by $22.4 billion"));
}
