//! One state machine decides: the operator's gate at intake, the auditor's verifier and the device's check (spec §7).

#[cfg(feature = "witness")]
mod anchor;
mod journal;
mod rehearsal;
mod signatures;
mod store;
mod structure;
mod unit;

pub use journal::{Signature, Weighed};
pub use rehearsal::Rehearsal;
pub use signatures::{CheckNow, Signatures, SignedBy};
pub use store::*;
pub use unit::commitment_bits;

use crate::attestation::{Attestation, Body, HashedAttestation};
use crate::chain::Chain;
use crate::digest::Id;
use crate::entry::{Content, Entry, HashedEntry, Payload, ReadEntry, Saying};
use crate::field::Time;
use crate::rule::{Consequence, Rule};
use crate::statement::{RECOVERY, ROOT, Statement};

/// Seconds by which `logged_at` may differ from witnessed time.
pub const CLOCK_TOLERANCE: u64 = 600;
/// Most levels below the root.
pub const DEPTH_MAX: u32 = 32;

/// What an entry came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It counts.
    Applied,
    /// Authentic, and changes nothing but its unit's chain.
    NoEffect(Rule),
    /// Not authentic, or not in its place.
    Rejected(Rule),
    /// The store does not keep what a verdict needs. Never a guess.
    NotCheckable,
}

/// The verdict on one entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// Index of the entry.
    pub index: u64,
    /// What it came to.
    pub outcome: Outcome,
    /// A remark on its clock.
    pub clock: Option<Rule>,
}

impl Verdict {
    /// The findings: of the outcome, then of the clock.
    pub fn findings(&self) -> impl Iterator<Item = Rule> {
        let outcome = match self.outcome {
            Outcome::NoEffect(rule) | Outcome::Rejected(rule) => Some(rule),
            Outcome::Applied | Outcome::NotCheckable => None,
        };
        outcome.into_iter().chain(self.clock)
    }
}

/// Why judging stopped before "applied".
enum Stop {
    Rule(Rule),
    NotKept,
}

impl From<Rule> for Stop {
    fn from(rule: Rule) -> Self {
        Self::Rule(rule)
    }
}

impl From<NotKept> for Stop {
    fn from(_: NotKept) -> Self {
        Self::NotKept
    }
}

impl From<Stop> for Outcome {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::NotKept => Self::NotCheckable,
            Stop::Rule(rule) => match rule.consequence() {
                Consequence::Rejected => Self::Rejected(rule),
                Consequence::NoEffect => Self::NoEffect(rule),
                Consequence::Remark => Self::Applied,
            },
        }
    }
}

/// How much of a log an entry was seen with.
#[derive(Clone, Copy)]
enum Mode<'c> {
    /// Every entry before it: chains must join.
    Whole(&'c Chain),
    /// Only its path of trust, each entry with an inclusion proof: sequence numbers have gaps.
    Path,
}

impl<'c> Mode<'c> {
    fn chain(self) -> Option<&'c Chain> {
        match self {
            Self::Whole(chain) => Some(chain),
            Self::Path => None,
        }
    }
}

/// The state of a log after a prefix of its entries.
#[derive(Clone, Debug)]
pub struct LogState<S> {
    judge: Judge<S>,
    chain: Chain,
}

/// What the rules need to know, without the chain: all that there is of a path of trust, and of a device's roster.
#[derive(Clone, Debug)]
pub struct Judge<S: ?Sized> {
    registry: Id,
    last_logged_at: Time,
    anchored_time: Time,
    store: S,
}

impl<S: Store> LogState<S> {
    /// Starts before entry 0 with an empty store; `registry` is the pinned id of the `Genesis` to come.
    pub fn new(registry: Id, store: S) -> Self {
        Self { judge: Judge::new(registry, store), chain: Chain::new() }
    }

