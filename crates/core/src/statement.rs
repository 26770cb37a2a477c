//! What can be attested (spec §5). The order of variants and fields is the wire format.

mod authority;
mod decode;
mod unit;

use serde::{Deserialize, Serialize};

pub use authority::*;
pub use unit::*;

use crate::digest::{DocumentHash, Id, PublicKey};
use crate::field::{Origin, ProofBytes, Text};

/// The authority's unit id.
pub const ROOT: &str = "root";
/// The pseudo-unit whose key may only rekey the root.
pub const RECOVERY: &str = "recovery";

/// A statement: the part of an attestation that means something (spec §5, tags in this order from 0).
#[allow(clippy::large_enum_variant, reason = "there is no heap to put one in")]
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub enum Statement<'a> {
    /// 0: starts a registry.
    Genesis(Genesis<'a>),
    /// 1: a pledge text.
    PublishText(PledgeText<'a>),
    /// 2: the witness policy in force from here, in C2SP tlog-policy syntax.
    PublishPolicy(Text<'a>),
    /// 3: at index i, the log's key for checkpoints of size i + 1 and more.
    RekeyLog(PublicKey),
    /// 4: adds a unit to the roster.
    Enroll(Enroll<'a>),
    /// 5: renames or moves a unit.
    Amend(Amend<'a>),
    /// 6: ends a key epoch and may start another.
    Rekey(Rekey<'a>),
    /// 7: takes a unit off the roster.
    Retire(Retire<'a>),
    /// 8: opens or re-provisions a device's journal.
    OpenJournal(OpenJournal<'a>),
    /// 9: what is owed, by whom, by when.
    OpenRound(OpenRound<'a>),
    /// 10: a unit's pledge.
    Pledge(Pledge<'a>),
    /// 11: staff were told the rules.
    Briefing(Briefing<'a>),
    /// 12: what the unit saw; nil is a statement.
    Monitoring(Monitoring<'a>),
    /// 13: cases handed to the bodies that examine them.
    Referral(Referral<'a>),
    /// 14: supersedes or withdraws the unit's own earlier statement.
    Correction(Correction<'a>),
}

impl Statement<'_> {
    /// The name of the statement, as in the spec.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Genesis(_) => "Genesis",
            Self::PublishText(_) => "PublishText",
            Self::PublishPolicy(_) => "PublishPolicy",
            Self::RekeyLog(_) => "RekeyLog",
            Self::Enroll(_) => "Enroll",
            Self::Amend(_) => "Amend",
            Self::Rekey(_) => "Rekey",
            Self::Retire(_) => "Retire",
            Self::OpenJournal(_) => "OpenJournal",
            Self::OpenRound(_) => "OpenRound",
            Self::Pledge(_) => "Pledge",
            Self::Briefing(_) => "Briefing",
            Self::Monitoring(_) => "Monitoring",
            Self::Referral(_) => "Referral",
            Self::Correction(_) => "Correction",
        }
    }
}

/// May these bytes be the encoding of what a unit says of itself: pledge, briefing, monitoring, referral, correction? False
/// only where decoding them would show that they are not.
pub fn may_be_of_a_unit(encoding: &[u8]) -> bool {
    encoding.first().is_none_or(|tag| *tag >= 0x80 || matches!(tag, 10..=14))
}

/// `OpenJournal`: binds a device's journal to the registry and to the roster it was provisioned with (spec §5.8).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OpenJournal<'a> {
    /// Id of the registry.
    pub registry: Id,
    /// Size of the log's checkpoint that the roster was provisioned from.
    pub tree_size: u64,
    /// Its root hash.
    pub root: crate::digest::Hash,
    /// Hash of the provisioned roster.
    pub roster: DocumentHash,
    /// Origin of the journal.
    #[serde(borrow)]
    pub origin: Origin<'a>,
    /// The journal's own key.
    pub key: PublicKey,
    /// Consistency from the checkpoint named by the `OpenJournal` before; empty in the first.
    #[serde(borrow)]
    pub proof: ProofBytes<'a>,
}
