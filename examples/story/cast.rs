//! The cast: wards that play one part each.

use std::collections::BTreeMap;

use super::{Key, Member};
use crate::draw::Draw;

/// What befalls a member of the cast. The order says which parts are played where the roster is small.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum CastRole {
    /// Its key was stolen: its pledge is void, and it says nothing more.
    Disputed,
    /// It ends before due without a pledge.
    RetiredUnfulfilled,
    /// Its pledge is void; it pledges again under the new key.
    DisputedAndBack,
    /// It changes its own key.
    Rekeyed,
    /// The unit above changes its key.
    ForcedRekey,
    /// It corrects a pledge that claimed too many signatures.
    Corrected,
    /// It withdraws its pledge for good.
    Withdrawn,
    /// It pledges to another text, then to the right one.
    Foreign,
    /// It comes after the round has opened.
    EnrolledLate,
    /// It gets another name.
    Renamed,
    /// It ends after due.
    RetiredAfterDue,
    /// It pledges to another text only.
    ForeignOnly,
    /// It briefs its staff.
    Briefed,
    /// It says that it saw nothing.
    Monitoring,
    /// It hands a case on.
    Referring,
}

const ROLES: [CastRole; 15] = [
    CastRole::Disputed,
    CastRole::RetiredUnfulfilled,
    CastRole::DisputedAndBack,
    CastRole::Rekeyed,
    CastRole::ForcedRekey,
    CastRole::Corrected,
    CastRole::Withdrawn,
    CastRole::Foreign,
    CastRole::EnrolledLate,
    CastRole::Renamed,
    CastRole::RetiredAfterDue,
    CastRole::ForeignOnly,
    CastRole::Briefed,
    CastRole::Monitoring,
    CastRole::Referring,
];

/// A part, and who else is in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) role: CastRole,
    pub(super) parent: usize,
    /// The unit that takes over where this one ends.
    pub(super) sibling: Option<usize>,
}

/// Gives out the parts among units with an example key, nothing below them, and a parent that can sign.
pub(super) fn cast(draw: Draw, members: &[Member<'_>]) -> BTreeMap<usize, Part> {
    let can_sign = |unit: usize| members.get(unit).is_some_and(|member| member.key == Key::Example);
    let suits = |member: &Member<'_>| member.parent.filter(|parent| member.leaf && can_sign(*parent));
    let mut wards: Vec<(usize, usize)> = members
        .iter()
        .enumerate()
        .filter(|(unit, _)| can_sign(*unit))
        .filter_map(|(unit, member)| Some((unit, suits(member)?)))
        .collect();
    wards.sort_by_key(|(unit, _)| members.get(*unit).map(|member| draw.bits("cast", member.id)));
    wards.truncate(wards.len() / 4);
    let parts = ROLES.into_iter().zip(wards.iter().copied());
    let chosen: Vec<usize> = wards.iter().take(ROLES.len()).map(|(unit, _)| *unit).collect();
    let sibling = |unit: usize, parent: usize| {
        let beside = |other: usize| members.get(other).is_some_and(|member| member.parent == Some(parent));
        (0..members.len()).find(|other| *other != unit && beside(*other) && !chosen.contains(other))
    };
    parts.map(|(role, (unit, parent))| (unit, Part { role, parent, sibling: sibling(unit, parent) })).collect()
}
