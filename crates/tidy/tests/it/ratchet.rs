//! Sizes and loose ends, counted. `tests/tidy.toml` holds the numbers, and they only fall.

use std::fs;

use crate::house::{committed, root, text};

const NUMBERS: &str = "tests/tidy.toml";

/// A file over this many lines is usually two ideas.
const FILE_LINES: usize = 400;
/// A function over this many lines does more than one thing.
const FUNCTION_LINES: usize = 60;

/// What users run: sources without their unit tests, by path.
fn sources() -> Vec<(String, String)> {
    let rust = committed().into_iter().filter(|path| path.starts_with("crates/") && path.ends_with(".rs"));
    let used = rust.filter(|path| path.contains("/src/") || path.contains("/examples/"));
    used.filter_map(|path| {
        let text = text(&path)?;
        let code = text.split("#[cfg(test)]").next().unwrap_or("").to_owned();
        Some((path, code))
    })
    .collect()
}

fn long_files() -> Vec<String> {
    let lengths = sources().into_iter().map(|(path, text)| (path, text.lines().count()));
    lengths
        .filter(|(_, lines)| *lines > FILE_LINES)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect()
}

/// Functions over the limit. In formatted code a function ends at the first `}` that stands as far left as it does.
fn long_functions() -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources() {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_function(line)) {
            let indent = &line[..line.len() - line.trim_start().len()];
            let head = lines[at..].iter().position(|line| line.ends_with(['{', ';', '}']));
            let Some(head) = head.filter(|head| lines[at + head].ends_with('{')) else { continue };
            let end = format!("{indent}}}");
            let length = lines[at + head..].iter().position(|line| *line == end).map_or(1, |n| head + n + 1);
            if length > FUNCTION_LINES {
                found.push(format!("{path}:{}: {length} lines", at + 1));
            }
        }
    }
    found
}

fn is_function(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let qualifiers = ["pub", "pub(crate)", "pub(super)", "const", "async", "unsafe"];
    words.find(|word| !qualifiers.contains(word)) == Some("fn")
}

/// Lines of code, not of comments, that hold one of these.
fn lines_with(words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources() {
        let code = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
        let hits = code.filter(|(_, line)| words.iter().any(|word| line.contains(word)));
        found.extend(hits.map(|(at, _)| format!("{path}:{}", at + 1)));
    }
    found
}

fn notes_to_self() -> Vec<String> {
    let mut found = Vec::new();
    for path in committed().into_iter().filter(|path| path.ends_with(".rs")) {
        let text = text(&path).unwrap_or_default();
        let words = [
            concat!("TO", "DO"),
            concat!("FIX", "ME"),
            concat!("to", "do!("),
            concat!("unimple", "mented!("),
        ];
        let hits = text.lines().enumerate().filter(|(_, line)| words.iter().any(|word| line.contains(word)));
        found.extend(hits.map(|(at, _)| format!("{path}:{}", at + 1)));
    }
    found
}

#[test]
fn numbers_only_fall() {
    let counted = [
        ("long_files", long_files()),
        ("long_functions", long_functions()),
        ("unwraps", lines_with(&[".unwrap()", ".expect("])),
        ("notes_to_self", notes_to_self()),
    ];
    let mut numbers = text(NUMBERS).unwrap();
    let mut wrong = Vec::new();
    for (name, found) in &counted {
        let line = numbers.lines().find(|line| line.starts_with(&format!("{name} = "))).unwrap().to_owned();
        let allowed: usize = line.rsplit(' ').next().unwrap().parse().unwrap();
        if found.len() > allowed {
            wrong.push(format!(
                "{name}: {} where {allowed} are let pass\n  {}",
                found.len(),
                found.join("\n  ")
            ));
        } else if found.len() < allowed && std::env::var_os("BLESS").is_some() {
            numbers = numbers.replace(&line, &format!("{name} = {}", found.len()));
            fs::write(root().join(NUMBERS), &numbers).unwrap();
        } else if found.len() < allowed {
            wrong.push(format!(
                "{name}: only {} are left of {allowed}: lower the number, or BLESS=1",
                found.len()
            ));
        }
    }
    assert!(wrong.is_empty(), "{NUMBERS}\n{}", wrong.join("\n"));
}
