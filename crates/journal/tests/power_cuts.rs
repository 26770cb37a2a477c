//! Power is cut at every call that writes or erases, and again while the journal recovers. Nothing that was taken may be
//! lost, nothing else may appear, and no number may be signed twice.

#[path = "flash.rs"]
mod flash;
#[path = "scenario.rs"]
mod scenario;

use flash::{Fault, Flash, Random};
use ikrar_core::entry::Payload;
use ikrar_core::field::Time;
use ikrar_journal::{Error, Geometry, Journal, Mark, WhenFull};
use scenario::{Op, PAGES, World, scenario};

/// What one run of cuts came to.
#[derive(Default)]
struct Tally {
    cuts: u64,
    given_up: u64,
    torn: u64,
    unopened: u64,
    compared: u64,
}

/// Does the operation, with power coming back after each cut; `later` gives the calls at which it is cut.
fn survive<const W: usize>(world: &mut World<W>, op: &Op, mut cuts: Vec<u64>, tally: &mut Tally) {
    loop {
        let cut = cuts.pop();
        world.arm(cut);
        match world.act(op) {
            Ok(()) | Err(Error::Full) => {
                world.arm(None);
                return;
            }
            Err(Error::Flash(Fault::Off)) => tally.cuts += 1,
            Err(other) => panic!("W {W}, {op:?}: {other}"),
        }
        loop {
            let findings = world.restart(cuts.pop());
            for finding in findings {
                assert!(!finding.is_damage(), "W {W}, {op:?}: {finding}");
                match finding {
                    ikrar_journal::Finding::GivenUp { .. } => tally.given_up += 1,
                    ikrar_journal::Finding::Unopened { .. } => tally.unopened += 1,
                    _ => tally.torn += 1,
                }
            }
            world.check();
            match world.recover() {
                Ok(()) => break,
                Err(Error::Flash(Fault::Off)) => tally.cuts += 1,
                Err(other) => panic!("W {W}, recovering from {op:?}: {other}"),
            }
        }
        world.arm(None);
        if world.did(op) {
            return;
        }
    }
}

/// Torn stretches take room, so the two may be full at different times; but for that, they hold the same.
fn same_as_uncut<const W: usize>(world: &World<W>, before: &mut World<W>, rest: &[Op]) -> bool {
    let mut straight = before.clone_from_flash();
    rest.iter().for_each(|op| survive(&mut straight, op, Vec::new(), &mut Tally::default()));
    let refused = world.refused() + straight.refused() > 2 * before.refused();
    assert!(refused || world.taken() == straight.taken(), "W {W}: other contents than without a cut");
    !refused
}

fn cut_everywhere<const W: usize>(when_full: WhenFull, seed: u64, every: usize) -> Tally {
    let ops = scenario(seed);
    let mut tally = Tally::default();
    let mut random = Random(seed ^ 0xC07);
    let mut before = World::<W>::new(when_full, seed);
    for (number, op) in ops.iter().enumerate() {
        let mut uncut = before.clone_from_flash();
        let start = uncut.calls();
        match uncut.act(op) {
            Ok(()) | Err(Error::Full) => {}
            Err(other) => panic!("W {W}, {op:?} without a cut: {other}"),
        }
        let calls = uncut.calls() - start;
        for call in 1..=calls {
            for _ in 0..every {
                let mut world = before.clone_from_flash();
                world.reseed(random.next());
                // The second and third cut come while the first is mended or the operation is done again.
                let again = |random: &mut Random| 1 + random.next() % 12;
                let cuts = match random.below(3) {
                    0 => vec![call],
                    1 => vec![again(&mut random), call],
                    _ => vec![again(&mut random), again(&mut random), again(&mut random), call],
                };
                survive(&mut world, op, cuts, &mut tally);
                world.check();
                // It goes on: a little way always, to the end now and then.
                let rest = if random.below(61) == 0 { ops.len() } else { number + 3 };
                for next in ops.get(number + 1..rest.min(ops.len())).unwrap_or_default() {
                    survive(&mut world, next, Vec::new(), &mut tally);
                }
                world.check();
                if rest == ops.len() && !world.varies() {
                    tally.compared += u64::from(same_as_uncut(&world, &mut before, &ops[number..]));
                }
            }
        }
        before = uncut;
    }
    before.check();
    match when_full {
        WhenFull::GiveUpOldest => assert!(before.journal().first() > 0, "the scenario gives pages up"),
        WhenFull::Refuse => assert!(before.refused() > 0 && before.journal().first() == 0, "the scenario fills it"),
    }
    tally
}

