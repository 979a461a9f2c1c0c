//! The cascade as a tree: everybody hangs on the failed party through which it loses most.

use super::base::{Base, Run};
use super::types::{Branch, Verdict};
use crate::money::Scale;
use abilene_ledger::Book;

/// What is needed to tell a tree.
pub(super) struct Teller<'a, 'b> {
    pub book: &'b Book,
    pub scale: &'a Scale,
    pub base: &'a Base<'b>,
    pub calm: &'a Run,
    pub run: &'a Run,
    pub verdicts: &'a [Verdict],
}

/// Losses below this part of all losses are left out of the tree; they stand in the table.
const SMALLEST_PART: f64 = 0.005;

impl Teller<'_, '_> {
    /// Those who fail first because of the shock, with whom they bring down.
    pub fn tree(&self) -> Vec<Branch> {
        let through = self.losses_through();
        let members = 0..self.base.members.len();
        let lost: f64 = through.iter().flatten().filter(|loss| **loss > 0.0).sum();
        let least = (SMALLEST_PART * lost).max(1e-9);
        let parents: Vec<Option<usize>> =
            members.clone().map(|at| self.parent(&through, least, at)).collect();
        let roots =
            members.filter(|at| self.run.fails(*at) && parents[*at].is_none() && self.matters(&through, *at));
        roots.map(|at| self.branch(&through, &parents, at, None)).collect()
    }

    /// `[creditor][debtor]`: how much less the creditor gets from the debtor than without the shock.
    fn losses_through(&self) -> Vec<Vec<f64>> {
        let size = self.base.members.len();
        let mut through = vec![vec![0.0; size]; size];
        for (run, sign) in [(self.calm, 1.0), (self.run, -1.0)] {
            for one in &run.obligations {
                if let Some(creditor) = one.creditor {
                    through[creditor as usize][one.debtor as usize] += sign * run.paid(one);
                }
            }
        }
        through
    }

    /// The failed party of an earlier round through which a member loses most.
    fn parent(&self, through: &[Vec<f64>], least: f64, member: usize) -> Option<usize> {
        let before = |debtor: &usize| match (self.run.round(*debtor), self.run.round(member)) {
            (Some(theirs), Some(own)) => theirs < own,
            (theirs, None) => theirs.is_some(),
            (None, Some(_)) => false,
        };
        let debtors = (0..through.len()).filter(before).filter(|debtor| through[member][*debtor] > least);
        debtors.max_by(|a, b| through[member][*a].total_cmp(&through[member][*b]).then(b.cmp(a)))
    }

    /// A root is told when the shock made it fail, or others lose through it.
    fn matters(&self, through: &[Vec<f64>], member: usize) -> bool {
        !self.calm.fails(member) || through.iter().any(|row| row[member] > 1e-9)
    }

    fn branch(
        &self,
        through: &[Vec<f64>],
        parents: &[Option<usize>],
        at: usize,
        above: Option<usize>,
    ) -> Branch {
        let party = &self.book.parties[self.base.members[at].opening.party];
        let mut below: Vec<usize> = (0..parents.len()).filter(|child| parents[*child] == Some(at)).collect();
        below.sort_by(|a, b| through[*b][at].total_cmp(&through[*a][at]).then(a.cmp(b)));
        Branch {
            party: party.id.value.clone(),
            name: party.name.clone(),
            round: self.run.round(at),
            loses: self.scale.of_plain(above.map_or(0.0, |above| through[at][above])),
            verdict: self.verdicts[at],
            below: below.into_iter().map(|child| self.branch(through, parents, child, Some(at))).collect(),
        }
    }
}

/// The tree in words, one line a party.
pub(super) fn told(tree: &[Branch]) -> Vec<String> {
    let mut lines = Vec::new();
    for branch in tree {
        lines.push(format!("{} cannot pay all it owes{}", branch.name, doubt(branch)));
        tell(&branch.below, "", &mut lines);
    }
    lines
}

fn tell(branches: &[Branch], indent: &str, lines: &mut Vec<String>) {
    for (at, branch) in branches.iter().enumerate() {
        let last = at + 1 == branches.len();
        let (mark, next) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        let what = match branch.round {
            Some(round) => format!("and fails in round {round}{}", doubt(branch)),
            None if branch.verdict == Verdict::Undecided => "and may fail: undecided".to_owned(),
            None => "and holds".to_owned(),
        };
        lines.push(format!("{indent}{mark}{} receives {} less {what}", branch.name, branch.loses.text));
        tell(&branch.below, &format!("{indent}{next}"), lines);
    }
}

fn doubt(branch: &Branch) -> &'static str {
    match branch.verdict {
        Verdict::Undecided => " (undecided: not all over the ranges)",
        _ => "",
    }
}
