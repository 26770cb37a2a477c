//! A disk that is full, for each command that writes: a limit on the size of files stands in for it.
#![cfg(unix)]

mod scratch;

use std::process::Command;

use ikrar_core::statement::Statement;
use scratch::{Answer, Scratch};

/// Runs the program where no file can grow beyond so many blocks of 512 or 1,024 bytes.
fn run_within(scratch: &Scratch, blocks: u32, line: &str) -> Answer {
    let program = env!("CARGO_BIN_EXE_ikrar");
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"{program}\" {line}");
    let mut command = Command::new("sh");
    command.args(["-c", &script]).current_dir(scratch.path("."));
    scratch.surround(&mut command);
    Answer::new(command.output().unwrap())
}

#[test]
fn what_was_logged_is_lost() {
    let mut scratch = Scratch::new();
    let tall = scratch.world.root.sign(Statement::PublishText(scratch::foreign_text()));
    scratch.deliver("one.ikrar", &[tall]);
    // At first not even the checkpoint fits, later all but the bundle.
    for blocks in 0..3 {
        let before = scratch.files("log");
        let answer = run_within(&scratch, blocks, "append log one.ikrar --keys keys");
        answer.expect(3, &["cannot be written"]);
        let after = scratch.files("log");
        for (path, bytes) in &before {
            assert!(after.get(path) == Some(bytes), "{blocks}: {} was changed", path.display());
        }
        scratch.verify().expect(0, &["The log verifies", "Tree size               14"]);
    }
    scratch.append("one.ikrar").expect(0, &["15 entries"]);
    scratch.verify().expect(0, &["The log verifies"]);
    assert!(scratch.files("log").keys().all(|path| !path.to_string_lossy().contains(".tmp-")), "leftovers stay");
}

#[test]
fn a_start_that_found_no_room_blocks_the_next() {
    let scratch = Scratch::new();
    scratch.deliver("genesis.ikrar", &[scratch.world.attestations[0].clone()]);
    let line = "init new genesis.ikrar --keys keys";
    run_within(&scratch, 0, line).expect(3, &["cannot be written", "run the command again"]);
    assert!(scratch.path("new").exists(), "it failed before it wrote");
    scratch.run(&line.split(' ').collect::<Vec<_>>()).expect(0, &["Started the log in new."]);
    scratch.run(&["verify", "new", "--keys", "keys"]).expect(0, &["The log verifies"]);
    let names: Vec<_> = scratch.files("new").into_keys().collect();
    assert!(names.iter().all(|path| !path.to_string_lossy().contains(".tmp-")), "{names:?}");
}

/// Gives the command one block more each time, until it has enough. Whatever failed left everything as it was, but
/// for locks, and was said to be nobody's fault but the disk's.
fn fails_whole_until_it_works(scratch: &Scratch, line: &str) {
    let files = || scratch.files(".").into_iter().filter(|(path, _)| path.extension().is_none_or(|it| it != "lock"));
    let before: Vec<_> = files().collect();
    for blocks in 0..64 {
        let answer = run_within(scratch, blocks, line);
        if answer.code == Some(0) {
            assert!(blocks > 0, "{line} wrote nothing");
            return;
        }
        answer.expect(3, &["cannot be", "written"]);
        let after: Vec<_> = files().collect();
        let names =
            |files: &[(std::path::PathBuf, Vec<u8>)]| files.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
        assert!(after == before, "{line} within {blocks}: {:?} became {:?}", names(&before), names(&after));
    }
    panic!("{line} never works");
}

#[test]
fn half_a_key_is_left() {
    let scratch = Scratch::new();
    fails_whole_until_it_works(&scratch, "keygen --unit wil:51 --out new.key");
    scratch.run(&["key", "show", "new.key"]).expect(0, &["wil:51+"]);
    fails_whole_until_it_works(&scratch, "keygen --log example.org/baru --out log.key");
    scratch.run(&["key", "show", "log.key"]).expect(0, &["example.org/baru+"]);
}

#[test]
fn half_a_genesis_is_left() {
    let scratch = Scratch::new();
    scratch.run(&["keygen", "--unit", "root", "--out", "root.key"]).expect(0, &[]);
    let genesis = "genesis --name Uji --log-key keys/log.key.pub --key root.key --out genesis.ikrar";
    fails_whole_until_it_works(&scratch, genesis);
    let init = ["init", "new", "genesis.ikrar", "--keys", "new-keys", "--key", "keys/log.key"];
    scratch.run(&init).expect(0, &["Started the log in new."]);
}

#[test]
fn half_a_receipt_is_left() {
    let scratch = Scratch::new();
    let prove = format!("prove log --unit {} --round contoh --keys keys --out receipt.ikrar", scratch::CITY);
    fails_whole_until_it_works(&scratch, &prove);
    scratch.run(&["check", "receipt.ikrar", "--keys", "keys"]).expect(0, &[]);
}

#[test]
fn half_a_request_is_left() {
    let scratch = Scratch::new();
    scratch.signer("city.key", &scratch.world.city, 3);
    let request = format!("request log --unit {} --round nanti --keys keys --out city.request", scratch::CITY);
    fails_whole_until_it_works(&scratch, &request);
    let pledge = ["pledge", "city.request", "--key", "city.key", "--keys", "keys", "--combined", "80/80", "--yes"];
    scratch.run(&[&pledge[..], &["--out", "o"]].concat()).expect(0, &["Signed one attestation"]);
}

#[test]
fn half_a_folder_of_letters_is_left() {
    let scratch = Scratch::new();
    let letter = "letter log --round contoh --keys keys --at 2020-10-01 --out letters";
    run_within(&scratch, 1, letter).expect(3, &["letters/", "cannot be written"]);
    fails_whole_until_it_works(&scratch, letter);
    assert!(scratch.path("letters/letters.csv").exists());
}

#[test]
fn a_state_that_cannot_be_kept_hides_the_verdict() {
    let scratch = Scratch::new();
    let resume = "verify log --keys keys --resume";
    run_within(&scratch, 0, resume).expect(3, &["could not be written", "The log verifies"]);
    scratch.run(&resume.split(' ').collect::<Vec<_>>()).expect(0, &["The log verifies"]);
    // Another last entry: two checkpoints contradict each other, and there is no room for them.
    let mut root = scratch.world.root.clone();
    let mut attestations = scratch.world.attestations[..13].to_vec();
    attestations.push(root.sign(scratch::enroll("wil:35", "root", "provinsi", "Lain", None)));
    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    scratch.world.assemble(&scratch::chained(&attestations), &[1]).save(&scratch.path("log"));
    let answer = run_within(&scratch, 0, resume).expect(1, &["that do not go together could not be kept"]);
    assert!(answer.out.contains("since-inconsistent"), "{answer:?}");
}

#[test]
fn half_a_report_is_left() {
    let scratch = Scratch::new();
    for format in ["text", "json", "csv"] {
        let report = format!("report log --round contoh --keys keys --format {format} --out report.{format}");
        fails_whole_until_it_works(&scratch, &report);
    }
    let report = std::fs::read(scratch.path("report.json")).unwrap();
    serde_json::from_slice::<serde_json::Value>(&report).unwrap();
}
