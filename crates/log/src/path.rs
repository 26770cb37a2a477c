//! The path of trust: which entries link a unit, a round and its texts to the registry's root (spec §7.6, §11).

use std::collections::BTreeSet;

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::{Id, TextHash};
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::field::UnitId;
use ikrar_core::rule::Rule;
use ikrar_core::state::{Judge, Outcome};
use ikrar_core::statement::{ROOT, Replacement, RoundRef, Statement};

use crate::census::{Change, ChangeKind, UnitIx};
use crate::history::{History, RoundIx};

/// Indices of the entries that prove who speaks for `unit`, its last logged attestation in each of its key epochs, and,
/// with a round, its terms, the texts that it accepts and what the unit said in it. Ascending.
pub fn collect(history: &History, unit: UnitIx, round: Option<RoundIx>) -> Vec<u64> {
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
    close(history, open, |_| u64::MAX, &mut indices);
    indices.into_iter().collect()
}

/// Indices of the entries that prove the one at `index` in the tree of the whole history (spec §11.4): itself, and its
/// path of trust. Ascending.
pub fn of_entry(history: &History, index: u64, attestation: &Attestation<'_>) -> Vec<u64> {
    let mut indices: BTreeSet<u64> = history.log_rekeys().chain([0, index]).collect();
    let last_log_rekey = history.log_rekeys().last().unwrap_or_default();
    let known = |unit: UnitId<'_>| history.unit_by_id(unit.as_str());
    let body = attestation.body();
    let mut open: Vec<UnitIx> = known(body.unit).into_iter().chain(known_root(history)).collect();
    open.extend(named(&body.statement).into_iter().filter_map(known));
    let mut texts: Vec<TextHash> = Vec::new();
    if let Statement::OpenRound(round) = &body.statement {
        texts.extend(round.texts.iter());
    }
    let mut rounds: Vec<RoundIx> =
        round_of(&body.statement).and_then(|round| history.round_by_ref(round)).into_iter().collect();
    // What it corrects, back to the original.
    if let (Statement::Correction(correction), Some(unit)) = (&body.statement, known(body.unit)) {
        let statements = &history.record(unit).statements;
        let mut target = Some(correction.target);
        let earlier = statements.iter().rev().filter(|statement| statement.at.index < index);
        for statement in earlier {
            if target == Some(statement.id) {
                indices.insert(statement.at.index);
                rounds.push(statement.round);
                target = statement.target();
            }
        }
    }
    for round in rounds.into_iter().map(|round| history.round_record(round)).filter(|round| round.at.index < index) {
        indices.insert(round.at.index);
        open.extend([round.opener, round.subtree]);
        texts.extend(&round.texts);
    }
    indices.extend(
        texts.iter().filter_map(|text| history.text_record(text)).map(|text| text.index).filter(|at| *at < index),
    );
    // The root must still have its key where it changed the log's; everyone else, where the entry was logged.
    let bound = |unit| if Some(unit) == known_root(history) { index.max(last_log_rekey) } else { index };
    close(history, open, bound, &mut indices);
    indices.into_iter().collect()
}

fn known_root(history: &History) -> Option<UnitIx> {
    history.unit_by_id(ROOT)
}

/// Units that a statement is about, beside the one that signs.
fn named<'a>(statement: &Statement<'a>) -> Vec<UnitId<'a>> {
    match statement {
        Statement::Enroll(it) => vec![it.unit, it.parent],
        Statement::Amend(it) => [it.unit].into_iter().chain(it.parent).collect(),
        Statement::Rekey(it) => vec![it.unit],
        Statement::Retire(it) => it.successors.iter().copied().chain([it.unit]).collect(),
        Statement::OpenRound(it) => vec![it.subtree],
        _ => Vec::new(),
    }
}

/// The round that a statement names.
fn round_of<'a>(statement: &Statement<'a>) -> Option<RoundRef<'a>> {
    match statement {
        Statement::Pledge(it) => Some(it.round),
        Statement::Briefing(it) => Some(it.round),
        Statement::Monitoring(it) => Some(it.round),
        Statement::Referral(it) => Some(it.round),
        Statement::Correction(it) => match it.replacement.as_ref()? {
            Replacement::Pledge(it) => Some(it.round),
            Replacement::Briefing(it) => Some(it.round),
            Replacement::Monitoring(it) => Some(it.round),
            Replacement::Referral(it) => Some(it.round),
        },
        _ => None,
    }
}

/// Adds every change of these units, and of all whom those changes rest on, that was logged before a unit's bound.
/// Every change counts: a later key is only good through the one that it ended.
fn close(history: &History, mut open: Vec<UnitIx>, before: impl Fn(UnitIx) -> u64, indices: &mut BTreeSet<u64>) {
    let mut units = BTreeSet::new();
    while let Some(unit) = open.pop() {
        if !units.insert(unit) {
            continue;
        }
        let changes = history.changes().iter().filter(|change| change.unit == unit && change.at.index < before(unit));
        for change in changes {
            indices.insert(change.at.index);
            open.push(change.signed.by);
            open.extend(parent_of(change));
            if let ChangeKind::Retired { successors } = &change.kind {
                open.extend(successors);
            }
        }
    }
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
    let by_unit = |entry| attestation(entry).is_some_and(|attestation| attestation.body().unit.as_str() == unit);
    walk(registry, entries, |_, entry, _| by_unit(entry))
}

/// Applies the path of one entry, as [`follow`] does: every other one must have an effect. Gives also what the entry at
/// `index` came to on this path; none where it is not on it.
///
/// # Errors
/// As [`follow`].
pub fn follow_to<'a>(
    registry: Id,
    index: u64,
    entries: impl IntoIterator<Item = (u64, &'a [u8])>,
) -> Result<(History, Option<Outcome>), PathError> {
    let mut reached = None;
    let history = walk(registry, entries, |at, _, outcome| {
        let here = at == index;
        if here {
            reached = Some(outcome);
        }
        here
    })?;
    Ok((history, reached))
}

/// `idle_is_fine` hears of each entry that is not rejected, and says whether it may be without effect.
fn walk<'a>(
    registry: Id,
    entries: impl IntoIterator<Item = (u64, &'a [u8])>,
    mut idle_is_fine: impl FnMut(u64, &'a [u8], Outcome) -> bool,
) -> Result<History, PathError> {
    let mut judge = Judge::new(registry, History::new());
    let mut next = 0;
    for (index, entry) in entries {
        if index < next {
            return Err(PathError::Order { index });
        }
        next = index.saturating_add(1);
        let outcome = judge.apply_proven(index, entry).outcome;
        if let Outcome::Rejected(rule) = outcome {
            return Err(PathError::Rejected { index, rule });
        }
        let fine = idle_is_fine(index, entry, outcome);
        match outcome {
            Outcome::NoEffect(_) if !fine => return Err(PathError::NoEffect { index }),
            Outcome::NotCheckable => return Err(PathError::NoEffect { index }),
            _ => {}
        }
    }
    Ok(judge.into_store())
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
