//! Keys and units over the years: changed, lost, stolen, moved, ended, and there again.

mod scratch;

use scratch::{Answer, CITY, Scratch, WARD};

/// Signs with a verb that takes `--from`, and expects the answer.
#[track_caller]
fn signs(scratch: &Scratch, verb: &[&str], key: &str, out: &str) -> Answer {
    scratch.run(&[verb, &["--key", key, "--from", "log", "--keys", "keys", "--out", out]].concat())
}

/// Signs and logs.
#[track_caller]
fn done(scratch: &Scratch, verb: &[&str], key: &str) {
    let out = format!("{}.ikrar", scratch.files(".").len());
    signs(scratch, verb, key, &out).expect(0, &["Signed one attestation"]);
    let answer = scratch.append(&out).expect(0, &["attestation"]);
    assert!(!answer.out.contains("without effect"), "{answer:#?}");
}

/// Refused with this said, and no number was used.
#[track_caller]
fn futile(scratch: &Scratch, verb: &[&str], key: &str, code: i32, said: &str) {
    let next = next_seq(scratch, key);
    signs(scratch, verb, key, "futile.ikrar").expect(code, &[said]);
    assert!(!scratch.path("futile.ikrar").exists(), "{said}");
    assert_eq!(next_seq(scratch, key), next, "{said}");
}

/// The next number of a key's chain; a key that never signed is at 0.
fn next_seq(scratch: &Scratch, key: &str) -> u64 {
    let head = std::fs::read_to_string(scratch.path(&format!("{key}.head"))).unwrap();
    head.lines().find_map(|line| line.strip_prefix("next_seq = ")).map_or(0, |seq| seq.parse().unwrap())
}

/// Asks the unit, which answers.
fn answers(scratch: &Scratch, unit: &str, key: &str, verb: &[&str]) -> Answer {
    let number = scratch.files(".").len();
    let (request, out) = (format!("{number}.request"), format!("{number}.ikrar"));
    let ask = ["request", "log", "--unit", unit, "--round", "nanti", "--keys", "keys", "--out", &request];
    let asked = scratch.run(&ask);
    if asked.code != Some(0) {
        return asked;
    }
    let rest = [&request, "--key", key, "--keys", "keys", "--yes", "--out", &out];
    let answer = scratch.run(&[&verb[..1], &rest, &verb[1..]].concat());
    if answer.code == Some(0) {
        scratch.append(&out).expect(0, &["attestation"]);
    }
    answer
}

/// Asks the unit, which pledges so many of 80.
fn pledges(scratch: &Scratch, unit: &str, key: &str, signed: u8) -> Answer {
    answers(scratch, unit, key, &["pledge", "--combined", &format!("{signed}/80")])
}

fn row(scratch: &Scratch, unit: &str) -> serde_json::Value {
    let report = scratch.report("nanti");
    report["units"].as_array().unwrap().iter().find(|row| row["unit"] == unit).unwrap().clone()
}

#[track_caller]
fn assert_row(scratch: &Scratch, unit: &str, status: &str, flags: &[&str]) {
    let row = row(scratch, unit);
    assert_eq!(row["status"], status, "{row:#}");
    for flag in flags {
        assert!(row["flags"].as_array().unwrap().iter().any(|it| it == flag), "{flag}: {row:#}");
    }
}

fn scratch() -> Scratch {
    let scratch = Scratch::new();
    scratch.signer("root.key", &scratch.world.root, 0);
    scratch.signer("city.key", &scratch.world.city, 3);
    scratch.signer("ward.key", &scratch.world.ward, 11);
    scratch
}

fn keygen(scratch: &Scratch, unit: &str, out: &str) {
    scratch.run(&["keygen", "--unit", unit, "--out", out]).expect(0, &[unit]);
}

#[test]
fn a_unit_cannot_change_its_own_key_or_goes_on_with_the_old_one() {
    let scratch = scratch();
    keygen(&scratch, CITY, "city-new.key");
    let rekey = ["rekey", "--unit", CITY, "--new-key", "city-new.key.pub"];
    let own = ["--compromised-since", "0"];
    futile(&scratch, &[&rekey[..], &own].concat(), "city.key", 2, "cannot dispute its own statements");
    signs(&scratch, &rekey, "city.key", "rekey.ikrar").expect(0, &[]);
    // Not logged yet, but signed: what the old key would sign now is refused by every log.
    futile(&scratch, &["retire", "--unit", WARD], "city.key", 5, "wrong-epoch");
    scratch.append("rekey.ikrar").expect(0, &["15 entries"]);
    pledges(&scratch, CITY, "city.key", 80).expect(5, &["another key of wil:33.74"]);
    pledges(&scratch, CITY, "city-new.key", 80).expect(0, &[]);
    assert_row(&scratch, CITY, "complete", &["rekeyed"]);
    assert!(!row(&scratch, CITY)["flags"].to_string().contains("forced-rekey"));
}

