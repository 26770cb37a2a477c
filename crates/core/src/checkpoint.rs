//! Checkpoints (C2SP tlog-checkpoint v1.0.0): a log's signed word on its size and root hash.
//!
//! ```text
//! origin                  the log's key name
//! tree size               decimal, no leading zeros
//! base64(root hash)
//! extension lines         accepted on reading, never written
//! ```

use core::fmt;

use base64ct::{Base64, Encoding as _};
use ed25519_dalek::Signature;
use signature::Signer;
use thiserror::Error;

use crate::digest::{Hash, empty_root};
use crate::lines::{is_newline, lines};
use crate::note::{
    KeyKind, MAX_NAME, Note, NoteError, NoteSignature, SignError, VerifierKey, decode_base64, sign_text,
    write_signature,
};

/// Longest text of a checkpoint without extension lines, in bytes: origin, 20 digits, 44 characters of base64.
pub const MAX_TEXT: usize = MAX_NAME + 1 + 20 + 1 + 44 + 1;

/// Why bytes are no checkpoint of the given log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CheckpointError {
    /// Not a signed note, or one with a bad signature by the log's key.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The first line is missing or empty.
    #[error("the checkpoint has no origin")]
    Origin,
    /// The second line is not a decimal below 2⁶⁴ without leading zeros.
    #[error("the checkpoint's tree size is malformed")]
    Size,
    /// The third line is not the strict base64 of 32 bytes, or has no newline.
    #[error("the checkpoint's root hash is malformed")]
    Root,
    /// An extension line is empty.
    #[error("the checkpoint has an empty line")]
    EmptyLine,
    /// The key that was to verify it is a witness's, not a log's.
    #[error("a log's key must be of type 0x01")]
    NotALogKey,
    /// It is a checkpoint of another log.
    #[error("the checkpoint's origin is not the name of the log's key")]
    OtherOrigin,
    /// The log's key has not signed it.
    #[error("the checkpoint is not signed by the log's key")]
    NotSigned,
    /// The log signed an empty tree with another root hash than the empty tree's.
    #[error("the root hash is not that of an empty tree")]
    EmptyTreeRoot,
}

/// What a checkpoint says. Parsing it verifies nothing: see [`VerifiedCheckpoint`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkpoint<'a> {
    /// The log's name.
    pub origin: &'a str,
    /// Number of entries.
    pub size: u64,
    /// Root hash of the tree of this size.
    pub root: Hash,
}

impl<'a> Checkpoint<'a> {
    /// Reads the text of a checkpoint's note.
    ///
    /// # Errors
    /// [`CheckpointError`]: `Origin`, `Size`, `Root` or `EmptyLine`.
    pub fn parse(text: &'a str) -> Result<Self, CheckpointError> {
        let (origin, rest) = text.split_once(is_newline).ok_or(CheckpointError::Origin)?;
        if origin.is_empty() {
            return Err(CheckpointError::Origin);
        }
        let (size, rest) = rest.split_once(is_newline).ok_or(CheckpointError::Size)?;
        let size = parse_decimal(size).ok_or(CheckpointError::Size)?;
        let (root, extensions) = rest.split_once(is_newline).ok_or(CheckpointError::Root)?;
        let mut buffer = [0; 32];
        let root = decode_base64(root, &mut buffer).and_then(|bytes| bytes.try_into().ok()).map(Hash);
        let root = root.ok_or(CheckpointError::Root)?;
        if extensions.split_terminator(is_newline).any(str::is_empty) {
            return Err(CheckpointError::EmptyLine);
        }
        Ok(Self { origin, size, root })
    }
}

/// The three lines of the note's text.
impl fmt::Display for Checkpoint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = [0; 44];
        let root = Base64::encode(self.root.as_ref(), &mut buffer).map_err(|_| fmt::Error)?;
        writeln!(f, "{}\n{}\n{root}", self.origin, self.size)
    }
}

/// A checkpoint that the log has signed.
///
/// Success does **not** prove that the log shows everyone the same: compare with checkpoints kept from before, and
/// check the witnesses' cosignatures with a [`Policy`](crate::policy::Policy).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerifiedCheckpoint<'a> {
    note: Note<'a>,
    checkpoint: Checkpoint<'a>,
    log_key_id: [u8; 4],
}

impl<'a> VerifiedCheckpoint<'a> {
    /// Reads a checkpoint and verifies the log's signature; the key's name is the origin that it must have.
    ///
    /// # Errors
    /// A [`CheckpointError`].
    pub fn open(note: &'a [u8], log: &VerifierKey<'_>) -> Result<Self, CheckpointError> {
        let note = Note::parse(note)?;
        let checkpoint = Checkpoint::parse(note.text())?;
        if log.kind() != KeyKind::Ed25519 {
            return Err(CheckpointError::NotALogKey);
        }
        if checkpoint.origin != log.name() {
            return Err(CheckpointError::OtherOrigin);
        }
        note.verify(log)?.ok_or(CheckpointError::NotSigned)?;
        if checkpoint.size == 0 && checkpoint.root != empty_root() {
            return Err(CheckpointError::EmptyTreeRoot);
        }
        Ok(Self { note, checkpoint, log_key_id: log.id() })
    }

    /// What the log signed.
    pub const fn checkpoint(&self) -> &Checkpoint<'a> {
        &self.checkpoint
    }

    /// The log's name.
    pub const fn origin(&self) -> &'a str {
        self.checkpoint.origin
    }

    /// Number of entries.
    pub const fn size(&self) -> u64 {
        self.checkpoint.size
    }

    /// Root hash of the tree of this size.
    pub const fn root(&self) -> &Hash {
        &self.checkpoint.root
    }

    /// The note, with every signature line.
    pub const fn note(&self) -> &Note<'a> {
        &self.note
    }

    /// Extension lines, which the log signed and nobody audits.
    pub fn extensions(&self) -> impl Iterator<Item = &'a str> + Clone {
        lines(self.note.text()).skip(3)
    }

    /// Signature lines by others than the log's key: of witnesses, or unknown. Not verified.
    pub fn other_signatures(&self) -> impl Iterator<Item = NoteSignature<'a>> + Clone {
        let (name, id) = (self.checkpoint.origin, self.log_key_id);
        self.note.signatures().filter(move |signature| signature.name != name || signature.key_id != id)
    }
}

/// Signs a checkpoint with the log's key and writes the whole note.
///
/// # Errors
/// A [`SignError`]; `Origin` where the checkpoint's origin is not the key's name.
pub fn sign_checkpoint(
    checkpoint: &Checkpoint<'_>,
    key: &VerifierKey<'_>,
    signer: &impl Signer<Signature>,
    out: &mut (impl fmt::Write + AsRef<str>),
) -> Result<(), SignError> {
    if checkpoint.origin != key.name() {
        return Err(SignError::Origin);
    }
    // Written where the note will be: a device has no second place for it.
    let before = out.as_ref().len();
    write!(out, "{checkpoint}")?;
    let text = out.as_ref().get(before..).unwrap_or_default();
    let signature = sign_text(text, key, signer)?;
    out.write_char('\n')?;
    Ok(write_signature(out, key, &signature)?)
}

/// Reads decimal digits without leading zeros.
fn parse_decimal(text: &str) -> Option<u64> {
    let canonical = text == "0" || !text.starts_with('0');
    let digits = canonical && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}
