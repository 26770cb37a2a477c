//! Whatever is on the flash, mounting, reading and going on end without a panic.

#[path = "flash.rs"]
mod flash;
#[path = "scenario.rs"]
mod scenario;

use flash::{Flash, Random};
use ikrar_core::entry::Payload;
use ikrar_core::field::Time;
use ikrar_journal::{Geometry, Journal, Mark, WhenFull};
use proptest::prelude::*;
use scenario::{PAGE, PAGES, START, World, scenario};

/// Uses whatever can be mounted of these contents.
fn use_it<const W: usize>(cells: Vec<u8>, when_full: WhenFull) {
    let flash = Flash::<W>::with(cells, Random(1));
    let geometry = Geometry::new(&flash, START, PAGE, PAGES).unwrap();
    let Ok(mut journal) = Journal::mount(flash, geometry, when_full, |_| {}) else { return };
    let mut buffer = [0; 1_024];
    for from in [0, journal.first(), journal.chain().size(), u64::MAX] {
        if let Ok(mut cursor) = journal.cursor(from) {
            for _ in 0..200 {
                if let Ok(None) = journal.next(&mut cursor, &mut buffer) {
                    break;
                }
            }
        }
    }
    let _ = journal.awaiting(&mut buffer);
    let sound = journal.damage().is_none();
    let size = journal.chain().size();
    let outcome = journal.append(Time::UNKNOWN, Payload::Attestation(&[1; 99]), Mark::Applied);
    assert!(sound || outcome.is_err(), "damage is never written over");
    assert_eq!(journal.chain().size(), size + u64::from(outcome.is_ok()));
}

fn used<const W: usize>(seed: u64, operations: usize) -> Vec<u8> {
    let mut world = World::<W>::new(WhenFull::GiveUpOldest, seed);
    for op in scenario(seed).iter().take(operations) {
        let _ = world.act(op);
    }
    world.into_flash().0.cells
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn noise_does_not_panic(seed: u64, density in 0_u32..9) {
        let mut random = Random(seed);
        let bytes = usize::try_from(START + PAGE * PAGES).unwrap();
        // From all erased to all noise.
        let cells: Vec<u8> = (0..bytes)
            .map(|_| if random.below(8) < usize::try_from(density).unwrap() { random.byte() } else { 0xFF })
            .collect();
        use_it::<4>(cells.clone(), WhenFull::Refuse);
        use_it::<32>(cells, WhenFull::GiveUpOldest);
    }

    #[test]
    fn a_journal_overwritten_in_places_does_not_panic(
        seed in 0_u64..4,
        operations in 1_usize..80,
        spots in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 1_usize..40), 1..12),
        give_up: bool,
    ) {
        let mut cells = used::<4>(seed, operations);
        for (at, value, length) in spots {
            let at = at.index(cells.len());
            let end = (at + length).min(cells.len());
            cells[at..end].fill(value);
        }
        use_it::<4>(cells, if give_up { WhenFull::GiveUpOldest } else { WhenFull::Refuse });
    }

    #[test]
    fn pages_in_another_order_do_not_panic(seed in 0_u64..4, from in 0_u32..PAGES, to in 0_u32..PAGES, erase: bool) {
        let mut cells = used::<8>(seed, 70);
        let place = |slot: u32| {
            let start = usize::try_from(START + slot * PAGE).unwrap();
            start..start + usize::try_from(PAGE).unwrap()
        };
        cells.copy_within(place(from), place(to).start);
        if erase {
            cells[place(from)].fill(0xFF);
        }
        use_it::<8>(cells, WhenFull::GiveUpOldest);
    }
}
