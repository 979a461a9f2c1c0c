//! Accepting: written once, with its place; what the author wrote stays; an amendment takes the place of a leg.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use abilene_ledger::{Severity, load};
use abilene_reader::accept::{Acceptor, Done, slug};
use abilene_reader::{Document, Options, against, read};

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A fresh copy of the smallest case.
fn case() -> PathBuf {
    let folder = std::env::temp_dir().join(format!(
        "abilene-reader-{}-{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    ));
    let _ = fs::remove_dir_all(&folder);
    abilene_ledger::example(&folder).unwrap();
    folder
}

fn document(folder: &std::path::Path, text: &str, date: &str) -> Document {
    let loaded = load(folder).unwrap();
    let options = Options {
        id: Some(String::from("news")),
        date: Some(date.to_owned()),
        threshold: 50,
        known: against::known(&loaded.book),
    };
    let mut documents = [read(text.as_bytes(), "news", &options).unwrap().document];
    against::all(&loaded.book, &mut documents);
    let [document] = documents;
    document
}

fn accept(folder: &std::path::Path, document: &Document) -> Vec<Done> {
    let loaded = load(folder).unwrap();
    let mut acceptor = Acceptor::new(&loaded.book);
    document.deals.iter().map(|deal| acceptor.deal(document, deal).unwrap()).collect()
}

#[test]
fn a_new_deal_is_written_once_with_its_place() {
    let folder = case();
    let found = document(&folder, "Northbank lent Lumen Labs $3 billion on Monday.", "2026-10-05");
    assert_eq!(found.deals[0].against.as_ref().unwrap().verdict, "new");
    assert_eq!(accept(&folder, &found), [Done::Written(String::from("northbank-lumen-loan"))]);
    assert_eq!(accept(&folder, &found), [Done::Already], "never twice");
    let loaded = load(&folder).unwrap();
    assert!(!loaded.has(Severity::Error), "{:?}", loaded.diagnostics);
    let deal = loaded.book.deal("northbank-lumen-loan").unwrap();
    assert_eq!(deal.leg[0].amount.as_ref().unwrap().value.to_string(), "3 bn USD");
    assert_eq!(deal.state[0].sources[0].value, "news#c26-36");
    assert!(
        fs::read_to_string(folder.join("parties.toml")).unwrap().contains("# Sectors close the accounts."),
        "comments stay"
    );
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_same_deal_gets_a_state_and_a_larger_one_takes_its_place() {
    let folder = case();
    let same = document(&folder, "Vega Semiconductors invested $10 billion in Lumen Labs.", "2026-12-01");
    assert_eq!(same.deals[0].against.as_ref().unwrap().verdict, "same");
    assert_eq!(accept(&folder, &same), [Done::Written(String::from("vega-lumen/first"))]);
    let loaded = load(&folder).unwrap();
    assert!(!loaded.has(Severity::Error), "{:?}", loaded.diagnostics);
    assert!(
        loaded
            .book
            .deal("vega-lumen")
            .unwrap()
            .state
            .iter()
            .any(|state| state.sources.iter().any(|s| s.value.starts_with("news#c")))
    );
    let text = "[[deal]]\nid = \"lease\"\ntitle = \"A lease\"\n\n[[deal.leg]]\nid = \"main\" # as first told\npayer = \"cirrus\"\npayee = \"lumen\"\ninstrument = \"lease\"\namount = \"5 bn USD\"\n\n[[deal.state]]\ndate = 2026-02-01\nstatus = \"signed\"\nsources = [\"vega-2026-06-01\"]\n";
    fs::write(folder.join("deals/lease.toml"), text).unwrap();
    let more =
        document(&folder, "Cirrus Cloud will lease buildings from Lumen Labs for $8 billion.", "2026-12-20");
    let against = more.deals[0].against.as_ref().unwrap();
    assert_eq!((against.verdict, against.record.as_deref()), ("amendment", Some("lease/main")));
    accept(&folder, &more);
    let loaded = load(&folder).unwrap();
    assert!(!loaded.has(Severity::Error), "{:?}", loaded.diagnostics);
    let deal = loaded.book.deal("lease").unwrap();
    assert_eq!(deal.leg[0].until.as_ref().unwrap().value.to_string(), "2026-12-20");
    assert_eq!(deal.leg[1].amount.as_ref().unwrap().value.to_string(), "8 bn USD");
    assert!(
        fs::read_to_string(folder.join("deals/lease.toml")).unwrap().contains("# as first told"),
        "comments stay"
    );
    let earlier =
        document(&folder, "Cirrus Cloud will lease buildings from Lumen Labs for $6 billion.", "2026-01-10");
    assert_ne!(earlier.deals[0].against.as_ref().unwrap().verdict, "amendment");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn short_names_are_ascii() {
    assert_eq!(slug("贝恩咨询"), "beienzixun");
    assert_eq!(slug("Blue Owl Capital"), "blue-owl-capital");
    assert_eq!(slug("news/2025.html"), "2025");
    assert_eq!(slug("——"), "unnamed");
}

#[test]
fn two_documents_of_one_deal_name_each_other() {
    let options = |id: &str| Options {
        id: Some(id.to_owned()),
        date: Some(String::from("2025-03-10")),
        threshold: 50,
        ..Options::default()
    };
    let one = read(b"Foo Corp. lent Bar Inc. $5 million on Monday.", "a", &options("a")).unwrap().document;
    let two =
        read(b"On Tuesday, Bar Inc. said it had borrowed $5 million from Foo Corp.", "b", &options("b"))
            .unwrap()
            .document;
    let mut documents = [one, two];
    against::merge(&mut documents);
    assert_eq!(documents[0].deals[0].sources, ["a", "b"]);
    assert_eq!(documents[1].deals[0].sources, ["a", "b"]);
}

#[test]
fn of_several_payers_the_first_has_the_leg_and_a_note_names_the_others() {
    let folder = case();
    let found =
        document(&folder, "Northbank and Southbank lent Lumen Labs $3 billion on Monday.", "2026-10-05");
    assert_eq!(found.deals[0].payer.len(), 2, "{:?}", found.deals);
    accept(&folder, &found);
    let loaded = load(&folder).unwrap();
    assert!(!loaded.has(Severity::Error), "{:?}", loaded.diagnostics);
    let note = loaded.book.deal("northbank-lumen-loan").unwrap().state[0].note.clone().unwrap();
    assert_eq!(note, "paid by Northbank together with Southbank; how it is shared is not told");
    fs::remove_dir_all(folder).unwrap();
}
