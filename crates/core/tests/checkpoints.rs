//! Checkpoints and cosignatures: whose they are, and that nothing malformed passes.

use ed25519_dalek::SigningKey;
use ikrar_core::checkpoint::{Checkpoint, CheckpointError, MAX_TEXT, VerifiedCheckpoint, sign_checkpoint};
use ikrar_core::cosignature::{Cosignature, MAX_TIMESTAMP, TimestampError, cosign, write_cosignature};
use ikrar_core::digest::{Hash, PublicKey, empty_root};
use ikrar_core::note::{KeyKind, Note, NoteError, SignError, Verified, VerifierKey, sign_note};
use proptest::prelude::*;

/// C2SP tlog-checkpoint, its example.
const EXAMPLE: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

fn signer(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn key(name: &str, kind: KeyKind, seed: u8) -> VerifierKey<'_> {
    VerifierKey::new(name, kind, PublicKey(signer(seed).verifying_key().to_bytes())).unwrap()
}

fn signed(checkpoint: &Checkpoint<'_>, seed: u8) -> String {
    let mut note = String::new();
    sign_checkpoint(checkpoint, &key(checkpoint.origin, KeyKind::Ed25519, seed), &signer(seed), &mut note).unwrap();
    note
}

fn signed_text(text: &str, name: &str, seed: u8) -> String {
    let mut note = String::new();
    sign_note(text, &key(name, KeyKind::Ed25519, seed), &signer(seed), &mut note).unwrap();
    note
}

const CHECKPOINT: Checkpoint<'_> = Checkpoint { origin: "log", size: 7, root: Hash([9; 32]) };

#[test]
fn the_published_example_is_read_otherwise() {
    let checkpoint = Checkpoint::parse(EXAMPLE).unwrap();
    assert_eq!((checkpoint.origin, checkpoint.size), ("example.com/behind-the-sofa", 20852163));
    assert_eq!(checkpoint.to_string(), EXAMPLE);
}

#[test]
fn a_malformed_checkpoint_is_read() {
    let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    let case = |text: String, error| assert_eq!(Checkpoint::parse(&text), Err(error), "{text:?}");
    case("".into(), CheckpointError::Origin);
    case(format!("\n1\n{root}\n"), CheckpointError::Origin);
    for size in ["", "01", "00", "+1", "-1", " 1", "1 ", "0x1", "18446744073709551616", "١"] {
        case(format!("o\n{size}\n{root}\n"), CheckpointError::Size);
    }
    case("o\n1".into(), CheckpointError::Size);
    case(format!("o\n1\n{root}"), CheckpointError::Root);
    case(format!("o\n1\n{}\n", &root[..40]), CheckpointError::Root);
    case(format!("o\n1\n{}J=\n", &root[..42]), CheckpointError::Root);
    case(format!("o\n1\n{root} \n"), CheckpointError::Root);
    case(format!("o\n1\n{root}\n\n"), CheckpointError::EmptyLine);
    case(format!("o\n1\n{root}\nx\n\ny\n"), CheckpointError::EmptyLine);
    for size in ["0", "1", "18446744073709551615"] {
        assert!(Checkpoint::parse(&format!("o\n{size}\n{root}\nextension\n")).is_ok());
    }
}

fn open<'a>(note: &'a str, log: &VerifierKey<'_>) -> Result<Checkpoint<'a>, CheckpointError> {
    VerifiedCheckpoint::open(note.as_bytes(), log).map(|verified| *verified.checkpoint())
}

#[test]
fn a_checkpoint_counts_that_the_log_did_not_sign() {
    let note = signed(&CHECKPOINT, 1);
    let log = key("log", KeyKind::Ed25519, 1);
    assert_eq!(open(&note, &log), Ok(CHECKPOINT));
    assert_eq!(open(&note, &key("log", KeyKind::Ed25519, 2)), Err(CheckpointError::NotSigned));
    assert_eq!(open(&note, &key("other", KeyKind::Ed25519, 1)), Err(CheckpointError::OtherOrigin));
    assert_eq!(open(&note, &key("log", KeyKind::Cosignature, 1)), Err(CheckpointError::NotALogKey));
    let forged = note.replace("log\n7\n", "log\n8\n");
    assert_eq!(open(&forged, &log), Err(CheckpointError::Note(NoteError::BadSignature)));
    // Signed by the log's key, under another origin.
    let elsewhere = signed_text(&Checkpoint { origin: "other", ..CHECKPOINT }.to_string(), "log", 1);
    assert_eq!(open(&elsewhere, &log), Err(CheckpointError::OtherOrigin));
    let empty = Checkpoint { size: 0, ..CHECKPOINT };
    let note = signed(&empty, 1);
    assert_eq!(open(&note, &log), Err(CheckpointError::EmptyTreeRoot));
    let empty = Checkpoint { root: empty_root(), ..empty };
    let note = signed(&empty, 1);
    assert_eq!(open(&note, &log), Ok(empty));
}

