//! The signer's head: no number of a unit's chain is ever signed twice, whatever fails and whenever (design §2).
//!
//! Beside a unit's key lies `KEY.head`. To sign is: make the body at the head, put body and advanced head durably in
//! place of the old head, and only then compute the signature. After a cut the same body is signed again, and Ed25519
//! gives the same signature. Bodies stay in the head until a request proves them logged.
//!
//! `KEY.lock` is held from opening a [`Signer`] to dropping it. What this cannot see is a copy of the key elsewhere:
//! [`Signer::sync`] notices it once the log holds what the copy signed.

mod error;
mod head;
mod sync;

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use ed25519_dalek::Signature;
use ikrar_core::attestation::{ATTESTATION_MAX, Body, SIGNATURE_LENGTH, TEXT_ATTESTATION_MAX, decode_body};
use ikrar_core::digest::{Id, PublicKey, attestation_id, signing_message};
use ikrar_core::field::{Time, UnitId};
use ikrar_core::note::VerifierKey;
use ikrar_core::signature::verify;
use ikrar_core::statement::{Genesis, ROOT, Statement};

use crate::durable::{self, Access, beside};
use crate::keys::{self, Holder, KeyFileError, PrivateKey};
use head::{State, place};
use sync::is_stale;

pub use error::{HeadFault, SignerError};
pub use head::{Head, HeadFile, Standing};
pub use sync::{Proven, Synced};

/// Ending of the head's file.
pub const HEAD_ENDING: &str = ".head";
/// Ending of the file whose lock is held while signing.
pub const LOCK_ENDING: &str = ".lock";

/// A unit's key with its head, locked.
#[derive(Debug)]
pub struct Signer<K = Holder> {
    key: K,
    public: PublicKey,
    path: PathBuf,
    state: State,
    test_only: bool,
    poisoned: bool,
    _lock: File,
}

/// Where a key's head is kept.
pub fn head_path(key: &Path) -> PathBuf {
    beside(key, HEAD_ENDING)
}

/// Makes the unused head of a key that never signed.
///
/// # Errors
/// [`KeyFileError::Exists`] where there is one.
pub fn create_head(key: &Path, verifier: &VerifierKey<'_>) -> Result<(), KeyFileError> {
    let path = head_path(key);
    let failed = KeyFileError::writing(&path);
    match State::unused(verifier).write() {
        Ok(text) => durable::create(&path, text.as_bytes(), Access::Private).map_err(failed),
        Err(error) => Err(failed(std::io::Error::other(error))),
    }
}

/// The verifier key that a head's file says it is of; `None` where there is no such file.
pub(crate) fn head_of(head: &Path) -> Result<Option<String>, KeyFileError> {
    match State::read(head) {
        Ok(state) => Ok(Some(state.key)),
        Err(SignerError::Io { path, source }) => Err(KeyFileError::Unreadable { path, source }),
        Err(SignerError::Head { path, fault }) => Err(KeyFileError::Head { path, fault }),
        Err(_) => Ok(None),
    }
}

impl Signer {
    /// Loads a unit's key and its head.
    ///
    /// # Errors
    /// [`SignerError::NoHead`], [`SignerError::Locked`]; a head that is damaged or of another key; those of the key.
    pub fn open(key: &Path) -> Result<Self, SignerError> {
        Self::with_key(key, keys::load(key)?)
    }

    /// Opens the head beside a key that was loaded from `path`.
    ///
    /// # Errors
    /// As [`Signer::open`]; [`KeyFileError::Agent`] where ssh-agent should hold the key and does not.
    pub fn with_key(path: &Path, key: PrivateKey) -> Result<Self, SignerError> {
        let path = keys::resolved(path)?;
        key.ready(&path)?;
        let verifier =
            key.verifier_key().map_err(|error| KeyFileError::Public { path: path.clone(), error })?.to_string();
        let public = key.public();
        let PrivateKey { signing, test_only, .. } = key;
        let opened = Self::open_with(&path, &verifier, public, signing)?;
        Ok(Self { test_only, ..opened })
    }

    /// Does the key sign for synthetic registries alone? See [`PrivateKey::test_only`].
    pub fn is_test_only(&self) -> bool {
        self.test_only
    }
}

impl<K: signature::Signer<Signature>> Signer<K> {
    /// Opens the head beside `path` for a key that is held elsewhere, on a token perhaps.
    ///
    /// # Errors
    /// As [`Signer::open`].
    pub fn open_with(path: &Path, verifier: &str, public: PublicKey, key: K) -> Result<Self, SignerError> {
        let lock_path = beside(path, LOCK_ENDING);
        let path = head_path(path);
        let lock = match durable::lock(&lock_path) {
            Ok(Some(lock)) => lock,
            Ok(None) => return Err(SignerError::Locked { path: lock_path }),
            Err(source) => return Err(SignerError::Io { path: lock_path, source }),
        };
        let state = State::read(&path)?;
        let of_this_key = state.key == verifier && verifier.split('+').next() == Some(state.unit.as_str());
        if !of_this_key {
            return Err(SignerError::Head { path, fault: HeadFault::OtherKey });
        }
        Ok(Self { key, public, path, state, test_only: false, poisoned: false, _lock: lock })
    }

