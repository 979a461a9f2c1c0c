//! `abilene report`.

use std::process::ExitCode;

use abilene::{app, report as answer};
use abilene_ledger::edit;

use crate::args::{Format, ReportArgs};
use crate::ask;
use crate::output::{Failure, Progress, json, note, print};

pub fn run(args: &ReportArgs) -> Result<ExitCode, Failure> {
    if args.format == Format::Csv {
        return Err(Failure::Usage(
            "a report has no one table: use --format json, or `loops` and `cover` with --format csv".into(),
        ));
    }
    if args.output.extension().is_some_and(|end| end == "toml") {
        return Err(Failure::Usage(format!(
            "{} would overwrite a file of a case: name an .html file",
            args.output.display()
        )));
    }
    let folder = args.output.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| args.format == Format::Table && !folder.is_dir()) {
        let folder = folder.display();
        return Err(Failure::Input(format!(
            "there is no folder {folder} to write the page into: make it first"
        )));
    }
    let progress = Progress::start("reading the case");
    let loaded = ask::open(&args.case)?;
    progress.say("answering");
    let question = ask::question(&loaded.book, &args.ask);
    let found = answer(&question, &loaded.diagnostics);
    if args.format == Format::Json {
        drop(progress);
        json(&found)?;
        return Ok(ExitCode::SUCCESS);
    }
    progress.say("writing the page");
    let page = abilene_report::page(&found, &app(&question, &found))
        .map_err(|error| Failure::Input(format!("the answers cannot be written: {error}")))?;
    if args.output.as_os_str() == "-" {
        drop(progress);
        print(&page)?;
        return Ok(ExitCode::SUCCESS);
    }
    edit::write(&args.output, &page).map_err(|error| Failure::Input(error.to_string()))?;
    drop(progress);
    for headline in &found.headlines {
        note(&format!("{} {}\n", headline.question, headline.sentence));
    }
    note(&format!("wrote {} ({} KB)\n", args.output.display(), page.len() / 1024));
    Ok(ExitCode::SUCCESS)
}
