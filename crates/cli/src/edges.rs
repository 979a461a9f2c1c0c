//! `abilene loops --edges`: the measures on a bare list of payments.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use abilene::network::{
    NetworkAnswer, NetworkOptions, Order, Payments, Tracing, measure, read_edges, read_opening, read_outside,
};

use crate::args::{Format, LoopsArgs};
use crate::output::{Failure, Progress, Sheet, json, sheets};

/// Above this many edges an unbounded list of loops would not end.
const SMALL: usize = 1_000;
/// From this many edges on, round-trip shares take long.
const LARGE: usize = 100_000;

pub fn run(args: &LoopsArgs) -> Result<ExitCode, Failure> {
    let progress = Progress::start("reading the payments");
    let payments = read(args)?;
    progress.say(if payments.edges.len() > LARGE && !args.no_tracing {
        "measuring; round-trip shares take minutes at this size, --no-tracing leaves them out"
    } else {
        "measuring"
    });
    let small = payments.edges.len() <= SMALL;
    let options = NetworkOptions {
        max_length: args.max_length.or(if small { None } else { Some(6) }),
        max_loops: Some(args.max_loops.unwrap_or(100)),
        by_edge: args.by_edge,
        ranges: args.ranges,
        bounds: args.bounds,
        in_time: args.in_time,
        order: if args.same_day { Order::SameDay } else { Order::ByDay },
        window_days: args.window,
        tracing: if args.no_tracing { Tracing::LeftOut } else { Tracing::Computed },
        matrix: args.matrix.clone(),
        all_measures: args.all_measures,
    };
    let answer = measure(&payments, &options).map_err(Failure::Usage)?;
    drop(progress);
    match args.format {
        Format::Json => json(&answer)?,
        format => sheets(&tables(&answer), format)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn read(args: &LoopsArgs) -> Result<Payments, Failure> {
    let text = |path: &Path| {
        fs::read_to_string(path).map_err(|e| Failure::Input(format!("cannot read {}: {e}", path.display())))
    };
    let wrong = |path: &Path, error: abilene::network::InputError| {
        Failure::Input(format!("{}: {error}", path.display()))
    };
    let Some(edges) = &args.edges else { return Err(Failure::Usage("no edge list".into())) };
    let mut payments = read_edges(&text(edges)?).map_err(|e| wrong(edges, e))?;
    if let Some(path) = &args.outside {
        read_outside(&mut payments, &text(path)?).map_err(|e| wrong(path, e))?;
    }
    if let Some(path) = &args.opening {
        read_opening(&mut payments, &text(path)?).map_err(|e| wrong(path, e))?;
    }
    Ok(payments)
}

fn tables(answer: &NetworkAnswer) -> Vec<Sheet> {
    let mut parties = Sheet::new(
        format!(
            "{} parties, {} payments, {} in all; {} circulates ({:.1} %); Finn index {}",
            answer.parties.len(),
            answer.circulation.edges.len(),
            answer.gross,
            answer.circulation.total,
            answer.circulation.share * 100.0,
            answer.finn.as_ref().map_or_else(|| "left out".into(), |finn| format!("{:.4}", finn.index))
        ),
        &["party", "net", "throughflow", "returned", "share of receipts", "least", "most", "rank"],
    );
    for party in &answer.parties {
        parties.row([
            party.id.clone(),
            party.net.clone(),
            party.throughflow.clone(),
            party.returned.map_or(String::new(), |returned| format!("{returned:.2}")),
            party.share_of_receipts.map_or(String::new(), |share| format!("{:.1} %", share * 100.0)),
            party.least.clone().unwrap_or_default(),
            party.most.clone().unwrap_or_default(),
            party.rank.to_string(),
        ]);
    }
    let all = if answer.loops.complete { "all of them" } else { "there are more" };
    let mut loops =
        Sheet::new(format!("Loops by what can go all the way round ({all})"), &["can go round", "parties"]);
    for item in &answer.loops.items {
        loops.row([item.bottleneck.clone(), item.parties.join(" → ")]);
    }
    let mut sheets = vec![parties, loops];
    if let Some(time) = &answer.in_time {
        let mut sheet = Sheet::new(
            format!("In time: {} loops, {} payments without a date", time.loops.len(), time.undated.len()),
            &["party", "returned", "receipts", "most"],
        );
        for party in &time.parties {
            sheet.row([
                party.id.clone(),
                format!("{:.2}", party.returned),
                party.receipts.clone(),
                party.most.clone(),
            ]);
        }
        sheets.push(sheet);
    }
    sheets
}
