//! The explanation for machines (spec §12, `ikrar.explain/1`).

use ikrar_core::field::Time;
use ikrar_core::rule::Rule;
use ikrar_core::state::Outcome;
use ikrar_log::history::History;
use ikrar_log::report::{CoverageOut, RegistryOut, TrustOut, UnitOut, rfc3339, unit_out};
use ikrar_log::status::{Content, Explained, Flag, OwingReason, Standing, Status, Step, Timing};
use ikrar_log::verify::b64;
use serde::Serialize;

use super::Piece;
use crate::commands::question::Grounded;
use crate::words::{self, StatementOut};

const SCHEMA: &str = "ikrar.explain/1";

#[derive(Serialize)]
pub(super) struct Explanation<'a> {
    schema: &'static str,
    pub(super) registry: RegistryOut,
    pub(super) trust: TrustOut,
    pub(super) origin: &'a str,
    tree_size: u64,
    root: String,
    round: &'a str,
    opener: String,
    title: &'a str,
    opens: String,
    due: String,
    at: String,
    unit: String,
    name: String,
    parent: Option<String>,
    kind: String,
    /// None where the unit does not owe.
    status: Option<Status>,
    content: Content,
    timing: Option<Timing>,
    flags: Vec<Flag>,
    at_due: Option<Standing>,
    entry: Option<u64>,
    logged_at: Option<String>,
    made_at: Option<String>,
    coverage: Option<CoverageOut>,
    commitments: Vec<u8>,
    owing: OwingOut<'a>,
    grounds: &'a [Step],
    grounds_at_due: &'a [Step],
    set_by: Vec<SetBy<'a>>,
    evidence: Vec<EvidenceOut<'a>>,
}

#[derive(Serialize)]
struct OwingOut<'a> {
    owes: bool,
    at_due: bool,
    reason: OwingReason,
    opening: u64,
    entries: &'a [u64],
}

#[derive(Serialize)]
struct SetBy<'a> {
    flag: Flag,
    entries: &'a [u64],
}

/// An entry of the evidence.
#[derive(Serialize)]
struct EvidenceOut<'a> {
    entry: u64,
    logged_at: Option<String>,
    made_at: Option<String>,
    signer: Option<&'a str>,
    statement: &'static str,
    outcome: &'static str,
    rule: Option<&'static str>,
    says: Option<Says<'a>>,
    in_force: Option<bool>,
    void_by: Option<u64>,
    superseded_by: Option<u64>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Says<'a> {
    Statement(Box<StatementOut<'a>>),
    Anchor { size: u64, time: String },
}

impl<'a> Explanation<'a> {
    pub(super) fn new(grounded: &'a Grounded, explained: &'a Explained, pieces: &'a [Piece<'a>]) -> Self {
        let history = grounded.history();
        let trust = &grounded.trust;
        let round = history.round_record(grounded.round);
        let owing = &explained.owing;
        let UnitOut {
            unit,
            name,
            parent,
            kind,
            status,
            content,
            timing,
            flags,
            at_due,
            entry,
            logged_at,
            made_at,
            coverage,
            commitments,
            ..
        } = unit_out(history, &explained.row, round.due, grounded.at);
        Self {
            schema: SCHEMA,
            registry: RegistryOut::new(history, &trust.root),
            trust: trust.out(),
            origin: &trust.root.origin,
            tree_size: grounded.head.size,
            root: b64(&grounded.head.root),
            round: &round.id,
            opener: history.record(round.opener).id.to_string(),
            title: &round.title,
            opens: rfc3339(round.opens),
            due: rfc3339(round.due),
            at: rfc3339(grounded.at),
            unit,
            name,
            parent,
            kind,
            status: owing.owes.then_some(status),
            content,
            timing,
            flags,
            at_due: (owing.owes || explained.owes_at_due).then_some(at_due),
            entry,
            logged_at,
            made_at,
            coverage,
            commitments,
            owing: OwingOut {
                owes: owing.owes,
                at_due: explained.owes_at_due,
                reason: owing.reason,
                opening: explained.opening,
                entries: &owing.entries,
            },
            grounds: &explained.now,
            grounds_at_due: &explained.at_due,
            set_by: explained.flags.iter().map(|(flag, entries)| SetBy { flag: *flag, entries }).collect(),
            evidence: pieces.iter().map(|piece| EvidenceOut::new(piece, history)).collect(),
        }
    }

    pub(super) fn to_json(&self) -> String {
        // Strings, numbers and lists: nothing here can fail to be JSON.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }
}

impl<'a> EvidenceOut<'a> {
    fn new(piece: &'a Piece<'a>, history: &History) -> Self {
        let exhibit = piece.exhibit;
        let body = piece.attestation.as_ref().map(|attestation| attestation.body());
        let known = |time: Time| Some(time).filter(|time| *time != Time::UNKNOWN).map(rfc3339);
        let anchor = || history.anchors().iter().find(|anchor| anchor.at.index == exhibit.index);
        let says = match body {
            Some(body) => Some(Says::Statement(Box::new(words::json(&body.statement)))),
            None => anchor().map(|anchor| Says::Anchor { size: anchor.size, time: rfc3339(anchor.time) }),
        };
        let (outcome, rule) = outcome(exhibit.outcome);
        Self {
            entry: exhibit.index,
            logged_at: piece.logged_at.and_then(known),
            made_at: body.and_then(|body| known(body.made_at)),
            signer: body.map(|body| body.unit.as_str()),
            statement: body.map_or("Anchor", |body| body.statement.name()),
            outcome,
            rule: rule.map(Rule::name),
            says,
            in_force: exhibit.standing.map(|standing| standing.in_force),
            void_by: exhibit.standing.and_then(|standing| standing.void_by),
            superseded_by: exhibit.standing.and_then(|standing| standing.superseded_by),
        }
    }
}

/// The name of an outcome in machine output, and the rule that gave it.
pub(super) fn outcome(outcome: Outcome) -> (&'static str, Option<Rule>) {
    match outcome {
        Outcome::Applied => ("applied", None),
        Outcome::NoEffect(rule) => ("no-effect", Some(rule)),
        Outcome::Rejected(rule) => ("rejected", Some(rule)),
        Outcome::NotCheckable => ("not-checkable", None),
    }
}
