//! The tables know grammar, not the world: no party and no sector stands in them.

use std::fs;
use std::path::Path;

/// Sectors that documents of deals come from. None may decide anything.
const SECTORS: [&str; 34] = [
    "chip",
    "gpu",
    "semiconductor",
    "battery",
    "batteries",
    "lithium",
    "aircraft",
    "airline",
    "telecom",
    "pharma",
    "drug",
    "antibody",
    "cloud",
    "data center",
    "data centre",
    "software",
    "oil",
    "solar",
    "芯片",
    "晶片",
    "电池",
    "锂",
    "飞机",
    "航空",
    "电信",
    "制药",
    "医药",
    "云计算",
    "数据中心",
    "人工智能",
    "半导体",
    "光伏",
    "半導体",
    "반도체",
];

fn tables() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tables");
    let mut found: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("t2s.txt"))
        .map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap()))
        .collect();
    found.sort();
    found
}

/// The words of a table that decide something; the list of words that are no names decides that they are none.
fn words(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| {
        !line.starts_with('#') && !line.starts_with("generic ") && !line.starts_with("stop word")
    });
    lines
        .filter_map(|line| line.split_once(": "))
        .flat_map(|(_, words)| words.split(" | ").map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

#[test]
fn no_sector_word() {
    let mut found = Vec::new();
    for (path, text) in tables() {
        for word in words(&text) {
            if SECTORS.iter().any(|sector| word == *sector || word.split(' ').any(|part| part == *sector)) {
                found.push(format!("{path}: {word}"));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Needs the list of names beside the project; skips with a word where it is not there.
#[test]
fn no_party() {
    let Some(names) = crate::shared::file("aliases.json") else { return };
    let all: serde_json::Value = serde_json::from_str(&names).unwrap();
    let mut parties: Vec<String> = Vec::new();
    for (name, aliases) in all.as_object().unwrap() {
        parties.push(abilene_reader::fold(name));
        parties.extend(
            aliases.as_array().unwrap().iter().filter_map(|alias| alias.as_str()).map(abilene_reader::fold),
        );
    }
    // Roles and places that the list of names holds beside parties.
    let roles = [
        "banks",
        "investors",
        "subscribers",
        "认购人",
        "公司",
        "本公司",
        "company",
        "the company",
        "the issuer",
        "issuer",
        "external investors",
        "outside investors",
        "several banks",
        "a number of banks",
        "外部投資家",
        "複数の銀行",
        "中国",
        "china",
        "欧洲",
        "europe",
        "爱尔兰",
        "ireland",
        "美国",
        "united states",
        "us",
        "world",
        "世界",
        "global",
        "全球",
        "全世界",
        "外部投资家",
    ];
    let mut found = Vec::new();
    for (path, text) in tables() {
        for word in words(&text).iter().map(|word| abilene_reader::fold(word)) {
            if parties.contains(&word) && !roles.iter().any(|role| abilene_reader::fold(role) == word) {
                found.push(format!("{path}: {word}"));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
