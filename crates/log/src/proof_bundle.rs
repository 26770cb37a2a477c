//! Entries with their inclusion proofs under one checkpoint: the path of trust in receipts and requests.
//!
//! ```text
//! count (u16, BE), at least 1; then per entry, by ascending index:
//! index (u64, BE) ‖ length (u16, BE) ‖ entry ‖ number of hashes (u8, at most 63) ‖ hashes, 32 bytes each
//! ```

use ikrar_core::attestation::TEXT_ATTESTATION_MAX;
use ikrar_core::digest::{Hash, leaf_hash};
use ikrar_core::entry::HEADER_LENGTH;
use ikrar_core::field::{PROOF_MAX, ProofBytes};
use ikrar_core::merkle::{ProofError, verify_inclusion};

use crate::medium::Medium;
use crate::store::{self, Store};

/// Most bytes of an entry.
pub const ENTRY_MAX: usize = HEADER_LENGTH + TEXT_ATTESTATION_MAX;

/// Why bytes are no bundle, or none can be made. Items are counted from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BundleError {
    /// It ends inside an item; item 0 is the count.
    #[error("the proofs end inside item {item}; copy the file again")]
    Truncated {
        /// Which.
        item: usize,
    },
    /// Bytes follow the last item.
    #[error("bytes follow the last proof; copy the file again")]
    TrailingData,
    /// No entry, or more than 65,535.
    #[error("{count} entries with proofs; expected 1 to 65535")]
    Count {
        /// How many.
        count: usize,
    },
    /// An entry without bytes, or one longer than any that a log takes.
    #[error("the entry of item {item} has {length} bytes; expected 1 to {ENTRY_MAX}")]
    Entry {
        /// Which.
        item: usize,
        /// Its length.
        length: usize,
    },
    /// More hashes than any inclusion proof has.
    #[error("item {item} has {count} hashes; at most {PROOF_MAX} can be needed")]
    Hashes {
        /// Which.
        item: usize,
        /// How many.
        count: u8,
    },
    /// The index is not above that of the item before.
    #[error("item {item} has the index {index}, which is not above the one before")]
    Order {
        /// Which.
        item: usize,
        /// Its index.
        index: u64,
    },
}

/// An entry that is not in the tree where its bundle says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("entry {index} is not proven: {error}")]
pub struct NotProven {
    /// Its index.
    pub index: u64,
    /// What is wrong with its proof.
    pub error: ProofError,
}

/// One entry and its proof.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Item<'a> {
    /// Its index in the log.
    pub index: u64,
    /// Its exact bytes.
    pub entry: &'a [u8],
    /// The hashes from its sibling to the root.
    pub proof: ProofBytes<'a>,
}

/// An entry and its proof, as read from a log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnedItem {
    index: u64,
    entry: Vec<u8>,
    proof: Vec<u8>,
}

impl OwnedItem {
    /// The item that a bundle takes.
    pub fn as_item(&self) -> Item<'_> {
        // A tree of 64-bit size has no longer proofs.
        let proof = ProofBytes::new(&self.proof).unwrap_or_default();
        Item { index: self.index, entry: &self.entry, proof }
    }
}

/// Reads entries with their inclusion proofs in the tree of `size`.
///
/// # Errors
/// Those of reading tiles and entries.
pub fn collect<M: Medium>(
    store: &Store<M>,
    indices: impl IntoIterator<Item = u64>,
    size: u64,
) -> Result<Vec<OwnedItem>, store::Error> {
    let mut tree = store.tree(size);
    let read = |index| {
        let entry = store.entry(index, size)?;
        let proof = tree.inclusion_proof(index, size)?;
        Ok(OwnedItem { index, entry, proof: proof.iter().flat_map(|hash| hash.0).collect() })
    };
    indices.into_iter().map(read).collect()
}

/// Entries by ascending index. Decoding proves nothing: see [`Bundle::verify`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bundle<'a> {
    items: Vec<Item<'a>>,
}

