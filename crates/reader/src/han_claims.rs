//! Of whom a number is said in Chinese: the subject of its clause, else of its sentence, else the issuer.

use crate::memory::Memory;
use crate::scan::is_verb;
use crate::token::{Kind, Marker, Token};

/// Whom a number is said of: a name of its own clause, else the first subject of the sentence, else the company that the text is about.
pub(crate) fn subject(
    memory: &Memory,
    (tokens, clause, marker): (&[Token], &[usize], &[Marker]),
    token: usize,
    topic: Option<usize>,
) -> Option<usize> {
    let issuer = memory.issuer(tokens[token].start);
    let who = |at: usize| match tokens[at].kind {
        Kind::Name(entity) if !memory.entities[entity].many => Some(memory.party(entity)),
        Kind::Pron("it") => issuer.or(topic),
        _ => None,
    };
    let object = |at: usize| {
        at > 0 && tokens[at - 1].hit().is_some_and(is_verb) && tokens[at - 1].end == tokens[at].start
    };
    let fits = |at: usize| matches!(marker[at], Marker::Bare | Marker::Of) && !object(at);
    let own = (0..token).rev().filter(|at| clause[*at] == clause[token] && fits(*at)).find_map(who);
    let first = (0..token).filter(|at| fits(*at) && marker[*at] == Marker::Bare).find_map(who);
    own.or(first).or(topic).or(issuer)
}
