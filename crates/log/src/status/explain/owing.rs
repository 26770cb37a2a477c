//! Why a unit owes in a round, or does not (spec §8.2).

use crate::census::{Census, ChangeKind, UnitIx};
use crate::history::is_reserved;
use crate::status::View;

named!(
    /// Why a unit owes or does not.
    Reason {
        /// It owes: it was on the roster and in scope at the opening.
        AtOpening "at-opening"
        /// It owes: it came, or came into scope, after the opening and by due.
        SinceOpening "since-opening"
        /// Its latest enrolment is void.
        EnrolmentVoid "enrolment-void"
        /// `root` and `recovery` never owe.
        Reserved "reserved"
        /// The round does not ask its kind.
        OtherKind "other-kind"
        /// It is neither the round's subtree nor below it.
        OutsideSubtree "outside-subtree"
        /// It was retired before the opening.
        RetiredBefore "retired-before"
        /// It came after due.
        EnrolledAfterDue "enrolled-after-due"
    }
);

/// Whether a unit owes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Owing {
    /// Does it?
    pub owes: bool,
    /// Why.
    pub reason: Reason,
    /// The entries that the reason rests on, ascending.
    pub entries: Vec<u64>,
}

impl Owing {
    /// Was it asked, be its enrolment void or not?
    pub(super) fn is_asked(&self) -> bool {
        self.owes || self.reason == Reason::EnrolmentVoid
    }
}

pub(super) fn owing(view: &View<'_>, unit: UnitIx) -> Owing {
    let answer = |owes, reason, mut entries: Vec<u64>| {
        entries.sort_unstable();
        entries.dedup();
        Owing { owes, reason, entries }
    };
    let history = view.history;
    let mut entries: Vec<u64> = history.census().post(unit).enrolled.into_iter().collect();
    if is_reserved(&history.record(unit).id) {
        return answer(false, Reason::Reserved, Vec::new());
    }
    let Some((_, since)) = view.window.owed().into_iter().find(|(owed, _)| *owed == unit) else {
        let (reason, more) = why_not(view, unit);
        entries.extend(more);
        return answer(false, reason, entries);
    };
    if view.is_void_enrolment(history.census(), unit) {
        let signed = history.census().post(unit).enrolled_by;
        let by = signed.and_then(|signed| history.record(signed.by).disputes_of(signed.epoch, signed.seq).next());
        entries.extend(by.map(|at| at.index));
        return answer(false, Reason::EnrolmentVoid, entries);
    }
    let at_opening = since == view.window.opening;
    // The enrolment under which it owes may not be its latest; what brought it into scope may be a move of a unit above.
    entries = under_what(view, unit, since);
    answer(true, if at_opening { Reason::AtOpening } else { Reason::SinceOpening }, entries)
}

/// The enrolment and the move, of it or of a unit above, by which it stands where it does after an entry.
fn under_what(view: &View<'_>, unit: UnitIx, since: u64) -> Vec<u64> {
    let changes = || view.history.changes().iter().take_while(|change| change.at.index <= since);
    let mut census = Census::new(view.history.units().count());
    changes().for_each(|change| census.apply(change));
    let enrolled = census.post(unit).enrolled;
    let line: Vec<UnitIx> = std::iter::once(unit).chain(census.ancestors(unit)).collect();
    let moved = |kind: &ChangeKind| matches!(kind, ChangeKind::Amended { parent: Some(_), .. });
    let moves = changes().filter(|change| moved(&change.kind) && line.contains(&change.unit));
    enrolled.into_iter().chain(moves.map(|change| change.at.index)).collect()
}

/// The reason that came nearest to owing, over the states in which it could have been asked.
fn why_not(view: &View<'_>, unit: UnitIx) -> (Reason, Option<u64>) {
    let window = view.window;
    let standing = |census: &Census| {
        let post = census.post(unit);
        match (post.alive, window.is_in_subtree(census, unit)) {
            (false, _) => None,
            (true, false) => Some(Reason::OutsideSubtree),
            (true, true) => Some(Reason::OtherKind),
        }
    };
    let mut census = window.at_opening();
    let mut nearest = standing(&census);
    let after = window.after_opening();
    let ends = after.iter().skip(1).map(|change| change.at.index).chain([u64::MAX]);
    for (change, end) in after.iter().zip(ends) {
        census.apply(change);
        if window.first_by_due(change.at.index..end).is_some() {
            // By the order of the names: the nearer reason is the lesser.
            nearest = [nearest, standing(&census)].into_iter().flatten().min();
        }
    }
    let retired = |kind: &ChangeKind| matches!(kind, ChangeKind::Retired { .. });
    let own = view.history.changes().iter().filter(|change| change.unit == unit);
    let ended = own.clone().rfind(|change| change.at.index <= window.opening && retired(&change.kind));
    match (nearest, ended) {
        (Some(reason), _) => (reason, None),
        (None, Some(change)) => (Reason::RetiredBefore, Some(change.at.index)),
        (None, None) => (Reason::EnrolledAfterDue, None),
    }
}
