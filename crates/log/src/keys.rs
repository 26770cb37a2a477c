//! Private keys in files, and what lies beside them.
//!
//! | file | holds |
//! |---|---|
//! | `KEY` | the private key, PKCS#8 PEM **version 1**, which OpenSSL and Python read, plain or encrypted; for its owner's eyes only |
//! | `KEY.pub` | the verifier key (C2SP signed-note), one line; its name is the unit's id, or the log's origin |
//! | `KEY.head` | of a unit's key: how far its chain has come; see [`crate::signer`] |
//!
//! Where `KEY` is an OpenSSH *public* key file, ssh-agent holds the private key, and what lies beside it is named by the
//! same rule: `id_ed25519.pub.pub`, `id_ed25519.pub.head`.
//!
//! Keys that were made elsewhere, by `openssl genpkey -algorithm ed25519` for one, become ours with [`adopt`].

mod agent;
mod error;
mod openssh;
mod pkcs8_file;

use std::path::{Path, PathBuf};

use ed25519_dalek::{Signature, SigningKey};
use ikrar_core::digest::PublicKey;
use ikrar_core::field::{Origin, UnitId};
use ikrar_core::note::{KeyError, KeyKind, VerifierKey};
use zeroize::Zeroizing;

use crate::durable::{self, Access, beside};
use crate::signer;
use pkcs8_file::{EncodeError, Fault};

pub use agent::{AgentError, AgentKey};
pub use error::{KeyFileError, PemKind};

/// Folders of this name hold keys that protect nothing: readable by others, and only for synthetic registries.
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
    pub signing: Holder,
    /// It lies in a folder named [`TEST_ONLY`], so it signs for synthetic registries alone. The caller, who knows the
    /// registry, sees to that.
    pub test_only: bool,
}

/// Who holds a private key.
pub enum Holder {
    /// This program, which read it from its file.
    File(Box<SigningKey>),
    /// ssh-agent.
    Agent(AgentKey),
}

impl Holder {
    /// The public half.
    pub fn public(&self) -> PublicKey {
        match self {
            Self::File(key) => PublicKey(key.verifying_key().to_bytes()),
            Self::Agent(key) => key.public(),
        }
    }
}

impl signature::Signer<Signature> for Holder {
    fn try_sign(&self, message: &[u8]) -> Result<Signature, signature::Error> {
        match self {
            Self::File(key) => key.try_sign(message),
            Self::Agent(key) => key.try_sign(message),
        }
    }
}

impl std::fmt::Debug for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(_) => f.write_str("File"),
            Self::Agent(key) => key.fmt(f),
        }
    }
}

impl PrivateKey {
    /// The public half.
    pub fn public(&self) -> PublicKey {
        self.signing.public()
    }

