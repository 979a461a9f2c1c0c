//! The arguments, declared once: help and completions come from here.

use std::path::PathBuf;

use abilene_ledger::{Confidence, SCHEMAS};
use abilene_quantity::{Date, Decimal, Span, parse_date};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Follow the money round the loop: a web of deals as a plain-text, cited ledger.
#[derive(Debug, Parser)]
#[command(
    name = "abilene",
    version,
    about,
    after_help = "Start with `abilene new my-case`, or look at `abilene report cases/ai-buildout -o report.html`."
)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Every error and doubt in a case
    Check(CheckArgs),
    /// Loops, circulation, round-trip shares: of a case, or of any edge list with --edges
    Loops(Box<LoopsArgs>),
    /// Commitments against revenue, cash and financing, by year; the gap
    Cover(CoverArgs),
    /// Who pays what when not all can, and who fails with whom: of a network file or two tables
    Stress(StressArgs),
    /// Simulate to the horizon: how likely is each outcome, who fails first, which assumption decides?
    Outlook(OutlookArgs),
    /// One self-contained HTML file with all answers and their sources
    Report(ReportArgs),
    /// What was added, changed or withdrawn between two dates of knowledge
    Diff(DiffArgs),
    /// Propose deals and claims from documents: pages, texts, PDFs, in several languages
    Read(ReadArgs),
    /// Start a case that explains itself and passes `check`
    New(NewArgs),
    /// JSON Schemas of the case's files, for editors
    Schema(SchemaArgs),
    /// Completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// How to print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading
    #[default]
    Table,
    /// Everything, versioned
    Json,
    /// The main table
    Csv,
}

/// What is asked of a case, the same for every command.
#[derive(Clone, Debug, ClapArgs)]
pub struct CaseArgs {
    /// What had been published by then; the case's own date unless given
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
    /// Days of the payments: 2026..2030, 2025-Q3..2026-Q2 or 2025-09-22..2026-06-30
    #[arg(long, value_name = "FROM..TO", value_parser = span)]
    pub span: Option<Span>,
    /// Leave out what has no source
    #[arg(long, conflicts_with = "min_confidence")]
    pub sourced_only: bool,
    /// Leave out records below this confidence: high, medium, low or memory
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence)]
    pub min_confidence: Option<Confidence>,
}

/// `abilene check`.
#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    /// The case's folder
    pub case: PathBuf,
    /// Show each doubt (unsourced, assumed, undated), not only how many there are
    #[arg(long)]
    pub doubts: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `abilene loops`.
#[derive(Debug, ClapArgs)]
pub struct LoopsArgs {
    /// The case's folder
    #[arg(required_unless_present = "edges", conflicts_with = "edges")]
    pub case: Option<PathBuf>,
    /// What is asked of the case
    #[command(flatten)]
    pub ask: CaseArgs,
    /// An edge list instead of a case: from,to,amount[,id][,date]
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["as_of", "span", "sourced_only", "min_confidence"])]
    pub edges: Option<PathBuf>,
    /// Flows from and to the outside: party,in,out
    #[arg(long, value_name = "FILE.csv", requires = "edges")]
    pub outside: Option<PathBuf>,
    /// Opening balances for --in-time: party,balance
    #[arg(long, value_name = "FILE.csv", requires = "edges")]
    pub opening: Option<PathBuf>,
    /// Longest loop listed, in parties (6 for a case, no bound for an edge list of up to 1,000 edges, else 6)
    #[arg(long, value_name = "N")]
    pub max_length: Option<usize>,
    /// Most loops listed; 0 lists none (40 for a case, 100 for an edge list)
    #[arg(long, value_name = "N")]
    pub max_loops: Option<usize>,
    /// List loops by single edges instead of by parties
    #[arg(long, requires = "edges")]
    pub by_edge: bool,
    /// Each edge's least and most circulating amount over all optima
    #[arg(long, requires = "edges")]
    pub ranges: bool,
    /// Each party's least and most returned amount over all tracings
    #[arg(long, requires = "edges")]
    pub bounds: bool,
    /// Loops and returns in which each payment can have funded the next
    #[arg(long, requires = "edges")]
    pub in_time: bool,
    /// Let payments of one day follow each other
    #[arg(long, requires = "in_time")]
    pub same_day: bool,
    /// Longest time from first to last payment of a loop
    #[arg(long, value_name = "DAYS", requires = "in_time")]
    pub window: Option<i32>,
    /// Whose money reaches whom, between these parties
    #[arg(long, value_name = "A,B,…", value_delimiter = ',', requires = "edges")]
    pub matrix: Vec<String>,
    /// Leave out round-trip shares and the Finn index: on webs of a million payments they take minutes
    #[arg(long, requires = "edges")]
    pub no_tracing: bool,
    /// Also reciprocity, trophic incoherence and the circular share of the Hodge decomposition
    #[arg(long, requires = "edges")]
    pub all_measures: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `abilene cover`.
