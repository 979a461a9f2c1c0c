//! What must hold of any case, on the real one at every date of knowledge.

use abilene_flows::{Basis, Kind, project};
use abilene_ledger::{Class, Firmness, Form};
use abilene_quantity::{Decimal, Unit};
use proptest::prelude::*;

use crate::case;

#[test]
fn every_leg_of_cash_is_either_on_dates_or_told_apart_and_adds_up() {
    let book = case("ai-buildout");
    for day in book.dates() {
        let view = book.as_of(day);
        let projection = project(&view);
        for (at, leg) in projection.legs.iter().enumerate() {
            let apart: Vec<_> = projection.apart.iter().filter(|apart| apart.leg == at).collect();
            let flows: Vec<_> =
                projection.flows.iter().filter(|f| f.leg == at && f.kind == Kind::Committed).collect();
            assert!(
                !flows.is_empty() || !apart.is_empty() || leg.ended.is_some(),
                "{} on {day} vanished",
                leg.id()
            );
            let cash =
                leg.leg.form != Some(Form::InKind) && leg.leg.instrument.value.class() != Class::Contingent;
            assert!(cash || flows.is_empty(), "{} is no cash", leg.id());
            assert!(leg.firmness != Firmness::Rumoured || flows.is_empty(), "{} is a rumour", leg.id());
            let Some(amount) = leg.leg.amount.as_ref().filter(|a| matches!(a.unit, Unit::Money(_))) else {
                continue;
            };
            let Unit::Money(currency) = amount.unit else { continue };
            let (Some(most), true) = (view.convert(amount.most, currency, day), leg.ended.is_none()) else {
                continue;
            };
            let dated: Decimal = flows.iter().map(|flow| flow.on(Basis::Both)).sum();
            let told: Decimal = apart.iter().filter_map(|apart| apart.amount).sum();
            // Recurring payments may round their total by two in a hundred; money of other currencies is
            // converted at the rate of each payment's day.
            let foreign = currency != book.case.currency;
            let slack = most * Decimal::new(if foreign { 15 } else { 2 }, 2);
            assert!(
                (dated + told - most).abs() <= slack,
                "{} on {day}: {dated} + {told} of {most}",
                leg.id()
            );
            let (firm, _) = leg.parts(amount);
            let firm_dated: Decimal = flows.iter().map(|flow| flow.firm).sum();
            let firm = view.convert(firm, currency, day).unwrap();
            assert!(
                firm_dated <= firm * Decimal::new(if foreign { 115 } else { 102 }, 2) + Decimal::ONE,
                "{}: {firm_dated} of {firm}",
                leg.id()
            );
        }
    }
}

#[test]
fn no_flow_is_known_before_its_leg() {
    let book = case("ai-buildout");
    for day in book.dates() {
        let view = book.as_of(day);
        let projection = project(&view);
        assert!(projection.legs.iter().all(|leg| leg.known_from <= day));
        for flow in &projection.flows {
            let leg = &projection.legs[flow.leg];
            assert!(leg.ended.is_none_or(|ended| flow.date < ended), "{} pays after its end", leg.id());
        }
    }
}

proptest! {
    /// An even schedule pays every cent once, whatever its span and amount.
    #[test]
    fn even_schedules_pay_every_cent(cents in 0_i64..10_000_000_000_000, start in 0_i32..4000, days in 0_i32..4000) {
        let from = abilene_quantity::parse_date("2019-01-01").unwrap();
        let plus = |n: i32| (0..n).fold(from, |day, _| day.tomorrow().unwrap());
        let (first, last) = (plus(start), plus(start + days));
        let text = format!(
            "[[deal]]\nid = \"d\"\ntitle = \"t\"\n[[deal.leg]]\nid = \"l\"\npayer = \"a\"\npayee = \"b\"\ninstrument = \"loan\"\namount = \"{}.{:02} USD\"\nschedule = {{ kind = \"even\", from = {first}, to = {last} }}\n[[deal.state]]\ndate = 2019-01-01\nstatus = \"signed\"\n",
            cents / 100, cents % 100
        );
        let folder = std::env::temp_dir().join(format!("abilene-even-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("deals")).unwrap();
        std::fs::write(folder.join("case.toml"), "name = \"x\"\ncurrency = \"USD\"\nstart = 2019-01-01\nhorizon = 2030-12-31\nas_of = 2026-01-01\n").unwrap();
        std::fs::write(folder.join("parties.toml"), "[[party]]\nid = \"a\"\nname = \"A\"\nkind = \"x\"\n[[party]]\nid = \"b\"\nname = \"B\"\nkind = \"x\"\n").unwrap();
        std::fs::write(folder.join("deals/d.toml"), text).unwrap();
        let loaded = abilene_ledger::load(&folder).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        let view = loaded.book.as_of(loaded.book.case.as_of);
        let projection = project(&view);
        let sum: Decimal = projection.flows.iter().map(|flow| flow.firm).sum();
        prop_assert_eq!(sum, Decimal::new(cents, 2).normalize());
        prop_assert!(projection.flows.iter().all(|flow| flow.firm >= Decimal::ZERO));
    }
}
