//! `check` and `new`.

use crate::run::{Folder, abilene};

#[test]
fn the_cases_of_this_project_have_no_errors() {
    for case in ["cases/triangle", "cases/ai-buildout"] {
        let run = abilene(&["check", case]);
        assert_eq!(run.code, 0, "{run:?}");
        assert!(run.out.contains("\n0 errors, "), "{case}: {}", run.out);
        assert_eq!(run.err, "");
    }
}

#[test]
fn every_problem_is_told_with_its_place() {
    let folder = Folder::triangle();
    folder.replace("case/deals/deals.toml", "payee = \"lumen\"", "payee = \"lumn\"");
    folder.replace("case/sources.toml", "date = 2026-01-20", "date = \"2026-01-20\"");
    let run = abilene(&["check", &folder.path("case")]);
    assert_eq!(run.code, 1, "{run:?}");
    for told in ["[E010]", "deals/deals.toml:13:9", "did you mean \"lumen\"?", "[E008]", "sources.toml:15:8"]
    {
        assert!(run.out.contains(told), "{told} in {}", run.out);
    }
    let summary = run.out.lines().last().unwrap();
    let errors = run.out.matches("Error:").count();
    assert!(errors >= 3 && summary.starts_with(&format!("{errors} errors, ")), "{summary}");
}

#[test]
fn a_case_with_errors_is_not_answered() {
    let folder = Folder::triangle();
    folder.replace("case/deals/deals.toml", "amount = \"40 bn USD\"", "amount = \"40 bn\"");
    let case = folder.path("case");
    let page = folder.path("page.html");
    let asked: [&[&str]; 4] = [
        &["loops", &case],
        &["cover", &case],
        &["diff", &case, "2026-01-01", "2026-07-01"],
        &["report", &case, "-o", &page],
    ];
    for args in asked {
        let run = abilene(args);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:?}");
        assert!(run.err.contains("[E006]") && run.err.contains("nothing was computed"), "{}", run.err);
    }
    assert_eq!(folder.names(), ["case"]);
}

#[test]
fn a_new_case_passes_its_own_check() {
    for example in [None, Some("triangle")] {
        let folder = Folder::new();
        let case = folder.path("my-case");
        let mut args = vec!["new", &case];
        args.extend(example.iter().flat_map(|name| ["--example", name]));
        let made = abilene(&args);
        assert_eq!(made.code, 0, "{made:?}");
        assert!(made.out.contains("case.toml") && made.err.contains("abilene check"), "{made:?}");
        let run = abilene(&["check", &case]);
        assert_eq!(run.code, 0, "{run:?}");
        assert!(run.out.contains("\n0 errors, 0 warnings, "), "{}", run.out);
    }
}

#[test]
fn a_folder_that_holds_anything_is_left_alone() {
    let folder = Folder::new();
    folder.put("notes.txt", "mine");
    let run = abilene(&["new", &folder.path("")]);
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:?}");
    assert!(run.err.contains("is not empty; name a new folder"), "{}", run.err);
    assert_eq!(folder.names(), ["notes.txt"]);
}

#[test]
fn a_folder_without_a_case_is_told_so() {
    let folder = Folder::new();
    for command in ["check", "loops", "cover", "report"] {
        let run = abilene(&[command, &folder.path("nowhere")]);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:?}");
        assert!(run.err.contains("there is no case.toml in it"), "{}", run.err);
    }
}
