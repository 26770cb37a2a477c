//! A terminal in use: from the first boot to receipts, and cut by power at every write.

#[path = "../../journal/tests/flash.rs"]
mod flash;
mod world;

use std::collections::BTreeMap;

use flash::Fault;
use ikrar_core::attestation::Attestation;
use ikrar_core::chain::Chain;
use ikrar_core::checkpoint::VerifiedCheckpoint;
use ikrar_core::codec;
use ikrar_core::digest::{Id, signing_message};
use ikrar_core::field::{ProofBytes, Time};
use ikrar_core::note::{KeyKind, VerifierKey};
use ikrar_core::rule::Rule;
use ikrar_core::signature::verify;
use ikrar_core::statement::Statement;
use ikrar_journal::{Item, UnitItem};
use ikrar_terminal::BootError;
use ikrar_terminal::wire::{Answer, ReceiptFault, Refusal, Request, RosterFault, Stage, WireMark};
use world::*;

fn fresh(seed: u64) -> Device {
    boot(chip(seed)).unwrap()
}

fn ready(log: &Log) -> Device {
    let mut device = fresh(1);
    provision(&mut device, log, &[]).unwrap();
    device
}

fn stage(device: &mut Device) -> Stage {
    ask(device, &Request::Head, |answer| match answer {
        Answer::Head(head) => head.stage,
        other => panic!("{other:?}"),
    })
}

/// Every entry, and the checkpoint over them.
fn export(device: &mut Device) -> (Vec<Vec<u8>>, Vec<u8>) {
    let note = ask(device, &Request::Checkpoint, |answer| match answer {
        Answer::Checkpoint(note) => note.to_vec(),
        other => panic!("{other:?}"),
    });
    let (mut entries, mut index) = (Vec::new(), first(device));
    loop {
        let entry = ask(device, &Request::Read(index), |answer| match answer {
            Answer::Entry { index: read, entry, .. } => {
                assert_eq!(read, index);
                Some(entry.to_vec())
            }
            Answer::End => None,
            other => panic!("{other:?}"),
        });
        let Some(entry) = entry else { return (entries, note) };
        entries.push(entry);
        index += 1;
    }
}

fn first(device: &mut Device) -> u64 {
    ask(device, &Request::Head, |answer| match answer {
        Answer::Head(head) => head.first,
        other => panic!("{other:?}"),
    })
}

