//! Field types whose values are valid by construction: limits, character sets and order (spec §4).

use core::fmt;

use heapless::Vec;
use serde::de::{Deserializer, Error as _};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

/// The last second that RFC 3339 can write: 9999-12-31T23:59:59Z.
pub const LAST_SECOND: u64 = 253_402_300_799;
/// Most hashes that a proof in a statement or an anchor can have.
pub const PROOF_MAX: usize = 63;

/// Why a value is not a valid field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// Shorter or longer than its limits, in bytes.
    #[error("length out of bounds")]
    Length,
    /// A character outside the field's set, a control or a bidirectional character.
    #[error("character not allowed")]
    Character,
    /// A run of 16 or 18 digits: it could be a NIK or NIP, which no append-only log may hold.
    #[error("looks like a personal number (NIK or NIP)")]
    PersonalNumber,
    /// A number outside its range.
    #[error("number out of range")]
    Range,
    /// A list that is not strictly ascending.
    #[error("list not in ascending order, or with duplicates")]
    Order,
}

macro_rules! text_field {
    ($(#[$doc:meta])* $name:ident, $check:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
        pub struct $name<'a>(&'a str);

        impl<'a> $name<'a> {
            /// Checks and wraps.
            ///
            /// # Errors
            /// The first limit that `text` breaks.
            pub fn new(text: &'a str) -> Result<Self, FieldError> {
                let check: fn(&str) -> Result<(), FieldError> = $check;
                check(text)?;
                Ok(Self(text))
            }

            /// The text.
            pub fn as_str(&self) -> &'a str {
                self.0
            }
        }

        impl fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0)
            }
        }

        impl<'de: 'a, 'a> Deserialize<'de> for $name<'a> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::new(<&'a str>::deserialize(deserializer)?).map_err(D::Error::custom)
            }
        }
    };
}

text_field!(
    /// Id of a unit: 1 to 64 bytes of `a-z 0-9 . : -`, with its scheme, as in `wil:33.74.01.1001`.
    UnitId,
    |text| {
        bounded(text, 1, 64)?;
        all(text, |c| matches!(c, 'a'..='z' | '0'..='9' | '.' | ':' | '-'))?;
        no_personal_number(text)
    }
);
text_field!(
    /// A short code: kind of unit, id of a round or text, id of a legal basis. 1 to 32 bytes of `A-Z a-z 0-9 . -`.
    Code,
    |text| {
        bounded(text, 1, 32)?;
        all(text, |c| matches!(c, 'A'..='Z' | 'a'..='z' | '0'..='9' | '.' | '-'))?;
        no_personal_number(text)
    }
);
text_field!(
    /// A name or title that an authority gives: 1 to 128 bytes, one line, no control or bidirectional characters.
    Name,
    |text| {
        bounded(text, 1, 128)?;
        all(text, is_visible)?;
        no_personal_number(text)
    }
);
text_field!(
    /// Text of several lines: at most 16,384 bytes; line feeds are the only control characters.
    Text,
    |text| {
        bounded(text, 0, 16_384)?;
        all(text, |c| c == '\n' || is_visible(c))?;
        no_personal_number(text)
    }
);
text_field!(
    /// Name of an IANA time zone, for display: 1 to 32 bytes of `A-Z a-z 0-9 / _ + -`.
    Zone,
    |text| {
        bounded(text, 1, 32)?;
        all(text, |c| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '+' | '-'))
    }
);
text_field!(
    /// Origin of a log or journal, which is its key's name: 1 to 255 bytes, no white space, no `+` (C2SP signed-note).
    Origin,
    |text| {
        bounded(text, 1, 255)?;
        all(text, |c| is_visible(c) && !c.is_whitespace() && c != '+')
    }
);

fn bounded(text: &str, least: usize, most: usize) -> Result<(), FieldError> {
    if (least..=most).contains(&text.len()) { Ok(()) } else { Err(FieldError::Length) }
}

fn all(text: &str, allowed: impl Fn(char) -> bool) -> Result<(), FieldError> {
    if text.chars().all(allowed) { Ok(()) } else { Err(FieldError::Character) }
}

/// Neither a control character nor one that changes the direction or place of what a reader sees (spec §4.2).
fn is_visible(c: char) -> bool {
    !matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}'
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Refuses a run of exactly 16 or 18 ASCII digits, both as it stands and with separators between digits left out
/// (spec §4.2).
fn no_personal_number(text: &str) -> Result<(), FieldError> {
    // Nearly all texts have fewer digits.
    if text.bytes().filter(u8::is_ascii_digit).count() < 16 {
        return Ok(());
    }
    let is_number = |run: u32| matches!(run, 16 | 18);
    let (mut joined, mut unbroken) = (0_u32, 0_u32);
    for c in text.chars().chain(core::iter::once('\n')) {
        if c.is_ascii_digit() {
            joined = joined.saturating_add(1);
            unbroken = unbroken.saturating_add(1);
            continue;
        }
        let separates = matches!(c, ' ' | '.' | '-' | '/' | '_' | ',' | ':' | '\'');
        if is_number(unbroken) || (!separates && is_number(joined)) {
            return Err(FieldError::PersonalNumber);
        }
        unbroken = 0;
        if !separates {
            joined = 0;
        }
    }
    Ok(())
}

