//! The committed schemas are what the types say. `BLESS=1` rewrites them.

use std::fs;

use abilene_ledger::{SCHEMAS, scaffold, schema};

use crate::case::{Folder, root};

#[test]
fn the_committed_schemas_are_those_of_the_types() {
    for kind in SCHEMAS {
        let path = root().join(format!("schemas/{kind}.schema.json"));
        let text = format!("{:#}\n", schema(kind).unwrap());
        if std::env::var_os("BLESS").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &text).unwrap();
        }
        assert_eq!(
            fs::read_to_string(&path).unwrap_or_default(),
            text,
            "{}; BLESS=1 rewrites",
            path.display()
        );
    }
    assert!(schema("deals").is_none());
}

#[test]
fn a_schema_says_what_the_reader_says() {
    let deal = schema("deal").unwrap();
    let record = &deal["properties"]["deal"]["items"];
    assert_eq!(record["required"], serde_json::json!(["id", "title"]));
    assert_eq!(record["additionalProperties"], false);
    let leg = &record["properties"]["leg"]["items"];
    let instruments = leg["properties"]["instrument"]["enum"].as_array().unwrap();
    assert_eq!(instruments.len(), 19);
    assert_eq!(leg["properties"]["schedule"]["oneOf"].as_array().unwrap().len(), 6);
}

#[test]
fn a_new_case_passes_its_own_check() {
    let folder = Folder::new();
    let written = scaffold(&folder.0).unwrap();
    assert_eq!(written.len(), 17);
    let loaded = folder.load();
    let found: Vec<&str> = loaded.diagnostics.iter().map(|d| d.code.text()).collect();
    assert_eq!(found, ["D202", "D204"], "an assumed date, and end customers who buy nothing yet");
    let again = scaffold(&folder.0).unwrap_err().to_string();
    assert!(again.contains("not empty"), "{again}");
}
