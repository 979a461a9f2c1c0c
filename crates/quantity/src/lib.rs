//! Amounts, units, qualifiers, dates and quarters: the words of the ledger as types. No I/O.
