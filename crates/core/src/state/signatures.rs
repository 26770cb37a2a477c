//! Who applies the signature rule where the state machine asks for it (spec §6, §7.1).

use crate::attestation::Attestation;
use crate::digest::{PublicKey, signing_message};
use crate::signature::{check_key, verify};

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
