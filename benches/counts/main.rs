//! Each hot function of the core by itself, so often as it is told: `benches/counts/run` counts its instructions.

use std::hint::black_box;
use std::path::Path;

use ed25519_dalek::SigningKey;
use ikrar_core::attestation::Attestation;
use ikrar_core::chain::Chain;
use ikrar_core::digest::{PublicKey, attestation_id, leaf_hash, signing_message};
use ikrar_core::entry::{Entry, HashedEntry, Payload};
use ikrar_core::signature::{sign, verify};
use ikrar_core::state::{LogState, Signatures};
use ikrar_log::history::History;
use ikrar_log::medium::Folder;
use ikrar_log::store::Store;
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::open_checkpoint;

type Error = Box<dyn std::error::Error + Send + Sync>;

/// As if every signature had been found to hold before.
#[derive(Clone, Copy)]
struct Known;

impl Signatures for Known {
    fn key_passes(self, _: &PublicKey) -> bool {
        true
    }

    fn is_signed(self, _: &Attestation<'_>, _: &PublicKey) -> bool {
        true
    }
}

fn main() -> Result<(), Error> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let [out, function, times] = args.as_slice() else { return Err("LOG'S FOLDER, FUNCTION, TIMES".into()) };
    let trust = TrustRoot::load(&Path::new(out).join("keys"))?;
    let store = Store::open(Folder::new(Path::new(out).join("log")));
    let checkpoint = store.checkpoint()?;
    let size = open_checkpoint(&checkpoint, &trust).map_err(|finding| finding.detail)?.size();
    let entries = store.entries(0..size, size)?.map(|read| read.map(|(_, entry)| entry));
    let entries = entries.collect::<Result<Vec<_>, _>>()?;
    count(&entries, &trust, function, times.parse()?)
}

fn count(entries: &[Vec<u8>], trust: &TrustRoot, function: &str, times: usize) -> Result<(), Error> {
    // The last entry is a pledge.
    let entry = entries.last().ok_or("an empty log")?;
    let Payload::Attestation(bytes) = Entry::decode(entry)?.payload else { return Err("no attestation".into()) };
    let attestation = Attestation::decode(bytes)?;
    let key = SigningKey::from_bytes(&[7; 32]);
    let public = PublicKey(key.verifying_key().to_bytes());
    let message = signing_message(&attestation.id());
    let signature = sign(&key, &message)?;
    let mut chain = Chain::new();
    match function {
        "leaf" => again(times, || leaf_hash(black_box(entry))),
        "id" => again(times, || attestation_id(black_box(attestation.body_bytes()))),
        "header" => again(times, || Entry::decode(black_box(entry))),
        "attestation" => again(times, || Attestation::decode(black_box(bytes))),
        "tree" => again(times, || chain.push_leaf(black_box(leaf_hash(&[])))),
        "sign" => again(times, || sign(&key, black_box(&message))),
        "verify" => again(times, || verify(&public, black_box(&message), &signature)),
        "state" => {
            let mut state = LogState::new(trust.registry, History::new());
            for entry in entries.get(..times).ok_or("the log has fewer entries")? {
                let hashed = HashedEntry::new(entry);
                black_box(state.apply_read(hashed.read(hashed.decode().as_ref()), Known));
            }
        }
        _ => return Err("leaf, id, header, attestation, tree, sign, verify or state".into()),
    }
    Ok(())
}

fn again<T>(times: usize, mut function: impl FnMut() -> T) {
    for _ in 0..times {
        black_box(function());
    }
}
