//! Attestation: what a unit signs (spec §3.1).
//!
//! ```text
//! 0         1           2                                  len-64              len
//! ├─────────┼───────────┼──────────────────────────────────┼───────────────────┤
//! │ version │ algorithm │ unit epoch seq prev made_at stmt │ signature         │
//! │ 0x01    │ 0x01      │ postcard                         │ R ‖ s, 64 bytes   │
//! └─────────┴───────────┴──────────────────────────────────┴───────────────────┘
//!  ◀──────────────── body: id = SHA-256(label ‖ body) ────▶  over label ‖ id
//! ```

use serde::Serialize;

use crate::codec::{self, BufferTooSmall, DecodeError, Fields};
use crate::digest::{Id, attestation_id};
use crate::field::{Time, UnitId};
use crate::statement::Statement;

/// The format version that starts every body and every entry.
pub const FORMAT: u8 = 1;
/// Signature algorithm: Ed25519 under the rule of spec §6.
pub const ED25519: u8 = 1;
/// Bytes of an Ed25519 signature.
pub const SIGNATURE_LENGTH: usize = 64;
/// Most bytes of an attestation, signature included.
pub const ATTESTATION_MAX: usize = 4_096;
/// Most bytes of an attestation that publishes a text.
pub const TEXT_ATTESTATION_MAX: usize = 16_384;

/// What an attestation says, and its place in its unit's chain.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Body<'a> {
    /// The unit that signs.
    pub unit: UnitId<'a>,
    /// The key epoch: id of the attestation that installed the key; zeros in `Genesis`.
    pub epoch: Id,
    /// Place in the epoch, from 0.
    pub seq: u64,
    /// Id of the attestation before; at seq 0 the epoch.
    pub prev: Id,
    /// The signer's clock; 0 where it has none.
    pub made_at: Time,
    /// The statement.
    pub statement: Statement<'a>,
}

impl Body<'_> {
    /// Writes version, algorithm and fields; what is then signed and hashed to the id.
    ///
    /// # Errors
    /// [`BufferTooSmall`].
    pub fn encode<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b mut [u8], BufferTooSmall> {
        let (header, rest) = buffer.split_first_chunk_mut::<2>().ok_or(BufferTooSmall)?;
        *header = [FORMAT, ED25519];
        let length = codec::encode(self, rest)?.len() + 2;
        buffer.get_mut(..length).ok_or(BufferTooSmall)
    }
}

/// All of a body but its statement: the fields of [`Body`], in their order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct BodyHead<'a> {
    /// The unit that signs.
    pub unit: UnitId<'a>,
    /// The key epoch.
    pub epoch: Id,
    /// Place in the epoch, from 0.
    pub seq: u64,
    /// Id of the attestation before; at seq 0 the epoch.
    pub prev: Id,
    /// The signer's clock; 0 where it has none.
    pub made_at: Time,
}

impl<'a> BodyHead<'a> {
    /// Takes what stands before the statement from the fields of a body.
    fn take(fields: &mut Fields<'a>) -> Result<Self, DecodeError> {
        let unit = UnitId::new(fields.text()?).map_err(|_| DecodeError::Field)?;
        let epoch = Id(fields.array()?);
        let seq = fields.varint()?;
        let prev = Id(fields.array()?);
        let made_at = Time::new(fields.varint()?).map_err(|_| DecodeError::Field)?;
        Ok(Self { unit, epoch, seq, prev, made_at })
    }

    fn before(self, statement: Statement<'a>) -> Body<'a> {
        let Self { unit, epoch, seq, prev, made_at } = self;
        Body { unit, epoch, seq, prev, made_at, statement }
    }

    /// Writes the attestation that this and a statement will be, its signature still zeros: to be decoded and judged before
    /// it is signed. `statement` writes its own encoding where it is told to, and says how long it is. So a statement,
    /// which is large, is nowhere copied.
    ///
    /// # Errors
    /// [`BufferTooSmall`].
    #[inline(never)]
    pub fn unsigned<'b>(
        &self,
        statement: &dyn Fn(&mut [u8]) -> Option<usize>,
        buffer: &'b mut [u8],
    ) -> Result<&'b mut [u8], BufferTooSmall> {
        let (header, rest) = buffer.split_first_chunk_mut::<2>().ok_or(BufferTooSmall)?;
        *header = [FORMAT, ED25519];
        let head = codec::encode(self, rest)?.len();
        let length = statement(rest.get_mut(head..).unwrap_or_default()).ok_or(BufferTooSmall)?;
        let body = head.saturating_add(length).saturating_add(2);
        let bytes = buffer.get_mut(..body.saturating_add(SIGNATURE_LENGTH)).ok_or(BufferTooSmall)?;
        bytes.iter_mut().skip(body).for_each(|byte| *byte = 0);
        Ok(bytes)
    }
}

/// Most bytes of an attestation with this statement.
fn limit(statement: &Statement<'_>) -> usize {
    match statement {
        Statement::PublishText(_) => TEXT_ATTESTATION_MAX,
        _ => ATTESTATION_MAX,
    }
}

/// A decoded attestation. Its signature is *not* checked: that needs the key in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attestation<'a> {
    body: Body<'a>,
    body_bytes: &'a [u8],
    signature: &'a [u8; SIGNATURE_LENGTH],
    id: Id,
}

