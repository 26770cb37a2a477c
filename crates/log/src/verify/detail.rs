//! What exactly a finding found, as values: machines read it in English, people in their language.

use std::borrow::Cow;
use std::io;

use ikrar_core::checkpoint::CheckpointError;
use ikrar_core::digest::Hash;
use ikrar_core::merkle::ProofError;
use ikrar_core::note::{KeyError, NoteError};
use ikrar_core::policy::PolicyError;
use ikrar_core::rule::Rule;

use super::{LogRule, b64};
use crate::store::{self, Fault};

/// The attestation that a finding is about.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{statement} of {unit}, seq {seq}")]
pub struct Signed {
    /// The name of its statement.
    pub statement: Cow<'static, str>,
    /// Its unit.
    pub unit: String,
    /// Its sequence number.
    pub seq: u64,
}

/// A store's error that ended a reading; what the medium reported is kept by its kind.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StoreFault {
    /// A file is missing.
    #[error("{path} is missing")]
    Missing {
        /// The file.
        path: String,
    },
    /// A file is not what its name says.
    #[error("{path} {fault}")]
    Malformed {
        /// The file.
        path: String,
        /// How.
        fault: Fault,
    },
    /// The medium failed to read a file.
    #[error("{path} cannot be read")]
    Unreadable {
        /// The file.
        path: String,
        /// What the medium reported.
        kind: io::ErrorKind,
    },
    /// The tiles do not hold together at this size.
    #[error("the tiles do not hold together")]
    Incoherent,
}

impl From<&store::Error> for StoreFault {
    fn from(error: &store::Error) -> Self {
        match error {
            store::Error::Missing { path } => Self::Missing { path: path.clone() },
            store::Error::Malformed { path, fault } => Self::Malformed { path: path.clone(), fault: *fault },
            store::Error::Unreadable { path, source } => Self::Unreadable { path: path.clone(), kind: source.kind() },
            // No other error comes from reading a log at its own size.
            _ => Self::Incoherent,
        }
    }
}

/// What exactly was found.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Detail {
    /// A rule of the state machine.
    #[error("{}{}", signed.as_ref().map(|signed| format!("{signed}: ")).unwrap_or_default(), rule.meaning())]
    Entry {
        /// The attestation, where it decodes.
        signed: Option<Signed>,
        /// The rule.
        rule: Rule,
    },
    /// The trust root's own log key is none.
    #[error(transparent)]
    PinnedKey(KeyError),
    /// The checkpoint does not decode, or does not verify.
    #[error(transparent)]
    Checkpoint(CheckpointError),
    /// A signature of a known key on it fails.
    #[error(transparent)]
    Note(NoteError),
    /// It is smaller than the size from which the pinned key signs.
    #[error("the pinned key signs from size {since}, this checkpoint has {size}")]
    BeforePin {
        /// The size from which the key signs.
        since: u64,
        /// The checkpoint's.
        size: u64,
    },
    /// A log without entries.
    #[error("the log is empty: not even a Genesis binds it to the registry")]
    Empty,
    /// The trust root's policy does not parse.
    #[error(transparent)]
    Policy(PolicyError),
    /// A line by a key that nobody here knows.
    #[error("a signature of {name}, whose key is not known here")]
    UnknownSigner {
        /// The name on the line.
        name: String,
    },
    /// Witnesses are missing.
    #[error("the witnesses of the trust root's policy have not cosigned")]
    NoQuorum,
    /// The entries could not all be read.
    #[error("{fault}; {entries} entries before it were read")]
    Broken {
        /// Where reading ended.
        fault: StoreFault,
        /// How many entries were read.
        entries: u64,
    },
    /// The entries have another root.
    #[error("the entries hash to {}, the checkpoint signs {}", b64(entries), b64(checkpoint))]
    OtherRoot {
        /// Root of the entries.
        entries: Hash,
        /// Root that the checkpoint signs.
        checkpoint: Hash,
    },
    /// A tile that does not decode.
    #[error("{path} {fault}")]
    TileMalformed {
        /// The file.
        path: String,
        /// How.
        fault: Fault,
    },
    /// A tile that the medium failed to read.
    #[error("{path}: {kind}")]
    TileUnreadable {
        /// The file.
        path: String,
        /// What the medium reported.
        kind: io::ErrorKind,
    },
    /// A tile that breaks a rule.
    #[error("{path}: {}", rule.meaning())]
    Tile {
        /// The file.
        path: String,
        /// The rule.
        rule: LogRule,
    },
    /// `RekeyLog` changed the log's key.
    #[error("RekeyLog gave the log another key for this size: pin it")]
    KeyChanged,
    /// `RekeyLog` changed the log's key, and the new one signed the checkpoint.
    #[error("RekeyLog in entry {entry} gave the log another key than the pinned one, and that key signed")]
    Rotated {
        /// Index of the `RekeyLog`.
        entry: u64,
    },
    /// A file given as an earlier checkpoint is none of this log.
    #[error("{file}: {fault}")]
    NoCheckpoint {
        /// The file, as it was named.
        file: String,
        /// What is wrong with it.
        fault: Box<Detail>,
    },
    /// `Genesis` has another signer.
    #[error("Genesis was signed by another key than the trust root's authority")]
    OtherAuthority,
    /// `Genesis` has another origin.
    #[error("Genesis names another origin than the trust root")]
    OtherOrigin,
    /// The log is smaller than it was.
    #[error("size {earlier} was signed before, the log is at {now}")]
    Shrunk {
        /// Size of the checkpoint kept.
        earlier: u64,
        /// Size of the log.
        now: u64,
    },
    /// No proof against the checkpoint kept could be made.
    #[error(transparent)]
    NoProof(StoreFault),
    /// The log's beginning is another than it was.
    #[error("the first {size} entries are not those that were signed before: {error}")]
    Rewritten {
        /// Size of the checkpoint kept.
        size: u64,
        /// What is wrong with the proof.
        error: ProofError,
    },
}
