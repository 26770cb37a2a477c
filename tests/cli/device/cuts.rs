//! The emulator is killed at any moment, and started again on the same flash.

use std::collections::BTreeMap;
use std::time::Duration;

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::{Id, PublicKey};
use ikrar_terminal::wire::{Request, Stage};

use crate::emulator::{MPS2, Machine};
use crate::flash;
use crate::line::Line;
use crate::million::{Million, encoded, now, pledge};

/// So many cuts, and more until so much was delivered: a busy host may run the emulator slowly.
const CUTS: usize = 40;
const DELIVERED: usize = 30;
/// The power is on for less than this.
const LONGEST: u64 = 1_500;

/// What the world knows of a device.
#[derive(Default)]
struct Known {
    /// Its key, once it was provisioned.
    key: Option<PublicKey>,
    /// What it gave out: durable, then.
    delivered: Vec<Vec<u8>>,
    /// The attestation of each number.
    numbers: BTreeMap<(Id, u64), Id>,
    statements: u32,
}

impl Known {
    fn see(&mut self, bytes: &[u8]) {
        let attestation = Attestation::decode(bytes).unwrap();
        let number = (attestation.body().epoch, attestation.body().seq);
        let known = *self.numbers.entry(number).or_insert(attestation.id());
        assert_eq!(known, attestation.id(), "number {} was signed twice", number.1);
    }

    fn deliver(&mut self, bytes: Vec<u8>) {
        self.see(&bytes);
        self.delivered.push(bytes);
    }

    /// Nothing that was delivered is lost.
    fn compare(&mut self, journal: &[Vec<u8>]) {
        let held: Vec<&[u8]> = journal.iter().map(|entry| &entry[42..]).collect();
        held.iter().for_each(|bytes| self.see(bytes));
        let lost = self.delivered.iter().filter(|bytes| !held.contains(&&***bytes)).count();
        assert_eq!(lost, 0, "of {} delivered", self.delivered.len());
    }

    /// Has the device sign until the line breaks.
    fn use_up(&mut self, line: &mut Line) -> Option<()> {
        let identity = line.try_identity()?;
        assert!(!identity.damaged);
        if line.try_head(|head| head.stage)? != Stage::Ready {
            let log = Million::new(100, identity.unit_key);
            let opened = line.provision(&log.roster(8), &log.checkpoint(), now())?;
            self.deliver(opened);
        }
        assert_eq!(*self.key.get_or_insert(identity.unit_key), identity.unit_key, "the key that is in use is gone");
        let journal = line.try_entries()?;
        self.compare(&journal);
        loop {
            self.statements += 1;
            let statement = encoded(&pledge(self.statements % 13));
            let signed = line.signed(&Request::Sign { made_at: now(), statement: &statement })?;
            self.deliver(signed);
        }
    }
}

fn cut_after(machine: Machine, milliseconds: u64) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(milliseconds));
        drop(machine);
    })
}

#[test]
fn a_killed_emulator_loses_nothing_delivered_and_signs_no_number_twice() {
    if !MPS2.is_here(true) {
        return;
    }
    let program = MPS2.build("terminal");
    let (_folder, file) = flash();
    let mut known = Known::default();
    let (mut random, mut cuts) = (1_u64, 0);
    while cuts < CUTS || (known.delivered.len() < DELIVERED && cuts < 10 * CUTS) {
        cuts += 1;
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let machine = MPS2.run(&program, Some(&file), false);
        let line = Line::try_to(machine.port);
        let cut = cut_after(machine, (random >> 33) % LONGEST);
        if let Some(mut line) = line {
            known.use_up(&mut line);
        }
        cut.join().unwrap();
    }
    // Once more, without a cut.
    let machine = MPS2.run(&program, Some(&file), false);
    let mut line = Line::to(machine.port);
    let journal = line.try_entries().unwrap();
    known.compare(&journal);
    let (delivered, signed) = (known.delivered.len(), known.numbers.len());
    println!("{cuts} cuts: {delivered} delivered, {signed} signed, {} entries", journal.len());
    assert_eq!(journal.len(), signed);
    assert!(delivered >= DELIVERED, "the device was hardly used");
}
