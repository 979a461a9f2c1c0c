//! The stations stand on one line, as ARCHITECTURE.md draws it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use toml::de::DeTable;

use crate::house::{committed, root, text};

type Uses = BTreeMap<String, BTreeSet<String>>;

/// The rows under `| crate | may use |`.
fn drawn() -> Uses {
    let page = text("ARCHITECTURE.md").unwrap();
    let (_, table) = page.split_once("| crate | may use |\n").unwrap();
    let rows = table.lines().skip(1).take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [name, uses] = cells[..] else { panic!("a row has two cells: {row}") };
        let uses = uses.split(',').map(str::trim).filter(|name| !name.is_empty() && *name != "—");
        (name.to_owned(), uses.map(str::to_owned).collect())
    })
    .collect()
}

/// What the manifests say: dependencies of the crates themselves, not of their tests.
fn real() -> Uses {
    let mut found = Uses::new();
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let folder = entry.unwrap().path();
        let Ok(manifest) = fs::read_to_string(folder.join("Cargo.toml")) else { continue };
        if !folder.join("src").is_dir() {
            continue;
        }
        let manifest = DeTable::parse(&manifest).unwrap();
        let mut uses = BTreeSet::new();
        for kind in ["dependencies", "build-dependencies"] {
            let Some(table) = manifest.get_ref().get(kind).and_then(|node| node.get_ref().as_table()) else {
                continue;
            };
            uses.extend(table.keys().filter_map(|key| short(key.get_ref())));
        }
        found.insert(folder.file_name().unwrap().to_str().unwrap().to_owned(), uses);
    }
    found
}

/// `flows` of `abilene-flows`, for the crates of this house.
fn short(name: &str) -> Option<String> {
    let short = if name == "abilene" { name } else { name.strip_prefix("abilene-")? };
    Some(short.to_owned())
}

#[test]
fn crates_use_what_the_list_says() {
    let (drawn, real) = (drawn(), real());
    for (name, uses) in &real {
        assert_eq!(
            drawn.get(name),
            Some(uses),
            "crate `{name}`: left what ARCHITECTURE.md lists, right what its Cargo.toml has"
        );
    }
    assert_eq!(drawn.len(), real.len(), "ARCHITECTURE.md lists crates that are not there");
}

#[test]
fn stations_use_only_those_before_them() {
    let real = real();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    while done.len() < real.len() {
        let free =
            |(_, uses): &(&String, &BTreeSet<String>)| uses.iter().all(|name| done.contains(name.as_str()));
        let next: Vec<&str> = real.iter().filter(free).map(|(name, _)| name.as_str()).collect();
        assert!(next.len() > done.len(), "a circle, or a crate that is not in crates/: {real:?}");
        done = next.into_iter().collect();
    }
}

/// Measures on plain arrays: the same arrays give the same numbers, whatever the machine, the day or the folder.
#[test]
fn numeric_crates_see_nothing_but_their_arguments() {
    let banned =
        ["std::fs", "std::io", "std::env", "std::net", "std::time", "std::process", "HashMap", "HashSet"];
    for crate_name in ["loops", "clearing", "outlook"] {
        let prefix = format!("crates/{crate_name}/src/");
        for path in committed().into_iter().filter(|path| path.starts_with(&prefix)) {
            let text = text(&path).unwrap();
            let found: Vec<&&str> = banned.iter().filter(|word| text.contains(**word)).collect();
            assert!(found.is_empty(), "{path}: {found:?}; take it as an argument, or use an ordered map");
        }
    }
}
