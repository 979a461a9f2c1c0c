//! `abilene outlook --world`: what is printed, and what is said of files that are wrong.

use std::fs;

use serde_json::Value;

use crate::run::{Folder, Run, abilene, root};

/// The world that docs/model.md shows.
fn shown() -> String {
    let book = fs::read_to_string(root().join("docs/model.md")).unwrap();
    let (_, after) = book.split_once("```json\n").unwrap();
    after.split_once("```").unwrap().0.to_owned()
}

fn run(text: &str, more: &[&str]) -> Run {
    let folder = Folder::new();
    let path = folder.put("world.json", text);
    abilene(&[&["outlook", "--world", &path], more].concat())
}

#[test]
fn the_world_of_the_book_runs() {
    let answer = run(&shown(), &["--format", "json"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{answer:?}");
    let found: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(found["schema"], "abilene.world/1");
    // 5 + 2, + 2 − 3, + 2 − 3: then 5 are left and 3 are due each quarter.
    assert_eq!(found["cash"]["lab"].to_string(), "[5.0,7.0,6.0,5.0,2.0]");
    assert_eq!(found["legs"]["rent"]["paid"].to_string(), "[0.0,3.0,3.0,3.0]");
    assert_eq!(found["events"].to_string(), "[]");
}

#[test]
fn tables_tell_it_quarter_by_quarter() {
    let table = run(&shown(), &[]);
    assert_eq!(table.code, 0, "{table:?}");
    for expected in ["lab cash", "campus GW", "Defaults: nobody", "Parties paid 9.00 of 9.00 that fell due"] {
        assert!(table.out.contains(expected), "{expected} in {}", table.out);
    }
    let csv = run(&shown(), &["--format", "csv"]);
    let rows: Vec<&str> = csv.out.lines().collect();
    assert_eq!(rows[0], "quarter,leg,payer,payee,due,paid,arrears,cancelled so far,to come");
    assert_eq!(rows[1], "1,revenue,customers,lab,2,2,0,0,4");
    assert_eq!(rows[2], "2,rent,lab,cloud,3,3,0,0,57");
}

#[test]
fn a_file_that_is_wrong_is_exit_code_1_with_its_place() {
    let shown = shown();
    let wrong = [
        (String::new(), "expected a JSON object"),
        ("[1, 2]".to_owned(), "expected an object"),
        (shown.replace("\"cloud\", \"instrument\"", "\"clout\", \"instrument\""), "did you mean `cloud`?"),
        (shown.replace("\"class\": 0", "\"clas\": 0"), "legs[0].clas: no field `clas` is known here"),
        (shown.replace("\"cash\": 5", "\"cash\": \"5 bn\""), "parties[0].cash: expected a finite number"),
        (shown.replace("\"haircut\": 0.4", "\"haircut\": 40"), "rules.on_default.haircut: expected 0 to 1"),
        (shown.replace("\"quarters\": 4", "\"quarters\": 4000000000"), "quarters: expected a whole number"),
    ];
    for (text, expected) in wrong {
        let run = run(&text, &["--format", "json"]);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:?}");
        assert!(run.err.contains("world.json: ") && run.err.contains(expected), "{expected} in {}", run.err);
    }
    let missing = abilene(&["outlook", "--world", "no/such/world.json"]);
    assert_eq!(missing.code, 1);
    assert!(missing.err.contains("cannot read no/such/world.json"), "{}", missing.err);
}