    /// Goes on from what [`Self::registry`], [`Self::chain`], [`Self::last_logged_at`], [`Self::anchored_time`] and
    /// [`Self::store`] gave. They must belong together; nothing here can check that.
    pub fn from_parts(registry: Id, chain: Chain, last_logged_at: Time, anchored_time: Time, store: S) -> Self {
        Self { judge: Judge { registry, last_logged_at, anchored_time, store }, chain }
    }

    /// The store.
    pub fn store(&self) -> &S {
        &self.judge.store
    }

    /// The store, for what it keeps beside what the rules need.
    pub fn store_mut(&mut self) -> &mut S {
        &mut self.judge.store
    }

    /// Gives the store back.
    pub fn into_store(self) -> S {
        self.judge.store
    }

    /// Chain and tree so far.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// The pinned registry id.
    pub fn registry(&self) -> Id {
        self.judge.registry
    }

    /// `logged_at` of the last entry.
    pub fn last_logged_at(&self) -> Time {
        self.judge.last_logged_at
    }

    /// The latest witnessed time.
    pub fn anchored_time(&self) -> Time {
        self.judge.anchored_time
    }

    /// Takes the next entry of a log, as an auditor does: also a rejected one takes its place in chain and tree.
    pub fn apply(&mut self, entry: &[u8]) -> Verdict {
        let entry = HashedEntry::new(entry);
        self.apply_read(entry.read(entry.decode().as_ref()), CheckNow)
    }

    /// [`Self::apply`] to an entry that was read before, with what was found out of its signature before.
    pub fn apply_read(&mut self, entry: ReadEntry<'_, '_>, signatures: impl Signatures) -> Verdict {
        let verdict = self.judge(&entry, signatures);
        self.take(verdict.index, &entry);
        verdict
    }

    /// Takes the next entry as an operator does at intake: what is rejected, or not checkable, changes nothing.
    pub fn admit(&mut self, entry: &[u8]) -> Verdict {
        let entry = HashedEntry::new(entry);
        self.admit_read(entry.read(entry.decode().as_ref()), CheckNow)
    }

    /// [`Self::admit`] of an entry that was read before, with what was found out of its signature before.
    pub fn admit_read(&mut self, entry: ReadEntry<'_, '_>, signatures: impl Signatures) -> Verdict {
        let verdict = self.judge(&entry, signatures);
        if !matches!(verdict.outcome, Outcome::Rejected(_) | Outcome::NotCheckable) {
            self.take(verdict.index, &entry);
        }
        verdict
    }

    fn judge(&mut self, entry: &ReadEntry<'_, '_>, signatures: impl Signatures) -> Verdict {
        self.judge.judge(self.chain.size(), entry.content(), Mode::Whole(&self.chain), signatures)
    }

    fn take(&mut self, index: u64, entry: &ReadEntry<'_, '_>) {
        if self.chain.push_leaf(entry.leaf()).is_ok()
            && let Some(content) = entry.content()
        {
            self.judge.last_logged_at = content.logged_at;
            self.judge.store.passed(At { index, logged_at: content.logged_at });
        }
    }
}

impl<S> Judge<S> {
    /// Starts with an empty store, or one that a device was provisioned with; `registry` is the pinned id of the `Genesis`.
    pub const fn new(registry: Id, store: S) -> Self {
        Self { store, registry, last_logged_at: Time::UNKNOWN, anchored_time: Time::UNKNOWN }
    }

    /// Gives the store back.
    pub fn into_store(self) -> S {
        self.store
    }
}

impl<S: ?Sized> Judge<S> {
    /// The store.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// The store, to be provisioned.
    pub fn store_mut(&mut self) -> &mut S {
        &mut self.store
    }

    /// Pins the registry anew, for a device that is provisioned: it has seen no `Genesis`.
    pub fn pin(&mut self, registry: Id) {
        self.registry = registry;
    }
}

