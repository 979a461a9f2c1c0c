//! `abilene read`: documents to proposals, printed, compared with a case, or written into it.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use abilene_ledger::Loaded;
use abilene_quantity::grouped;
use abilene_reader::accept::{Acceptor, Done};
use abilene_reader::out::{ClaimOut, DealOut};
use abilene_reader::{Answer, Document, Options, ReadError, Reading, against, cached, model, read};

use crate::args::{Format, ReadArgs};
use crate::ask::open;
use crate::output::{Failure, Sheet, json, note, print, sheets};
use crate::review;

/// Proposals below this are listed as doubtful, in percent.
const THRESHOLD: u8 = 50;

pub fn run(args: &ReadArgs) -> Result<ExitCode, Failure> {
    if args.id.is_some() && args.documents.len() > 1 {
        return Err(Failure::Usage(String::from("--id names one document; give one, or leave it out")));
    }
    if let Some(date) = &args.date {
        let whole = abilene_quantity::parse_date(date).is_some();
        if !(whole || date.len() == 7 && abilene_quantity::parse_date(&format!("{date}-01")).is_some()) {
            return Err(Failure::Usage(String::from(
                "--date takes a day such as 2025-09-22, or a month such as 2025-09",
            )));
        }
    }
    let case = args.case.as_deref().map(open).transpose()?;
    let mut readings = Vec::new();
    let mut failed = false;
    for path in &args.documents {
        match document(path, args, case.as_ref()) {
            Ok(reading) => readings.push(reading),
            Err(error) => {
                note(&format!("error: {} was not read: {error}\n", path.display()));
                failed = true;
            }
        }
    }
    if let Some(url) = &args.model {
        ask_model(url, &args.model_name, &mut readings)?;
    }
    let mut documents: Vec<Document> = readings.into_iter().map(|reading| reading.document).collect();
    against::merge(&mut documents);
    if let Some(case) = &case {
        against::all(&case.book, &mut documents);
    }
    let code = if failed { ExitCode::from(1) } else { ExitCode::SUCCESS };
    match (&case, args.accept_all_above) {
        (Some(case), None) if args.review => review::run(case, &documents)?,
        (Some(case), Some(least)) => accept_all(case, &documents, least)?,
        _ => show(documents, args.format)?,
    }
    Ok(code)
}

fn document(path: &Path, args: &ReadArgs, case: Option<&Loaded>) -> Result<Reading, ReadError> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    let bytes = bytes.map_err(|error| ReadError::Unreadable(error.to_string()))?;
    let name =
        path.file_name().map_or_else(|| String::from("stdin"), |name| name.to_string_lossy().into_owned());
    let options = Options {
        id: args.id.clone(),
        date: args.date.clone(),
        threshold: THRESHOLD,
        known: case.map(|case| against::known(&case.book)).unwrap_or_default(),
    };
    read(&bytes, &name, &options)
}

fn ask_model(url: &str, name: &str, readings: &mut [Reading]) -> Result<(), Failure> {
    let endpoint = cached::Cached {
        endpoint: model::Curl { base: url.to_owned() },
        base: url.to_owned(),
        folder: cached::folder(),
    };
    for reading in readings {
        let tally = model::ask(&endpoint, name, reading)
            .map_err(|error| Failure::Input(format!("the model at {url}: {error}")))?;
        note(&format!(
            "{}: the model proposed {}, {} passed the checks, {} were dropped\n",
            reading.document.id, tally.proposed, tally.kept, tally.dropped
        ));
    }
    Ok(())
}

/// Writes all of at least this confidence. Doubtful and denied ones are never among them.
fn accept_all(
    case: &Loaded,
    documents: &[Document],
    least: abilene_quantity::Decimal,
) -> Result<(), Failure> {
    let mut acceptor = Acceptor::new(&case.book);
    let (mut written, mut already) = (0, 0);
    for document in documents {
        let deals = document
            .deals
            .iter()
            .filter(|deal| deal.confidence.0 >= least)
            .map(|deal| (deal_text(deal), acceptor.deal(document, deal)));
        let mut done: Vec<(String, Result<Done, _>)> = deals.collect();
        let claims = document.claims.iter().filter(|claim| claim.confidence.0 >= least);
        done.extend(claims.map(|claim| (claim_text(claim), acceptor.claim(document, claim))));
        for (text, result) in done {
            match result {
                Ok(Done::Written(id)) => {
                    written += 1;
                    print(&format!("{id}: {text}\n"))?;
                }
                Ok(Done::Already) => already += 1,
                Err(error) => note(&format!("not written: {text}: {error}\n")),
            }
        }
    }
    note(&format!(
        "{written} written, {already} were there already; `abilene check {}` looks at the result\n",
        case.book.folder.display()
    ));
    Ok(())
}

