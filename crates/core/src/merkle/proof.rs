use thiserror::Error;

use crate::digest::{Hash, node_hash};

/// Why a proof does not show what it is said to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProofError {
    /// The leaf's index is not below the tree's size.
    #[error("the leaf's index is outside the tree")]
    IndexOutOfRange,
    /// The first tree is larger than the second.
    #[error("the first tree is larger than the second")]
    SizesDecrease,
    /// Every tree extends the empty one: there is nothing to prove, so a caller must decide this case by itself.
    #[error("a consistency proof from the empty tree proves nothing")]
    EmptyTree,
    /// The proof has fewer hashes than these sizes need.
    #[error("the proof is too short")]
    TooShort,
    /// The proof has more hashes than these sizes need.
    #[error("the proof is too long")]
    TooLong,
    /// Bytes that are not a whole number of hashes.
    #[error("the proof is not a whole number of 32-byte hashes")]
    PartialHash,
    /// The root computed from an inclusion proof is not the tree's, or from a consistency proof, not the second tree's.
    #[error("the proof leads to another root hash")]
    RootMismatch,
    /// The root computed from a consistency proof is not the first tree's.
    #[error("the proof leads to another root hash of the first tree")]
    FirstRootMismatch,
}

/// Reads a proof that is stored as its hashes' bytes, one after the other.
///
/// # Errors
/// [`ProofError::PartialHash`] where the length is not a multiple of 32.
pub fn proof_hashes(bytes: &[u8]) -> Result<impl ExactSizeIterator<Item = Hash> + Clone, ProofError> {
    match bytes.as_chunks::<32>() {
        (hashes, []) => Ok(hashes.iter().copied().map(Hash)),
        _ => Err(ProofError::PartialHash),
    }
}

/// Checks that `leaf` is the leaf at `index` of the tree with this size and root (RFC 9162 §2.1.3.2).
///
/// The proof's hashes go from the leaf's sibling to the root. What success does **not** prove: that the root is
/// anyone's word, or that the leaf is in no other place of the tree.
///
/// # Errors
/// A [`ProofError`]; never more than 65 hashes are taken from `proof`.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: impl IntoIterator<Item = Hash>,
    root: &Hash,
) -> Result<(), ProofError> {
    let last = size.checked_sub(1).filter(|last| index <= *last).ok_or(ProofError::IndexOutOfRange)?;
    let mut path = Path { node: index, last };
    let mut computed = *leaf;
    for sibling in proof {
        computed = match path.step()? {
            Side::Left => node_hash(&sibling, &computed),
            Side::Right => node_hash(&computed, &sibling),
        };
    }
    path.finish()?;
    if computed == *root { Ok(()) } else { Err(ProofError::RootMismatch) }
}

/// Checks that the tree of `size2` leaves extends the tree of `size1` leaves (RFC 9162 §2.1.4.2).
///
/// Trees of the same size are consistent iff their roots are equal and the proof is empty.
///
/// # Errors
/// A [`ProofError`]; [`ProofError::EmptyTree`] where `size1` is 0. Never more than 65 hashes are taken from `proof`.
pub fn verify_consistency(
    size1: u64,
    root1: &Hash,
    size2: u64,
    root2: &Hash,
    proof: impl IntoIterator<Item = Hash>,
) -> Result<(), ProofError> {
    if size1 > size2 {
        return Err(ProofError::SizesDecrease);
    }
    let node = size1.checked_sub(1).ok_or(ProofError::EmptyTree)?;
    let last = size2.checked_sub(1).ok_or(ProofError::EmptyTree)?;
    let mut proof = proof.into_iter();

    // Start from the largest perfect subtree that ends the first tree. Where it is the whole first tree, its hash is
    // root1 and the proof leaves it out.
    let start =
        if size1.is_power_of_two() || size1 == size2 { *root1 } else { proof.next().ok_or(ProofError::TooShort)? };
    let skipped = if size1 == size2 { u64::BITS } else { node.trailing_ones() };
    let mut path = Path { node: shift(node, skipped), last: shift(last, skipped) };
    let (mut computed1, mut computed2) = (start, start);
    for sibling in proof {
        match path.step()? {
            Side::Left => {
                computed1 = node_hash(&sibling, &computed1);
                computed2 = node_hash(&sibling, &computed2);
            }
            Side::Right => computed2 = node_hash(&computed2, &sibling),
        }
    }
    path.finish()?;
    if computed1 != *root1 {
        return Err(ProofError::FirstRootMismatch);
    }
    if computed2 == *root2 { Ok(()) } else { Err(ProofError::RootMismatch) }
}

/// A way up the tree: at each level the index of a node, and of the last node of that level.
struct Path {
    node: u64,
    last: u64,
}

/// On which side of the path the next hash of the proof lies.
enum Side {
    Left,
    Right,
}

impl Path {
    /// Goes up to the next level at which the node has a sibling, and past it.
    fn step(&mut self) -> Result<Side, ProofError> {
        if self.last == 0 {
            return Err(ProofError::TooLong);
        }
        let side = if self.node & 1 == 1 {
            Side::Left
        } else if self.node == self.last {
            // A last node without a sibling stands for itself on the levels above (RFC 6962 §2.1).
            self.up(self.node.trailing_zeros());
            Side::Left
        } else {
            Side::Right
        };
        self.up(1);
        Ok(side)
    }

    fn up(&mut self, levels: u32) {
        self.node = shift(self.node, levels);
        self.last = shift(self.last, levels);
    }

    fn finish(&self) -> Result<(), ProofError> {
        if self.last == 0 { Ok(()) } else { Err(ProofError::TooShort) }
    }
}

fn shift(index: u64, levels: u32) -> u64 {
    index.checked_shr(levels).unwrap_or(0)
}
