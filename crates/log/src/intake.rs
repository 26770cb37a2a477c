//! Intake: the operator's gate, which is the auditor's state machine (spec §7.1).

use std::collections::HashSet;

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::Id;
use ikrar_core::entry::{Entry, HEADER_LENGTH, Payload};
use ikrar_core::field::Time;
use ikrar_core::rule::Rule;
use ikrar_core::state::{At, LogState, Outcome};

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
        let mut answers = Vec::with_capacity(attestations.len());
        for attestation in attestations {
            answers.push(self.take_one(attestation, store)?);
        }
        loop {
            let mut progress = false;
            for (attestation, answer) in attestations.iter().zip(&mut answers) {
                if matches!(answer, Taken::Refused { .. }) {
                    *answer = self.take_one(attestation, store)?;
                    progress |= !matches!(answer, Taken::Refused { .. });
                }
            }
            if !progress {
                return Ok(answers);
            }
        }
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

fn attestation_id(entry: &[u8]) -> Option<Id> {
    match Entry::decode(entry).ok()?.payload {
        Payload::Attestation(bytes) => Some(Attestation::decode(bytes).ok()?.id()),
        Payload::Anchor(_) => None,
    }
}
