//! How long a large case takes to load: parsing and all checks. Results stand in `benches/LOAD.md`.
//!
//! `cargo run --release -p abilene-ledger --example load_bench [DEALS [RUNS]]`
//!
//! The case is made up, the same at every run, and written to a temporary folder that is removed at the end. The
//! first load meets cold page tables and an empty allocator, as a command does; the others show what is left
//! when memory is warm.

use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use abilene_ledger::{Severity, load};

const PARTIES: u64 = 5_000;
const SOURCES: u64 = 1_000;
const FILES: u64 = 8;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let deals = args.next().map_or(Ok(100_000), |text| text.parse())?;
    let runs: usize = args.next().map_or(Ok(6), |text| text.parse())?;
    let folder = Scratch::new()?;
    let bytes = write_case(&folder.0, deals)?;
    let cores = std::thread::available_parallelism()?;
    println!("{deals} deals, {:.1} MB in {FILES} files of deals, {cores} cores", bytes as f64 / 1e6);
    let mut best = f64::INFINITY;
    for run in 1..=runs {
        let start = Instant::now();
        let loaded = load(&folder.0)?;
        let seconds = start.elapsed().as_secs_f64();
        if loaded.has(Severity::Warning) || loaded.book.deals.len() as u64 != deals {
            return Err(format!("the case should be clean: {:?}", loaded.diagnostics.first()).into());
        }
        if run == 1 {
            println!("first:        {seconds:.3} s ({} doubts)", loaded.diagnostics.len());
        } else {
            best = best.min(seconds);
        }
    }
    if runs > 1 {
        println!("best of {}:    {best:.3} s", runs - 1);
    }
    Ok(())
}

/// A temporary folder that goes when the run ends, even by an error.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> std::io::Result<Scratch> {
        let folder = std::env::temp_dir().join(format!("abilene-load-{}", std::process::id()));
        fs::create_dir_all(folder.join("deals"))?;
        Ok(Scratch(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays behind lies in the temporary folder of the system.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Splitmix64: numbers that look random and are the same everywhere.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}

/// Writes the case, file by file so that little memory is touched before the first load; returns its bytes.
fn write_case(folder: &Path, deals: u64) -> std::io::Result<usize> {
    let mut bytes = 0;
    let mut put = |name: &str, records: &mut dyn Iterator<Item = String>| -> std::io::Result<()> {
        let mut out = BufWriter::new(File::create(folder.join(name))?);
        for record in records {
            bytes += record.len();
            out.write_all(record.as_bytes())?;
        }
        out.flush()
    };
    put("case.toml", &mut std::iter::once(CASE.to_owned()))?;
    put("fx.toml", &mut std::iter::once(RATES.to_owned()))?;
    put("parties.toml", &mut (0..PARTIES).map(party))?;
    put("sources.toml", &mut (0..SOURCES).map(source))?;
    for file in 0..FILES {
        let mut numbers = Numbers(file);
        let of_file = deals * file / FILES..deals * (file + 1) / FILES;
        put(&format!("deals/{file}.toml"), &mut of_file.map(|at| deal(at, &mut numbers)))?;
    }
    Ok(bytes)
}

const CASE: &str = "name = \"Load\"\ncurrency = \"USD\"\nunit = \"bn\"\nstart = 2024-01-01\n\
    horizon = 2032-12-31\nas_of = 2026-06-30\n";

const RATES: &str = "[[rate]]\ndate = 2023-12-29\nrate = \"1 USD = 0.91 EUR\"\nsources = [\"s000\"]\n";

fn party(at: u64) -> String {
    let kind = ["cloud", "ai_lab", "chip_maker", "lender", "utility"][(at % 5) as usize];
    format!("[[party]]\nid = \"p{at:04}\"\nname = \"Party {at} Inc.\"\nkind = \"{kind}\"\n\n")
}

fn source(at: u64) -> String {
    format!(
        "[[source]]\nid = \"s{at:03}\"\ntitle = \"Form 8-K number {at}\"\npublisher = \"Registry\"\n\
         date = 2024-{:02}-15\nurl = \"https://example.org/{at}\"\n\n",
        at % 12 + 1
    )
}

/// One deal in eight has a second leg, one in four a second state; four kinds of schedule take turns.
fn deal(at: u64, numbers: &mut Numbers) -> String {
    let mut text = format!("[[deal]]\nid = \"d{at:06}\"\ntitle = \"Agreement {at}\"\n");
    leg("a", numbers, &mut text);
    if at.is_multiple_of(8) {
        leg("b", numbers, &mut text);
    }
    let month = numbers.below(12) + 1;
    state(&format!("2025-{month:02}-10"), "announced", numbers, &mut text);
    if at.is_multiple_of(4) {
        state(&format!("2026-{:02}-20", numbers.below(6) + 1), "signed", numbers, &mut text);
    }
    text.push('\n');
    text
}

fn leg(id: &str, numbers: &mut Numbers, text: &mut String) {
    let instruments = ["equity", "loan", "goods purchase", "capacity contract", "lease", "vendor loan"];
    let payer = numbers.below(PARTIES);
    let payee = (payer + 1 + numbers.below(PARTIES - 1)) % PARTIES;
    let instrument = instruments[numbers.below(6) as usize];
    let millions = (numbers.below(99) + 1) * 4;
    let currency = if numbers.below(10) == 0 { "EUR" } else { "USD" };
    let schedule = match numbers.below(8) {
        0 => "{ kind = \"even\", from = 2026-01-01, to = 2030-12-31 }".to_owned(),
        1 => format!(
            "{{ kind = \"tranches\", parts = [{{ on = 2026-03-31, amount = \"{} m {currency}\" }}, \
             {{ on = 2027-03-31, amount = \"{} m {currency}\" }}] }}",
            millions / 4,
            millions / 4 * 3
        ),
        2 => format!(
            "{{ kind = \"recurring\", each = \"{} m {currency}\", every = \"year\", from = 2026-02-15, \
             to = 2029-02-15 }}",
            millions / 4
        ),
        _ => format!("{{ kind = \"once\", on = 2026-{:02}-28 }}", numbers.below(12) + 1),
    };
    // Writing to a string does not fail.
    let _ = write!(
        text,
        "[[deal.leg]]\nid = \"{id}\"\npayer = \"p{payer:04}\"\npayee = \"p{payee:04}\"\n\
         instrument = \"{instrument}\"\namount = \"{millions} m {currency}\"\nschedule = {schedule}\n"
    );
}

fn state(date: &str, status: &str, numbers: &mut Numbers, text: &mut String) {
    let source = numbers.below(SOURCES);
    let _ =
        write!(text, "[[deal.state]]\ndate = {date}\nstatus = \"{status}\"\nsources = [\"s{source:03}\"]\n");
}
