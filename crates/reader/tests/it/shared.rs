//! The page that this project began with, and the annotated documents beside the project. Where they are not
//! there these tests say so and skip.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use abilene_quantity::Decimal;

use crate::{document, reading, told};

/// A file of the folder of documents, if it is there.
pub fn file(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reading").join(name);
    let text = fs::read_to_string(path).ok();
    if text.is_none() {
        eprintln!("skipped: {name} is not beside the project");
    }
    text
}

#[test]
fn the_first_page() {
    let Some(text) = file("seed.txt") else { return };
    let read = reading(&text, "2025-09");
    let found = &read.document;
    let sums: BTreeSet<(Decimal, &str)> =
        found.amounts.iter().map(|a| (a.value.0.normalize(), a.unit)).collect();
    assert_eq!(sums.len(), 10);
    assert!(sums.contains(&(Decimal::from(200), "GW")) && sums.contains(&(Decimal::from(7), "GW")));
    assert_eq!(
        told(found),
        [
            "Nvidia > OpenAI 100000000000 USD equity",
            "OpenAI > Oracle 300000000000 USD goods_purchase",
            "OpenAI > CoreWeave 11900000000 USD cloud_services",
            "OpenAI > CoreWeave 22400000000 USD cloud_services",
            "OpenAI > CoreWeave ? ? equity",
        ]
    );
    assert_eq!(found.claims.len(), 13);
    let friar = found.claims.iter().find(|claim| claim.speaker.as_deref() == Some("Sarah Friar")).unwrap();
    assert_eq!(
        (friar.organisation.as_deref(), friar.value.0),
        (Some("OpenAI"), Decimal::from(13_000_000_000_i64))
    );
    // The list of links begins after character 3,400.
    assert!(
        found.deals.iter().all(|deal| deal.span[1] < 3400)
            && found.claims.iter().all(|claim| claim.span[1] < 3400)
    );
}

#[test]
fn the_damage_is_undone_and_every_span_stands_in_the_original() {
    let (Some(text), Some(clean)) = (file("seed.txt"), file("seed_clean.txt")) else { return };
    let read = reading(&text, "2025-09");
    let mended: Vec<&str> = read
        .document
        .text
        .repairs
        .iter()
        .filter(|r| r.why == "half character")
        .map(|r| r.now.as_str())
        .collect();
    assert_eq!(mended, ["營", "在《2", "營", "團"]);
    let letters: Vec<char> = text.chars().collect();
    for amount in &read.document.amounts {
        let place: String = letters[amount.span[0] as usize..amount.span[1] as usize].iter().collect();
        assert_eq!(place, amount.text, "spans are in characters of the original");
    }
    let body: String = read
        .sentences
        .iter()
        .map(|sentence| abilene_reader::fold(&sentence.text))
        .collect::<Vec<_>>()
        .concat();
    let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (body, clean) = (squeeze(&body), squeeze(&abilene_reader::fold(&clean)));
    let head: String = clean.chars().skip(60).take(340).collect();
    assert!(
        body.contains(&head),
        "the body is the clean copy's: {head}\n{}",
        &body.chars().take(500).collect::<String>()
    );
}

#[test]
fn annotated_documents_give_deals_with_few_mistakes() {
    let (mut right, mut wanted) = (0, 0);
    for n in 1..=12 {
        let (Some(text), Some(gold)) =
            (file(&format!("dev/{n:02}.txt")), file(&format!("dev/{n:02}.gold.json")))
        else {
            return;
        };
        let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
        let found = document(&text, gold["date"].as_str().unwrap());
        for deal in gold["deals"].as_array().unwrap() {
            let Some(amount) = deal["amount"].as_f64() else { continue };
            wanted += 1;
            right += usize::from(found.deals.iter().any(|other| {
                other
                    .amount
                    .is_some_and(|a| a.0.to_string().parse::<f64>().is_ok_and(|a| (a - amount).abs() < 1.0))
            }));
        }
    }
    assert!(right * 10 >= wanted * 8, "{right} of {wanted}");
}
