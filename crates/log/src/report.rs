//! The report of a round, ready to be written: the same prefix, time and arguments give the same bytes (spec §8, §12.1).

mod ancestors;
mod around;
mod coverage;
mod csv;
mod curve;
mod roster;
mod round;
mod unit;

use std::collections::{BTreeSet, HashMap};

use ikrar_core::field::Time;
use ikrar_core::rule::Rule;
use serde::Serialize;

use crate::census::UnitIx;
use crate::held::{Held, HeldOutcome};
use crate::history::{History, RoundIx};
use crate::names::Named;
use crate::status::{RoundStatus, Status, Summary, UnitStatus, evaluate_under};
use crate::store::Head;
use crate::trust::TrustRoot;
use crate::verify::b64;

pub use ancestors::{AncestorOut, LevelOut};
pub use around::{
    Around, BriefingOut, Briefings, CaseOut, CaseSum, ChannelSum, MonitoringOut, Monitorings, ReferralOut, Referrals,
    RiskOut, RiskSum, SanctionOut, SanctionSum, TopicSum, WatchedOut, WatchedSum, day, regime_and_level, risk_code,
};
pub use coverage::{CountOut, CountSum, CoverageOut, CoverageSum, PersonsSum, persons};
pub use csv::{CSV_COLUMNS, CsvStyle, inert};
pub use curve::{CommitmentSum, CurvePoint};
pub use roster::{AnchorOut, RosterChangeOut, WitnessesOut};
pub use round::{BasisOut, CommitmentOut, ForeignTextOut, RoundScope, Terms, TextOut};
pub use unit::{LoggedOut, PlaceOut, UnitOut, unit_out};

/// The version of the report's schema.
pub const SCHEMA: &str = "ikrar.report/1";

/// Who a registry is.
#[derive(Clone, Debug, Serialize)]
pub struct RegistryOut {
    /// Its name.
    pub name: Option<String>,
    /// Its id, hexadecimal.
    pub id: String,
    /// Everything in it is invented.
    pub synthetic: bool,
}

impl RegistryOut {
    /// As the log's `Genesis` describes it; the id is the pinned one.
    pub fn new(history: &History, trust: &TrustRoot) -> Self {
        let registry = history.registry();
        Self {
            name: registry.map(|registry| registry.name.clone()),
            id: trust.registry.to_string(),
            synthetic: registry.is_some_and(|registry| registry.synthetic),
        }
    }
}

/// The trust root that a verdict rests on.
#[derive(Clone, Debug, Serialize)]
pub struct TrustOut {
    /// The folder it was read from.
    pub path: String,
    /// Its fingerprint, hexadecimal.
    pub fingerprint: String,
}

/// What a report leaves out.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Only units at or below this one.
    pub under: Option<UnitIx>,
    /// Only units of these statuses are listed; empty: all.
    pub only: Vec<Status>,
}

/// A copy that a unit holds, and what becomes of it.
#[derive(Clone, Debug, Serialize)]
pub struct HeldOut {
    /// `FILE#N`, counted from 1 in each file.
    pub from: String,
    /// Its id, hexadecimal, where it decodes.
    pub id: Option<String>,
    /// Who signed it, as it says.
    pub unit: Option<String>,
    /// What becomes of it.
    pub outcome: HeldOutcome,
    /// Where it was logged, what ended its epoch, or what stands in its place.
    pub entry: Option<u64>,
    /// Why it changes nothing, or is not taken.
    pub rule: Option<&'static str>,
}

impl HeldOut {
    /// As it is written.
    pub fn new(from: String, held: &Held) -> Self {
        Self {
            from,
            id: held.id.map(|id| id.to_string()),
            unit: held.unit.clone(),
            outcome: held.outcome,
            entry: held.entry,
            rule: held.rule.map(Rule::name),
        }
    }
}

/// Another round, as of the same prefix and time.
#[derive(Clone, Debug, Serialize)]
pub struct ComparedOut {
    /// Its id.
    pub round: String,
    /// Who opened it.
    pub opener: String,
    /// Its title.
    pub title: String,
    /// What brings it about.
    pub cadence: &'static str,
    /// Its place in an election.
    pub stage: &'static str,
    /// When it opens, RFC 3339.
    pub opens: String,
    /// The last second in time.
    pub due: String,
    /// Statuses now.
    pub summary: Summary,
    /// Statuses at its due second.
    pub summary_at_due: Summary,
    /// Counts of its standing pledges.
    pub coverage: CoverageSum,
}

