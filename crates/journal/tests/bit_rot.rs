//! One flipped bit, anywhere in a journal: mounting says where, and what was taken is not shown otherwise than it was.

#[path = "flash.rs"]
mod flash;
#[path = "scenario.rs"]
mod scenario;

use flash::{Flash, Random};
use ikrar_journal::{Finding, Journal, WhenFull};
use scenario::{PAGE, PAGES, START, World, scenario};

fn page_of(finding: &Finding) -> Option<u32> {
    match finding {
        Finding::Torn { page, .. }
        | Finding::TornTail { page, .. }
        | Finding::WeakCommit { page, .. }
        | Finding::Unopened { page }
        | Finding::GivenUp { page }
        | Finding::BadHeader { page, .. }
        | Finding::BadRecord { page, .. }
        | Finding::RecordLost { page, .. }
        | Finding::OutOfPlace { page, .. }
        | Finding::ChainBroken { page, .. }
        | Finding::PageLost { page } => Some(*page),
        Finding::EntriesLost { .. } => None,
    }
}

/// The entries that can still be read, by index.
fn read<const W: usize>(journal: &mut Journal<Flash<W>>) -> Vec<(u64, Vec<u8>)> {
    let mut buffer = [0; 2_048];
    let mut entries = Vec::new();
    let Ok(mut cursor) = journal.cursor(journal.first()) else { return entries };
    for _ in 0..10_000 {
        match journal.next(&mut cursor, &mut buffer) {
            Ok(None) => return entries,
            Ok(Some(recorded)) => entries.push((recorded.index, recorded.entry.to_vec())),
            Err(_) => {}
        }
    }
    panic!("reading does not end");
}

/// Every 23rd bit, or every one where `IKRAR_CUTS` asks to be thorough.
fn every_bit<const W: usize>(when_full: WhenFull) {
    let step = if std::env::var_os("IKRAR_CUTS").is_some() { 1 } else { 23 };
    let mut world = World::<W>::new(when_full, 5);
    for op in scenario(5) {
        let _ = world.act(&op);
    }
    let newest_head = world.journal().tree_head();
    let geometry = world.journal().geometry();
    let (flash, taken, _) = world.into_flash();
    let area = usize::try_from(START).unwrap()..usize::try_from(START + PAGE * PAGES).unwrap();
    let (mut damaged, mut remarked, mut bits) = (0, 0, 0_u64);
    for bit in (area.start * 8..area.end * 8).step_by(step) {
        let (at, mask) = (bit / 8, 1_u8 << (bit % 8));
        let mut cells = flash.cells.clone();
        cells[at] ^= mask;
        let mut findings = Vec::new();
        let rotten = Flash::<W>::with(cells, Random(0));
        let mut journal = Journal::mount(rotten, geometry, when_full, |finding| findings.push(finding)).unwrap();
        bits += 1;
        let slot = u32::try_from((at - area.start) / usize::try_from(PAGE).unwrap()).unwrap();
        let located = findings.iter().any(|finding| page_of(finding).is_some_and(|page| page % PAGES == slot));
        assert!(located, "W {W}: bit {bit} of slot {slot} is not located: {findings:?}");
        damaged += u64::from(journal.damage().is_some());
        remarked += u64::from(journal.damage().is_none());
        for (index, entry) in read(&mut journal) {
            let right = &taken[usize::try_from(index).unwrap()];
            assert!(entry == *right, "W {W}: bit {bit} makes entry {index} another: {findings:?}");
        }
        // What is taken for sound is whole, or ends earlier; then it can't vouch for what a host has seen.
        if journal.damage().is_none() {
            assert_eq!(journal.tree_head(), newest_head, "W {W}: bit {bit} cuts the tail unnoticed");
        }
    }
    println!("words of {W} bytes, {when_full:?}: {bits} bits flipped: {damaged} damage, {remarked} remarks");
    assert!(damaged > bits / 4 && remarked > 0);
}

#[test]
fn no_flipped_bit_goes_unnoticed_with_words_of_1() {
    every_bit::<1>(WhenFull::Refuse);
    every_bit::<1>(WhenFull::GiveUpOldest);
}

#[test]
fn no_flipped_bit_goes_unnoticed_with_words_of_8() {
    every_bit::<8>(WhenFull::Refuse);
    every_bit::<8>(WhenFull::GiveUpOldest);
}

#[test]
fn no_flipped_bit_goes_unnoticed_with_words_of_32() {
    every_bit::<32>(WhenFull::Refuse);
    every_bit::<32>(WhenFull::GiveUpOldest);
}
