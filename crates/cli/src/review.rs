//! One proposal at a time: accept, edit, skip. What was skipped is remembered beside the case, so that a review can go on.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufRead as _, IsTerminal as _};

use abilene_ledger::{Loaded, edit};
use abilene_quantity::Decimal;
use abilene_reader::Document;
use abilene_reader::accept::{AcceptError, Acceptor, Done};
use abilene_reader::against;
use abilene_reader::out::{ClaimOut, DealOut, Evidence, Exact, Place};

use crate::output::{Failure, print};
use crate::read::{claim_text, deal_text};

/// Names of proposals that were skipped, one a line.
const SKIPPED: &str = ".read-skipped";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    Accept,
    Edit,
    Skip,
    Quit,
}

/// Goes through the proposals of the documents.
pub fn run(case: &Loaded, documents: &[Document]) -> Result<(), Failure> {
    let file = case.book.folder.join(SKIPPED);
    let mut skipped: BTreeSet<String> =
        fs::read_to_string(&file).unwrap_or_default().lines().map(str::to_owned).collect();
    let mut acceptor = Acceptor::new(&case.book);
    let mut lines = io::stdin().lock().lines();
    let (mut written, mut left) = (0, 0);
    'all: for document in documents {
        for (at, item) in items(document).into_iter().enumerate() {
            let name = format!("{}#{}-{}", document.id, item.place()[0], item.place()[1]);
            if acceptor.cites(document, item.place()) || skipped.contains(&name) {
                left += 1;
                continue;
            }
            let mut item = item;
            loop {
                print(&card(document, at, &item))?;
                match choose(&mut lines)? {
                    Choice::Quit => break 'all,
                    Choice::Skip => {
                        skipped.insert(name);
                        let text: String = skipped.iter().map(|name| format!("{name}\n")).collect();
                        edit::write(&file, &text).map_err(|error| Failure::Input(error.to_string()))?;
                        break;
                    }
                    Choice::Edit => {
                        item.change(&mut lines)?;
                        item.compare(case, document);
                    }
                    Choice::Accept => match item.accept(&mut acceptor, document) {
                        Ok(Done::Written(id)) => {
                            written += 1;
                            print(&format!("  written as {id}\n\n"))?;
                            break;
                        }
                        Ok(Done::Already) => break,
                        Err(error) => print(&format!("  not written: {error}\n"))?,
                    },
                }
            }
        }
    }
    print(&format!("{written} written; {left} had been decided before\n"))
}

/// A proposal of either kind.
enum Item {
    Deal(DealOut),
    Claim(ClaimOut),
}

fn items(document: &Document) -> Vec<Item> {
    let deals = document.deals.iter().cloned().map(Item::Deal);
    deals.chain(document.claims.iter().cloned().map(Item::Claim)).collect()
}

impl Item {
    fn place(&self) -> Place {
        match self {
            Item::Deal(deal) => deal.span,
            Item::Claim(claim) => claim.span,
        }
    }

    fn evidence(&self) -> &Evidence {
        match self {
            Item::Deal(deal) => &deal.evidence,
            Item::Claim(claim) => &claim.evidence,
        }
    }

    fn accept(&self, acceptor: &mut Acceptor, document: &Document) -> Result<Done, AcceptError> {
        match self {
            Item::Deal(deal) => acceptor.deal(document, deal),
            Item::Claim(claim) => acceptor.claim(document, claim),
        }
    }

    fn compare(&mut self, case: &Loaded, document: &Document) {
        match self {
            Item::Deal(deal) => {
                deal.against = Some(against::deal(&case.book, deal, document.date.as_deref()))
            }
            Item::Claim(claim) => claim.against = Some(against::claim(&case.book, claim)),
        }
    }

    /// Takes `key = value` lines up to an empty one.
    fn change(&mut self, lines: &mut io::Lines<io::StdinLock<'_>>) -> Result<(), Failure> {
        print(
            "  key = value, an empty line ends (payer, payee, amount, unit, date; subject, speaker, organisation, value)\n",
        )?;
        for line in lines.by_ref() {
            let line = line?;
            let Some((key, value)) =
                line.split_once('=').map(|(key, value)| (key.trim(), value.trim().to_owned()))
            else {
                break;
            };
            if !self.set(key, value) {
                print(&format!("  {key} was not changed: unknown, or not a number\n"))?;
            }
        }
        Ok(())
    }

