//! Attestations at the gate, each hashed once, and what was found of its signature.

use std::sync::Mutex;

use ikrar_core::attestation::{Attestation, HashedAttestation};
use ikrar_core::digest::{Id, PublicKey};
use ikrar_core::statement::{RoundRef, Statement};

use crate::batch::{Batch, KeyPlace};
use crate::history::{History, UnitRecord};
use crate::verify::Effort;
use crate::verify::found::Found;
use crate::verify::pipeline::check;
use crate::verify::speakers::{Installation, Speakers};

/// Signatures of a batch for which another thread is not worth its while.
const SMALL: usize = 1_024;

/// An attestation that somebody hands in.
#[derive(Debug)]
pub(super) struct Offer<'a> {
    bytes: &'a [u8],
    /// None where it is too short or too long to be one.
    hashed: Option<HashedAttestation<'a>>,
    signed: Option<(Id, PublicKey, bool)>,
    installs: Option<Box<Installation>>,
    /// Decoded, where it is to be tried again.
    kept: Option<Box<Attestation<'a>>>,
}

impl<'a> Offer<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let hashed = HashedAttestation::new(bytes).ok();
        let installs = hashed.as_ref().and_then(Installation::of).map(Box::new);
        Self { bytes, hashed, signed: None, installs, kept: None }
    }

    pub(super) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Its id, if it is an attestation.
    pub(super) fn id(&self) -> Option<Id> {
        self.hashed.map(|hashed| hashed.id())
    }

    /// The attestation, as it was kept.
    pub(super) fn kept(&mut self) -> Option<Box<Attestation<'a>>> {
        self.kept.take()
    }

    /// The attestation; none where it is none.
    pub(super) fn decode(&self) -> Option<Attestation<'a>> {
        self.hashed?.decode().ok()
    }

    /// Keeps what was decoded for another try.
    pub(super) fn keep(&mut self, attestation: Box<Attestation<'a>>) {
        self.kept = Some(attestation);
    }

    /// What was found of its signature and its keys.
    pub(super) fn found(&self) -> Found<'_> {
        Found { signed: self.signed, installs: self.installs.as_deref() }
    }

    /// The round that it opens.
    pub(super) fn opens(&self) -> Option<RoundRef<'a>> {
        let attestation = self.hashed.filter(HashedAttestation::may_open_round)?.decode().ok()?;
        match &attestation.body().statement {
            Statement::OpenRound(round) => Some(RoundRef { opener: attestation.body().unit, id: round.id }),
            _ => None,
        }
    }
}

/// Hashes what is handed in and checks its signatures, as far as keys can be told: those in force, and those that any of
/// the attestations would install.
pub(super) fn offers<'a>(attestations: &'a [Vec<u8>], history: &History, effort: Effort) -> Vec<Offer<'a>> {
    let mut offers: Vec<Offer<'a>> = attestations.iter().map(|bytes| Offer::new(bytes)).collect();
    let mut speakers = Speakers::default();
    for offer in &offers {
        if let Some(record) = offer.hashed.as_ref().and_then(|it| in_force(history, it)) {
            speakers.know(record);
        }
        if let Some(installation) = &offer.installs {
            speakers.install(installation);
        }
    }
    let mut parts = Vec::new();
    for (number, part) in (0..).zip(offers.chunks_mut(size_of_part(attestations.len(), effort))) {
        let mut batch = Batch::with_capacity(part.len());
        let place = |offer: &Offer<'_>| speakers.place(offer.hashed.as_ref()?, number, &mut batch);
        let keys: Vec<Option<KeyPlace>> = part.iter().map(place).collect();
        parts.push((part, keys, batch));
    }
    let threads = effort.threads.get().min(parts.len());
    let parts = Mutex::new(parts);
    let work = || {
        while let Some((part, keys, batch)) = parts.lock().ok().and_then(|mut parts| parts.pop()) {
            let signed = check(part.iter().map(|offer| offer.hashed.as_ref()), &keys, batch);
            for (offer, signed) in part.iter_mut().zip(signed) {
                offer.signed = signed;
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            // Where the system gives no more threads, those that there are do all the work.
            let _ = std::thread::Builder::new().spawn_scoped(scope, work);
        }
        work();
    });
    offers
}

/// The unit that an attestation names, where the epoch that it names is in force.
fn in_force<'h>(history: &'h History, attestation: &HashedAttestation<'_>) -> Option<&'h UnitRecord> {
    let (unit, epoch) = attestation.speaker()?;
    let record = history.record(history.unit_by_id(std::str::from_utf8(unit).ok()?)?);
    record.epoch.is_some_and(|it| it.id == epoch).then_some(record)
}

/// Signatures in a batch: as few batches as may be, but enough for each thread where they are not small.
fn size_of_part(signatures: usize, effort: Effort) -> usize {
    let parts = signatures.div_ceil(effort.batch.get()).max(effort.threads.get().min(signatures / SMALL)).max(1);
    signatures.div_ceil(parts).max(1)
}
