//! `abilene outlook`: the quarters to come, over many paths.

use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use abilene::outlook::{
    FanRow, OutlookAnswer, OutlookPlan, Prepared, Replay, Sheet as Matrix, WithoutRow, outlook as answer,
    replay,
};
use abilene::{Ask, percent};

use crate::args::{Format, OutlookArgs};
use crate::ask;
use crate::output::{Bar, Failure, Sheet, json, sheets};
use crate::{outlook_tables, world};

/// Set by Ctrl-C: what was done so far is summed up and printed.
static STOP: AtomicBool = AtomicBool::new(false);

pub fn run(args: &OutlookArgs) -> Result<ExitCode, Failure> {
    let case = match (&args.case, &args.world) {
        (_, Some(path)) => return world::run(path, args.format),
        (Some(case), None) => case,
        (None, None) => return Err(Failure::Usage("expected a case, or --world FILE.json".into())),
    };
    let loaded = ask::open(case)?;
    let plain = Ask::of(&loaded.book);
    let caveat = ask::caveat(args.sourced_only, args.min_confidence);
    let question = Ask { as_of: args.as_of.unwrap_or(plain.as_of), caveat, ..plain };
    let plan = plan(&question, args)?;
    if let Some(path) = args.path {
        let prepared = Prepared::of(&question, &plan.scenario, plan.to).map_err(failed)?;
        let found = replay(&prepared, plan.seed, path);
        if let Some(folder) = &args.tables {
            outlook_tables::payments(folder, &found)?;
        }
        match args.format {
            Format::Json => json(&found)?,
            format => sheets(&replayed(&found), format)?,
        }
        return Ok(ExitCode::SUCCESS);
    }
    // Where no handler can be set, Ctrl-C ends the command as usual.
    let _ = ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed));
    let bar = Bar::start("paths");
    let mut paths = args.tables.as_deref().map(outlook_tables::Paths::create).transpose()?;
    let found = answer(&question, &plan, &mut |progress| {
        bar.at(progress.done, progress.total);
        if let Some(paths) = &mut paths {
            paths.add(progress);
        }
        if STOP.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
    .map_err(failed)?;
    drop(bar);
    if let (Some(folder), Some(paths)) = (&args.tables, paths) {
        paths.close()?;
        outlook_tables::fans(folder, &found)?;
    }
    match args.format {
        Format::Json => json(&found)?,
        Format::Csv => sheets(&[quarters(&found)], Format::Csv)?,
        Format::Table => sheets(&tables(&found), Format::Table)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn failed(error: abilene::outlook::OutlookError) -> Failure {
    Failure::Input(error.to_string())
}

fn plan(question: &Ask, args: &OutlookArgs) -> Result<OutlookPlan, Failure> {
    let Some(plain) = OutlookPlan::of(question) else {
        let message = "the case has no scenario: write one into scenarios/, as docs/case-format.md shows";
        return Err(Failure::Input(message.into()));
    };
    let without_deal = match args.without.as_deref().map(|what| (what, what.strip_prefix("deal:"))) {
        None | Some(("vendor-finance", _)) => None,
        Some((_, Some(deal))) => Some(deal.to_owned()),
        Some((other, None)) => {
            return Err(Failure::Usage(format!(
                "expected --without deal:ID or vendor-finance, found `{other}`"
            )));
        }
    };
    Ok(OutlookPlan {
        scenario: args.scenario.clone().unwrap_or(plain.scenario),
        paths: args.paths,
        to: args.to.unwrap_or(plain.to),
        seed: args.seed,
        without_deal,
        analyses: !args.odds_only,
    })
}

fn tables(found: &OutlookAnswer) -> Vec<Sheet> {
    let mut all = vec![odds(found), decided(found), parties(found), cascade(found), web(found)];
    all.extend(found.decides.first().map(|first| {
        let title =
            format!("What decides: {} (Sobol indices; `luck` is all chance inside a path)", first.question);
        let mut sheet =
            Sheet::new(title, &["assumption", "alone", "with others", "95 % interval", "what it is"])
                .spare(&["what it is"]);
        for input in first.inputs.iter().take(10) {
            let interval =
                input.interval.map_or(String::new(), |(low, high)| format!("{low:.3} to {high:.3}"));
            let told = if input.told_from_zero { "" } else { " (not told from 0)" };
            sheet.row([
                input.name.clone(),
                format!("{:.3}", input.first),
                format!("{:.3}", input.total),
                interval + told,
                input.meaning.clone(),
            ]);
        }
        sheet
    }));
    all.extend(found.safe_box.as_ref().map(|sentence| Sheet::new(sentence, &[])));
    for row in &found.break_even {
        let text = format!("Break-even: {}: {}", row.question, row.answer);
        all.push(Sheet::new(text, &[]));
    }
    let without = [&found.without_vendor_finance, &found.without_deal];
    all.extend(without.into_iter().flatten().map(without_text));
    for path in &found.told {
        let title = format!(
            "A median {}: path {} ({})\n{}",
            path.outcome,
            path.path,
            path.because.join("; "),
            path.lines.join("\n")
        );
        all.push(Sheet::new(title, &[]));
    }
    all.extend([implied(found), thresholds(found), calibration(found), drivers(found)]);
    let folded = format!(
        "Core parties carry {} of the firm commitments ahead; folded into the sectors: {}",
        percent(found.carried),
        found.folded.join(", ")
    );
    all.push(Sheet::new(folded, &[]));
    all.extend(found.notes.iter().map(|note| Sheet::new(note, &[])));
    all.retain(|sheet| sheet.header.is_empty() || !sheet.rows.is_empty());
    all
}

fn odds(found: &OutlookAnswer) -> Sheet {
    let partial = if found.partial { ", PARTIAL: stopped before all were done" } else { "" };
    let title = format!(
        "{} as of {}, scenario {} ({}), {} paths of {} quarters, seed {}{partial}\n{}",
        found.case,
        found.as_of,
        found.scenario.id,
        found.scenario.title,
        found.paths,
        found.quarters.len(),
        found.seed,
        found.sentence,
    );
    let mut sheet = Sheet::new(title, &["outcome", "part of paths", "error"]);
    for row in &found.odds {
        let error = row.error.map_or(String::new(), |error| format!("± {:.2} %", error * 100.0));
        sheet.row([row.outcome.to_owned(), percent(row.part), error]);
    }
    sheet
}

fn decided(found: &OutlookAnswer) -> Sheet {
    let mut sheet = Sheet::new("Which line of the rule decided", &["outcome", "because", "part of paths"]);
    for row in &found.decided_by {
        sheet.row([row.outcome.to_owned(), row.line.to_owned(), percent(row.part)]);
    }
    sheet
}

fn parties(found: &OutlookAnswer) -> Sheet {
    let header = [
        "party",
        "defaults",
        "is first",
        "most often in",
        "revenue",
        "of it by vendor finance",
        "written off",
    ];
    let mut sheet = Sheet::new(format!("Core parties over the run, money in {}", found.unit), &header);
    for row in &found.parties {
        sheet.row([
            row.name.clone(),
            percent(row.defaults),
            percent(row.first),
            row.first_when.clone().unwrap_or_default(),
            format!("{:.1}", row.revenue),
            row.loop_dependent.map_or(String::new(), |loops| format!("{loops:.1}")),
            format!("{:.1}", row.losses),
        ]);
    }
    sheet
}

fn cascade(found: &OutlookAnswer) -> Sheet {
    let title = "Who brings down whom: defaults a path (one may default again after a haircut)";
    let mut sheet = Sheet::new(title, &["had not paid", "failed", "a path", "mean quarter"]);
    for edge in found.cascade.iter().filter(|edge| edge.rate >= 0.01) {
        let cause = edge.cause.as_deref().unwrap_or("(by itself)").to_owned();
        sheet.row([cause, edge.failed.clone(), format!("{:.2}", edge.rate), format!("{:.1}", edge.quarter)]);
    }
    sheet
}

/// Medians and ends at the last quarter of each year.
fn web(found: &OutlookAnswer) -> Sheet {
    let last: Vec<usize> = (0..found.quarters.len())
        .filter(|q| found.quarters[*q].ends_with("Q4") || q + 1 == found.quarters.len())
        .collect();
    let mut header = vec!["number"];
    header.extend(last.iter().map(|q| found.quarters[*q].as_str()));
    let mut sheet = Sheet::new("The web over the years: median (5 % to 95 % of paths)", &header);
    for fan in &found.fans {
        let cell = |q: &usize| {
            let all = fan.quantiles[*q];
            format!("{:.1} ({:.1} to {:.1})", all[2], all[0], all[4])
        };
        let cells: Vec<String> = std::iter::once(fan.meaning.clone()).chain(last.iter().map(cell)).collect();
        sheet.row(cells);
    }
    sheet
}

fn without_text(row: &WithoutRow) -> Sheet {
    let [bridge, correction, trap] = row.odds.map(percent);
    let text = format!(
        "The same paths without {}: bridge {bridge}, correction {correction}, debt trap {trap}; {} of the paths end otherwise",
        row.what,
        percent(row.changed)
    );
    Sheet::new(text, &[])
}

fn implied(found: &OutlookAnswer) -> Sheet {
    let mut sheet =
        Sheet::new("What the scenario comes to, drivers at their medians", &["what", "value", "unit", "how"]);
    for row in &found.implied {
        sheet.row([row.what.clone(), format!("{:.1}", row.value), row.unit.clone(), row.how.clone()]);
    }
    sheet
}

fn thresholds(found: &OutlookAnswer) -> Sheet {
    let header = ["when a threshold moves", "bridge", "correction", "debt trap"];
    let mut sheet = Sheet::new("How the odds move with the thresholds", &header);
    for row in &found.thresholds {
        let cells: Vec<String> =
            std::iter::once(row.threshold.clone()).chain(row.odds.map(percent)).collect();
        sheet.row(cells);
    }
    sheet
}

fn calibration(found: &OutlookAnswer) -> Sheet {
    let title = "Hindcast: from a year before, drivers at their medians, against what was reported since";
    let mut sheet = Sheet::new(title, &["what", "model", "reported", "off"]);
    for row in &found.calibration {
        let assumed = if row.assumed { " ~" } else { "" };
        let off = format!("{:+.0} %", row.off * 100.0);
        sheet.row([
            row.what.clone(),
            format!("{:.1}", row.model),
            format!("{:.1}{assumed}", row.reported),
            off,
        ]);
    }
    sheet
}

fn drivers(found: &OutlookAnswer) -> Sheet {
    let mut sheet = Sheet::new("What is assumed", &["driver", "range", "unit", "from"]);
    for row in &found.drivers {
        sheet.row([
            row.name.clone(),
            row.range.clone(),
            row.unit.clone(),
            from(&row.claims, &row.sources, row.assumed.as_deref()),
        ]);
    }
    for rule in &found.rules {
        let why =
            if rule.told { rule.assumed.as_deref() } else { Some("a default, explained in docs/outlook.md") };
        sheet.row([rule.name.to_owned(), rule.value.to_string(), "rule".into(), from(&rule.from, &[], why)]);
    }
    sheet
}

fn from(claims: &[String], sources: &[String], assumed: Option<&str>) -> String {
    let cited = claims.iter().chain(sources).cloned().collect::<Vec<_>>().join(", ");
    match assumed {
        Some(why) if cited.is_empty() => format!("judgement: {why}"),
        Some(why) => format!("{cited}; judgement: {why}"),
        None => cited,
    }
}

/// Every fan by quarter, for spreadsheets.
fn quarters(found: &OutlookAnswer) -> Sheet {
    let mut sheet = Sheet::new("", &["quarter", "series", "p5", "p25", "p50", "p75", "p95"]);
    let cash = found.cash.iter().map(|fan| (format!("cash:{}", fan.name), fan));
    let all: Vec<(String, &FanRow)> =
        found.fans.iter().map(|fan| (fan.name.clone(), fan)).chain(cash).collect();
    for (name, fan) in all {
        for (quarter, values) in found.quarters.iter().zip(&fan.quantiles) {
            let cells = [quarter.clone(), name.clone()];
            sheet.row(cells.into_iter().chain(values.map(|value| value.to_string())));
        }
    }
    sheet
}

fn replayed(found: &Replay) -> Vec<Sheet> {
    let drivers: Vec<String> =
        found.drivers.iter().map(|(name, value)| format!("{name} {value:.4}")).collect();
    let mut all =
        vec![Sheet::new(format!("Path {}: {}\n{}", found.path, found.outcome, drivers.join(", ")), &[])];
    for quarter in &found.quarters {
        all.push(matrix(
            format!("{}: who paid whom for what (outflow negative)", quarter.quarter),
            &quarter.flows,
        ));
        all.push(matrix(format!("{}: what each has and owes at the end", quarter.quarter), &quarter.balance));
    }
    all
}

fn matrix(title: String, found: &Matrix) -> Sheet {
    let mut header = vec!["what"];
    header.extend(found.columns.iter().map(String::as_str));
    let mut sheet = Sheet::new(title, &header);
    for (name, values) in &found.rows {
        let number = |value: &f64| if value.abs() < 5e-5 { String::new() } else { format!("{value:.3}") };
        let cells: Vec<String> = std::iter::once(name.clone()).chain(values.iter().map(number)).collect();
        sheet.row(cells);
    }
    sheet
}
