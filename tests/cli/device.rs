//! Terminals under an emulator: what they do, what they cost, that no cut hurts them, and that they cannot panic.
//!
//! Where the emulator or a target is missing, a test says that it was skipped; with `CI=true` it fails instead.
#![cfg(unix)]

#[path = "device/budget.rs"]
mod budget;
#[path = "device/cuts.rs"]
mod cuts;
#[path = "device/emulator.rs"]
mod emulator;
#[path = "device/figures.rs"]
mod figures;
#[path = "device/line.rs"]
mod line;
#[path = "device/million.rs"]
mod million;
#[path = "device/no_panic.rs"]
mod no_panic;
#[path = "device/program.rs"]
mod program;
mod scratch;

use std::path::PathBuf;

use emulator::{Board, MICROBIT, VIRT};
use figures::{deepest, sizes};
use ikrar_core::attestation::Attestation;
use ikrar_core::digest::signing_message;
use ikrar_core::field::ProofBytes;
use ikrar_core::signature::verify;
use ikrar_terminal::wire::{Answer, Request};
use line::Line;
use million::{DISTRICT, DISTRICT_SEED, Million, attest, corrections, encoded, inclusion, large, now, pledge};

fn flash() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("flash");
    (folder, file)
}

/// Everything that a terminal does, once, and what needs the most stack.
fn session(line: &mut Line, units: u8, entries: usize) {
    let identity = line.try_identity().unwrap();
    assert!(usize::from(identity.units) >= usize::from(units) && !identity.damaged, "{identity:?}");
    let log = Million::new(entries, identity.unit_key);
    let checkpoint = log.checkpoint();
    let opened = line.provision(&log.roster(units), &checkpoint, now()).unwrap();
    let statement = encoded(&pledge(11));
    let signed = line.signed(&Request::Sign { made_at: now(), statement: &statement }).unwrap();
    for bytes in [&opened, &signed] {
        let attestation = Attestation::decode(bytes).unwrap();
        verify(&identity.unit_key, &signing_message(&attestation.id()), attestation.signature()).unwrap();
    }
    let (brought, _) = attest(DISTRICT_SEED, (DISTRICT, log.district, 0, log.district), pledge(3));
    line.ask(&Request::Append(&brought), |answer| {
        assert!(matches!(answer, Answer::Taken { index: 2, .. }), "{answer:?}")
    });
    // What takes the most stack to decode, under another key.
    for statement in corrections().into_iter().chain(large()) {
        let (bytes, _) = attest(DISTRICT_SEED + 1, (DISTRICT, log.district, 1, log.district), statement);
        line.refused(&Request::Append(&bytes));
    }
    let (size, root) = line.try_head(|head| (head.size, head.root)).unwrap();
    line.ask(&Request::Checkpoint, |answer| assert!(matches!(answer, Answer::Checkpoint(_)), "{answer:?}"));
    let journal = line.try_entries().unwrap();
    let held: Vec<_> = journal.iter().map(|entry| &entry[42..]).collect();
    assert_eq!(held, [&*opened, &*signed, &*brought]);
    line.done(&Request::Acknowledge { size, root });
    let (index, _) = log.path[2];
    line.done(&Request::Receipt { checkpoint: &checkpoint, index });
    for (index, entry) in &log.path {
        let proof = inclusion(&log.leaves, usize::try_from(*index).unwrap());
        line.done(&Request::Proven { index: *index, entry, proof: ProofBytes::new(&proof).unwrap() });
    }
    line.ask(&Request::Verdict, |answer| match answer {
        Answer::Proven { unit, size, .. } => {
            assert_eq!((unit.as_str(), size), (DISTRICT, u64::try_from(entries).unwrap()));
        }
        other => panic!("{other:?}"),
    });
    // What they correct may have come to the log since the device was provisioned.
    for statement in corrections() {
        assert!(line.signed(&Request::Sign { made_at: now(), statement: &encoded(&statement) }).is_some());
    }
}

/// After a whole session: bytes of flash, of static RAM, and of the deepest stack.
fn run_session(board: &Board, units: u8, keeps_file: bool) -> [u32; 3] {
    let program = board.build("terminal");
    let (_folder, file) = flash();
    let machine = board.run(&program, keeps_file.then_some(&*file), false);
    session(&mut Line::to(machine.port), units, 1_000);
    let (flash, ram) = sizes(&std::fs::read(program).unwrap(), board.stack());
    [flash, ram, deepest(&machine.memory(board.stack()))]
}

#[test]
fn a_risc_v_terminal_signs_appends_and_verifies() {
    if VIRT.is_here(true) {
        run_session(&VIRT, 64, true);
    }
}

#[test]
fn a_micro_bit_with_16_kb_signs_appends_and_verifies() {
    if MICROBIT.is_here(true) {
        let [flash, ram, stack] = run_session(&MICROBIT, 6, false);
        println!("micro:bit: flash {flash}, static RAM {ram}, deepest stack {stack}");
    }
}
