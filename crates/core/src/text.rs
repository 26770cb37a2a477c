//! The hash that names a pledge text (spec §3.4), computed while encoding, without a buffer.

use sha2::{Digest as _, Sha256};

use crate::codec;
use crate::digest::{TEXT_LABEL, TextHash};
use crate::statement::PledgeText;

/// SHA-256(label ‖ encoding of the text).
pub fn pledge_text_hash(text: &PledgeText<'_>) -> TextHash {
    let mut hasher = Sha256::new_with_prefix(TEXT_LABEL);
    let whole = codec::encode_parts(text, &mut |part| {
        hasher.update(part);
        true
    });
    // The hasher takes every byte, so the encoder cannot fail; zeros would name no published text.
    if whole { TextHash(hasher.finalize().into()) } else { TextHash::ZERO }
}
