//! The head's file: how far a key has signed, and what of it is not yet proven logged.
//!
//! ```toml
//! schema = "ikrar.signer/1"
//! unit = "wil:33.74"
//! key = "wil:33.74+…"
//! epoch = "…"               # absent, as the next three, while unused
//! installed_at = 17         # index of the attestation that installed the key
//! next_seq = 2
//! prev = "…"
//! left = ["…"]              # epochs that the head was in before; none is entered again
//! pending = ["…", "…"]      # bodies, base64
//! ```

use std::path::Path;

use data_encoding::{BASE64, HEXLOWER};
use ikrar_core::attestation::{Body, decode_body};
use ikrar_core::digest::{Id, attestation_id};
use ikrar_core::note::VerifierKey;
use serde::{Deserialize, Serialize};

use super::error::{HeadFault, SignerError};
use super::sync::is_stale;
use crate::document;
use crate::durable::{self, Access};

pub(super) const SCHEMA: &str = "ikrar.signer/1";
/// Twice what a batch of 16,384 of the longest attestations takes.
const CAP: u64 = 256 * 1024 * 1024;

/// Where a unit's chain stands: what its next attestation must say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    /// The key epoch.
    pub epoch: Id,
    /// Index in the log of the attestation that installed the key.
    pub installed_at: u64,
    /// The next sequence number.
    pub next_seq: u64,
    /// Id of the last attestation; at number 0 the epoch.
    pub prev: Id,
}

impl Head {
    pub(super) fn fresh(epoch: Id, installed_at: u64) -> Self {
        Self { epoch, installed_at, next_seq: 0, prev: epoch }
    }
}

/// What a head says to one who only looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Where the chain stands; `None` while unused.
    pub head: Option<Head>,
    /// So many bodies are signed and not yet proven logged, those of ended epochs left out.
    pub pending: usize,
    /// So many bodies are queued under ended epochs.
    pub stale: usize,
}

impl Standing {
    /// Reads the head beside a key, without its lock: a head is put in place whole, so another program may be signing.
    /// `None` where there is none.
    ///
    /// # Errors
    /// [`SignerError::Head`] where it is damaged or of another key; [`SignerError::Io`].
    pub fn read(key: &Path, verifier: &str) -> Result<Option<Self>, SignerError> {
        let path = super::head_path(&crate::keys::resolved(key)?);
        let state = match State::read(&path) {
            Err(SignerError::NoHead { .. }) => return Ok(None),
            read => read?,
        };
        if state.key != verifier {
            return Err(SignerError::Head { path, fault: HeadFault::OtherKey });
        }
        let stale = state.pending.iter().filter(|body| is_stale(&state, body)).count();
        Ok(Some(Self { head: state.head, pending: state.pending.len().saturating_sub(stale), stale }))
    }
}

/// What the file holds, checked.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) unit: String,
    /// The verifier key's text.
    pub(super) key: String,
    pub(super) head: Option<Head>,
    /// Epochs that the head has left for good.
    pub(super) left: Vec<Id>,
    /// In the order of signing; of the epoch in force and of dead ones.
    pub(super) pending: Vec<Vec<u8>>,
}

/// What a head's file says.
#[derive(Clone, Debug)]
pub struct HeadFile {
    /// The unit.
    pub unit: String,
    /// The verifier key.
    pub key: String,
    /// Where the unit's chain stands; none while the key is unused.
    pub head: Option<Head>,
    /// Number of bodies signed and not yet proven logged.
    pub pending: usize,
}

impl HeadFile {
    /// Reads the file's bytes.
    ///
    /// # Errors
    /// [`HeadFault`] where they are damaged.
    pub fn parse(bytes: &[u8]) -> Result<Self, HeadFault> {
        let State { unit, key, head, pending, .. } = State::parse(bytes)?;
        Ok(Self { unit, key, head, pending: pending.len() })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    unit: String,
    key: String,
    epoch: Option<String>,
    installed_at: Option<u64>,
    next_seq: Option<u64>,
    prev: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    left: Vec<String>,
    #[serde(default)]
    pending: Vec<String>,
}

impl State {
    pub(super) fn unused(key: &VerifierKey<'_>) -> Self {
        Self { unit: key.name().to_owned(), key: key.to_string(), head: None, left: Vec::new(), pending: Vec::new() }
    }

