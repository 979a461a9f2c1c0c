//! A stress test that can be followed by hand, and what must hold of the real one.

use std::fs;

use abilene::Ask;
use abilene::stress::{CaseStress, Event, Shock, Stand, StressPlan, Verdict, stress_case};
use abilene_ledger::{Book, load};

use crate::case;

/// a owes b 20, b owes c 15, c owes the outside 3, all on stated dates of 2026. a has 30 and breaks even; b has 2,
/// earns 1 a year and pays 10 % on debt of 7; c has 2 and earns 0.5 a year. bn USD.
const DEALS: &str = r#"
[[deal]]
id = "d"
title = "d"
[[deal.leg]]
id = "ab"
payer = "a"
payee = "b"
instrument = "capacity contract"
amount = "20 bn USD"
schedule = { kind = "once", on = 2026-06-30 }
[[deal.leg]]
id = "bc"
payer = "b"
payee = "c"
instrument = "lease"
amount = "15 bn USD"
schedule = { kind = "once", on = 2026-07-31 }
[[deal.leg]]
id = "cm"
payer = "c"
payee = "m"
instrument = "goods purchase"
amount = "3 bn USD"
schedule = { kind = "once", on = 2026-08-31 }
[[deal.state]]
date = 2025-06-30
status = "signed"
"#;

const FIGURES: [(&str, &str, &str, &str); 13] = [
    ("a", "cash", "at 2025-12-31", "30 bn USD"),
    ("a", "debt", "at 2025-12-31", "0 bn USD"),
    ("a", "revenue", "12 months to 2025-12", "12 bn USD"),
    ("a", "operating_cash_flow", "12 months to 2025-12", "0 bn USD"),
    ("b", "cash", "at 2025-12-31", "2 bn USD"),
    ("b", "debt", "at 2025-12-31", "7 bn USD"),
    ("b", "interest_rate", "at 2025-12-31", "10 %"),
    ("b", "revenue", "12 months to 2025-12", "4 bn USD"),
    ("b", "operating_cash_flow", "12 months to 2025-12", "1 bn USD"),
    ("c", "cash", "at 2025-12-31", "2 bn USD"),
    ("c", "debt", "at 2025-12-31", "0 bn USD"),
    ("c", "revenue", "12 months to 2025-12", "1 bn USD"),
    ("c", "operating_cash_flow", "12 months to 2025-12", "0.5 bn USD"),
];

fn by_hand(name: &str, figures: &[(&str, &str, &str, &str)]) -> Book {
    let folder = std::env::temp_dir().join(format!("abilene-case-stress-{name}-{}", std::process::id()));
    fs::create_dir_all(folder.join("figures")).unwrap();
    fs::create_dir_all(folder.join("deals")).unwrap();
    let info = "name = \"x\"\ncurrency = \"USD\"\nunit = \"bn\"\nstart = 2024-01-01\nhorizon = 2030-12-31\nas_of = 2025-12-31\n";
    fs::write(folder.join("case.toml"), info).unwrap();
    let party =
        |id: &str| format!("[[party]]\nid = \"{id}\"\nname = \"{}\"\nkind = \"k\"\n", id.to_uppercase());
    let many = "[[party]]\nid = \"m\"\nname = \"Many\"\nkind = \"sector\"\nstands_for = \"many\"\n";
    let parties = [party("a"), party("b"), party("c"), many.to_owned()].concat();
    fs::write(folder.join("parties.toml"), parties).unwrap();
    let rows = figures.iter().map(|(party, metric, period, value)| {
        format!(
            "[[figure]]\nparty = \"{party}\"\nmetric = \"{metric}\"\nperiod = \"{period}\"\nvalue = \"{value}\"\npublished = 2025-12-31\n"
        )
    });
    fs::write(folder.join("figures/f.toml"), rows.collect::<String>()).unwrap();
    fs::write(folder.join("deals/d.toml"), DEALS).unwrap();
    let loaded = load(&folder).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assert!(loaded.diagnostics.iter().all(|d| d.code.severity() != abilene_ledger::Severity::Error));
    loaded.book
}

fn asked(book: &Book, events: Vec<Vec<Shock>>) -> CaseStress {
    stress_case(&Ask::of(book), &StressPlan { quarters: 4, events }).unwrap()
}

fn stand<'a>(event: &'a Event, party: &str) -> &'a Stand {
    event.parties.iter().find(|stand| stand.party == party).unwrap()
}

fn bn(sum: &abilene::Sum) -> f64 {
    sum.value.to_string().parse::<f64>().unwrap() / 1e9
}

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-3, "{found} is not {expected}");
}

/// 365 days are this part of a year of 365.25.
const YEAR: f64 = 365.0 / 365.25;

#[test]
fn a_default_goes_down_the_chain_as_by_hand() {
    let book = by_hand("chain", &FIGURES);
    let found = asked(&book, vec![vec![Shock::default_of("a", &book).unwrap()]]);
    assert!(found.unshocked.parties.is_empty(), "{:?}", found.unshocked.parties);
    let event = &found.shocks[0];
    let (a, b, c) = (stand(event, "a"), stand(event, "b"), stand(event, "c"));
    assert_eq!((a.round, b.round, c.round), (Some(1), Some(2), None));
    assert_eq!((b.verdict, c.verdict), (Verdict::Fails, Verdict::Holds));
    close(bn(&a.pays), 0.0);
    close(bn(&b.loses), 20.0);
    // Interest of 0.7 a year comes first; what is left of 2 + 1 a year goes to c.
    let left = 2.0 + (1.0 - 0.7) * YEAR;
    close(bn(&c.receives), left);
    close(bn(&c.loses), 15.0 - left);
    close(bn(&event.lost), 20.0 + 15.0 - left);
    close(bn(&event.lost_outside), 0.0);
    assert_eq!(event.told.len(), 3);
    assert_eq!(event.told[0], "A cannot pay all it owes");
    assert!(
        event.told[1].starts_with("└─ B receives 20 bn USD less and fails in round 2"),
        "{:?}",
        event.told
    );
    assert!(event.told[2].starts_with("   └─ C receives 12.7 bn USD less and holds"), "{:?}", event.told);
}

