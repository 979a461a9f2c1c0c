//! What was known when: as-of views and what changed between two days.

use abilene_ledger::diff::{Kind, between};
use abilene_ledger::{Firmness, load};
use abilene_quantity::{Date, parse_date};

use crate::case::{Folder, root};

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

/// A letter of intent by the gigawatt, recut into one sum, closed; and a deal that falls through.
const RECUT: &str = r#"
[[deal]]
id = "stake"
title = "Vega's stake in Lumen"

[[deal.leg]]
id = "staged"
payer = "vega"
payee = "lumen"
instrument = "equity"
amount = "up to 100 bn USD"
until = 2026-02-27

[[deal.leg]]
id = "flat"
payer = "vega"
payee = "lumen"
instrument = "equity"
amount = "30 bn USD"
known_from = 2026-02-27

[[deal.state]]
date = 2025-09-22
status = "letter of intent"

[[deal.state]]
date = 2026-02-27
status = "amended"

[[deal.state]]
date = 2026-03-31
status = "closed"
legs = ["flat"]

[[deal]]
id = "films"
title = "Lumen's licence of Vega's films"

[[deal.leg]]
id = "fee"
payer = "lumen"
payee = "vega"
instrument = "licence"
amount = "1 bn USD"

[[deal.state]]
date = 2025-12-11
status = "announced"

[[deal.state]]
date = 2026-03-24
status = "terminated"
"#;

#[test]
fn a_leg_is_as_firm_as_what_was_known() {
    let folder = Folder::base();
    folder.put("deals/a.toml", RECUT);
    let book = folder.load().book;
    let told = |when: &str| -> Vec<(String, Firmness)> {
        book.as_of(day(when)).live_legs().map(|leg| (leg.id(), leg.firmness)).collect()
    };
    assert_eq!(told("2025-09-21"), []);
    assert_eq!(told("2025-09-22"), [("stake/staged".into(), Firmness::Announced)]);
    let recut = ("stake/flat".to_string(), Firmness::Announced);
    assert_eq!(told("2026-02-27"), [recut, ("films/fee".into(), Firmness::Announced)]);
    assert_eq!(told("2026-03-31"), [("stake/flat".into(), Firmness::Firm)]);
}

#[test]
fn the_difference_names_field_before_and_after() {
    let folder = Folder::base();
    folder.put("deals/a.toml", RECUT);
    let book = folder.load().book;
    let changes = between(&book.as_of(day("2026-01-01")), &book.as_of(day("2026-06-30")));
    let kinds: Vec<(&str, Kind)> = changes.iter().map(|c| (c.deal, c.kind)).collect();
    assert_eq!(kinds, [("stake", Kind::Changed), ("films", Kind::Withdrawn)]);
    let fields: Vec<String> =
        changes[0].fields.iter().map(|f| format!("{} {}: {} -> {}", f.leg, f.field, f.from, f.to)).collect();
    assert_eq!(
        fields,
        ["flat status: letter of intent -> closed", "flat amount: up to 100 bn USD -> 30 bn USD"]
    );
    let at_once = between(&book.as_of(day("2025-12-01")), &book.as_of(day("2026-06-30")));
    assert_eq!(at_once.last().map(|change| (change.deal, change.kind)), Some(("films", Kind::CameAndWent)));
    let earlier = between(&book.as_of(day("2025-01-01")), &book.as_of(day("2025-10-01")));
    assert_eq!(earlier.iter().map(|c| c.kind).collect::<Vec<_>>(), [Kind::Added]);
    assert!(between(&book.as_of(day("2026-06-30")), &book.as_of(day("2026-06-30"))).is_empty());
}

/// Over all dates of the real case: nothing that a view can reach became known after its day.
#[test]
fn no_view_shows_what_was_published_later() {
    let book = load(&root().join("cases/ai-buildout")).unwrap().book;
    let mut dates = book.dates();
    dates.push(day("2018-01-01"));
    assert!(dates.len() > 100);
    for today in dates {
        let view = book.as_of(today);
        for deal in &view.deals {
            assert!(!deal.states.is_empty());
            assert!(deal.states.iter().all(|state| state.date.value <= today), "{}", deal.deal.id.value);
            for state in &deal.states {
                let late =
                    view.sources(&state.sources).into_iter().any(|(s, _)| s.date.is_some_and(|d| d > today));
                assert!(!late, "{} on {today}", deal.deal.id.value);
            }
            for leg in &deal.legs {
                assert!(leg.known_from <= today && leg.state.date.value <= today, "{}", leg.id());
                assert!(leg.leg.known_from.as_ref().is_none_or(|at| at.value <= today), "{}", leg.id());
                assert!(leg.leg.until.as_ref().is_none_or(|at| at.value > today), "{}", leg.id());
                assert!(leg.ended.is_none_or(|ended| ended <= today), "{}", leg.id());
            }
        }
        assert!(view.figures.iter().all(|figure| figure.published <= today));
        assert!(view.claims.iter().all(|claim| claim.date <= today));
        assert!(view.recipes.iter().all(|recipe| recipe.known_from <= today));
    }
}
