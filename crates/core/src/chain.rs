//! The appender: the log's chain and its tree, in O(log n) state (spec §3.2).

use crate::codec::BufferTooSmall;
use crate::digest::{Hash, leaf_hash};
use crate::entry::{Entry, Payload};
use crate::field::Time;
use crate::merkle::{CompactRange, CompactRangeError};

/// Head of the chain and compact range of the tree over the same bytes.
#[derive(Clone, Debug, Default)]
pub struct Chain<const HASHES: usize = 64> {
    head: Hash,
    tree: CompactRange<HASHES>,
}

impl Chain {
    /// Before the first entry.
    pub fn new() -> Self {
        Self::default()
    }
}

impl<const HASHES: usize> Chain<HASHES> {
    /// Goes on from a stored head. The two must belong together; nothing here can check that.
    pub fn from_parts(head: Hash, tree: CompactRange<HASHES>) -> Self {
        Self { head, tree }
    }

    /// Number of entries, which is the index of the next.
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// Leaf hash of the last entry: the `prev` of the next. Zeros while empty.
    pub fn head(&self) -> Hash {
        self.head
    }

    /// The tree.
    pub fn tree(&self) -> &CompactRange<HASHES> {
        &self.tree
    }

    /// Root hash of the tree (RFC 6962 §2.1).
    pub fn root(&self) -> Hash {
        self.tree.root()
    }

    /// Writes the next entry into `buffer`, without taking it.
    ///
    /// # Errors
    /// [`BufferTooSmall`].
    pub fn next_entry<'b>(
        &self,
        logged_at: Time,
        payload: Payload<'_>,
        buffer: &'b mut [u8],
    ) -> Result<&'b mut [u8], BufferTooSmall> {
        Entry { prev: self.head, logged_at, payload }.encode(buffer)
    }

    /// Takes an entry's bytes, whatever they hold.
    ///
    /// # Errors
    /// Where the tree is full.
    pub fn push(&mut self, entry: &[u8]) -> Result<(), CompactRangeError> {
        self.push_leaf(leaf_hash(entry))
    }

    /// Takes an entry by its leaf hash, where its bytes were hashed elsewhere.
    ///
    /// # Errors
    /// Where the tree is full.
    pub fn push_leaf(&mut self, leaf: Hash) -> Result<(), CompactRangeError> {
        self.tree.push(leaf)?;
        self.head = leaf;
        Ok(())
    }
}
