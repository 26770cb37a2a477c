//! Pledges that were logged after due, with both dates.

use ikrar_log::report::{Report, UnitOut};
use ikrar_log::status::{Flag, Status, Timing};

use super::missing::OPEN;
use super::names::{Names, regions};
use super::say::{Say, StatusWord, seconds};

pub(super) struct Late {
    pub(super) heading: String,
    pub(super) regions: Vec<LateRegion>,
    pub(super) open: bool,
}

pub(super) struct LateRegion {
    pub(super) name: String,
    pub(super) count: String,
    pub(super) rows: Vec<LateRow>,
}

pub(super) struct LateRow {
    pub(super) unit: String,
    pub(super) name: String,
    pub(super) above: String,
    pub(super) status: StatusWord,
    pub(super) signed: String,
    pub(super) logged: String,
    pub(super) days: String,
    pub(super) earlier: bool,
}

const DAY: u64 = 86_400;

impl Late {
    pub(super) fn new(report: &Report, names: &Names<'_>, say: Say<'_>) -> Self {
        let is_late = |unit: &&UnitOut| unit.timing == Some(Timing::Late) && unit.status != Status::Retired;
        let units: Vec<_> = report.every_unit().into_iter().filter(is_late).collect();
        let (count, due) = (units.len(), seconds(&report.due));
        let regions = regions(units.into_iter(), names);
        let rows = |units: &[&UnitOut]| units.iter().map(|unit| row(unit, due, names, say)).collect();
        Self {
            heading: say.with("page-late-count", &[("count", count.into())]),
            regions: regions
                .iter()
                .map(|region| LateRegion {
                    name: region.name.clone(),
                    count: say.len(region.units.len()),
                    rows: rows(&region.units),
                })
                .collect(),
            open: count <= OPEN,
        }
    }
}

fn row(unit: &UnitOut, due: u64, names: &Names<'_>, say: Say<'_>) -> LateRow {
    let time = |time: &Option<String>| time.as_deref().map_or_else(|| say.t("time-unknown"), |time| say.time(time));
    let logged = unit.logged_at.as_deref().map(seconds).unwrap_or_default();
    LateRow {
        unit: unit.unit.clone(),
        name: unit.name.clone(),
        above: unit.ancestors.first().map_or_else(|| say.t("page-authority"), |above| names.of(above).to_owned()),
        status: say.status(unit.status),
        signed: time(&unit.made_at),
        logged: time(&unit.logged_at),
        days: say.n(logged.saturating_sub(due).div_ceil(DAY)),
        earlier: unit.flags.contains(&Flag::SignedEarlier),
    }
}
