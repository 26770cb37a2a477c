//! Floors and pipeline in one run, in the CPU time of this process.

use std::collections::HashMap;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use ed25519_dalek::{Signature, VerifyingKey};
use ikrar_core::attestation::Attestation;
use ikrar_core::digest::{Id, PublicKey, signing_message};
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::signature::{DecodedKey, verify};
use ikrar_core::statement::Statement;
use ikrar_log::batch::{Batch, KeyPlace};
use ikrar_log::verify::{Effort, verify_keeping};
use rustix::time::{ClockId, clock_gettime};
use sha2::{Digest as _, Sha256};

use crate::{Error, synthetic};

/// As in the pipeline.
const BATCH: usize = 8_192;

/// A signature with the key in force for it.
struct Signed {
    key: PublicKey,
    id: Id,
    signature: [u8; 64],
}

/// Measures a generated log, each thing so many times, of which the quickest counts.
pub(crate) fn measure(out: &Path, times: usize) -> Result<(), Error> {
    let (store, trust) = synthetic::open(out)?;
    let bytes = store.checkpoint()?;
    let opened = ikrar_log::verify::open_checkpoint(&bytes, &trust).map_err(|finding| finding.detail.to_string())?;
    let entries: Vec<Vec<u8>> = store
        .entries(0..opened.size(), opened.size())?
        .map(|read| read.map(|(_, entry)| entry))
        .collect::<Result<_, _>>()?;
    let signed = signatures(&entries)?;
    let keys: HashMap<PublicKey, ()> = signed.iter().map(|it| (it.key, ())).collect();
    let length = entries.iter().map(Vec::len).sum::<usize>() / entries.len().max(1);
    println!("{}: {} entries of {length} bytes on average, {} keys", out.display(), entries.len(), keys.len());

    let each = |name: &str, cost: f64| println!("{name:<44} {cost:>9.3} µs of CPU for each entry");
    let sha = best(times * 5, || {
        entries.iter().for_each(|entry| {
            black_box(Sha256::digest(entry));
        })
    });
    let batch = best(times, || assert!(in_batches(&signed)));
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

/// Seconds of CPU that the quickest of some runs took.
fn best(times: usize, mut run: impl FnMut()) -> f64 {
    let cpu = || {
        let now = clock_gettime(ClockId::ProcessCPUTime);
        std::time::Duration::new(now.tv_sec.try_into().unwrap_or(0), now.tv_nsec.try_into().unwrap_or(0))
    };
    (0..times).fold(f64::INFINITY, |least, _| {
        let start = cpu();
        run();
        least.min((cpu() - start).as_secs_f64())
    })
}

/// Every signature of the log, with the key that its unit was enrolled with.
fn signatures(entries: &[Vec<u8>]) -> Result<Vec<Signed>, Error> {
    let mut keys = HashMap::new();
    let mut signed = Vec::with_capacity(entries.len());
    for entry in entries {
        let Payload::Attestation(bytes) = Entry::decode(entry)?.payload else { continue };
        let attestation = Attestation::decode(bytes)?;
        let installs = match &attestation.body().statement {
            Statement::Genesis(genesis) => Some(genesis.root_key),
            Statement::Enroll(enroll) => enroll.key,
            _ => None,
        };
        keys.extend(installs.map(|key| (attestation.id(), key)));
        let epoch = if keys.len() == 1 && signed.is_empty() { attestation.id() } else { attestation.body().epoch };
        let key = *keys.get(&epoch).ok_or("an epoch that nobody installed")?;
        signed.push(Signed { key, id: attestation.id(), signature: *attestation.signature() });
    }
    Ok(signed)
}

fn in_batches(signed: &[Signed]) -> bool {
    let mut decoded: HashMap<PublicKey, DecodedKey> = HashMap::new();
    signed.chunks(BATCH).all(|part| {
        let mut batch = Batch::with_capacity(part.len());
        let mut places: HashMap<PublicKey, KeyPlace> = HashMap::new();
        for it in part {
            let key = *places.entry(it.key).or_insert_with(|| {
                let key = decoded.entry(it.key).or_insert_with(|| DecodedKey::new(&it.key).expect("a key that passes"));
                batch.key(key)
            });
            let _ = batch.push(key, &signing_message(&it.id), &it.signature);
        }
        batch.verify().into_iter().all(|good| good)
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
