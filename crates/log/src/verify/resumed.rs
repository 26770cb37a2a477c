//! Verification that goes on from what was verified before (spec §9.5).

use std::ops::Range;

use ikrar_core::digest::leaf_hash;
use ikrar_core::merkle::{CompactRange, ProofError};
use ikrar_core::state::LogState;

use super::pipeline::{self, Effort};
use super::speakers::Speakers;
use super::{Auditor, Detail, Finding, LogRule, Resumed, Run, Verification};
use crate::audit::Verified;
use crate::history::History;
use crate::medium::Medium;
use crate::store::{Head, Store};
use crate::tiles::WIDTH;
use crate::trust::TrustRoot;

/// Reads what is new. `None` where the log does not go on from there, or its files cannot show that it does: only a
/// look at all of it can say why.
///
/// That it goes on is proven without its tiles: what was verified and the new entries together hash to the new root.
pub(super) fn verify<M: Medium + Sync>(
    store: &Store<M>,
    trust: &TrustRoot,
    checkpoint: &[u8],
    from: Verified,
    effort: Effort,
    progress: &mut (impl FnMut(u64, u64) + Send),
) -> Option<Verification> {
    let Verified { state, head: before, findings, attestations, anchors, checkpoint: _, files } = from;
    let state: LogState<History> = state?;
    let speakers = Speakers::of(state.store());
    let mut run = Run { entries: before.size, attestations, anchors, ..Run::new(state) };
    let (head, witnessed) = run.checkpoint(checkpoint, trust);
    let head = head.filter(|head| head.size > before.size || *head == before)?;
    run.findings.extend(findings);
    let mut tiles = Vec::new();
    let checker = store.check_tiles_from(before, head.size, |finding| tiles.push(finding)).ok()??;
    // Its statements lie on a shelf already, and go to no other.
    let mut room = None;
    let auditor = Auditor { run: &mut run, checker, head, room: &mut room, progress };
    let skipped = before.size % u64::from(WIDTH);
    // The first bundle that is read has entries that were read before: these bytes are to be the same.
    let from_there = tree_of(store, before.size - skipped..before.size, head.size);
    let is_same = |tree: CompactRange<64>| auditor.run.state.chain().tree().hashes().ends_with(tree.hashes());
    if head != before && skipped > 0 && !from_there.is_some_and(is_same) {
        return None;
    }
    let skipped = usize::try_from(skipped).unwrap_or(0);
    let bundles = store.bundles_from(before.size, head.size);
    let (auditor, broken) = pipeline::run(bundles, skipped, speakers, auditor, effort);
    let found = auditor.checker.finish();
    if broken.is_some() || found != head {
        return None;
    }
    run.findings.extend(tiles.iter().map(Finding::from_tile));
    run.log_key(trust, head);
    let resumed = Some(Resumed { head: before, files });
    Some(Verification { resumed, ..run.verification(checkpoint.to_vec(), Some(head), witnessed) })
}

/// Says what of an earlier checkpoint the log, which was read as a whole, contradicts. Only its entries are asked: whatever
/// else is wrong with its files hides nothing.
pub(super) fn compare<M: Medium>(
    verification: &mut Verification,
    store: &Store<M>,
    earlier: Head,
    checkpoint: Vec<u8>,
) {
    let Some(head) = verification.head else { return };
    let finding = if head.size < earlier.size {
        let detail = Detail::Shrunk { earlier: earlier.size, now: head.size };
        Finding::of_log(LogRule::SinceLarger, None, detail)
    } else {
        let root = if head.size == earlier.size {
            head.root
        } else if verification.has_its_entries() {
            let Some(tree) = tree_of(store, 0..earlier.size, head.size) else { return };
            tree.root()
        } else {
            // Entries that are not those of the checkpoint show nothing of what was signed.
            return;
        };
        if root == earlier.root {
            return;
        }
        let detail = Detail::Rewritten { size: earlier.size, error: ProofError::FirstRootMismatch };
        Finding::of_log(LogRule::SinceInconsistent, None, detail)
    };
    verification.contradicted = Some(checkpoint);
    verification.findings.push(finding);
}

/// A tree of some entries of a log of this size, by its bundles.
fn tree_of<M: Medium>(store: &Store<M>, entries: Range<u64>, size: u64) -> Option<CompactRange<64>> {
    let mut tree = CompactRange::new();
    for entry in store.entries(entries, size).ok()? {
        tree.push(leaf_hash(&entry.ok()?.1)).ok()?;
    }
    Some(tree)
}