/// POSIX seconds, UTC, at most [`LAST_SECOND`]. Zero means unknown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize)]
pub struct Time(u64);

impl Time {
    /// No clock was at hand.
    pub const UNKNOWN: Self = Self(0);

    /// Checks and wraps.
    ///
    /// # Errors
    /// [`FieldError::Range`] beyond the year 9999.
    pub fn new(seconds: u64) -> Result<Self, FieldError> {
        if seconds <= LAST_SECOND { Ok(Self(seconds)) } else { Err(FieldError::Range) }
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn seconds(self) -> u64 {
        self.0
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(u64::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// A number of persons in cases. One and two are one bucket, so that no case can be traced to a person (spec §4.3).
///
/// Kept as bytes, so that the many counts of a statement lie without gaps.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Persons([u8; 4]);

impl Persons {
    /// None.
    pub const NONE: Self = Self([0; 4]);
    /// One or two.
    pub const ONE_OR_TWO: Self = Self([0, 0, 0, 1]);

    /// The bucket of a count.
    pub const fn new(count: u32) -> Self {
        match count {
            0 => Self::NONE,
            1 | 2 => Self::ONE_OR_TWO,
            more => Self(more.to_be_bytes()),
        }
    }

    /// The count, where it is not in the bucket of one and two.
    pub fn exactly(self) -> Option<u32> {
        (self != Self::ONE_OR_TWO).then_some(u32::from_be_bytes(self.0))
    }
}

impl core::fmt::Debug for Persons {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.exactly() {
            Some(count) => write!(f, "Persons({count})"),
            None => f.write_str("Persons(1-2)"),
        }
    }
}

/// On the wire one varint: 0 none, 1 the bucket, 3 and more exactly; 2 does not exist.
impl Serialize for Persons {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        u32::from_be_bytes(self.0).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Persons {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            2 => Err(D::Error::custom(FieldError::Range)),
            n => Ok(Self::new(n)),
        }
    }
}

/// What orders the items of a [`Set`].
pub trait SortKey {
    /// Compared between neighbours; strictly ascending.
    type Key: Ord;
    /// This item's.
    fn sort_key(&self) -> Self::Key;
}

macro_rules! sorts_by_itself {
    ($($type:ty),*) => { $(
        impl SortKey for $type {
            type Key = Self;
            fn sort_key(&self) -> Self {
                *self
            }
        }
    )* };
}
sorts_by_itself!(u8, Code<'_>, UnitId<'_>, crate::digest::TextHash);

/// A list of at most `N` items in strictly ascending order, so that one set has one encoding.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Set<T: SortKey, const N: usize>(Vec<T, N>);

impl<T: SortKey, const N: usize> Set<T, N> {
    /// The empty set.
    pub fn empty() -> Self {
        Self(Vec::new())
    }

    /// Takes items that are already in order.
    ///
    /// # Errors
    /// [`FieldError::Order`] or, with more than `N`, [`FieldError::Length`].
    pub fn new(items: impl IntoIterator<Item = T>) -> Result<Self, FieldError> {
        let mut list = Vec::new();
        for item in items {
            list.push(item).map_err(|_| FieldError::Length)?;
        }
        if is_ascending(&list) { Ok(Self(list)) } else { Err(FieldError::Order) }
    }

    /// The items, ascending.
    pub fn iter(&self) -> core::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// None at all?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Is there an item with this key?
    pub fn contains(&self, key: &T::Key) -> bool {
        self.iter().any(|item| item.sort_key() == *key)
    }
}

impl<'de, T: SortKey + Deserialize<'de>, const N: usize> Deserialize<'de> for Set<T, N> {
    // A frame of its own: a set is large.
    #[inline(never)]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Vec::deserialize(deserializer) {
            Ok(list) if is_ascending(&list) => Ok(Self(list)),
            Ok(_) => Err(D::Error::custom(FieldError::Order)),
            Err(error) => Err(error),
        }
    }
}

fn is_ascending<T: SortKey>(list: &[T]) -> bool {
    list.iter().zip(list.iter().skip(1)).all(|(a, b)| a.sort_key() < b.sort_key())
}

/// A Merkle proof as it stands in a statement: at most [`PROOF_MAX`] hashes, one after another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ProofBytes<'a>(&'a [u8]);

impl<'a> ProofBytes<'a> {
    /// Checks and wraps.
    ///
    /// # Errors
    /// [`FieldError::Length`] unless a multiple of 32 and at most 63 hashes.
    pub fn new(bytes: &'a [u8]) -> Result<Self, FieldError> {
        if bytes.len().is_multiple_of(32) && bytes.len() <= PROOF_MAX * 32 {
            Ok(Self(bytes))
        } else {
            Err(FieldError::Length)
        }
    }

    /// The hashes in order.
    pub fn hashes(&self) -> impl ExactSizeIterator<Item = crate::digest::Hash> + use<'a> {
        let (hashes, _) = self.0.as_chunks::<32>();
        hashes.iter().map(|bytes| crate::digest::Hash(*bytes))
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &'a [u8] {
        self.0
    }
}

impl Serialize for ProofBytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for ProofBytes<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(<&'a [u8]>::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