    fn set(&mut self, key: &str, value: String) -> bool {
        let number: Option<Decimal> = value.replace(',', "").parse().ok();
        let names = || value.split(" and ").map(|name| name.trim().to_owned()).collect();
        match (self, key) {
            (Item::Deal(deal), "payer") => deal.payer = names(),
            (Item::Deal(deal), "payee") => deal.payee = names(),
            (Item::Deal(deal), "date") => deal.date = Some(value),
            (Item::Deal(deal), "condition") => deal.condition = Some(value),
            (Item::Deal(deal), "amount") => {
                let Some(number) = number.map(Exact) else { return false };
                (deal.amount, deal.amount_low, deal.amount_high) = (Some(number), Some(number), Some(number));
            }
            (Item::Claim(claim), "subject") => claim.subject = Some(value),
            (Item::Claim(claim), "speaker") => claim.speaker = Some(value),
            (Item::Claim(claim), "organisation") => claim.organisation = Some(value),
            (Item::Claim(claim), "period") => claim.period = Some(value),
            (Item::Claim(claim), "value") => {
                let Some(number) = number.map(Exact) else { return false };
                (claim.value, claim.value_low, claim.value_high) = (number, number, number);
            }
            _ => return false,
        }
        true
    }
}

/// A proposal as it is shown.
fn card(document: &Document, at: usize, item: &Item) -> String {
    let (line, against, confidence) = match item {
        Item::Deal(deal) => (deal_text(deal), &deal.against, deal.confidence),
        Item::Claim(claim) => (claim_text(claim), &claim.against, claim.confidence),
    };
    let case = against
        .as_ref()
        .map(|against| format!("  against the case: {}: {}\n", against.verdict, against.why))
        .unwrap_or_default();
    let date = match item {
        Item::Deal(deal) => deal.date.clone().map(|date| format!(", {date}")).unwrap_or_default(),
        Item::Claim(_) => String::new(),
    };
    format!(
        "{} {}  {line}{date}  (confidence {})\n  {}\n{case}",
        document.id,
        at + 1,
        confidence.0,
        marked(item)
    )
}

/// The sentence with the number marked: by a colour on a terminal, else by brackets.
fn marked(item: &Item) -> String {
    let evidence = item.evidence();
    let [from, to] = item.place();
    let inside = from >= evidence.span[0] && to <= evidence.span[1];
    let chars: Vec<char> = evidence.text.chars().collect();
    let whole = usize::try_from(evidence.span[1] - evidence.span[0]).is_ok_and(|n| n == chars.len());
    let (start, end) =
        ((from.saturating_sub(evidence.span[0])) as usize, (to.saturating_sub(evidence.span[0])) as usize);
    if !inside || !whole || end > chars.len() || end - start == chars.len() {
        return evidence.text.clone();
    }
    let colours =
        io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let (open, close) = if colours { ("\u{1b}[1;7m", "\u{1b}[0m") } else { ("[", "]") };
    let part = |range: std::ops::Range<usize>| chars[range].iter().collect::<String>();
    format!("{}{open}{}{close}{}", part(0..start), part(start..end), part(end..chars.len()))
}

fn choose(lines: &mut io::Lines<io::StdinLock<'_>>) -> Result<Choice, Failure> {
    loop {
        print("  [a]ccept, [e]dit, [s]kip, [q]uit? ")?;
        let Some(line) = lines.next() else { return Ok(Choice::Quit) };
        match line?.trim().to_ascii_lowercase().as_str() {
            "a" | "accept" | "y" => return Ok(Choice::Accept),
            "e" | "edit" => return Ok(Choice::Edit),
            "s" | "skip" | "n" => return Ok(Choice::Skip),
            "q" | "quit" => return Ok(Choice::Quit),
            _ => print("  a, e, s or q\n")?,
        }
    }
}
