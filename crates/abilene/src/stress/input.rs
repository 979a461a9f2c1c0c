//! Reading a network file: everything is checked before anything is computed.

use std::collections::BTreeMap;

use abilene_clearing::Holding;
use abilene_clearing::fire::Price;
use abilene_clearing::shapley::Loss;
use serde_json::Value;

use super::file::{Model, NetworkFile, Node, OUTSIDE, Owed, Params, SellRule, Worth};
use crate::fields::{Fields, FileError as StressError, Read};

const MODELS: [(&str, Model); 15] = [
    ("eisenberg_noe", Model::Clearing),
    ("rogers_veraart", Model::Clearing),
    ("elsinger_seniority", Model::Clearing),
    ("suzuki_cross_holdings", Model::Clearing),
    ("combined_clearing", Model::Clearing),
    ("elliott_golub_jackson", Model::ElliottGolubJackson),
    ("debtrank_2012", Model::DebtRank2012),
    ("debtrank_linear", Model::DebtRankLinear),
    ("neva", Model::Neva),
    ("threshold_cascade", Model::ThresholdCascade),
    ("fire_sale", Model::FireSale),
    ("dynamic_clearing", Model::Dynamic),
    ("sensitivity", Model::Sensitivity),
    ("bailout_lp", Model::Bailout),
    ("shapley", Model::Shapley),
];

/// Reads a network file (`"schema": 1`).
///
/// # Errors
/// [`StressError`], with the kind, the place in the file and the party.
pub fn read_network(text: &str) -> Read<NetworkFile> {
    let value: Value =
        serde_json::from_str(text).map_err(|e| StressError::new("not_json", "", e.to_string()))?;
    let known = ["schema", "model", "nodes", "obligations", "holdings", "params"];
    let file = Fields::open(&value, "", &known)?;
    match file.whole("schema")? {
        Some(1) => {}
        Some(other) => {
            return Err(file.error("unknown_schema", "schema", format!("expected 1; found {other}")));
        }
        None => return Err(file.missing("schema")),
    }
    let name = file.needed_text("model")?;
    let model = word(&file, "model", name, &MODELS)?;
    let nodes = file.list("nodes")?.iter().enumerate().map(node).collect::<Read<Vec<Node>>>()?;
    let names = Names::new(&nodes)?;
    let rows = file.list("obligations")?.iter().enumerate();
    let obligations = rows.map(|(at, row)| owed(at, row, &names)).collect::<Read<Vec<Owed>>>()?;
    let rows = file.list("holdings")?.iter().enumerate();
    let holdings = rows.map(|(at, row)| holding(at, row, &names)).collect::<Read<Vec<Holding>>>()?;
    let params = match file.get("params") {
        Some(value) => params(value, &names)?,
        None => Params { shock: vec![0.0; nodes.len()], cost: vec![1.0; nodes.len()], ..Params::default() },
    };
    let file = NetworkFile { model_name: name.to_owned(), model, nodes, obligations, holdings, params };
    file.network()?;
    Ok(file)
}

fn word<T: Copy>(fields: &Fields<'_>, field: &str, found: &str, known: &[(&str, T)]) -> Read<T> {
    known.iter().find(|(name, _)| *name == found).map(|(_, meaning)| *meaning).ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        fields.error("unknown_word", field, format!("expected one of {}; found `{found}`", names.join(", ")))
    })
}

/// Nodes by id.
pub(super) struct Names(BTreeMap<String, usize>);

impl Names {
    pub fn new(nodes: &[Node]) -> Read<Names> {
        let mut names = BTreeMap::new();
        for (at, node) in nodes.iter().enumerate() {
            let place = format!("nodes[{at}].id");
            if node.id.is_empty() || node.id == OUTSIDE {
                let message = format!("expected a text other than `{OUTSIDE}`");
                return Err(StressError::new("reserved_id", place, message).of(&node.id));
            }
            if let Some(first) = names.insert(node.id.clone(), at) {
                let message = format!("the id is that of nodes[{first}] already");
                return Err(StressError::new("duplicate_id", place, message).of(&node.id));
            }
        }
        Ok(Names(names))
    }

