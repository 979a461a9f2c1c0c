//! German and French words that are verbs of deals only in some places: `stellt … bereit`, `commande` and `la commande`.

use crate::lexicon::{Hit, Tongue};
use crate::names::tails;

/// What stands before a French noun and never before a verb of the same form.
const DETERMINERS: [&str; 30] = [
    "un",
    "une",
    "le",
    "la",
    "les",
    "l",
    "cette",
    "ce",
    "cet",
    "ces",
    "sa",
    "son",
    "ses",
    "leur",
    "leurs",
    "de",
    "d",
    "du",
    "des",
    "au",
    "aux",
    "nouvelle",
    "première",
    "deuxième",
    "autre",
    "grosse",
    "deux",
    "trois",
    "sous",
    "sur",
];

/// The hit as it is meant here: without its verbs where they need a particle or where a determiner makes it a noun.
pub(crate) fn western(chars: &[char], tongue: Tongue, hit: Hit) -> Option<Hit> {
    let verbs = hit.senses.iter().take_while(|(class, _)| class.is_verb()).count();
    if verbs == 0 {
        return Some(hit);
    }
    let form: String = chars[hit.start..hit.end].iter().collect();
    let plain = match tongue {
        Tongue::German => is_open(chars, &hit, &form),
        _ => verbs < hit.senses.len() && is_determined(chars, &hit, &form),
    };
    let senses = if plain { &hit.senses[verbs..] } else { hit.senses };
    (!senses.is_empty()).then_some(Hit { senses, ..hit })
}

/// A verb that tells of a deal with a particle only, and the particle does not follow.
fn is_open(chars: &[char], hit: &Hit, form: &str) -> bool {
    let split = tails("de_split");
    let own = |entry: &&&str| entry.split_once(' ').is_some_and(|(verb, _)| verb == form);
    let mut particles = split.iter().filter(own).filter_map(|entry| entry.split_once(' ')).peekable();
    if particles.peek().is_none() {
        return false;
    }
    let rest: String = chars[hit.end..chars.len().min(hit.end + 400)].iter().collect();
    !particles.any(|(_, particle)| {
        rest.match_indices(particle).any(|(at, _)| {
            rest[..at].ends_with(' ')
                && !rest[at + particle.len()..].starts_with(|c: char| c.is_alphanumeric() || c == ' ')
                || rest[..at].ends_with(' ') && rest[at + particle.len()..].starts_with(" und ")
        })
    })
}

fn is_determined(chars: &[char], hit: &Hit, form: &str) -> bool {
    if ["er", "ir", "re"].iter().any(|tail| form.ends_with(tail)) || form.contains(' ') {
        return false;
    }
    let Some(end) = hit.start.checked_sub(1).filter(|at| matches!(chars[*at], ' ' | '\'' | '’')) else {
        return false;
    };
    let from = chars[..end].iter().rposition(|c| !c.is_alphabetic()).map_or(0, |at| at + 1);
    let before: String = chars[from..end].iter().collect();
    DETERMINERS.contains(&before.as_str())
}
