//! JSON with its schema, CSV with its header, tables without colours.

use serde_json::Value;

use crate::run::{Folder, Run, abilene, command};

fn json(run: &Run) -> Value {
    assert_eq!(run.code, 0, "{run:?}");
    serde_json::from_str(&run.out).unwrap()
}

fn edges(folder: &Folder) -> String {
    folder.put("edges.csv", "from,to,amount\na,b,10\nb,c,12\nc,a,10\n")
}

const CASE: &str = "cases/triangle";

#[test]
fn json_names_its_schema() {
    let folder = Folder::new();
    let edges = edges(&folder);
    let asked: [(&str, &[&str]); 7] = [
        ("abilene.check/1", &["check", CASE]),
        ("abilene.web/1", &["loops", CASE]),
        ("abilene.cover/1", &["cover", CASE]),
        ("abilene.case-stress/1", &["stress", CASE, "--all-singles"]),
        ("abilene.diff/1", &["diff", CASE, "2026-01-31", "2026-07-01"]),
        ("abilene.report/1", &["report", CASE]),
        ("abilene.loops/1", &["loops", "--edges", &edges]),
    ];
    for (schema, args) in asked {
        let answer = json(&abilene(&[args, &["--format", "json"]].concat()));
        assert_eq!(answer["schema"], schema, "{args:?}");
    }
}

#[test]
fn json_of_a_broken_case_is_json_with_exit_code_1() {
    let folder = Folder::triangle();
    folder.replace("case/fx.toml", "#:schema", "nonsense\n#:schema");
    let run = abilene(&["check", &folder.path("case"), "--format", "json"]);
    assert_eq!(run.code, 1, "{run:?}");
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    let all = answer["diagnostics"].as_array().unwrap();
    let broken = all.iter().find(|diagnostic| diagnostic["code"] == "E001").unwrap();
    assert_eq!((&broken["path"], &broken["line"]), (&Value::from("fx.toml"), &Value::from(1)));
}

#[test]
fn csv_has_a_header_and_rows_as_long() {
    let folder = Folder::new();
    let edges = edges(&folder);
    let asked: [(&str, &[&str]); 6] = [
        ("code,severity,path,line,column,message,help", &["check", CASE]),
        ("basis,", &["loops", CASE]),
        ("party,year,due_firm,", &["cover", CASE]),
        ("shock,party,struck,", &["stress", CASE, "--default", "vega"]),
        ("deal,what,leg,field,from,to", &["diff", CASE, "2026-01-31", "2026-07-01"]),
        ("party,net,", &["loops", "--edges", &edges]),
    ];
    for (header, args) in asked {
        let run = abilene(&[args, &["--format", "csv"]].concat());
        assert_eq!(run.code, 0, "{run:?}");
        assert!(run.out.starts_with(header), "{args:?}: {}", run.out);
        let mut reader = csv::Reader::from_reader(run.out.as_bytes());
        assert!(reader.records().all(|row| row.is_ok()), "{}", run.out);
    }
}

#[test]
fn schemas_are_json() {
    let schema = json(&abilene(&["schema", "deal"]));
    assert!(schema["properties"]["deal"].is_object(), "{schema}");
    let folder = Folder::new();
    let run = abilene(&["schema", "-o", &folder.path("schemas")]);
    assert_eq!(run.code, 0, "{run:?}");
    let unnamed = abilene(&["schema"]);
    assert_eq!(unnamed.code, 2, "{unnamed:?}");
    assert!(unnamed.err.contains("deal"), "{}", unnamed.err);
}

#[test]
fn what_is_not_a_terminal_gets_no_escape_codes() {
    let folder = Folder::triangle();
    folder.replace("case/deals/deals.toml", "payee = \"lumen\"", "payee = \"lumn\"");
    let broken = folder.path("case");
    let asked: [&[&str]; 4] = [&["check", &broken], &["loops", &broken], &["loops", CASE], &["cover", CASE]];
    for args in asked {
        let run = abilene(args);
        assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'), "{run:?}");
    }
}

/// With `script` of util-linux there is a terminal to look at; without it there is nothing to see here.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_colours_unless_no_color_is_set() {
    let folder = Folder::triangle();
    folder.replace("case/deals/deals.toml", "payee = \"lumen\"", "payee = \"lumn\"");
    let check = format!("{} check {}", env!("CARGO_BIN_EXE_abilene"), folder.path("case"));
    let shown = |no_color: Option<&str>| {
        let mut script = std::process::Command::new("script");
        script.args(["-qec", &check, "/dev/null"]).stdin(std::process::Stdio::null()).env_remove("NO_COLOR");
        script.envs(no_color.map(|value| ("NO_COLOR", value)));
        script.output().ok().map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let Some(coloured) = shown(None) else { return };
    assert!(coloured.contains("\u{1b}["), "{coloured}");
    assert!(shown(Some("")).is_some_and(|text| text.contains("\u{1b}[")));
    assert!(shown(Some("1")).is_some_and(|text| text.contains("[E010]") && !text.contains('\u{1b}')));
}

/// `abilene … | head` ends quietly, and so does a run whose notes nobody reads.
#[test]
fn readers_may_leave() {
    let folder = Folder::new();
    let page = folder.path("page.html");
    let new = folder.path("new");
    let asked: [&[&str]; 6] = [
        &["loops", "cases/ai-buildout", "--format", "json"],
        &["check", "cases/ai-buildout", "--doubts"],
        &["completions", "bash"],
        &["schema", "deal"],
        &["new", &new],
        &["report", CASE, "-o", &page],
    ];
    for args in asked {
        let mut child = command(args)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop((child.stdout.take(), child.stderr.take()));
        assert_eq!(child.wait().unwrap().code(), Some(0), "{args:?}");
    }
    assert!(std::fs::metadata(&page).unwrap().len() > 1_000);
}

#[test]
fn tables_of_an_outlook_are_parquet_and_as_long_as_the_paths() {
    let folder = Folder::new();
    let into = folder.path("tables");
    let run = abilene(&[
        "outlook",
        "cases/ai-buildout",
        "--paths",
        "64",
        "--odds-only",
        "--tables",
        &into,
        "--format",
        "json",
    ]);
    assert_eq!(json(&run)["paths"], 64, "{run:?}");
    let again =
        abilene(&["outlook", "cases/ai-buildout", "--path", "3", "--tables", &into, "--format", "csv"]);
    assert_eq!(again.code, 0, "{again:?}");
    for name in ["paths", "quarters", "payments"] {
        let bytes = std::fs::read(format!("{into}/{name}.parquet")).unwrap();
        assert!(bytes.len() > 1_000 && bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{name}");
    }
    let refused = abilene(&["outlook", "cases/ai-buildout", "--paths", "16", "--tables", "Cargo.toml"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains("cannot write into Cargo.toml"), "{}", refused.err);
}