/// A report.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The registry.
    pub registry: RegistryOut,
    /// The trust root.
    pub trust: TrustOut,
    /// The log's origin.
    pub origin: String,
    /// The size it is as of.
    pub tree_size: u64,
    /// The root at that size, base64.
    pub root: String,
    /// Id of the round.
    pub round: String,
    /// Who opened it.
    pub opener: String,
    /// Title of the round.
    pub title: String,
    /// When it opens, RFC 3339.
    pub opens: String,
    /// The last second in time.
    pub due: String,
    /// The time it is as of.
    pub at: String,
    /// Statuses now.
    pub summary: Summary,
    /// Statuses at the due second.
    pub summary_at_due: Summary,
    /// The owed that are listed, by unit id.
    pub units: Vec<UnitOut>,
    /// The unit at or below which they stand, where only such are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
    /// The statuses that are listed; empty: all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<Status>,
    /// What becomes of the copies that a unit holds, where some were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<Vec<HeldOut>>,
    /// Other rounds, where some were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub compared: Vec<ComparedOut>,
    /// What the round asks.
    #[serde(flatten)]
    pub terms: Terms,
    /// Counts of the standing pledges.
    pub coverage: CoverageSum,
    /// The owed by level.
    pub levels: Vec<LevelOut>,
    /// The owed by ancestor.
    pub ancestors: Vec<AncestorOut>,
    /// Commitments of the texts pledged to.
    pub commitments: Vec<CommitmentSum>,
    /// Briefing, monitoring and referral.
    #[serde(flatten)]
    pub around: Around,
    /// How pledges came in.
    pub curve: Vec<CurvePoint>,
    /// Changes of roster and keys since the opening, in log order.
    pub roster_changes: Vec<RosterChangeOut>,
    /// Witnessed time.
    pub witnesses: WitnessesOut,
    /// The owed that are counted and not listed.
    #[serde(skip)]
    pub unlisted: Vec<UnitOut>,
}

impl Report {
    /// Evaluates and renders a round of a verified log.
    pub fn new(
        history: &History,
        pinned: &TrustRoot,
        trust: TrustOut,
        head: Head,
        round: RoundIx,
        at: Time,
        scope: &Scope,
    ) -> Self {
        let status = evaluate_under(history, round, at, scope.under);
        let record = history.round_record(round);
        let RoundStatus { summary, summary_at_due, units: owed, changes, .. } = status;
        let (levels, ancestors) = ancestors::levels_and_ancestors(history, &owed);
        let mut changes_of: HashMap<UnitIx, Vec<usize>> = HashMap::new();
        for (place, change) in changes.iter().enumerate() {
            changes_of.entry(history.changes()[change.place].unit).or_default().push(place);
        }
        let row = |unit: &UnitStatus| {
            let changes = changes_of.get(&unit.unit).cloned().unwrap_or_default();
            UnitOut { changes, ..unit_out(history, unit, record.due, at) }
        };
        let is_listed = |unit: &UnitOut| scope.only.is_empty() || scope.only.contains(&unit.status);
        let (units, unlisted) = owed.iter().map(row).partition(is_listed);
        let foreign = owed.iter().flat_map(|unit| {
            let all = history.record(unit.unit).foreign_pledges(round);
            let texts: BTreeSet<_> = all.map(|foreign| foreign.text).collect();
            texts.into_iter().map(|text| (text, unit.pledge.is_some()))
        });
        Self {
            schema: SCHEMA,
            registry: RegistryOut::new(history, pinned),
            trust,
            origin: pinned.origin.clone(),
            tree_size: head.size,
            root: b64(&head.root),
            round: record.id.clone(),
            opener: history.record(record.opener).id.to_string(),
            title: record.title.clone(),
            opens: rfc3339(record.opens),
            due: rfc3339(record.due),
            at: rfc3339(at),
            summary,
            summary_at_due,
            units,
            under: scope.under.map(|unit| history.record(unit).id.to_string()),
            only: scope.only.clone(),
            held: None,
            compared: Vec::new(),
            terms: Terms::new(history, round, foreign),
            coverage: coverage_of(&owed),
            levels,
            ancestors,
            commitments: curve::commitments(history, &owed),
            around: Around::new(history, record, &owed),
            curve: curve::curve(&owed),
            roster_changes: changes.iter().map(|change| RosterChangeOut::new(history, change)).collect(),
            witnesses: WitnessesOut::new(history),
            unlisted,
        }
    }

    /// Sets other rounds beside it, as of the same prefix, time and subtree, in this order.
    pub fn compare(&mut self, history: &History, rounds: &[RoundIx], at: Time, under: Option<UnitIx>) {
        let compared = |round: &RoundIx| {
            let RoundStatus { summary, summary_at_due, units, .. } = evaluate_under(history, *round, at, under);
            let record = history.round_record(*round);
            ComparedOut {
                round: record.id.clone(),
                opener: history.record(record.opener).id.to_string(),
                title: record.title.clone(),
                cadence: record.cadence.name(),
                stage: record.stage.name(),
                opens: rfc3339(record.opens),
                due: rfc3339(record.due),
                summary,
                summary_at_due,
                coverage: coverage_of(&units),
            }
        };
        self.compared = rounds.iter().map(compared).collect();
    }

    /// The owed, listed or not, by unit id.
    pub fn every_unit(&self) -> Vec<&UnitOut> {
        let mut all: Vec<_> = self.units.iter().chain(&self.unlisted).collect();
        all.sort_unstable_by(|a, b| a.unit.cmp(&b.unit));
        all
    }

    /// Units whose pledge is missing, or known from a thief only (spec §12.3).
    pub fn missing(&self) -> u64 {
        self.summary.missing + self.summary.disputed
    }
}

fn coverage_of(units: &[UnitStatus]) -> CoverageSum {
    let mut sum = CoverageSum::default();
    units.iter().filter_map(|unit| unit.pledge).for_each(|pledge| sum.add(pledge.coverage));
    sum
}

/// RFC 3339 in UTC, to the second.
pub fn rfc3339(time: Time) -> String {
    // Every `Time` lies in the years 1970 to 9999.
    let seconds = i64::try_from(time.seconds()).unwrap_or_default();
    jiff::Timestamp::from_second(seconds).map(|timestamp| timestamp.to_string()).unwrap_or_default()
}