impl<'a> Bundle<'a> {
    /// Puts a bundle together.
    ///
    /// # Errors
    /// [`BundleError`]: `Count`, `Entry` or `Order`.
    pub fn new(items: Vec<Item<'a>>) -> Result<Self, BundleError> {
        if items.is_empty() || u16::try_from(items.len()).is_err() {
            return Err(BundleError::Count { count: items.len() });
        }
        let mut before = None;
        for (item, it) in (1..).zip(&items) {
            check_item(item, it, before)?;
            before = Some(it.index);
        }
        Ok(Self { items })
    }

    /// Reads a bundle that fills `bytes`.
    ///
    /// # Errors
    /// A [`BundleError`].
    pub fn decode(bytes: &'a [u8]) -> Result<Self, BundleError> {
        let (count, mut rest) = bytes.split_first_chunk::<2>().ok_or(BundleError::Truncated { item: 0 })?;
        let count = usize::from(u16::from_be_bytes(*count));
        if count == 0 {
            return Err(BundleError::Count { count });
        }
        // Grows with the bytes that are there, not with what they claim.
        let mut items = Vec::<Item<'a>>::new();
        for item in 1..=count {
            let (it, after) = decode_item(item, rest)?;
            check_item(item, &it, items.last().map(|last| last.index))?;
            items.push(it);
            rest = after;
        }
        if rest.is_empty() { Ok(Self { items }) } else { Err(BundleError::TrailingData) }
    }

    /// Its bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        // The limits were checked when the bundle was made.
        out.extend(u16::try_from(self.items.len()).unwrap_or(u16::MAX).to_be_bytes());
        for item in &self.items {
            out.extend(item.index.to_be_bytes());
            out.extend(u16::try_from(item.entry.len()).unwrap_or(u16::MAX).to_be_bytes());
            out.extend(item.entry);
            out.push(u8::try_from(item.proof.hashes().len()).unwrap_or(u8::MAX));
            out.extend(item.proof.as_bytes());
        }
        out
    }

    /// The entries with their proofs, by ascending index.
    pub fn items(&self) -> &[Item<'a>] {
        &self.items
    }

    /// Checks every inclusion proof under a verified checkpoint. What success does **not** prove: that an entry
    /// had any effect, or that no other entry says otherwise.
    ///
    /// # Errors
    /// The first entry that is not proven.
    pub fn verify(&self, root: &Hash, size: u64) -> Result<(), NotProven> {
        self.items.iter().try_for_each(|item| {
            verify_inclusion(&leaf_hash(item.entry), item.index, size, item.proof.hashes(), root)
                .map_err(|error| NotProven { index: item.index, error })
        })
    }
}

fn check_item(item: usize, it: &Item<'_>, before: Option<u64>) -> Result<(), BundleError> {
    let length = it.entry.len();
    if !(1..=ENTRY_MAX).contains(&length) {
        return Err(BundleError::Entry { item, length });
    }
    if before.is_some_and(|before| it.index <= before) {
        return Err(BundleError::Order { item, index: it.index });
    }
    Ok(())
}

fn decode_item(item: usize, bytes: &[u8]) -> Result<(Item<'_>, &[u8]), BundleError> {
    let truncated = BundleError::Truncated { item };
    let (index, rest) = bytes.split_first_chunk::<8>().ok_or(truncated)?;
    let (length, rest) = rest.split_first_chunk::<2>().ok_or(truncated)?;
    let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length))).ok_or(truncated)?;
    let (&count, rest) = rest.split_first().ok_or(truncated)?;
    let too_many = BundleError::Hashes { item, count };
    if usize::from(count) > PROOF_MAX {
        return Err(too_many);
    }
    let (proof, rest) = rest.split_at_checked(usize::from(count) * 32).ok_or(truncated)?;
    let proof = ProofBytes::new(proof).map_err(|_| too_many)?;
    Ok((Item { index: u64::from_be_bytes(*index), entry, proof }, rest))
}

#[cfg(test)]
mod tests;
