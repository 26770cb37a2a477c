//! The trust root: what a verdict rests on, pinned by whoever verifies (design §4).
//!
//! ```toml
//! schema = "ikrar.trust/1"
//! registry_name = "Ikrar Netralitas, contoh"
//! registry = "…"            # id of the Genesis, hexadecimal
//! authority = "root+…"      # the key that signed it
//! log = "log.example.org+…" # the log's key, named by its origin
//! log_since = 0             # the tree size from which this key signs
//! ```
//!
//! It is `trust.toml` in a folder, beside it an optional `policy` (C2SP tlog-policy) for the head checkpoint. The
//! folder is named on the command line, by `IKRAR_KEYS`, or is the user's own configuration: never the current folder, and
//! never the log, for whoever hands over a log could hand over his trust root with it.

mod error;
mod place;

use std::path::Path;

use data_encoding::HEXLOWER;
use ikrar_core::digest::{Id, PublicKey, trust_fingerprint};
use ikrar_core::field::{Name, Origin};
use ikrar_core::note::{KeyError, KeyKind, VerifierKey};
use ikrar_core::policy::Policy;
use ikrar_core::statement::ROOT;
use serde::{Deserialize, Serialize};

use crate::document;
use crate::durable::{self, Access};
use crate::keys::parse_verifier_key;

pub use error::TrustError;
pub use place::{VARIABLE, folder, locate};

/// Schema of the file.
pub const SCHEMA: &str = "ikrar.trust/1";
/// Name of the file.
pub const FILE: &str = "trust.toml";
/// Name of the policy's file beside it.
pub const POLICY_FILE: &str = "policy";
/// Name of the operator's private log key, which may lie in the same folder.
pub const LOG_KEY_FILE: &str = "log.key";

const CAP: u64 = 16 * 1024;

/// What a verdict rests on. One that was loaded or checked holds valid names and keys.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TrustRoot {
    /// Name of the registry, for people.
    pub registry_name: String,
    /// Its id, which is that of its `Genesis`.
    pub registry: Id,
    /// The key that signed the `Genesis`.
    pub authority: PublicKey,
    /// The log's origin.
    pub origin: String,
    /// The log's key.
    pub log_key: PublicKey,
    /// The tree size from which the log's key signs.
    pub log_since: u64,
    /// Text of the witness policy for the head checkpoint.
    pub policy: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    registry_name: String,
    registry: String,
    authority: String,
    log: String,
    log_since: u64,
}

impl TrustRoot {
    /// Loads the trust root in a folder.
    ///
    /// # Errors
    /// [`TrustError::NoTrustRoot`] where there is none; others where it is damaged.
    pub fn load(folder: &Path) -> Result<Self, TrustError> {
        let path = folder.join(FILE);
        let bytes = match durable::read(&path, CAP) {
            Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
                return Err(TrustError::NoTrustRoot { looked_at: vec![path] });
            }
            read => read.map_err(|source| TrustError::Unreadable { path: path.clone(), source })?,
        };
        let policy_path = folder.join(POLICY_FILE);
        let policy = match durable::read(&policy_path, CAP) {
            Ok(bytes) => Some(String::from_utf8(bytes).map_err(|_| TrustError::PolicyNotUtf8 { path: policy_path })?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(source) => return Err(TrustError::Unreadable { path: policy_path, source }),
        };
        Self::parse(&bytes, policy).map_err(|error| match error {
            TrustError::Document { error, .. } => TrustError::Document { path, error },
            other => other,
        })
    }

    /// Reads the bytes of a trust root, beside which this policy stands.
    ///
    /// # Errors
    /// A [`TrustError`] where they are damaged; a `Document` without its path.
    pub fn parse(bytes: &[u8], policy: Option<String>) -> Result<Self, TrustError> {
        let file: File =
            document::parse(bytes, SCHEMA).map_err(|error| TrustError::Document { path: FILE.into(), error })?;
        let registry = HEXLOWER.decode(file.registry.as_bytes()).ok().and_then(|id| id.try_into().ok());
        let (name, authority) =
            parse_verifier_key(&file.authority).map_err(|error| TrustError::Key { field: "authority", error })?;
        if name != ROOT {
            return Err(TrustError::Authority { name: name.to_owned() });
        }
        let (origin, log_key) =
            parse_verifier_key(&file.log).map_err(|error| TrustError::Key { field: "log", error })?;
        let root = Self {
            registry: Id(registry.ok_or(TrustError::Registry { found: file.registry })?),
            authority,
            origin: origin.to_owned(),
            log_key,
            registry_name: file.registry_name,
            log_since: file.log_since,
            policy,
        };
        root.check()?;
        Ok(root)
    }

