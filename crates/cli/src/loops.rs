//! `abilene loops` on a case.

use std::process::ExitCode;

use abilene::{BasisAnswer, LoopsAnswer, loops as answer, percent};

use crate::args::{Format, LoopsArgs};
use crate::output::{Failure, Progress, Sheet, json, sheets};
use crate::{ask, edges};

pub fn run(args: &LoopsArgs) -> Result<ExitCode, Failure> {
    let Some(case) = &args.case else { return edges::run(args) };
    let loaded = ask::open(case)?;
    let mut question = ask::question(&loaded.book, &args.ask);
    question.bounds.max_length = args.max_length.unwrap_or(question.bounds.max_length);
    question.bounds.max_loops = args.max_loops.unwrap_or(question.bounds.max_loops);
    let progress = Progress::start("following the money");
    let found = answer(&question);
    drop(progress);
    match args.format {
        Format::Json => json(&found)?,
        format => sheets(&tables(&found), format)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn tables(found: &LoopsAnswer) -> Vec<Sheet> {
    let mut all = vec![measures(found), funding(found)];
    for basis in found.bases.iter().filter(|basis| !basis.loops.is_empty()).take(1) {
        all.push(loops_of(basis));
    }
    if let Some(both) = found.bases.get(2) {
        all.push(loops_of(both));
        all.push(round_trips(both));
    }
    all.push(invested(found));
    for finding in &found.findings {
        all.push(Sheet::new(format!("Finding: {finding}"), &[]));
    }
    all
}

fn measures(found: &LoopsAnswer) -> Sheet {
    let title = format!(
        "{} as of {}: payments between members, {} to {}, in {}",
        found.case, found.as_of, found.from, found.to, found.unit
    );
    let header = [
        "basis",
        "legs",
        "gross",
        "funding",
        "purchases",
        "circulation",
        "share",
        "without its largest leg",
        "on assumed dates",
        "Finn index",
        "loops",
    ];
    let spare = ["Finn index", "legs", "purchases", "funding", "on assumed dates", "loops"];
    let mut sheet = Sheet::new(title, &header).spare(&spare);
    for basis in &found.bases {
        let without = basis.circulation.without_largest.as_ref();
        let more = if basis.loops_complete { "" } else { "+" };
        sheet.row([
            basis.basis.text().to_owned(),
            basis.legs.to_string(),
            basis.gross.number.clone(),
            basis.funding.number.clone(),
            basis.purchases.number.clone(),
            basis.circulation.total.number.clone(),
            percent(basis.circulation.share),
            without.map_or(String::new(), |w| format!("{} ({})", w.total.number, percent(w.share))),
            percent(basis.assumed_share),
            format!("{:.4}", basis.finn_index),
            format!("{}{more}", basis.loops.len()),
        ]);
    }
    sheet
}

/// How many pairs are shown.
const PAIRS: usize = 12;

fn funding(found: &LoopsAnswer) -> Sheet {
    let more = found.funding.len().saturating_sub(PAIRS);
    let rest = if more > 0 { format!("; {more} smaller pairs in --format json") } else { String::new() };
    let title = format!("Who funds whom, the outside included, in {}{rest}", found.unit);
    let mut sheet = Sheet::new(title, &["funder", "funded", "firm", "announced", "bought back"]);
    for row in found.funding.iter().take(PAIRS) {
        sheet.row([
            row.funder_name.clone(),
            row.funded_name.clone(),
            row.firm.number.clone(),
            row.announced.number.clone(),
            row.purchases_back.number.clone(),
        ]);
    }
    sheet
}

fn loops_of(basis: &BasisAnswer) -> Sheet {
    let title = format!("Loops, {}: by what can go all the way round", basis.basis.text());
    let mut sheet = Sheet::new(title, &["can go round", "loop", "in time"]);
    for item in &basis.loops {
        let in_time = item.in_time.as_ref().map_or_else(
            || String::from("no"),
            |time| format!("{} starts {}, back {}", time.starts_with, time.first, time.last),
        );
        sheet.row([item.bottleneck.number.clone(), item.sentence.clone(), in_time]);
    }
    sheet
}

fn round_trips(basis: &BasisAnswer) -> Sheet {
    let title = format!("Own money coming back, {}, as a share of receipts", basis.basis.text());
    let mut sheet = Sheet::new(
        title,
        &["party", "returned", "share", "least", "most", "if revenue holds", "in time", "most in time"],
    );
    for row in &basis.round_trips {
        let share = |value: Option<f64>| value.map_or(String::new(), percent);
        sheet.row([
            row.name.clone(),
            row.returned.number.clone(),
            format!(
                "{}{}",
                match row.reading {
                    "at most" => "≤ ",
                    "assumed" => "~ ",
                    _ => "",
                },
                share(row.share_of_receipts)
            ),
            share(row.least_share),
            share(row.most_share),
            share(row.share_held_flat),
            row.returned_in_time.number.clone(),
            row.most_in_time.number.clone(),
        ]);
    }
    sheet
}

fn invested(found: &LoopsAnswer) -> Sheet {
    let title = "Invested first, purchased after: funding of customers by those they buy from";
    let mut sheet = Sheet::new(
        title,
        &["invested", "firmness", "funding", "first paid", "purchases after", "days", "through"],
    );
    for row in &found.invest_first {
        sheet.row([
            row.invested.number.clone(),
            row.firmness.to_owned(),
            row.label.clone(),
            row.first_paid.to_string(),
            row.purchases_after.number.clone(),
            row.gap_days.to_string(),
            row.chain.join("; "),
        ]);
    }
    sheet
}
