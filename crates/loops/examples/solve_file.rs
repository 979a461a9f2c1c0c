//! Solves one file of payments (`from,to,amount`, whole amounts) and prints sizes, totals and seconds.
//!
//! Usage: `solve_file FILE.csv [loops100] [finn] [repeat N]`. Seconds are of the solve alone, the file already in
//! memory; with `repeat` the best of N solves in one process is printed as `warm`.

use abilene_loops::tracing::Outside;
use abilene_loops::{Edge, Network, circulation, enumerate, tracing};
use std::collections::HashMap;
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = arguments.first().ok_or("expected a file")?;
    let network = read(&std::fs::read_to_string(path)?)?;
    let asked = |word: &str| arguments.iter().position(|argument| argument == word);
    circulate(&network);
    if let Some(at) = asked("repeat") {
        let times: usize = arguments.get(at + 1).ok_or("expected a number after repeat")?.parse()?;
        let best = (0..times).map(|_| timed(|| circulation::maximum(&network)).1).fold(f64::MAX, f64::min);
        println!("abilene_warm seconds={best:.6}");
    }
    if asked("loops100").is_some() {
        list(&network);
    }
    if asked("finn").is_some() {
        trace(&network);
    }
    Ok(())
}

fn circulate(network: &Network) {
    let (circulation, seconds) = timed(|| circulation::maximum(network));
    println!(
        "abilene nodes={} edges={} gross={} circulation={} unique={} seconds={seconds:.6}",
        network.parties(),
        network.edges().len(),
        network.gross(),
        circulation.total,
        circulation.unique,
    );
}

fn list(network: &Network) {
    let bounds = enumerate::Bounds { max_length: None, max_loops: Some(100) };
    let (list, seconds) = timed(|| enumerate::by_bottleneck(network, &bounds));
    let last = list.loops.last().map_or(0, |found| found.bottleneck);
    println!("loops100 loops={} last_bottleneck={last} seconds={seconds:.6}", list.loops.len());
}

fn trace(network: &Network) {
    let outside = Outside::none(network.parties());
    let (trip, seconds) = timed(|| tracing::round_trip(network, &outside));
    println!("finn index={:.12} throughflow={} seconds={seconds:.6}", trip.finn.index, trip.finn.throughflow);
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed().as_secs_f64())
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
