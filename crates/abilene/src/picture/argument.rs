//! Disputed numbers on one scale.

use abilene_ledger::{Claim, View};
use abilene_quantity::{Amount, Unit};
use serde::Serialize;

use super::scale::{Axis, axis};
use crate::money::Scale;
use crate::told::Told;

/// Claims of one topic that are told in one unit.
#[derive(Clone, Debug, Serialize)]
pub struct ArgumentPicture {
    /// The topic.
    pub topic: String,
    /// What the numbers are in: `bn USD/GW`.
    pub unit: String,
    /// What the picture shows, in a sentence.
    pub title: Told,
    /// The axis.
    pub axis: Axis,
    /// One mark a claim, lowest first.
    pub marks: Vec<ClaimMark>,
}

/// One claim on the scale.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimMark {
    /// The claim.
    pub claim: String,
    /// Low end.
    pub low: f64,
    /// High end; the same for a single number.
    pub high: f64,
    /// `bridge`, `trap` or `neutral`.
    pub stance: &'static str,
}

/// A picture for each topic and unit with at least two claims; topics with the widest dispute first.
pub fn argument_pictures(view: &View) -> Vec<ArgumentPicture> {
    let scale = Scale::of(view.book);
    let mut groups: Vec<(String, String, Vec<&Claim>)> = Vec::new();
    for claim in &view.claims {
        let Some(topic) = &claim.topic else { continue };
        let unit = unit_text(&scale, &claim.value);
        match groups.iter_mut().find(|group| group.0 == *topic && group.1 == unit) {
            Some(group) => group.2.push(claim),
            None => groups.push((topic.clone(), unit, vec![claim])),
        }
    }
    groups.retain(|group| group.2.len() > 1);
    let mut pictures: Vec<ArgumentPicture> =
        groups.into_iter().map(|g| picture(&scale, g.0, g.1, &g.2)).collect();
    pictures.sort_by_key(|picture| {
        let sides =
            ["bridge", "trap"].iter().all(|side| picture.marks.iter().any(|mark| mark.stance == *side));
        (!sides, std::cmp::Reverse(picture.marks.len()))
    });
    pictures
}

fn picture(scale: &Scale, topic: String, unit: String, claims: &[&Claim]) -> ArgumentPicture {
    let mut marks: Vec<ClaimMark> = claims
        .iter()
        .map(|claim| ClaimMark {
            claim: claim.id.value.clone(),
            low: number(scale, &claim.value, End::Low),
            high: number(scale, &claim.value, End::High),
            stance: claim.stance.map_or("neutral", |stance| stance.text()),
        })
        .collect();
    marks.sort_by(|a, b| a.low.total_cmp(&b.low).then(a.claim.cmp(&b.claim)));
    let least = marks.first().map_or(0.0, |mark| mark.low);
    let most = marks.iter().map(|mark| mark.high).fold(0.0, f64::max);
    // Numbers of different companies are no dispute, however far apart.
    let one_subject = claims.iter().all(|claim| claim.party.as_deref() == claims[0].party.as_deref());
    let times = (one_subject && least > 0.0 && most > least).then(|| format!("{:.1}", most / least));
    let apart = times.as_ref().map(|times| format!(", {times} times apart")).unwrap_or_default();
    let multiple = times.map(|times| format!("，相差{times}倍")).unwrap_or_default();
    let head: String =
        topic.chars().take(1).flat_map(char::to_uppercase).chain(topic.chars().skip(1)).collect();
    ArgumentPicture {
        title: Told(
            format!("{head}: from {} to {} {unit}{apart}", short(least), short(most)),
            format!("{head}：从{}到{} {unit}{multiple}", short(least), short(most)),
        ),
        axis: axis(marks.iter().flat_map(|mark| [mark.low, mark.high]).collect::<Vec<_>>().into_iter()),
        topic,
        unit,
        marks,
    }
}

enum End {
    Low,
    High,
}

fn number(scale: &Scale, amount: &Amount, end: End) -> f64 {
    let value = match end {
        End::Low => amount.value,
        End::High => amount.most,
    };
    match amount.unit {
        Unit::Money(_) => scale.plain(value),
        _ => crate::money::number(value),
    }
}

fn unit_text(scale: &Scale, amount: &Amount) -> String {
    let unit = match amount.unit {
        Unit::Money(currency) => scale.unit_of(currency),
        other => other.to_string(),
    };
    amount.per.map_or(unit.clone(), |per| format!("{unit}/{per}"))
}

fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
