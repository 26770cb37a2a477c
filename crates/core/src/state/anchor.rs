//! Rules of anchors: witnessed time enters the log (spec §7.4).

use super::{At, CLOCK_TOLERANCE, Judge, Stop, Store};
use crate::chain::Chain;
use crate::checkpoint::{CheckpointError, VerifiedCheckpoint};
use crate::entry::Anchor;
use crate::field::Time;
use crate::merkle::verify_consistency;
use crate::note::{KeyKind, Note, NoteError, VerifierKey};
use crate::policy::{Policy, Quorum};
use crate::rule::Rule;

impl<S: Store + ?Sized> Judge<S> {
    /// Judges an anchor and takes it; the remark is on the clocks of the entries that it covers.
    pub(super) fn judge_anchor(&mut self, at: At, bytes: &[u8], chain: &Chain) -> Result<Option<Rule>, Stop> {
        let anchor = Anchor::decode(bytes).map_err(|_| Rule::AnchorMalformed)?;
        let note = Note::parse(anchor.note).map_err(|_| Rule::AnchorMalformed)?;
        let claimed = crate::checkpoint::Checkpoint::parse(note.text()).map_err(|_| Rule::AnchorMalformed)?;
        let (origin, key) = self.store.log_key(claimed.size)?.ok_or(Rule::AnchorSignature)?;
        let key = VerifierKey::new(origin, KeyKind::Ed25519, key).map_err(|_| Rule::AnchorSignature)?;
        let checkpoint = VerifiedCheckpoint::open(anchor.note, &key).map_err(|error| match error {
            CheckpointError::Note(NoteError::BadSignature)
            | CheckpointError::OtherOrigin
            | CheckpointError::NotSigned => Rule::AnchorSignature,
            _ => Rule::AnchorMalformed,
        })?;
        let (size, root) = (checkpoint.size(), *checkpoint.root());
        let witnessed = self.witnessed_time(&note);
        if let Err(Stop::Rule(rule @ (Rule::AnchorMalformed | Rule::AnchorSignature))) = witnessed {
            return Err(rule.into());
        }
        verify_consistency(size, &root, at.index, &chain.root(), anchor.proof.hashes())
            .map_err(|_| Rule::AnchorProof)?;
        let time = witnessed?;
        let latest = self.store.latest_before(size);
        let tolerated = time.seconds().saturating_add(CLOCK_TOLERANCE);
        self.anchored_time = self.anchored_time.max(time);
        self.store.anchored(at, size, root, time);
        Ok(latest.filter(|latest| latest.seconds() > tolerated).map(|_| Rule::ClockAnchor))
    }

    /// When the cosignatures of a note met the quorum of the policy in force.
    fn witnessed_time(&self, note: &Note<'_>) -> Result<Time, Stop> {
        let policy = self.store.policy()?.ok_or(Rule::AnchorWithoutPolicy)?;
        let policy = Policy::parse(policy).map_err(|_| Rule::AnchorWithoutPolicy)?;
        match policy.quorum_time(note).map_err(|_| Rule::AnchorSignature)? {
            Quorum::None => Err(Rule::AnchorWithoutPolicy.into()),
            Quorum::Missing => Err(Rule::AnchorBelowQuorum.into()),
            Quorum::Met { timestamp } => Ok(Time::new(timestamp).map_err(|_| Rule::AnchorMalformed)?),
        }
    }
}