#[test]
fn a_day_in_the_life_of_a_terminal() {
    let log = Log::new(5);
    let mut device = fresh(1);
    ask(&mut device, &Request::Identify, |answer| {
        let Answer::Identity(identity) = answer else { panic!("{answer:?}") };
        assert_eq!((identity.unit_key, identity.journal_key), (public(UNIT_SEED), public(JOURNAL_SEED)));
        assert_eq!((identity.units, usize::from(identity.message)), (8, MESSAGE - 4));
        assert!(!identity.damaged);
    });
    assert_eq!(stage(&mut device), Stage::Fresh);
    let sign = encoded(&pledge(11));
    let sign = Request::Sign { made_at: now(), statement: &sign };
    assert_eq!(refused(&mut device, &sign), Refusal::Unprovisioned);

    let opened = provision(&mut device, &log, &[]).unwrap();
    let opened = Attestation::decode(&opened).unwrap();
    verify(&public(UNIT_SEED), &signing_message(&opened.id()), opened.signature()).unwrap();
    let Statement::OpenJournal(journal) = &opened.body().statement else { panic!("{opened:?}") };
    assert_eq!((journal.tree_size, journal.registry), (8, log.registry));
    assert_eq!(journal.origin.as_str(), format!("{ORIGIN}/{WARD}"));
    assert_eq!(stage(&mut device), Stage::Ready);

    let bytes = signed(&mut device, &sign).unwrap();
    let pledged = Attestation::decode(&bytes).unwrap();
    verify(&public(UNIT_SEED), &signing_message(&pledged.id()), pledged.signature()).unwrap();
    assert_eq!((pledged.body().seq, pledged.body().prev), (1, opened.id()));
    // Foreign text: certain, whatever the time.
    let Statement::Pledge(mut foreign) = pledge(11) else { unreachable!() };
    foreign.text = ikrar_core::digest::TextHash([4; 32]);
    let foreign = encoded(&Statement::Pledge(foreign));
    let refusal = refused(&mut device, &Request::Sign { made_at: now(), statement: &foreign });
    assert_eq!(refusal, Refusal::Rule(Rule::ForeignText.number()));

    // One of its units brings an attestation.
    let (district, _) = attest(DISTRICT_SEED, (DISTRICT, log.district, 0, log.district), pledge(3));
    ask(&mut device, &Request::Append(&district), |answer| {
        // A district is of no kind that the round asks.
        assert_eq!(answer, Answer::Taken { index: 2, mark: WireMark::NoEffect });
    });
    assert_eq!(refused(&mut device, &Request::Append(&district)), Refusal::Rule(Rule::StaleSeq.number()));

    let (entries, note) = export(&mut device);
    let mut chain = Chain::new();
    entries.iter().for_each(|entry| chain.push(entry).unwrap());
    let origin = format!("{ORIGIN}/{WARD}");
    let key = VerifierKey::new(&origin, KeyKind::Ed25519, public(JOURNAL_SEED)).unwrap();
    let checkpoint = VerifiedCheckpoint::open(&note, &key).unwrap();
    assert_eq!((checkpoint.size(), *checkpoint.root()), (3, chain.root()));
    assert_eq!(refused(&mut device, &Request::Acknowledge { size: 2, root: chain.root() }), Refusal::OtherCheckpoint);
    done(&mut device, &Request::Acknowledge { size: 3, root: chain.root() });

    // Off and on: everything is there.
    let mut device = boot(device.into_flash()).unwrap();
    assert_eq!(stage(&mut device), Stage::Ready);
    assert_eq!(export(&mut device), (entries, note));
    ask(&mut device, &Request::Head, |answer| {
        let Answer::Head(head) = answer else { panic!("{answer:?}") };
        let unit = head.unit.unwrap();
        assert_eq!((unit.unit.as_str(), unit.epoch, unit.next_seq, unit.prev), (WARD, log.ward, 2, pledged.id()));
    });
}

#[test]
fn a_roster_that_is_not_of_the_log_changes_nothing() {
    let log = Log::new(5);
    let mut device = fresh(2);
    let items = log.roster();
    let mut refuse =
        |items: &[Vec<u8>], note: &[u8], proof: &[u8]| provision_with(&mut device, items, note, proof).unwrap_err();
    assert_eq!(refuse(&items, &log.checkpoint_by(9), &[]), Refusal::Checkpoint);
    assert_eq!(refuse(&items, &Log::new(6).checkpoint(), &[]), Refusal::Checkpoint);
    assert_eq!(refuse(&items, b"nothing", &[]), Refusal::Checkpoint);
    assert_eq!(refuse(&items, &log.checkpoint(), &[0; 32]), Refusal::Roster(RosterFault::Older));
    assert_eq!(refuse(&items[..6], &log.checkpoint(), &[]), Refusal::NoUnit, "not without the device's own unit");
    assert_eq!(refuse(&items[..1], &log.checkpoint(), &[]), Refusal::Unprovisioned);
    assert_eq!(stage(&mut device), Stage::Fresh);
    assert_eq!(refused(&mut device, &Request::Provide(&items[0])), Refusal::NotProvisioning);
    done(&mut device, &Request::Provision);
    items.iter().for_each(|item| done(&mut device, &Request::Provide(item)));
    assert_eq!(refused(&mut device, &Request::Checkpoint), Refusal::Provisioning, "not in the name of another log");
    let checkpoint = log.checkpoint();
    let receipt = Request::Receipt { checkpoint: &checkpoint, index: 1 };
    assert_eq!(refused(&mut device, &receipt), Refusal::Provisioning);
    provision(&mut device, &log, &[]).unwrap();
    // Later, from a log that has grown: only with the proof that it has.
    let mut grown = Log::new(5);
    for number in 0..4 {
        grown.enroll(&format!("wil:33.76.{number}"), "root", None);
    }
    let (leaves, proof) = (grown.leaves(), consistency(&grown.leaves(), 8));
    assert_eq!(leaves.len(), 12);
    let mut other = proof.clone();
    other[3] ^= 1;
    for bad in [&[], other.as_slice()] {
        let outcome = provision(&mut device, &grown, bad);
        assert_eq!(outcome, Err(Refusal::Roster(RosterFault::Older)));
        assert_eq!(stage(&mut device), Stage::Ready, "the roster before is in force again");
    }
    let sign = encoded(&pledge(11));
    let sign = Request::Sign { made_at: now(), statement: &sign };
    let first = signed(&mut device, &sign).unwrap();
    let second = provision(&mut device, &grown, &proof).unwrap();
    let (first, second) = (Attestation::decode(&first).unwrap(), Attestation::decode(&second).unwrap());
    assert_eq!((second.body().seq, second.body().prev), (2, first.id()), "the host's older head does not win");
    // The pledge, which the log has not seen, is not forgotten either: nor is a second one signed for certain.
    let mut third = provision_again(&mut device, &grown);
    assert_eq!(stage(&mut third), Stage::Ready);
}

