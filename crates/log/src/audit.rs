//! What somebody has verified of a log, kept in a folder of his own, so that the next time only what is new is read
//! (spec §9.5).
//!
//! ```text
//! state            what it is bound to, the checkpoint, and everything that the state machine knows after it
//! statements-N     statements of units, which only some questions need: never changed once written
//! checkpoint-N-R   checkpoints that contradict each other: evidence, never removed
//! lock             empty; held while somebody verifies
//! ```
//!
//! The statements are written first, the state last, each whole or not at all: whatever is cut off, the state in place
//! is the old or the new one, and all that it names is there.

mod bytes;

use std::io;

use data_encoding::HEXLOWER;
use ikrar_core::checkpoint::Checkpoint;
use ikrar_core::note::Note;
use ikrar_core::state::LogState;
use sha2::{Digest as _, Sha256};

use crate::history::{History, Room};
use crate::medium::Medium;
use crate::store::{CHECKPOINT_CAP, Head};
use crate::trust::TrustRoot;
use crate::verify::{Finding, Verification};

/// Whose state it is. They never share one: an operator reads again what others say he wrote, an auditor trusts nobody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose {
    /// Of somebody who verifies.
    Auditor,
    /// Of the operator, who starts from it to append.
    Operator,
}

impl Whose {
    /// The name of the folder for the state of a log.
    pub fn folder_name(self, trust: &TrustRoot) -> String {
        let digest = Sha256::digest(format!("{} {}", trust.origin, trust.registry));
        let prefix = match self {
            Self::Auditor => "audit",
            Self::Operator => "append",
        };
        format!("{prefix}-{}", HEXLOWER.encode(&digest))
    }
}

const STATE: &str = "state";
const LOCK: &str = "lock";
/// Files of statements after which all are written anew, into one.
const FILES: usize = 16;

/// What was verified of a log, up to a checkpoint.
#[derive(Debug)]
pub struct Verified {
    /// The checkpoint, as it was signed.
    pub checkpoint: Vec<u8>,
    /// What it vouches for.
    pub head: Head,
    /// The state after it; none where another version of the program, or under another trust root, verified it: then
    /// the log must still contain what the checkpoint vouches for, and all of it is read again.
    pub(crate) state: Option<LogState<History>>,
    /// What was found out of the entries.
    pub(crate) findings: Vec<Finding>,
    pub(crate) attestations: u64,
    pub(crate) anchors: u64,
    /// Files of statements in use.
    pub(crate) files: Vec<u64>,
}

impl Verified {
    /// Can a verification go on from here?
    pub fn is_usable(&self) -> bool {
        self.state.is_some()
    }
}

/// Why an audit state is not used, or not written.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// Another process is at it.
    #[error("another verification holds the audit state")]
    Locked,
    /// It is not what was written: remove its folder, and verify all of the log.
    #[error("{path} is damaged")]
    Damaged {
        /// The file.
        path: String,
    },
    /// It is of another log or registry.
    #[error("{path} is of {origin}, another log or registry")]
    Foreign {
        /// The file.
        path: String,
        /// The origin that it names.
        origin: String,
    },
    /// The medium failed to read a file.
    #[error("{path} cannot be read")]
    Unreadable {
        /// The file.
        path: String,
        /// What the medium reported.
        source: io::Error,
    },
    /// The medium failed to write a file.
    #[error("{path} cannot be written")]
    Unwritable {
        /// The file.
        path: String,
        /// What the medium reported.
        source: io::Error,
    },
}

/// A folder for the audit state of one log, locked.
#[derive(Debug)]
pub struct Audit<M: Medium> {
    medium: M,
    _lock: M::Lock,
}

