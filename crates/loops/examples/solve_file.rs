//! Solves one file of payments (`from,to,amount`, whole amounts) and prints sizes, totals and seconds.
//!
//! Usage: `solve_file FILE.csv [loops100] [finn]`.

use abilene_loops::{Edge, Network, circulation};
use std::collections::HashMap;
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("expected a file")?;
    let network = read(&std::fs::read_to_string(path)?)?;
    let start = Instant::now();
    let circulation = circulation::maximum(&network);
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "abilene nodes={} edges={} gross={} circulation={} unique={} seconds={seconds:.4}",
        network.parties(),
        network.edges().len(),
        network.gross(),
        circulation.total,
        circulation.unique,
    );
    Ok(())
}

fn read(text: &str) -> Result<Network, Box<dyn Error>> {
    let mut ids: HashMap<&str, u32> = HashMap::new();
    let mut edges = Vec::new();
    for line in text.lines().skip(1) {
        let mut fields = line.split(',');
        let mut party = || -> Option<u32> {
            let next = ids.len() as u32;
            Some(*ids.entry(fields.next()?).or_insert(next))
        };
        let (payer, payee) = (party().ok_or("no payer")?, party().ok_or("no payee")?);
        let amount = fields.next().ok_or("no amount")?.parse()?;
        edges.push(Edge { payer, payee, amount, day: None });
    }
    Ok(Network::new(ids.len(), edges)?)
}
