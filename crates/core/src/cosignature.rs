//! Timestamped Ed25519 cosignatures of checkpoints (C2SP tlog-cosignature v1.0.1, signature type 0x04).
//!
//! ```text
//! in the note     key id [0..4] ‖ timestamp, big-endian [4..12] ‖ Ed25519 signature [12..76]
//! signed message  "cosignature/v1\n" ‖ "time <timestamp>\n" ‖ the checkpoint's whole text
//! ```
//!
//! A cosignature says: at this time, the largest consistent tree that the witness had seen of this origin is this one.
//! The witness's name is not signed, so a witness's key serves nothing else.

use core::fmt::{self, Write as _};

use ed25519_dalek::Signature;
use heapless::{String, Vec};
use signature::Signer;
use thiserror::Error;

use crate::checkpoint::{MAX_TEXT, VerifiedCheckpoint};
use crate::digest::PublicKey;
use crate::note::{KeyKind, SignError, VerifierKey, write_signature};
use crate::signature::{SignatureError, sign, verify_parts};

/// Latest time that a cosignature may bear: 2⁶³ − 1 seconds.
pub const MAX_TIMESTAMP: u64 = u64::MAX >> 1;

/// The longest header: two lines, the time with 19 digits.
const MAX_HEADER: usize = 40;

/// The timestamp of a cosignature is past [`MAX_TIMESTAMP`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the cosignature's timestamp is out of range")]
pub struct TimestampError;

/// A cosignature as it stands in a note after the key id. Not verified by decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cosignature {
    timestamp: u64,
    signature: [u8; 64],
}

impl Cosignature {
    /// Decodes the 72 bytes that follow the key id.
    ///
    /// # Errors
    /// [`TimestampError`]; every other value is well-formed.
    pub fn from_bytes(bytes: &[u8; 72]) -> Result<Self, TimestampError> {
        let (timestamp, signature) = bytes.split_first_chunk().ok_or(TimestampError)?;
        let timestamp = u64::from_be_bytes(*timestamp);
        if timestamp > MAX_TIMESTAMP {
            return Err(TimestampError);
        }
        Ok(Self { timestamp, signature: signature.try_into().map_err(|_| TimestampError)? })
    }

    /// Encodes what follows the key id.
    pub fn to_bytes(&self) -> [u8; 72] {
        let mut bytes = [0; 72];
        let (timestamp, signature) = bytes.split_at_mut(8);
        timestamp.copy_from_slice(&self.timestamp.to_be_bytes());
        signature.copy_from_slice(&self.signature);
        bytes
    }

    /// When the witness signed: POSIX seconds by its own clock, at most [`MAX_TIMESTAMP`].
    pub const fn timestamp(&self) -> u64 {
        self.timestamp
    }

    /// Verifies it for a checkpoint's text, final newline included.
    ///
    /// # Errors
    /// The point of the signature rule that is broken.
    pub fn verify(&self, key: &PublicKey, text: &str) -> Result<(), SignatureError> {
        let header = header(self.timestamp).map_err(|_| SignatureError::Mismatch)?;
        verify_parts(key, &[header.as_bytes(), text.as_bytes()], &self.signature)
    }
}

/// Cosigns a checkpoint with a key of kind [`KeyKind::Cosignature`]: the witness's word that it is the largest
/// consistent tree seen so far. Checking that, and storing it first, is the caller's.
///
/// # Errors
/// A [`SignError`]; `Extension` where the checkpoint's text is more than its three lines.
pub fn cosign(
    checkpoint: &VerifiedCheckpoint<'_>,
    timestamp: u64,
    key: &VerifierKey<'_>,
    signer: &impl Signer<Signature>,
) -> Result<Cosignature, SignError> {
    if key.kind() != KeyKind::Cosignature {
        return Err(SignError::KeyKind);
    }
    if timestamp > MAX_TIMESTAMP {
        return Err(SignError::Timestamp);
    }
    if checkpoint.extensions().next().is_some() {
        return Err(SignError::Extension);
    }
    let text = checkpoint.note().text();
    let mut message = Vec::<u8, { MAX_HEADER + MAX_TEXT }>::new();
    message.extend_from_slice(header(timestamp)?.as_bytes()).map_err(|_| SignError::Text)?;
    message.extend_from_slice(text.as_bytes()).map_err(|_| SignError::Text)?;
    let signature = sign(signer, &message).map_err(SignError::Signer)?;
    let cosignature = Cosignature { timestamp, signature };
    cosignature.verify(key.key(), text).map_err(|_| SignError::WrongKey)?;
    Ok(cosignature)
}

/// Writes a cosignature's line, as it is appended to the checkpoint's note.
///
/// # Errors
/// Those of `out`.
pub fn write_cosignature(out: &mut impl fmt::Write, key: &VerifierKey<'_>, cosignature: &Cosignature) -> fmt::Result {
    write_signature(out, key, &cosignature.to_bytes())
}

fn header(timestamp: u64) -> Result<String<MAX_HEADER>, fmt::Error> {
    let mut header = String::new();
    write!(header, "cosignature/v1\ntime {timestamp}\n")?;
    Ok(header)
}
