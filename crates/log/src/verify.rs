//! Verification of a whole log: checkpoint, entries, tiles, and the state machine over them (spec §7, §9).

mod detail;
mod finding;
pub(crate) mod found;
mod in_turn;
pub(crate) mod pipeline;
mod resumed;
mod rotation;
pub(crate) mod speakers;

use ikrar_core::attestation::Attestation;
use ikrar_core::checkpoint::{CheckpointError, VerifiedCheckpoint};
use ikrar_core::digest::Hash;
use ikrar_core::entry::{HashedEntry, ReadEntry};
use ikrar_core::merkle::verify_consistency;
use ikrar_core::note::{KeyKind, NoteError, VerifierKey};
use ikrar_core::policy::{Policy, Quorum};
use ikrar_core::rule::{Rule, Severity};
use ikrar_core::state::{At, LogState, Outcome, Verdict};

pub use detail::{Detail, Signed, StoreFault};
pub use finding::{Finding, FindingRule, LogRule};
pub use pipeline::Effort;
pub use rotation::{Rotation, rotation};

use crate::audit::Verified;
use crate::history::{History, Room};
use crate::medium::{Folder, Medium};
use crate::store::{self, Checker, Head, Store};
use crate::trust::TrustRoot;
use found::Found;
use pipeline::Audience;
use speakers::Speakers;

/// A log after verification: what it holds, and all that was found.
#[derive(Debug)]
pub struct Verification {
    /// The checkpoint, as it was read.
    pub checkpoint: Vec<u8>,
    /// What it says, once the log's signature on it verified.
    pub head: Option<Head>,
    /// The state after the last entry that could be read.
    pub state: LogState<History>,
    /// All findings: of the checkpoint, then in entry order, then of the tiles.
    pub findings: Vec<Finding>,
    /// Entries read.
    pub entries: u64,
    /// Attestations among them that were authentic.
    pub attestations: u64,
    /// Anchors among them that applied.
    pub anchors: u64,
    /// Whether the trust root's policy asks for witnesses, and whether they met its quorum.
    pub witnessed: Option<bool>,
    /// Where the checkpoint is not by the pinned key but by the log's later one: what the authority said of it.
    pub rotation: Option<Rotation>,
    /// The state after the prefix that was asked for, where the log reaches as far.
    pub prefix: Option<LogState<History>>,
    /// What of the log was verified before, and not read again.
    pub resumed: Option<Resumed>,
    /// The checkpoint that was verified before and that this log contradicts.
    pub contradicted: Option<Vec<u8>>,
    /// Where its statements went, if they did.
    pub room: Option<Room<Folder>>,
}

/// The part of a log that was verified before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Resumed {
    /// What its checkpoint vouched for.
    pub head: Head,
    /// Files of statements that the state is in.
    pub(crate) files: Vec<u64>,
}

impl Verification {
    /// Nothing was found that speaks against the log.
    pub fn is_ok(&self) -> bool {
        self.head.is_some() && self.findings.iter().all(|finding| finding.severity() != Severity::Error)
    }

    /// Something could not be read, so there is no verdict on it.
    pub fn is_unreadable(&self) -> bool {
        self.findings.iter().any(Finding::is_unreadable)
    }

    /// All of it was read, and nothing speaks against its checkpoint and its files; entries may break rules.
    pub fn is_complete(&self) -> bool {
        // What was given as an earlier checkpoint, and is none, is no part of the log.
        let of_log =
            |finding: &Finding| matches!(finding.rule, FindingRule::Log(rule) if rule != LogRule::SinceUnusable);
        let mut errors = self.findings.iter().filter(|finding| finding.severity() == Severity::Error);
        self.head.is_some() && !errors.any(of_log) && self.history().failure().is_none()
    }

    /// All its entries were read, and they are those of its checkpoint.
    fn has_its_entries(&self) -> bool {
        let mismatch = |finding: &Finding| finding.rule == FindingRule::Log(LogRule::RootMismatch);
        self.head.is_some_and(|head| head.size == self.entries) && !self.findings.iter().any(mismatch)
    }

    /// What was learnt of units and rounds.
    pub fn history(&self) -> &History {
        self.state.store()
    }
}

