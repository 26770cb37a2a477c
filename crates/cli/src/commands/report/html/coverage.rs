//! Coverage by level and down the tree.

use ikrar_log::report::{AncestorOut, CoverageSum, Report};
use ikrar_log::status::Summary;

use super::say::{Say, Share, asn, bar, shares, whole};

/// Most nodes of the tree that are written out; what is below them is built from the data when it is opened.
pub(super) const NODES: usize = 600;

pub(super) struct Coverage {
    pub(super) levels: Vec<Level>,
    pub(super) steps: Vec<Step>,
    pub(super) people: Vec<People>,
    pub(super) apart: String,
}

pub(super) struct Level {
    pub(super) level: u32,
    pub(super) kinds: String,
    pub(super) sums: Sums,
}

/// The sums of some of the owed, in words.
pub(super) struct Sums {
    pub(super) bar: String,
    pub(super) ratio: String,
    pub(super) share: String,
    pub(super) shares: Vec<Share>,
    pub(super) asn: String,
    pub(super) ppnpn: String,
    pub(super) combined: String,
}

impl Sums {
    pub(super) fn new(summary: &Summary, coverage: &CoverageSum, say: Say<'_>) -> Self {
        let done = whole(summary);
        Self {
            bar: bar(summary),
            ratio: say.with("page-of", &[("signed", done.into()), ("required", summary.owed.into())]),
            share: say.share(done, summary.owed),
            shares: shares(summary, say),
            asn: say.signed(asn(coverage)),
            ppnpn: say.signed(coverage.ppnpn),
            combined: say.signed(coverage.combined),
        }
    }
}

/// The tree as what opens and what closes, for templates do not recurse.
pub(super) enum Step {
    Open(Box<Node>),
    Close,
}

pub(super) struct Node {
    pub(super) unit: String,
    pub(super) name: String,
    pub(super) kind: String,
    /// Its place among the ancestors of the data.
    pub(super) place: usize,
    /// The nodes below it are written out.
    pub(super) whole: bool,
    /// It is open when the page opens: nothing stands beside it.
    pub(super) open: bool,
    pub(super) sums: Sums,
}

/// A category of people over all standing pledges.
pub(super) struct People {
    pub(super) category: String,
    pub(super) required: String,
    pub(super) signed: String,
    pub(super) share: String,
}

impl Coverage {
    pub(super) fn new(report: &Report, say: Say<'_>) -> Self {
        let levels = report.levels.iter().map(|level| Level {
            level: level.level,
            kinds: say.kinds(&level.kinds),
            sums: Sums::new(&level.summary, &level.coverage, say),
        });
        let coverage = &report.coverage;
        let people = [
            ("missing-pns", coverage.pns),
            ("missing-pppk", coverage.pppk),
            ("missing-ppnpn", coverage.ppnpn),
            ("missing-combined", coverage.combined),
        ];
        let people = people.into_iter().map(|(key, count)| People {
            category: say.t(key),
            required: say.n(count.required),
            signed: say.n(count.signed),
            share: say.share(count.signed, count.required),
        });
        let apart = [
            ("parted", coverage.by_category.into()),
            ("combined", coverage.combined_only.into()),
            ("none", coverage.ppnpn_none.into()),
        ];
        Self {
            levels: levels.collect(),
            steps: steps(&report.ancestors, say),
            people: people.collect(),
            apart: say.with("page-people-apart", &apart),
        }
    }
}

/// The deepest level down to which the tree is written out.
pub(super) fn deepest_shown(ancestors: &[AncestorOut]) -> u32 {
    let up_to = |level: u32| ancestors.iter().filter(|unit| unit.level <= level).count();
    let top = ancestors.iter().map(|unit| unit.level).min().unwrap_or(1);
    let bottom = ancestors.iter().map(|unit| unit.level).max().unwrap_or(1);
    (top..=bottom).take_while(|level| *level == top || up_to(*level) <= NODES).last().unwrap_or(top)
}

fn steps(ancestors: &[AncestorOut], say: Say<'_>) -> Vec<Step> {
    let deepest = deepest_shown(ancestors);
    let mut steps = Vec::new();
    let mut open: Vec<u32> = Vec::new();
    for (place, unit) in ancestors.iter().enumerate().filter(|(_, unit)| unit.level <= deepest) {
        while open.pop_if(|last| *last >= unit.level).is_some() {
            steps.push(Step::Close);
        }
        open.push(unit.level);
        steps.push(Step::Open(Box::new(Node {
            unit: unit.unit.clone(),
            name: unit.name.clone(),
            kind: say.kind(&unit.kind),
            place,
            whole: unit.level < deepest,
            open: ancestors.iter().filter(|other| other.level == unit.level).take(2).count() == 1,
            sums: Sums::new(&unit.summary, &unit.coverage, say),
        })));
    }
    steps.extend(open.iter().map(|_| Step::Close));
    steps
}
