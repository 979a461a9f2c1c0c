//! Encodings, HTML, PDF, and what cannot be read.

use abilene_reader::{Options, ReadError, read};

use crate::{document, told};

fn options() -> Options {
    Options { date: Some(String::from("2025-03-10")), threshold: 50, ..Options::default() }
}

const CHINESE: &str = "甲兴公司向乙茂集团供应零件，金额5亿元。这是一份为期三年的合同，双方在上海签署。";

#[test]
fn chinese_in_four_encodings() {
    for label in ["gb18030", "utf-16le", "utf-8", "gbk"] {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let bytes: Vec<u8> = if label == "utf-16le" {
            [0xff, 0xfe].into_iter().chain(CHINESE.encode_utf16().flat_map(u16::to_le_bytes)).collect()
        } else {
            encoding.encode(CHINESE).0.into_owned()
        };
        let found = read(&bytes, "x", &options()).unwrap();
        assert_eq!(found.original.trim_start_matches('\u{feff}'), CHINESE, "{label}");
        assert_eq!(told(&found.document), ["乙茂集团 > 甲兴公司 500000000 CNY goods_purchase"], "{label}");
    }
}

#[test]
fn html_spans_stand_in_the_source_and_menus_are_left_out() {
    let page = "<!doctype html><html><head><title>A deal | Site</title><meta property=\"og:site_name\" content=\"The Site\">\
        <meta property='article:published_time' content='2024-05-06T10:00:00Z'></head><body>\
        <nav><a href=/x>Foo buys a tower for $9 million</a></nav><article><h1>A deal</h1>\
        <p>Foo Corp. lent <b>Bar&nbsp;Inc.</b> &#36;5 million on Monday.</p><script>var a = '$7 million';</script></article>\
        <footer>Quux pays $8 million</footer></body></html>";
    let found = read(page.as_bytes(), "x", &Options::default()).unwrap();
    assert_eq!(told(&found.document), ["Foo > Bar 5000000 USD loan"]);
    assert_eq!(found.document.date.as_deref(), Some("2024-05-06"));
    assert_eq!(found.document.publisher.as_deref(), Some("The Site"));
    assert_eq!(found.document.amounts.len(), 1, "not those of the menu, the script and the footer");
    let span = found.document.amounts[0].span;
    let place: String = page.chars().skip(span[0] as usize).take((span[1] - span[0]) as usize).collect();
    assert_eq!(place, "&#36;5 million");
}

/// A PDF of one page with this text; the offsets of its table are counted.
fn pdf(text: &str) -> Vec<u8> {
    let stream = format!("BT /F1 12 Tf 50 700 Td ({text}) Tj ET");
    let parts = [
        String::from("<< /Type /Catalog /Pages 2 0 R >>"),
        String::from("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        String::from(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        ),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
        String::from("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"),
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut offsets = Vec::new();
    for (n, part) in parts.iter().enumerate() {
        offsets.push(out.len());
        out.push_str(&format!("{} 0 obj\n{part}\nendobj\n", n + 1));
    }
    let table = out.len();
    out.push_str("xref\n0 6\n0000000000 65535 f \n");
    for offset in offsets {
        out.push_str(&format!("{offset:010} 00000 n \n"));
    }
    out.push_str(&format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
    out.into_bytes()
}

#[test]
fn a_pdf_gives_its_text_with_pages() {
    let found = read(&pdf("Foo Corp. lent Bar Inc. $5 million on Monday."), "x.pdf", &options()).unwrap();
    assert_eq!(found.document.text.kind, "pdf");
    assert_eq!(found.document.text.pages, [0]);
    assert_eq!(told(&found.document), ["Foo > Bar 5000000 USD loan"]);
}

#[test]
fn what_cannot_be_read_says_why() {
    let error = |bytes: &[u8]| read(bytes, "x", &Options::default()).unwrap_err();
    assert_eq!(error(b""), ReadError::Empty);
    assert_eq!(error(b" \n\t "), ReadError::Empty);
    assert_eq!(error(b"%PDF-1.4 nothing more"), ReadError::BrokenPdf);
    assert_eq!(error(b"%PDF-1.4\n1 0 obj << /Encrypt 2 0 R >> nothing"), ReadError::EncryptedPdf);
    assert_eq!(error(&pdf("")), ReadError::NoTextInPdf);
    assert_eq!(error(&[0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3].repeat(50)), ReadError::NotText);
    assert!(ReadError::EncryptedPdf.to_string().contains("password"), "the message says what to do");
}

#[test]
fn real_glosses_are_left_alone() {
    let lesson = "国(guó)是一个字。Lp(a) 和 IL(2) 不变，他(tā)也不变。甲兴公司向乙茂集团供应5亿元零件。";
    let found = document(lesson, "2025-03-10");
    assert!(found.text.repairs.is_empty());
}
