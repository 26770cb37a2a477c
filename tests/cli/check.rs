//! What `prove`, `check` and `show` say, and with which exit code.

mod scratch;

use ikrar_core::digest::Hash;
use ikrar_core::statement::Statement;
use ikrar_log::envelope;
use ikrar_log::keys::Purpose;
use ikrar_log::store::Head;
use scratch::{Answer, CITY, CITY_PLEDGE, Scratch, WARD, WARD_CORRECTION, pledge};

fn prove(scratch: &Scratch, args: &[&str]) -> Answer {
    scratch.run(&[&["prove", "log", "--keys", "keys"], args].concat())
}

fn check(scratch: &Scratch, args: &[&str]) -> Answer {
    scratch.run(&[&["check"], args].concat())
}

fn json(answer: &Answer) -> serde_json::Value {
    serde_json::from_str(&answer.out).unwrap_or_else(|error| panic!("{error}: {answer:#?}"))
}

fn write(scratch: &Scratch, name: &str, attestations: &[&[u8]]) {
    std::fs::write(scratch.path(name), envelope::encode(attestations.iter().copied()).unwrap()).unwrap();
}

#[test]
fn the_receipt_of_a_unit_is_of_another_statement_than_the_one_in_force() {
    let scratch = Scratch::new();
    prove(&scratch, &["--unit", WARD, "--round", "contoh", "--out", "ward.tlog-proof"]).expect(0, &["entry 10"]);
    check(&scratch, &["ward.tlog-proof", "--keys", "keys"]).expect(
        0,
        &[
            "THE RECEIPT IS GOOD",
            "correction",
            "60 of 80",
            "Naskah uji",
            "SYNTHETIC",
            "corrected or withdrawn since",
            "Semarang Utara",
        ],
    );
    scratch
        .run(&["check", "ward.tlog-proof", "--keys", "keys", "--lang", "id"])
        .expect(0, &["TANDA TERIMA INI SAH", "60 dari 80"]);
    prove(&scratch, &["--unit", CITY, "--out", "city.tlog-proof"]).expect(0, &["entry 8"]);
    let answer = check(&scratch, &["city.tlog-proof", "--keys", "keys", "--format", "json"]);
    let out = json(&answer);
    assert_eq!((&out["schema"], &out["kind"], &out["ok"]), (&"ikrar.check/1".into(), &"receipt".into(), &true.into()));
    let receipt = &out["files"][0]["receipt"];
    assert_eq!(receipt["entry"], 8);
    assert_eq!(receipt["attestation"]["fields"]["coverage"]["combined"]["signed"], 80);
    prove(&scratch, &["--unit", WARD, "--entry", "9", "--out", "first.tlog-proof"]).expect(0, &["entry 9"]);
    let id = ikrar_core::attestation::Attestation::decode(&scratch.world.attestations[WARD_CORRECTION]).unwrap().id();
    prove(&scratch, &["--unit", WARD, "--id", &id.to_string(), "--out", "id.tlog-proof"]).expect(0, &["entry 10"]);
    let bytes = |name: &str| std::fs::read(scratch.path(name)).unwrap();
    assert_eq!(bytes("id.tlog-proof"), bytes("ward.tlog-proof"));
}

#[test]
fn a_receipt_is_written_for_what_is_not_there() {
    let scratch = Scratch::new();
    let refused = |args: &[&str], code, said: &str| {
        prove(&scratch, &[args, &["--out", "out"]].concat()).expect(code, &[said]);
        assert!(!scratch.path("out").exists());
    };
    refused(&["--unit", "wil:99"], 2, "no unit wil:99");
    refused(&["--unit", CITY, "--round", "nanti"], 2, "no pledge in force");
    refused(&["--unit", "root"], 2, "no pledge in force");
    refused(&["--unit", CITY, "--entry", "14"], 2, "14 entries");
    refused(&["--unit", CITY, "--entry", "9"], 2, "signed by wil:33.74.02");
    refused(&["--unit", CITY, "--id", &"0".repeat(64)], 2, "no attestation");
    refused(&["--unit", CITY, "--round", "tiada"], 2, "no round");
    std::fs::write(scratch.path("out2"), b"x").unwrap();
    prove(&scratch, &["--unit", CITY, "--out", "out2"]).expect(5, &["exists already"]);
}

