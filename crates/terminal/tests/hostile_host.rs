//! What a host, or who made its roster, can try against a device.

#[path = "../../journal/tests/flash.rs"]
mod flash;
mod world;

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::{DocumentHash, Hash, Id};
use ikrar_core::field::{Origin, ProofBytes};
use ikrar_core::statement::{OpenJournal, Statement};
use ikrar_terminal::wire::Request;
use world::*;

fn place(bytes: &[u8]) -> (String, Id, u64, Id) {
    let a = Attestation::decode(bytes).unwrap();
    (a.body().unit.as_str().to_owned(), a.body().epoch, a.body().seq, a.id())
}

fn long(log: &Log, hashes: usize) -> Vec<u8> {
    let proof = vec![7; 32 * hashes];
    let statement = Statement::OpenJournal(OpenJournal {
        registry: log.registry,
        tree_size: 1,
        root: Hash::ZERO,
        roster: DocumentHash([0; 32]),
        origin: Origin::new("a.example/b").unwrap(),
        key: public(77),
        proof: ProofBytes::new(&proof).unwrap(),
    });
    attest(9, ("wil:77", Id([9; 32]), 5, Id([8; 32])), statement).0
}

const SMALL: usize = 768;

fn boot_small(chip: Chip) -> Device {
    let memory = Box::leak(Box::new(ikrar_terminal::Memory::<UNITS, SMALL>::new()));
    let mut seeds = [UNIT_SEED, JOURNAL_SEED].into_iter();
    ikrar_terminal::Terminal::boot(memory, chip, &LAYOUT, |seed| *seed = [seeds.next().unwrap(); 32]).unwrap()
}

#[test]
fn a_refused_conclude_does_not_forget_numbers() {
    let log = Log::new(5);
    let mut device = boot(chip(1)).unwrap();
    provision(&mut device, &log, &[]).unwrap();
    // Anything long that the device hashes: an unknown unit's.
    let bytes = long(&log, 30);
    ask(&mut device, &Request::Append(&bytes), |_| ());
    let one = encoded(&pledge(11));
    let first = signed(&mut device, &Request::Sign { made_at: now(), statement: &one }).unwrap();
    // A conclude whose message leaves less of the buffer than that entry needs.
    done(&mut device, &Request::Provision);
    let note = vec![b'x'; 1_500];
    refused(
        &mut device,
        &Request::Conclude { checkpoint: &note, proof: ProofBytes::new(&[]).unwrap(), made_at: now() },
    );
    let two = encoded(&pledge(5));
    let second = signed(&mut device, &Request::Sign { made_at: now(), statement: &two });
    if let Ok(second) = second {
        assert_ne!(
            (place(&first).1, place(&first).2),
            (place(&second).1, place(&second).2),
            "a number is signed twice"
        );
    }
}

#[test]
fn a_provisioning_refused_for_want_of_room_does_not_forget_numbers() {
    let log = Log::new(5);
    let mut grown = Log::new(5);
    grown.enroll("wil:33.76.1", "root", None);
    let proof = consistency(&grown.leaves(), 8);
    let mut device = boot_small(chip(1));
    provision(&mut device, &log, &[]).unwrap();
    let bytes = long(&log, 10);
    ask(&mut device, &Request::Append(&bytes), |_| ());
    let one = encoded(&pledge(11));
    let first = signed(&mut device, &Request::Sign { made_at: now(), statement: &one }).unwrap();
    let _ = provision(&mut device, &grown, &proof);
    let two = encoded(&pledge(5));
    let second = signed(&mut device, &Request::Sign { made_at: now(), statement: &two });
    if let Ok(second) = second {
        assert_ne!(
            (place(&first).1, place(&first).2),
            (place(&second).1, place(&second).2),
            "a number is signed twice"
        );
    }
}
