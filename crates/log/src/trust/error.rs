//! What can go wrong with a trust root, and the next step.

use std::io;
use std::path::PathBuf;

use ikrar_core::field::FieldError;
use ikrar_core::note::KeyError;
use ikrar_core::policy::PolicyError;

use crate::document::DocumentError;

/// Why there is no trust root to verify with.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// There is none. Nothing is verified without one.
    #[error(
        "no trust root at {}; get it from the authority by a way that you trust, and name its folder with --keys or IKRAR_KEYS",
        looked_at.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" or ")
    )]
    NoTrustRoot {
        /// Every file looked for.
        looked_at: Vec<PathBuf>,
    },
    /// No folder was named, and the user has no configuration folder.
    #[error("no folder for the trust root: name one with --keys or IKRAR_KEYS")]
    NoFolder,
    /// There is one already. Nothing was written.
    #[error("{} exists already; choose another folder, a trust root is never overwritten", path.display())]
    Exists {
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
    /// Not a document of this schema.
    #[error("{}: {error}", path.display())]
    Document {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: DocumentError,
    },
    /// The registry's id is not an id.
    #[error("`registry` is `{found}`; expected 64 hexadecimal digits in lower case")]
    Registry {
        /// What stands there.
        found: String,
    },
    /// A key that is none.
    #[error("`{field}` is not a verifier key: {error}; copy the whole line of the key's .pub file")]
    Key {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        error: KeyError,
    },
    /// The authority's key has another name than `root`.
    #[error("`authority` is the key of `{name}`; expected that of `root`")]
    Authority {
        /// The name.
        name: String,
    },
    /// A field that breaks a rule.
    #[error("`{field}`: {error}")]
    Field {
        /// The field.
        field: &'static str,
        /// The rule that it breaks.
        error: FieldError,
    },
    /// The policy is not UTF-8.
    #[error("{} is not UTF-8", path.display())]
    PolicyNotUtf8 {
        /// The file.
        path: PathBuf,
    },
    /// The policy does not parse.
    #[error("the witness policy: {error}")]
    Policy {
        /// The line and its rule.
        error: PolicyError,
    },
}
