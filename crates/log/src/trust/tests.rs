use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use ed25519_dalek::SigningKey;

use super::place::folder_in;
use super::*;

fn key(seed: u8) -> PublicKey {
    PublicKey(SigningKey::from_bytes(&[seed; 32]).verifying_key().to_bytes())
}

fn example() -> TrustRoot {
    TrustRoot {
        registry_name: "Contoh".into(),
        registry: Id([9; 32]),
        authority: key(1),
        origin: "log.example.org".into(),
        log_key: key(2),
        log_since: 5,
        policy: Some("quorum none\n".into()),
    }
}

#[test]
fn what_is_saved_loads_and_is_never_overwritten() {
    for policy in [None, Some("quorum none\n".to_owned())] {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("new/keys");
        let root = TrustRoot { policy, ..example() };
        root.save(&at).unwrap();
        assert_eq!(TrustRoot::load(&at).unwrap(), root);
        let other = TrustRoot { log_since: 6, ..root.clone() };
        assert!(matches!(other.save(&at), Err(TrustError::Exists { path }) if path.ends_with(FILE)));
        assert_eq!(TrustRoot::load(&at).unwrap(), root);
    }
}

#[test]
fn a_policy_that_lies_there_is_neither_overwritten_nor_taken_over_unseen() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(POLICY_FILE), "quorum none\n# mine\n").unwrap();
    for policy in [None, Some("quorum none\n".to_owned())] {
        let refused = TrustRoot { policy, ..example() }.save(folder.path());
        assert!(matches!(refused, Err(TrustError::Exists { path }) if path.ends_with(POLICY_FILE)));
        assert!(!folder.path().join(FILE).exists());
    }
}

#[test]
fn the_fingerprint_covers_all_that_decides_a_verdict() {
    let root = example();
    let mut canonical = [[9; 32], key(1).0].concat();
    canonical.extend(b"\x0flog.example.org");
    canonical.extend(key(2).0);
    canonical.extend(b"\0\0\0\0\0\0\0\x05quorum none\n");
    assert_eq!(root.fingerprint(), trust_fingerprint(&canonical));
    assert_eq!(root.fingerprint_text().len(), 64);
    for other in [
        TrustRoot { registry: Id([8; 32]), ..example() },
        TrustRoot { authority: key(3), ..example() },
        TrustRoot { origin: "log.example.com".into(), ..example() },
        TrustRoot { log_key: key(3), ..example() },
        TrustRoot { log_since: 6, ..example() },
        TrustRoot { policy: None, ..example() },
    ] {
        assert_ne!(other.fingerprint(), root.fingerprint());
    }
}

#[test]
fn damaged_ones_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    assert!(
        matches!(TrustRoot::load(folder.path()), Err(TrustError::NoTrustRoot { looked_at }) if looked_at == [path.clone()])
    );
    TrustRoot { policy: None, ..example() }.save(folder.path()).unwrap();
    let good = fs::read_to_string(&path).unwrap();
    for (from, to, says) in [
        ("ikrar.trust/1", "ikrar.trust/2", "schema"),
        ("registry = \"0", "registry = \"", "64 hexadecimal"),
        ("\"root+", "\"wil:33+", "authority"),
        ("log = \"log.", "log = \"lug.", "does not belong"),
        ("log_since = 5", "log_since = -5", "line 6"),
        ("log_since = 5", "", "log_since"),
        ("log_since = 5", "log_since = 5\nmore = 1", "more"),
        ("Contoh", "Contoh 3374011234567890", "NIK"),
        ("schema", "sch\u{e9}ma\u{1}", "line 1"),
    ] {
        assert!(good.contains(from), "{from} in {good}");
        fs::write(&path, good.replacen(from, to, 1)).unwrap();
        let refused = TrustRoot::load(folder.path()).unwrap_err().to_string();
        assert!(refused.contains(says), "{from} → {to}: {refused}");
    }
    fs::write(&path, good).unwrap();
    for policy in ["", "quorum all\n"] {
        fs::write(folder.path().join(POLICY_FILE), policy).unwrap();
        assert!(matches!(TrustRoot::load(folder.path()), Err(TrustError::Policy { .. })));
    }
}

#[test]
fn the_first_place_named_decides_and_it_is_never_the_current_folder() {
    let places = |set: &[(&str, &str)], flag: Option<&str>| {
        let set: Vec<(String, OsString)> = set.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let find = move |name: &str| set.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        folder_in(flag.map(Path::new), &find)
    };
    let home = if cfg!(windows) { ("APPDATA", "C:\\u") } else { ("HOME", "/u") };
    let own = if cfg!(windows) { "C:\\u\\ikrar" } else { "/u/.config/ikrar" };
    assert_eq!(places(&[home, (VARIABLE, "env")], Some("flag")), Some(PathBuf::from("flag")));
    assert_eq!(places(&[home, (VARIABLE, "env")], None), Some(PathBuf::from("env")));
    assert_eq!(places(&[home, (VARIABLE, "")], None), Some(PathBuf::from(own)));
    assert_eq!(places(&[], None), None);
    if cfg!(unix) {
        assert_eq!(places(&[home, ("XDG_CONFIG_HOME", "/x")], None), Some(PathBuf::from("/x/ikrar")));
        assert_eq!(places(&[home, ("XDG_CONFIG_HOME", "x")], None), Some(PathBuf::from(own)));
        assert_eq!(places(&[("HOME", ".")], None), None);
    }
    let missing = locate(Some(Path::new("/nowhere/at/all"))).unwrap_err();
    assert!(missing.to_string().contains("/nowhere/at/all") && missing.to_string().contains("--keys"));
}
