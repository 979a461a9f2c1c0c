//! Both sides of the argument: who said what, and whether their numbers fit each other.

use abilene_ledger::{Claim, Stance, View};
use abilene_quantity::{Amount, Date, Decimal, Per, Unit};
use serde::Serialize;

use crate::evidence::Cite;
use crate::money::Scale;

/// A dispute, with everything said about it.
#[derive(Clone, Debug, Serialize)]
pub struct Topic {
    /// What it is about.
    pub topic: String,
    /// Oldest first.
    pub claims: Vec<ClaimItem>,
}

/// One claim.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimItem {
    /// Its id.
    pub id: String,
    /// What it measures.
    pub metric: String,
    /// Of what.
    pub subject: String,
    /// The number, as told.
    pub value: String,
    /// For when.
    pub period: Option<String>,
    /// Who said it: speaker, organisation.
    pub who: String,
    /// When.
    pub date: Date,
    /// Whether that day is assumed.
    pub date_assumed: Option<String>,
    /// `bridge`, `trap` or `neutral`.
    pub stance: &'static str,
    /// Sources known by then.
    pub sources: Vec<Cite>,
    /// How much it can be trusted.
    pub confidence: Option<&'static str>,
    /// More about it.
    pub note: Option<String>,
}

/// Claims by topic; topics with both sides first, then those with most claims. Claims without a topic come last.
pub fn argument(view: &View) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for claim in &view.claims {
        let name = claim.topic.as_deref().unwrap_or("other claims");
        match topics.iter_mut().find(|topic| topic.topic == name) {
            Some(topic) => topic.claims.push(item(view, claim)),
            None => topics.push(Topic { topic: name.to_owned(), claims: vec![item(view, claim)] }),
        }
    }
    topics.iter_mut().for_each(|topic| topic.claims.sort_by_key(|claim| claim.date));
    let both =
        |topic: &Topic| ["bridge", "trap"].iter().all(|side| topic.claims.iter().any(|c| c.stance == *side));
    topics.sort_by_key(|topic| {
        (topic.topic == "other claims", !both(topic), std::cmp::Reverse(topic.claims.len()))
    });
    topics
}

fn item(view: &View, claim: &Claim) -> ClaimItem {
    let cites = view.sources(&claim.sources).into_iter().map(|(source, cite)| Cite {
        source: source.id.value.clone(),
        publisher: source.publisher.clone().unwrap_or_else(|| source.title.clone()),
        place: abilene_ledger::cite_locator(cite).map(str::to_owned),
    });
    let who = [claim.speaker.as_deref(), claim.organisation.as_deref()];
    ClaimItem {
        id: claim.id.value.clone(),
        metric: claim.metric.replace('_', " "),
        subject: claim.subject.clone(),
        value: claim.value.value.to_string(),
        period: claim.period.clone(),
        who: who.into_iter().flatten().collect::<Vec<_>>().join(", "),
        date: claim.date,
        date_assumed: claim.date_assumed.clone(),
        stance: claim.stance.unwrap_or(Stance::Neutral).text(),
        sources: cites.collect(),
        confidence: claim.confidence.map(|confidence| confidence.text()),
        note: claim.note.clone(),
    }
}

/// One organisation's numbers, and what they imply of each other.
#[derive(Clone, Debug, Serialize)]
pub struct Arithmetic {
    /// Whose numbers.
    pub organisation: String,
    /// Step by step: what, how it follows, how much.
    pub steps: Vec<ArithmeticStep>,
}

/// One step.
#[derive(Clone, Debug, Serialize)]
pub struct ArithmeticStep {
    /// What it is.
    pub what: String,
    /// The claim behind it, or how it is computed.
    pub how: String,
    /// The number.
    pub value: String,
    /// The claim, when it is one.
    pub claim: Option<String>,
}

/// For each organisation that claims both a revenue needed and a gap: the revenue in sight, the capex share and
/// the cost and revenue for each gigawatt that its own numbers imply.
pub fn arithmetic(view: &View) -> Vec<Arithmetic> {
    let mut organisations: Vec<&str> = view.claims.iter().filter_map(|c| c.organisation.as_deref()).collect();
    organisations.sort_unstable();
    organisations.dedup();
    organisations.into_iter().filter_map(|organisation| of_organisation(view, organisation)).collect()
}

fn of_organisation(view: &View, organisation: &str) -> Option<Arithmetic> {
    let said = |metric: &str| {
        let mine = view
            .claims
            .iter()
            .filter(|c| c.organisation.as_deref() == Some(organisation) && c.metric == metric);
        mine.max_by(|a, b| a.value.value.value.cmp(&b.value.value.value)).copied()
    };
    let (needed, gap) = (said("revenue_needed")?, said("revenue_gap")?);
    let scale = Scale::of(view.book);
    let mut steps = vec![claimed("revenue needed", needed), claimed("revenue gap", gap)];
    let in_sight = needed.value.value.value - gap.value.value.value;
    steps.push(computed(
        "revenue in sight",
        "needed less gap",
        format!("{} a year", scale.sum(in_sight).text),
    ));
    if let Some(capex) = said("capex").filter(|capex| capex.value.per == Some(Per::Year)) {
        steps.push(claimed("capital spending", capex));
        let share = ratio(capex.value.value.value, needed.value.value.value)? * Decimal::ONE_HUNDRED;
        steps.push(computed(
            "capital spending over revenue",
            "spending over revenue needed",
            format!("{} %", share.round_dp(1).normalize()),
        ));
        let power = said("power_demand").filter(|power| power.value.unit == Unit::Power);
        if let Some(power) = power {
            steps.push(claimed("power demand", power));
            let revenue = ratio(needed.value.value.value, power.value.value.value)?;
            steps.push(computed(
                "revenue for each GW",
                "revenue needed over power demand",
                format!("{} for each GW-year", scale.sum(revenue).text),
            ));
            let cost = ratio(capex.value.value.value * Decimal::from(5), power.value.value.value)?;
            steps.push(computed(
                "cost for each GW",
                "five years of spending over power demand",
                format!("{} for each GW", scale.sum(cost).text),
            ));
        }
    }
    Some(Arithmetic { organisation: organisation.to_owned(), steps })
}

fn ratio(part: Decimal, whole: Decimal) -> Option<Decimal> {
    (whole > Decimal::ZERO).then(|| part / whole)
}

fn claimed(what: &str, claim: &Claim) -> ArithmeticStep {
    let value: Amount = claim.value.value;
    ArithmeticStep {
        what: what.to_owned(),
        how: format!("claimed {}", claim.date),
        value: value.to_string(),
        claim: Some(claim.id.value.clone()),
    }
}

fn computed(what: &str, how: &str, value: String) -> ArithmeticStep {
    ArithmeticStep { what: what.to_owned(), how: how.to_owned(), value, claim: None }
}