    /// The public half with its name.
    ///
    /// # Errors
    /// [`KeyError`] where the name was not taken from a verifier key.
    pub fn verifier_key(&self) -> Result<VerifierKey<'_>, KeyError> {
        VerifierKey::new(&self.name, self.kind, self.public())
    }

    /// Can it sign? Asks the agent that holds it.
    ///
    /// # Errors
    /// [`KeyFileError::Agent`].
    pub fn ready(&self, path: &Path) -> Result<(), KeyFileError> {
        match &self.signing {
            Holder::File(_) => Ok(()),
            Holder::Agent(key) => key.ready().map_err(|source| KeyFileError::Agent { path: path.to_owned(), source }),
        }
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

/// Would [`generate`] make this key?
///
/// # Errors
/// [`KeyFileError::Name`]; [`KeyFileError::Exists`] for any of its files.
pub fn check_new(path: &Path, name: &str, purpose: Purpose) -> Result<(), KeyFileError> {
    purpose.check_name(name)?;
    let files = [path.to_owned(), public_path(path), signer::head_path(path)];
    match files.into_iter().find(|file| std::fs::symlink_metadata(file).is_ok()) {
        Some(path) => Err(KeyFileError::Exists { path }),
        None => Ok(()),
    }
}

/// Makes a fresh key at `path`, its verifier key, and, for a unit, an unused head. Nothing is ever overwritten.
///
/// The private key is written first: where a power cut leaves it alone, [`adopt`] adds what is missing. After an error
/// nothing is left.
///
/// # Errors
/// Those of [`check_new`]; others.
pub fn generate(path: &Path, name: &str, purpose: Purpose) -> Result<PrivateKey, KeyFileError> {
    make(path, name, purpose, None)
}

/// [`generate`], with the private key encrypted.
///
/// # Errors
/// As [`generate`].
pub fn generate_encrypted(
    path: &Path,
    name: &str,
    purpose: Purpose,
    passphrase: &[u8],
) -> Result<PrivateKey, KeyFileError> {
    make(path, name, purpose, Some(passphrase))
}

fn make(path: &Path, name: &str, purpose: Purpose, passphrase: Option<&[u8]>) -> Result<PrivateKey, KeyFileError> {
    check_new(path, name, purpose)?;
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(seed.as_mut_slice()).map_err(|source| KeyFileError::Random { source })?;
    let signing = Box::new(SigningKey::from_bytes(&seed));
    let pem = pkcs8_file::encode(&signing, passphrase).map_err(|error| match error {
        EncodeError::Random(source) => KeyFileError::Random { source },
        EncodeError::Encoding => KeyFileError::Pem { path: path.to_owned(), found: PemKind::Malformed },
    })?;
    durable::create(path, pem.as_bytes(), Access::Private).map_err(KeyFileError::writing(path))?;
    let key = PrivateKey {
        name: name.to_owned(),
        kind: purpose.kind(),
        signing: Holder::File(signing),
        test_only: is_test_only(path),
    };
    // A lock beside it may be that of a key which lay there before.
    if let Err(error) = name_it(path, &key, purpose, LostHead::Replaced) {
        remove(&[path.to_owned()]);
        return Err(error);
    }
    Ok(key)
}

/// A key taken on, and what was written beside it.
#[derive(Debug)]
pub struct Adopted {
    /// The key.
    pub key: PrivateKey,
    /// The files made: its verifier key, its head.
    pub written: Vec<PathBuf>,
}

/// What becomes of a unit's key whose head is lost, so that nobody knows what it has signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LostHead {
    /// It is not taken on: [`KeyFileError::HeadLost`].
    Refused,
    /// It gets an unused head. Whoever asks for it knows that it never signed, or that a `Rekey` installs it again.
    Replaced,
}

/// Takes on a key that was made elsewhere, or whose verifier key was lost: writes the verifier key, and, for a unit, an
/// unused head. A head is made **once**: a key whose head was lost is not adopted again but replaced by a `Rekey`.
///
/// # Errors
/// [`KeyFileError::Adopted`] where both are there already; [`KeyFileError::OtherName`] where the verifier key or the
/// head names another; [`KeyFileError::HeadLost`]; [`KeyFileError::Head`]; [`KeyFileError::Encrypted`]. Nothing was
/// written then.
pub fn adopt(path: &Path, name: &str, purpose: Purpose) -> Result<Adopted, KeyFileError> {
    adopt_with(path, name, purpose, LostHead::Refused, None)
}

/// [`adopt`], with the passphrase of the private key, if it has one.
///
/// # Errors
/// As [`adopt`]; [`KeyFileError::Passphrase`].
pub fn adopt_with(
    path: &Path,
    name: &str,
    purpose: Purpose,
    lost_head: LostHead,
    passphrase: Option<&[u8]>,
) -> Result<Adopted, KeyFileError> {
    purpose.check_name(name)?;
    let path = &resolved(path)?;
    let (signing, test_only) = read_key(path, passphrase)?;
    let key = PrivateKey { name: name.to_owned(), kind: purpose.kind(), signing, test_only };
    let written = name_it(path, &key, purpose, lost_head)?;
    Ok(Adopted { key, written })
}

/// Loads a key, and checks that its verifier key belongs to it.
///
/// # Errors
/// A [`KeyFileError`]; [`KeyFileError::Encrypted`] where it has a passphrase.
pub fn load(path: &Path) -> Result<PrivateKey, KeyFileError> {
    load_with(path, None)
}

/// [`load`], with the passphrase of the private key, if it has one.
///
/// # Errors
/// As [`load`]; [`KeyFileError::Passphrase`].
pub fn load_with(path: &Path, passphrase: Option<&[u8]>) -> Result<PrivateKey, KeyFileError> {
    let path = &resolved(path)?;
    let (signing, test_only) = read_key(path, passphrase)?;
    let public = public_path(path);
    let text = read_public(&public)?.ok_or_else(|| KeyFileError::NoPublic { path: public.clone() })?;
    let named = VerifierKey::parse(&text).map_err(|error| KeyFileError::Public { path: public.clone(), error })?;
    if *named.key() != signing.public() {
        return Err(KeyFileError::Mismatch { path: public });
    }
    Ok(PrivateKey { name: named.name().to_owned(), kind: named.kind(), signing, test_only })
}

