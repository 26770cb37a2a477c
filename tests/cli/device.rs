//! Terminals under an emulator: what they do, what they cost, that no cut hurts them, and that they cannot panic.
//!
//! Where the emulator or a target is missing, a test says that it was skipped; with `CI=true` it fails instead.
#![cfg(unix)]

#[path = "device/emulator.rs"]
mod emulator;
#[path = "device/figures.rs"]
mod figures;
#[path = "device/line.rs"]
mod line;
#[path = "device/million.rs"]
mod million;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use emulator::{Board, MICROBIT, MPS2, Machine, VIRT, cargo, firmware};
use figures::{Table, deepest, parse, sizes};
use ikrar_core::attestation::Attestation;
use ikrar_core::digest::signing_message;
use ikrar_core::field::{ProofBytes, Time};
use ikrar_core::signature::verify;
use ikrar_terminal::wire::{Answer, Request};
use line::Line;
use million::{DISTRICT, DISTRICT_SEED, Million, NOW, attest, encoded, inclusion, now, pledge};

/// Entries of the log that receipts come from.
const MILLION: usize = 1_000_000;

fn flash() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("flash");
    (folder, file)
}

/// Everything that a terminal does, once.
fn session(line: &mut Line, units: u8, entries: usize) {
    let identity = line.identity();
    assert!(usize::from(identity.units) >= usize::from(units) && !identity.damaged, "{identity:?}");
    let log = Million::new(entries, identity.unit_key);
    let checkpoint = log.checkpoint();
    let opened = line.provision(&log.roster(units), &checkpoint, now());
    let statement = encoded(&pledge(11));
    let signed = line.signed(&Request::Sign { made_at: now(), statement: &statement }).unwrap();
    for bytes in [&opened, &signed] {
        let attestation = Attestation::decode(bytes).unwrap();
        verify(&identity.unit_key, &signing_message(&attestation.id()), attestation.signature()).unwrap();
    }
    let (brought, _) = attest(DISTRICT_SEED, (DISTRICT, log.district, 0, log.district), pledge(3));
    line.ask(&Request::Append(&brought), |answer| assert!(matches!(answer, Answer::Taken { index: 2, .. }), "{answer:?}"));
    let (size, root) = line.head(|head| (head.size, head.root));
    line.ask(&Request::Checkpoint, |answer| assert!(matches!(answer, Answer::Checkpoint(_)), "{answer:?}"));
    let journal = line.entries();
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
}

fn run_session(board: &Board, units: u8, keeps_file: bool) -> (Machine, Vec<u8>) {
    let program = board.build("terminal");
    let (_folder, file) = flash();
    let machine = board.run(&program, keeps_file.then_some(&*file), false);
    session(&mut Line::to(machine.port), units, 1_000);
    (machine, std::fs::read(program).unwrap())
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
        let (machine, elf) = run_session(&MICROBIT, 8, false);
        let needs = sizes(&elf, MICROBIT.ram.0);
        let stack = deepest(&machine.memory(MICROBIT.ram), MICROBIT.ram.0, needs.stack_end);
        println!("micro:bit: flash {}, static RAM {}, deepest stack {stack}", needs.flash, needs.ram);
        assert!(needs.ram + stack < MICROBIT.ram.1);
    }
}

#[test]
fn the_figures_are_within_the_budget_and_the_documentation_tells_them() {
    if !MPS2.is_here(true) {
        return;
    }
    let mut table = Table::default();
    let (machine, elf) = run_session(&MPS2, 64, true);
    let needs = sizes(&elf, MPS2.ram.0);
    let stack = deepest(&machine.memory(MPS2.ram), MPS2.ram.0, needs.stack_end);
    table.push("flash, bytes", needs.flash.into());
    table.push("static RAM, bytes", needs.ram.into());
    table.push("deepest stack, bytes", stack.into());
    table.push("static RAM and deepest stack, bytes", (needs.ram + stack).into());

    let (_folder, file) = flash();
    let machine = MPS2.run(&MPS2.build("measure"), Some(&file), true);
    session(&mut Line::to(machine.port), 64, MILLION);
    std::thread::sleep(Duration::from_millis(200));
    let lines: Vec<String> = machine.said.try_iter().collect();
    let told = parse(&lines);
    let of = |name: &str| told.iter().filter(|figure| figure.0 == name).map(|figure| figure.1).sum::<u64>();
    let deep = |name: &str| told.iter().filter(|figure| figure.0 == name).map(|figure| figure.2).max().unwrap();
    let (sign, check) = (of("sign"), of("verify"));
    table.push("bare signature, instructions", sign);
    table.push("bare signature, stack in bytes", deep("sign"));
    table.push("bare verification, instructions", check);
    table.push("bare verification, stack in bytes", deep("verify"));
    let (own, other) = (of("request-5"), of("request-6"));
    table.push("sign and append a pledge, instructions", own);
    table.push("the same in thousandths of the bare signature", own * 1_000 / sign);
    table.push("append another unit's pledge, instructions", other);
    table.push("the same in thousandths of a bare verification", other * 1_000 / check);
    let receipt = of("request-12") + of("request-13") + of("request-14");
    table.push("verify a receipt from 1,000,000 entries, instructions", receipt);
    // The checkpoint's, and those of three entries on the path of trust.
    table.push("the same in thousandths of the four verifications in it", receipt * 1_000 / (4 * check));
    hold(&table);
}

/// Prints the table, holds it against the budget, and the documentation against it.
fn hold(table: &Table) {
    let budget: BTreeMap<String, u64> =
        toml_table(&std::fs::read_to_string(firmware().join("budget.toml")).unwrap());
    let markdown = table.markdown(&budget);
    println!("{markdown}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/device.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once("<!-- figures -->\n").expect("a mark before the table");
    let (written, after) = rest.split_once("<!-- end of figures -->\n").expect("a mark after the table");
    if std::env::var_os("IKRAR_UPDATE_EXPECTED").is_some() {
        let page = format!("{before}<!-- figures -->\n{markdown}<!-- end of figures -->\n{after}");
        std::fs::write(path, page).unwrap();
    } else {
        let documented: Vec<(&str, u64)> = written.lines().skip(2).map(row).collect();
        assert!(documented.iter().map(|row| row.0).eq(table.rows().map(|row| row.0)), "{written}");
        for ((name, documented), (_, measured)) in documented.into_iter().zip(table.rows()) {
            assert!(
                documented.abs_diff(measured) * 50 <= measured,
                "{name}: docs/device.md says {documented}, measured {measured}; IKRAR_UPDATE_EXPECTED=1 rewrites it"
            );
        }
    }
    for (name, value) in table.rows() {
        assert!(value <= budget[name], "{name}: {value} exceeds the budget, {}", budget[name]);
    }
}

fn row(line: &str) -> (&str, u64) {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    (cells[1], cells[2].replace(',', "").parse().unwrap())
}

/// Lines of `"name" = number`.
fn toml_table(text: &str) -> BTreeMap<String, u64> {
    let line = |line: &str| {
        let (name, number) = line.strip_prefix('"')?.split_once("\" = ")?;
        Some((name.to_owned(), number.replace('_', "").parse().ok()?))
    };
    text.lines().filter_map(line).collect()
}
