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
