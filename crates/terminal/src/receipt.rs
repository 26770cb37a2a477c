//! A receipt, entry by entry, against what the device was provisioned with (spec §11.4, §14.3).

use ikrar_core::attestation::Attestation;
use ikrar_core::checkpoint::{Checkpoint, VerifiedCheckpoint};
use ikrar_core::digest::{Hash, Id, leaf_hash};
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::field::{ProofBytes, UnitId};
use ikrar_core::merkle::verify_inclusion;
use ikrar_core::note::{KeyKind, Note, VerifierKey};
use ikrar_core::state::{Judge, Outcome};
use ikrar_core::statement::Statement;
use ikrar_journal::{DeviceStore, LogItem};

use crate::path::Path;
use crate::wire::ReceiptFault;

/// A receipt that is being shown.
pub(crate) struct Shown {
    root: Hash,
    /// Index of the entry to be proven.
    index: u64,
    /// The least index that may come next.
    next: u64,
    proven: Option<(u16, Id)>,
}

impl Shown {
    /// Takes the checkpoint: it must be by the log and the key that the device knows.
    pub(crate) fn begin(
        note: &[u8],
        index: u64,
        log: &LogItem<'_>,
        registry: Id,
        judge: &mut Judge<Path>,
    ) -> Result<Self, ReceiptFault> {
        let parsed = Note::parse(note).map_err(|_| ReceiptFault::Checkpoint)?;
        let claimed = Checkpoint::parse(parsed.text()).map_err(|_| ReceiptFault::Checkpoint)?;
        if claimed.origin == log.origin.as_str() && claimed.size < log.since {
            return Err(ReceiptFault::Rotation);
        }
        let key = VerifierKey::new(log.origin.as_str(), KeyKind::Ed25519, log.key);
        let key = key.map_err(|_| ReceiptFault::Checkpoint)?;
        let checkpoint = VerifiedCheckpoint::open(note, &key).map_err(|_| ReceiptFault::Checkpoint)?;
        judge.pin(registry);
        judge.store_mut().begin(checkpoint.size());
        Ok(Self { root: *checkpoint.root(), index, next: 0, proven: None })
    }

    /// Takes the next entry of the path.
    pub(crate) fn take(
        &mut self,
        judge: &mut Judge<Path>,
        log: &LogItem<'_>,
        (index, entry, proof): (u64, &[u8], ProofBytes<'_>),
    ) -> Result<(), ReceiptFault> {
        if index < self.next {
            return Err(ReceiptFault::Order);
        }
        self.next = index.checked_add(1).ok_or(ReceiptFault::Inclusion)?;
        verify_inclusion(&leaf_hash(entry), index, judge.store().size, proof.hashes(), &self.root)
            .map_err(|_| ReceiptFault::Inclusion)?;
        let rules: &mut Judge<DeviceStore> = judge;
        let outcome = rules.apply_proven(index, entry).outcome;
        match outcome {
            Outcome::Rejected(rule) => return Err(ReceiptFault::Rejected(rule.number())),
            Outcome::NoEffect(rule) if index != self.index => return Err(ReceiptFault::NoEffect(rule.number())),
            _ => {}
        }
        // Not authentic although not rejected: more than there is memory for.
        let (unit, id) = match judge.store().authentic {
            Some((at, unit, id)) if at == index => (unit, id),
            _ => return Err(ReceiptFault::TooLarge),
        };
        let structural = is_structural(entry, log)?;
        if structural && outcome == Outcome::NotCheckable {
            return Err(ReceiptFault::TooLarge);
        }
        if index == self.index {
            self.proven = Some((unit, id));
        }
        Ok(())
    }

    /// What was proven: by whom, and its id.
    pub(crate) fn verdict<'p>(self, path: &'p Path, log: &LogItem<'_>) -> Result<(UnitId<'p>, Id), ReceiptFault> {
        let (unit, id) = self.proven.ok_or(ReceiptFault::Empty)?;
        if path.log_key != Some(log.key) {
            return Err(ReceiptFault::LogKey);
        }
        Ok((path.name(unit).ok_or(ReceiptFault::Empty)?, id))
    }
}

/// Does the statement change who may sign what? Then it must have applied.
#[inline(never)]
fn is_structural(entry: &[u8], log: &LogItem<'_>) -> Result<bool, ReceiptFault> {
    match attestation(entry).ok_or(ReceiptFault::TooLarge)?.body().statement {
        Statement::Genesis(genesis) => {
            if genesis.origin == log.origin {
                Ok(true)
            } else {
                Err(ReceiptFault::Checkpoint)
            }
        }
        Statement::RekeyLog(_)
        | Statement::Enroll(_)
        | Statement::Amend(_)
        | Statement::Rekey(_)
        | Statement::Retire(_) => Ok(true),
        _ => Ok(false),
    }
}

fn attestation(entry: &[u8]) -> Option<Attestation<'_>> {
    match Entry::decode(entry).ok()?.payload {
        Payload::Attestation(bytes) => Attestation::decode(bytes).ok(),
        Payload::Anchor(_) => None,
    }
}
