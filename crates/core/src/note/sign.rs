use core::fmt;

use base64ct::{Base64, Encoding as _};
use ed25519_dalek::Signature;
use heapless::Vec;
use signature::Signer;
use thiserror::Error;

use super::{DASH, KeyKind, VerifierKey};
use crate::signature::{sign, verify};

/// Why a note, a checkpoint or a cosignature was not signed. Nothing complete has been written then.
#[derive(Debug, Error)]
pub enum SignError {
    /// The text is not one that a note may have: it must end in a newline and have no other control character.
    #[error("the text can't be signed as a note")]
    Text,
    /// The verifier key is of the other kind: a log's key signs notes, a witness's key cosigns.
    #[error("the key is not of the kind that makes this signature")]
    KeyKind,
    /// A checkpoint's origin must be the name of the log's key.
    #[error("the checkpoint's origin is not the key's name")]
    Origin,
    /// The checkpoint has extension lines, which a witness can't vouch for.
    #[error("the checkpoint has extension lines")]
    Extension,
    /// The time is past 2⁶³ − 1 seconds (C2SP tlog-cosignature).
    #[error("the timestamp is out of range")]
    Timestamp,
    /// The signer failed, a hardware key perhaps.
    #[error("the signer failed")]
    Signer(#[source] signature::Error),
    /// What the signer made does not verify under the public key: another key, or a fault.
    #[error("the signer does not hold the private half of this key")]
    WrongKey,
    /// The output can't take it.
    #[error("the signature could not be written")]
    Write(#[from] fmt::Error),
}

/// Signs a text with a key of kind [`KeyKind::Ed25519`] and writes the whole note.
///
/// # Errors
/// A [`SignError`].
pub fn sign_note(
    text: &str,
    key: &VerifierKey<'_>,
    signer: &impl Signer<Signature>,
    out: &mut impl fmt::Write,
) -> Result<(), SignError> {
    let signature = sign_text(text, key, signer)?;
    out.write_str(text)?;
    out.write_char('\n')?;
    Ok(write_signature(out, key, &signature)?)
}

/// The signature of a note's text, checked.
pub(crate) fn sign_text(
    text: &str,
    key: &VerifierKey<'_>,
    signer: &impl Signer<Signature>,
) -> Result<[u8; 64], SignError> {
    if !text.ends_with('\n') || text.bytes().any(|byte| byte < 0x20 && byte != b'\n') {
        return Err(SignError::Text);
    }
    if key.kind() != KeyKind::Ed25519 {
        return Err(SignError::KeyKind);
    }
    let signature = sign(signer, text.as_bytes()).map_err(SignError::Signer)?;
    verify(key.key(), text.as_bytes(), &signature).map_err(|_| SignError::WrongKey)?;
    Ok(signature)
}

/// Writes one signature line: dash, name, base64(key id ‖ blob), newline.
///
/// # Errors
/// Those of `out`, and where the blob is longer than the 72 bytes of a cosignature.
pub fn write_signature(out: &mut impl fmt::Write, key: &VerifierKey<'_>, blob: &[u8]) -> fmt::Result {
    let mut bytes = Vec::<u8, 76>::new();
    bytes.extend_from_slice(&key.id()).map_err(|_| fmt::Error)?;
    bytes.extend_from_slice(blob).map_err(|_| fmt::Error)?;
    let mut buffer = [0; 104];
    let encoded = Base64::encode(&bytes, &mut buffer).map_err(|_| fmt::Error)?;
    writeln!(out, "{DASH}{} {encoded}", key.name())
}