#[test]
fn only_the_parent_can_give_a_key_or_a_stranger_can() {
    let scratch = scratch();
    keygen(&scratch, WARD, "ward-new.key");
    keygen(&scratch, "wil:34.71", "yogya.key");
    let rekey = ["rekey", "--unit", WARD, "--new-key", "ward-new.key.pub"];
    done(&scratch, &["rekey", "--unit", "wil:34.71", "--new-key", "yogya.key.pub"], "root.key");
    futile(&scratch, &rekey, "yogya.key", 5, "(not-ancestor)");
    futile(&scratch, &["rekey", "--unit", CITY, "--revoke"], "ward.key", 5, "(not-ancestor)");
    // The root is the ward's great-grandparent.
    done(&scratch, &rekey, "root.key");
    pledges(&scratch, WARD, "ward-new.key", 80).expect(0, &[]);
    assert_row(&scratch, WARD, "complete", &["forced-rekey"]);
}

#[test]
fn what_a_thief_signed_counts() {
    let scratch = scratch();
    pledges(&scratch, WARD, "ward.key", 60).expect(0, &[]);
    let more = ["correct", "--reason", "progress", "--combined", "80/80"];
    answers(&scratch, WARD, "ward.key", &more).expect(0, &[]);
    assert_row(&scratch, WARD, "complete", &[]);
    keygen(&scratch, WARD, "ward-new.key");
    let rekey = ["rekey", "--unit", WARD, "--new-key", "ward-new.key.pub", "--compromised-since"];
    // From its second statement on: the first counts again.
    done(&scratch, &[&rekey[..], &["1"]].concat(), "city.key");
    assert_row(&scratch, WARD, "partial", &["disputed", "forced-rekey"]);
    assert_eq!(row(&scratch, WARD)["coverage"]["combined"]["signed"], 60);
    answers(&scratch, WARD, "ward-new.key", &more).expect(0, &[]);
    assert_row(&scratch, WARD, "complete", &["disputed"]);
}

#[test]
fn a_unit_whose_pledge_is_disputed_cannot_pledge_again() {
    let scratch = scratch();
    pledges(&scratch, WARD, "ward.key", 80).expect(0, &[]);
    keygen(&scratch, WARD, "ward-new.key");
    let rekey = ["rekey", "--unit", WARD, "--new-key", "ward-new.key.pub", "--compromised-since", "0"];
    done(&scratch, &rekey, "city.key");
    assert_row(&scratch, WARD, "disputed", &["disputed"]);
    pledges(&scratch, WARD, "ward-new.key", 79).expect(0, &[]);
    assert_row(&scratch, WARD, "partial", &["disputed"]);
    assert_eq!(row(&scratch, WARD)["coverage"]["combined"]["signed"], 79);
}

#[test]
fn a_revoked_key_signs_or_the_unit_never_gets_another() {
    let scratch = scratch();
    done(&scratch, &["rekey", "--unit", WARD, "--revoke"], "city.key");
    assert_row(&scratch, WARD, "pending", &["no-key", "forced-rekey"]);
    pledges(&scratch, WARD, "ward.key", 80).expect(5, &["wil:33.74.02 has no key in force"]);
    // Also what it signs without asking the log.
    let late = scratch.world.ward.draft(ikrar_core::statement::Statement::Pledge(scratch::pledge(
        "nanti",
        scratch.world.text,
        80,
    )));
    scratch.deliver("late.ikrar", &[late]);
    scratch.append("late.ikrar").expect(5, &["REFUSED (no-key)"]);
    keygen(&scratch, WARD, "ward-new.key");
    done(&scratch, &["rekey", "--unit", WARD, "--new-key", "ward-new.key.pub"], "city.key");
    pledges(&scratch, WARD, "ward-new.key", 80).expect(0, &[]);
    assert_row(&scratch, WARD, "complete", &[]);
}

