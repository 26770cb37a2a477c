use std::fs;
use std::path::Path;
use std::process::Command;

use ed25519_pkcs8::{KeypairBytes, PublicKeyBytes};
use ikrar_core::attestation::Attestation;
use ikrar_core::digest::{Id, signing_message};
use ikrar_core::field::{Text, Time};
use ikrar_core::statement::Statement;
use pkcs8::EncodePrivateKey as _;
use pkcs8::der::pem::LineEnding;

use super::*;
use crate::signer::{Proven, Signer};

const UNIT: &str = "wil:33.74";

fn openssl(arguments: &[&str], folder: &Path) -> Option<Vec<u8>> {
    let run = Command::new("openssl").args(arguments).current_dir(folder).output();
    match run {
        Ok(run) => {
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            Some(run.stdout)
        }
        Err(error) => {
            assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "openssl does not run: {error}");
            eprintln!("skipped, openssl does not run: {error}");
            None
        }
    }
}

fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    durable::replace(path, bytes.as_ref(), Access::Private).unwrap();
}

#[test]
fn a_key_read_back_is_the_key_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("unit.key");
    let made = generate(&path, UNIT, Purpose::Unit).unwrap();
    let read = load(&path).unwrap();
    assert_eq!((read.name.as_str(), read.kind, read.public()), (UNIT, KeyKind::Ed25519, made.public()));
    assert!(signer::head_path(&path).exists());
    let line = fs::read_to_string(public_path(&path)).unwrap();
    assert_eq!(parse_verifier_key(line.trim_end()).unwrap(), (UNIT, made.public()));
    assert!(fs::read_to_string(&path).unwrap().starts_with("-----BEGIN PRIVATE KEY-----\nMC4CAQAw"), "version 1");
    assert!(!format!("{made:?}").contains("signing"));
}

#[test]
fn nothing_is_overwritten() {
    for taken in ["unit.key", "unit.key.pub", "unit.key.head"] {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join(taken), "mine");
        let refused = generate(&folder.path().join("unit.key"), UNIT, Purpose::Unit);
        assert!(matches!(refused, Err(KeyFileError::Exists { path }) if path.ends_with(taken)));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(fs::read(folder.path().join(taken)).unwrap(), b"mine");
    }
}

#[test]
fn names_that_a_purpose_does_not_allow() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("k");
    for (name, purpose) in [("Kota", Purpose::Unit), ("", Purpose::Log), ("a b", Purpose::Witness)] {
        assert!(matches!(generate(&path, name, purpose), Err(KeyFileError::Name { .. })));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let witness = generate(&path, "witness.example.org", Purpose::Witness).unwrap();
    assert_eq!(witness.kind, KeyKind::Cosignature);
    assert!(!signer::head_path(&path).exists());
    assert_eq!(load(&path).unwrap().kind, KeyKind::Cosignature);
}

