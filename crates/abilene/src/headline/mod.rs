//! The headline answers: one sentence each, with its number, what it is made of, and what it leans on.

mod circles;
mod cover;
mod funding;

use serde::Serialize;

use crate::cover::CoverAnswer;
use crate::loops::{LegPart, LoopsAnswer};
use crate::money::Scale;
use crate::options::Ask;
use crate::round_trip::RoundTrips;

/// One headline.
#[derive(Clone, Debug, Serialize)]
pub struct Headline {
    /// For links.
    pub id: &'static str,
    /// The question it answers.
    pub question: String,
    /// The number that leads, firm.
    pub number: String,
    /// The same with what is announced.
    pub beside: String,
    /// The answer in a sentence or two.
    pub sentence: String,
    /// How far to trust it: what rests on assumptions, what it would be without its largest leg.
    pub caution: String,
    /// The legs behind it, largest first.
    pub legs: Vec<LegPart>,
}

/// The headlines of a case, the most telling first. Questions that the case has no numbers for are left out.
pub fn headlines(ask: &Ask, loops: &LoopsAnswer, trips: &RoundTrips, cover: &CoverAnswer) -> Vec<Headline> {
    let [firm, _, both, _] = &loops.bases[..] else { return Vec::new() };
    let scale = Scale::of(ask.book);
    let all = [
        cover::covered(ask, cover),
        funding::funds(loops, &scale),
        Some(circles::circulating(ask, firm, both)),
        circles::round_trip(ask, loops, trips),
        funding::financing(loops, &scale),
        circles::widest_loop(firm, both),
    ];
    all.into_iter().flatten().collect()
}