#[test]
fn a_receipt_is_called_good_without_what_it_rests_on() {
    let scratch = Scratch::new();
    prove(&scratch, &["--unit", CITY, "--out", "city.tlog-proof"]).expect(0, &[]);
    check(&scratch, &["city.tlog-proof"]).expect(2, &["trust root"]);
    let good = std::fs::read(scratch.path("city.tlog-proof")).unwrap();
    std::fs::write(scratch.path("cut"), &good[..good.len() / 2]).unwrap();
    check(&scratch, &["cut", "--keys", "keys"]).expect(1, &["DOES NOT VERIFY"]);
    let mut flipped = good.clone();
    let last = flipped.len() - 10;
    flipped[last] = if flipped[last] == b'A' { b'B' } else { b'A' };
    std::fs::write(scratch.path("flipped"), flipped).unwrap();
    let answer = check(&scratch, &["flipped", "--keys", "keys", "--format", "json"]).expect(1, &[]);
    assert_eq!(json(&answer)["files"][0]["verdict"], "bad");
    check(&scratch, &["nowhere", "--keys", "keys"]).expect(3, &["nowhere"]);

    // A policy that asks for a witness who never saw the log.
    scratch.key("saksi", &ed25519_dalek::SigningKey::from_bytes(&[50; 32]), "saksi.example", Purpose::Witness);
    let witness = std::fs::read_to_string(scratch.path("saksi.pub")).unwrap();
    std::fs::write(scratch.path("keys/policy"), format!("witness saksi {witness}quorum saksi\n")).unwrap();
    check(&scratch, &["city.tlog-proof", "--keys", "keys"])
        .expect(4, &["have not cosigned", "saksi: has not cosigned"]);
    check(&scratch, &["log/checkpoint", "--keys", "keys"]).expect(4, &["have not cosigned"]);
}

#[test]
fn an_attestation_is_called_good_without_its_key() {
    let scratch = Scratch::new();
    let mut city = scratch.world.city.clone();
    let text = scratch.world.text;
    let logged = scratch.world.attestations[CITY_PLEDGE].clone();
    let next = city.sign(Statement::Pledge(pledge("nanti", text, 12)));
    write(&scratch, "two.ikrar", &[&logged, &next]);
    scratch.key("city.key", &city.key, CITY, Purpose::Unit);
    let other = scratch.world.ward.key.clone();
    scratch.key("other.key", &other, CITY, Purpose::Unit);
    scratch.key("ward.key", &other, WARD, Purpose::Unit);

    check(&scratch, &["two.ikrar"]).expect(3, &["could not be checked", "12 of 80"]);
    check(&scratch, &["two.ikrar", "--signer-key", "city.key.pub"]).expect(0, &["The signature is good"]);
    check(&scratch, &["two.ikrar", "--signer-key", "other.key.pub"]).expect(1, &["DOES NOT VERIFY"]);
    check(&scratch, &["two.ikrar", "--signer-key", "ward.key.pub"]).expect(3, &["another unit's"]);
    let from = ["two.ikrar", "--from", "log", "--keys", "keys"];
    check(&scratch, &from).expect(0, &["logged, as entry 8", "not in the log"]);
    let every: Vec<_> = scratch.world.attestations.iter().map(Vec::as_slice).collect();
    write(&scratch, "every.ikrar", &every);
    let answer =
        check(&scratch, &["every.ikrar", "--from", "log", "--keys", "keys", "--format", "json"]).expect(0, &[]);
    let entries = json(&answer)["files"][0]["attestations"].clone();
    let entries: Vec<_> = entries.as_array().unwrap().iter().map(|it| it["entry"].as_u64().unwrap()).collect();
    assert_eq!(entries, (0..14).collect::<Vec<_>>());

    let mut bad = next.clone();
    let place = bad.len() - 1;
    bad[place] ^= 1;
    write(&scratch, "bad.ikrar", &[&bad]);
    check(&scratch, &["bad.ikrar", "--from", "log", "--keys", "keys"]).expect(1, &["DOES NOT VERIFY"]);
    write(&scratch, "junk.ikrar", &[b"junk"]);
    check(&scratch, &["junk.ikrar"]).expect(1, &["DOES NOT VERIFY"]);
}

#[test]
fn two_versions_under_one_number_go_unseen() {
    let scratch = Scratch::new();
    let city = &scratch.world.city;
    let text = scratch.world.text;
    write(&scratch, "one.ikrar", &[&city.draft(Statement::Pledge(pledge("nanti", text, 12)))]);
    write(&scratch, "two.ikrar", &[&city.draft(Statement::Pledge(pledge("nanti", text, 80)))]);
    scratch.key("city.key", &city.key, CITY, Purpose::Unit);
    let both = ["one.ikrar", "two.ikrar", "--signer-key", "city.key.pub"];
    check(&scratch, &both).expect(0, &["FORK PROOF", CITY]);
    let answer = check(&scratch, &[&both[..], &["--format", "json"]].concat()).expect(0, &[]);
    assert_eq!(json(&answer)["kind"], "fork-proof");
    // One version twice is no fork, nor are two without a key.
    let same = check(&scratch, &["one.ikrar", "one.ikrar", "--signer-key", "city.key.pub"]).expect(0, &[]);
    assert!(!same.out.contains("FORK PROOF"));
    check(&scratch, &["one.ikrar", "two.ikrar"]).expect(3, &[]);

    // Against what the log holds, and against what a receipt proves.
    let mut earlier = scratch.world.city.clone();
    let first = ikrar_core::attestation::Attestation::decode(&scratch.world.attestations[CITY_PLEDGE]).unwrap();
    (earlier.seq, earlier.prev) = (first.body().seq, first.body().prev);
    write(&scratch, "other.ikrar", &[&earlier.draft(Statement::Pledge(pledge("contoh", text, 1)))]);
    check(&scratch, &["other.ikrar", "--from", "log", "--keys", "keys"]).expect(0, &["FORK PROOF", "entry 8"]);
    prove(&scratch, &["--unit", CITY, "--out", "city.tlog-proof"]).expect(0, &[]);
    let beside = ["other.ikrar", "city.tlog-proof", "--signer-key", "city.key.pub", "--keys", "keys"];
    check(&scratch, &beside).expect(0, &["FORK PROOF"]);
}