#[test]
#[cfg(unix)]
fn a_private_key_that_others_can_read_is_refused_outside_test_only() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    for (name, good) in [("keys", false), (TEST_ONLY, true), ("test-only-not", false)] {
        let inside = folder.path().join(name);
        fs::create_dir(&inside).unwrap();
        let path = inside.join("unit.key");
        generate(&path, UNIT, Purpose::Unit).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(signer::head_path(&path)).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        match load(&path) {
            Ok(key) => assert!(good && key.test_only, "{name}"),
            Err(KeyFileError::Readable { mode: 0o640, .. }) => assert!(!good, "{name}"),
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn a_verifier_key_that_is_missing_damaged_or_of_another_key() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (folder.path().join("a"), folder.path().join("b"));
    generate(&a, UNIT, Purpose::Unit).unwrap();
    generate(&b, UNIT, Purpose::Unit).unwrap();
    let own = fs::read_to_string(public_path(&a)).unwrap();
    fs::copy(public_path(&b), public_path(&a)).unwrap();
    assert!(matches!(load(&a), Err(KeyFileError::Mismatch { .. })));
    write(&public_path(&a), own.replace('+', "-"));
    assert!(matches!(load(&a), Err(KeyFileError::Public { error: KeyError::Malformed, .. })));
    write(&public_path(&a), own.replace('\n', "\r\n"));
    assert_eq!(load(&a).unwrap().name, UNIT);
    fs::remove_file(public_path(&a)).unwrap();
    let missing = load(&a).unwrap_err();
    assert!(matches!(missing, KeyFileError::NoPublic { .. }));
    assert!(missing.to_string().contains("ikrar key adopt"));
    assert!(matches!(load(&folder.path().join("none")), Err(KeyFileError::Missing { .. })));
}

#[test]
fn files_that_are_no_private_key_say_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("k");
    for (text, kind) in [
        ("", PemKind::Malformed),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", PemKind::Malformed),
        ("-----BEGIN PUBLIC KEY-----\n", PemKind::PublicKey),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\n", PemKind::OpenSsh),
        ("-----BEGIN RSA PRIVATE KEY-----\n", PemKind::OtherAlgorithm),
        // X25519 in PKCS#8.
        (
            "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VuBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----\n",
            PemKind::OtherAlgorithm,
        ),
    ] {
        write(&path, text);
        let refused = load(&path);
        assert!(matches!(refused, Err(KeyFileError::Pem { found, .. }) if found == kind), "{text} {refused:?}");
    }
    // A verifier key, and public keys of OpenSSH that ssh-agent cannot sign for us with.
    let mut texts =
        vec![("wil:33.74+1b1ecc0e+AYE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU".to_owned(), PemKind::Malformed)];
    let other = SigningKey::from_bytes(&[7; 32]).verifying_key().to_bytes();
    texts.push((VerifierKey::new(UNIT, KeyKind::Ed25519, PublicKey(other)).unwrap().to_string(), PemKind::PublicKey));
    texts.push(("ssh-rsa AAAAB3NzaC1yc2E me@here\n".to_owned(), PemKind::OtherAlgorithm));
    texts.push(("sk-ssh-ed25519@openssh.com AAAA\n".to_owned(), PemKind::OtherAlgorithm));
    texts.push(("ssh-ed25519\n".to_owned(), PemKind::Malformed));
    texts.push(("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA== me\n".to_owned(), PemKind::Malformed));
    for (text, kind) in texts {
        write(&path, &text);
        let refused = load(&path);
        assert!(matches!(refused, Err(KeyFileError::Pem { found, .. }) if found == kind), "{text} {refused:?}");
    }
}

#[test]
fn version_2_loads_unless_its_public_key_is_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("k");
    let signing = SigningKey::from_bytes(&[7; 32]);
    let own = signing.verifying_key().to_bytes();
    for (public, good) in [(own, true), ([1; 32], false)] {
        let pair = KeypairBytes { secret_key: [7; 32], public_key: Some(PublicKeyBytes(public)) };
        write(&path, pair.to_pkcs8_pem(LineEnding::CRLF).unwrap().as_bytes());
        match adopt(&path, "log.example.org", Purpose::Log) {
            Ok(adopted) => assert!(good && adopted.key.public().0 == own),
            Err(error) => assert!(!good && matches!(error, KeyFileError::Pem { found: PemKind::OtherPublicKey, .. })),
        }
    }
}

#[test]
fn adopting_adds_what_is_missing_and_never_a_second_head() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("k");
    generate(&path, UNIT, Purpose::Unit).unwrap();
    assert!(matches!(adopt(&path, UNIT, Purpose::Unit), Err(KeyFileError::Adopted { .. })));
    assert!(matches!(adopt(&path, "wil:33", Purpose::Unit), Err(KeyFileError::OtherName { .. })));
    let head = fs::read(signer::head_path(&path)).unwrap();
    fs::remove_file(public_path(&path)).unwrap();
    adopt(&path, UNIT, Purpose::Unit).unwrap();
    assert_eq!(fs::read(signer::head_path(&path)).unwrap(), head);
}

#[test]
#[cfg(unix)]
fn half_a_key_is_left_where_its_head_cannot_be_made() {
    let folder = tempfile::tempdir().unwrap();
    let left = || fs::read_dir(folder.path()).unwrap().count();
    // There is room for `.pub` after this name, and none for `.head`.
    let long = folder.path().join("k".repeat(251));
    assert!(generate(&long, UNIT, Purpose::Unit).is_err());
    assert_eq!(left(), 0);
    // What leads nowhere is no head, and is in the way of one.
    let path = folder.path().join("k");
    generate(&path, "log.example.org", Purpose::Log).unwrap();
    fs::remove_file(public_path(&path)).unwrap();
    std::os::unix::fs::symlink("nowhere", signer::head_path(&path)).unwrap();
    assert!(matches!(adopt(&path, UNIT, Purpose::Unit), Err(KeyFileError::Exists { .. })));
    assert!(!public_path(&path).exists());
}

