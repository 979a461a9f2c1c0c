//! Runs of capitals and digits that are no names: datelines, marks of an exchange, sums.

use crate::names::{Place, latin_letter, listed};
use crate::page::Span;

impl Place<'_> {
    /// `LONDON, May 3 (Wire) -`, `in Sparks, Nevada`: a place, or who wires from there.
    pub(crate) fn is_dateline(&self, span: &Span) -> bool {
        let chars = &self.page.chars;
        let rest: String =
            self.page.fold[span.end..(span.end + 24).min(self.page.fold.len())].iter().collect();
        let back: String =
            self.page.fold[span.start.saturating_sub(8).max(self.span.start)..span.start].iter().collect();
        let capital =
            chars[span.clone()].iter().all(|c| c.is_uppercase() || !c.is_alphabetic()) && span.len() > 3;
        let first = span.start == self.span.start;
        let next = self.scan.dates.partition_point(|date| date.start < span.end);
        let dated = self.scan.dates.get(next).is_some_and(|date| date.start <= span.end + 3);
        if first && rest.starts_with(',') && (capital || dated) {
            return true;
        }
        let wired = back.ends_with('(')
            && (rest.starts_with(") -") || rest.starts_with(") –") || rest.starts_with(") —"));
        let located = rest.strip_prefix(", ").is_some_and(|rest| {
            let word: String = rest.chars().take_while(|c| latin_letter(*c) || *c == ' ').collect();
            let mut word = word.trim_end();
            loop {
                if listed("place", word) {
                    break true;
                }
                match word.rsplit_once(' ') {
                    Some((head, _)) => word = head,
                    None => break false,
                }
            }
        });
        let led = [" in ", " at ", " near ", " of ", ", "].iter().any(|prep| back.ends_with(prep));
        wired || located && (led || first)
    }

    /// `(NYSE: SRP)`: a place of trade and a mark, in brackets.
    pub(crate) fn is_ticker(&self, span: &Span) -> bool {
        let fold = &self.page.fold;
        if self.page.fold[span.start].is_ascii_digit() && self.page.fold[span.clone()].contains(&'.') {
            return true;
        }
        let open =
            (span.start.saturating_sub(24)..span.start).rev().find(|at| matches!(fold[*at], '(' | ')'));
        let Some(open) = open.filter(|at| fold[*at] == '(') else { return false };
        let close = (open..fold.len().min(open + 40)).find(|at| fold[*at] == ')');
        close.is_some_and(|close| span.end <= close && fold[open..close].contains(&':'))
    }

    /// `400MW`: a number with its unit.
    pub(crate) fn is_sum(&self, span: &Span) -> bool {
        let first = self.scan.figures.partition_point(|figure| figure.end <= span.start);
        self.scan
            .figures
            .get(first)
            .is_some_and(|figure| figure.start <= span.start && span.end <= figure.end)
    }
}
