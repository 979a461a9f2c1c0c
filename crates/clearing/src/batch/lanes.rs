//! The inner loop: lost receipts in eight scenarios at once, in place, party after party.

/// Scenarios solved at once: in `f64` one cache line for each party.
pub(super) const LANES: usize = 8;

/// One number for each scenario of a group.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
pub(super) struct Lane(pub [f64; LANES]);

pub(super) const ZERO: Lane = Lane([0.0; LANES]);

/// A default set of the group, in compressed rows by creditor, numbered within itself.
#[derive(Debug, Default)]
pub(super) struct System {
    pub start: Vec<usize>,
    pub index: Vec<u32>,
    pub value: Vec<f64>,
    /// What is unpaid if nothing is lost, by party and scenario; 0 where the party does not fail.
    pub constant: Vec<Lane>,
    /// What is unpaid more for each unit lost; 0 where the party does not fail.
    pub slope: Vec<Lane>,
    pub unpaid: Vec<Lane>,
}

/// One Gauss–Seidel pass over the set; the largest change.
///
/// Lanes do not mix and nothing is fused, so that every width gives the same bits.
pub(super) fn pass(system: &mut System) -> f64 {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor was just found to have what the function asks for.
        #[allow(unsafe_code)]
        return unsafe { wide_pass(system) };
    }
    plain_pass(system)
}

/// The same code, compiled for registers of four `f64`.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn wide_pass(system: &mut System) -> f64 {
    plain_pass(system)
}

#[inline(always)]
fn plain_pass(system: &mut System) -> f64 {
    let mut largest = [0.0_f64; LANES];
    for at in 0..system.constant.len() {
        let row = system.start[at]..system.start[at + 1];
        let mut lost = [0.0; LANES];
        for (debtor, amount) in system.index[row.clone()].iter().zip(&system.value[row]) {
            let unpaid = &system.unpaid[*debtor as usize].0;
            for (lost, unpaid) in lost.iter_mut().zip(unpaid) {
                *lost += *amount * *unpaid;
            }
        }
        let (constant, slope) = (&system.constant[at].0, &system.slope[at].0);
        let unpaid = &mut system.unpaid[at].0;
        for lane in 0..LANES {
            let next = constant[lane] + slope[lane] * lost[lane];
            let moved = (next - unpaid[lane]).abs();
            largest[lane] = if moved > largest[lane] { moved } else { largest[lane] };
            unpaid[lane] = next;
        }
    }
    largest.iter().copied().fold(0.0, |most, moved| if moved > most { moved } else { most })
}

/// `Σ amount · unpaid` over a full row, the unpaid parts by party.
pub(super) fn lost(debtors: &[u32], amounts: &[f64], unpaid: &[Lane]) -> Lane {
    let mut lost = ZERO;
    for (debtor, amount) in debtors.iter().zip(amounts) {
        for (lost, unpaid) in lost.0.iter_mut().zip(&unpaid[*debtor as usize].0) {
            *lost += *amount * *unpaid;
        }
    }
    lost
}