#[derive(Debug, ClapArgs)]
pub struct CoverArgs {
    /// The case's folder
    pub case: PathBuf,
    /// What is asked of it
    #[command(flatten)]
    pub ask: CaseArgs,
    /// Only this party
    #[arg(long, value_name = "ID")]
    pub party: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `abilene stress`.
#[derive(Debug, ClapArgs)]
pub struct StressArgs {
    /// The case's folder
    #[arg(required_unless_present_any = ["network", "edges"], conflicts_with_all = ["network", "edges", "nodes"])]
    pub case: Option<PathBuf>,
    /// What had been published by then; the case's own date unless given
    #[arg(long, value_name = "DATE", value_parser = date, requires = "case")]
    pub as_of: Option<Date>,
    /// Leave out what has no source
    #[arg(long, conflicts_with = "min_confidence", requires = "case")]
    pub sourced_only: bool,
    /// Leave out records below this confidence: high, medium, low or memory
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence, requires = "case")]
    pub min_confidence: Option<Confidence>,
    /// Receipts from outside the web change, as in openai:revenue=-50%; several happen at once
    #[arg(long, value_name = "PARTY:revenue=±N%", requires = "case")]
    pub shock: Vec<String>,
    /// The party's own means are gone; several at once
    #[arg(long, value_name = "PARTY", requires = "case")]
    pub default: Vec<String>,
    /// Each member of the web defaults in turn: the matrix of who falls when one falls
    #[arg(long, requires = "case", conflicts_with_all = ["shock", "default"])]
    pub all_singles: bool,
    /// Dues and receipts of how many quarters after the date of knowledge
    #[arg(long, value_name = "N[q]", value_parser = quarters, default_value = "4q")]
    pub horizon: u8,
    /// A network file, which says by itself what is to be computed
    #[arg(long, value_name = "FILE.json", conflicts_with_all = ["edges", "nodes"])]
    pub network: Option<PathBuf>,
    /// For large networks: debtor,creditor,amount[,seniority]; the creditor may be `outside`
    #[arg(long, value_name = "FILE.csv", requires = "nodes")]
    pub edges: Option<PathBuf>,
    /// For large networks: id,outside_assets[,alpha][,beta]
    #[arg(long, value_name = "FILE.csv", requires = "edges")]
    pub nodes: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `abilene outlook`.
#[derive(Debug, ClapArgs)]
pub struct OutlookArgs {
    /// The case's folder
    #[arg(required_unless_present = "world")]
    pub case: Option<PathBuf>,
    /// A bare world instead of a case: one path, every leg in every quarter (docs/model.md)
    #[arg(long, value_name = "FILE.json", conflicts_with_all = ["case", "as_of", "sourced_only", "min_confidence",
        "scenario", "paths", "to", "seed", "without", "odds_only", "path"])]
    pub world: Option<PathBuf>,
    /// What had been published by then; the case's own date unless given
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
    /// Leave out what has no source
    #[arg(long, conflicts_with = "min_confidence")]
    pub sourced_only: bool,
    /// Leave out records below this confidence: high, medium, low or memory
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence)]
    pub min_confidence: Option<Confidence>,
    /// A scenario of the case; `base` unless given
    #[arg(long, value_name = "ID")]
    pub scenario: Option<String>,
    /// How many futures, rounded up to 16 times a power of two
    #[arg(long, value_name = "N", default_value_t = 65_536, value_parser = clap::value_parser!(u64).range(1..=1 << 32))]
    pub paths: u64,
    /// Last year, or last day
    #[arg(long, value_name = "YEAR", value_parser = last_day)]
    pub to: Option<Date>,
    /// Seed of all luck: the same seed gives the same bytes
    #[arg(long, value_name = "K", default_value_t = 1)]
    pub seed: u64,
    /// The same paths without something: deal:ID (vendor finance is always compared)
    #[arg(long, value_name = "deal:ID")]
    pub without: Option<String>,
    /// Also write Parquet tables into this folder: every path with its assumptions, every fan by quarter; with --path
    /// every payment of that path
    #[arg(long, value_name = "FOLDER", conflicts_with = "world")]
    pub tables: Option<PathBuf>,
    /// Only the odds, fans and cascade: no indices, box, break-even and calibration
    #[arg(long)]
    pub odds_only: bool,
    /// Replay one path, quarter by quarter, with its matrices
    #[arg(long, value_name = "NUMBER")]
    pub path: Option<u64>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `abilene report`.
