//! The language on the line: one request, one answer (spec §14.2).
//!
//! ```text
//! message = version (0x01) ‖ number ‖ Request or Answer, canonical postcard (spec §4.1)
//! ```
//!
//! The host counts its requests; an answer carries the number of its request, or 0 where the device could not read one.
//! Bytes that the device can't keep in memory come in parts: a roster item by item, a receipt entry by entry.

use ikrar_core::codec::{self, BufferTooSmall, DecodeError};
use ikrar_core::digest::{DocumentHash, Hash, Id, PublicKey};
use ikrar_core::field::{Origin, ProofBytes, Time, UnitId};
use ikrar_journal::Mark;
use serde::{Deserialize, Serialize};

/// Version of the language.
pub const VERSION: u8 = 1;
/// Bytes of a message before the request or answer: version and number.
pub const HEAD: usize = 2;

/// What a host asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request<'a> {
    /// 0: who the device is.
    Identify,
    /// 1: where its journal and its unit stand.
    Head,
    /// 2: begin to replace the roster.
    Provision,
    /// 3: the next item of the new roster, as [`Item`](ikrar_journal::Item) encodes.
    Provide(&'a [u8]),
    /// 4: record the new roster, and sign its `OpenJournal`.
    Conclude {
        /// The log's checkpoint from which the roster was taken: a signed note.
        checkpoint: &'a [u8],
        /// Consistency from the checkpoint of the `OpenJournal` before; empty in the first.
        #[serde(borrow)]
        proof: ProofBytes<'a>,
        /// The host's time, which the signed statement claims.
        made_at: Time,
    },
    /// 5: sign a statement of the device's unit, encoded.
    Sign {
        /// The host's time, which the signed statement claims.
        made_at: Time,
        /// A pledge, briefing, monitoring, referral or correction.
        statement: &'a [u8],
    },
    /// 6: take an attestation of one of its units.
    Append(&'a [u8]),
    /// 7: record a checkpoint of the journal, and sign it.
    Checkpoint,
    /// 8: the host holds, durably, the checkpoint of this size and root and all entries below.
    Acknowledge {
        /// The checkpoint's size.
        size: u64,
        /// Its root hash.
        root: Hash,
    },
    /// 9: the entry at this index.
    Read(u64),
    /// 10: an item of the roster, as it stands now.
    Item(u16),
    /// 11: chain and tree before the first entry that is there.
    Base,
    /// 12: begin to check a receipt.
    Receipt {
        /// Its checkpoint, a signed note.
        checkpoint: &'a [u8],
        /// Index of the entry that it proves.
        index: u64,
    },
    /// 13: the next entry of its path of trust, by ascending index.
    Proven {
        /// Its index in the log.
        index: u64,
        /// Its bytes.
        entry: &'a [u8],
        /// Its inclusion proof under the receipt's checkpoint.
        #[serde(borrow)]
        proof: ProofBytes<'a>,
    },
    /// 14: that was all.
    Verdict,
}

/// What the device says.
#[expect(clippy::large_enum_variant, reason = "there is no heap, and never more than one")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer<'a> {
    /// 0: done; there is nothing to say.
    Done,
    /// 1: it did not do it, and nothing changed.
    Refused(Refusal),
    /// 2: who it is.
    Identity(Identity),
    /// 3: where it stands.
    #[serde(borrow)]
    Head(Head<'a>),
    /// 4: signed, and durable.
    Signed {
        /// Its index in the journal.
        index: u64,
        /// The device's verdict.
        mark: WireMark,
        /// The attestation.
        attestation: &'a [u8],
    },
    /// 5: taken, and durable.
    Taken {
        /// Its index in the journal.
        index: u64,
        /// The device's verdict.
        mark: WireMark,
    },
    /// 6: a checkpoint of the journal: a signed note.
    Checkpoint(&'a [u8]),
    /// 7: an entry.
    Entry {
        /// Its index.
        index: u64,
        /// The verdict under which it was taken.
        mark: WireMark,
        /// Its bytes.
        entry: &'a [u8],
    },
    /// 8: there is no such entry or item: it is past the end.
    End,
    /// 9: an item of the roster.
    Item(&'a [u8]),
    /// 10: chain and tree before the first entry that is there.
    Base {
        /// Number of entries before it.
        size: u64,
        /// Leaf hash of the last of them.
        head: Hash,
        /// Their compact range, largest subtree first, 32 bytes each.
        hashes: &'a [u8],
    },
    /// 11: the receipt is good.
    Proven {
        /// Who signed the entry.
        #[serde(borrow)]
        unit: UnitId<'a>,
        /// The attestation's id.
        id: Id,
        /// The checkpoint's size.
        size: u64,
    },
}

/// Who a device is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The key of its unit.
    pub unit_key: PublicKey,
    /// The key of its journal.
    pub journal_key: PublicKey,
    /// Most units of a roster.
    pub units: u16,
    /// Longest message, in bytes.
    pub message: u16,
    /// What mounting found, damage included.
    pub findings: u16,
    /// The journal is damaged, and only read from now on.
    pub damaged: bool,
}

/// How far a device is provisioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// 0: it has no roster.
    Fresh,
    /// 1: a roster is being provided.
    Provisioning,
    /// 2: the roster is recorded, its `OpenJournal` is not: provision again.
    NotOpened,
    /// 3: it signs and takes.
    Ready,
}

/// Where a device stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head<'a> {
    /// How far it is provisioned.
    pub stage: Stage,
    /// Number of entries of its journal.
    pub size: u64,
    /// Root hash of their tree.
    pub root: Hash,
    /// Index of the first that is there.
    pub first: u64,
    /// The last checkpoint that was acknowledged.
    pub acknowledged: Option<(u64, Hash)>,
    /// What the roster was taken from; none without one.
    #[serde(borrow)]
    pub roster: Option<RosterHead<'a>>,
    /// The checkpoint of the last `OpenJournal`: where the next one's consistency proof starts.
    pub opened: Option<(u64, Hash)>,
    /// Where the device's unit stands in its chain; none where its key is not in the roster.
    #[serde(borrow)]
    pub unit: Option<UnitHead<'a>>,
}

