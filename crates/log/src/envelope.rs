//! Attestation files: what signing verbs write, and what `append` reads.
//!
//! ```text
//! "ikrar attestations v1\n"
//! one or more of:  length (u32, BE) ‖ attestation, 1 to 16,384 bytes
//! ```
//!
//! Only the frame is checked here: what an attestation says, and whether it may enter a log, is for others.

use ikrar_core::attestation::TEXT_ATTESTATION_MAX;

use crate::journal_export::{ExportError, JournalExport};
use crate::kind::FileKind;

/// The first line.
pub const MAGIC: &[u8] = b"ikrar attestations v1\n";

/// Why bytes are no file of attestations, or none can be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EnvelopeError {
    /// Another kind of file.
    #[error("this is {0}; expected a file of attestations, as the signing commands write with --out")]
    OtherKind(FileKind),
    /// The export of a journal, damaged.
    #[error(transparent)]
    Journal(#[from] ExportError),
    /// Not a single attestation.
    #[error("the file holds no attestation; sign one first")]
    None,
    /// The file ends inside an attestation or its length.
    #[error("the file ends inside attestation {record}, which begins at byte {offset}; copy the file again")]
    Truncated {
        /// Which one, from 1.
        record: usize,
        /// Where its length begins, from 0.
        offset: usize,
    },
    /// A length of zero, or beyond 16,384.
    #[error(
        "attestation {record}, at byte {offset}, has the length {length}, expected 1 to 16384; copy the file again"
    )]
    Length {
        /// Which one, from 1.
        record: usize,
        /// Where its length begins, from 0.
        offset: usize,
        /// The length.
        length: usize,
    },
}

/// Writes attestations into one file.
///
/// # Errors
/// [`EnvelopeError::None`] or [`EnvelopeError::Length`].
pub fn encode<'a>(attestations: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<u8>, EnvelopeError> {
    let mut file = MAGIC.to_vec();
    for (record, attestation) in (1..).zip(attestations) {
        let length = attestation.len();
        let prefix = check_length(length).ok_or(EnvelopeError::Length { record, offset: file.len(), length })?;
        file.extend(prefix.to_be_bytes());
        file.extend(attestation);
    }
    if file.len() == MAGIC.len() { Err(EnvelopeError::None) } else { Ok(file) }
}

/// Reads the attestations of a file, or of an exported journal, in order.
///
/// # Errors
/// An [`EnvelopeError`].
pub fn delivered(file: &[u8]) -> Result<Vec<&[u8]>, EnvelopeError> {
    if FileKind::of(file) != FileKind::Journal {
        return decode(file);
    }
    let attestations: Vec<_> = JournalExport::decode(file)?.attestations().collect();
    if attestations.is_empty() { Err(EnvelopeError::None) } else { Ok(attestations) }
}

/// Reads the attestations of a file, in order.
///
/// # Errors
/// An [`EnvelopeError`].
pub fn decode(file: &[u8]) -> Result<Vec<&[u8]>, EnvelopeError> {
    let mut rest = file.strip_prefix(MAGIC).ok_or_else(|| EnvelopeError::OtherKind(FileKind::of(file)))?;
    let mut attestations = Vec::new();
    while !rest.is_empty() {
        let (record, offset) = (attestations.len().saturating_add(1), file.len().saturating_sub(rest.len()));
        let truncated = EnvelopeError::Truncated { record, offset };
        let (prefix, after) = rest.split_first_chunk::<4>().ok_or(truncated)?;
        let length = usize::try_from(u32::from_be_bytes(*prefix)).unwrap_or(usize::MAX);
        check_length(length).ok_or(EnvelopeError::Length { record, offset, length })?;
        let (attestation, after) = after.split_at_checked(length).ok_or(truncated)?;
        attestations.push(attestation);
        rest = after;
    }
    if attestations.is_empty() { Err(EnvelopeError::None) } else { Ok(attestations) }
}

fn check_length(length: usize) -> Option<u32> {
    u32::try_from(length).ok().filter(|_| (1..=TEXT_ATTESTATION_MAX).contains(&length))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn records_that_are_cut_short_empty_or_too_long() {
        let file = encode([&b"one"[..], b"second"]).unwrap();
        assert_eq!(decode(&file).unwrap(), [&b"one"[..], b"second"]);
        for cut in MAGIC.len() + 1..file.len() {
            let expected = match cut - MAGIC.len() {
                7 => continue,
                1..7 => EnvelopeError::Truncated { record: 1, offset: MAGIC.len() },
                _ => EnvelopeError::Truncated { record: 2, offset: MAGIC.len() + 7 },
            };
            assert_eq!(decode(&file[..cut]), Err(expected));
        }
        assert_eq!(
            decode(&[&file[..], b"x"].concat()),
            Err(EnvelopeError::Truncated { record: 3, offset: file.len() })
        );
        assert_eq!(decode(MAGIC), Err(EnvelopeError::None));
        assert_eq!(encode([]), Err(EnvelopeError::None));
        for length in [0, TEXT_ATTESTATION_MAX + 1, 0xffff_ffff] {
            let file = [MAGIC, &u32::try_from(length).unwrap().to_be_bytes()].concat();
            assert_eq!(decode(&file), Err(EnvelopeError::Length { record: 1, offset: MAGIC.len(), length }));
        }
        for length in [0, TEXT_ATTESTATION_MAX + 1] {
            let refused = encode([&vec![0; length][..]]);
            assert_eq!(refused, Err(EnvelopeError::Length { record: 1, offset: MAGIC.len(), length }));
        }
    }

    #[test]
    fn another_file_in_its_place_is_named() {
        for (file, kind) in [
            (&b""[..], FileKind::Empty),
            (b"ikrar attestations v1\r\n", FileKind::LineEnds),
            (b"\xff\xfei\0k\0", FileKind::Utf16),
            (b"ikrar request v1\n", FileKind::Request),
            (b"c2sp.org/tlog-proof@v1\n", FileKind::Receipt),
            ("log\n0\nAAAA\n\n— log AAAA\n".as_bytes(), FileKind::Checkpoint),
            (b"-----BEGIN PRIVATE KEY-----\n", FileKind::PrivateKey),
            (b"-----BEGIN PUBLIC KEY-----\n", FileKind::Pem),
            (b"schema = \"ikrar.trust/1\"\n", FileKind::TrustRoot),
            (b"# a comment\nschema = \"ikrar.signer/1\"\n", FileKind::SignerHead),
            (include_bytes!("../../../examples/kota-semarang/contoh-2020.toml"), FileKind::Form),
            (include_bytes!("../../../examples/kota-semarang/units.csv"), FileKind::Csv),
            (b"\xff", FileKind::Unknown),
        ] {
            assert_eq!(decode(file), Err(EnvelopeError::OtherKind(kind)));
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic_and_what_decodes_is_what_encodes(tail in proptest::collection::vec(0_u8..4, 0..60)) {
            let file = [MAGIC, &tail].concat();
            drop(decode(&tail));
            if let Ok(records) = decode(&file) {
                prop_assert_eq!(encode(records).unwrap(), file);
            }
        }
    }
}
