//! What the future is made of: named numbers, one value of each for a path.

use serde::{Deserialize, Serialize};

/// One value of every driver: a path's assumptions, by [`Driver::at`].
pub type Values = [f64; Driver::COUNT];

macro_rules! drivers {
    ($($name:ident, $text:literal, $unit:literal, $default:expr, $meaning:literal;)*) => {
        /// An uncertain number that a scenario gives a distribution. What is not named keeps its default.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[repr(u8)]
        pub enum Driver {
            $(#[doc = $meaning] #[doc = concat!("\n\nUnit: ", $unit, ".")] #[serde(rename = $text)] $name,)*
        }

        impl Driver {
            /// All of them, in their order.
            pub const ALL: &'static [Driver] = &[$(Driver::$name),*];
            /// How many there are.
            pub const COUNT: usize = [$($text),*].len();
            /// Values that change nothing: no delay, no growth, no luck, an open market.
            pub const DEFAULTS: Values = [$($default),*];

            /// As in scenario files.
            pub const fn name(self) -> &'static str {
                match self { $(Driver::$name => $text,)* }
            }

            /// Of its value.
            pub const fn unit(self) -> &'static str {
                match self { $(Driver::$name => $unit,)* }
            }

            /// In one sentence.
            pub const fn meaning(self) -> &'static str {
                match self { $(Driver::$name => $meaning,)* }
            }
        }
    };
}

drivers! {
    Demand2030, "demand_2030", "bn a year", 0.0, "What end customers spend on AI at the horizon, at presumed efficiency: `B1`.";
    DemandMidpoint, "demand_midpoint", "quarters", 12.0, "Midpoint of the log-logistic path of spending: `m`.";
    DemandShape, "demand_shape", "", 2.5, "Steepness of that path: `k`.";
    DemandNoise, "demand_noise", "", 0.0, "Standard deviation a quarter of a random walk of the logarithm of spending (luck).";
    EfficiencyGrowth, "efficiency_growth", "times a year", 1.0, "Factor by which compute work per GW grows a year: `e`.";
    PresumedGrowth, "presumed_growth", "times a year", 1.0, "The same, as presumed in the baseline: `ē`.";
    EfficiencyJumpRate, "efficiency_jump_rate", "a year", 0.0, "Expected jumps of efficiency a year, at most one a quarter (luck).";
    EfficiencyJump, "efficiency_jump", "times", 1.0, "Factor of such a jump.";
    Elasticity, "elasticity", "", 1.0, "Price elasticity of compute demand: `η`. Above 1 cheaper compute means more spending.";
    RevenuePerGwYear, "revenue_per_gw_year", "bn per GW-year", 10.0, "What end customers pay for a GW-year in use: `ρ`.";
    Delay, "delay", "quarters", 0.0, "By how much deliveries are late, rounded to whole quarters.";
    Slip, "slip", "quarters", 0.0, "Mean of a further lateness of each deal, exponentially distributed (luck), rounded down.";
    CostLevel, "cost_level", "times", 1.0, "Cost of building over what the schedules say.";
    CostLearning, "cost_learning", "a year", 0.0, "By what part the cost of building falls a year.";
    UsefulLife, "useful_life", "years", f64::INFINITY, "After which capacity leaves service and plant is written off.";
    NonAiGrowth, "non_ai_growth", "a year", 0.0, "Growth of cash from business outside AI.";
    RunningCosts, "running_costs", "times", 1.0, "Running costs over what the parties' figures say.";
    ShareSpread, "share_spread", "", 0.0, "Standard deviation, at the end of the run, of the logarithm of each party's market weight (luck).";
    InterestSpread, "interest_spread", "a year", 0.0, "Added to the rate of every debt.";
    Lending, "lending", "times", 1.0, "Debt that lenders give over what the financing says.";
    EquityAppetite, "equity_appetite", "times", 1.0, "Equity that investors buy over what the financing says.";
    MarketThreshold, "market_threshold", "", f64::INFINITY, "Score of fear above which the market shuts.";
    MarketNoise, "market_noise", "", 0.0, "Standard deviation of the noise on that score each quarter (luck).";
    Haircut, "haircut", "", 1.0, "Part of a defaulter's future dues and debt that is cut; 1 or more cancels them.";
    Stretch, "stretch", "", 0.0, "Part of new dues on stretchable legs that a payer with arrears pays later.";
    FirePrice, "fire_price", "", 0.0, "Rent of freed capacity over revenue per GW-year.";
    DefaultCost, "default_cost", "", 0.0, "Costs of a default over the defaulter's cash and plant, as far as its cash goes.";
    Level0, "level_0", "times", 1.0, "A factor for legs that name it.";
    Level1, "level_1", "times", 1.0, "A factor for legs that name it.";
    Level2, "level_2", "times", 1.0, "A factor for legs that name it.";
    Level3, "level_3", "times", 1.0, "A factor for legs that name it.";
}

impl Driver {
    /// Its place in [`Values`].
    pub const fn at(self) -> usize {
        self as usize
    }

    /// The driver of this name.
    pub fn named(name: &str) -> Option<Driver> {
        Self::ALL.iter().copied().find(|driver| driver.name() == name)
    }
}
