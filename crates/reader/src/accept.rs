//! What a person accepts, written into the case as TOML: source, parties, deal or claim. Never twice.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use abilene_ledger::{Book, edit};
use abilene_quantity::Date;
use pinyin::ToPinyin as _;

use crate::against::{Against, party};
use crate::fragment::{amount, cite, day, leg_text, quoted, state, toml_date, trust, written};
use crate::out::{ClaimOut, DealOut, Document, Place};

/// Why something was not written.
#[derive(Debug)]
pub enum AcceptError {
    /// The document has no full date, and a state needs one.
    NoDate,
    /// The amount or a party cannot be written.
    Unfit(String),
    /// The file could not be changed.
    Edit(edit::EditError),
}

impl fmt::Display for AcceptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AcceptError::NoDate => f.write_str("the document has no day; give it with --date YYYY-MM-DD"),
            AcceptError::Unfit(why) => f.write_str(why),
            AcceptError::Edit(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for AcceptError {}

impl From<edit::EditError> for AcceptError {
    fn from(error: edit::EditError) -> AcceptError {
        AcceptError::Edit(error)
    }
}

/// The ledger's word for an instrument.
pub fn instrument(name: &str) -> &'static str {
    match name {
        "equity" | "equity_grant" => "equity",
        "acquisition" => "acquisition",
        "distribution" => "distribution",
        "warrant" => "warrant",
        "loan" => "loan",
        "bond" => "bond",
        "vendor_loan" => "vendor loan",
        "guarantee" => "guarantee",
        "cloud_services" => "capacity contract",
        "goods_purchase" => "goods purchase",
        "lease" => "lease",
        "license_upfront" | "license_milestone" => "licence",
        "royalty" => "royalty",
        "grant" => "grant",
        _ => "other",
    }
}

/// A case that accepts proposals.
#[derive(Debug)]
pub struct Acceptor<'b> {
    book: &'b Book,
    folder: PathBuf,
    ids: BTreeSet<String>,
    parties: BTreeSet<String>,
    sources: BTreeSet<String>,
}

/// What was done with a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// Written under this id.
    Written(String),
    /// The case cites this place already.
    Already,
}

