//! The same rules in a device's journal, on what the device keeps (spec §7.7).

use super::{At, Judge, Outcome, Signatures as _, SignedBy, Stop, Store, in_sequence};
use crate::attestation::Attestation;
use crate::rule::Rule;
use crate::statement::Statement;

/// Whether an attestation's signature is there to be checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signature {
    /// Somebody made it, and this was found out of it.
    Made(SignedBy),
    /// The device is about to make it; its bytes mean nothing yet.
    ToBeMade,
}

/// What an attestation would come to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Weighed<U> {
    /// The outcome.
    pub outcome: Outcome,
    /// Who signed, where that is certain; the attestation then takes its place in that unit's chain.
    pub signer: Option<U>,
}

impl<S: Store + ?Sized> Judge<S> {
    /// Judges an attestation for a device's journal, and changes nothing.
    ///
    /// Chain links are left to the journal. An unknown unit or epoch, a number that is ahead, and a rule on time where
    /// `logged_at` is unknown are *not checkable*.
    pub fn weigh(&self, at: At, attestation: &Attestation<'_>, signature: Signature) -> Weighed<S::Unit> {
        if matches!(attestation.body().statement, Statement::Genesis(_)) {
            return Weighed { outcome: Outcome::Rejected(Rule::GenesisMisplaced), signer: None };
        }
        match self.signer(attestation, signature) {
            // What a device does not find may have come to the log after its roster.
            Err(Stop::Rule(Rule::UnknownUnit | Rule::NoKey | Rule::WrongEpoch | Rule::SkippedSeq)) => {
                Weighed { outcome: Outcome::NotCheckable, signer: None }
            }
            Err(stop) => Weighed { outcome: stop.into(), signer: None },
            Ok(signer) => {
                let judged = self.judge_statement(at, signer, attestation, SignedBy(None));
                Weighed { outcome: judged.map_or_else(Into::into, |()| Outcome::Applied), signer: Some(signer) }
            }
        }
    }

    #[inline(never)]
    fn signer(&self, attestation: &Attestation<'_>, signature: Signature) -> Result<S::Unit, Stop> {
        let (signer, epoch) = self.speaker(attestation.body())?;
        if let Signature::Made(signed_by) = signature
            && !signed_by.is_signed(attestation, &epoch.key)
        {
            return Err(Rule::BadSignature.into());
        }
        in_sequence(attestation.body(), &epoch)?;
        Ok(signer)
    }

    /// Takes what was weighed. The outcome may turn out *not checkable* where the store has no room.
    pub fn settle(&mut self, at: At, attestation: &Attestation<'_>, weighed: Weighed<S::Unit>) -> Outcome {
        let Some(signer) = weighed.signer else { return weighed.outcome };
        self.store.advance(at, signer, attestation.id());
        if weighed.outcome != Outcome::Applied {
            return weighed.outcome;
        }
        match self.store.record(at, Some(signer), attestation) {
            Ok(()) => Outcome::Applied,
            Err(_) => Outcome::NotCheckable,
        }
    }
}
