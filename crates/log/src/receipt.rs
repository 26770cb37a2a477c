//! Receipts: C2SP `tlog-proof` files whose `extra` holds the entry and its path of trust (spec §11.4).
//!
//! ```text
//! c2sp.org/tlog-proof@v1
//! extra BASE64            of 0x01 ‖ proof bundle
//! index DECIMAL
//! BASE64                  each hash of the inclusion proof, the leaf's sibling first
//!                         (empty line)
//! the checkpoint note, verbatim
//! ```

mod check;

use data_encoding::BASE64;
use ikrar_core::digest::Hash;
use ikrar_core::field::PROOF_MAX;
use ikrar_core::note::MAX_NOTE;

use crate::kind::FileKind;
use crate::proof_bundle::{Bundle, BundleError};

pub use check::{CheckError, Checked, Witnesses, check, witnesses};

/// The first line.
pub const MAGIC: &[u8] = b"c2sp.org/tlog-proof@v1\n";
/// Most bytes of a receipt that is read.
pub const RECEIPT_MAX: usize = 4 * 1024 * 1024;

/// The version of what `extra` holds.
const EXTRA_VERSION: u8 = 1;

/// Why bytes are no receipt, or none can be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReceiptError {
    /// Another kind of file.
    #[error("this is {0}; expected a receipt, as `ikrar prove` writes")]
    OtherKind(FileKind),
    /// A tlog-proof of another version.
    #[error("the first line is not `c2sp.org/tlog-proof@v1`; copy the file again")]
    Version,
    /// Longer than any receipt.
    #[error("the receipt has {length} bytes; {RECEIPT_MAX} is the limit")]
    TooLong {
        /// How long.
        length: usize,
    },
    /// A line is missing, malformed, or in another's place. Lines are counted from 1.
    #[error("line {line} of the receipt is not {expected}; copy the file again")]
    Line {
        /// Which.
        line: usize,
        /// What stands there in a receipt.
        expected: &'static str,
    },
    /// What `extra` holds is of another version.
    #[error("the receipt holds its entries in a version that this program does not know")]
    Extra,
    /// The entries in `extra`.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// The entry that is proven is not among them, or with another proof.
    #[error("the receipt does not hold entry {index} with the proof in its lines; ask for a new one")]
    Entry {
        /// Which it should prove.
        index: u64,
    },
    /// Nothing follows the empty line, or more than a note can have.
    #[error("the receipt has no checkpoint of 1 to {MAX_NOTE} bytes; copy the file again")]
    Checkpoint,
}

/// A receipt. Decoding proves nothing: see [`check`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    index: u64,
    bundle: Vec<u8>,
    checkpoint: Vec<u8>,
}

impl Receipt {
    /// Puts a receipt together.
    ///
    /// # Errors
    /// [`ReceiptError`]: `Entry`, `Checkpoint` or `TooLong`.
    pub fn new(index: u64, bundle: &Bundle<'_>, checkpoint: &[u8]) -> Result<Self, ReceiptError> {
        if !bundle.items().iter().any(|item| item.index == index) {
            return Err(ReceiptError::Entry { index });
        }
        if !(1..=MAX_NOTE).contains(&checkpoint.len()) {
            return Err(ReceiptError::Checkpoint);
        }
        let receipt = Self { index, bundle: bundle.encode(), checkpoint: checkpoint.to_vec() };
        let length = receipt.encode().len();
        if length > RECEIPT_MAX { Err(ReceiptError::TooLong { length }) } else { Ok(receipt) }
    }

