//! Entries on their way into the state machine: hashed, then decoded, each once.

use super::{Entry, Payload};
use crate::attestation::{Attestation, HashedAttestation};
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

    /// Decodes its attestation, for [`Self::read`]; none where it holds none that decodes.
    pub fn decode(&self) -> Option<Attestation<'a>> {
        self.attestation.and_then(|attestation| attestation.decode().ok())
    }

    /// All that it holds, with its attestation as it was decoded: by reference, for it is large.
    pub fn read<'d>(&self, attestation: Option<&'d Attestation<'a>>) -> ReadEntry<'d, 'a> {
        let content = self.entry.map(|entry| Content::new(entry, attestation));
        ReadEntry { leaf: self.leaf, content }
    }
}

/// An entry with its leaf hash, decoded as far as it decodes.
#[derive(Clone, Copy, Debug)]
pub struct ReadEntry<'d, 'a> {
    leaf: Hash,
    content: Option<Content<'d, 'a>>,
}

impl<'d, 'a> ReadEntry<'d, 'a> {
    /// An entry that holds an attestation which was decoded before; none where it holds another.
    pub fn holding(bytes: &[u8], attestation: &'d Attestation<'a>) -> Option<Self> {
        let Entry { prev, logged_at, payload: Payload::Attestation(held) } = Entry::decode(bytes).ok()? else {
            return None;
        };
        let (body, signature) = held.split_last_chunk()?;
        let is_held = body == attestation.body_bytes() && signature == attestation.signature();
        let content = Content { prev, logged_at, saying: Saying::Attestation(Some(attestation)) };
        is_held.then(|| Self { leaf: leaf_hash(bytes), content: Some(content) })
    }

    /// Its leaf hash.
    pub fn leaf(&self) -> Hash {
        self.leaf
    }

    /// What it holds; none where its header does not decode.
    pub fn content(&self) -> Option<&Content<'d, 'a>> {
        self.content.as_ref()
    }

    /// Its attestation, where it holds one that decodes.
    pub fn attestation(&self) -> Option<&'d Attestation<'a>> {
        match self.content?.saying {
            Saying::Attestation(attestation) => attestation,
            Saying::Anchor(_) => None,
        }
    }
}

/// What an entry with a sound header holds.
#[derive(Clone, Copy, Debug)]
pub struct Content<'d, 'a> {
    /// Leaf hash of the entry before; zeros in the first.
    pub prev: Hash,
    /// When the operator says that it logged this.
    pub logged_at: Time,
    /// What it says.
    pub saying: Saying<'d, 'a>,
}

/// What an entry says.
#[derive(Clone, Copy, Debug)]
pub enum Saying<'d, 'a> {
    /// An attestation; none where it does not decode.
    Attestation(Option<&'d Attestation<'a>>),
    /// The bytes of an anchor.
    Anchor(&'a [u8]),
}

impl<'d, 'a> Content<'d, 'a> {
    /// Of an entry whose attestation, if it holds one, was decoded to this.
    pub(crate) fn new(entry: Entry<'a>, attestation: Option<&'d Attestation<'a>>) -> Self {
        let Entry { prev, logged_at, payload } = entry;
        let saying = match payload {
            Payload::Attestation(_) => Saying::Attestation(attestation),
            Payload::Anchor(bytes) => Saying::Anchor(bytes),
        };
        Self { prev, logged_at, saying }
    }
}
