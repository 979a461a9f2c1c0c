//! What is asked to happen.

use abilene_ledger::Book;
use abilene_quantity::Decimal;

use crate::money::number;

/// One shock. Several given together happen at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shock {
    /// The party's outside assets are gone.
    Default {
        /// Its place in the book.
        party: usize,
    },
    /// The party's receipts from outside the web change.
    Revenue {
        /// Its place in the book.
        party: usize,
        /// By how much, as a part: -0.5 halves them.
        change: f64,
    },
}

impl Shock {
    /// Reads `PARTY:revenue=-50%`.
    ///
    /// # Errors
    /// What is wrong with it, for people.
    pub fn parse(text: &str, book: &Book) -> Result<Shock, String> {
        let wrong =
            |what: &str| format!("{what} in the shock `{text}`; expected such as openai:revenue=-50%");
        let (party, rest) = text.split_once(':').ok_or_else(|| wrong("no party"))?;
        let (what, change) = rest.split_once('=').ok_or_else(|| wrong("no change"))?;
        if what.trim() != "revenue" {
            return Err(wrong(&format!("only `revenue` can be shocked, not `{}`,", what.trim())));
        }
        let percent = change.trim().strip_suffix('%').map(str::trim);
        let value = percent.and_then(|value| value.trim_start_matches('+').parse::<Decimal>().ok());
        let value = value.filter(|value| *value >= -Decimal::ONE_HUNDRED && *value <= Decimal::from(10_000));
        let Some(value) = value else {
            return Err(wrong("a change is a percentage of at least -100 %, which is missing"));
        };
        let change = number(value / Decimal::ONE_HUNDRED);
        Ok(Shock::Revenue { party: member(party.trim(), book)?, change })
    }

    /// Reads the party of a default.
    ///
    /// # Errors
    /// What is wrong with it, for people.
    pub fn default_of(party: &str, book: &Book) -> Result<Shock, String> {
        Ok(Shock::Default { party: member(party.trim(), book)? })
    }

    /// Whom it strikes, by place in the book.
    pub fn party(&self) -> usize {
        match *self {
            Shock::Default { party } | Shock::Revenue { party, .. } => party,
        }
    }

    pub(super) fn revenue_factor(&self, of: usize) -> f64 {
        match *self {
            Shock::Revenue { party, change } if party == of => 1.0 + change,
            _ => 1.0,
        }
    }

    pub(super) fn text(&self, book: &Book) -> String {
        let name = &book.parties[self.party()].name;
        match *self {
            Shock::Default { .. } => format!("{name} has nothing of its own left"),
            Shock::Revenue { change, .. } => {
                format!("{name} receives {:+.0} % from outside the web", change * 100.0)
            }
        }
    }
}

fn member(id: &str, book: &Book) -> Result<usize, String> {
    match book.party_index(id) {
        Some(_) if book.is_outside(id) => {
            Err(format!("`{id}` stands for many: it is the outside of the web, which is taken never to fail"))
        }
        Some(at) => Ok(at),
        None => Err(match abilene_ledger::nearest(id, book.parties.iter().map(|p| p.id.value.as_str())) {
            Some(near) => format!("no party `{id}` in the case; did you mean `{near}`?"),
            None => format!("no party `{id}` in the case; its ids are in parties.toml"),
        }),
    }
}
