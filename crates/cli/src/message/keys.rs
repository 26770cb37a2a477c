//! Errors of keys, of signers and of trust roots.

use std::error::Error;

use ikrar_log::keys::{AgentError, KeyFileError, PemKind, Purpose};
use ikrar_log::signer::{HeadFault, SignerError};
use ikrar_log::trust::TrustError;

use super::{Message, Tell, cause};

impl Tell for KeyFileError {
    fn message(&self) -> Message {
        match self {
            Self::Exists { path } => cause("key-exists").with("path", path.display()),
            Self::Adopted { path } => cause("key-adopted").with("path", path.display()),
            Self::HeadLost { path, trace } => {
                cause("key-head-lost").with("path", path.display()).with("trace", trace.display())
            }
            Self::Head { path, fault } => cause("signer-head").with("path", path.display()).told("fault", fault),
            Self::Missing { path } => cause("key-missing").with("path", path.display()),
            Self::Unreadable { path, source } => {
                cause("file-unreadable").with("path", path.display()).told("cause", source)
            }
            Self::Unwritable { path, source } => {
                cause("file-unwritable").with("path", path.display()).told("cause", source)
            }
            Self::Random { .. } => cause("key-random"),
            Self::Readable { path, mode } => {
                cause("key-readable").with("path", path.display()).with("mode", format_args!("{mode:03o}"))
            }
            Self::Encrypted { path } => cause("key-encrypted").with("path", path.display()),
            Self::Passphrase { path } => cause("key-passphrase").with("path", path.display()),
            Self::Costly { path } => cause("key-costly").with("path", path.display()),
            Self::Agent { path, source } => cause("key-agent").with("path", path.display()).told("cause", source),
            Self::Pem { path, found } => cause("key-pem").with("path", path.display()).told("found", found),
            Self::NoPublic { path } => cause("key-no-public").with("path", path.display()),
            Self::Public { path, error } => cause("key-public").with("path", path.display()).told("error", error),
            Self::Mismatch { path } => cause("key-mismatch").with("path", path.display()),
            Self::OtherName { path } => cause("key-other-name").with("path", path.display()),
            Self::Name { name, purpose, error } => {
                cause("key-name").with("name", name).told("error", error).told("expected", purpose)
            }
        }
    }
}

/// Why an agent gave no signature, where a signer's error comes from one.
pub(super) fn of_agent(error: &dyn Error) -> Option<&AgentError> {
    error.source().and_then(|source| source.downcast_ref())
}

impl Tell for AgentError {
    fn message(&self) -> Message {
        match self {
            Self::None => cause("agent-none"),
            Self::Unsupported => cause("agent-unsupported"),
            Self::Unreachable { socket, source } => {
                cause("agent-unreachable").with("socket", socket.display()).told("cause", source)
            }
            Self::Silent { waited } => cause("agent-silent").count("seconds", waited.as_secs()),
            Self::Broken(source) => cause("agent-broken").told("cause", source),
            Self::Lacks => cause("agent-lacks"),
            Self::Refused => cause("agent-refused"),
            Self::Malformed => cause("agent-malformed"),
            Self::WrongSignature => cause("agent-wrong-signature"),
        }
    }
}

/// How a key for this is named.
impl Tell for Purpose {
    fn message(&self) -> Message {
        cause(match self {
            Self::Unit => "key-name-unit",
            Self::Log => "key-name-log",
            Self::Witness => "key-name-witness",
        })
    }
}

impl Tell for PemKind {
    fn message(&self) -> Message {
        cause(match self {
            Self::Encrypted => "pem-encrypted",
            Self::PublicKey => "pem-public-key",
            Self::OpenSsh => "pem-openssh",
            Self::Certificate => "pem-certificate",
            Self::OtherEncryption => "pem-other-encryption",
            Self::OtherAlgorithm => "pem-other-algorithm",
            Self::OtherPublicKey => "pem-other-public-key",
            Self::Malformed => "pem-malformed",
        })
    }
}

impl Tell for SignerError {
    fn message(&self) -> Message {
        match self {
            Self::Key(error) => error.message(),
            Self::NoHead { path } => cause("signer-no-head").with("path", path.display()),
            Self::Locked { path } => cause("signer-locked").with("path", path.display()),
            Self::Io { path, source } => cause("signer-io").with("path", path.display()).told("cause", source),
            Self::Head { path, fault } => cause("signer-head").with("path", path.display()).told("fault", fault),
            Self::Unused => cause("signer-unused"),
            Self::Used => cause("signer-used"),
            Self::Genesis => cause("signer-genesis"),
            Self::RestoredBackup { logged, next } => {
                cause("signer-restored-backup").with("logged", logged).with("next", next)
            }
            Self::OlderEpoch { proven, known } => {
                cause("signer-older-epoch").with("proven", proven).with("known", known)
            }
            Self::TooLong { most } => cause("signer-too-long").count("most", *most),
            Self::Statement { error } => cause("signer-statement").told("error", error),
            Self::Exhausted => cause("signer-exhausted"),
            Self::Signing(error) => match of_agent(error) {
                Some(agent) => cause("signer-agent").told("cause", agent),
                None => cause("signer-signing"),
            },
            Self::WrongSignature => cause("signer-wrong-signature"),
            Self::Poisoned => cause("signer-poisoned"),
        }
    }
}

impl Tell for HeadFault {
    fn message(&self) -> Message {
        match self {
            Self::Document(error) => error.message(),
            Self::Field(field) => cause("head-field").with("field", field),
            Self::OtherKey => cause("head-other-key"),
            Self::Broken => cause("head-broken"),
        }
    }
}

impl Tell for TrustError {
    fn message(&self) -> Message {
        match self {
            Self::NoTrustRoot { looked_at } => {
                let places: Vec<_> = looked_at.iter().map(|path| path.display().to_string()).collect();
                cause("trust-none").with("places", places.join(", "))
            }
            Self::NoFolder => cause("trust-no-folder"),
            Self::Exists { path } => cause("trust-exists").with("path", path.display()),
            Self::Unreadable { path, source } => {
                cause("file-unreadable").with("path", path.display()).told("cause", source)
            }
            Self::Unwritable { path, source } => {
                cause("file-unwritable").with("path", path.display()).told("cause", source)
            }
            Self::Document { path, error } => cause("trust-document").with("path", path.display()).told("error", error),
            Self::Registry { found } => cause("trust-registry").with("found", found),
            Self::Key { field, error } => cause("trust-key").with("field", field).told("error", error),
            Self::Authority { name } => cause("trust-authority").with("name", name),
            Self::Field { field, error } => cause("trust-field").with("field", field).told("error", error),
            Self::PolicyNotUtf8 { path } => cause("trust-policy-not-utf8").with("path", path.display()),
            Self::Policy { error } => cause("trust-policy").told("error", error),
        }
    }
}
