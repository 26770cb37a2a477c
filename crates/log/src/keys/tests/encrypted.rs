//! Encrypted private keys: ours and those of `openssl`, and what a hostile file asks for.

use std::fs;

use pkcs8::der::asn1::OctetStringRef;
use pkcs8::pkcs5::pbes2::{Kdf, Parameters, Pbkdf2Params};
use pkcs8::pkcs5::scrypt;
use pkcs8::{EncryptedPrivateKeyInfoRef, SecretDocument};

use super::{UNIT, openssl, write};
use crate::keys::*;

const PASSPHRASE: &[u8] = b"enam kata";

#[test]
fn a_key_opens_without_its_passphrase_or_with_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("k");
    let made = generate_encrypted(&path, UNIT, Purpose::Unit, PASSPHRASE).unwrap();
    assert!(fs::read_to_string(&path).unwrap().starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    let before = fs::read(&path).unwrap();
    assert!(matches!(load(&path), Err(KeyFileError::Encrypted { .. })));
    for wrong in [&b""[..], b"enam kata ", b"Enam kata"] {
        assert!(matches!(load_with(&path, Some(wrong)), Err(KeyFileError::Passphrase { .. })));
    }
    assert_eq!(load_with(&path, Some(PASSPHRASE)).unwrap().public(), made.public());
    assert_eq!(fs::read(&path).unwrap(), before);
    // A passphrase for a key that has none does no harm.
    let plain = folder.path().join("plain");
    generate(&plain, UNIT, Purpose::Unit).unwrap();
    load_with(&plain, Some(PASSPHRASE)).unwrap();
    // What a cut leaves: the private key alone.
    fs::remove_file(public_path(&path)).unwrap();
    assert!(matches!(adopt(&path, UNIT, Purpose::Unit), Err(KeyFileError::Encrypted { .. })));
    let adopted = adopt_with(&path, UNIT, Purpose::Unit, LostHead::Refused, Some(PASSPHRASE)).unwrap();
    assert_eq!(adopted.written, [public_path(&path)]);
}

#[test]
fn openssl_does_not_open_what_we_encrypt() {
    let folder = tempfile::tempdir().unwrap();
    let key = generate_encrypted(&folder.path().join("k"), UNIT, Purpose::Unit, PASSPHRASE).unwrap();
    let arguments = ["pkey", "-in", "k", "-passin", "pass:enam kata", "-pubout", "-outform", "DER"];
    let Some(public) = openssl(&arguments, folder.path()) else { return };
    assert!(public.ends_with(&key.public().0));
}

#[test]
fn a_key_that_openssl_encrypted_does_not_open() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    if openssl(&["genpkey", "-algorithm", "ed25519", "-out", "plain"], at).is_none() {
        return;
    }
    let made = adopt(&at.join("plain"), UNIT, Purpose::Unit).unwrap().key;
    let generated = ["genpkey", "-algorithm", "ed25519", "-aes256", "-pass", "pass:enam kata", "-out", "generated"];
    openssl(&generated, at);
    adopt_with(&at.join("generated"), UNIT, Purpose::Unit, LostHead::Refused, Some(PASSPHRASE)).unwrap();
    for (name, options) in [
        ("pbkdf2", &["-v2", "aes-256-cbc"][..]),
        ("sha512", &["-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA512", "-iter", "10000"]),
        ("scrypt", &["-scrypt"]),
        ("larger", &["-scrypt", "-scrypt_N", "8192", "-scrypt_r", "16", "-scrypt_p", "2"]),
    ] {
        let convert = ["pkcs8", "-topk8", "-in", "plain", "-passout", "pass:enam kata", "-out", name];
        openssl(&[&convert, options].concat(), at);
        let path = at.join(name);
        write(&path, fs::read(&path).unwrap());
        assert!(matches!(adopt(&path, UNIT, Purpose::Unit), Err(KeyFileError::Encrypted { .. })), "{name}");
        let wrong = adopt_with(&path, UNIT, Purpose::Unit, LostHead::Refused, Some(b"lain"));
        assert!(matches!(wrong, Err(KeyFileError::Passphrase { .. })), "{name}");
        let adopted = adopt_with(&path, UNIT, Purpose::Unit, LostHead::Refused, Some(PASSPHRASE)).unwrap();
        assert_eq!(adopted.key.public(), made.public(), "{name}");
    }
    let old = ["pkcs8", "-topk8", "-in", "plain", "-passout", "pass:x", "-v2prf", "hmacWithSHA1", "-out", "old"];
    openssl(&old, at);
    write(&at.join("old"), fs::read(at.join("old")).unwrap());
    let refused = adopt_with(&at.join("old"), UNIT, Purpose::Unit, LostHead::Refused, Some(b"x"));
    assert!(matches!(refused, Err(KeyFileError::Pem { found: PemKind::OtherEncryption, .. })));
}

