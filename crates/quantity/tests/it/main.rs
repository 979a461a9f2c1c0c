//! What the words of the ledger mean, in examples that a reader can check.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use abilene_quantity::{
    Amount, Currency, Date, Decimal, Period, Qualifier, Quarter, Rate, Span, Unit, grouped,
};

fn amount(text: &str) -> Amount {
    Amount::parse(text).unwrap()
}

#[test]
fn amounts_keep_number_unit_and_qualifier() {
    let usd = Unit::Money(Currency::USD);
    let cases = [
        ("30 bn USD", Qualifier::Exact, "30000000000", usd),
        ("up to 100 bn USD", Qualifier::UpTo, "100000000000", usd),
        ("about 0.1 bn USD", Qualifier::About, "100000000", usd),
        ("at least 2 tn USD", Qualifier::AtLeast, "2000000000000", usd),
        ("-8 bn USD", Qualifier::Exact, "-8000000000", usd),
        ("300 MW", Qualifier::Exact, "0.3", Unit::Power),
        ("33 %", Qualifier::Exact, "33", Unit::Percent),
    ];
    for (text, qualifier, value, unit) in cases {
        let read = amount(text);
        assert_eq!(read.qualifier, qualifier, "{text}");
        assert_eq!(read.value, Decimal::from_str_exact(value).unwrap(), "{text}");
        assert_eq!(read.unit, unit, "{text}");
    }
}

#[test]
fn amounts_print_as_they_were_written() {
    for text in [
        "30 bn USD",
        "up to 100 bn USD",
        "12 to 27 bn USD",
        "2 tn USD/year",
        "50 to 60 bn USD/GW",
        "900 k wafers/month",
        "160 m shares",
        "6 years",
        "4.5 GW",
        "-8 bn USD",
        "about 1.25 bn EUR/month",
    ] {
        assert_eq!(amount(text).to_string(), text);
    }
}

#[test]
fn only_what_is_certain_counts_as_firm() {
    for (text, certain) in [("up to 100 bn USD", 0), ("12 to 27 bn USD", 12), ("about 13 bn USD", 13)] {
        assert_eq!(amount(text).certain(), Decimal::from(certain) * Decimal::from(1_000_000_000), "{text}");
    }
}

#[test]
fn amounts_that_say_too_little_or_too_much_are_refused() {
    for (text, reason) in [
        ("100", "has no unit"),
        ("100 bn", "has no unit"),
        ("100 bn USDD", "\"USDD\" is not a unit"),
        ("a lot of USD", "expected an amount with a unit"),
        ("30 to 20 bn USD", "runs backwards"),
        ("30 bn USD cash", "stands after the unit"),
        ("1,000 USD", "expected an amount with a unit"),
        ("", "expected an amount with a unit"),
        ("79228162514264337593543950335 tn USD", "is more than"),
        ("2000000000 tn USD", "is more than"),
    ] {
        let message = Amount::parse(text).unwrap_err().to_string();
        assert!(message.contains(reason), "{text}: {message}");
    }
}

#[test]
fn periods_know_their_days() {
    let year = Period::parse("12 months to 2026-01").unwrap();
    assert_eq!((year.from().to_string(), year.to().to_string()), ("2025-02-01".into(), "2026-01-31".into()));
    assert_eq!(year.to_string(), "12 months to 2026-01");
    assert_eq!(Period::parse("12 months to 2025-12").unwrap().to_string(), "2025");
    let day = Period::parse("at 2026-03-31").unwrap();
    assert_eq!(day.from(), day.to());
    for wrong in ["2025", "0 months to 2025-12", "3 months to 2025-13", "at 2026-02-30"] {
        assert!(Period::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn spans_take_days_quarters_and_years() {
    let span: Span = "2025-Q3..2026".parse().unwrap();
    assert_eq!(span.to_string(), "2025-07-01..2026-12-31");
    assert_eq!(span.days(), 184 + 365);
    assert_eq!(span.overlap_days(Span::year(2025)), 184);
    assert_eq!(span.overlap_days(Span::year(2030)), 0);
    assert!("2026..2025".parse::<Span>().is_err());
    assert!("2026".parse::<Span>().is_err());
}

#[test]
fn quarters_follow_each_other_over_the_year() {
    let last = Quarter::of(jiff_date("2025-12-31"));
    assert_eq!(last.to_string(), "2025-Q4");
    assert_eq!(last.next().first(), jiff_date("2026-01-01"));
    assert_eq!(last.next().last(), jiff_date("2026-03-31"));
}

#[test]
fn rates_convert_both_ways_and_nothing_else() {
    let rate = Rate::parse("1 USD = 1400 KRW").unwrap();
    let [usd, krw, eur] = ["USD", "KRW", "EUR"].map(|code| Currency::parse(code).unwrap());
    assert_eq!(rate.convert(Decimal::from(2), usd, krw), Some(Decimal::from(2800)));
    assert_eq!(rate.convert(Decimal::from(2800), krw, usd), Some(Decimal::from(2)));
    assert_eq!(rate.convert(Decimal::ONE, eur, usd), None);
    assert!(Rate::parse("1 USD = 0 KRW").is_err());
    assert!(Rate::parse("USD/KRW 1400").is_err());
}

#[test]
fn numbers_are_grouped_by_thousands() {
    for (number, text) in
        [("1234567.50", "1,234,567.5"), ("-1000", "-1,000"), ("999", "999"), ("0.25", "0.25")]
    {
        assert_eq!(grouped(Decimal::from_str_exact(number).unwrap()), text);
    }
}

fn jiff_date(text: &str) -> Date {
    abilene_quantity::parse_date(text).unwrap()
}
