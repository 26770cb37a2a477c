//! The entries that bear on how a unit stands in a round, from the log itself: also what had no effect, or was rejected.

use std::collections::{BTreeSet, HashMap};

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::Id;
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::rule::{Consequence, Rule};
use ikrar_core::state::Outcome;
use ikrar_core::statement::{Correction, Replacement, RoundRef, Statement};

use crate::census::UnitIx;
use crate::history::{History, RoundIx};
use crate::medium::Medium;
use crate::status::{Explained, Ground};
use crate::store::{self, Store};
use crate::verify::{Finding, FindingRule};

/// An entry that bears on a status.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exhibit {
    /// Its index.
    pub index: u64,
    /// Its exact bytes.
    pub bytes: Vec<u8>,
    /// What it came to.
    pub outcome: Outcome,
    /// How it stands, where it is a statement of the unit in the round that applied.
    pub standing: Option<ExhibitStanding>,
}

/// How a statement in the round stands (spec §7.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ExhibitStanding {
    /// Is it in force?
    pub in_force: bool,
    /// The rekey that made it void.
    pub void_by: Option<u64>,
    /// The correction that took its place, or withdrew it.
    pub superseded_by: Option<u64>,
}

/// What became of each entry that did not simply apply, from a verification's findings.
pub fn outcomes(findings: &[Finding]) -> HashMap<u64, Outcome> {
    let judged = findings.iter().filter_map(|finding| match (finding.entry, finding.rule) {
        (Some(entry), FindingRule::Entry(rule)) => Some((entry, outcome(rule)?)),
        _ => None,
    });
    judged.collect()
}

fn outcome(rule: Rule) -> Option<Outcome> {
    match rule.consequence() {
        Consequence::Rejected => Some(Outcome::Rejected(rule)),
        Consequence::NoEffect => Some(Outcome::NoEffect(rule)),
        Consequence::Remark => None,
    }
}

/// What is looked for in a log.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// What was learnt of the prefix that is asked about.
    pub history: &'a History,
    /// The round.
    pub round: RoundIx,
    /// The unit.
    pub unit: UnitIx,
}

/// The evidence among the entries of a verified log, in their order.
///
/// # Errors
/// Those of reading `store`.
pub fn exhibits<M: Medium>(
    store: &Store<M>,
    sizes: (u64, u64),
    findings: &[Finding],
    subject: Subject<'_>,
    explained: &Explained,
) -> Result<Vec<Exhibit>, store::Error> {
    let (tree_size, prefix) = sizes;
    let outcomes = outcomes(findings);
    let cited = subject.cited(explained);
    let mut exhibits = Vec::new();
    for bundle in store.bundles(tree_size) {
        for (index, bytes) in bundle?.entries().take_while(|(index, _)| *index < prefix) {
            if cited.contains(&index) || subject.is_named_in(bytes) {
                let outcome = outcomes.get(&index).copied().unwrap_or(Outcome::Applied);
                exhibits.push(Exhibit { index, bytes: bytes.to_vec(), outcome, standing: subject.standing(index) });
            }
        }
    }
    Ok(exhibits)
}

impl Subject<'_> {
    /// Every entry that the explanation names, the round's, and that of the text that stands.
    fn cited(&self, explained: &Explained) -> BTreeSet<u64> {
        let steps = explained.now.iter().chain(&explained.at_due);
        let cited = steps.filter(|step| step.ground != Ground::CommitmentsMissing).flat_map(|step| &step.entries);
        let flagged = explained.flags.iter().flat_map(|(_, entries)| entries);
        let mut all: BTreeSet<u64> = cited.chain(flagged).chain(&explained.owing.entries).copied().collect();
        all.insert(self.history.round_record(self.round).at.index);
        let text = explained.row.pledge.and_then(|pledge| self.history.text_record(&pledge.text));
        all.extend(text.map(|text| text.index));
        all
    }

    /// Is it by the unit and about the round, or about the unit's place and key?
    fn is_named_in(&self, entry: &[u8]) -> bool {
        let Ok(Entry { payload: Payload::Attestation(bytes), .. }) = Entry::decode(entry) else { return false };
        let Ok(attestation) = Attestation::decode(bytes) else { return false };
        let id = self.history.record(self.unit).id.as_ref();
        let said = attestation.body().unit.as_str() == id;
        match &attestation.body().statement {
            Statement::Enroll(it) => it.unit.as_str() == id,
            Statement::Amend(it) => it.unit.as_str() == id,
            Statement::Rekey(it) => it.unit.as_str() == id,
            Statement::Retire(it) => it.unit.as_str() == id,
            Statement::Pledge(it) => said && self.is_round(it.round),
            Statement::Briefing(it) => said && self.is_round(it.round),
            Statement::Monitoring(it) => said && self.is_round(it.round),
            Statement::Referral(it) => said && self.is_round(it.round),
            Statement::Correction(it) => said && self.is_corrected_by(it),
            _ => false,
        }
    }

    fn is_round(&self, round: RoundRef<'_>) -> bool {
        let record = self.history.round_record(self.round);
        record.id == round.id.as_str() && self.history.record(record.opener).id.as_ref() == round.opener.as_str()
    }

    /// By its target's round; where the target is none of the unit's, by its replacement's.
    fn is_corrected_by(&self, correction: &Correction<'_>) -> bool {
        if let Some(round) = self.round_of(correction.target) {
            return round == self.round;
        }
        correction.replacement.as_ref().is_some_and(|replacement| {
            self.is_round(match replacement {
                Replacement::Pledge(it) => it.round,
                Replacement::Briefing(it) => it.round,
                Replacement::Monitoring(it) => it.round,
                Replacement::Referral(it) => it.round,
            })
        })
    }

    fn round_of(&self, statement: Id) -> Option<RoundIx> {
        let mut own = self.history.record(self.unit).statements.iter();
        own.find(|own| own.id == statement).map(|own| own.round)
    }

    fn standing(&self, index: u64) -> Option<ExhibitStanding> {
        let record = self.history.record(self.unit);
        let it = record.statements.iter().find(|it| it.at.index == index && it.round == self.round)?;
        let void_by = record.disputes_of(it.epoch, it.seq).next().map(|at| at.index);
        let mut later = record.undisputed(self.round, it.duty, |_| true);
        let superseded_by = later.find(|later| later.target() == Some(it.id)).map(|later| later.at.index);
        let in_force = void_by.is_none() && superseded_by.is_none() && !it.is_withdrawal();
        Some(ExhibitStanding { in_force, void_by, superseded_by })
    }
}
