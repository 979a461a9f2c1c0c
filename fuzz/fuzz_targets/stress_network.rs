//! Any text as a network file: it is refused with a word, or answered with finite numbers; it never panics.
#![no_main]

use abilene::stress::{read_network, stress};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(file) = read_network(text) {
        // What takes long by its size alone teaches nothing here.
        if file.nodes.len() <= 12 && file.obligations.len() <= 64 {
            let _ = stress(&file);
        }
    }
});
