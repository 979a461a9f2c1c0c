//! Tables on a terminal: words stay whole, and where it is too narrow the least important columns are left out,
//! with a word about it.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};

use crate::output::Sheet;

/// Text wider than this is wrapped between words.
const WIDEST_WORD: usize = 24;
/// What a column needs beside its text: a space on each side, and one between columns.
const AROUND: usize = 3;

/// The table in `width` characters.
pub fn drawn(sheet: &Sheet, width: u16) -> String {
    let left_out = left_out(sheet, usize::from(width));
    let kept: Vec<usize> = (0..sheet.header.len()).filter(|at| !left_out.contains(at)).collect();
    let pick = |row: &[String]| -> Vec<String> { kept.iter().map(|at| row[*at].clone()).collect() };
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width).set_header(pick(&sheet.header));
    for row in &sheet.rows {
        table.add_row(pick(row));
    }
    for (column, at) in table.column_iter_mut().zip(&kept) {
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed((least(sheet, *at) + 2) as u16)));
        if is_numeric(sheet, *at) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut text = table.to_string();
    if !left_out.is_empty() {
        let names: Vec<&str> = left_out.iter().map(|at| sheet.header[*at].as_str()).collect();
        text.push_str(&format!("\nleft out at this width: {}", names.join(", ")));
    }
    text
}

/// The narrowest that a column can be with its words whole.
fn least(sheet: &Sheet, at: usize) -> usize {
    let cells = sheet.rows.iter().map(|row| &row[at]).chain(std::iter::once(&sheet.header[at]));
    let words = cells.flat_map(|cell| cell.split_whitespace()).map(|word| word.chars().count());
    words.max().unwrap_or(0).min(WIDEST_WORD)
}

/// Columns that do not fit, by place: the first of [`Sheet::spare`] goes first.
fn left_out(sheet: &Sheet, width: usize) -> Vec<usize> {
    let need = |at: usize| least(sheet, at) + AROUND;
    let mut total: usize = (0..sheet.header.len()).map(need).sum();
    let mut left_out = Vec::new();
    for at in sheet.spare.iter().filter_map(|name| sheet.header.iter().position(|column| column == name)) {
        if total <= width {
            break;
        }
        total -= need(at);
        left_out.push(at);
    }
    left_out
}

fn is_numeric(sheet: &Sheet, at: usize) -> bool {
    let numeric = |cell: &str| cell.starts_with(|c: char| c.is_ascii_digit() || "-<≤".contains(c));
    let mut cells = sheet.rows.iter().map(|row| row[at].as_str()).filter(|cell| !cell.is_empty()).peekable();
    cells.peek().is_some() && cells.all(numeric)
}

#[cfg(test)]
mod tests {
    use super::drawn;
    use crate::output::Sheet;

    fn sheet() -> Sheet {
        let mut sheet = Sheet::new("", &["year", "commitments", "announced", "revenue"]);
        sheet.row(["2026", "125", "30", "22.8"]);
        sheet.spare(&["announced"])
    }

    #[test]
    fn words_stay_whole_and_spare_columns_go_first() {
        let wide = drawn(&sheet(), 80);
        assert!(wide.contains("announced") && !wide.contains("left out"));
        let narrow = drawn(&sheet(), 40);
        assert!(
            narrow.contains("commitments") && narrow.contains("left out at this width: announced"),
            "{narrow}"
        );
        assert!(narrow.lines().take(3).all(|line| line.chars().count() <= 40), "{narrow}");
    }
}
