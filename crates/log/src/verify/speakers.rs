//! Which key an attestation is signed with, before the state machine says so.
//!
//! An epoch is named by the id of the attestation that installs its key, so the key follows from the bytes alone: if the
//! state machine finds that epoch in force, it is with this key. So signatures are checked ahead of the state machine, and
//! it never has to be set back.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use ikrar_core::attestation::HashedAttestation;
use ikrar_core::digest::{Id, PublicKey};
use ikrar_core::signature::DecodedKey;
use ikrar_core::statement::{RECOVERY, Statement};

/// A key that an attestation would install, and what the rule says of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NamedKey {
    pub(crate) bytes: PublicKey,
    pub(crate) decoded: Option<DecodedKey>,
}

impl NamedKey {
    fn new(bytes: PublicKey) -> Self {
        Self { bytes, decoded: DecodedKey::new(&bytes).ok() }
    }
}

/// The keys that an attestation would install: for its unit, and for `recovery`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Installation {
    pub(crate) epoch: Id,
    pub(crate) unit: NamedKey,
    pub(crate) recovery: Option<NamedKey>,
}

impl Installation {
    /// `None` where it installs no key. What says nothing of keys is not decoded.
    pub(crate) fn of(attestation: &HashedAttestation<'_>) -> Option<Self> {
        if !attestation.may_install_key() {
            return None;
        }
        let decoded = attestation.decode().ok()?;
        let (unit, recovery) = match &decoded.body().statement {
            Statement::Genesis(genesis) => (genesis.root_key, genesis.recovery_key),
            Statement::Enroll(enroll) => (enroll.key?, None),
            Statement::Rekey(rekey) => (rekey.key?, None),
            _ => return None,
        };
        Some(Self { epoch: decoded.id(), unit: NamedKey::new(unit), recovery: recovery.map(NamedKey::new) })
    }
}

/// The key of every epoch that was named so far.
#[derive(Debug, Default)]
pub(crate) struct Speakers {
    units: HashMap<Epoch, DecodedKey>,
    recovery: HashMap<Epoch, DecodedKey>,
}

impl Speakers {
    /// The key under which an attestation must be signed, if it is authentic. None is no verdict.
    pub(crate) fn key(&self, attestation: &HashedAttestation<'_>) -> Option<&DecodedKey> {
        let (unit, epoch) = attestation.speaker()?;
        if unit == RECOVERY.as_bytes()
            && let Some(key) = self.recovery.get(&Epoch(epoch))
        {
            return Some(key);
        }
        self.units.get(&Epoch(epoch))
    }

    /// From here on these keys may speak.
    pub(crate) fn install(&mut self, installation: &Installation) {
        let Installation { epoch, unit, recovery } = installation;
        self.units.extend(unit.decoded.map(|key| (Epoch(*epoch), key)));
        self.recovery.extend(recovery.and_then(|key| key.decoded).map(|key| (Epoch(*epoch), key)));
    }
}

/// An id as a key of a map. Eight of its bytes go into the hash: nobody finds many ids that share them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Epoch(Id);

impl Hash for Epoch {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.as_bytes().first_chunk::<8>().map_or(0, |start| u64::from_le_bytes(*start)).hash(state);
    }
}
