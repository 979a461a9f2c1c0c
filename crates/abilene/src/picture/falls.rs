//! Who falls when one falls: a matrix over all members of the web, and each cascade as a tree laid out in rows.

use abilene_ledger::Book;
use serde::Serialize;

use crate::money::{Sum, number};
use crate::stress::{Branch, CaseStress, Event, Ground, Stand, Verdict};
use crate::told::{Told, native};

/// The page's stress test.
#[derive(Clone, Debug, Serialize)]
pub struct FallsPicture {
    /// What it says, in a sentence.
    pub title: Told,
    /// Which dues, over which days.
    pub note: Told,
    /// Who cannot or may not pay though nobody is shocked.
    pub unshocked: Told,
    /// Whom losses reach, heaviest loser first: id and name.
    pub columns: Vec<(String, String)>,
    /// Whose failure costs others anything, costliest first.
    pub rows: Vec<FallRow>,
    /// Assumptions on the whole web, the one that moves most first.
    pub levers: Vec<LeverText>,
    /// What each party's numbers stand on.
    pub means: Vec<MeansText>,
    /// How to read it.
    pub notes: Vec<String>,
}

/// One party without means of its own.
#[derive(Clone, Debug, Serialize)]
pub struct FallRow {
    /// Its id.
    pub party: String,
    /// Its name.
    pub name: String,
    /// What its failure does, in a sentence.
    pub sentence: Told,
    /// What others in the web lose.
    pub lost: Sum,
    /// Least and most of it over the ranges.
    pub lost_range: [Sum; 2],
    /// One a column.
    pub cells: Vec<Option<FallCell>>,
    /// The cascade, one row a party.
    pub cascade: Vec<CascadeRow>,
}

/// What one party loses through another's failure.
#[derive(Clone, Debug, Serialize)]
pub struct FallCell {
    /// How much.
    pub loses: Sum,
    /// From 0 to 1: the root of its part of the heaviest loss, so that areas compare.
    pub shade: f64,
    /// `fails` and `undecided` only where the shock is why.
    pub verdict: Verdict,
}

/// One party of a cascade, in the order of the tree.
#[derive(Clone, Debug, Serialize)]
pub struct CascadeRow {
    /// Its id.
    pub party: String,
    /// Its name.
    pub name: String,
    /// How many steps from the party struck.
    pub depth: usize,
    /// The row of the party above it.
    pub above: Option<usize>,
    /// The round in which it fails.
    pub round: Option<usize>,
    /// Over the ranges.
    pub verdict: Verdict,
    /// What it loses through the party above it.
    pub loses: Sum,
    /// That as a part of the heaviest loss of the tree, 0 to 1.
    pub width: f64,
}

/// An assumption as told.
#[derive(Clone, Debug, Serialize)]
pub struct LeverText {
    /// What it is.
    pub name: &'static str,
    /// `0.75 to 1.25, taken 1`.
    pub range: String,
    /// How many failures it flips alone.
    pub flips: usize,
    /// By how much it moves losses alone.
    pub moves: Sum,
    /// Whether results are shown over it.
    pub shown: bool,
    /// Where the range comes from.
    pub reason: &'static str,
}

/// What a party has and owes, and on what that stands.
#[derive(Clone, Debug, Serialize)]
pub struct MeansText {
    /// Its id.
    pub party: String,
    /// Its name.
    pub name: String,
    /// Own means over the horizon.
    pub own: String,
    /// Owed by it.
    pub owes: String,
    /// Owed to it by members.
    pub owed: String,
    /// Each number with its ground.
    pub items: Vec<Ground>,
}

/// Draws a stress test in which each member failed in turn.
pub fn falls_picture(book: &Book, stress: &CaseStress) -> FallsPicture {
    let mut events: Vec<&Event> = stress.shocks.iter().filter(|event| !event.lost.value.is_zero()).collect();
    events.sort_by(|a, b| b.lost.value.cmp(&a.lost.value).then(a.struck.cmp(&b.struck)));
    let columns = columns(&events);
    let heaviest =
        events.iter().flat_map(|e| &e.parties).map(|stand| plain(&stand.loses)).fold(1e-9, f64::max);
    let rows: Vec<FallRow> =
        events.iter().filter_map(|event| row(book, stress, event, &columns, heaviest)).collect();
    FallsPicture {
        title: rows.first().map_or_else(nobody_loses, |row| row.sentence.clone()),
        note: note(stress),
        unshocked: unshocked(book, stress),
        columns,
        rows,
        levers: stress.levers.iter().map(lever).collect(),
        means: stress.parties.iter().map(means).collect(),
        notes: stress.notes.clone(),
    }
}

fn plain(sum: &Sum) -> f64 {
    number(sum.value)
}

fn columns(events: &[&Event]) -> Vec<(String, String)> {
    let mut totals: Vec<(String, String, f64)> = Vec::new();
    for stand in
        events.iter().flat_map(|event| &event.parties).filter(|s| !s.struck && !s.loses.value.is_zero())
    {
        match totals.iter_mut().find(|total| total.0 == stand.party) {
            Some(total) => total.2 += plain(&stand.loses),
            None => totals.push((stand.party.clone(), stand.name.clone(), plain(&stand.loses))),
        }
    }
    totals.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    totals.into_iter().map(|(id, name, _)| (id, name)).collect()
}

