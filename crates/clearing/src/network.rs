//! Obligations in compressed sparse rows by debtor, cross-holdings and default costs, checked once.

use crate::error::{List, NetworkError, check_amounts, check_dense, check_length, is_amount};

/// A promise of one party to another, or to the outside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Obligation {
    /// Who owes.
    pub debtor: u32,
    /// Who is owed; `None` is everybody who is not in the network.
    pub creditor: Option<u32>,
    /// Money units, finite, at least 0. Parallel obligations of one class add up.
    pub amount: f64,
    /// Rank, from 0: smaller is paid first.
    pub class: u32,
}

/// A part of a party's equity that another party owns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Holding {
    /// Who owns.
    pub owner: u32,
    /// Whose equity.
    pub issuer: u32,
    /// 0 to 1.
    pub share: f64,
}

/// Rows of (index, number), compressed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Rows {
    pub start: Vec<usize>,
    pub index: Vec<u32>,
    pub value: Vec<f64>,
}

impl Rows {
    /// Sorts entries (row, index, value) into rows, stably.
    pub(crate) fn collect(rows: usize, entries: impl Iterator<Item = (usize, u32, f64)> + Clone) -> Self {
        let mut start = vec![0; rows + 1];
        for (row, _, _) in entries.clone() {
            start[row + 1] += 1;
        }
        for row in 0..rows {
            start[row + 1] += start[row];
        }
        let mut next = start.clone();
        let (mut index, mut value) = (vec![0; start[rows]], vec![0.0; start[rows]]);
        for (row, at, number) in entries {
            index[next[row]] = at;
            value[next[row]] = number;
            next[row] += 1;
        }
        Self { start, index, value }
    }

    pub fn row(&self, row: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.start[row]..self.start[row + 1];
        self.index[range.clone()].iter().map(|at| *at as usize).zip(self.value[range].iter().copied())
    }
}

/// A checked network of `parties()` parties, obligations of `classes()` ranks, holdings and default costs.
///
/// A *place* is one class of one party's dues: `party * classes() + class`.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    parties: usize,
    classes: usize,
    pub(crate) owed: Rows,
    pub(crate) outside_dues: Vec<f64>,
    pub(crate) place_dues: Vec<f64>,
    pub(crate) dues: Vec<f64>,
    pub(crate) claims: Vec<f64>,
    pub(crate) holdings: Rows,
    pub(crate) alpha: Vec<f64>,
    pub(crate) beta: Vec<f64>,
}

/// Indices have 32 bits.
const COUNT_LIMIT: usize = 1 << 31;

impl Network {
    /// A network without holdings and without default costs.
    ///
    /// # Errors
    /// [`NetworkError`], naming the first obligation that is wrong and its debtor.
    pub fn new(parties: usize, obligations: &[Obligation]) -> Result<Self, NetworkError> {
        let classes = obligations.iter().map(|one| one.class as usize + 1).max().unwrap_or(1);
        let count = parties.saturating_mul(classes).max(obligations.len());
        if count >= COUNT_LIMIT {
            return Err(NetworkError::TooLarge { count, most: COUNT_LIMIT - 1 });
        }
        for (entry, one) in obligations.iter().enumerate() {
            check_obligation(entry, one, parties)?;
        }
        let place = |one: &Obligation| one.debtor as usize * classes + one.class as usize;
        let inside = obligations.iter().filter_map(|one| Some((place(one), one.creditor?, one.amount)));
        let owed = Rows::collect(parties * classes, inside);
        let mut outside_dues = vec![0.0; parties * classes];
        for one in obligations.iter().filter(|one| one.creditor.is_none()) {
            outside_dues[place(one)] += one.amount;
        }
        Self::assemble(parties, classes, owed, outside_dues)
    }

