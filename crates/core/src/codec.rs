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
#[inline(never)]
pub fn decode<'a, T: Deserialize<'a> + Serialize>(bytes: &'a [u8]) -> Result<T, DecodeError> {
    let mut deserializer = postcard::Deserializer::from_bytes(bytes);
    // A value may be large: it is moved once.
    let decoded = T::deserialize(&mut deserializer);
    let fault = match &decoded {
        Err(error) => Some(error.clone().into()),
        Ok(value) => match deserializer.finalize() {
            Err(error) => Some(error.into()),
            Ok([_, ..]) => Some(DecodeError::TrailingData),
            Ok([]) => (!is_encoding_of(bytes, value)).then_some(DecodeError::Varint),
        },
    };
    match (decoded, fault) {
        (Ok(value), None) => Ok(value),
        (_, fault) => Err(fault.unwrap_or(DecodeError::Field)),
    }
}

/// Takes fields from the front of an encoding by hand, where derived code would go byte by byte.
pub(crate) struct Fields<'a>(pub(crate) &'a [u8]);

impl<'a> Fields<'a> {
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let (array, rest) = self.0.split_first_chunk().ok_or(DecodeError::Truncated)?;
        self.0 = rest;
        Ok(*array)
    }

    /// A varint in its one encoding: no more bytes than needed.
    pub(crate) fn varint(&mut self) -> Result<u64, DecodeError> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let [byte] = self.array()?;
            let bits = u64::from(byte & 0x7F);
            let shifted = bits << shift;
            if shifted >> shift != bits || (byte == 0 && shift > 0) {
                return Err(DecodeError::Varint);
            }
            value |= shifted;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(DecodeError::Varint)
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, DecodeError> {
        let length = usize::try_from(self.varint()?).map_err(|_| DecodeError::Truncated)?;
        let (text, rest) = self.0.split_at_checked(length).ok_or(DecodeError::Truncated)?;
        self.0 = rest;
        core::str::from_utf8(text).map_err(|_| DecodeError::Utf8)
    }
}

/// Encodes once more, code of its own that a host can afford.
#[cfg(feature = "fast")]
fn is_encoding_of<T: Serialize>(bytes: &[u8], value: &T) -> bool {
    postcard::serialize_with_flavor::<T, Same<'_>, &[u8]>(value, Same(bytes)).is_ok_and(<[u8]>::is_empty)
}

#[cfg(not(feature = "fast"))]
fn is_encoding_of<T: Serialize>(bytes: &[u8], value: &T) -> bool {
    let mut left = bytes;
    let same = encode_parts(value, &mut |part| match left.strip_prefix(part) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    });
    same && left.is_empty()
}

/// Encodes into `buffer`; the part that was written.
///
/// # Errors
/// [`BufferTooSmall`].
pub fn encode<'b, T: Serialize + ?Sized>(value: &T, buffer: &'b mut [u8]) -> Result<&'b mut [u8], BufferTooSmall> {
    let mut length = 0_usize;
    let fits = encode_parts(value, &mut |part| {
        let end = length.saturating_add(part.len());
        let Some(place) = buffer.get_mut(length..end) else { return false };
        place.iter_mut().zip(part).for_each(|(to, from)| *to = *from);
        length = end;
        true
    });
    buffer.get_mut(..length).filter(|_| fits).ok_or(BufferTooSmall)
}

/// Encodes in parts, as they come. Ends where `sink` says false; whether all of it was taken.
///
/// Everything encodes through this one way, so that a device has the code of each type once.
pub fn encode_parts<T: Serialize + ?Sized>(value: &T, sink: &mut dyn FnMut(&[u8]) -> bool) -> bool {
    postcard::serialize_with_flavor::<T, Parts<'_>, ()>(value, Parts(sink)).is_ok()
}

/// The caller's buffer cannot hold the encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the buffer is too small for the encoding")]
pub struct BufferTooSmall;

/// A flavour that hands on what it gets.
struct Parts<'s>(&'s mut dyn FnMut(&[u8]) -> bool);

impl Flavor for Parts<'_> {
    type Output = ();

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.try_extend(&[byte])
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        if (self.0)(bytes) { Ok(()) } else { Err(postcard::Error::SerializeBufferFull) }
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}

/// A flavour that holds what it gets against these bytes, and ends where they differ.
#[cfg(feature = "fast")]
struct Same<'a>(&'a [u8]);

#[cfg(feature = "fast")]
impl<'a> Flavor for Same<'a> {
    type Output = &'a [u8];

    #[inline]
    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        match self.0.split_first() {
            Some((first, rest)) if *first == byte => {
                self.0 = rest;
                Ok(())
            }
            _ => Err(postcard::Error::SerializeBufferFull),
        }
    }

    #[inline]
    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0 = self.0.strip_prefix(bytes).ok_or(postcard::Error::SerializeBufferFull)?;
        Ok(())
    }

    fn finalize(self) -> postcard::Result<&'a [u8]> {
        Ok(self.0)
    }
}
