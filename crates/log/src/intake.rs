//! Intake: the operator's gate, which is the auditor's state machine (spec §7.1).

use std::collections::HashSet;

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::Id;
use ikrar_core::entry::{Entry, HEADER_LENGTH, Payload};
use ikrar_core::field::Time;
use ikrar_core::rule::Rule;
use ikrar_core::state::{At, LogState, Outcome};
use ikrar_core::statement::Statement;

use crate::history::History;
use crate::medium::Medium;
use crate::store::{self, Store};

/// What became of an attestation at intake.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taken {
    /// It goes into the log at this index; a rule may keep it from having an effect.
    Logged {
        /// Index of its entry.
        index: u64,
        /// Its id.
        id: Id,
        /// Why it changes nothing.
        no_effect: Option<Rule>,
    },
    /// It is in the log already, or earlier in this batch.
    Duplicate {
        /// Its id.
        id: Id,
    },
    /// It does not enter the log.
    Refused {
        /// Its id, where it decodes.
        id: Option<Id>,
        /// The rule that it breaks.
        rule: Rule,
    },
}

/// A batch at the gate: the state grows with what is taken, and nothing is written here.
pub struct Intake {
    state: LogState<History>,
    logged_at: Time,
    entries: Vec<Vec<u8>>,
    batch: HashSet<Id>,
    logged: Option<HashSet<Id>>,
}

impl Intake {
    /// A gate to the log whose verified state this is; `logged_at` is the operator's clock.
    pub fn new(state: LogState<History>, logged_at: Time) -> Self {
        Self { state, logged_at, entries: Vec::new(), batch: HashSet::new(), logged: None }
    }

    /// The entries taken so far, in order.
    pub fn entries(&self) -> &[Vec<u8>] {
        &self.entries
    }

    /// The state with what was taken.
    pub fn state(&self) -> &LogState<History> {
        &self.state
    }

    /// Takes attestations; where one must wait for another of the batch, the order of files does not matter. Answers
    /// are in the order given.
    ///
    /// # Errors
    /// Those of reading `store`, which is asked only about attestations that are refused: they may be logged already.
    pub fn take<M: Medium>(&mut self, attestations: &[Vec<u8>], store: &Store<M>) -> Result<Vec<Taken>, store::Error> {
        let mut answers = vec![None; attestations.len()];
        // What answers to a round of the same batch would have no effect before it.
        let history = self.state.store();
        let is_new = |(opener, id): &(String, String)| history.round_by_name(&format!("{opener}/{id}")).is_err();
        let opened: HashSet<_> = attestations.iter().filter_map(|bytes| opens(bytes)).filter(is_new).collect();
        let waits = |bytes: &[u8]| !opened.is_empty() && answers_to(bytes).is_some_and(|round| opened.contains(&round));
        self.take_while_any(attestations, &mut answers, store, |bytes| !waits(bytes))?;
        self.take_while_any(attestations, &mut answers, store, |_| true)?;
        Ok(answers.into_iter().flatten().collect())
    }

    /// Takes those that are `eligible`, again and again, as long as another one goes in.
    fn take_while_any<M: Medium>(
        &mut self,
        attestations: &[Vec<u8>],
        answers: &mut [Option<Taken>],
        store: &Store<M>,
        eligible: impl Fn(&[u8]) -> bool,
    ) -> Result<(), store::Error> {
        let mut progress = true;
        while progress {
            progress = false;
            for (attestation, answer) in attestations.iter().zip(&mut *answers) {
                if matches!(answer, None | Some(Taken::Refused { .. })) && eligible(attestation) {
                    let taken = self.take_one(attestation, store)?;
                    progress |= !matches!(taken, Taken::Refused { .. });
                    *answer = Some(taken);
                }
            }
        }
        Ok(())
    }

    fn take_one<M: Medium>(&mut self, bytes: &[u8], store: &Store<M>) -> Result<Taken, store::Error> {
        let Ok(attestation) = Attestation::decode(bytes) else {
            return Ok(Taken::Refused { id: None, rule: Rule::AttestationMalformed });
        };
        let id = attestation.id();
        if self.batch.contains(&id) {
            return Ok(Taken::Duplicate { id });
        }
        let mut buffer = vec![0; HEADER_LENGTH + bytes.len()];
        let payload = Payload::Attestation(bytes);
        let Ok(entry) = self.state.chain().next_entry(self.logged_at, payload, &mut buffer) else {
            return Ok(Taken::Refused { id: Some(id), rule: Rule::EntryMalformed });
        };
        let verdict = self.state.admit(entry);
        let no_effect = match verdict.outcome {
            Outcome::Rejected(rule) => {
                let known = self.is_logged(id, store)?;
                return Ok(if known { Taken::Duplicate { id } } else { Taken::Refused { id: Some(id), rule } });
            }
            // A host keeps everything, so this does not come up; refusing is what is safe.
            Outcome::NotCheckable => return Ok(Taken::Refused { id: Some(id), rule: Rule::EntryMalformed }),
            Outcome::NoEffect(rule) => {
                let at = At { index: verdict.index, logged_at: self.logged_at };
                self.state.store_mut().remark(at, &attestation, rule);
                Some(rule)
            }
            Outcome::Applied => None,
        };
        self.entries.push(entry.to_vec());
        self.batch.insert(id);
        Ok(Taken::Logged { index: verdict.index, id, no_effect })
    }

    fn is_logged<M: Medium>(&mut self, id: Id, store: &Store<M>) -> Result<bool, store::Error> {
        if self.logged.is_none() {
            let size = self.state.chain().size().saturating_sub(u64::try_from(self.entries.len()).unwrap_or(u64::MAX));
            let mut ids = HashSet::new();
            for bundle in store.bundles(size) {
                let bundle = bundle?;
                ids.extend(bundle.entries().filter_map(|(_, entry)| attestation_id(entry)));
            }
            self.logged = Some(ids);
        }
        Ok(self.logged.as_ref().is_some_and(|ids| ids.contains(&id)))
    }
}

/// The round that an attestation opens, as opener and id.
fn opens(bytes: &[u8]) -> Option<(String, String)> {
    let attestation = Attestation::decode(bytes).ok()?;
    match &attestation.body().statement {
        Statement::OpenRound(round) => Some((attestation.body().unit.to_string(), round.id.to_string())),
        _ => None,
    }
}

/// The round that an attestation is about.
fn answers_to(bytes: &[u8]) -> Option<(String, String)> {
    let attestation = Attestation::decode(bytes).ok()?;
    let round = match &attestation.body().statement {
        Statement::Pledge(it) => it.round,
        Statement::Briefing(it) => it.round,
        Statement::Monitoring(it) => it.round,
        Statement::Referral(it) => it.round,
        _ => return None,
    };
    Some((round.opener.to_string(), round.id.to_string()))
}

fn attestation_id(entry: &[u8]) -> Option<Id> {
    match Entry::decode(entry).ok()?.payload {
        Payload::Attestation(bytes) => Some(Attestation::decode(bytes).ok()?.id()),
        Payload::Anchor(_) => None,
    }
}
