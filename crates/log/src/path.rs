//! The path of trust: which entries link a unit, a round and its texts to the registry's root (spec §7.6, §11).

use std::collections::BTreeSet;

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::Id;
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::rule::Rule;
use ikrar_core::state::{LogState, Outcome};

use crate::census::{Change, ChangeKind, UnitIx};
use crate::history::{History, RoundIx};

/// Indices of the entries that prove who speaks for `unit`, its last logged attestation in each of its key epochs, and,
/// with a round, its terms, the texts that it accepts and what the unit said in it. Ascending.
pub fn collect(history: &History, unit: UnitIx, round: Option<RoundIx>) -> Vec<u64> {
    let mut units = BTreeSet::new();
    let mut open = vec![unit];
    let mut indices = BTreeSet::from([0]);
    indices.extend(history.log_rekeys());
    indices.extend(history.record(unit).last);
    indices.extend(&history.record(unit).ended);
    if let Some(round) = round {
        let said = history.record(unit).statements.iter().filter(|statement| statement.round == round);
        indices.extend(said.map(|statement| statement.at.index));
        let round = history.round_record(round);
        open.extend([round.opener, round.subtree]);
        indices.insert(round.at.index);
        indices.extend(round.texts.iter().filter_map(|text| history.text_record(text)).map(|text| text.index));
    }
    // Every change of a unit on the path counts: a later key is only good through the one that it ended.
    while let Some(unit) = open.pop() {
        if !units.insert(unit) {
            continue;
        }
        open.extend(history.census().post(unit).parent);
        for change in history.changes().iter().filter(|change| change.unit == unit) {
            indices.insert(change.at.index);
            open.push(change.signed.by);
            open.extend(parent_of(change));
            if let ChangeKind::Retired { successors } = &change.kind {
                open.extend(successors);
            }
        }
    }
    indices.into_iter().collect()
}

fn parent_of(change: &Change) -> Option<UnitIx> {
    match change.kind {
        ChangeKind::Enrolled { parent, .. } => Some(parent),
        ChangeKind::Amended { parent, .. } => parent,
        ChangeKind::Rekeyed { .. } | ChangeKind::Retired { .. } => None,
    }
}

/// Why a path of trust does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// An entry of it is not authentic.
    #[error("entry {index} is not authentic: {}", rule.meaning())]
    Rejected {
        /// The entry.
        index: u64,
        /// The rule that it breaks.
        rule: Rule,
    },
    /// An entry of it changes nothing, or is an anchor: no path needs such an entry.
    #[error("entry {index} has no effect, so it is on no path of trust")]
    NoEffect {
        /// The entry.
        index: u64,
    },
    /// The entries are not in ascending order.
    #[error("entry {index} is out of order")]
    Order {
        /// The entry.
        index: u64,
    },
}

/// Applies the entries of a path, each proven to be included at its index, under the pinned registry. Those that `unit`
/// itself signed show how far its chain is logged; they need not have an effect, every other one must.
///
/// The history holds what the path shows; what lies between its entries may have changed it since.
///
/// # Errors
/// [`PathError`] at the first entry that breaks this.
pub fn follow<'a>(
    registry: Id,
    unit: &str,
    entries: impl IntoIterator<Item = (u64, &'a [u8])>,
) -> Result<History, PathError> {
    let mut state = LogState::new(registry, History::new());
    let mut next = 0;
    for (index, entry) in entries {
        if index < next {
            return Err(PathError::Order { index });
        }
        next = index.saturating_add(1);
        let by_unit = || attestation(entry).is_some_and(|attestation| attestation.body().unit.as_str() == unit);
        match state.apply_proven(index, entry).outcome {
            Outcome::Applied => {}
            Outcome::Rejected(rule) => return Err(PathError::Rejected { index, rule }),
            Outcome::NoEffect(_) if by_unit() => {}
            Outcome::NoEffect(_) | Outcome::NotCheckable => return Err(PathError::NoEffect { index }),
        }
    }
    Ok(state.into_store())
}

/// The place in its chain of the attestation in an entry.
pub fn attestation(entry: &[u8]) -> Option<Attestation<'_>> {
    match Entry::decode(entry).ok()?.payload {
        Payload::Attestation(bytes) => Attestation::decode(bytes).ok(),
        Payload::Anchor(_) => None,
    }
}

/// Index of the change that installed the key in force for a unit.
pub fn installed_at(history: &History, unit: UnitIx) -> Option<u64> {
    let installs = |change: &&Change| match change.kind {
        ChangeKind::Enrolled { keyed, .. } | ChangeKind::Rekeyed { keyed, .. } => keyed && change.unit == unit,
        ChangeKind::Amended { .. } | ChangeKind::Retired { .. } => false,
    };
    let changed = history.changes().iter().rev().find(installs).map(|change| change.at.index);
    // The root's and the recovery's first epochs come from `Genesis`.
    changed.or_else(|| history.record(unit).epoch.map(|_| 0))
}
