//! Inputs that are made to hurt: none may crash the reader or take more than its length in time.

use std::time::{Duration, Instant};

use abilene_reader::{Options, read};
use proptest::prelude::*;

fn quick(name: &str, text: &str) {
    let begun = Instant::now();
    let _ = read(text.as_bytes(), name, &Options::default());
    // A generous guard: what is quadratic takes hours on these.
    assert!(begun.elapsed() < Duration::from_secs(120), "{name} took {:?}", begun.elapsed());
}

/// Without optimisation a tenth of the length shows the same.
const PART: usize = if cfg!(debug_assertions) { 10 } else { 1 };

#[test]
fn nothing_is_quadratic() {
    quick("a line of 10 MB", &"Foo Corp. invested $5 billion in Bar Inc and ".repeat(220_000 / PART));
    quick("brackets", &format!("{}{}", "(".repeat(100_000), ")".repeat(100_000)));
    quick(
        "a nest",
        &format!("<html>{}Foo paid Bar $5 million.{}", "<div>".repeat(100_000), "</div>".repeat(100_000)),
    );
    quick("tags without end", &format!("<html>{}", "<a".repeat(100_000)));
    quick("digits", &"1".repeat(300_000));
    quick("numbers", &"1,".repeat(50_000));
    quick("glosses", &"国(guó)".repeat(20_000));
    quick(
        "a line of Chinese",
        &"甲兴公司向乙茂集团采购5亿元设备，公司以下简称甲兴，".repeat(600_000 / 26 / PART * 4),
    );
    quick(
        "a line of German",
        &"Die Foo AG hat bei der Bar AG Anlagen für 5 Millionen Euro bestellt, und ".repeat(20_000 / PART),
    );
    quick("a line of Japanese", &"フー電機はバー工業に5億円を出資し、".repeat(40_000 / PART));
    quick("katakana", &"アイウ".repeat(50_000));
    let names: String = (0..4_000).map(|n| format!("Aname{n} Corp. paid Bword{n} $5 million.\n")).collect();
    quick("names", &names);
}

#[test]
fn a_sum_beyond_all_numbers_is_no_amount() {
    let options = Options::default();
    let found = read(
        "Foo Corp. paid Bar Inc. $99999999999999999999999999999 trillion today.".as_bytes(),
        "x",
        &options,
    )
    .unwrap();
    assert_eq!(found.document.amounts.len(), 0);
}

#[test]
fn a_name_with_a_space_at_the_end_of_everything_is_read() {
    for text in ["2aÐad ", "Foo Corp. ", "Foo paid Bar ", "die Foo ", "le Foo "] {
        assert!(read(text.as_bytes(), "x", &Options::default()).is_ok(), "{text:?}");
    }
    assert!(read(&[0x32, 0x61, 0xd0, 0x61, 0x64, 0x20], "x", &Options::default()).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes, "bytes", &Options::default());
    }

    #[test]
    fn any_pieces_of_documents_are_read(pieces in proptest::collection::vec(prop::sample::select(vec![
        "Foo Corp.", " paid ", "$5 billion", "向", "乙集团", "投资", "100亿", "美元", "，", "。", "\n", "(", ")", "<p>", "?duì)I", "網(wǎng)", "は", "から",
        "2025年9月", "%PDF-1.4", "至", "1,", "\u{feff}", "&#x41;", "的", "Inc", "“", "约", "5조", "%", "GW", "兆", "\u{0}",
    ]), 0..80)) {
        let text: String = pieces.concat();
        if let Ok(found) = read(text.as_bytes(), "pieces", &Options::default()) {
            // One mark of the byte order is taken off; another is a character.
            let decoded = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let end = u32::try_from(decoded.chars().count()).unwrap();
            for amount in &found.document.amounts {
                prop_assert!(amount.span[0] < amount.span[1] && amount.span[1] <= end);
            }
        }
    }
}
