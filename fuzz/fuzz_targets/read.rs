//! Any bytes as a document: they are refused with a word, or read; every span stands inside the text; no panic.
#![no_main]

use abilene_reader::{Options, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(found) = read(bytes, "fuzz", &Options::default()) {
        let end = found.document.text.characters as u32;
        for amount in &found.document.amounts {
            assert!(amount.span[0] < amount.span[1] && amount.span[1] <= end);
        }
    }
});
