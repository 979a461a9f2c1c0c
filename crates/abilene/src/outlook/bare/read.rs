//! A file with one bare world, read strictly: every mistake is told with its place and what was expected.

use abilene_ledger::{Class, Instrument, nearest};
use abilene_outlook::{
    Actor, Condition, Financing, Leg, MOST_QUARTERS, Party, Purpose, Rules, Schedule, Shock, Site, World,
};
use serde_json::Value;

use super::BareWorld;
use crate::fields::{Fields, FileError, Read};

/// The names of the sectors.
pub(super) const SECTORS: [(&str, Actor); 3] =
    [("customers", Actor::Customers), ("markets", Actor::Markets), ("suppliers", Actor::Suppliers)];
/// Sums beyond this many bn are a slip of the pen, and would not add up as doubles.
const MOST_MONEY: f64 = 1e9;
/// Longest plan, contract or delay, in quarters.
const LONGEST: i64 = 1_000;

/// Reads a world.
///
/// # Errors
/// [`FileError`]: the first mistake of the file.
pub fn read_world(text: &str) -> Read<BareWorld> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| FileError::new("not_json", "", format!("expected a JSON object: {error}")))?;
    if value.get("worlds").is_some() {
        let message = "expected one world; this file holds a list of them: take one entry out";
        return Err(FileError::new("unknown_field", "worlds", message));
    }
    let fields = Fields::open(
        &value,
        "",
        &[
            "id",
            "title",
            "covers",
            "quarters",
            "parties",
            "sites",
            "legs",
            "financing",
            "market_open",
            "rules",
            "expected",
        ],
    )?;
    let quarters = whole(&fields, "quarters", 1, MOST_QUARTERS as i64)?;
    let quarters = quarters.ok_or_else(|| fields.missing("quarters"))? as usize;
    let mut parties = parties(&fields)?;
    let has_financing = financing(&fields, &mut parties)?;
    let sites = sites(&fields)?;
    let legs = legs(&fields, &parties, &sites)?;
    let (rules, haircut) = rules(&fields)?;
    Ok(BareWorld {
        id: fields.text("id")?.map(str::to_owned),
        title: fields.text("title")?.map(str::to_owned),
        shocks: shut(&fields, quarters)?,
        world: World { quarters, parties, sites, legs, rules, ..World::default() },
        has_financing,
        haircut,
    })
}

/// An entry's place, such as `legs[2]`.
fn entries<'a>(fields: &Fields<'a>, field: &'static str) -> Read<Vec<(String, &'a Value)>> {
    let list = fields.list(field)?;
    Ok(list.iter().enumerate().map(|(at, value)| (format!("{field}[{at}]"), value)).collect())
}

fn whole(fields: &Fields, field: &str, least: i64, most: i64) -> Read<Option<i64>> {
    match fields.whole(field)? {
        Some(number) if !(least..=most).contains(&number) => {
            let message = format!("expected a whole number from {least} to {most}; found {number}");
            Err(fields.error("out_of_range", field, message))
        }
        found => Ok(found),
    }
}

fn needed_whole(fields: &Fields, field: &str, least: i64) -> Read<u32> {
    let found = whole(fields, field, least, LONGEST)?;
    found.map(|number| number as u32).ok_or_else(|| fields.missing(field))
}

fn amount(fields: &Fields, field: &str, value: &Value) -> Read<f64> {
    let number = fields.as_number(field, value)?;
    match number {
        _ if number < 0.0 => Err(fields.negative(field, number)),
        _ if number > MOST_MONEY => {
            let message = format!("expected at most {MOST_MONEY}; found {number}");
            Err(fields.error("out_of_range", field, message))
        }
        _ => Ok(number),
    }
}

fn optional_amount(fields: &Fields, field: &str) -> Read<f64> {
    fields.get(field).map_or(Ok(0.0), |value| amount(fields, field, value))
}

