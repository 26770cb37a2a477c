//! Signed copies that a unit holds, against a verified log: logged, still appendable, too late for their key, or refused
//! (spec §12.1).

use std::collections::{HashMap, HashSet};

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::{Id, PublicKey, signing_message};
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::field::Time;
use ikrar_core::rule::Rule;
use ikrar_core::signature;
use ikrar_core::state::{LogState, Outcome};
use ikrar_core::statement::{RECOVERY, ROOT, Statement};

use crate::evidence::outcomes;
use crate::history::History;
use crate::intake::{Intake, Taken};
use crate::medium::Medium;
use crate::store::{self, Store};
use crate::verify::Finding;

named!(
    /// What becomes of a copy.
    HeldOutcome {
        /// It is in the log.
        Logged "logged"
        /// The log would take it now, after those before it.
        Appendable "appendable"
        /// The same attestation stands before it among the copies.
        Duplicate "duplicate"
        /// The key that signed it ended before it arrived: no proof against the operator.
        EpochEnded "epoch-ended"
        /// The log would not take it.
        Refused "refused"
    }
);

/// A copy, judged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    /// Its id, where it decodes.
    pub id: Option<Id>,
    /// Who signed it, as it says.
    pub unit: Option<String>,
    /// What becomes of it.
    pub outcome: HeldOutcome,
    /// Where it was logged, what ended its epoch, or what stands in its place.
    pub entry: Option<u64>,
    /// Why it changes nothing, or is not taken.
    pub rule: Option<Rule>,
}

type Epoch = (String, Id);

/// What the log says of the copies' ids, epochs and places.
#[derive(Default)]
struct Traces {
    /// Where each copy was logged, and what came of it.
    logged: HashMap<Id, (u64, Option<Rule>)>,
    /// What stands at a place of an epoch.
    places: HashMap<(Epoch, u64), u64>,
    /// The key of an epoch.
    keys: HashMap<Epoch, PublicKey>,
    /// The epoch in force of a unit, so far.
    current: HashMap<String, Id>,
    /// What ended an epoch.
    ended: HashMap<Epoch, u64>,
}

/// Judges copies in their order, by the gate that the operator uses. `state` is that of the whole log.
///
/// # Errors
/// Those of reading `store`.
pub fn judge<M: Medium>(
    store: &Store<M>,
    findings: &[Finding],
    state: &LogState<History>,
    now: Time,
    copies: &[Vec<u8>],
) -> Result<Vec<Held>, store::Error> {
    let decoded: Vec<_> = copies.iter().map(|bytes| Attestation::decode(bytes).ok()).collect();
    let traces = Traces::read(store, state.chain().size(), findings, decoded.iter().flatten())?;
    let mut seen = HashSet::new();
    let mut new = Vec::new();
    let is_asked: Vec<bool> = copies
        .iter()
        .zip(&decoded)
        .map(|(bytes, copy)| {
            let is_logged = copy.as_ref().is_some_and(|copy| traces.logged.contains_key(&copy.id()));
            let is_asked = !is_logged && seen.insert(bytes);
            new.extend(is_asked.then(|| bytes.clone()));
            is_asked
        })
        .collect();
    let mut taken = Intake::new(state.clone(), now).take(&new, store)?.into_iter();
    let judged = decoded.iter().zip(is_asked).map(|(copy, is_asked)| {
        let taken = if is_asked { taken.next() } else { None };
        let Some(copy) = copy else {
            let outcome = if is_asked { HeldOutcome::Refused } else { HeldOutcome::Duplicate };
            return Held { id: None, unit: None, outcome, entry: None, rule: Some(Rule::AttestationMalformed) };
        };
        let (outcome, entry, rule) = match traces.logged.get(&copy.id()) {
            Some((index, rule)) => (HeldOutcome::Logged, Some(*index), *rule),
            None => traces.answer(copy, taken),
        };
        Held { id: Some(copy.id()), unit: Some(copy.body().unit.to_string()), outcome, entry, rule }
    });
    Ok(judged.collect())
}

