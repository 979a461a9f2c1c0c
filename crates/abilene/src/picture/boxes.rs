//! Who has a box of their own, in which column, and what each line holds.

use std::collections::BTreeMap;

use abilene_flows::{Basis, Kind, Projection};
use abilene_ledger::{Class, Form, LegView};
use abilene_loops::{Edge, Network, circulation};
use abilene_quantity::Decimal;

use super::layout::{Layout, Paper};
use super::web::WebNode;
use crate::options::Ask;
use crate::told::{Told, native};
use crate::web::hundredths;

/// Groups, in the order that breaks ties between columns.
pub(super) const GROUPS: [(&str, &[&str]); 7] = [
    ("finance", &["investor", "lender", "fund", "bank"]),
    ("state", &["government"]),
    ("labs", &["ai_lab"]),
    ("clouds", &["hyperscaler", "cloud", "neocloud"]),
    ("sites", &["power", "developer"]),
    ("chips", &["chip_maker", "server_maker", "memory", "foundry", "equipment"]),
    ("rest", &[]),
];

/// The group of a kind; kinds of other sectors than this one fall under `rest`, or under the group they name.
fn group_of(kind: &str) -> usize {
    GROUPS.iter().position(|(_, kinds)| kinds.contains(&kind)).unwrap_or(GROUPS.len() - 1)
}

/// Most parties with a box of their own, over all groups and within one.
const CORE: usize = 34;
const CORE_OF_GROUP: usize = 9;
/// The paper is cut to this height by the scale of the money.
pub(super) const TALLEST: f64 = 760.0;
pub(super) const PAPER: Paper = Paper { width: 1180.0, box_width: 124.0, least_height: 22.0, gap: 9.0 };
/// Most dates.
pub(super) const FRAMES: usize = 60;

/// A line's key: payer's box, payee's box, class.
pub(super) type Key = (usize, usize, &'static str);

/// Money and firmness of a line on one date.
#[derive(Clone, Debug, Default)]
pub(super) struct LineSum {
    pub firm: Decimal,
    pub all: Decimal,
    pub firmness: u8,
}

/// Which party has which box.
pub(super) struct Boxes {
    /// By party: its box; `None` when it takes part in no deal.
    pub of: Vec<Option<usize>>,
    /// By box: group and parties.
    pub boxes: Vec<(usize, Vec<usize>)>,
    /// Parties without a box of their own.
    folded: usize,
}

impl Boxes {
    /// The parties with most money at any date have a box of their own; the small ones of a group share one.
    pub fn choose(ask: &Ask, projections: &[Projection]) -> Boxes {
        let parties = &ask.book.parties;
        let mut weight = vec![Decimal::ZERO; parties.len()];
        let mut takes_part = vec![false; parties.len()];
        for projection in projections {
            let mut now = vec![Decimal::ZERO; parties.len()];
            for flow in projection.within(ask.span).filter(|flow| flow.kind == Kind::Committed) {
                now[flow.payer] += flow.on(Basis::Both);
                now[flow.payee] += flow.on(Basis::Both);
            }
            for (most, now) in weight.iter_mut().zip(now) {
                *most = (*most).max(now);
            }
            for leg in &projection.legs {
                let ends = [&leg.leg.payer, &leg.leg.payee];
                ends.iter().filter_map(|id| ask.book.party_index(id)).for_each(|at| takes_part[at] = true);
            }
        }
        let mut ranked: Vec<usize> = (0..parties.len()).filter(|at| takes_part[*at]).collect();
        ranked.sort_by_key(|at| (std::cmp::Reverse(weight[*at]), *at));
        let mut own = vec![0; GROUPS.len()];
        let mut boxes: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut small: Vec<Vec<usize>> = vec![Vec::new(); GROUPS.len()];
        for at in ranked {
            let group = group_of(&parties[at].kind.value);
            if boxes.len() < CORE && own[group] < CORE_OF_GROUP && weight[at] > Decimal::ZERO {
                own[group] += 1;
                boxes.push((group, vec![at]));
            } else {
                small[group].push(at);
            }
        }
        let folded = small.iter().map(Vec::len).sum();
        boxes.extend(small.into_iter().enumerate().filter(|(_, parties)| !parties.is_empty()));
        let mut of = vec![None; parties.len()];
        for (at, (_, parties)) in boxes.iter().enumerate() {
            parties.iter().for_each(|party| of[*party] = Some(at));
        }
        Boxes { of, boxes, folded }
    }

    pub fn told(&self) -> Told {
        let own = self.boxes.iter().filter(|(_, parties)| parties.len() == 1).count();
        match self.folded {
            0 => Told("Every party has its own box.".into(), "每一方各有一框。".into()),
            many => Told(
                format!(
                    "{own} parties have a box of their own; {many} smaller ones are drawn together with others of their kind, with all their money."
                ),
                format!("{own}方各有一框；{many}个较小的与同类合并，金额全部计入。"),
            ),
        }
    }

    pub fn key(&self, ask: &Ask, leg: &LegView) -> Option<Key> {
        let at = |id: &str| ask.book.party_index(id).and_then(|party| self.of[party]);
        let (from, to) = (at(&leg.leg.payer)?, at(&leg.leg.payee)?);
        (from != to).then_some((from, to, class_of(leg)))
    }

    /// Money and firmness of each line of a projection.
    pub fn lines(&self, ask: &Ask, projection: &Projection) -> BTreeMap<Key, LineSum> {
        let mut sums: BTreeMap<Key, LineSum> = BTreeMap::new();
        for leg in projection.legs.iter().filter(|leg| leg.ended.is_none()) {
            if let Some(key) = self.key(ask, leg) {
                let sum = sums.entry(key).or_default();
                sum.firmness = sum.firmness.max(leg.firmness as u8);
            }
        }
        for flow in projection.within(ask.span).filter(|flow| flow.kind == Kind::Committed) {
            if let Some(sum) = self.key(ask, &projection.legs[flow.leg]).and_then(|key| sums.get_mut(&key)) {
                sum.firm += flow.firm;
                sum.all += flow.on(Basis::Both);
            }
        }
        sums
    }

    /// Columns by the mean rank of their parties, weighed by money: the ranks are the dual of the circulation
    /// over all flows of the last date, the outside included.
    pub fn columns(&self, ask: &Ask, projections: &[Projection]) -> Columns {
        let ranks = ranks(ask, projections);
        let mut groups: Vec<usize> = self.boxes.iter().map(|(group, _)| *group).collect();
        groups.sort_unstable();
        groups.dedup();
        let mean = |group: usize| {
            let inside = self.boxes.iter().filter(|(of, _)| *of == group).flat_map(|(_, parties)| parties);
            let (mut sum, mut weight) = (0.0, 0.0);
            for party in inside {
                let (rank, money) = ranks[*party];
                sum += rank as f64 * money;
                weight += money;
            }
            if weight > 0.0 { sum / weight } else { 0.0 }
        };
        let mut ordered: Vec<(f64, usize)> = groups.into_iter().map(|group| (mean(group), group)).collect();
        ordered.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let groups: Vec<usize> = ordered.into_iter().map(|(_, group)| group).collect();
        let column = |group: &usize| groups.iter().position(|g| g == group).unwrap_or(0);
        let of = self.boxes.iter().map(|(group, _)| column(group)).collect();
        Columns { of, groups }
    }

    pub fn nodes(&self, ask: &Ask, placed: &Layout) -> Vec<WebNode> {
        let parties = &ask.book.parties;
        self.boxes
            .iter()
            .zip(&placed.places)
            .map(|((group, inside), place)| {
                let single = (inside.len() == 1).then(|| &parties[inside[0]]);
                let name =
                    single.map_or_else(|| format!("{} smaller", inside.len()), |party| party.name.clone());
                let own = single.map(|party| native(ask.book, &party.id)).filter(|own| *own != name);
                let own = own.map(str::to_owned);
                WebNode {
                    id: single.map_or_else(
                        || format!("others-{}", GROUPS[*group].0),
                        |party| party.id.value.clone(),
                    ),
                    label: label(&name, place.height),
                    name,
                    native: own,
                    group: GROUPS[*group].0,
                    x: place.x,
                    y: place.y,
                    w: place.width,
                    h: place.height,
                    folds: if single.is_some() {
                        Vec::new()
                    } else {
                        inside.iter().map(|party| parties[*party].id.value.clone()).collect()
                    },
                }
            })
            .collect()
    }
}

/// Columns in order, and the column of each box.
pub(super) struct Columns {
    pub of: Vec<usize>,
    pub groups: Vec<usize>,
}

impl Columns {
    pub fn middle(&self, column: usize) -> f64 {
        let steps = self.groups.len().saturating_sub(1).max(1) as f64;
        column as f64 * (PAPER.width - PAPER.box_width) / steps + PAPER.box_width / 2.0
    }
}

/// What a leg is in the picture.
fn class_of(leg: &LegView) -> &'static str {
    if leg.leg.form == Some(Form::InKind) {
        return "other";
    }
    match leg.leg.instrument.value.class() {
        Class::Funding => "funding",
        Class::Purchase => "purchase",
        Class::Contingent => "other",
    }
}

