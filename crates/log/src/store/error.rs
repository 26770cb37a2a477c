//! What can go wrong in a store, with the file at fault by its path relative to the log.

use std::io;

use ikrar_core::digest::Hash;

use crate::tiles::{BundleFault, HashFault};

use super::Head;

/// Why a file's bytes are not what its name promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// An entry bundle that does not decode.
    #[error(transparent)]
    Bundle(#[from] BundleFault),
    /// A hash tile of the wrong length.
    #[error(transparent)]
    Hashes(#[from] HashFault),
    /// More bytes than any file of this kind can have.
    #[error("is longer than {cap} bytes")]
    TooLong {
        /// The limit.
        cap: usize,
    },
    /// A folder, pipe or device where a file belongs.
    #[error("is no regular file")]
    NotAFile,
}

/// An error of a log's store. The text names file and rule; what a person is told is made from the fields.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file that the log needs is not there: copy it again from where the log came from.
    #[error("{path} is missing")]
    Missing {
        /// The file.
        path: String,
    },
    /// The medium failed to read a file: this says nothing about the log; try again, or another medium.
    #[error("{path} cannot be read")]
    Unreadable {
        /// The file or folder.
        path: String,
        /// What the medium reported.
        #[source]
        source: io::Error,
    },
    /// A file is there and is not what it should be: the log is damaged.
    #[error("{path} {fault}")]
    Malformed {
        /// The file.
        path: String,
        /// How.
        fault: Fault,
    },
    /// The medium failed to write, sync or remove. The writer stops; open the log again and look at its checkpoint.
    #[error("{path} cannot be written")]
    Unwritable {
        /// The file or folder.
        path: String,
        /// What the medium reported.
        #[source]
        source: io::Error,
    },
    /// Another writer has the log: wait until it is done.
    #[error("another writer holds {path}")]
    Locked {
        /// The lock file.
        path: String,
    },
    /// There is a log here already: append to it, or choose another folder.
    #[error("a log exists here")]
    Exists,
    /// The folder for a new log holds something else: choose an empty one.
    #[error("the folder for a new log holds {found}")]
    NotEmpty {
        /// What lies there.
        found: String,
    },
    /// An entry is longer than a bundle can hold; nothing was written.
    #[error("entry {index} of the batch is {length} bytes long, {} is the limit", crate::tiles::ENTRY_CAP)]
    EntryTooLong {
        /// Its place in the batch, from 0.
        index: usize,
        /// Its length.
        length: usize,
    },
    /// A write failed earlier in this writer; open the log again.
    #[error("an earlier write failed; the log must be opened again")]
    Poisoned,
    /// A position or size beyond the tree that was asked about: the caller's mistake.
    #[error("{asked} is beyond the tree of size {size}")]
    OutOfRange {
        /// What was asked for.
        asked: u64,
        /// Size of the tree.
        size: u64,
    },
    /// The tiles do not hash to the root that the caller verified: the log is damaged, or mixed from two.
    #[error("the tiles give the root {tiles} at size {}, the checkpoint {}", head.size, head.root)]
    WrongRoot {
        /// What the checkpoint says.
        head: Head,
        /// What the tiles say.
        tiles: Hash,
    },
    /// The last entry bundle does not belong to the hash tile beside it: the log is damaged.
    #[error("{path} does not match its hash tile")]
    WrongEntries {
        /// The entry bundle.
        path: String,
    },
}

impl Error {
    /// Sorts a failed read of `path` into missing, malformed and unreadable.
    pub(crate) fn reading(path: impl Into<String>, cap: usize, source: io::Error) -> Self {
        let path = path.into();
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            io::ErrorKind::FileTooLarge => Self::Malformed { path, fault: Fault::TooLong { cap } },
            io::ErrorKind::InvalidInput | io::ErrorKind::IsADirectory | io::ErrorKind::NotADirectory => {
                Self::Malformed { path, fault: Fault::NotAFile }
            }
            _ => Self::Unreadable { path, source },
        }
    }

    pub(crate) fn writing(path: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Unwritable { path, source }
    }
}
