//! The inner loop: lost receipts in eight scenarios at once, in place, party after party.

use crate::network::Rows;

/// Scenarios solved at once: in `f64` one cache line for each party.
pub(super) const LANES: usize = 8;

/// One number for each scenario of a group.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
pub(super) struct Lane(pub [f64; LANES]);

pub(super) const ZERO: Lane = Lane([0.0; LANES]);

/// What a party's unpaid part is made of: straight lines in its lost receipts, one a scenario.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Lost receipts above which it fails.
    pub buffer: Lane,
    /// What is unpaid in default if nothing is lost.
    pub constant: Lane,
    /// What is unpaid more for each unit lost.
    pub slope: f64,
}

/// What a pass does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pass {
    /// Finds who fails now.
    Grow,
    /// Keeps to those who fail already.
    Solve,
}

/// One Gauss–Seidel pass over `parties`; `fails` is 1 where a party fails, else 0. The largest change.
///
/// Lanes do not mix and nothing is fused, so that every width gives the same bits.
pub(super) fn pass(
    kind: Pass,
    owed_to: &Rows,
    parties: &[u32],
    lines: &[Line],
    fails: &mut [Lane],
    unpaid: &mut [Lane],
) -> f64 {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor was just found to have what the function asks for.
        #[allow(unsafe_code)]
        return unsafe { wide_pass(kind, owed_to, parties, lines, fails, unpaid) };
    }
    plain_pass(kind, owed_to, parties, lines, fails, unpaid)
}

/// The same code, compiled for registers of four `f64`.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn wide_pass(
    kind: Pass,
    owed_to: &Rows,
    parties: &[u32],
    lines: &[Line],
    fails: &mut [Lane],
    unpaid: &mut [Lane],
) -> f64 {
    plain_pass(kind, owed_to, parties, lines, fails, unpaid)
}

#[inline(always)]
fn plain_pass(
    kind: Pass,
    owed_to: &Rows,
    parties: &[u32],
    lines: &[Line],
    fails: &mut [Lane],
    unpaid: &mut [Lane],
) -> f64 {
    let mut largest = ZERO.0;
    for party in parties.iter().map(|party| *party as usize) {
        let row = owed_to.start[party]..owed_to.start[party + 1];
        let lost = lost(&owed_to.index[row.clone()], &owed_to.value[row], unpaid);
        let (line, fails) = (&lines[party], &mut fails[party].0);
        if kind == Pass::Grow {
            for lane in 0..LANES {
                fails[lane] = if lost[lane] > line.buffer.0[lane] { 1.0 } else { fails[lane] };
            }
        }
        let unpaid = &mut unpaid[party].0;
        for lane in 0..LANES {
            let next = fails[lane] * (line.constant.0[lane] + line.slope * lost[lane]);
            let moved = (next - unpaid[lane]).abs();
            largest[lane] = if moved > largest[lane] { moved } else { largest[lane] };
            unpaid[lane] = next;
        }
    }
    largest.iter().copied().fold(0.0, |most, moved| if moved > most { moved } else { most })
}

/// `Σ amount · unpaid`, in two running sums: one alone would wait for itself.
#[inline(always)]
fn lost(debtors: &[u32], amounts: &[f64], unpaid: &[Lane]) -> [f64; LANES] {
    let (mut even, mut odd) = (ZERO.0, ZERO.0);
    let (pairs, rest) = debtors.as_chunks::<2>();
    for (pair, amounts) in pairs.iter().zip(amounts.as_chunks::<2>().0) {
        let (a, b) = (&unpaid[pair[0] as usize].0, &unpaid[pair[1] as usize].0);
        for lane in 0..LANES {
            even[lane] += amounts[0] * a[lane];
            odd[lane] += amounts[1] * b[lane];
        }
    }
    if let (Some(debtor), Some(amount)) = (rest.first(), amounts.last()) {
        for (even, unpaid) in even.iter_mut().zip(&unpaid[*debtor as usize].0) {
            *even += *amount * *unpaid;
        }
    }
    for (even, odd) in even.iter_mut().zip(&odd) {
        *even += *odd;
    }
    even
}
