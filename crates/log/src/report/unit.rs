//! A unit that owes, as it is written.

use ikrar_core::field::Time;
use ikrar_core::statement::ROOT;
use serde::Serialize;

use super::around::{BriefingOut, MonitoringOut, ReferralOut};
use super::coverage::CoverageOut;
use super::rfc3339;
use crate::history::{Facts, History, StatementRecord};
use crate::names::Named;
use crate::status::{Content, Flag, Standing, Status, Timing, UnitStatus};

/// Where and when something was logged.
#[derive(Clone, Debug, Serialize)]
pub struct LoggedOut {
    /// Index of the entry.
    pub entry: u64,
    /// RFC 3339.
    pub at: String,
}

/// A place on the map, in degrees.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct PlaceOut {
    /// North positive.
    pub latitude: f64,
    /// East positive.
    pub longitude: f64,
}

impl From<ikrar_core::statement::Place> for PlaceOut {
    fn from(place: ikrar_core::statement::Place) -> Self {
        let degrees = |units: i32| f64::from(units) / 10_000.0;
        Self { latitude: degrees(place.latitude()), longitude: degrees(place.longitude()) }
    }
}

/// An owed unit.
#[derive(Clone, Debug, Serialize)]
pub struct UnitOut {
    /// Its id.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// The unit above.
    pub parent: Option<String>,
    /// Its kind.
    pub kind: String,
    /// The one status.
    pub status: Status,
    /// What its pledge covers.
    pub content: Content,
    /// When its first undisputed pledge was logged.
    pub timing: Option<Timing>,
    /// What else to know.
    pub flags: Vec<Flag>,
    /// How it stood at the due second.
    pub at_due: Standing,
    /// Index of its first undisputed pledge.
    pub entry: Option<u64>,
    /// When that was logged, RFC 3339.
    pub logged_at: Option<String>,
    /// When it was signed, by the signer's clock.
    pub made_at: Option<String>,
    /// Its counts.
    pub coverage: Option<CoverageOut>,
    /// Numbers of the commitments accepted.
    pub commitments: Vec<u8>,
    /// How far below the root it stands, from 1.
    pub level: u32,
    /// The units above it, nearest first, without the root.
    pub ancestors: Vec<String>,
    /// Where it is.
    pub place: Option<PlaceOut>,
    /// It has a key in force.
    pub keyed: bool,
    /// The entry that first gave it a key.
    pub keyed_since: Option<LoggedOut>,
    /// Days since due, begun ones counted, where something is owed still.
    pub days_overdue: Option<u64>,
    /// Index of what stands: the first pledge, or its last correction.
    pub pledge_entry: Option<u64>,
    /// Hash of the text pledged.
    pub text: Option<String>,
    /// Form of the pledge.
    pub form: Option<&'static str>,
    /// Role of the signatory.
    pub role: Option<&'static str>,
    /// SHA-256 of the signed paper.
    pub document: Option<String>,
    /// Its briefings in force, in log order.
    pub briefings: Vec<BriefingOut>,
    /// What it saw among its own, in log order.
    pub monitorings: Vec<MonitoringOut>,
    /// Cases that it handed on, in log order.
    pub referrals: Vec<ReferralOut>,
    /// Places among the report's `roster_changes`.
    pub changes: Vec<usize>,
}

const DAY: u64 = 86_400;

/// A unit as it is written; `due` and `at` are those of the report.
pub fn unit_out(history: &History, unit: &UnitStatus, due: Time, at: Time) -> UnitOut {
    let record = history.record(unit.unit);
    let post = history.census().post(unit.unit);
    let first = unit.first;
    let pledge = unit.pledge;
    let accepted = pledge.map_or(0, |pledge| pledge.accepted);
    let above = history.census().ancestors(unit.unit).map(|above| history.record(above).id.to_string());
    let ancestors: Vec<_> = above.filter(|above| above != ROOT).collect();
    let is_owing = matches!(unit.now.status, Status::Missing | Status::Disputed | Status::Partial);
    let since_due = at.seconds().checked_sub(due.seconds()).filter(|seconds| *seconds > 0 && is_owing);
    let mut out = UnitOut {
        unit: record.id.to_string(),
        name: post.name.to_string(),
        parent: post.parent.map(|parent| history.record(parent).id.to_string()),
        kind: post.kind.to_string(),
        status: unit.now.status,
        content: unit.now.content,
        timing: unit.now.timing,
        flags: unit.flags.clone(),
        at_due: unit.at_due,
        entry: first.map(|first| first.at.index),
        logged_at: first.map(|first| rfc3339(first.at.logged_at)),
        made_at: first.map(|first| first.made_at).filter(|made_at| *made_at != Time::UNKNOWN).map(rfc3339),
        coverage: pledge.map(|pledge| pledge.coverage.into()),
        commitments: (1..=32).filter(|number| accepted >> (number - 1) & 1 == 1).collect(),
        level: u32::try_from(ancestors.len()).unwrap_or(u32::MAX).saturating_add(1),
        ancestors,
        place: record.place.map(Into::into),
        keyed: record.epoch.is_some(),
        keyed_since: record.keyed_since.map(|at| LoggedOut { entry: at.index, at: rfc3339(at.logged_at) }),
        days_overdue: since_due.map(|seconds| seconds.div_ceil(DAY)),
        pledge_entry: unit.stands.map(|at| at.index),
        text: pledge.map(|pledge| pledge.text.to_string()),
        form: pledge.map(|pledge| pledge.form.name()),
        role: pledge.map(|pledge| pledge.role.name()),
        document: pledge.and_then(|pledge| pledge.document).map(|document| document.to_string()),
        briefings: Vec::new(),
        monitorings: Vec::new(),
        referrals: Vec::new(),
        changes: Vec::new(),
    };
    for statement in unit.others.iter().filter_map(|place| record.statements.get(*place)) {
        out.take(statement);
    }
    out
}

impl UnitOut {
    fn take(&mut self, statement: &StatementRecord) {
        match &statement.facts {
            Some(Facts::Briefing(facts)) => self.briefings.push(BriefingOut::new(statement.at, facts)),
            Some(Facts::Monitoring(facts)) => self.monitorings.push(MonitoringOut::new(statement.at, facts)),
            Some(Facts::Referral(facts)) => self.referrals.push(ReferralOut::new(statement.at, facts)),
            Some(Facts::Pledge(_)) | None => {}
        }
    }
}