impl<'a> Attestation<'a> {
    /// Decodes an attestation that fills `bytes`.
    ///
    /// # Errors
    /// [`DecodeError`] for anything but the canonical encoding of a valid attestation within its limit.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        HashedAttestation::new(bytes)?.decode()
    }

    /// What it says.
    pub fn body(&self) -> &Body<'a> {
        &self.body
    }

    /// The exact bytes of the body.
    pub fn body_bytes(&self) -> &'a [u8] {
        self.body_bytes
    }

    /// The signature, over label ‖ id.
    pub fn signature(&self) -> &'a [u8; SIGNATURE_LENGTH] {
        self.signature
    }

    /// Its id.
    pub fn id(&self) -> Id {
        self.id
    }
}

/// An attestation's bytes with its id, not decoded: enough to check its signature, once the key is known.
#[derive(Clone, Copy, Debug)]
pub struct HashedAttestation<'a> {
    body_bytes: &'a [u8],
    signature: &'a [u8; SIGNATURE_LENGTH],
    id: Id,
}

impl<'a> HashedAttestation<'a> {
    /// Hashes the body, whatever it holds.
    ///
    /// # Errors
    /// [`DecodeError::Truncated`], [`DecodeError::TooLong`].
    pub fn new(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        if bytes.len() > TEXT_ATTESTATION_MAX {
            return Err(DecodeError::TooLong);
        }
        let (body_bytes, signature) = bytes.split_last_chunk::<SIGNATURE_LENGTH>().ok_or(DecodeError::Truncated)?;
        Ok(Self { body_bytes, signature, id: attestation_id(body_bytes) })
    }

    /// Its id, if it is one.
    pub fn id(&self) -> Id {
        self.id
    }

    /// The signature, over label ‖ id.
    pub fn signature(&self) -> &'a [u8; SIGNATURE_LENGTH] {
        self.signature
    }

    /// The unit and the epoch that it names, if it is one: what stands at their places.
    pub fn speaker(&self) -> Option<(&'a [u8], Id)> {
        let [FORMAT, ED25519, length, rest @ ..] = self.body_bytes else { return None };
        let (unit, rest) = rest.split_at_checked(usize::from(*length))?;
        Some((unit, Id(*rest.first_chunk()?)))
    }

    /// May its statement be one that installs a key? False only where decoding it would show that it is none.
    pub fn may_install_key(&self) -> bool {
        // `Genesis`, `Enroll`, `Rekey`.
        self.may_be(|tag| matches!(tag, 0 | 4 | 6))
    }

    /// May its statement be `OpenRound`? False only where decoding it would show that it is none.
    pub fn may_open_round(&self) -> bool {
        self.may_be(|tag| tag == 9)
    }

    /// May its statement be `OpenJournal`? False only where decoding it would show that it is none.
    pub fn may_open_journal(&self) -> bool {
        self.may_be(|tag| tag == 8)
    }

    /// May its statement's tag be one of these?
    fn may_be(&self, wanted: impl FnOnce(u8) -> bool) -> bool {
        // Behind unit and epoch: seq, prev, made_at, and the tag.
        let tag = self.speaker().and_then(|(unit, _)| {
            let rest = self.body_bytes.get(unit.len().saturating_add(3 + 32)..)?;
            let rest = skip_varint(rest)?.get(32..)?;
            skip_varint(rest)?.first()
        });
        tag.is_none_or(|tag| *tag >= 0x80 || wanted(*tag))
    }

    /// Decodes it.
    ///
    /// # Errors
    /// As [`Attestation::decode`].
    pub fn decode(&self) -> Result<Attestation<'a>, DecodeError> {
        let Self { body_bytes, signature, id } = *self;
        let (head, statement) = decode_head(body_bytes)?;
        // A statement is large: it is moved once.
        match codec::decode(statement) {
            Ok(statement) if body_bytes.len().saturating_add(SIGNATURE_LENGTH) <= limit(&statement) => {
                Ok(Attestation { body: head.before(statement), body_bytes, signature, id })
            }
            Ok(_) => Err(DecodeError::TooLong),
            Err(error) => Err(error),
        }
    }
}

/// What follows the varint at the start.
fn skip_varint(bytes: &[u8]) -> Option<&[u8]> {
    let last = bytes.iter().position(|byte| *byte < 0x80)?;
    bytes.get(last.saturating_add(1)..)
}

/// Decodes the bytes of a body, without its signature.
///
/// # Errors
/// As [`Attestation::decode`].
pub fn decode_body(bytes: &[u8]) -> Result<Body<'_>, DecodeError> {
    let (head, statement) = decode_head(bytes)?;
    Ok(head.before(codec::decode(statement)?))
}

/// All but the statement of a body, and the statement's encoding.
#[inline(never)]
fn decode_head(bytes: &[u8]) -> Result<(BodyHead<'_>, &[u8]), DecodeError> {
    if bytes.len() > TEXT_ATTESTATION_MAX - SIGNATURE_LENGTH {
        return Err(DecodeError::TooLong);
    }
    match bytes {
        [FORMAT, ED25519, fields @ ..] => {
            let mut fields = Fields(fields);
            Ok((BodyHead::take(&mut fields)?, fields.0))
        }
        [FORMAT, _, ..] => Err(DecodeError::Algorithm),
        [_, _, ..] => Err(DecodeError::Version),
        _ => Err(DecodeError::Truncated),
    }
}
