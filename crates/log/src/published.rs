//! What the operator last published, kept outside the log: the guard against a restored backup.
//!
//! A log directory that is put back from a backup is a good log, only an old one. Appending to it would show the world
//! two histories. So the operator's own state folder remembers, for each log (the program names it by origin and registry), the last head that was published.
//!
//! The record is written **after** the checkpoint is durable: a cut between the two leaves the log ahead of its record,
//! which is accepted where the recorded head is a prefix of the log, and the record moves on. Written before, it
//! would name a head that a cut may have kept from ever existing, and refuse the operator's own log for ever.
//! What this leaves open: a cut in that very gap, and then a backup from before it.
//!
//! ```text
//! ikrar published v1
//! <origin>
//! <size, decimal>
//! <root, hexadecimal>
//! ```

use data_encoding::HEXLOWER;
use ikrar_core::digest::Hash;
use sha2::{Digest as _, Sha256};

use crate::medium::Medium;
use crate::store::{self, Head, Store};

const TITLE: &str = "ikrar published v1";
/// Title, origin (at most 255 bytes in a signed note), size and root take far less.
const CAP: usize = 1024;

/// How a log stands to what was last published of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was recorded for this origin: a new log, or another machine. From here on it is guarded.
    First,
    /// The log is at the head that was last published.
    Same,
    /// The log is ahead, and contains what was last published: an append was cut off before it was recorded.
    Ahead {
        /// What was recorded.
        recorded: Head,
    },
}

/// Why a log must not be appended to.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The log is older than what was last published: a restored backup. Find the newer copy, or fetch it from a mirror.
    #[error("{origin} is at size {}, but size {} was published", found.size, recorded.size)]
    Behind {
        /// The log.
        origin: String,
        /// What was last published.
        recorded: Head,
        /// Where this copy stands.
        found: Head,
    },
    /// The log does not contain what was last published: another history. Find the copy that does.
    #[error("{origin} has the root {prefix} at size {}, but {} was published", recorded.size, recorded.root)]
    Forked {
        /// The log.
        origin: String,
        /// What was last published.
        recorded: Head,
        /// Root of this copy at that size.
        prefix: Hash,
    },
    /// The record itself is not readable as one. Put it back, or, knowing that the log is the newest, remove it.
    #[error("the record {path} of what was published of {origin} is malformed")]
    Malformed {
        /// The log.
        origin: String,
        /// The record, relative to the state folder.
        path: String,
    },
    /// The record could not be read or written.
    #[error("the record of what was published")]
    Record(#[source] store::Error),
    /// A tile of the log could not be read.
    #[error("the log's tiles")]
    Log(#[source] store::Error),
}

/// The records in the operator's state folder. Never the log's own folder: it is published, and restored with it.
#[derive(Clone, Debug)]
pub struct Published<M> {
    medium: M,
}

impl<M: Medium> Published<M> {
    /// The records on this medium, whose folder exists.
    pub fn new(medium: M) -> Self {
        Self { medium }
    }

    /// What was last published under `origin`; `None` if nothing is recorded.
    ///
    /// # Errors
    /// [`Error::Malformed`], or [`Error::Record`] if it cannot be read.
    pub fn last(&self, origin: &str) -> Result<Option<Head>, Error> {
        let path = file_name(origin);
        let bytes = match self.medium.read(&path, CAP) {
            Ok(bytes) => bytes,
            Err(error) => match store::Error::reading(&*path, CAP, error) {
                store::Error::Missing { .. } => return Ok(None),
                store::Error::Malformed { .. } => return Err(Error::Malformed { origin: origin.to_owned(), path }),
                error => return Err(Error::Record(error)),
            },
        };
        match decode(origin, &bytes) {
            Some(head) => Ok(Some(head)),
            None => Err(Error::Malformed { origin: origin.to_owned(), path }),
        }
    }

    /// Decides whether a log may be appended to, and brings the record up to it. Call it while the log's lock is held,
    /// with the head of its verified checkpoint, before anything is written ([`store::Writer::open`]).
    ///
    /// # Errors
    /// [`Error::Behind`] and [`Error::Forked`] refuse; the others say that it cannot be decided.
    pub fn admit<L: Medium>(&self, origin: &str, log: &Store<L>, head: Head) -> Result<Standing, Error> {
        let standing = match self.last(origin)? {
            None => Standing::First,
            Some(recorded) if recorded == head => return Ok(Standing::Same),
            Some(recorded) if recorded.size > head.size => {
                return Err(Error::Behind { origin: origin.to_owned(), recorded, found: head });
            }
            Some(recorded) => {
                // Both roots from the same tiles: the head's too, or the prefix would prove nothing.
                let mut tree = log.tree(head.size);
                let tiles = tree.root(head.size).map_err(Error::Log)?;
                if tiles != head.root {
                    return Err(Error::Log(store::Error::WrongRoot { head, tiles }));
                }
                let prefix = tree.root(recorded.size).map_err(Error::Log)?;
                if prefix != recorded.root {
                    return Err(Error::Forked { origin: origin.to_owned(), recorded, prefix });
                }
                Standing::Ahead { recorded }
            }
        };
        self.record(origin, head)?;
        Ok(standing)
    }

    /// Records a head, after its checkpoint is durable and before it is handed out.
    ///
    /// # Errors
    /// [`Error::Record`] if it could not be written. The log is recorded all the same; the next [`Self::admit`] mends it.
    pub fn record(&self, origin: &str, head: Head) -> Result<(), Error> {
        let path = file_name(origin);
        let text = format!("{TITLE}\n{origin}\n{}\n{}\n", head.size, head.root);
        let written = self.medium.write(&path, text.as_bytes()).and_then(|()| self.medium.sync_dir(""));
        written.map_err(|source| Error::Record(store::Error::Unwritable { path, source }))
    }
}

/// An origin may hold what no file name can, so the file is named by its hash.
fn file_name(origin: &str) -> String {
    let digest = Sha256::digest(origin.as_bytes());
    format!("published-{}", HEXLOWER.encode(&digest))
}

fn decode(origin: &str, bytes: &[u8]) -> Option<Head> {
    let rest = std::str::from_utf8(bytes).ok()?.strip_prefix(TITLE)?.strip_prefix('\n')?;
    let rest = rest.strip_prefix(origin)?.strip_prefix('\n')?.strip_suffix('\n')?;
    let (size, root) = rest.split_once('\n')?;
    let head = Head { size: size.parse().ok()?, root: Hash(HEXLOWER.decode(root.as_bytes()).ok()?.try_into().ok()?) };
    // One spelling only.
    (head.size.to_string() == size).then_some(head)
}
