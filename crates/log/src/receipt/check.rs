//! What a receipt proves, from nothing but the trust root (spec §7.6, §10.3, §11.4).

use ikrar_core::attestation::Attestation;
use ikrar_core::checkpoint::{Checkpoint, CheckpointError, VerifiedCheckpoint};
use ikrar_core::entry::Entry;
use ikrar_core::field::Time;
use ikrar_core::note::{KeyKind, Note, NoteError, VerifierKey};
use ikrar_core::policy::{Policy, PolicyError, Quorum};
use ikrar_core::rule::Rule;
use ikrar_core::state::Outcome;

use super::Receipt;
use crate::history::History;
use crate::path::{self, PathError};
use crate::proof_bundle::{Bundle, NotProven};
use crate::store::Head;
use crate::trust::TrustRoot;

/// Why a receipt proves nothing under a trust root.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CheckError {
    /// The checkpoint is none, of another log, or not signed by the log's key.
    #[error(transparent)]
    Checkpoint(CheckpointError),
    /// A cosignature by a witness of the pinned policy fails.
    #[error("the checkpoint's cosignatures: {0}")]
    Witness(NoteError),
    /// The pinned policy.
    #[error("the trust root's policy cannot be read: {0}")]
    Policy(PolicyError),
    /// An entry is not in the tree.
    #[error(transparent)]
    NotProven(#[from] NotProven),
    /// The path of trust does not hold.
    #[error("the path of trust does not hold: {0}")]
    Path(#[from] PathError),
    /// The entry itself is not on its path, or no attestation.
    #[error("entry {index} is not on the path of trust, or is no attestation")]
    NoEntry {
        /// Which.
        index: u64,
    },
    /// `Genesis` names another authority.
    #[error("Genesis was signed by another key than the trust root's authority")]
    WrongAuthority,
    /// `Genesis` names another origin.
    #[error("Genesis names another origin than the trust root")]
    OtherOrigin,
    /// The path gives the log another key for this size.
    #[error("RekeyLog gave the log another key for this size than the trust root pins; renew the trust root")]
    LogKeyChanged,
    /// The tree is empty: not even a Genesis binds it to the registry.
    #[error("the log is empty: not even a Genesis binds it to the registry")]
    Empty,
    /// The pinned key does not sign so small a tree.
    #[error("the pinned log key signs from size {since}, this checkpoint has {size}")]
    TooSmall {
        /// Size of the checkpoint.
        size: u64,
        /// From where the pinned key signs.
        since: u64,
    },
    /// An earlier key of the log signed it, and no quorum of witnesses vouches for when: whoever stole that key could
    /// have signed it.
    #[error(
        "an earlier key of the log signed size {size}, the pinned one signs from {since}, and the trust root's \
         witnesses did not cosign: a rotation is not excluded; ask for a new receipt"
    )]
    RotationNotExcluded {
        /// Size of the checkpoint.
        size: u64,
        /// From where the pinned key signs.
        since: u64,
    },
}

impl From<CheckpointError> for CheckError {
    fn from(error: CheckpointError) -> Self {
        Self::Checkpoint(error)
    }
}

/// What a receipt proves.
#[derive(Clone, Debug)]
pub struct Checked<'a> {
    /// Size and root of the tree under which it does.
    pub head: Head,
    /// Index of the entry.
    pub index: u64,
    /// When the operator says that it was logged.
    pub logged_at: Time,
    /// The attestation in the entry.
    pub attestation: Attestation<'a>,
    /// The rule by which the entry has no effect on this path; none where it applied.
    pub no_effect: Option<Rule>,
    /// What the path shows, up to its last entry.
    pub history: History,
    /// An earlier key of the log signed the checkpoint, and the pinned witnesses vouch for it.
    pub earlier_log_key: bool,
    /// Whether the trust root's policy asks for witnesses, and whether they met its quorum.
    pub witnessed: Option<bool>,
    /// The witnesses of that policy, with the time at which each cosigned.
    pub witnesses: Vec<(String, Option<u64>)>,
    /// Names on signature lines by keys that nobody here knows.
    pub unknown_signatures: Vec<String>,
}

