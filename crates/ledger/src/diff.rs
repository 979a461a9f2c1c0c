//! What changed in the web between two dates of knowledge.

use std::collections::BTreeMap;

use abilene_quantity::{Amount, Date};

use crate::model::State;
use crate::text::At;
use crate::view::{DealView, LegView, View};
use crate::words::Form;

/// What happened to a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Not known before.
    Added,
    /// Known before, and different since.
    Changed,
    /// Terminated, defaulted or wholly superseded since.
    Withdrawn,
    /// Not known before, and over by now.
    CameAndWent,
}

impl Kind {
    /// The word for tables.
    pub fn text(self) -> &'static str {
        match self {
            Kind::Added => "added",
            Kind::Changed => "changed",
            Kind::Withdrawn => "withdrawn",
            Kind::CameAndWent => "came and went",
        }
    }
}

/// One field of one leg, before and after. Either side is empty where the leg was not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The leg.
    pub leg: String,
    /// The field: `status`, `amount`, `firm`, `form`, `power`, `instrument`, `schedule`, `condition`, or `leg` for
    /// a whole leg.
    pub field: &'static str,
    /// Before.
    pub from: String,
    /// After.
    pub to: String,
}

/// One deal that is not as it was.
#[derive(Clone, Debug)]
pub struct Change<'b> {
    /// The deal's id.
    pub deal: &'b str,
    /// Its title.
    pub title: &'b str,
    /// What happened.
    pub kind: Kind,
    /// Field by field.
    pub fields: Vec<FieldChange>,
    /// The states that became known in between.
    pub states: Vec<&'b State>,
}

/// Every deal that differs between two views of one book, the earlier first; by kind and then file order.
pub fn between<'b>(old: &View<'b>, new: &View<'b>) -> Vec<Change<'b>> {
    let known: BTreeMap<&str, &DealView> =
        old.deals.iter().map(|deal| (deal.deal.id.as_str(), deal)).collect();
    let mut changes: Vec<Change> = new
        .deals
        .iter()
        .filter_map(|deal| change(deal, known.get(deal.deal.id.as_str()).copied(), old.as_of))
        .collect();
    changes.sort_by_key(|change| change.kind);
    changes
}

fn change<'b>(now: &DealView<'b>, earlier: Option<&DealView<'b>>, before: Date) -> Option<Change<'b>> {
    let states: Vec<&State> = now.states.iter().filter(|s| s.date.value > before).copied().collect();
    let fields = earlier.map_or_else(|| added_legs(now), |earlier| compare(earlier, now));
    let kind = match earlier {
        None if now.is_over() => Kind::CameAndWent,
        None => Kind::Added,
        Some(earlier) if now.is_over() && !earlier.is_over() => Kind::Withdrawn,
        Some(_) if fields.is_empty() && states.is_empty() => return None,
        Some(_) => Kind::Changed,
    };
    Some(Change { deal: &now.deal.id.value, title: &now.deal.title, kind, fields, states })
}

fn added_legs(deal: &DealView) -> Vec<FieldChange> {
    deal.legs.iter().map(|leg| whole(leg, String::new(), describe(leg))).collect()
}

fn whole(leg: &LegView, from: String, to: String) -> FieldChange {
    FieldChange { leg: leg.leg.id.value.clone(), field: "leg", from, to }
}

/// `nvidia → openai, equity, up to 100 bn USD`.
fn describe(leg: &LegView) -> String {
    let leg_row = leg.leg;
    let mut text = format!("{} → {}, {}", leg_row.payer.value, leg_row.payee.value, leg_row.instrument.value);
    for amount in [&leg_row.amount, &leg_row.power].into_iter().flatten() {
        text.push_str(&format!(", {}", amount.value));
    }
    text
}

fn compare(old: &DealView, new: &DealView) -> Vec<FieldChange> {
    let mut fields = Vec::new();
    let same = |a: &LegView, b: &LegView| a.leg.id.value == b.leg.id.value;
    let mut replaced: Vec<&LegView> =
        old.legs.iter().filter(|leg| !new.legs.iter().any(|other| same(leg, other))).collect();
    for leg in &new.legs {
        if let Some(before) = old.legs.iter().find(|other| same(leg, other)) {
            compare_status(before, leg, &mut fields);
        } else if let Some(at) = replaced.iter().position(|other| is_successor(other, leg)) {
            compare_legs(replaced.remove(at), leg, &mut fields);
        } else {
            fields.push(whole(leg, String::new(), describe(leg)));
        }
    }
    fields.extend(replaced.into_iter().map(|leg| whole(leg, describe(leg), String::new())));
    fields
}

/// A leg that ends as another between the same two, for the same thing, begins: the same leg recut.
fn is_successor(old: &LegView, new: &LegView) -> bool {
    old.leg.payer.value == new.leg.payer.value
        && old.leg.payee.value == new.leg.payee.value
        && old.leg.instrument.value.class() == new.leg.instrument.value.class()
}

fn compare_status(old: &LegView, new: &LegView, fields: &mut Vec<FieldChange>) {
    push(fields, new, "status", old.status().to_string(), new.status().to_string());
}

fn compare_legs(old: &LegView, new: &LegView, fields: &mut Vec<FieldChange>) {
    compare_status(old, new, fields);
    let amount = |at: &Option<At<Amount>>| at.as_ref().map(|a| a.value.to_string()).unwrap_or_default();
    push(fields, new, "amount", amount(&old.leg.amount), amount(&new.leg.amount));
    push(fields, new, "firm", amount(&old.leg.firm), amount(&new.leg.firm));
    let form = |leg: &LegView| leg.leg.form.unwrap_or(Form::Cash).to_string();
    push(fields, new, "form", form(old), form(new));
    let schedule =
        |leg: &LegView| leg.leg.schedule.as_ref().map(|at| at.value.to_string()).unwrap_or_default();
    push(fields, new, "schedule", schedule(old), schedule(new));
    push(fields, new, "power", amount(&old.leg.power), amount(&new.leg.power));
    let instrument = |leg: &LegView| leg.leg.instrument.value.to_string();
    push(fields, new, "instrument", instrument(old), instrument(new));
    let condition = |leg: &LegView| leg.leg.condition.clone().unwrap_or_default();
    push(fields, new, "condition", condition(old), condition(new));
}

fn push(fields: &mut Vec<FieldChange>, leg: &LegView, field: &'static str, from: String, to: String) {
    if from != to {
        fields.push(FieldChange { leg: leg.leg.id.value.clone(), field, from, to });
    }
}
