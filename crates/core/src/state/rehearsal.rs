//! What statements would come to, were they logged now: for a signer, before a number of its chain is used.

use super::{At, CheckNow, Judge, LogState, Outcome, Stop, Store, in_sequence};
use crate::attestation::Attestation;
use crate::field::Time;

/// A log's state that takes attestations **whose signatures are not made yet**: every rule but those of signature and
/// chain link (2, 11). It is evidence of nothing, and so never becomes a [`LogState`] again.
#[derive(Clone, Debug)]
pub struct Rehearsal<S> {
    judge: Judge<S>,
    next: u64,
}

impl<S: Store> LogState<S> {
    /// Goes on without signatures, from here.
    pub fn rehearse(self) -> Rehearsal<S> {
        Rehearsal { next: self.chain.size(), judge: self.judge }
    }
}

impl<S: Store> Rehearsal<S> {
    /// What this would come to, logged next and at this time. What would be rejected changes nothing.
    pub fn say(&mut self, logged_at: Time, attestation: &Attestation<'_>) -> Outcome {
        let at = At { index: self.next, logged_at };
        match self.hear(at, attestation) {
            Ok(()) => Outcome::Applied,
            Err(stop) => stop.into(),
        }
    }

    fn hear(&mut self, at: At, attestation: &Attestation<'_>) -> Result<(), Stop> {
        let (signer, epoch) = self.judge.speaker(attestation.body())?;
        in_sequence(attestation.body(), &epoch)?;
        self.next = self.next.saturating_add(1);
        self.judge.store.advance(at, signer, attestation.id());
        self.judge.store.passed(at);
        self.judge.judge_statement(at, signer, attestation, CheckNow)?;
        self.judge.store.record(at, Some(signer), attestation)?;
        Ok(())
    }
}
