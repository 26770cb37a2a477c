//! Where statements lie that are not in memory: files of an audit state, read a unit at a time when somebody looks.

use std::fmt;
use std::io;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::StatementRecord;
use crate::medium::Medium;

const PREFIX: &str = "statements-";

/// Statements of one unit that were written together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Segment {
    file: u64,
    offset: u64,
    length: u32,
    /// Start of the SHA-256 of its bytes.
    check: [u8; 16],
}

#[derive(Serialize, Deserialize)]
struct Content<R> {
    /// The ones before them.
    previous: Option<Segment>,
    records: R,
}

/// Why statements could not be had from a shelf.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ShelfError {
    /// The medium failed.
    #[error("{file} cannot be read: {kind}")]
    Unreadable {
        /// The file.
        file: String,
        /// What the medium reported.
        kind: io::ErrorKind,
    },
    /// What lies there is not what was put there.
    #[error("{file} is damaged")]
    Damaged {
        /// The file.
        file: String,
    },
}

/// A medium that holds statements. What it once failed to give, it remembers: whoever looked saw too little.
pub struct Shelf {
    medium: Box<dyn ReadRange>,
    failure: OnceLock<ShelfError>,
    /// The folder below, where it is to go with the shelf.
    kept: Option<tempfile::TempDir>,
}

impl Shelf {
    /// The statements on this medium.
    pub fn new<M: Medium + Send + Sync + 'static>(medium: M) -> Self {
        Self { medium: Box::new(medium), failure: OnceLock::new(), kept: None }
    }

    /// Keeps the folder as long as there is anybody who reads from it.
    pub(super) fn keeping(self, folder: tempfile::TempDir) -> Self {
        Self { kept: Some(folder), ..self }
    }

    /// The first failure.
    pub fn failure(&self) -> Option<&ShelfError> {
        self.failure.get()
    }

    /// The name of a file of statements.
    pub fn file_name(file: u64) -> String {
        format!("{PREFIX}{file}")
    }

    /// The number in such a name.
    pub fn file_number(name: &str) -> Option<u64> {
        let number = name.strip_prefix(PREFIX)?.parse().ok()?;
        (Self::file_name(number) == name).then_some(number)
    }

    /// The statements of this segment and of all before it, in log order; none after a failure.
    pub(super) fn read(&self, last: Segment, count: u32) -> Vec<StatementRecord> {
        let read = self.read_all(last, usize::try_from(count).unwrap_or(usize::MAX));
        read.unwrap_or_else(|error| {
            let _ = self.failure.set(error);
            Vec::new()
        })
    }

    fn read_all(&self, last: Segment, count: usize) -> Result<Vec<StatementRecord>, ShelfError> {
        let damaged = || ShelfError::Damaged { file: Self::file_name(last.file) };
        let mut parts = Vec::new();
        let (mut next, mut found) = (Some(last), 0);
        while let Some(segment) = next {
            let content = self.segment(segment)?;
            found += content.records.len();
            // Each holds at least one, so the walk ends.
            if content.records.is_empty() || found > count {
                return Err(damaged());
            }
            next = content.previous;
            parts.push(content.records);
        }
        if found == count { Ok(parts.into_iter().rev().flatten().collect()) } else { Err(damaged()) }
    }

    fn segment(&self, segment: Segment) -> Result<Content<Vec<StatementRecord>>, ShelfError> {
        let Segment { file, offset, length, check } = segment;
        let file = Self::file_name(file);
        let damaged = || ShelfError::Damaged { file: file.clone() };
        let length = usize::try_from(length).map_err(|_| damaged())?;
        let bytes = self.medium.read_range(&file, offset, length).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => damaged(),
            kind => ShelfError::Unreadable { file: file.clone(), kind },
        })?;
        if check_of(&bytes) != check {
            return Err(damaged());
        }
        postcard::from_bytes(&bytes).map_err(|_| damaged())
    }
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shelf").field("failure", &self.failure).field("kept", &self.kept).finish_non_exhaustive()
    }
}

/// Puts statements at the end of a file to be.
pub(super) fn put(
    file: u64,
    bytes: &mut Vec<u8>,
    previous: Option<Segment>,
    records: &[StatementRecord],
) -> Option<Segment> {
    let start = bytes.len();
    *bytes = postcard::to_extend(&Content { previous, records }, std::mem::take(bytes)).ok()?;
    let written = bytes.get(start..)?;
    let (offset, length) = (u64::try_from(start).ok()?, u32::try_from(written.len()).ok()?);
    Some(Segment { file, offset, length, check: check_of(written) })
}

fn check_of(bytes: &[u8]) -> [u8; 16] {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    digest.first_chunk().copied().unwrap_or_default()
}

/// A medium without the types that a lock has.
trait ReadRange: Send + Sync {
    fn read_range(&self, path: &str, offset: u64, length: usize) -> io::Result<Vec<u8>>;
}

impl<M: Medium + Send + Sync> ReadRange for M {
    fn read_range(&self, path: &str, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        Medium::read_range(self, path, offset, length)
    }
}
