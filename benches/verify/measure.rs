//! Floors and pipeline in one run, in the CPU time of this process.

use std::collections::HashMap;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use ed25519_dalek::{Signature, VerifyingKey};
use ikrar_core::digest::{PublicKey, signing_message};
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::signature::verify;
use ikrar_log::verify::{Effort, verify_keeping};
use sha2::{Digest as _, Sha256};

use crate::cpu::best;
use crate::signatures::{Signed, in_batches, signatures};
use crate::{Error, synthetic};

/// As in the pipeline.
const BATCH: usize = 8_192;

/// Measures a generated log, each thing so many times, of which the quickest counts.
pub(crate) fn measure(out: &Path, times: usize) -> Result<(), Error> {
    let (store, trust) = synthetic::open(out)?;
    let bytes = store.checkpoint()?;
    let opened = ikrar_log::verify::open_checkpoint(&bytes, &trust).map_err(|finding| finding.detail.to_string())?;
    let entries: Vec<Vec<u8>> = store
        .entries(0..opened.size(), opened.size())?
        .map(|read| read.map(|(_, entry)| entry))
        .collect::<Result<_, _>>()?;
    let signed = signatures(attestations(&entries))?;
    let keys: HashMap<PublicKey, ()> = signed.iter().map(|it| (it.key, ())).collect();
    let length = entries.iter().map(Vec::len).sum::<usize>() / entries.len().max(1);
    println!("{}: {} entries of {length} bytes on average, {} keys", out.display(), entries.len(), keys.len());

    let each = |name: &str, cost: f64| println!("{name:<44} {cost:>9.3} µs of CPU for each entry");
    let sha = best(times * 5, || {
        entries.iter().for_each(|entry| {
            black_box(Sha256::digest(entry));
        })
    });
    let batch = best(times, || assert!(in_batches(&signed, BATCH)));
    let single =
        best(1, || assert!(signed.iter().all(|it| verify(&it.key, &signing_message(&it.id), &it.signature).is_ok())));
    let strict = best(1, || assert!(strictly(&signed)));
    let pipeline = |threads: &str| -> Result<(f64, f64), Error> {
        let effort = Effort::new(threads.parse()?);
        let run = || {
            let verification = verify_keeping(&store, &trust, None, effort, |_, _| {});
            assert!(verification.is_ok_and(|it| it.findings.is_empty()));
        };
        let (mut cpu, mut wall) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..times {
            let start = Instant::now();
            cpu = cpu.min(best(1, run));
            wall = wall.min(start.elapsed().as_secs_f64());
        }
        Ok((cpu, wall))
    };
    let (one, wall_one) = pipeline("1")?;
    let (two, wall_two) = pipeline("2")?;
    let count = f64::from(u32::try_from(entries.len())?);
    let micros = |seconds: f64| seconds * 1e6 / count;
    each("one SHA-256 of the entry", micros(sha));
    each("batches of signatures alone", micros(batch));
    each("signatures one by one, our rule", micros(single));
    each("signatures one by one, verify_strict", micros(strict));
    each("verification, one thread", micros(one));
    each("verification, two threads", micros(two));
    let ratio = |name: &str, ratio: f64| println!("{name:<60} {ratio:>7.2}");
    ratio("verification ÷ batches alone (must 1.25, stretch 1.10)", one / batch);
    ratio("all but signatures ÷ one SHA-256 (must 6, stretch 4)", (one - batch) / sha);
    ratio("verify_strict ÷ verification (16 keys: 3, 3.5; distinct: 2, 2.7)", strict / one);
    ratio("one thread ÷ two threads, by the clock (must 1.8, stretch 1.9)", wall_one / wall_two);
    ratio("CPU of two threads ÷ of one", two / one);
    println!("by the clock: {wall_one:.2} s on one thread, {wall_two:.2} s on two");
    Ok(())
}

fn attestations(entries: &[Vec<u8>]) -> impl Iterator<Item = &[u8]> {
    entries.iter().filter_map(|entry| match Entry::decode(entry).ok()?.payload {
        Payload::Attestation(bytes) => Some(bytes),
        Payload::Anchor(_) => None,
    })
}

fn strictly(signed: &[Signed]) -> bool {
    let mut decoded: HashMap<PublicKey, VerifyingKey> = HashMap::new();
    signed.iter().all(|it| {
        let key =
            decoded.entry(it.key).or_insert_with(|| VerifyingKey::from_bytes(&it.key.0).expect("a key that passes"));
        key.verify_strict(&signing_message(&it.id), &Signature::from_bytes(&it.signature)).is_ok()
    })
}
