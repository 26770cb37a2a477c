//! Entry bundles: up to 256 × (length, u16 big-endian ‖ entry) (C2SP tlog-tiles, "Log Entries").

use std::ops::Range;

use super::WIDTH;

/// Longest entry in bytes: its length is a u16.
pub const ENTRY_CAP: usize = 65_535;
/// Longest bundle in bytes: 256 entries of full length.
pub const BUNDLE_CAP: usize = 256 * (2 + ENTRY_CAP);

/// Why bytes are no entry bundle of the width that its file name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleFault {
    /// The bytes end inside an entry or its length.
    #[error("ends inside entry {entry} of the bundle")]
    CutShort {
        /// Place of that entry in the bundle, from 0.
        entry: u16,
    },
    /// Fewer entries than the file name says.
    #[error("holds {found} entries where its name says {expected}")]
    TooFew {
        /// Entries in the bytes.
        found: u16,
        /// Width of the tile.
        expected: u16,
    },
    /// Bytes are left after the last entry that the file name says.
    #[error("has bytes after entry {expected}, its last")]
    Trailing {
        /// Width of the tile.
        expected: u16,
    },
}

/// Appends one entry to a bundle's bytes; `false`, and nothing is written, if it is longer than [`ENTRY_CAP`].
#[must_use]
pub fn encode_entry(bundle: &mut Vec<u8>, entry: &[u8]) -> bool {
    let Ok(length) = u16::try_from(entry.len()) else { return false };
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(entry);
    true
}

/// A decoded entry bundle. It keeps the bytes as read and lends out entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    bytes: Vec<u8>,
    entries: Vec<Range<usize>>,
}

impl Bundle {
    /// Decodes a bundle of exactly `width` entries.
    ///
    /// # Errors
    /// [`BundleFault`] if the bytes hold fewer or more, or end inside one.
    pub fn decode(bytes: Vec<u8>, width: u16) -> Result<Self, BundleFault> {
        let mut entries = Vec::with_capacity(usize::from(width.min(WIDTH)));
        let mut at = 0usize;
        for entry in 0..width {
            if at == bytes.len() {
                return Err(BundleFault::TooFew { found: entry, expected: width });
            }
            let rest = bytes.get(at..).unwrap_or_default();
            let Some((length, rest)) = rest.split_first_chunk::<2>() else {
                return Err(BundleFault::CutShort { entry });
            };
            let length = usize::from(u16::from_be_bytes(*length));
            if rest.len() < length {
                return Err(BundleFault::CutShort { entry });
            }
            entries.push(at + 2..at + 2 + length);
            at += 2 + length;
        }
        if at != bytes.len() {
            return Err(BundleFault::Trailing { expected: width });
        }
        Ok(Self { bytes, entries })
    }

    /// The same bundle as it was when it held `width` entries: later ones are cut off.
    pub fn truncate(&mut self, width: u16) {
        self.entries.truncate(usize::from(width));
        self.bytes.truncate(self.entries.last().map_or(0, |last| last.end));
    }

    /// How many entries it holds.
    pub fn width(&self) -> usize {
        self.entries.len()
    }

    /// The entries, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[u8]> + DoubleEndedIterator {
        self.entries.iter().map(|range| self.bytes.get(range.clone()).unwrap_or_default())
    }

    /// One entry by its place in the bundle.
    pub fn entry(&self, place: usize) -> Option<&[u8]> {
        self.bytes.get(self.entries.get(place)?.clone())
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Gives the bytes of the file.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}
