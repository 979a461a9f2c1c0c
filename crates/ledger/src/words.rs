//! The closed lists of words that a case is written in.

use serde_json::{Value, json};

use crate::decode::{Node, Read, Reader};

/// An enum whose members are words: read with suggestions, printed as written, listed in the schema.
macro_rules! words {
    ($(#[doc = $doc:literal])* $name:ident ($what:literal) { $($(#[doc = $item:literal])* $member:ident = $text:literal,)* }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[doc = $item])* $member,)* }

        impl $name {
            /// Every member, in the order of the definition.
            pub const ALL: &'static [$name] = &[$($name::$member),*];

            /// The word as it stands in a case.
            pub fn text(self) -> &'static str {
                match self { $($name::$member => $text),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.text())
            }
        }

        impl Read for $name {
            fn read(node: &Node, reader: &mut Reader) -> Option<$name> {
                let text = reader.text(node, $what)?;
                let found = $name::ALL.iter().copied().find(|member| member.text() == text);
                if found.is_none() {
                    let known: Vec<&str> = $name::ALL.iter().map(|member| member.text()).collect();
                    reader.unknown_word(node, text, $what, &known);
                }
                found
            }

            fn schema() -> Value {
                json!({"enum": $name::ALL.iter().map(|member| member.text()).collect::<Vec<_>>()})
            }
        }
    };
}

pub(crate) use words;

words! {
    /// What is paid or handed over.
    Instrument ("an instrument") {
        /// Shares for money, or money for shares.
        Equity = "equity",
        /// A right to buy shares.
        Warrant = "warrant",
        /// A loan from a bank or fund.
        Loan = "loan",
        /// A bond.
        Bond = "bond",
        /// Credit from the one who sells.
        VendorLoan = "vendor loan",
        /// A promise to pay if another does not: contingent, never a cash flow here.
        Guarantee = "guarantee",
        /// Rented computing or other capacity, mostly take-or-pay.
        CapacityContract = "capacity contract",
        /// Goods against money.
        GoodsPurchase = "goods purchase",
        /// Rent of a site, building or machine.
        Lease = "lease",
        /// A share of somebody's revenue.
        RevenueShare = "revenue share",
        /// A grant.
        Grant = "grant",
        /// The purchase of a whole company.
        Acquisition = "acquisition",
        /// Money handed out to owners.
        Distribution = "distribution",
        /// Money put into a joint venture.
        JointVenture = "joint venture",
        /// A licence.
        Licence = "licence",
        /// A royalty.
        Royalty = "royalty",
        /// Electricity under contract.
        PowerPurchase = "power purchase",
        /// Capacity against capacity.
        CapacitySwap = "capacity swap",
        /// Anything else.
        Other = "other",
    }
}

/// What an instrument does in the web.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// It brings money in that is to come back or to be worth something: equity, loans, bonds, grants.
    Funding,
    /// It buys something: capacity, goods, leases, licences, power.
    Purchase,
    /// It pays only if something happens: guarantees and warrants.
    Contingent,
}

impl Class {
    /// The word for reports.
    pub fn text(self) -> &'static str {
        match self {
            Class::Funding => "funding",
            Class::Purchase => "purchase",
            Class::Contingent => "contingent",
        }
    }
}

impl Instrument {
    /// What it does in the web.
    pub fn class(self) -> Class {
        use Instrument::{
            Acquisition, Bond, CapacityContract, CapacitySwap, Distribution, Equity, GoodsPurchase, Grant,
            Guarantee, JointVenture, Lease, Licence, Loan, Other, PowerPurchase, RevenueShare, Royalty,
            VendorLoan, Warrant,
        };
        match self {
            Equity | Loan | Bond | VendorLoan | Grant | Acquisition | Distribution | JointVenture => {
                Class::Funding
            }
            CapacityContract | GoodsPurchase | Lease | RevenueShare | Licence | Royalty | PowerPurchase
            | CapacitySwap | Other => Class::Purchase,
            Guarantee | Warrant => Class::Contingent,
        }
    }
}

words! {
    /// How far a deal has come, at a date of knowledge.
    Status ("a status") {
        /// Said by the press, by nobody who is bound.
        Rumoured = "rumoured",
        /// Written down, binding nobody.
        LetterOfIntent = "letter of intent",
        /// Told by a party to it.
        Announced = "announced",
        /// Signed.
        Signed = "signed",
        /// Changed; as firm as it was before.
        Amended = "amended",
        /// A credit is drawn.
        Drawn = "drawn",
        /// Money and papers have changed hands.
        Closed = "closed",
        /// All of it is done.
        Completed = "completed",
        /// Over before it was done.
        Terminated = "terminated",
        /// Broken by one who did not pay.
        Defaulted = "defaulted",
    }
}

words! {
    /// How much a record can be trusted.
    Confidence ("a confidence") {
        /// A filing or the company's own page.
        High = "high",
        /// The press.
        Medium = "medium",
        /// One doubtful page.
        Low = "low",
        /// No page behind it.
        Memory = "memory",
    }
}

words! {
    /// Whether cash moves.
    Form ("a form") {
        /// Cash.
        Cash = "cash",
        /// Shares, warrants or other things of value: shown, never part of a cash loop.
        InKind = "in kind",
    }
}

words! {
    /// Whether a party is one or stands for many.
    StandsFor ("`one` or `many`") {
        /// One company, fund or state.
        One = "one",
        /// A group of unnamed parties, or a sector: the outside, never part of a loop.
        Many = "many",
    }
}

words! {
    /// The step of a recurring payment.
    Every ("`month`, `quarter` or `year`") {
        /// Each month.
        Month = "month",
        /// Each quarter.
        Quarter = "quarter",
        /// Each year.
        Year = "year",
    }
}

words! {
    /// Which side of the argument a claim supports.
    Stance ("a stance") {
        /// Demand will pay for it.
        Bridge = "bridge",
        /// It will not.
        Trap = "trap",
        /// Neither.
        Neutral = "neutral",
    }
}
