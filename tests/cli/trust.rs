//! What a verdict rests on: none, another registry's, a damaged one.

mod scratch;

use scratch::{ORIGIN, Scratch, World};

#[test]
fn a_verdict_is_given_without_a_trust_root() {
    let scratch = Scratch::new();
    // Neither the current folder nor the log's own may serve.
    scratch.copy("keys", "log");
    scratch.copy("keys", ".");
    let before = scratch.files("log");
    for command in [&["verify", "log"][..], &["report", "log", "--round", "contoh"], &["append", "log", "x.ikrar"]] {
        let answer = scratch.run(command).expect(2, &["none was found at", "--keys", "IKRAR_KEYS"]);
        assert!(answer.out.is_empty(), "{answer:#?}");
    }
    scratch.run(&["verify", "log", "--keys", "nowhere"]).expect(2, &["nowhere", "--keys"]);
    assert!(scratch.files("log") == before);
    let mut command = scratch.command(&["verify", "log"]);
    let named = scratch::Answer::new(command.env("IKRAR_KEYS", scratch.path("keys")).output().unwrap());
    named.expect(0, &["The log verifies", &scratch.world.trust.fingerprint_text()]);
}

#[test]
fn another_registrys_log_is_believed() {
    let scratch = Scratch::new();
    let mine = std::fs::read_to_string(scratch.path("keys/trust.toml")).unwrap();
    let line =
        |text: &str, key: &str| text.lines().find(|line| line.starts_with(&format!("{key} = "))).unwrap().to_owned();
    let theirs = |world: World| std::fs::read_to_string(Scratch::with(world).path("keys/trust.toml")).unwrap();
    let other = theirs(World::of("Lain", 7, "example.org/lain", 8));
    let edited = |keys: &[&str]| {
        let swap = |text: String, key: &&str| text.replace(&line(&mine, key), &line(&other, key));
        keys.iter().fold(mine.clone(), swap)
    };
    // The same log key under another name: only the origin differs.
    let renamed = theirs(World::of("Uji", 1, "example.org/lain", 9));
    let cases = [
        ("another registry id", edited(&["registry"]), "wrong-registry"),
        ("another authority", edited(&["authority"]), "wrong-authority"),
        ("another log", edited(&["log"]), "checkpoint-"),
        ("another origin", mine.replace(&line(&mine, "log"), &line(&renamed, "log")), "checkpoint-"),
        ("another registry", other.clone(), "checkpoint-"),
        ("a key that signs from size 15", mine.replace("log_since = 0", "log_since = 15"), "checkpoint-signature"),
    ];
    for (what, trust, rule) in cases {
        assert_ne!(trust, mine, "{what}");
        std::fs::create_dir_all(scratch.path("other")).unwrap();
        scratch.write("other/trust.toml", &trust);
        let answer = scratch.run(&["verify", "log", "--keys", "other"]);
        assert_eq!(answer.code, Some(1), "{what}: {answer:#?}");
        for said in [rule, "Trust root              other", "does not match the trust root. Compare the fingerprint"] {
            assert!(answer.out.contains(said), "{what}: not said: {said}\n{answer:#?}");
        }
        let report = scratch.run(&["report", "log", "--round", "contoh", "--keys", "other"]);
        assert_eq!(report.code, Some(1), "{what}: {report:#?}");
        let json = scratch.run(&["verify", "log", "--keys", "other", "--format", "json"]).expect(1, &[]);
        let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
        assert_eq!(json["ok"], false, "{what}");
    }
    assert!(mine.contains(ORIGIN));
}

#[test]
fn a_damaged_trust_root_is_taken_for_none_or_for_a_good_one() {
    let scratch = Scratch::new();
    let whole = std::fs::read_to_string(scratch.path("keys/trust.toml")).unwrap();
    for (what, text) in [
        ("empty", String::new()),
        ("another schema", whole.replace("ikrar.trust/1", "ikrar.trust/9")),
        ("a field too many", format!("{whole}extra = 1\n")),
        ("a field too few", whole.replace("log_since = 0\n", "")),
        ("a short registry id", whole.replace("registry = \"", "registry = \"0")),
        ("a damaged key", whole.replace("authority = \"root+", "authority = \"root+0")),
        ("an authority that is no root", whole.replace("authority = \"root+", "authority = \"ruut+")),
        ("cut", whole[..whole.len() / 2].to_owned()),
        ("a negative size", whole.replace("log_since = 0", "log_since = -1")),
    ] {
        assert_ne!(text, whole, "{what}");
        scratch.write("keys/trust.toml", text);
        let answer = scratch.verify();
        assert_eq!(answer.code, Some(2), "{what}: {answer:#?}");
        assert!(answer.err.contains("no usable trust root"), "{what}: {answer:#?}");
    }
    scratch.write("keys/trust.toml", whole);
    scratch.write("keys/policy", "nonsense\n");
    scratch.verify().expect(2, &["no usable trust root"]);
}

#[test]
fn an_appender_signs_with_a_key_that_is_not_the_logs() {
    let scratch = Scratch::new();
    let other = Scratch::with(World::of("Lain", 7, ORIGIN, 8));
    scratch.deliver("one.ikrar", &scratch.world.attestations[..1]);
    let before = scratch.files("log");
    let theirs = other.path("keys/log.key");
    let answer = scratch.run(&["append", "log", "one.ikrar", "--keys", "keys", "--key", theirs.to_str().unwrap()]);
    answer.expect(2, &["is not the private key of the log example.org/uji"]);
    std::fs::remove_file(scratch.path("keys/log.key")).unwrap();
    scratch.append("one.ikrar").expect(3, &["keys/log.key does not exist"]);
    assert!(scratch.files("log") == before);
}

#[test]
fn a_log_cannot_go_on_after_its_key_changed() {
    let scratch = Scratch::new();
    scratch.signer("root.key", &scratch.world.root, 0);
    scratch.copy("keys", "keys-before");
    scratch.run(&["keygen", "--log", ORIGIN, "--out", "next.key"]).expect(0, &[]);
    let change = ["rekey", "--log", "--new-key", "next.key.pub", "--key", "root.key", "--out", "change.ikrar"];
    scratch.run(&change).expect(0, &[]);
    std::fs::copy(scratch.path("log/checkpoint"), scratch.path("before")).unwrap();

    let before = scratch.files("log");
    scratch.append("change.ikrar").expect(2, &["--next-key"]);
    scratch
        .run(&["append", "log", "change.ikrar", "--keys", "keys", "--next-key", "root.key"])
        .expect(2, &["root.key"]);
    assert!(scratch.files("log") == before);

    let append = ["append", "log", "change.ikrar", "--keys", "keys", "--next-key", "next.key"];
    scratch.run(&append).expect(0, &["fingerprint"]);
    scratch.verify().expect(0, &["The log verifies"]);
    scratch.run(&["verify", "log", "--keys", "keys", "--since", "before"]).expect(0, &["The log verifies"]);
    scratch.run(&["verify", "log", "--keys", "keys-before"]).expect(1, &["log-key-changed", "Get the new trust.toml"]);
    // The old key signs no more; the new one goes on.
    scratch.append("change.ikrar").expect(2, &["log.key"]);
    scratch.run(&["append", "log", "change.ikrar", "--keys", "keys", "--key", "next.key"]).expect(0, &["already"]);
}
