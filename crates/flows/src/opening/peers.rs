//! What parties of the same kind report, for those who report nothing.

use std::collections::BTreeMap;

use abilene_ledger::Figure;
use abilene_quantity::Decimal;

use super::{CASH_WITHOUT_PEERS, INTEREST_WITHOUT_PEERS, Item, own_cost_ratio, own_interest};
use crate::figures::{at_day, latest_rate};
use crate::flow::Projection;

/// What can be taken over from peers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ratio {
    /// Cash over yearly revenue.
    Cash,
    /// Debt over yearly revenue.
    Debt,
    /// Running costs outside the web over revenue.
    Costs,
    /// Interest on debt, a year.
    Interest,
}

impl Ratio {
    fn text(self) -> &'static str {
        match self {
            Ratio::Cash => "cash over revenue",
            Ratio::Debt => "debt over revenue",
            Ratio::Costs => "running costs over revenue",
            Ratio::Interest => "interest rate",
        }
    }

    /// What stands where no party of the case reports any.
    fn without_peers(self) -> (Decimal, &'static str) {
        match self {
            Ratio::Cash => (CASH_WITHOUT_PEERS, "no party of the case reports cash: three months of revenue"),
            Ratio::Debt => (Decimal::ZERO, "no party of the case reports debt: none"),
            Ratio::Costs => (Decimal::ZERO, "no party of the case reports operating cash flow: no costs"),
            Ratio::Interest => (INTEREST_WITHOUT_PEERS, "no party of the case reports interest: 5 % a year"),
        }
    }
}

/// Fewer reporters of one kind than this say little: then all reporters count.
const FEWEST_REPORTERS: usize = 3;

/// Ratios of those who report, by kind.
pub(super) struct Peers<'b> {
    kinds: Vec<&'b str>,
    ratios: BTreeMap<(Ratio, &'b str), Vec<(Decimal, &'b Figure)>>,
}

impl<'b> Peers<'b> {
    pub fn of(projection: &Projection<'_, 'b>) -> Peers<'b> {
        let view = projection.view;
        let kinds = view.book.parties.iter().map(|party| party.kind.value.as_str()).collect();
        let mut peers = Peers { kinds, ratios: BTreeMap::new() };
        for (at, party) in view.book.parties.iter().enumerate() {
            let id = party.id.value.as_str();
            if let Some(item) = own_interest(view, id) {
                peers.add(at, Ratio::Interest, &item);
            }
            if let Some(item) = own_cost_ratio(projection, at) {
                peers.add(at, Ratio::Costs, &item);
            }
            let Some((revenue, _)) = latest_rate(view, id, "revenue").filter(|(r, _)| *r > Decimal::ZERO)
            else {
                continue;
            };
            for (ratio, metric) in [(Ratio::Cash, "cash"), (Ratio::Debt, "debt")] {
                if let Some((value, figure)) = at_day(view, id, metric, view.as_of) {
                    let value = (value / revenue).round_dp(6);
                    peers.add(at, ratio, &Item { value, figures: vec![figure], ..Item::default() });
                }
            }
        }
        peers.ratios.values_mut().for_each(|list| list.sort_by_key(|(value, _)| *value));
        peers
    }

    fn add(&mut self, party: usize, ratio: Ratio, item: &Item<'b>) {
        if let Some(figure) = item.figures.first() {
            self.ratios.entry((ratio, self.kinds[party])).or_default().push((item.value, figure));
        }
    }

    /// The median of the party's kind, or of all where too few of the kind report.
    pub fn ratio(&self, party: usize, ratio: Ratio) -> Item<'b> {
        let kind = self.kinds[party];
        let own = self.ratios.get(&(ratio, kind)).filter(|list| list.len() >= FEWEST_REPORTERS);
        if let Some(list) = own {
            let why = format!("{}: the median of {} that report, of kind {kind}", ratio.text(), list.len());
            return Item { value: median(list), figures: figures(list), own: false, assumed: Some(why) };
        }
        let mut all: Vec<(Decimal, &Figure)> = self
            .ratios
            .iter()
            .filter(|((of, _), _)| *of == ratio)
            .flat_map(|(_, list)| list.clone())
            .collect();
        all.sort_by_key(|(value, _)| *value);
        if all.is_empty() {
            let (value, why) = ratio.without_peers();
            return Item { value, assumed: Some(why.into()), ..Item::default() };
        }
        let why = format!(
            "{}: the median of all {} that report, too few of kind {kind} do",
            ratio.text(),
            all.len()
        );
        Item { value: median(&all), figures: figures(&all), own: false, assumed: Some(why) }
    }

    /// The ratio times the size of the party.
    pub fn scaled(&self, party: usize, ratio: Ratio, size: Decimal) -> Item<'b> {
        let item = self.ratio(party, ratio);
        Item { value: (item.value * size).round_dp(2), ..item }
    }
}

fn figures<'b>(list: &[(Decimal, &'b Figure)]) -> Vec<&'b Figure> {
    list.iter().map(|(_, figure)| *figure).collect()
}

/// The middle of a sorted list, which is not empty.
fn median(list: &[(Decimal, &Figure)]) -> Decimal {
    let middle = list.len() / 2;
    match list.len() % 2 {
        0 => (list[middle - 1].0 + list[middle].0) / Decimal::TWO,
        _ => list[middle].0,
    }
}