#[test]
fn a_keyless_unit_never_gets_a_key_or_gets_another_units() {
    let scratch = scratch();
    let keyless = "wil:33.74.01";
    let row = row(&scratch, keyless);
    assert!(row["flags"].to_string().contains("no-key"), "{row}");
    keygen(&scratch, keyless, "new.key");
    let rekey = |key| ["rekey", "--unit", keyless, "--new-key", key];
    futile(&scratch, &rekey("ward.key.pub"), "city.key", 2, "The key is of \"wil:33.74.02\"");
    // The ward's key under the other's name.
    scratch.key("copy.key", &scratch.world.ward.key, keyless, ikrar_log::keys::Purpose::Unit);
    futile(&scratch, &rekey("copy.key.pub"), "city.key", 5, "(key-reused)");
    done(&scratch, &rekey("new.key.pub"), "city.key");
    pledges(&scratch, keyless, "new.key", 80).expect(0, &[]);
    let row = self::row(&scratch, keyless);
    assert_eq!(row["status"], "complete");
    assert!(!row["flags"].to_string().contains("forced-rekey"), "there was no key to end: {row}");
}

#[test]
fn a_lost_head_ends_a_key_or_lets_it_sign_a_fork() {
    let scratch = scratch();
    pledges(&scratch, WARD, "ward.key", 60).expect(0, &[]);
    std::fs::remove_file(scratch.path("ward.key.head")).unwrap();
    pledges(&scratch, WARD, "ward.key", 80).expect(2, &["head"]);
    let adopt = ["key", "adopt", "ward.key", "--unit", WARD, "--head-lost"];
    scratch.run(&adopt[..5]).expect(5, &["ward.key.head is missing", "may have signed", "--head-lost"]);
    assert!(!scratch.path("ward.key.head").exists());
    // An unused head is for a key that never signed: the log knows better.
    scratch.run(&adopt).expect(0, &["Wrote ward.key.head", "only after a unit above has logged a rekey"]);
    let more = ["correct", "--reason", "progress", "--combined", "80/80"];
    answers(&scratch, WARD, "ward.key", &more).expect(5, &["restored backup"]);
    // The same public key, installed again: a new epoch, from number 0.
    done(&scratch, &["rekey", "--unit", WARD, "--new-key", "ward.key.pub"], "city.key");
    answers(&scratch, WARD, "ward.key", &more).expect(0, &[]);
    assert_row(&scratch, WARD, "complete", &["forced-rekey"]);
}

#[test]
fn a_restored_signers_backup_signs_a_fork_or_is_lost_for_ever() {
    let scratch = scratch();
    let old = std::fs::read(scratch.path("ward.key.head")).unwrap();
    pledges(&scratch, WARD, "ward.key", 60).expect(0, &[]);
    scratch.write("ward.key.head", old);
    let more = ["correct", "--reason", "progress", "--combined", "80/80"];
    answers(&scratch, WARD, "ward.key", &more).expect(5, &["restored backup"]);
    keygen(&scratch, "wil:51", "bali.key");
    futile(&scratch, &["rekey", "--unit", WARD, "--new-key", "ward.key.pub"], "ward.key", 5, "restored backup");
    done(&scratch, &["rekey", "--unit", WARD, "--new-key", "ward.key.pub"], "city.key");
    answers(&scratch, WARD, "ward.key", &more).expect(0, &[]);
    assert_row(&scratch, WARD, "complete", &[]);
}

#[test]
fn a_unit_cannot_be_renamed_or_moved() {
    let scratch = scratch();
    done(&scratch, &["amend", "--unit", WARD, "--name", "Semarang Lor"], "city.key");
    let row = row(&scratch, WARD);
    assert_eq!((row["name"].as_str(), row["parent"].as_str()), (Some("Semarang Lor"), Some(CITY)));
    scratch.write("below.csv", format!("unit,parent,kind,name\n{WARD}.1,{WARD},kelurahan,Bandarharjo\n"));
    done(&scratch, &["enroll", "below.csv"], "city.key");
    // Whose new parent the signer is; and to another province, by who stands above both.
    done(&scratch, &["amend", "--unit", "wil:33.74.02.1", "--parent", CITY], "city.key");
    assert_row(&scratch, "wil:33.74.02.1", "pending", &["moved"]);
    done(&scratch, &["amend", "--unit", WARD, "--name", "Utara", "--parent", "wil:34.71"], "root.key");
    assert_row(&scratch, WARD, "pending", &["moved", "renamed"]);
    let row = self::row(&scratch, WARD);
    assert_eq!((row["name"].as_str(), row["parent"].as_str()), (Some("Utara"), Some("wil:34.71")));
    // The city has lost it.
    futile(&scratch, &["amend", "--unit", WARD, "--name", "Lagi"], "city.key", 5, "(not-ancestor)");
    done(&scratch, &["amend", "--unit", WARD, "--parent", "root"], "root.key");
    scratch.verify().expect(0, &["The log verifies"]);
}

