//! Changes of roster and keys since the opening, and the witnesses, as they are written.

use serde::Serialize;

use super::rfc3339;
use crate::census::ChangeKind;
use crate::history::{AnchorRecord, History};
use crate::status::RosterChange;

/// A change of the roster or of a key since the opening.
#[derive(Clone, Debug, Serialize)]
pub struct RosterChangeOut {
    /// Index of the entry.
    pub entry: u64,
    /// When it was logged, RFC 3339.
    pub logged_at: String,
    /// Whom it is about.
    pub unit: String,
    /// Its name at the end of the prefix.
    pub name: String,
    /// `enrolled`, `renamed`, `moved` (perhaps renamed too), `rekeyed` or `retired`.
    pub change: &'static str,
    /// Who signed it.
    pub by: String,
    /// It ended a keyed epoch, and another than the unit signed it.
    pub forced: bool,
    /// It was logged by due.
    pub by_due: bool,
    /// By due, and in the seven days before it.
    pub near_due: bool,
    /// The unit has a key after it; null where the change does not touch keys.
    pub keyed: Option<bool>,
    /// From this number of the ended epoch on its statements are void.
    pub compromised_since: Option<u64>,
    /// Who takes over.
    pub successors: Vec<String>,
    /// Its name before; null where it was not on the roster.
    pub name_before: Option<String>,
    /// Its name after.
    pub name_after: Option<String>,
    /// The unit above before.
    pub parent_before: Option<String>,
    /// The unit above after, where the change says so.
    pub parent_after: Option<String>,
}

impl RosterChangeOut {
    pub(super) fn new(history: &History, seen: &RosterChange) -> Self {
        let change = &history.changes()[seen.place];
        let id = |unit| history.record(unit).id.to_string();
        let (mut keyed, mut compromised, mut successors) = (None, None, Vec::new());
        let (mut name_after, mut parent_after) = (None, None);
        match &change.kind {
            ChangeKind::Enrolled { parent, name, keyed: has_key, .. } => {
                (keyed, name_after, parent_after) = (Some(*has_key), Some(name.to_string()), Some(id(*parent)));
            }
            ChangeKind::Amended { name, parent } => {
                (name_after, parent_after) = (name.as_deref().map(str::to_owned), parent.map(id));
            }
            ChangeKind::Rekeyed { keyed: has_key, compromised_since, .. } => {
                (keyed, compromised) = (Some(*has_key), *compromised_since);
            }
            ChangeKind::Retired { successors: next } => {
                (keyed, successors) = (Some(false), next.iter().copied().map(id).collect());
            }
        }
        Self {
            entry: change.at.index,
            logged_at: rfc3339(change.at.logged_at),
            unit: id(change.unit),
            name: history.census().post(change.unit).name.to_string(),
            change: change.name(),
            by: id(change.signed.by),
            forced: change.is_forced(),
            by_due: seen.by_due,
            near_due: seen.near_due,
            keyed,
            compromised_since: compromised,
            successors,
            name_before: seen.name_before.as_deref().map(str::to_owned),
            name_after,
            parent_before: seen.parent_before.map(id),
            parent_after,
        }
    }
}

/// Witnessed time in the log.
#[derive(Clone, Debug, Serialize)]
pub struct WitnessesOut {
    /// The witness policy in force at the end of the prefix.
    pub policy: Option<String>,
    /// How many anchors applied.
    pub anchors: u64,
    /// The last one.
    pub latest_anchor: Option<AnchorOut>,
}

/// An anchor: the entries below `size` existed by `time`.
#[derive(Clone, Debug, Serialize)]
pub struct AnchorOut {
    /// Index of the entry.
    pub entry: u64,
    /// Size of its checkpoint.
    pub size: u64,
    /// Its time, RFC 3339.
    pub time: String,
}

impl WitnessesOut {
    pub(super) fn new(history: &History) -> Self {
        let out =
            |anchor: &AnchorRecord| AnchorOut { entry: anchor.at.index, size: anchor.size, time: rfc3339(anchor.time) };
        Self {
            policy: history.witness_policy().map(str::to_owned),
            anchors: u64::try_from(history.anchors().len()).unwrap_or(u64::MAX),
            latest_anchor: history.anchors().last().map(out),
        }
    }
}