    /// A network of one class from compressed rows by debtor, which are kept as they are.
    ///
    /// # Errors
    /// [`NetworkError`], naming the first entry that is wrong.
    pub fn from_rows(
        start: Vec<usize>,
        creditor: Vec<u32>,
        amount: Vec<f64>,
        outside_dues: Vec<f64>,
    ) -> Result<Self, NetworkError> {
        let parties = outside_dues.len();
        check_length(List::Starts, start.len(), parties + 1)?;
        check_length(List::Obligations, amount.len(), creditor.len())?;
        check_amounts(List::OutsideDues, &outside_dues, parties)?;
        if start[0] != 0 || start[parties] != amount.len() || start.windows(2).any(|pair| pair[0] > pair[1]) {
            return Err(NetworkError::Length {
                list: List::Starts,
                found: start[parties],
                expected: amount.len(),
            });
        }
        for debtor in 0..parties {
            for entry in start[debtor]..start[debtor + 1] {
                let (debtor, creditor) = (debtor as u32, Some(creditor[entry]));
                check_obligation(
                    entry,
                    &Obligation { debtor, creditor, amount: amount[entry], class: 0 },
                    parties,
                )?;
            }
        }
        let owed = Rows { start, index: creditor, value: amount };
        Self::assemble(parties, 1, owed, outside_dues)
    }

    fn assemble(
        parties: usize,
        classes: usize,
        owed: Rows,
        outside_dues: Vec<f64>,
    ) -> Result<Self, NetworkError> {
        let mut claims = vec![0.0; parties];
        for (creditor, amount) in owed.index.iter().zip(&owed.value) {
            claims[*creditor as usize] += amount;
        }
        let place_dues: Vec<f64> = (0..parties * classes)
            .map(|place| {
                outside_dues[place] + owed.value[owed.start[place]..owed.start[place + 1]].iter().sum::<f64>()
            })
            .collect();
        let dues: Vec<f64> = place_dues.chunks(classes).map(|places| places.iter().sum()).collect();
        if let Some(at) = (0..parties).find(|at| !(dues[*at] + claims[*at]).is_finite()) {
            return Err(NetworkError::Overflow { party: at as u32 });
        }
        let holdings = Rows { start: vec![0; parties + 1], ..Rows::default() };
        let (alpha, beta) = (vec![1.0; parties], vec![1.0; parties]);
        Ok(Self { parties, classes, owed, outside_dues, place_dues, dues, claims, holdings, alpha, beta })
    }

    /// The same network with cross-holdings of equity.
    ///
    /// # Errors
    /// [`NetworkError`]: a share outside 0 to 1, shares of one issuer above 1, or a group held by itself alone.
    pub fn with_holdings(mut self, holdings: &[Holding]) -> Result<Self, NetworkError> {
        let list = List::Holdings;
        for (entry, one) in holdings.iter().enumerate() {
            for party in [one.owner, one.issuer] {
                if party as usize >= self.parties {
                    return Err(NetworkError::UnknownParty { list, entry, party, parties: self.parties });
                }
            }
            if !(0.0..=1.0).contains(&one.share) {
                return Err(NetworkError::NotAPart { list, entry, party: one.issuer, value: one.share });
            }
            if one.owner == one.issuer {
                return Err(NetworkError::SelfReference { list, entry, party: one.owner });
            }
        }
        let entries = holdings.iter().map(|one| (one.issuer as usize, one.owner, one.share));
        self.holdings = Rows::collect(self.parties, entries);
        check_dense(self.issuers().len())?;
        self.check_shares()?;
        Ok(self)
    }

    /// Shares of each issuer add up to at most 1, and every closed group of issuers leaks.
    fn check_shares(&self) -> Result<(), NetworkError> {
        let sums: Vec<f64> = (0..self.parties).map(|party| self.share_held(party)).collect();
        if let Some(at) = sums.iter().position(|sum| *sum > 1.0 + 1e-12) {
            return Err(NetworkError::HoldingsExceedOne { party: at as u32, sum: sums[at] });
        }
        let mut whole: Vec<bool> = sums.iter().map(|sum| *sum >= 1.0 - 1e-12).collect();
        loop {
            let leaks =
                |party: &usize| whole[*party] && self.holdings.row(*party).any(|(owner, _)| !whole[owner]);
            let Some(party) = (0..self.parties).find(leaks) else { break };
            whole[party] = false;
        }
        match whole.iter().position(|closed| *closed) {
            Some(at) => Err(NetworkError::HoldingsClosed { party: at as u32 }),
            None => Ok(()),
        }
    }

