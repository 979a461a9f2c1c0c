//! The `abilene` command: it reads arguments, asks [`abilene`], and lays the answer out. It computes nothing.
//!
//! Exit codes: 0 done, 1 the input has errors, 2 wrong usage.

mod args;
mod ask;
mod check;
mod cover;
mod diff;
mod edges;
mod falls;
mod loops;
mod outlook;
mod outlook_tables;
mod output;
mod read;
mod report;
mod review;
mod start;
mod stress;
mod table;
mod world;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use crate::args::{Args, Command};
use crate::output::{Failure, note};

fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args) {
        Ok(code) => code,
        // A reader that has gone (`| head`) is no mistake of the input.
        Err(Failure::Closed) => ExitCode::SUCCESS,
        Err(Failure::Input(message)) => {
            note(&format!("error: {message}\n"));
            ExitCode::from(1)
        }
        Err(Failure::Usage(message)) => {
            note(&format!("error: {message}\n"));
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::Check(check) => check::run(check),
        Command::Loops(loops) => loops::run(loops),
        Command::Cover(cover) => cover::run(cover),
        Command::Stress(args) => stress::run(args),
        Command::Outlook(args) => outlook::run(args),
        Command::Report(report) => report::run(report),
        Command::Diff(diff) => diff::run(diff),
        Command::Read(args) => read::run(args),
        Command::New(new) => start::new(new),
        Command::Schema(schema) => start::schema(schema),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Args::command(), "abilene", &mut script);
            output::print(&String::from_utf8_lossy(&script))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}
