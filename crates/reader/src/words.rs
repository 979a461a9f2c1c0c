//! Tables of words: text files in `tables/`, one `section value: word | word` a line.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A word and what it stands for.
pub(crate) type Entry = (&'static str, &'static str);

const AMOUNTS: &str = include_str!("tables/amounts.txt");

/// The lines of a table: section, value, words.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (head, words) = line.split_once(": ")?;
        let (section, value) = head.split_once(' ').unwrap_or((head, ""));
        Some((section, value, words))
    })
}

/// The words around numbers of one section.
pub(crate) fn words(section: &str) -> &'static [Entry] {
    static ALL: OnceLock<BTreeMap<&'static str, Vec<Entry>>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let mut all: BTreeMap<&str, Vec<Entry>> = BTreeMap::new();
        for (section, value, words) in rows(AMOUNTS) {
            all.entry(section).or_default().extend(words.split(" | ").map(|word| (word.trim_end(), value)));
        }
        all
    });
    all.get(section).map_or(&[], Vec::as_slice)
}
