//! Edge lists, outside flows and opening balances from CSV, exact to the last decimal.

use std::collections::{HashMap, HashSet};
use std::fmt;

use abilene_loops::{Edge, Network, NetworkError};
use abilene_quantity::parse_date;

/// A mistake in a CSV file: which file, which line, what was found and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    /// `edges`, `outside` or `opening`.
    pub file: &'static str,
    /// Line of the file, from 1; 0 for the file as a whole.
    pub line: u64,
    /// What is the matter and how to mend it.
    pub message: String,
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{} file: {}", self.file, self.message),
            line => write!(f, "{} file, line {line}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for InputError {}

/// A network with the names and the scale that its numbers were written in.
#[derive(Clone, Debug)]
pub struct Payments {
    /// The network; amounts in units of the last decimal.
    pub network: Network,
    /// Names of parties, by index, in the order of their first appearance.
    pub parties: Vec<String>,
    /// Names of edges.
    pub edges: Vec<String>,
    /// Outside inflow by party.
    pub inflow: Vec<i128>,
    /// Outside outflow by party.
    pub outflow: Vec<i128>,
    /// Opening balance by party.
    pub opening: Vec<i128>,
    /// Decimals that a unit stands for: an amount of 1 is 10^-scale.
    pub scale: u32,
    index: HashMap<String, u32>,
}

/// A decimal as digits and the number of them behind the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Exact {
    digits: i128,
    decimals: u32,
}

impl Exact {
    /// Reads `-1234.50`; no exponents, no separators, at most 30 digits.
    fn parse(text: &str) -> Option<Exact> {
        let (sign, rest) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
        let fraction = fraction.trim_end_matches('0');
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(fraction) || whole.len() + fraction.len() > 30 {
            return None;
        }
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        Some(Exact { digits: sign * digits, decimals: fraction.len() as u32 })
    }

    fn scaled(self, scale: u32) -> Option<i128> {
        self.digits.checked_mul(10_i128.checked_pow(scale.checked_sub(self.decimals)?)?)
    }
}

/// The rows of a CSV file with a header, as the columns asked for; optional columns may be missing.
struct Rows<'a> {
    file: &'static str,
    reader: csv::Reader<&'a [u8]>,
    columns: Vec<Option<usize>>,
}

impl<'a> Rows<'a> {
    fn open(
        file: &'static str,
        text: &'a str,
        needed: &[&str],
        optional: &[&str],
    ) -> Result<Rows<'a>, InputError> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|e| error(file, 1, e.to_string()))?.clone();
        let find = |name: &&str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
        for name in needed {
            if find(name).is_none() {
                let message = format!("no column `{name}`; the first line must be `{}`", needed.join(","));
                return Err(error(file, 1, message));
            }
        }
        let columns = needed.iter().chain(optional).map(find).collect();
        Ok(Rows { file, reader, columns })
    }

    /// Calls `each` with the line number and the columns asked for, absent ones empty.
    fn each(mut self, mut each: impl FnMut(u64, &[&str]) -> Result<(), String>) -> Result<(), InputError> {
        let mut record = csv::StringRecord::new();
        let mut line = 1;
        loop {
            match self.reader.read_record(&mut record) {
                Ok(false) => return Ok(()),
                Ok(true) => {}
                Err(e) => return Err(error(self.file, line + 1, e.to_string())),
            }
            line = record.position().map_or(line + 1, csv::Position::line);
            let fields: Vec<&str> =
                self.columns.iter().map(|at| at.and_then(|at| record.get(at)).unwrap_or("")).collect();
            each(line, &fields).map_err(|message| error(self.file, line, message))?;
        }
    }
}

fn error(file: &'static str, line: u64, message: String) -> InputError {
    InputError { file, line, message }
}

fn amount(text: &str) -> Result<Exact, String> {
    Exact::parse(text).ok_or_else(|| format!("\"{text}\" is not a plain decimal such as 1250.75"))
}

/// An ISO date as days since 1970, or a whole day number as it stands.
fn day(text: &str) -> Result<Option<i32>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    if let Ok(number) = text.parse() {
        return Ok(Some(number));
    }
    let date = parse_date(text)
        .ok_or_else(|| format!("\"{text}\" is neither a date (2026-03-31) nor a day number"))?;
    let epoch = abilene_quantity::Quarter::new(1970, 1).first();
    Ok(Some(abilene_quantity::days_between(epoch, date) as i32))
}

