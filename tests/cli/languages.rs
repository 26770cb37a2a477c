//! Whoever reads Indonesian reads no English: over good and failing commands, wrong files, and logs that were tampered with.

mod scratch;

use std::process::Command;

use ikrar_core::statement::Statement;
use scratch::{Answer, CITY, Scratch};

/// Words without which English hardly makes a sentence, and that Indonesian does not have.
const ENGLISH: &str = "the is are was were be been has have had of not cannot can't with and or for from this that these there \
    which who what where when to by at its it than then must should would could will may does did do only \
    already other another every each file line column expected found missing entry entries signature \
    signed key error warning unknown invalid usage options commands arguments default possible values value \
    required units late complete pending round head";

/// The words of a text, without what is code or quoted: between backticks or quotation marks, options, the usage line and
/// examples, and what a help or a list names at the start of an indented line.
fn words(text: &str) -> Vec<String> {
    let named = |line: &str| usize::from(line.starts_with("  ") && !line.starts_with("   "));
    let lines = text.lines().take_while(|line| *line != "Contoh:").filter(|line| !line.starts_with("Pemakaian: "));
    let lines = lines.map(|line| line.split_whitespace().skip(named(line)).collect::<Vec<_>>().join(" "));
    let prose = lines.collect::<Vec<_>>().join(" ");
    let outside = |text: &str, mark: char| text.split(mark).step_by(2).collect::<Vec<_>>().join(" ");
    let prose = outside(&outside(&prose, '`'), '"');
    // Choices are code; that their label is none is a test of the program's own.
    let prose: String = prose.split('[').map(|part| part.split_once(']').map_or(part, |(_, rest)| rest)).collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    prose.split_whitespace().filter(|word| !word.starts_with("--")).map(bare).collect()
}

#[track_caller]
fn assert_indonesian(what: &str, answer: &Answer) {
    for text in [&answer.out, &answer.err] {
        // A list of the names of commands is code.
        let text = text.replace("Yang ada: keygen, key, ", "");
        let english: Vec<_> =
            words(&text).into_iter().filter(|word| ENGLISH.split(' ').any(|english| english == word)).collect();
        assert!(english.is_empty(), "{what}: {english:?} in {text}");
    }
}

fn indonesian(scratch: &Scratch, args: &[&str]) -> Answer {
    Answer::new(scratch.command(args).env("LC_ALL", "id_ID.UTF-8").output().unwrap())
}

#[track_caller]
fn check(scratch: &Scratch, code: i32, args: &[&str]) -> Answer {
    let answer = indonesian(scratch, args).expect(code, &[]);
    assert_indonesian(&args.join(" "), &answer);
    answer
}

#[test]
fn a_day_of_work_is_told_in_english() {
    let scratch = Scratch::new();
    scratch.signer("city.key", &scratch.world.city, 3);
    scratch.signer("root.key", &scratch.world.root, 0);
    check(&scratch, 0, &["keygen", "--unit", "wil:51", "--out", "bali.key"]);
    check(&scratch, 0, &["key", "show", "bali.key"]);
    check(&scratch, 0, &["key", "show", "city.key"]);
    check(&scratch, 5, &["keygen", "--unit", "wil:51", "--out", "bali.key"]);
    check(&scratch, 2, &["keygen", "--unit", "Bali Raya", "--out", "x.key"]);
    check(&scratch, 2, &["keygen", "--log", "a b", "--out", "x.key"]);
    scratch.write("units.csv", "unit,parent,kind,name\nwil:51,,provinsi,Bali\n");
    let enroll = ["enroll", "units.csv", "--key", "root.key", "--from", "log", "--keys", "keys", "--out", "enrol"];
    check(&scratch, 0, &enroll);
    check(&scratch, 5, &enroll);
    check(&scratch, 0, &["append", "log", "enrol", "--keys", "keys"]);
    check(&scratch, 0, &["append", "log", "enrol", "--keys", "keys"]);
    let ask = |out| ["request", "log", "--unit", CITY, "--round", "nanti", "--keys", "keys", "--out", out];
    check(&scratch, 0, &ask("r"));
    check(&scratch, 5, &["request", "log", "--unit", "wil:51", "--keys", "keys", "--out", "r2"]);
    check(&scratch, 2, &["request", "log", "--unit", "wil:99", "--keys", "keys", "--out", "r3"]);
    let pledge = |out| {
        [
            "pledge",
            "r",
            "--key",
            "city.key",
            "--keys",
            "keys",
            "--combined",
            "1/2",
            "--role",
            "plt",
            "--yes",
            "--out",
            out,
        ]
    };
    let told = check(&scratch, 0, &pledge("p"));
    assert!(told.err.contains("1 dari 2") && told.err.contains("pelaksana tugas"), "{}", told.err);
    let again = check(&scratch, 0, &pledge("p2"));
    assert!(
        again.err.contains("ditulis sekali lagi") && !again.err.contains("pernyataan ditandatangani:"),
        "{}",
        again.err
    );
    assert_eq!(std::fs::read(scratch.path("p")).unwrap(), std::fs::read(scratch.path("p2")).unwrap());
    check(&scratch, 0, &["append", "log", "p", "--keys", "keys"]);
    let verdict = check(&scratch, 0, &["verify", "log", "--keys", "keys"]);
    assert!(verdict.out.contains("Log ini sah"), "{}", verdict.out);
    for round in ["contoh", "nanti"] {
        check(&scratch, 0, &["report", "log", "--round", round, "--keys", "keys"]);
    }
    check(&scratch, 2, &["report", "log", "--round", "tiada", "--keys", "keys"]);
    check(&scratch, 2, &["report", "log", "--round", "nanti", "--keys", "keys", "--at", "kemarin"]);
    check(&scratch, 3, &["verify", "tiada", "--keys", "keys"]);
    check(&scratch, 2, &["verify", "log"]);
    check(&scratch, 3, &["append", "log", "tiada", "--keys", "keys"]);
}