#[test]
fn revenue_shocks_take_what_comes_from_outside() {
    let book = by_hand("revenue", &FIGURES);
    let shock = |text: &str| vec![Shock::parse(text, &book).unwrap()];
    let found = asked(&book, vec![shock("a:revenue=-50%"), shock("a:revenue=-100 %")]);
    close(bn(&stand(&found.shocks[0], "a").pays), 20.0);
    let gone = stand(&found.shocks[1], "a");
    // 30 less costs of 12 a year that nothing earns any more.
    close(bn(&gone.pays), 30.0 - 12.0 * YEAR);
    assert_eq!(gone.round, Some(1));
    for (text, told) in [
        ("a", "no change"),
        ("a:cash=-1%", "only `revenue`"),
        ("a:revenue=-101%", "at least -100 %"),
        ("a:revenue=half", "at least -100 %"),
        ("m:revenue=-1%", "stands for many"),
        ("aa:revenue=-1%", "no party `aa`"),
    ] {
        let error = Shock::parse(text, &book).unwrap_err();
        assert!(error.contains(told) || text == "a" && error.contains("no party"), "{text}: {error}");
    }
}

#[test]
fn what_nobody_reports_is_assumed_by_kind_and_said() {
    let without: Vec<_> = FIGURES.iter().copied().filter(|row| row.0 != "c").collect();
    let book = by_hand("kind", &without);
    let found = asked(&book, Vec::new());
    let c = found.parties.iter().find(|party| party.party == "c").unwrap();
    let item = |name: &str| c.items.iter().find(|item| item.name == name).unwrap();
    assert!(c.items.iter().all(|item| item.assumed.is_some()), "{:?}", c.items);
    // Its size is the 15 owed to it; of the two that report, the median of cash over revenue is (2.5 + 0.5) / 2.
    assert_eq!(item("revenue").text, "15 bn USD");
    assert_eq!(item("cash").text, "22.5 bn USD");
    assert_eq!(item("debt").text, "13.1 bn USD", "(0 + 7 / 4) / 2 of 15");
    assert!(item("cash").assumed.as_deref().unwrap().contains("too few of kind k"));
    assert_eq!(item("interest rate").text, "10 %");
    let a = found.parties.iter().find(|party| party.party == "a").unwrap();
    assert!(a.items.iter().any(|item| item.name == "cash" && item.assumed.is_none()));
}

#[test]
fn the_real_case_is_told_over_its_ranges() {
    let loaded = case("ai-buildout");
    let ask = Ask::of(&loaded.book);
    let found = stress_case(&ask, &StressPlan::all_singles(&ask, 4)).unwrap();
    assert_eq!(found.levers.iter().filter(|row| row.shown).count(), 3);
    assert_eq!(found.shocks.len(), found.parties.len());
    for event in &found.shocks {
        let [least, most] = [&event.lost_range[0], &event.lost_range[1]].map(|sum| sum.value);
        assert!(least <= event.lost.value && event.lost.value <= most, "{}", event.title);
        for stand in &event.parties {
            assert!(stand.pays.value <= stand.owes.value && stand.receives.value <= stand.owed.value);
            assert!(stand.loses.value >= abilene_quantity::Decimal::ZERO);
            assert!(
                stand.verdict != Verdict::Undecided
                    || !stand.because
                    || !stand.flips.is_empty()
                    || stand.round.is_none()
            );
        }
        let lost: abilene_quantity::Decimal = event.parties.iter().map(|stand| stand.loses.value).sum();
        assert!(
            (lost - event.lost.value).abs() < abilene_quantity::Decimal::from(10_000_000),
            "{}",
            event.title
        );
    }
    // Every number has a figure or says why it is assumed.
    for item in found.parties.iter().flat_map(|party| &party.items) {
        assert!(item.assumed.is_some() || !item.figures.is_empty(), "{item:?}");
    }
    let of = |id: &str| found.shocks.iter().find(|event| event.struck == [id]).unwrap();
    assert!(
        stand(of("openai"), "microsoft").loses.value > abilene_quantity::Decimal::from(10_000_000_000_i64)
    );
    assert_eq!(stand(of("openai"), "microsoft").verdict, Verdict::Holds);
    assert_eq!(stand(of("openai"), "coreweave").verdict, Verdict::Undecided);
}

#[test]
fn a_worse_shock_never_costs_others_less() {
    let loaded = case("ai-buildout");
    let shock = |change: i32| vec![Shock::parse(&format!("openai:revenue={change}%"), &loaded.book).unwrap()];
    let found = asked(&loaded.book, [-100, -75, -50, -25, 0].map(shock).to_vec());
    let lost: Vec<_> = found.shocks.iter().map(|event| event.lost.value).collect();
    assert!(lost.windows(2).all(|pair| pair[0] >= pair[1]), "{lost:?}");
    assert!(lost[4].is_zero(), "no change, no loss");
}
