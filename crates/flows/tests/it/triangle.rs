//! `cases/triangle`, every number by hand. Amounts in bn USD.

use abilene_flows::{Basis, Kind, cover, outside, outside_held_flat, project, vendor_financing};
use abilene_quantity::{Decimal, Quarter, Span, parse_date};

use crate::case;

fn bn(amount: Decimal) -> String {
    (amount / Decimal::from(1_000_000_000)).normalize().to_string()
}

#[test]
fn payments_fall_where_the_schedules_say() {
    let book = case("triangle");
    let view = book.as_of(book.case.as_of);
    let projection = project(&view);
    // Vega's 10 in January; Lumen's 3 in each quarter; Cirrus's 10 in July.
    let firm: Vec<(String, String, String)> = projection
        .within(Span::year(2026))
        .filter(|flow| !flow.on(Basis::Firm).is_zero())
        .map(|flow| {
            let payer = book.parties[flow.payer].id.value.clone();
            (Quarter::of(flow.date).to_string(), payer, bn(flow.on(Basis::Firm)))
        })
        .collect();
    let told: Vec<(&str, &str, &str)> =
        firm.iter().map(|(q, p, a)| (q.as_str(), p.as_str(), a.as_str())).collect();
    assert_eq!(
        told,
        [
            ("2026-Q1", "vega", "10"),
            ("2026-Q1", "lumen", "3"),
            ("2026-Q2", "lumen", "3"),
            ("2026-Q3", "cirrus", "10"),
            ("2026-Q3", "lumen", "3"),
            ("2026-Q4", "lumen", "3"),
        ]
    );
    let sum = |basis| bn(projection.flows.iter().map(|flow| flow.on(basis)).sum());
    // Firm 10 + 60 + 40; announced four times 5; expected 20 of chips for the gigawatt.
    let sums = [Basis::Firm, Basis::Announced, Basis::Both, Basis::Expected].map(sum);
    assert_eq!(sums, ["110", "20", "130", "150"]);
    assert!(projection.apart.iter().all(|apart| projection.legs[apart.leg].id() == "lumen-vega/chips"));
}

#[test]
fn before_the_letter_of_intent_there_is_nothing_announced() {
    let book = case("triangle");
    let view = book.as_of(parse_date("2026-05-31").unwrap());
    let projection = project(&view);
    assert!(projection.flows.iter().all(|flow| flow.announced.is_zero() && flow.kind == Kind::Committed));
}

#[test]
fn vega_funds_a_customer_two_steps_away() {
    let book = case("triangle");
    let view = book.as_of(book.case.as_of);
    let projection = project(&view);
    let found = vendor_financing(&projection, Basis::Firm);
    assert_eq!(found.len(), 1);
    assert_eq!(bn(found[0].amount), "10");
    let chain: Vec<Vec<String>> = found[0]
        .chain
        .iter()
        .map(|step| step.iter().map(|leg| projection.legs[*leg].id()).collect())
        .collect();
    assert_eq!(chain, [["lumen-cirrus/computing"], ["cirrus-vega/chips"]]);
    assert_eq!(vendor_financing(&projection, Basis::Both).len(), 2, "the letter of intent too");
}

#[test]
fn cover_by_hand() {
    let book = case("triangle");
    let view = book.as_of(book.case.as_of);
    let projection = project(&view);
    let found = cover(&projection, book.span());
    let lumen = found.parties.iter().find(|party| book.parties[party.party].id.value == "lumen").unwrap();
    let first = &lumen.rows[0];
    // 2026: 12 due, 8 earned, 10 from Vega: 6 to spare. 2027: 12 due against 8, held flat: 4 short.
    assert_eq!(bn(first.due_firm), "12");
    assert_eq!((first.revenue.map(bn), first.revenue_assumed), (Some("8".into()), false));
    assert_eq!(bn(first.vendor_financing), "10");
    assert_eq!(first.gap().map(bn), Some("-6".into()));
    assert_eq!(lumen.rows[1].gap().map(bn), Some("4".into()));
    assert!(lumen.rows[1].revenue_assumed);
    assert_eq!(first.commitments_to_revenue(), Some(Decimal::new(15, 1)));
    // The gigawatt on Vega's chips is expected in 2028 and in no gap.
    assert_eq!(bn(lumen.rows[2].due_expected), "20");
    let year = &found.sector[0];
    // From outside: Vega 100 − 10, Cirrus 20 − 12, Lumen 8. Between members 12 + 10.
    assert_eq!(bn(year.revenue_from_outside), "106");
    assert_eq!(bn(year.ai_revenue_from_outside), "8");
    assert_eq!(bn(year.internal_firm), "22");
    assert_eq!((bn(year.capex), year.capex_counted), ("20".into(), 3));
}

#[test]
fn the_outside_is_what_members_do_not_pay() {
    let book = case("triangle");
    let view = book.as_of(book.case.as_of);
    let projection = project(&view);
    let at = |id: &str| book.party_index(id).unwrap();
    let year = outside(&projection, Span::year(2026), Basis::Firm);
    // Vega: 100 − 10 from Cirrus in; costs 100 − 50, capex 5, nothing bought from members out.
    let vega = &year[at("vega")];
    assert_eq!((bn(vega.inflow), bn(vega.outflow), vega.revenue_known), ("90".into(), "55".into(), true));
    // Cirrus: 20 − 12 in; 20 − 9 + 14 − 10 out. Lumen: 8 in; 8 + 7 + 1 − 12 out.
    assert_eq!((bn(year[at("cirrus")].inflow), bn(year[at("cirrus")].outflow)), ("8".into(), "15".into()));
    assert_eq!((bn(year[at("lumen")].inflow), bn(year[at("lumen")].outflow)), ("8".into(), "4".into()));
    // Over five years only one is reported: unknown, or held flat at 5 × 8 within a leap day's worth.
    assert!(!outside(&projection, book.span(), Basis::Firm)[at("lumen")].revenue_known);
    let flat = outside_held_flat(&projection, book.span(), Basis::Firm)[at("lumen")].inflow;
    assert_eq!((flat / Decimal::from(1_000_000_000)).round_dp(1).normalize().to_string(), "40");
}