#[test]
fn two_trees_of_one_size_go_unseen() {
    let scratch = Scratch::new();
    let forged = scratch.world.checkpoint(Head { size: 14, root: Hash([7; 32]) });
    std::fs::write(scratch.path("forged"), forged).unwrap();
    std::fs::write(scratch.path("smaller"), scratch.world.checkpoint(Head { size: 13, root: Hash([7; 32]) })).unwrap();
    check(&scratch, &["log/checkpoint", "--keys", "keys"]).expect(0, &["signed by the log's key"]);
    let answer = check(&scratch, &["log/checkpoint", "forged", "--keys", "keys", "--format", "json"]).expect(0, &[]);
    assert_eq!(json(&answer)["kind"], "split-view");
    let answer = check(&scratch, &["log/checkpoint", "smaller", "--keys", "keys"]).expect(0, &[]);
    assert!(!answer.out.contains("SPLIT VIEW"));
    prove(&scratch, &["--unit", CITY, "--out", "city.tlog-proof"]).expect(0, &[]);
    check(&scratch, &["city.tlog-proof", "forged", "--keys", "keys"]).expect(0, &["SPLIT VIEW PROVEN"]);
}

#[test]
fn a_file_that_is_not_for_checking_is_not_named() {
    let scratch = Scratch::new();
    scratch.run(&["request", "log", "--unit", CITY, "--keys", "keys", "--out", "city.request"]).expect(0, &[]);
    std::fs::write(scratch.path("empty"), b"").unwrap();
    std::fs::write(scratch.path("table.csv"), b"unit,parent,kind,name\n").unwrap();
    for (file, said) in [
        ("city.request", "ikrar pledge"),
        ("keys/log.key", "private key"),
        ("keys/log.key.pub", "--signer-key"),
        ("keys/trust.toml", "--keys"),
        ("empty", "is empty"),
        ("table.csv", "ikrar enroll"),
        ("log/tile/0/000.p/14", "ikrar verify"),
    ] {
        check(&scratch, &[file, "--keys", "keys"]).expect(2, &[said]);
    }
}

#[test]
fn a_file_is_shown_as_if_it_were_verified() {
    let scratch = Scratch::new();
    prove(&scratch, &["--unit", CITY, "--out", "city.tlog-proof"]).expect(0, &[]);
    scratch
        .run(&["request", "log", "--unit", CITY, "--round", "nanti", "--keys", "keys", "--out", "city.request"])
        .expect(0, &[]);
    write(&scratch, "every.ikrar", &[&scratch.world.attestations[0], &scratch.world.attestations[CITY_PLEDGE]]);
    scratch.signer("city.key", &scratch.world.city, 3);
    for (file, kind, said) in [
        ("city.tlog-proof", "receipt", "80 of 80"),
        ("city.request", "request", "root/nanti"),
        ("every.ikrar", "attestations", "start of the registry"),
        ("log/checkpoint", "checkpoint", scratch::ORIGIN),
        ("keys/log.key.pub", "verifier-key", scratch::ORIGIN),
        ("keys/log.key", "private-key", "give it to nobody"),
        ("keys/trust.toml", "trust-root", "Uji"),
        ("city.key.head", "signer-head", CITY),
        ("log/tile/entries/000.p/14", "entry-bundle", "Kota Yogyakarta"),
    ] {
        scratch.run(&["show", file]).expect(0, &[said, "NOTHING OF THIS WAS VERIFIED"]);
        let out = json(&scratch.run(&["show", file, "--format", "json"]));
        assert_eq!((&out["schema"], &out["kind"]), (&"ikrar.show/1".into(), &kind.into()));
        assert_eq!(out["verified"], false);
    }
    let secret = std::fs::read_to_string(scratch.path("keys/log.key")).unwrap();
    let answer = scratch.run(&["show", "keys/log.key"]);
    assert!(secret.lines().all(|line| line.starts_with("-----") || !answer.out.contains(line)));
    std::fs::write(scratch.path("cut"), &std::fs::read(scratch.path("city.request")).unwrap()[..90]).unwrap();
    scratch.run(&["show", "cut"]).expect(2, &["damaged"]);
    std::fs::write(scratch.path("junk"), b"junk").unwrap();
    scratch.run(&["show", "junk"]).expect(2, &["none of our files"]);
}
