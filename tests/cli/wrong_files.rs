//! The wrong file in the right place: each is named, none is swallowed, and nothing panics.

mod scratch;

use scratch::Scratch;

/// A file of every kind, by name.
fn files(scratch: &Scratch) -> Vec<(&'static str, Vec<u8>)> {
    let read = |name: &str| std::fs::read(scratch.path(name)).unwrap();
    vec![
        ("empty", Vec::new()),
        ("zeros", vec![0; 5_000]),
        ("noise", (0..4_000_u64).flat_map(|seed| scratch::mix(seed).to_be_bytes()).collect()),
        ("letter", "Kepada Yth.\r\n".into()),
        ("utf16", b"\xff\xfei\0k\0r\0a\0r\0".to_vec()),
        ("pem", read("keys/log.key")),
        ("pub", read("keys/log.key.pub")),
        ("trust", read("keys/trust.toml")),
        ("checkpoint", read("log/checkpoint")),
        ("bundle", read("log/tile/entries/000.p/14")),
        ("tile", read("log/tile/0/000.p/14")),
        ("attestations", read("good.ikrar")),
        ("request", read("good.request")),
        ("roster", b"unit,parent,kind,name\nwil:51,,provinsi,Bali\n".to_vec()),
        ("cut", read("good.ikrar")[..40].to_vec()),
        ("huge-count", b"ikrar attestations v1\n\xff\xff\xff\xff".to_vec()),
    ]
}

/// What is tried, the command line with the wrong file as FILE, and the names of the files that are right there.
const COMMANDS: &[(&str, &str, &[&str])] = &[
    ("append", "append log FILE --keys keys", &["attestations"]),
    ("init", "init new FILE --keys keys2", &[]),
    ("pledge", "pledge FILE --key city.key --keys keys --combined 1/1 --yes --out o", &["request"]),
    (
        "brief",
        "brief FILE --key city.key --keys keys --held-on 2020-09-01 --topic rules --combined 1/1 --yes --out o",
        &["request"],
    ),
    (
        "monitor",
        "monitor FILE --key city.key --keys keys --from 2020-09-01 --to 2020-09-02 --nil --yes --out o",
        &["request"],
    ),
    ("refer", "refer FILE --key city.key --keys keys --channel bawaslu --nil --yes --out o", &["request"]),
    ("correct", "correct FILE --key city.key --keys keys --reason error --combined 1/1 --yes --out o", &["request"]),
    ("enroll", "enroll FILE --key root.key --out o", &["roster"]),
    ("publish", "publish FILE --key root.key --out o", &[]),
    ("policy", "policy FILE --key root.key --out o", &[]),
    ("round", "round FILE --key root.key --out o", &[]),
    ("a text of a round", "round good.toml --text FILE --key root.key --out o", &[]),
    ("a key", "enroll good.csv --key FILE --out o", &[]),
    ("a new key", "rekey --unit wil:33.74 --new-key FILE --key root.key --from log --keys keys --out o", &[]),
    ("amend", "amend --unit wil:33.74 --name Baru --key FILE --out o", &[]),
    ("retire", "retire --unit wil:33.74 --key FILE --out o", &[]),
    ("resend", "resend --key FILE --out o", &[]),
    ("genesis", "genesis --name Uji --log-key FILE --key root.key --out o", &[]),
    ("key show", "key show FILE", &[]),
    ("key adopt", "key adopt FILE --unit wil:51", &["pem"]),
    ("a passphrase", "keygen --unit wil:51 --encrypt --passphrase-fd 9 --out FILE", &["absent"]),
    ("a log key", "append log good.ikrar --keys keys --key FILE", &[]),
    ("since", "verify log --keys keys --since FILE", &["checkpoint"]),
    ("a log", "verify FILE --keys keys", &[]),
    ("a log to sign from", "retire --unit wil:33.74 --key root.key --from FILE --keys keys --out o", &[]),
    ("request", "request FILE --unit wil:33.74 --round nanti --keys keys --out o", &[]),
    ("prove", "prove FILE --unit wil:33.74 --round contoh --keys keys --out o", &[]),
    ("report", "report FILE --round contoh --keys keys --out o", &[]),
    ("letter", "letter FILE --round contoh --keys keys --out o", &[]),
    ("held", "report log --round contoh --keys keys --held FILE --out o", &["attestations"]),
    ("explain", "explain FILE --unit wil:33.74 --round contoh --keys keys", &[]),
    ("check", "check FILE --keys keys", &["checkpoint", "attestations"]),
    ("show", "show FILE", &["pem", "pub", "trust", "checkpoint", "bundle", "attestations", "request", "roster"]),
    ("keys", "verify log --keys FILE", &[]),
    ("a device", "device info --device FILE", &[]),
    ("a log for a device", "device provision FILE --unit wil:33.74 --device localhost:1 --keys keys --out o", &[]),
    (
        "a request to a device",
        "device pledge FILE --device localhost:1 --keys keys --combined 1/1 --yes --out o",
        &["request"],
    ),
    ("a device's journal", "device append FILE --device localhost:1", &["attestations"]),
    ("a receipt for a device", "device check FILE --device localhost:1", &[]),
];