/// Verifies the log on `store` from its first entry to its checkpoint. `progress` hears of each bundle: entries read,
/// and how many there are.
///
/// Every finding is kept; only what a medium fails to give at the very start, the checkpoint, is an error.
///
/// # Errors
/// [`store::Error`] where there is no checkpoint, or it cannot be read.
pub fn verify<M: Medium + Sync>(
    store: &Store<M>,
    trust: &TrustRoot,
    progress: impl FnMut(u64, u64) + Send,
) -> Result<Verification, store::Error> {
    verify_keeping(store, trust, None, Effort::default(), progress)
}

/// As [`verify`], on so many threads; also keeps the state after the first `prefix` entries.
///
/// # Errors
/// As [`verify`].
pub fn verify_keeping<M: Medium + Sync>(
    store: &Store<M>,
    trust: &TrustRoot,
    prefix: Option<u64>,
    effort: Effort,
    progress: impl FnMut(u64, u64) + Send,
) -> Result<Verification, store::Error> {
    verify_by(store, trust, Plan { prefix, effort, ..Plan::default() }, progress)
}

/// How a log is verified; of this only [`Self::from`] bears on what is found.
#[derive(Debug, Default)]
pub struct Plan {
    /// The state after so many entries is kept.
    pub prefix: Option<u64>,
    /// How the work is done.
    pub effort: Effort,
    /// What was verified before: where the log goes on from it, only what is new is read.
    pub from: Option<Box<Verified>>,
    /// Where statements go, so that they take no memory.
    pub room: Option<Room<Folder>>,
}

/// As [`verify`], by a plan.
///
/// # Errors
/// As [`verify`].
pub fn verify_by<M: Medium + Sync>(
    store: &Store<M>,
    trust: &TrustRoot,
    plan: Plan,
    mut progress: impl FnMut(u64, u64) + Send,
) -> Result<Verification, store::Error> {
    let bytes = store.checkpoint()?;
    let Plan { prefix, effort, from, mut room } = plan;
    let before = from.as_ref().map(|from| (from.head, from.checkpoint.clone()));
    if let Some(from) = from
        && let Some(resumed) = resumed::verify(store, trust, &bytes, *from, effort, &mut progress)
    {
        return Ok(resumed);
    }
    let mut run = Run::new(LogState::new(trust.registry, History::new()));
    run.asked_prefix = prefix;
    let (head, witnessed) = run.checkpoint(&bytes, trust);
    if let Some(head) = head {
        run.log(store, head, effort, &mut room, &mut progress);
        run.log_key(trust, head);
    } else if let Some(rotation) = rotation(store, &bytes, trust) {
        run.findings = vec![Finding::of_log(LogRule::LogKeyChanged, None, Detail::Rotated { entry: rotation.entry })];
        return Ok(Verification { rotation: Some(rotation), ..run.verification(bytes, None, witnessed) });
    }
    let mut verification = Verification { room, ..run.verification(bytes, head, witnessed) };
    if let Some((earlier, checkpoint)) = before {
        resumed::compare(&mut verification, store, earlier, checkpoint);
    }
    Ok(verification)
}

/// Opens the head checkpoint under the pinned key.
///
/// # Errors
/// The finding that says why not.
pub fn open_checkpoint<'a>(bytes: &'a [u8], trust: &TrustRoot) -> Result<VerifiedCheckpoint<'a>, Finding> {
    let broken = |rule, detail| Finding::of_log(rule, Some(store::CHECKPOINT.to_owned()), detail);
    let key = VerifierKey::new(&trust.origin, KeyKind::Ed25519, trust.log_key)
        .map_err(|error| broken(LogRule::CheckpointSignature, Detail::PinnedKey(error)))?;
    VerifiedCheckpoint::open(bytes, &key).map_err(|error| {
        let rule = match error {
            CheckpointError::Note(NoteError::BadSignature) | CheckpointError::NotSigned => LogRule::CheckpointSignature,
            CheckpointError::OtherOrigin => LogRule::CheckpointOrigin,
            _ => LogRule::CheckpointMalformed,
        };
        broken(rule, Detail::Checkpoint(error))
    })
}