fn provision_again(device: &mut Device, log: &Log) -> Device {
    provision(device, log, &[]).unwrap();
    let rest = boot(chip(3)).unwrap();
    let device = std::mem::replace(device, rest);
    boot(device.into_flash()).unwrap()
}

/// The path of trust of an entry: Genesis, the enrolments, the entry itself.
fn show(device: &mut Device, log: &Log, path: &[u64], index: u64) -> Result<(), Refusal> {
    let checkpoint = log.checkpoint();
    let refusal = |answer: Answer<'_>| match answer {
        Answer::Refused(refusal) => Err(refusal),
        Answer::Done => Ok(()),
        other => panic!("{other:?}"),
    };
    ask(device, &Request::Receipt { checkpoint: &checkpoint, index }, refusal)?;
    let leaves = log.leaves();
    for index in path {
        let place = usize::try_from(*index).unwrap();
        let proof = inclusion(&leaves, place);
        let proof = ProofBytes::new(&proof).unwrap();
        ask(device, &Request::Proven { index: *index, entry: &log.entries[place], proof }, refusal)?;
    }
    ask(device, &Request::Verdict, |answer| match answer {
        Answer::Refused(refusal) => Err(refusal),
        Answer::Proven { unit, size, .. } => {
            assert_eq!((unit.as_str(), size), (WARD, u64::try_from(leaves.len()).unwrap()));
            Ok(())
        }
        other => panic!("{other:?}"),
    })
}

#[test]
fn a_receipt_is_good_only_whole_and_of_the_log_that_the_device_knows() {
    let mut log = Log::new(40);
    let mut device = ready(&log);
    let (bytes, _) = attest(UNIT_SEED, (WARD, log.ward, 0, log.ward), pledge(11));
    let index = log.push(&bytes);
    for number in 0..30 {
        log.enroll(&format!("wil:33.77.{number}"), "root", None);
    }
    assert_eq!(show(&mut device, &log, &[0, 1, 2, index], index), Ok(()));
    let fault = |fault| Err(Refusal::Receipt(fault));
    let unknown = ReceiptFault::Rejected(Rule::UnknownUnit.number());
    assert_eq!(show(&mut device, &log, &[0, 1, index], index), fault(unknown));
    assert_eq!(show(&mut device, &log, &[1, 2, index], index), fault(unknown));
    assert_eq!(show(&mut device, &log, &[0, 1, 2], index), fault(ReceiptFault::Empty));
    assert_eq!(show(&mut device, &log, &[0, 2, 1, index], index), fault(unknown));
    assert_eq!(show(&mut device, &log, &[0, 1, 1, 2, index], index), fault(ReceiptFault::Order));
    assert_eq!(refused(&mut device, &Request::Verdict), Refusal::Receipt(ReceiptFault::NotBegun));
    let mut altered = Log::new(40);
    let at = altered.entries[1].len() - 1;
    altered.push(&bytes);
    altered.entries[1][at] ^= 1;
    assert_eq!(show(&mut device, &altered, &[0, 1, 2, index], index), fault(ReceiptFault::Inclusion));
    let other = log.checkpoint_by(9);
    let begun = Request::Receipt { checkpoint: &other, index };
    assert_eq!(refused(&mut device, &begun), Refusal::Receipt(ReceiptFault::Checkpoint));
    // And nothing of it touched the roster.
    assert_eq!(stage(&mut device), Stage::Ready);
}