    /// The unit that the key speaks for.
    pub fn unit(&self) -> &str {
        &self.state.unit
    }

    /// The public half of the key.
    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// Where the chain stands; `None` while unused.
    pub fn head(&self) -> Option<Head> {
        self.state.head
    }

    /// Takes facts proven from the log: moves an unused or an ended head to the epoch in force, forgets what is logged.
    /// What is queued under a dead epoch is kept: see [`Self::stale`].
    ///
    /// # Errors
    /// [`SignerError::RestoredBackup`], [`SignerError::OlderEpoch`]; nothing has changed then.
    pub fn sync(&mut self, proven: Proven) -> Result<Synced, SignerError> {
        let (state, synced) = sync::synced(&self.state, proven)?;
        if synced.moved || synced.logged > 0 {
            self.persist(state)?;
        }
        Ok(synced)
    }

    /// Compares the head with how far a request says, without proof, that the log has this key's chain. A lie can only
    /// keep the key from signing.
    ///
    /// # Errors
    /// [`SignerError::RestoredBackup`] where the log would know more, or something else, than the head.
    pub fn check_claim(&self, epoch: Id, logged: Option<(u64, Id)>) -> Result<(), SignerError> {
        match self.state.head.filter(|head| head.epoch == epoch) {
            Some(head) => sync::not_beyond(&self.state, head, logged),
            None => Ok(()),
        }
    }

    /// Signs a statement at the head. When this returns, body and head are durable.
    ///
    /// # Errors
    /// [`SignerError::Unused`] before the first [`Self::sync`]; others.
    pub fn sign(&mut self, statement: &Statement<'_>, made_at: Time) -> Result<Vec<u8>, SignerError> {
        let mut signed = self.sign_many([statement], made_at)?;
        signed.pop().ok_or(SignerError::Unused)
    }

