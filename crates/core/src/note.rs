//! Signed notes (C2SP signed-note v1.0.0): reading, verifying and signing.
//!
//! ```text
//! text, ending in a newline
//!                                                 (empty line; the last one in the note counts)
//! — key name base64(key id ‖ signature)           (one or more)
//! ```
//!
//! Nothing in a note's text is anyone's word until [`Note::verify`] has found a signature by a trusted key.

mod base64;
mod sign;
mod verifier_key;

use core::str;

use thiserror::Error;

use crate::cosignature::Cosignature;
use crate::lines::{is_space, lines};
use crate::signature::verify;

pub(crate) use base64::decode as decode_base64;
pub(crate) use sign::sign_text;
pub use sign::{SignError, sign_note, write_signature};
pub use verifier_key::{KeyError, KeyKind, VerifierKey};

/// Longest note that is read, in bytes.
pub const MAX_NOTE: usize = 16 * 1024;
/// Most signature lines that a note may have; the specification demands at least 16.
pub const MAX_SIGNATURES: usize = 64;
/// Longest key name, in bytes.
pub const MAX_NAME: usize = 255;

const DASH: &str = "— ";

/// Why bytes are no signed note, or one not to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoteError {
    /// More than [`MAX_NOTE`] bytes.
    #[error("the note is longer than {MAX_NOTE} bytes")]
    TooLong,
    /// Not UTF-8.
    #[error("the note is not UTF-8")]
    NotUtf8,
    /// A control character below U+0020 other than a newline.
    #[error("the note has a control character")]
    ControlCharacter,
    /// No empty line between text and signatures, or no signature line after the last one.
    #[error("the note has no signatures after an empty line")]
    NoSignatures,
    /// More than [`MAX_SIGNATURES`] signature lines.
    #[error("the note has more than {MAX_SIGNATURES} signatures")]
    TooManySignatures,
    /// A line after the last empty line that is no signature line: dash, name, or base64 is wrong.
    #[error("a signature line of the note is malformed")]
    MalformedSignature,
    /// A signature by a key that is known by name and id does not verify: the whole note is to be rejected.
    #[error("a signature by a known key does not verify")]
    BadSignature,
}

/// A well-formed signed note. Its signatures are not verified by parsing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note<'a> {
    text: &'a str,
    signatures: &'a str,
}

/// One signature line of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoteSignature<'a> {
    /// Name of the key, as the line claims.
    pub name: &'a str,
    /// Id of the key, as the line claims.
    pub key_id: [u8; 4],
    line: &'a str,
    encoded: &'a str,
}

/// What the signatures of a known key in a note say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    /// The key signed the text.
    Signed,
    /// The key cosigned the text (C2SP tlog-cosignature).
    Cosigned {
        /// POSIX seconds; where the key cosigned more than once, the earliest.
        timestamp: u64,
    },
}

impl<'a> Note<'a> {
    /// Reads a note, every line of it.
    ///
    /// # Errors
    /// Every [`NoteError`] but `BadSignature`.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, NoteError> {
        if bytes.len() > MAX_NOTE {
            return Err(NoteError::TooLong);
        }
        let note = str::from_utf8(bytes).map_err(|_| NoteError::NotUtf8)?;
        if note.bytes().any(|byte| byte < 0x20 && byte != b'\n') {
            return Err(NoteError::ControlCharacter);
        }
        let empty_line = note.as_bytes().windows(2).rposition(|pair| pair == b"\n\n").ok_or(NoteError::NoSignatures)?;
        let (text, rest) = note.split_at_checked(empty_line.saturating_add(1)).ok_or(NoteError::NoSignatures)?;
        let signatures = rest.strip_prefix('\n').filter(|lines| !lines.is_empty()).ok_or(NoteError::NoSignatures)?;
        if !signatures.ends_with('\n') {
            return Err(NoteError::MalformedSignature);
        }
        if lines(signatures).count() > MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        for line in lines(signatures) {
            NoteSignature::parse(line).ok_or(NoteError::MalformedSignature)?;
        }
        Ok(Self { text, signatures })
    }

    /// The text that is signed, with its final newline.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The signature lines in order, of known and unknown keys.
    pub fn signatures(&self) -> impl Iterator<Item = NoteSignature<'a>> + Clone {
        lines(self.signatures).filter_map(NoteSignature::parse)
    }

    /// Verifies every signature that claims this key by name **and** id; `None` where there is none.
    ///
    /// # Errors
    /// [`NoteError::BadSignature`] where one of them fails: the note is then to be rejected as a whole.
    pub fn verify(&self, key: &VerifierKey<'_>) -> Result<Option<Verified>, NoteError> {
        let mut found = None;
        for signature in self.signatures().filter(|signature| signature.is_by(key)) {
            let verified = signature.verify(key, self.text).ok_or(NoteError::BadSignature)?;
            found = Some(match (found, verified) {
                (Some(Verified::Cosigned { timestamp: a }), Verified::Cosigned { timestamp: b }) => {
                    Verified::Cosigned { timestamp: a.min(b) }
                }
                _ => verified,
            });
        }
        Ok(found)
    }
}

impl<'a> NoteSignature<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let (name, encoded) = line.strip_prefix(DASH)?.split_once(is_space)?;
        if !is_name(name) || !base64::is_valid(encoded) {
            return None;
        }
        // A key id and at least one byte of signature: two groups of base64 hold them.
        let mut start = [0; 6];
        match *decode_base64(encoded.get(..8)?, &mut start)? {
            [a, b, c, d, _, ..] => Some(Self { name, key_id: [a, b, c, d], line, encoded }),
            _ => None,
        }
    }

    /// The line as it stands in the note, without its newline.
    pub fn line(&self) -> &'a str {
        self.line
    }

    /// Whether the line claims to be by this key: same name and same id.
    pub fn is_by(&self, key: &VerifierKey<'_>) -> bool {
        self.name == key.name() && self.key_id == key.id()
    }

    /// Decodes what follows the key id into the front of a buffer; `None` where it does not fit with 4 bytes to spare.
    pub fn blob<'b>(&self, buffer: &'b mut [u8]) -> Option<&'b [u8]> {
        decode_base64(self.encoded, buffer)?.get(4..)
    }

    fn verify(&self, key: &VerifierKey<'_>, text: &str) -> Option<Verified> {
        let mut buffer = [0; 76];
        let blob = self.blob(&mut buffer)?;
        match key.kind() {
            KeyKind::Ed25519 => {
                verify(key.key(), text.as_bytes(), blob.try_into().ok()?).ok()?;
                Some(Verified::Signed)
            }
            KeyKind::Cosignature => {
                let cosignature = Cosignature::from_bytes(blob.try_into().ok()?).ok()?;
                cosignature.verify(key.key(), text).ok()?;
                Some(Verified::Cosigned { timestamp: cosignature.timestamp() })
            }
        }
    }
}

/// Whether a key may have this name: not empty, no Unicode space, no plus, not over-long.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= MAX_NAME && !name.contains(|c: char| c.is_whitespace() || c == '+')
}
