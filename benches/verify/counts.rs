//! Hot functions of the core, each called so many times under a name of its own, for a tool that counts instructions.

use std::hint::black_box;
use std::path::Path;

use ed25519_dalek::SigningKey;
use ikrar_core::attestation::Attestation;
use ikrar_core::chain::Chain;
use ikrar_core::digest::{Hash, Id, PublicKey, attestation_id, leaf_hash, signing_message};
use ikrar_core::entry::{Entry, HashedEntry, Payload, ReadEntry};
use ikrar_core::signature::{DecodedKey, Equation, SignatureError, sign, verify};
use ikrar_core::state::{LogState, Outcome, Signatures};
use ikrar_core::statement::Statement;
use ikrar_log::history::History;

use crate::{Error, synthetic};

/// What can be counted. `benches/counts/run` asks for this list.
pub(crate) const NAMES: [&str; 10] = [
    "decode_entry",
    "decode_attestation",
    "leaf",
    "id",
    "link_and_push",
    "judge",
    "verify_once",
    "decode_key",
    "verify_under_decoded_key",
    "sign_once",
];

/// Signatures were found good before.
#[derive(Clone, Copy)]
struct FoundGood;

impl Signatures for FoundGood {
    fn key_passes(self, _key: &PublicKey) -> bool {
        true
    }

    fn is_signed(self, _attestation: &Attestation<'_>, _key: &PublicKey) -> bool {
        true
    }
}

/// What is collected: the instructions of these functions and of all that they call.
mod counted {
    use super::*;

    #[inline(never)]
    pub(super) fn decode_entry(bytes: &[u8]) -> bool {
        black_box(Entry::decode(black_box(bytes))).is_ok()
    }

    #[inline(never)]
    pub(super) fn decode_attestation(bytes: &[u8]) -> bool {
        black_box(Attestation::decode(black_box(bytes))).is_ok()
    }

    #[inline(never)]
    pub(super) fn leaf(entry: &[u8]) -> Hash {
        leaf_hash(black_box(entry))
    }

    #[inline(never)]
    pub(super) fn id(body: &[u8]) -> Id {
        attestation_id(black_box(body))
    }

    #[inline(never)]
    pub(super) fn link_and_push(chain: &mut Chain, prev: Hash, leaf: Hash) -> bool {
        black_box(chain.head()) == black_box(prev) && chain.push_leaf(leaf).is_ok()
    }

    #[inline(never)]
    pub(super) fn judge(state: &mut LogState<History>, entry: ReadEntry<'_, '_>) -> Outcome {
        state.apply_read(entry, FoundGood).outcome
    }

    #[inline(never)]
    pub(super) fn verify_once(key: &PublicKey, message: &[u8], signature: &[u8; 64]) -> bool {
        verify(black_box(key), black_box(message), black_box(signature)).is_ok()
    }

    #[inline(never)]
    pub(super) fn decode_key(key: &PublicKey) -> Result<DecodedKey, SignatureError> {
        DecodedKey::new(black_box(key))
    }

    #[inline(never)]
    pub(super) fn verify_under_decoded_key(key: &DecodedKey, message: &[u8], signature: &[u8; 64]) -> bool {
        Equation::under(key, &[black_box(message)], signature).is_ok_and(|equation| equation.holds())
    }

    #[inline(never)]
    pub(super) fn sign_once(key: &SigningKey, message: &[u8]) -> bool {
        black_box(sign(key, black_box(message))).is_ok()
    }
}

/// Calls one function on so many pledges of a generated log. All that leads up to a call is done for each function alike.
pub(crate) fn count(out: &Path, name: &str, times: usize) -> Result<(), Error> {
    if !NAMES.contains(&name) {
        return Err(format!("{name}: none of {}", NAMES.join(", ")).into());
    }
    let (store, trust) = synthetic::open(out)?;
    let bytes = store.checkpoint()?;
    let opened = ikrar_log::verify::open_checkpoint(&bytes, &trust).map_err(|finding| finding.detail.to_string())?;
    let entries: Vec<Vec<u8>> = store
        .entries(0..opened.size(), opened.size())?
        .map(|read| read.map(|(_, entry)| entry))
        .collect::<Result<_, _>>()?;
    let mut state = LogState::new(trust.registry, History::new());
    let mut chain = Chain::new();
    let signing = SigningKey::from_bytes(&[7; 32]);
    let public = PublicKey(signing.verifying_key().to_bytes());
    let decoded = DecodedKey::new(&public)?;
    let mut called = 0;
    for bytes in &entries {
        let Entry { prev, payload, .. } = Entry::decode(bytes)?;
        let Payload::Attestation(signed) = payload else { return Err("an entry that is no attestation".into()) };
        let attestation = Attestation::decode(signed)?;
        let leaf = leaf_hash(bytes);
        let hashed = HashedEntry::new(bytes);
        let read = hashed.read(Some(&attestation));
        if called == times || !matches!(attestation.body().statement, Statement::Pledge(_)) {
            state.apply_read(read, FoundGood);
            chain.push_leaf(leaf)?;
            continue;
        }
        called += 1;
        let message = signing_message(&attestation.id());
        let good = match name {
            "decode_entry" => counted::decode_entry(bytes),
            "decode_attestation" => counted::decode_attestation(signed),
            "leaf" => counted::leaf(bytes) == leaf,
            "id" => counted::id(attestation.body_bytes()) == attestation.id(),
            "decode_key" => counted::decode_key(&public).is_ok(),
            "sign_once" => counted::sign_once(&signing, &message),
            "verify_once" => counted::verify_once(&public, &message, &sign(&signing, &message)?),
            "verify_under_decoded_key" => {
                counted::verify_under_decoded_key(&decoded, &message, &sign(&signing, &message)?)
            }
            _ => true,
        };
        let linked = match name {
            "link_and_push" => counted::link_and_push(&mut chain, prev, leaf),
            _ => chain.head() == prev && chain.push_leaf(leaf).is_ok(),
        };
        let outcome = match name {
            "judge" => counted::judge(&mut state, read),
            _ => state.apply_read(read, FoundGood).outcome,
        };
        if !good || !linked || outcome != Outcome::Applied {
            return Err(format!("{name}: entry {} did not pass: {outcome:?}", chain.size() - 1).into());
        }
    }
    if called < times {
        return Err(format!("the log has {called} pledges").into());
    }
    Ok(())
}
