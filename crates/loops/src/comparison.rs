//! Measures known from the literature, cheap to compute and easy to mistake for one another.
//!
//! None of them is a measure of loops: a web without any loop can have trophic incoherence and, by the Hodge
//! decomposition, circular flow.

use crate::arcs::{Arcs, Parallel};
use crate::components::components;
use crate::network::Network;

/// All comparison measures of one web.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The share of the amounts on edges inside strongly connected components, self-loops included: an upper
    /// bound of everything that circulates. 0 without payments.
    pub scc_share: f64,
    /// The share of the amounts, self-loops excluded, that the other direction matches (Squartini et al. 2013).
    pub weighted_reciprocity: f64,
    /// `Σ w(h_v − h_u − 1)² / Σ w` (MacKay, Johnson & Sansom 2020); `None` without payments.
    pub trophic_incoherence: Option<f64>,
    /// The level of each party, 0 the lowest of each connected web.
    pub trophic_levels: Vec<f64>,
    /// The share of the squared net flows that is circular (Jiang et al. 2011); `None` where nothing is net.
    pub hodge_circular_energy_share: Option<f64>,
    /// The circular flow between each two parties that pay each other, lower index first.
    pub hodge_circular_flow: Vec<PairFlow>,
}

/// A flow between two parties, positive from `from` to `to`, in units of the last decimal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairFlow {
    /// The party of lower index.
    pub from: u32,
    /// The party of higher index.
    pub to: u32,
    /// The circular part of the net flow.
    pub amount: f64,
}

/// Computes every comparison measure; errors of the divisions and linear solves below 1e-9 relative.
#[must_use]
pub fn all(network: &Network) -> Comparison {
    let arcs = Arcs::new(network, Parallel::Merged);
    let pairs = pairs(&arcs);
    let (trophic_levels, trophic_incoherence) = trophic(network, &pairs);
    let circular = circular(network.parties(), &pairs);
    let energy = |flow: &dyn Fn(usize) -> f64| (0..pairs.len()).map(|i| flow(i) * flow(i)).sum::<f64>();
    let net_energy = energy(&|i| pairs[i].net() as f64);
    Comparison {
        scc_share: share(inner_sum(network.parties(), &arcs), network.gross()),
        weighted_reciprocity: share(
            pairs.iter().map(|pair| 2 * pair.there.min(pair.back)).sum(),
            pairs.iter().map(|pair| pair.there + pair.back).sum(),
        ),
        trophic_incoherence,
        trophic_levels,
        hodge_circular_energy_share: (net_energy > 0.0).then(|| energy(&|i| circular[i]) / net_energy),
        hodge_circular_flow: pairs
            .iter()
            .zip(&circular)
            .map(|(pair, amount)| PairFlow { from: pair.low, to: pair.high, amount: *amount })
            .collect(),
    }
}

fn share(part: i128, whole: i128) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn inner_sum(parties: usize, arcs: &Arcs) -> i128 {
    let parts = components(parties, &arcs.payer, &arcs.payee);
    (0..arcs.len())
        .filter(|arc| parts.of[arcs.payer[*arc] as usize] == parts.of[arcs.payee[*arc] as usize])
        .map(|arc| arcs.amount[arc])
        .sum()
}

/// What two parties pay each other.
struct Pair {
    low: u32,
    high: u32,
    there: i128,
    back: i128,
}

impl Pair {
    fn net(&self) -> i128 {
        self.there - self.back
    }
}

fn pairs(arcs: &Arcs) -> Vec<Pair> {
    let mut sides: Vec<(u32, u32, i128, i128)> = (0..arcs.len())
        .filter(|arc| arcs.payer[*arc] != arcs.payee[*arc])
        .map(|arc| match (arcs.payer[arc], arcs.payee[arc], arcs.amount[arc]) {
            (payer, payee, amount) if payer < payee => (payer, payee, amount, 0),
            (payer, payee, amount) => (payee, payer, 0, amount),
        })
        .collect();
    sides.sort_unstable();
    sides
        .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .map(|both| Pair {
            low: both[0].0,
            high: both[0].1,
            there: both.iter().map(|side| side.2).sum(),
            back: both.iter().map(|side| side.3).sum(),
        })
        .collect()
}

