//! Where output goes: tables and data to stdout, progress and notes to stderr.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::Duration;

use abilene_ledger::Colour;
use indicatif::{ProgressBar, ProgressStyle};

use crate::args::Format;
use crate::table;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub enum Failure {
    /// Something is wrong with the input: exit code 1.
    Input(String),
    /// Something is wrong with the arguments: exit code 2.
    Usage(String),
    /// Nobody reads the output any more.
    Closed,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Closed,
            _ => Failure::Input(format!("cannot write the output: {error}")),
        }
    }
}

/// A table with a title, for reading and as CSV.
#[derive(Debug, Default)]
pub struct Sheet {
    /// What it shows; printed above the table, not in CSV.
    pub title: String,
    /// Names of the columns.
    pub header: Vec<String>,
    /// Rows, each as long as the header.
    pub rows: Vec<Vec<String>>,
    /// Columns that a narrow terminal may do without, the least important first.
    pub spare: Vec<&'static str>,
}

impl Sheet {
    /// A table with these columns.
    pub fn new(title: impl Into<String>, header: &[&str]) -> Sheet {
        Sheet {
            title: title.into(),
            header: header.iter().map(ToString::to_string).collect(),
            rows: Vec::new(),
            spare: Vec::new(),
        }
    }

    /// Names the columns that a narrow terminal may do without, the least important first.
    #[must_use]
    pub fn spare(mut self, columns: &[&'static str]) -> Sheet {
        self.spare = columns.to_vec();
        self
    }

    /// Adds a row.
    pub fn row<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }
}

/// Prints text to stdout.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Prints an answer as JSON.
pub fn json(answer: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(answer).map_err(|e| Failure::Input(e.to_string()))?;
    print(&format!("{text}\n"))
}

/// Prints tables for reading, or the first of them as CSV.
pub fn sheets(sheets: &[Sheet], format: Format) -> Result<(), Failure> {
    if format == Format::Csv {
        return sheets.first().map_or(Ok(()), csv_text);
    }
    let mut text = String::new();
    for sheet in sheets {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("{}\n", sheet.title));
        if !sheet.rows.is_empty() {
            text.push_str(&format!("{}\n", table::drawn(sheet, width())));
        }
    }
    print(&text)
}

fn csv_text(sheet: &Sheet) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written =
        std::iter::once(&sheet.header).chain(&sheet.rows).try_for_each(|row| writer.write_record(row));
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    print(&String::from_utf8_lossy(&bytes))
}

/// The width of the terminal; 120 where there is none.
fn width() -> u16 {
    terminal_size::terminal_size().map_or(120, |(width, _)| width.0)
}

/// Prints text to stderr. A reader that has gone is no reason to stop: notes are not what was asked for.
pub fn note(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Colours only for a terminal, and not where `NO_COLOR` is set to anything.
pub fn colour(stream: &impl io::IsTerminal) -> Colour {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let wanted = stream.is_terminal() && !refused;
    if wanted { Colour::Yes } else { Colour::No }
}

/// A moving sign on stderr while something takes its time; nothing where stderr is no terminal.
pub struct Progress(ProgressBar);

impl Progress {
    /// Starts it.
    pub fn start(what: &str) -> Progress {
        let bar = if io::stderr().is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress(bar)
    }

    /// Says what is done now.
    pub fn say(&self, what: &str) {
        self.0.set_message(what.to_owned());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// A bar on stderr for work of a known length, with its speed; nothing where stderr is no terminal.
pub struct Bar(ProgressBar);

impl Bar {
    /// Starts it; `what` is counted.
    pub fn start(what: &str) -> Bar {
        let bar = if io::stderr().is_terminal() { ProgressBar::new(1) } else { ProgressBar::hidden() };
        let template =
            format!("{{bar:30}} {{pos}} of {{len}} {what}, {{per_sec}} (Ctrl-C gives what is done)");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        Bar(bar)
    }

    /// So many are done.
    pub fn at(&self, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
