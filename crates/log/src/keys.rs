//! Private keys in files, and what lies beside them.
//!
//! | file | holds |
//! |---|---|
//! | `KEY` | the private key, PKCS#8 PEM **version 1**, which OpenSSL and Python read; for its owner's eyes only |
//! | `KEY.pub` | the verifier key (C2SP signed-note), one line; its name is the unit's id, or the log's origin |
//! | `KEY.head` | of a unit's key: how far its chain has come; see [`crate::signer`] |
//!
//! Keys that were made elsewhere, by `openssl genpkey -algorithm ed25519` for one, become ours with [`adopt`].

mod error;

use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use ed25519_pkcs8::KeypairBytes;
use ed25519_pkcs8::pkcs8::spki::der::pem::LineEnding;
use ed25519_pkcs8::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};
use ikrar_core::digest::PublicKey;
use ikrar_core::field::{Origin, UnitId};
use ikrar_core::note::{KeyError, KeyKind, VerifierKey};
use zeroize::Zeroizing;

use crate::durable::{self, Access, beside};
use crate::signer;

pub use error::{KeyFileError, PemKind};

/// Folders of this name hold keys that protect nothing: there a private key may be readable by others.
pub const TEST_ONLY: &str = "test-only";
/// Ending of the verifier key's file.
pub const PUBLIC_ENDING: &str = ".pub";

const PRIVATE_CAP: u64 = 16 * 1024;
const PUBLIC_CAP: u64 = 1024;

/// What a key is for. One key never serves two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// Speaks for a unit (`root` and `recovery` included), so it has a head.
    Unit,
    /// Signs the checkpoints of a log or journal.
    Log,
    /// Cosigns checkpoints.
    Witness,
}

impl Purpose {
    fn kind(self) -> KeyKind {
        match self {
            Self::Unit | Self::Log => KeyKind::Ed25519,
            Self::Witness => KeyKind::Cosignature,
        }
    }

    fn check_name(self, name: &str) -> Result<(), KeyFileError> {
        let checked = match self {
            Self::Unit => UnitId::new(name).map(|_| ()),
            Self::Log | Self::Witness => Origin::new(name).map(|_| ()),
        };
        checked.map_err(|error| KeyFileError::Name { name: name.to_owned(), purpose: self, error })
    }
}

/// A private key, and the name under which it signs. Leaves memory zeroed.
pub struct PrivateKey {
    /// Id of the unit, or origin of the log.
    pub name: String,
    /// What its signatures are.
    pub kind: KeyKind,
    /// The key.
    pub signing: SigningKey,
}

impl PrivateKey {
    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.signing.verifying_key().to_bytes())
    }

    /// The public half with its name.
    ///
    /// # Errors
    /// [`KeyError`] where the name was not taken from a verifier key.
    pub fn verifier_key(&self) -> Result<VerifierKey<'_>, KeyError> {
        VerifierKey::new(&self.name, self.kind, self.public())
    }
}

/// Shows the name, never the key.
impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PrivateKey").field("name", &self.name).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Where a key's verifier key is kept.
pub fn public_path(key: &Path) -> PathBuf {
    beside(key, PUBLIC_ENDING)
}

/// Reads the text of a verifier key of a unit or log (type 0x01): its name and its key, both checked.
///
/// # Errors
/// [`KeyError`].
pub fn parse_verifier_key(text: &str) -> Result<(&str, PublicKey), KeyError> {
    let key = VerifierKey::parse(text)?;
    match key.kind() {
        KeyKind::Ed25519 => Ok((key.name(), *key.key())),
        KeyKind::Cosignature => Err(KeyError::UnsupportedKind(KeyKind::Cosignature.byte())),
    }
}

/// Makes a fresh key at `path`, its verifier key, and, for a unit, an unused head. Nothing is ever overwritten.
///
/// The private key is written first: where a cut leaves it alone, [`adopt`] adds what is missing.
///
/// # Errors
/// [`KeyFileError::Exists`] for any of the files; others.
pub fn generate(path: &Path, name: &str, purpose: Purpose) -> Result<PrivateKey, KeyFileError> {
    purpose.check_name(name)?;
    for taken in [path.to_owned(), public_path(path), signer::head_path(path)] {
        if std::fs::symlink_metadata(&taken).is_ok() {
            return Err(KeyFileError::Exists { path: taken });
        }
    }
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(seed.as_mut_slice()).map_err(|source| KeyFileError::Random { source })?;
    let key = PrivateKey { name: name.to_owned(), kind: purpose.kind(), signing: SigningKey::from_bytes(&seed) };
    let pem = KeypairBytes { secret_key: *seed, public_key: None }
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(|_| KeyFileError::Pem { path: path.to_owned(), found: PemKind::Malformed })?;
    durable::create(path, pem.as_bytes(), Access::Private).map_err(KeyFileError::writing(path))?;
    name_it(path, &key, purpose)?;
    Ok(key)
}