    pub fn find(&self, id: &str, place: impl Into<String>) -> Read<usize> {
        let unknown = || StressError::new("unknown_party", place, "no node has this id").of(id);
        self.0.get(id).copied().ok_or_else(unknown)
    }

    pub fn creditor(&self, id: &str, place: impl Into<String>) -> Read<Option<usize>> {
        if id == OUTSIDE { Ok(None) } else { self.find(id, place).map(Some) }
    }

    pub fn debtor(&self, id: &str, place: String) -> Read<usize> {
        if id == OUTSIDE {
            let message = "the outside owes nothing; name a node";
            return Err(StressError::new("outside_owes", place, message).of(OUTSIDE));
        }
        self.find(id, place)
    }
}

fn node((at, value): (usize, &Value)) -> Read<Node> {
    let known = [
        "id",
        "outside_assets",
        "alpha",
        "beta",
        "equity",
        "weight",
        "capital",
        "threshold",
        "failure_cost",
        "sigma",
        "units",
        "inflows",
    ];
    let mut fields = Fields::open(value, format!("nodes[{at}]"), &known)?;
    let id = fields.needed_text("id")?.to_owned();
    fields.about(&id);
    let mut inflows = Vec::new();
    for (date, value) in fields.list("inflows")?.iter().enumerate() {
        let place = format!("inflows[{date}]");
        let number = fields.as_number(&place, value)?;
        inflows.push(if number < 0.0 { return Err(fields.negative(&place, number)) } else { number });
    }
    Ok(Node {
        id,
        outside_assets: fields.amount("outside_assets")?.unwrap_or(0.0),
        alpha: fields.part("alpha")?,
        beta: fields.part("beta")?,
        equity: fields.positive("equity")?,
        weight: fields.amount("weight")?,
        capital: fields.positive("capital")?,
        threshold: fields.amount("threshold")?,
        failure_cost: fields.amount("failure_cost")?,
        sigma: fields.amount("sigma")?,
        units: fields.amount("units")?,
        inflows,
    })
}

fn owed(at: usize, value: &Value, names: &Names) -> Read<Owed> {
    let known = ["debtor", "creditor", "amount", "seniority", "due"];
    let mut fields = Fields::open(value, format!("obligations[{at}]"), &known)?;
    let (from, to) = (fields.needed_text("debtor")?, fields.needed_text("creditor")?);
    fields.about(from);
    let debtor = names.debtor(from, fields.place("debtor"))?;
    let creditor = names.creditor(to, fields.place("creditor"))?;
    let amount = fields.amount("amount")?.ok_or_else(|| fields.missing("amount"))?;
    if creditor == Some(debtor) {
        return Err(
            StressError::new("self_obligation", format!("obligations[{at}]"), "nobody owes itself").of(from)
        );
    }
    let seniority = fields.whole("seniority")?.unwrap_or(1);
    Ok(Owed { debtor, creditor, amount, seniority, due: fields.whole("due")? })
}

fn holding(at: usize, value: &Value, names: &Names) -> Read<Holding> {
    let mut fields = Fields::open(value, format!("holdings[{at}]"), &["owner", "issued_by", "share"])?;
    let (owner, issuer) = (fields.needed_text("owner")?, fields.needed_text("issued_by")?);
    fields.about(issuer);
    let share = fields.part("share")?.ok_or_else(|| fields.missing("share"))?;
    let places = (names.find(owner, fields.place("owner"))?, names.find(issuer, fields.place("issued_by"))?);
    if places.0 == places.1 {
        return Err(
            StressError::new("self_holding", format!("holdings[{at}]"), "nobody holds itself").of(owner)
        );
    }
    Ok(Holding { owner: places.0 as u32, issuer: places.1 as u32, share })
}

