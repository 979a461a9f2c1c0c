//! The 95 expressions of the annotation guide: 64 amounts exactly, 31 that must give nothing.

use abilene_quantity::Decimal;
use abilene_reader::amount::{Kind, figures};
use abilene_reader::fold;

const CASES: &str = include_str!("../data/amount_cases.tsv");

/// What the reader makes of a line: value or range, unit, qualifier; money and power only.
fn read(text: &str, local: &str) -> Vec<(Decimal, Decimal, String, String)> {
    let chars: Vec<char> = fold(text).chars().collect();
    let found = figures(&chars).into_iter().filter_map(|figure| {
        let unit = match figure.kind {
            Kind::Money("local") | Kind::BareMoney => local.to_owned(),
            Kind::Money(code) => code.to_owned(),
            Kind::Power => String::from("GW"),
            _ => return None,
        };
        Some((figure.low.normalize(), figure.high.normalize(), unit, figure.hedge.text().to_owned()))
    });
    found.collect()
}

fn number(text: &str) -> Decimal {
    Decimal::from_scientific(text).or_else(|_| text.parse()).unwrap().normalize()
}

#[test]
fn every_case_of_the_guide() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in CASES.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        count += 1;
        let found = read(cells[0], "CNY");
        if cells[1] == "none" {
            if !found.is_empty() {
                wrong.push(format!("{}: {found:?}, should be nothing", cells[0]));
            }
            continue;
        }
        let (low, high) = cells[1].split_once("..").unwrap_or((cells[1], cells[1]));
        let expected = (number(low), number(high), cells[2].to_owned(), cells[3].to_owned());
        if found.first() != Some(&expected) || (found.len() > 1 && !cells[0].contains('(')) {
            wrong.push(format!("{}: {found:?}, should be {expected:?}", cells[0]));
        }
    }
    assert_eq!(count, 95);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