/// By party: its rank in the dual, and its money, at the last date.
fn ranks(ask: &Ask, projections: &[Projection]) -> Vec<(i64, f64)> {
    let count = ask.book.parties.len();
    let mut money = vec![0.0; count];
    let mut edges = Vec::new();
    if let Some(projection) = projections.last() {
        for flow in projection.within(ask.span).filter(|flow| flow.kind == Kind::Committed) {
            let amount = hundredths(flow.on(Basis::Both));
            edges.push(Edge { payer: flow.payer as u32, payee: flow.payee as u32, amount, day: None });
            money[flow.payer] += amount as f64;
            money[flow.payee] += amount as f64;
        }
    }
    let network = Network::new(count, edges).unwrap_or_default();
    let rank = circulation::maximum(&network).rank;
    (0..count).map(|at| (rank.get(at).copied().unwrap_or(0), money[at])).collect()
}

/// Lines of a label that fit a box: two where it is high enough, cut with an ellipsis where they must be.
fn label(name: &str, height: f64) -> Vec<String> {
    const FITS: usize = 18;
    let cut = |text: &str| -> String {
        if text.chars().count() <= FITS {
            return text.to_owned();
        }
        text.chars().take(FITS - 1).chain(['…']).collect()
    };
    if name.chars().count() <= FITS || height < 34.0 {
        return vec![cut(name)];
    }
    let words: Vec<&str> = name.split(' ').collect();
    let mut first = String::new();
    let mut used = 0;
    for word in &words {
        let longer = if first.is_empty() { (*word).to_owned() } else { format!("{first} {word}") };
        if longer.chars().count() > FITS && !first.is_empty() {
            break;
        }
        first = longer;
        used += 1;
    }
    let rest = words[used..].join(" ");
    if rest.is_empty() { vec![cut(&first)] } else { vec![cut(&first), cut(&rest)] }
}
