//! `abilene stress` on a case: who falls when one falls.

use std::path::Path;
use std::process::ExitCode;

use abilene::stress::{CaseStress, Event, Ground, Shock, Stand, StressPlan, Verdict, stress_case};
use abilene::{Ask, percent};
use abilene_ledger::Book;

use crate::args::{Format, StressArgs};
use crate::ask;
use crate::output::{Failure, Progress, Sheet, json, sheets};

pub fn run(case: &Path, args: &StressArgs) -> Result<ExitCode, Failure> {
    let loaded = ask::open(case)?;
    let plain = Ask::of(&loaded.book);
    let caveat = ask::caveat(args.sourced_only, args.min_confidence);
    let question = Ask { as_of: args.as_of.unwrap_or(plain.as_of), caveat, ..plain };
    let plan = plan(&question, args)?;
    let progress = Progress::start("clearing");
    let found = stress_case(&question, &plan).map_err(|error| Failure::Input(error.to_string()))?;
    drop(progress);
    match args.format {
        Format::Json => json(&found)?,
        Format::Csv => sheets(&[all_stands(&found)], Format::Csv)?,
        Format::Table => sheets(&tables(&found, args.all_singles), Format::Table)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn plan(question: &Ask, args: &StressArgs) -> Result<StressPlan, Failure> {
    if args.all_singles {
        return Ok(StressPlan::all_singles(question, args.horizon));
    }
    let book: &Book = question.book;
    let revenues = args.shock.iter().map(|text| Shock::parse(text, book));
    let defaults = args.default.iter().map(|party| Shock::default_of(party, book));
    let shocks: Vec<Shock> = revenues.chain(defaults).collect::<Result<_, _>>().map_err(Failure::Usage)?;
    let events = if shocks.is_empty() { Vec::new() } else { vec![shocks] };
    Ok(StressPlan { quarters: args.horizon, events })
}

fn tables(found: &CaseStress, all_singles: bool) -> Vec<Sheet> {
    let mut all = vec![unshocked(found)];
    if all_singles {
        all.push(matrix(found));
    } else {
        for event in &found.shocks {
            all.extend(event_sheets(event));
        }
    }
    all.push(levers(found));
    all.push(means(found));
    all.push(assumptions(found));
    for note in &found.notes {
        all.push(Sheet::new(note, &[]));
    }
    all
}

const HEADER: [&str; 8] = ["party", "verdict", "round", "owes", "pays", "of it", "receives", "loses"];

fn unshocked(found: &CaseStress) -> Sheet {
    let failing = found.unshocked.parties.iter().filter(|stand| stand.verdict != Verdict::Holds).count();
    let title = format!(
        "{} as of {}, dues of {} to {}, in {}. Nobody shocked: {}{}",
        found.case,
        found.as_of,
        found.from,
        found.to,
        found.unit,
        if failing == 0 { "all pay in full all over the ranges" } else { "these cannot or may not pay" },
        several(found.unshocked.unique),
    );
    stand_sheet(title, found.unshocked.parties.iter())
}

fn several(unique: bool) -> &'static str {
    if unique { "" } else { "; there are several solutions, and this is the one in which most is paid" }
}

fn stand_sheet<'a>(title: String, stands: impl Iterator<Item = &'a Stand>) -> Sheet {
    let mut sheet = Sheet::new(title, &HEADER).spare(&["receives", "of it"]);
    stands.for_each(|stand| sheet.row(cells(stand)));
    if sheet.rows.is_empty() { Sheet::new(sheet.title, &[]) } else { sheet }
}

fn cells(stand: &Stand) -> [String; 8] {
    let flips = if stand.flips.is_empty() { String::new() } else { format!(": {}", stand.flips.join(", ")) };
    [
        format!("{}{}", stand.name, if stand.struck { " (struck)" } else { "" }),
        format!("{}{flips}", stand.verdict.text()),
        stand.round.map_or(String::new(), |round| round.to_string()),
        stand.owes.number.clone(),
        stand.pays.number.clone(),
        stand.recovery.map_or(String::new(), percent),
        stand.receives.number.clone(),
        stand.loses.number.clone(),
    ]
}

/// First and later rounds apart, then those who only lose, then the tree in words.
fn event_sheets(event: &Event) -> Vec<Sheet> {
    let title = format!(
        "{}: others in the web lose {} ({} to {} over the ranges), the outside {}{}",
        event.title,
        event.lost.text,
        event.lost_range[0].number,
        event.lost_range[1].number,
        event.lost_outside.text,
        several(event.unique),
    );
    let first = event.parties.iter().filter(|stand| stand.round == Some(1) || stand.struck);
    let later = event.parties.iter().filter(|stand| stand.round > Some(1) && !stand.struck);
    let others = event.parties.iter().filter(|stand| stand.round.is_none() && !stand.struck);
    let mut all = vec![stand_sheet(format!("{title}. Struck, or failing though all others pay"), first)];
    let later = stand_sheet("Failing because others do not pay".into(), later);
    let others = stand_sheet("Losing, and paying all they owe".into(), others);
    all.extend([later, others].into_iter().filter(|sheet| !sheet.rows.is_empty()));
    if !event.told.is_empty() {
        all.push(Sheet::new(format!("Who brings down whom\n{}", event.told.join("\n")), &[]));
    }
    all
}

