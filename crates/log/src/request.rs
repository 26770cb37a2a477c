//! Requests: what an operator hands to a unit without network, so that its tool shows what is authentic, or refuses.
//!
//! ```text
//! "ikrar request v1\n"
//! u8 length ‖ unit
//! u8 length ‖ opener ‖ u8 length ‖ round id      both empty: for no round
//! 0, or 1 ‖ epoch (32) ‖ next number (u64, BE) ‖ prev (32): the unit's chain as the log knows it
//! u16, BE, length ‖ checkpoint, a signed note
//! proof bundle to the end
//! ```
//!
//! Nothing in a request is believed but what its proofs show under a checkpoint that the trust root's log key signed.

use ikrar_core::digest::Id;
use ikrar_core::field::{Code, FieldError, UnitId};
use ikrar_core::note::MAX_NOTE;
use ikrar_core::statement::RoundRef;

use crate::kind::FileKind;
use crate::proof_bundle::{Bundle, BundleError};

/// The first line.
pub const MAGIC: &[u8] = b"ikrar request v1\n";
/// Most bytes of a request that is read.
pub const REQUEST_MAX: usize = 4 * 1024 * 1024;

/// Why bytes are no request, or none can be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RequestError {
    /// Another kind of file.
    #[error("this is {0}; expected a request, as `ikrar request` writes")]
    OtherKind(FileKind),
    /// Longer than any request.
    #[error("the request has {length} bytes; {REQUEST_MAX} is the limit")]
    TooLong {
        /// How long.
        length: usize,
    },
    /// It ends inside a field.
    #[error("the request ends inside `{field}`; copy the file again")]
    Truncated {
        /// The field.
        field: &'static str,
    },
    /// A field breaks its rule.
    #[error("`{field}` of the request: {error}; ask for a new request")]
    Field {
        /// The field.
        field: &'static str,
        /// The rule.
        error: FieldError,
    },
    /// Neither 0 nor 1 where it says whether the unit's chain follows.
    #[error("the request has {found} where 0 or 1 belongs; copy the file again")]
    Flag {
        /// What stands there.
        found: u8,
    },
    /// The proofs.
    #[error(transparent)]
    Bundle(#[from] BundleError),
}

/// A unit's chain as a log knows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LoggedHead {
    /// The key epoch in force.
    pub epoch: Id,
    /// The next number.
    pub next_seq: u64,
    /// Id of the last logged attestation; the epoch where there is none.
    pub prev: Id,
}

impl LoggedHead {
    /// Number and id of the last logged attestation of the epoch.
    pub fn last(&self) -> Option<(u64, Id)> {
        self.next_seq.checked_sub(1).map(|seq| (seq, self.prev))
    }
}

/// A request. Decoding proves nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request<'a> {
    /// The unit that is asked.
    pub unit: UnitId<'a>,
    /// The round to answer, if any.
    pub round: Option<RoundRef<'a>>,
    /// The unit's chain; none where it has no key in force.
    pub head: Option<LoggedHead>,
    /// The checkpoint under which the entries are proven, with its signature lines.
    pub checkpoint: &'a [u8],
    /// The path of trust, the round and its texts.
    pub bundle: Bundle<'a>,
}

impl<'a> Request<'a> {
    /// Reads a request that fills `bytes`.
    ///
    /// # Errors
    /// A [`RequestError`].
    pub fn decode(bytes: &'a [u8]) -> Result<Self, RequestError> {
        if bytes.len() > REQUEST_MAX {
            return Err(RequestError::TooLong { length: bytes.len() });
        }
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| RequestError::OtherKind(FileKind::of(bytes)))?;
        let (unit, rest) = short(rest, "unit")?;
        let (opener, rest) = short(rest, "opener")?;
        let (id, rest) = short(rest, "round")?;
        let unit = UnitId::new(unit).map_err(|error| RequestError::Field { field: "unit", error })?;
        let round = if opener.is_empty() && id.is_empty() {
            None
        } else {
            Some(RoundRef {
                opener: UnitId::new(opener).map_err(|error| RequestError::Field { field: "opener", error })?,
                id: Code::new(id).map_err(|error| RequestError::Field { field: "round", error })?,
            })
        };
        let (head, rest) = decode_head(rest)?;
        let truncated = RequestError::Truncated { field: "checkpoint" };
        let (length, rest) = rest.split_first_chunk::<2>().ok_or(truncated)?;
        let (checkpoint, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length))).ok_or(truncated)?;
        check_checkpoint(checkpoint)?;
        Ok(Self { unit, round, head, checkpoint, bundle: Bundle::decode(rest)? })
    }

    /// Its bytes.
    ///
    /// # Errors
    /// [`RequestError::Field`] for a checkpoint that no note can be; [`RequestError::TooLong`].
    pub fn encode(&self) -> Result<Vec<u8>, RequestError> {
        check_checkpoint(self.checkpoint)?;
        let mut out = MAGIC.to_vec();
        let (opener, id) = self.round.map_or(("", ""), |round| (round.opener.as_str(), round.id.as_str()));
        for text in [self.unit.as_str(), opener, id] {
            // Ids have at most 64 bytes.
            out.push(u8::try_from(text.len()).unwrap_or(u8::MAX));
            out.extend(text.as_bytes());
        }
        match self.head {
            None => out.push(0),
            Some(head) => {
                out.push(1);
                out.extend(head.epoch.0);
                out.extend(head.next_seq.to_be_bytes());
                out.extend(head.prev.0);
            }
        }
        // A note has at most 16 KiB.
        out.extend(u16::try_from(self.checkpoint.len()).unwrap_or(u16::MAX).to_be_bytes());
        out.extend(self.checkpoint);
        out.extend(self.bundle.encode());
        if out.len() > REQUEST_MAX { Err(RequestError::TooLong { length: out.len() }) } else { Ok(out) }
    }
}

fn short<'a>(bytes: &'a [u8], field: &'static str) -> Result<(&'a str, &'a [u8]), RequestError> {
    let truncated = RequestError::Truncated { field };
    let (&length, rest) = bytes.split_first().ok_or(truncated)?;
    let (text, rest) = rest.split_at_checked(usize::from(length)).ok_or(truncated)?;
    let text = std::str::from_utf8(text).map_err(|_| RequestError::Field { field, error: FieldError::Character })?;
    Ok((text, rest))
}

fn decode_head(bytes: &[u8]) -> Result<(Option<LoggedHead>, &[u8]), RequestError> {
    let truncated = RequestError::Truncated { field: "head" };
    match bytes.split_first().ok_or(truncated)? {
        (0, rest) => Ok((None, rest)),
        (1, rest) => {
            let (epoch, rest) = rest.split_first_chunk::<32>().ok_or(truncated)?;
            let (next_seq, rest) = rest.split_first_chunk::<8>().ok_or(truncated)?;
            let (prev, rest) = rest.split_first_chunk::<32>().ok_or(truncated)?;
            let head = LoggedHead { epoch: Id(*epoch), next_seq: u64::from_be_bytes(*next_seq), prev: Id(*prev) };
            if head.next_seq == 0 && head.prev != head.epoch {
                return Err(RequestError::Field { field: "head", error: FieldError::Range });
            }
            Ok((Some(head), rest))
        }
        (&found, _) => Err(RequestError::Flag { found }),
    }
}

fn check_checkpoint(note: &[u8]) -> Result<(), RequestError> {
    if (1..=MAX_NOTE).contains(&note.len()) {
        Ok(())
    } else {
        Err(RequestError::Field { field: "checkpoint", error: FieldError::Length })
    }
}

#[cfg(test)]
mod tests;
