//! Who falls when one falls, on a case: dues within a horizon, cleared with and without a shock.

mod base;
mod event;
mod levers;
mod shock;
mod tree;
mod types;

use abilene_clearing::NetworkError;
use abilene_flows::{Item, project};
use abilene_ledger::View;
use abilene_quantity::{Date, Span, months_after};

use self::base::{Base, Run};
use self::event::{Outcome, Point, Setting, Settings};
use self::levers::Levels;
pub use self::levers::{LEVERS, Lever, LeverRange};
pub use self::shock::Shock;
use self::tree::{Teller, told};
pub use self::types::{Branch, CaseStress, Event, Ground, LeverRow, Means, Stand, Verdict};
use crate::evidence::figure_anchor;
use crate::money::{Scale, Sum, number, percent};
use crate::options::Ask;

/// Over how many quarters the case is stressed where nobody says.
pub const HORIZON_QUARTERS: u8 = 4;

/// Of how many members the failure is tried, one by one.
pub const MOST_SINGLES: usize = 100;

/// How many of the assumptions the results are shown over.
const SHOWN: usize = 3;

/// What is to happen, and within which horizon.
#[derive(Clone, Debug)]
pub struct StressPlan {
    /// Quarters after the date of knowledge, 1 to 40.
    pub quarters: u8,
    /// Each is an event; the shocks in it happen at once.
    pub events: Vec<Vec<Shock>>,
}

impl StressPlan {
    /// Every member of the web defaults in turn; in a very large web the [`MOST_SINGLES`] that owe members most.
    pub fn all_singles(ask: &Ask, quarters: u8) -> StressPlan {
        let view = ask.view();
        let projection = project(&view);
        let scale = Scale::of(ask.book);
        let base = Base::of(&projection, &scale, horizon(ask.as_of, quarters), horizon(ask.as_of, 4));
        let mut debtors: Vec<(usize, f64)> = base.owed_to_members().into_iter().enumerate().collect();
        debtors.sort_by(|a, b| b.1.total_cmp(&a.1));
        debtors.truncate(MOST_SINGLES);
        debtors.sort_by_key(|(at, _)| *at);
        let each = |(at, _): (usize, f64)| vec![Shock::Default { party: base.members[at].opening.party }];
        StressPlan { quarters, events: debtors.into_iter().map(each).collect() }
    }
}

/// The days after the date of knowledge.
fn horizon(as_of: Date, quarters: u8) -> Span {
    let from = as_of.tomorrow().unwrap_or(as_of);
    let to = months_after(from, 3 * i32::from(quarters)).and_then(|day| day.yesterday().ok());
    Span { from, to: to.unwrap_or(from) }
}

/// Answers it: Eisenberg & Noe (2001) with two ranks of dues, Rogers & Veraart (2013) where default costs.
///
/// # Errors
/// [`NetworkError`] when sums of the case leave what a number can hold.
pub fn stress_case(ask: &Ask, plan: &StressPlan) -> Result<CaseStress, NetworkError> {
    let view = ask.view();
    let projection = project(&view);
    let scale = Scale::of(ask.book);
    let span = horizon(ask.as_of, plan.quarters);
    let base = Base::of(&projection, &scale, span, horizon(ask.as_of, 4));
    let settings = Settings::of(&base)?;
    let calm = settings.outcome(&base, &[])?;
    let outcomes: Vec<Outcome> =
        plan.events.iter().map(|shocks| settings.outcome(&base, shocks)).collect::<Result<_, _>>()?;
    let levers = rank(&scale, std::iter::once(&calm).chain(&outcomes));
    let shown: Vec<Lever> = levers.iter().take(SHOWN).map(|row| row.range.lever).collect();
    let grid = Levels::grid(&shown).into_iter().map(|levels| Setting::of(&base, levels));
    let grid = grid.collect::<Result<_, _>>()?;
    let study = Study { ask, view: &view, scale: &scale, base: &base, calm: &calm, grid };
    let shocks = plan.events.iter().zip(&outcomes).map(|(shocks, outcome)| study.event(shocks, outcome));
    Ok(CaseStress {
        schema: "abilene.case-stress/1",
        case: ask.book.case.name.clone(),
        as_of: ask.as_of,
        from: span.from,
        to: span.to,
        quarters: plan.quarters,
        unit: scale.unit.clone(),
        parties: (0..base.members.len()).map(|at| study.means(at)).collect(),
        unshocked: study.event(&[], &calm)?,
        shocks: shocks.collect::<Result<_, _>>()?,
        levers,
        notes: notes(&base, &scale),
    })
}

