//! `ikrar device …` against a terminal in this process: the whole way, wrong devices, copies of flash, and lines that lie.

#[path = "../../crates/journal/tests/flash.rs"]
mod flash;
mod scratch;
mod simulator;

use scratch::{Answer, Scratch, WARD};
use simulator::Simulator;

/// The seed of the ward's key in the scratch log.
const WARD_SEED: u8 = 4;
const PLEDGE: [&str; 3] = ["--combined", "80/80", "--yes"];

fn device(scratch: &Scratch, device: &Simulator, args: &[&str]) -> Answer {
    scratch.run(&[&["device"], args, &["--device", &device.address]].concat())
}

fn provision(scratch: &Scratch, to: &Simulator, out: &str) -> Answer {
    device(scratch, to, &["provision", "log", "--unit", WARD, "--keys", "keys", "--out", out])
}

fn ask(scratch: &Scratch, out: &str) {
    let ask = ["request", "log", "--unit", WARD, "--round", "nanti", "--keys", "keys", "--out", out];
    scratch.run(&ask).expect(0, &["Wrote the request"]);
}

fn pledge(scratch: &Scratch, by: &Simulator, request: &str, out: &str) -> Answer {
    device(scratch, by, &[&["pledge", request, "--keys", "keys", "--out", out], &PLEDGE[..]].concat())
}

#[test]
fn a_device_cannot_be_taken_from_the_drawer_to_the_report() {
    let scratch = Scratch::new();
    let terminal = Simulator::new(WARD_SEED);
    device(&scratch, &terminal, &["info"]).expect(0, &["new: not provisioned"]);
    provision(&scratch, &terminal, "open.ikrar").expect(0, &["open.ikrar", "root/nanti"]);
    device(&scratch, &terminal, &["info"]).expect(0, &["ready", WARD]);
    scratch.append("open.ikrar").expect(0, &["logged"]);
    ask(&scratch, "unit.request");
    pledge(&scratch, &terminal, "unit.request", "pledge.ikrar").expect(0, &["pledge.ikrar", "Naskah uji"]);
    scratch.append("pledge.ikrar").expect(0, &["logged"]);
    let report = scratch.report("nanti");
    let row = report["units"].as_array().unwrap().iter().find(|row| row["unit"] == WARD).unwrap().clone();
    assert_eq!(row["status"], "complete", "{row}");

    device(&scratch, &terminal, &["export", "--out", "ward.journal", "--acknowledge"]).expect(0, &["2 entries"]);
    scratch.run(&["verify", "ward.journal", "--keys", "keys"]).expect(0, &[WARD]);
    scratch.append("ward.journal").expect(0, &["already"]);
    let prove = ["prove", "log", "--unit", WARD, "--entry", "15", "--keys", "keys", "--out", "ward.receipt"];
    scratch.run(&prove).expect(0, &[]);
    device(&scratch, &terminal, &["check", "ward.receipt"]).expect(0, &[WARD]);
}
