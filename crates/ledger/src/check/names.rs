//! Ids: each once, and each that is referred to exists.

use std::collections::HashMap;

use crate::book::Book;
use crate::check::Unread;
use crate::decode::nearest;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Deal, cite_id};
use crate::text::At;

pub(super) fn check(book: &Book, unread: &Unread, found: &mut Vec<Diagnostic>) {
    unique(book.parties.iter().map(|p| &p.id), "party", found);
    unique(book.sources.iter().map(|s| &s.id), "source", found);
    unique(book.deals.iter().map(|d| &d.id), "deal", found);
    unique(book.claims.iter().map(|c| &c.id), "claim", found);
    unique(book.recipes.iter().map(|r| &r.id), "recipe", found);
    for party in &book.parties {
        party.parent.iter().for_each(|id| known_party(book, unread, id, found));
    }
    for deal in &book.deals {
        check_deal(book, unread, deal, found);
    }
    for figure in &book.figures {
        known_party(book, unread, &figure.party, found);
        cited(book, unread, &figure.sources, found);
    }
    for claim in &book.claims {
        claim.party.iter().for_each(|id| known_party(book, unread, id, found));
        cited(book, unread, &claim.sources, found);
    }
    for recipe in &book.recipes {
        recipe.part.iter().for_each(|part| known_party(book, unread, &part.payee, found));
        cited(book, unread, &recipe.sources, found);
    }
    for row in &book.rates {
        cited(book, unread, &row.sources, found);
    }
}

fn check_deal(book: &Book, unread: &Unread, deal: &Deal, found: &mut Vec<Diagnostic>) {
    if deal.leg.len() > 1 {
        unique(deal.leg.iter().map(|leg| &leg.id), "leg", found);
    }
    for leg in &deal.leg {
        known_party(book, unread, &leg.payer, found);
        known_party(book, unread, &leg.payee, found);
        if let Some(recipe) = &leg.recipe
            && book.recipe(recipe).is_none()
            && !unread.named("recipes.toml")
        {
            let ids = book.recipes.iter().map(|r| r.id.as_str());
            found.push(unknown(Code::UnknownRecipe, recipe, "recipe", ids, "recipes.toml"));
        }
        if let Some(other) = &leg.repays
            && (other.value == leg.id.value || !deal.leg.iter().any(|l| l.id.value == other.value))
        {
            found.push(unknown_leg(other, deal));
        }
    }
    for state in &deal.state {
        cited(book, unread, &state.sources, found);
        for name in &state.legs {
            if !deal.leg.iter().any(|leg| leg.id.value == name.value) && !unread.at(deal.mark) {
                found.push(unknown_leg(name, deal));
            }
        }
    }
}

fn unknown_leg(name: &At<String>, deal: &Deal) -> Diagnostic {
    unknown(Code::UnknownLeg, name, "other leg of this deal", deal.leg.iter().map(|l| l.id.as_str()), "")
        .related(deal.id.mark, "of this deal")
}

fn known_party(book: &Book, unread: &Unread, id: &At<String>, found: &mut Vec<Diagnostic>) {
    if book.party(id).is_none() && !unread.named("parties.toml") {
        found.push(unknown_party(book, id));
    }
}

/// Also looks through names and aliases: authors write `NVIDIA` where the id is `nvidia`.
fn unknown_party(book: &Book, id: &At<String>) -> Diagnostic {
    let by_name = book.parties.iter().find(|party| {
        party.name.eq_ignore_ascii_case(id) || party.aliases.iter().any(|alias| alias.value == id.value)
    });
    match by_name {
        Some(party) => {
            Diagnostic::new(Code::UnknownParty, id.mark, format!("no party has the id \"{}\"", id.value))
                .help(format!("did you mean \"{}\"?", party.id.value))
        }
        None => unknown(
            Code::UnknownParty,
            id,
            "party",
            book.parties.iter().map(|p| p.id.as_str()),
            "parties.toml",
        ),
    }
}

pub(super) fn cited(book: &Book, unread: &Unread, cites: &[At<String>], found: &mut Vec<Diagnostic>) {
    if unread.named("sources.toml") {
        return;
    }
    for cite in cites {
        if book.source(cite_id(cite)).is_none() {
            let id = At { value: cite_id(cite).to_owned(), mark: cite.mark };
            let ids = book.sources.iter().map(|s| s.id.as_str());
            found.push(unknown(Code::UnknownSource, &id, "source", ids, "sources.toml"));
        }
    }
}

pub(super) fn unknown<'k>(
    code: Code,
    id: &At<String>,
    what: &str,
    known: impl Iterator<Item = &'k str>,
    place: &str,
) -> Diagnostic {
    let help = match nearest(id, known) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None if place.is_empty() => String::from("name a leg that the deal has"),
        None => format!("add it to {place}, or correct the id"),
    };
    Diagnostic::new(code, id.mark, format!("no {what} has the id \"{}\"", id.value)).help(help)
}

pub(super) fn unique<'a>(ids: impl Iterator<Item = &'a At<String>>, what: &str, found: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<&str, &At<String>> = HashMap::new();
    for id in ids {
        match seen.get(id.as_str()) {
            Some(first) => found.push(
                Diagnostic::new(
                    Code::DuplicateId,
                    id.mark,
                    format!("a second {what} has the id \"{}\"", id.value),
                )
                .related(first.mark, "the first")
                .help("give one of them another id"),
            ),
            None => {
                seen.insert(id, id);
            }
        }
    }
}