/// Levers by how many failures they flip, then by how much they move losses.
fn rank<'o>(scale: &Scale, outcomes: impl Iterator<Item = &'o Outcome> + Clone) -> Vec<LeverRow> {
    let mut moved: Vec<(usize, f64, LeverRange)> = LEVERS
        .iter()
        .map(|range| {
            let each = outcomes.clone().map(|outcome| outcome.moved_by(range.lever));
            let (flips, moves) = each.fold((0, 0.0), |sum, one| (sum.0 + one.0, f64::max(sum.1, one.1)));
            (flips, moves, *range)
        })
        .collect();
    moved.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
    let row = |(at, (flips, moves, range)): (usize, (usize, f64, LeverRange))| LeverRow {
        range,
        flips,
        moves: scale.of_plain(moves),
        shown: at < SHOWN,
    };
    moved.into_iter().enumerate().map(row).collect()
}

fn notes(base: &Base, scale: &Scale) -> Vec<String> {
    let firm: f64 = base.dues.values().map(|due| due.firm + due.firm_on_assumed_dates).sum();
    let assumed: f64 = base.dues.values().map(|due| due.firm_on_assumed_dates).sum();
    let share = if firm > 0.0 { assumed / firm } else { 0.0 };
    vec![
        format!(
            "Dues are the firm legs of the ledger within the horizon, {} in all, {} of them on assumed dates; interest, and running costs that own means do not cover, are paid first.",
            scale.of_plain(firm).text,
            percent(share),
        ),
        "Own means are cash, credit lines, funding promised by the outside and receipts from outside the web at the latest reported rate, less running costs at the latest rate; cash is taken as last reported.".into(),
        "The outside (banks, other investors, end customers) is taken to pay what it promised and never to fail.".into(),
        "Everybody pays in full or pays all it has, pro rata within a rank (Eisenberg & Noe 2001); what others pay in the same horizon can be paid on. Nobody sells assets, borrows anew or renegotiates.".into(),
        "Undecided: within the ranges of the three assumptions that move most, the failure comes and goes.".into(),
    ]
}

/// What the events of one answer share.
struct Study<'a, 'b> {
    ask: &'a Ask<'b>,
    view: &'a View<'b>,
    scale: &'a Scale,
    base: &'a Base<'b>,
    calm: &'a Outcome,
    grid: Vec<Setting>,
}

impl Study<'_, '_> {
    fn event(&self, shocks: &[Shock], outcome: &Outcome) -> Result<Event, NetworkError> {
        let points: Vec<Point> =
            self.grid.iter().map(|setting| setting.point(self.base, shocks)).collect::<Result<_, _>>()?;
        let verdicts: Vec<Verdict> = (0..self.base.members.len()).map(|at| verdict(&points, at)).collect();
        let book = self.ask.book;
        let struck: Vec<usize> = shocks.iter().map(Shock::party).collect();
        let (calm, run) = (&self.calm.central, &outcome.central);
        let teller = Teller { book, scale: self.scale, base: self.base, calm, run, verdicts: &verdicts };
        let tree = if shocks.is_empty() { Vec::new() } else { teller.tree() };
        let least = points.iter().map(|point| point.lost).fold(f64::INFINITY, f64::min);
        let most = points.iter().map(|point| point.lost).fold(0.0, f64::max);
        let title: Vec<String> = shocks.iter().map(|shock| shock.text(book)).collect();
        Ok(Event {
            title: if title.is_empty() { "Nobody is shocked".into() } else { title.join("; ") },
            struck: struck.iter().map(|party| book.parties[*party].id.value.clone()).collect(),
            parties: self.stands(&struck, outcome, &points),
            lost: self.scale.of_plain(outcome.total_lost()),
            lost_range: [self.scale.of_plain(least.min(most)), self.scale.of_plain(most)],
            lost_outside: self.scale.of_plain(outcome.lost_outside),
            unique: run.is_unique()?,
            told: told(&tree),
            tree,
        })
    }

