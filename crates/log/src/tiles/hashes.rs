//! Hash tiles: 32-byte hashes, side by side (C2SP tlog-tiles, "Merkle Tree").

use ikrar_core::digest::{Hash, node_hash};

/// Why bytes are no hash tile of the width that its file name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is {found} bytes long where {expected} hashes take 32 each")]
pub struct HashFault {
    /// Bytes read.
    pub found: usize,
    /// Width of the tile.
    pub expected: u16,
}

/// The bytes of a tile of these hashes.
pub fn encode_hashes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

/// Reads a tile of exactly `width` hashes.
///
/// # Errors
/// [`HashFault`] if the length differs.
pub fn decode_hashes(bytes: &[u8], width: u16) -> Result<Vec<Hash>, HashFault> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    if !rest.is_empty() || hashes.len() != usize::from(width) {
        return Err(HashFault { found: bytes.len(), expected: width });
    }
    Ok(hashes.iter().map(|hash| Hash(*hash)).collect())
}

/// Root over a row of nodes (RFC 6962 §2.1, with the nodes in place of leaf hashes); `None` over no nodes.
///
/// Right for complete subtrees of one size, of which the last may be smaller: the tree splits at multiples of that
/// size before it splits within.
pub fn range_root(nodes: &[Hash]) -> Option<Hash> {
    match nodes {
        [] => None,
        [one] => Some(*one),
        _ => {
            // Pair up neighbours row by row; a node without a neighbour moves up as it is.
            let mut row = nodes.to_vec();
            while row.len() > 1 {
                row = row
                    .chunks(2)
                    .filter_map(|pair| match pair {
                        [left, right] => Some(node_hash(left, right)),
                        [single] => Some(*single),
                        _ => None,
                    })
                    .collect();
            }
            row.first().copied()
        }
    }
}