/// Checks a receipt, of which `bundle` is the one that it holds. What success does **not** prove: that the entry had an
/// effect in the log, or that nothing in the log came between its path or after it: rekeys, disputes, retirement,
/// corrections.
///
/// # Errors
/// A [`CheckError`]: then it proves nothing under this trust root.
pub fn check<'a>(receipt: &'a Receipt, bundle: &Bundle<'a>, trust: &TrustRoot) -> Result<Checked<'a>, CheckError> {
    let note = Note::parse(receipt.checkpoint()).map_err(CheckpointError::Note)?;
    let claimed = Checkpoint::parse(note.text())?;
    let key = |public| {
        VerifierKey::new(&trust.origin, KeyKind::Ed25519, public)
            .map_err(|_| CheckError::from(CheckpointError::NotSigned))
    };
    let earlier_log_key = claimed.size < trust.log_since;
    if claimed.origin != trust.origin {
        return Err(CheckpointError::OtherOrigin.into());
    }
    if !earlier_log_key {
        VerifiedCheckpoint::open(receipt.checkpoint(), &key(trust.log_key)?)?;
    }
    bundle.verify(&claimed.root, claimed.size)?;
    let entries = bundle.items().iter().map(|item| (item.index, item.entry));
    let (history, reached) = path::follow_to(trust.registry, receipt.index(), entries)?;
    let no_entry = CheckError::NoEntry { index: receipt.index() };
    let no_effect = match reached.ok_or(no_entry.clone())? {
        Outcome::Applied => None,
        Outcome::NoEffect(rule) => Some(rule),
        Outcome::Rejected(_) | Outcome::NotCheckable => return Err(no_entry),
    };
    let registry = history.registry().ok_or(no_entry.clone())?;
    if registry.root_key != trust.authority {
        return Err(CheckError::WrongAuthority);
    }
    if registry.origin != trust.origin {
        return Err(CheckError::OtherOrigin);
    }
    let log_key = history.key_for_size(claimed.size).ok_or(no_entry.clone())?;
    if !earlier_log_key && log_key != trust.log_key {
        return Err(CheckError::LogKeyChanged);
    }
    let checkpoint = VerifiedCheckpoint::open(receipt.checkpoint(), &key(log_key)?)?;
    let Witnesses { witnessed, witnesses, unknown_signatures } = witnesses(&checkpoint, trust)?;
    if earlier_log_key && witnessed != Some(true) {
        return Err(CheckError::RotationNotExcluded { size: claimed.size, since: trust.log_since });
    }
    let item = bundle.items().iter().find(|item| item.index == receipt.index()).ok_or(no_entry.clone())?;
    let entry = Entry::decode(item.entry).map_err(|_| no_entry.clone())?;
    Ok(Checked {
        head: Head { size: claimed.size, root: claimed.root },
        index: item.index,
        logged_at: entry.logged_at,
        attestation: path::attestation(item.entry).ok_or(no_entry)?,
        no_effect,
        history,
        earlier_log_key,
        witnessed,
        witnesses,
        unknown_signatures,
    })
}

/// What a checkpoint's lines beside the log's own amount to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Witnesses {
    /// Whether the trust root's policy asks for witnesses, and whether they met its quorum.
    pub witnessed: Option<bool>,
    /// The witnesses of that policy, with the time at which each cosigned.
    pub witnesses: Vec<(String, Option<u64>)>,
    /// Names on signature lines by keys that nobody here knows.
    pub unknown_signatures: Vec<String>,
}

/// Holds a checkpoint's cosignatures against the trust root's policy (spec §10.3, 5 and 6).
///
/// # Errors
/// [`CheckError::Witness`] or [`CheckError::Policy`].
pub fn witnesses(checkpoint: &VerifiedCheckpoint<'_>, trust: &TrustRoot) -> Result<Witnesses, CheckError> {
    let policy = trust.policy.as_deref().map(Policy::parse).transpose();
    let policy = policy.map_err(CheckError::Policy)?;
    let is_known = |line: &ikrar_core::note::NoteSignature<'_>| {
        policy.as_ref().is_some_and(|policy| policy.witnesses().iter().any(|witness| line.is_by(&witness.key)))
    };
    let unknown = checkpoint.other_signatures().filter(|line| !is_known(line));
    let unknown_signatures = unknown.map(|line| line.name.to_owned()).collect();
    let Some(policy) = &policy else {
        return Ok(Witnesses { witnessed: None, witnesses: Vec::new(), unknown_signatures });
    };
    let cosigned = policy.cosigned(checkpoint.note()).map_err(CheckError::Witness)?;
    let witnessed = match policy.quorum(&cosigned) {
        Quorum::None => None,
        Quorum::Missing => Some(false),
        Quorum::Met { .. } => Some(true),
    };
    let stamps = policy.stamps(&cosigned).map(|(witness, time)| (witness.name.to_owned(), time));
    Ok(Witnesses { witnessed, witnesses: stamps.collect(), unknown_signatures })
}
