//! All measures of a bare network as plain data (`abilene.loops/1`).
//!
//! What is exact is a decimal string; what comes from a division is a number.

use serde::{Serialize, Serializer};

/// The whole answer.
#[derive(Clone, Debug, Serialize)]
pub struct NetworkAnswer {
    /// `abilene.loops/1`.
    pub schema: &'static str,
    /// Sum of all amounts.
    pub gross: String,
    /// Receipts less outlays over edges only.
    #[serde(serialize_with = "as_object")]
    pub net_positions: Vec<(String, String)>,
    /// How much is mere circulation.
    pub circulation: CirculationPart,
    /// How much of the throughflow has been there before; null where it was left out.
    pub finn: Option<FinnPart>,
    /// A row a party.
    pub parties: Vec<PartyPart>,
    /// The loops.
    pub loops: LoopsPart,
    /// The same in time; only on demand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_time: Option<InTime>,
    /// Whose money reaches whom; only on demand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matrix: Option<MatrixPart>,
    /// Other known measures; only on demand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
}

/// The maximum circulation.
#[derive(Clone, Debug, Serialize)]
pub struct CirculationPart {
    /// Its amount.
    pub total: String,
    /// Of the gross.
    pub share: f64,
    /// What is left after netting.
    pub residual: String,
    /// The least to be paid if counterparties may be replaced.
    pub floor: String,
    /// Whether the optimal flow is the only one.
    pub unique: bool,
    /// A row an edge.
    pub edges: Vec<EdgePart>,
}

/// One edge of the circulation.
#[derive(Clone, Debug, Serialize)]
pub struct EdgePart {
    /// Its name.
    pub id: String,
    /// How much of it circulates in one optimum.
    pub circulating: String,
    /// In any optimum at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<String>,
    /// In any optimum at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<String>,
}

/// The Finn cycling index.
#[derive(Clone, Debug, Serialize)]
pub struct FinnPart {
    /// Cycled over throughflow.
    pub index: f64,
    /// Sum over parties.
    pub throughflow: String,
    /// What has been there before.
    pub cycled: f64,
}

/// One party.
#[derive(Clone, Debug, Serialize)]
pub struct PartyPart {
    /// Its name.
    pub id: String,
    /// The larger of receipts and outlays, outside included.
    pub throughflow: String,
    /// The probability that a unit leaving comes back.
    pub return_probability: Option<f64>,
    /// The amount that comes back, under proportional mixing.
    pub returned: Option<f64>,
    /// Of what the party receives.
    pub share_of_receipts: Option<f64>,
    /// Of what it pays.
    pub share_of_outlay: Option<f64>,
    /// Receipts less outlays over edges.
    pub net: String,
    /// Its rank in the dual: money mostly runs from low to high.
    pub rank: i64,
    /// The least that any tracing could say comes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<String>,
    /// The most that any tracing could say comes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<String>,
}

/// The loops found.
#[derive(Clone, Debug, Serialize)]
pub struct LoopsPart {
    /// Whether these are all of them.
    pub complete: bool,
    /// Largest bottleneck first.
    pub items: Vec<LoopItem>,
}

/// One loop.
#[derive(Clone, Debug, Serialize)]
pub struct LoopItem {
    /// Around the loop.
    pub parties: Vec<String>,
    /// The edges of each step.
    pub edges: Vec<Vec<String>>,
    /// The smallest step.
    pub bottleneck: String,
}

/// The measures in time.
#[derive(Clone, Debug, Serialize)]
pub struct InTime {
    /// Time-respecting loops by edges, the first payment first.
    pub loops: Vec<Vec<String>>,
    /// Whether these are all of them.
    pub complete: bool,
    /// Edges without a date, which none of this can see.
    pub undated: Vec<String>,
    /// A row a party.
    pub parties: Vec<PartyInTime>,
}

/// One party in time.
#[derive(Clone, Debug, Serialize)]
pub struct PartyInTime {
    /// Its name.
    pub id: String,
    /// What comes back by tracing with accounts.
    pub returned: f64,
    /// What it receives over dated edges.
    pub receipts: String,
    /// Of its receipts.
    pub share_of_receipts: Option<f64>,
    /// The most that can come back in time.
    pub most: String,
}

/// Whose money reaches whom.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixPart {
    /// Rows and columns.
    pub parties: Vec<String>,
    /// Row: whose money. Column: where it comes by.
    pub amounts: Vec<Vec<f64>>,
}

/// Measures known from the literature.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// Share of flow inside strongly connected components.
    pub scc_share: f64,
    /// Squartini et al. 2013.
    pub weighted_reciprocity: f64,
    /// MacKay, Johnson & Sansom 2020.
    pub trophic_incoherence: Option<f64>,
    /// By party.
    #[serde(serialize_with = "as_object")]
    pub trophic_levels: Vec<(String, f64)>,
    /// Jiang et al. 2011.
    pub hodge_circular_energy_share: Option<f64>,
    /// Circular part of the net flow between two parties.
    pub hodge_circular_flow: Vec<PairCell>,
}

/// A flow between two parties.
#[derive(Clone, Debug, Serialize)]
pub struct PairCell {
    /// From.
    pub from: String,
    /// To.
    pub to: String,
    /// Amount, negative when it runs the other way.
    pub amount: f64,
}

/// Pairs as a JSON object, in their order.
fn as_object<T: Serialize, S: Serializer>(pairs: &[(String, T)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}