impl<S: Store + ?Sized> Judge<S> {
    /// Takes one entry of a path of trust whose inclusion at `index` was proven; paths go by ascending index.
    /// Chain links, sequence numbers and `prev` are not judged, for what lies between is not seen.
    pub fn apply_proven(&mut self, index: u64, entry: &[u8]) -> Verdict {
        let Ok(entry) = Entry::decode(entry) else { return self.judge(index, None, Mode::Path, SignedBy(None)) };
        let hashed = match entry.payload {
            Payload::Attestation(bytes) => HashedAttestation::new(bytes).ok(),
            Payload::Anchor(_) => None,
        };
        let signed_by = hashed.as_ref().map_or(SignedBy(None), |hashed| self.signed_by(hashed));
        self.apply_signed(index, entry, hashed.as_ref(), signed_by)
    }

    #[inline(never)]
    fn apply_signed(
        &mut self,
        index: u64,
        entry: Entry<'_>,
        hashed: Option<&HashedAttestation<'_>>,
        signed_by: SignedBy,
    ) -> Verdict {
        // Looked at where it is: to move it would cost a device 800 bytes of stack.
        let decoded = hashed.map(HashedAttestation::decode);
        let attestation = match &decoded {
            Some(Ok(attestation)) => Some(attestation),
            _ => None,
        };
        self.judge(index, Some(&Content::new(entry, attestation)), Mode::Path, signed_by)
    }

    fn judge(
        &mut self,
        index: u64,
        content: Option<&Content<'_, '_>>,
        mode: Mode<'_>,
        signatures: impl Signatures,
    ) -> Verdict {
        let Some(content) = content else {
            return Verdict { index, outcome: Outcome::Rejected(Rule::EntryMalformed), clock: None };
        };
        let at = At { index, logged_at: content.logged_at };
        let mut clock = mode.chain().and_then(|_| self.judge_clock(at));
        let outcome = match self.judge_entry(at, content, mode, signatures) {
            Ok(remark) => {
                clock = clock.or(remark);
                Outcome::Applied
            }
            Err(stop) => stop.into(),
        };
        Verdict { index, outcome, clock }
    }

    fn judge_clock(&self, at: At) -> Option<Rule> {
        if at.logged_at < self.last_logged_at {
            Some(Rule::ClockDecreased)
        } else if at.logged_at.seconds().saturating_add(CLOCK_TOLERANCE) < self.anchored_time.seconds() {
            Some(Rule::ClockAnchor)
        } else {
            None
        }
    }

    fn judge_entry(
        &mut self,
        at: At,
        content: &Content<'_, '_>,
        mode: Mode<'_>,
        signatures: impl Signatures,
    ) -> Result<Option<Rule>, Stop> {
        if mode.chain().is_some_and(|chain| content.prev != chain.head()) {
            return Err(Rule::ChainLink.into());
        }
        if at.logged_at == Time::UNKNOWN {
            return Err(Rule::LoggedAtUnknown.into());
        }
        match content.saying {
            Saying::Attestation(attestation) => {
                let attestation = attestation.ok_or(Rule::AttestationMalformed)?;
                self.judge_attestation(at, attestation, mode, signatures)?;
                Ok(None)
            }
            Saying::Anchor(bytes) => match mode {
                // What an anchor needs lies between the entries of a path.
                Mode::Path => Err(Stop::NotKept),
                Mode::Whole(_) if at.index == 0 => Err(Rule::GenesisMisplaced.into()),
                #[cfg(feature = "witness")]
                Mode::Whole(chain) => self.judge_anchor(at, bytes, chain),
                #[cfg(not(feature = "witness"))]
                Mode::Whole(_) => {
                    let _ = bytes;
                    Err(Stop::NotKept)
                }
            },
        }
    }

    fn judge_attestation(
        &mut self,
        at: At,
        attestation: &Attestation<'_>,
        mode: Mode<'_>,
        signatures: impl Signatures,
    ) -> Result<(), Stop> {
        let body = attestation.body();
        match (&body.statement, at.index) {
            (Statement::Genesis(genesis), 0) => {
                self.judge_genesis(attestation, genesis, signatures)?;
                self.store.record(at, None, attestation)?;
                return Ok(());
            }
            (Statement::Genesis(_), _) | (_, 0) => return Err(Rule::GenesisMisplaced.into()),
            _ => {}
        }
        let signer = self.authenticate(attestation, mode, signatures)?;
        self.store.advance(at, signer, attestation.id());
        self.judge_statement(at, signer, attestation, signatures)?;
        self.store.record(at, Some(signer), attestation)?;
        Ok(())
    }

