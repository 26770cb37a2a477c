//! What the state machine asks of memory: a table of units, keys, texts and rounds, of any capacity.

use serde::{Deserialize, Serialize};

use crate::attestation::Attestation;
use crate::digest::{Hash, Id, PublicKey, TextHash};
use crate::field::{Time, UnitId};
use crate::statement::{Coverage, Duty, RoundRef};

/// The store does not keep what was asked for: capacity, or history that a device leaves out. Never "absent".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not kept here, so not checkable")]
pub struct NotKept;

/// Answer of a store: found, absent for certain, or not kept.
pub type Lookup<T> = Result<Option<T>, NotKept>;

/// Where an entry stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct At {
    /// Index in the log.
    pub index: u64,
    /// The operator's claim of when.
    pub logged_at: Time,
}

/// A unit's key epoch in force.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Epoch {
    /// Id of the attestation that installed the key.
    pub id: Id,
    /// The key.
    pub key: PublicKey,
    /// The next sequence number.
    pub next_seq: u64,
    /// The `prev` of the next attestation: at seq 0 the epoch.
    pub head: Id,
}

impl Epoch {
    /// An epoch in which nothing was signed yet.
    pub fn fresh(id: Id, key: PublicKey) -> Self {
        Self { id, key, next_seq: 0, head: id }
    }
}

/// A unit on the roster, now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unit<U> {
    /// The unit above; none for `root` and `recovery`.
    pub parent: Option<U>,
    /// Enrolled, and not retired since.
    pub alive: bool,
    /// The key in force, if any.
    pub epoch: Option<Epoch>,
}

/// A round, as far as rules need it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Round<U> {
    /// Top of the subtree that owes.
    pub subtree: U,
    /// When it opens.
    pub opens: Time,
}

/// Whom a key serves, for ever.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum KeyOwner<U> {
    /// A unit, `root` and `recovery` included.
    Unit(U),
    /// The log.
    Log,
    /// The journal of a unit's device.
    Journal(U),
    /// A witness of a policy.
    Witness,
}

/// Is there a pledge of the unit in the round that is not void?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// In force.
    InForce,
    /// Withdrawn.
    Withdrawn,
}

/// A statement that a correction may name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Earlier<R> {
    /// Its round.
    pub round: R,
    /// Its kind.
    pub duty: Duty,
    /// Neither superseded nor withdrawn nor void.
    pub in_force: bool,
    /// For a pledge: its text, its commitments (bit n − 1 for number n) and its counts.
    pub pledge: Option<(TextHash, u32, Coverage)>,
}

/// Memory for [`LogState`](super::LogState): what it reads, and the few events that change it.
///
/// The state machine decides; a store only remembers. Every write names an event that was already judged.
pub trait Store {
    /// Handle of a unit.
    type Unit: Copy + Eq;
    /// Handle of a round.
    type Round: Copy + Eq;

    /// A unit by id, retired ones included.
    ///
    /// # Errors
    /// [`NotKept`], here and below.
    fn find(&self, id: UnitId<'_>) -> Lookup<Self::Unit>;
    /// What is known of it now.
    fn unit(&self, unit: Self::Unit) -> Unit<Self::Unit>;
    /// Levels of live or retired units below it: 0 for a leaf.
    fn height(&self, unit: Self::Unit) -> u32;
    /// Whom a key serves or has served.
    fn key_owner(&self, key: &PublicKey) -> Lookup<KeyOwner<Self::Unit>>;
    /// Number of commitments of a published text.
    fn text(&self, text: &TextHash) -> Lookup<u8>;
    /// A round by its name.
    fn find_round(&self, round: RoundRef<'_>) -> Lookup<Self::Round>;
    /// What is known of it.
    fn round(&self, round: Self::Round) -> Round<Self::Unit>;
    /// Does the round ask units of this unit's kind?
    fn kind_in_scope(&self, round: Self::Round, unit: Self::Unit) -> bool;
    /// Does the round accept the text?
    fn text_accepted(&self, round: Self::Round, text: &TextHash) -> bool;
    /// The unit's pledge in the round, voids left out.
    fn pledge(&self, unit: Self::Unit, round: Self::Round) -> Lookup<Standing>;
    /// A statement of the unit by id.
    fn earlier(&self, unit: Self::Unit, id: &Id) -> Lookup<Earlier<Self::Round>>;
    /// The witness policy in force, if one was published.
    fn policy(&self) -> Lookup<&str>;
    /// The log's origin, and its key for checkpoints of this size.
    fn log_key(&self, size: u64) -> Lookup<(&str, PublicKey)>;
    /// The latest `logged_at` among the entries below `size`; how far back is the store's affair.
    fn latest_before(&self, size: u64) -> Option<Time>;

    /// An authentic attestation of the unit took its place in its chain.
    fn advance(&mut self, at: At, unit: Self::Unit, id: Id);
    /// An attestation applied. `signer` is none for `Genesis` only. The store takes from it what it keeps.
    ///
    /// # Errors
    /// [`NotKept`] where it has no room; then nothing was taken.
    fn record(&mut self, at: At, signer: Option<Self::Unit>, attestation: &Attestation<'_>) -> Result<(), NotKept>;
    /// An anchor applied: the entries below `size` existed by `time`.
    fn anchored(&mut self, at: At, size: u64, root: Hash, time: Time);
    /// An entry passed, whatever came of it.
    fn passed(&mut self, at: At);
}
