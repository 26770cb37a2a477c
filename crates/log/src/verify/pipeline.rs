//! The entries of a log through all that looks at them, on several threads (docs/performance.md).
//!
//! ```text
//! a thread takes   reads bundles ─▶ hashes ─▶ names keys ─▶ batch of signatures ─▶ state machine, tiles ─▶ the next stretch
//! a stretch        one at a time             in order                             in order
//! ```
//!
//! What is in order depends on what came before; the rest, nearly all of the work, does not. So neither verdicts nor findings
//! depend on the number of threads. Each thread holds one stretch, whose bytes are bounded.

use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use ikrar_core::attestation::HashedAttestation;
use ikrar_core::digest::{Id, PublicKey, signing_message};
use ikrar_core::entry::HashedEntry;

use super::found::Found;
use super::in_turn::InTurn;
use super::speakers::{Installation, Speakers};
use crate::batch::{Batch, KeyPlace};
use crate::medium::Medium;
use crate::store::{self, Bundles, LogBundle};

/// Entries in a stretch, and signatures in its batch. More gain little.
const ENTRIES: NonZeroUsize = NonZeroUsize::new(8_192).expect("not zero");
/// Bytes after which a stretch takes no further bundle.
const BYTES: usize = 8 << 20;

/// What entries are shown to, in order.
pub(super) trait Audience: Send {
    /// The next entry, with what was found out before.
    fn entry(&mut self, entry: &HashedEntry<'_>, found: Found<'_>);
    /// A stretch has ended.
    fn pause(&mut self);
}

/// How the work is done; nothing of it changes what is found.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Threads.
    pub threads: NonZeroUsize,
    /// Most entries whose signatures are checked together.
    pub batch: NonZeroUsize,
}

impl Effort {
    /// With so many threads.
    pub fn new(threads: NonZeroUsize) -> Self {
        Self { threads, batch: ENTRIES }
    }
}

/// As many threads as there are processors to run them.
impl Default for Effort {
    fn default() -> Self {
        Self::new(std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN))
    }
}

/// Shows all entries but the first `skipped` ones of the first bundle to `audience`, which is given back with the error
/// that ended the reading, if one did.
pub(super) fn run<M: Medium + Sync, A: Audience>(
    bundles: Bundles<'_, M>,
    skipped: usize,
    speakers: Speakers,
    audience: A,
    effort: Effort,
) -> (A, Option<store::Error>) {
    let reader = Reader { bundles, skipped, open: None, taken: 0, batch: effort.batch.get(), broken: None };
    let work = Work { reader: Mutex::new(reader), speakers: InTurn::new(speakers), audience: InTurn::new(audience) };
    std::thread::scope(|scope| {
        for _ in 1..effort.threads.get() {
            // Where the system gives no more threads, those that there are do all the work.
            let _ = std::thread::Builder::new().spawn_scoped(scope, || work.go_on());
        }
        work.go_on();
    });
    let reader = work.reader.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    (work.audience.into_state(), reader.broken)
}

struct Work<'s, M, A> {
    reader: Mutex<Reader<'s, M>>,
    speakers: InTurn<Speakers>,
    audience: InTurn<A>,
}

impl<M: Medium + Sync, A: Audience> Work<'_, M, A> {
    fn go_on(&self) {
        let _wake = WakeOthers(self);
        loop {
            let Some((number, stretch)) = self.reader.lock().ok().and_then(|mut reader| reader.stretch()) else {
                return;
            };
            if self.work_on(number, &stretch).is_none() {
                return;
            }
        }
    }

    /// `None` where another thread has died.
    fn work_on(&self, number: u64, stretch: &[Piece]) -> Option<()> {
        let entries: Vec<HashedEntry<'_>> = stretch.iter().flat_map(Piece::entries).map(HashedEntry::new).collect();
        let installations: Vec<(usize, Installation)> = (entries.iter().enumerate())
            .filter_map(|(at, entry)| Some((at, Installation::of(entry.attestation()?)?)))
            .collect();
        let mut batch = Batch::with_capacity(entries.len());
        let keys =
            self.speakers.take(number, |speakers| name_keys(&entries, &installations, number, speakers, &mut batch))?;
        let signed = check(entries.iter().map(HashedEntry::attestation), &keys, batch);
        self.audience.take(number, |audience| {
            let mut installs = installations.iter().peekable();
            for (at, (entry, signed)) in entries.iter().zip(signed).enumerate() {
                let installs = installs.next_if(|(place, _)| *place == at).map(|(_, installation)| installation);
                audience.entry(entry, Found { signed, installs });
            }
            audience.pause();
        })
    }
}

