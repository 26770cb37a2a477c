//! Hashes as keys of maps.

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

/// What comes out of SHA-256, by its start: eight of its bytes go into a map's hash, for nobody finds many values that
/// share them. Not for public keys, whose bytes anybody can choose.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct ByStart<T>(pub(crate) T);

impl<T: AsRef<[u8]>> Hash for ByStart<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let start = self.0.as_ref().first_chunk().map_or(0, |start| u64::from_le_bytes(*start));
        state.write_u64(start);
    }
}
