//! The report of a round, ready to be written: the same prefix, time and arguments give the same bytes (spec §8, §12.1).

use ikrar_core::field::Time;
use ikrar_core::rule::Rule;
use ikrar_core::statement::{Count, Coverage};
use serde::Serialize;

use crate::census::UnitIx;
use crate::held::{Held, HeldOutcome};
use crate::history::{History, RoundIx};
use crate::status::{Content, Flag, RoundStatus, Standing, Status, Summary, Timing, UnitStatus, evaluate_under};
use crate::store::Head;
use crate::trust::TrustRoot;
use crate::verify::b64;

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

/// Counts of a category.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct CountOut {
    required: u32,
    signed: u32,
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
        let RoundStatus { summary, summary_at_due, units, .. } = status;
        let is_listed = |unit: &UnitOut| scope.only.is_empty() || scope.only.contains(&unit.status);
        let (units, unlisted) = units.iter().map(|unit| unit_out(history, unit)).partition(is_listed);
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
            unlisted,
        }
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

    /// Writes one line a unit, with a header; fields as in the JSON, lists joined by spaces.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_csv(&self, out: impl std::io::Write, delimiter: u8) -> Result<(), csv::Error> {
        let mut csv = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
        csv.write_record(CSV_COLUMNS)?;
        for unit in &self.units {
            csv.write_record(self.csv_row(unit).map(|field| inert(&field)))?;
        }
        csv.flush()?;
        Ok(())
    }

    fn csv_row(&self, unit: &UnitOut) -> [String; CSV_COLUMNS.len()] {
        let [pns, pppk, ppnpn, combined] = match unit.coverage {
            Some(CoverageOut::ByCategory { pns, pppk, ppnpn }) => [Some(pns), Some(pppk), Some(ppnpn), None],
            Some(CoverageOut::Combined { combined }) => [None, None, None, Some(combined)],
            None => [None; 4],
        };
        let required = |count: Option<CountOut>| count.map(|count| count.required.to_string()).unwrap_or_default();
        let signed = |count: Option<CountOut>| count.map(|count| count.signed.to_string()).unwrap_or_default();
        let flags: Vec<_> = unit.flags.iter().map(|flag| flag.name()).collect();
        let commitments: Vec<_> = unit.commitments.iter().map(u8::to_string).collect();
        [
            self.round.clone(),
            unit.unit.clone(),
            unit.name.clone(),
            unit.parent.clone().unwrap_or_default(),
            unit.kind.clone(),
            unit.status.to_string(),
            unit.content.to_string(),
            unit.timing.map(|timing| timing.to_string()).unwrap_or_default(),
            flags.join(" "),
            unit.at_due.status.to_string(),
            unit.entry.map(|entry| entry.to_string()).unwrap_or_default(),
            unit.logged_at.clone().unwrap_or_default(),
            unit.made_at.clone().unwrap_or_default(),
            required(pns),
            signed(pns),
            required(pppk),
            signed(pppk),
            required(ppnpn),
            signed(ppnpn),
            required(combined),
            signed(combined),
            commitments.join(" "),
            self.registry.synthetic.to_string(),
            self.tree_size.to_string(),
            self.at.clone(),
        ]
    }
}

/// The columns of the report as CSV.
pub const CSV_COLUMNS: [&str; 25] = [
    "round",
    "unit",
    "name",
    "parent",
    "kind",
    "status",
    "content",
    "timing",
    "flags",
    "at_due",
    "entry",
    "logged_at",
    "made_at",
    "pns_required",
    "pns_signed",
    "pppk_required",
    "pppk_signed",
    "ppnpn_required",
    "ppnpn_signed",
    "combined_required",
    "combined_signed",
    "commitments",
    "synthetic",
    "tree_size",
    "at",
];

/// A field that a spreadsheet would run as a formula gets an apostrophe before it.
fn inert(field: &str) -> String {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{field}") } else { field.to_owned() }
}

/// A unit as it is written.
pub fn unit_out(history: &History, unit: &UnitStatus) -> UnitOut {
    let record = history.record(unit.unit);
    let post = history.census().post(unit.unit);
    let first = unit.first;
    let accepted = unit.pledge.map_or(0, |pledge| pledge.accepted);
    UnitOut {
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
        coverage: unit.pledge.map(|pledge| pledge.coverage.into()),
        commitments: (1..=32).filter(|number| accepted >> (number - 1) & 1 == 1).collect(),
    }
}

/// RFC 3339 in UTC, to the second.
pub fn rfc3339(time: Time) -> String {
    // Every `Time` lies in the years 1970 to 9999.
    let seconds = i64::try_from(time.seconds()).unwrap_or_default();
    jiff::Timestamp::from_second(seconds).map(|timestamp| timestamp.to_string()).unwrap_or_default()
}