#[test]
fn a_number_is_used_for_what_has_no_effect() {
    let scratch = scratch();
    let amend = |unit: &'static str, parent: &'static str| ["amend", "--unit", unit, "--parent", parent];
    futile(&scratch, &amend("wil:33", WARD), "root.key", 5, "(cycle)");
    futile(&scratch, &amend(WARD, WARD), "root.key", 5, "(cycle)");
    futile(&scratch, &amend(WARD, "wil:34"), "city.key", 5, "(not-ancestor)");
    futile(&scratch, &amend(CITY, "wil:34"), "city.key", 5, "(not-ancestor)");
    futile(&scratch, &amend("wil:99", CITY), "root.key", 5, "(unknown-subject)");
    futile(&scratch, &amend("root", CITY), "root.key", 5, "(reserved-unit)");
    futile(&scratch, &["amend", "--unit", WARD], "root.key", 2, "--name");
    futile(&scratch, &["amend", "--unit", WARD, "--name", ""], "root.key", 2, "1 to 128 bytes");
    futile(&scratch, &["retire", "--unit", WARD, "--successor", WARD], "root.key", 5, "(cycle)");
    futile(&scratch, &["retire", "--unit", "wil:99"], "root.key", 5, "(unknown-subject)");
    futile(&scratch, &["rekey", "--unit", "root", "--revoke"], "root.key", 5, "(root-needs-key)");
    // 31 units below the ward's own level would be too deep.
    let mut roster = "unit,parent,kind,name\n".to_owned();
    for depth in 1..30 {
        let parent = if depth == 1 { "wil:34.71".to_owned() } else { format!("d:{}", depth - 1) };
        roster.push_str(&format!("d:{depth},{parent},unit,Dalam\n"));
    }
    scratch.write("deep.csv", roster);
    signs(&scratch, &["enroll", "deep.csv"], "root.key", "deep.ikrar").expect(0, &["Signed 29"]);
    // What is signed and not logged yet is reckoned with.
    futile(&scratch, &["amend", "--unit", CITY, "--parent", "d:29"], "root.key", 5, "(too-deep)");
    futile(&scratch, &["enroll", "deep.csv"], "root.key", 5, "29 of 29 statements would have no effect");
    scratch.append("deep.ikrar").expect(0, &["43 entries"]);
    futile(&scratch, &["amend", "--unit", CITY, "--parent", "d:29"], "root.key", 5, "(too-deep)");
    let text = signs(&scratch, &["amend", "--unit", CITY, "--parent", "d:29", "--lang", "id"], "root.key", "o");
    text.expect(5, &["Tidak ada yang ditandatangani"]);
}

#[test]
fn half_of_a_roster_is_signed() {
    let scratch = scratch();
    scratch
        .write("mixed.csv", format!("unit,parent,kind,name\nwil:33.74.03,{CITY},kecamatan,Baru\n{WARD},{CITY},x,Y\n"));
    let answer = signs(&scratch, &["enroll", "mixed.csv"], "city.key", "mixed.ikrar");
    let answer = answer.expect(5, &["wil:33.74.02 (already-enrolled)", "1 of 2 statements"]);
    assert!(!answer.err.contains("wil:33.74.03 ("), "{answer:#?}");
    assert!(!scratch.path("mixed.ikrar").exists());
    scratch.write("mixed.csv", format!("unit,parent,kind,name\nwil:33.74.03,{CITY},kecamatan,Baru\n"));
    done(&scratch, &["enroll", "mixed.csv"], "city.key");
}