/// Verbs that read no file of ours.
const READ_NOTHING: &[&str] = &["completions", "manual"];

#[test]
fn a_verb_is_tried_with_no_wrong_file() {
    let help = Scratch::new().run(&["--help"]).expect(0, &["Commands:"]);
    let listed = help.out.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let mut verbs = 0;
    for verb in listed.filter_map(|line| line.strip_prefix("  ")?.split(' ').next().filter(|verb| !verb.is_empty())) {
        let tried = COMMANDS.iter().any(|(_, line, _)| line.split(' ').next() == Some(verb));
        assert!(tried || READ_NOTHING.contains(&verb), "{verb}");
        verbs += 1;
    }
    assert!(verbs > 20, "{verbs}");
}

#[test]
fn a_wrong_file_is_taken_or_the_program_panics() {
    let scratch = Scratch::new();
    let world = &scratch.world;
    scratch.signer("city.key", &world.city, 3);
    scratch.signer("root.key", &world.root, 0);
    scratch.deliver("good.ikrar", &world.attestations[..1]);
    let ask =
        ["request", "log", "--unit", scratch::CITY, "--round", "nanti", "--keys", "keys", "--out", "good.request"];
    scratch.run(&ask).expect(0, &["Wrote the request"]);

    let commands: Vec<(&str, Vec<&str>, &[&str])> =
        COMMANDS.iter().map(|(what, line, takes)| (*what, line.split_whitespace().collect(), *takes)).collect();
    scratch.write("good.csv", "unit,parent,kind,name\nwil:51,,provinsi,Bali\n");
    for (name, bytes) in files(&scratch) {
        scratch.write(name, bytes);
    }
    std::fs::create_dir(scratch.path("folder")).unwrap();
    scratch.write("good.toml", include_str!("../../examples/kota-semarang/contoh-2020.toml"));
    let before = [scratch.files("log"), scratch.files("keys")];
    let heads = || ["city.key.head", "root.key.head"].map(|head| std::fs::read(scratch.path(head)).unwrap());
    let unsigned = heads();
    let names: Vec<_> = files(&scratch).into_iter().map(|(name, _)| name).chain(["folder", "absent"]).collect();
    for (what, command, takes) in &commands {
        for name in names.iter().filter(|name| !takes.contains(name)) {
            let args: Vec<_> = command.iter().map(|arg| if *arg == "FILE" { name } else { *arg }).collect();
            let answer = scratch.run(&args);
            let what = format!("{what} of {name}: {answer:#?}");
            assert!(matches!(answer.code, Some(1..=3 | 5)), "{what}");
            // A file among others, and a file beside the log, are told of where the rest is told.
            let told = if answer.out.is_empty() { &answer.err } else { &answer.out };
            let begins = if told.contains("REFUSED") { "" } else { "Error: " };
            let is_verdict = ["since-unusable", "DOES NOT VERIFY"].iter().any(|verdict| told.contains(verdict));
            assert!(is_verdict || told.starts_with(begins), "{what}");
            // At least the file or what it stood for is named, in a sentence or more; and never by its Debug form.
            assert!(told.contains(name) || told.contains("log") || told.contains("key"), "{what}");
            assert!(!told.contains("Os {") && !told.contains("Error("), "{what}");
            assert!(!scratch.path("o").exists(), "{what}");
        }
    }
    assert!([scratch.files("log"), scratch.files("keys")] == before);
    assert!(heads() == unsigned, "a number was used");
    assert!(!scratch.path("new").exists() && !scratch.path("keys2").exists());
}

