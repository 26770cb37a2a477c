//! Briefing, monitoring, referral and follow-up.

use ikrar_log::catalogue::InForce;
use ikrar_log::report::{CoverageSum, PersonsSum, Report, RiskSum};

use super::coverage::deepest_shown;
use super::say::{Say, asn};

pub(super) struct Around {
    pub(super) said: Vec<Said>,
    pub(super) topics: Vec<(String, String)>,
    pub(super) reached: Vec<(String, String)>,
    pub(super) cases: Vec<Cases>,
    pub(super) risks: Vec<Risk>,
    pub(super) by_ancestor: Vec<Above>,
    pub(super) factors: [&'static str; 4],
    pub(super) channels: Vec<(String, String)>,
    pub(super) funnel: Vec<Stage>,
    pub(super) referred: Vec<Referred>,
    pub(super) overdue: String,
    pub(super) sanctions: Vec<Sanctioned>,
}

/// How many units said something.
pub(super) struct Said {
    pub(super) label: String,
    pub(super) units: String,
    pub(super) share: String,
}

pub(super) struct Cases {
    pub(super) category: String,
    pub(super) units: String,
    pub(super) asn: String,
    pub(super) ppnpn: String,
}

pub(super) struct Risk {
    pub(super) factor: String,
    pub(super) low: String,
    pub(super) medium: String,
    pub(super) high: String,
}

/// What a unit's own are silent about.
pub(super) struct Above {
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) owed: String,
    pub(super) not_briefed: String,
    pub(super) silent: String,
    /// Low, medium and high of each factor.
    pub(super) risks: Vec<String>,
}

/// Persons whose cases reached a status.
pub(super) struct Stage {
    pub(super) status: String,
    pub(super) persons: String,
    /// Width in thousandths of the widest.
    pub(super) width: u64,
}

pub(super) struct Referred {
    pub(super) category: String,
    pub(super) status: String,
    pub(super) units: String,
    pub(super) persons: String,
}

pub(super) struct Sanctioned {
    pub(super) regime: String,
    pub(super) level: String,
    pub(super) units: String,
    pub(super) persons: String,
}

const FACTORS: [&str; 4] = ["F1", "F2", "F3", "F4"];
const STATUSES: [&str; 5] = ["reported", "examined", "proven", "unproven", "acted-on"];

impl Around {
    pub(super) fn new(report: &Report, say: Say<'_>) -> Self {
        let around = &report.around;
        let owed = report.summary.owed;
        let said =
            |key: &str, units: u64| Said { label: say.t(key), units: say.n(units), share: say.share(units, owed) };
        let (briefings, monitoring, referrals) = (&around.briefings, &around.monitoring, &around.referrals);
        let cases = monitoring.cases.iter().map(|sum| Cases {
            category: say.word("category", sum.category),
            units: say.n(sum.units),
            asn: say.persons(sum.asn),
            ppnpn: say.persons(sum.ppnpn),
        });
        let referred = referrals.cases.iter().map(|sum| Referred {
            category: say.word("category", sum.category),
            status: say.word("case", sum.status),
            units: say.n(sum.units),
            persons: say.persons(sum.persons),
        });
        let sanctions = referrals.sanctions.iter().map(|sum| Sanctioned {
            regime: match sum.in_force {
                InForce::Throughout => sum.regime.to_owned(),
                other => format!("{}: {}", sum.regime, say.word("page-in-force", other.name())),
            },
            level: say.word("sanction", sum.sanction),
            units: say.n(sum.units),
            persons: say.persons(sum.persons),
        });
        Self {
            said: vec![
                said("page-said-briefed", briefings.briefed),
                said("page-said-not-briefed", briefings.pledged_not_briefed),
                said("page-said-monitored", monitoring.monitored),
                said("page-said-nil", monitoring.nil),
                said("page-said-silent", monitoring.silent),
                said("page-said-referred", referrals.units),
            ],
            topics: briefings.topics.iter().map(|it| (say.word("topic", it.topic), say.n(it.units))).collect(),
            reached: reached(&briefings.reached, say),
            cases: cases.collect(),
            risks: monitoring.risks.iter().map(|sum| risk(sum, say)).collect(),
            by_ancestor: by_ancestor(report, say),
            factors: FACTORS,
            channels: referrals.channels.iter().map(|it| (say.word("channel", it.channel), say.n(it.units))).collect(),
            funnel: funnel(report, say),
            referred: referred.collect(),
            overdue: say.persons(referrals.overdue),
            sanctions: sanctions.collect(),
        }
    }
}

fn reached(sum: &CoverageSum, say: Say<'_>) -> Vec<(String, String)> {
    let rows = [("page-asn", asn(sum)), ("missing-ppnpn", sum.ppnpn), ("missing-combined", sum.combined)];
    let there = rows.into_iter().filter(|(_, count)| count.required > 0);
    there.map(|(key, count)| (say.t(key), say.signed(count))).collect()
}

fn risk(sum: &RiskSum, say: Say<'_>) -> Risk {
    Risk { factor: say.word("risk", sum.factor), low: say.n(sum.low), medium: say.n(sum.medium), high: say.n(sum.high) }
}

/// Units above of the levels that the tree shows.
fn by_ancestor(report: &Report, say: Say<'_>) -> Vec<Above> {
    let deepest = deepest_shown(&report.ancestors);
    let shown = report.ancestors.iter().filter(|unit| unit.level <= deepest);
    let factor = |risks: &[RiskSum], code: &str| {
        let sum = risks.iter().find(|sum| sum.code == code);
        sum.map_or_else(|| "–".to_owned(), |sum| format!("{} / {} / {}", sum.low, sum.medium, sum.high))
    };
    let above = shown.map(|unit| Above {
        name: unit.name.clone(),
        unit: unit.unit.clone(),
        owed: say.n(unit.summary.owed),
        not_briefed: say.n(unit.not_briefed),
        silent: say.n(unit.silent),
        risks: FACTORS.map(|code| factor(&unit.risks, code)).into(),
    });
    above.collect()
}

/// Persons by status of their cases, over all categories.
fn funnel(report: &Report, say: Say<'_>) -> Vec<Stage> {
    let sums = STATUSES.map(|status| {
        let mut sum = PersonsSum::default();
        for case in report.around.referrals.cases.iter().filter(|case| case.status == status) {
            sum.min += case.persons.min;
            sum.max += case.persons.max;
        }
        (status, sum)
    });
    let widest = sums.iter().map(|(_, sum)| sum.max).max().unwrap_or_default();
    if widest == 0 {
        return Vec::new();
    }
    let stage = |(status, sum): (&str, PersonsSum)| Stage {
        status: say.word("case", status),
        persons: say.persons(sum),
        width: sum.max.saturating_mul(1000) / widest,
    };
    sums.into_iter().map(stage).collect()
}