#[test]
fn the_longest_checkpoint_does_not_fit() {
    let origin = "o".repeat(255);
    let checkpoint = Checkpoint { origin: &origin, size: u64::MAX, root: Hash([9; 32]) };
    assert_eq!(checkpoint.to_string().len(), MAX_TEXT);
    let note = signed(&checkpoint, 1);
    let open = VerifiedCheckpoint::open(note.as_bytes(), &key(&origin, KeyKind::Ed25519, 1)).unwrap();
    cosign(&open, MAX_TIMESTAMP, &key("w", KeyKind::Cosignature, 2), &signer(2)).unwrap();
    let mut out = String::new();
    let wrong = sign_checkpoint(&checkpoint, &key("log", KeyKind::Ed25519, 1), &signer(1), &mut out);
    assert!(matches!(wrong, Err(SignError::Origin)));
}

#[test]
fn a_cosignature_counts_at_another_time_or_for_another_text() {
    let note = signed(&CHECKPOINT, 1);
    let open = VerifiedCheckpoint::open(note.as_bytes(), &key("log", KeyKind::Ed25519, 1)).unwrap();
    let witness = key("witness", KeyKind::Cosignature, 2);
    let late = cosign(&open, 1_800_000_000, &witness, &signer(2)).unwrap();
    let early = cosign(&open, 1_700_000_000, &witness, &signer(2)).unwrap();
    assert_eq!(Cosignature::from_bytes(&late.to_bytes()), Ok(late));
    // Byte for byte as the specification has it.
    let message = format!("cosignature/v1\ntime 1800000000\n{CHECKPOINT}");
    assert_eq!(ikrar_core::signature::sign(&signer(2), message.as_bytes()).unwrap(), late.to_bytes()[8..]);

    let mut twice = note.clone();
    write_cosignature(&mut twice, &witness, &late).unwrap();
    write_cosignature(&mut twice, &witness, &early).unwrap();
    let parsed = Note::parse(twice.as_bytes()).unwrap();
    assert_eq!(parsed.verify(&witness), Ok(Some(Verified::Cosigned { timestamp: 1_700_000_000 })));
    let open = VerifiedCheckpoint::open(twice.as_bytes(), &key("log", KeyKind::Ed25519, 1)).unwrap();
    assert_eq!(open.other_signatures().filter(|line| line.is_by(&witness)).count(), 2);
    assert_eq!(open.other_signatures().count(), 2);

    let mut restamped = late.to_bytes();
    restamped[7] ^= 1;
    let mut bad = note.clone();
    write_cosignature(&mut bad, &witness, &Cosignature::from_bytes(&restamped).unwrap()).unwrap();
    assert_eq!(Note::parse(bad.as_bytes()).unwrap().verify(&witness), Err(NoteError::BadSignature));
    assert!(late.verify(witness.key(), "log\n8\n").is_err());
}

#[test]
fn a_cosignature_is_made_that_must_not_be() {
    let note = signed(&CHECKPOINT, 1);
    let log = key("log", KeyKind::Ed25519, 1);
    let open = VerifiedCheckpoint::open(note.as_bytes(), &log).unwrap();
    let witness = key("witness", KeyKind::Cosignature, 2);
    assert!(matches!(cosign(&open, 1, &log, &signer(1)), Err(SignError::KeyKind)));
    assert!(matches!(cosign(&open, 1, &witness, &signer(3)), Err(SignError::WrongKey)));
    assert!(matches!(cosign(&open, MAX_TIMESTAMP + 1, &witness, &signer(2)), Err(SignError::Timestamp)));
    let extended = signed_text(&format!("{CHECKPOINT}extension\n"), "log", 1);
    let open = VerifiedCheckpoint::open(extended.as_bytes(), &log).unwrap();
    assert_eq!(open.extensions().collect::<Vec<_>>(), ["extension"]);
    assert!(matches!(cosign(&open, 1, &witness, &signer(2)), Err(SignError::Extension)));
    assert_eq!(Cosignature::from_bytes(&[0xff; 72]), Err(TimestampError));
}

proptest! {
    #[test]
    fn a_checkpoint_is_not_read_as_written(origin in "[!-*,-~é]{1,40}", size: u64, root: [u8; 32]) {
        let checkpoint = Checkpoint { origin: &origin, size, root: Hash(root) };
        let written = checkpoint.to_string();
        prop_assert_eq!(Checkpoint::parse(&written), Ok(checkpoint));
    }

    #[test]
    fn an_arbitrary_checkpoint_panics(text in "[o\n0-9A=]{0,80}") {
        if let Ok(checkpoint) = Checkpoint::parse(&text) {
            prop_assert!(text.starts_with(&checkpoint.to_string()));
        }
    }
}