#[test]
fn a_retired_unit_escapes_its_round_or_cannot_come_back() {
    let scratch = scratch();
    pledges(&scratch, CITY, "city.key", 80).expect(0, &[]);
    let retire = ["retire", "--unit", WARD, "--successor", "wil:33.74.01", "--successor", CITY];
    done(&scratch, &retire, "root.key");
    // Inside the round, without a pledge: owed for ever, and its successor's pledge does not count for it.
    assert_row(&scratch, WARD, "retired", &["retired"]);
    assert_eq!(scratch.report("nanti")["summary"]["retired"], 1);
    // In the round that was over and had its pledge, nothing changed.
    assert_eq!(scratch.report("contoh")["summary"]["retired"], 0);
    pledges(&scratch, WARD, "ward.key", 80).expect(5, &["wil:33.74.02 has been retired"]);
    futile(&scratch, &["retire", "--unit", WARD], "root.key", 5, "(retired-subject)");
    futile(&scratch, &["amend", "--unit", WARD, "--name", "Lagi"], "root.key", 5, "(retired-subject)");
    let rekey = ["rekey", "--unit", WARD, "--new-key", "ward.key.pub"];
    futile(&scratch, &rekey, "root.key", 5, "(retired-subject)");

    let key = std::fs::read_to_string(scratch.path("ward.key.pub")).unwrap();
    scratch.write("again.csv", format!("unit,parent,kind,name,key\n{WARD},{CITY},kecamatan,Semarang Utara,{key}"));
    done(&scratch, &["enroll", "again.csv"], "city.key");
    assert_row(&scratch, WARD, "pending", &["enrolled-late"]);
    pledges(&scratch, WARD, "ward.key", 80).expect(0, &[]);
    assert_row(&scratch, WARD, "complete", &[]);
    // It is the same unit: what it pledged before stays its own.
    let contoh = scratch.report("contoh");
    let before = contoh["units"].as_array().unwrap().iter().find(|row| row["unit"] == WARD).unwrap();
    assert_eq!(before["coverage"]["combined"]["signed"], 60);
}

#[test]
fn a_policy_is_signed_that_no_verifier_can_read() {
    let scratch = scratch();
    let witness = "witness satu example.org/saksi+8ed0f6a0+BLXwDjy8sPZ2CpHrTaUHNkVtH0rWIUAPlwYgNpQcCPHK";
    let policy = |text: &str| scratch.write("witnesses.txt", text);
    policy("# saksi\nwitness satu\nquorum satu\n");
    futile(&scratch, &["policy", "witnesses.txt"], "root.key", 2, "witnesses.txt, line 2: the line lacks a word");
    policy("quorum none\n\nsaksi satu\n");
    futile(&scratch, &["policy", "witnesses.txt"], "root.key", 2, "witnesses.txt, line 3");
    policy("# satu\n");
    futile(&scratch, &["policy", "witnesses.txt"], "root.key", 2, "the policy has no quorum");
    policy("# a\ttab\nquorum none\n");
    futile(&scratch, &["policy", "witnesses.txt"], "root.key", 2, "witnesses.txt, line 1");
    policy("");
    futile(&scratch, &["policy", "witnesses.txt"], "root.key", 2, "witnesses.txt, line 1");
    scratch.write("witnesses.txt", [0xff, 0xfe]);
    futile(&scratch, &["policy", "witnesses.txt"], "root.key", 2, "UTF-8");
    policy(&format!("{witness}\nquorum satu\n"));
    let broken = "witnesses.txt, line 1";
    futile(&scratch, &["policy", "witnesses.txt"], "root.key", 2, broken);
    policy("quorum none\n");
    futile(&scratch, &["policy", "witnesses.txt"], "city.key", 2, "only the root's");
    done(&scratch, &["policy", "witnesses.txt"], "root.key");
    scratch.verify().expect(0, &["The log verifies"]);
}

/// A registry with a recovery key, made with the program alone.
fn with_recovery() -> Scratch {
    let scratch = Scratch::new();
    for folder in ["log", "keys"] {
        std::fs::remove_dir_all(scratch.path(folder)).unwrap();
    }
    std::fs::create_dir(scratch.path("keys")).unwrap();
    scratch.run(&["keygen", "--log", "example.org/pulih", "--out", "keys/log.key"]).expect(0, &[]);
    keygen(&scratch, "root", "root.key");
    keygen(&scratch, "recovery", "recovery.key");
    let genesis = ["genesis", "--name", "Pulih", "--log-key", "keys/log.key.pub", "--recovery-key", "recovery.key.pub"];
    scratch.run(&[&genesis[..], &["--key", "root.key", "--out", "genesis.ikrar"]].concat()).expect(0, &[]);
    scratch.run(&["init", "log", "genesis.ikrar", "--keys", "keys"]).expect(0, &[]);
    scratch.write("first.csv", "unit,parent,kind,name\nwil:33,,provinsi,Jawa Tengah\n");
    done(&scratch, &["enroll", "first.csv"], "root.key");
    scratch
}