fn needed_amount(fields: &Fields, field: &str) -> Read<f64> {
    let value = fields.get(field).ok_or_else(|| fields.missing(field))?;
    amount(fields, field, value)
}

/// A name that nothing before it has.
fn name<'a>(fields: &Fields<'a>, known: &[&str]) -> Read<&'a str> {
    let id = fields.needed_text("id")?;
    let message = match id {
        "" => "expected a name; found none".to_owned(),
        _ if known.contains(&id) => format!("expected names of their own; `{id}` is there already"),
        _ => return Ok(id),
    };
    Err(fields.error("bad_id", "id", message))
}

fn unknown(fields: &Fields, field: &str, found: &str, known: &[&str]) -> FileError {
    let hint = match nearest(found, known.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None if known.is_empty() => String::from("; there is none"),
        None => format!("; expected one of {}", known.join(", ")),
    };
    fields.error("unknown_name", field, format!("`{found}` is not known here{hint}"))
}

fn parties(fields: &Fields) -> Read<Vec<Party>> {
    let mut parties: Vec<Party> = Vec::new();
    for (place, value) in entries(fields, "parties")? {
        let one = Fields::open(value, place, &["id", "cash"])?;
        let sectors = SECTORS.iter().map(|(name, _)| *name);
        let known: Vec<&str> = parties.iter().map(|party| party.id.as_str()).chain(sectors).collect();
        let id = name(&one, &known)?.to_owned();
        parties.push(Party { id, cash: needed_amount(&one, "cash")?, ..Party::default() });
    }
    match parties.is_empty() {
        true => Err(fields.error("missing_field", "parties", "expected at least one party")),
        false => Ok(parties),
    }
}

/// Who has terms of borrowing, by party.
fn financing(fields: &Fields, parties: &mut [Party]) -> Read<Vec<bool>> {
    let mut has = vec![false; parties.len()];
    for (place, value) in entries(fields, "financing")? {
        let one = Fields::open(value, place, &["party", "facility", "debt_limit", "buffer", "interest"])?;
        let id = one.needed_text("party")?;
        let Some(at) = parties.iter().position(|party| party.id == id) else {
            let known: Vec<&str> = parties.iter().map(|party| party.id.as_str()).collect();
            return Err(unknown(&one, "party", id, &known));
        };
        if std::mem::replace(&mut has[at], true) {
            let message = format!("expected one entry for each party; `{id}` has two");
            return Err(one.error("bad_id", "party", message));
        }
        parties[at].interest = one.part("interest")?.unwrap_or(0.0);
        parties[at].financing = Financing {
            facility: optional_amount(&one, "facility")?,
            debt_limit: optional_amount(&one, "debt_limit")?,
            buffer: optional_amount(&one, "buffer")?,
            ..Financing::default()
        };
    }
    Ok(has)
}

fn sites(fields: &Fields) -> Read<Vec<Site>> {
    let mut sites: Vec<Site> = Vec::new();
    for (place, value) in entries(fields, "sites")? {
        let one = Fields::open(value, place, &["id", "plan_gw", "delay"])?;
        let known: Vec<&str> = sites.iter().map(|site| site.id.as_str()).collect();
        let id = name(&one, &known)?.to_owned();
        one.get("plan_gw").ok_or_else(|| one.missing("plan_gw"))?;
        let list = one.list("plan_gw")?;
        if list.len() > LONGEST as usize {
            let message = format!("expected at most {LONGEST} quarters; found {}", list.len());
            return Err(one.error("out_of_range", "plan_gw", message));
        }
        let of = |(at, gw): (usize, &Value)| amount(&one, &format!("plan_gw[{at}]"), gw);
        let plan_gw = list.iter().enumerate().map(of).collect::<Read<Vec<f64>>>()?;
        let delay = whole(&one, "delay", 0, LONGEST)?.unwrap_or(0) as u32;
        sites.push(Site { id, plan_gw, delay, ..Site::default() });
    }
    Ok(sites)
}

