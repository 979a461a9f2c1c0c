//! Figures laid on days: years before quarters, holes filled and marked, a year less the quarter already told.

use std::fs;

use abilene_flows::{at_day, latest_rate, over, project};
use abilene_ledger::{Book, load};
use abilene_quantity::{Decimal, Span, parse_date};

/// A case with these figures of one party's revenue: period, value in USD, and whether it is assumed.
fn book(name: &str, rows: &[(&str, &str, bool)], deals: &str) -> Book {
    let folder = std::env::temp_dir().join(format!("abilene-figures-{name}-{}", std::process::id()));
    fs::create_dir_all(folder.join("figures")).unwrap();
    fs::create_dir_all(folder.join("deals")).unwrap();
    let case =
        "name = \"x\"\ncurrency = \"USD\"\nstart = 2024-01-01\nhorizon = 2030-12-31\nas_of = 2026-06-30\n";
    fs::write(folder.join("case.toml"), case).unwrap();
    let parties = "[[party]]\nid = \"a\"\nname = \"A\"\nkind = \"x\"\n[[party]]\nid = \"b\"\nname = \"B\"\nkind = \"x\"\n";
    fs::write(folder.join("parties.toml"), parties).unwrap();
    let mut text = String::new();
    for (period, value, assumed) in rows {
        text += &format!(
            "[[figure]]\nparty = \"a\"\nmetric = \"revenue\"\nperiod = \"{period}\"\nvalue = \"{value} USD\"\npublished = 2026-01-01\n"
        );
        text += if *assumed { "assumed = \"a guess\"\n" } else { "" };
    }
    fs::write(folder.join("figures/a.toml"), text).unwrap();
    fs::write(folder.join("deals/a.toml"), deals).unwrap();
    let loaded = load(&folder).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    loaded.book
}

fn year(book: &Book, year: i16) -> (String, i64, bool) {
    let view = book.as_of(book.case.as_of);
    let found = over(&view, "a", "revenue", Span::year(year));
    (found.value.round_dp(0).normalize().to_string(), found.days, found.assumed)
}

#[test]
fn fiscal_years_are_laid_on_calendar_years_by_days() {
    let fiscal =
        book("fiscal", &[("12 months to 2025-01", "366", false), ("12 months to 2026-01", "730", false)], "");
    // 31 days of January at 1 a day (366 days of the leap year), 334 at 2.
    assert_eq!(year(&fiscal, 2025), ("699".into(), 365, false));
}

#[test]
fn a_missing_quarter_takes_the_mean_of_its_neighbours_and_says_so() {
    let rows = [
        ("3 months to 2025-03", "90", false),
        ("3 months to 2025-06", "182", false),
        ("3 months to 2025-12", "276", false),
    ];
    let holed = book("hole", &rows, "");
    // 1, 2 and 3 a day; the third quarter of 92 days at 2.5.
    assert_eq!(year(&holed, 2025), ((90 + 182 + 276 + 230).to_string(), 365, true));
    let open = book("open", &rows[..2], "");
    assert_eq!(year(&open, 2025), ("272".into(), 181, false), "what is not enclosed stays open");
}

#[test]
fn an_assumed_year_tells_only_what_a_reported_quarter_leaves() {
    let rows = [("12 months to 2025-12", "1200", true), ("3 months to 2025-03", "100", false)];
    assert_eq!(year(&book("rest", &rows, ""), 2025), ("1200".into(), 365, true));
}

#[test]
fn rates_and_balances_are_the_latest_known() {
    let rows = [("12 months to 2024-12", "100", false), ("3 months to 2025-03", "40", false)];
    let found = book("rate", &rows, "");
    let view = found.as_of(found.case.as_of);
    assert_eq!(
        latest_rate(&view, "a", "revenue").unwrap().0,
        Decimal::from(160),
        "the newer quarter times four"
    );
    assert!(at_day(&view, "a", "cash", parse_date("2026-01-01").unwrap()).is_none());
    let early = found.as_of(parse_date("2025-12-31").unwrap());
    assert!(latest_rate(&early, "a", "revenue").is_none(), "nothing was published by then");
}

#[test]
fn what_ends_within_a_quarter_is_paid_up_to_the_day_before() {
    let deal = "[[deal]]\nid = \"d\"\ntitle = \"t\"\n[[deal.leg]]\nid = \"l\"\npayer = \"a\"\npayee = \"b\"\ninstrument = \"lease\"\namount = \"365 USD\"\nschedule = { kind = \"even\", from = 2025-01-01, to = 2025-12-31 }\n[[deal.state]]\ndate = 2025-01-01\nstatus = \"signed\"\n[[deal.state]]\ndate = 2025-05-11\nstatus = \"terminated\"\n";
    let found = book("ended", &[], deal);
    let view = found.as_of(found.case.as_of);
    let paid: Vec<(String, String)> = project(&view)
        .flows
        .iter()
        .map(|flow| (flow.date.to_string(), flow.firm.normalize().to_string()))
        .collect();
    assert_eq!(paid, [("2025-03-31".into(), "90".into()), ("2025-05-10".into(), "40".into())]);
}

#[test]
fn very_large_and_very_small_currencies_do_not_leave_the_decimals() {
    let deal = "[[deal]]\nid = \"d\"\ntitle = \"t\"\n[[deal.leg]]\nid = \"l\"\npayer = \"a\"\npayee = \"b\"\ninstrument = \"loan\"\namount = \"900000000 tn USD\"\nschedule = { kind = \"even\", from = 2025-01-01, to = 2029-12-31 }\n[[deal.state]]\ndate = 2025-01-01\nstatus = \"signed\"\n";
    let found = book("large", &[], deal);
    let view = found.as_of(found.case.as_of);
    let total: Decimal = project(&view).flows.iter().map(|flow| flow.firm).sum();
    assert_eq!(total, Decimal::from(900_000_000_i64) * Decimal::from(1_000_000_000_000_i64));
}