#[test]
fn a_command_line_is_explained_in_english() {
    let scratch = Scratch::new();
    for args in [
        &["verfy", "log"][..],
        &["verify"],
        &["verify", "log", "--formt", "json"],
        &["verify", "log", "--format", "xml"],
        &["verify", "log", "--format"],
        &["verify", "log", "--since", "a", "--since", "b"],
        &["rekey", "--key", "k", "--out", "o", "--unit", "u", "--log", "--new-key", "n"],
        &["rekey", "--key", "k", "--out", "o", "--unit", "u", "--new-key", "n", "--compromised-since", "kapan"],
        &["keygen", "--out", "k"],
        &["--lang"],
        &["verify", "log", "lagi"],
    ] {
        check(&scratch, 2, args);
    }
    let help = check(&scratch, 0, &["--help"]).out;
    let listed = help.lines().skip_while(|line| *line != "Perintah:").skip(1).take_while(|line| !line.is_empty());
    let listed = listed.filter(|line| !line.starts_with("   "));
    let verbs: Vec<_> = listed.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(verbs.len() >= 15, "{verbs:?}");
    for verb in verbs {
        check(&scratch, 0, &[verb, "--help"]);
    }
    check(&scratch, 0, &["key", "show", "--help"]);
}

#[test]
fn a_wrong_file_is_named_in_english() {
    let scratch = Scratch::new();
    scratch.signer("city.key", &scratch.world.city, 3);
    scratch.signer("root.key", &scratch.world.root, 0);
    scratch.deliver("good", &scratch.world.attestations[..1]);
    let read = |name: &str| std::fs::read(scratch.path(name)).unwrap();
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("kosong", Vec::new()),
        ("nol", vec![0; 5_000]),
        ("surat", "Kepada Yth.\r\n".into()),
        ("utf16", b"\xff\xfei\0k\0".to_vec()),
        ("pem", read("keys/log.key")),
        ("pub", read("keys/log.key.pub")),
        ("publik", b"-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n".to_vec()),
        ("trust", read("keys/trust.toml")),
        ("checkpoint", read("log/checkpoint")),
        ("pernyataan", read("good")),
        ("roster", b"unit,parent,kind,name\nwil:51,wil:5,provinsi,Bali\n".to_vec()),
        ("potongan", read("good")[..40].to_vec()),
        ("baris", b"ikrar attestations v1\r\n".to_vec()),
        ("besar", b"ikrar attestations v1\n\xff\xff\xff\xff".to_vec()),
        ("isian", b"schema = \"ikrar.text/1\"\nid = \"a b\"\nversion = 1\ntitle = \"t\"\nlanguage = \"id\"\ncommitments = []\n".to_vec()),
        ("kurang", b"schema = \"ikrar.round/1\"\nid = \"a\"\n".to_vec()),
        ("asing", b"schema = \"ikrar.round/1\"\nwarna = 3\n".to_vec()),
    ];
    for (name, bytes) in &files {
        scratch.write(name, bytes);
    }
    scratch.write("good.csv", "unit,parent,kind,name\nwil:51,,provinsi,Bali\n");
    std::fs::create_dir(scratch.path("map")).unwrap();
    let commands: &[&[&str]] = &[
        &["append", "log", "FILE", "--keys", "keys"],
        &["init", "new", "FILE", "--keys", "keys2"],
        &["pledge", "FILE", "--key", "city.key", "--keys", "keys", "--combined", "1/1", "--yes", "--out", "o"],
        &["enroll", "FILE", "--key", "root.key", "--out", "o"],
        &["publish", "FILE", "--key", "root.key", "--out", "o"],
        &["round", "FILE", "--key", "root.key", "--out", "o"],
        &["enroll", "good.csv", "--key", "FILE", "--out", "o"],
        &["key", "show", "FILE"],
        &["append", "log", "good", "--keys", "keys", "--key", "FILE"],
        &["verify", "log", "--keys", "keys", "--since", "FILE"],
        &["verify", "FILE", "--keys", "keys"],
        &["verify", "log", "--keys", "FILE"],
        &["genesis", "--name", "Uji", "--log-key", "FILE", "--key", "root.key", "--out", "o"],
    ];
    let names: Vec<_> = files.iter().map(|(name, _)| *name).chain(["map", "tiada"]).collect();
    for command in commands {
        for name in &names {
            let args: Vec<_> = command.iter().map(|arg| if *arg == "FILE" { name } else { *arg }).collect();
            assert_indonesian(&args.join(" "), &indonesian(&scratch, &args));
            let _ = std::fs::remove_file(scratch.path("o"));
        }
    }
}

