//! Words that have no business in a committed file. They are put together here, so that this file has none of them.

use crate::house::{committed, text};

/// Folders of one machine, hosts of package registries, and notes to oneself.
const BANNED: [&str; 8] = [
    concat!("/wo", "rk/"),
    concat!("../sha", "red"),
    concat!("crates", ".io"),
    concat!("pypi", ".org"),
    concat!("python", "hosted.org"),
    concat!("npm", "js."),
    concat!("proxy.go", "lang.org"),
    concat!("TO", "DO"),
];

/// Written by cargo, with the addresses it needs.
const GENERATED: [&str; 2] = ["Cargo.lock", "fuzz/Cargo.lock"];

#[test]
fn committed_files_name_no_machine_and_no_registry() {
    let mut found = Vec::new();
    for path in committed().into_iter().filter(|path| !GENERATED.contains(&path.as_str())) {
        let Some(text) = text(&path) else { continue };
        for (at, line) in text.lines().enumerate() {
            let word = BANNED.iter().find(|word| line.contains(**word) && !may_skip(&path, word, &text));
            found.extend(word.map(|word| format!("{path}:{}: {word}", at + 1)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A test may look for data beside the project, when it says that it skips where there is none.
fn may_skip(path: &str, word: &str, text: &str) -> bool {
    word == BANNED[1] && path.contains("tests/") && text.contains("skip")
}