fn legs(fields: &Fields, parties: &[Party], sites: &[Site]) -> Read<Vec<Leg>> {
    let mut legs: Vec<Leg> = Vec::new();
    for (place, value) in entries(fields, "legs")? {
        let one = Fields::open(value, place, &["id", "payer", "payee", "instrument", "class", "schedule"])?;
        let known: Vec<&str> = legs.iter().map(|leg| leg.id.as_str()).collect();
        let id = name(&one, &known)?.to_owned();
        let (payer, payee) = (actor(&one, "payer", parties)?, actor(&one, "payee", parties)?);
        let core = |actor| matches!(actor, Actor::Party(_));
        if payer == payee || !(core(payer) || core(payee)) {
            let message =
                "expected two different names, one of them a party; between sectors nothing is told";
            return Err(one.error("bad_pair", "payee", message));
        }
        let schedule = schedule(&one, sites)?;
        if !core(payer) && !matches!(schedule, Schedule::Amounts(_)) {
            let message = "expected the kind `dates`, for a sector pays it";
            return Err(one.error("bad_pair", "schedule.kind", message));
        }
        let instrument = instrument(&one)?;
        legs.push(Leg {
            deal: id.clone(),
            id,
            payer,
            payee,
            class: whole(&one, "class", 0, 255)?.unwrap_or(0) as u8,
            purpose: match instrument.class() {
                Class::Funding => Purpose::Finance,
                _ => Purpose::Operating,
            },
            schedule,
            scale: None,
            condition: Condition::Always,
            vendor_finance: instrument == Instrument::Equity,
            stretchable: false,
            instrument: instrument.text().replace(' ', "_"),
        });
    }
    Ok(legs)
}

fn actor(fields: &Fields, field: &str, parties: &[Party]) -> Read<Actor> {
    let found = fields.needed_text(field)?;
    let sector = SECTORS.iter().find(|(name, _)| *name == found).map(|(_, actor)| *actor);
    let party = || parties.iter().position(|party| party.id == found);
    sector.or_else(|| party().map(|at| Actor::Party(at as u32))).ok_or_else(|| {
        let sectors = SECTORS.iter().map(|(name, _)| *name);
        let known: Vec<&str> = parties.iter().map(|party| party.id.as_str()).chain(sectors).collect();
        unknown(fields, field, found, &known)
    })
}

/// The ledger's words, with `_` where a word ends: a misspelt one would silently be no finance.
fn instrument(fields: &Fields) -> Read<Instrument> {
    let found = fields.needed_text("instrument")?;
    let names: Vec<String> = Instrument::ALL.iter().map(|one| one.text().replace(' ', "_")).collect();
    let at = names.iter().position(|name| *name == found);
    at.map(|at| Instrument::ALL[at]).ok_or_else(|| {
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        unknown(fields, "instrument", found, &known)
    })
}

fn schedule(leg: &Fields, sites: &[Site]) -> Read<Schedule> {
    let value = leg.get("schedule").ok_or_else(|| leg.missing("schedule"))?;
    let place = leg.place("schedule");
    let kinds: [(&str, &[&str]); 4] = [
        ("dates", &["kind", "due"]),
        ("take_or_pay", &["kind", "site", "price_per_gw_year", "quarters"]),
        ("milestone", &["kind", "site", "per_gw", "step_gw", "up_to_gw"]),
        ("build", &["kind", "site", "cost_per_gw", "build_quarters", "share"]),
    ];
    let all: Vec<&str> = kinds.iter().flat_map(|(_, fields)| fields.iter().copied()).collect();
    let kind = Fields::open(value, place.clone(), &all)?.needed_text("kind")?;
    let Some((_, known)) = kinds.iter().find(|(name, _)| *name == kind) else {
        let names = kinds.map(|(name, _)| name);
        return Err(unknown(&Fields::open(value, place, &all)?, "kind", kind, &names));
    };
    let one = Fields::open(value, place, known)?;
    Ok(match kind {
        "dates" => Schedule::Amounts(dates(&one)?),
        "take_or_pay" => Schedule::TakeOrPay {
            sites: site(&one, sites)?,
            price_per_gw_year: needed_amount(&one, "price_per_gw_year")?,
            quarters: needed_whole(&one, "quarters", 0)?,
        },
        "milestone" => Schedule::Milestone {
            sites: site(&one, sites)?,
            per_gw: needed_amount(&one, "per_gw")?,
            step_gw: needed_amount(&one, "step_gw")?,
            up_to_gw: needed_amount(&one, "up_to_gw")?,
        },
        _ => Schedule::Build {
            sites: site(&one, sites)?,
            cost_per_gw: needed_amount(&one, "cost_per_gw")?,
            build_quarters: whole(&one, "build_quarters", 1, 40)?
                .ok_or_else(|| one.missing("build_quarters"))? as u32,
            share: one.part("share")?.ok_or_else(|| one.missing("share"))?,
        },
    })
}