#[test]
fn a_name_that_is_not_there_passes_for_one() {
    let scratch = Scratch::new();
    let run = |args: &[&str]| scratch.run(args);
    run(&["report", "log", "--round", "takada", "--keys", "keys"]).expect(2, &["\"takada\"", "contoh, nanti"]);
    run(&["report", "log", "--round", "contoh", "--at", "kemarin", "--keys", "keys"]).expect(2, &["RFC 3339"]);
    let ask = |unit| ["request", "log", "--unit", unit, "--round", "nanti", "--keys", "keys", "--out", "r"];
    run(&ask("wil:99")).expect(2, &["There is no unit wil:99"]);
    run(&ask("Semarang")).expect(2, &["is not a unit id"]);
    run(&["frobnicate"]).expect(2, &["frobnicate"]);
    run(&["verify"]).expect(2, &["<LOG>"]);
    run(&["verify", "log", "--format", "xml", "--keys", "keys"]).expect(2, &["xml"]);
    run(&["append", "log", "--keys", "keys"]).expect(2, &["<FILES>"]);
    run(&["keygen", "--unit", "Bukan Unit", "--out", "k"]).expect(2, &["Bukan Unit"]);
    run(&["--version"]).expect(0, &["ikrar 0."]);
}

#[test]
fn a_request_for_another_unit_or_registry_is_signed() {
    let scratch = Scratch::new();
    scratch.signer("city.key", &scratch.world.city, 3);
    scratch.key("keys/ward.key", &scratch.world.ward.key, scratch::WARD, ikrar_log::keys::Purpose::Unit);
    let ask = |unit, out| ["request", "log", "--unit", unit, "--round", "nanti", "--keys", "keys", "--out", out];
    scratch.run(&ask(scratch::CITY, "city.request")).expect(0, &[]);
    let pledge = |key, keys, request| {
        ["pledge", request, "--key", key, "--keys", keys, "--combined", "80/80", "--yes", "--out", "o.ikrar"]
    };
    scratch.run(&pledge("keys/ward.key", "keys", "city.request")).expect(5, &["The request is for wil:33.74"]);
    let other = Scratch::with(scratch::World::of("Lain", 7, scratch::ORIGIN, 9));
    let theirs = other.path("keys");
    let refused = scratch.run(&pledge("city.key", theirs.to_str().unwrap(), "city.request"));
    assert!(matches!(refused.code, Some(1 | 5)), "{refused:#?}");
    assert!(refused.err.contains("nothing was signed"), "{refused:#?}");

    // Any byte of it: either nothing is signed, or the byte was not part of what is proven and the pledge is good.
    let whole = std::fs::read(scratch.path("city.request")).unwrap();
    for at in (0..whole.len()).step_by(131) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (scratch::mix(u64::try_from(at).unwrap()) % 8);
        scratch.write("flipped.request", flipped);
        let answer = scratch.run(&pledge("city.key", "keys", "flipped.request"));
        assert!(matches!(answer.code, Some(1..=3 | 5)), "byte {at}: {answer:#?}");
        assert!(!scratch.path("o.ikrar").exists(), "byte {at}");
    }
    scratch.run(&pledge("city.key", "keys", "city.request")).expect(0, &["Signed one attestation"]);
    scratch.append("o.ikrar").expect(0, &["15 entries"]);
}

