//! Coverage by level and by ancestor: the owed, summed down the tree.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::around::{RiskSum, Risks, highest_risks};
use super::coverage::CoverageSum;
use crate::census::UnitIx;
use crate::history::{Facts, History};
use crate::status::{Content, Summary, UnitStatus};

/// The owed of one level.
#[derive(Clone, Debug, Serialize)]
pub struct LevelOut {
    /// How far below the root, from 1.
    pub level: u32,
    /// Their kinds.
    pub kinds: Vec<String>,
    /// Their statuses.
    pub summary: Summary,
    /// Their counts.
    pub coverage: CoverageSum,
}

/// A unit with owed units below it.
#[derive(Clone, Debug, Serialize)]
pub struct AncestorOut {
    /// Its id.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The unit above.
    pub parent: Option<String>,
    /// How far below the root, from 1.
    pub level: u32,
    /// It owes itself.
    pub owed: bool,
    /// Statuses of the owed at or below it.
    pub summary: Summary,
    /// Their counts.
    pub coverage: CoverageSum,
    /// Units by the level that they give a risk factor.
    pub risks: Vec<RiskSum>,
    /// Units with a pledge and no briefing.
    pub not_briefed: u64,
    /// Units without a monitoring.
    pub silent: u64,
}

#[derive(Clone, Debug, Default)]
struct Sums {
    owed: bool,
    is_above: bool,
    summary: Summary,
    coverage: CoverageSum,
    risks: Risks,
    not_briefed: u64,
    silent: u64,
}

impl Sums {
    fn add(&mut self, of: &Of<'_>) {
        self.summary.add(of.unit.now.status);
        if let Some(pledge) = of.unit.pledge {
            self.coverage.add(pledge.coverage);
        }
        self.risks.add(&of.risks);
        self.not_briefed += u64::from(of.not_briefed);
        self.silent += u64::from(of.silent);
    }
}

/// What one unit adds.
struct Of<'a> {
    unit: &'a UnitStatus,
    risks: BTreeMap<ikrar_core::statement::RiskFactor, ikrar_core::statement::RiskLevel>,
    not_briefed: bool,
    silent: bool,
}

impl<'a> Of<'a> {
    fn new(history: &History, unit: &'a UnitStatus) -> Self {
        let (mut is_briefed, mut is_monitored) = (false, false);
        for facts in super::around::facts(history, unit) {
            is_briefed |= matches!(facts, Facts::Briefing(_));
            is_monitored |= matches!(facts, Facts::Monitoring(_));
        }
        let not_briefed = unit.now.content != Content::None && !is_briefed;
        Self { unit, risks: highest_risks(history, unit), not_briefed, silent: !is_monitored }
    }
}

/// The owed by level and by ancestor. Ancestors stand before what is below them, siblings by the bytes of their ids.
pub(super) fn levels_and_ancestors(history: &History, units: &[UnitStatus]) -> (Vec<LevelOut>, Vec<AncestorOut>) {
    let census = history.census();
    let root = history.unit_by_id(ikrar_core::statement::ROOT);
    let above = |unit: UnitIx| census.ancestors(unit).filter(|above| Some(*above) != root);
    let level = |unit: UnitIx| u32::try_from(above(unit).count()).unwrap_or(u32::MAX).saturating_add(1);
    let mut levels: BTreeMap<u32, (BTreeSet<&str>, Sums)> = BTreeMap::new();
    let mut sums: HashMap<UnitIx, Sums> = HashMap::new();
    for unit in units {
        let of = Of::new(history, unit);
        let (kinds, level) = levels.entry(level(unit.unit)).or_default();
        kinds.insert(&census.post(unit.unit).kind);
        level.add(&of);
        let own = sums.entry(unit.unit).or_default();
        own.owed = true;
        own.add(&of);
        for ancestor in above(unit.unit) {
            let sums = sums.entry(ancestor).or_default();
            sums.is_above = true;
            sums.add(&of);
        }
    }
    let levels = levels.into_iter().map(|(level, (kinds, sums))| LevelOut {
        level,
        kinds: kinds.into_iter().map(str::to_owned).collect(),
        summary: sums.summary,
        coverage: sums.coverage,
    });
    // A path of ids from the root sorts parents before children, and siblings by their ids.
    let path = |unit: UnitIx| {
        let mut path: Vec<&str> = above(unit).map(|above| &*history.record(above).id).collect();
        path.reverse();
        path.push(&history.record(unit).id);
        path
    };
    let mut ancestors: Vec<_> = sums.into_iter().filter(|(_, sums)| sums.is_above).collect();
    ancestors.sort_by_cached_key(|(unit, _)| path(*unit));
    let ancestors = ancestors.into_iter().map(|(unit, sums)| {
        let post = census.post(unit);
        AncestorOut {
            unit: history.record(unit).id.to_string(),
            name: post.name.to_string(),
            kind: post.kind.to_string(),
            parent: post.parent.map(|parent| history.record(parent).id.to_string()),
            level: level(unit),
            owed: sums.owed,
            summary: sums.summary,
            coverage: sums.coverage,
            risks: sums.risks.out(),
            not_briefed: sums.not_briefed,
            silent: sums.silent,
        }
    });
    (levels.collect(), ancestors.collect())
}
