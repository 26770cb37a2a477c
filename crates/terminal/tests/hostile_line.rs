//! Whatever comes over the line, the device answers or waits; it never panics, and its numbers stay its own.

#[path = "../../journal/tests/flash.rs"]
mod flash;
mod world;

use flash::Random;
use ikrar_core::field::ProofBytes;
use ikrar_terminal::wire::{Answer, Refusal, Request, decode, encode};
use world::*;

/// One message of each kind, good ones.
fn messages(log: &Log) -> Vec<Vec<u8>> {
    let (checkpoint, statement) = (log.checkpoint(), encoded(&pledge(11)));
    let (attestation, _) = attest(DISTRICT_SEED, (DISTRICT, log.district, 0, log.district), pledge(3));
    let leaves = log.leaves();
    let proof = inclusion(&leaves, 1);
    let proof = ProofBytes::new(&proof).unwrap();
    let none = ProofBytes::new(&[]).unwrap();
    let mut requests = vec![
        Request::Identify,
        Request::Head,
        Request::Provision,
        Request::Conclude { checkpoint: &checkpoint, proof: none, made_at: now() },
        Request::Sign { made_at: now(), statement: &statement },
        Request::Append(&attestation),
        Request::Checkpoint,
        Request::Acknowledge { size: 1, root: leaves[0] },
        Request::Read(0),
        Request::Item(3),
        Request::Base,
        Request::Receipt { checkpoint: &checkpoint, index: 1 },
        Request::Proven { index: 1, entry: &log.entries[1], proof },
        Request::Verdict,
    ];
    let items = log.roster();
    requests.extend(items.iter().map(|item| Request::Provide(item)));
    let mut buffer = [0; 3_000];
    requests.iter().map(|request| encode(7, request, &mut buffer).unwrap().to_vec()).collect()
}

#[test]
fn mutated_requests_are_answered_one_by_one() {
    let log = Log::new(3);
    let good = messages(&log);
    let mut random = Random(5);
    let mut device = boot(chip(5)).unwrap();
    let mut answers = 0;
    for turn in 0..6_000 {
        if turn % 200 == 0 {
            device = boot(device.into_flash()).unwrap();
        }
        let mut message = good[random.below(good.len())].clone();
        for _ in 0..random.below(3) {
            let at = random.below(message.len());
            match random.below(4) {
                0 => message[at] = random.byte(),
                1 => message.truncate(at + 1),
                2 => message.insert(at, random.byte()),
                _ => {
                    let other = &good[random.below(good.len())];
                    let from = random.below(other.len());
                    message.truncate(at + 1);
                    message.extend(&other[from..]);
                }
            }
        }
        let answer = say(&mut device, &message);
        decode::<Answer<'_>>(&answer).unwrap();
        answers += 1;
    }
    assert_eq!(answers, 6_000);
}

#[test]
fn noise_and_endless_frames_do_not_stop_the_device() {
    let log = Log::new(3);
    let mut device = boot(chip(6)).unwrap();
    provision(&mut device, &log, &[]).unwrap();
    let mut random = Random(6);
    let mut answer = Vec::new();
    for length in [0, 1, 5, 300, 70_000] {
        (0..length).for_each(|_| device.take(random.byte() | 1, &mut |bytes| answer.extend_from_slice(bytes)));
        answer.clear();
        device.take(0, &mut |bytes| answer.extend_from_slice(bytes));
        if length > 0 {
            let answer = unframed(&answer);
            let (number, answer) = decode::<Answer<'_>>(&answer).unwrap();
            assert_eq!(number, 0);
            assert!(matches!(answer, Answer::Refused(Refusal::Garbled | Refusal::TooLong)), "{answer:?}");
        }
        ask(&mut device, &Request::Head, |answer| assert!(matches!(answer, Answer::Head(_))));
    }
}

#[test]
fn another_version_is_told_from_noise() {
    let mut device = boot(chip(7)).unwrap();
    let answer = say(&mut device, &[2, 7, 0]);
    assert_eq!(decode::<Answer<'_>>(&answer).unwrap(), (0, Answer::Refused(Refusal::Version)));
    let answer = say(&mut device, &[1, 7, 99]);
    assert_eq!(decode::<Answer<'_>>(&answer).unwrap(), (0, Answer::Refused(Refusal::Malformed)));
}

#[test]
fn the_longest_message_that_is_told_is_the_longest_that_is_taken() {
    let mut device = boot(chip(8)).unwrap();
    let longest = ask(&mut device, &Request::Identify, |answer| match answer {
        Answer::Identity(identity) => usize::from(identity.message),
        other => panic!("{other:?}"),
    });
    let message = |length: usize| [&[1, 7][..], &vec![9; length - 2]].concat();
    let refusal = |device: &mut Device, length| {
        let answer = say(device, &message(length));
        match decode::<Answer<'_>>(&answer).unwrap().1 {
            Answer::Refused(refusal) => refusal,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refusal(&mut device, longest), Refusal::Malformed);
    assert_eq!(refusal(&mut device, longest + 1), Refusal::TooLong);
}
