use core::fmt;

use base64ct::{Base64, Encoding as _};
use thiserror::Error;

use super::{decode_base64, is_name};
use crate::digest::{PublicKey, note_key_id};
use crate::lines::is_plus;
use crate::signature::{SignatureError, check_key};

/// What a key of a signed note signs: the signature types that Ikrar trusts (C2SP signed-note, signature types).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// Type 0x01: Ed25519 over the note's text. Logs sign so.
    Ed25519,
    /// Type 0x04: timestamped Ed25519 cosignature (C2SP tlog-cosignature). Witnesses sign so.
    Cosignature,
}

impl KeyKind {
    /// The signature type's byte.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Ed25519 => 0x01,
            Self::Cosignature => 0x04,
        }
    }
}

/// Why a text is no verifier key, or none to be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Not `name+id+base64`, with the id in eight lower-case hexadecimal digits and strict base64.
    #[error("a verifier key is written as name+id+base64")]
    Malformed,
    /// The name is empty or over-long, or has a space, a plus or a control character.
    #[error("a key name is 1 to 255 bytes without space, plus or control character")]
    Name,
    /// A signature type that this version can't verify, such as 0x06 (ML-DSA-44 cosignatures).
    #[error("signature type {0:#04x} is not supported")]
    UnsupportedKind(u8),
    /// The id is not the one that name, type and key hash to: a slip in copying, most likely.
    #[error("the key's id does not belong to its name and bytes")]
    IdMismatch,
    /// The public key is not canonical, or of small order.
    #[error(transparent)]
    Key(#[from] SignatureError),
}

/// A public key of a log or a witness, with the name under which it signs notes; written `name+id+base64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerifierKey<'a> {
    name: &'a str,
    id: [u8; 4],
    kind: KeyKind,
    key: PublicKey,
}

impl<'a> VerifierKey<'a> {
    /// Puts a key together, and checks it.
    ///
    /// # Errors
    /// [`KeyError::Name`] or [`KeyError::Key`].
    pub fn new(name: &'a str, kind: KeyKind, key: PublicKey) -> Result<Self, KeyError> {
        if !is_name(name) || name.contains(char::is_control) {
            return Err(KeyError::Name);
        }
        check_key(&key)?;
        Ok(Self { name, id: note_key_id(name, kind.byte(), &key.0), kind, key })
    }

    /// Reads a key in its text form (C2SP signed-note, verifier keys).
    ///
    /// # Errors
    /// A [`KeyError`].
    pub fn parse(text: &'a str) -> Result<Self, KeyError> {
        // Base64 may have a plus of its own; name and id may not.
        let (name, rest) = text.split_once(is_plus).ok_or(KeyError::Malformed)?;
        let (id, encoded) = rest.split_once(is_plus).ok_or(KeyError::Malformed)?;
        let id = parse_id(id).ok_or(KeyError::Malformed)?;
        if !super::base64::is_valid(encoded) {
            return Err(KeyError::Malformed);
        }
        let mut start = [0; 3];
        let kind = match encoded.get(..4).and_then(|group| decode_base64(group, &mut start)) {
            Some([0x01, ..]) => KeyKind::Ed25519,
            Some([0x04, ..]) => KeyKind::Cosignature,
            Some([other, ..]) => return Err(KeyError::UnsupportedKind(*other)),
            _ => return Err(KeyError::Malformed),
        };
        let mut buffer = [0; 33];
        let key = match decode_base64(encoded, &mut buffer) {
            Some([_, key @ ..]) => PublicKey(key.try_into().map_err(|_| KeyError::Malformed)?),
            _ => return Err(KeyError::Malformed),
        };
        let parsed = Self::new(name, kind, key)?;
        if parsed.id == id { Ok(parsed) } else { Err(KeyError::IdMismatch) }
    }

    /// The name under which the key signs; of a log, its origin.
    pub const fn name(&self) -> &'a str {
        self.name
    }

    /// Key id: SHA-256(name ‖ 0x0A ‖ type ‖ key), first four bytes. It tells keys apart and authenticates nothing.
    pub const fn id(&self) -> [u8; 4] {
        self.id
    }

    /// What the key signs.
    pub const fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The Ed25519 public key, canonical and not of small order.
    pub const fn key(&self) -> &PublicKey {
        &self.key
    }
}

impl fmt::Display for VerifierKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = [self.kind.byte(); 33];
        let [_, key @ ..] = &mut bytes;
        key.copy_from_slice(&self.key.0);
        let mut buffer = [0; 44];
        let encoded = Base64::encode(&bytes, &mut buffer).map_err(|_| fmt::Error)?;
        write!(f, "{}+{:08x}+{encoded}", self.name, u32::from_be_bytes(self.id))
    }
}

fn parse_id(text: &str) -> Option<[u8; 4]> {
    if text.len() != 8 || !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    u32::from_str_radix(text, 16).ok().map(u32::to_be_bytes)
}