    pub(super) fn read(path: &Path) -> Result<Self, SignerError> {
        let bytes = match durable::read(path, CAP) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(SignerError::NoHead { path: path.to_owned() });
            }
            read => read.map_err(|source| SignerError::Io { path: path.to_owned(), source })?,
        };
        Self::parse(&bytes).map_err(|fault| SignerError::Head { path: path.to_owned(), fault })
    }

    fn parse(bytes: &[u8]) -> Result<Self, HeadFault> {
        let file: File = document::parse(bytes, SCHEMA)?;
        let head = match (file.epoch, file.installed_at, file.next_seq, file.prev) {
            (None, None, None, None) => None,
            (Some(epoch), Some(installed_at), Some(next_seq), Some(prev)) => Some(Head {
                epoch: id(&epoch).ok_or(HeadFault::Field("epoch"))?,
                installed_at,
                next_seq,
                prev: id(&prev).ok_or(HeadFault::Field("prev"))?,
            }),
            _ => return Err(HeadFault::Field("epoch")),
        };
        let decode = |text: &String| BASE64.decode(text.as_bytes()).map_err(|_| HeadFault::Field("pending"));
        let pending = file.pending.iter().map(decode).collect::<Result<Vec<_>, _>>()?;
        let left = file.left.iter().map(|epoch| id(epoch).ok_or(HeadFault::Field("left")));
        let left = left.collect::<Result<Vec<_>, _>>()?;
        let state = Self { unit: file.unit, key: file.key, head, left, pending };
        state.check()?;
        Ok(state)
    }

    /// The bodies of the epoch in force must be one chain that ends at the head.
    fn check(&self) -> Result<(), HeadFault> {
        let mut at = None;
        for bytes in &self.pending {
            let body = self.body(bytes).ok_or(HeadFault::Field("pending"))?;
            let Some(head) = self.head.filter(|head| head.epoch == body.epoch) else { continue };
            if at.is_some_and(|at| at != (body.seq, body.prev)) || body.seq >= head.next_seq {
                return Err(HeadFault::Broken);
            }
            at = body.seq.checked_add(1).map(|next| (next, attestation_id(bytes)));
        }
        let ends = at.is_none_or(|at| self.head.is_some_and(|head| at == (head.next_seq, head.prev)));
        let fresh = self.head.is_none_or(|head| head.next_seq > 0 || head.prev == head.epoch);
        if ends && fresh { Ok(()) } else { Err(HeadFault::Broken) }
    }

    fn body<'a>(&self, bytes: &'a [u8]) -> Option<Body<'a>> {
        decode_body(bytes).ok().filter(|body| body.unit.as_str() == self.unit)
    }

    pub(super) fn write(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(&File {
            schema: SCHEMA.to_owned(),
            unit: self.unit.clone(),
            key: self.key.clone(),
            epoch: self.head.map(|head| head.epoch.to_string()),
            installed_at: self.head.map(|head| head.installed_at),
            next_seq: self.head.map(|head| head.next_seq),
            prev: self.head.map(|head| head.prev.to_string()),
            left: self.left.iter().map(ToString::to_string).collect(),
            pending: self.pending.iter().map(|body| BASE64.encode(body)).collect(),
        })
    }

    /// Puts the file in place of the one before.
    pub(super) fn replace(&self, path: &Path) -> Result<(), SignerError> {
        let failed = |source| SignerError::Io { path: path.to_owned(), source };
        let text = self.write().map_err(|error| failed(std::io::Error::other(error)))?;
        durable::replace(path, text.as_bytes(), Access::Private).map_err(failed)
    }
}

/// Epoch and sequence number of a pending body; bodies are checked when they are read and when they are made.
pub(super) fn place(bytes: &[u8]) -> Option<(Id, u64)> {
    decode_body(bytes).ok().map(|body| (body.epoch, body.seq))
}

fn id(text: &str) -> Option<Id> {
    HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok().map(Id)
}
