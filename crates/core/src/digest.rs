//! Digest types that cannot be mixed up, and every domain-separated hash of Ikrar (spec §2).

use core::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Label under which an attestation's body is hashed to its id, and the id is signed.
pub const ATTESTATION_LABEL: &[u8] = b"ikrar attestation v1\n";
/// Label under which a pledge text is hashed.
pub const TEXT_LABEL: &[u8] = b"ikrar text v1\n";
/// Label under which a provisioned roster is hashed.
pub const ROSTER_LABEL: &[u8] = b"ikrar roster v1\n";
/// Label under which a trust root is hashed to its fingerprint.
pub const TRUST_LABEL: &[u8] = b"ikrar trust v1\n";

macro_rules! bytes32 {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
        pub struct $name(pub [u8; 32]);

        impl $name {
            /// Thirty-two zero bytes: "none before this one".
            pub const ZERO: Self = Self([0; 32]);

            /// The bytes.
            pub fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }
        }

        impl From<[u8; 32]> for $name {
            fn from(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }

        /// Lower-case hexadecimal, 64 characters.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    };
}

bytes32!(
    /// A node of the RFC 6962 Merkle tree: a leaf hash, an interior node or a root.
    Hash
);
bytes32!(
    /// The id of an attestation; the id of an installing attestation also names its key epoch.
    Id
);
bytes32!(
    /// The hash of a published pledge text.
    TextHash
);
bytes32!(
    /// SHA-256 of something outside the log: a document, a briefing's material, a roster.
    DocumentHash
);
bytes32!(
    /// An Ed25519 public key as it stands in a statement (RFC 8032 §5.1.2), not yet checked.
    PublicKey
);

fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Leaf hash of an entry: SHA-256(0x00 ‖ entry) (RFC 6962 §2.1). The entry after it carries it as `prev`.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Hash(sha256(&[&[0], entry]))
}

/// [`leaf_hash`] of an entry that comes in parts.
#[derive(Clone)]
pub struct LeafHasher(Sha256);

impl LeafHasher {
    /// Before the first part.
    #[allow(clippy::new_without_default, reason = "nothing would call it")]
    pub fn new() -> Self {
        Self(Sha256::new().chain_update([0]))
    }

    /// The next part.
    pub fn update(&mut self, part: &[u8]) {
        self.0.update(part);
    }

    /// The leaf hash of all parts.
    pub fn finish(self) -> Hash {
        Hash(self.0.finalize().into())
    }
}

/// Interior node: SHA-256(0x01 ‖ left ‖ right) (RFC 6962 §2.1).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    // In one piece, which costs less than three.
    let mut node = [1; 65];
    let (_, hashes) = node.split_at_mut(1);
    let (to_left, to_right) = hashes.split_at_mut(32);
    to_left.copy_from_slice(&left.0);
    to_right.copy_from_slice(&right.0);
    Hash(sha256(&[&node]))
}

/// Root of the empty tree: SHA-256 of nothing (RFC 6962 §2.1).
pub fn empty_root() -> Hash {
    Hash(sha256(&[]))
}

/// Id of an attestation: SHA-256(label ‖ body) (spec §3.1). The signature is not part of it.
pub fn attestation_id(body: &[u8]) -> Id {
    Id(sha256(&[ATTESTATION_LABEL, body]))
}

/// The message an attestation's signature is over: label ‖ id (spec §3.1).
pub fn signing_message(id: &Id) -> [u8; 53] {
    let mut message = [0; 53];
    let (label, tail) = message.split_at_mut(ATTESTATION_LABEL.len());
    label.copy_from_slice(ATTESTATION_LABEL);
    tail.copy_from_slice(&id.0);
    message
}

/// Hash of a provisioned roster: SHA-256(label ‖ roster bytes) (spec §3.4).
pub fn roster_hash(roster: &[u8]) -> DocumentHash {
    DocumentHash(sha256(&[ROSTER_LABEL, roster]))
}

/// [`roster_hash`] of bytes that come in parts.
#[derive(Clone)]
pub struct RosterHasher(Sha256);

impl RosterHasher {
    /// Before the first part.
    #[allow(clippy::new_without_default, reason = "nothing would call it")]
    pub fn new() -> Self {
        Self(Sha256::new().chain_update(ROSTER_LABEL))
    }

    /// The next part.
    pub fn update(&mut self, part: &[u8]) {
        self.0.update(part);
    }

    /// The hash of all parts.
    pub fn finish(self) -> DocumentHash {
        DocumentHash(self.0.finalize().into())
    }
}

/// Fingerprint of a trust root: SHA-256(label ‖ its canonical bytes) (spec §10).
pub fn trust_fingerprint(canonical: &[u8]) -> [u8; 32] {
    sha256(&[TRUST_LABEL, canonical])
}

/// Key id of a signed note: SHA-256(name ‖ 0x0A ‖ type ‖ key), its first four bytes (C2SP signed-note).
pub fn note_key_id(name: &str, kind: u8, key: &[u8]) -> [u8; 4] {
    let [a, b, c, d, ..] = sha256(&[name.as_bytes(), b"\n", &[kind], key]);
    [a, b, c, d]
}
