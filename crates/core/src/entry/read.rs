//! Entries on their way into the state machine: hashed, then decoded, each once.

use super::{Entry, Payload};
use crate::attestation::{Attestation, HashedAttestation};
use crate::codec::DecodeError;
use crate::digest::{Hash, leaf_hash};
use crate::field::Time;

/// An entry and what its hashes say, its attestation not yet decoded. Needs nothing of the entries before it.
#[derive(Clone, Copy, Debug)]
pub struct HashedEntry<'a> {
    leaf: Hash,
    entry: Option<Entry<'a>>,
    attestation: Option<HashedAttestation<'a>>,
}

impl<'a> HashedEntry<'a> {
    /// Hashes an entry, whatever it holds.
    pub fn new(bytes: &'a [u8]) -> Self {
        let entry = Entry::decode(bytes).ok();
        let attestation = match entry.map(|entry| entry.payload) {
            Some(Payload::Attestation(bytes)) => HashedAttestation::new(bytes).ok(),
            _ => None,
        };
        Self { leaf: leaf_hash(bytes), entry, attestation }
    }

    /// Its leaf hash.
    pub fn leaf(&self) -> Hash {
        self.leaf
    }

    /// Its attestation, where it holds one that is long enough to be one.
    pub fn attestation(&self) -> Option<&HashedAttestation<'a>> {
        self.attestation.as_ref()
    }

    /// Decodes what it holds.
    pub fn read(&self) -> ReadEntry<'a> {
        let content = self.entry.map(|Entry { prev, logged_at, payload }| {
            let saying = match payload {
                Payload::Anchor(bytes) => Saying::Anchor(bytes),
                Payload::Attestation(_) => {
                    Saying::Attestation(self.attestation.ok_or(DecodeError::Truncated).and_then(|it| it.decode()))
                }
            };
            Content { prev, logged_at, saying }
        });
        ReadEntry { leaf: self.leaf, content }
    }
}

/// An entry with its leaf hash, decoded as far as it decodes.
#[derive(Clone, Debug)]
pub struct ReadEntry<'a> {
    leaf: Hash,
    content: Option<Content<'a>>,
}

impl<'a> ReadEntry<'a> {
    /// Hashes and decodes an entry, whatever it holds.
    pub fn new(bytes: &'a [u8]) -> Self {
        HashedEntry::new(bytes).read()
    }

    /// Its leaf hash.
    pub fn leaf(&self) -> Hash {
        self.leaf
    }

    /// What it holds; none where its header does not decode.
    pub fn content(&self) -> Option<&Content<'a>> {
        self.content.as_ref()
    }

    /// Its attestation, where it holds one that decodes.
    pub fn attestation(&self) -> Option<&Attestation<'a>> {
        match &self.content.as_ref()?.saying {
            Saying::Attestation(attestation) => attestation.as_ref().ok(),
            Saying::Anchor(_) => None,
        }
    }
}

/// What an entry with a sound header holds.
#[derive(Clone, Debug)]
pub struct Content<'a> {
    /// Leaf hash of the entry before; zeros in the first.
    pub prev: Hash,
    /// When the operator says that it logged this.
    pub logged_at: Time,
    /// What it says.
    pub saying: Saying<'a>,
}

/// What an entry says.
#[allow(clippy::large_enum_variant, reason = "there is no heap to put one in")]
#[derive(Clone, Debug)]
pub enum Saying<'a> {
    /// An attestation, decoded.
    Attestation(Result<Attestation<'a>, DecodeError>),
    /// The bytes of an anchor.
    Anchor(&'a [u8]),
}

impl<'a> Content<'a> {
    /// Decodes an entry without its leaf hash.
    ///
    /// # Errors
    /// As [`Entry::decode`].
    pub fn decode(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let Entry { prev, logged_at, payload } = Entry::decode(bytes)?;
        let saying = match payload {
            Payload::Attestation(bytes) => Saying::Attestation(Attestation::decode(bytes)),
            Payload::Anchor(bytes) => Saying::Anchor(bytes),
        };
        Ok(Self { prev, logged_at, saying })
    }
}
