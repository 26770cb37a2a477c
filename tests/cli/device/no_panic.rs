//! What links without a panic handler has no panic.

use std::path::{Path, PathBuf};
use std::process::Output;

use crate::emulator::{Board, MICROBIT, MPS2, VIRT, cargo};

/// The one place where the optimiser can't tell that an index is in bounds, in signature verification: a table of eight
/// multiples of a point, and a digit below sixteen, halved.
const INDEX: &str = "self.0[x / 2]";
const CHECKED: &str = "match self.0.get(x / 2) { Some(multiple) => *multiple, None => loop {} }";

/// Links the terminal with a panic handler that calls what exists nowhere.
fn link(board: &Board, patched: Option<&Path>) -> Output {
    let mut command = cargo(&["build", "--bin", "terminal", "--features", "no-panic"], board.target, "no-panic");
    if let Some(patched) = patched {
        command.arg("--config").arg(format!("paths=[{:?}]", patched.display().to_string()));
    }
    command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "s").output().unwrap()
}

/// A copy of the crate in which that index is checked by hand.
fn dalek_without_a_panic() -> PathBuf {
    let metadata = cargo_metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let dalek = packages.iter().find(|package| package["name"] == "curve25519-dalek").unwrap();
    let from = Path::new(dalek["manifest_path"].as_str().unwrap()).parent().unwrap();
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("dalek");
    copy(from, &to);
    let window = to.join("src/window.rs");
    let text = std::fs::read_to_string(&window).unwrap();
    assert!(text.contains(INDEX), "the crate is another one now: look again, and tell docs/device.md");
    std::fs::write(window, text.replace(INDEX, CHECKED)).unwrap();
    to
}

fn cargo_metadata() -> serde_json::Value {
    let mut command = std::process::Command::new(env!("CARGO"));
    command.args(["metadata", "--format-version", "1"]).current_dir(crate::emulator::firmware());
    serde_json::from_slice(&command.output().unwrap().stdout).unwrap()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for item in std::fs::read_dir(from).unwrap() {
        let item = item.unwrap();
        let place = to.join(item.file_name());
        if item.file_type().unwrap().is_dir() {
            copy(&item.path(), &place);
        } else {
            std::fs::write(place, std::fs::read(item.path()).unwrap()).unwrap();
        }
    }
}

#[test]
fn no_byte_reaches_a_panic_but_for_one_index_in_signature_verification() {
    let patched = dalek_without_a_panic();
    if MPS2.is_here(false) {
        let as_published = link(&MPS2, None);
        let told = String::from_utf8_lossy(&as_published.stderr);
        assert!(told.contains("undefined symbol: a_panic_is_reachable"), "that index no longer panics: {told}");
    }
    for board in [MPS2, MICROBIT, VIRT].iter().filter(|board| board.is_here(false)) {
        let proven = link(board, Some(&patched));
        assert!(proven.status.success(), "{}: {}", board.target, String::from_utf8_lossy(&proven.stderr));
    }
}
