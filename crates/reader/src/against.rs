//! A proposal beside what the case already knows, and beside the other documents.

use abilene_ledger::{Book, Leg};
use abilene_quantity::Decimal;
use serde::Serialize;

use crate::accept::instrument;
use crate::fold::fold;
use crate::frame::family;
use crate::memory::Known;
use crate::out::{ClaimOut, DealOut, Document};

/// What a proposal is to the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Against {
    /// `new`, `same`, `amendment` or `contradiction`.
    pub verdict: &'static str,
    /// The record of the case, as `deal/leg` or the id of a claim.
    pub record: Option<String>,
    /// Why, in words.
    pub why: String,
}

/// The parties of a case with their names, for reading.
pub fn known(book: &Book) -> Vec<Known> {
    let names =
        |party: &abilene_ledger::Party| party.aliases.iter().map(|alias| alias.value.clone()).collect();
    book.parties.iter().map(|party| (party.id.value.clone(), party.name.clone(), names(party))).collect()
}

/// The id of the party that has this name; a subsidiary whose parent the case names counts as the parent.
pub fn party<'b>(book: &'b Book, name: &str) -> Option<&'b str> {
    let wanted = fold(name);
    let found = book.parties.iter().find(|party| {
        fold(&party.name) == wanted
            || party.id.value == wanted
            || party.aliases.iter().any(|alias| fold(alias) == wanted)
    })?;
    Some(found.id.value.as_str())
}

fn same_party(book: &Book, id: &str, name: &str) -> bool {
    let Some(found) = party(book, name) else { return false };
    let parent =
        |id: &str| book.party(id).and_then(|party| party.parent.as_ref().map(|parent| parent.value.clone()));
    found == id || parent(found).as_deref() == Some(id) || parent(id).as_deref() == Some(found)
}

fn near(a: Decimal, b: Decimal) -> bool {
    (a - b).abs() * Decimal::ONE_HUNDRED <= a.abs().max(b.abs())
}

/// Compares a deal with the legs of the case.
pub fn deal(book: &Book, deal: &DealOut, day: Option<&str>) -> Against {
    let mut others: Vec<(String, &Leg, String)> = Vec::new();
    for known in &book.deals {
        for leg in &known.leg {
            let pair = deal.payer.iter().any(|name| same_party(book, &leg.payer.value, name))
                && deal.payee.iter().any(|name| same_party(book, &leg.payee.value, name));
            let kind = family_of_leg(leg.instrument.value.text()) == family(deal.instrument);
            if !pair || !kind {
                continue;
            }
            let id = format!("{}/{}", known.id.value, leg.id.value);
            let amount = leg.amount.as_ref().map(|amount| (amount.value.value, amount.value.most));
            match (deal.amount, amount) {
                (Some(new), Some((low, most))) if near(new.0, most) || near(new.0, low) => {
                    return Against {
                        verdict: "same",
                        record: Some(id),
                        why: String::from("the case has this pair with this amount"),
                    };
                }
                (None, _) => {
                    return Against {
                        verdict: "same",
                        record: Some(id),
                        why: String::from("the case has this pair; the document gives no amount"),
                    };
                }
                _ => {}
            }
            let last = known.state.iter().map(|state| state.date.value.to_string()).max().unwrap_or_default();
            others.push((id, leg, last));
        }
    }
    let [(id, leg, last)] = &others[..] else {
        let why = if others.is_empty() {
            String::from("the case has no such pair")
        } else {
            format!("the case has this pair {} times, with other amounts", others.len())
        };
        return Against { verdict: "new", record: None, why };
    };
    let had = leg.amount.as_ref().map_or(String::from("no amount"), |amount| amount.value.to_string());
    let later = day.is_none_or(|day| day > last.as_str());
    if leg.amount.is_none() || later {
        Against {
            verdict: "amendment",
            record: Some(id.clone()),
            why: format!("the case has {had}, last heard of on {last}"),
        }
    } else {
        Against {
            verdict: "contradiction",
            record: Some(id.clone()),
            why: format!("the case has {had}, as of {last}, and this document is not later"),
        }
    }
}

fn family_of_leg(text: &str) -> &'static str {
    match text {
        "equity" | "warrant" | "acquisition" | "joint venture" => "equity",
        "loan" | "bond" | "vendor loan" | "guarantee" => "debt",
        "capacity contract" | "goods purchase" | "lease" | "power purchase" => "purchase",
        "licence" | "royalty" => "licence",
        _ => "other",
    }
}

/// Compares a claim with the claims of the case.
pub fn claim(book: &Book, claim: &ClaimOut) -> Against {
    let subject = claim.subject.as_deref().unwrap_or_default();
    for known in &book.claims {
        let about = fold(&known.subject).contains(&fold(subject)) && !subject.is_empty()
            || known.party.as_ref().is_some_and(|id| same_party(book, &id.value, subject));
        let unit = known.value.value.unit.to_string() == claim.unit;
        let alike = known.metric.contains(claim.metric);
        if !about || !unit {
            continue;
        }
        if near(known.value.value.value, claim.value.0) {
            return Against {
                verdict: "same",
                record: Some(known.id.value.clone()),
                why: String::from("the case has this number for this subject"),
            };
        }
        if alike && known.period.is_some() && known.period == claim.period {
            return Against {
                verdict: "contradiction",
                record: Some(known.id.value.clone()),
                why: format!("the case has {} for the same period", known.value.value),
            };
        }
    }
    Against { verdict: "new", record: None, why: String::from("the case has no such claim") }
}

/// Compares everything in the documents with the case.
pub fn all(book: &Book, documents: &mut [Document]) {
    for document in documents {
        let day = document.date.clone();
        for found in &mut document.deals {
            found.against = Some(deal(book, found, day.as_deref()));
        }
        for found in &mut document.claims {
            found.against = Some(claim(book, found));
        }
    }
}

/// Notes on each deal which documents tell of it, when more than one does.
pub fn merge(documents: &mut [Document]) {
    let key = |deal: &DealOut| {
        let names = |names: &[String]| names.iter().map(|name| fold(name)).collect::<Vec<_>>();
        (
            names(&deal.payer),
            names(&deal.payee),
            deal.amount.map(|amount| amount.0.normalize()),
            deal.unit,
            instrument(deal.instrument),
        )
    };
    let mut seen = std::collections::BTreeMap::<_, Vec<String>>::new();
    for document in documents.iter() {
        for deal in &document.deals {
            let ids = seen.entry(key(deal)).or_default();
            if !ids.contains(&document.id) {
                ids.push(document.id.clone());
            }
        }
    }
    for document in documents {
        for deal in &mut document.deals {
            deal.sources = seen.get(&key(deal)).filter(|ids| ids.len() > 1).cloned().unwrap_or_default();
        }
    }
}