    /// Rules 8 to 14: who signed, under which key, at which place of the unit's chain.
    #[inline(never)]
    fn authenticate(
        &self,
        attestation: &Attestation<'_>,
        mode: Mode<'_>,
        signatures: impl Signatures,
    ) -> Result<S::Unit, Stop> {
        let (signer, epoch) = self.speaker(attestation.body())?;
        if !signatures.is_signed(attestation, &epoch.key) {
            return Err(Rule::BadSignature.into());
        }
        if mode.chain().is_some() {
            in_sequence(attestation.body(), &epoch)?;
        }
        Ok(signer)
    }

    /// Rules 8 to 10: the unit, and its epoch in force.
    fn speaker(&self, body: &Body<'_>) -> Result<(S::Unit, Epoch), Stop> {
        let signer = self.store.find(body.unit)?.ok_or(Rule::UnknownUnit)?;
        let epoch = self.store.unit(signer).epoch.ok_or(Rule::NoKey)?;
        if body.epoch == epoch.id { Ok((signer, epoch)) } else { Err(Rule::WrongEpoch.into()) }
    }

    #[inline(never)]
    fn judge_statement(
        &self,
        at: At,
        signer: S::Unit,
        attestation: &Attestation<'_>,
        signatures: impl Signatures,
    ) -> Result<(), Stop> {
        let body = attestation.body();
        let is_root = body.unit.as_str() == ROOT;
        match &body.statement {
            Statement::Genesis(_) => Err(Rule::GenesisMisplaced.into()),
            Statement::Rekey(rekey) => self.judge_rekey(signer, body.unit, rekey, signatures),
            Statement::PublishText(_) | Statement::PublishPolicy(_) | Statement::RekeyLog(_) if !is_root => {
                Err(Rule::NotRoot.into())
            }
            _ if body.unit.as_str() == RECOVERY => Err(Rule::RecoveryRestricted.into()),
            Statement::PublishText(text) => self.judge_text(text),
            Statement::PublishPolicy(policy) => self.judge_policy(policy.as_str()),
            Statement::RekeyLog(key) => self.judge_key(key, None, signatures),
            Statement::Enroll(enroll) => self.judge_enroll(signer, enroll, signatures),
            Statement::Amend(amend) => self.judge_amend(signer, amend),
            Statement::Retire(retire) => self.judge_retire(signer, retire),
            Statement::OpenJournal(journal) => {
                self.judge_journal_key(&journal.key, signer, signatures)?;
                if journal.registry == self.registry { Ok(()) } else { Err(Rule::ForeignJournal.into()) }
            }
            Statement::OpenRound(round) => self.judge_round(at, signer, body.unit, round),
            Statement::Pledge(pledge) => self.judge_pledge(at, signer, pledge),
            Statement::Briefing(briefing) => self.judge_briefing(at, signer, briefing),
            Statement::Monitoring(monitoring) => self.judge_monitoring(at, signer, monitoring),
            Statement::Referral(referral) => self.judge_referral(at, signer, referral),
            Statement::Correction(correction) => self.judge_correction(at, signer, correction),
        }
    }
}

/// Rules 12 to 14: the place in the unit's chain.
fn in_sequence(body: &Body<'_>, epoch: &Epoch) -> Result<(), Rule> {
    if body.seq < epoch.next_seq {
        return Err(Rule::StaleSeq);
    }
    if body.seq > epoch.next_seq {
        return Err(Rule::SkippedSeq);
    }
    if body.prev == epoch.head { Ok(()) } else { Err(Rule::WrongPrev) }
}
