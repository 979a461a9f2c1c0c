//! Places for the web: columns by group, ordered so that money mostly runs to the right; boxes as high as the
//! money that passes through them; lines that leave and reach a box side by side, never over each other.
//!
//! Plain arrays in, plain arrays out: the same input gives the same picture, ties broken by order.

/// A box to place.
#[derive(Clone, Debug)]
pub(crate) struct Box {
    /// The column it belongs to, from 0.
    pub column: usize,
    /// Whether it stands for many small ones, and so comes last in its column.
    pub last: bool,
}

/// A line between two boxes, with the largest width it ever has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub from: usize,
    pub to: usize,
    pub width: f64,
}

/// Where a box stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Place {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// Size of the paper.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paper {
    pub width: f64,
    pub box_width: f64,
    pub least_height: f64,
    pub gap: f64,
}

/// Where a line leaves and where it arrives.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Ends {
    pub from: (f64, f64),
    pub to: (f64, f64),
}

/// The finished layout.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub places: Vec<Place>,
    pub ends: Vec<Ends>,
    pub height: f64,
}

/// Sweeps over the columns; more change nothing on webs of this size.
const SWEEPS: usize = 12;

/// Places boxes and lines. `columns` is the number of columns.
pub(crate) fn layout(boxes: &[Box], lines: &[Line], columns: usize, paper: Paper) -> Layout {
    let heights: Vec<f64> = (0..boxes.len()).map(|at| height(boxes, lines, at, paper)).collect();
    let mut order: Vec<Vec<usize>> = vec![Vec::new(); columns];
    for (at, item) in boxes.iter().enumerate() {
        order[item.column].push(at);
    }
    let mut tops = stack(&order, &heights, paper);
    for _ in 0..SWEEPS {
        for column in &mut order {
            sort_column(column, boxes, lines, &tops, &heights);
        }
        tops = stack(&order, &heights, paper);
    }
    let step = if columns > 1 { (paper.width - paper.box_width) / (columns - 1) as f64 } else { 0.0 };
    let places: Vec<Place> = boxes
        .iter()
        .enumerate()
        .map(|(at, item)| Place {
            x: item.column as f64 * step,
            y: tops[at],
            width: paper.box_width,
            height: heights[at],
        })
        .collect();
    let height = places.iter().map(|p| p.y + p.height).fold(0.0, f64::max);
    let ends = ends(boxes, lines, &places);
    Layout { places, ends, height }
}

/// A side of a box must hold all its lines, one above the other.
fn height(boxes: &[Box], lines: &[Line], at: usize, paper: Paper) -> f64 {
    let side = |right: bool| -> f64 {
        let touching =
            lines.iter().filter(|line| side_of(boxes, line, at).is_some_and(|is_right| is_right == right));
        touching.map(|line| line.width + 1.0).sum()
    };
    (side(true).max(side(false)) + 6.0).max(paper.least_height)
}

/// Whether a line touches the right side of a box; `None` when it does not touch it.
fn side_of(boxes: &[Box], line: &Line, at: usize) -> Option<bool> {
    let (from, to) = (boxes[line.from].column, boxes[line.to].column);
    if line.from == at {
        Some(to >= from)
    } else if line.to == at {
        Some(from >= to)
    } else {
        None
    }
}

/// Boxes of each column one below the other, all columns centred on the highest.
fn stack(order: &[Vec<usize>], heights: &[f64], paper: Paper) -> Vec<f64> {
    let total = |column: &Vec<usize>| -> f64 {
        column.iter().map(|at| heights[*at]).sum::<f64>() + paper.gap * column.len().saturating_sub(1) as f64
    };
    let tallest = order.iter().map(total).fold(0.0, f64::max);
    let mut tops = vec![0.0; heights.len()];
    for column in order {
        let mut top = (tallest - total(column)) / 2.0;
        for at in column {
            tops[*at] = top;
            top += heights[*at] + paper.gap;
        }
    }
    tops
}

/// Orders a column by the middle of what each box is tied to, weighed by money (barycentre heuristic,
/// Sugiyama et al. 1981).
fn sort_column(column: &mut [usize], boxes: &[Box], lines: &[Line], tops: &[f64], heights: &[f64]) {
    let middle = |at: usize| tops[at] + heights[at] / 2.0;
    let wish = |at: usize| {
        let (mut sum, mut weight) = (0.0, 0.0);
        for line in lines {
            let other = match (line.from == at, line.to == at) {
                (true, false) => line.to,
                (false, true) => line.from,
                _ => continue,
            };
            let pull = (line.width + 0.5).sqrt();
            sum += pull * middle(other);
            weight += pull;
        }
        if weight > 0.0 { sum / weight } else { middle(at) }
    };
    let mut keyed: Vec<(bool, f64, usize)> =
        column.iter().map(|at| (boxes[*at].last, wish(*at), *at)).collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    for (slot, (_, _, at)) in column.iter_mut().zip(keyed) {
        *slot = at;
    }
}

