//! The answer to a network file, whichever its model.

use std::collections::BTreeMap;

use abilene_clearing::{Clearing, Network, NetworkError};
use serde::Serialize;

use super::clearing::{ClearingAnswer, clear};
use super::contagion::{
    CascadeAnswer, DistressAnswer, FailuresAnswer, FireAnswer, NevaAnswer, cascade, distress, failures, fire,
    neva,
};
use super::file::{Model, NetworkFile, Node, OUTSIDE};
use super::help::{
    BailoutAnswer, DynamicAnswer, SensitivityAnswer, ShapleyAnswer, bailout, dynamic, sensitivity, shapley,
};
use crate::fields::{FileError as StressError, Read};

const SCHEMA: &str = "abilene.stress/1";

/// Numbers by the id of a node.
pub type ById = BTreeMap<String, f64>;

/// The answer to a network file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StressAnswer {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The model as the file names it.
    pub model: String,
    /// The fields of the model.
    #[serde(flatten)]
    pub found: Found,
}

/// What a model answers; each prints its own fields.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Found {
    /// Who pays what.
    Clearing(ClearingAnswer),
    /// Failures by value.
    Failures(FailuresAnswer),
    /// Losses before default.
    Distress(DistressAnswer),
    /// Valuation by equity.
    Neva(NevaAnswer),
    /// Who pulled down whom.
    Cascade(CascadeAnswer),
    /// Sales of a shared asset.
    Fire(FireAnswer),
    /// Several dates.
    Dynamic(DynamicAnswer),
    /// Derivatives.
    Sensitivity(SensitivityAnswer),
    /// The smallest bail-out.
    Bailout(BailoutAnswer),
    /// Whose shock makes the loss.
    Shapley(ShapleyAnswer),
}

/// Computes what the file asks for.
///
/// # Errors
/// [`StressError`] where the model needs a field that the file does not have, or does not answer such a network.
pub fn stress(file: &NetworkFile) -> Read<StressAnswer> {
    let case = Case { file, network: file.network()?, assets: file.assets() };
    let found = match file.model {
        Model::Clearing => Found::Clearing(clear(&case)?),
        Model::ElliottGolubJackson => Found::Failures(failures(&case)?),
        Model::DebtRank2012 | Model::DebtRankLinear => Found::Distress(distress(&case)?),
        Model::Neva => Found::Neva(neva(&case)?),
        Model::ThresholdCascade => Found::Cascade(cascade(&case)?),
        Model::FireSale => Found::Fire(fire(&case)?),
        Model::Dynamic => Found::Dynamic(dynamic(&case)?),
        Model::Sensitivity => Found::Sensitivity(sensitivity(&case)?),
        Model::Bailout => Found::Bailout(bailout(&case)?),
        Model::Shapley => Found::Shapley(shapley(&case)?),
    };
    Ok(StressAnswer { schema: SCHEMA, model: file.model_name.clone(), found })
}

/// A file with its network built, and words for numbers.
pub(super) struct Case<'a> {
    pub file: &'a NetworkFile,
    pub network: Network,
    pub assets: Vec<f64>,
}

impl Case<'_> {
    pub fn id(&self, party: usize) -> String {
        self.file.nodes[party].id.clone()
    }

    pub fn by_id(&self, values: &[f64]) -> ById {
        self.file.nodes.iter().zip(values).map(|(node, value)| (node.id.clone(), *value)).collect()
    }

    /// With what the outside has beside them.
    pub fn with_outside(&self, values: &[f64], outside: f64) -> ById {
        let mut all = self.by_id(values);
        all.insert(OUTSIDE.to_owned(), outside);
        all
    }

    pub fn names(&self, parties: &[u32]) -> Vec<String> {
        let mut names: Vec<String> = parties.iter().map(|party| self.id(*party as usize)).collect();
        names.sort();
        names
    }

    pub fn rounds(&self, rounds: &[Vec<u32>]) -> Vec<Vec<String>> {
        rounds.iter().map(|round| self.names(round)).collect()
    }

    pub fn wrong(&self, error: NetworkError) -> StressError {
        self.file.explain(&error)
    }

    /// A number that every node must have.
    pub fn needed(&self, field: &str, of: impl Fn(&Node) -> Option<f64>) -> Read<Vec<f64>> {
        let missing = |at: usize, id: &str| {
            let message = format!("the model {} needs a field `{field}`", self.file.model_name);
            StressError::new("missing_field", format!("nodes[{at}].{field}"), message).of(id)
        };
        let nodes = self.file.nodes.iter().enumerate();
        nodes.map(|(at, node)| of(node).ok_or_else(|| missing(at, &node.id))).collect()
    }

    /// A parameter that the model must have.
    pub fn parameter<T>(&self, field: &str, found: Option<T>) -> Read<T> {
        let message = format!("the model {} needs a field `{field}`", self.file.model_name);
        found.ok_or_else(|| StressError::new("missing_field", format!("params.{field}"), message))
    }

    /// Paid part of all dues by party; 1 where nothing is owed.
    pub fn recoveries(&self, clearing: &Clearing) -> ById {
        let paid = clearing.paid(&self.network);
        let part = |(paid, dues): (&f64, &f64)| if *dues > 0.0 { paid / dues } else { 1.0 };
        let parts: Vec<f64> = paid.iter().zip(self.network.dues()).map(part).collect();
        self.by_id(&parts)
    }
}
