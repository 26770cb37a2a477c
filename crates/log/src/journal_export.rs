//! Journal exports: what a device's journal held, as a host read it out (spec §11.7).
//!
//! ```text
//! "ikrar journal v1\n"
//! u16 BE length ‖ checkpoint note              signed by the journal's key
//! u16 BE count, count times: u8 length ‖ item  the device's roster, as it stood
//! u64 BE first ‖ leaf hash of the entry before ‖ u8 count ‖ compact range of the entries before
//! to the end:  u8 mark ‖ u16 BE length ‖ entry
//! ```

mod verify;

use ikrar_core::digest::Hash;
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::note::MAX_NOTE;

use crate::kind::FileKind;

pub use verify::{HostRoster, JournalFinding, JournalRule, JournalVerification, verify};

/// The first line.
pub const MAGIC: &[u8] = b"ikrar journal v1\n";
/// Most hashes of a compact range.
const RANGE_MAX: usize = 64;
/// Greatest number of a device's mark (spec §13.3).
const MARK_MAX: u8 = 3;

/// Why bytes are no export of a journal, or none can be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ExportError {
    /// Another kind of file.
    #[error("this is {0}; expected the export of a journal, as `ikrar device export` writes")]
    OtherKind(FileKind),
    /// The file ends inside its head.
    #[error("the export ends before its first entry; copy the file again")]
    Head,
    /// A number or a length in the head is out of range.
    #[error("the export's head has a length or a count out of range; copy the file again")]
    Range,
    /// The file ends inside an entry.
    #[error("the export ends inside entry {entry}; copy the file again")]
    Truncated {
        /// Its index.
        entry: u64,
    },
    /// A mark that no device gives.
    #[error("entry {entry} has an unknown mark; copy the file again")]
    Mark {
        /// Its index.
        entry: u64,
    },
}

/// An entry of a journal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exported<'a> {
    /// The verdict of the device: 0 applied, 1 no effect, 2 not checkable, 3 only hashed (spec §13.3).
    pub mark: u8,
    /// Its exact bytes.
    pub entry: &'a [u8],
}

/// The export of a journal. Decoding proves nothing: see [`verify`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct JournalExport<'a> {
    /// The checkpoint over all entries, a signed note.
    pub checkpoint: &'a [u8],
    /// The roster's items.
    pub items: Vec<&'a [u8]>,
    /// Index of the first entry.
    pub first: u64,
    /// Leaf hash of the entry before it; zeros at 0.
    pub head: Hash,
    /// The compact range of the entries before it.
    pub range: Vec<Hash>,
    /// The entries.
    pub entries: Vec<Exported<'a>>,
}

impl<'a> JournalExport<'a> {
    /// Reads an export that fills `bytes`.
    ///
    /// # Errors
    /// An [`ExportError`].
    pub fn decode(bytes: &'a [u8]) -> Result<Self, ExportError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| ExportError::OtherKind(FileKind::of(bytes)))?;
        let mut reader = Reader(rest);
        let head = |part: Option<_>| part.ok_or(ExportError::Head);
        let length = usize::from(u16::from_be_bytes(reader.array().ok_or(ExportError::Head)?));
        let checkpoint = head(reader.take(length))?;
        if !(1..=MAX_NOTE).contains(&length) {
            return Err(ExportError::Range);
        }
        let count = u16::from_be_bytes(reader.array().ok_or(ExportError::Head)?);
        // Grows with the bytes that are there, not with what they claim.
        let mut items = Vec::new();
        for _ in 0..count {
            let [length] = reader.array().ok_or(ExportError::Head)?;
            items.push(head(reader.take(usize::from(length)))?);
        }
        let first = u64::from_be_bytes(reader.array().ok_or(ExportError::Head)?);
        let before = Hash(reader.array().ok_or(ExportError::Head)?);
        let [hashes] = reader.array().ok_or(ExportError::Head)?;
        if usize::from(hashes) > RANGE_MAX {
            return Err(ExportError::Range);
        }
        let mut range = Vec::new();
        for _ in 0..hashes {
            range.push(Hash(reader.array().ok_or(ExportError::Head)?));
        }
        let mut entries = Vec::new();
        let mut entry = first;
        while !reader.0.is_empty() {
            let truncated = ExportError::Truncated { entry };
            let [mark] = reader.array().ok_or(truncated)?;
            let length = usize::from(u16::from_be_bytes(reader.array().ok_or(truncated)?));
            let bytes = reader.take(length).ok_or(truncated)?;
            if mark > MARK_MAX {
                return Err(ExportError::Mark { entry });
            }
            entries.push(Exported { mark, entry: bytes });
            entry = entry.checked_add(1).ok_or(ExportError::Range)?;
        }
        Ok(Self { checkpoint, items, first, head: before, range, entries })
    }

    /// Its bytes.
    ///
    /// # Errors
    /// [`ExportError::Range`] where a part is longer than its length can say.
    pub fn encode(&self) -> Result<Vec<u8>, ExportError> {
        let range = |_| ExportError::Range;
        let mut out = MAGIC.to_vec();
        out.extend(u16::try_from(self.checkpoint.len()).map_err(range)?.to_be_bytes());
        out.extend(self.checkpoint);
        out.extend(u16::try_from(self.items.len()).map_err(range)?.to_be_bytes());
        for item in &self.items {
            out.push(u8::try_from(item.len()).map_err(range)?);
            out.extend(*item);
        }
        out.extend(self.first.to_be_bytes());
        out.extend(self.head.0);
        out.push(u8::try_from(self.range.len()).map_err(range)?);
        self.range.iter().for_each(|hash| out.extend(hash.0));
        for Exported { mark, entry } in &self.entries {
            out.push(*mark);
            out.extend(u16::try_from(entry.len()).map_err(range)?.to_be_bytes());
            out.extend(*entry);
        }
        Ok(out)
    }

    /// The attestations in its entries, in order.
    pub fn attestations(&self) -> impl Iterator<Item = &'a [u8]> {
        self.entries.iter().filter_map(|exported| match Entry::decode(exported.entry).ok()?.payload {
            Payload::Attestation(bytes) => Some(bytes),
            Payload::Anchor(_) => None,
        })
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }
}

#[cfg(test)]
mod tests;