/// Levels `h` solve `Λh = in − out`, `Λ` the Laplacian of `w + wᵀ` (their equation 2.6).
fn trophic(network: &Network, pairs: &[Pair]) -> (Vec<f64>, Option<f64>) {
    let weights: Vec<f64> = pairs.iter().map(|pair| (pair.there + pair.back) as f64).collect();
    let net: Vec<f64> = network.net_positions().iter().map(|net| *net as f64).collect();
    let mut levels = potentials(pairs, &weights, net);
    ground(&mut levels, pairs);
    let strain: f64 = network
        .edges()
        .iter()
        .map(|edge| {
            let gap = levels[edge.payee as usize] - levels[edge.payer as usize] - 1.0;
            edge.amount as f64 * gap * gap
        })
        .sum();
    let incoherence = (network.gross() > 0).then(|| strain / network.gross() as f64);
    (levels, incoherence)
}

/// What the gradient of a potential cannot explain of the net flows (unweighted least squares).
fn circular(parties: usize, pairs: &[Pair]) -> Vec<f64> {
    let mut divergence = vec![0.0; parties];
    for pair in pairs {
        divergence[pair.high as usize] += pair.net() as f64;
        divergence[pair.low as usize] -= pair.net() as f64;
    }
    let levels = potentials(pairs, &vec![1.0; pairs.len()], divergence);
    pairs
        .iter()
        .map(|pair| pair.net() as f64 - (levels[pair.high as usize] - levels[pair.low as usize]))
        .collect()
}

/// Solves the graph Laplacian with the given weights by conjugate gradients with diagonal scaling.
///
/// Each connected web of parties has its own free constant; right sides sum to 0 on each.
fn potentials(pairs: &[Pair], weights: &[f64], right: Vec<f64>) -> Vec<f64> {
    let mut diagonal = vec![0.0; right.len()];
    for (pair, weight) in pairs.iter().zip(weights) {
        diagonal[pair.low as usize] += weight;
        diagonal[pair.high as usize] += weight;
    }
    let scale = |r: &[f64]| -> Vec<f64> {
        r.iter().zip(&diagonal).map(|(r, d)| if *d > 0.0 { r / d } else { 0.0 }).collect()
    };
    let mut x = vec![0.0; right.len()];
    let mut residual = right;
    let mut scaled = scale(&residual);
    let mut direction = scaled.clone();
    let mut norm = dot(&residual, &scaled);
    let target = norm * TOLERANCE * TOLERANCE;
    for _ in 0..10 * x.len() + 100 {
        if norm <= target {
            break;
        }
        let image = laplace(pairs, weights, &direction);
        let step = norm / dot(&direction, &image);
        add(&mut x, step, &direction);
        add(&mut residual, -step, &image);
        scaled = scale(&residual);
        let next = dot(&residual, &scaled);
        let turn = next / norm;
        norm = next;
        direction.iter_mut().zip(&scaled).for_each(|(d, s)| *d = s + turn * *d);
    }
    x
}

const TOLERANCE: f64 = 1e-14;

fn laplace(pairs: &[Pair], weights: &[f64], x: &[f64]) -> Vec<f64> {
    let mut image = vec![0.0; x.len()];
    for (pair, weight) in pairs.iter().zip(weights) {
        let drop = weight * (x[pair.high as usize] - x[pair.low as usize]);
        image[pair.high as usize] += drop;
        image[pair.low as usize] -= drop;
    }
    image
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(x: &mut [f64], step: f64, direction: &[f64]) {
    x.iter_mut().zip(direction).for_each(|(x, d)| *x += step * d);
}

/// Sets the lowest level of each connected web to 0.
fn ground(levels: &mut [f64], pairs: &[Pair]) {
    let low: Vec<u32> = pairs.iter().flat_map(|pair| [pair.low, pair.high]).collect();
    let high: Vec<u32> = pairs.iter().flat_map(|pair| [pair.high, pair.low]).collect();
    let webs = components(levels.len(), &low, &high);
    let mut least = vec![f64::INFINITY; webs.count];
    for (level, web) in levels.iter().zip(&webs.of) {
        least[*web as usize] = least[*web as usize].min(*level);
    }
    levels.iter_mut().zip(&webs.of).for_each(|(level, web)| *level -= least[*web as usize]);
}
