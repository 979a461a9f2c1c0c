//! What the reader answers: `abilene.read/1`. Spans are in characters of the decoded original.

use abilene_quantity::Decimal;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// A decimal as a JSON number, digit by digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact(pub Decimal);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = RawValue::from_string(self.0.normalize().to_string()).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

/// Where something stands: from, to.
pub type Place = [u32; 2];

/// The answer for all documents.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// `abilene.read/1`.
    pub schema: &'static str,
    /// The documents, in the order given.
    pub documents: Vec<Document>,
}

/// What one document says.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Document {
    /// Its name.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub date: Option<String>,
    /// `en`, `zh-Hans`, `zh-Hant`, `ja`, `ko`, or `latin`.
    pub script: &'static str,
    /// Its text.
    pub text: Text,
    /// Sums and capacities.
    pub amounts: Vec<AmountOut>,
    /// Deals.
    pub deals: Vec<DealOut>,
    /// Claims.
    pub claims: Vec<ClaimOut>,
    /// What looks like a deal and lacks something.
    pub doubtful: Vec<DoubtOut>,
}

/// How the text was got.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Text {
    /// `text`, `html` or `pdf`.
    pub kind: &'static str,
    /// Encoding of the bytes.
    pub encoding: String,
    /// Characters of the decoded original.
    pub characters: usize,
    /// Characters that could not be decoded.
    pub lost: usize,
    /// Repairs.
    pub repairs: Vec<RepairOut>,
    /// What was left out of the body.
    pub dropped: Vec<Dropped>,
    /// For PDF, where each page starts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<u32>,
}

/// A repaired place.
#[derive(Clone, Debug, Serialize)]
pub struct RepairOut {
    /// Where.
    pub span: Place,
    /// What stood there.
    pub was: String,
    /// What is read instead.
    pub now: String,
    /// Why.
    pub why: &'static str,
}

/// A part that was left out.
#[derive(Clone, Debug, Serialize)]
pub struct Dropped {
    /// Where.
    pub span: Place,
    /// Why.
    pub why: &'static str,
}

/// A sum or a capacity.
#[derive(Clone, Debug, Serialize)]
pub struct AmountOut {
    /// The number in full.
    pub value: Exact,
    /// Its lower end.
    pub low: Exact,
    /// Its upper end.
    pub high: Exact,
    /// ISO currency or `GW`.
    pub unit: &'static str,
    /// `exact`, `max`, `min`, `approx` or `range`.
    pub qualifier: &'static str,
    /// As written.
    pub text: String,
    /// Where.
    pub span: Place,
    /// It touches a mended character and may be wrong.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub damaged: bool,
}

/// A place and its words.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Evidence {
    /// The sentence.
    pub text: String,
    /// Where.
    pub span: Place,
}

/// A proposed deal.
#[derive(Clone, Debug, Serialize)]
pub struct DealOut {
    /// Who pays.
    pub payer: Vec<String>,
    /// Who is paid.
    pub payee: Vec<String>,
    /// The instrument.
    pub instrument: &'static str,
    /// The number in full.
    pub amount: Option<Exact>,
    /// Its lower end.
    pub amount_low: Option<Exact>,
    /// Its upper end.
    pub amount_high: Option<Exact>,
    /// Currency, `t`, `shares` or `GW`.
    pub unit: Option<&'static str>,
    /// Its hedge.
    pub qualifier: Option<&'static str>,
    /// Of the agreement.
    pub date: Option<String>,
    /// How far it has come.
    pub status: &'static str,
    /// Terms.
    pub condition: Option<String>,
    /// The number, or the sentence where there is none.
    pub span: Place,
    /// The sentence.
    pub evidence: Evidence,
    /// 0 to 1.
    pub confidence: Exact,
    /// What decided who pays.
    pub direction: &'static str,
    /// `rules` or `model`.
    pub origin: &'static str,
    /// Against the case, if one is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<crate::against::Against>,
    /// All documents that tell of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// A proposed claim.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimOut {
    /// What is measured.
    pub metric: &'static str,
    /// Of what.
    pub subject: Option<String>,
    /// The number.
    pub value: Exact,
    /// Its lower end.
    pub value_low: Exact,
    /// Its upper end.
    pub value_high: Exact,
    /// Currency, `GW`, `%`, `people`, `count`, …
    pub unit: &'static str,
    /// For when.
    pub period: Option<String>,
    /// Who said it.
    pub speaker: Option<String>,
    /// For whom.
    pub organisation: Option<String>,
    /// The number.
    pub span: Place,
    /// The sentence.
    pub evidence: Evidence,
    /// 0 to 1.
    pub confidence: Exact,
    /// Against the case, if one is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<crate::against::Against>,
}

/// An amount in the frame of a deal that lacks something.
#[derive(Clone, Debug, Serialize)]
pub struct DoubtOut {
    /// As written.
    pub text: String,
    /// Why it is no proposal.
    pub reason: &'static str,
    /// Where.
    pub span: Place,
    /// The sentence.
    pub evidence: Evidence,
}
