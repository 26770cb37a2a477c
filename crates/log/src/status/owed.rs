//! The window of a round: what was logged by due, and which units owe (spec §8.1, §8.2).

use std::collections::{BTreeSet, HashMap};

use ikrar_core::field::Time;
use ikrar_core::state::At;

use crate::census::{Census, Change, ChangeKind, UnitIx};
use crate::history::{History, RoundIx, RoundRecord};

/// From the opening of a round to its due second.
pub(super) struct Window<'a> {
    history: &'a History,
    round: &'a RoundRecord,
    /// The last second in time.
    pub(super) due: Time,
    /// Index of the entry after which the round is open: the one before the first logged at its opening or later, and
    /// at least its own.
    pub(super) opening: u64,
    /// Index of the first anchor whose time is past due: what comes after it is not by due.
    past_due: u64,
    /// Changes after the opening, by unit.
    changes: HashMap<UnitIx, Vec<&'a Change>>,
}

impl<'a> Window<'a> {
    pub(super) fn new(history: &'a History, round: RoundIx) -> Self {
        let round = history.round_record(round);
        let due = round.due;
        let past_due = history.anchors().iter().find(|anchor| anchor.time > due).map_or(u64::MAX, |it| it.at.index);
        let opening = history.entries_before(round.opens).saturating_sub(1).min(past_due).max(round.at.index);
        let mut changes: HashMap<UnitIx, Vec<&Change>> = HashMap::new();
        for change in history.changes().iter().filter(|change| change.at.index > opening) {
            changes.entry(change.unit).or_default().push(change);
        }
        Self { history, round, due, opening, past_due, changes }
    }

    /// Was it logged by due?
    pub(super) fn by_due(&self, at: At) -> bool {
        at.logged_at <= self.due && at.index <= self.past_due
    }

    pub(super) fn changes_of(&self, unit: UnitIx) -> impl Iterator<Item = &'a Change> {
        self.changes.get(&unit).into_iter().flatten().copied()
    }

    /// The roster at the end of what was logged by due.
    pub(super) fn census_at_due(&self) -> Census {
        let mut census = self.fresh();
        for change in self.history.changes().iter().filter(|change| self.by_due(change.at)) {
            census.apply(change);
        }
        census
    }

    /// By unit: is the last of its enrolments and retirements that were logged by due a retirement?
    pub(super) fn ended(&self) -> Vec<bool> {
        let mut ended = vec![false; self.history.units().count()];
        for change in self.history.changes().iter().filter(|change| self.by_due(change.at)) {
            match change.kind {
                ChangeKind::Enrolled { .. } => ended[change.unit.place()] = false,
                ChangeKind::Retired { .. } => ended[change.unit.place()] = true,
                ChangeKind::Amended { .. } | ChangeKind::Rekeyed { .. } => {}
            }
        }
        ended
    }

    /// The units that are in scope and alive in the state after the opening, or after an entry by due that follows it;
    /// each with the first such entry.
    pub(super) fn owed(&self) -> Vec<(UnitIx, u64)> {
        let mut census = self.at_opening();
        let asked = |(unit, _)| self.asks(&census, unit).then_some(self.opening);
        let mut owed: Vec<Option<u64>> = self.history.units().map(asked).collect();
        let after = self.after_opening();
        // Units whose standing changed in a state that no entry by due has seen yet, and those with all below them.
        let (mut touched, mut carried) = (Vec::new(), BTreeSet::new());
        let ends = after.iter().skip(1).map(|change| change.at.index).chain([u64::MAX]);
        for (change, end) in after.iter().zip(ends) {
            // Whoever moves within the scope, or out of it, makes nobody owe.
            let was_in_scope = self.is_in_subtree(&census, change.unit);
            census.apply(change);
            if !was_in_scope && self.is_in_subtree(&census, change.unit) {
                carried.insert(change.unit);
            } else if matches!(change.kind, ChangeKind::Enrolled { .. }) {
                touched.push(change.unit);
            }
            if let Some(seen) = self.first_by_due(change.at.index..end) {
                let below = std::mem::take(&mut carried).into_iter().flat_map(|top| census.subtree(top));
                for unit in touched.drain(..).chain(below) {
                    if self.asks(&census, unit) {
                        owed[unit.place()].get_or_insert(seen);
                    }
                }
            }
        }
        let all = self.history.units().zip(owed);
        all.filter_map(|((unit, _), since)| Some((unit, since?))).collect()
    }

    /// The roster in the state after the opening.
    pub(super) fn at_opening(&self) -> Census {
        let mut census = self.fresh();
        self.history.changes()[..self.split()].iter().for_each(|change| census.apply(change));
        census
    }

    /// Every change after the opening.
    pub(super) fn after_opening(&self) -> &'a [Change] {
        &self.history.changes()[self.split()..]
    }

    /// The same, each with its place among all changes.
    pub(super) fn numbered_after_opening(&self) -> impl Iterator<Item = (usize, &'a Change)> {
        self.history.changes().iter().enumerate().skip(self.split())
    }

    fn split(&self) -> usize {
        self.history.changes().partition_point(|change| change.at.index <= self.opening)
    }

    /// The first entry of this range that is by due.
    pub(super) fn first_by_due(&self, range: std::ops::Range<u64>) -> Option<u64> {
        let end = range.end.min(self.past_due.saturating_add(1));
        self.history.first_logged_by(self.due, range.start..end)
    }

    /// Is it the round's subtree, or below it?
    pub(super) fn is_in_subtree(&self, census: &Census, unit: UnitIx) -> bool {
        census.is_within(unit, self.round.subtree)
    }

    fn fresh(&self) -> Census {
        Census::new(self.history.units().count())
    }

    fn asks(&self, census: &Census, unit: UnitIx) -> bool {
        let post = census.post(unit);
        post.alive && self.is_in_subtree(census, unit) && self.round.asks(&post.kind)
    }
}
