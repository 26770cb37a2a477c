//! Counts of persons: of one statement, and over many.

use ikrar_core::field::Persons;
use ikrar_core::statement::{Count, Coverage};
use serde::Serialize;

/// Counts of a category.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct CountOut {
    /// Should.
    pub required: u32,
    /// Did.
    pub signed: u32,
}

impl From<Count> for CountOut {
    fn from(count: Count) -> Self {
        Self { required: count.required, signed: count.signed }
    }
}

/// Who a pledge covers.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
pub enum CoverageOut {
    /// Each category.
    ByCategory {
        /// Civil servants.
        pns: CountOut,
        /// Contract employees.
        pppk: CountOut,
        /// Workers who are not ASN.
        ppnpn: CountOut,
    },
    /// All together.
    Combined {
        /// The one count.
        combined: CountOut,
    },
}

impl CoverageOut {
    /// Signed and required, over all categories.
    pub fn totals(&self) -> (u64, u64) {
        let all = match *self {
            Self::ByCategory { pns, pppk, ppnpn } => vec![pns, pppk, ppnpn],
            Self::Combined { combined } => vec![combined],
        };
        let sum = |of: fn(&CountOut) -> u32| all.iter().map(|count| u64::from(of(count))).sum();
        (sum(|count| count.signed), sum(|count| count.required))
    }
}

impl From<Coverage> for CoverageOut {
    fn from(coverage: Coverage) -> Self {
        match coverage {
            Coverage::ByCategory { pns, pppk, ppnpn } => {
                Self::ByCategory { pns: pns.into(), pppk: pppk.into(), ppnpn: ppnpn.into() }
            }
            Coverage::Combined(combined) => Self::Combined { combined: combined.into() },
        }
    }
}

/// Sums of a category over many statements.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct CountSum {
    /// Should.
    pub required: u64,
    /// Did.
    pub signed: u64,
}

impl CountSum {
    fn add(&mut self, count: Count) {
        self.required += u64::from(count.required);
        self.signed += u64::from(count.signed);
    }
}

/// Sums over many statements. Categories are never mixed with units that state one combined count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct CoverageSum {
    /// Civil servants.
    pub pns: CountSum,
    /// Contract employees.
    pub pppk: CountSum,
    /// Workers who are not ASN.
    pub ppnpn: CountSum,
    /// All together, of units that do not part them.
    pub combined: CountSum,
    /// Units that part them.
    pub by_category: u64,
    /// Units that do not.
    pub combined_only: u64,
    /// Units that state that they have no PPNPN. Zero is a statement.
    pub ppnpn_none: u64,
}

impl CoverageSum {
    /// Adds what one unit states.
    pub fn add(&mut self, coverage: Coverage) {
        match coverage {
            Coverage::ByCategory { pns, pppk, ppnpn } => {
                self.pns.add(pns);
                self.pppk.add(pppk);
                self.ppnpn.add(ppnpn);
                self.by_category += 1;
                self.ppnpn_none += u64::from(ppnpn.required == 0);
            }
            Coverage::Combined(count) => {
                self.combined.add(count);
                self.combined_only += 1;
            }
        }
    }
}

/// A number of persons that is known up to the bucket of one and two.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct PersonsSum {
    /// At least.
    pub min: u64,
    /// At most.
    pub max: u64,
}

impl PersonsSum {
    /// Adds one count.
    pub fn add(&mut self, persons: Persons) {
        let (min, max) = persons.exactly().map_or((1, 2), |count| (u64::from(count), u64::from(count)));
        self.min += min;
        self.max += max;
    }
}

/// A count of persons in cases: `1-2` for the bucket.
pub fn persons(persons: Persons) -> String {
    persons.exactly().map_or("1-2".to_owned(), |count| count.to_string())
}
