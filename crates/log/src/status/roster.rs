//! What changed on the roster and in keys since a round opened.

use super::owed::Window;
use crate::census::{Change, UnitIx};

/// Days before due in which a change of keys catches the eye.
const NEAR: u64 = 7 * 86_400;

/// A change since the opening.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RosterChange {
    /// Its place among [`crate::history::History::changes`].
    pub place: usize,
    /// It was logged by due.
    pub by_due: bool,
    /// It was logged by due, and in the last seven days before it.
    pub near_due: bool,
    /// The unit's name before it; none before its first enrolment.
    pub name_before: Option<Box<str>>,
    /// The unit above before it.
    pub parent_before: Option<UnitIx>,
}

pub(super) fn changes(window: &Window<'_>, top: Option<UnitIx>) -> Vec<RosterChange> {
    let mut census = window.at_opening();
    let mut seen = Vec::new();
    for (place, change) in window.numbered_after_opening() {
        let in_scope = |census: &crate::census::Census, unit| {
            window.is_in_subtree(census, unit) && top.is_none_or(|top| census.is_within(unit, top))
        };
        let before = census.post(change.unit).clone();
        let was_in = in_scope(&census, change.unit);
        census.apply(change);
        if was_in || in_scope(&census, change.unit) {
            seen.push(row(window, place, change, before.enrolled.map(|_| before.name), before.parent));
        }
    }
    seen
}

fn row(
    window: &Window<'_>,
    place: usize,
    change: &Change,
    name_before: Option<Box<str>>,
    parent_before: Option<UnitIx>,
) -> RosterChange {
    let by_due = window.by_due(change.at);
    let near = change.at.logged_at.seconds().saturating_add(NEAR) >= window.due.seconds();
    RosterChange { place, by_due, near_due: by_due && near, name_before, parent_before }
}
