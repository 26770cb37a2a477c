//! Two writers, a read-only medium, a writer that is killed, a copy from yesterday.

mod scratch;

use std::fs::File;
use std::process::Stdio;
use std::time::Duration;

use ikrar_core::statement::Statement;
use scratch::{Answer, Scratch, mix, pledge};

/// A delivery by the root: one more unit, under this number.
fn deliver_unit(scratch: &mut Scratch, file: &str, unit: &'static str) {
    let enroll = scratch.world.root.sign(scratch::enroll(unit, "root", "provinsi", "Provinsi", None));
    scratch.deliver(file, &[enroll]);
}

#[test]
fn two_writers_write_at_once() {
    let mut scratch = Scratch::new();
    deliver_unit(&mut scratch, "one.ikrar", "wil:51");
    let lock = File::create(scratch.path("log/.lock")).unwrap();
    lock.try_lock().unwrap();
    let before = scratch.files(".");
    scratch.append("one.ikrar").expect(5, &["Another program is writing to log", "Wait until it is done"]);
    assert!(scratch.files("log").iter().all(|(path, bytes)| before.get(path) == Some(bytes)));
    // Readers need no lock.
    scratch.verify().expect(0, &["The log verifies"]);
    drop(lock);
    scratch.append("one.ikrar").expect(0, &["15 entries"]);

    deliver_unit(&mut scratch, "two.ikrar", "wil:52");
    let running: Vec<_> = (0..4)
        .map(|_| {
            let mut command = scratch.command(&["append", "log", "two.ikrar", "--keys", "keys"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    let answers: Vec<_> = running.into_iter().map(|it| Answer::new(it.wait_with_output().unwrap())).collect();
    assert!(answers.iter().all(|answer| matches!(answer.code, Some(0 | 5))), "{answers:#?}");
    let logged = answers.iter().filter(|answer| answer.out.contains("One attestation logged"));
    assert_eq!(logged.count(), 1, "{answers:#?}");
    scratch.verify().expect(0, &["Tree size               16"]);
}

/// Modes do not hold back an administrator, so this asks whether they hold.
#[cfg(unix)]
#[test]
fn a_read_only_log_is_half_written() {
    use std::os::unix::fs::PermissionsExt as _;

    let mut scratch = Scratch::new();
    deliver_unit(&mut scratch, "one.ikrar", "wil:51");
    let mode = |mode| {
        for folder in
            ["log", "log/tile", "log/tile/0", "log/tile/0/000.p", "log/tile/entries", "log/tile/entries/000.p"]
        {
            std::fs::set_permissions(scratch.path(folder), std::fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    mode(0o555);
    let before = scratch.files("log");
    if File::create(scratch.path("log/probe")).is_ok() {
        std::fs::remove_file(scratch.path("log/probe")).unwrap();
    } else {
        scratch.append("one.ikrar").expect(3, &["log cannot be written", "run the command again"]);
        assert!(scratch.files("log") == before);
        scratch.verify().expect(0, &["The log verifies"]);
    }
    mode(0o755);
    scratch.append("one.ikrar").expect(0, &["15 entries"]);
}

#[test]
fn a_killed_writer_leaves_a_log_that_does_not_verify_or_has_lost_something() {
    let mut scratch = Scratch::new();
    let text = scratch.world.text;
    let first = scratch.world.city.sign(Statement::Pledge(pledge("nanti", text, 80)));
    scratch.deliver("first.ikrar", &[first]);
    let started = std::time::Instant::now();
    scratch.append("first.ikrar").expect(0, &["15 entries"]);
    let whole = started.elapsed();

    let (mut size, mut killed) = (15_u64, 0);
    for round in 0..30_u32 {
        let statement = Statement::Pledge(pledge("takada", text, round));
        let attestation = scratch.world.city.sign(statement);
        scratch.deliver("next.ikrar", std::slice::from_ref(&attestation));
        let mut command = scratch.command(&["append", "log", "next.ikrar", "--keys", "keys"]);
        let mut running = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // Up to a little more than the time that a whole append takes.
        let micros = u64::try_from(whole.as_micros()).unwrap().max(1) * 11 / 10;
        std::thread::sleep(Duration::from_micros(mix(u64::from(round)) % micros));
        running.kill().unwrap();
        let output = running.wait_with_output().unwrap();
        let acknowledged = String::from_utf8_lossy(&output.stdout).contains("One attestation logged");
        killed += u32::from(!acknowledged);

        let answer = scratch.run(&["verify", "log", "--keys", "keys", "--format", "json"]);
        let verdict: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
        assert_eq!(verdict["ok"], true, "{round}: {verdict:#}");
        let now = verdict["tree_size"].as_u64().unwrap();
        assert!(now == size || now == size + 1, "{round}: {now} after {size}");
        assert!(!acknowledged || now == size + 1, "{round}: acknowledged, and gone");
        // What was not acknowledged is delivered again: it is there already, or it goes in now.
        scratch.append("next.ikrar").expect(0, &[]);
        size += 1;
    }
    assert!(killed > 0, "no writer was killed in time");
    let answer = scratch.run(&["verify", "log", "--keys", "keys", "--format", "json"]).expect(0, &[]);
    let verdict: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(verdict["tree_size"], size);
    let leftovers = verdict["findings"].as_array().unwrap().iter().filter(|it| it["rule"] != "unknown-round");
    assert_eq!(leftovers.count(), 0, "{verdict:#}");
}

#[test]
fn a_restored_older_copy_is_appended_to() {
    let mut scratch = Scratch::new();
    deliver_unit(&mut scratch, "one.ikrar", "wil:51");
    scratch.copy("log", "backup");
    scratch.append("one.ikrar").expect(0, &["15 entries"]);
    scratch.copy("log", "newest");
    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    scratch.copy("backup", "log");
    let before = scratch.files("log");
    deliver_unit(&mut scratch, "two.ikrar", "wil:52");
    let said = ["looks like a restored backup", "at size 14, but size 15 was published", "Find the newest copy"];
    for file in ["one.ikrar", "two.ikrar"] {
        scratch.append(file).expect(5, &said);
        assert!(scratch.files("log") == before, "{file}");
    }
    // The old copy is a good log, for a reader.
    scratch.verify().expect(0, &["The log verifies"]);

    // Grown elsewhere into another history of the same length, it is refused as well.
    std::fs::rename(scratch.path("state"), scratch.path("elsewhere")).unwrap();
    deliver_unit(&mut scratch, "other.ikrar", "wil:53");
    let mut root = scratch::World::new().root;
    let fork = root.sign(scratch::enroll("wil:54", "root", "provinsi", "Provinsi", None));
    let more = root.sign(scratch::enroll("wil:55", "root", "provinsi", "Provinsi", None));
    scratch.deliver("fork.ikrar", &[fork]);
    scratch.deliver("more.ikrar", &[more]);
    scratch.append("fork.ikrar").expect(0, &["15 entries"]);
    std::fs::remove_dir_all(scratch.path("state")).unwrap();
    std::fs::rename(scratch.path("elsewhere"), scratch.path("state")).unwrap();
    scratch.append("more.ikrar").expect(5, &["restored backup"]);

    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    scratch.copy("newest", "log");
    scratch.append("two.ikrar").expect(0, &["16 entries"]);
}

#[test]
fn a_log_is_started_over_another() {
    let scratch = Scratch::new();
    let genesis = scratch.world.attestations[0].clone();
    scratch.deliver("genesis.ikrar", &[genesis]);
    let before = scratch.files("log");
    scratch.run(&["init", "log", "genesis.ikrar", "--keys", "keys"]).expect(5, &["There is a log in log already"]);
    assert!(scratch.files("log") == before);

    // A refused start leaves nothing behind, not even a trust root.
    std::fs::create_dir(scratch.path("full")).unwrap();
    scratch.write("full/letter.txt", "dear");
    scratch.copy("keys", "keys2");
    std::fs::remove_file(scratch.path("keys2/trust.toml")).unwrap();
    let keys = scratch.files("keys2");
    let key = ["--keys", "keys2", "--key", "keys/log.key"];
    let init = |log| scratch.run(&[&["init", log, "genesis.ikrar"], &key[..]].concat());
    init("full").expect(5, &["The folder full is not empty: it holds letter.txt"]);
    init("log").expect(5, &["There is a log in log already"]);
    assert_eq!(scratch.files("keys2"), keys);
    assert_eq!(scratch.files("full").len(), 1);
    assert!(scratch.files("log") == before);

    init("new").expect(0, &["Started the log in new."]);
    scratch.run(&["verify", "new", "--keys", "keys2"]).expect(0, &["The log verifies"]);
    let other = scratch::World::of("Lain", 7, scratch::ORIGIN, 9).attestations.remove(0);
    scratch.deliver("other.ikrar", &[other]);
    let answer = scratch.run(&["init", "newer", "other.ikrar", "--keys", "keys"]);
    answer.expect(5, &["holds the trust root of another registry"]);
    assert!(!scratch.path("newer").exists());
}

#[test]
fn a_published_log_is_started_anew() {
    let scratch = Scratch::new();
    let genesis = scratch.world.attestations[0].clone();
    scratch.deliver("genesis.ikrar", &[genesis]);
    scratch.deliver("next.ikrar", &[scratch.world.root.clone().sign(Statement::PublishText(scratch::foreign_text()))]);
    scratch.append("next.ikrar").expect(0, &["15 entries"]);
    let again = scratch.run(&["init", "second", "genesis.ikrar", "--keys", "keys"]);
    again.expect(5, &["was published with 15 entries", "another history"]);
    assert!(!scratch.path("second").exists());
}

#[test]
fn a_record_of_what_was_published_that_cannot_be_read_is_passed_over() {
    let mut scratch = Scratch::new();
    deliver_unit(&mut scratch, "one.ikrar", "wil:51");
    scratch.append("one.ikrar").expect(0, &["15 entries"]);
    deliver_unit(&mut scratch, "two.ikrar", "wil:52");
    let record = scratch.files("state").into_keys().next().unwrap();
    let whole = std::fs::read(&record).unwrap();
    let before = scratch.files("log");
    for bytes in [&b""[..], b"nonsense\n", &whole[..whole.len() - 1], &[&whole[..], b"\n"].concat()] {
        std::fs::write(&record, bytes).unwrap();
        scratch.append("two.ikrar").expect(3, &["record", "of what was published"]);
        assert!(scratch.files("log") == before);
    }
    std::fs::write(&record, whole).unwrap();
    scratch.append("two.ikrar").expect(0, &["16 entries"]);
    let inside: Vec<_> = scratch.files("log").into_keys().collect();
    assert!(inside.iter().all(|path| !path.to_string_lossy().contains("published")), "{inside:?}");
}

/// What a signer signed before it was killed is signed the same way again: no number is used twice, and none is lost.
#[test]
fn a_killed_signer_signs_a_fork() {
    let scratch = Scratch::new();
    scratch.signer("root.key", &scratch.world.root, 0);
    let (mut delivered, mut killed) = (Vec::new(), 0);
    let started = std::time::Instant::now();
    scratch.verify().expect(0, &[]);
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap().max(1) * 2;
    for round in 0..20_u64 {
        let (roster, out) = (format!("units-{round}.csv"), format!("out-{round}.ikrar"));
        scratch.write(&roster, format!("unit,parent,kind,name\nwil:{},,provinsi,Provinsi\n", 60 + round));
        let mut command = scratch.command(&["enroll", &roster, "--key", "root.key", "--out", &out]);
        let mut running = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(mix(1_000 + round) % micros));
        running.kill().unwrap();
        running.wait().unwrap();
        if scratch.path(&out).exists() {
            delivered.push(out);
        } else {
            killed += 1;
        }
    }
    // Whatever was signed and never written stays with the signer; a fork would be two bodies under one number.
    let mut seen = std::collections::BTreeMap::new();
    for out in &delivered {
        let bytes = std::fs::read(scratch.path(out)).unwrap();
        for attestation in ikrar_log::envelope::decode(&bytes).unwrap() {
            let attestation = ikrar_core::attestation::Attestation::decode(attestation).unwrap();
            let body = attestation.body();
            let before = seen.insert((body.epoch.to_string(), body.seq), attestation.id());
            let same = before.is_none_or(|before| before == attestation.id());
            assert!(same, "{out} signs another body under number {}", body.seq);
        }
    }
    assert!(killed > 0, "no signer was killed in time");
    // And nothing that was signed is lost for it: the next delivery closes every gap.
    scratch.write("last.csv", "unit,parent,kind,name\nwil:90,,provinsi,Provinsi\n");
    let last = ["enroll", "last.csv", "--key", "root.key", "--out", "last.ikrar", "--from", "log", "--keys", "keys"];
    scratch.run(&last).expect(0, &[]);
    scratch.append("last.ikrar").expect(0, &[]);
    scratch.verify().expect(0, &["The log verifies"]);
}

#[test]
fn a_unit_pledges_twice_for_one_lost_file() {
    let scratch = Scratch::new();
    scratch.signer("city.key", &scratch.world.city, 3);
    let ask =
        ["request", "log", "--unit", scratch::CITY, "--round", "nanti", "--keys", "keys", "--out", "city.request"];
    scratch.run(&ask).expect(0, &[]);
    let pledge = |counts, out| {
        ["pledge", "city.request", "--key", "city.key", "--keys", "keys", "--combined", counts, "--out", out, "--yes"]
    };
    // Nobody said yes.
    let before = scratch.files(".");
    let unasked = pledge("80/80", "unasked.ikrar");
    scratch.run(&unasked[..unasked.len() - 1]).expect(5, &["Nothing was signed"]);
    let signer_only = |files: std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>| {
        files.into_iter().filter(|(path, _)| !path.to_string_lossy().contains("lock")).collect::<Vec<_>>()
    };
    assert_eq!(signer_only(scratch.files(".")), signer_only(before));

    scratch.run(&pledge("80/80", "one.ikrar")).expect(0, &["Signed one attestation"]);
    scratch.run(&pledge("79/80", "two.ikrar")).expect(0, &[]);
    let read = |name| std::fs::read(scratch.path(name)).unwrap();
    assert_eq!(read("one.ikrar"), read("two.ikrar"));
    scratch.append("two.ikrar").expect(0, &["15 entries"]);
    scratch.append("one.ikrar").expect(0, &["in the log already"]);
    // A head from a backup is refused once the log shows what it does not know.
    scratch.signer("old.key", &scratch.world.city, 3);
    let fresh = [&ask[..ask.len() - 1], &["fresh.request"]].concat();
    scratch.run(&fresh).expect(0, &[]);
    let old =
        ["pledge", "fresh.request", "--key", "old.key", "--keys", "keys", "--combined", "1/1", "--out", "o", "--yes"];
    scratch.run(&old).expect(5, &["restored backup"]);
    assert!(!scratch.path("o").exists());
}

#[test]
fn a_log_is_appended_to_where_nothing_guards_it_against_old_copies() {
    let mut scratch = Scratch::new();
    deliver_unit(&mut scratch, "one.ikrar", "wil:51");
    let before = scratch.files("log");
    let append = ["append", "log", "one.ikrar", "--keys", "keys"];
    scratch.write("occupied", "");
    let mut command = scratch.command(&append);
    let answer = Answer::new(command.env("IKRAR_STATE", scratch.path("occupied")).output().unwrap());
    answer.expect(3, &["occupied cannot be written"]);
    let mut command = scratch.command(&append);
    command.env_remove("IKRAR_STATE").env_remove("HOME").env_remove("LOCALAPPDATA");
    Answer::new(command.output().unwrap()).expect(2, &["Set IKRAR_STATE"]);
    assert!(scratch.files("log") == before);
    scratch.append("one.ikrar").expect(0, &["15 entries"]);
}
