//! What was found out of an entry's signature and keys before the state machine asks.

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::{Id, PublicKey};
use ikrar_core::state::{CheckNow, Signatures};

use super::speakers::{Installation, NamedKey};

/// The answers for one entry. Asked about any other key than those that were tried, it applies the rule.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Found<'a> {
    /// Id of the attestation, the key that it was tried under, and whether the signature holds.
    pub(crate) signed: Option<(Id, PublicKey, bool)>,
    /// The keys that it would install.
    pub(crate) installs: Option<&'a Installation>,
}

impl Signatures for Found<'_> {
    fn key_passes(self, key: &PublicKey) -> bool {
        let named = self.installs.into_iter().flat_map(|it| [Some(it.unit), it.recovery]).flatten();
        match named.into_iter().find(|named: &NamedKey| named.bytes == *key) {
            Some(named) => named.decoded.is_some(),
            None => CheckNow.key_passes(key),
        }
    }

    fn is_signed(self, attestation: &Attestation<'_>, key: &PublicKey) -> bool {
        match self.signed {
            // The signature itself is not compared: both are of the one entry that this is about.
            Some((id, tried, holds)) if id == attestation.id() && tried == *key => holds,
            _ => CheckNow.is_signed(attestation, key),
        }
    }
}
