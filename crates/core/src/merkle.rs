//! The Merkle tree of RFC 6962: appending with a compact range, and checking proofs.
//!
//! Building proofs needs the stored tree and is not part of the core.

mod compact_range;
mod proof;

pub use compact_range::{CompactRange, CompactRangeError};
pub use proof::{ProofError, proof_hashes, verify_consistency, verify_inclusion};
