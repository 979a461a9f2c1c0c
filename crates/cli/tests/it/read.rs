//! `abilene read`: printed, as JSON, reviewed through stdin, written into a case.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::run::{Folder, abilene, command};

const NEWS: &str = "Northbank lent Lumen Labs $3 billion on Monday.\n\nLumen Labs has 5 million users, Northbank said. The city will pay $2 million.\n";

fn news(folder: &Folder) -> String {
    folder.put("news.txt", NEWS)
}

#[test]
fn json_has_its_schema_and_spans() {
    let folder = Folder::new();
    let run = abilene(&["read", &news(&folder), "--id", "n1", "--date", "2026-10-05", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(answer["schema"], "abilene.read/1");
    let document = &answer["documents"][0];
    assert_eq!(document["id"], "n1");
    let deal = &document["deals"][0];
    assert_eq!(
        (&deal["payer"][0], &deal["payee"][0]),
        (&Value::from("Northbank"), &Value::from("Lumen Labs"))
    );
    assert_eq!(deal["amount"].to_string(), "3000000000", "the digits, not a float");
    assert_eq!(deal["span"], serde_json::json!([26, 36]));
    assert_eq!(document["doubtful"][0]["text"], "$2 million");
}

#[test]
fn the_table_tells_the_doubtful_with_the_reason() {
    let folder = Folder::new();
    let run = abilene(&["read", &news(&folder)]);
    assert_eq!(run.code, 0);
    assert!(
        run.out.contains("Northbank") && run.out.contains("Doubtful") && run.out.contains("$2 million"),
        "{}",
        run.out
    );
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_read() {
    let folder = Folder::new();
    let empty = folder.put("empty.txt", " \n");
    let run = abilene(&["read", &news(&folder), &empty, "/nowhere/at-all.txt"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("holds no text") && run.err.contains("cannot be opened"), "{}", run.err);
    assert!(run.out.contains("Northbank"));
    assert_eq!(abilene(&["read", "a", "b", "--id", "x"]).code, 2);
    assert_eq!(abilene(&["read", "a", "--date", "yesterday"]).code, 2);
}

fn review(case: &Path, file: &str, answers: &str) -> String {
    let case = case.display().to_string();
    let args = ["read", file, "--id", "n1", "--date", "2026-10-05", "--case", &case, "--review"];
    let mut child = command(&args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_review_goes_on_where_it_stopped_and_writes_nothing_twice() {
    let folder = Folder::new();
    let case = Path::new(&folder.path("case")).to_owned();
    assert_eq!(abilene(&["new", &case.display().to_string(), "--example", "triangle"]).code, 0);
    let file = news(&folder);
    let first = review(&case, &file, "e\namount = 4000000000\n\na\nq\n");
    assert!(first.contains("[$3 billion]"), "the number is marked in its sentence: {first}");
    assert!(first.contains("1 written; 0 had been decided before"), "{first}");
    let deals = fs::read_to_string(case.join("deals/read.toml")).unwrap();
    assert!(deals.contains("amount = \"4 bn USD\"") && deals.contains("n1#c26-36"), "{deals}");
    let second = review(&case, &file, "s\n");
    assert!(second.contains("0 written; 1 had been decided before"), "{second}");
    let third = review(&case, &file, "");
    assert!(third.contains("0 written; 2 had been decided before"), "{third}");
    assert_eq!(fs::read_to_string(case.join("deals/read.toml")).unwrap(), deals);
    assert_eq!(abilene(&["check", &case.display().to_string()]).code, 0);
}

#[test]
fn all_above_a_confidence_are_written_and_the_report_works() {
    let folder = Folder::new();
    let case = Path::new(&folder.path("case")).to_owned();
    let name = case.display().to_string();
    assert_eq!(abilene(&["new", &name, "--example", "triangle"]).code, 0);
    let file = news(&folder);
    let args = ["read", &file, "--date", "2026-10-05", "--case", &name, "--accept-all-above", "0.8"];
    let run = abilene(&args);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("1 written"), "claims are below 0.8: {}", run.err);
    let again = abilene(&args);
    assert!(again.err.contains("0 written, 1 were there already"), "{}", again.err);
    let report = folder.path("report.html");
    assert_eq!(abilene(&["report", &name, "-o", &report]).code, 0);
    assert!(fs::read_to_string(&report).unwrap().contains("Northbank"));
}

/// The case that reading the first page gave.
#[test]
fn the_articles_own_web_is_a_case() {
    let folder = Folder::new();
    assert_eq!(abilene(&["check", "cases/seed-article"]).code, 0);
    let report = folder.path("report.html");
    let run = abilene(&["report", "cases/seed-article", "-o", &report]);
    assert_eq!(run.code, 0, "{}", run.err);
    let json = abilene(&["report", "cases/seed-article", "--format", "json"]);
    assert!(
        json.out.contains("nvidia-openai-equity") && json.out.contains("22400000000"),
        "the sums of the article"
    );
}
