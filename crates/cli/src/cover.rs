//! `abilene cover`.

use std::process::ExitCode;

use abilene::{CoverAnswer, PartyYears, Sum, cover as answer};

use crate::args::{CoverArgs, Format};
use crate::ask;
use crate::output::{Failure, Sheet, json, sheets};

pub fn run(args: &CoverArgs) -> Result<ExitCode, Failure> {
    let loaded = ask::open(&args.case)?;
    if let Some(id) = args.party.as_ref().filter(|id| loaded.book.party(id).is_none()) {
        return Err(Failure::Usage(format!("the case has no party \"{id}\"")));
    }
    let mut found = answer(&ask::question(&loaded.book, &args.ask));
    found.parties.retain(|party| args.party.as_ref().is_none_or(|id| *id == party.party));
    match args.format {
        Format::Json => json(&found)?,
        Format::Csv => sheets(&[long(&found)], Format::Csv)?,
        Format::Table => sheets(&tables(&found, args.party.is_some()), Format::Table)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// How many parties are shown where none is asked for.
const SHOWN: usize = 6;

fn tables(found: &CoverAnswer, one: bool) -> Vec<Sheet> {
    let mut all = Vec::new();
    if !one {
        all.push(sector(found));
    }
    all.extend(found.parties.iter().take(SHOWN).map(|party| of_party(found, party)));
    if found.parties.len() > SHOWN {
        all.push(Sheet::new(
            format!("{} further parties: --party ID, or --format csv for all", found.parties.len() - SHOWN),
            &[],
        ));
    }
    for check in &found.arithmetic {
        let mut sheet = Sheet::new(
            format!("{}'s own numbers, checked against each other", check.organisation),
            &["what", "how", "value"],
        );
        for step in &check.steps {
            sheet.row([step.what.clone(), step.how.clone(), step.value.clone()]);
        }
        all.push(sheet);
    }
    all.push(Sheet::new(found.notes.join("\n"), &[]));
    all
}

fn sector(found: &CoverAnswer) -> Sheet {
    let title =
        format!("{} as of {}: the web as a whole, in {} (~ assumed)", found.case, found.as_of, found.unit);
    let header = [
        "year",
        "leaves, firm",
        "leaves, announced",
        "leaves, expected",
        "capex (parties)",
        "revenue from outside (parties)",
        "AI revenue from outside",
        "funding from outside",
        "gap",
        "between members, firm",
        "between members, announced",
    ];
    let spare = [
        "leaves, expected",
        "leaves, announced",
        "leaves, firm",
        "capex (parties)",
        "revenue from outside (parties)",
        "funding from outside",
        "gap",
    ];
    let mut sheet = Sheet::new(title, &header).spare(&spare);
    for row in &found.sector {
        sheet.row([
            row.year.to_string(),
            row.leaving_firm.number.clone(),
            row.leaving_announced.number.clone(),
            row.leaving_expected.number.clone(),
            format!("{} ({})", row.capex.number, row.capex_counted),
            format!("{} ({})", row.revenue_from_outside.number, row.parties_counted),
            read(Some(&row.ai_revenue_from_outside), row.ai_revenue_reading),
            row.funding_from_outside.number.clone(),
            row.gap.number.clone(),
            row.internal_firm.number.clone(),
            row.internal_announced.number.clone(),
        ]);
    }
    sheet
}

fn number(sum: Option<&Sum>) -> String {
    sum.map_or_else(String::new, |sum| sum.number.clone())
}

/// The number, with a sign where it is assumed.
fn read(sum: Option<&Sum>, reading: &str) -> String {
    sum.map_or_else(String::new, |sum| {
        format!("{}{}", sum.number, if reading == "assumed" { " ~" } else { "" })
    })
}

fn of_party(found: &CoverAnswer, party: &PartyYears) -> Sheet {
    let title = format!(
        "{}: {} firm, {} with announced, in {} (~ assumed)",
        party.name, party.due_firm.number, party.due.number, found.unit
    );
    let header = [
        "year",
        "due, firm",
        "announced",
        "expected",
        "revenue",
        "AI revenue",
        "funded by vendors",
        "other funding",
        "cash at start",
        "gap",
        "gap added up",
        "due / revenue",
    ];
    let spare = ["AI revenue", "expected", "cash at start", "other funding", "gap added up", "due / revenue"];
    let mut sheet = Sheet::new(title, &header).spare(&spare);
    for year in &party.years {
        sheet.row([
            year.year.to_string(),
            year.due_firm.number.clone(),
            year.due_announced.number.clone(),
            year.due_expected.number.clone(),
            read(year.revenue.as_ref(), year.revenue_reading),
            read(year.ai_revenue.as_ref(), year.ai_revenue_reading),
            year.vendor_financing.number.clone(),
            year.other_funding.number.clone(),
            number(year.cash.as_ref()),
            number(year.gap.as_ref()),
            number(year.gap_cumulative.as_ref()),
            year.commitments_to_revenue.map_or(String::new(), |ratio| format!("{ratio:.2}")),
        ]);
    }
    sheet
}

/// Every party and year, exact.
fn long(found: &CoverAnswer) -> Sheet {
    let header = [
        "party",
        "year",
        "due_firm",
        "due_announced",
        "due_expected",
        "revenue",
        "revenue_reading",
        "ai_revenue",
        "ai_revenue_reading",
        "operating_cash_flow",
        "capex",
        "cash",
        "vendor_financing",
        "other_funding",
        "financing_given",
        "gap",
        "gap_cumulative",
        "revenue_to_close",
        "commitments_to_revenue",
        "capex_to_revenue",
        "financing_to_revenue",
    ];
    let mut sheet = Sheet::new("", &header);
    let ratio = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let exact = |sum: Option<&Sum>| sum.map_or_else(String::new, |sum| sum.value.to_string());
    for party in &found.parties {
        for year in &party.years {
            sheet.row([
                party.party.clone(),
                year.year.to_string(),
                exact(Some(&year.due_firm)),
                exact(Some(&year.due_announced)),
                exact(Some(&year.due_expected)),
                exact(year.revenue.as_ref()),
                year.revenue_reading.to_owned(),
                exact(year.ai_revenue.as_ref()),
                year.ai_revenue_reading.to_owned(),
                exact(year.operating_cash_flow.as_ref()),
                exact(year.capex.as_ref()),
                exact(year.cash.as_ref()),
                exact(Some(&year.vendor_financing)),
                exact(Some(&year.other_funding)),
                exact(Some(&year.financing_given)),
                exact(year.gap.as_ref()),
                exact(year.gap_cumulative.as_ref()),
                exact(Some(&year.revenue_to_close)),
                ratio(year.commitments_to_revenue),
                ratio(year.capex_to_revenue),
                ratio(year.financing_to_revenue),
            ]);
        }
    }
    sheet
}
