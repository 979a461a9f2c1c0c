//! Wrong usage is exit code 2 and says what was expected.

use crate::run::{Folder, abilene};

const CASE: &str = "cases/triangle";

#[test]
fn wrong_arguments_say_what_is_expected() {
    let asked: [(&[&str], &str); 19] = [
        (&[], "Usage: abilene <COMMAND>"),
        (&["loop", CASE], "loops"),
        (&["check"], "<CASE>"),
        (&["check", CASE, "--doubt"], "--doubts"),
        (&["loops", CASE, "--format", "xml"], "table, json, csv"),
        (&["loops", CASE, "--as-of", "yesterday"], "expected a date such as 2025-10-01"),
        (&["loops", CASE, "--as-of", "2025-02-30"], "expected a date such as 2025-10-01"),
        (&["cover", CASE, "--span", "2026"], "expected a span such as 2026..2030, 2025-Q3..2026-Q2"),
        (&["cover", CASE, "--span", "2030..2026"], "expected a span such as 2026..2030"),
        (&["cover", CASE, "--party", "nobody"], "no party \"nobody\""),
        (&["cover", CASE, "--min-confidence", "some"], "expected high, medium, low or memory"),
        (&["stress", CASE, "--horizon", "0q"], "expected 1 to 40 quarters"),
        (&["stress", CASE, "--default", "nobody"], "no party `nobody`"),
        (&["stress", CASE, "--shock", "vega:cash=-5%"], "only `revenue` can be shocked"),
        (&["stress", CASE, "--all-singles", "--default", "vega"], "cannot be used with"),
        (&["outlook"], "<CASE>"),
        (&["outlook", CASE, "--world", "world.json"], "cannot be used with"),
        (&["outlook", "--world", "world.json", "--paths", "16"], "cannot be used with"),
        (&["diff", CASE, "2026-07-01", "2026-01-01"], "name the earlier date first"),
    ];
    for (args, expected) in asked {
        let run = abilene(args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}: {run:?}");
        assert!(run.err.contains(expected), "{args:?}: {expected} in {}", run.err);
    }
}

#[test]
fn help_is_no_mistake() {
    for args in [&["--help"][..], &["loops", "--help"], &["--version"], &["completions", "zsh"]] {
        let run = abilene(args);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{args:?}: {run:?}");
        assert!(run.out.contains("abilene"), "{args:?}");
    }
}

#[test]
fn an_edge_list_that_cannot_be_read_is_exit_code_1() {
    let folder = Folder::new();
    let files =
        [("missing.csv", None), ("wrong.csv", Some("from,to,amount\na,b,much\n")), ("empty.csv", Some(""))];
    for (name, text) in files {
        let path = text.map_or_else(|| folder.path(name), |text| folder.put(name, text));
        let run = abilene(&["loops", "--edges", &path]);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{name}: {run:?}");
        assert!(run.err.contains(name), "{}", run.err);
    }
}