    /// Who is struck, fails, may fail because of the shock, or loses; by round, then by loss.
    fn stands(&self, struck: &[usize], outcome: &Outcome, points: &[Point]) -> Vec<Stand> {
        let calm = struck.is_empty();
        let told = (0..self.base.members.len()).filter_map(|at| {
            let struck = struck.contains(&self.base.members[at].opening.party);
            let stand = self.stand(at, outcome, points, struck);
            let doubtful = stand.verdict != Verdict::Holds && (stand.because || calm);
            let tell = struck || stand.round.is_some() || doubtful || outcome.lost[at] >= 5e-5;
            tell.then_some((stand, outcome.lost[at]))
        });
        let mut told: Vec<(Stand, f64)> = told.collect();
        let round = |stand: &Stand| stand.round.unwrap_or(usize::MAX);
        told.sort_by(|a, b| round(&a.0).cmp(&round(&b.0)).then(b.1.total_cmp(&a.1)));
        told.into_iter().map(|(stand, _)| stand).collect()
    }

    fn stand(&self, at: usize, outcome: &Outcome, points: &[Point], struck: bool) -> Stand {
        let run = &outcome.central;
        let party = &self.ask.book.parties[self.base.members[at].opening.party];
        let (owes, pays) = (run.network.dues()[at], run.greatest.clearing.paid(&run.network)[at]);
        Stand {
            party: party.id.value.clone(),
            name: party.name.clone(),
            struck,
            verdict: verdict(points, at),
            round: run.round(at),
            because: points.iter().any(|point| point.fails[at] && !point.fails_anyway[at]),
            fails_anyway: self.calm.central.fails(at),
            owes: self.money(owes),
            pays: self.money(pays),
            recovery: (owes > 0.0).then(|| pays / owes),
            owed: self.money(run.network.claims()[at]),
            receives: self.money(run.greatest.clearing.receipts[at]),
            loses: self.money(outcome.lost[at]),
            flips: outcome.flips(at),
        }
    }

    fn money(&self, value: f64) -> Sum {
        self.scale.of_plain(value)
    }

    fn means(&self, at: usize) -> Means {
        let member = &self.base.members[at];
        let party = &self.ask.book.parties[member.opening.party];
        let run: &Run = &self.calm.central;
        Means {
            party: party.id.value.clone(),
            name: party.name.clone(),
            kind: party.kind.value.clone(),
            own_means: self.money(run.assets[at]),
            owed: self.money(run.network.claims()[at]),
            owes: self.money(run.network.dues()[at]),
            items: member
                .opening
                .items()
                .iter()
                .map(|(name, item)| ground(self.view, self.scale, name, item))
                .collect(),
        }
    }
}

/// A number of an opening balance with what it stands on.
pub(crate) fn ground(view: &View, scale: &Scale, name: &'static str, item: &Item) -> Ground {
    let part = matches!(name, "interest rate" | "cost ratio");
    let text = match part {
        true => percent(number(item.value)),
        false => scale.sum(item.value).text,
    };
    let latest = item.figures.iter().max_by_key(|figure| figure.period.value.to());
    let mut sources: Vec<String> =
        item.figures.iter().flat_map(|figure| figure.sources.iter().map(|cite| cite.value.clone())).collect();
    sources.dedup();
    Ground {
        name,
        text,
        figures: item.figures.iter().map(|figure| figure_anchor(view, figure)).collect(),
        period: latest.map(|figure| figure.period.value.to_string()),
        sources,
        assumed: item.assumed.clone(),
    }
}

fn verdict(points: &[Point], at: usize) -> Verdict {
    let failures = points.iter().filter(|point| point.fails[at]).count();
    match failures {
        0 => Verdict::Holds,
        all if all == points.len() => Verdict::Fails,
        _ => Verdict::Undecided,
    }
}
