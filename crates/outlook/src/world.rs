//! What is there at the start: parties, sites, legs, stakes and the rules of the house. Plain structs.
//!
//! Money is in bn of the case's currency, capacity in GW, rates and prices per year, time in quarters. Quarter 1 is
//! the first after the as-of date; opening figures are those of the end of quarter 0.

use serde::{Deserialize, Serialize};

use crate::driver::Driver;

/// Who pays or is paid: a core party by its place in [`World::parties`], or one of the sectors that close the
/// accounts. Sectors pay in full and take without limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A core party.
    Party(u32),
    /// Those who buy AI, and those who buy what core parties sell outside AI.
    Customers,
    /// Lenders and outside investors.
    Markets,
    /// All else that is paid: people, power, buildings, taxes.
    Suppliers,
}

/// Everything that does not depend on the path.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct World {
    /// Quarters to run, 1 to at most [`crate::MOST_QUARTERS`].
    pub quarters: usize,
    /// Core parties, at most [`crate::MOST_PARTIES`].
    pub parties: Vec<Party>,
    /// Where capacity is delivered.
    pub sites: Vec<Site>,
    /// Who has promised what to whom.
    pub legs: Vec<Leg>,
    /// Who holds a part of whom.
    pub stakes: Vec<Stake>,
    /// Spending of end customers; `None` where customers pay by legs alone.
    pub demand: Option<Demand>,
    /// What happens when someone cannot pay.
    pub rules: Rules,
}

/// A core party at the end of quarter 0. `Default` is a party with nothing but its cash of 0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Party {
    /// Keys the party's luck; renaming it changes luck, not the distribution.
    pub id: String,
    /// Cash, bn, at least 0.
    pub cash: f64,
    /// Debt of any kind that `markets` hold, bn.
    pub debt: f64,
    /// What of `debt` falls due in quarter 1, 2, …; the rest after the horizon.
    pub maturities: Vec<f64>,
    /// Interest on all debt, per year; the driver [`Driver::InterestSpread`] is added.
    pub interest: f64,
    /// Plant at cost less depreciation, bn.
    pub plant: f64,
    /// Other assets less other liabilities, bn, held unchanged: what a balance sheet has beside cash, debt and plant.
    pub other_net_assets: f64,
    /// GW in service today that serve end customers and stand at no [`Site`]; retired evenly over the useful life.
    pub opening_gw: f64,
    /// Weight in what end customers spend on AI; weights are divided by their sum.
    pub market_share: f64,
    /// Costs paid to `suppliers`.
    pub running: Running,
    /// Operating cash flow from business outside AI, bn a year at quarter 0; grows by [`Driver::NonAiGrowth`].
    pub other_cash_per_year: f64,
    /// What it may draw.
    pub financing: Financing,
    /// Negative value for longer than the grace period is default. Set it only where the balance sheet is reported.
    pub tests_value: bool,
}

/// Running costs of a party, paid to `suppliers`; all but `per_contract_revenue` times [`Driver::RunningCosts`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Running {
    /// bn a year.
    pub fixed_per_year: f64,
    /// Part of what end customers pay it for AI.
    pub per_customer_revenue: f64,
    /// Part of what newly falls due to it on legs that are not finance: what it costs to make what it sells.
    pub per_contract_revenue: f64,
    /// bn a year for each GW in service at its sites and its opening GW.
    pub per_gw_year: f64,
}

/// What a party can draw when it expects to be short, in this order: facility, debt, equity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Financing {
    /// Committed facility of `markets`, undrawn, bn: open while the market is shut.
    pub facility: f64,
    /// Most debt beside the facility: a fixed part, bn.
    pub debt_limit: f64,
    /// … plus this times operating cash flow of the last four quarters (times [`Driver::Lending`]).
    pub debt_per_operating_cash: f64,
    /// … plus this part of a year of contract dues from payers without arrears (times [`Driver::Lending`]).
    pub debt_per_receivables: f64,
    /// Equity it can sell in four quarters, as a part of its value (times [`Driver::EquityAppetite`]).
    pub equity_per_year: f64,
    /// Value that investors see today, bn; it moves with spending on AI. Where it is 0, the value in the books counts.
    pub valuation: f64,
    /// Cash it wants to keep, bn. No party keeps its buffer from its creditors.
    pub buffer: f64,
}

/// Where capacity comes into service.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Site {
    /// Name.
    pub id: String,
    /// GW that come into service in quarter 1, 2, … when nothing is late, and serve all of that quarter. May be longer
    /// than the run: building for later tranches is paid in the run.
    pub plan_gw: Vec<f64>,
    /// GW in service before quarter 1: in `opening_gw` of no party; counts for milestones and rent.
    pub opening_gw: f64,
    /// Who builds and runs it. When it is cut, so is what is still to be delivered.
    pub operator: Option<u32>,
    /// For whom it is built. Nobody builds for a counterparty in default.
    pub tenant: Option<u32>,
    /// Quarters by which every delivery is late in every path.
    pub delay: u32,
    /// How far [`Driver::Delay`] moves this site: 1 fully, 0 not at all.
    pub delay_weight: f64,
    /// How far luck ([`Driver::Slip`]) moves it.
    pub slip_weight: f64,
    /// Keys the luck of its slip: the deal. Sites with the same key slip together.
    pub deal: String,
    /// Its GW serve end customers.
    pub serves: bool,
}

