//! RFC 4648 §4: standard alphabet, padded, trailing bits zero.

use base64ct::{Base64, Base64Unpadded, Encoding as _};

/// Characters decoded at a time where only the validity is asked for.
const CHUNK: usize = 64;

/// Decodes into the front of `buffer`; `None` where the text is malformed or the buffer too small.
pub(crate) fn decode<'b>(text: &str, buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    Base64::decode(text, buffer).ok()
}

/// Whether the text is well-formed, whatever its length.
pub(crate) fn is_valid(text: &str) -> bool {
    let mut buffer = [0; CHUNK];
    let mut chunks = text.as_bytes().chunks(CHUNK);
    let Some(last) = chunks.next_back() else { return false };
    Base64::decode(last, &mut buffer).is_ok() && chunks.all(|chunk| Base64Unpadded::decode(chunk, &mut buffer).is_ok())
}
