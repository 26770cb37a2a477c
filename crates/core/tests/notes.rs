//! Signed notes: our reader and writer against the specification's example and another implementation.

use base64ct::{Base64, Encoding as _};
use ed25519_dalek::{Signer as _, SigningKey};
use ikrar_core::digest::PublicKey;
use ikrar_core::note::{
    KeyError, KeyKind, MAX_NOTE, MAX_SIGNATURES, Note, NoteError, SignError, Verified, VerifierKey, sign_note,
    write_signature,
};
use ikrar_core::signature::SignatureError;
use proptest::prelude::*;

/// C2SP signed-note, "Example".
const EXAMPLE_KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const EXAMPLE: &str = "This is an example message.\n\n— example.com/foo \
    Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

fn signer(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(signer: &SigningKey) -> PublicKey {
    PublicKey(signer.verifying_key().to_bytes())
}

fn signed(text: &str, name: &str, signer: &SigningKey) -> String {
    let key = VerifierKey::new(name, KeyKind::Ed25519, public(signer)).unwrap();
    let mut note = String::new();
    sign_note(text, &key, signer, &mut note).unwrap();
    note
}

/// A line by nobody we know: id and blob as given.
fn line(name: &str, blob: &[u8]) -> String {
    format!("— {name} {}\n", Base64::encode_string(blob))
}

#[test]
fn the_published_example_is_refused() {
    let key = VerifierKey::parse(EXAMPLE_KEY).unwrap();
    assert_eq!((key.name(), key.kind(), key.id()), ("example.com/foo", KeyKind::Ed25519, [0x53, 0x0d, 0x90, 0x3a]));
    assert_eq!(key.to_string(), EXAMPLE_KEY);
    let note = Note::parse(EXAMPLE.as_bytes()).unwrap();
    assert_eq!(note.text(), "This is an example message.\n");
    assert_eq!(note.verify(&key), Ok(Some(Verified::Signed)));
}

#[test]
fn a_changed_note_is_believed() {
    let key = VerifierKey::parse(EXAMPLE_KEY).unwrap();
    let changed = EXAMPLE.replace("example message", "exbmple message");
    assert_eq!(Note::parse(changed.as_bytes()).unwrap().verify(&key), Err(NoteError::BadSignature));
    // One good and one bad signature of the same key: the whole note is bad.
    let twice = format!("{EXAMPLE}{}", line("example.com/foo", &[&[0x53, 0x0d, 0x90, 0x3a][..], &[1; 64]].concat()));
    assert_eq!(Note::parse(twice.as_bytes()).unwrap().verify(&key), Err(NoteError::BadSignature));
    // The right id with a signature of another length.
    let short = format!("text\n\n{}", line("example.com/foo", &[0x53, 0x0d, 0x90, 0x3a, 1]));
    assert_eq!(Note::parse(short.as_bytes()).unwrap().verify(&key), Err(NoteError::BadSignature));
}

#[test]
fn a_key_is_known_by_name_or_id_alone() {
    let key = VerifierKey::parse(EXAMPLE_KEY).unwrap();
    for (name, id) in [("example.com/bar", [0x53, 0x0d, 0x90, 0x3a]), ("example.com/foo", [1, 2, 3, 4])] {
        let note = format!("text\n\n{}", line(name, &[&id[..], &[1; 64]].concat()));
        assert_eq!(Note::parse(note.as_bytes()).unwrap().verify(&key), Ok(None));
    }
}

#[test]
fn text_and_signatures_part_at_another_than_the_last_empty_line() {
    let note = signed("a\n\n— b\n\n\n", "x", &signer(1));
    assert_eq!(Note::parse(note.as_bytes()).unwrap().text(), "a\n\n— b\n\n\n");
}

#[test]
fn malformed_notes_are_read() {
    let good = line("x", &[0; 68]);
    let case = |text: String, error| assert_eq!(Note::parse(text.as_bytes()).err(), Some(error), "{text:?}");
    assert!(Note::parse(format!("t\n\n{good}").as_bytes()).is_ok());
    case(String::new(), NoteError::NoSignatures);
    case("t\n".into(), NoteError::NoSignatures);
    case("t\n\n".into(), NoteError::NoSignatures);
    case(format!("t\n{good}"), NoteError::NoSignatures);
    case(format!("t\n\n{good}\n"), NoteError::NoSignatures);
    case(format!("t\n\n{}", good.trim_end()), NoteError::MalformedSignature);
    case(format!("t\n\n{good}x\n"), NoteError::MalformedSignature);
    case(format!("t\r\n\n{good}"), NoteError::ControlCharacter);
    case(format!("t\0\n\n{good}"), NoteError::ControlCharacter);
    case(format!("t\n\n{}", line("", &[0; 68])), NoteError::MalformedSignature);
    case(format!("t\n\n{}", line("a+b", &[0; 68])), NoteError::MalformedSignature);
    case(format!("t\n\n{}", line("a\u{2003}b", &[0; 68])), NoteError::MalformedSignature);
    case(format!("t\n\n{}", line("a b", &[0; 68])), NoteError::MalformedSignature);
    case(format!("t\n\n{}", line(&"n".repeat(256), &[0; 68])), NoteError::MalformedSignature);
    case(format!("t\n\n{}", line("x", &[0; 4])), NoteError::MalformedSignature);
    case(format!("t\n\n{}", good.replace("— ", "- ")), NoteError::MalformedSignature);
    case(format!("t\n\n{}", good.replace("=", "")), NoteError::MalformedSignature);
    case(format!("t\n\n{}", good.replace('\n', " \n")), NoteError::MalformedSignature);
    case(format!("t\n\n{}", good.repeat(MAX_SIGNATURES + 1)), NoteError::TooManySignatures);
    assert_eq!(Note::parse(b"t\xff\n\n").err(), Some(NoteError::NotUtf8));
    assert_eq!(Note::parse(&[b'a'; MAX_NOTE + 1]).err(), Some(NoteError::TooLong));
    assert!(Note::parse(format!("t\n\n{}", good.repeat(MAX_SIGNATURES)).as_bytes()).is_ok());
}

#[test]
fn lax_base64_is_read() {
    // 68 bytes: the last group is two bytes and one padding character, with two trailing bits.
    for (tail, ok) in
        [("AAA=", true), ("AAB=", false), ("AAA", false), ("AAAA=", false), ("AA-=", false), ("A=A=", false)]
    {
        let note = format!("t\n\n— x {}{tail}\n", "A".repeat(88));
        assert_eq!(Note::parse(note.as_bytes()).is_ok(), ok, "{tail}");
    }
    for (tail, ok) in
        [("AA==", true), ("AB==", false), ("AP==", false), ("A===", false), ("====", false), ("AA=A", false)]
    {
        let note = format!("t\n\n— x {}{tail}\n", "A".repeat(88));
        assert_eq!(Note::parse(note.as_bytes()).is_ok(), ok, "{tail}");
    }
    // Padding in the middle, at and off the boundary of the reader's chunks.
    for at in [4, 60, 64, 124] {
        let note = format!("t\n\n— x {}AA=={}\n", "A".repeat(at), "A".repeat(64));
        assert_eq!(Note::parse(note.as_bytes()).err(), Some(NoteError::MalformedSignature), "{at}");
    }
}

#[test]
fn a_long_signature_of_an_unknown_type_spoils_the_note() {
    let log = signer(1);
    let note = format!("{}{}", signed("t\n", "log", &log), line("pq", &[7; 4 + 8 + 2420]));
    let key = VerifierKey::new("log", KeyKind::Ed25519, public(&log)).unwrap();
    let note = Note::parse(note.as_bytes()).unwrap();
    assert_eq!(note.verify(&key), Ok(Some(Verified::Signed)));
    let unknown = note.signatures().nth(1).unwrap();
    assert_eq!((unknown.name, unknown.key_id, unknown.is_by(&key)), ("pq", [7; 4], false));
    assert_eq!(unknown.blob(&mut [0; 2432]).map(<[u8]>::len), Some(2428));
    assert_eq!(unknown.blob(&mut [0; 2431]), None);
}

#[test]
fn an_unusable_key_is_trusted() {
    let vkey = |name: &str, kind: u8, key: &[u8]| {
        let id = u32::from_be_bytes(ikrar_core::digest::note_key_id(name, kind, key));
        format!("{name}+{id:08x}+{}", Base64::encode_string(&[&[kind][..], key].concat()))
    };
    let good = signer(1).verifying_key().to_bytes();
    let case = |text: String, error| assert_eq!(VerifierKey::parse(&text).err(), Some(error), "{text}");
    assert!(VerifierKey::parse(&vkey("x", 1, &good)).is_ok());
    assert_eq!(VerifierKey::parse(&vkey("x", 4, &good)).unwrap().kind(), KeyKind::Cosignature);
    case(vkey("x", 6, &[0; 1312]), KeyError::UnsupportedKind(6));
    case(vkey("x", 2, &good), KeyError::UnsupportedKind(2));
    case(vkey("x", 1, &good[1..]), KeyError::Malformed);
    case(vkey("x", 1, &[&good[..], &[0]].concat()), KeyError::Malformed);
    case(vkey("x", 1, &[0; 32]), KeyError::Key(SignatureError::SmallOrderKey));
    case(vkey("x", 1, &[0xff; 32]), KeyError::Key(SignatureError::NonCanonicalKey));
    case(vkey("", 1, &good), KeyError::Name);
    case(vkey("a b", 1, &good), KeyError::Name);
    case(vkey("a\u{7f}b", 1, &good), KeyError::Name);
    case(EXAMPLE_KEY.replace("530d903a", "530d903b"), KeyError::IdMismatch);
    case(EXAMPLE_KEY.replace("530d903a", "530D903A"), KeyError::Malformed);
    case(EXAMPLE_KEY.replace("530d903a", "+30d903a"), KeyError::Malformed);
    case(EXAMPLE_KEY.replace("foo", "fop"), KeyError::IdMismatch);
    case(format!("{EXAMPLE_KEY} "), KeyError::Malformed);
    case(String::new(), KeyError::Malformed);
    case("x+530d903a+".into(), KeyError::Malformed);
}

#[test]
fn a_note_is_signed_that_nobody_accepts() {
    let key = VerifierKey::new("log", KeyKind::Ed25519, public(&signer(1))).unwrap();
    let witness = VerifierKey::new("log", KeyKind::Cosignature, public(&signer(1))).unwrap();
    let mut out = String::new();
    assert!(matches!(sign_note("t", &key, &signer(1), &mut out), Err(SignError::Text)));
    assert!(matches!(sign_note("t\r\n", &key, &signer(1), &mut out), Err(SignError::Text)));
    assert!(matches!(sign_note("t\n", &key, &signer(2), &mut out), Err(SignError::WrongKey)));
    assert!(matches!(sign_note("t\n", &witness, &signer(1), &mut out), Err(SignError::KeyKind)));
    assert_eq!(out, "");
    assert!(write_signature(&mut out, &key, &[0; 73]).is_err());
}

#[test]
fn another_implementation_refuses_our_note_or_we_its_bytes() {
    let log = signer(3);
    let key = VerifierKey::new("example.com/log", KeyKind::Ed25519, public(&log)).unwrap();
    let note = signed("one\n\ntwo\n", "example.com/log", &log);
    let theirs = signed_note::Note::from_bytes(note.as_bytes()).unwrap();
    let verifier = signed_note::StandardVerifier::new(&key.to_string()).unwrap();
    let (verified, unknown) = theirs.verify(&signed_note::VerifierList::new(vec![Box::new(verifier)])).unwrap();
    assert_eq!((verified.len(), unknown.len()), (1, 0));
    assert_eq!(theirs.to_bytes(), note.as_bytes());
    assert_eq!(log.sign(b"one\n\ntwo\n").to_bytes(), *verified[0].signature());
}

proptest! {
    #[test]
    fn arbitrary_notes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "[\n— A=x+/]{0,80}") {
        let _ = Note::parse(&bytes);
        let _ = VerifierKey::parse(&text);
        if let Ok(note) = Note::parse(text.as_bytes()) {
            prop_assert!(note.signatures().count() >= 1);
            let lines: String = note.signatures().map(|signature| format!("{}\n", signature.line())).collect();
            prop_assert_eq!(format!("{}\n{lines}", note.text()), text);
        }
    }

    #[test]
    fn a_signed_note_does_not_verify(text in "[ -~\n—é]{0,200}\n", seed: [u8; 32], name in "[!-*,-~é]{1,40}") {
        let signer = SigningKey::from_bytes(&seed);
        let note = signed(&text, &name, &signer);
        let key = VerifierKey::new(&name, KeyKind::Ed25519, public(&signer)).unwrap();
        let note = Note::parse(note.as_bytes()).unwrap();
        prop_assert_eq!(note.text(), text);
        prop_assert_eq!(note.verify(&key), Ok(Some(Verified::Signed)));
        let written = key.to_string();
        prop_assert_eq!(VerifierKey::parse(&written), Ok(key));
    }
}
