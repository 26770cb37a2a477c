//! The hash that names a pledge text (spec §3.4), computed while encoding, without a buffer.

use postcard::ser_flavors::Flavor;
use sha2::{Digest as _, Sha256};

use crate::digest::{TEXT_LABEL, TextHash};
use crate::statement::PledgeText;

/// SHA-256(label ‖ encoding of the text).
pub fn pledge_text_hash(text: &PledgeText<'_>) -> TextHash {
    let hasher = Hasher(Sha256::new_with_prefix(TEXT_LABEL));
    // The flavour takes every byte, so the encoder cannot fail; zeros would name no published text.
    postcard::serialize_with_flavor(text, hasher).map_or(TextHash::ZERO, TextHash)
}

struct Hasher(Sha256);

impl Flavor for Hasher {
    type Output = [u8; 32];

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.try_extend(&[byte])
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0.update(bytes);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<[u8; 32]> {
        Ok(self.0.finalize().into())
    }
}