/// Lines on each side of each box in the order of where they lead, so that they cross as little as they can.
fn ends(boxes: &[Box], lines: &[Line], places: &[Place]) -> Vec<Ends> {
    let mut ends = vec![Ends::default(); lines.len()];
    for at in 0..boxes.len() {
        for right in [false, true] {
            let mut touching: Vec<usize> =
                (0..lines.len()).filter(|line| side_of(boxes, &lines[*line], at) == Some(right)).collect();
            let other = |line: usize| if lines[line].from == at { lines[line].to } else { lines[line].from };
            touching.sort_by(|a, b| places[other(*a)].y.total_cmp(&places[other(*b)].y).then(a.cmp(b)));
            let total: f64 = touching.iter().map(|line| lines[*line].width + 1.0).sum();
            let place = places[at];
            let mut y = place.y + (place.height - total) / 2.0;
            let x = if right { place.x + place.width } else { place.x };
            for line in touching {
                let middle = (x, y + (lines[line].width + 1.0) / 2.0);
                if lines[line].from == at {
                    ends[line].from = middle;
                } else {
                    ends[line].to = middle;
                }
                y += lines[line].width + 1.0;
            }
        }
    }
    ends
}

/// The line as a path: a smooth S between columns, a bow at the right within one.
pub(crate) fn path(ends: &Ends) -> String {
    let ((x0, y0), (x1, y1)) = (ends.from, ends.to);
    let reach = if (x0 - x1).abs() < 1.0 { 46.0 } else { (x1 - x0).abs() * 0.45 };
    // The sides tell the direction: a line that leaves at the right bends to the right first.
    let same = (x0 - x1).abs() < 1.0;
    let (c0, c1) = match (same, x1 > x0) {
        (true, _) => (x0 + reach, x1 + reach),
        (false, true) => (x0 + reach, x1 - reach),
        (false, false) => (x0 - reach, x1 + reach),
    };
    format!("M{x0:.1} {y0:.1}C{c0:.1} {y0:.1} {c1:.1} {y1:.1} {x1:.1} {y1:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: Paper = Paper { width: 1000.0, box_width: 100.0, least_height: 20.0, gap: 8.0 };

    fn web() -> (Vec<Box>, Vec<Line>) {
        let columns = [0, 0, 1, 1, 1, 2, 2];
        let boxes = columns.iter().map(|column| Box { column: *column, last: false }).collect();
        let line = |from, to, width| Line { from, to, width };
        let lines = vec![
            line(0, 4, 30.0),
            line(1, 2, 5.0),
            line(2, 5, 12.0),
            line(4, 6, 40.0),
            line(6, 0, 9.0),
            line(3, 4, 2.0),
        ];
        (boxes, lines)
    }

    #[test]
    fn boxes_of_a_column_never_overlap() {
        let (boxes, lines) = web();
        let found = layout(&boxes, &lines, 3, PAPER);
        for a in 0..boxes.len() {
            for b in (a + 1)..boxes.len() {
                let (p, q) = (found.places[a], found.places[b]);
                let apart =
                    p.y + p.height + PAPER.gap <= q.y + 1e-9 || q.y + q.height + PAPER.gap <= p.y + 1e-9;
                assert!(boxes[a].column != boxes[b].column || apart, "{a} {b}");
            }
        }
    }

    #[test]
    fn lines_on_a_side_lie_side_by_side_within_the_box() {
        let (boxes, lines) = web();
        let found = layout(&boxes, &lines, 3, PAPER);
        for (line, ends) in lines.iter().zip(&found.ends) {
            for (at, point) in [(line.from, ends.from), (line.to, ends.to)] {
                let place = found.places[at];
                assert!(point.1 - line.width / 2.0 >= place.y - 1e-9);
                assert!(point.1 + line.width / 2.0 <= place.y + place.height + 1e-9);
            }
        }
        let mut right_of_0: Vec<f64> = vec![found.ends[0].from.1, found.ends[4].to.1];
        right_of_0.sort_by(f64::total_cmp);
        assert!(right_of_0[1] - right_of_0[0] >= (30.0 + 9.0) / 2.0, "the two lines do not overlap");
    }

    #[test]
    fn the_same_web_gives_the_same_picture() {
        let (boxes, lines) = web();
        let once = layout(&boxes, &lines, 3, PAPER);
        let again = layout(&boxes, &lines, 3, PAPER);
        assert_eq!(once.places, again.places);
        assert_eq!(
            once.ends.iter().map(path).collect::<Vec<_>>(),
            again.ends.iter().map(path).collect::<Vec<_>>()
        );
    }
}