    /// Writes `trust.toml`, and `policy` if there is one, into a folder, which is made if need be. Nothing is
    /// overwritten.
    ///
    /// # Errors
    /// [`TrustError::Exists`]; what the medium reports.
    pub fn save(&self, folder: &Path) -> Result<(), TrustError> {
        let (path, policy_path) = (folder.join(FILE), folder.join(POLICY_FILE));
        let text = self.text(&path)?;
        std::fs::create_dir_all(folder).map_err(|source| unwritable(folder, source))?;
        if std::fs::symlink_metadata(&path).is_ok() {
            return Err(TrustError::Exists { path });
        }
        // The policy first: a trust root without the policy it was made with would demand less.
        let there = durable::read(&policy_path, CAP).ok();
        match (&self.policy, there) {
            (Some(policy), Some(there)) if policy.as_bytes() == there => {}
            (Some(policy), _) => durable::create(&policy_path, policy.as_bytes(), Access::Shared)
                .map_err(|source| unwritable(&policy_path, source))?,
            (None, None) => {}
            (None, Some(_)) => return Err(TrustError::Exists { path: policy_path }),
        }
        durable::create(&path, text.as_bytes(), Access::Shared).map_err(|source| unwritable(&path, source))
    }

    /// Puts this trust root in the place of the one in a folder, where the log's key changed. A policy stays as it is.
    ///
    /// # Errors
    /// What the medium reports; then the old one is still there.
    pub fn renew(&self, folder: &Path) -> Result<(), TrustError> {
        let path = folder.join(FILE);
        let text = self.text(&path)?;
        durable::replace(&path, text.as_bytes(), Access::Shared).map_err(|source| unwritable(&path, source))
    }

    fn text(&self, path: &Path) -> Result<String, TrustError> {
        self.check()?;
        let authority = VerifierKey::new(ROOT, KeyKind::Ed25519, self.authority);
        let file = File {
            schema: SCHEMA.to_owned(),
            registry_name: self.registry_name.clone(),
            registry: self.registry.to_string(),
            authority: authority.map_err(|error| TrustError::Key { field: "authority", error })?.to_string(),
            log: self.log().map_err(|error| TrustError::Key { field: "log", error })?.to_string(),
            log_since: self.log_since,
        };
        toml::to_string(&file).map_err(|error| unwritable(path, std::io::Error::other(error)))
    }

    /// The log's key with its name.
    ///
    /// # Errors
    /// [`KeyError`], which a loaded or checked trust root never gives.
    pub fn log(&self) -> Result<VerifierKey<'_>, KeyError> {
        VerifierKey::new(&self.origin, KeyKind::Ed25519, self.log_key)
    }

    /// What people compare, on paper or by telephone: a hash over everything that decides a verdict. The registry's
    /// name is not among it, for the registry's id covers it.
    pub fn fingerprint(&self) -> [u8; 32] {
        let origin = self.origin.as_bytes();
        let mut canonical = Vec::new();
        canonical.extend(self.registry.0);
        canonical.extend(self.authority.0);
        // An origin has at most 255 bytes.
        canonical.push(u8::try_from(origin.len()).unwrap_or(u8::MAX));
        canonical.extend(origin);
        canonical.extend(self.log_key.0);
        canonical.extend(self.log_since.to_be_bytes());
        canonical.extend(self.policy.as_deref().unwrap_or_default().as_bytes());
        trust_fingerprint(&canonical)
    }

    /// The fingerprint as it is shown: 64 hexadecimal digits.
    pub fn fingerprint_text(&self) -> String {
        HEXLOWER.encode(&self.fingerprint())
    }

    /// Checks names, keys and policy.
    ///
    /// # Errors
    /// The first of them that is not valid.
    pub fn check(&self) -> Result<(), TrustError> {
        Name::new(&self.registry_name).map_err(|error| TrustError::Field { field: "registry_name", error })?;
        Origin::new(&self.origin).map_err(|error| TrustError::Field { field: "log", error })?;
        self.log().map_err(|error| TrustError::Key { field: "log", error })?;
        VerifierKey::new(ROOT, KeyKind::Ed25519, self.authority)
            .map_err(|error| TrustError::Key { field: "authority", error })?;
        match &self.policy {
            // An empty one would have the fingerprint of none.
            Some(text) => Policy::parse(text).map(|_| ()).map_err(|error| TrustError::Policy { error }),
            None => Ok(()),
        }
    }
}

fn unwritable(path: &Path, source: std::io::Error) -> TrustError {
    match source.kind() {
        std::io::ErrorKind::AlreadyExists => TrustError::Exists { path: path.to_owned() },
        _ => TrustError::Unwritable { path: path.to_owned(), source },
    }
}

#[cfg(test)]
mod tests;
