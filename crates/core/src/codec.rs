//! Strict postcard: one value, one encoding (spec §4.1). What postcard's decoder lets pass (non-minimal varints,
//! trailing bytes) is refused by encoding the value again and comparing byte by byte, without a buffer.

use postcard::ser_flavors::Flavor;
use serde::{Deserialize, Serialize};

/// Why bytes are not a canonical encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The bytes end inside a value.
    #[error("ends inside a value")]
    Truncated,
    /// Bytes follow the value.
    #[error("bytes follow the value")]
    TrailingData,
    /// An unknown tag, or a bool or option byte other than 0 and 1.
    #[error("unknown tag")]
    UnknownTag,
    /// Text that is not UTF-8.
    #[error("not UTF-8")]
    Utf8,
    /// A varint that is too long for its type, or not minimal.
    #[error("varint not canonical")]
    Varint,
    /// A field breaks its limit, character set or order.
    #[error("a field breaks its limit, character set or order")]
    Field,
    /// Longer than the limit of its kind.
    #[error("longer than its limit")]
    TooLong,
    /// The format version is not 1.
    #[error("unknown format version")]
    Version,
    /// The signature algorithm is not Ed25519.
    #[error("unknown signature algorithm")]
    Algorithm,
}

impl From<postcard::Error> for DecodeError {
    fn from(error: postcard::Error) -> Self {
        match error {
            postcard::Error::DeserializeUnexpectedEnd => Self::Truncated,
            postcard::Error::DeserializeBadVarint => Self::Varint,
            postcard::Error::DeserializeBadUtf8 => Self::Utf8,
            postcard::Error::DeserializeBadBool
            | postcard::Error::DeserializeBadOption
            | postcard::Error::DeserializeBadEnum => Self::UnknownTag,
            _ => Self::Field,
        }
    }
}

/// Decodes a value that fills `bytes` exactly.
///
/// # Errors
/// [`DecodeError`] unless `bytes` is the one canonical encoding of a valid value.
pub fn decode<'a, T: Deserialize<'a> + Serialize>(bytes: &'a [u8]) -> Result<T, DecodeError> {
    let (value, rest) = postcard::take_from_bytes::<T>(bytes)?;
    if !rest.is_empty() {
        return Err(DecodeError::TrailingData);
    }
    postcard::serialize_with_flavor::<T, Compare<'_>, ()>(&value, Compare(bytes)).map_err(|_| DecodeError::Varint)?;
    Ok(value)
}

/// Encodes into `buffer`; the part that was written.
///
/// # Errors
/// [`BufferTooSmall`].
pub fn encode<'b, T: Serialize + ?Sized>(value: &T, buffer: &'b mut [u8]) -> Result<&'b mut [u8], BufferTooSmall> {
    postcard::to_slice(value, buffer).map_err(|_| BufferTooSmall)
}

/// The caller's buffer cannot hold the encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the buffer is too small for the encoding")]
pub struct BufferTooSmall;

/// A flavour that writes nowhere: each byte must be the next of the original.
struct Compare<'a>(&'a [u8]);

impl Flavor for Compare<'_> {
    type Output = ();

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.try_extend(&[byte])
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0 = self.0.strip_prefix(bytes).ok_or(postcard::Error::SerializeBufferFull)?;
        Ok(())
    }

    fn finalize(self) -> postcard::Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(postcard::Error::SerializeBufferFull) }
    }
}