/// What a roster was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterHead<'a> {
    /// Id of the registry.
    pub registry: Id,
    /// The log's origin.
    #[serde(borrow)]
    pub origin: Origin<'a>,
    /// Size of the log's checkpoint.
    pub tree_size: u64,
    /// Its root hash.
    pub root: Hash,
    /// The roster hash.
    pub hash: DocumentHash,
    /// Number of items.
    pub items: u16,
}

/// Where a unit stands in its chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitHead<'a> {
    /// Its id.
    #[serde(borrow)]
    pub unit: UnitId<'a>,
    /// Its epoch in force.
    pub epoch: Id,
    /// The next number.
    pub next_seq: u64,
    /// The id of its last attestation; the epoch where there is none.
    pub prev: Id,
}

/// The device's verdict on an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WireMark {
    /// 0: it counts.
    Applied,
    /// 1: authentic, without effect.
    NoEffect,
    /// 2: authentic; a rule needs what the device does not keep.
    NotCheckable,
    /// 3: not even whether it is authentic is known: only hashed.
    Hashed,
}

impl From<Mark> for WireMark {
    fn from(mark: Mark) -> Self {
        match mark {
            Mark::Applied => Self::Applied,
            Mark::NoEffect => Self::NoEffect,
            Mark::NotCheckable => Self::NotCheckable,
            Mark::Hashed => Self::Hashed,
        }
    }
}

