//! Diagnostics: what is wrong or doubtful in what the author wrote, where, and how to mend it.

use std::fmt::Write as _;

use ariadne::{Config, IndexType, Label, Report, ReportKind};
use serde_json::{Value, json};

use crate::text::{Files, Mark, floor_boundary};

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $text:literal, $severity:ident;)*) => {
        /// The kind of a diagnostic. The code is stable; `tests/errors` holds an exhibit of each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])* $name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// The code as printed, such as `E010`.
            pub fn text(self) -> &'static str {
                match self { $(Code::$name => $text),* }
            }

            /// How grave it is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity),* }
            }
        }
    };
}

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The case cannot be used until it is mended.
    Error,
    /// Probably a slip; the case can be used.
    Warning,
    /// Not a mistake: a number that stands on weak ground.
    Doubt,
}

impl Severity {
    /// `error`, `warning` or `doubt`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Doubt => "doubt",
        }
    }
}

codes! {
    /// The file is not TOML.
    Syntax = "E001", Error;
    /// A key that is not known here.
    UnknownKey = "E002", Error;
    /// A key that must be there is not.
    MissingKey = "E003", Error;
    /// A value of the wrong type.
    WrongType = "E004", Error;
    /// A word that is not in the list of words allowed here.
    UnknownWord = "E005", Error;
    /// An amount that cannot be read, most often one without its unit.
    BadAmount = "E006", Error;
    /// A unit that does not fit, such as gigawatts where money is meant.
    WrongUnit = "E007", Error;
    /// A date, period or rate that cannot be read.
    BadDate = "E008", Error;
    /// A party that the case does not know.
    UnknownParty = "E010", Error;
    /// A source that the case does not know.
    UnknownSource = "E011", Error;
    /// A leg that the deal does not have.
    UnknownLeg = "E012", Error;
    /// A recipe that the case does not know.
    UnknownRecipe = "E013", Error;
    /// A scenario, claim or driver that the case does not know.
    UnknownScenario = "E015", Error;
    /// Two things with one id.
    DuplicateId = "E014", Error;
    /// A party that pays itself.
    SelfPayment = "E020", Error;
    /// Dates that run backwards.
    DatesOutOfOrder = "E021", Error;
    /// A schedule whose parts do not add up to the amount.
    ScheduleSum = "E022", Error;
    /// A share of more than the whole.
    ShareOverWhole = "E023", Error;
    /// A currency without an exchange rate to the case's own.
    NoRate = "E024", Error;
    /// A leg that is known before any state told of it.
    KnownTooEarly = "E025", Error;
    /// A local file that a source names and that is not there.
    MissingFile = "E026", Error;
    /// A deal without a leg or without a state.
    EmptyDeal = "E027", Error;
    /// A range whose numbers do not make its shape.
    BadRange = "E028", Error;
    /// A source that nothing cites.
    UnusedSource = "W101", Warning;
    /// Two sources, one figure, two values.
    Conflict = "W102", Warning;
    /// An assumption about the future without a source, a claim or a reason.
    NoReason = "W103", Warning;
    /// A party that takes part in nothing.
    UnusedParty = "D204", Doubt;
    /// A state, figure or claim without a source.
    Unsourced = "D201", Doubt;
    /// A number or date that is assumed.
    Assumed = "D202", Doubt;
    /// Money that is promised but not laid on any date.
    Undated = "D203", Doubt;
}

/// One thing about one place, with a remedy.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What kind of thing.
    pub code: Code,
    /// What is the matter, in a sentence.
    pub message: String,
    /// Where.
    pub mark: Mark,
    /// A word beside the place; may be empty.
    pub label: String,
    /// Other places that belong to it.
    pub related: Vec<(Mark, String)>,
    /// How to mend it; may be empty for doubts.
    pub help: String,
}

impl Diagnostic {
    pub(crate) fn new(code: Code, mark: Mark, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            message: message.into(),
            mark,
            label: String::new(),
            related: Vec::new(),
            help: String::new(),
        }
    }

    pub(crate) fn label(mut self, text: impl Into<String>) -> Diagnostic {
        self.label = text.into();
        self
    }

    pub(crate) fn help(mut self, text: impl Into<String>) -> Diagnostic {
        self.help = text.into();
        self
    }

    pub(crate) fn related(mut self, mark: Mark, text: impl Into<String>) -> Diagnostic {
        self.related.push((mark, text.into()));
        self
    }
}

/// Whether a rendering may use terminal colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Escape codes for a terminal.
    Yes,
    /// Plain text.
    No,
}

/// The diagnostic as text: the message, the place, the line, the remedy.
pub fn render(diagnostic: &Diagnostic, files: &Files, colour: Colour) -> String {
    let kind = match diagnostic.code.severity() {
        Severity::Error => ReportKind::Error,
        Severity::Warning => ReportKind::Warning,
        Severity::Doubt => ReportKind::Advice,
    };
    let config = Config::default().with_color(colour == Colour::Yes).with_index_type(IndexType::Byte);
    let span = |mark: Mark| {
        let file = files.get(mark.file);
        let (path, text) = file.map_or(("", ""), |f| (f.path.as_str(), f.text.as_str()));
        let start = floor_boundary(text, mark.start as usize);
        (path.to_owned(), start..floor_boundary(text, mark.end as usize).max(start))
    };
    let main = span(diagnostic.mark);
    let label = if diagnostic.label.is_empty() { "here" } else { &diagnostic.label };
    let mut report = Report::build(kind, main.clone())
        .with_config(config)
        .with_code(diagnostic.code.text())
        .with_message(&diagnostic.message)
        .with_label(Label::new(main).with_message(label));
    for (mark, text) in &diagnostic.related {
        report = report.with_label(Label::new(span(*mark)).with_message(text));
    }
    if !diagnostic.help.is_empty() {
        report = report.with_help(&diagnostic.help);
    }
    let mut out = Vec::new();
    // Only the files that the diagnostic shows are indexed: a case of many megabytes stays quick.
    let shown = std::iter::once(diagnostic.mark).chain(diagnostic.related.iter().map(|(mark, _)| *mark));
    let mut cache = ariadne::sources(
        shown.filter_map(|mark| files.get(mark.file)).map(|f| (f.path.clone(), f.text.as_str())),
    );
    match report.finish().write(&mut cache, &mut out) {
        Ok(()) => String::from_utf8_lossy(&out).into_owned(),
        Err(_) => plain(diagnostic, files),
    }
}

/// Without the line: what is left when the file cannot be shown.
fn plain(diagnostic: &Diagnostic, files: &Files) -> String {
    let at = files.locate(diagnostic.mark);
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{}[{}]: {} ({}:{}:{})",
        diagnostic.code.severity().word(),
        diagnostic.code.text(),
        diagnostic.message,
        at.path,
        at.line,
        at.column
    );
    text
}

/// The diagnostic as a JSON object: `code`, `severity`, `message`, `path`, `line`, `column`, `help`, `related`.
pub fn to_json(diagnostic: &Diagnostic, files: &Files) -> Value {
    let place = |mark: Mark| {
        let at = files.locate(mark);
        json!({"path": at.path, "line": at.line, "column": at.column})
    };
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .map(|(mark, text)| json!({"place": place(*mark), "message": text}))
        .collect();
    let at = files.locate(diagnostic.mark);
    json!({
        "code": diagnostic.code.text(),
        "severity": diagnostic.code.severity().word(),
        "message": diagnostic.message,
        "path": at.path,
        "line": at.line,
        "column": at.column,
        "label": diagnostic.label,
        "help": diagnostic.help,
        "related": related,
    })
}
