//! Any two texts, divided by a zero byte, as the tables of a large network.
#![no_main]

use abilene::stress::{read_tables, stress};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (nodes, edges) = text.split_once('\0').unwrap_or((text, "debtor,creditor,amount\n"));
    if let Ok(file) = read_tables(nodes, edges)
        && file.nodes.len() <= 64
    {
        let _ = stress(&file);
    }
});