    /// Reads a receipt that fills `bytes`.
    ///
    /// # Errors
    /// A [`ReceiptError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, ReceiptError> {
        if bytes.len() > RECEIPT_MAX {
            return Err(ReceiptError::TooLong { length: bytes.len() });
        }
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| match FileKind::of(bytes) {
            FileKind::Receipt => ReceiptError::Version,
            other => ReceiptError::OtherKind(other),
        })?;
        let mut lines = Lines { rest, line: 1 };
        let extra = lines.value(b"extra ", "`extra` and base64")?;
        let extra = BASE64.decode(extra).map_err(|_| lines.malformed("`extra` and base64"))?;
        let index = lines.value(b"index ", "`index` and a decimal")?;
        let index = decimal(index).ok_or(lines.malformed("`index` and a decimal"))?;
        let mut proof = Vec::new();
        loop {
            let line = lines.next("the base64 of a hash, or empty")?;
            if line.is_empty() {
                break;
            }
            let hash = BASE64.decode(line).ok().and_then(|hash| <[u8; 32]>::try_from(hash).ok());
            let hash = hash.filter(|_| proof.len() < PROOF_MAX);
            proof.push(Hash(hash.ok_or(lines.malformed("the base64 of a hash, or empty"))?));
        }
        let checkpoint = lines.rest;
        if !(1..=MAX_NOTE).contains(&checkpoint.len()) {
            return Err(ReceiptError::Checkpoint);
        }
        let bundle = match extra.split_first() {
            Some((&EXTRA_VERSION, bundle)) => bundle.to_vec(),
            _ => return Err(ReceiptError::Extra),
        };
        let receipt = Self { index, bundle, checkpoint: checkpoint.to_vec() };
        let decoded = receipt.bundle()?;
        let item = decoded.items().iter().find(|item| item.index == index).ok_or(ReceiptError::Entry { index })?;
        if !item.proof.hashes().eq(proof) {
            return Err(ReceiptError::Entry { index });
        }
        Ok(receipt)
    }

    /// Its bytes.
    pub fn encode(&self) -> Vec<u8> {
        let extra = BASE64.encode(&[&[EXTRA_VERSION], self.bundle.as_slice()].concat());
        let mut out = MAGIC.to_vec();
        out.extend(format!("extra {extra}\nindex {}\n", self.index).bytes());
        // A receipt's bundle decodes, and holds its entry.
        let bundle = self.bundle().ok();
        let item = bundle.as_ref().and_then(|bundle| bundle.items().iter().find(|item| item.index == self.index));
        for hash in item.iter().flat_map(|item| item.proof.hashes()) {
            out.extend(format!("{}\n", BASE64.encode(&hash.0)).bytes());
        }
        out.push(b'\n');
        out.extend(&self.checkpoint);
        out
    }

    /// Index of the entry that it proves.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The checkpoint, a signed note, verbatim.
    pub fn checkpoint(&self) -> &[u8] {
        &self.checkpoint
    }

    /// The entry and its path of trust.
    ///
    /// # Errors
    /// None: what a receipt holds was decoded before.
    pub fn bundle(&self) -> Result<Bundle<'_>, BundleError> {
        Bundle::decode(&self.bundle)
    }
}

/// The lines before the checkpoint.
struct Lines<'a> {
    rest: &'a [u8],
    /// Number of the line read last.
    line: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self, expected: &'static str) -> Result<&'a [u8], ReceiptError> {
        self.line += 1;
        let end = self.rest.iter().position(|byte| *byte == b'\n').ok_or(self.malformed(expected))?;
        let (line, rest) = self.rest.split_at(end);
        self.rest = rest.get(1..).unwrap_or_default();
        Ok(line)
    }

    fn value(&mut self, name: &[u8], expected: &'static str) -> Result<&'a [u8], ReceiptError> {
        self.next(expected)?.strip_prefix(name).ok_or(self.malformed(expected))
    }

    fn malformed(&self, expected: &'static str) -> ReceiptError {
        ReceiptError::Line { line: self.line, expected }
    }
}

/// Digits without leading zeros.
fn decimal(digits: &[u8]) -> Option<u64> {
    let canonical = digits == b"0" || !digits.starts_with(b"0");
    let all_digits = digits.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(digits).ok().filter(|_| canonical && all_digits)?.parse().ok()
}

#[cfg(test)]
mod tests;
