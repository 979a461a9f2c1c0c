//! Step 9, values: net worth with cross-holdings and limited liability.
//!
//! `V_i = a_i + Σ_j share_{ij} max(0, V_j)`, the greatest fixed point, by sweeps from above (Suzuki 2002; Elsinger 2009,
//! section 3). `a` is cash, plant at cost less depreciation and other net assets, plus arrears owed by those who stand,
//! less debt and arrears. Undelivered contracts count on neither side.

use super::State;
use crate::lanes::{M, V};
use crate::plan::{AccountKind, Plan};

const TOLERANCE: f64 = 1e-13;
const MOST_SWEEPS: usize = 200;

impl<const W: usize> State<W> {
    #[inline(always)]
    pub(super) fn value(&mut self, plan: &Plan) {
        let p = &mut self.party;
        p.receivable.fill(V::ZERO);
        for (account, payee) in &plan.inner {
            p.receivable[*payee] += self.arrears[*account] * p.alive[plan.accounts[*account].payer];
        }
        for (at, party) in plan.world.parties.iter().enumerate() {
            let assets = p.cash[at] + p.plant[at] + p.receivable[at] + V::all(party.other_net_assets);
            p.funds[at] = assets - p.beside[at] - p.drawn[at];
        }
        for (at, account) in plan.accounts.iter().enumerate() {
            if account.kind != AccountKind::Principal {
                p.funds[account.payer] -= self.arrears[at];
            }
        }
        if plan.world.stakes.is_empty() {
            p.value.copy_from_slice(&p.funds);
            return;
        }
        self.hold(plan);
    }

    /// Sweeps from above: at first every party is worth the sum of all that is positive.
    #[inline(always)]
    fn hold(&mut self, plan: &Plan) {
        let p = &mut self.party;
        let most = p.funds.iter().fold(V::ZERO, |sum, own| sum + own.positive());
        p.value.fill(most);
        let mut active = M::EVERY;
        for _ in 0..MOST_SWEEPS {
            p.stakes.fill(V::ZERO);
            for stake in &plan.world.stakes {
                p.stakes[stake.holder as usize] += p.value[stake.of as usize].positive() * stake.share;
            }
            let mut moves = M::NONE;
            for at in 0..p.value.len() {
                let next = p.funds[at] + p.stakes[at];
                moves = moves.or((next - p.value[at]).abs().above(most * TOLERANCE));
                p.value[at] = active.pick(next, p.value[at]);
            }
            active = active.and(moves);
            if !active.any() {
                break;
            }
        }
    }
}