#[test]
fn a_private_key_is_overwritten_or_open_to_others() {
    let scratch = Scratch::new();
    let make = ["keygen", "--unit", "wil:51", "--out", "new.key"];
    let made = scratch.run(&make).expect(0, &["Wrote the private key new.key", "wil:51+"]);
    let read = |name| std::fs::read(scratch.path(name)).unwrap();
    let before = [read("new.key"), read("new.key.pub")];
    assert!(!made.out.contains("PRIVATE") && !made.err.contains("PRIVATE"));
    for taken in ["new.key", "new.key.pub"] {
        scratch.run(&make).expect(5, &["exists already"]);
        assert_eq!([read("new.key"), read("new.key.pub")], before, "{taken}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |name| std::fs::metadata(scratch.path(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("new.key"), 0o600);
        std::fs::set_permissions(scratch.path("new.key"), std::fs::Permissions::from_mode(0o644)).unwrap();
        let answer = scratch.run(&["key", "show", "new.key"]);
        assert!(matches!(answer.code, Some(2 | 3 | 5)), "{answer:#?}");
        assert!(answer.err.contains("chmod 600"), "{answer:#?}");
    }
}

/// Opening a pipe waits for a writer, and a device gives bytes without end.
#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_halts_the_program() {
    use std::process::Stdio;

    let scratch = Scratch::new();
    let world = &scratch.world;
    scratch.signer("city.key", &world.city, 3);
    scratch.signer("root.key", &world.root, 0);
    scratch.deliver("good.ikrar", &world.attestations[..1]);
    scratch.write("good.csv", "unit,parent,kind,name\nwil:51,,provinsi,Bali\n");
    scratch.write("good.toml", include_str!("../../examples/kota-semarang/contoh-2020.toml"));
    let made = std::process::Command::new("mkfifo").arg(scratch.path("pipe")).status().unwrap();
    assert!(made.success());
    let _listener = std::os::unix::net::UnixListener::bind(scratch.path("socket")).unwrap();
    let mut running = Vec::new();
    for (what, line, _) in COMMANDS {
        for name in ["pipe", "socket", "/dev/zero"] {
            let args: Vec<_> = line.split(' ').map(|arg| if arg == "FILE" { name } else { arg }).collect();
            let mut command = scratch.command(&args);
            let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            running.push((format!("{what} of {name}"), child));
        }
    }
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    for (what, mut child) in running {
        while child.try_wait().unwrap().is_none() {
            if std::time::Instant::now() > deadline {
                child.kill().unwrap();
                panic!("{what} does not end");
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let answer = scratch::Answer::new(child.wait_with_output().unwrap());
        assert!(matches!(answer.code, Some(1..=3 | 5)), "{what}: {answer:#?}");
        assert!(!scratch.path("o").exists(), "{what}");
    }
}

/// A pipe in the place of a file would wait for a writer for ever.
#[cfg(unix)]
#[test]
fn a_pipe_among_the_tiles_halts_the_verifier() {
    let scratch = Scratch::new();
    for path in ["log/tile/0/000.p/5", "log/tile/entries/000.p/14", "log/checkpoint"] {
        let bytes = std::fs::read(scratch.path(path)).unwrap();
        std::fs::remove_file(scratch.path(path)).unwrap();
        let made = std::process::Command::new("mkfifo").arg(scratch.path(path)).status();
        if made.is_ok_and(|status| status.success()) {
            scratch.verify().expect(1, &["no regular file"]);
            std::fs::remove_file(scratch.path(path)).unwrap();
        }
        std::fs::write(scratch.path(path), bytes).unwrap();
    }
    scratch.verify().expect(0, &["The log verifies"]);
}