fn params(value: &Value, names: &Names) -> Read<Params> {
    let known = [
        "alpha",
        "beta",
        "shock",
        "valuation",
        "maturity",
        "recovery",
        "seeds",
        "lgd",
        "price",
        "rule",
        "min_ratio",
        "dates",
        "whole",
        "eligible",
        "cost",
        "players",
        "loss",
    ];
    let fields = Fields::open(value, "params", &known)?;
    let valuations = [
        ("eisenberg_noe", Worth::EisenbergNoe),
        ("rogers_veraart", Worth::RogersVeraart),
        ("linear_debtrank", Worth::LinearDebtRank),
        ("merton", Worth::Merton),
        ("black_cox", Worth::BlackCox),
    ];
    let losses = [
        ("unpaid_total", Loss::UnpaidTotal),
        ("unpaid_outside", Loss::UnpaidOutside),
        ("equity_loss", Loss::Equity),
    ];
    let rules = [("cover_dues", SellRule::CoverDues), ("capital_ratio", SellRule::CapitalRatio)];
    Ok(Params {
        alpha: fields.part("alpha")?,
        beta: fields.part("beta")?,
        shock: by_node(&fields, "shock", names, 0.0)?,
        valuation: named(&fields, "valuation", &valuations)?,
        maturity: fields.amount("maturity")?,
        recovery: fields.part("recovery")?,
        seeds: parties(&fields, "seeds", names)?,
        lgd: fields.part("lgd")?,
        price: fields.get("price").map(price).transpose()?,
        rule: named(&fields, "rule", &rules)?,
        min_ratio: fields.positive("min_ratio")?,
        dates: fields.whole("dates")?,
        whole: parties(&fields, "whole", names)?,
        eligible: fields.get("eligible").map(|_| parties(&fields, "eligible", names)).transpose()?,
        cost: by_node(&fields, "cost", names, 1.0)?,
        players: players(&fields, names)?,
        loss: named(&fields, "loss", &losses)?,
    })
}

fn named<T: Copy>(fields: &Fields<'_>, field: &str, known: &[(&str, T)]) -> Read<Option<T>> {
    fields.text(field)?.map(|found| word(fields, field, found, known)).transpose()
}

fn by_node(fields: &Fields<'_>, field: &str, names: &Names, otherwise: f64) -> Read<Vec<f64>> {
    let mut numbers = vec![otherwise; names.0.len()];
    for (id, value) in fields.object(field)?.into_iter().flatten() {
        let place = format!("{field}.{id}");
        let number = fields.as_number(&place, value)?;
        if number < 0.0 {
            return Err(fields.negative(&place, number).of(id));
        }
        numbers[names.find(id, fields.place(&place))?] = number;
    }
    Ok(numbers)
}

fn parties(fields: &Fields<'_>, field: &str, names: &Names) -> Read<Vec<usize>> {
    let place = |at: usize| format!("{field}[{at}]");
    let party = |(at, value): (usize, &Value)| match value {
        Value::String(id) => names.find(id, fields.place(&place(at))),
        found => {
            Err(fields.error("wrong_type", &place(at), format!("expected the id of a node; found {found}")))
        }
    };
    fields.list(field)?.iter().enumerate().map(party).collect()
}

fn price(value: &Value) -> Read<Price> {
    let fields = Fields::open(value, "params.price", &["form", "b"])?;
    let form = fields.needed_text("form")?;
    let b = fields.amount("b")?.ok_or_else(|| fields.missing("b"))?;
    let forms = [("linear", Price::Linear { b }), ("exponential", Price::Exponential { b })];
    word(&fields, "form", form, &forms)
}

fn players(fields: &Fields<'_>, names: &Names) -> Read<Vec<(usize, f64)>> {
    let player = |(at, value): (usize, &Value)| {
        let mut one = Fields::open(value, format!("params.players[{at}]"), &["node", "outside_assets"])?;
        let id = one.needed_text("node")?;
        one.about(id);
        let assets = one.amount("outside_assets")?.ok_or_else(|| one.missing("outside_assets"))?;
        Ok((names.find(id, one.place("node"))?, assets))
    };
    fields.list("players")?.iter().enumerate().map(player).collect()
}
