//! Ten thousand fresh pledges in one call, against the batches of their signatures alone.

use std::num::NonZeroUsize;
use std::path::Path;

use ikrar_core::attestation::Attestation;
use ikrar_log::intake::{Intake, Taken};
use ikrar_log::store::Store;
use ikrar_log::verify::Effort;

use crate::Error;
use crate::cpu::best;
use crate::registry::Registry;
use crate::signatures::{in_batches, signatures};

const PLEDGES: usize = 10_000;

/// What a call cost, and what came of it.
struct Run {
    cost: f64,
    taken: Vec<Taken>,
    entries: Vec<Vec<u8>>,
}

/// Measures pledges of so many units, each thing so many times, of which the quickest counts.
pub(crate) fn measure(out: &Path, units: usize, times: usize) -> Result<(), Error> {
    let registry = Registry::generate(out, units, PLEDGES)?;
    let Registry { pledges, now, .. } = &registry;
    println!("{} fresh pledges of {units} units; the log has {} entries", pledges.len(), registry.entries.len());
    let before = registry.entries.iter().filter_map(|entry| entry.get(ikrar_core::entry::HEADER_LENGTH..));
    let signed = signatures(before.chain(pledges.iter().map(Vec::as_slice)))?.split_off(registry.entries.len());
    assert_eq!(signed.len(), pledges.len());
    let effort = Effort::new(NonZeroUsize::MIN);
    let nothing = Store::open(ikrar_log::medium::Folder::new(registry.beside("nothing")?));
    let intake = |offered: &[Vec<u8>]| -> Result<Run, Error> {
        let mut gate = Intake::with_effort(registry.state.clone(), *now, effort);
        let mut taken = None;
        let cost = best(1, || taken = Some(gate.take(offered, &nothing)));
        Ok(Run { cost, taken: taken.ok_or("not run")??, entries: gate.entries().to_vec() })
    };
    let offer = |offered: &[Vec<u8>], goes_in: bool| -> Result<f64, Error> {
        let Run { cost, taken, .. } = intake(offered)?;
        assert!(taken.iter().all(|taken| matches!(taken, Taken::Logged { no_effect: None, .. }) == goes_in));
        Ok(cost)
    };
    let entries = intake(pledges)?.entries;
    let reversed: Vec<_> = pledges.iter().rev().cloned().collect();
    let is_first = |bytes: &&Vec<u8>| Attestation::decode(bytes).is_ok_and(|it| it.body().seq == 0);
    let skipped: Vec<_> = pledges.iter().filter(|bytes| !is_first(bytes)).cloned().collect();

    // By turns, for what else the machine does changes.
    let [mut floor, mut gate, mut append, mut in_reverse, mut refused] = [f64::INFINITY; 5];
    for _ in 0..times {
        // Whichever is quicker: batches as the verifier takes them, or one of all.
        floor = floor.min(best(1, || assert!(in_batches(&signed, 8_192))));
        floor = floor.min(best(1, || assert!(in_batches(&signed, PLEDGES))));
        gate = gate.min(offer(pledges, true)?);
        let mut writer = registry.start()?;
        let mut head = Err("not run".into());
        append = append.min(best(1, || head = writer.append(&entries, |head| registry.checkpoint(head))));
        head?;
        in_reverse = in_reverse.min(offer(&reversed, true)?);
        refused = refused.min(offer(&skipped, false)?);
    }

    let count = f64::from(u32::try_from(pledges.len())?);
    let each = |name: &str, cost: f64| println!("{name:<52} {:>8.3} µs of CPU for each", cost * 1e6 / count);
    each("batches of signatures alone", floor);
    each("intake", gate);
    each("intake, handed in in reverse", in_reverse);
    each("append, all in one durable publication", append);
    if !skipped.is_empty() {
        let share = count / f64::from(u32::try_from(skipped.len())?);
        each("intake, all refused for a missing one before them", refused * share);
    }
    let ratio = |name: &str, ratio: f64| println!("{name:<60} {ratio:>7.2}");
    ratio("intake ÷ batches alone", gate / floor);
    ratio("intake and append ÷ batches alone (must 1.5, stretch 1.2)", (gate + append) / floor);
    Ok(())
}
