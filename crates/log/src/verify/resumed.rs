//! Verification that goes on from what was verified before (spec §9.5).

use ikrar_core::state::LogState;

use super::pipeline::{self, Effort};
use super::speakers::Speakers;
use super::{Auditor, Detail, Finding, Resumed, Run, Verification, check_since};
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
    let skipped = usize::try_from(before.size % u64::from(WIDTH)).unwrap_or(0);
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

/// Says what of an earlier checkpoint the log, which was read as a whole, contradicts.
pub(super) fn compare<M: Medium>(
    verification: &mut Verification,
    store: &Store<M>,
    earlier: Head,
    checkpoint: Vec<u8>,
) {
    let Some(head) = verification.head else { return };
    // Files that are damaged show nothing of what was signed.
    if head.size > earlier.size && !verification.is_complete() {
        return;
    }
    let Some(finding) = check_since(store, head, earlier) else { return };
    if matches!(*finding.detail, Detail::Shrunk { .. } | Detail::Rewritten { .. }) {
        verification.contradicted = Some(checkpoint);
    }
    verification.findings.push(finding);
}
