//! The signature rule against our own vectors (`tests/vectors/ed25519`), RFC 8032, speccheck and ed25519-dalek.

use ed25519_dalek::{Signer as _, SigningKey};
use ikrar_core::digest::PublicKey;
use ikrar_core::signature::{SignatureError, check_key, sign, verify, verify_parts};
use proptest::prelude::*;

fn hex(text: &str) -> Vec<u8> {
    assert!(text.len().is_multiple_of(2));
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}

fn key(text: &str) -> PublicKey {
    PublicKey(hex(text).try_into().unwrap())
}

fn signature(text: &str) -> [u8; 64] {
    hex(text).try_into().unwrap()
}

/// The point of the rule, as the spec numbers them.
fn point(error: SignatureError) -> &'static str {
    match error {
        SignatureError::NonCanonicalKey | SignatureError::SmallOrderKey => "1",
        SignatureError::NonCanonicalR => "2",
        SignatureError::NonCanonicalS => "3",
        SignatureError::Mismatch => "4",
    }
}

#[test]
fn a_vector_gets_another_verdict() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/ed25519");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        if file.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let message = hex(field("message:").unwrap());
        let verdict = verify(&key(field("key:").unwrap()), &message, &signature(field("signature:").unwrap()));
        let expected = match field("verdict:") {
            Some("accept") => None,
            Some("reject") => Some(field("rule:").unwrap()),
            other => panic!("{}: verdict {other:?}", file.display()),
        };
        assert_eq!(verdict.err().map(point), expected, "{}", file.display());
        count += 1;
    }
    assert!(count >= 50, "only {count} vectors");
}

#[test]
fn a_speccheck_case_gets_another_verdict() {
    let Some(vectors) = std::env::var_os("IKRAR_VECTORS") else { return };
    let file = std::path::Path::new(&vectors).join("ed25519-speccheck/cases.json");
    let cases: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let verdicts: Vec<_> = cases
        .as_array()
        .unwrap()
        .iter()
        .map(|case| {
            let text = |name: &str| case[name].as_str().unwrap();
            verify(&key(text("pub_key")), &hex(text("message")), &signature(text("signature")))
        })
        .collect();
    use SignatureError::{NonCanonicalKey, NonCanonicalR, NonCanonicalS, SmallOrderKey};
    let expected = [
        Err(SmallOrderKey),
        Err(SmallOrderKey),
        Ok(()),
        Ok(()),
        Ok(()),
        Ok(()),
        Err(NonCanonicalS),
        Err(NonCanonicalS),
        Err(NonCanonicalR),
        Err(NonCanonicalR),
        Err(NonCanonicalKey),
        Err(NonCanonicalKey),
    ];
    assert_eq!(verdicts, expected);
}

/// RFC 8032 §7.1, tests 1 to 3.
#[test]
fn an_rfc_8032_signature_is_refused() {
    let cases = [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ];
    for (public, message, signed) in cases {
        assert_eq!(verify(&key(public), &hex(message), &signature(signed)), Ok(()), "{public}");
    }
}

/// A hardware key that is unplugged.
struct Unplugged;

impl ed25519_dalek::Signer<ed25519_dalek::Signature> for Unplugged {
    fn try_sign(&self, _: &[u8]) -> Result<ed25519_dalek::Signature, ed25519_dalek::SignatureError> {
        Err(ed25519_dalek::SignatureError::new())
    }
}

#[test]
fn a_failing_signer_panics() {
    assert!(sign(&Unplugged, b"x").is_err());
}

#[test]
fn a_bad_key_is_installed() {
    assert_eq!(check_key(&PublicKey::ZERO), Err(SignatureError::SmallOrderKey));
    assert_eq!(check_key(&PublicKey([0xff; 32])), Err(SignatureError::NonCanonicalKey));
    assert_eq!(check_key(&PublicKey(SigningKey::from_bytes(&[1; 32]).verifying_key().to_bytes())), Ok(()));
}

proptest! {
    #[test]
    fn an_honest_signature_is_refused_or_a_changed_one_accepted(
        seed: [u8; 32], message in prop::collection::vec(any::<u8>(), 1..200), cut: prop::sample::Index,
        bit in 0usize..512,
    ) {
        let signer = SigningKey::from_bytes(&seed);
        let public = PublicKey(signer.verifying_key().to_bytes());
        let signed = sign(&signer, &message).unwrap();
        prop_assert_eq!(signed, signer.sign(&message).to_bytes());
        prop_assert_eq!(verify(&public, &message, &signed), Ok(()));
        let (front, back) = message.split_at(cut.index(message.len()));
        prop_assert_eq!(verify_parts(&public, &[front, &[], back], &signed), Ok(()));
        let mut changed = signed;
        changed[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(verify(&public, &message, &changed).is_err());
    }

    #[test]
    fn arbitrary_bytes_panic(public: [u8; 32], r: [u8; 32], s: [u8; 32]) {
        let signed: [u8; 64] = [r, s].concat().try_into().unwrap();
        prop_assert!(verify(&PublicKey(public), b"x", &signed).is_err());
    }
}
