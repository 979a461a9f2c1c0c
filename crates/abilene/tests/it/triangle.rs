//! `cases/triangle`, every answer by hand. Amounts in bn USD.

use abilene::{Ask, loops, report, round_trips};
use abilene_quantity::Span;

use crate::case;

#[test]
fn the_loop_is_told_as_a_sentence_with_its_money() {
    let loaded = case("triangle");
    let found = loops(&Ask::of(&loaded.book));
    let firm = &found.bases[0];
    assert_eq!(firm.loops.len(), 1);
    let item = &firm.loops[0];
    assert_eq!(
        item.sentence,
        "Vega invests 10 bn USD in Lumen, which pays Cirrus 60 bn USD for capacity, which buys 40 bn USD of goods from Vega; 10 bn USD can go all the way round."
    );
    assert_eq!(item.parties, ["vega", "lumen", "cirrus"]);
    assert_eq!(item.bottleneck.number, "10");
    assert_eq!(item.steps[1].legs[0].sources, ["cirrus-2026-01-20"]);
    // Vega pays on 15 January, Lumen next on 15 February, Cirrus on 1 July.
    let time = item.in_time.as_ref().unwrap();
    assert_eq!((time.first.to_string(), time.last.to_string()), ("2026-01-15".into(), "2026-07-01".into()));
}

#[test]
fn circulation_is_three_hops_of_the_narrowest_step() {
    let loaded = case("triangle");
    let found = loops(&Ask::of(&loaded.book));
    // Over all years: firm 10 + 60 + 40, of which 3 × 10 circulates; with the letter 3 × 30 of 130.
    let told: Vec<(&str, &str, f64)> = found
        .bases
        .iter()
        .map(|b| (b.gross.number.as_str(), b.circulation.total.number.as_str(), b.circulation.share))
        .collect();
    assert_eq!(told[0], ("110", "30", 30.0 / 110.0));
    assert_eq!(told[1], ("20", "0", 0.0));
    assert_eq!(told[2], ("130", "90", 90.0 / 130.0));
    assert_eq!(told[3].0, "150");
    let without = found.bases[0].circulation.without_largest.as_ref().unwrap();
    assert_eq!((without.total.number.as_str(), without.share), ("0", 0.0));
    assert!(found.bases[0].circulation.unique);
    // In 2026 alone: 10, 12, 10, of which 30 of 32.
    let year = loops(&Ask { span: Span::year(2026), ..Ask::of(&loaded.book) });
    assert_eq!(
        (year.bases[0].gross.number.as_str(), year.bases[0].circulation.total.number.as_str()),
        ("32", "30")
    );
}

#[test]
fn the_round_trip_by_hand() {
    let loaded = case("triangle");
    let trips = round_trips(&Ask::of(&loaded.book), 2026);
    let row = |id: &str| trips.firm.iter().find(|row| row.party == id).unwrap();
    // A unit of Vega's 100 goes to Lumen with 10/100, on to Cirrus with 12/18, back with 10/25: 1 in 37.5.
    let back = 0.1 * (12.0 / 18.0) * 0.4;
    let near =
        |found: Option<f64>, told: f64| assert!((found.unwrap() - told).abs() < 1e-9, "{found:?} {told}");
    near(row("vega").share_of_receipts, back);
    near(row("cirrus").share_of_receipts, 25.0 * back / 20.0);
    near(row("lumen").share_of_outlay, 18.0 * back / 16.0);
    assert_eq!((row("vega").least_share, row("vega").most_share), (Some(0.0), Some(0.1)));
    assert_eq!(row("vega").reading, "exact");
    assert_eq!(row("vega").returned.number, "2.67");
    // In time: Lumen's account holds only Vega's 10 when it pays 3 and 3; Cirrus holds those 6 when it pays 10.
    assert_eq!(row("vega").returned_in_time.number, "6");
    assert_eq!(row("vega").most_in_time.number, "6");
}

#[test]
fn what_was_invested_first_is_found_and_dated() {
    let loaded = case("triangle");
    let found = loops(&Ask::of(&loaded.book));
    let row = found.invest_first.iter().find(|row| row.leg == "vega-lumen/first").unwrap();
    // Lumen's first payment after 15 January is a month later, Cirrus's first after that on 1 July: 167 days.
    assert_eq!((row.vendor.as_str(), row.customer.as_str(), row.gap_days), ("vega", "lumen", 167));
    assert_eq!((row.invested.number.as_str(), row.purchases_after.number.as_str()), ("10", "40"));
    assert_eq!(row.chain_known_from.to_string(), "2026-01-20");
}

#[test]
fn each_headline_names_what_it_leans_on() {
    let loaded = case("triangle");
    let found = report(&Ask::of(&loaded.book), &loaded.diagnostics);
    let ids: Vec<&str> = found.headlines.iter().map(|headline| headline.id).collect();
    assert_eq!(ids, ["cover", "funding", "circulation", "round-trip", "invest-first", "widest-loop"]);
    for headline in &found.headlines {
        assert!(!headline.sentence.is_empty() && !headline.caution.is_empty(), "{}", headline.id);
        assert!(!headline.legs.is_empty(), "{} has no legs behind it", headline.id);
    }
    assert_eq!(found.headlines[0].number, "1.5 ×", "12 due a year against 8");
}