impl<'b> Acceptor<'b> {
    /// An acceptor for a loaded case.
    pub fn new(book: &'b Book) -> Acceptor<'b> {
        let ids = book
            .deals
            .iter()
            .map(|deal| deal.id.value.clone())
            .chain(book.claims.iter().map(|claim| claim.id.value.clone()))
            .collect();
        let parties = book.parties.iter().map(|party| party.id.value.clone()).collect();
        let sources = book.sources.iter().map(|source| source.id.value.clone()).collect();
        Acceptor { book, folder: book.folder.clone(), ids, parties, sources }
    }

    /// Whether the case cites this place of this document.
    pub fn cites(&self, document: &Document, place: Place) -> bool {
        let cite = cite(document, place);
        let states = self.book.deals.iter().flat_map(|deal| &deal.state).flat_map(|state| &state.sources);
        let claims = self.book.claims.iter().flat_map(|claim| &claim.sources);
        states.chain(claims).any(|found| found.value == cite)
    }

    /// Writes a deal: a new record, a further state of a known one, or a leg in the place of an amended one.
    ///
    /// # Errors
    /// [`AcceptError`]; the files are then as they were, but for a source or party that was added first.
    pub fn deal(&mut self, document: &Document, deal: &DealOut) -> Result<Done, AcceptError> {
        if deal.status == "denied" {
            return Err(AcceptError::Unfit(String::from("a denied deal is not written")));
        }
        if let Some(told) = deal.condition.as_ref().filter(|told| told.starts_with("superseded")) {
            return Err(AcceptError::Unfit(format!("it is {told} in the same document")));
        }
        if self.cites(document, deal.span) {
            return Ok(Done::Already);
        }
        let day = day(document)?;
        let amount = deal.amount.map(|_| amount(deal)).transpose()?;
        if deal.payer.is_empty() || deal.payee.is_empty() {
            return Err(AcceptError::Unfit(String::from(
                "a leg needs a payer and a payee: name them with edit",
            )));
        }
        self.source(document, day)?;
        let payer = self.party(&deal.payer)?;
        let payee = self.party(&deal.payee)?;
        let state = state(document, deal, day);
        let parties = (payer.as_str(), payee.as_str());
        if let Some(record) = self.further(deal, parties, amount.as_deref(), (day, &state))? {
            return Ok(Done::Written(record));
        }
        let id = self.fresh(&format!("{payer}-{payee}-{}", slug(instrument(deal.instrument))));
        let title = format!(
            "{} to {}, {}",
            deal.payer.join(" and "),
            deal.payee.join(" and "),
            instrument(deal.instrument)
        );
        let body = leg_text("main", parties, deal, amount.as_deref(), (None, Some(day)));
        let text = format!(
            "[[deal]]\nid = {}\ntitle = {}\nconfidence = {}\n\n{body}\n{state}",
            quoted(&id),
            quoted(&title),
            quoted(trust(deal.confidence.0))
        );
        let file = self.folder.join("deals").join("read.toml");
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent).map_err(|error| edit::EditError::Io(file.clone(), error))?;
        }
        edit::append(&file, "deal", &text)?;
        Ok(Done::Written(id))
    }

    /// Writes a claim.
    ///
    /// # Errors
    /// [`AcceptError`]; the files are then as they were, but for a source that was added first.
    pub fn claim(&mut self, document: &Document, claim: &ClaimOut) -> Result<Done, AcceptError> {
        if self.cites(document, claim.span) {
            return Ok(Done::Already);
        }
        let day = day(document)?;
        let unit = match claim.unit {
            "count" | "t" => "units",
            "people" => "users",
            "times" => return Err(AcceptError::Unfit(String::from("a multiple has no unit in the ledger"))),
            other => other,
        };
        let value = written(claim.value_low.0, claim.value_high.0, "exact", unit)?;
        self.source(document, day)?;
        let subject = claim.subject.clone().unwrap_or_else(|| String::from("not told"));
        let id = self.fresh(&format!("{}-{}", slug(&subject), slug(claim.metric)));
        let mut text = format!(
            "[[claim]]\nid = {}\nmetric = {}\nsubject = {}\n",
            quoted(&id),
            quoted(claim.metric),
            quoted(&subject)
        );
        if let Some(party) = party(self.book, &subject) {
            text.push_str(&format!("party = {}\n", quoted(party)));
        }
        text.push_str(&format!("value = {}\n", quoted(&value)));
        for (key, told) in
            [("period", &claim.period), ("speaker", &claim.speaker), ("organisation", &claim.organisation)]
        {
            if let Some(told) = told {
                text.push_str(&format!("{key} = {}\n", quoted(told)));
            }
        }
        text.push_str(&format!(
            "date = {day}\nsources = [{}]\nconfidence = {}\n",
            quoted(&cite(document, claim.span)),
            quoted(trust(claim.confidence.0))
        ));
        edit::append(&self.folder.join("claims.toml"), "claim", &text)?;
        Ok(Done::Written(id))
    }

    /// A further state of the record that the proposal is the same as, or a leg in the place of one that it amends.
    fn further(
        &self,
        deal: &DealOut,
        (payer, payee): (&str, &str),
        amount: Option<&str>,
        (day, state): (Date, &str),
    ) -> Result<Option<String>, AcceptError> {
        if let Some(Against { verdict: verdict @ ("same" | "amendment"), record: Some(record), .. }) =
            &deal.against
        {
            let (id, leg) = record.split_once('/').unwrap_or((record, ""));
            if let Some(file) = self.file_of(id) {
                if *verdict == "same" {
                    edit::extend(&file, id, &format!("[[deal]]\nid = {}\n\n{state}", quoted(id)), None)?;
                } else {
                    let fresh = format!("{leg}-{day}");
                    let body = leg_text(&fresh, (payer, payee), deal, amount, (Some(day), Some(day)));
                    let text = format!(
                        "[[deal]]\nid = {}\n\n{body}\n{state}legs = [{}]\n",
                        quoted(id),
                        quoted(&fresh)
                    );
                    edit::extend(&file, id, &text, Some((leg, toml_date(day))))?;
                }
                return Ok(Some(record.clone()));
            }
        }
        Ok(None)
    }

    fn file_of(&self, id: &str) -> Option<PathBuf> {
        let deal = self.book.deal(id)?;
        self.book.files.get(deal.id.mark.file).map(|file| self.folder.join(&file.path))
    }

    fn fresh(&mut self, base: &str) -> String {
        let mut id = base.to_owned();
        let mut n = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{base}-{n}");
            n += 1;
        }
        id
    }

    fn source(&mut self, document: &Document, day: Date) -> Result<(), AcceptError> {
        let id = slug(&document.id);
        if !self.sources.insert(id.clone()) {
            return Ok(());
        }
        let title = document.title.clone().unwrap_or_else(|| document.id.clone());
        let mut text = format!("[[source]]\nid = {}\ntitle = {}\n", quoted(&id), quoted(&title));
        if let Some(publisher) = &document.publisher {
            text.push_str(&format!("publisher = {}\n", quoted(publisher)));
        }
        text.push_str(&format!("date = {day}\n"));
        edit::append(&self.folder.join("sources.toml"), "source", &text)?;
        Ok(())
    }

    /// The id of a party, added to the case where it is not known. Several payers are one leg of the first.
    fn party(&mut self, names: &[String]) -> Result<String, AcceptError> {
        let name = names.first().map_or("", String::as_str);
        if let Some(id) = party(self.book, name) {
            return Ok(id.to_owned());
        }
        let id = slug(name);
        if self.parties.insert(id.clone()) {
            let text =
                format!("[[party]]\nid = {}\nname = {}\nkind = \"company\"\n", quoted(&id), quoted(name));
            edit::append(&self.folder.join("parties.toml"), "party", &text)?;
        }
        Ok(id)
    }
}

/// A short name: ASCII letters and digits; Han by their readings.
pub fn slug(name: &str) -> String {
    let stem = Path::new(name).file_stem().and_then(|stem| stem.to_str()).filter(|_| {
        name.ends_with(".txt")
            || name.ends_with(".html")
            || name.ends_with(".pdf")
            || name.contains('/') && name.contains('.')
    });
    let mut out = String::new();
    for c in stem.unwrap_or(name).chars() {
        let c = crate::fold::narrow(c);
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if let Some(reading) = c.to_pinyin() {
            out.push_str(reading.plain());
        } else if c.is_alphanumeric() {
            out.push_str(&format!("u{:x}", c as u32));
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.trim_end_matches('-').to_owned();
    if out.is_empty() { String::from("unnamed") } else { out }
}
