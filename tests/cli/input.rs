//! Files given as arguments, where they are no ordinary ones: too long, and no files at all.

mod scratch;

use std::fs::File;

#[cfg(unix)]
use std::process::Command;

#[cfg(unix)]
use scratch::Answer;
use scratch::Scratch;

#[test]
fn a_long_file_is_cut_and_read() {
    let scratch = Scratch::new();
    // It takes no room on most file systems.
    File::create(scratch.path("film.mp4")).unwrap().set_len((1 << 30) + 1).unwrap();
    scratch.run(&["show", "film.mp4"]).expect(3, &["film.mp4 is longer than 1 GiB"]);
    scratch.append("film.mp4").expect(3, &["film.mp4 is longer than 1 GiB"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_read() {
    let scratch = Scratch::new();
    let _listener = std::os::unix::net::UnixListener::bind(scratch.path("socket")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", scratch.path("link")).unwrap();
    mkfifo(&scratch, "pipe");
    for device in ["socket", "link", "/dev/zero"] {
        scratch.run(&["show", device]).expect(3, &[device, "is a device or a socket", "standard input"]);
    }
    scratch.run(&["show", "pipe"]).expect(3, &["Nobody writes to the pipe pipe"]);
    let mut command = scratch.command(&["keygen", "--unit", "wil:51", "--encrypt", "--out", "new.key"]);
    let answer = Answer::new(command.env("IKRAR_PASSPHRASE_FILE", "pipe").output().unwrap());
    answer.expect(3, &["Nobody writes to the pipe pipe"]);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_an_error_of_another_kind() {
    let scratch = Scratch::new();
    std::os::unix::fs::symlink("there", scratch.path("here")).unwrap();
    std::os::unix::fs::symlink("here", scratch.path("there")).unwrap();
    let said = ["here", "links lead in a circle"];
    scratch.run(&["show", "here"]).expect(3, &said);
    scratch.run(&["key", "show", "here"]).expect(3, &said);
    scratch.run(&["show", "here", "--lang", "id"]).expect(3, &["menunjuk melingkar"]);
}

/// What shells hand over for `<(…)`, and a pipe whose writer comes a moment later.
#[cfg(unix)]
#[test]
fn a_pipe_that_somebody_feeds_is_refused() {
    let scratch = Scratch::new();
    mkfifo(&scratch, "pipe");
    let program = env!("CARGO_BIN_EXE_ikrar");
    for script in [
        "ikrar show pipe & sleep 0.2; cat log/checkpoint > pipe; wait $!",
        "ikrar show /dev/fd/9 9< log/checkpoint",
        "ikrar show /dev/stdin < log/checkpoint",
        "cat log/checkpoint | ikrar show /dev/stdin",
        "cat log/checkpoint | ikrar show -",
        "cat log/checkpoint | ikrar show /dev/fd/9 9<&0",
    ] {
        let mut command = Command::new("sh");
        command.args(["-c", &script.replace("ikrar", program)]).current_dir(scratch.path("."));
        scratch.surround(&mut command);
        Answer::new(command.output().unwrap()).expect(0, &[": checkpoint"]);
    }
}

#[cfg(unix)]
fn mkfifo(scratch: &Scratch, name: &str) {
    assert!(Command::new("mkfifo").arg(scratch.path(name)).status().unwrap().success());
}
