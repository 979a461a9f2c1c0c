//! Visits of an absorbing chain: the diagonal of `(I − Q)^{-1}`, and solutions of `(I − Q)·x = b`.

/// Transition shares inside one component, with what leaves it.
#[derive(Debug, Clone)]
pub(super) struct Kernel {
    /// Entries `(row, column, share)`, at most one a place.
    pub entries: Vec<(u32, u32, f64)>,
    /// What leaves the component from each row, computed exactly and not as `1 − Σ shares`.
    pub leak: Vec<f64>,
    size: usize,
}

impl Kernel {
    pub fn new(size: usize) -> Self {
        Self { entries: Vec::new(), leak: Vec::with_capacity(size), size }
    }

    pub fn add(&mut self, row: u32, column: u32, share: f64) {
        self.entries.push((row, column, share));
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn size(&self) -> usize {
        self.size
    }
}

/// Expected visits to each state, the start counted: the diagonal of `(I − Q)^{-1}`.
pub(super) fn visits(kernel: &Kernel) -> Vec<f64> {
    let size = kernel.size();
    let mut unit = vec![0.0; size];
    let mut diagonal = Vec::with_capacity(size);
    let lu = Elimination::new(kernel);
    for at in 0..size {
        unit.fill(0.0);
        unit[at] = 1.0;
        diagonal.push(lu.solve(unit.clone())[at]);
    }
    diagonal
}

/// Solves `(I − Q)·x = b`.
pub(super) fn solve(kernel: &Kernel, right: Vec<f64>) -> Vec<f64> {
    Elimination::new(kernel).solve(right)
}

/// State reduction without subtraction (Grassmann, Taksar & Heyman 1985): pivots are sums of what goes on.
struct Elimination {
    size: usize,
    table: Vec<f64>,
    pivots: Vec<f64>,
}

impl Elimination {
    fn new(kernel: &Kernel) -> Self {
        let size = kernel.size();
        let mut table = vec![0.0; size * size];
        for (row, column, share) in &kernel.entries {
            table[*row as usize * size + *column as usize] += share;
        }
        let mut leak = kernel.leak.clone();
        let mut pivots = vec![0.0; size];
        for k in (0..size).rev() {
            let pivot: f64 = leak[k] + table[k * size..k * size + k].iter().sum::<f64>();
            pivots[k] = pivot;
            let (above, rest) = table.split_at_mut(k * size);
            for i in 0..k {
                let share = above[i * size + k] / pivot;
                above[i * size + k] = share;
                if share != 0.0 {
                    leak[i] += share * leak[k];
                    for (target, source) in above[i * size..i * size + k].iter_mut().zip(&rest[..k]) {
                        *target += share * source;
                    }
                }
            }
        }
        Self { size, table, pivots }
    }

    fn solve(&self, mut x: Vec<f64>) -> Vec<f64> {
        for k in (0..self.size).rev() {
            for i in 0..k {
                x[i] += self.table[i * self.size + k] * x[k];
            }
        }
        for k in 0..self.size {
            let row = &self.table[k * self.size..k * self.size + k];
            let known: f64 = row.iter().zip(&x).map(|(share, value)| share * value).sum();
            x[k] = (x[k] + known) / self.pivots[k];
        }
        x
    }
}
