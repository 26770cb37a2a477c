//! Picks the board of the target, and gives the linker each program's memory map.

use std::path::PathBuf;
use std::{env, fs};

const BOARDS: [(&str, &str); 3] = [
    ("thumbv7em-none-eabi", "mps2_an386"),
    ("thumbv6m-none-eabi", "microbit"),
    ("riscv32imc-unknown-none-elf", "virt"),
];

fn main() {
    println!("cargo:rerun-if-changed=boards");
    let target = env::var("TARGET").expect("cargo sets TARGET");
    let (_, board) = BOARDS.into_iter().find(|(built, _)| *built == target).expect("a target that has a board");
    let names = BOARDS.map(|(_, name)| format!("{name:?}")).join(", ");
    println!("cargo:rustc-check-cfg=cfg(board, values({names}))");
    println!("cargo:rustc-cfg=board={board:?}");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    for program in ["terminal", "measure"] {
        let folder = out.join(program);
        fs::create_dir_all(&folder).expect("OUT_DIR can be written");
        let own = PathBuf::from(format!("boards/{board}-{program}.x"));
        let map = if own.exists() { own } else { format!("boards/{board}.x").into() };
        fs::copy(map, folder.join("memory.x")).expect("each board has its map");
        println!("cargo:rustc-link-arg-bin={program}=-L{}", folder.display());
    }
}
