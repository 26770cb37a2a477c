//! What a host, or who made its roster, can try against a device.

#[path = "../../journal/tests/flash.rs"]
mod flash;
mod world;

use ikrar_core::attestation::Attestation;
use ikrar_core::codec;
use ikrar_core::digest::{DocumentHash, Hash, Id};
use ikrar_core::field::{Origin, ProofBytes};
use ikrar_core::statement::{OpenJournal, Statement};
use ikrar_journal::{Item, LogItem, UnitItem};
use ikrar_terminal::wire::{Answer, Refusal, Request, RosterFault};
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

fn rows(log: &Log, rows: &[UnitItem<'_>]) -> Vec<Vec<u8>> {
    let mut items = log.roster();
    let mut buffer = [0; 300];
    let rows =
        rows.iter().map(|row| codec::encode(&Item::Unit(*row), &mut buffer).unwrap().to_vec()).collect::<Vec<_>>();
    items.splice(6..7, rows);
    items
}

#[test]
fn two_rows_with_the_own_key_do_not_lead_back_into_a_left_epoch() {
    let log = Log::new(5);
    let row = |id, epoch| UnitItem { id: unit(id), parent: Some(1), kind: Some(0), alive: true, epoch, pledges: 1 };
    let own = Some((log.ward, public(UNIT_SEED), 0, log.ward));
    let other = Some((Id([5; 32]), public(UNIT_SEED), 0, log.ward));
    for second in [own, other] {
        let mut device = boot(chip(2)).unwrap();
        let items = rows(&log, &[row(WARD, own), row("wil:99", second)]);
        let refused = provision_with(&mut device, &items, &log.checkpoint(), &[]);
        assert_eq!(refused, Err(Refusal::Roster(RosterFault::Reference)));
    }
}

#[test]
fn the_last_number_is_not_signed_again_and_again() {
    let log = Log::new(5);
    let row = |id, epoch| UnitItem { id: unit(id), parent: Some(1), kind: Some(0), alive: true, epoch, pledges: 1 };
    let place = |seq| Some((log.ward, public(UNIT_SEED), seq, Id([4; 32])));
    let mut device = boot(chip(2)).unwrap();
    let items = rows(&log, &[row(WARD, place(u64::MAX))]);
    let left = Err(Refusal::Roster(RosterFault::Left));
    assert_eq!(provision_with(&mut device, &items, &log.checkpoint(), &[]), left);
    let items = rows(&log, &[row(WARD, place(u64::MAX - 1))]);
    provision_with(&mut device, &items, &log.checkpoint(), &[]).unwrap();
    let one = encoded(&pledge(11));
    assert_eq!(signed(&mut device, &Request::Sign { made_at: now(), statement: &one }), left);
}

#[test]
fn a_receipt_begun_under_another_logs_key_is_not_proven_under_this_one() {
    let real = Log::new(5);
    let mut forged = Log::new(5);
    let (bytes, _) = attest(UNIT_SEED, (WARD, forged.ward, 0, forged.ward), pledge(11));
    let index = forged.push(&bytes); // never in the real log
    let mut device = boot(chip(3)).unwrap();
    let mut items = real.roster();
    let mut buffer = [0; 300];
    items[1] = codec::encode(
        &Item::Log(LogItem { origin: Origin::new(ORIGIN).unwrap(), key: public(9), since: 0 }),
        &mut buffer,
    )
    .unwrap()
    .to_vec();
    provision_with(&mut device, &items, &real.checkpoint_by(9), &[]).unwrap();
    let checkpoint = forged.checkpoint_by(9);
    done(&mut device, &Request::Receipt { checkpoint: &checkpoint, index });
    let leaves = forged.leaves();
    for i in [0, 1, 2, index] {
        let at = usize::try_from(i).unwrap();
        let proof = inclusion(&leaves, at);
        done(
            &mut device,
            &Request::Proven { index: i, entry: &forged.entries[at], proof: ProofBytes::new(&proof).unwrap() },
        );
    }
    // The operator provisions it for the real log's key.
    provision(&mut device, &real, &[]).unwrap();
    ask(&mut device, &Request::Verdict, |answer| {
        assert!(matches!(answer, Answer::Refused(_)), "a receipt that the log's key never signed is good");
    });
}

fn longest(log: &Log) -> Vec<u8> {
    // Proofs go by 32 bytes: the origin fills up.
    for hashes in (0..=63).rev() {
        for fill in (0..60).rev() {
            let origin = format!("a.example/{}", "b".repeat(fill + 1));
            let proof = vec![7; 32 * hashes];
            let statement = Statement::OpenJournal(OpenJournal {
                registry: log.registry,
                tree_size: 1,
                root: Hash::ZERO,
                roster: DocumentHash([0; 32]),
                origin: Origin::new(&origin).unwrap(),
                key: public(77),
                proof: ProofBytes::new(&proof).unwrap(),
            });
            let bytes = attest(9, ("wil:77", Id([9; 32]), 5, Id([8; 32])), statement).0;
            if bytes.len() <= SMALL - 10 && bytes.len() + 42 > SMALL {
                return bytes;
            }
        }
    }
    panic!()
}

#[test]
fn an_appended_entry_does_not_outgrow_the_next_boot() {
    let log = Log::new(5);
    let mut device = boot_small(chip(4));
    provision(&mut device, &log, &[]).unwrap();
    let text = longest(&log);
    assert_eq!(refused(&mut device, &Request::Append(&text)), Refusal::EntryTooLong);
    let mut device = boot_small(device.into_flash());
    let one = encoded(&pledge(11));
    let outcome = signed(&mut device, &Request::Sign { made_at: now(), statement: &one });
    assert!(outcome.is_ok(), "{outcome:?}");
}

#[test]
fn a_proof_that_leaves_no_room_for_the_opening_ends_in_a_device_that_signs_nothing() {
    let log = Log::new(5);
    let mut device = boot_small(chip(4));
    provision(&mut device, &log, &[]).unwrap();
    // Whatever they prove: what has no room is refused for that, what has is judged.
    let refusals = (1..15).map(|hashes| provision(&mut device, &log, &vec![7; 32 * hashes]).unwrap_err());
    let refusals: Vec<_> = refusals.collect();
    let room = refusals.iter().position(|refusal| *refusal == Refusal::TooLong).unwrap();
    assert!(room > 0 && refusals[room..].iter().all(|refusal| *refusal == Refusal::TooLong), "{refusals:?}");
    assert!(refusals[..room].iter().all(|refusal| matches!(refusal, Refusal::Roster(_))), "{refusals:?}");
    let one = encoded(&pledge(11));
    signed(&mut device, &Request::Sign { made_at: now(), statement: &one }).expect("the roster before is in force");
}

#[test]
fn another_units_open_journal_does_not_open_it() {
    let log = Log::new(5);
    let row = |id, seed, epoch| UnitItem {
        id: unit(id),
        parent: Some(1),
        kind: Some(0),
        alive: true,
        epoch: Some((epoch, public(seed), 0, epoch)),
        pledges: 1,
    };
    let mut device = boot(chip(3)).unwrap();
    // The journal's key is a unit's in this roster: the device's own OpenJournal is refused, the roster stays.
    let items = rows(&log, &[row(WARD, UNIT_SEED, log.ward), row("wil:99", JOURNAL_SEED, Id([5; 32]))]);
    assert!(provision_with(&mut device, &items, &log.checkpoint(), &[]).is_err());
    let other = Statement::OpenJournal(OpenJournal {
        registry: log.registry,
        tree_size: 1,
        root: Hash::ZERO,
        roster: DocumentHash([0; 32]),
        origin: Origin::new("a.example/b").unwrap(),
        key: public(78),
        proof: ProofBytes::new(&[]).unwrap(),
    });
    let (bytes, _) = attest(DISTRICT_SEED, (DISTRICT, log.district, 0, log.district), other);
    assert_eq!(refused(&mut device, &Request::Append(&bytes)), Refusal::NotOpened);

    // An opened one takes it as an entry.
    let mut device = boot(chip(3)).unwrap();
    provision(&mut device, &log, &[]).unwrap();
    ask(&mut device, &Request::Append(&bytes), |answer| assert!(matches!(answer, Answer::Taken { .. }), "{answer:?}"));
    let opened = ask(&mut device, &Request::Head, |answer| match answer {
        Answer::Head(head) => head.opened,
        other => panic!("{other:?}"),
    });
    assert_eq!(opened, Some((log.start().tree_size, log.start().root)));
    // The journal's key is its own still, and not the other one.
    let again = provision(&mut device, &log, &[]);
    assert!(again.is_ok(), "{again:?}");
}

#[test]
fn a_roster_whose_open_journal_is_refused_does_not_stay() {
    let log = Log::new(5);
    let mut grown = Log::new(5);
    grown.enroll("wil:33.76.1", "root", None);
    let proof = consistency(&grown.leaves(), 8);
    let mut device = boot(chip(3)).unwrap();
    provision(&mut device, &log, &[]).unwrap();
    let row = |id, seed, epoch| UnitItem {
        id: unit(id),
        parent: Some(1),
        kind: Some(0),
        alive: true,
        epoch: Some((epoch, public(seed), 0, epoch)),
        pledges: 1,
    };
    // Provisioned again from the grown log; its OpenJournal is refused, the table stays.
    let mut items = rows(&grown, &[row(WARD, UNIT_SEED, grown.ward), row("wil:99", JOURNAL_SEED, Id([5; 32]))]);
    items.truncate(9);
    assert!(provision_with(&mut device, &items, &grown.checkpoint(), &proof).is_err());
    let other = Statement::OpenJournal(OpenJournal {
        registry: log.registry,
        tree_size: 1,
        root: Hash::ZERO,
        roster: DocumentHash([0; 32]),
        origin: Origin::new("a.example/b").unwrap(),
        key: public(78),
        proof: ProofBytes::new(&[]).unwrap(),
    });
    let (bytes, _) = attest(DISTRICT_SEED, (DISTRICT, log.district, 0, log.district), other);
    ask(&mut device, &Request::Append(&bytes), |_| ());
    ask(&mut device, &Request::Head, |answer| {
        let Answer::Head(h) = answer else { panic!() };
        assert_eq!(h.opened.map(|o| o.0), Some(8), "the checkpoint of the last OpenJournal of its own");
    });
}