/// The key itself, where `path` is a link: what lies beside a key lies beside the real one, once.
pub(crate) fn resolved(path: &Path) -> Result<PathBuf, KeyFileError> {
    let is_link = std::fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_symlink());
    if is_link { std::fs::canonicalize(path).map_err(KeyFileError::reading(path)) } else { Ok(path.to_owned()) }
}

/// Writes what is missing beside a key, and tells what that was.
fn name_it(path: &Path, key: &PrivateKey, purpose: Purpose, lost_head: LostHead) -> Result<Vec<PathBuf>, KeyFileError> {
    let verifier = key.verifier_key().map_err(|error| KeyFileError::Public { path: path.to_owned(), error })?;
    let (public, head) = (public_path(path), signer::head_path(path));
    let has_public = match read_public(&public)? {
        Some(text) if text == verifier.to_string() => true,
        Some(_) => return Err(KeyFileError::OtherName { path: public }),
        None => false,
    };
    let has_head = match signer::head_of(&head)? {
        Some(of) if purpose == Purpose::Unit && of == verifier.to_string() => true,
        Some(_) => return Err(KeyFileError::OtherName { path: head }),
        None => false,
    };
    let needs_head = purpose == Purpose::Unit && !has_head;
    if has_public && !needs_head {
        return Err(KeyFileError::Adopted { path: path.to_owned() });
    }
    // Nobody has these but a key that had a head.
    let traces = [public.clone(), beside(path, signer::LOCK_ENDING)];
    let trace = traces.into_iter().find(|trace| std::fs::symlink_metadata(trace).is_ok());
    if let Some(trace) = trace.filter(|_| needs_head && lost_head == LostHead::Refused) {
        return Err(KeyFileError::HeadLost { path: head, trace });
    }
    let mut written = Vec::new();
    if !has_public {
        let line = format!("{verifier}\n");
        durable::create(&public, line.as_bytes(), Access::Shared).map_err(KeyFileError::writing(&public))?;
        written.push(public);
    }
    if needs_head {
        if let Err(error) = signer::create_head(path, &verifier) {
            // A verifier key without a head would pass for one whose head was lost.
            remove(&written);
            return Err(error);
        }
        written.push(head);
    }
    Ok(written)
}

/// Takes back what was made for nothing; what cannot be removed stays, and the cause is told anyway.
fn remove(files: &[PathBuf]) {
    for file in files {
        let _ = std::fs::remove_file(file);
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

/// The key of a file, and whether it is one for tests alone.
fn read_key(path: &Path, passphrase: Option<&[u8]>) -> Result<(Holder, bool), KeyFileError> {
    let bytes = Zeroizing::new(durable::read(path, PRIVATE_CAP).map_err(KeyFileError::reading(path))?);
    let refused = |found| KeyFileError::Pem { path: path.to_owned(), found };
    let text = std::str::from_utf8(&bytes).map_err(|_| refused(PemKind::Malformed))?;
    let test_only = is_test_only(path);
    if let Some(public) = openssh::public_key(text) {
        return Ok((Holder::Agent(AgentKey::of_environment(public.map_err(refused)?)), test_only));
    }
    if VerifierKey::parse(text.trim_end()).is_ok() {
        return Err(refused(PemKind::PublicKey));
    }
    if !test_only {
        check_permissions(path)?;
    }
    let signing = pkcs8_file::decode(text, passphrase).map_err(|fault| match fault {
        Fault::Pem(found) => refused(found),
        Fault::Encrypted => KeyFileError::Encrypted { path: path.to_owned() },
        Fault::Passphrase => KeyFileError::Passphrase { path: path.to_owned() },
        Fault::Costly => KeyFileError::Costly { path: path.to_owned() },
    })?;
    Ok((Holder::File(Box::new(signing)), test_only))
}

#[cfg(unix)]
fn check_permissions(path: &Path) -> Result<(), KeyFileError> {
    use std::os::unix::fs::PermissionsExt as _;

    let mode = std::fs::metadata(path).map_err(KeyFileError::reading(path))?.permissions().mode() & 0o777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(KeyFileError::Readable { path: path.to_owned(), mode }) }
}

#[cfg(not(unix))]
fn check_permissions(_path: &Path) -> Result<(), KeyFileError> {
    Ok(())
}

fn is_test_only(path: &Path) -> bool {
    std::fs::canonicalize(path).is_ok_and(|full| {
        full.ancestors().skip(1).any(|folder| folder.file_name().is_some_and(|name| name == TEST_ONLY))
    })
}

#[cfg(test)]
mod tests;
