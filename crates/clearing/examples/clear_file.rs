//! Clears one network of raw arrays and prints times, defaults and residual, for the comparison in `benches/`.
//!
//! Usage: `clear_file FOLDER [repeat N] [threads N]`. The folder holds `start.u64`, `creditor.u32`, `amount.f64`,
//! `outside_dues.f64`, `outside_assets.f64` and, for many scenarios, `factor.f64`, all little-endian. The paid parts
//! go to `recoveries.f64` (of a batch: the first fifty scenarios). Seconds are of the solve, the network in memory.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use abilene_clearing::batch::Batch;
use abilene_clearing::{Network, greatest, recoveries};

/// Scenarios kept for the comparison.
const KEPT: usize = 50;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(arguments.first().ok_or("expected a folder")?);
    let option = |word: &str, otherwise: usize| -> Result<usize, Box<dyn Error>> {
        match arguments.iter().position(|argument| argument == word) {
            Some(at) => Ok(arguments.get(at + 1).ok_or("expected a number")?.parse()?),
            None => Ok(otherwise),
        }
    };
    let network = Network::from_rows(
        numbers(&folder.join("start.u64"), |bytes| u64::from_le_bytes(bytes) as usize)?,
        numbers(&folder.join("creditor.u32"), u32::from_le_bytes)?,
        numbers(&folder.join("amount.f64"), f64::from_le_bytes)?,
        numbers(&folder.join("outside_dues.f64"), f64::from_le_bytes)?,
    )?;
    let assets = numbers(&folder.join("outside_assets.f64"), f64::from_le_bytes)?;
    let factors = folder.join("factor.f64");
    let repeat = option("repeat", 5)?;
    if factors.exists() {
        let factors = numbers(&factors, f64::from_le_bytes)?;
        return many(folder, &network, &assets, &factors, repeat, option("threads", 2)?);
    }
    one(folder, &network, &assets, repeat)
}

fn one(folder: &Path, network: &Network, assets: &[f64], repeat: usize) -> Result<(), Box<dyn Error>> {
    let mut best = f64::MAX;
    let mut found = (Vec::new(), Vec::new());
    for _ in 0..repeat {
        let start = Instant::now();
        found = recoveries(network, assets)?;
        best = best.min(start.elapsed().as_secs_f64());
    }
    let start = Instant::now();
    let rounds = greatest(network, assets)?.rounds.len();
    let with_rounds = start.elapsed().as_secs_f64();
    let peak = peak_mib();
    println!(
        "seconds={best:.6} with_rounds={with_rounds:.6} rounds={rounds} defaults={} residual={:.2e} peak_mib={peak}",
        found.1.len(),
        residual(network, assets, &found.0),
    );
    write(&folder.join("recoveries.f64"), &found.0)
}

fn many(
    folder: &Path,
    network: &Network,
    assets: &[f64],
    factors: &[f64],
    repeat: usize,
    threads: usize,
) -> Result<(), Box<dyn Error>> {
    let parties = network.parties();
    let count = factors.len() / parties;
    let scenario = |at: usize, row: &mut [f64]| {
        let factors = &factors[at * parties..(at + 1) * parties];
        row.iter_mut()
            .zip(assets.iter().zip(factors))
            .for_each(|(to, (assets, factor))| *to = assets * factor);
    };
    let batch = Batch::new(network)?;
    let mut best = f64::MAX;
    let mut all = vec![0.0; factors.len()];
    for _ in 0..repeat {
        let start = Instant::now();
        batch.solve(count, threads, scenario, |at, row| {
            all[at * parties..(at + 1) * parties].copy_from_slice(row)
        })?;
        best = best.min(start.elapsed().as_secs_f64());
    }
    let mut worst: f64 = 0.0;
    let mut row = vec![0.0; parties];
    for at in 0..count {
        scenario(at, &mut row);
        worst = worst.max(residual(network, &row, &all[at * parties..(at + 1) * parties]));
    }
    let defaults = all.iter().filter(|part| **part < 1.0 - 1e-9).count() as f64 / count as f64;
    let peak = peak_mib();
    println!(
        "seconds={best:.6} threads={threads} defaults={defaults:.2} residual={worst:.2e} peak_mib={peak}"
    );
    write(&folder.join("recoveries.f64"), &all[..KEPT.min(count) * parties])
}

/// The largest `|min(d, e + receipts) − p| / d`.
fn residual(network: &Network, assets: &[f64], paid: &[f64]) -> f64 {
    let mut receipts = vec![0.0; network.parties()];
    network.arcs().for_each(|(debtor, creditor, amount)| receipts[creditor] += amount * paid[debtor]);
    let of = |party: usize| {
        let dues = network.dues()[party];
        if dues > 0.0 {
            (((assets[party] + receipts[party]) / dues).min(1.0) - paid[party]).abs()
        } else {
            0.0
        }
    };
    (0..paid.len()).map(of).fold(0.0, f64::max)
}

fn numbers<T, const N: usize>(path: &Path, read: impl Fn([u8; N]) -> T) -> Result<Vec<T>, Box<dyn Error>> {
    let bytes = fs::read(path)?;
    let (words, rest) = bytes.as_chunks::<N>();
    if rest.is_empty() {
        Ok(words.iter().map(|word| read(*word)).collect())
    } else {
        Err("a cut file".into())
    }
}

fn write(path: &Path, values: &[f64]) -> Result<(), Box<dyn Error>> {
    Ok(fs::write(path, values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>())?)
}

/// The most memory the process has had, where the system tells.
fn peak_mib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) / 1024
}
