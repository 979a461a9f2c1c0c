//! Who funds whom, and who funds their own customers?

use abilene_quantity::Decimal;

use super::Headline;
use crate::funding::FundingRow;
use crate::loops::{LegPart, LoopsAnswer};
use crate::money::{Scale, Sum, percent};

/// Who funds whom: the pairs with most firm money.
pub(super) fn funds(loops: &LoopsAnswer, scale: &Scale) -> Option<Headline> {
    let total =
        |of: fn(&FundingRow) -> &Sum| -> Decimal { loops.funding.iter().map(|row| of(row).value).sum() };
    let (firm, announced) = (total(|row| &row.firm), total(|row| &row.announced));
    let mut rows: Vec<&FundingRow> = loops.funding.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.firm.value));
    let told: Vec<String> = rows
        .iter()
        .take(3)
        .map(|row| format!("{} from {} to {}", row.firm.text, row.funder_name, row.funded_name))
        .collect();
    let firm_legs: Vec<&LegPart> = parts(&loops.funding).filter(|leg| leg.firmness == "firm").collect();
    let largest = firm_legs.iter().max_by_key(|leg| leg.amount.value)?;
    Some(Headline {
        id: "funding",
        question: "Who funds whom?".into(),
        number: scale.sum(firm).text,
        beside: format!("{} more only announced", scale.sum(announced).text),
        sentence: format!(
            "{} of firm funding is on dates in the span. Most of it: {}.",
            scale.sum(firm).text,
            told.join(", ")
        ),
        caution: format!(
            "{} of it is laid on dates by assumption. Without its largest leg ({}) it would be {}. Stakes handed over in kind, guarantees, and money on no date are not in it.",
            percent(assumed_share(&firm_legs)),
            largest.label,
            scale.sum(firm - largest.amount.value).text
        ),
        legs: rows.iter().take(3).flat_map(|row| row.legs.clone()).collect(),
    })
}

fn parts(rows: &[FundingRow]) -> impl Iterator<Item = &LegPart> {
    rows.iter().flat_map(|row| &row.legs)
}

/// Of the money of some legs, the share of legs on assumed dates.
fn assumed_share(legs: &[&LegPart]) -> f64 {
    let total: Decimal = legs.iter().map(|leg| leg.amount.value).sum();
    let assumed: Decimal = legs.iter().filter(|leg| leg.assumed).map(|leg| leg.amount.value).sum();
    let share = if total.is_zero() { Decimal::ZERO } else { assumed / total };
    crate::money::number(share.round_dp(6))
}

/// Money put into customers by those they buy from.
pub(super) fn financing(loops: &LoopsAnswer, scale: &Scale) -> Option<Headline> {
    let rows = &loops.invest_first;
    let total = |firm: bool| -> Decimal {
        rows.iter().filter(|row| (row.firmness == "firm") == firm).map(|row| row.invested.value).sum()
    };
    let largest = rows.iter().find(|row| row.firmness == "firm").or_else(|| rows.first())?;
    let left_out = if largest.firmness == "firm" { largest.invested.value } else { Decimal::ZERO };
    let named = |part: &&LegPart| rows.iter().any(|row| row.leg == part.leg);
    let funding: Vec<LegPart> = parts(&loops.funding).filter(named).cloned().collect();
    Some(Headline {
        id: "invest-first",
        question: "Who funds their own customers?".into(),
        number: scale.sum(total(true)).text,
        beside: format!("{} more only announced", scale.sum(total(false)).text),
        sentence: format!(
            "{} of firm deals fund a customer who then buys from the funder, directly or in up to three steps. The largest: {}, paid first on {}; {} of purchases reach {} afterwards, the first {} days later.",
            scale.sum(total(true)).text,
            largest.label,
            largest.first_paid,
            largest.purchases_after.text,
            largest.vendor_name,
            largest.gap_days,
        ),
        caution: format!(
            "Purchases after an investment need not be paid with it. {} of the funding is laid on dates by assumption. Without the largest it would be {}.",
            percent(assumed_share(&funding.iter().filter(|leg| leg.firmness == "firm").collect::<Vec<_>>())),
            scale.sum(total(true) - left_out).text
        ),
        legs: funding,
    })
}
