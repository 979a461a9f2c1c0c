//! A deal that a German or French text tells in pieces: who buys, who sells, and the sum in the next sentence.

use crate::deals::{Pair, Teller};
use crate::frame::Line;

/// A pair without a sum, its status and its date.
type Open = (Pair, &'static str, Option<String>);

/// Words that tie a sum to the deal of the sentence before.
const PAYS: [&str; 9] =
    ["dafür", " zahlen ", " zahlt ", " payer", " paie", "bietet", "hierfür", "s'élève", "est évalué"];

/// Whether a sentence says what is paid for the deal told before it.
pub(crate) fn pays(text: &str) -> bool {
    PAYS.iter().any(|word| text.contains(word))
}

impl Teller<'_> {
    /// Keeps the pair of a sentence without a sum. `Zum Preis machten sie keine Angaben` says nothing of a deal, and
    /// the one before stays open.
    pub(crate) fn keep_open(&mut self, line: &Line, sentence: usize, pending: Option<Open>) {
        let pending = pending.or_else(|| self.told_buyer(line, sentence));
        if pending.is_some() || !line.tongue.western() {
            self.pending = pending;
        }
    }

    /// `Käufer ist X`, after a sentence about who sells.
    fn told_buyer(&self, line: &Line, sentence: usize) -> Option<Open> {
        let at = (0..line.tokens.len())
            .find(|at| line.tongue.western() && line.tokens[*at].is_party() && line.is_told_buyer(*at))?;
        let payer = self.entities(line, &[at], None);
        let seller = self.topic.filter(|topic| !payer.contains(topic))?;
        let pair = Pair { payer, payee: vec![seller], instrument: "acquisition", sentence };
        Some((pair, "announced", None))
    }

    /// `A unterschrieb mit B einen Vertrag`, then `B liefert für 5 Millionen`: the missing side is A.
    pub(crate) fn pending_partner(
        &self,
        line: &Line,
        (payer, payee): (&mut Vec<usize>, &mut Vec<usize>),
        sentence: usize,
    ) {
        let Some((pair, ..)) = &self.pending else { return };
        if !line.tongue.western() || payer.is_empty() == payee.is_empty() || pair.sentence + 2 < sentence {
            return;
        }
        let (known, missing) = if payer.is_empty() { (payee, payer) } else { (payer, payee) };
        let own = |side: &[usize]| side.iter().any(|who| known.contains(who));
        if own(&pair.payer) && !own(&pair.payee) {
            missing.clone_from(&pair.payee);
        } else if own(&pair.payee) && !own(&pair.payer) {
            missing.clone_from(&pair.payer);
        }
    }
}
