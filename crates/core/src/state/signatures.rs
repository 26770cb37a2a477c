//! Who applies the signature rule where the state machine asks for it (spec §6, §7.1).

use super::{Judge, Store};
use crate::attestation::{Attestation, HashedAttestation};
use crate::digest::{Id, PublicKey, signing_message};
use crate::field::UnitId;
use crate::signature::{check_key, verify};
use crate::statement::Statement;

/// Answers whether keys and signatures pass the one rule.
///
/// The state machine asks, for only it knows which key is in force. Whoever checks signatures in batches answers what a
/// batch found for the same key and signature, and applies the rule singly where none has.
pub trait Signatures: Copy {
    /// Does the key pass by itself?
    fn key_passes(self, key: &PublicKey) -> bool;
    /// Is the attestation signed by this key?
    fn is_signed(self, attestation: &Attestation<'_>, key: &PublicKey) -> bool;
}

/// Applies the rule there and then.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CheckNow;

impl Signatures for CheckNow {
    fn key_passes(self, key: &PublicKey) -> bool {
        check_key(key).is_ok()
    }

    fn is_signed(self, attestation: &Attestation<'_>, key: &PublicKey) -> bool {
        verify(key, &signing_message(&attestation.id()), attestation.signature()).is_ok()
    }
}

/// What was found out before the attestation was decoded: the key under which its signature verifies, if that is the one
/// that the rules will ask for. So the deepest of all stack frames is not below the largest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SignedBy(pub(super) Option<PublicKey>);

impl Signatures for SignedBy {
    fn key_passes(self, key: &PublicKey) -> bool {
        CheckNow.key_passes(key)
    }

    fn is_signed(self, _: &Attestation<'_>, key: &PublicKey) -> bool {
        self.0 == Some(*key)
    }
}

impl<S: Store + ?Sized> Judge<S> {
    /// Applies the rule to an attestation under the key in force for the unit and epoch that it names; a `Genesis` brings
    /// its own.
    #[inline(never)]
    pub fn signed_by(&self, attestation: &HashedAttestation<'_>) -> SignedBy {
        let verifies =
            |key: &PublicKey| verify(key, &signing_message(&attestation.id()), attestation.signature()).is_ok();
        SignedBy(self.named_key(attestation).filter(verifies))
    }

    #[inline(never)]
    fn named_key(&self, attestation: &HashedAttestation<'_>) -> Option<PublicKey> {
        let (unit, epoch) = attestation.speaker()?;
        if epoch == Id::ZERO {
            return root_key(attestation);
        }
        let unit = UnitId::new(core::str::from_utf8(unit).ok()?).ok()?;
        let unit = self.store.find(unit).ok()??;
        self.store.unit(unit).epoch.filter(|in_force| in_force.id == epoch).map(|in_force| in_force.key)
    }
}

#[inline(never)]
fn root_key(attestation: &HashedAttestation<'_>) -> Option<PublicKey> {
    match &attestation.decode() {
        Ok(attestation) => match &attestation.body().statement {
            Statement::Genesis(genesis) => Some(genesis.root_key),
            _ => None,
        },
        Err(_) => None,
    }
}
