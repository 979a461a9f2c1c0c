//! Measures of circularity in a network of payments, on plain arrays: no files, no clock, no ledger.
