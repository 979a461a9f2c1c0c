//! Which candidates are names.

use std::collections::BTreeMap;

use crate::fold::is_han;
use crate::names::{Candidate, listed};
use crate::page::{Page, Span};
use crate::phrase::is_agent;

/// The candidates that are names: by shape, or by their place.
pub(crate) fn accepted(page: &Page, all: Vec<Candidate>) -> Vec<Span> {
    let mut count: BTreeMap<String, (usize, bool, usize)> = BTreeMap::new();
    for candidate in &all {
        let entry = count.entry(page.folded(&candidate.span)).or_default();
        entry.0 += 1;
        entry.1 |= candidate.strong;
        entry.2 += usize::from(candidate.slot);
    }
    let good = |form: &str| count.get(form).is_some_and(|(_, strong, slots)| *strong || *slots > 0);
    let mut shorter: Vec<&String> =
        count.keys().filter(|form| good(form) && form.chars().count() >= 2).collect();
    shorter.sort_by_key(|form| form.chars().count());
    // A rare long run of a large document is not worth comparing with all others.
    shorter.truncate(400);
    let mut spans = Vec::new();
    for candidate in &all {
        let form = page.folded(&candidate.span);
        if !good(&form) {
            continue;
        }
        let mut span = candidate.span.clone();
        let once = count.get(&form).is_some_and(|(n, ..)| *n == 1);
        if once && form.chars().any(is_han) {
            let inside = shorter
                .iter()
                .find_map(|short| form.find(short.as_str()).filter(|at| *at > 0 && short.len() < form.len()));
            if let Some(byte) = inside {
                span.start += form[..byte].chars().count();
            }
        } else if once
            && candidate.span.len() > 2
            && page.sentences.iter().any(|sentence| sentence.span.start == span.start)
        {
            let inside = shorter.iter().find(|short| {
                short.len() > 3
                    && form.ends_with(&format!(" {short}"))
                    && count.get(**short).is_some_and(|(n, ..)| *n > 0)
            });
            // `Chipmaker Foo`, not `Ann Foo`: what goes must be a word for what Foo is.
            if let Some(short) = inside {
                let rest = form[..form.len() - short.len()].trim_end();
                let word = rest.rsplit(' ').next().unwrap_or_default();
                if is_agent(word) || ["nation", "adjective", "stop"].iter().any(|list| listed(list, word)) {
                    span.start = span.end - short.chars().count();
                }
            }
        }
        spans.push(span);
    }
    spans
}