/// Reads `from,to,amount[,id][,date]`.
///
/// # Errors
/// [`InputError`] names the line.
pub fn read_edges(text: &str) -> Result<Payments, InputError> {
    let mut index: HashMap<String, u32> = HashMap::new();
    let mut parties: Vec<String> = Vec::new();
    let mut place = |name: &str| -> u32 {
        if let Some(at) = index.get(name) {
            return *at;
        }
        let at = parties.len() as u32;
        parties.push(name.to_owned());
        index.insert(name.to_owned(), at);
        at
    };
    let mut rows: Vec<(u32, u32, Exact, Option<i32>)> = Vec::new();
    let mut edges: Vec<String> = Vec::new();
    let mut names: HashSet<String> = HashSet::new();
    Rows::open("edges", text, &["from", "to", "amount"], &["id", "date"])?.each(|_, fields| {
        if fields[0].is_empty() || fields[1].is_empty() {
            return Err("payer and payee must be named".into());
        }
        let value = amount(fields[2])?;
        if value.digits < 0 {
            return Err(format!("an amount cannot be negative; found {}: turn the payment round", fields[2]));
        }
        rows.push((place(fields[0]), place(fields[1]), value, day(fields[4])?));
        let id = if fields[3].is_empty() { format!("e{}", rows.len()) } else { fields[3].to_owned() };
        if !names.insert(id.clone()) {
            return Err(format!("a second payment has the id \"{id}\""));
        }
        edges.push(id);
        Ok(())
    })?;
    let scale = rows.iter().map(|row| row.2.decimals).max().unwrap_or(0);
    let too_large = || error("edges", 0, "the amounts are too large to be added exactly".into());
    let list: Option<Vec<Edge>> = rows
        .iter()
        .map(|(payer, payee, value, day)| {
            Some(Edge { payer: *payer, payee: *payee, amount: value.scaled(scale)?, day: *day })
        })
        .collect();
    let network = Network::new(parties.len(), list.ok_or_else(too_large)?)
        .map_err(|e: NetworkError| error("edges", 0, e.to_string()))?;
    let zeros = vec![0; parties.len()];
    Ok(Payments {
        network,
        parties,
        edges,
        inflow: zeros.clone(),
        outflow: zeros.clone(),
        opening: zeros,
        scale,
        index,
    })
}

/// Adds `party,in,out` to a network. A party without edges may be named and then has a row of its own.
///
/// # Errors
/// [`InputError`] names the line.
pub fn read_outside(payments: &mut Payments, text: &str) -> Result<(), InputError> {
    let mut rows: Vec<(String, Exact, Exact)> = Vec::new();
    Rows::open("outside", text, &["party", "in", "out"], &[])?.each(|_, fields| {
        rows.push((fields[0].to_owned(), amount(fields[1])?, amount(fields[2])?));
        Ok(())
    })?;
    payments.rescale(rows.iter().flat_map(|row| [row.1.decimals, row.2.decimals]).max().unwrap_or(0))?;
    for (name, inflow, outflow) in rows {
        let at = payments.place(&name)?;
        payments.inflow[at] += payments.units(inflow, "outside")?;
        payments.outflow[at] += payments.units(outflow, "outside")?;
    }
    Ok(())
}

/// Adds `party,balance` to a network.
///
/// # Errors
/// [`InputError`] names the line.
pub fn read_opening(payments: &mut Payments, text: &str) -> Result<(), InputError> {
    let mut rows: Vec<(String, Exact)> = Vec::new();
    Rows::open("opening", text, &["party", "balance"], &[])?.each(|_, fields| {
        rows.push((fields[0].to_owned(), amount(fields[1])?));
        Ok(())
    })?;
    payments.rescale(rows.iter().map(|row| row.1.decimals).max().unwrap_or(0))?;
    for (name, balance) in rows {
        let at = payments.place(&name)?;
        payments.opening[at] += payments.units(balance, "opening")?;
    }
    Ok(())
}

impl Payments {
    /// The place of a party by name.
    pub fn party(&self, name: &str) -> Option<u32> {
        self.index.get(name).copied()
    }

    /// A number of units as a decimal string without needless zeros.
    pub fn decimal(&self, units: i128) -> String {
        let one = 10_i128.pow(self.scale);
        let (whole, rest) = (units.abs() / one, units.abs() % one);
        let sign = if units < 0 { "-" } else { "" };
        if rest == 0 {
            return format!("{sign}{whole}");
        }
        let fraction = format!("{rest:0width$}", width = self.scale as usize);
        format!("{sign}{whole}.{}", fraction.trim_end_matches('0'))
    }

    fn units(&self, value: Exact, file: &'static str) -> Result<i128, InputError> {
        value
            .scaled(self.scale)
            .ok_or_else(|| error(file, 0, "the amounts are too large to be added exactly".into()))
    }

    /// Puts everything on a finer scale, so that further numbers are exact too.
    fn rescale(&mut self, decimals: u32) -> Result<(), InputError> {
        if decimals <= self.scale {
            return Ok(());
        }
        let too_large = || error("edges", 0, "the amounts are too large to be added exactly".into());
        let factor = 10_i128.checked_pow(decimals - self.scale).ok_or_else(too_large)?;
        let edges: Option<Vec<Edge>> = self
            .network
            .edges()
            .iter()
            .map(|edge| Some(Edge { amount: edge.amount.checked_mul(factor)?, ..*edge }))
            .collect();
        self.network = Network::new(self.parties.len(), edges.ok_or_else(too_large)?)
            .map_err(|e| error("edges", 0, e.to_string()))?;
        for list in [&mut self.inflow, &mut self.outflow, &mut self.opening] {
            for value in list.iter_mut() {
                *value = value.checked_mul(factor).ok_or_else(too_large)?;
            }
        }
        self.scale = decimals;
        Ok(())
    }

    /// The place of a party, which is added when it has no edge.
    fn place(&mut self, name: &str) -> Result<usize, InputError> {
        if let Some(at) = self.index.get(name) {
            return Ok(*at as usize);
        }
        let at = self.parties.len();
        self.parties.push(name.to_owned());
        self.index.insert(name.to_owned(), at as u32);
        for list in [&mut self.inflow, &mut self.outflow, &mut self.opening] {
            list.push(0);
        }
        self.network = Network::new(self.parties.len(), self.network.edges().to_vec())
            .map_err(|e| error("edges", 0, e.to_string()))?;
        Ok(at)
    }
}