/// Compares a verified log with a checkpoint that was kept from before.
pub fn check_since<M: Medium>(store: &Store<M>, head: Head, earlier: Head) -> Option<Finding> {
    if earlier.size > head.size {
        let detail = Detail::Shrunk { earlier: earlier.size, now: head.size };
        return Some(Finding::of_log(LogRule::SinceLarger, None, detail));
    }
    let inconsistent = |detail| Some(Finding::of_log(LogRule::SinceInconsistent, None, detail));
    if earlier.size == 0 {
        return None;
    }
    let proof = match store.tree(head.size).consistency_proof(earlier.size, head.size) {
        Ok(proof) => proof,
        // A medium that fails is no evidence against anybody.
        Err(error @ store::Error::Unreadable { .. }) => {
            return Some(Finding::of_log(LogRule::Unreadable, None, Detail::NoProof(StoreFault::from(&error))));
        }
        Err(error) => return inconsistent(Detail::NoProof(StoreFault::from(&error))),
    };
    let checked = verify_consistency(earlier.size, &earlier.root, head.size, &head.root, proof);
    checked.err().and_then(|error| inconsistent(Detail::Rewritten { size: earlier.size, error }))
}

struct Run {
    findings: Vec<Finding>,
    state: LogState<History>,
    entries: u64,
    attestations: u64,
    anchors: u64,
    asked_prefix: Option<u64>,
    prefix: Option<LogState<History>>,
}

impl Run {
    fn new(state: LogState<History>) -> Self {
        Self { findings: Vec::new(), state, entries: 0, attestations: 0, anchors: 0, asked_prefix: None, prefix: None }
    }

    fn verification(self, checkpoint: Vec<u8>, head: Option<Head>, witnessed: Option<bool>) -> Verification {
        let Self { findings, state, entries, attestations, anchors, prefix, asked_prefix: _ } = self;
        let (rotation, resumed, contradicted, room) = (None, None, None, None);
        Verification {
            checkpoint,
            head,
            state,
            findings,
            entries,
            attestations,
            anchors,
            witnessed,
            rotation,
            prefix,
            resumed,
            contradicted,
            room,
        }
    }

    fn checkpoint(&mut self, bytes: &[u8], trust: &TrustRoot) -> (Option<Head>, Option<bool>) {
        let checkpoint = match open_checkpoint(bytes, trust) {
            Ok(checkpoint) => checkpoint,
            Err(finding) => {
                self.findings.push(finding);
                return (None, None);
            }
        };
        let witnessed = self.witnesses(&checkpoint, trust);
        if checkpoint.size() < trust.log_since {
            let detail = Detail::BeforePin { since: trust.log_since, size: checkpoint.size() };
            let path = Some(store::CHECKPOINT.to_owned());
            self.findings.push(Finding::of_log(LogRule::CheckpointSignature, path, detail));
        }
        if checkpoint.size() == 0 {
            let detail = Detail::Empty;
            self.findings.push(Finding::of_log(LogRule::EntriesMissing, None, detail));
        }
        (Some(Head { size: checkpoint.size(), root: *checkpoint.root() }), witnessed)
    }

    /// Cosignatures against the trust root's policy, and lines by keys that nobody here knows.
    fn witnesses(&mut self, checkpoint: &VerifiedCheckpoint<'_>, trust: &TrustRoot) -> Option<bool> {
        let path = Some(store::CHECKPOINT.to_owned());
        let policy = trust.policy.as_deref().map(Policy::parse);
        let policy = match policy.transpose() {
            Ok(policy) => policy,
            Err(error) => {
                self.findings.push(Finding::of_log(LogRule::CheckpointQuorum, path, Detail::Policy(error)));
                return Some(false);
            }
        };
        for line in checkpoint.other_signatures() {
            let known = policy.as_ref().is_some_and(|policy| policy.witnesses().iter().any(|it| line.is_by(&it.key)));
            if !known {
                let detail = Detail::UnknownSigner { name: line.name.to_owned() };
                self.findings.push(Finding::of_log(LogRule::CheckpointUnknownSignature, path.clone(), detail));
            }
        }
        match policy?.quorum_time(checkpoint.note()) {
            Ok(Quorum::None) => None,
            Ok(Quorum::Met { .. }) => Some(true),
            Ok(Quorum::Missing) => {
                let detail = Detail::NoQuorum;
                self.findings.push(Finding::of_log(LogRule::CheckpointQuorum, path, detail));
                Some(false)
            }
            Err(error) => {
                self.findings.push(Finding::of_log(LogRule::CheckpointSignature, path, Detail::Note(error)));
                Some(false)
            }
        }
    }