fn show(documents: Vec<Document>, format: Format) -> Result<(), Failure> {
    if format == Format::Json {
        return json(&Answer { schema: "abilene.read/1", documents });
    }
    let mut all = vec![deals(&documents)];
    if format == Format::Table {
        all.push(claims(&documents));
        all.push(doubtful(&documents));
        for document in &documents {
            let repairs = document.text.repairs.len();
            let mended = if repairs > 0 { format!(", {repairs} places repaired") } else { String::new() };
            note(&format!(
                "{}: {}, {} characters of {}{mended}; {} amounts\n",
                document.id,
                document.date.as_deref().unwrap_or("no date"),
                document.text.characters,
                document.text.encoding,
                document.amounts.len()
            ));
        }
    }
    sheets(&all, format)
}

/// A deal in one line.
pub fn deal_text(deal: &DealOut) -> String {
    let names = |names: &[String]| if names.is_empty() { String::from("?") } else { names.join(" and ") };
    format!(
        "{} → {}, {} {}, {}",
        names(&deal.payer),
        names(&deal.payee),
        deal.instrument,
        sum(deal),
        deal.status
    )
}

fn sum(deal: &DealOut) -> String {
    let (Some(amount), unit) = (deal.amount, deal.unit.unwrap_or_default()) else {
        return String::from("of an unknown sum");
    };
    let word = match deal.qualifier {
        Some("max") => "up to ",
        Some("min") => "at least ",
        Some("approx") => "about ",
        _ => "",
    };
    format!("{word}{} {unit}", grouped(amount.0))
}

/// A claim in one line.
pub fn claim_text(claim: &ClaimOut) -> String {
    let said = claim
        .speaker
        .as_ref()
        .or(claim.organisation.as_ref())
        .map(|who| format!(", said {who}"))
        .unwrap_or_default();
    format!(
        "{} of {}: {} {}{said}",
        claim.metric,
        claim.subject.as_deref().unwrap_or("?"),
        grouped(claim.value.0),
        claim.unit
    )
}

fn deals(documents: &[Document]) -> Sheet {
    let mut sheet = Sheet::new(
        "Deals",
        &["document", "payer", "payee", "instrument", "amount", "date", "status", "confidence", "case"],
    )
    .spare(&["document", "status"]);
    for document in documents {
        for deal in &document.deals {
            let case = deal.against.as_ref().map(|against| against.verdict).unwrap_or_default();
            sheet.row([
                document.id.clone(),
                deal.payer.join(", "),
                deal.payee.join(", "),
                deal.instrument.to_owned(),
                sum(deal),
                deal.date.clone().unwrap_or_default(),
                deal.status.to_owned(),
                deal.confidence.0.to_string(),
                case.to_owned(),
            ]);
        }
    }
    sheet
}

fn claims(documents: &[Document]) -> Sheet {
    let mut sheet = Sheet::new("Claims", &["document", "metric", "subject", "value", "period", "said by"])
        .spare(&["document"]);
    for document in documents {
        for claim in &document.claims {
            let by = claim.speaker.clone().or(claim.organisation.clone()).unwrap_or_default();
            sheet.row([
                document.id.clone(),
                claim.metric.to_owned(),
                claim.subject.clone().unwrap_or_default(),
                format!("{} {}", grouped(claim.value.0), claim.unit),
                claim.period.clone().unwrap_or_default(),
                by,
            ]);
        }
    }
    sheet
}

fn doubtful(documents: &[Document]) -> Sheet {
    let mut sheet = Sheet::new("Doubtful: no proposals, and why", &["document", "amount", "why", "sentence"])
        .spare(&["document"]);
    for document in documents {
        for doubt in &document.doubtful {
            let sentence: String = doubt.evidence.text.chars().take(90).collect();
            sheet.row([document.id.clone(), doubt.text.clone(), doubt.reason.to_owned(), sentence]);
        }
    }
    sheet
}
