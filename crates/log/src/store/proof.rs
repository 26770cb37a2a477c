//! Roots and Merkle proofs built from hash tiles (RFC 6962 §2.1.1 and §2.1.2).
//!
//! Built is not verified: tiles are as trustworthy as the medium. Check each proof against a verified root before it
//! is handed on.

use ikrar_core::digest::{Hash, empty_root, node_hash};

use crate::medium::Medium;
use crate::tiles::{WIDTH, range_root};

use super::{Error, Store};

/// Tiles that are kept: two paths from leaf to root.
const KEPT: usize = 16;

/// A tree of a given size, read from tiles, with the tiles of the last few paths kept.
#[derive(Debug)]
pub struct Tree<'a, M> {
    store: &'a Store<M>,
    size: u64,
    /// (level, index) and hashes, used longest ago first.
    kept: Vec<((u8, u64), Vec<Hash>)>,
}

impl<M: Medium> Store<M> {
    /// The tree of the first `size` entries.
    pub fn tree(&self, size: u64) -> Tree<'_, M> {
        Tree { store: self, size, kept: Vec::new() }
    }

    /// Root over the first `size` entries.
    ///
    /// # Errors
    /// Those of reading tiles.
    pub fn root(&self, size: u64) -> Result<Hash, Error> {
        self.tree(size).root(size)
    }

    /// Inclusion proof for the entry at `index` in the tree of `size`, the leaf's sibling first.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless `index` < `size`, and those of reading tiles.
    pub fn inclusion_proof(&self, index: u64, size: u64) -> Result<Vec<Hash>, Error> {
        self.tree(size).inclusion_proof(index, size)
    }

    /// Consistency proof from the tree of `old` to that of `new` entries.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless `old` ≤ `new`, and those of reading tiles.
    pub fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Hash>, Error> {
        self.tree(new).consistency_proof(old, new)
    }
}

impl<M: Medium> Tree<'_, M> {
    /// Root over the first `size` entries of this tree.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] beyond this tree, and those of reading tiles.
    pub fn root(&mut self, size: u64) -> Result<Hash, Error> {
        self.within(size)?;
        if size == 0 { Ok(empty_root()) } else { self.range(0, size) }
    }

    /// Inclusion proof for the entry at `index` among the first `size` entries, the leaf's sibling first.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless `index` < `size` ≤ the size of this tree, and those of reading tiles.
    pub fn inclusion_proof(&mut self, index: u64, size: u64) -> Result<Vec<Hash>, Error> {
        self.within(size)?;
        if index >= size {
            return Err(Error::OutOfRange { asked: index, size });
        }
        // RFC 6962 §2.1.1, from the root down.
        let (mut low, mut high) = (0, size);
        let mut proof = Vec::new();
        while high - low > 1 {
            let middle = low + split(high - low);
            if index < middle {
                proof.push(self.range(middle, high)?);
                high = middle;
            } else {
                proof.push(self.range(low, middle)?);
                low = middle;
            }
        }
        proof.reverse();
        Ok(proof)
    }

    /// Consistency proof from the first `old` to the first `new` entries; empty if either they are as many or `old` is 0.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless `old` ≤ `new` ≤ the size of this tree, and those of reading tiles.
    pub fn consistency_proof(&mut self, old: u64, new: u64) -> Result<Vec<Hash>, Error> {
        self.within(new)?;
        if old > new {
            return Err(Error::OutOfRange { asked: old, size: new });
        }
        let mut proof = Vec::new();
        if old == 0 || old == new {
            return Ok(proof);
        }
        // RFC 6962 §2.1.2, from the root down: SUBPROOF(m, D, b), with b true as long as low is 0.
        let (mut low, mut high) = (0, new);
        while old != high {
            let middle = low + split(high - low);
            if old <= middle {
                proof.push(self.range(middle, high)?);
                high = middle;
            } else {
                proof.push(self.range(low, middle)?);
                low = middle;
            }
        }
        if low != 0 {
            proof.push(self.range(low, high)?);
        }
        proof.reverse();
        Ok(proof)
    }

    fn within(&self, size: u64) -> Result<(), Error> {
        if size > self.size { Err(Error::OutOfRange { asked: size, size: self.size }) } else { Ok(()) }
    }

    /// Root over the leaves `low..high`, where `low` is a multiple of a power of two ≥ the number of leaves, so that
    /// complete subtrees lie side by side, the largest first.
    fn range(&mut self, mut low: u64, high: u64) -> Result<Hash, Error> {
        let mut nodes = Vec::new();
        while low < high {
            let height = (high - low).ilog2();
            nodes.push(self.node(height, low >> height)?);
            low += 1 << height;
        }
        let last = nodes.pop().ok_or(Error::OutOfRange { asked: low, size: high })?;
        Ok(nodes.iter().rfold(last, |right, left| node_hash(left, &right)))
    }

    /// Root of the complete subtree of 2^height leaves, the `index`-th of its height.
    fn node(&mut self, height: u32, index: u64) -> Result<Hash, Error> {
        let level = u8::try_from(height / 8).unwrap_or(u8::MAX);
        let span = 1u64 << (height % 8);
        // Position among the hashes of that level; a tile holds 256 of them, so the subtree lies in one tile.
        let first = index * span;
        let beyond = Error::OutOfRange { asked: first, size: self.size };
        let hashes = self.tile(level, first / u64::from(WIDTH))?;
        let place = first % u64::from(WIDTH);
        let range = usize::try_from(place).ok().zip(usize::try_from(place + span).ok());
        range.and_then(|(from, to)| hashes.get(from..to)).and_then(range_root).ok_or(beyond)
    }

    fn tile(&mut self, level: u8, index: u64) -> Result<&[Hash], Error> {
        let tile = match self.kept.iter().position(|(at, _)| *at == (level, index)) {
            Some(place) => self.kept.remove(place),
            None => ((level, index), self.store.hashes(level, index, self.size)?),
        };
        if self.kept.len() == KEPT {
            self.kept.remove(0);
        }
        self.kept.push(tile);
        Ok(self.kept.last().map_or(&[], |(_, hashes)| hashes))
    }
}

/// Largest power of two smaller than `leaves`, which are at least two (RFC 6962 §2.1: k).
fn split(leaves: u64) -> u64 {
    1 << (leaves - 1).ilog2()
}
