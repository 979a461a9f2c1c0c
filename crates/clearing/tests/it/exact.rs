//! Small webs in exact fractions: fictitious default by elimination, without any rounding.

use abilene_clearing::{greatest, least};
use proptest::prelude::*;

use crate::webs::{Web, costly};

/// A fraction in lowest terms, the denominator above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fraction(i128, i128);

fn divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { divisor(b, a % b) }
}

impl Fraction {
    fn new(above: i128, below: i128) -> Self {
        let common = divisor(above, below) * below.signum();
        Self(above / common, below / common)
    }

    fn of(quarters: f64) -> Self {
        Self::new((quarters * 4.0) as i128, 4)
    }

    fn plus(self, other: Self) -> Option<Self> {
        let above = self.0.checked_mul(other.1)?.checked_add(other.0.checked_mul(self.1)?)?;
        Some(Self::new(above, self.1.checked_mul(other.1)?))
    }

    fn times(self, other: Self) -> Option<Self> {
        Some(Self::new(self.0.checked_mul(other.0)?, self.1.checked_mul(other.1)?))
    }

    fn over(self, other: Self) -> Option<Self> {
        self.times(Self::new(other.1, other.0))
    }

    fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self(-other.0, other.1))
    }

    fn below(self, other: Self) -> Option<bool> {
        Some(self.minus(other)?.0 < 0)
    }

    fn number(self) -> f64 {
        self.0 as f64 / self.1 as f64
    }
}

const ZERO: Fraction = Fraction(0, 1);

struct Exact {
    assets: Vec<Fraction>,
    dues: Vec<Fraction>,
    owed: Vec<Vec<Fraction>>,
    alpha: Vec<Fraction>,
    beta: Vec<Fraction>,
}

impl Exact {
    fn of(web: &Web) -> Option<Self> {
        let size = web.assets.len();
        let all = |list: &[f64]| list.iter().map(|one| Fraction::of(*one)).collect::<Vec<Fraction>>();
        let (mut dues, mut owed) = (vec![ZERO; size], vec![vec![ZERO; size]; size]);
        for one in &web.obligations {
            let (debtor, amount) = (one.debtor as usize, Fraction::of(one.amount));
            dues[debtor] = dues[debtor].plus(amount)?;
            if let Some(to) = one.creditor {
                owed[debtor][to as usize] = owed[debtor][to as usize].plus(amount)?;
            }
        }
        Some(Self { assets: all(&web.assets), dues, owed, alpha: all(&web.alpha), beta: all(&web.beta) })
    }

    fn receipts(&self, paid: &[Fraction], party: usize) -> Option<Fraction> {
        let mut sum = ZERO;
        for (debtor, paid) in paid.iter().enumerate().filter(|(at, _)| self.dues[*at] != ZERO) {
            sum = sum.plus(self.owed[debtor][party].times(*paid)?.over(self.dues[debtor])?)?;
        }
        Some(sum)
    }

    /// The payments when exactly `fails` do not pay in full; `None` where numbers grow too long.
    fn solve(&self, fails: &[bool]) -> Option<Vec<Fraction>> {
        let at: Vec<usize> = (0..fails.len()).filter(|party| fails[*party]).collect();
        let solvent: Vec<Fraction> =
            (0..fails.len()).map(|party| if fails[party] { ZERO } else { self.dues[party] }).collect();
        let mut rows = Vec::new();
        for (row, party) in at.iter().enumerate() {
            let mut line = vec![ZERO; at.len() + 1];
            for (column, debtor) in at.iter().enumerate() {
                let part = self.owed[*debtor][*party].over(self.dues[*debtor])?.times(self.beta[*party])?;
                line[column] = Fraction(i128::from(row == column), 1).minus(part)?;
            }
            let own = self.alpha[*party].times(self.assets[*party])?;
            line[at.len()] = own.plus(self.beta[*party].times(self.receipts(&solvent, *party)?)?)?;
            rows.push(line);
        }
        eliminate(&mut rows)?;
        let mut paid = solvent;
        for (row, party) in at.iter().enumerate() {
            paid[*party] = rows[row][at.len()];
        }
        Some(paid)
    }

    fn greatest(&self) -> Option<(Vec<Fraction>, Vec<Vec<u32>>)> {
        let (mut fails, mut rounds) = (vec![false; self.dues.len()], Vec::new());
        loop {
            let paid = self.solve(&fails)?;
            let mut round = Vec::new();
            for party in (0..fails.len()).filter(|party| !fails[*party]) {
                if self.assets[party].plus(self.receipts(&paid, party)?)?.below(self.dues[party])? {
                    round.push(party as u32);
                }
            }
            if round.is_empty() {
                return Some((paid, rounds));
            }
            round.iter().for_each(|party| fails[*party as usize] = true);
            rounds.push(round);
        }
    }
}

/// Gauss–Jordan; the default set of a greatest solution is never singular.
fn eliminate(rows: &mut [Vec<Fraction>]) -> Option<()> {
    for pivot in 0..rows.len() {
        let best = (pivot..rows.len()).find(|row| rows[*row][pivot] != ZERO).unwrap();
        rows.swap(pivot, best);
        let head = rows[pivot][pivot];
        for entry in &mut rows[pivot] {
            *entry = entry.over(head)?;
        }
        let source = rows[pivot].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(row, _)| *row != pivot) {
            let factor = row[pivot];
            for (entry, value) in row.iter_mut().zip(&source) {
                *entry = entry.minus(factor.times(*value)?)?;
            }
        }
    }
    Some(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn greatest_is_exact(web in costly()) {
        let found = Exact::of(&web).and_then(|exact| exact.greatest());
        prop_assume!(found.is_some());
        let (paid, rounds) = found.unwrap();
        let network = web.network();
        let have = greatest(&network, &web.assets).unwrap();
        prop_assert_eq!(&have.rounds, &rounds);
        for (party, paid) in paid.iter().enumerate() {
            let error = (have.clearing.payments[party] - paid.number()).abs();
            prop_assert!(error <= 1e-12 * network.dues()[party], "party {} is off by {}", party, error);
        }
    }
}

/// Rings without assets clear at any level; both ends are reported (Eisenberg & Noe 2001, section 2).
#[test]
fn a_ring_without_assets_has_two_ends() {
    use abilene_clearing::{Network, Obligation};
    let owes = |debtor, creditor| Obligation { debtor, creditor: Some(creditor), amount: 1.0, class: 0 };
    let ring = Network::new(3, &[owes(0, 1), owes(1, 2), owes(2, 0)]).unwrap();
    assert_eq!(greatest(&ring, &[0.0; 3]).unwrap().clearing.payments, [1.0; 3]);
    assert_eq!(least(&ring, &[0.0; 3]).unwrap().payments, [0.0; 3]);
}