#[test]
fn keys_that_were_in_use_are_never_made_anew() {
    let log = Log::new(5);
    let device = ready(&log);
    let rotten = device.into_flash();
    rotten.0.borrow_mut().cells[40] ^= 4;
    assert!(matches!(boot(rotten.copy()), Err(BootError::KeysLost)));
    // With the journal's pages gone too, only the mark says that it was in use.
    rotten.0.borrow_mut().cells[40] ^= 4;
    let start = usize::try_from(LAYOUT.journal).unwrap();
    rotten.0.borrow_mut().cells[start..].fill(0);
    assert!(matches!(boot(rotten), Err(BootError::Mount(_))));
}

/// The entries; a device that was never provisioned has none.
fn held(device: &mut Device) -> Vec<Vec<u8>> {
    if stage(device) == Stage::Fresh { Vec::new() } else { export(device).0 }
}

/// What was ever signed, by number: no two under one.
fn signed_numbers(device: &mut Device, signed: &mut BTreeMap<u64, Id>) {
    for entry in held(device) {
        let attestation = Attestation::decode(&entry[42..]).unwrap();
        if attestation.body().unit.as_str() == WARD {
            let id = attestation.id();
            assert_eq!(*signed.entry(attestation.body().seq).or_insert(id), id, "a number is signed twice");
        }
    }
}

#[test]
fn power_cut_at_every_write_from_the_first_boot_on() {
    let log = Log::new(5);
    let mut grown = Log::new(5);
    grown.enroll("wil:33.76.1", "root", None);
    let proof = consistency(&grown.leaves(), 8);
    let (mut cuts, mut at) = (0_u64, 0);
    loop {
        at += 1;
        let chip = chip(at);
        let power = chip.power();
        power.borrow_mut().cut_at = Some(at);
        let mut acknowledged: Vec<Vec<u8>> = Vec::new();
        match boot(chip.clone()) {
            Err(BootError::Flash(Fault::Off) | BootError::Journal(_)) => {}
            Err(error) => panic!("{error}"),
            Ok(mut device) => {
                for step in 0..6_u64 {
                    let outcome = match step {
                        0 => provision(&mut device, &log, &[]),
                        3 => provision(&mut device, &grown, &proof),
                        _ => {
                            let made_at = Time::new(NOW + step + at).unwrap();
                            let statement = encoded(&pledge(u32::try_from(step).unwrap()));
                            signed(&mut device, &Request::Sign { made_at, statement: &statement })
                        }
                    };
                    match outcome {
                        Ok(attestation) => acknowledged.push(attestation),
                        Err(Refusal::Flash) => break,
                        Err(other) => panic!("{other:?}"),
                    }
                }
            }
        }
        let off = power.borrow().off;
        cuts += u64::from(off);
        power.borrow_mut().off = false;
        power.borrow_mut().cut_at = None;
        let mut device = boot(chip).unwrap_or_else(|error| panic!("cut {at}: {error}"));
        let before: Vec<Vec<u8>> = held(&mut device).iter().map(|entry| entry[42..].to_vec()).collect();
        assert!(acknowledged.iter().all(|attestation| before.contains(attestation)), "cut {at}");
        assert!(before.len() <= acknowledged.len() + 1, "cut {at}");
        let mut numbers = BTreeMap::new();
        signed_numbers(&mut device, &mut numbers);
        // It goes on: provision if it must, and sign.
        if stage(&mut device) != Stage::Ready {
            let opened = ask(&mut device, &Request::Head, |answer| match answer {
                Answer::Head(head) => head.opened,
                other => panic!("{other:?}"),
            });
            let proof =
                opened.map_or(Vec::new(), |(size, _)| consistency(&grown.leaves(), usize::try_from(size).unwrap()));
            provision(&mut device, &grown, &proof).unwrap_or_else(|error| panic!("cut {at}: {error:?}"));
        }
        let statement = encoded(&pledge(9));
        signed(&mut device, &Request::Sign { made_at: now(), statement: &statement }).unwrap();
        signed_numbers(&mut device, &mut numbers);
        let expected: Vec<u64> = (0..u64::try_from(numbers.len()).unwrap()).collect();
        assert!(numbers.keys().copied().eq(expected), "cut {at}: {numbers:?}");
        if !off {
            break;
        }
    }
    println!("terminal: {cuts} cuts");
    assert!(cuts > 60);
}

