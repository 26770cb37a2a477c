//! What can go wrong with a key's files, and the next step.

use std::io;
use std::path::{Path, PathBuf};

use ikrar_core::field::FieldError;
use ikrar_core::note::KeyError;

use super::{AgentError, Purpose};
use crate::signer::HeadFault;

/// Why a key could not be made, adopted or loaded.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// A file that would be written is there already. Nothing was changed.
    #[error("{} exists already; choose another name, nothing is ever overwritten", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The key has all that belongs beside it.
    #[error("{} has its verifier key, and its head where it needs one, beside it already; nothing was changed", path.display())]
    Adopted {
        /// The private key's file.
        path: PathBuf,
    },
    /// The key had a head, and it is gone. Nothing was changed.
    #[error(
        "{} is missing, and {} shows that this key was taken into use before, so it may have signed; put the newest head back, ask for a rekey, or make a head anew with `ikrar key adopt --head-lost`",
        path.display(), trace.display()
    )]
    HeadLost {
        /// The head's file.
        path: PathBuf,
        /// What tells that there was one.
        trace: PathBuf,
    },
    /// The head beside the key is damaged, so it does not tell whose it is. Nothing was changed.
    #[error("{} is damaged: {fault}; restore nothing from a backup, ask for a rekey", path.display())]
    Head {
        /// The head's file.
        path: PathBuf,
        /// How.
        fault: HeadFault,
    },
    /// There is no such key.
    #[error("{} does not exist; make a key with `ikrar keygen`", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The medium failed to read.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What it reported.
        #[source]
        source: io::Error,
    },
    /// The medium failed to write.
    #[error("{} cannot be written", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What it reported.
        #[source]
        source: io::Error,
    },
    /// The operating system gave no randomness.
    #[error("the operating system gave no randomness; no key was made")]
    Random {
        /// What it reported.
        source: getrandom::Error,
    },
    /// Others may read the private key.
    #[error("{} can be read by others (mode {mode:03o}); run `chmod 600` on it, and consider whether it was copied", path.display())]
    Readable {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The private key is encrypted, and no passphrase was given.
    #[error("{} is encrypted; give its passphrase", path.display())]
    Encrypted {
        /// The file.
        path: PathBuf,
    },
    /// The passphrase does not open the private key.
    #[error("{} does not open with this passphrase: it is another one, or the file is damaged; nothing was changed", path.display())]
    Passphrase {
        /// The file.
        path: PathBuf,
    },
    /// The private key's encryption asks for more memory or time than any that is meant.
    #[error("{} is encrypted at a cost beyond 256 MiB or a few seconds; encrypt it again with `openssl pkcs8 -topk8 -scrypt`", path.display())]
    Costly {
        /// The file.
        path: PathBuf,
    },
    /// The agent that holds the private key cannot sign with it.
    #[error("{} is the public half of a key of ssh-agent", path.display())]
    Agent {
        /// The file.
        path: PathBuf,
        /// What is wrong with the agent.
        #[source]
        source: AgentError,
    },
    /// Not an Ed25519 private key in PKCS#8 PEM.
    #[error("{} is not a private key for Ed25519 in PKCS#8 PEM: {found}", path.display())]
    Pem {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        found: PemKind,
    },
    /// The private key has no verifier key beside it, so it has no name.
    #[error("{} is missing; name the key with `ikrar key adopt KEY --unit UNIT`", path.display())]
    NoPublic {
        /// The file that is missing.
        path: PathBuf,
    },
    /// The file beside the private key is no verifier key.
    #[error("{} is no verifier key: {error}; remove it and run `ikrar key adopt KEY --unit UNIT`", path.display())]
    Public {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: KeyError,
    },
    /// The verifier key belongs to another private key.
    #[error("{} belongs to another private key; put the two files that belong together side by side", path.display())]
    Mismatch {
        /// The verifier key's file.
        path: PathBuf,
    },
    /// The verifier key or the head beside the key gives it another name, purpose or key.
    #[error("{} is of another name or key; one key never serves two", path.display())]
    OtherName {
        /// The file beside it.
        path: PathBuf,
    },
    /// Not a name for this purpose.
    #[error("`{name}` cannot name a key ({error}); {}", expected(*purpose))]
    Name {
        /// The name.
        name: String,
        /// What the key is for.
        purpose: Purpose,
        /// The rule that it breaks.
        error: FieldError,
    },
}

impl KeyFileError {
    pub(crate) fn reading(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            _ => Self::Unreadable { path, source },
        }
    }

    pub(crate) fn writing(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.kind() {
            io::ErrorKind::AlreadyExists => Self::Exists { path },
            _ => Self::Unwritable { path, source },
        }
    }
}

fn expected(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Unit => "give the unit's id, 1 to 64 of a-z, 0-9, `.`, `:` and `-`, as in wil:33.74",
        Purpose::Log => "give the log's origin, as in log.example.org/ikrar",
        Purpose::Witness => "give the witness's name, as in witness.example.org",
    }
}

/// What a file is that should have been a private key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PemKind {
    /// Encrypted PKCS#8.
    #[error("an encrypted private key")]
    Encrypted,
    /// A public key.
    #[error("a public key")]
    PublicKey,
    /// OpenSSH's own format.
    #[error("an OpenSSH private key; add it to ssh-agent, and give its public key file")]
    OpenSsh,
    /// A certificate.
    #[error("a certificate")]
    Certificate,
    /// Encrypted by a method that is not supported.
    #[error("a private key encrypted by another method than scrypt or PBKDF2 (SHA-2) with AES")]
    OtherEncryption,
    /// A key of another algorithm.
    #[error("a key for another algorithm")]
    OtherAlgorithm,
    /// A private key with a public key that is not its own.
    #[error("its public key is not that of its private key")]
    OtherPublicKey,
    /// Not PEM, or damaged.
    #[error("not PEM, or damaged")]
    Malformed,
}

impl PemKind {
    /// Tells by the label; `None` for PKCS#8, which may still be malformed inside.
    pub(super) fn of(text: &str) -> Option<Self> {
        let label =
            text.split_once("-----BEGIN ").and_then(|(_, rest)| rest.split_once("-----")).map(|(label, _)| label);
        match label {
            Some("PRIVATE KEY") => None,
            Some("ENCRYPTED PRIVATE KEY") => Some(Self::Encrypted),
            Some("PUBLIC KEY") => Some(Self::PublicKey),
            Some("OPENSSH PRIVATE KEY") => Some(Self::OpenSsh),
            Some("CERTIFICATE") => Some(Self::Certificate),
            Some(other) if other.ends_with(" PRIVATE KEY") => Some(Self::OtherAlgorithm),
            _ => Some(Self::Malformed),
        }
    }
}

impl From<ed25519_pkcs8::pkcs8::Error> for PemKind {
    fn from(error: ed25519_pkcs8::pkcs8::Error) -> Self {
        use ed25519_pkcs8::pkcs8::{Error, spki};
        match error {
            Error::PublicKey(spki::Error::OidUnknown { .. }) | Error::ParametersMalformed => Self::OtherAlgorithm,
            _ => Self::Malformed,
        }
    }
}
