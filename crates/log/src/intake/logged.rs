//! Whether a refused attestation is in the log already: told from the history where it knows, else read from the log.

use std::collections::HashSet;

use ikrar_core::attestation::{Attestation, HashedAttestation};
use ikrar_core::digest::Id;
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::state::LogState;
use ikrar_core::statement::Statement;

use super::offer::Offer;
use crate::by_start::ByStart;
use crate::census::{ChangeKind, UnitIx};
use crate::history::{History, UnitRecord};
use crate::medium::Medium;
use crate::store::{self, Store};

/// What was in the log before a call. All of it authentic: each entry stands at its place in its unit's chain.
pub(super) struct Logged<'s, M> {
    store: &'s Store<M>,
    size: u64,
    ended: Ended,
    /// Those handed in whose ids are in the log, once it was read.
    read: Option<HashSet<ByStart<Id>>>,
}

/// Key epochs that ended, by the changes seen so far.
#[derive(Default)]
struct Ended {
    seen: usize,
    epochs: HashSet<ByStart<Id>>,
    /// Units that lost their key without anybody noting which.
    retired: HashSet<UnitIx>,
}

impl<'s, M: Medium> Logged<'s, M> {
    pub(super) fn new(store: &'s Store<M>, size: u64) -> Self {
        Self { store, size, ended: Ended::default(), read: None }
    }

    /// Is an attestation in the log that was refused in this state? None where the state does not tell.
    pub(super) fn known(&mut self, state: &LogState<History>, attestation: &Attestation<'_>) -> Option<bool> {
        let (history, body, id) = (state.store(), attestation.body(), attestation.id());
        if self.size == 0 {
            return Some(false);
        }
        if matches!(body.statement, Statement::Genesis(_)) {
            return Some(id == state.registry());
        }
        let Some(unit) = history.unit_by_id(body.unit.as_str()) else { return Some(false) };
        let record = history.record(unit);
        match record.epoch {
            Some(epoch) if epoch.id == body.epoch && epoch.head == id => Some(true),
            Some(epoch) if epoch.id == body.epoch && epoch.next_seq <= body.seq => Some(false),
            Some(epoch) if epoch.id == body.epoch => id_at(record, &epoch.id, body.seq).map(|at| at == id),
            _ if record.keyed_since.is_none() => Some(false),
            _ if self.ended.may_have_been(history, unit, body.epoch) => None,
            _ => Some(false),
        }
    }

    /// Is it in the log? Reads all of it once, and looks for each of `offers`.
    pub(super) fn is_read(&mut self, id: Id, offers: &[Offer<'_>]) -> Result<bool, store::Error> {
        if self.read.is_none() {
            let asked: HashSet<_> = offers.iter().filter_map(Offer::id).map(ByStart).collect();
            let mut read = HashSet::new();
            for bundle in self.store.bundles(self.size) {
                let bundle = bundle?;
                let ids = bundle.entries().filter_map(|(_, entry)| attestation_id(entry)).map(ByStart);
                read.extend(ids.filter(|id| asked.contains(id)));
            }
            self.read = Some(read);
        }
        Ok(self.read.as_ref().is_some_and(|read| read.contains(&ByStart(id))))
    }
}

impl Ended {
    /// May this have been an epoch of the unit that ended?
    fn may_have_been(&mut self, history: &History, unit: UnitIx, epoch: Id) -> bool {
        for change in history.changes().iter().skip(self.seen) {
            match change.kind {
                ChangeKind::Rekeyed { ended: Some(ended), .. } => drop(self.epochs.insert(ByStart(ended))),
                ChangeKind::Retired { .. } => drop(self.retired.insert(change.unit)),
                _ => {}
            }
        }
        self.seen = history.changes().len();
        self.retired.contains(&unit) || self.epochs.contains(&ByStart(epoch))
    }
}

/// The id of what a unit said at a place in its epoch in force, where that was about a round.
fn id_at(record: &UnitRecord, epoch: &Id, seq: u64) -> Option<Id> {
    let before = record.statements.partition_point(|statement| statement.epoch != *epoch);
    let of_epoch = record.statements.get(before..)?;
    let place = of_epoch.binary_search_by_key(&seq, |statement| statement.seq).ok()?;
    of_epoch.get(place).map(|statement| statement.id)
}

fn attestation_id(entry: &[u8]) -> Option<Id> {
    match Entry::decode(entry).ok()?.payload {
        Payload::Attestation(bytes) => Some(HashedAttestation::new(bytes).ok()?.id()),
        Payload::Anchor(_) => None,
    }
}
