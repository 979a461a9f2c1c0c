//! A large file is read in pieces: nothing may tell from the result.

use std::fmt::Write as _;

use crate::case::Folder;

/// `count` deals like that of the base case, each of some 250 bytes.
fn deals(count: usize) -> String {
    let mut text = String::from("# Many deals.\n");
    for at in 0..count {
        let _ = write!(
            text,
            "\n[[deal]]\nid = \"d{at}\"\ntitle = \"Déal {at}\"\n\n[[deal.leg]]\nid = \"a\"\npayer = \"vega\"\n\
             payee = \"lumen\"\ninstrument = \"equity\"\namount = \"2 bn USD\"\n\
             schedule = {{ kind = \"once\", on = 2025-06-30 }}\n\n[[deal.state]]\ndate = 2025-06-02\n\
             status = \"signed\"\nsources = [\"release\"]\n"
        );
    }
    text
}

/// Codes with the lines on which they stand.
fn found(text: &str) -> (usize, Vec<(&'static str, usize)>) {
    let folder = Folder::base();
    folder.put("deals/a.toml", text);
    let loaded = folder.load();
    let lines =
        loaded.diagnostics.iter().map(|d| (d.code.text(), loaded.book.files.locate(d.mark).line)).collect();
    (loaded.book.deals.len(), lines)
}

#[test]
fn all_deals_are_read_in_order_and_slips_keep_their_lines() {
    let text = deals(1_200);
    assert!(text.len() > 4 << 16, "long enough for several pieces: {}", text.len());
    assert_eq!(found(&text), (1_200, Vec::new()));
    let line = text.lines().position(|line| line == "id = \"d1077\"").unwrap() + 1;
    let slip = text.replace("id = \"d1077\"\n", "id = \"d1077\"\nabuot = \"\"\n");
    assert_eq!(found(&slip), (1_200, vec![("E002", line + 1)]));
    let twice = text.replace("id = \"d1077\"", "id = \"d3\"");
    assert_eq!(found(&twice), (1_200, vec![("E014", line)]));
}

#[test]
fn a_header_inside_a_text_of_several_lines_is_text() {
    let inside = "\n[[deal]]\nid = \"no deal\"\n".repeat(4_000);
    let text = deals(1_000).replacen("title = \"Déal 500\"", &format!("title = \"\"\"{inside}\"\"\""), 1);
    assert_eq!(found(&text), (1_000, Vec::new()));
}

#[test]
fn what_only_the_whole_file_shows_is_still_told() {
    let text = deals(1_000);
    let lines = text.lines().count();
    let (read, told) = found(&format!("{text}\n[[deal]\n"));
    assert_eq!((read, told.first()), (0, Some(&("E001", lines + 2))), "{told:?}");
    // A list in brackets cannot be continued by headers, wherever the first cut would be.
    let (_, told) = found(&format!("deal = []\n{text}"));
    assert_eq!(told.first().map(|(code, _)| *code), Some("E001"), "{told:?}");
    // A table told twice, in the first piece and in the last.
    let (_, told) = found(&format!("{}\n[other]\n", text.replacen("\n[[deal]]", "\n[other]\n\n[[deal]]", 1)));
    assert_eq!(told.first().map(|(code, _)| *code), Some("E001"), "{told:?}");
}