fn row(
    book: &Book,
    stress: &CaseStress,
    event: &Event,
    columns: &[(String, String)],
    heaviest: f64,
) -> Option<FallRow> {
    let struck = event.parties.iter().find(|stand| stand.struck)?;
    let cell = |id: &String| {
        let stand = event.parties.iter().find(|stand| stand.party == *id && !stand.struck)?;
        let verdict = if stand.because { stand.verdict } else { Verdict::Holds };
        let shade = (plain(&stand.loses) / heaviest).sqrt();
        let told = !stand.loses.value.is_zero() || verdict != Verdict::Holds;
        told.then(|| FallCell { loses: stand.loses.clone(), shade, verdict })
    };
    Some(FallRow {
        party: struck.party.clone(),
        name: struck.name.clone(),
        sentence: sentence(book, stress, event, struck),
        lost: event.lost.clone(),
        lost_range: event.lost_range.clone(),
        cells: columns.iter().map(|(id, _)| cell(id)).collect(),
        cascade: cascade(&event.tree),
    })
}

fn sentence(book: &Book, stress: &CaseStress, event: &Event, struck: &Stand) -> Told {
    let with: Vec<&Stand> =
        event.parties.iter().filter(|s| !s.struck && s.because && s.verdict != Verdict::Holds).collect();
    let names: Vec<&str> = with.iter().map(|stand| stand.name.as_str()).collect();
    let sure = with.iter().filter(|stand| stand.verdict == Verdict::Fails).count();
    let fall = match (names.is_empty(), sure == names.len()) {
        (true, _) => String::from("; nobody falls with it"),
        (false, true) if names.len() == 1 => format!("; {} falls with it", names[0]),
        (false, true) => format!("; {} fall with it", names.join(", ")),
        (false, false) => format!("; {} may fall with it", names.join(", ")),
    };
    let own: Vec<&str> = with.iter().map(|stand| native(book, &stand.party)).collect();
    let falls = match (names.is_empty(), sure == names.len()) {
        (true, _) => String::from("；无人随之违约"),
        (false, true) => format!("；{}随之违约", own.join("、")),
        (false, false) => format!("；{}可能随之违约", own.join("、")),
    };
    let [least, most] = &event.lost_range;
    Told(
        format!(
            "Were {} to have nothing of its own left, others would miss {} of what falls due by {} ({} to {} over the ranges){fall}",
            struck.name, event.lost.text, stress.to, least.number, most.number,
        ),
        format!(
            "假如{}一无所有，{}前到期的款项中，其他各方将少收{}（区间{}至{}）{falls}",
            native(book, &struck.party),
            stress.to,
            event.lost.text,
            least.number,
            most.number,
        ),
    )
}

fn nobody_loses() -> Told {
    Told(
        "Nobody in the web loses by anybody's failure within the horizon".into(),
        "期限内无人因他人违约受损".into(),
    )
}

fn note(stress: &CaseStress) -> Told {
    Told(
        format!("firm dues of {} to {}, in {}; each party in turn", stress.from, stress.to, stress.unit),
        format!("{}至{}到期的确定款项，单位{}；逐一假设", stress.from, stress.to, stress.unit),
    )
}

fn unshocked(book: &Book, stress: &CaseStress) -> Told {
    let doubtful: Vec<&Stand> =
        stress.unshocked.parties.iter().filter(|stand| stand.verdict != Verdict::Holds).collect();
    if doubtful.is_empty() {
        return Told(
            "With nobody shocked, everybody pays in full all over the ranges.".into(),
            "不加冲击时，各区间内所有人都能足额支付。".into(),
        );
    }
    let told = |stand: &&Stand| match stand.verdict {
        Verdict::Fails => format!("{} cannot pay in full", stand.name),
        _ => format!("{} may not pay in full (undecided)", stand.name),
    };
    let own = |stand: &&Stand| native(book, &stand.party).to_owned();
    let (names, natives): (Vec<String>, Vec<String>) =
        (doubtful.iter().map(told).collect(), doubtful.iter().map(own).collect());
    Told(
        format!("With nobody shocked: {}; all others do.", names.join(", ")),
        format!("不加冲击时：{}不能或未必能足额支付，其余都能。", natives.join("、")),
    )
}

fn cascade(tree: &[Branch]) -> Vec<CascadeRow> {
    let mut rows = Vec::new();
    tree.iter().for_each(|branch| lay(branch, 0, None, &mut rows));
    let heaviest = rows.iter().map(|row: &CascadeRow| plain(&row.loses)).fold(1e-9, f64::max);
    rows.iter_mut().for_each(|row| row.width = plain(&row.loses) / heaviest);
    rows
}

fn lay(branch: &Branch, depth: usize, above: Option<usize>, rows: &mut Vec<CascadeRow>) {
    let at = rows.len();
    rows.push(CascadeRow {
        party: branch.party.clone(),
        name: branch.name.clone(),
        depth,
        above,
        round: branch.round,
        verdict: branch.verdict,
        loses: branch.loses.clone(),
        width: 0.0,
    });
    branch.below.iter().for_each(|child| lay(child, depth + 1, Some(at), rows));
}

fn lever(row: &crate::stress::LeverRow) -> LeverText {
    let range = &row.range;
    LeverText {
        name: range.name,
        range: format!("{} to {}, taken {}", range.low, range.high, range.central),
        flips: row.flips,
        moves: row.moves.clone(),
        shown: row.shown,
        reason: range.reason,
    }
}

fn means(party: &crate::stress::Means) -> MeansText {
    MeansText {
        party: party.party.clone(),
        name: party.name.clone(),
        own: party.own_means.number.clone(),
        owes: party.owes.number.clone(),
        owed: party.owed.number.clone(),
        items: party.items.clone(),
    }
}
