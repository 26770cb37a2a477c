//! Which key an attestation is signed with, before the state machine says so.
//!
//! An epoch is named by the id of the attestation that installs its key, so the key follows from the bytes alone: if the
//! state machine finds that epoch in force, it is with this key. So signatures are checked ahead of the state machine, and
//! it never has to be set back.

use std::collections::HashMap;

use ikrar_core::attestation::HashedAttestation;
use ikrar_core::digest::{Id, PublicKey};
use ikrar_core::signature::DecodedKey;
use ikrar_core::statement::{RECOVERY, Statement};

use crate::batch::{Batch, KeyPlace};
use crate::by_start::ByStart;
use crate::history::{History, UnitRecord};

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
    units: HashMap<ByStart<Id>, Speaker>,
    recovery: HashMap<ByStart<Id>, Speaker>,
}

#[derive(Debug)]
struct Speaker {
    key: SpeakerKey,
    /// The last batch that it is in, and where.
    place: Option<(u64, KeyPlace)>,
}

#[derive(Debug)]
enum SpeakerKey {
    Decoded(DecodedKey),
    /// Of an epoch that was in force before: decoded when it first speaks.
    Known(PublicKey),
}

impl Speakers {
    /// The keys of the epochs in force.
    pub(crate) fn of(history: &History) -> Self {
        let mut speakers = Self::default();
        for (_, unit) in history.units() {
            speakers.know(unit);
        }
        speakers
    }

    /// Takes note of the key that this unit has in force, if any.
    pub(crate) fn know(&mut self, unit: &UnitRecord) {
        let Some(epoch) = unit.epoch else { return };
        let of_epochs = if &*unit.id == RECOVERY { &mut self.recovery } else { &mut self.units };
        of_epochs.entry(ByStart(epoch.id)).or_insert(Speaker { key: SpeakerKey::Known(epoch.key), place: None });
    }

    /// The key under which an attestation must be signed, if it is authentic, in the batch of this number. None is no
    /// verdict.
    pub(crate) fn place(
        &mut self,
        attestation: &HashedAttestation<'_>,
        number: u64,
        batch: &mut Batch,
    ) -> Option<KeyPlace> {
        let (unit, epoch) = attestation.speaker()?;
        let known = if unit == RECOVERY.as_bytes() { self.recovery.get_mut(&ByStart(epoch)) } else { None };
        let speaker = known.or_else(|| self.units.get_mut(&ByStart(epoch)))?;
        let place = match speaker.place {
            Some((at, place)) if at == number => place,
            _ => batch.key(speaker.key.decoded()?),
        };
        speaker.place = Some((number, place));
        Some(place)
    }

    /// From here on these keys may speak.
    pub(crate) fn install(&mut self, installation: &Installation) {
        let Installation { epoch, unit, recovery } = installation;
        let speaker = |named: &NamedKey| {
            Some((ByStart(*epoch), Speaker { key: SpeakerKey::Decoded(named.decoded?), place: None }))
        };
        self.units.extend(speaker(unit));
        self.recovery.extend(recovery.as_ref().and_then(speaker));
    }
}

impl SpeakerKey {
    fn decoded(&mut self) -> Option<&DecodedKey> {
        if let Self::Known(bytes) = self {
            *self = Self::Decoded(DecodedKey::new(bytes).ok()?);
        }
        match self {
            Self::Decoded(key) => Some(key),
            Self::Known(_) => None,
        }
    }
}
