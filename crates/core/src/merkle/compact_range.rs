use core::fmt;

use heapless::Vec;
use thiserror::Error;

use crate::digest::{Hash, empty_root, node_hash};

/// The roots of the perfect subtrees that a tree of a given size is made of: what an appender must remember.
///
/// A tree of size *n* has one perfect subtree for each bit that is set in *n* (RFC 6962 §2.1), so there are at most 64.
/// A compact range yields the root hash at every size it passes through; it can't take a leaf back, and it
/// proves nothing about where its hashes came from. A device that will never see 2ⁿ leaves needs no more than n hashes.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct CompactRange<const HASHES: usize = 64> {
    size: u64,
    // One hash for each bit set in `size`, largest subtree first.
    hashes: Vec<Hash, HASHES>,
}

/// Why a compact range could not be extended or restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CompactRangeError {
    /// The tree already has 2⁶⁴ − 1 leaves, or as many as there is memory for.
    #[error("the tree is full: it has no memory for more leaves")]
    Full,
    /// The number of hashes is not the number of perfect subtrees of a tree of this size.
    #[error("a tree of this size is made of {expected} perfect subtrees")]
    HashCount {
        /// Number of bits set in the size.
        expected: u32,
    },
}

impl CompactRange {
    /// The empty tree.
    pub const fn new() -> Self {
        Self::empty()
    }
}

impl<const HASHES: usize> CompactRange<HASHES> {
    /// The empty tree, with memory for so many hashes.
    pub const fn empty() -> Self {
        Self { size: 0, hashes: Vec::new() }
    }

    /// Restores a range from its size and [`hashes`](Self::hashes).
    ///
    /// Only the number of hashes is checked. Compare the [`root`](Self::root) with one that is trusted.
    pub fn from_parts(size: u64, hashes: &[Hash]) -> Result<Self, CompactRangeError> {
        let expected = size.count_ones();
        if u32::try_from(hashes.len()) != Ok(expected) {
            return Err(CompactRangeError::HashCount { expected });
        }
        let hashes = Vec::from_slice(hashes).map_err(|_| CompactRangeError::HashCount { expected })?;
        Ok(Self { size, hashes })
    }

    /// Number of leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Roots of the perfect subtrees, from the largest (leftmost) to the smallest.
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// Appends a leaf. On an error nothing has changed.
    pub fn push(&mut self, leaf: Hash) -> Result<(), CompactRangeError> {
        let size = self.size.checked_add(1).ok_or(CompactRangeError::Full)?;
        // Each trailing one bit of the old size is a subtree that the new leaf completes into one twice as large.
        let mut node = leaf;
        for _ in 0..self.size.trailing_ones() {
            let Some(left) = self.hashes.pop() else { break };
            node = node_hash(&left, &node);
        }
        self.hashes.push(node).map_err(|_| CompactRangeError::Full)?;
        self.size = size;
        Ok(())
    }

    /// Root hash of the tree; of the empty tree, SHA-256 of nothing (RFC 6962 §2.1).
    pub fn root(&self) -> Hash {
        self.hashes.iter().rev().copied().reduce(|right, left| node_hash(&left, &right)).unwrap_or_else(empty_root)
    }
}

impl<const HASHES: usize> fmt::Debug for CompactRange<HASHES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CompactRange").field("size", &self.size).field("root", &self.root()).finish()
    }
}