    /// The same network with default costs (Rogers & Veraart 2013): of a party in default, `alpha` of its outside
    /// assets and `beta` of its receipts are left.
    ///
    /// # Errors
    /// [`NetworkError`] when a list has not one entry from 0 to 1 for each party.
    pub fn with_costs(mut self, alpha: Vec<f64>, beta: Vec<f64>) -> Result<Self, NetworkError> {
        for (list, values) in [(List::Alpha, &alpha), (List::Beta, &beta)] {
            check_length(list, values.len(), self.parties)?;
            if let Some(at) = values.iter().position(|value| !(0.0..=1.0).contains(value)) {
                return Err(NetworkError::NotAPart { list, entry: at, party: at as u32, value: values[at] });
            }
        }
        (self.alpha, self.beta) = (alpha, beta);
        Ok(self)
    }

    /// How many parties there are.
    #[must_use]
    pub fn parties(&self) -> usize {
        self.parties
    }

    /// How many ranks of obligations there are, at least 1.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// What each party owes, to others and to the outside, over all classes.
    #[must_use]
    pub fn dues(&self) -> &[f64] {
        &self.dues
    }

    /// What each party owes by place: `party * classes() + class`.
    #[must_use]
    pub fn dues_by_class(&self) -> &[f64] {
        &self.place_dues
    }

    /// What each party is owed by others in the network.
    #[must_use]
    pub fn claims(&self) -> &[f64] {
        &self.claims
    }

    /// What each party owes to the outside, over all classes.
    #[must_use]
    pub fn owed_outside(&self) -> Vec<f64> {
        self.outside_dues.chunks(self.classes).map(|places| places.iter().sum()).collect()
    }

    /// The part of a party's equity that parties of the network own.
    #[must_use]
    pub fn share_held(&self, party: usize) -> f64 {
        self.holdings.row(party).map(|(_, share)| share).sum()
    }

    /// What is owed inside the network: debtor, creditor, amount, over all classes.
    pub fn arcs(&self) -> impl Iterator<Item = (usize, usize, f64)> + '_ {
        (0..self.owed.start.len() - 1).flat_map(move |place| {
            self.owed.row(place).map(move |(creditor, amount)| (place / self.classes, creditor, amount))
        })
    }

    /// Whose equity others own.
    pub(crate) fn issuers(&self) -> Vec<usize> {
        (0..self.parties)
            .filter(|party| self.holdings.start[*party] < self.holdings.start[party + 1])
            .collect()
    }

    /// One class and no holdings: payments alone decide.
    pub(crate) fn is_plain(&self) -> bool {
        self.classes == 1 && self.holdings.index.is_empty()
    }

    /// Receipts of each party when the given part of each place is paid.
    pub(crate) fn receipts(&self, recoveries: &[f64]) -> Vec<f64> {
        let mut receipts = vec![0.0; self.parties];
        for (place, part) in recoveries.iter().enumerate().filter(|(_, part)| **part != 0.0) {
            for (creditor, amount) in self.owed.row(place) {
                receipts[creditor] += amount * part;
            }
        }
        receipts
    }

    /// The value of each party's holdings at these equities.
    pub(crate) fn holdings_value(&self, equities: &[f64]) -> Vec<f64> {
        let mut value = vec![0.0; self.parties];
        for (issuer, equity) in equities.iter().enumerate() {
            for (owner, share) in self.holdings.row(issuer) {
                value[owner] += share * equity;
            }
        }
        value
    }
}

fn check_obligation(entry: usize, one: &Obligation, parties: usize) -> Result<(), NetworkError> {
    let list = List::Obligations;
    for party in [Some(one.debtor), one.creditor].into_iter().flatten() {
        if party as usize >= parties {
            return Err(NetworkError::UnknownParty { list, entry, party, parties });
        }
    }
    if !is_amount(one.amount) {
        return Err(NetworkError::NotAnAmount { list, entry, party: one.debtor, value: one.amount });
    }
    if one.creditor == Some(one.debtor) {
        return Err(NetworkError::SelfReference { list, entry, party: one.debtor });
    }
    Ok(())
}