/// The log's roster, with other rows in place of the ward's.
fn with_rows(log: &Log, rows: &[UnitItem<'_>]) -> Vec<Vec<u8>> {
    let mut items = log.roster();
    let mut buffer = [0; 300];
    let rows =
        rows.iter().map(|row| codec::encode(&Item::Unit(*row), &mut buffer).unwrap().to_vec()).collect::<Vec<_>>();
    items.splice(6..7, rows);
    items
}

#[test]
fn rosters_one_after_the_other_make_a_number_used_again() {
    let log = Log::new(5);
    let row = |id, epoch| UnitItem { id: unit(id), parent: Some(1), kind: Some(0), alive: true, epoch, pledges: 1 };
    let fresh_epoch = |id: Id| Some((id, public(UNIT_SEED), 0, id));
    let other = Id([9; 32]);
    let swap = |device: &mut Device, rows: &[UnitItem<'_>]| {
        provision_with(device, &with_rows(&log, rows), &log.checkpoint(), &[]).map(|bytes| {
            let attestation = Attestation::decode(&bytes).unwrap();
            (attestation.body().unit.as_str().to_owned(), attestation.body().epoch, attestation.body().seq)
        })
    };
    let left = Err(Refusal::Roster(RosterFault::Left));
    let crafted: [&[UnitItem<'_>]; 2] = [
        // In an epoch that never was.
        &[row(WARD, fresh_epoch(other))],
        // The key is another unit's for a while.
        &[row(WARD, None), row("wil:99", fresh_epoch(other))],
    ];
    for rows in crafted {
        let mut device = ready(&log);
        assert!(swap(&mut device, rows).is_ok());
        let mut device = boot(device.into_flash()).unwrap();
        let back = swap(&mut device, &[row(WARD, fresh_epoch(log.ward)), row("wil:99", None)]);
        assert_eq!(back, left);
        assert_eq!(stage(&mut device), Stage::Ready);
    }
    // The same epoch under another name: its numbers go on.
    let mut device = ready(&log);
    let renamed = [row(WARD, None), row("wil:99", fresh_epoch(log.ward))];
    assert_eq!(swap(&mut device, &renamed), Ok(("wil:99".to_owned(), log.ward, 1)));
    // An epoch may be left, and another entered, so often and no more.
    let mut device = ready(&log);
    for turn in 0..4 {
        assert!(swap(&mut device, &[row(WARD, fresh_epoch(Id([20 + turn; 32])))]).is_ok());
    }
    let more = swap(&mut device, &[row(WARD, fresh_epoch(Id([40; 32])))]);
    assert_eq!(more, Err(Refusal::Roster(RosterFault::TooLarge)));
}
