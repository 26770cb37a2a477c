//! What a signer refuses, and the next step.

use std::io;
use std::path::PathBuf;

use ikrar_core::codec::DecodeError;

use crate::document::DocumentError;
use crate::keys::KeyFileError;

/// Why nothing was signed, or a head was not moved.
#[derive(Debug, thiserror::Error)]
pub enum SignerError {
    /// The key itself.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// The key has no head, so nobody knows what it has signed.
    #[error("{} is missing; put the newest one back, ask for a rekey, or, where the key never signed, make it anew with `ikrar key adopt --head-lost`", path.display())]
    NoHead {
        /// The head's file.
        path: PathBuf,
    },
    /// Another process is signing with this key.
    #[error("{} is locked: another program is signing with this key; wait until it is done", path.display())]
    Locked {
        /// The lock's file.
        path: PathBuf,
    },
    /// The head's file could not be read, written or locked. Nothing was signed.
    #[error("{} cannot be read or written; nothing was signed", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the medium reported.
        #[source]
        source: io::Error,
    },
    /// The head's file is damaged.
    #[error("{} is damaged: {fault}; restore nothing from a backup, ask for a rekey", path.display())]
    Head {
        /// The head's file.
        path: PathBuf,
        /// How.
        fault: HeadFault,
    },
    /// No request has moved the head to an epoch yet.
    #[error(
        "this key does not know yet that the log has installed it; answer a request with it, or sign with --from LOG"
    )]
    Unused,
    /// A genesis with a key that has signed before.
    #[error("this key has signed before; a registry starts with a fresh key")]
    Used,
    /// `Genesis` outside [`Signer::sign_genesis`](super::Signer::sign_genesis), or not by the root key that it names.
    #[error("a genesis is signed once, by the unit `root`, with the root key that it names")]
    Genesis,
    /// The log knows more of this key's chain, or something else, than the head does.
    #[error(
        "the log has number {logged} of this key's chain, the head knows {next} or another one: the head is a restored backup or a copy; ask for a rekey"
    )]
    RestoredBackup {
        /// The number that the log has.
        logged: u64,
        /// The number that the head would sign next.
        next: u64,
    },
    /// The proof is of an earlier installing attestation than the one the head has moved to.
    #[error("the request is older than this key's head (entry {proven} against {known}); ask for a fresh request")]
    OlderEpoch {
        /// Index of the installing attestation in the proof.
        proven: u64,
        /// Index of the one that the head knows.
        known: u64,
    },
    /// The statement does not fit into an attestation.
    #[error("the statement is too long: {most} bytes is the limit of an attestation")]
    TooLong {
        /// The limit.
        most: usize,
    },
    /// What would be signed does not decode. Nothing was signed.
    #[error("the statement is not one that a log takes ({error}); nothing was signed")]
    Statement {
        /// The rule that it breaks.
        error: DecodeError,
    },
    /// Sequence numbers have run out.
    #[error("this key has signed all numbers of its epoch; ask for a rekey")]
    Exhausted,
    /// The signer failed, a hardware key perhaps. The bodies are kept: sign them with `pending_attestations`.
    #[error("the key could not sign; nothing is lost, try again")]
    Signing(#[source] signature::Error),
    /// What came back is no signature by this key.
    #[error("the signature made does not verify under this key; check the device that signs")]
    WrongSignature,
    /// A write failed earlier: what lies on the medium is unknown until the signer is opened again.
    #[error("an earlier write failed; run the command again")]
    Poisoned,
}

/// How a head's file is damaged.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum HeadFault {
    /// Not a document of the schema `ikrar.signer/1`.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A field is not what it should be.
    #[error("`{0}` is malformed")]
    Field(&'static str),
    /// It belongs to another key or unit than the key file.
    #[error("it belongs to another key or unit")]
    OtherKey,
    /// The bodies do not join up to the head.
    #[error("its pending bodies do not join up to its head")]
    Broken,
}
