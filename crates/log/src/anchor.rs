//! Builds anchors: cosigned checkpoints that enter the log, and with them the witnesses' time (spec §3.3, §7.4).
//!
//! Nothing is signed here, and no cosignature is judged: whether they meet the quorum of the policy in force is for the
//! state machine to say when the entry is admitted.

use ikrar_core::checkpoint::{Checkpoint, CheckpointError};
use ikrar_core::entry::{ANCHOR_MAX, Anchor};
use ikrar_core::field::ProofBytes;
use ikrar_core::merkle::{ProofError, verify_consistency};
use ikrar_core::note::{Note, NoteError};
use thiserror::Error;

use crate::medium::Medium;
use crate::store::{self, Head, Store};

/// Why there is no anchor.
#[derive(Debug, Error)]
pub enum AnchorError {
    /// It is no note.
    #[error("the checkpoint with its cosignatures is no signed note: {0}; give the file that the log published")]
    Note(#[from] NoteError),
    /// The note holds no checkpoint.
    #[error("the note holds no checkpoint: {0}; give the file that the log published")]
    Checkpoint(#[from] CheckpointError),
    /// It is of a larger tree than the log.
    #[error("the checkpoint is of {size} entries and the log has {head}; it is of another log, or the log was cut")]
    Ahead {
        /// The checkpoint's size.
        size: u64,
        /// The log's.
        head: u64,
    },
    /// The log does not contain its tree.
    #[error("the log does not extend the tree of the checkpoint: {0}; it is of another log, or history was altered")]
    Inconsistent(#[from] ProofError),
    /// Too many cosignatures.
    #[error("the anchor would be longer than {ANCHOR_MAX} bytes; leave out cosignatures that the quorum does not need")]
    TooLong,
    /// What reading the log reports.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// The anchor that follows the entries of `head`: a published checkpoint, its cosignature lines, and the proof that the
/// tree of `head` extends it. It is the payload of the entry at index `head.size`.
///
/// # Errors
/// An [`AnchorError`]; a checkpoint that the log does not extend makes none.
pub fn anchor<M: Medium>(
    store: &Store<M>,
    head: Head,
    checkpoint: &[u8],
    cosignatures: &str,
) -> Result<Vec<u8>, AnchorError> {
    let note = [checkpoint, cosignatures.as_bytes()].concat();
    let Checkpoint { size, root, .. } = Checkpoint::parse(Note::parse(&note)?.text())?;
    if size > head.size {
        return Err(AnchorError::Ahead { size, head: head.size });
    }
    let proof = store.consistency_proof(size, head.size)?;
    verify_consistency(size, &root, head.size, &head.root, proof.iter().copied())?;
    let proof: Vec<u8> = proof.iter().flat_map(|hash| hash.0).collect();
    let proof = ProofBytes::new(&proof).map_err(|_| AnchorError::TooLong)?;
    let mut buffer = vec![0; ANCHOR_MAX];
    let bytes = Anchor { note: &note, proof }.encode(&mut buffer).map_err(|_| AnchorError::TooLong)?;
    Ok(bytes.to_vec())
}