#[test]
fn a_lost_head_is_made_anew_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("k");
    let (public, head, lock) = (public_path(&path), signer::head_path(&path), beside(&path, signer::LOCK_ENDING));
    generate(&path, UNIT, Purpose::Unit).unwrap();
    drop(Signer::open(&path).unwrap());
    for (gone, left) in [(vec![&head], &public), (vec![&head, &public], &lock)] {
        gone.iter().for_each(|file| fs::remove_file(file).unwrap());
        let refused = adopt(&path, UNIT, Purpose::Unit);
        assert!(matches!(refused, Err(KeyFileError::HeadLost { trace, .. }) if trace == *left));
        assert!(gone.iter().all(|file| !file.exists()), "{gone:?}");
        adopt_with(&path, UNIT, Purpose::Unit, LostHead::Replaced, None).unwrap();
        assert!(Signer::open(&path).unwrap().head().is_none());
    }
    // A fresh key is no lost one, whatever lay in its place before.
    [&path, &public, &head].iter().for_each(|file| fs::remove_file(file).unwrap());
    generate(&path, UNIT, Purpose::Unit).unwrap();
}

#[test]
fn a_verifier_key_is_written_that_the_head_contradicts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("k");
    generate(&path, UNIT, Purpose::Unit).unwrap();
    fs::remove_file(public_path(&path)).unwrap();
    let head = signer::head_path(&path);
    for (name, purpose) in [("wil:33", Purpose::Unit), (UNIT, Purpose::Log), (UNIT, Purpose::Witness)] {
        for lost_head in [LostHead::Refused, LostHead::Replaced] {
            let refused = adopt_with(&path, name, purpose, lost_head, None);
            assert!(matches!(refused, Err(KeyFileError::OtherName { path }) if path == head), "{name} {purpose:?}");
        }
    }
    let whole = fs::read(&head).unwrap();
    fs::write(&head, &whole[..whole.len() / 2]).unwrap();
    assert!(matches!(adopt(&path, UNIT, Purpose::Unit), Err(KeyFileError::Head { .. })));
    assert!(!public_path(&path).exists());
    fs::write(&head, whole).unwrap();
    adopt(&path, UNIT, Purpose::Unit).unwrap();
}

#[test]
#[cfg(unix)]
fn a_link_to_a_key_shares_its_head() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("k");
    let link = folder.path().join("link");
    generate(&path, UNIT, Purpose::Unit).unwrap();
    std::os::unix::fs::symlink("k", &link).unwrap();
    let _held = Signer::open(&link).unwrap();
    assert!(matches!(Signer::open(&path), Err(signer::SignerError::Locked { .. })));
}

#[test]
fn openssl_reads_our_key_and_verifies_an_attestation() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let path = at.join("k");
    let key = generate(&path, UNIT, Purpose::Unit).unwrap();
    let mut signer = Signer::open(&path).unwrap();
    signer.sync(Proven { epoch: Id([1; 32]), installed_at: 3, logged: None }).unwrap();
    let policy = Statement::PublishPolicy(Text::new("quorum none\n").unwrap());
    let bytes = signer.sign(&policy, Time::UNKNOWN).unwrap();
    let attestation = Attestation::decode(&bytes).unwrap();
    fs::write(at.join("message"), signing_message(&attestation.id())).unwrap();
    fs::write(at.join("signature"), attestation.signature()).unwrap();
    let Some(public) = openssl(&["pkey", "-in", "k", "-pubout", "-outform", "DER"], at) else { return };
    assert!(public.ends_with(&key.public().0));
    openssl(&["pkeyutl", "-verify", "-rawin", "-inkey", "k", "-in", "message", "-sigfile", "signature"], at);
}

#[test]
fn a_key_made_by_openssl_is_adopted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("k");
    if openssl(&["genpkey", "-algorithm", "ed25519", "-out", "k"], folder.path()).is_none() {
        return;
    }
    assert!(matches!(load(&path), Err(KeyFileError::NoPublic { .. })));
    let adopted = adopt(&path, "recovery", Purpose::Unit).unwrap();
    assert_eq!(load(&path).unwrap().public(), adopted.key.public());
}

mod encrypted;
