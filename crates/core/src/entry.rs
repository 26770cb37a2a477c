//! Entry: what the log records (spec §3.2). The same bytes are the leaf of the tree and the link of the chain.
//!
//! ```text
//! 0         1      2                                34            42          len
//! ├─────────┼──────┼────────────────────────────────┼─────────────┼───────────┤
//! │ version │ kind │ prev: leaf hash of entry before│ logged_at   │ payload   │
//! │ 0x01    │ 0, 1 │ zeros in entry 0               │ u64, BE     │           │
//! └─────────┴──────┴────────────────────────────────┴─────────────┴───────────┘
//! kind 0: an attestation's exact bytes
//! kind 1: an anchor: note length (u16, BE) ‖ note ‖ proof hashes, 32 bytes each
//! ```

mod read;

pub use read::{Content, HashedEntry, ReadEntry, Saying};

use crate::attestation::FORMAT;
use crate::codec::{BufferTooSmall, DecodeError};
use crate::digest::Hash;
use crate::field::{ProofBytes, Time};

/// Bytes before the payload.
pub const HEADER_LENGTH: usize = 42;
/// Most bytes of an anchor.
pub const ANCHOR_MAX: usize = 4_096;

const ATTESTATION: u8 = 0;
const ANCHOR: u8 = 1;

/// What an entry holds, not yet decoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Payload<'a> {
    /// The exact bytes of an attestation.
    Attestation(&'a [u8]),
    /// The bytes of an anchor.
    Anchor(&'a [u8]),
}

/// An entry of the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry<'a> {
    /// Leaf hash of the entry before; zeros in the first.
    pub prev: Hash,
    /// When the operator says that it logged this.
    pub logged_at: Time,
    /// What it holds.
    pub payload: Payload<'a>,
}

impl<'a> Entry<'a> {
    /// Decodes the header.
    ///
    /// # Errors
    /// [`DecodeError`] for a wrong version, kind or time, or a truncated header.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let (header, payload) = bytes.split_first_chunk::<HEADER_LENGTH>().ok_or(DecodeError::Truncated)?;
        let [version, kind, rest @ ..] = header;
        if *version != FORMAT {
            return Err(DecodeError::Version);
        }
        let (prev, time) = rest.split_first_chunk::<32>().ok_or(DecodeError::Truncated)?;
        let time = time.first_chunk::<8>().ok_or(DecodeError::Truncated)?;
        let payload = match *kind {
            ATTESTATION => Payload::Attestation(payload),
            ANCHOR => Payload::Anchor(payload),
            _ => return Err(DecodeError::UnknownTag),
        };
        let logged_at = Time::new(u64::from_be_bytes(*time)).map_err(|_| DecodeError::Field)?;
        Ok(Self { prev: Hash(*prev), logged_at, payload })
    }

    /// Writes the entry into `buffer`; the part that was written.
    ///
    /// # Errors
    /// [`BufferTooSmall`].
    pub fn encode<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b mut [u8], BufferTooSmall> {
        let (kind, payload) = match self.payload {
            Payload::Attestation(bytes) => (ATTESTATION, bytes),
            Payload::Anchor(bytes) => (ANCHOR, bytes),
        };
        let length = HEADER_LENGTH + payload.len();
        let out = buffer.get_mut(..length).ok_or(BufferTooSmall)?;
        let parts: [&[u8]; 4] = [&[FORMAT, kind], &self.prev.0, &self.logged_at.seconds().to_be_bytes(), payload];
        let mut rest = &mut *out;
        for part in parts {
            let (here, after) = rest.split_at_mut_checked(part.len()).ok_or(BufferTooSmall)?;
            here.copy_from_slice(part);
            rest = after;
        }
        Ok(out)
    }
}

/// A cosigned checkpoint of this log, and its consistency with the tree below this entry (spec §3.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Anchor<'a> {
    /// The checkpoint with its signature lines, a C2SP signed note.
    pub note: &'a [u8],
    /// Consistency proof from the checkpoint's size to this entry's index.
    pub proof: ProofBytes<'a>,
}

impl<'a> Anchor<'a> {
    /// Decodes an anchor that fills `bytes`.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn decode(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        if bytes.len() > ANCHOR_MAX {
            return Err(DecodeError::TooLong);
        }
        let (length, rest) = bytes.split_first_chunk::<2>().ok_or(DecodeError::Truncated)?;
        let (note, proof) =
            rest.split_at_checked(usize::from(u16::from_be_bytes(*length))).ok_or(DecodeError::Truncated)?;
        Ok(Self { note, proof: ProofBytes::new(proof).map_err(|_| DecodeError::Field)? })
    }

    /// Writes the anchor into `buffer`; the part that was written.
    ///
    /// # Errors
    /// [`BufferTooSmall`], also beyond [`ANCHOR_MAX`].
    pub fn encode<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b mut [u8], BufferTooSmall> {
        let proof = self.proof.as_bytes();
        let length = 2 + self.note.len() + proof.len();
        let note_length = u16::try_from(self.note.len()).map_err(|_| BufferTooSmall)?;
        let out = buffer.get_mut(..length).filter(|_| length <= ANCHOR_MAX).ok_or(BufferTooSmall)?;
        let (head, tail) = out.split_first_chunk_mut::<2>().ok_or(BufferTooSmall)?;
        *head = note_length.to_be_bytes();
        let (note, rest) = tail.split_at_mut_checked(self.note.len()).ok_or(BufferTooSmall)?;
        note.copy_from_slice(self.note);
        rest.copy_from_slice(proof);
        Ok(out)
    }
}
