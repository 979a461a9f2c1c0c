//! Accounts: all legs of one payer, payee, class and purpose are one sum, for clearing treats them alike.
//!
//! Pro rata within a class gives each leg of an account the same part of what it is owed, so that legs can be told
//! apart again in a trace.

use crate::world::{Actor, Purpose, World};

use super::party;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AccountKind {
    Legs,
    Running,
    Interest,
    Principal,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Account {
    pub slot: usize,
    pub payer: usize,
    pub payee: Actor,
    pub kind: AccountKind,
    pub purpose: Purpose,
    pub vendor_finance: bool,
}

/// What one party owes in one class.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot {
    pub payer: usize,
    /// Its accounts: a range.
    pub accounts: (usize, usize),
}

pub(crate) struct Layout {
    pub slots: Vec<Slot>,
    pub party_slots: Vec<(usize, usize)>,
    pub accounts: Vec<Account>,
    pub leg_account: Vec<usize>,
}

/// Sorts accounts: by payer, rank (interest before class 0), then what they are.
type Key = (usize, u16, AccountKind, Actor, u8, bool);

impl Layout {
    pub fn new(world: &World) -> Layout {
        let leg_keys: Vec<Option<Key>> = world
            .legs
            .iter()
            .map(|leg| {
                let payer = party(leg.payer)?;
                let rank = 1 + u16::from(leg.class);
                Some((payer, rank, AccountKind::Legs, leg.payee, leg.purpose as u8, leg.vendor_finance))
            })
            .collect();
        let mut keys: Vec<Key> = leg_keys.iter().flatten().copied().collect();
        for (at, party) in world.parties.iter().enumerate() {
            let (running, debt) =
                (1 + u16::from(world.rules.running_class), 1 + u16::from(world.rules.debt_class));
            keys.push((at, running, AccountKind::Running, Actor::Suppliers, Purpose::Operating as u8, false));
            if owes_markets(party) {
                keys.push((at, 0, AccountKind::Interest, Actor::Markets, Purpose::Finance as u8, false));
            }
            if party.debt > 0.0 {
                keys.push((at, debt, AccountKind::Principal, Actor::Markets, Purpose::Finance as u8, false));
            }
        }
        keys.sort_unstable();
        keys.dedup();
        let find = |key: &Key| keys.binary_search(key).unwrap_or(0);
        let leg_account = leg_keys.iter().map(|key| key.as_ref().map_or(0, find)).collect();
        Self::with(world.parties.len(), &keys, leg_account)
    }

    fn with(parties: usize, keys: &[Key], leg_account: Vec<usize>) -> Layout {
        let mut slots: Vec<(Slot, u16)> = Vec::new();
        let mut accounts = Vec::new();
        for (at, (payer, rank, kind, payee, purpose, vendor_finance)) in keys.iter().copied().enumerate() {
            match slots.last_mut() {
                Some((slot, last)) if slot.payer == payer && *last == rank => slot.accounts.1 = at + 1,
                _ => slots.push((Slot { payer, accounts: (at, at + 1) }, rank)),
            }
            let purpose = [Purpose::Operating, Purpose::Capital, Purpose::Finance][usize::from(purpose)];
            accounts.push(Account { slot: slots.len() - 1, payer, payee, kind, purpose, vendor_finance });
        }
        let slots: Vec<Slot> = slots.into_iter().map(|(slot, _)| slot).collect();
        let start = |party: usize| slots.partition_point(|slot| slot.payer < party);
        let party_slots = (0..parties).map(|party| (start(party), start(party + 1))).collect();
        Layout { party_slots, slots, accounts, leg_account }
    }

    pub fn payer(&self, account: usize) -> usize {
        self.accounts[account].payer
    }

    /// Accounts with a core payee.
    pub fn inner(&self, wanted: impl Fn(&Account) -> bool) -> Vec<(usize, usize)> {
        let accounts = self.accounts.iter().enumerate().filter(|(_, account)| wanted(account));
        accounts.filter_map(|(at, account)| Some((at, party(account.payee)?))).collect()
    }

    /// Accounts without a core payee.
    pub fn to_sectors(&self) -> Vec<usize> {
        (0..self.accounts.len()).filter(|at| party(self.accounts[*at].payee).is_none()).collect()
    }

    /// By party.
    pub fn of_kind(&self, kind: AccountKind) -> Vec<Option<usize>> {
        let find = |payer| self.accounts.iter().position(|a| a.payer == payer && a.kind == kind);
        (0..self.party_slots.len()).map(find).collect()
    }
}

/// Owes interest, or may come to owe it.
fn owes_markets(party: &crate::world::Party) -> bool {
    let f = &party.financing;
    party.debt > 0.0
        || [f.facility, f.debt_limit, f.debt_per_operating_cash, f.debt_per_receivables]
            .iter()
            .any(|x| *x > 0.0)
}
