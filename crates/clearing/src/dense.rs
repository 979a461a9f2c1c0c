//! Small dense systems, by elimination with partial pivoting.

/// A pivot below this part of its row's scale counts as none.
const NO_PIVOT: f64 = 1e-13;

/// Solves `matrix · x = right` for several right-hand sides at once; all are row-major.
///
/// Where a pivot vanishes the unknown is free: it keeps the value it has in `known`, or 0 where that is `None`.
pub(crate) fn solve(matrix: &mut [f64], size: usize, right: &mut [f64], known: Option<&[f64]>) {
    let sides = right.len().checked_div(size).unwrap_or(0);
    for pivot in 0..size {
        let best = (pivot..size).max_by(|a, b| {
            matrix[a * size + pivot].abs().total_cmp(&matrix[b * size + pivot].abs()).then(b.cmp(a))
        });
        let best = best.unwrap_or(pivot);
        if matrix[best * size + pivot].abs() < NO_PIVOT {
            free(matrix, size, right, sides, pivot, known);
            continue;
        }
        swap_rows(matrix, size, pivot, best);
        swap_rows(right, sides, pivot, best);
        for row in pivot + 1..size {
            eliminate(matrix, size, right, sides, pivot, row);
        }
    }
    substitute(matrix, size, right, sides);
}

/// The row becomes "this unknown has its known value".
fn free(m: &mut [f64], size: usize, right: &mut [f64], sides: usize, pivot: usize, known: Option<&[f64]>) {
    m[pivot * size..(pivot + 1) * size].fill(0.0);
    m[pivot * size + pivot] = 1.0;
    right[pivot * sides..(pivot + 1) * sides].fill(known.map_or(0.0, |known| known[pivot]));
}

fn swap_rows(rows: &mut [f64], width: usize, a: usize, b: usize) {
    if a != b {
        let (low, high) = rows.split_at_mut(a.max(b) * width);
        low[a.min(b) * width..][..width].swap_with_slice(&mut high[..width]);
    }
}

fn eliminate(m: &mut [f64], size: usize, right: &mut [f64], sides: usize, pivot: usize, row: usize) {
    let factor = m[row * size + pivot] / m[pivot * size + pivot];
    if factor == 0.0 {
        return;
    }
    m[row * size + pivot] = 0.0;
    let (above, below) = m.split_at_mut(row * size);
    let source = &above[pivot * size + pivot + 1..(pivot + 1) * size];
    for (target, value) in below[pivot + 1..size].iter_mut().zip(source) {
        *target -= factor * value;
    }
    let (above, below) = right.split_at_mut(row * sides);
    for (target, value) in below[..sides].iter_mut().zip(&above[pivot * sides..(pivot + 1) * sides]) {
        *target -= factor * value;
    }
}

fn substitute(m: &[f64], size: usize, right: &mut [f64], sides: usize) {
    for row in (0..size).rev() {
        for side in 0..sides {
            let rest: f64 = (row + 1..size).map(|at| m[row * size + at] * right[at * sides + side]).sum();
            right[row * sides + side] = (right[row * sides + side] - rest) / m[row * size + row];
        }
    }
}

/// The inverse of a matrix that has one.
pub(crate) fn inverse(mut matrix: Vec<f64>, size: usize) -> Vec<f64> {
    let mut right = vec![0.0; size * size];
    for at in 0..size {
        right[at * size + at] = 1.0;
    }
    solve(&mut matrix, size, &mut right, None);
    right
}