/// If this one has nothing left, these lose: a row for each, worst first.
fn matrix(found: &CaseStress) -> Sheet {
    let title =
        format!("If one of them has nothing of its own left, others in the web lose, in {}", found.unit);
    let header = [
        "struck",
        "others lose",
        "over the ranges",
        "the outside loses",
        "fail with it",
        "may fail",
        "who loses most",
    ];
    let mut sheet = Sheet::new(title, &header).spare(&["over the ranges", "the outside loses", "may fail"]);
    let mut events: Vec<&Event> = found.shocks.iter().filter(|event| !event.lost.value.is_zero()).collect();
    events.sort_by_key(|event| std::cmp::Reverse(event.lost.value));
    for event in events {
        let struck = event.parties.iter().find(|stand| stand.struck).map_or("", |stand| stand.name.as_str());
        let among = |verdict: Verdict| {
            let found = event.parties.iter().filter(|stand| !stand.struck && stand.because);
            found
                .filter(|stand| stand.verdict == verdict)
                .map(|stand| stand.name.as_str())
                .collect::<Vec<_>>()
        };
        let mut losers: Vec<&Stand> =
            event.parties.iter().filter(|stand| !stand.loses.value.is_zero()).collect();
        losers.sort_by_key(|stand| std::cmp::Reverse(stand.loses.value));
        let losers: Vec<String> =
            losers.iter().take(3).map(|stand| format!("{} {}", stand.name, stand.loses.number)).collect();
        sheet.row([
            struck.to_owned(),
            event.lost.number.clone(),
            format!("{} to {}", event.lost_range[0].number, event.lost_range[1].number),
            event.lost_outside.number.clone(),
            among(Verdict::Fails).join(", "),
            among(Verdict::Undecided).join(", "),
            losers.join(", "),
        ]);
    }
    sheet
}

fn levers(found: &CaseStress) -> Sheet {
    let header =
        ["assumption", "low", "taken", "high", "flips", "moves losses by", "shown", "why this range"];
    let mut sheet = Sheet::new("Assumptions on the whole web, the one that moves most first", &header)
        .spare(&["why this range", "shown"]);
    for row in &found.levers {
        let range = &row.range;
        sheet.row([
            range.name.to_owned(),
            range.low.to_string(),
            range.central.to_string(),
            range.high.to_string(),
            row.flips.to_string(),
            row.moves.number.clone(),
            if row.shown { "yes" } else { "" }.to_owned(),
            range.reason.to_owned(),
        ]);
    }
    sheet
}

fn means(found: &CaseStress) -> Sheet {
    let header = ["party", "own means", "owed to it", "owes"];
    let mut sheet = Sheet::new(format!("What they have and owe, in {}", found.unit), &header);
    for party in &found.parties {
        let cells = [&party.name, &party.own_means.number, &party.owed.number, &party.owes.number];
        sheet.row(cells.map(String::clone));
    }
    sheet
}

/// Every number that stands on an assumption, and those that are reported with where.
fn assumptions(found: &CaseStress) -> Sheet {
    let header = ["party", "what", "value", "from"];
    let mut sheet = Sheet::new("What that stands on", &header);
    for party in &found.parties {
        for item in &party.items {
            sheet.row([party.name.clone(), item.name.to_owned(), item.text.clone(), ground(item)]);
        }
    }
    sheet
}

fn ground(item: &Ground) -> String {
    let period = item.period.as_deref().unwrap_or("");
    match (&item.assumed, item.sources.is_empty()) {
        (Some(why), _) => format!("assumed: {why}"),
        (None, true) => format!("{period}, no source"),
        (None, false) => format!("{period}, {}", item.sources.join(", ")),
    }
}

/// Everything by shock and party, for spreadsheets.
fn all_stands(found: &CaseStress) -> Sheet {
    let header = [
        "shock",
        "party",
        "struck",
        "verdict",
        "round",
        "fails_anyway",
        "owes",
        "pays",
        "owed",
        "receives",
        "loses",
    ];
    let mut sheet = Sheet::new("", &header);
    for event in std::iter::once(&found.unshocked).chain(&found.shocks) {
        for stand in &event.parties {
            sheet.row([
                event.struck.join(" "),
                stand.party.clone(),
                stand.struck.to_string(),
                stand.verdict.text().to_owned(),
                stand.round.map_or(String::new(), |round| round.to_string()),
                stand.fails_anyway.to_string(),
                stand.owes.value.to_string(),
                stand.pays.value.to_string(),
                stand.owed.value.to_string(),
                stand.receives.value.to_string(),
                stand.loses.value.to_string(),
            ]);
        }
    }
    sheet
}