/// One promise of payments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Leg {
    /// Name.
    pub id: String,
    /// The deal it belongs to; what [`World::without_deal`] takes out.
    pub deal: String,
    /// Who pays. Sectors pay in full.
    pub payer: Actor,
    /// Who is paid.
    pub payee: Actor,
    /// What it is called in the rows of flow matrices, such as `capacity_contract`.
    pub instrument: String,
    /// 0 is paid first. Interest comes before all classes.
    pub class: u8,
    /// What kind of payment it is for payer and payee.
    pub purpose: Purpose,
    /// When what falls due.
    pub schedule: Schedule,
    /// Amounts are multiplied by this driver, where one is named.
    pub scale: Option<Driver>,
    /// Falls due only when this holds in the path.
    pub condition: Condition,
    /// Money of a seller to its buyer: what [`World::without_vendor_finance`] takes out.
    pub vendor_finance: bool,
    /// May be stretched by a payer in trouble.
    pub stretchable: bool,
}

/// What a payment is, for both sides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A cost to the payer, revenue to the payee.
    #[default]
    Operating,
    /// Plant to the payer, revenue to the payee.
    Capital,
    /// Finance to both: no revenue.
    Finance,
}

/// When and how much falls due, before haircuts, conditions and scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Schedule {
    /// bn in quarter 1, 2, …; may be longer than the run, then the rest stays to come.
    Amounts(Vec<f64>),
    /// Each tranche of the sites pays GW × price / 4 from the quarter of its delivery for `quarters` quarters.
    TakeOrPay {
        /// Places in [`World::sites`].
        sites: Vec<u32>,
        /// bn per GW-year.
        price_per_gw_year: f64,
        /// Length of the contract from each delivery.
        quarters: u32,
    },
    /// `per_gw × step_gw` whenever GW in service at the sites, together, reach the next multiple of `step_gw`. A step
    /// of 0 pays for every GW as it is delivered.
    Milestone {
        /// Places in [`World::sites`].
        sites: Vec<u32>,
        /// bn per GW.
        per_gw: f64,
        /// GW.
        step_gw: f64,
        /// No payment beyond this many GW.
        up_to_gw: f64,
    },
    /// `cost_per_gw × share`, in equal parts over the `build_quarters` quarters before a tranche comes into service;
    /// times [`Driver::CostLevel`], less learning. Parts before quarter 1 are taken as paid.
    Build {
        /// Places in [`World::sites`].
        sites: Vec<u32>,
        /// bn per GW.
        cost_per_gw: f64,
        /// Quarters.
        build_quarters: u32,
        /// Part of the cost that goes to this payee.
        share: f64,
    },
}

/// What must hold in the quarter for an amount to fall due. What does not fall due stays to come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Nothing.
    #[default]
    Always,
    /// The payee has not defaulted.
    PayeeStands,
    /// End customers spend at least so much, bn a year.
    SpendingAtLeast(f64),
}

/// A part of one party held by another, at book value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stake {
    /// Holder.
    pub holder: u32,
    /// Of whom.
    pub of: u32,
    /// Part, 0 to 1; the parts held of one party come to at most 1.
    pub share: f64,
}

/// End customers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Demand {
    /// What they spend on AI today, bn a year: `B0`.
    pub today_per_year: f64,
    /// The quarter in which the path reaches [`Driver::Demand2030`]: `T` of the equation.
    pub horizon: usize,
}

/// What happens in trouble.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// More than so many quarters in a row with arrears (or with negative value) is default; `None`: nobody defaults.
    pub grace_quarters: Option<u32>,
    /// Seniority of running costs.
    pub running_class: u8,
    /// Seniority of maturing debt.
    pub debt_class: u8,
    /// What becomes of the capacity of a tenant that was cut.
    pub freed: Freed,
    /// Quarters over which a stretched due is paid later.
    pub stretch_quarters: u32,
    /// What the market looks at.
    pub market: MarketWeights,
}

/// What becomes of capacity whose tenant was cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Freed {
    /// Customers rent it from the operator at [`Driver::FirePrice`] times revenue per GW-year, out of what they spend.
    #[default]
    Relet,
    /// It leaves service.
    Retired,
}

/// The visible score of fear: a weighted sum, compared with [`Driver::MarketThreshold`] at the end of each quarter.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MarketWeights {
    /// Weight of the part of core parties that defaulted in the last four quarters.
    pub defaults: f64,
    /// Weight of `max(0, 1 − coverage)` of the last four quarters.
    pub coverage: f64,
    /// Weight of the part of core parties with arrears.
    pub arrears: f64,
    /// The market opens again when the score is below this part of the threshold.
    pub reopens_below: f64,
}

impl Default for MarketWeights {
    fn default() -> Self {
        Self { defaults: 1.0, coverage: 1.0, arrears: 1.0, reopens_below: 0.8 }
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            grace_quarters: None,
            running_class: 0,
            debt_class: 0,
            freed: Freed::Relet,
            stretch_quarters: 4,
            market: MarketWeights::default(),
        }
    }
}

impl Default for Party {
    fn default() -> Self {
        Self {
            id: String::new(),
            cash: 0.0,
            debt: 0.0,
            maturities: Vec::new(),
            interest: 0.0,
            plant: 0.0,
            other_net_assets: 0.0,
            opening_gw: 0.0,
            market_share: 0.0,
            running: Running::default(),
            other_cash_per_year: 0.0,
            financing: Financing::default(),
            tests_value: false,
        }
    }
}

impl World {
    /// The same world without vendor finance: paired with the original on the same path it shares all luck.
    #[must_use]
    pub fn without_vendor_finance(&self) -> World {
        let mut world = self.clone();
        world.legs.retain(|leg| !leg.vendor_finance);
        world
    }

    /// The same world without the legs of one deal. Sites stay: take them out with their legs where they belong to it.
    #[must_use]
    pub fn without_deal(&self, deal: &str) -> World {
        let mut world = self.clone();
        world.legs.retain(|leg| leg.deal != deal);
        world
    }
}