impl<M: Medium + Clone + Send + Sync + 'static> Audit<M> {
    /// Takes the folder on this medium, which exists.
    ///
    /// # Errors
    /// [`AuditError::Locked`], [`AuditError::Unwritable`].
    pub fn open(medium: M) -> Result<Self, AuditError> {
        let lock = medium.lock(LOCK).map_err(|source| AuditError::Unwritable { path: LOCK.to_owned(), source })?;
        let lock = lock.ok_or(AuditError::Locked)?;
        Ok(Self { medium, _lock: lock })
    }

    /// What was verified of this trust root's log; `None` where nothing was.
    ///
    /// # Errors
    /// [`AuditError::Damaged`], [`AuditError::Foreign`], [`AuditError::Unreadable`].
    pub fn load(&self, trust: &TrustRoot) -> Result<Option<Verified>, AuditError> {
        let path = || STATE.to_owned();
        let bytes = match self.medium.read(STATE, usize::MAX - 1) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let _ = self.room(Vec::new())?.tidy();
                return Ok(None);
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
                return Err(AuditError::Damaged { path: path() });
            }
            Err(source) => return Err(AuditError::Unreadable { path: path(), source }),
        };
        let damaged = || AuditError::Damaged { path: path() };
        let (binding, rest) = bytes::open(&bytes).ok_or_else(damaged)?;
        if binding.origin != trust.origin || binding.registry != trust.registry {
            return Err(AuditError::Foreign { path: path(), origin: binding.origin });
        }
        let head = head_of(&binding.checkpoint).ok_or_else(damaged)?;
        // What an interrupted verification left.
        let _ = self.room(binding.files.clone())?.tidy();
        if !binding.is_usable(trust) {
            return Ok(Some(Verified {
                checkpoint: binding.checkpoint,
                head,
                state: None,
                findings: Vec::new(),
                attestations: 0,
                anchors: 0,
                files: Vec::new(),
            }));
        }
        let files = binding.files.clone();
        let room = self.room(files.clone())?;
        let known = bytes::read(rest, trust.registry, room.shelf()).ok_or_else(damaged)?;
        let chain = known.state.chain();
        if (Head { size: chain.size(), root: chain.root() }) != head {
            return Err(damaged());
        }
        let bytes::Known { state, findings, attestations, anchors } = known;
        let checkpoint = binding.checkpoint;
        Ok(Some(Verified { checkpoint, head, state: Some(state), findings, attestations, anchors, files }))
    }

    /// Keeps what was verified, which is complete, in place of what was kept before.
    ///
    /// # Errors
    /// [`AuditError::Unwritable`]; then what was kept before is still there.
    pub fn keep(&self, trust: &TrustRoot, verification: &mut Verification) -> Result<(), AuditError> {
        let room = verification.room.as_ref().filter(|room| room.lasts());
        let resumed = verification.resumed.as_ref().map(|resumed| resumed.files.clone());
        let here = room.map(|room| room.files().to_vec()).or(resumed);
        let anew = here.as_ref().is_none_or(|files| verification.resumed.is_some() && files.len() >= FILES);
        let files = here.unwrap_or_default();
        let unwritable = |path: &str| {
            let path = path.to_owned();
            |source| AuditError::Unwritable { path, source }
        };
        let mut room = self.room(files)?;
        if let Err(error) = room.take(verification.state.store_mut(), anew) {
            // Written anew, all of them are read first.
            let damaged = verification.history().failure().is_some();
            let damaged = damaged.then(|| AuditError::Damaged { path: "statements".to_owned() });
            return Err(damaged.unwrap_or_else(|| unwritable("statements")(error)));
        }
        let bytes = bytes::write(trust, room.files(), verification);
        let bytes = bytes.ok_or_else(|| unwritable(STATE)(io::ErrorKind::InvalidData.into()))?;
        let written = self.medium.write(STATE, &bytes).and_then(|()| self.medium.sync_dir(""));
        written.map_err(unwritable(STATE))?;
        // What is left lying is in nobody's way, and goes the next time.
        let _ = room.tidy();
        Ok(())
    }

    /// Keeps a checkpoint for good; the name of its file.
    ///
    /// # Errors
    /// [`AuditError::Unwritable`].
    pub fn keep_evidence(&self, checkpoint: &[u8]) -> Result<String, AuditError> {
        let (size, root) = head_of(checkpoint).map_or((0, String::new()), |head| (head.size, head.root.to_string()));
        let path = format!("checkpoint-{size}-{}", root.get(..16).unwrap_or_default());
        let unwritable = |source| AuditError::Unwritable { path: path.clone(), source };
        match self.medium.read(&path, CHECKPOINT_CAP) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let written = self.medium.write(&path, checkpoint).and_then(|()| self.medium.sync_dir(""));
                written.map_err(unwritable)?;
            }
            Err(error) => return Err(unwritable(error)),
        }
        Ok(path)
    }

    /// Room for the statements of a verification of the whole log, which is to be kept here.
    ///
    /// # Errors
    /// [`AuditError::Unreadable`].
    pub fn fresh_room(&self) -> Result<Room<M>, AuditError> {
        self.room(Vec::new())
    }

    fn room(&self, files: Vec<u64>) -> Result<Room<M>, AuditError> {
        Room::new(self.medium.clone(), files)
            .map_err(|source| AuditError::Unreadable { path: "statements".to_owned(), source })
    }
}

/// What a checkpoint says that was verified before it was kept.
fn head_of(checkpoint: &[u8]) -> Option<Head> {
    let note = Note::parse(checkpoint).ok()?;
    let checkpoint = Checkpoint::parse(note.text()).ok()?;
    Some(Head { size: checkpoint.size, root: checkpoint.root })
}
