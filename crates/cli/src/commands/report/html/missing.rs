//! Who has no pledge that counts, below whom, and whether it ever could sign.

use std::collections::HashMap;

use ikrar_log::report::{Report, UnitOut};
use ikrar_log::status::{Flag, Status};

use super::names::{Names, regions};
use super::say::{Say, StatusWord};

/// Up to so many units the regions are open when the page opens.
pub(super) const OPEN: usize = 200;

pub(super) struct Missing {
    pub(super) heading: String,
    pub(super) regions: Vec<MissingRegion>,
    pub(super) open: bool,
}

pub(super) struct MissingRegion {
    pub(super) name: String,
    pub(super) count: String,
    pub(super) groups: Vec<Group>,
}

/// Units with the same units above them.
pub(super) struct Group {
    pub(super) chain: String,
    pub(super) rows: Vec<Row>,
}

pub(super) struct Row {
    pub(super) unit: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) status: StatusWord,
    pub(super) key: String,
    pub(super) days: String,
}

impl Missing {
    pub(super) fn new(report: &Report, names: &Names<'_>, say: Say<'_>) -> Self {
        let is_owing = |unit: &&UnitOut| {
            matches!(unit.status, Status::Missing | Status::Disputed | Status::Pending | Status::Retired)
        };
        let units: Vec<_> = report.every_unit().into_iter().filter(is_owing).collect();
        let count = units.len();
        let regions = regions(units.into_iter(), names);
        Self {
            heading: say.with("page-missing-count", &[("count", count.into())]),
            regions: regions
                .iter()
                .map(|region| MissingRegion {
                    name: region.name.clone(),
                    count: say.len(region.units.len()),
                    groups: groups(&region.units, names, say),
                })
                .collect(),
            open: count <= OPEN,
        }
    }
}

fn groups(units: &[&UnitOut], names: &Names<'_>, say: Say<'_>) -> Vec<Group> {
    let mut places: HashMap<&[String], usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for unit in units {
        let place = *places.entry(&unit.ancestors).or_insert(groups.len());
        if place == groups.len() {
            let chain = match names.chain(unit).as_slice() {
                [] => say.t("page-below-authority"),
                chain => chain.join(" › "),
            };
            groups.push(Group { chain, rows: Vec::new() });
        }
        groups[place].rows.push(row(unit, say));
    }
    groups
}

fn row(unit: &UnitOut, say: Say<'_>) -> Row {
    Row {
        unit: unit.unit.clone(),
        name: unit.name.clone(),
        kind: say.kind(&unit.kind),
        status: say.status(unit.status),
        key: key(unit, say),
        days: unit.days_overdue.map_or_else(|| "–".to_owned(), |days| say.n(days)),
    }
}

/// Could it have signed: since when, and still?
pub(super) fn key(unit: &UnitOut, say: Say<'_>) -> String {
    let Some(since) = &unit.keyed_since else { return say.t("page-key-never") };
    let key = if unit.keyed { "page-key-since" } else { "page-key-gone" };
    let mut out = say.with(key, &[("since", say.date(&since.at).into())]);
    if unit.flags.contains(&Flag::ForcedRekey) {
        out = format!("{out}; {}", say.t("flag-forced-rekey"));
    }
    out
}