/// Takes on a key that was made elsewhere, or whose verifier key was lost: writes the verifier key, and, for a unit, an
/// unused head. A head is made **once**: a key whose head was lost is not adopted again but replaced by a `Rekey`.
///
/// # Errors
/// [`KeyFileError::Exists`] where both are there already; [`KeyFileError::OtherName`] where the verifier key names
/// another.
pub fn adopt(path: &Path, name: &str, purpose: Purpose) -> Result<PrivateKey, KeyFileError> {
    purpose.check_name(name)?;
    let path = &resolved(path)?;
    let key = PrivateKey { name: name.to_owned(), kind: purpose.kind(), signing: read_private(path)? };
    name_it(path, &key, purpose)?;
    Ok(key)
}

/// Loads a key, and checks that its verifier key belongs to it.
///
/// # Errors
/// A [`KeyFileError`].
pub fn load(path: &Path) -> Result<PrivateKey, KeyFileError> {
    let path = &resolved(path)?;
    let signing = read_private(path)?;
    let public = public_path(path);
    let text = read_public(&public)?.ok_or_else(|| KeyFileError::NoPublic { path: public.clone() })?;
    let named = VerifierKey::parse(&text).map_err(|error| KeyFileError::Public { path: public.clone(), error })?;
    if named.key().0 != signing.verifying_key().to_bytes() {
        return Err(KeyFileError::Mismatch { path: public });
    }
    Ok(PrivateKey { name: named.name().to_owned(), kind: named.kind(), signing })
}

/// The key itself, where `path` is a link: what lies beside a key lies beside the real one, once.
pub(crate) fn resolved(path: &Path) -> Result<PathBuf, KeyFileError> {
    let is_link = std::fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_symlink());
    if is_link { std::fs::canonicalize(path).map_err(KeyFileError::reading(path)) } else { Ok(path.to_owned()) }
}

/// Writes what is missing beside a key.
fn name_it(path: &Path, key: &PrivateKey, purpose: Purpose) -> Result<(), KeyFileError> {
    let verifier = key.verifier_key().map_err(|error| KeyFileError::Public { path: path.to_owned(), error })?;
    let public = public_path(path);
    let named_before = match read_public(&public)? {
        Some(text) if text == verifier.to_string() => true,
        Some(_) => return Err(KeyFileError::OtherName { path: public }),
        None => false,
    };
    if !named_before {
        let line = format!("{verifier}\n");
        durable::create(&public, line.as_bytes(), Access::Shared).map_err(KeyFileError::writing(&public))?;
    }
    match purpose {
        Purpose::Unit => match signer::create_head(path, &verifier) {
            // The head was there, and only the verifier key was lost.
            Err(KeyFileError::Exists { .. }) if !named_before => Ok(()),
            created => created,
        },
        Purpose::Log | Purpose::Witness if named_before => Err(KeyFileError::Exists { path: public }),
        Purpose::Log | Purpose::Witness => Ok(()),
    }
}

fn read_public(path: &Path) -> Result<Option<String>, KeyFileError> {
    let bytes = match durable::read(path, PUBLIC_CAP) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        read => read.map_err(KeyFileError::reading(path))?,
    };
    let malformed = KeyFileError::Public { path: path.to_owned(), error: KeyError::Malformed };
    let Ok(text) = String::from_utf8(bytes) else { return Err(malformed) };
    let line = text.strip_suffix('\n').unwrap_or(&text);
    Ok(Some(line.strip_suffix('\r').unwrap_or(line).to_owned()))
}

fn read_private(path: &Path) -> Result<SigningKey, KeyFileError> {
    check_permissions(path)?;
    let bytes = Zeroizing::new(durable::read(path, PRIVATE_CAP).map_err(KeyFileError::reading(path))?);
    let refused = |found| KeyFileError::Pem { path: path.to_owned(), found };
    let text = std::str::from_utf8(&bytes).map_err(|_| refused(PemKind::Malformed))?;
    match PemKind::of(text) {
        None => {}
        Some(PemKind::Encrypted) => return Err(KeyFileError::Encrypted { path: path.to_owned() }),
        Some(other) => return Err(refused(other)),
    }
    let pair = KeypairBytes::from_pkcs8_pem(text).map_err(|error| refused(PemKind::from(error)))?;
    let signing = SigningKey::from_bytes(&pair.secret_key);
    // Version 2 holds the public key too; one that differs would make signatures under it leak the private key.
    match pair.public_key {
        Some(public) if public.0 != signing.verifying_key().to_bytes() => Err(refused(PemKind::OtherPublicKey)),
        _ => Ok(signing),
    }
}

#[cfg(unix)]
fn check_permissions(path: &Path) -> Result<(), KeyFileError> {
    use std::os::unix::fs::PermissionsExt as _;

    let mode = std::fs::metadata(path).map_err(KeyFileError::reading(path))?.permissions().mode() & 0o777;
    if mode & 0o077 == 0 || is_test_only(path) {
        return Ok(());
    }
    Err(KeyFileError::Readable { path: path.to_owned(), mode })
}

#[cfg(not(unix))]
fn check_permissions(_path: &Path) -> Result<(), KeyFileError> {
    Ok(())
}

#[cfg(unix)]
fn is_test_only(path: &Path) -> bool {
    std::fs::canonicalize(path).is_ok_and(|full| {
        full.ancestors().skip(1).any(|folder| folder.file_name().is_some_and(|name| name == TEST_ONLY))
    })
}

#[cfg(test)]
mod tests;
