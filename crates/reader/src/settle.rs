//! One proposal for each deal of a document.

use crate::deals::{Deal, Teller};
use crate::frame::family;
use crate::sides::BY_PRONOUN;

impl Teller<'_> {
    /// `from 119 to 224`: of two sums of one pair in a sentence that tells of a rise, the lower is superseded.
    pub(crate) fn supersede(&self, deals: &mut [Deal]) {
        for at in 0..deals.len() {
            let text = self.page.folded(&self.page.sentences[deals[at].sentence].span);
            let rises = [
                "翻倍",
                "提升至",
                "增至",
                "扩大至",
                "提高至",
                "上调至",
                "增加到",
                "最初",
                "raised from",
                "increased from",
                "expanded from",
                "up from",
                "originally",
                "initially",
                "引き上げ",
                "当初",
                "늘리",
                "zunächst",
                "initialement",
            ];
            if !rises.iter().any(|word| text.contains(word)) {
                continue;
            }
            let value = |deal: &Deal| deal.figure.map(|index| self.scan.figures[index].high);
            let larger = deals.iter().find(|other| {
                other.sentence == deals[at].sentence
                    && other.payer == deals[at].payer
                    && other.payee == deals[at].payee
                    && value(other) > value(&deals[at])
            });
            let Some(figure) = larger.and_then(|larger| larger.figure).map(|index| &self.scan.figures[index])
            else {
                continue;
            };
            deals[at].status = "past";
            deals[at].condition =
                Some(format!("superseded by {}", self.page.text(&(figure.start..figure.end))));
        }
    }

    /// One proposal for each deal; a headline's only where the body has none of that pair.
    pub(crate) fn settle(&mut self) {
        let mut kept: Vec<Deal> = Vec::new();
        let headline = |deal: &Deal| self.page.sentences[deal.sentence].headline;
        let body: Vec<Deal> = self.deals.iter().filter(|deal| !headline(deal)).cloned().collect();
        let heads: Vec<Deal> = self.deals.iter().filter(|deal| headline(deal)).cloned().collect();
        let value = |deal: &Deal| {
            deal.figure.map(|index| (self.scan.figures[index].value, self.scan.figures[index].kind.clone()))
        };
        let meets = |a: &Deal, b: &Deal| {
            a.payer.iter().any(|who| b.payer.contains(who)) && a.payee.iter().any(|who| b.payee.contains(who))
        };
        for deal in body {
            let again = matches!(deal.decided_by, "pair named before" | BY_PRONOUN)
                && kept.iter().any(|other| {
                    value(other) == value(&deal)
                        && other.payee == deal.payee
                        && family(other.instrument) == family(deal.instrument)
                });
            let twin = kept.iter_mut().find(|other| {
                value(other) == value(&deal)
                    && (meets(other, &deal)
                        || deal.payer.is_empty() && other.payer.is_empty() && deal.payee == other.payee)
            });
            match twin {
                Some(twin) if deal.confidence > twin.confidence => {
                    *twin = Deal { date: twin.date.clone().or(deal.date.clone()), ..deal }
                }
                Some(_) => {}
                // The same sum by way of a fund of the payer's.
                None if again => {}
                None => kept.push(deal),
            }
        }
        self.mend_by_headline(&mut kept, &heads);
        self.supersede(&mut kept);
        for deal in heads {
            let pair = |other: &Deal| {
                let both = |a: &[usize], b: &[usize]| a.iter().any(|who| b.contains(who));
                both(&other.payer, &deal.payer) && both(&other.payee, &deal.payee)
                    || both(&other.payer, &deal.payee) && both(&other.payee, &deal.payer)
            };
            let told = kept.iter().any(|other| self.is_told_better(other, &deal));
            if !told && !kept.iter().any(pair) {
                kept.push(Deal { confidence: deal.confidence.saturating_sub(10), ..deal });
            }
        }
        // 早期投资: a deal without a sum is told only where none with a sum is.
        let summed: Vec<Deal> = kept.iter().filter(|deal| deal.figure.is_some()).cloned().collect();
        kept.retain(|deal| {
            deal.figure.is_some()
                || !summed
                    .iter()
                    .any(|other| meets(other, deal) && family(other.instrument) == family(deal.instrument))
        });
        kept.sort_by_key(|deal| deal.sentence);
        self.deals = kept;
    }

    /// A Chinese, Japanese or Korean headline cuts names short and rounds: the body tells the same deal better.
    fn is_told_better(&self, body: &Deal, head: &Deal) -> bool {
        let Some((own, other)) = head.figure.zip(body.figure) else { return false };
        let (a, b) = (self.scan.figures[own].value, self.scan.figures[other].value);
        let near = (a - b).abs() * abilene_quantity::Decimal::from(7) < b.abs();
        let sides = |deal: &Deal| deal.payer.iter().chain(&deal.payee).copied().collect::<Vec<_>>();
        let shared = sides(body).iter().any(|who| sides(head).contains(who));
        self.scan.script != crate::page::Script::Latin
            && family(body.instrument) == family(head.instrument)
            && near
            && (a == b || shared)
    }

    /// A headline that says the direction outright mends a body that only says who talks with whom.
    fn mend_by_headline(&self, kept: &mut [Deal], heads: &[Deal]) {
        let value = |deal: &Deal| {
            deal.figure.map(|index| (self.scan.figures[index].value, self.scan.figures[index].kind.clone()))
        };
        for deal in heads {
            let weak = |other: &Deal| {
                matches!(other.decided_by, "another verb of the sentence" | "order of names")
                    && deal.decided_by == "verb and preposition"
            };
            let reversed = |other: &Deal| {
                value(other) == value(deal) && other.payer == deal.payee && other.payee == deal.payer
            };
            if let Some(other) = kept.iter_mut().find(|other| weak(other) && reversed(other)) {
                std::mem::swap(&mut other.payer, &mut other.payee);
                other.instrument = deal.instrument;
            }
        }
    }
}
