//! The entries that set a flag (spec §8.6).

use ikrar_core::statement::Reason;

use super::index;
use crate::census::{Change, ChangeKind, UnitIx};
use crate::history::Act;
use crate::status::{Flag, View};

impl View<'_> {
    pub(super) fn flag_entries(&self, unit: UnitIx, flag: Flag) -> Vec<u64> {
        let record = self.history.record(unit);
        let changed = |is: &dyn Fn(&Change) -> bool| -> Vec<u64> {
            self.window.changes_of(unit).filter(|change| is(change)).map(|change| change.at.index).collect()
        };
        let latest = |is: &dyn Fn(&ChangeKind) -> bool| -> Vec<u64> {
            let mut own = self.history.changes().iter().rev().filter(|change| change.unit == unit);
            own.find(|change| is(&change.kind)).map(|change| change.at.index).into_iter().collect()
        };
        let is_rekey = |change: &Change| matches!(change.kind, ChangeKind::Rekeyed { .. });
        let mut entries = match flag {
            Flag::Corrected => {
                let corrects = |act: Act| matches!(act, Act::Replaces(_, reason) if reason != Reason::Progress);
                self.pledges(unit).filter(|it| corrects(it.act)).map(index).collect()
            }
            Flag::Withdrawn => self.pledges(unit).next_back().map(index).into_iter().collect(),
            Flag::SignedEarlier => self.pledge(unit).map(|(first, _)| index(first)).into_iter().collect(),
            Flag::ForeignText => record.foreign_pledges(self.round).map(|foreign| foreign.at.index).collect(),
            Flag::ForcedRekey => changed(&Change::is_forced),
            Flag::Rekeyed => changed(&|change| is_rekey(change) && !change.is_forced()),
            Flag::NoKey => latest(&|kind| {
                matches!(kind, ChangeKind::Enrolled { keyed: false, .. } | ChangeKind::Rekeyed { keyed: false, .. })
            }),
            Flag::Disputed => self.voided(unit, None),
            Flag::Expired => vec![self.round().at.index],
            Flag::EnrolledLate => latest(&|kind| matches!(kind, ChangeKind::Enrolled { .. })),
            Flag::Retired => latest(&|kind| matches!(kind, ChangeKind::Retired { .. })),
            Flag::Moved => changed(&|change| matches!(change.kind, ChangeKind::Amended { parent: Some(_), .. })),
            Flag::Renamed => changed(&|change| matches!(change.kind, ChangeKind::Amended { name: Some(_), .. })),
            Flag::SelfReported => self.pledge(unit).map(|(_, stands)| index(stands)).into_iter().collect(),
        };
        entries.sort_unstable();
        entries.dedup();
        entries
    }
}
