//! The answers: against golden cases, and against numbers done by hand.

mod golden;