fn dates(fields: &Fields) -> Read<Vec<f64>> {
    let due = fields.object("due")?.ok_or_else(|| fields.missing("due"))?;
    let mut amounts = Vec::new();
    for (quarter, value) in due {
        let place = format!("due.{quarter}");
        let number = quarter.parse::<usize>().ok().filter(|number| (1..=LONGEST as usize).contains(number));
        let number = number.ok_or_else(|| {
            let message = format!("expected a quarter from 1 to {LONGEST}; found `{quarter}`");
            fields.error("out_of_range", &place, message)
        })?;
        amounts.resize(number.max(amounts.len()), 0.0);
        amounts[number - 1] = amount(fields, &place, value)?;
    }
    Ok(amounts)
}

fn site(fields: &Fields, sites: &[Site]) -> Read<Vec<u32>> {
    let found = fields.needed_text("site")?;
    match sites.iter().position(|site| site.id == found) {
        Some(at) => Ok(vec![at as u32]),
        None => {
            let known: Vec<&str> = sites.iter().map(|site| site.id.as_str()).collect();
            Err(unknown(fields, "site", found, &known))
        }
    }
}

/// Quarters in which the market is shut.
fn shut(fields: &Fields, quarters: usize) -> Read<Vec<Shock>> {
    let list = fields.list("market_open")?;
    if fields.get("market_open").is_some() && list.len() != quarters {
        let message = format!("expected {quarters} times true or false; found {}", list.len());
        return Err(fields.error("out_of_range", "market_open", message));
    }
    let mut shocks = Vec::new();
    for (at, value) in list.iter().enumerate() {
        let place = format!("market_open[{at}]");
        let open = value.as_bool().ok_or_else(|| {
            FileError::new("wrong_type", place, format!("expected true or false; found {value}"))
        })?;
        let quarter = at as u32 + 1;
        shocks.extend((!open).then_some(Shock::MarketShut { from: quarter, until: quarter }));
    }
    Ok(shocks)
}

/// The rules, and what part of its future a party in default loses.
fn rules(fields: &Fields) -> Read<(Rules, f64)> {
    let Some(value) = fields.get("rules") else { return Ok((Rules::default(), 1.0)) };
    let one = Fields::open(value, "rules", &["grace_quarters", "on_default"])?;
    let grace_quarters = whole(&one, "grace_quarters", 0, LONGEST)?.map(|number| number as u32);
    let haircut = match one.get("on_default") {
        None => 1.0,
        Some(Value::String(text)) if text == "cancel" => 1.0,
        Some(value @ Value::Object(_)) => {
            let cut = Fields::open(value, "rules.on_default", &["haircut"])?;
            cut.part("haircut")?.ok_or_else(|| cut.missing("haircut"))?
        }
        Some(found) => {
            let message = format!("expected \"cancel\" or {{\"haircut\": 0 to 1}}; found {found}");
            return Err(one.error("wrong_type", "on_default", message));
        }
    };
    Ok((Rules { grace_quarters, ..Rules::default() }, haircut))
}
