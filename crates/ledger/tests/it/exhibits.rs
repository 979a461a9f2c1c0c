//! Every diagnostic has an exhibit in `tests/errors`: input, message, remedy. `BLESS=1` rewrites the messages.

use std::collections::BTreeSet;
use std::fs;

use abilene_ledger::{Code, Colour, Severity, render};

use crate::case::{Folder, root};

/// The fenced blocks of a Markdown page: what stands after the fence, and the text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in page.split_inclusive('\n') {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => open = Some((info.trim().to_owned(), String::new())),
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some((_, text)), None) => text.push_str(line),
            (None, None) => {}
        }
    }
    found
}

#[test]
fn each_exhibit_prints_what_it_shows() {
    let mut shown = BTreeSet::new();
    let mut wrong = Vec::new();
    let mut pages: Vec<_> =
        fs::read_dir(root().join("tests/errors")).unwrap().flatten().map(|e| e.path()).collect();
    pages.retain(|path| path.extension().is_some_and(|e| e == "md"));
    pages.sort();
    for path in pages {
        let page = fs::read_to_string(&path).unwrap();
        let blocks = blocks(&page);
        let folder = Folder::base();
        for (info, text) in &blocks {
            if let Some(name) = info.strip_prefix("toml ") {
                folder.put(name, text);
            }
        }
        let loaded = folder.load();
        let message: String =
            loaded.diagnostics.iter().map(|d| render(d, &loaded.book.files, Colour::No)).collect();
        let message: String = message.lines().map(|line| format!("{}\n", line.trim_end())).collect();
        let code = path.file_stem().unwrap().to_string_lossy().split('-').next().unwrap().to_owned();
        assert!(message.contains(&code), "{}: {message}", path.display());
        shown.insert(code);
        let told = &blocks.last().unwrap().1;
        if *told != message {
            if std::env::var_os("BLESS").is_some() {
                let head = page.rsplit_once("```text\n").unwrap().0;
                fs::write(&path, format!("{head}```text\n{message}```\n")).unwrap();
            } else {
                wrong.push(format!("{}\n--- told\n{told}--- printed\n{message}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let all: BTreeSet<String> = Code::ALL.iter().map(|code| code.text().to_owned()).collect();
    assert_eq!(shown, all, "every code has an exhibit, and every exhibit a code");
}

/// `docs/errors.md` is the exhibits one after the other, each heading a step lower.
#[test]
fn the_reference_page_is_made_of_the_exhibits() {
    let mut names: Vec<_> =
        fs::read_dir(root().join("tests/errors")).unwrap().flatten().map(|e| e.path()).collect();
    names.retain(|path| path.extension().is_some_and(|e| e == "md"));
    names.sort();
    let mut page = String::from(
        "# Every message, with an example and its remedy\n\nE: an error, the case is not answered until it is mended. W: a warning. D: a doubt, shown with `abilene check --doubts`. This page is made from `tests/errors`.\n",
    );
    for path in names {
        page.push_str(&format!("\n#{}", fs::read_to_string(path).unwrap()));
    }
    let path = root().join("docs/errors.md");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap_or_default(), page, "BLESS=1 rewrites it");
}

#[test]
fn all_problems_of_all_files_are_reported_in_one_run() {
    let folder = Folder::base();
    folder.put(
        "deals/a.toml",
        &fs::read_to_string(root().join("tests/errors/base/deals/a.toml"))
            .unwrap()
            .replace("lumen", "nobody")
            .replace("signed", "sgned"),
    );
    folder.put("claims.toml", "[[claim]]\nid = \"c\"\n");
    folder.put("fx.toml", "rate = 3\n[oops\n");
    let loaded = folder.load();
    let found: Vec<&str> = loaded.diagnostics.iter().map(|d| d.code.text()).collect();
    for code in ["E001", "E003", "E005"] {
        assert!(found.contains(&code), "{code} in {found:?}");
    }
    assert_eq!(found.iter().filter(|code| **code == "E003").count(), 4, "{found:?}");
    assert!(loaded.has(Severity::Error));
}

#[test]
fn a_broken_file_never_panics() {
    let whole = fs::read_to_string(root().join("tests/errors/base/deals/a.toml")).unwrap();
    for cut in (0..whole.len()).step_by(7) {
        let folder = Folder::base();
        folder.put("deals/a.toml", &whole[..cut]);
        let loaded = folder.load();
        loaded.diagnostics.iter().for_each(|d| {
            render(d, &loaded.book.files, Colour::No);
        });
    }
}
