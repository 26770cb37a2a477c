//! Anchors are built of what a log published, and of nothing else.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;

use ikrar_core::checkpoint::{Checkpoint, sign_checkpoint};
use ikrar_core::digest::PublicKey;
use ikrar_core::entry::Anchor;
use ikrar_core::merkle::verify_consistency;
use ikrar_core::note::{KeyKind, VerifierKey};
use ikrar_log::anchor::{AnchorError, anchor};
use ikrar_log::medium::Folder;
use ikrar_log::store::{Head, Store};

const ORIGIN: &str = "ikrar.example/anchors";
const SIZE: u64 = 500;

/// The log of the example, cut to 500 entries.
fn log() -> (Store<Folder>, Head) {
    let log = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/kota-semarang/log");
    let store = Store::open(Folder::new(log));
    let head = head(&store, SIZE);
    (store, head)
}

fn head(store: &Store<Folder>, size: u64) -> Head {
    Head { size, root: store.root(size).unwrap() }
}

/// A checkpoint, signed by a key of its own: an anchor's signatures are for the state machine to judge.
fn checkpoint(head: Head) -> String {
    let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
    let name = VerifierKey::new(ORIGIN, KeyKind::Ed25519, PublicKey(key.verifying_key().to_bytes())).unwrap();
    let mut note = String::new();
    sign_checkpoint(&Checkpoint { origin: ORIGIN, size: head.size, root: head.root }, &name, &key, &mut note).unwrap();
    note
}

#[test]
fn the_proof_in_an_anchor_does_not_lead_from_its_checkpoint_to_the_log() {
    let (store, now) = log();
    for size in [1, 2, 255, 256, 257, 412, 499, SIZE] {
        let then = head(&store, size);
        let note = checkpoint(then);
        let bytes = anchor(&store, now, note.as_bytes(), "").unwrap();
        let built = Anchor::decode(&bytes).unwrap();
        assert_eq!(built.note, note.as_bytes());
        assert_eq!(verify_consistency(size, &then.root, SIZE, &now.root, built.proof.hashes()), Ok(()), "{size}");
    }
}

#[test]
fn cosignatures_are_lost_or_make_an_anchor_that_is_too_long() {
    let (store, now) = log();
    let (signed, line) = (checkpoint(now), "\u{2014} saksi.example AAAAAAAA\n");
    let bytes = anchor(&store, now, signed.as_bytes(), line).unwrap();
    assert_eq!(Anchor::decode(&bytes).unwrap().note, [signed.as_bytes(), line.as_bytes()].concat());

    let long = format!("\u{2014} saksi.example {}\n", "AAAA".repeat(1024));
    assert!(matches!(anchor(&store, now, signed.as_bytes(), &long), Err(AnchorError::TooLong)));
}

#[test]
fn an_anchor_is_made_of_what_the_log_did_not_publish() {
    let (store, now) = log();
    let then = head(&store, 412);
    let ahead = anchor(&store, then, checkpoint(now).as_bytes(), "");
    assert!(matches!(ahead, Err(AnchorError::Ahead { size: SIZE, head: 412 })), "{ahead:?}");
    let mut other = then;
    other.root.0[0] ^= 1;
    let altered = anchor(&store, now, checkpoint(other).as_bytes(), "");
    assert!(matches!(altered, Err(AnchorError::Inconsistent(_))), "{altered:?}");
    let empty = Head { size: 0, root: ikrar_core::digest::empty_root() };
    assert!(matches!(anchor(&store, now, checkpoint(empty).as_bytes(), ""), Err(AnchorError::Inconsistent(_))));
    assert!(matches!(anchor(&store, now, b"contoh\n", ""), Err(AnchorError::Note(_))));
    let no_checkpoint = "contoh\n\n\u{2014} saksi.example AAAAAAAA\n";
    assert!(matches!(anchor(&store, now, no_checkpoint.as_bytes(), ""), Err(AnchorError::Checkpoint(_))));
}