/// The key of each entry, as far as it can be told.
fn name_keys(
    entries: &[HashedEntry<'_>],
    installations: &[(usize, Installation)],
    number: u64,
    speakers: &mut Speakers,
    batch: &mut Batch,
) -> Vec<Option<KeyPlace>> {
    let mut installs = installations.iter().peekable();
    let named = entries.iter().enumerate().map(|(at, entry)| {
        let key = entry.attestation().and_then(|attestation| speakers.place(attestation, number, batch));
        if let Some((_, installation)) = installs.next_if(|(place, _)| *place == at) {
            speakers.install(installation);
        }
        key
    });
    named.collect()
}

/// What was tried of each attestation, and what came of it.
pub(crate) fn check<'a>(
    attestations: impl Iterator<Item = Option<&'a HashedAttestation<'a>>>,
    keys: &[Option<KeyPlace>],
    mut batch: Batch,
) -> Vec<Option<(Id, PublicKey, bool)>> {
    let tried: Vec<Option<(Id, PublicKey)>> = attestations
        .zip(keys)
        .map(|(attestation, key)| {
            let (attestation, key) = (attestation?, (*key)?);
            let bytes = batch.push(key, &signing_message(&attestation.id()), attestation.signature())?;
            Some((attestation.id(), bytes))
        })
        .collect();
    let mut verdicts = batch.verify().into_iter();
    tried.into_iter().map(|tried| tried.and_then(|(id, key)| Some((id, key, verdicts.next()?)))).collect()
}

/// Lets nobody wait for a thread that has panicked.
struct WakeOthers<'w, 's, M: Medium + Sync, A: Audience>(&'w Work<'s, M, A>);

impl<M: Medium + Sync, A: Audience> Drop for WakeOthers<'_, '_, M, A> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.speakers.give_up();
            self.0.audience.give_up();
        }
    }
}

/// Some entries of a bundle.
struct Piece {
    bundle: Arc<LogBundle>,
    places: Range<usize>,
}

impl Piece {
    fn entries(&self) -> impl Iterator<Item = &[u8]> {
        self.bundle.entries().skip(self.places.start).take(self.places.len()).map(|(_, entry)| entry)
    }

    /// Cuts off all but the first so many.
    fn cut(&mut self, entries: usize) -> Option<Self> {
        let middle = self.places.start.saturating_add(entries);
        let rest = middle..self.places.end;
        self.places.end = middle.min(self.places.end);
        (!rest.is_empty()).then(|| Self { bundle: Arc::clone(&self.bundle), places: rest })
    }
}

/// Reads the bundles, for whoever is next.
struct Reader<'s, M> {
    bundles: Bundles<'s, M>,
    /// Entries of the next bundle that are passed over.
    skipped: usize,
    /// What is left of the last one.
    open: Option<Piece>,
    taken: u64,
    batch: usize,
    broken: Option<store::Error>,
}

impl<M: Medium> Reader<'_, M> {
    /// The next stretch and its number; what was read before an error still counts.
    fn stretch(&mut self) -> Option<(u64, Vec<Piece>)> {
        let (mut stretch, mut entries, mut bytes) = (Vec::new(), 0, 0);
        while entries < self.batch && bytes < BYTES {
            let Some(mut piece) = self.open.take().or_else(|| self.read()) else { break };
            self.open = piece.cut(self.batch - entries);
            entries += piece.places.len();
            bytes += piece.bundle.bytes();
            stretch.push(piece);
        }
        let number = self.taken;
        self.taken += 1;
        (!stretch.is_empty()).then_some((number, stretch))
    }

    fn read(&mut self) -> Option<Piece> {
        match self.bundles.next()? {
            Ok(bundle) => {
                let first = std::mem::take(&mut self.skipped).min(bundle.width());
                Some(Piece { places: first..bundle.width(), bundle: Arc::new(bundle) })
            }
            Err(error) => {
                self.broken = Some(error);
                None
            }
        }
    }
}
