//! Large networks as two tables: nodes and edges.

use std::collections::HashMap;

use super::file::{Model, NetworkFile, Node, OUTSIDE, Owed, Params};
use super::input::Names;
use crate::fields::{FileError as StressError, Read};

/// Reads `id,outside_assets[,alpha][,beta]` and `debtor,creditor,amount[,seniority]`; the model is clearing.
///
/// # Errors
/// [`StressError`]; places are `nodes.csv:LINE.COLUMN` and `edges.csv:LINE.COLUMN`.
pub fn read_tables(nodes: &str, edges: &str) -> Read<NetworkFile> {
    let nodes = read_nodes(nodes)?;
    Names::new(&nodes)?;
    let obligations = read_edges(edges, &nodes)?;
    let params = Params { shock: vec![0.0; nodes.len()], cost: vec![1.0; nodes.len()], ..Params::default() };
    let file = NetworkFile {
        model_name: "combined_clearing".to_owned(),
        model: Model::Clearing,
        nodes,
        obligations,
        holdings: Vec::new(),
        params,
    };
    file.network()?;
    Ok(file)
}

fn read_nodes(text: &str) -> Read<Vec<Node>> {
    let mut nodes = Vec::new();
    each("nodes.csv", text, &["id", "outside_assets"], &["alpha", "beta"], |row| {
        let part = |column: usize| {
            let found = row.number(column)?;
            match found {
                Some(number) if number > 1.0 => Err(row
                    .error("out_of_range", column, &format!("expected 0 to 1; found {number}"))
                    .of(row.cell(0))),
                found => Ok(found),
            }
        };
        nodes.push(Node {
            id: row.cell(0).to_owned(),
            outside_assets: row.number(1)?.unwrap_or(0.0),
            alpha: part(2)?,
            beta: part(3)?,
            ..Node::default()
        });
        Ok(())
    })?;
    Ok(nodes)
}

fn read_edges(text: &str, nodes: &[Node]) -> Read<Vec<Owed>> {
    let index: HashMap<&str, usize> =
        nodes.iter().enumerate().map(|(at, node)| (node.id.as_str(), at)).collect();
    let mut owed = Vec::new();
    each("edges.csv", text, &["debtor", "creditor", "amount"], &["seniority"], |row| {
        let (from, to) = (row.cell(0), row.cell(1));
        let find = |column: usize| {
            let unknown = || row.error("unknown_party", column, "no node has this id").of(row.cell(column));
            index.get(row.cell(column)).copied().ok_or_else(unknown)
        };
        if from == OUTSIDE {
            return Err(row.error("outside_owes", 0, "the outside owes nothing; name a node").of(OUTSIDE));
        }
        let debtor = find(0)?;
        let creditor = if to == OUTSIDE { None } else { Some(find(1)?) };
        if creditor == Some(debtor) {
            return Err(row.error("self_obligation", 1, "nobody owes itself").of(from));
        }
        let missing = || row.error("missing_field", 2, "expected an amount").of(from);
        let amount = row.number(2)?.ok_or_else(missing)?;
        let seniority = match row.cell(3) {
            "" => 1,
            text => {
                text.parse().map_err(|_| row.error("wrong_type", 3, "expected a whole number").of(from))?
            }
        };
        owed.push(Owed { debtor, creditor, amount, seniority, due: None });
        Ok(())
    })?;
    Ok(owed)
}

/// One row, its cells in the order of the columns asked for.
struct Row<'a> {
    file: &'static str,
    line: u64,
    names: &'a [&'a str],
    places: &'a [Option<usize>],
    record: &'a csv::StringRecord,
}

impl Row<'_> {
    fn cell(&self, column: usize) -> &str {
        self.places[column].and_then(|at| self.record.get(at)).unwrap_or("")
    }

    fn error(&self, kind: &'static str, column: usize, message: &str) -> StressError {
        StressError::new(kind, format!("{}:{}.{}", self.file, self.line, self.names[column]), message)
    }

    /// A finite number of at least 0; `None` where the cell is empty.
    fn number(&self, column: usize) -> Read<Option<f64>> {
        let text = self.cell(column);
        if text.is_empty() {
            return Ok(None);
        }
        match text.parse::<f64>() {
            Ok(number) if number < 0.0 => Err(self
                .error("negative_number", column, &format!("expected 0 or more; found {text}"))
                .of(self.cell(0))),
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(self
                .error("wrong_type", column, &format!("expected a finite number; found `{text}`"))
                .of(self.cell(0))),
        }
    }
}

fn each(
    file: &'static str,
    text: &str,
    needed: &[&str],
    optional: &[&str],
    mut read: impl FnMut(&Row<'_>) -> Read<()>,
) -> Read<()> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let broken = |error: csv::Error| StressError::new("not_csv", file, error.to_string());
    let header = reader.headers().map_err(broken)?.clone();
    let names: Vec<&str> = needed.iter().chain(optional).copied().collect();
    if let Some(unknown) = header.iter().find(|column| !names.contains(column)) {
        let message = format!("expected columns {}; found `{unknown}`", names.join(", "));
        return Err(StressError::new("unknown_field", format!("{file}:1"), message));
    }
    let places: Vec<Option<usize>> =
        names.iter().map(|name| header.iter().position(|column| column == *name)).collect();
    if let Some(at) = (0..needed.len()).find(|at| places[*at].is_none()) {
        return Err(StressError::new(
            "missing_field",
            format!("{file}:1"),
            format!("no column `{}`", names[at]),
        ));
    }
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(broken)? {
        let line = record.position().map_or(0, csv::Position::line);
        read(&Row { file, line, names: &names, places: &places, record: &record })?;
    }
    Ok(())
}