#[test]
fn the_roots_key_cannot_be_changed_or_the_trust_root_changes_with_it() {
    let scratch = with_recovery();
    let trust = std::fs::read(scratch.path("keys/trust.toml")).unwrap();
    keygen(&scratch, "root", "root-2.key");
    keygen(&scratch, "root", "root-3.key");
    keygen(&scratch, "root", "root-4.key");
    let rekey = |key| ["rekey", "--unit", "root", "--new-key", key];
    futile(&scratch, &["rekey", "--unit", "wil:33", "--revoke"], "recovery.key", 5, "(recovery-restricted)");
    futile(&scratch, &["retire", "--unit", "wil:33"], "recovery.key", 5, "(recovery-restricted)");
    futile(&scratch, &["rekey", "--unit", "root", "--revoke"], "recovery.key", 5, "(root-needs-key)");

    // By its own key.
    done(&scratch, &rekey("root-2.key.pub"), "root.key");
    scratch.write("a.csv", "unit,parent,kind,name\nwil:34,,provinsi,Yogyakarta\n");
    signs(&scratch, &["enroll", "a.csv"], "root.key", "o").expect(5, &["another key of root"]);
    done(&scratch, &["enroll", "a.csv"], "root-2.key");

    // Lost: by the recovery key.
    done(&scratch, &rekey("root-3.key.pub"), "recovery.key");
    scratch.write("b.csv", "unit,parent,kind,name\nwil:35,,provinsi,Jawa Timur\n");
    done(&scratch, &["enroll", "b.csv"], "root-3.key");

    // Stolen: from its second statement on, what it signed is disputed; the unit enrolled by then is not owed.
    scratch.write("c.csv", "unit,parent,kind,name\nwil:36,,provinsi,Banten\n");
    done(&scratch, &["enroll", "c.csv"], "root-3.key");
    let since = [&rekey("root-4.key.pub")[..], &["--compromised-since", "1"]].concat();
    done(&scratch, &since, "recovery.key");
    scratch.write("text.toml", TEXT);
    scratch.write("round.toml", ROUND);
    done(&scratch, &["publish", "text.toml"], "root-4.key");
    done(&scratch, &["round", "round.toml"], "root-4.key");

    let report = scratch.report("nanti");
    let owed: Vec<_> = report["units"].as_array().unwrap().iter().map(|row| row["unit"].clone()).collect();
    assert_eq!(owed, ["wil:33", "wil:34", "wil:35"], "{report:#}");
    assert_eq!(std::fs::read(scratch.path("keys/trust.toml")).unwrap(), trust);
    scratch.verify().expect(0, &["The log verifies"]);
}

const TEXT: &str = include_str!("../../examples/kota-semarang/naskah-2020.toml");
const ROUND: &str = r#"schema = "ikrar.round/1"
id = "nanti"
title = "Nanti"
cadence = "election"
stage = "before"
opens = "2026-01-01T00:00:00+07:00"
due = "2100-01-01T00:00:00+07:00"
zone = "Asia/Jakarta"
scope = "root"
kinds = []
required = ["pledge"]
texts = ["gnn-asn-2020"]
bases = []
"#;

#[test]
fn an_acting_head_is_not_told_or_not_recorded() {
    let scratch = scratch();
    let pledge = |lang: &'static str| ["pledge", "--combined", "80/80", "--role", "plt", "--lang", lang];
    let told = answers(&scratch, WARD, "ward.key", &pledge("id")).expect(0, &["pelaksana tugas"]);
    assert!(!told.err.contains("role-"), "{told:#?}");
    let told = answers(&scratch, CITY, "city.key", &pledge("en"));
    told.expect(0, &["acting in a vacant post"]);
    let log = ikrar_log::store::Store::open(scratch::Memory::load(&scratch.path("log")));
    let entry = log.entry(14, 16).unwrap();
    let attestation = ikrar_log::path::attestation(&entry).unwrap();
    let statement = format!("{:?}", attestation.body().statement);
    assert!(statement.contains("role: Plt"), "{statement}");
}