/// Why a device did not do what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// 0: the frame arrived damaged.
    Garbled,
    /// 1: the message is longer than the device takes.
    TooLong,
    /// 2: the message is of another version.
    Version,
    /// 3: not a request, or not the canonical encoding of one.
    Malformed,
    /// 4: no roster.
    Unprovisioned,
    /// 5: a roster is being provided: conclude, or begin again.
    Provisioning,
    /// 6: no roster is being provided.
    NotProvisioning,
    /// 7: the roster's `OpenJournal` is not recorded: provision again.
    NotOpened,
    /// 8: the roster's items.
    Roster(RosterFault),
    /// 9: the checkpoint is not a note of the roster's log, of its size and root, signed by its key.
    Checkpoint,
    /// 10: not an attestation, or not a statement that a unit signs on a device.
    Statement,
    /// 11: a rule of the state machine, by number.
    Rule(u8),
    /// 12: the device's key is not that of a unit in force in the roster.
    NoUnit,
    /// 13: the journal is full; acknowledge a checkpoint.
    Full,
    /// 14: longer than the journal's pages take.
    EntryTooLong,
    /// 15: the journal is damaged, and only read.
    Damaged,
    /// 16: the acknowledged checkpoint is not the last one.
    OtherCheckpoint,
    /// 17: the entry is damaged, or longer than a message.
    Absent,
    /// 18: the flash failed, or did not keep what was written: switch the device off and on.
    Flash,
    /// 19: the receipt: what it lacks or breaks.
    Receipt(ReceiptFault),
    /// 20: the device's own error: its journal and its roster do not go together.
    Inconsistent,
}

/// What is wrong with a roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RosterFault {
    /// 0: an item does not decode.
    Malformed,
    /// 1: more units, kinds, texts or rounds, or longer names, than the device keeps.
    TooLarge,
    /// 2: an item names what is not there, or is there twice.
    Reference,
    /// 3: of another registry, or not proven to be later.
    Older,
    /// 4: a unit whose numbers the device keeps is not in it.
    Missing,
    /// 5: a unit's epoch has another key than the device knows.
    OtherKey,
    /// 6: start and log are not the first items.
    Start,
    /// 7: the device's unit would be back in an epoch that it has left.
    Left,
}

/// What is wrong with a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReceiptFault {
    /// 0: no receipt was begun.
    NotBegun,
    /// 1: the checkpoint is of another log, or not signed by its key.
    Checkpoint,
    /// 2: an earlier key of the log would have signed it: a rotation is not excluded.
    Rotation,
    /// 3: an entry is not in the tree.
    Inclusion,
    /// 4: entries don't come by ascending index.
    Order,
    /// 5: an entry of the path is rejected, by a rule.
    Rejected(u8),
    /// 6: an entry of the path has no effect, by a rule.
    NoEffect(u8),
    /// 7: more units or keys than the device follows: not checkable here.
    TooLarge,
    /// 8: the log's key on the path is not the one that the device was provisioned with.
    LogKey,
    /// 9: nothing was shown that could be proven.
    Empty,
}

/// Reads a message: the number of a request or answer, and what it says.
///
/// # Errors
/// [`DecodeError`]; `Version` for one of another version.
pub fn decode<'a, T: Deserialize<'a> + Serialize>(message: &'a [u8]) -> Result<(u8, T), DecodeError> {
    match message {
        [VERSION, number, rest @ ..] => Ok((*number, codec::decode(rest)?)),
        [_, _, ..] => Err(DecodeError::Version),
        _ => Err(DecodeError::Truncated),
    }
}

/// Writes a message into `buffer`.
///
/// # Errors
/// [`BufferTooSmall`].
pub fn encode<'b, T: Serialize>(number: u8, value: &T, buffer: &'b mut [u8]) -> Result<&'b [u8], BufferTooSmall> {
    let (head, rest) = buffer.split_first_chunk_mut::<HEAD>().ok_or(BufferTooSmall)?;
    *head = [VERSION, number];
    let length = codec::encode(value, rest)?.len();
    Ok(buffer.get(..length.saturating_add(HEAD)).unwrap_or_default())
}
