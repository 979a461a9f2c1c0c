//! `report`: one page that needs nothing else.

use std::collections::BTreeSet;
use std::fs;

use crate::run::{Folder, abilene};

/// Writes the report of a case and returns the page.
fn page(args: &[&str]) -> String {
    let folder = Folder::new();
    let path = folder.path("page.html");
    let run = abilene(&[&["report"], args, &["-o", &path]].concat());
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    assert_eq!(folder.names(), ["page.html"], "one file and nothing beside it");
    fs::read_to_string(path).unwrap()
}

/// The values of an attribute, in order.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let open = format!(" {attribute}=\"");
    page.split(&open).skip(1).filter_map(|rest| rest.split_once('"')).map(|(value, _)| value).collect()
}

/// The policy lets only the app's own script run and nothing be fetched; the plain page, which is what is read
/// without scripts, asks for nothing either, and every link in it leads somewhere.
fn stands_alone(page: &str) {
    assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"));
    assert!(page.contains("default-src 'none'; script-src 'sha256-"));
    assert_eq!(page.matches("<!--abilene:").count(), 0, "every place of the app is filled");
    assert_eq!(page.matches("<script").count(), 2, "the data and the app");
    let (_, page) = page.split_once("<div id=\"plain\">").unwrap();
    for outside in ["<script", " src=", "<link", "url(", "@import", "<iframe", "<object", " onclick="] {
        assert!(!page.contains(outside), "{outside}");
    }
    let ids = values(page, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    let twice: Vec<&&str> =
        unique.iter().filter(|id| ids.iter().filter(|other| other == id).count() > 1).collect();
    assert!(twice.is_empty(), "ids used twice: {twice:?}");
    for target in values(page, "href").iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(unique.contains(target), "#{target} leads nowhere");
    }
    for reference in ["aria-labelledby", "aria-describedby", "for", "headers"] {
        for target in values(page, reference).iter().flat_map(|ids| ids.split_whitespace()) {
            assert!(unique.contains(target), "{reference}={target} leads nowhere");
        }
    }
}

#[test]
fn the_page_stands_alone() {
    for case in ["cases/triangle", "cases/ai-buildout"] {
        let page = page(&[case]);
        stands_alone(&page);
        assert!(values(&page, "href").len() > 10, "evidence is linked");
    }
}

#[test]
fn before_any_deal_there_is_an_empty_web_and_no_failure() {
    let early = ["--as-of", "2001-01-01"];
    for case in ["cases/triangle", "cases/ai-buildout"] {
        stands_alone(&page(&[case, early[0], early[1]]));
        for command in ["loops", "cover", "report"] {
            let run = abilene(&[command, case, early[0], early[1], "--format", "json"]);
            assert_eq!(run.code, 0, "{run:?}");
            let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
            assert_eq!(answer["as_of"], early[1], "{command}");
            assert!(!run.out.contains("NaN") && !run.out.contains("inf\""), "{command} {case}");
        }
        let run = abilene(&["diff", case, "2000-01-01", early[1], "--format", "json"]);
        assert!(run.code == 0 && run.out.contains("\"changes\": []"), "{run:?}");
    }
}

#[test]
fn a_page_is_written_whole_or_not_at_all() {
    let folder = Folder::new();
    let run = abilene(&["report", "cases/triangle", "-o", &folder.path("nowhere/page.html")]);
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:?}");
    assert!(run.err.contains("there is no folder") && run.err.contains("nowhere"), "{}", run.err);
    let run = abilene(&["report", "cases/triangle", "-o", &folder.path("")]);
    assert_eq!(run.code, 1, "a folder is no file: {run:?}");
    assert_eq!(folder.names(), [""; 0], "nothing is left behind");
    let run = abilene(&["report", "cases/triangle", "--format", "csv", "-o", &folder.path("page.html")]);
    assert_eq!(run.code, 2, "{run:?}");
    assert_eq!(folder.names(), [""; 0]);
}

#[test]
fn the_same_case_gives_the_same_page() {
    assert!(page(&["cases/ai-buildout"]) == page(&["cases/ai-buildout"]));
}
