//! When a leg pays: the records of schedules, as their author writes them.

use std::fmt;

use abilene_quantity::{Amount, Date, Decimal, months_after};
use serde_json::{Value, json};

use crate::decode::{Node, Read, Reader, record};
use crate::text::At;
use crate::words::Every;

record! {
    /// Paid on one day.
    Once ("a schedule `once`") {
        /// `once`.
        kind: required String,
        /// The day.
        on: required Date,
        /// Why the day is an assumption.
        assumed: optional String,
    }
}

record! {
    /// Spread evenly by days, paid at the end of each quarter.
    Even ("a schedule `even`") {
        /// `even`.
        kind: required String,
        /// First day.
        from: required Date,
        /// Last day.
        to: required Date,
        /// Why the spread is an assumption.
        assumed: optional String,
    }
}

record! {
    /// One dated part.
    Part ("a part") {
        /// The day.
        on: required Date,
        /// How much.
        amount: required At<Amount>,
    }
}

record! {
    /// Dated parts that add up to the amount.
    Tranches ("a schedule `tranches`") {
        /// `tranches`.
        kind: required String,
        /// The parts.
        parts: list Part,
        /// Why the parts are an assumption.
        assumed: optional String,
    }
}

record! {
    /// The same again each month, quarter or year.
    Recurring ("a schedule `recurring`") {
        /// `recurring`.
        kind: required String,
        /// The first payment.
        each: required At<Amount>,
        /// The step.
        every: required Every,
        /// First day.
        from: required Date,
        /// Last day.
        to: required Date,
        /// Growth for each year, such as `10 %/year`.
        growth: optional At<Amount>,
        /// Why it is an assumption.
        assumed: optional String,
    }
}

record! {
    /// Capacity delivered on a day.
    Delivery ("a delivery") {
        /// The day.
        on: required Date,
        /// How much.
        power: required At<Amount>,
    }
}

record! {
    /// So much for each unit delivered.
    Milestones ("a schedule `milestones`") {
        /// `milestones`.
        kind: required String,
        /// What each unit brings; absent when the price is not told.
        each: optional At<Amount>,
        /// The unit, such as `1 GW`.
        per: optional At<Amount>,
        /// The deliveries.
        plan: list Delivery,
        /// Why the plan is an assumption.
        assumed: optional String,
    }
}

record! {
    /// A share of another flow.
    ShareOf ("a schedule `share`") {
        /// `share`.
        kind: required String,
        /// The share, in percent.
        share: required At<Amount>,
        /// Of what: `party:revenue`.
        of: required At<String>,
        /// First day.
        from: required Date,
        /// Last day.
        to: required Date,
        /// Why it is an assumption.
        assumed: optional String,
    }
}

/// When a leg pays.
#[derive(Clone, Debug)]
pub enum Schedule {
    /// On one day.
    Once(Once),
    /// Evenly over a span.
    Even(Even),
    /// In dated parts.
    Tranches(Tranches),
    /// The same again each step.
    Recurring(Recurring),
    /// For each unit delivered.
    Milestones(Milestones),
    /// A share of another flow.
    Share(ShareOf),
}

const KINDS: [&str; 6] = ["once", "even", "tranches", "recurring", "milestones", "share"];

impl Schedule {
    /// Why its dates or parts are an assumption; `None` when a source states them.
    pub fn assumed(&self) -> Option<&str> {
        match self {
            Schedule::Once(s) => s.assumed.as_deref(),
            Schedule::Even(s) => s.assumed.as_deref(),
            Schedule::Tranches(s) => s.assumed.as_deref(),
            Schedule::Recurring(s) => s.assumed.as_deref(),
            Schedule::Milestones(s) => s.assumed.as_deref(),
            Schedule::Share(s) => s.assumed.as_deref(),
        }
    }
}