/// `IKRAR_CUTS=4` makes eight times as many cuts.
fn run<const W: usize>() {
    let thorough = std::env::var("IKRAR_CUTS").ok().and_then(|value| value.parse().ok()).unwrap_or(1_u64);
    let mut total = Tally::default();
    for seed in 0..thorough.max(2) {
        for when_full in [WhenFull::GiveUpOldest, WhenFull::Refuse] {
            let tally = cut_everywhere::<W>(when_full, seed, usize::try_from(thorough).unwrap());
            total.cuts += tally.cuts;
            total.given_up += tally.given_up;
            total.torn += tally.torn;
            total.unopened += tally.unopened;
            total.compared += tally.compared;
        }
    }
    println!(
        "words of {W} bytes, {PAGES} pages: {} cuts; mounts that saw torn records {}, pages half opened {}, given up {}; {} runs held the same as an uncut one",
        total.cuts, total.torn, total.unopened, total.given_up, total.compared
    );
    assert!(total.cuts > 500 && total.torn > 100 && total.unopened > 10 && total.given_up > 0 && total.compared > 0);
}

#[test]
fn nothing_taken_is_lost_with_words_of_1() {
    run::<1>();
}

#[test]
fn nothing_taken_is_lost_with_words_of_2() {
    run::<2>();
}

#[test]
fn nothing_taken_is_lost_with_words_of_4() {
    run::<4>();
}

#[test]
fn nothing_taken_is_lost_with_words_of_8() {
    run::<8>();
}

#[test]
fn nothing_taken_is_lost_with_words_of_16() {
    run::<16>();
}

#[test]
fn nothing_taken_is_lost_with_words_of_32() {
    run::<32>();
}

/// A header that lacks only its last byte must stay torn, whatever is written after it: also where that byte would fit.
#[test]
fn a_torn_header_is_not_completed_by_the_next_record() {
    let geometry = |flash: &Flash<1>| Geometry::new(flash, 0, 2_048, 3).unwrap();
    let mount = |flash: Flash<1>| {
        let geometry = geometry(&flash);
        Journal::mount(flash, geometry, WhenFull::Refuse, |finding| assert!(!finding.is_damage(), "{finding}")).unwrap()
    };
    for variant in 0_u16..600 {
        let payload = [&variant.to_be_bytes()[..], &[0; 30]].concat();
        let payload = Payload::Attestation(&payload);
        let flash = Flash::<1>::new(3 * 2_048, 1);
        let place = geometry(&flash);
        let mut journal = Journal::format(flash, place, WhenFull::Refuse).unwrap();
        journal.append(Time::UNKNOWN, payload, Mark::Applied).unwrap();
        let mut cells = journal.into_flash().cells;
        // Page header, base without hashes, all of the header but its last byte.
        cells[32 + (16 + 44 + 1) + 15..2_048].fill(0xFF);
        let mut journal = mount(Flash::with(cells, Random(1)));
        assert_eq!(journal.chain().size(), 0);
        journal.append(Time::UNKNOWN, payload, Mark::Applied).unwrap();
        let mut journal = mount(journal.into_flash());
        assert_eq!(journal.chain().size(), 1);
        let mut cursor = journal.cursor(0).unwrap();
        assert!(journal.next(&mut cursor, &mut [0; 200]).unwrap().is_some());
    }
}