#[derive(Debug, ClapArgs)]
pub struct ReportArgs {
    /// The case's folder
    pub case: PathBuf,
    /// What is asked of it
    #[command(flatten)]
    pub ask: CaseArgs,
    /// The file to write; `-` prints the page
    #[arg(short, long, value_name = "FILE", default_value = "report.html")]
    pub output: PathBuf,
    /// `json` prints the answers instead of writing the page
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `abilene diff`.
#[derive(Debug, ClapArgs)]
pub struct DiffArgs {
    /// The case's folder
    pub case: PathBuf,
    /// What was known on this day …
    #[arg(value_parser = date)]
    pub before: Date,
    /// … against what was known on this one
    #[arg(value_parser = date)]
    pub after: Date,
    /// Leave out what has no source
    #[arg(long, conflicts_with = "min_confidence")]
    pub sourced_only: bool,
    /// Leave out records below this confidence: high, medium, low or memory
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence)]
    pub min_confidence: Option<Confidence>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `abilene read`.
#[derive(Debug, ClapArgs)]
pub struct ReadArgs {
    /// Saved pages, texts or PDFs; `-` reads from stdin
    #[arg(required = true, value_name = "DOC")]
    pub documents: Vec<PathBuf>,
    /// A name for the document, for citing; its file name unless given
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// The day of the document, where its text does not tell it
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Compare with this case, whose names and aliases are then known
    #[arg(long, value_name = "CASE")]
    pub case: Option<PathBuf>,
    /// Go through the proposals one at a time and write what is accepted into the case
    #[arg(long, requires = "case", conflicts_with = "format")]
    pub review: bool,
    /// Write every proposal of at least this confidence (0 to 1) into the case, without asking
    #[arg(long, value_name = "CONFIDENCE", requires = "case", conflicts_with = "review")]
    pub accept_all_above: Option<Decimal>,
    /// Also ask a model at this OpenAI-compatible address; it may only point at what the rules found
    #[arg(long, value_name = "URL")]
    pub model: Option<String>,
    /// The name of the model
    #[arg(long, value_name = "NAME", requires = "model", default_value = "default")]
    pub model_name: String,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `abilene new`.
#[derive(Debug, ClapArgs)]
pub struct NewArgs {
    /// A new or empty folder
    pub folder: PathBuf,
    /// A worked example instead of the template
    #[arg(long, value_name = "NAME", value_parser = ["triangle"])]
    pub example: Option<String>,
}

/// `abilene schema`.
#[derive(Debug, ClapArgs)]
pub struct SchemaArgs {
    /// The file kind; all of them when absent
    #[arg(value_parser = SCHEMAS)]
    pub kind: Option<String>,
    /// Write the schemas into this folder instead of printing
    #[arg(short, long, value_name = "FOLDER")]
    pub output: Option<PathBuf>,
}

fn date(text: &str) -> Result<Date, String> {
    parse_date(text).ok_or_else(|| String::from("expected a date such as 2025-10-01"))
}

fn span(text: &str) -> Result<Span, String> {
    text.parse().map_err(|error: abilene_quantity::SpanError| error.to_string())
}

fn last_day(text: &str) -> Result<Date, String> {
    let year = text.parse::<i16>().ok().filter(|year| (1900..=9999).contains(year));
    let day = year.map(|year| Span::year(year).to).or_else(|| parse_date(text));
    day.ok_or_else(|| String::from("expected a year such as 2030, or a day"))
}

fn quarters(text: &str) -> Result<u8, String> {
    let number = text.strip_suffix('q').unwrap_or(text).parse().ok().filter(|n| (1..=40).contains(n));
    number.ok_or_else(|| String::from("expected 1 to 40 quarters, such as 4q"))
}

fn confidence(text: &str) -> Result<Confidence, String> {
    let known = Confidence::ALL.iter().find(|confidence| confidence.text() == text);
    known.copied().ok_or_else(|| String::from("expected high, medium, low or memory"))
}
