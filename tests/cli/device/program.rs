//! The program drives a terminal from its first boot to the report.

use std::path::Path;

use crate::emulator::{Board, MICROBIT, MPS2, Machine, VIRT};
use crate::flash;
use crate::scratch::{Answer, CITY, Scratch, WARD};

const ROUND: &str = "nanti";

/// A folder with a log, and a terminal beside it.
struct Desk {
    scratch: Scratch,
    machine: Machine,
}

impl Desk {
    fn new(board: &Board, file: Option<&Path>) -> Self {
        let scratch = Scratch::new();
        scratch.signer("city.key", &scratch.world.city, 3);
        Self { scratch, machine: board.run(&board.build("terminal"), file, false) }
    }

    fn device(&self, args: &[&str]) -> Answer {
        let address = format!("tcp:127.0.0.1:{}", self.machine.port);
        self.scratch.run(&[&["device"], args, &["--device", &address]].concat())
    }

    /// The ward's key is from now on the device's, by the city's word.
    fn enrol(&self) {
        self.device(&["info", "--unit", WARD, "--pub", "ward.pub"]).expect(0, &["new: not provisioned"]);
        let rekey = ["rekey", "--unit", WARD, "--new-key", "ward.pub", "--key", "city.key", "--out", "rekey.ikrar"];
        self.scratch.run(&[&rekey[..], &["--from", "log", "--keys", "keys"]].concat()).expect(0, &[]);
        self.scratch.append("rekey.ikrar").expect(0, &["15 entries"]);
    }

    fn provision(&self) {
        let provision = ["provision", "log", "--unit", WARD, "--keys", "keys", "--out", "open.ikrar"];
        self.device(&provision).expect(0, &["open.ikrar", "root/nanti"]);
        self.scratch.append("open.ikrar").expect(0, &["16 entries"]);
    }

    fn pledge(&self) {
        let ask = ["request", "log", "--unit", WARD, "--round", ROUND, "--keys", "keys", "--out", "ward.request"];
        self.scratch.run(&ask).expect(0, &[]);
        let pledge = ["pledge", "ward.request", "--keys", "keys", "--combined", "80/80", "--yes"];
        self.device(&[&pledge[..], &["--out", "pledge.ikrar"]].concat()).expect(0, &["Naskah uji"]);
    }

    /// The city pledges on a computer, and the device takes that too.
    fn bring(&self) {
        let ask = ["request", "log", "--unit", CITY, "--round", ROUND, "--keys", "keys", "--out", "city.request"];
        self.scratch.run(&ask).expect(0, &[]);
        let pledge = ["pledge", "city.request", "--key", "city.key", "--keys", "keys", "--combined", "80/80", "--yes"];
        self.scratch.run(&[&pledge[..], &["--out", "city.ikrar"]].concat()).expect(0, &[]);
        self.device(&["append", "city.ikrar"]).expect(0, &["entry 2 of the journal, authentic"]);
    }

    /// The journal goes to the log, and the report shows both units complete.
    fn report(&self) {
        self.device(&["export", "--out", "ward.journal", "--acknowledge"]).expect(0, &["3 entries"]);
        self.scratch.run(&["verify", "ward.journal", "--keys", "keys"]).expect(0, &[WARD]);
        self.scratch.append("ward.journal").expect(0, &["18 entries"]);
        self.scratch.verify().expect(0, &[]);
        let report = self.scratch.report(ROUND);
        for unit in [WARD, CITY] {
            let row = report["units"].as_array().unwrap().iter().find(|row| row["unit"] == unit).unwrap().clone();
            assert_eq!(row["status"], "complete", "{row}");
        }
        let prove = ["prove", "log", "--unit", WARD, "--entry", "16", "--keys", "keys", "--out", "ward.receipt"];
        self.scratch.run(&prove).expect(0, &[]);
        self.device(&["check", "ward.receipt"]).expect(0, &[WARD]);
    }
}

#[test]
fn a_terminal_cannot_be_taken_from_its_first_boot_to_the_report_or_a_cut_costs_a_pledge() {
    if !MPS2.is_here(true) {
        return;
    }
    let (_folder, file) = flash();
    let mut desk = Desk::new(&MPS2, Some(&file));
    desk.enrol();
    desk.provision();
    desk.pledge();
    // The power fails, and the pledge is still in the journal.
    desk.machine = MPS2.run(&MPS2.build("terminal"), Some(&file), false);
    desk.device(&["info"]).expect(0, &["ready", WARD]);
    desk.bring();
    desk.report();
}

#[test]
fn the_smaller_boards_cannot_be_taken_from_their_first_boot_to_the_report() {
    for board in [MICROBIT, VIRT].iter().filter(|board| board.is_here(true)) {
        let desk = Desk::new(board, None);
        desk.enrol();
        desk.provision();
        desk.pledge();
        desk.bring();
        desk.report();
    }
}