impl Traces {
    fn read<'a, M: Medium>(
        store: &Store<M>,
        size: u64,
        findings: &[Finding],
        copies: impl Iterator<Item = &'a Attestation<'a>> + Clone,
    ) -> Result<Self, store::Error> {
        let ids: HashSet<Id> = copies.clone().map(Attestation::id).collect();
        let units: HashSet<String> = copies.map(|copy| copy.body().unit.to_string()).collect();
        let outcomes = outcomes(findings);
        let mut traces = Self::default();
        for bundle in store.bundles(size) {
            for (index, bytes) in bundle?.entries() {
                let Ok(Entry { payload: Payload::Attestation(bytes), .. }) = Entry::decode(bytes) else { continue };
                let Ok(attestation) = Attestation::decode(bytes) else { continue };
                let rule = match outcomes.get(&index) {
                    Some(Outcome::Rejected(_)) => continue,
                    Some(Outcome::NoEffect(rule)) => Some(*rule),
                    _ => None,
                };
                let (body, id) = (attestation.body(), attestation.id());
                if ids.contains(&id) {
                    traces.logged.insert(id, (index, rule));
                }
                if units.contains(body.unit.as_str()) {
                    traces.places.insert(((body.unit.to_string(), body.epoch), body.seq), index);
                }
                if rule.is_none() {
                    traces.follow(index, id, &body.statement, &units);
                }
            }
        }
        Ok(traces)
    }

    /// Epochs of the copies' units, as they start and end.
    fn follow(&mut self, index: u64, id: Id, statement: &Statement<'_>, units: &HashSet<String>) {
        let changes = match statement {
            Statement::Genesis(it) => vec![(ROOT, Some(it.root_key)), (RECOVERY, it.recovery_key)],
            Statement::Enroll(it) => vec![(it.unit.as_str(), it.key)],
            Statement::Rekey(it) => vec![(it.unit.as_str(), it.key)],
            Statement::Retire(it) => vec![(it.unit.as_str(), None)],
            _ => Vec::new(),
        };
        for (unit, key) in changes.into_iter().filter(|(unit, _)| units.contains(*unit)) {
            if let Some(before) = self.current.remove(unit) {
                self.ended.insert((unit.to_owned(), before), index);
            }
            if let Some(key) = key {
                self.current.insert(unit.to_owned(), id);
                self.keys.insert((unit.to_owned(), id), key);
            }
        }
    }

    fn answer(&self, copy: &Attestation<'_>, taken: Option<Taken>) -> (HeldOutcome, Option<u64>, Option<Rule>) {
        let rule = match taken {
            Some(Taken::Logged { no_effect, .. }) => return (HeldOutcome::Appendable, None, no_effect),
            Some(Taken::Duplicate { .. }) | None => return (HeldOutcome::Duplicate, None, None),
            Some(Taken::Refused { rule, .. }) => rule,
        };
        let body = copy.body();
        let epoch = (body.unit.to_string(), body.epoch);
        if matches!(rule, Rule::WrongEpoch | Rule::NoKey)
            && let (Some(end), Some(key)) = (self.ended.get(&epoch), self.keys.get(&epoch))
        {
            if signature::verify(key, &signing_message(&copy.id()), copy.signature()).is_err() {
                return (HeldOutcome::Refused, None, Some(Rule::BadSignature));
            }
            return match self.places.get(&(epoch, body.seq)) {
                Some(other) => (HeldOutcome::Refused, Some(*other), Some(Rule::StaleSeq)),
                None => (HeldOutcome::EpochEnded, Some(*end), Some(rule)),
            };
        }
        let other = (rule == Rule::StaleSeq).then(|| self.places.get(&(epoch, body.seq)).copied()).flatten();
        (HeldOutcome::Refused, other, Some(rule))
    }
}
