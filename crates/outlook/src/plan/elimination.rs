//! The order of elimination for payments of those who are short, found once for a web.
//!
//! The system `L_i y_i − Σ_j owed_{j→i} y_j = b_i` (row: a party that is short and pays the part `y_i` of its marginal
//! class) is an M-matrix dominated by its columns: no party is owed more of `j` than `j` owes. Elimination without
//! pivoting is stable in any symmetric order (Golub & Van Loan, section 4.1), so the order can be chosen for few
//! entries, greedily by degree (Markowitz 1957), and the list of operations is the same for all paths.

/// `entry` numbers are places in one array of values; the diagonal comes first, one for each party.
#[derive(Debug, Clone)]
pub(crate) struct Elimination {
    pub size: usize,
    pub entries: usize,
    /// Entry of `inner` account number k: row its payee, column its payer.
    pub of_pair: Vec<usize>,
    pub pivots: Vec<Pivot>,
    /// `(entry (row, pivot), row)` of all pivots.
    pub below: Vec<(u32, u32)>,
    /// `(entry (pivot, column), column)` of all pivots.
    pub right: Vec<(u32, u32)>,
    /// Targets `(row, column)`, for each pivot row-major over `below × right`.
    pub targets: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Pivot {
    pub party: usize,
    pub below: (usize, usize),
    pub right: (usize, usize),
    pub targets: usize,
}

impl Elimination {
    /// `pairs` are (payer, payee) of the accounts.
    pub fn new(size: usize, pairs: &[(usize, usize)]) -> Elimination {
        let mut table = vec![usize::MAX; size * size];
        let mut entries = 0;
        let mut touch = |table: &mut Vec<usize>, row: usize, column: usize| {
            let at = &mut table[row * size + column];
            if *at == usize::MAX {
                *at = entries;
                entries += 1;
            }
            *at
        };
        for party in 0..size {
            touch(&mut table, party, party);
        }
        let of_pair = pairs.iter().map(|(payer, payee)| touch(&mut table, *payee, *payer)).collect();
        let mut left: Vec<usize> = (0..size).collect();
        let (mut pivots, mut below, mut right, mut targets) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        while !left.is_empty() {
            let others = |table: &[usize], party: usize, by_row: bool| -> Vec<usize> {
                let at = |other: usize| if by_row { party * size + other } else { other * size + party };
                left.iter().copied().filter(|o| *o != party && table[at(*o)] != usize::MAX).collect()
            };
            let cost = |party: usize| others(&table, party, true).len() * others(&table, party, false).len();
            let party = left.iter().copied().min_by_key(|party| (cost(*party), *party)).unwrap_or(0);
            let (rows, columns) = (others(&table, party, false), others(&table, party, true));
            left.retain(|other| *other != party);
            let start = (below.len(), right.len(), targets.len());
            below.extend(rows.iter().map(|row| (table[row * size + party] as u32, *row as u32)));
            right.extend(columns.iter().map(|column| (table[party * size + column] as u32, *column as u32)));
            for row in &rows {
                for column in &columns {
                    targets.push(touch(&mut table, *row, *column) as u32);
                }
            }
            let pivot = Pivot {
                party,
                below: (start.0, below.len()),
                right: (start.1, right.len()),
                targets: start.2,
            };
            pivots.push(pivot);
        }
        Elimination { size, entries, of_pair, pivots, below, right, targets }
    }
}
