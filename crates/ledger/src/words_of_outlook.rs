//! The closed lists of words that a scenario is written in.

use serde_json::{Value, json};

use crate::decode::{Node, Read, Reader};
use crate::words::words;

words! {
    /// What is uncertain about the future; docs/model.md says what each means and in which unit.
    DriverName ("a driver") {
        /// What end customers spend on AI at the horizon, at presumed efficiency: `B1`.
        Demand2030 = "demand_2030",
        /// Midpoint of the log-logistic path of spending: `m`.
        DemandMidpoint = "demand_midpoint",
        /// Steepness of that path: `k`.
        DemandShape = "demand_shape",
        /// Standard deviation a quarter of a random walk of the logarithm of spending (luck).
        DemandNoise = "demand_noise",
        /// Factor by which compute work per GW grows a year: `e`.
        EfficiencyGrowth = "efficiency_growth",
        /// The same, as presumed in the baseline: `ē`.
        PresumedGrowth = "presumed_growth",
        /// Expected jumps of efficiency a year, at most one a quarter (luck).
        EfficiencyJumpRate = "efficiency_jump_rate",
        /// Factor of such a jump.
        EfficiencyJump = "efficiency_jump",
        /// Price elasticity of compute demand: `η`. Above 1 cheaper compute means more spending.
        Elasticity = "elasticity",
        /// What end customers pay for a GW-year in use: `ρ`.
        RevenuePerGwYear = "revenue_per_gw_year",
        /// By how much deliveries are late, rounded to whole quarters.
        Delay = "delay",
        /// Mean of a further lateness of each deal, exponentially distributed (luck), rounded down.
        Slip = "slip",
        /// Cost of building over what the schedules say.
        CostLevel = "cost_level",
        /// By what part the cost of building falls a year.
        CostLearning = "cost_learning",
        /// After which capacity leaves service and plant is written off.
        UsefulLife = "useful_life",
        /// Growth of cash from business outside AI.
        NonAiGrowth = "non_ai_growth",
        /// Running costs over what the parties' figures say.
        RunningCosts = "running_costs",
        /// Standard deviation, at the end of the run, of the logarithm of each party's market weight (luck).
        ShareSpread = "share_spread",
        /// Added to the rate of every debt.
        InterestSpread = "interest_spread",
        /// Debt that lenders give over what the financing says.
        Lending = "lending",
        /// Equity that investors buy over what the financing says.
        EquityAppetite = "equity_appetite",
        /// Score of fear above which the market shuts.
        MarketThreshold = "market_threshold",
        /// Standard deviation of the noise on that score each quarter (luck).
        MarketNoise = "market_noise",
        /// Part of a defaulter's future dues and debt that is cut; 1 or more cancels them.
        Haircut = "haircut",
        /// Part of new dues on stretchable legs that a payer with arrears pays later.
        Stretch = "stretch",
        /// Rent of freed capacity over revenue per GW-year.
        FirePrice = "fire_price",
        /// Costs of a default over the defaulter's cash and plant, as far as its cash goes.
        DefaultCost = "default_cost",
        /// A factor for legs that name it.
        Level0 = "level_0",
        /// A factor for legs that name it.
        Level1 = "level_1",
        /// A factor for legs that name it.
        Level2 = "level_2",
        /// A factor for legs that name it.
        Level3 = "level_3",
    }
}

words! {
    /// The shape of a range.
    Shape ("a shape") {
        /// One value.
        Pinned = "pinned",
        /// Even between two ends.
        Uniform = "uniform",
        /// Even in logarithms between two ends.
        Loguniform = "loguniform",
        /// Normal, by two quantiles.
        Normal = "normal",
        /// Lognormal, by two quantiles.
        Lognormal = "lognormal",
        /// Log-logistic, by two quantiles.
        Loglogistic = "log-logistic",
        /// Triangular.
        Triangular = "triangular",
        /// Beta-PERT.
        Pert = "pert",
    }
}

impl Shape {
    /// The keys that it is given by.
    pub fn keys(self) -> &'static [&'static str] {
        match self {
            Shape::Pinned => &["value"],
            Shape::Uniform | Shape::Loguniform => &["min", "max"],
            Shape::Normal | Shape::Lognormal | Shape::Loglogistic => &["p10", "p90"],
            Shape::Triangular | Shape::Pert => &["min", "mode", "max"],
        }
    }
}

words! {
    /// What happens on a date.
    ShockKind ("a shock") {
        /// Efficiency is multiplied from then on.
        Efficiency = "efficiency",
        /// No new debt or equity.
        MarketShut = "market shut",
        /// Spending is multiplied.
        Demand = "demand",
    }
}

words! {
    /// A threshold between outcomes.
    ThresholdName ("a threshold") {
        /// A bridge serves at least this part of what was scheduled.
        BridgeServed = "bridge_served",
        /// A bridge has at least this coverage.
        BridgeCoverage = "bridge_coverage",
        /// A bridge takes at most this part of what customers paid as net new money.
        BridgeNewMoney = "bridge_new_money",
        /// With a default, losses above this part of commitments are a debt trap.
        TrapLosses = "trap_losses",
        /// Below this part of what was scheduled, a path is a debt trap.
        TrapServed = "trap_served",
    }
}

words! {
    /// A number that holds for all parties.
    RuleName ("a rule") {
        /// Quarters in a row with arrears that are borne before default.
        GraceQuarters = "grace_quarters",
        /// Quarters over which a stretched due is paid later.
        StretchQuarters = "stretch_quarters",
        /// Weight of defaults in the score of fear.
        FearOfDefaults = "fear_of_defaults",
        /// Weight of missing coverage in it.
        FearOfCoverage = "fear_of_coverage",
        /// Weight of arrears in it.
        FearOfArrears = "fear_of_arrears",
        /// Part of the threshold below which the market opens again.
        ReopensBelow = "reopens_below",
        /// Debt that lenders give, as a multiple of operating cash of a year.
        DebtPerOperatingCash = "debt_per_operating_cash",
        /// Debt that lenders give, as a part of a year's contracted receivables.
        DebtPerReceivables = "debt_per_receivables",
        /// Debt that lenders give on the net assets of an investor, as a part of them.
        LoanToValue = "loan_to_value",
        /// Equity that can be sold in a year, as a part of value.
        EquityPerYear = "equity_per_year",
        /// Cash that a party wants to keep, in quarters of what serving its customers costs.
        BufferQuarters = "buffer_quarters",
        /// What a contract pays for a GW-year of capacity, in the unit of the case.
        RentPerGwYear = "rent_per_gw_year",
        /// What a GW costs to build where no recipe says, in the unit of the case.
        CostPerGw = "cost_per_gw",
        /// Quarters that building takes.
        BuildQuarters = "build_quarters",
        /// Part of the capex of clouds that builds AI capacity.
        AiPartOfCapex = "ai_part_of_capex",
        /// Part of the revenue that end customers pay which its maker spends on running.
        CostOfCustomerRevenue = "cost_of_customer_revenue",
        /// GW in service for end customers at the end, from which clouds' own building follows; 0: their capex goes on.
        CapacityTarget = "capacity_target",
        /// What running a GW costs a year, in the unit of the case.
        RunningPerGwYear = "running_per_gw_year",
        /// Years over which debt falls due.
        DebtLifeYears = "debt_life_years",
        /// Part of announced legs that falls due.
        AnnouncedPart = "announced_part",
    }
}