impl Read for Schedule {
    fn read(node: &Node, reader: &mut Reader) -> Option<Schedule> {
        let mark = reader.mark(node);
        let table = reader.table(node, "a schedule such as { kind = \"once\", on = 2026-03-31 }")?;
        let kind: At<String> = reader.required(table, "kind", mark, "a schedule")?;
        match kind.value.as_str() {
            "once" => Once::read(node, reader).map(Schedule::Once),
            "even" => Even::read(node, reader).map(Schedule::Even),
            "tranches" => Tranches::read(node, reader).map(Schedule::Tranches),
            "recurring" => Recurring::read(node, reader).map(Schedule::Recurring),
            "milestones" => Milestones::read(node, reader).map(Schedule::Milestones),
            "share" => ShareOf::read(node, reader).map(Schedule::Share),
            other => {
                if let Some(node) = table.get("kind") {
                    reader.unknown_word(node, other, "a kind of schedule", &KINDS);
                }
                None
            }
        }
    }

    fn schema() -> Value {
        let schemas = [
            Once::schema(),
            Even::schema(),
            Tranches::schema(),
            Recurring::schema(),
            Milestones::schema(),
            ShareOf::schema(),
        ];
        let one_of: Vec<Value> = schemas
            .into_iter()
            .zip(KINDS)
            .map(|(mut schema, kind)| {
                schema["properties"]["kind"] = json!({"const": kind});
                schema
            })
            .collect();
        json!({"oneOf": one_of})
    }
}

/// Growth ends here: centuries of compounding would leave the decimals.
const LARGEST_STEP: Decimal = Decimal::from_parts(0, 0, 54_210, false, 0); // about 1e24

impl Recurring {
    /// The payments in order: `each` on `from` and every step after, growing once a year. At most 12,000.
    pub fn payments(&self) -> Vec<(Date, Decimal)> {
        let months = match self.every {
            Every::Month => 1,
            Every::Quarter => 3,
            Every::Year => 12,
        };
        let growth = self.growth.as_ref().map_or(Decimal::ZERO, |g| g.value.value / Decimal::ONE_HUNDRED);
        let mut amount = self.each.value.value;
        let mut payments = Vec::new();
        for step in 0..12_000_i32 {
            let day = months_after(self.from, step * months);
            let Some(day) = day.filter(|day| *day <= self.to) else { break };
            if step > 0 && (step * months) % 12 == 0 {
                let grown = amount.checked_mul(Decimal::ONE + growth);
                amount = grown.filter(|grown| *grown < LARGEST_STEP).unwrap_or(amount);
            }
            payments.push((day, amount));
        }
        payments
    }
}

impl fmt::Display for Schedule {
    /// In words: `evenly, 2027-06-01 to 2032-05-31`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Schedule::Once(once) => write!(f, "on {}", once.on),
            Schedule::Even(even) => write!(f, "evenly, {} to {}", even.from, even.to),
            Schedule::Tranches(tranches) => {
                let parts: Vec<String> = tranches
                    .parts
                    .iter()
                    .map(|part| format!("{} on {}", part.amount.value, part.on))
                    .collect();
                f.write_str(&parts.join(", "))
            }
            Schedule::Recurring(r) => {
                write!(f, "{} each {}, {} to {}", r.each.value, r.every.text(), r.from, r.to)
            }
            Schedule::Milestones(milestones) => milestones.fmt(f),
            Schedule::Share(share) => {
                write!(f, "{} of {}, {} to {}", share.share.value, share.of.value, share.from, share.to)
            }
        }
    }
}

impl fmt::Display for Milestones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(each) = &self.each {
            let per = self.per.as_ref().map_or_else(|| String::from("unit"), |per| per.value.to_string());
            write!(f, "{} for each {per}; ", each.value)?;
        }
        let plan: Vec<String> = self.plan.iter().map(|d| format!("{} by {}", d.power.value, d.on)).collect();
        f.write_str(&plan.join(", "))
    }
}