/// A file with these costs, around nothing.
fn costing(kdf: Kdf) -> Result<PrivateKey, KeyFileError> {
    let sound = Parameters::generate_pbkdf2_sha256_aes256cbc(1, &[7; 16], [0; 16]).unwrap();
    let sealed = EncryptedPrivateKeyInfoRef {
        encryption_algorithm: Parameters { kdf, ..sound }.into(),
        encrypted_data: OctetStringRef::new(&[0; 64]).unwrap(),
    };
    let pem = SecretDocument::encode_msg(&sealed).unwrap().to_pem("ENCRYPTED PRIVATE KEY", Default::default()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("k"), pem.as_bytes());
    load_with(&folder.path().join("k"), Some(PASSPHRASE))
}

#[test]
fn a_hostile_file_eats_gigabytes_or_hours() {
    let started = std::time::Instant::now();
    let sound = scrypt::Params::new(1, 1, 1).unwrap();
    let Kdf::Scrypt(cheap) = Parameters::generate_scrypt_aes256cbc(sound, &[7; 16], [0; 16]).unwrap().kdf else {
        panic!("no scrypt")
    };
    for (n, r, p) in [
        (1 << 40, 1, 1),
        (1 << 63, u16::MAX, 1),
        (1 << 19, 8, 1),
        (1 << 14, 8, u16::MAX),
        (2, u16::MAX, u16::MAX),
        (1 << 14, u16::MAX, 1),
    ] {
        let scrypt = Kdf::Scrypt(pkcs8::pkcs5::pbes2::ScryptParams {
            cost_parameter: n,
            block_size: r,
            parallelization: p,
            ..cheap
        });
        assert!(matches!(costing(scrypt), Err(KeyFileError::Costly { .. })), "{n} {r} {p}");
    }
    for (n, r, p) in [(0, 8, 1), (1, 8, 1), (3, 8, 1), (2, 0, 1), (2, 1, 0)] {
        let scrypt = Kdf::Scrypt(pkcs8::pkcs5::pbes2::ScryptParams {
            cost_parameter: n,
            block_size: r,
            parallelization: p,
            ..cheap
        });
        let refused = costing(scrypt);
        assert!(matches!(refused, Err(KeyFileError::Pem { found: PemKind::Malformed, .. })), "{n} {r} {p}");
    }
    for (iterations, costly) in [(u32::MAX, true), (10_000_001, true), (1, false)] {
        let pbkdf2 = Pbkdf2Params { iteration_count: iterations, ..Pbkdf2Params::hmac_sha256(1, &[7; 16]).unwrap() };
        let refused = costing(pbkdf2.into()).unwrap_err();
        assert_eq!(matches!(refused, KeyFileError::Costly { .. }), costly, "{refused}");
    }
    assert!(started.elapsed().as_secs() < 30);
}

#[test]
fn a_damaged_file_passes_or_panics() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("k");
    generate_encrypted(&path, UNIT, Purpose::Unit, PASSPHRASE).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for damaged in [
        text.replacen("MI", "AA", 1),
        [lines[0], lines.last().unwrap()].join("\n"),
        text[..text.len() / 2].to_owned(),
        text.replace("-----END", "-----\nEND"),
    ] {
        write(&path, &damaged);
        let refused = load_with(&path, Some(PASSPHRASE));
        assert!(matches!(refused, Err(KeyFileError::Pem { found: PemKind::Malformed, .. })), "{damaged} {refused:?}");
    }
}