    fn log<M: Medium + Sync>(
        &mut self,
        store: &Store<M>,
        head: Head,
        effort: Effort,
        room: &mut Option<Room<Folder>>,
        progress: &mut (impl FnMut(u64, u64) + Send),
    ) {
        let mut tiles = Vec::new();
        let checker = store.check_tiles(head.size, |finding| tiles.push(finding));
        let auditor = Auditor { run: self, checker, head, room, progress };
        let (auditor, broken) = pipeline::run(store.bundles(head.size), 0, Speakers::default(), auditor, effort);
        let found = auditor.checker.finish();
        if let Some(error) = &broken {
            self.findings.push(Finding::from_store(error, self.entries));
        } else if found.root != head.root {
            let detail = Detail::OtherRoot { entries: found.root, checkpoint: head.root };
            self.findings.push(Finding::of_log(LogRule::RootMismatch, None, detail));
        }
        // Without the entries, tiles have nothing to be compared with.
        self.findings.extend(tiles.iter().filter(|_| broken.is_none()).map(Finding::from_tile));
    }

    fn entry(&mut self, entry: ReadEntry<'_, '_>, found: Found<'_>) {
        let verdict = self.state.apply_read(entry, found);
        self.entries += 1;
        let attestation = entry.attestation();
        match (verdict.outcome, attestation) {
            (Outcome::Applied, None) => self.anchors += 1,
            (Outcome::Applied | Outcome::NoEffect(_), Some(_)) => self.attestations += 1,
            _ => {}
        }
        if let (Outcome::NoEffect(rule), Some(attestation), Some(content)) =
            (verdict.outcome, attestation, entry.content())
        {
            let at = At { index: verdict.index, logged_at: content.logged_at };
            self.state.store_mut().remark(at, attestation, rule);
        }
        self.note(verdict, attestation);
        if self.asked_prefix == Some(self.entries) {
            self.prefix = Some(self.state.clone());
        }
    }

    fn note(&mut self, verdict: Verdict, attestation: Option<&Attestation<'_>>) {
        let unchecked = (verdict.outcome == Outcome::NotCheckable).then_some(Rule::EntryMalformed);
        for rule in verdict.findings().chain(unchecked) {
            let unit = attestation.map(|attestation| attestation.body().unit.to_string());
            self.findings.push(Finding::of_entry(rule, verdict.index, unit, attestation));
        }
    }

    /// The log says that its key changed: then the pinned one no longer speaks for this size.
    fn log_key(&mut self, trust: &TrustRoot, head: Head) {
        let now = self.state.store().key_for_size(head.size);
        if now.is_some_and(|key| key != trust.log_key) {
            let detail = Detail::KeyChanged;
            self.findings.push(Finding::of_log(LogRule::LogKeyChanged, None, detail));
        }
        let registry = self.state.store().registry();
        if registry.is_some_and(|registry| registry.root_key != trust.authority) {
            let detail = Detail::OtherAuthority;
            self.findings.push(Finding::of_log(LogRule::WrongAuthority, None, detail));
        }
        if registry.is_some_and(|registry| registry.origin != trust.origin) {
            let detail = Detail::OtherOrigin;
            self.findings.push(Finding::of_log(LogRule::CheckpointOrigin, None, detail));
        }
    }
}

/// Takes the entries as they come out of the pipeline.
struct Auditor<'r, 's, M, F, P> {
    run: &'r mut Run,
    checker: Checker<'s, M, F>,
    head: Head,
    room: &'r mut Option<Room<Folder>>,
    progress: &'r mut P,
}

impl<M, F, P> Audience for Auditor<'_, '_, M, F, P>
where
    M: Medium + Sync,
    F: FnMut(store::Finding) + Send,
    P: FnMut(u64, u64) + Send,
{
    fn entry(&mut self, entry: &HashedEntry<'_>, found: Found<'_>) {
        // Never more than the size: bundles end there.
        let _ = self.checker.push(entry.leaf());
        let attestation = entry.decode();
        self.run.entry(entry.read(attestation.as_ref()), found);
    }

    fn pause(&mut self) {
        let history = self.run.state.store_mut();
        if self.room.as_mut().is_some_and(|room| room.relieve(history).is_err()) {
            // Where there is no room, memory must do.
            *self.room = None;
        }
        (self.progress)(self.run.entries, self.head.size);
    }
}

/// A root as it stands in checkpoints: base64.
pub fn b64(hash: &Hash) -> String {
    data_encoding::BASE64.encode(&hash.0)
}
