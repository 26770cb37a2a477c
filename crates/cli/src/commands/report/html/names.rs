//! Names of the units above, and the chains that lead to a unit.

use std::collections::HashMap;

use ikrar_log::report::{Report, UnitOut};

/// Every unit that has owed units below it, by id.
pub(super) struct Names<'a>(HashMap<&'a str, &'a str>);

impl<'a> Names<'a> {
    pub(super) fn new(report: &'a Report) -> Self {
        let above = report.ancestors.iter().map(|unit| (unit.unit.as_str(), unit.name.as_str()));
        let own = report.units.iter().chain(&report.unlisted).map(|unit| (unit.unit.as_str(), unit.name.as_str()));
        Self(own.chain(above).collect())
    }

    pub(super) fn of<'b>(&'b self, unit: &'b str) -> &'b str {
        self.0.get(unit).copied().unwrap_or(unit)
    }

    /// From the top to the nearest; none stands directly below the authority.
    pub(super) fn chain<'b>(&'b self, unit: &'b UnitOut) -> Vec<&'b str> {
        unit.ancestors.iter().rev().map(|above| self.of(above)).collect()
    }
}

/// Units under their highest ancestor, in the order of the report.
pub(super) struct Region<'a> {
    pub(super) name: String,
    pub(super) units: Vec<&'a UnitOut>,
}

/// Groups units by the highest unit above them, or themselves where they are that.
pub(super) fn regions<'a>(units: impl Iterator<Item = &'a UnitOut>, names: &Names<'_>) -> Vec<Region<'a>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut regions: Vec<Region<'a>> = Vec::new();
    for unit in units {
        let top = unit.ancestors.last().unwrap_or(&unit.unit);
        let place = *places.entry(top).or_insert(regions.len());
        if place == regions.len() {
            regions.push(Region { name: names.of(top).to_owned(), units: Vec::new() });
        }
        regions[place].units.push(unit);
    }
    regions
}