    /// Signs statements one after the other, with one write of the head for all.
    ///
    /// # Errors
    /// As [`Self::sign`]. Where one cannot be signed, none is.
    pub fn sign_many<'s, 'a: 's>(
        &mut self,
        statements: impl IntoIterator<Item = &'s Statement<'a>>,
        made_at: Time,
    ) -> Result<Vec<Vec<u8>>, SignerError> {
        let mut state = self.state.clone();
        let first = state.pending.len();
        for statement in statements {
            append(&mut state, statement, made_at)?;
        }
        self.persist(state)?;
        self.state.pending.iter().skip(first).map(|body| self.attest(body)).collect()
    }

    /// What the log lacks if these statements are signed: the pending attestations of the epoch in force, then these,
    /// with zeros for the signatures. For [`ikrar_core::state::Rehearsal`]; no number is used.
    ///
    /// # Errors
    /// As [`Self::sign_many`].
    pub fn drafts(&self, statements: &[Statement<'_>], made_at: Time) -> Result<Vec<Vec<u8>>, SignerError> {
        let mut state = self.state.clone();
        for statement in statements {
            append(&mut state, statement, made_at)?;
        }
        let live = state.pending.iter().filter(|body| !is_stale(&state, body));
        Ok(live.map(|body| [&body[..], &[0; SIGNATURE_LENGTH]].concat()).collect())
    }

    /// Signs the genesis of a registry; its id becomes the root's epoch.
    ///
    /// # Errors
    /// [`SignerError::Used`] for a key that has signed; [`SignerError::Genesis`] unless unit and root key are its own.
    pub fn sign_genesis(&mut self, genesis: &Genesis<'_>, made_at: Time) -> Result<Vec<u8>, SignerError> {
        if self.state.head.is_some() {
            return Err(SignerError::Used);
        }
        if self.state.unit != ROOT || genesis.root_key != self.public {
            return Err(SignerError::Genesis);
        }
        let mut state = self.state.clone();
        let start = Head::fresh(Id::ZERO, 0);
        let body = encode(&state.unit, start, &Statement::Genesis(*genesis), made_at)?;
        state.head = Some(Head::fresh(attestation_id(&body), 0));
        state.pending.push(body.clone());
        self.persist(state)?;
        self.attest(&body)
    }

    /// Attestations of the epoch in force that are not proven logged, signed again: byte for byte those of before.
    ///
    /// # Errors
    /// Those of the key.
    pub fn pending_attestations(&self) -> Result<Vec<Vec<u8>>, SignerError> {
        self.state.pending.iter().filter(|body| !is_stale(&self.state, body)).map(|body| self.attest(body)).collect()
    }

    /// Forgets what a proof shows logged in an epoch that has ended: its chain up to the attestation of this number and
    /// id. How many there were; none where this key signed something else under that number.
    ///
    /// # Errors
    /// [`SignerError::Io`].
    pub fn forget_logged(&mut self, epoch: Id, seq: u64, id: Id) -> Result<usize, SignerError> {
        let mut state = self.state.clone();
        let ours = state.pending.iter().find(|body| place(body) == Some((epoch, seq)));
        if state.head.is_none_or(|head| head.epoch == epoch) || ours.is_some_and(|body| attestation_id(body) != id) {
            return Ok(0);
        }
        state.pending.retain(|body| !place(body).is_some_and(|(of, number)| of == epoch && number <= seq));
        let gone = self.state.pending.len().saturating_sub(state.pending.len());
        if gone > 0 {
            self.persist(state)?;
        }
        Ok(gone)
    }

    /// Bodies that were queued under an epoch which has ended since. Some may have been logged before it ended: see
    /// [`Self::forget_logged`].
    pub fn stale(&self) -> impl Iterator<Item = &[u8]> {
        self.state.pending.iter().filter(|body| is_stale(&self.state, body)).map(Vec::as_slice)
    }

    /// Signs the statements of the stale bodies that are wanted anew under the epoch in force, and keeps the new bodies
    /// in the place of all stale ones. A correction of one of them then names the new one.
    ///
    /// # Errors
    /// As [`Self::sign_many`].
    pub fn sign_stale_anew(
        &mut self,
        made_at: Time,
        wanted: impl Fn(&[u8]) -> bool,
    ) -> Result<Vec<Vec<u8>>, SignerError> {
        let mut state = self.state.clone();
        let (stale, kept): (Vec<_>, Vec<_>) = state.pending.drain(..).partition(|body| is_stale(&self.state, body));
        state.pending = kept;
        let first = state.pending.len();
        let mut renamed = HashMap::new();
        for old in stale.iter().filter(|old| wanted(old)) {
            let mut statement = decode_body(old).map_err(|error| SignerError::Statement { error })?.statement;
            if let Statement::Correction(correction) = &mut statement
                && let Some(new) = renamed.get(&correction.target)
            {
                correction.target = *new;
            }
            let new = append(&mut state, &statement, made_at)?;
            renamed.insert(attestation_id(old), new);
        }
        self.persist(state)?;
        self.state.pending.iter().skip(first).map(|body| self.attest(body)).collect()
    }

    /// Forgets the stale bodies; how many there were.
    ///
    /// # Errors
    /// [`SignerError::Io`].
    pub fn discard_stale(&mut self) -> Result<usize, SignerError> {
        let mut state = self.state.clone();
        state.pending.retain(|body| !is_stale(&self.state, body));
        let gone = self.state.pending.len().saturating_sub(state.pending.len());
        if gone > 0 {
            self.persist(state)?;
        }
        Ok(gone)
    }

    /// Makes a state last, then takes it. After a failed write the medium may hold either: nothing more is signed.
    fn persist(&mut self, state: State) -> Result<(), SignerError> {
        if self.poisoned {
            return Err(SignerError::Poisoned);
        }
        if let Err(error) = state.replace(&self.path) {
            self.poisoned = true;
            return Err(error);
        }
        self.state = state;
        Ok(())
    }

    /// The attestation of a body that is durable.
    fn attest(&self, body: &[u8]) -> Result<Vec<u8>, SignerError> {
        let message = signing_message(&attestation_id(body));
        let made = ikrar_core::signature::sign(&self.key, &message).map_err(SignerError::Signing)?;
        verify(&self.public, &message, &made).map_err(|_| SignerError::WrongSignature)?;
        Ok([body, &made].concat())
    }
}

/// Makes the next body and advances the head; its id.
fn append(state: &mut State, statement: &Statement<'_>, made_at: Time) -> Result<Id, SignerError> {
    if matches!(statement, Statement::Genesis(_)) {
        return Err(SignerError::Genesis);
    }
    let head = state.head.ok_or(SignerError::Unused)?;
    let body = encode(&state.unit, head, statement, made_at)?;
    let id = attestation_id(&body);
    let next_seq = head.next_seq.checked_add(1).ok_or(SignerError::Exhausted)?;
    state.head = Some(Head { next_seq, prev: id, ..head });
    state.pending.push(body);
    Ok(id)
}

fn encode(unit: &str, head: Head, statement: &Statement<'_>, made_at: Time) -> Result<Vec<u8>, SignerError> {
    let most = match statement {
        Statement::PublishText(_) => TEXT_ATTESTATION_MAX,
        _ => ATTESTATION_MAX,
    };
    let unit =
        UnitId::new(unit).map_err(|_| SignerError::Statement { error: ikrar_core::codec::DecodeError::Field })?;
    let body =
        Body { unit, epoch: head.epoch, seq: head.next_seq, prev: head.prev, made_at, statement: statement.clone() };
    let mut buffer = vec![0; most - SIGNATURE_LENGTH];
    let bytes = body.encode(&mut buffer).map_err(|_| SignerError::TooLong { most })?;
    decode_body(bytes).map_err(|error| SignerError::Statement { error })?;
    Ok(bytes.to_vec())
}

#[cfg(test)]
mod tests;