#[test]
fn a_finding_is_explained_in_english() {
    let scratch = Scratch::new();
    let paths: Vec<_> = scratch.files("log").into_keys().collect();
    for path in &paths {
        let before = std::fs::read(path).unwrap();
        for at in (0..before.len()).step_by(97) {
            let mut bytes = before.clone();
            bytes[at] ^= 0x20;
            std::fs::write(path, bytes).unwrap();
            assert_indonesian(
                &format!("{} at {at}", path.display()),
                &indonesian(&scratch, &["verify", "log", "--keys", "keys"]),
            );
        }
        for cut in [&before[..0], &before[..before.len() / 2]] {
            std::fs::write(path, cut).unwrap();
            let args = ["report", "log", "--round", "contoh", "--keys", "keys"];
            assert_indonesian(&path.display().to_string(), &indonesian(&scratch, &args));
        }
        std::fs::remove_file(path).unwrap();
        assert_indonesian(&path.display().to_string(), &indonesian(&scratch, &["verify", "log", "--keys", "keys"]));
        std::fs::write(path, before).unwrap();
    }
    scratch.write("log/tile/x", "asing");
    let told = indonesian(&scratch, &["verify", "log", "--keys", "keys"]).expect(0, &["foreign-file", "bukan ubin"]);
    assert_indonesian("a foreign file", &told);
}

#[test]
fn a_refusal_at_intake_says_no_next_step_or_says_it_in_english() {
    let scratch = Scratch::new();
    let mut city = scratch.world.city.clone();
    let retire = |unit| {
        Statement::Retire(ikrar_core::statement::Retire {
            unit: scratch::unit(unit),
            successors: ikrar_core::field::Set::new([]).unwrap(),
            document: None,
        })
    };
    let first = city.sign(retire(scratch::WARD));
    let second = city.sign(retire(scratch::WARD));
    scratch.deliver("skipped", &[second]);
    scratch.deliver("first", &[first]);
    let told = check(&scratch, 5, &["append", "log", "skipped", "--keys", "keys"]);
    assert!(told.out.contains("skipped-seq") && told.out.contains("permintaan baru"), "{}", told.out);
    scratch.run(&["append", "log", "skipped", "--keys", "keys"]).expect(5, &["Append first what the unit signed"]);
    check(&scratch, 0, &["append", "log", "first", "--keys", "keys"]);
    let other = scratch.world.city.clone().sign(retire(CITY));
    scratch.deliver("stale", &[other]);
    let told = check(&scratch, 5, &["append", "log", "stale", "--keys", "keys"]);
    assert!(told.out.contains("stale-seq") && told.out.contains("lebih dahulu"), "{}", told.out);
}

#[test]
fn the_language_asked_for_or_that_of_the_locale_is_not_spoken() {
    let scratch = Scratch::new();
    let spoken = |args: &[&str], variables: &[(&str, &str)]| {
        let mut command: Command = scratch.command(args);
        command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env_remove("LANG").envs(variables.iter().copied());
        Answer::new(command.output().unwrap()).err
    };
    for (args, variables, label) in [
        (&["verify", "nolog", "--keys", "keys"][..], &[("LANG", "id_ID.UTF-8")][..], "Galat: "),
        (&["verify", "nolog", "--keys", "keys"], &[("LANG", "id_ID.UTF-8"), ("LC_ALL", "en_US.UTF-8")], "Error: "),
        (&["verify", "nolog", "--keys", "keys"], &[("LC_ALL", "id_ID"), ("LANG", "en_US.UTF-8")], "Galat: "),
        (&["verify", "nolog", "--keys", "keys"], &[("LC_MESSAGES", "id_ID"), ("LANG", "C")], "Galat: "),
        (&["--lang", "en", "verify", "nolog", "--keys", "keys"], &[("LC_ALL", "id_ID")], "Error: "),
        (&["verify", "nolog", "--keys", "keys", "--lang", "en"], &[("LC_ALL", "id_ID")], "Error: "),
        (&["verify", "--lang=id", "nolog", "--keys", "keys"], &[("LC_ALL", "C")], "Galat: "),
        (&["verfy", "--lang=id"], &[("LC_ALL", "C")], "Galat: "),
        (&["--lang", "id", "verify"], &[("LC_ALL", "C")], "Galat: "),
    ] {
        assert!(spoken(args, variables).starts_with(label), "{args:?} {variables:?}");
    }
}
